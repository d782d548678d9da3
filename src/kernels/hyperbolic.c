/* sinh and cosh, their inverses, and in float64 exp2
 *
 *   sinh(x) = (E - 1/E) / 2      where E = exp(x)
 *   cosh(x) = (E + 1/E) / 2
 *
 * PyTorch takes both from SLEEF (sinhf_u10 and coshf_u10, by Naoki Shibata and contributors), and
 * from the C library where an array no longer fills a vector. Their inverses it takes from that
 * alone, in float32 written out here: asinh(x) = log(x + sqrt(x^2 + 1)), acosh(x) = log(x +
 * sqrt(x^2 - 1)), and atanh(x) = log((1 + x) / (1 - x)) / 2. */
#include "elementary.h"
#include "pair.h"

#ifdef MLP_FLOAT64

real KERNEL(real_sinh_of)(real x, bool in_vector) {
    (void)in_vector;
    return sinh(x);
}

real KERNEL(real_cosh_of)(real x, bool in_vector) {
    (void)in_vector;
    return cosh(x);
}

real KERNEL(real_asinh)(real x) {
    return asinh(x);
}

real KERNEL(real_acosh)(real x) {
    return acosh(x);
}

real KERNEL(real_atanh)(real x) {
    return atanh(x);
}

real KERNEL(real_exp2)(real x) {
    return exp2(x);
}

#else

/* (E + sign / E) / 2, E = exp(size). */
static real half_sum(real size, real sign) {
    const pair e = KERNEL(pair_exp)((pair){size, 0}), inverse = pair_reciprocal(e);
    const pair sum = pair_add(e, (pair){sign * inverse.high, sign * inverse.low});
    const real y = (sum.high + sum.low) * 0.5F;
    return size > 89 || isnan(y) ? (real)INFINITY : y;
}

real KERNEL(real_sinh_of)(real x, bool in_vector) {
    if (!in_vector || isnan(x))
        return KERNEL(real_sinh_scalar)(x);
    return copysignf(half_sum(fabsf(x), -1), x);
}

real KERNEL(real_cosh_of)(real x, bool in_vector) {
    if (!in_vector || isnan(x))
        return KERNEL(real_cosh_scalar)(x);
    return half_sum(fabsf(x), 1);
}

static const real LN2 = 6.9314718246e-01F;

/* The inverses are those of the usual C library, which go back to Sun's FDLIBM. */
real KERNEL(real_asinh)(real x) {
    const real size = fabsf(x), square = size * size;
    if (!isfinite(x) || size < 0x1p-15F)
        return x;
    const real y = size > 0x1p15F ? KERNEL(real_log_scalar)(size) + LN2
                   : size > 2 ? KERNEL(real_log_scalar)(2 * size + 1 / (sqrtf(square + 1) + size))
                              : KERNEL(real_log1p_scalar)(size + square / (1 + sqrtf(1 + square)));
    return copysignf(y, x);
}

real KERNEL(real_acosh)(real x) {
    if (!(x >= 1))
        return (real)NAN;
    if (x >= 0x1p28F)
        return isinf(x) ? x : KERNEL(real_log_scalar)(x) + LN2;
    const real beyond = x - 1;
    return x > 2 ? KERNEL(real_log_scalar)(2 * x - 1 / (x + sqrtf(x * x - 1)))
                 : KERNEL(real_log1p_scalar)(beyond + sqrtf(2 * beyond + beyond * beyond));
}

real KERNEL(real_atanh)(real x) {
    const real size = fabsf(x), twice = size + size;
    if (!(size <= 1))
        return (real)NAN;
    if (size < 0x1p-28F)
        return x;
    const real y = size == 1 ? (real)INFINITY
                   : size < 0.5F
                       ? 0.5F * KERNEL(real_log1p_scalar)(twice + twice * size / (1 - size))
                       : 0.5F * KERNEL(real_log1p_scalar)(twice / (1 - size));
    return copysignf(y, x);
}

#endif
