/* Gradients of layer norm and batch norm, composed: steps by their own kernels, one for each of x,
 * weight and bias, and the gradients of those by PyTorch's formulas. */
#include "composition.h"
#include "row.h"

#include <string.h>

/* Of the rows here in[0] is dy, in[1] x, in[2] the weight or NULL, in[3] the mean and in[4] 1 / std.
 * Outside of training backward and forward have 1 / std in two ways: that of forward stands in the
 * place of what a row has no use for, the mean in kept_x and the weight in kept_weight. */
enum {
    DY = 1 << 0,
    X = 1 << 1,
    WEIGHT = 1 << 2
};

/* --- the formulas that both share --- */

/* Sums go over each channel, or over each row. */
typedef struct {
    mlp_composition *c;
    bool of_channels;
    double count;                    /* of the numbers that are normalised together */
    mlp_value *off;                  /* x - mean */
    mlp_value *rstd, *rstd2, *rstd3; /* 1 / std, its square and its cube */
} norm;

static mlp_value *total(const norm *n, mlp_value *value) {
    if (!n->of_channels)
        return sum_along(n->c, value, 1);
    value = sum_along(n->c, value, 0);
    for (size_t d = n->c->failed ? 0 : n->c->tensor(value)->ndim; d-- > 2;)
        value = sum_along(n->c, value, d);
    return value;
}

static mlp_value *total_of_products(const norm *n, mlp_value *a, mlp_value *b) {
    return total(n, times(n->c, a, b));
}

/* What comes to x from the dx of g = dy weight, by the h that comes to that dx. */
static mlp_value *bend(const norm *n, mlp_value *g, mlp_value *h) {
    mlp_composition *c = n->c;
    mlp_value *cubes = times(c, n->off, n->rstd3);
    mlp_value *g_off = total_of_products(n, g, n->off), *g_sum = total(n, g);
    mlp_value *h_sum = total(n, h), *h_off = total_of_products(n, h, n->off);
    mlp_value *all = over_number(c, times(c, h_sum, g_sum), n->count);
    all = minus(c, all, total_of_products(n, g, h));
    mlp_value *offs = times(c, times(c, n->rstd2, g_off), h_off);
    all = plus(c, all, times_number(c, offs, 3 / n->count));
    mlp_value *first = over_number(c, times(c, cubes, all), n->count);
    mlp_value *g_rest = minus(c, over_number(c, g_sum, n->count), g);
    mlp_value *second = over_number(c, times(c, h_off, n->rstd3), n->count);
    second = times(c, second, g_rest);
    mlp_value *h_rest = minus(c, over_number(c, h_sum, n->count), h);
    mlp_value *third = over_number(c, times(c, g_off, n->rstd3), n->count);
    third = times(c, third, h_rest);
    return plus(c, plus(c, first, second), third);
}

/* The dx of g. */
static mlp_value *plain_dx(const norm *n, mlp_value *g) {
    mlp_composition *c = n->c;
    mlp_value *first = times(c, g, n->rstd);
    mlp_value *second = over_number(c, times(c, n->rstd, total(n, g)), -n->count);
    mlp_value *g_off = total_of_products(n, g, n->off);
    mlp_value *third = times(c, times(c, n->off, n->rstd3), g_off);
    return plus(c, plus(c, first, second), over_number(c, third, -n->count));
}

/* The same as PyTorch writes it where it goes back; the weight may be NULL. */
static mlp_value *scaled_dx(const norm *n, mlp_value *g, mlp_value *weight) {
    mlp_composition *c = n->c;
    mlp_value *scale = weight ? times(c, weight, n->rstd) : n->rstd;
    scale = over_number(c, scale, n->count);
    mlp_value *all = minus(c, times_number(c, g, n->count), total(n, g));
    mlp_value *g_off = total_of_products(n, g, n->off);
    all = minus(c, all, times(c, times(c, n->off, n->rstd2), g_off));
    return times(c, scale, all);
}

