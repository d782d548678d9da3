/* The bounds of numbers that are the inputs', chosen, repeated or in another order: the operation
 * itself takes the bounds where it takes the numbers. */
#include "bounds.h"

#include <math.h>
#include <string.h>

/* The numbers as a float64 tensor of the shape of another; they may only be read. */
static mlp_tensor float64_like(const mlp_tensor *like, const double *numbers) {
    mlp_tensor tensor = *like;
    tensor.dtype = MLP_FLOAT64;
    memcpy(&tensor.data, &numbers, sizeof numbers);
    return tensor;
}

/* Whether the inputs that are not `data` may be other ones elsewhere. */
static bool is_open(const mlp_call *call, const mlp_bounds *bounds, unsigned data) {
    for (size_t k = 0; k < MLP_MAX_INPUTS; k++)
        for (size_t i = 0; call->in[k] && !(data >> k & 1) && i < call->in[k]->numel; i++)
            if (bounds->in[k][i] > 0)
                return true;
    return false;
}

static void fill(double *numbers, size_t n, double number) {
    for (size_t i = 0; i < n; i++)
        numbers[i] = number;
}

/* Of the number that the result takes up, once it is rounded: in another build another one is. */
static double bound_of_number(const mlp_call *call) {
    const mlp_number number = call->options.number;
    const mlp_dtype dtype = call->out[0] ? call->out[0]->dtype : MLP_FLOAT64;
    if (number.off == 0 || !mlp_dtype_is_floating(dtype))
        return number.off == 0 ? 0 : INFINITY;
    return number.off + 2 * rounding_to(dtype).unit * (fabs(number.real) + number.off);
}

/* The call, in float64, with the bounds in place of the data. */
static mlp_call moved_call(mlp_tensor in[MLP_MAX_INPUTS], const mlp_call *call,
                           const mlp_bounds *bounds, unsigned data) {
    mlp_call moved = {
        .operation = call->operation, .options = call->options, .release = call->release};
    moved.options.number = mlp_real(bound_of_number(call));
    for (size_t k = 0; k < MLP_MAX_INPUTS; k++) {
        moved.in[k] = call->in[k];
        if (!call->in[k] || !(data >> k & 1))
            continue;
        in[k] = float64_like(call->in[k], bounds->in[k]);
        moved.in[k] = &in[k];
    }
    return moved;
}

void bound_moved(const mlp_operation *operation, unsigned data, const mlp_call *call,
                 const mlp_bounds *bounds) {
    mlp_tensor in[MLP_MAX_INPUTS], out = float64_like(call->out[0], bounds->out[0]);
    mlp_call moved = moved_call(in, call, bounds, data);
    moved.out[0] = &out;
    if (is_open(call, bounds, data))
        fill(bounds->out[0], call->out[0]->numel, INFINITY);
    else
        operation->forward(&moved);
}

/* How the gradient of one input is made of dout. */
typedef struct {
    const mlp_operation *operation;
    mlp_call call;
    size_t k;
} way_back;

static void go_back(way_back *way, const double *from, const mlp_tensor *dout, double *to) {
    const mlp_tensor out = float64_like(dout, from);
    mlp_tensor in = float64_like(way->call.in[way->k], to);
    way->call.dout = &out;
    way->call.din[way->k] = &in;
    way->operation->backward(&way->call);
}

/* Where several numbers are added, that rounds. */
static void add_roundings(way_back *way, const mlp_call *call, const mlp_bounds *bounds,
                          double *din) {
    const rounding r = rounding_to(call->dout->dtype);
    const size_t n = call->in[way->k]->numel, m = call->dout->numel, room = n > m ? n : m;
    double *from = bounds->scratch, *count = from + room, *plus = count + room,
           *minus = plus + room;
    fill(from, m, 1);
    go_back(way, from, call->dout, count);
    for (size_t i = 0; i < m; i++)
        from[i] = fmax(mlp_tensor_get(call->dout, i), 0) + 2 * bounds->dout[i];
    go_back(way, from, call->dout, plus);
    for (size_t i = 0; i < m; i++)
        from[i] = fmax(-mlp_tensor_get(call->dout, i), 0) + 2 * bounds->dout[i];
    go_back(way, from, call->dout, minus);
    for (size_t i = 0; i < n; i++)
        if (count[i] > 1)
            din[i] += r.unit / (1 - count[i] * r.unit) * (count[i] - 1) * fmax(plus[i], minus[i]);
}

