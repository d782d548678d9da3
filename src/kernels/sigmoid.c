/* Sigmoid
 *
 *   y     = 1 / (1 + exp(-x))
 *
 *   dL/dx = dL/dy (1 - y) y
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/sigmoid.h"
#include "elementary.h"
#include "real.h"

void KERNEL(sigmoid_forward)(real *y, const real *x, size_t n, const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = 1 / (1 + KERNEL(real_exp_of)(-x[i], is_in_wide_vector(i, n, loop)));
}

void KERNEL(sigmoid_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * (1 - y[i]) * y[i];
}