static norm norm_of(mlp_composition *c, bool of_channels, mlp_value *x, mlp_value *mean,
                    mlp_value *rstd, size_t count) {
    norm n = {.c = c, .of_channels = of_channels, .count = (double)count, .rstd = rstd};
    n.off = minus(c, x, mean);
    n.rstd2 = to_power(c, rstd, 2);
    n.rstd3 = to_power(c, rstd, 3);
    return n;
}

/* --- what the rows share --- */

/* The call of the norm's backward for one of x, weight and bias: input i. */
static mlp_call backward_of(const mlp_call *call, size_t i, bool is_kept) {
    mlp_call inner = {.operation = call->operation->gradient_of,
                      .options = call->options,
                      .release = call->release,
                      .in = {call->in[1]},
                      .out = {NULL, (mlp_tensor *)call->in[3], (mlp_tensor *)call->in[4]},
                      .dout = call->in[0]};
    inner.in[1] = i == 0 ? call->in[2] : NULL;
    inner.in[3] = is_kept ? call->in[3] : NULL;
    inner.din[i] = call->out[0];
    return inner;
}

static void forward_of(const mlp_call *call, size_t i, bool is_kept) {
    const mlp_call inner = backward_of(call, i, is_kept);
    inner.operation->backward(&inner);
}

static void bound_of(const mlp_call *call, const mlp_bounds *bounds, size_t i, bool is_kept) {
    const mlp_call of = backward_of(call, i, is_kept);
    mlp_bounds inner = {.in = {bounds->in[1], bounds->in[2]},
                        .of_out = {NULL, bounds->in[3], bounds->in[4]},
                        .dout = bounds->in[0],
                        .scratch = bounds->scratch};
    inner.din[i] = bounds->out[0];
    of.operation->bound_backward(&of, &inner);
}

static void x_forward(const mlp_call *call) {
    forward_of(call, 0, false);
}

static void weight_forward(const mlp_call *call) {
    forward_of(call, 1, false);
}

static void bias_forward(const mlp_call *call) {
    forward_of(call, 2, false);
}

static void kept_x_forward(const mlp_call *call) {
    forward_of(call, 0, true);
}

static void kept_weight_forward(const mlp_call *call) {
    forward_of(call, 1, true);
}

static void bound_x(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of(call, bounds, 0, false);
}

static void bound_weight(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of(call, bounds, 1, false);
}

static void bound_bias(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of(call, bounds, 2, false);
}

static void bound_kept_x(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of(call, bounds, 0, true);
}

static void bound_kept_weight(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of(call, bounds, 1, true);
}

#define OF_X .outputs = 1, .check = check_gradient, .reads = {X | WEIGHT, DY | X | WEIGHT, DY | X}
#define OF_SCALE .outputs = 1, .reads = {X, DY | X, DY}

/* Where several are wanted, PyTorch has one node for them all, at which the gradients of one thing
 * meet before they go on: `alias` makes such a place. No gradient comes from where a formula has
 * none. */
static void compose_rows(mlp_composition *c, const mlp_operation *alias,
                         const mlp_operation *const rows[3], mlp_value *const behind[3][3]) {
    const bool shares = c->wanted[0] + c->wanted[1] + c->wanted[2] > 1;
    mlp_value *x = shares ? applied(c, alias, c->in[0], NULL) : c->in[0];
    mlp_value *dy = shares ? applied(c, alias, c->dout, NULL) : c->dout;
    for (size_t i = 3; i-- > 0;) {
        mlp_value *const inputs[] = {x, behind[i][0], behind[i][1], behind[i][2]};
        if (c->wanted[i])
            c->din[i] = gradient_step(c, rows[i], dy, inputs, 4);
    }
}

/* --- layer norm: the rows lie in a matrix --- */

#define LAYER .gradient_of = &mlp_layer_norm, .grad_fn = "NativeLayerNormBackwardBackward0"

