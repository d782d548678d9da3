/* PReLU
 *
 *   y  = x     where x > 0,  w x   elsewhere
 *   dx = dy    where x > 0,  w dy  elsewhere
 *   dw = 0     where x > 0,  x dy  elsewhere; PyTorch adds these up, so that -0 becomes 0
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/prelu.h"
#include "real.h"

void KERNEL(prelu_forward)(real *y, const real *x, const real *w, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : w[i] * x[i];
}

void KERNEL(prelu_backward)(real *dx, real *dw, const real *dy, const real *x, const real *w,
                            size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (dx)
            dx[i] = x[i] > 0 ? dy[i] : w[i] * dy[i];
        if (dw)
            dw[i] = x[i] > 0 ? 0 : x[i] * dy[i] + 0;
    }
}
