/* Powers, element by element: y = b^e
 *
 *   db = dy (e b^(e - 1))     0 where e = 0
 *   de = dy (y log b)         0 where b = 0 and e >= 0
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/pow.h"
#include "elementary.h"

/* b^e for one e: the ways that PyTorch knows by heart. */
static real special(real b, double e) {
    if (e == 0)
        return 1;
    if (e == 1)
        return b;
    if (e == 0.5)
        return real_sqrt(b);
    if (e == 2)
        return b * b;
    if (e == 3)
        return b * b * b;
    if (e == -0.5)
        return 1 / real_sqrt(b);
    return e == -1 ? 1 / b : 1 / (b * b);
}

static bool is_special(double e) {
    return e == 0 || e == 1 || e == 0.5 || e == 2 || e == 3 || e == -0.5 || e == -1 || e == -2;
}

/* Element i of n, to the power of a number. What is left behind the vectors goes through the pow of
 * the C library, which is given the number unrounded. */
static real power_number(real b, double e, size_t i, size_t n, const mlp_loop *loop) {
    if (is_special(e))
        return special(b, e);
    return is_in_wide_vector(i, n, loop) ? KERNEL(real_pow)(b, (real)e) : (real)pow((double)b, e);
}

static real power(real b, real e, size_t i, size_t n, const mlp_loop *loop) {
    return is_in_wide_vector(i, n, loop) ? KERNEL(real_pow)(b, e) : KERNEL(real_pow_scalar)(b, e);
}

/* de without its factor dy. */
static real exponent_factor(real b, real e, real y, bool nearest) {
    return b == 0 && e >= 0 ? 0 : y * KERNEL(real_log_whole)(b, nearest);
}

void KERNEL(pow_forward)(real *y, const real *base, const real *exponent, double number, size_t n,
                         const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = exponent ? power(base[i], exponent[i], i, n, loop)
                        : power_number(base[i], number, i, n, loop);
}

void KERNEL(pow_backward_base)(real *dbase, const real *dy, const real *base, const real *exponent,
                               double number, size_t n, const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++) {
        const real e = exponent ? exponent[i] : (real)number;
        const real below = exponent ? power(base[i], e - 1, i, n, loop)
                                    : power_number(base[i], number - 1, i, n, loop);
        dbase[i] = e == 0 ? 0 : dy[i] * (e * below);
    }
}

void KERNEL(pow_backward_exponent)(real *dexponent, const real *dy, const real *base,
                                   const real *exponent, const real *y, size_t n, bool nearest) {
    for (size_t i = 0; i < n; i++)
        dexponent[i] = dy[i] * exponent_factor(base[i], exponent[i], y[i], nearest);
}

void KERNEL(rpow_forward)(real *y, double base, const real *exponent, size_t n,
                          const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = power((real)base, exponent[i], i, n, loop);
}

void KERNEL(rpow_backward)(real *dexponent, const real *dy, double base, const real *exponent,
                           const real *y, size_t n, bool nearest) {
    for (size_t i = 0; i < n; i++)
        dexponent[i] = dy[i] * exponent_factor((real)base, exponent[i], y[i], nearest);
}
