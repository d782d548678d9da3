/* The bounds of functions of one element. */
#include "bounds.h"

#include "row.h"

#include <float.h>
#include <math.h>

typedef bounded of_element(rounding r, bounded x);

static void each(const mlp_call *call, const mlp_bounds *bounds, of_element *f) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->out[0][i] = f(r, bounded_at(call->in[0], bounds->in[0], i)).bound;
}

/* dx = dy slope, of x or of the result. */
static void each_back(const mlp_call *call, const mlp_bounds *bounds, of_element *slope,
                      bool of_result) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded of = of_result ? bounded_at(call->out[0], bounds->of_out[0], i)
                                     : bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        bounds->din[0][i] = bounded_mul(r, dy, slope(r, of)).bound;
    }
}

/* --- sin, cos: good to four units in the last place, in builds since 2.1 --- */

/* The derivative moves by no more than x does. */
static bounded on_circle(rounding r, bounded x, double y, double slope) {
    const double error = x.bound * fmin(1, fabs(slope) + 2 * x.bound);
    return bounded_function(r, bounded_function(r, (bounded){y, error}));
}

static bounded sine(rounding r, bounded x) {
    return on_circle(r, x, sin(x.value), cos(x.value));
}

static bounded cosine(rounding r, bounded x) {
    return on_circle(r, x, cos(x.value), sin(x.value));
}

void bound_sin(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, sine);
}

void bound_sin_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, cosine, false);
}

void bound_cos(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, cosine);
}

void bound_cos_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, sine, false);
}

/* --- logarithms --- */

/* Divided by `scale`; at is x + 1 of log1p, and how far off x is. */
static bounded logarithm(rounding r, double y, bounded at, double scale) {
    const double least = at.value - 2 * at.bound;
    if (!(least > 0))
        return (bounded){y, INFINITY};
    return bounded_function(r, (bounded){y, at.bound / (least * scale)});
}

static bounded log_of_more(rounding r, bounded x) {
    return logarithm(r, log1p(x.value), (bounded){1 + x.value, x.bound}, 1);
}

static bounded decimal_log(rounding r, bounded x) {
    return logarithm(r, log10(x.value), x, log(10));
}

static bounded binary_log(rounding r, bounded x) {
    return logarithm(r, log2(x.value), x, log(2));
}

void bound_log1p(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, log_of_more);
}

void bound_log10(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, decimal_log);
}

void bound_log2(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, binary_log);
}

/* dy / (x scale + more) */
static void divided_back(const mlp_call *call, const mlp_bounds *bounds, double scale,
                         double more) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        x = more != 0 ? bounded_add(r, x, exactly(more))
                      : bounded_mul(r, x, bounded_number(r, scale));
        bounds->din[0][i] = bounded_div(r, dy, x).bound;
    }
}

void bound_log1p_back(const mlp_call *call, const mlp_bounds *bounds) {
    divided_back(call, bounds, 1, 1);
}

void bound_log10_back(const mlp_call *call, const mlp_bounds *bounds) {
    divided_back(call, bounds, log(10), 0);
}

void bound_log2_back(const mlp_call *call, const mlp_bounds *bounds) {
    divided_back(call, bounds, log(2), 0);
}

/* --- expm1, erf, rsqrt --- */

static bounded exp_less_one(rounding r, bounded x) {
    const double most = x.bound == 0 ? 0 : exp(x.value + 2 * x.bound) * x.bound;
    return bounded_function(r, (bounded){expm1(x.value), most});
}

static bounded one_more(rounding r, bounded y) {
    return bounded_add(r, y, exactly(1));
}

void bound_expm1(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, exp_less_one);
}

void bound_expm1_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, one_more, true);
}

/* 2 / sqrt(pi) exp(-x^2), whose derivative is 2 x times it. */
static bounded bell(rounding r, bounded x) {
    const double y = 2 / sqrt(acos(-1)) * exp(-x.value * x.value);
    const double error =
        2 * bounded_size(x) * x.bound * fmin(2 / sqrt(acos(-1)), 1.2 * y + 2 * x.bound);
    const bounded square = bounded_mul(r, as_if_exact(x.value), as_if_exact(x.value));
    return bounded_mul(
        r, bounded_number(r, 2 / sqrt(acos(-1))),
        bounded_function(r, (bounded){exp(-x.value * x.value), error + y * square.bound}));
}

/* In float32, some builds take it from a formula of Abramowitz and Stegun (7.1.26), which is off by
 * 1.5e-7 and the roundings of numbers near 1. */
static bounded error_function(rounding r, bounded x) {
    const double near = fmax(fabs(x.value) - 2 * x.bound, 0);
    const double error = x.bound * 2 / sqrt(acos(-1)) * exp(-near * near);
    bounded y = bounded_function(r, (bounded){erf(x.value), error});
    y.bound += r.unit > DBL_EPSILON ? 6e-7 : 0;
    return y;
}

void bound_erf(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, error_function);
}

void bound_erf_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, bell, false);
}

/* 1 / the slope of erf at y, where an error of erf, or of x, moves y by so much. */
static double steepness(double y) {
    return sqrt(acos(-1)) / 2 * exp(y * y);
}

