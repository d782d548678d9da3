/* Sums and means with a product
 *
 *   addcmul   y = a + v b c
 *   addcdiv   y = a + v b / c
 *   lerp      y = a + c (b - a), where c is not below 1/2 computed from b
 *
 *   all arrays    n elements
 *
 * The last product of addcmul and lerp is not rounded before it is added.
 */
#include "mlpstep/kernels/three.h"
#include "real.h"

static real mean(real a, real b, real weight) {
    return weight < (real)0.5 ? real_fma(weight, b - a, a) : real_fma(-(b - a), 1 - weight, b);
}

void KERNEL(function_of_three)(real *y, const real *a, const real *b, const real *c, double number,
                               enum mlp_function_of_three of, size_t n) {
    const real v = (real)number;
    for (size_t i = 0; i < n; i++)
        y[i] = of == MLP_ADDCMUL   ? real_fma(v * b[i], c[i], a[i])
               : of == MLP_ADDCDIV ? a[i] + v * b[i] / c[i]
                                   : mean(a[i], b[i], c ? c[i] : v);
}
