/* Linear
 *
 *   y[b,o]             = sum over i of x[b,i] weight[o,i] + bias[o]
 *
 *   dL/dx[b,i]         = sum over o of dL/dy[b,o] weight[o,i]
 *   dL/dweight[o,i]    = sum over b of dL/dy[b,o] x[b,i]
 *   dL/dbias[o]        = sum over b of dL/dy[b,o]
 */
#include "mlpstep/kernels/linear.h"
#include "mlpstep/kernels/matmul.h"
#include "real.h"
#include "sum.h"

void KERNEL(linear_forward)(real *y, const real *x, const real *weight, const real *bias,
                            size_t batch, size_t in_features, size_t out_features) {
    /* y = x weight^T */
    KERNEL(matmul)(y, x, in_features, 1, weight, 1, in_features, batch, out_features, in_features);
    if (bias)
        for (size_t b = 0; b < batch; b++)
            for (size_t o = 0; o < out_features; o++)
                y[b * out_features + o] += bias[o];
}

void KERNEL(linear_backward)(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                             const real *weight, size_t batch, size_t in_features,
                             size_t out_features) {
    const size_t in = in_features, out = out_features;
    if (dx) /* dx = dy weight */
        KERNEL(matmul)(dx, dy, out, 1, weight, in, 1, batch, in, out);
    if (dweight) /* dweight = dy^T x */
        KERNEL(matmul)(dweight, dy, 1, out, x, in, 1, out, in, batch);
    if (dbias)
        KERNEL(column_sum)(dbias, dy, batch, out_features);
}
