/* Numbers of about twice the digits of a real, as SLEEF has them: what rounding takes off a result
 * is kept beside it. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_PAIR_H
#define MLPSTEP_KERNELS_PAIR_H

#include "real.h"

/* A number as an unrounded sum: high carries what fits a real, low what rounding took off it. */
typedef struct {
    real high, low;
} pair;

/* The pair nearest to a number. */
static inline pair pair_of(double x) {
    return (pair){(real)x, (real)(x - (real)x)};
}

/* a + b, exactly. */
static inline pair sum_of(real a, real b) {
    const real sum = a + b, b_rounded = sum - a;
    return (pair){sum, (a - (sum - b_rounded)) + (b - b_rounded)};
}

/* a + b where |a| >= |b|. */
static inline pair pair_add(pair a, pair b) {
    const real sum = a.high + b.high;
    return (pair){sum, (((a.high - sum) + b.high) + a.low) + b.low};
}

/* a + b for any a and b. */
static inline pair pair_add_any(pair a, pair b) {
    const pair sum = sum_of(a.high, b.high);
    return (pair){sum.high, sum.low + (a.low + b.low)};
}

/* The same number, with as much of it in high as fits. */
static inline pair pair_normalised(pair a) {
    const real sum = a.high + a.low;
    return (pair){sum, (a.high - sum) + a.low};
}

static inline pair pair_scale(pair a, real factor) {
    const real product = a.high * factor;
    return (pair){product, real_fma(a.low, factor, real_fma(a.high, factor, -product))};
}

static inline pair pair_multiply(pair a, pair b) {
    const real product = a.high * b.high;
    const real product_error = real_fma(a.high, b.high, -product);
    return (pair){product, real_fma(a.high, b.low, real_fma(a.low, b.high, product_error))};
}

static inline pair pair_square(pair a) {
    const real product = a.high * a.high;
    return (pair){product, real_fma(a.high + a.high, a.low, real_fma(a.high, a.high, -product))};
}

static inline pair pair_divide(pair a, pair b) {
    const real reciprocal = 1 / b.high;
    const real quotient = a.high * reciprocal;
    const real product_error = real_fma(reciprocal, a.high, -quotient);
    const real reciprocal_error = real_fma(-b.low, reciprocal, real_fma(-b.high, reciprocal, 1));
    return (pair){quotient,
                  real_fma(quotient, reciprocal_error, real_fma(a.low, reciprocal, product_error))};
}

static inline pair pair_reciprocal(pair a) {
    const real r = 1 / a.high;
    return (pair){r, r * real_fma(-a.low, r, real_fma(-a.high, r, 1))};
}

static inline real pair_rounded(pair a) {
    return a.high + a.low;
}

/* exp with about twice the digits of a real, and log of what is positive and finite. */
pair KERNEL(pair_exp)(pair x);
pair KERNEL(pair_log)(real x);

/* exp of a pair, as a real. */
real KERNEL(exp_of_pair)(pair x);

/* a b, rounded. */
static inline real pair_product(pair a, pair b) {
    return real_fma(a.high, b.high, real_fma(a.low, b.high, a.high * b.low));
}

#endif