static mlp_value *in_shape(mlp_composition *c, mlp_value *value, size_t ndim, const size_t *shape) {
    if (c->failed)
        return NULL;
    const mlp_tensor *t = c->tensor(value);
    bool has = t->ndim == ndim;
    for (size_t d = 0; has && d < ndim; d++)
        has = t->shape[d] == shape[d];
    return has ? value : reshaped(c, &mlp_reshape, value, ndim, shape);
}

static size_t size_of_row(const mlp_composition *c) {
    size_t n = 1;
    for (size_t i = 0; i < c->call->options.sizes.count; i++)
        n *= c->call->options.sizes.size[i];
    return n;
}

/* What is of x's shape. */
static mlp_value *as_rows(mlp_composition *c, mlp_value *value) {
    const size_t n = size_of_row(c), shape[] = {c->call->in[1]->numel / n, n};
    return in_shape(c, value, 2, shape);
}

static mlp_value *as_x(mlp_composition *c, mlp_value *value) {
    return reshaped(c, &mlp_reshape, value, c->call->in[1]->ndim, c->call->in[1]->shape);
}

/* A number for each element of a row, such as the weight. */
static mlp_value *as_one_row(mlp_composition *c, mlp_value *value) {
    const size_t shape[] = {1, size_of_row(c)};
    return in_shape(c, value, 2, shape);
}

static norm layer_of(mlp_composition *c) {
    const size_t n = size_of_row(c), each[] = {c->call->in[1]->numel / n, 1};
    mlp_value *x = as_rows(c, c->in[1]), *mean = in_shape(c, c->in[3], 2, each);
    return norm_of(c, false, x, mean, in_shape(c, c->in[4], 2, each), n);
}

static void compose_layer_x(mlp_composition *c) {
    mlp_value *dy = as_rows(c, c->in[0]), *h = as_rows(c, c->dout);
    mlp_value *weight = c->in[2] ? as_one_row(c, c->in[2]) : NULL;
    const norm n = layer_of(c);
    if (c->wanted[1])
        c->din[1] = as_x(c, bend(&n, weight ? times(c, dy, weight) : dy, h));
    if (c->wanted[2]) {
        const mlp_tensor *w = c->call->in[2];
        mlp_value *sum = sum_along(c, times(c, dy, scaled_dx(&n, h, NULL)), 0);
        c->din[2] = reshaped(c, &mlp_reshape, sum, w->ndim, w->shape);
    }
    if (c->wanted[0])
        c->din[0] = as_x(c, scaled_dx(&n, h, weight));
}

static void compose_layer_weight(mlp_composition *c) {
    mlp_value *dy = as_rows(c, c->in[0]), *h = as_one_row(c, c->dout);
    const norm n = layer_of(c);
    if (c->wanted[1])
        c->din[1] = as_x(c, plain_dx(&n, times(c, dy, h)));
    if (c->wanted[0])
        c->din[0] = as_x(c, times(c, times(c, h, n.off), n.rstd));
}

static void compose_layer_bias(mlp_composition *c) {
    const size_t n = size_of_row(c);
    if (!c->wanted[0])
        return;
    const mlp_tensor rows = {.ndim = 2, .shape = {c->call->in[1]->numel / n, n}};
    c->din[0] = as_x(c, expanded_as(c, as_one_row(c, c->dout), &rows));
}

static bool check_layer_scale(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    const mlp_sizes *sizes = &call->options.sizes;
    (void)error;
    out[0] = (mlp_shape){.dtype = call->in[1]->dtype, .ndim = sizes->count};
    memcpy(out[0].shape, sizes->size, sizes->count * sizeof *sizes->size);
    return true;
}

static const mlp_operation layer_x = {.name = "layer_norm_backward",
                                      .forward = x_forward,
                                      .bound = bound_x,
                                      .compose = compose_layer_x,
                                      .gradients = DY | X | WEIGHT,
                                      OF_X,
                                      LAYER};
