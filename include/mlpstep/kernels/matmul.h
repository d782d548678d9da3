/* Matrix product, of which Linear and its gradients are made.
 *
 * c (m, n) = a (m, k) b (k, n). c lies row by row; a_matrix and b_matrix say how a and b lie, and
 * the columns of a are as many as the rows of b: callers check. c does not overlap a or b.
 *
 * Every c[i,j] is a sum of fused multiply-adds, in the order that src/kernels/product_order.h gives.
 * It depends on the sizes of all three, and is the interface: a faster version has to give the same
 * bits.
 *
 * Source: torch.mm, addmm, with OpenBLAS's kernels for AVX2 on one thread. */
#ifndef MLPSTEP_KERNELS_MATMUL_H
#define MLPSTEP_KERNELS_MATMUL_H

#include <stdbool.h>

#include "mlpstep/kernels/matrix.h"

#ifdef __cplusplus
extern "C" {
#endif

/* by_columns says that c lies column by column in PyTorch's memory: the order depends on that. */
void mlp_matmul_f32(float *c, const float *a, mlp_matrix a_matrix, const float *b,
                    mlp_matrix b_matrix, bool by_columns);
void mlp_matmul_f64(double *c, const double *a, mlp_matrix a_matrix, const double *b,
                    mlp_matrix b_matrix, bool by_columns);

/* c = c + a b: the sums are added to what c holds. */
void mlp_addmm_f32(float *c, const float *a, mlp_matrix a_matrix, const float *b,
                   mlp_matrix b_matrix);
void mlp_addmm_f64(double *c, const double *a, mlp_matrix a_matrix, const double *b,
                   mlp_matrix b_matrix);

#ifdef __cplusplus
}
#endif

#endif
