/* The bounds of the activations of one element that are one formula each. */
#include "bounds.h"

#include "row.h"

#include <float.h>
#include <math.h>

/* --- smooth ones: as a function of an exact x, and how far that moves it --- */

/* Of a function f at an exact x: f, its slope, the largest second derivative, and the roundings of f,
 * or of the slope where it is asked for, as parts of 1. */
typedef struct {
    double value, slope, curvature, error;
} smooth;

typedef smooth of_element(rounding r, const mlp_options *o, double x, bool of_slope);

static void each(const mlp_call *call, const mlp_bounds *bounds, of_element *f) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const smooth at = f(r, &call->options, x.value, false);
        const double moved = x.bound * (fabs(at.slope) + 2 * at.curvature * x.bound);
        bounds->out[0][i] =
            bounded_round(r, (bounded){at.value, at.error + (x.bound > 0 ? moved : 0)}).bound;
    }
}

static void each_back(const mlp_call *call, const mlp_bounds *bounds, of_element *f) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const smooth at = f(r, &call->options, x.value, true);
        const bounded slope = {at.slope, at.error + at.curvature * x.bound};
        bounds->din[0][i] = bounded_mul(r, dy, slope).bound;
    }
}

static double sigmoid_of(double x) {
    return 1 / (1 + exp(-x));
}

static smooth silu(rounding r, const mlp_options *o, double x, bool of_slope) {
    (void)o;
    const double s = sigmoid_of(x), y = x * s, slope = s * (1 + x * (1 - s));
    return (smooth){y, slope, 0.5, r.unit * (of_slope ? 20 * s * (1 + fabs(x)) : 8 * fabs(y))};
}

static smooth mish(rounding r, const mlp_options *o, double x, bool of_slope) {
    (void)o;
    const double s = sigmoid_of(x), t = tanh(x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));
    const double bend = x * s * (1 - t * t);
    const double error = of_slope ? 24 * (t + fabs(x) * s) : 16 * fabs(x * t);
    return (smooth){x * t, t + bend, 0.8, r.unit * error};
}

/* Where it may have changed to x, the two are apart by the logarithm. */
static smooth softplus(rounding r, const mlp_options *o, double x, bool of_slope) {
    const double z = o->beta * x, rest = exp(-fabs(z));
    const double y = ((z > 0 ? z : 0) + log1p(rest)) / o->beta, s = sigmoid_of(z);
    const double units = 16 + fabs(z);
    const bool may_be_line = z >= o->threshold - 1e-3 * (1 + fabs(o->threshold));
    const double line = may_be_line ? rest : 0;
    if (z > o->threshold && !of_slope)
        return (smooth){x, 1, fabs(o->beta) / 4, line / fabs(o->beta)};
    return (smooth){y, s, fabs(o->beta) / 4,
                    r.unit * units * fabs(of_slope ? s : y) +
                        (of_slope ? line : line / fabs(o->beta))};
}

static smooth logsigmoid(rounding r, const mlp_options *o, double x, bool of_slope) {
    (void)o;
    const double y = fmin(x, 0) - log1p(exp(-fabs(x))), slope = sigmoid_of(-x);
    return (smooth){y, slope, 0.25, r.unit * (of_slope ? 16 : 12 * fabs(y))};
}

/* The errors of erf, by the formulas of kernels/gelu.c. */
static smooth gelu_by_erf(rounding r, double x, bool of_slope) {
    const double formula = r.unit > DBL_EPSILON ? 1e-6 : 0;
    const double cdf = erfc(-x / sqrt(2)) / 2, density = exp(-x * x / 2) / sqrt(2 * acos(-1));
    const double size = of_slope ? 1 : fabs(x);
    return (smooth){x * cdf, cdf + x * density, 0.8, size * (formula + 16 * r.unit)};
}

static smooth gelu_by_tanh(rounding r, double x, bool of_slope) {
    const double c = sqrt(2 / acos(-1)), inner = c * (x + 0.044715 * x * x * x), t = tanh(inner);
    const double bend = fabs(x) / 2 * c * (1 + 3 * 0.044715 * x * x);
    const double slope = (1 + t) / 2 + (x < 0 ? -bend : bend) * (1 - t * t);
    const double units = of_slope ? 24 + 12 * (fabs(x) < 10 ? bend : 0) : 16 * fabs(x);
    return (smooth){x * (1 + t) / 2, slope, 1, units * r.unit};
}

static smooth gelu(rounding r, const mlp_options *o, double x, bool of_slope) {
    return o->approximate_by_tanh ? gelu_by_tanh(r, x, of_slope) : gelu_by_erf(r, x, of_slope);
}

void bound_silu(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, silu);
}

void bound_silu_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, silu);
}

void bound_mish(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, mish);
}

void bound_mish_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, mish);
}

void bound_softplus(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, softplus);
}

void bound_softplus_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, softplus);
}

void bound_logsigmoid(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, logsigmoid);
}

void bound_logsigmoid_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, logsigmoid);
}

void bound_gelu(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, gelu);
}

void bound_gelu_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, gelu);
}

/* --- of pieces, all of which are lines but of hardswish --- */

/* The one piece that x is in, or -1: 0 below `low`, 1 from there to `high`, 2 above. */
static int piece_of(bounded x, double low, double high) {
    const int above = bounded_compare(x, low), below = bounded_compare(x, high);
    if (above == 2 || below == 2)
        return -1;
    return above <= 0 ? 0 : below >= 0 ? 2 : 1;
}

typedef struct {
    double low, high;
} limits;

