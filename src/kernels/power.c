/* Powers: x^y = exp(y log(x)), with about twice the digits of a real in between
 *
 * As SLEEF has them (powf_u10 and pow_u10, by Naoki Shibata and contributors). */
#include "elementary.h"
#include "pair.h"

/* x^y where x is 0 or infinite. */
static real pow_at_the_ends(real x, real y, bool y_is_odd) {
    const real sign = y_is_odd && signbit(x) ? -1 : 1;
    return (x == 0) == (y < 0) ? sign * (real)INFINITY : sign * 0;
}

real KERNEL(real_pow)(real x, real y) {
    const real size = x < 0 ? -x : x;
    if (y == 0 || x == 1)
        return 1;
    if (isnan(x) || isnan(y))
        return (real)NAN;
    const bool y_is_odd = isfinite(y) && fabs(fmod((double)y, 2)) == 1;
    if (x == 0 || isinf(x))
        return pow_at_the_ends(x, y, y_is_odd);
    if (isinf(y))
        return size == 1 ? 1 : (size < 1) == (y < 0) ? (real)INFINITY : 0;
    if (x < 0 && trunc((double)y) != (double)y)
        return (real)NAN;
    const real result = KERNEL(exp_of_pair)(pair_scale(KERNEL(pair_log)(size), y));
    return x < 0 && y_is_odd ? -result : result;
}
