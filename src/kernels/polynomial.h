/* Polynomials in the order in which SLEEF sums them in float64. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_POLYNOMIAL_H
#define MLPSTEP_KERNELS_POLYNOMIAL_H

#include "real.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* c[0] x^(n-1) + ... + c[n-1], by Estrin's scheme: of n coefficients the last p, the largest power
 * of two below n, are a polynomial of their own, and so are the others, times x^p. */
static inline real polynomial(const real *c, size_t n, real x) {
    if (n == 1)
        return c[0];
    size_t p = 1;
    real power = x;
    for (; 2 * p < n; p *= 2)
        power *= power;
    return real_fma(power, polynomial(c, n - p, x), polynomial(c + n - p, p, x));
}

#endif
