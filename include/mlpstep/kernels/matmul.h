/* Matrix product, of which Linear and its gradients are made.
 *
 * c (m, n) = a (m, k) b (k, n). c lies row by row. a and b are read through strides, in elements:
 * a_row from one row of a to the next, a_column from one column to the next, so that a transpose
 * is the same array with its two strides exchanged.
 *
 * Every c[i,j] is a chain of fused multiply-adds over the k terms in ascending order, starting at
 * zero. That order is the interface: a faster version has to give the same bits. */
#ifndef MLPSTEP_KERNELS_MATMUL_H
#define MLPSTEP_KERNELS_MATMUL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_matmul_f32(float *c, const float *a, size_t a_row, size_t a_column, const float *b,
                    size_t b_row, size_t b_column, size_t m, size_t n, size_t k);
void mlp_matmul_f64(double *c, const double *a, size_t a_row, size_t a_column, const double *b,
                    size_t b_row, size_t b_column, size_t m, size_t n, size_t k);

#ifdef __cplusplus
}
#endif

#endif
