/* Tanh
 *
 *   y     = tanh(x)
 *
 *   dL/dx = dL/dy (1 - y^2)
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/tanh.h"
#include "elementary.h"
#include "real.h"

void KERNEL(tanh_forward)(real *y, const real *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = KERNEL(real_tanh)(x[i]);
}

void KERNEL(tanh_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * real_fma(-y[i], y[i], 1);
}
