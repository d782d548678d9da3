/* The bounds of activations. */
#include "bounds.h"

#include "mlpstep/kernels/elu.h"

#include <math.h>

/* --- relu, leaky_relu: where they are bent, the derivative is open --- */

/* x has the slope 1 above 0 and `slope` below; another build may stand on the other side. */
static void bent(const mlp_call *call, const mlp_bounds *bounds, bounded slope) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded below = bounded_mul(r, x, slope);
        const int side = bounded_compare(x, 0);
        bounds->out[0][i] = side == 1                 ? x.bound
                            : side == -1 || side == 0 ? below.bound
                                                      : fmax(x.bound, below.bound);
    }
}

static void bent_back(const mlp_call *call, const mlp_bounds *bounds, bounded slope) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int side = bounded_compare(bounded_at(call->in[0], bounds->in[0], i), 0);
        bounds->din[0][i] = side == 1 || bounded_size(dy) == 0 ? dy.bound
                            : side == 2                        ? INFINITY
                                                               : bounded_mul(r, dy, slope).bound;
    }
}

void bound_relu(const mlp_call *call, const mlp_bounds *bounds) {
    bent(call, bounds, exactly(0));
}

void bound_relu_back(const mlp_call *call, const mlp_bounds *bounds) {
    bent_back(call, bounds, exactly(0));
}

static bounded slope_of(const mlp_call *call) {
    return bounded_number(rounding_to(call->in[0]->dtype), call->options.negative_slope);
}

void bound_leaky_relu(const mlp_call *call, const mlp_bounds *bounds) {
    bent(call, bounds, slope_of(call));
}

void bound_leaky_relu_back(const mlp_call *call, const mlp_bounds *bounds) {
    bent_back(call, bounds, slope_of(call));
}

/* --- prelu: likewise, with a slope for each element --- */

void bound_prelu(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded below = bounded_mul(r, bounded_at(call->in[1], bounds->in[1], i), x);
        const int side = bounded_compare(x, 0);
        bounds->out[0][i] = side == 1   ? x.bound
                            : side == 2 ? fmax(x.bound, below.bound)
                                        : below.bound;
    }
}

static double either(int side, bounded above, bounded below) {
    return side == 1 ? above.bound : side == 2 ? INFINITY : below.bound;
}

void bound_prelu_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded w = bounded_at(call->in[1], bounds->in[1], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int side = bounded_size(dy) == 0 ? 1 : bounded_compare(x, 0);
        if (bounds->din[0])
            bounds->din[0][i] = either(side, dy, bounded_mul(r, w, dy));
        if (bounds->din[1])
            bounds->din[1][i] = either(side, exactly(0), bounded_mul(r, x, dy));
    }
}

/* --- of each element --- */

typedef bounded of_element(rounding r, bounded x);

static void each(const mlp_call *call, const mlp_bounds *bounds, of_element *act) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->out[0][i] = act(r, bounded_at(call->in[0], bounds->in[0], i)).bound;
}

/* dx = dy slope, which is a function of the result. */
static void each_back(const mlp_call *call, const mlp_bounds *bounds, of_element *slope) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded y = bounded_at(call->out[0], bounds->of_out[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        bounds->din[0][i] = bounded_mul(r, dy, slope(r, y)).bound;
    }
}

void bound_sigmoid(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, bounded_sigmoid);
}

/* y (1 - y), whose derivative is 1 - 2 y. */
static bounded slope_of_sigmoid(rounding r, bounded y) {
    const bounded at = as_if_exact(y.value);
    bounded slope = bounded_mul(r, bounded_sub(r, exactly(1), at), at);
    slope.bound += (fabs(1 - 2 * y.value) + 4 * y.bound + 8 * r.unit) * y.bound;
    return slope;
}

void bound_sigmoid_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, slope_of_sigmoid);
}

void bound_tanh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, bounded_tanh);
}

static bounded slope_of_tanh(rounding r, bounded y) {
    return bounded_sub(r, exactly(1), bounded_mul(r, y, y));
}

void bound_tanh_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, slope_of_tanh);
}

/* --- elu, selu, celu: scale alpha (exp(x / k) - 1) below 0, scale x above --- */

typedef struct {
    bounded below, above, input; /* scale alpha, scale and 1 / k */
    bool is_bent;                /* at 0: the slopes of both sides are not the same */
} elu_factors;

static void elu_by(const mlp_call *call, const mlp_bounds *bounds, const elu_factors *by) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded power = bounded_exp(r, bounded_mul(r, x, by->input));
        const bounded below = bounded_mul(r, bounded_sub(r, power, exactly(1)), by->below);
        const bounded above = bounded_mul(r, x, by->above);
        const int side = bounded_compare(x, 0);
        bounds->out[0][i] = side == 1   ? above.bound
                            : side == 2 ? fmax(above.bound, below.bound)
                                        : below.bound;
    }
}

/* scale alpha exp(x / k) / k; in place, (y + scale alpha) / k, where y has been rounded. */
static bounded slope_below(const mlp_call *call, rounding r, const elu_factors *by, bounded x) {
    const bounded power = bounded_exp(r, bounded_mul(r, x, by->input));
    bounded slope = bounded_mul(r, power, by->below);
    if (call->options.inplace)
        slope =
            bounded_add(r, bounded_mul(r, bounded_sub(r, power, exactly(1)), by->below), by->below);
    return bounded_mul(r, slope, by->input);
}

static void elu_back_by(const mlp_call *call, const mlp_bounds *bounds, const elu_factors *by) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int side = bounded_compare(x, 0);
        const bounded below = bounded_mul(r, dy, slope_below(call, r, by, x));
        const bounded above = bounded_mul(r, dy, by->above);
        bounds->din[0][i] = side == 1 || bounded_size(dy) == 0 ? above.bound
                            : side == 2 && by->is_bent         ? INFINITY
                            : side == 2                        ? fmax(above.bound, below.bound)
                                                               : below.bound;
    }
}

static elu_factors elu_factors_of(const mlp_call *call) {
    const bounded alpha = bounded_number(rounding_to(call->in[0]->dtype), call->options.alpha);
    return (elu_factors){alpha, exactly(1), exactly(1), call->options.alpha != 1};
}

static elu_factors selu_factors_of(const mlp_call *call) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded scale = bounded_number(r, MLP_SELU_SCALE);
    const bounded below = bounded_mul(r, bounded_number(r, MLP_SELU_ALPHA), scale);
    return (elu_factors){below, scale, exactly(1), true};
}

/* 1 / alpha is that of a float32 on the way back. */
static elu_factors celu_factors_of(const mlp_call *call) {
    const rounding r = rounding_to(MLP_FLOAT32);
    elu_factors by = elu_factors_of(call);
    by.input = bounded_div(r, exactly(1), bounded_number(r, call->options.alpha));
    by.is_bent = false;
    return by;
}

void bound_elu(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = elu_factors_of(call);
    elu_by(call, bounds, &by);
}

void bound_elu_back(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = elu_factors_of(call);
    elu_back_by(call, bounds, &by);
}

void bound_selu(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = selu_factors_of(call);
    elu_by(call, bounds, &by);
}

void bound_selu_back(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = selu_factors_of(call);
    elu_back_by(call, bounds, &by);
}

void bound_celu(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = celu_factors_of(call);
    elu_by(call, bounds, &by);
}

void bound_celu_back(const mlp_call *call, const mlp_bounds *bounds) {
    const elu_factors by = celu_factors_of(call);
    elu_back_by(call, bounds, &by);
}
