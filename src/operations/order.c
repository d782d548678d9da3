/* Numbers along a dimension in order of size. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/order.h"
#include "mlpstep/kernels/reduce.h"

#include <math.h>
#include <string.h>

/* --- sort, topk, median along a dimension: values, where they stood, room for one column --- */

static mlp_dimension along(const mlp_call *call) {
    return split_at(call->in[0], (size_t)call->options.dim);
}

static mlp_ordering ordering_of(const mlp_call *call, const mlp_dimension *l, size_t column) {
    const mlp_tensor *x = call->in[0];
    return (mlp_ordering){.x = x->data,
                          .type = mlp_dtype_is_integer(x->dtype) ? MLP_ORDERED_I64
                                  : x->dtype == MLP_FLOAT64      ? MLP_ORDERED_F64
                                                                 : MLP_ORDERED_F32,
                          .first = column / l->inner * l->size * l->inner + column % l->inner,
                          .stride = l->inner,
                          .descending = call->options.descending,
                          .stable = call->options.stable};
}

/* Of a column of n numbers, where the wanted ones stand comes first in `places`. */
typedef void choose_places(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n);

/* Takes `count` numbers of each column; values may be NULL. */
static void take_chosen(const mlp_call *call, mlp_tensor *values, mlp_tensor *indices,
                        mlp_tensor *room, choose_places *choose) {
    const mlp_dimension l = along(call);
    const size_t columns = l.outer * l.inner, size = mlp_dtype_size(call->in[0]->dtype);
    const size_t count = columns ? indices->numel / columns : 0;
    for (size_t i = 0; i < columns; i++) {
        const mlp_ordering o = ordering_of(call, &l, i);
        int64_t *places = room->data;
        choose(call, &o, places, l.size);
        for (size_t k = 0; k < count; k++) {
            const size_t to = (i / l.inner * count + k) * l.inner + i % l.inner;
            const size_t from = o.first + (size_t)places[k] * o.stride;
            ((int64_t *)indices->data)[to] = places[k];
            if (values)
                memcpy((char *)values->data + to * size,
                       (const char *)call->in[0]->data + from * size, size);
        }
    }
}

static bool check_ordered(mlp_call *call, mlp_shape *indices, mlp_shape *room,
                          mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    if (!check_numbers(x, error) || !resolve_dim(&call->options.dim, x, error))
        return false;
    *indices = shape_of(x);
    indices->dtype = MLP_INT64;
    *room = (mlp_shape){.dtype = MLP_INT64, .ndim = 1, .shape = {along(call).size}};
    return true;
}

static bool check_values(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_ordered(call, &out[1], &out[2], error))
        return false;
    out[0] = out[1];
    out[0].dtype = call->in[0]->dtype;
    return true;
}

static void ordered_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    const size_t columns = l.outer * l.inner, size = mlp_dtype_size(call->in[0]->dtype);
    const size_t count = columns ? call->out[1]->numel / columns : 0;
    mlp_tensor *dx = call->din[0];
    memset(dx->data, 0, dx->numel * size);
    for (size_t i = 0; i < columns * count; i++) {
        const size_t place = (size_t)mlp_tensor_get_int(call->out[1], i);
        const size_t to = (i / l.inner / count * l.size + place) * l.inner + i % l.inner;
        memcpy((char *)dx->data + to * size, (const char *)call->dout->data + i * size, size);
    }
}

/* Where each stands, bit by bit, and whether it equals the next one. */
static void ordered_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const mlp_tensor *y = call->out[0], *indices = call->out[1];
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < y->numel; i++) {
        const size_t place = (size_t)mlp_tensor_get_int(indices, i);
        for (size_t bit = 1; bit < l.size; bit *= 2)
            take(context, (place & bit) != 0);
    }
    for (size_t i = l.inner; i < y->numel; i++)
        take(context, mlp_tensor_get(y, i) == mlp_tensor_get(y, i - l.inner));
}

/* --- sort, argsort: x; dim, descending, stable --- */

static void choose_all(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n) {
    (void)call;
    mlp_order_all(o, places, n);
}

static void sort_forward(const mlp_call *call) {
    take_chosen(call, call->out[0], call->out[1], call->out[2], choose_all);
}

