/* Arithmetic, element by element
 *
 *   add    y = a + alpha b    da = dy        db = alpha dy
 *   sub    y = a - b          da = dy        db = -dy
 *   rsub   y = number - x                    dx = -dy
 *   mul    y = a b            da = dy b      db = dy a
 *   div    y = a / b          da = dy / b    db = -dy ((a / b) / b)
 *
 *   all arrays    n elements
 *
 * What only copies a gradient or changes its sign has no function here.
 */
#include "mlpstep/kernels/arithmetic.h"
#include "vector/elements.h"

static real element(const real *b, double number, size_t i) {
    return b ? b[i] : (real)number;
}

void KERNEL(add_forward)(real *y, const real *a, const real *b, double number, double alpha,
                         size_t n) {
    for (size_t i = add_in_vectors(y, a, b, (real)alpha, n); i < n; i++)
        y[i] = real_fma((real)alpha, element(b, number, i), a[i]);
}

void KERNEL(sub_forward)(real *y, const real *a, const real *b, double number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = a[i] - element(b, number, i);
}

void KERNEL(rsub_forward)(real *y, const real *x, double number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = (real)number - x[i];
}

void KERNEL(mul_forward)(real *y, const real *a, const real *b, double number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = a[i] * element(b, number, i);
}

void KERNEL(mul_backward)(real *da, real *db, const real *dy, const real *a, const real *b,
                          double number, size_t n) {
    for (size_t i = 0; da && i < n; i++)
        da[i] = dy[i] * element(b, number, i);
    for (size_t i = 0; db && i < n; i++)
        db[i] = dy[i] * a[i];
}

void KERNEL(div_forward)(real *y, const real *a, const real *b, double number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = a[i] / element(b, number, i);
}

void KERNEL(div_backward)(real *da, real *db, const real *dy, const real *a, const real *b,
                          double number, size_t n) {
    for (size_t i = 0; da && i < n; i++)
        da[i] = dy[i] / element(b, number, i);
    for (size_t i = 0; db && i < n; i++)
        db[i] = -dy[i] * (a[i] / b[i] / b[i]);
}
