/* The bounds of functions of two and three elements. */
#include "bounds.h"

#include "row.h"

#include <float.h>
#include <math.h>

typedef bounded of_two(rounding r, bounded a, bounded b);

/* Element i of b, or the number in its place. */
static bounded other(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    if (call->in[1])
        return bounded_at(call->in[1], bounds->in[1], i);
    bounded number = bounded_number(rounding_to(call->in[0]->dtype), number_of(call));
    number.bound += call->options.number.off;
    return number;
}

/* Of integers what is not exact is open. */
static void each(const mlp_call *call, const mlp_bounds *bounds, of_two *f) {
    const mlp_tensor *a = call->in[0];
    const rounding r = rounding_to(a->dtype);
    for (size_t i = 0; i < a->numel; i++) {
        const bounded x = bounded_at(a, bounds->in[0], i), y = other(call, bounds, i);
        const bool open = x.bound > 0 || y.bound > 0;
        bounds->out[0][i] = mlp_dtype_is_floating(a->dtype) ? f(r, x, y).bound
                            : open                          ? INFINITY
                                                            : 0;
    }
}

/* What is nearer to 0 than it is. */
static double least_size(bounded x) {
    return fmax(fabs(x.value) - 2 * x.bound, 0);
}

/* --- atan2, hypot --- */

/* Its slopes are b / r^2 and -a / r^2; on the negative half of the axis it jumps. */
static bounded angle(rounding r, bounded a, bounded b) {
    const double near = hypot(least_size(a), least_size(b));
    const bool jumps = a.bound > 0 && bounded_compare(a, 0) == 2 && b.value < 2 * b.bound;
    double error = 0;
    if (a.bound > 0 || b.bound > 0)
        error = near > 0 && !jumps
                    ? (a.bound * bounded_size(b) + b.bound * bounded_size(a)) / near / near
                    : INFINITY;
    return bounded_function(r, (bounded){atan2(a.value, b.value), error});
}

void bound_atan2(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, angle);
}

static bounded length(rounding r, bounded a, bounded b) {
    return bounded_function(r, (bounded){hypot(a.value, b.value), a.bound + b.bound});
}

void bound_hypot(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, length);
}

/* --- quotients and remainders --- */

/* a / b, unrounded. */
static bounded quotient(bounded a, bounded b) {
    const double value = a.value / b.value, least = fabs(b.value) - 2 * b.bound;
    if (a.bound == 0 && b.bound == 0)
        return exactly(value);
    return (bounded){value, least > 0 ? (a.bound + fabs(value) * b.bound) / least : INFINITY};
}

typedef double to_whole(double x);

static bool is_decided(bounded x, to_whole *f) {
    return x.bound == 0 || f(x.value - 2 * x.bound) == f(x.value + 2 * x.bound);
}

/* a less that many times b. Both ways to a whole number are decided together. */
static bounded rest(rounding r, bounded a, bounded b) {
    const bounded x = quotient(a, b);
    const double times = fabs(x.value) + 1, rest_of = fmod(a.value, b.value);
    if (!is_decided(x, floor))
        return (bounded){rest_of, INFINITY};
    const double error = a.bound == 0 && b.bound == 0 ? 0 : a.bound + times * b.bound;
    return bounded_round(r, (bounded){fabs(rest_of) + fabs(b.value), error});
}

void bound_remainder(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, rest);
}

static bounded whole(rounding r, bounded a, bounded b) {
    const bounded x = quotient(a, b);
    (void)r;
    return is_decided(x, floor) ? exactly(floor(x.value)) : (bounded){x.value, INFINITY};
}

void bound_divided_whole(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, whole);
}

/* --- of the signs and sizes of two --- */

static bounded larger(rounding r, bounded a, bounded b) {
    const int side = bounded_compare((bounded){a.value - b.value, a.bound + b.bound}, 0);
    (void)r;
    if (isnan(a.value) || isnan(b.value))
        return (bounded){isnan(a.value) ? b.value : a.value, a.bound + b.bound};
    return (bounded){fmax(a.value, b.value), side == 1    ? a.bound
                                             : side == -1 ? b.bound
                                                          : fmax(a.bound, b.bound)};
}

/* It moves by no more than the one that moves most. */
static bounded log_of_sum(rounding r, bounded a, bounded b) {
    const bounded most = {fmax(a.value, b.value), fmax(a.bound, b.bound)};
    const double rest_of = log1p(exp(-fabs(a.value - b.value)));
    return bounded_add(r, most, (bounded){rest_of, 8 * r.unit});
}

void bound_logaddexp(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, log_of_sum);
}

static bounded with_sign(rounding r, bounded a, bounded b) {
    const bool open = bounded_compare(b, 0) == 2 && bounded_size(a) > 0;
    (void)r;
    return (bounded){a.value, open ? INFINITY : a.bound};
}

void bound_copysign(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, with_sign);
}

void bound_fmax(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, larger);
}

static bounded smaller(rounding r, bounded a, bounded b) {
    return bounded_negative(larger(r, bounded_negative(a), bounded_negative(b)));
}

void bound_fmin(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, smaller);
}

static bounded step(rounding r, bounded a, bounded b) {
    const int side = bounded_compare(a, 0);
    (void)r;
    return (bounded){0, side == 2 ? INFINITY : side == 0 ? b.bound : 0};
}

void bound_heaviside(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, step);
}

/* --- of three --- */

typedef bounded of_three(rounding r, bounded a, bounded b, bounded c, bounded number);

static void each_three(const mlp_call *call, const mlp_bounds *bounds, of_three *f,
                       bounded number) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded a = bounded_at(call->in[0], bounds->in[0], i);
        const bounded b = bounded_at(call->in[1], bounds->in[1], i);
        const bounded c = call->in[2] ? bounded_at(call->in[2], bounds->in[2], i) : number;
        bounds->out[0][i] = f(r, a, b, c, number).bound;
    }
}

static bounded value_of(const mlp_call *call) {
    return bounded_number(rounding_to(call->in[0]->dtype), call->options.value);
}

static bounded with_product(rounding r, bounded a, bounded b, bounded c, bounded number) {
    return bounded_add(r, a, bounded_mul(r, bounded_mul(r, number, b), c));
}

void bound_addcmul(const mlp_call *call, const mlp_bounds *bounds) {
    each_three(call, bounds, with_product, value_of(call));
}

static bounded with_quotient(rounding r, bounded a, bounded b, bounded c, bounded number) {
    return bounded_add(r, a, bounded_div(r, bounded_mul(r, number, b), c));
}

void bound_addcdiv(const mlp_call *call, const mlp_bounds *bounds) {
    each_three(call, bounds, with_quotient, value_of(call));
}

/* From whichever end it is computed. */
static bounded mean(rounding r, bounded a, bounded b, bounded c, bounded number) {
    const bounded way = bounded_sub(r, b, a);
    const bounded from_a = bounded_add(r, a, bounded_mul(r, c, way));
    const bounded from_b = bounded_sub(r, b, bounded_mul(r, way, bounded_sub(r, exactly(1), c)));
    (void)number;
    return (bounded){from_a.value, fmax(from_a.bound, from_b.bound)};
}

void bound_lerp(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bounded number = bounded_number(r, number_of(call));
    number.bound += call->options.number.off;
    each_three(call, bounds, mean, number);
}

/* The result moves by no more than what moves furthest. */
void bound_clamp_between(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; call->in[k] && bounds->in[k] && i < call->in[k]->numel; i++)
            bounds->out[0][i] = fmax(bounds->out[0][i], bounds->in[k][i]);
}
