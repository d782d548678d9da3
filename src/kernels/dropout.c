/* Dropout
 *
 *   y     = x     * mask / (1 - p)        where p < 1
 *           x     * 0                     where p = 1
 *
 *   dL/dx = dL/dy * mask / (1 - p)        likewise
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/dropout.h"
#include "real.h"

static void scale(real *out, const real *in, const int64_t *mask, size_t n, double p) {
    const real keep = (real)(1 - p);
    for (size_t i = 0; i < n; i++)
        out[i] = in[i] * (p < 1 ? (real)mask[i] / keep : 0);
}

void KERNEL(dropout_forward)(real *y, const real *x, const int64_t *mask, size_t n, double p) {
    scale(y, x, mask, n, p);
}

void KERNEL(dropout_backward)(real *dx, const real *dy, const int64_t *mask, size_t n, double p) {
    scale(dx, dy, mask, n, p);
}