static const mlp_operation layer_weight = {.name = "layer_norm_backward",
                                           .check = check_layer_scale,
                                           .forward = weight_forward,
                                           .bound = bound_weight,
                                           .compose = compose_layer_weight,
                                           .gradients = DY | X | WEIGHT,
                                           OF_SCALE,
                                           LAYER};
static const mlp_operation layer_bias = {.name = "layer_norm_backward",
                                         .check = check_layer_scale,
                                         .forward = bias_forward,
                                         .bound = bound_bias,
                                         .compose = compose_layer_bias,
                                         .gradients = DY | X | WEIGHT,
                                         OF_SCALE,
                                         LAYER};

/* The last that is done to a gradient is to bring it into x's shape. */
static void compose_met(mlp_composition *c) {
    c->din[0] = reshaped(c, &mlp_reshape, c->dout, c->call->in[0]->ndim, c->call->in[0]->shape);
}

static void meeting_forward(const mlp_call *call) {
    copy_values(call->out[0], call->in[0]);
}

static bool check_meeting(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = shape_of(call->in[0]);
    return true;
}

static const mlp_operation meeting = {.name = "alias",
                                      .outputs = 1,
                                      .numbers = MLP_RELABELED,
                                      .elementwise = true,
                                      .check = check_meeting,
                                      .forward = meeting_forward,
                                      .compose = compose_met,
                                      .gradients = 1 << 0,
                                      .grad_fn = "ReshapeAliasBackward0"};

void compose_layer_norm(mlp_composition *c) {
    static const mlp_operation *const rows[] = {&layer_x, &layer_weight, &layer_bias};
    mlp_value *const behind[3][3] = {{c->in[1], c->out[1], c->out[2]},
                                     {c->in[1], c->out[1], c->out[2]},
                                     {c->in[1], c->out[1], c->out[2]}};
    compose_rows(c, &meeting, rows, behind);
}

/* --- batch norm --- */

#define BATCH .gradient_of = &mlp_batch_norm, .grad_fn = "NativeBatchNormBackwardBackward0"

/* A number for each channel, so that it is broadcast to x. */
static mlp_value *as_channels(mlp_composition *c, mlp_value *value) {
    const mlp_tensor *x = c->call->in[1];
    size_t shape[MLP_MAX_DIMS] = {0};
    for (size_t d = 0; d < x->ndim; d++)
        shape[d] = d == 1 ? x->shape[1] : 1;
    return in_shape(c, value, x->ndim, shape);
}

/* The same in x's shape; NULL of NULL. */
static mlp_value *in_each_place(mlp_composition *c, mlp_value *value) {
    return value ? expanded_as(c, as_channels(c, value), c->call->in[1]) : NULL;
}

static norm batch_of(mlp_composition *c, mlp_value *mean, mlp_value *rstd) {
    const mlp_tensor *x = c->call->in[1];
    mlp_value *const of_mean = as_channels(c, mean);
    return norm_of(c, true, c->in[1], of_mean, as_channels(c, rstd), x->numel / x->shape[1]);
}

static mlp_value *sum_without(mlp_composition *c, mlp_value *value, size_t dim) {
    mlp_options options = {.has_dims = true};
    options.dims[dim] = true;
    return applied_with(c, &mlp_sum, &options, value, NULL);
}

/* The sum over all but the channels. */
static mlp_value *sum_of_channels(mlp_composition *c, mlp_value *value) {
    value = sum_without(c, value, 0);
    for (size_t d = c->call->in[1]->ndim - 1; d-- > 1;)
        value = sum_without(c, value, d);
    return value;
}

static void compose_batch_x(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = c->dout, *weight = in_each_place(c, c->in[2]);
    const norm n = batch_of(c, c->in[3], c->in[4]);
    if (c->wanted[1]) {
        c->din[1] = bend(&n, dy, h);
        c->din[1] = weight ? times(c, weight, c->din[1])
                           : called(c, times_number(c, c->din[1], 1), "MulBackward0");
    }
    if (c->wanted[2])
        c->din[2] = sum_of_channels(c, times(c, h, scaled_dx(&n, dy, NULL)));
    if (c->wanted[0])
        c->din[0] = scaled_dx(&n, h, weight);
}

