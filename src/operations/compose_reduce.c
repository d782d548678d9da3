/* Gradients of sums and what is made of them, composed. */
#include "composition.h"
#include "row.h"

#include <math.h>
#include <string.h>

/* The shape of x with 1 for each dimension that is reduced. */
static mlp_value *unreduced_by(mlp_composition *c, const mlp_operation *operation,
                               mlp_value *value) {
    const mlp_tensor *x = c->call->in[0];
    const mlp_options *options = &c->call->options;
    size_t shape[MLP_MAX_DIMS];
    for (size_t d = 0; d < x->ndim; d++)
        shape[d] = !options->has_dims || options->dims[d] ? 1 : x->shape[d];
    if (options->keepdim || !options->has_dims)
        return value;
    return reshaped(c, operation, value, x->ndim, shape);
}

static mlp_value *unreduced(mlp_composition *c, mlp_value *value) {
    return unreduced_by(c, &mlp_unsqueeze, value);
}

/* For each element of x. */
static mlp_value *repeated(mlp_composition *c, mlp_value *value) {
    return expanded_as(c, unreduced(c, value), c->call->in[0]);
}

void compose_sum(mlp_composition *c) {
    c->din[0] = repeated(c, c->dout);
}

void compose_mean(mlp_composition *c) {
    c->din[0] = called(c, over_number(c, repeated(c, c->dout), (double)reduced_count(c->call)),
                       "DivBackward1");
}

/* 2 / (n - correction) dy (x - mean) */
static mlp_value *spread(mlp_composition *c, mlp_value *dy) {
    mlp_options options = c->call->options;
    const double n = (double)reduced_count(c->call) - (double)options.correction;
    options.keepdim = options.has_dims;
    mlp_value *mean = applied_with(c, &mlp_mean, &options, c->in[0], NULL);
    if (n <= 0)
        fail_composition(c, "there is no gradient of the gradient of the spread of so few numbers");
    mlp_value *offset = minus(c, c->in[0], mean);
    return times(c, times_number(c, unreduced(c, dy), 2 / n), offset);
}

void compose_var(mlp_composition *c) {
    c->din[0] = spread(c, c->dout);
}

static bool is_refused_zero(mlp_composition *c, const char *why) {
    if (has_number(c, c->out[0], 0))
        fail_composition(c, why);
    return c->failed;
}

void compose_std(mlp_composition *c) {
    if (!is_refused_zero(c, "there is no gradient of the gradient of std() here where it is 0"))
        c->din[0] = spread(c, over(c, c->dout, times_number(c, c->out[0], 2)));
}

/* Where the value is 0. */
static mlp_value *is_zero(mlp_composition *c, mlp_value *value) {
    return applied_with(c, &mlp_eq, &(mlp_options){.number = mlp_real(0)}, value, NULL);
}

static mlp_value *filled_with_zero(mlp_composition *c, mlp_value *value, mlp_value *mask) {
    return applied_with(c, &mlp_masked_fill, &(mlp_options){.number = mlp_real(0)}, value, mask);
}

/* dy (x / y), 0 where y is 0 */
static mlp_value *root_of_squares_back(mlp_composition *c, mlp_value *x) {
    const bool is_of_all = c->call->in[0]->ndim > 1 && c->call->out[0]->ndim == 0;
    mlp_value *dy = is_of_all ? c->dout : unreduced(c, c->dout);
    mlp_value *y = is_of_all ? c->out[0] : unreduced(c, c->out[0]);
    mlp_value *slope = over(c, x, y);
    mlp_value *mask = c->failed ? NULL : expanded_as(c, is_zero(c, y), c->call->in[0]);
    return times(c, dy, filled_with_zero(c, slope, mask));
}

/* sign(x) (dy / how many |x| are y) where |x| is y, or nan */
static mlp_value *farthest_back(mlp_composition *c, mlp_value *x, mlp_value *dy, mlp_value *y) {
    mlp_options options = c->call->options;
    mlp_value *size = applied(c, &mlp_abs, x, NULL);
    mlp_value *is_nan = applied(c, &mlp_isnan, size, NULL);
    mlp_value *mask = applied(c, &mlp_eq, size, expanded_as(c, y, c->call->in[0]));
    mask = applied(c, &mlp_bitwise_or, mask, is_nan);
    mask = applied_with(c, &mlp_to, &(mlp_options){.dtype = c->call->in[0]->dtype}, mask, NULL);
    options.keepdim = options.has_dims;
    mlp_value *share = times(c, over(c, dy, applied_with(c, &mlp_sum, &options, mask, NULL)), mask);
    mlp_value *sign = applied(c, &mlp_sign, x, NULL);
    return times(c, sign, share);
}

/* x |x|^(p - 2) dy / y^(p - 1), with sign(x) |x|^(p - 1) for p < 2, and other zeros for p < 1 */
static mlp_value *norm_of_order_back(mlp_composition *c, mlp_value *x) {
    const double p = c->call->options.p;
    mlp_value *dy = unreduced(c, c->dout), *y = unreduced(c, c->out[0]);
    if (isinf(p))
        return farthest_back(c, x, dy, y);
    mlp_value *power = to_power(c, applied(c, &mlp_abs, x, NULL), p < 2 ? p - 1 : p - 2);
    if (p < 1)
        power = filled_with_zero(c, power, is_zero(c, x));
    mlp_value *scaled = times(c, p < 2 ? applied(c, &mlp_sign, x, NULL) : x, power);
    if (p < 1)
        return times(c, times(c, scaled, dy), to_power(c, y, 1 - p));
    mlp_value *scale = over(c, dy, to_power(c, y, p - 1));
    return times(c, scaled, filled_with_zero(c, scale, is_zero(c, y)));
}

