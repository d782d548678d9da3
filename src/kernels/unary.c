/* Functions of one element
 *
 *   neg           y = -x         dx = -dy
 *   reciprocal    y = 1 / x      dx = -dy (y y)
 *   exp           y = exp(x)     dx = dy y
 *   log           y = log(x)     dx = dy / x
 *   sqrt          y = sqrt(x)    dx = dy / (2 y)
 *   abs           y = |x|        dx = dy sign(x), 0 where x = 0
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/unary.h"
#include "elementary.h"

void KERNEL(neg_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = -x[i];
}

void KERNEL(neg_backward)(real *dx, const real *dy, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = -dy[i];
}

void KERNEL(reciprocal_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = 1 / x[i];
}

void KERNEL(reciprocal_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = -dy[i] * (y[i] * y[i]);
}

void KERNEL(exp_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = KERNEL(real_exp)(x[i]);
}

void KERNEL(exp_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * y[i];
}

void KERNEL(log_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = KERNEL(real_log)(x[i]);
}

void KERNEL(log_backward)(real *dx, const real *dy, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] / x[i];
}

void KERNEL(sqrt_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = real_sqrt(x[i]);
}

void KERNEL(sqrt_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] / (2 * y[i]);
}

void KERNEL(abs_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < 0 ? -x[i] : x[i] + 0; /* + 0: |-0| is 0 */
}

void KERNEL(abs_backward)(real *dx, const real *dy, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * (real)((x[i] > 0) - (x[i] < 0));
}