static bool check_argsort(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_ordered(call, &out[0], &out[1], error);
}

static void argsort_forward(const mlp_call *call) {
    take_chosen(call, NULL, call->out[0], call->out[1], choose_all);
}

/* There are two functions: the second one is told whether to be stable. */
static const char *sort_grad_fn(const mlp_call *call) {
    return call->options.stable ? "SortBackward1" : "SortBackward0";
}

const mlp_operation mlp_sort = {.name = "sort",
                                .formula = "y = {x in order of size}",
                                .gradient = "dx = {dy where each stood}",
                                .outputs = 3,
                                .kinks = ordered_kinks,
                                .check = check_values,
                                .forward = sort_forward,
                                .backward = ordered_backward,
                                .compose = compose_extreme_dim,
                                .bound = bound_ordered,
                                .bound_backward = bound_ordered_back,
                                .gradients = 1 << 0,
                                .grad_fn_of = sort_grad_fn};

const mlp_operation mlp_argsort = {.name = "argsort",
                                   .formula = "y = {where each x stands, in order of size}",
                                   .outputs = 2,
                                   .check = check_argsort,
                                   .forward = argsort_forward,
                                   .bound = bound_argsort};

/* --- topk: x; k, dim, descending, unsorted --- */

static bool check_topk(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_values(call, out, error))
        return false;
    const size_t size = along(call).size;
    const int64_t k = call->options.k;
    if (k < 0 || (uint64_t)k > size)
        return mlp_error(mlp_raises(error, "RuntimeError: selected index k out of range"),
                         "k=%lld is more than there are: the dimension has %zu numbers",
                         (long long)k, size);
    for (size_t i = 0; i < 2 && out[i].ndim > 0; i++)
        out[i].shape[call->options.dim] = (size_t)k;
    return true;
}

static void choose_first(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n) {
    mlp_order_first(o, places, n, (size_t)call->options.k, !call->options.unsorted);
}

static void topk_forward(const mlp_call *call) {
    take_chosen(call, call->out[0], call->out[1], call->out[2], choose_first);
}

const mlp_operation mlp_topk = {.name = "topk",
                                .formula = "y = {the k largest x}",
                                .gradient = "dx = {dy where each stood, 0 elsewhere}",
                                .outputs = 3,
                                .kinks = ordered_kinks,
                                .check = check_topk,
                                .forward = topk_forward,
                                .backward = ordered_backward,
                                .compose = compose_extreme_dim,
                                .bound = bound_ordered,
                                .bound_backward = bound_ordered_back,
                                .gradients = 1 << 0,
                                .grad_fn = "TopkBackward0"};

/* --- median: x; dim, keepdim --- */

/* One of each column. */
static void reduce_to_one(const mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS]) {
    const size_t dim = (size_t)call->options.dim;
    for (size_t i = 0; i < 2 && out[i].ndim > 0; i++) {
        out[i].shape[dim] = 1;
        if (call->options.keepdim)
            continue;
        out[i].ndim--;
        for (size_t d = dim; d < out[i].ndim; d++)
            out[i].shape[d] = out[i].shape[d + 1];
    }
}

static bool check_median_dim(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    if (!check_values(call, out, error))
        return false;
    call->options.stable = true; /* of equal ones PyTorch takes that of a stable sort */
    if (along(call).size == 0)
        return mlp_error(error, "a dimension without elements has no median");
    reduce_to_one(call, out);
    return true;
}

/* The lower one of two; the first nan where there is one. */
static void choose_median(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n) {
    mlp_order_nth(o, places, n, (n - 1) / 2);
    places[0] = places[(n - 1) / 2];
    for (size_t i = n; i-- > 0;)
        if (isnan(mlp_tensor_get(call->in[0], o->first + i * o->stride)))
            places[0] = (int64_t)i;
}

static void median_dim_forward(const mlp_call *call) {
    take_chosen(call, call->out[0], call->out[1], call->out[2], choose_median);
}

