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

/* PyTorch's loop takes 16 elements a turn; what is left at the end goes through its scalar exp. */
enum {
    VECTOR_RUN = 16
};

void KERNEL(sigmoid_forward)(real *y, const real *x, size_t n) {
    const size_t vectors = n - n % VECTOR_RUN;
    for (size_t i = 0; i < n; i++)
        y[i] = 1 / (1 + (i < vectors ? KERNEL(real_exp)(-x[i]) : KERNEL(real_exp_scalar)(-x[i])));
}

void KERNEL(sigmoid_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[i] * (1 - y[i]) * y[i];
}
