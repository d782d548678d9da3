/* Matrix product, of which Linear and its gradients are made.
 *
 * c (m, n) = a (m, k) b (k, n). c lies row by row; a_matrix and b_matrix say how a and b lie, and
 * the columns of a are as many as the rows of b: callers check.
 *
 * Every c[i,j] is a chain of fused multiply-adds over the k terms in ascending order, starting at
 * zero. That order is the interface: a faster version has to give the same bits. */
#ifndef MLPSTEP_KERNELS_MATMUL_H
#define MLPSTEP_KERNELS_MATMUL_H

#include "mlpstep/kernels/matrix.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_matmul_f32(float *c, const float *a, mlp_matrix a_matrix, const float *b,
                    mlp_matrix b_matrix);
void mlp_matmul_f64(double *c, const double *a, mlp_matrix a_matrix, const double *b,
                    mlp_matrix b_matrix);

#ifdef __cplusplus
}
#endif

#endif
