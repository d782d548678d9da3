/* sinh and cosh
 *
 *   sinh(x) = (E - 1/E) / 2      where E = exp(x)
 *   cosh(x) = (E + 1/E) / 2
 *
 * PyTorch takes both from SLEEF (sinhf_u10 and coshf_u10, by Naoki Shibata and contributors), and
 * from the C library where an array no longer fills a vector. Their inverses it takes from that
 * alone. */
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
        return sinhf(x);
    return copysignf(half_sum(fabsf(x), -1), x);
}

real KERNEL(real_cosh_of)(real x, bool in_vector) {
    if (!in_vector || isnan(x))
        return coshf(x);
    return half_sum(fabsf(x), 1);
}

real KERNEL(real_asinh)(real x) {
    return asinhf(x);
}

real KERNEL(real_acosh)(real x) {
    return acoshf(x);
}

real KERNEL(real_atanh)(real x) {
    return atanhf(x);
}

real KERNEL(real_exp2)(real x) {
    return exp2f(x);
}

#endif