/* The gradient of x, of whose norm dy is. */
static mlp_value *norm_back(mlp_composition *c, mlp_value *x) {
    if (c->call->options.p == 1) {
        mlp_value *dy = unreduced(c, c->dout);
        return times(c, applied(c, &mlp_sign, x, NULL), dy);
    }
    return c->call->options.p == 2 ? root_of_squares_back(c, x) : norm_of_order_back(c, x);
}

void compose_norm(mlp_composition *c) {
    c->din[0] = norm_back(c, c->in[0]);
}

/* PyTorch takes the difference anew for each of the two. */
void compose_dist(mlp_composition *c) {
    mlp_value *a = operand(c, 0), *b = operand(c, 1);
    if (c->wanted[1])
        c->din[1] = negated(c, norm_back(c, minus(c, a, b)));
    if (c->wanted[0])
        c->din[0] = norm_back(c, minus(c, a, b));
}

/* The same of what is reduced along `dim`. */
static mlp_value *unreduced_along(mlp_composition *c, mlp_value *value) {
    const mlp_tensor *x = c->call->in[0];
    const mlp_options *options = &c->call->options;
    size_t shape[MLP_MAX_DIMS];
    if (options->keepdim || !options->has_dim || x->ndim <= 1)
        return value;
    memcpy(shape, x->shape, sizeof shape);
    shape[options->dim] = 1;
    return reshaped(c, &mlp_unsqueeze, value, x->ndim, shape);
}

/* dy y / x, as long as nothing divides by 0 */
void compose_prod(mlp_composition *c) {
    if (has_number(c, c->in[0], 0))
        fail_composition(c,
                         "there is no gradient of the gradient of prod() here where a factor is 0");
    if (c->failed)
        return;
    mlp_value *others = over(c, unreduced_along(c, c->out[0]), c->in[0]);
    c->din[0] = times(c, unreduced_along(c, c->dout), others);
}

/* dy, shared between the elements that equal y. */
void compose_extreme(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0];
    mlp_value *y = expanded_as(c, c->out[0], x);
    mlp_value *mask = applied(c, &mlp_eq, c->in[0], y);
    mask = applied_with(c, &mlp_to, &(mlp_options){.dtype = x->dtype}, mask, NULL);
    mlp_value *share = over(c, c->dout, sum_of_all(c, mask));
    c->din[0] = called(c, times(c, mask, share), "MaskedFillBackward1");
}

/* dy / the sum of the mask, over the same dimensions, times the mask */
void compose_extremes(mlp_composition *c) {
    mlp_options options = c->call->options;
    const mlp_tensor *x = c->call->in[0];
    mlp_value *y = unreduced_by(c, &mlp_reshape, c->out[0]);
    mlp_value *dy = unreduced_by(c, &mlp_reshape, c->dout);
    mlp_value *mask = c->failed ? NULL : applied(c, &mlp_eq, expanded_as(c, y, x), c->in[0]);
    mask = applied_with(c, &mlp_to, &(mlp_options){.dtype = x->dtype}, mask, NULL);
    options.keepdim = options.has_dims;
    mlp_value *count = applied_with(c, &mlp_sum, &options, mask, NULL);
    c->din[0] = times(c, over(c, dy, count), mask);
}

/* dy exp(x - y) */
void compose_logsumexp(mlp_composition *c) {
    mlp_value *dy = unreduced(c, c->dout), *y = unreduced(c, c->out[0]);
    mlp_value *share = applied(c, &mlp_exp, minus(c, c->in[0], y), NULL);
    c->din[0] = times(c, dy, share);
}

/* Flipped, added up, and flipped back. */
static mlp_value *sums_from_behind(mlp_composition *c, mlp_value *value) {
    mlp_options flip = {.has_dims = true};
    flip.dims[c->call->options.dim] = true;
    value = applied_with(c, &mlp_flip, &flip, value, NULL);
    value = applied_with(c, &mlp_cumsum, &c->call->options, value, NULL);
    return applied_with(c, &mlp_flip, &flip, value, NULL);
}

static bool is_one_number(const mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0];
    return x->ndim == 0 || x->numel <= 1 || x->shape[c->call->options.dim] == 1;
}

void compose_cumsum(mlp_composition *c) {
    c->din[0] = is_one_number(c) ? c->dout : sums_from_behind(c, c->dout);
}

/* The sums of y dy from each place on, divided by x, as long as none is 0. */
void compose_cumprod(mlp_composition *c) {
    if (is_one_number(c)) {
        c->din[0] = c->dout;
        return;
    }
    if (has_number(c, c->in[0], 0))
        fail_composition(c, "there is no gradient of the gradient of cumprod() here where a factor "
                            "is 0");
    mlp_value *terms = times(c, c->out[0], c->dout);
    c->din[0] = over(c, c->failed ? NULL : sums_from_behind(c, terms), c->in[0]);
}
