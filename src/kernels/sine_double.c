/* sin and cos in float64
 *
 *   sin(x) = (-1)^q sin(s)            where x = q pi + s, |s| <= pi / 2
 *   cos(x) = (-1)^(k + 1) sin(s)      where x = (2 k + 1) pi / 2 + s
 *
 * sin(s) is a polynomial. PyTorch takes both from SLEEF (sin_u10 and cos_u10, by Naoki Shibata and
 * contributors). Beyond 1e14, where it has a table of the bits of 1 / (2 pi), this is the C
 * library's. */
#include "elementary.h"
#include "pair.h"
#include "polynomial.h"

static const real ONE_OVER_PI = 0.318309886183790671537767526745028724;
static const real FARTHEST = 1e14;

static real sine_of(pair s) {
    static const real to_seventh[] = {
        /* near -1/17! and so on up to -1/7! */
        2.72052416138529567917983e-15, -7.6429259411395447190023e-13,
        1.60589370117277896211623e-10, -2.5052106814843123359368e-08,
        2.75573192104428224777379e-06, -0.000198412698412046454654947};
    const pair s2 = pair_square(s);
    real u = polynomial(to_seventh, COUNT(to_seventh), s2.high);
    u = real_fma(u, s2.high, 0.00833333333333318056201922);
    const pair rest = pair_add((pair){-0.166666666666666657414808, 0}, (pair){u * s2.high, 0});
    return pair_product(s, pair_add((pair){1, 0}, pair_multiply(rest, s2)));
}

/* --- up to SINE_FAR: pi in two parts --- */

static const pair PI = {3.141592653589793116, 1.2246467991473532072e-16};

static real near_sin(real x) {
    const real q = rint(x * ONE_OVER_PI);
    const pair s = pair_add((pair){real_fma(q, -PI.high, x), 0}, (pair){q * -PI.low, 0});
    const real y = sine_of(s);
    return (int)q & 1 ? -y : y;
}

static real near_cos(real x) {
    const real q = real_fma(rint(real_fma(x, ONE_OVER_PI, -0.5)), 2, 1);
    pair s = sum_of(x, q * (-PI.high * 0.5));
    s = pair_add(s, (pair){q * (-PI.low * 0.5), 0});
    const real y = sine_of(s);
    return (int)q & 2 ? y : -y;
}

/* --- beyond: pi in four parts, and q as a sum of a multiple of 2^24 and what is left --- */

static const real PI_PARTS[] = {3.1415926218032836914, 3.1786509424591713469e-08,
                                1.2246467864107188502e-16, 1.2736634327021899816e-24};
static const real STEP = 0x1p24;

/* x - (multiple + left) pi factor, of which the first product is taken off already. */
static pair without(pair s, real multiple, real left, real factor) {
    for (size_t i = 1; i < 3; i++) {
        s = pair_add_any(s, (pair){multiple * (-PI_PARTS[i] * factor), 0});
        s = pair_add_any(s, (pair){left * (-PI_PARTS[i] * factor), 0});
    }
    return pair_add(s, (pair){(multiple + left) * (-PI_PARTS[3] * factor), 0});
}

static real far_sin(real x) {
    const real multiple = trunc(x * (ONE_OVER_PI / STEP)) * STEP;
    const real left = rint(real_fma(x, ONE_OVER_PI, -multiple));
    const pair s =
        pair_add((pair){real_fma(multiple, -PI_PARTS[0], x), 0}, (pair){left * -PI_PARTS[0], 0});
    const real y = sine_of(without(s, multiple, left, 1));
    return (int)left & 1 ? -y : y;
}

static real far_cos(real x) {
    const real half_steps = trunc(real_fma(x, ONE_OVER_PI / (STEP / 2), -ONE_OVER_PI / STEP));
    const real whole = rint(x * ONE_OVER_PI + real_fma(half_steps, -(STEP / 2), -0.5));
    const real multiple = half_steps * STEP, left = 2 * whole + 1;
    const pair s = sum_of(real_fma(multiple, -PI_PARTS[0] * 0.5, x), left * (-PI_PARTS[0] * 0.5));
    const real y = sine_of(without(s, multiple, left, 0.5));
    return (int)left & 2 ? y : -y;
}

real KERNEL(real_sin)(real x, bool far) {
    if (!(fabs(x) < FARTHEST))
        return sin(x);
    return x == 0 ? x : far ? far_sin(x) : near_sin(x);
}

real KERNEL(real_cos)(real x, bool far) {
    if (!(fabs(x) < FARTHEST))
        return cos(x);
    return far ? far_cos(x) : near_cos(x);
}

/* SLEEF's for double is yet another algorithm, which is not followed. */
real KERNEL(real_tan)(real x, bool far) {
    (void)far;
    return tan(x);
}