static void compose_batch_weight(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = in_each_place(c, c->dout);
    const norm n = batch_of(c, c->in[3], c->in[4]);
    if (c->wanted[1])
        c->din[1] = times(c, h, plain_dx(&n, dy));
    if (c->wanted[0])
        c->din[0] = times(c, times(c, h, n.off), n.rstd);
}

static void compose_batch_bias(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = in_each_place(c, c->dout);
}

static bool check_batch_scale(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    (void)error;
    out[0] = (mlp_shape){call->in[1]->dtype, 1, {call->in[1]->shape[1]}};
    return true;
}

/* dy / std weight */
static void compose_kept_x(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = c->dout, *weight = in_each_place(c, c->in[2]);
    mlp_value *rstd = as_channels(c, c->in[3]);
    if (c->wanted[2])
        c->din[2] = sum_of_channels(c, times(c, times(c, h, dy), rstd));
    if (c->wanted[0])
        c->din[0] = times(c, h, rstd);
    if (c->wanted[0] && weight)
        c->din[0] = times(c, c->din[0], weight);
}

static void compose_kept_weight(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = in_each_place(c, c->dout);
    mlp_value *rstd = as_channels(c, c->in[2]);
    if (c->wanted[1])
        c->din[1] = times(c, times(c, h, rstd), dy);
    if (c->wanted[0]) {
        mlp_value *mean = as_channels(c, c->in[3]), *off = minus(c, c->in[1], mean);
        c->din[0] = times(c, times(c, h, off), rstd);
    }
}

static const mlp_operation batch_x = {.name = "batch_norm_backward",
                                      .forward = x_forward,
                                      .bound = bound_x,
                                      .compose = compose_batch_x,
                                      .gradients = DY | X | WEIGHT,
                                      OF_X,
                                      BATCH};
static const mlp_operation batch_weight = {.name = "batch_norm_backward",
                                           .check = check_batch_scale,
                                           .forward = weight_forward,
                                           .bound = bound_weight,
                                           .compose = compose_batch_weight,
                                           .gradients = DY | X | WEIGHT,
                                           OF_SCALE,
                                           BATCH};
static const mlp_operation batch_bias = {.name = "batch_norm_backward",
                                         .check = check_batch_scale,
                                         .forward = bias_forward,
                                         .bound = bound_bias,
                                         .compose = compose_batch_bias,
                                         .gradients = DY | X | WEIGHT,
                                         OF_SCALE,
                                         BATCH};
static const mlp_operation kept_x = {.name = "batch_norm_backward",
                                     .forward = kept_x_forward,
                                     .bound = bound_kept_x,
                                     .compose = compose_kept_x,
                                     .gradients = DY | X | WEIGHT,
                                     OF_X,
                                     BATCH};
static const mlp_operation kept_weight = {.name = "batch_norm_backward",
                                          .check = check_batch_scale,
                                          .forward = kept_weight_forward,
                                          .bound = bound_kept_weight,
                                          .compose = compose_kept_weight,
                                          .gradients = DY | X,
                                          OF_SCALE,
                                          BATCH};

void compose_batch_norm(mlp_composition *c) {
    static const mlp_operation *const of_batch[] = {&batch_x, &batch_weight, &batch_bias};
    static const mlp_operation *const of_kept[] = {&kept_x, &kept_weight, &batch_bias};
    const bool is_kept = c->in[3] != NULL;
    mlp_value *mean = c->out[1], *rstd = c->out[2], *forward_rstd = c->out[3];
    mlp_value *const behind[3][3] = {{c->in[1], is_kept ? forward_rstd : mean, rstd},
                                     {is_kept ? forward_rstd : c->in[1], mean, rstd},
                                     {c->in[1], mean, rstd}};
    compose_rows(c, &mlp_as_alias, is_kept ? of_kept : of_batch, behind);
}
