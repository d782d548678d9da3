/* exp and log
 *
 *   exp(x) = 2^q exp(s)           where x = q ln 2 + s, q a whole number, |s| <= ln 2 / 2
 *   log(x) = e ln 2 + log(m)      where x = m 2^e, 0.75 <= m < 1.5
 *
 * exp(s) and log(m) are polynomials. PyTorch takes both from the SLEEF library (expf_u10 and
 * logf_u10 by Naoki Shibata and contributors): coefficients and order of operations are theirs,
 * because they decide the last bit. */
#include "arithmetic.h"

#ifdef MLP_FLOAT64

real KERNEL(real_exp)(real x) {
    return exp(x);
}

real KERNEL(real_log)(real x) {
    return log(x);
}

#else

/* ln 2 in two parts. The first ends in zero bits, so that a small whole number times it is exact. */
static const real EXP_LN2_HIGH = 0.693145751953125F, EXP_LN2_LOW = 1.428606765330187045e-06F;

real KERNEL(real_exp)(real x) {
    if (isnan(x))
        return x;
    if (x < -104)
        return 0;
    if (x > 100)
        return (real)INFINITY;

    const real q = rintf(x * 1.4426950408889634F); /* x / ln 2 */
    const real s = real_fma(q, -EXP_LN2_LOW, real_fma(q, -EXP_LN2_HIGH, x));

    real u = 0.000198527617612853646278381F; /* near 1/7! and so on up to 1/2! */
    u = real_fma(u, s, 0.00139304355252534151077271F);
    u = real_fma(u, s, 0.00833336077630519866943359F);
    u = real_fma(u, s, 0.0416664853692054748535156F);
    u = real_fma(u, s, 0.166666671633720397949219F);
    u = real_fma(u, s, 0.5F);
    return ldexpf(1 + real_fma(s * s, u, s), (int)q);
}

/* A number as an unrounded sum: high carries what fits a real, low what rounding took off it. */
typedef struct {
    real high, low;
} pair;

/* a + b, exactly. */
static pair sum_of(real a, real b) {
    const real sum = a + b, b_rounded = sum - a;
    return (pair){sum, (a - (sum - b_rounded)) + (b - b_rounded)};
}

static pair pair_divide(pair a, pair b) {
    const real reciprocal = 1 / b.high;
    const real quotient = a.high * reciprocal;
    const real product_error = real_fma(reciprocal, a.high, -quotient);
    const real reciprocal_error = real_fma(-b.low, reciprocal, real_fma(-b.high, reciprocal, 1));
    return (pair){quotient,
                  real_fma(quotient, reciprocal_error, real_fma(a.low, reciprocal, product_error))};
}

static pair pair_scale(pair a, real factor) {
    const real product = a.high * factor;
    return (pair){product, real_fma(a.low, factor, real_fma(a.high, factor, -product))};
}

/* a + b where |a| >= |b|. */
static pair pair_add(pair a, pair b) {
    const real sum = a.high + b.high;
    return (pair){sum, (((a.high - sum) + b.high) + a.low) + b.low};
}

static const pair LN2 = {0.69314718246459960938F, -1.904654323148236017e-09F};

real KERNEL(real_log)(real x) {
    if (isnan(x) || x < 0)
        return (real)NAN;
    if (x == 0)
        return -(real)INFINITY;
    if (isinf(x))
        return x;

    /* Away from both ends of the range, so that neither x nor x / 1.5 loses bits or overflows. */
    const bool small = x < 1;
    const real scaled = small ? x * 0x1p64F : x;
    const int e = ilogbf(scaled * (real)(0.5 / 0.75)) + 1;
    const real m = ldexpf(scaled, -e);

    /* With r = (m - 1) / (m + 1), log(m) = 2 (r + r^3/3 + r^5/5 + ...). */
    const pair r = pair_divide(sum_of(-1, m), sum_of(1, m));
    const real r2 = r.high * r.high;
    real t = 0.3027294874F;
    t = real_fma(t, r2, 0.3996108174F);
    t = real_fma(t, r2, 0.6666694880F);

    const pair exponent_part = pair_scale(LN2, (real)(small ? e - 64 : e));
    const pair first_term = {2 * r.high, 2 * r.low};
    const pair other_terms = {r2 * r.high * t, 0};
    const pair result = pair_add(pair_add(exponent_part, first_term), other_terms);
    return result.high + result.low;
}

#endif