/* What moves with x by at most `slope` in the middle and by `outer` beyond. */
static void line(const mlp_call *call, const mlp_bounds *bounds, limits at, double slope,
                 double outer) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const int piece = piece_of(x, at.low, at.high);
        const double steepest = piece == 1 ? slope : piece == -1 ? fmax(slope, outer) : outer;
        const double size = fabs(x.value) + fabs(at.low) + fabs(at.high);
        const double roundings = slope == 1 && outer == 0 ? 2 : 8;
        bounds->out[0][i] = steepest * (x.bound + roundings * r.unit * size) + 2 * r.unit * size;
    }
}

/* dy times the slope in each piece; open at the limits. */
static void line_back(const mlp_call *call, const mlp_bounds *bounds, limits at,
                      const double slopes[3]) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int piece = piece_of(bounded_at(call->in[0], bounds->in[0], i), at.low, at.high);
        bounds->din[0][i] = piece == -1 && bounded_size(dy) > 0 ? INFINITY
                            : piece == -1
                                ? 0
                                : bounded_mul(r, dy, bounded_number(r, slopes[piece])).bound;
    }
}

static limits hardtanh_limits(const mlp_call *call) {
    const bool is_single = call->in[0]->dtype == MLP_FLOAT32;
    const mlp_options *o = &call->options;
    return is_single ? (limits){(double)(float)o->min, (double)(float)o->max}
                     : (limits){o->min, o->max};
}

static const double MIDDLE_ONLY[] = {0, 1, 0}, OUTER_ONLY[] = {1, 0, 1}, UPPER_ONLY[] = {0, 0, 1};

void bound_hardtanh(const mlp_call *call, const mlp_bounds *bounds) {
    line(call, bounds, hardtanh_limits(call), 1, 0);
}

void bound_hardtanh_back(const mlp_call *call, const mlp_bounds *bounds) {
    line_back(call, bounds, hardtanh_limits(call), MIDDLE_ONLY);
}

void bound_relu6(const mlp_call *call, const mlp_bounds *bounds) {
    line(call, bounds, (limits){0, 6}, 1, 0);
}

void bound_relu6_back(const mlp_call *call, const mlp_bounds *bounds) {
    line_back(call, bounds, (limits){0, 6}, MIDDLE_ONLY);
}

void bound_hardsigmoid(const mlp_call *call, const mlp_bounds *bounds) {
    line(call, bounds, (limits){-3, 3}, 1.0 / 6, 0);
}

void bound_hardsigmoid_back(const mlp_call *call, const mlp_bounds *bounds) {
    line_back(call, bounds, (limits){-3, 3}, (const double[]){0, 1.0 / 6, 0});
}

void bound_hardswish(const mlp_call *call, const mlp_bounds *bounds) {
    line(call, bounds, (limits){-3, 3}, 1.5, 1);
}

/* In the middle x / 3 + 1/2; at 3 itself PyTorch has this in some elements, and 1 in others. */
void bound_hardswish_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    line_back(call, bounds, (limits){-3, 3}, UPPER_ONLY);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const bounded slope = bounded_add(r, bounded_div(r, x, exactly(3)), exactly(0.5));
        if (bounded_compare(x, 3) == 0 && bounded_size(dy) > 0)
            bounds->din[0][i] = INFINITY;
        else if (piece_of(x, -3, 3) == 1 || bounded_compare(x, -3) == 0)
            bounds->din[0][i] = bounded_mul(r, dy, slope).bound;
    }
}

static limits softshrink_limits(const mlp_call *call) {
    const double l = call->options.lambd,
                 at = call->in[0]->dtype == MLP_FLOAT32 ? (double)(float)l : l;
    return (limits){-at, at};
}

void bound_softshrink(const mlp_call *call, const mlp_bounds *bounds) {
    line(call, bounds, softshrink_limits(call), 0, 1);
}

/* At the limits themselves it is 0. */
void bound_softshrink_back(const mlp_call *call, const mlp_bounds *bounds) {
    line_back(call, bounds, softshrink_limits(call), OUTER_ONLY);
}

/* It jumps at the limits, where 0 or x may be meant. */
void bound_hardshrink(const mlp_call *call, const mlp_bounds *bounds) {
    const limits at = softshrink_limits(call);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const int above = bounded_compare(x, at.low), below = bounded_compare(x, at.high);
        const bool is_open = above == 2 || below == 2;
        bounds->out[0][i] = is_open ? INFINITY : above >= 0 && below <= 0 ? 0 : x.bound;
    }
}

void bound_hardshrink_back(const mlp_call *call, const mlp_bounds *bounds) {
    const limits at = softshrink_limits(call);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int above = bounded_compare(x, at.low), below = bounded_compare(x, at.high);
        const bool is_open = above == 2 || below == 2;
        bounds->din[0][i] = is_open && bounded_size(dy) > 0 ? INFINITY
                            : above >= 0 && below <= 0      ? 0
                                                            : dy.bound;
    }
}

static double threshold_of(const mlp_call *call) {
    const double t = call->options.threshold;
    return call->in[0]->dtype == MLP_FLOAT32 ? (double)(float)t : t;
}

void bound_threshold(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const int side = bounded_compare(x, threshold_of(call));
        bounds->out[0][i] = side == 2   ? INFINITY
                            : side == 1 ? x.bound
                                        : bounded_number(r, call->options.value).bound;
    }
}

void bound_threshold_back(const mlp_call *call, const mlp_bounds *bounds) {
    const double at = threshold_of(call);
    line_back(call, bounds, (limits){at, at}, UPPER_ONLY);
}