void bound_moved_back(const mlp_operation *operation, unsigned data, const mlp_call *call,
                      const mlp_bounds *bounds) {
    mlp_tensor in[MLP_MAX_INPUTS];
    const bool open = is_open(call, bounds, data);
    for (size_t k = 0; k < MLP_MAX_INPUTS; k++) {
        way_back way = {operation, moved_call(in, call, bounds, data), k};
        double *din = bounds->din[k];
        if (!din)
            continue;
        go_back(&way, bounds->dout, call->dout, din);
        add_roundings(&way, call, bounds, din);
        for (size_t i = 0; i < call->in[k]->numel && open; i++)
            din[i] = INFINITY;
    }
}

void bound_embedding(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved(&mlp_embedding, 1 << 0, call, bounds);
}

/* By frequency, each term is a product, too. */
void bound_embedding_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_tensor *index = call->in[1];
    const size_t size = call->in[0]->shape[1];
    const double unit = rounding_to(call->dout->dtype).unit;
    bound_moved_back(&mlp_embedding, 1 << 0, call, bounds);
    for (size_t i = 0; i < index->numel && call->options.by_frequency; i++) {
        const size_t row = (size_t)mlp_tensor_get_int(index, i);
        for (size_t j = 0; j < size; j++)
            bounds->din[0][row * size + j] +=
                4 * unit * bounded_size(bounded_at(call->dout, bounds->dout, i * size + j));
    }
}

/* The new values among those of x. */
void bound_overwrite(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved(&mlp_overwrite, 1 << 1, call, bounds);
}

void bound_overwrite_back(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved_back(&mlp_overwrite, 1 << 0, call, bounds);
}

void bound_index_put(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved(&mlp_index_put, 1 << 0 | 1 << 2, call, bounds);
}

void bound_index_put_back(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved_back(&mlp_index_put, 1 << 0 | 1 << 2, call, bounds);
}

void bound_masked_fill(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved(&mlp_masked_fill, 1 << 0 | 1 << 2, call, bounds);
}

/* --- numbers of one tensor, added to those of another where an index says --- */

enum {
    ADDED = 1 << 0 | 1 << 2 /* in[0] and in[2] */
};

/* What the operation makes of other numbers in place of both. */
static void add_instead(const mlp_operation *operation, const mlp_call *call, const double *x,
                        const double *src, double *y) {
    const mlp_tensor instead[] = {float64_like(call->in[0], x), float64_like(call->in[2], src)};
    mlp_tensor out = float64_like(call->out[0], y);
    mlp_call moved = {.options = call->options, .out = {&out}};
    moved.in[0] = &instead[0];
    moved.in[1] = call->in[1];
    moved.in[2] = &instead[1];
    operation->forward(&moved);
}

/* The largest that the numbers of a tensor may be. */
static void sizes_of(double *sizes, const mlp_tensor *tensor, const double *bound) {
    for (size_t i = 0; i < tensor->numel; i++)
        sizes[i] = fabs(mlp_tensor_get(tensor, i)) + bound[i];
}

/* Each addition rounds, in any order, by the unit of what may have been added up by then. */
static void bound_added(const mlp_operation *operation, const mlp_call *call,
                        const mlp_bounds *bounds) {
    const mlp_tensor *x = call->in[0], *src = call->in[2];
    const size_t room = x->numel > src->numel ? x->numel : src->numel;
    double *of_x = bounds->scratch, *of_src = of_x + room, *count = of_src + room,
           *size = count + room;
    if (is_open(call, bounds, ADDED)) {
        fill(bounds->out[0], x->numel, INFINITY);
        return;
    }
    add_instead(operation, call, bounds->in[0], bounds->in[2], bounds->out[0]);
    if (!mlp_dtype_is_floating(x->dtype))
        return;
    const rounding r = rounding_to(x->dtype);
    fill(of_x, x->numel, 0);
    fill(of_src, src->numel, 1);
    add_instead(operation, call, of_x, of_src, count);
    sizes_of(of_x, x, bounds->in[0]);
    sizes_of(of_src, src, bounds->in[2]);
    add_instead(operation, call, of_x, of_src, size);
    for (size_t i = 0; i < x->numel; i++) {
        const double rounded = count[i] * r.unit / (1 - count[i] * r.unit) * size[i];
        bounds->out[0][i] += size[i] + rounded > r.largest && count[i] > 0 ? INFINITY : rounded;
    }
}

void bound_scatter_add(const mlp_call *call, const mlp_bounds *bounds) {
    bound_added(&mlp_scatter_add, call, bounds);
}

void bound_scatter_add_back(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved_back(&mlp_scatter_add, ADDED, call, bounds);
}

void bound_index_add(const mlp_call *call, const mlp_bounds *bounds) {
    bound_added(&mlp_index_add, call, bounds);
}

void bound_index_add_back(const mlp_call *call, const mlp_bounds *bounds) {
    bound_moved_back(&mlp_index_add, ADDED, call, bounds);
}
