#include "off.h"

#include <float.h>
#include <math.h>

estimate object_estimate(const object *o) {
    return (estimate){object_as_number(o), o->kind == OBJECT_FLOAT ? o->as.off : 0};
}

object *object_estimated(script *s, estimate e) {
    object *o = object_float(s, e.number);
    o->as.off = e.off;
    return o;
}

/* A sum that has lost its way, as inf - inf, is a bound of nothing. */
static estimate estimated(double result, double off, bool was_finite) {
    if (!isfinite(result))
        return (estimate){result, was_finite ? INFINITY : 0};
    off += off == 0 ? 0 : DBL_EPSILON * fabs(result); /* a function that is flat there is exact */
    return (estimate){result, isnan(off) ? INFINITY : off};
}

static double farther(double farthest, double value, double result) {
    const double distance = fabs(value - result);
    return distance <= farthest ? farthest : isnan(distance) ? INFINITY : distance;
}

estimate off_between(estimate a, double result, double low, double high) {
    if (a.off == 0)
        return (estimate){result, 0};
    return estimated(result, farther(farther(0, low, result), high, result), isfinite(a.number));
}

estimate off_monotonic(double (*function)(double), estimate a, double result) {
    return off_between(a, result, function(a.number - a.off), function(a.number + a.off));
}

/* --- two numbers --- */

static double floored(double a, double b) {
    return floor(a / b);
}

static double off_corners(double (*function)(double, double), estimate a, estimate b,
                          double result) {
    double farthest = 0;
    for (int i = -1; i <= 1; i += 2)
        for (int j = -1; j <= 1; j += 2)
            farthest =
                farther(farthest, function(a.number + i * a.off, b.number + j * b.off), result);
    return farthest;
}

/* Over 0, a power turns, or has a pole. */
static double off_power(estimate a, estimate b, double result) {
    const double off = off_corners(pow, a, b, result);
    if (a.number - a.off > 0 || (a.number + a.off < 0 && b.off == 0))
        return off;
    return b.off == 0 && b.number > 0 ? farther(off, 0, result) : INFINITY;
}

static double off_quotient(estimate a, estimate b, double result) {
    const double least = fabs(b.number) - b.off;
    return least > 0 ? (a.off + fabs(result) * b.off) / least : INFINITY;
}

static double off_floored(estimate a, estimate b) {
    return fabs(b.number) > b.off ? off_corners(floored, a, b, floored(a.number, b.number))
                                  : INFINITY;
}

static double off_remainder(estimate a, estimate b) {
    return off_floored(a, b) == 0 ? a.off + fabs(floored(a.number, b.number)) * b.off : INFINITY;
}

estimate off_binary(operator op, estimate a, estimate b, double result) {
    double off = a.off + b.off;
    if (off == 0)
        return (estimate){result, 0};
    switch (op) {
    case OPERATOR_ADD:
    case OPERATOR_SUB:
        break;
    case OPERATOR_MUL:
        off = fabs(a.number) * b.off + fabs(b.number) * a.off + a.off * b.off;
        break;
    case OPERATOR_TRUEDIV:
        off = off_quotient(a, b, result);
        break;
    case OPERATOR_FLOORDIV:
        off = off_floored(a, b);
        break;
    case OPERATOR_MOD:
        off = off_remainder(a, b);
        break;
    default: /* ** */
        off = off_power(a, b, result);
    }
    return estimated(result, off, isfinite(a.number) && isfinite(b.number));
}

/* --- decisions --- */

bool off_splits(double (*whole)(double), estimate a) {
    return a.off > 0 && whole(a.number - a.off) != whole(a.number + a.off);
}

bool off_meet(estimate a, estimate b) {
    return a.off + b.off > 0 && fabs(a.number - b.number) <= a.off + b.off;
}
