/* The bounds of the functions of angles.c: a function moves by no more than x does times its
 * steepest slope where x may be. */
#include "bounds.h"

#include "row.h"

#include <math.h>

typedef double of_number(double x);
/* The largest |slope| between two numbers. */
typedef double steepest(double least, double most);

static void each(const mlp_call *call, const mlp_bounds *bounds, of_number *f, steepest *slope) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const double reach = 2 * x.bound;
        const double moved = x.bound == 0 ? 0 : x.bound * slope(x.value - reach, x.value + reach);
        bounds->out[0][i] =
            bounded_function(r, (bounded){f(x.value), isnan(moved) ? INFINITY : moved}).bound;
    }
}

/* The distances from 0 of the nearest and of the farthest number. */
static double nearest(double least, double most) {
    return fmax(fmax(least, -most), 0);
}

static double farthest(double least, double most) {
    return fmax(-least, most);
}

/* Between two poles. */
static double slope_of_tan(double least, double most) {
    const double pi = acos(-1), branch = floor(least / pi + 0.5);
    const double far = fmax(fabs(tan(least)), fabs(tan(most)));
    return most >= (branch + 0.5) * pi ? INFINITY : 1 + far * far;
}

void bound_tan(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, tan, slope_of_tan);
}

static double slope_of_asin(double least, double most) {
    const double far = farthest(least, most);
    return far < 1 ? 1 / sqrt(1 - far * far) : INFINITY;
}

void bound_asin(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, asin, slope_of_asin);
}

/* Near 1 it is the difference of numbers that are larger. */
static double near_acos(double x) {
    return acos(x) + 1;
}

void bound_acos(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, near_acos, slope_of_asin);
}

static double slope_of_atan(double least, double most) {
    const double near = nearest(least, most);
    return 1 / (1 + near * near);
}

void bound_atan(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, atan, slope_of_atan);
}

static double slope_of_sinh(double least, double most) {
    return cosh(farthest(least, most));
}

static double slope_of_cosh(double least, double most) {
    return sinh(farthest(least, most));
}

void bound_sinh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, sinh, slope_of_sinh);
}

void bound_cosh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, cosh, slope_of_cosh);
}

static double slope_of_asinh(double least, double most) {
    const double near = nearest(least, most);
    return 1 / sqrt(1 + near * near);
}

static double slope_of_acosh(double least, double most) {
    (void)most;
    return least > 1 ? 1 / sqrt((least - 1) * (least + 1)) : INFINITY;
}

static double slope_of_atanh(double least, double most) {
    const double far = farthest(least, most);
    return far < 1 ? 1 / ((1 - far) * (1 + far)) : INFINITY;
}

void bound_asinh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, asinh, slope_of_asinh);
}

void bound_acosh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, acosh, slope_of_acosh);
}

void bound_atanh(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, atanh, slope_of_atanh);
}

static double slope_of_exp2(double least, double most) {
    (void)least;
    return log(2) * exp2(most);
}

void bound_exp2(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, exp2, slope_of_exp2);
}

/* --- logit --- */

/* x, or the limit next to it. */
static bounded within(const mlp_call *call, rounding r, bounded x) {
    const bounded least = bounded_number(r, call->options.min);
    const bounded most = bounded_sub(r, exactly(1), least);
    const double limit = fmax(least.bound, most.bound);
    if (!call->options.has_min)
        return x;
    return (bounded){fmin(fmax(x.value, least.value), most.value), fmax(x.bound, limit)};
}

void bound_logit(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded z = within(call, r, bounded_at(call->in[0], bounds->in[0], i));
        const bounded odds = bounded_div(r, z, bounded_sub(r, exactly(1), z));
        bounds->out[0][i] = bounded_log(r, odds).bound;
    }
}

void bound_logit_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const double least = call->options.has_min ? call->options.min : 0;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const int above = bounded_compare(x, least), below = bounded_compare(x, 1 - least);
        const bounded dx = bounded_div(r, dy, bounded_mul(r, x, bounded_sub(r, exactly(1), x)));
        bounds->din[0][i] = above == 2 || below == 2 ? INFINITY
                            : above < 0 || below > 0 ? 0
                                                     : dx.bound;
    }
}
