/* erfinv(y), the x of which erf(x) is y
 *
 *   |y| <= 0.7    y P(y^2) / Q(y^2)
 *   |y| < 1       P(z) / Q(z) with the sign of y, z = sqrt(-log((1 - |y|) / 2))
 *   |y| = 1       infinity with the sign of y; nan beyond
 *
 * and then twice, by Newton,  x = x - (erf(x) - y) / (2 / sqrt(pi) exp(-x^2))
 *
 * By G. L. Pavlis, in the form PyTorch has it, whose compiler fuses what can be fused. Its functions
 * are the C library's. */
#include "elementary.h"

static real near_zero(real y) {
    const real z = y * y;
    const real above = real_fma(
        real_fma(real_fma((real)-0.140543331, z, (real)0.914624893), z, (real)-1.645349621), z,
        (real)0.886226899);
    real below = real_fma((real)0.012229801, z, (real)-0.329097515);
    below = real_fma(below, z, (real)1.442710462);
    below = real_fma(below, z, (real)-2.118377725);
    return y * above / real_fma(below, z, 1);
}

static real near_one(real y) {
    const real z = real_sqrt(-KERNEL(real_log_scalar)((1 - (real)fabs(y)) / 2));
    const real above =
        real_fma(real_fma(real_fma((real)1.641345311, z, (real)3.429567803), z, (real)-1.624906493),
                 z, (real)-1.970840454);
    const real below = real_fma(real_fma((real)1.637067800, z, (real)3.543889200), z, 1);
    return (real)copysign(above, y) / below;
}

static real corrected(real x, real y) {
    const real slope = (real)1.1283791670955126 * KERNEL(real_exp_scalar)(-x * x);
    return x - (KERNEL(real_erf_scalar)(x) - y) / slope;
}

real KERNEL(real_erfinv)(real y) {
    const real size = (real)fabs(y);
    if (!(size <= 1))
        return (real)NAN;
    if (size == 1)
        return (real)copysign(INFINITY, y);
    const real x = size <= (real)0.7 ? near_zero(y) : near_one(y);
    return corrected(corrected(x, y), y);
}