const mlp_operation mlp_median_dim = {.name = "median",
                                      .formula = "y = {the median of x}",
                                      .gradient = "dx = dy where {the median stood}, 0 elsewhere",
                                      .outputs = 3,
                                      .kinks = ordered_kinks,
                                      .check = check_median_dim,
                                      .forward = median_dim_forward,
                                      .backward = ordered_backward,
                                      .compose = compose_extreme_dim,
                                      .bound = bound_ordered,
                                      .bound_backward = bound_ordered_back,
                                      .gradients = 1 << 0,
                                      .grad_fn = "MedianBackward1"};

/* --- median: x, of all its elements --- */

static bool check_median(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    out[0].dtype = x->dtype;
    out[1] = (mlp_shape){.dtype = MLP_INT64, .ndim = 1, .shape = {x->numel}};
    if (x->numel == 0 && !mlp_dtype_is_floating(x->dtype))
        return mlp_error(error, "an integer tensor without elements has no median");
    return check_numbers(x, error);
}

static void median_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    const mlp_dimension all = {.outer = 1, .size = x->numel, .inner = 1, .last_dim = true};
    const mlp_ordering o = ordering_of(call, &all, 0);
    int64_t *places = call->out[1]->data;
    if (x->numel == 0) {
        mlp_tensor_set(call->out[0], 0, (double)NAN);
        return;
    }
    choose_median(call, &o, places, x->numel);
    const size_t size = mlp_dtype_size(x->dtype);
    memcpy(call->out[0]->data, (const char *)x->data + (size_t)places[0] * size, size);
}

static void median_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    CALL_KERNEL(call, extreme_of_all_backward, call->din[0]->data, call->dout->data, x->data,
                call->out[0]->data, x->numel);
}

static void median_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double y = mlp_tensor_get(call->out[0], 0);
    for (size_t i = 0; i < call->in[0]->numel; i++)
        take(context, sign_of(mlp_tensor_get(call->in[0], i) - y));
}

const mlp_operation mlp_median = {.name = "median",
                                  .formula = "y = {the median of x}",
                                  .gradient =
                                      "dx = dy / {how many x equal y} where x = y, 0 elsewhere",
                                  .outputs = 2,
                                  .kinks = median_kinks,
                                  .check = check_median,
                                  .forward = median_forward,
                                  .backward = median_backward,
                                  .compose = compose_extreme,
                                  .bound = bound_median,
                                  .bound_backward = bound_median_back,
                                  .reads = {1 << 0},
                                  .reads_output = true,
                                  .gradients = 1 << 0,
                                  .grad_fn = "MedianBackward0"};

/* --- kthvalue: x; k, dim, keepdim --- */

static bool check_kthvalue(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_values(call, out, error))
        return false;
    const int64_t k = call->options.k;
    if (k < 1 || (uint64_t)k > along(call).size)
        return mlp_error(mlp_raises(error,
                                    "RuntimeError: kthvalue(): selected number k out of "
                                    "range for dimension %lld",
                                    (long long)call->options.dim),
                         "k=%lld counts from 1, and the dimension has %zu numbers", (long long)k,
                         along(call).size);
    reduce_to_one(call, out);
    return true;
}

static void choose_kth(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n) {
    const size_t k = (size_t)call->options.k - 1;
    mlp_order_kth(o, places, n, k);
    places[0] = places[k];
}

static void kthvalue_forward(const mlp_call *call) {
    take_chosen(call, call->out[0], call->out[1], call->out[2], choose_kth);
}

const mlp_operation mlp_kthvalue = {.name = "kthvalue",
                                    .formula = "y = {the k-th smallest x}",
                                    .gradient = "dx = dy where {it stood}, 0 elsewhere",
                                    .outputs = 3,
                                    .kinks = ordered_kinks,
                                    .check = check_kthvalue,
                                    .forward = kthvalue_forward,
                                    .backward = ordered_backward,
                                    .compose = compose_extreme_dim,
                                    .bound = bound_ordered,
                                    .bound_backward = bound_ordered_back,
                                    .gradients = 1 << 0,
                                    .grad_fn = "KthvalueBackward0"};

/* --- mode: x; dim, keepdim --- */

static bool check_mode(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_values(call, out, error))
        return false;
    if (along(call).size == 0)
        return mlp_error(error, "a dimension without elements has no mode");
    reduce_to_one(call, out);
    return true;
}

