/* Products of vectors, of a matrix and a vector, and of batches of small matrices, which PyTorch
 * adds up in other orders than the product of two matrices (matmul.h).
 * Source: torch.dot, mv, bmm. Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_MV_H
#define MLPSTEP_KERNELS_MV_H

#include <stdbool.h>
#include <stddef.h>

#include "mlpstep/kernels/matrix.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The sum of a[i] b[i] over n elements. */
float mlp_dot_f32(const float *a, const float *b, size_t n);
double mlp_dot_f64(const double *a, const double *b, size_t n);

/* y (m) = a (m, k) x (k). a_matrix says how a lies. by_columns says that it is a
 * transpose, whose columns lie side by side in PyTorch's memory: the order depends on that. */
void mlp_mv_f32(float *y, const float *a, mlp_matrix a_matrix, const float *x, bool by_columns);
void mlp_mv_f64(double *y, const double *a, mlp_matrix a_matrix, const double *x, bool by_columns);

/* c (m, n) = a (m, k) b (k, n) as in matmul.h, but in order, with every product rounded: what
 * torch.bmm does where m n k < 400. */
void mlp_small_matmul_f32(float *c, const float *a, mlp_matrix a_matrix, const float *b,
                          mlp_matrix b_matrix);
void mlp_small_matmul_f64(double *c, const double *a, mlp_matrix a_matrix, const double *b,
                          mlp_matrix b_matrix);

#ifdef __cplusplus
}
#endif

#endif
