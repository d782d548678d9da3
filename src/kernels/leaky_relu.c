/* LeakyReLU
 *
 *   y     = x                     where x > 0
 *           negative_slope * x    elsewhere
 *
 *   dL/dx = dL/dy                     where x > 0
 *           negative_slope * dL/dy    elsewhere
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/leaky_relu.h"
#include "real.h"

void KERNEL(leaky_relu_forward)(real *y, const real *x, size_t n, double negative_slope) {
    const real slope = (real)negative_slope;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : x[i] * slope;
}

void KERNEL(leaky_relu_backward)(real *dx, const real *dy, const real *x, size_t n,
                                 double negative_slope) {
    const real slope = (real)negative_slope;
    for (size_t i = 0; i < n; i++)
        dx[i] = x[i] > 0 ? dy[i] : dy[i] * slope;
}
