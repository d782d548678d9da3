/* ReLU
 *
 *   y     = x        where x > 0
 *           0        elsewhere
 *
 *   dL/dx = dL/dy    where y > 0
 *           0        elsewhere
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/relu.h"
#include "vector/elements.h"

void KERNEL(relu_forward)(real *y, const real *x, size_t n) {
    for (size_t i = relu_forward_in_vectors(y, x, n); i < n; i++)
        y[i] = x[i] < 0 ? 0 : x[i]; /* asked this way round, a nan passes */
}

void KERNEL(relu_backward)(real *dx, const real *dy, const real *y, size_t n) {
    for (size_t i = relu_backward_in_vectors(dx, dy, y, n); i < n; i++)
        dx[i] = y[i] <= 0 ? 0 : dy[i];
}
