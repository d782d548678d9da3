/* Linear
 *
 *   y[b,o]             = bias[o] + sum over i of x[b,i] weight[o,i]
 *
 *   dL/dx[b,i]         = sum over o of dL/dy[b,o] weight[o,i]
 *   dL/dweight[o,i]    = sum over b of dL/dy[b,o] x[b,i]
 *   dL/dbias[o]        = sum over b of dL/dy[b,o]
 *
 *   x, dx              (batch, in_features)
 *   y, dy              (batch, out_features)
 *   weight, dweight    (out_features, in_features)
 *   bias, dbias        (out_features)
 */
#include "mlpstep/kernels/linear.h"
#include "mlpstep/kernels/matmul.h"
#include "real.h"
#include "sum.h"

#include <string.h>

void KERNEL(linear_forward)(real *y, const real *x, const real *weight, const real *bias,
                            const mlp_linear_sizes *sizes) {
    const size_t batch = sizes->batch, in = sizes->in_features, out = sizes->out_features;
    const mlp_matrix X = mlp_matrix_by_rows(batch, in), W = mlp_matrix_by_rows(out, in);
    for (size_t b = 0; b < batch && out > 0; b++)
        if (bias)
            memcpy(y + b * out, bias, out * sizeof *y);
        else
            memset(y + b * out, 0, out * sizeof *y);
    KERNEL(addmm)(y, x, X, weight, mlp_matrix_transpose(W)); /* y = y + x weight^T */
}

void KERNEL(linear_backward)(real *dx, real *dweight, real *dbias, const real *dy, const real *x,
                             const real *weight, const mlp_linear_sizes *sizes) {
    const size_t batch = sizes->batch, in = sizes->in_features, out = sizes->out_features;
    const mlp_matrix X = mlp_matrix_by_rows(batch, in), W = mlp_matrix_by_rows(out, in);
    const mlp_matrix DY = mlp_matrix_by_rows(batch, out);
    if (dx)
        KERNEL(matmul)(dx, dy, DY, weight, W, sizes->x_by_columns); /* dx = dy weight */
    if (dweight)
        KERNEL(matmul)
    (dweight, dy, mlp_matrix_transpose(DY), x, X, sizes->weight_by_columns); /* dweight = dy^T x */
    if (dbias)
        KERNEL(column_sum)(dbias, dy, batch, out);
}