/* No build's y is beyond the one that is found for the x nearest to 1, or is infinite where that is
 * none. */
static bounded inverse_error_function(rounding r, bounded x) {
    const double far = fabs(x.value) + 2 * x.bound + 8 * r.unit;
    if (!(far < 1))
        return (bounded){0, fabs(x.value) == 1 && x.bound == 0 ? 0 : INFINITY};
    double y = 0; /* of far: by Newton, from below */
    for (size_t i = 0; i < 60; i++)
        y -= (erf(y) - far) * steepness(y);
    return bounded_function(r, (bounded){y, steepness(y) * (x.bound + 4 * r.unit)});
}

static bounded growth(rounding r, bounded y) {
    const bounded power = bounded_exp(r, bounded_mul(r, y, y));
    return bounded_mul(r, bounded_number(r, sqrt(acos(-1)) / 2), power);
}

void bound_erfinv(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, inverse_error_function);
}

void bound_erfinv_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, growth, true);
}

static bounded reciprocal_root(rounding r, bounded x) {
    if (x.value < 2 * x.bound)
        return (bounded){1 / sqrt(x.value), INFINITY};
    return bounded_div(r, exactly(1), bounded_sqrt(r, x));
}

/* -1/2 y^3 */
static bounded half_cube(rounding r, bounded y) {
    return bounded_mul(r, exactly(-0.5), bounded_mul(r, bounded_mul(r, y, y), y));
}

void bound_rsqrt(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, reciprocal_root);
}

void bound_rsqrt_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, half_cube, true);
}

/* --- to whole numbers: exact, where it is decided to which --- */

typedef double to_whole(double x);

static double open_unless_equal(double a, double b) {
    return a == b ? 0 : INFINITY;
}

static void whole(const mlp_call *call, const mlp_bounds *bounds, to_whole *f) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        bounds->out[0][i] =
            x.bound == 0 ? 0
                         : open_unless_equal(f(x.value - 2 * x.bound), f(x.value + 2 * x.bound));
    }
}

static double sign(double x) {
    return sign_of(x);
}

void bound_sign(const mlp_call *call, const mlp_bounds *bounds) {
    whole(call, bounds, sign);
}

void bound_floor(const mlp_call *call, const mlp_bounds *bounds) {
    whole(call, bounds, floor);
}

void bound_ceil(const mlp_call *call, const mlp_bounds *bounds) {
    whole(call, bounds, ceil);
}

void bound_trunc(const mlp_call *call, const mlp_bounds *bounds) {
    whole(call, bounds, trunc);
}

/* What is off is x itself, where its whole part is decided. */
void bound_frac(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const double open =
            open_unless_equal(trunc(x.value - 2 * x.bound), trunc(x.value + 2 * x.bound));
        bounds->out[0][i] = x.bound == 0 ? 0 : x.bound + open;
    }
}

void bound_round(const mlp_call *call, const mlp_bounds *bounds) {
    whole(call, bounds, rint);
}

void bound_no_slope(const mlp_call *call, const mlp_bounds *bounds) {
    (void)call, (void)bounds;
}

/* The product by a power of ten is rounded itself before, and the quotient after. */
void bound_round_decimals(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const double decimals = (double)call->options.decimals;
    const bounded power = bounded_number(r, pow(10, fabs(decimals)));
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded at = decimals < 0 ? bounded_div(r, x, power) : bounded_mul(r, x, power);
        const double lowest = rint(at.value - 2 * at.bound);
        const bounded y = {rint(at.value),
                           open_unless_equal(lowest, rint(at.value + 2 * at.bound))};
        bounds->out[0][i] =
            decimals < 0 ? bounded_mul(r, y, power).bound : bounded_div(r, y, power).bound;
    }
}

void bound_nan_to_num(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bool open = x.bound > 0 && bounded_size(x) > r.largest;
        bounds->out[0][i] = open ? INFINITY : isfinite(x.value) ? x.bound : 0;
    }
}

/* Times a number that is irrational. */
static void times_number(const mlp_tensor *x, const double *bound, double *out, double number) {
    const rounding r = rounding_to(x->dtype);
    for (size_t i = 0; i < x->numel; i++)
        out[i] = bounded_mul(r, bounded_at(x, bound, i), bounded_number(r, number)).bound;
}

void bound_deg2rad(const mlp_call *call, const mlp_bounds *bounds) {
    times_number(call->in[0], bounds->in[0], bounds->out[0], acos(-1) / 180);
}

void bound_deg2rad_back(const mlp_call *call, const mlp_bounds *bounds) {
    times_number(call->dout, bounds->dout, bounds->din[0], acos(-1) / 180);
}

void bound_rad2deg(const mlp_call *call, const mlp_bounds *bounds) {
    times_number(call->in[0], bounds->in[0], bounds->out[0], 180 / acos(-1));
}

void bound_rad2deg_back(const mlp_call *call, const mlp_bounds *bounds) {
    times_number(call->dout, bounds->dout, bounds->din[0], 180 / acos(-1));
}
