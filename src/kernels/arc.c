/* asin, acos, atan and atan2
 *
 *   atan2(y, x)   q pi / 2 + atan(s)              s the smaller of |y| and |x| over the larger one
 *   asin(x)       x + ...                         where |x| < 1/2
 *                 pi / 2 - 2 asin(sqrt((1 - |x|) / 2))      elsewhere, with the sign of x
 *   acos(x)       pi / 2 - asin(x), or 2 asin(sqrt((1 - |x|) / 2)) and pi less that
 *
 * What stands behind ... and atan(s) are polynomials. PyTorch takes all four from SLEEF (asinf_u10,
 * acosf_u10, atanf_u10 and atan2f_u10, by Naoki Shibata and contributors). */
#include "elementary.h"
#include "pair.h"

#ifdef MLP_FLOAT64

real KERNEL(real_asin)(real x) {
    return asin(x);
}

real KERNEL(real_acos)(real x) {
    return acos(x);
}

real KERNEL(real_atan)(real x) {
    return atan(x);
}

real KERNEL(real_atan2)(real y, real x) {
    return atan2(y, x);
}

#else

static const pair PI = {3.1415927410125732422F, -8.7422776573475857731e-08F};

static pair negative(pair a) {
    return (pair){-a.high, -a.low};
}

static pair scaled(pair a, real factor) {
    return (pair){a.high * factor, a.low * factor};
}

/* --- atan --- */

/* The angle of the point (x, y), y >= 0. */
static pair angle(real y, real x) {
    const real width = fabsf(x);
    const bool is_steep = width < y;
    const int quarters = (x < 0 ? -2 : 0) + (is_steep ? 1 : 0);
    const pair s = pair_divide((pair){is_steep ? -width : y, 0}, (pair){is_steep ? y : width, 0});
    const pair s2 = pair_normalised(pair_square(s));
    real u = -0.00176397908944636583328247F; /* near 1/17, -1/15, ..., 1/5, -1/3 */
    u = real_fma(u, s2.high, 0.0107900900766253471374512F);
    u = real_fma(u, s2.high, -0.0309564601629972457885742F);
    u = real_fma(u, s2.high, 0.0577365085482597351074219F);
    u = real_fma(u, s2.high, -0.0838950723409652709960938F);
    u = real_fma(u, s2.high, 0.109463557600975036621094F);
    u = real_fma(u, s2.high, -0.142626821994781494140625F);
    u = real_fma(u, s2.high, 0.199983194470405578613281F);
    pair t = pair_add((pair){-0.333332866430282592773438F, 0}, (pair){u * s2.high, 0});
    t = pair_multiply(s, pair_add((pair){1, 0}, pair_multiply(s2, t)));
    return pair_add(pair_scale(scaled(PI, 0.5F), (real)quarters), t);
}

real KERNEL(real_atan)(real x) {
    if (isnan(x))
        return x;
    return copysignf(isinf(x) ? PI.high / 2 : pair_rounded(angle(fabsf(x), 1)), x);
}

/* Where one of them is infinite, or y is 0: a multiple of pi / 4. */
static real angle_at_the_ends(real y, real x) {
    if (y == 0)
        return signbit(x) ? PI.high : 0;
    if (isinf(y))
        return PI.high / 2 - (isinf(x) ? copysignf(PI.high / 4, x) : 0);
    return PI.high / 2 - copysignf(PI.high / 2, x);
}

real KERNEL(real_atan2)(real y, real x) {
    const real factor = fabsf(x) < 2.9387372783541830947e-39F ? 0x1p24F : 1;
    x *= factor;
    y *= factor;
    if (isnan(x) || isnan(y))
        return (real)NAN;
    if (y == 0 || isinf(x) || isinf(y))
        return copysignf(angle_at_the_ends(y, x), y);
    if (x == 0)
        return copysignf(PI.high / 2, y);
    const real r = pair_rounded(angle(fabsf(y), x));
    return (x < 0) == (y < 0) ? r : -r;
}

/* --- asin, acos --- */

/* sqrt(x), unrounded. */
static pair root(real x) {
    const real t = sqrtf(x), square = t * t;
    const pair sum = pair_add_any((pair){x, 0}, (pair){square, real_fma(t, t, -square)});
    return scaled(pair_multiply(sum, pair_reciprocal((pair){t, 0})), 0.5F);
}

/* asin(x) = x + *rest, of |x| or, where that is not below 1/2, of sqrt((1 - |x|) / 2). */
static pair arc_argument(real x, real *rest) {
    const real size = fabsf(x);
    const bool is_small = size < 0.5F;
    const real x2 = is_small ? x * x : (1 - size) * 0.5F;
    const pair of = is_small ? (pair){size, 0} : size == 1 ? (pair){0, 0} : root(x2);
    real u = 0.4197454825e-1F; /* near the coefficients of the series of asin(x) */
    u = real_fma(u, x2, 0.2424046025e-1F);
    u = real_fma(u, x2, 0.4547423869e-1F);
    u = real_fma(u, x2, 0.7495029271e-1F);
    u = real_fma(u, x2, 0.1666677296e+0F);
    *rest = u * (x2 * of.high);
    return of;
}

real KERNEL(real_asin)(real x) {
    real rest;
    const pair of = arc_argument(x, &rest);
    if (fabsf(x) < 0.5F)
        return copysignf(rest + of.high, x);
    const pair left = pair_add(scaled(PI, 0.25F), negative(of));
    return copysignf(pair_rounded(pair_add(left, (pair){-rest, 0})) * 2, x);
}

real KERNEL(real_acos)(real x) {
    real rest;
    const pair of = arc_argument(x, &rest);
    if (fabsf(x) < 0.5F) {
        const pair sine = pair_add((pair){copysignf(of.high, x), 0}, (pair){copysignf(rest, x), 0});
        return pair_rounded(pair_add(scaled(PI, 0.5F), negative(sine)));
    }
    const pair y = scaled(pair_add(of, (pair){rest, 0}), 2);
    return pair_rounded(x < 0 ? pair_add(PI, negative(y)) : y);
}

#endif