static double number_at(const mlp_call *call, const mlp_ordering *o, int64_t place) {
    return mlp_tensor_get(call->in[0], o->first + (size_t)place * o->stride);
}

/* The last one of the first longest run. */
static void choose_mode(const mlp_call *call, const mlp_ordering *o, int64_t *places, size_t n) {
    size_t longest = 0, length = 0, at = 0;
    mlp_order_all(o, places, n);
    for (size_t i = 0; i < n; i++) {
        length++;
        if (i + 1 < n && number_at(call, o, places[i]) == number_at(call, o, places[i + 1]))
            continue;
        if (length > longest) {
            longest = length;
            at = i;
        }
        length = 0;
    }
    places[0] = places[at];
}

static void mode_forward(const mlp_call *call) {
    take_chosen(call, call->out[0], call->out[1], call->out[2], choose_mode);
}

const mlp_operation mlp_mode = {.name = "mode",
                                .formula = "y = {the x that occurs most often}",
                                .gradient = "dx = dy where {it stood}, 0 elsewhere",
                                .outputs = 3,
                                .kinks = ordered_kinks,
                                .check = check_mode,
                                .forward = mode_forward,
                                .backward = ordered_backward,
                                .compose = compose_extreme_dim,
                                .bound = bound_mode,
                                .bound_backward = bound_mode_back,
                                .gradients = 1 << 0,
                                .grad_fn = "ModeBackward0"};

/* --- cummax, cummin: x; dim --- */

/* The last one of equal ones; from a nan on, the last nan. */
static void extremes_so_far(const mlp_call *call, bool largest) {
    const mlp_tensor *x = call->in[0];
    const mlp_dimension l = along(call);
    const size_t size = mlp_dtype_size(x->dtype);
    int64_t *indices = call->out[1]->data;
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        const size_t first = i / l.inner * l.size * l.inner + i % l.inner;
        size_t chosen = 0;
        for (size_t k = 0; k < l.size; k++) {
            const double a = mlp_tensor_get(x, first + k * l.inner),
                         b = mlp_tensor_get(x, first + chosen * l.inner);
            if (isnan(a) || (!isnan(b) && (largest ? a >= b : a <= b)))
                chosen = k;
            indices[first + k * l.inner] = (int64_t)chosen;
            memcpy((char *)call->out[0]->data + (first + k * l.inner) * size,
                   (const char *)x->data + (first + chosen * l.inner) * size, size);
        }
    }
}

static void cummax_forward(const mlp_call *call) {
    extremes_so_far(call, true);
}

static void cummin_forward(const mlp_call *call) {
    extremes_so_far(call, false);
}

/* In order, each rounded to the type. */
static void so_far_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    mlp_tensor *dx = call->din[0];
    for (size_t i = 0; i < dx->numel; i++)
        mlp_tensor_set(dx, i, 0);
    for (size_t i = 0; i < dx->numel; i++) {
        const size_t place = (size_t)mlp_tensor_get_int(call->out[1], i);
        const size_t to = (i / l.inner / l.size * l.size + place) * l.inner + i % l.inner;
        mlp_tensor_set(dx, to, mlp_tensor_get(dx, to) + mlp_tensor_get(call->dout, i));
    }
}

#define SO_FAR                                                                                \
    .outputs = 3, .kinks = ordered_kinks, .check = check_values, .backward = so_far_backward, \
    .compose = compose_so_far, .bound = bound_so_far, .bound_backward = bound_so_far_back,    \
    .gradients = 1 << 0

const mlp_operation mlp_cummax = {.name = "cummax",
                                  .formula = "y = {the largest x up to each place}",
                                  .gradient = "dx = {the sum of dy where each stood}",
                                  .forward = cummax_forward,
                                  .grad_fn = "CummaxBackward0",
                                  SO_FAR};

const mlp_operation mlp_cummin = {.name = "cummin",
                                  .formula = "y = {the smallest x up to each place}",
                                  .gradient = "dx = {the sum of dy where each stood}",
                                  .forward = cummin_forward,
                                  .grad_fn = "CumminBackward0",
                                  SO_FAR};
