/* Products over a dimension, and sums and products that keep each number on the way.
 * Source: torch.prod, cumsum, cumprod. All arrays are (outer, size, inner), but for the results of
 * prod, which are (outer, inner). */
#ifndef MLPSTEP_KERNELS_CUMULATE_H
#define MLPSTEP_KERNELS_CUMULATE_H

#include <stdint.h>

#include "mlpstep/kernels/dimension.h"

#ifdef __cplusplus
extern "C" {
#endif

/* y_k = x_0 + ... + x_k, added in double; dx from dy. */
void mlp_cumsum_forward_f32(float *y, const float *x, const mlp_dimension *dim);
void mlp_cumsum_forward_f64(double *y, const double *x, const mlp_dimension *dim);
void mlp_cumsum_backward_f32(float *dx, const float *dy, const mlp_dimension *dim);
void mlp_cumsum_backward_f64(double *dx, const double *dy, const mlp_dimension *dim);

/* y_k = x_0 ... x_k, multiplied in double; dx from dy. */
void mlp_cumprod_forward_f32(float *y, const float *x, const mlp_dimension *dim);
void mlp_cumprod_forward_f64(double *y, const double *x, const mlp_dimension *dim);
void mlp_cumprod_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                              const mlp_dimension *dim);
void mlp_cumprod_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                              const mlp_dimension *dim);

/* y = x_0 x_1 ..., 1 of none, in PyTorch's order; dx from dy. */
void mlp_prod_forward_f32(float *y, const float *x, const mlp_dimension *dim);
void mlp_prod_forward_f64(double *y, const double *x, const mlp_dimension *dim);
void mlp_prod_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                           const mlp_dimension *dim);
void mlp_prod_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                           const mlp_dimension *dim);

/* The same of whole numbers, which wrap around. */
void mlp_integer_cumsum(int64_t *y, const int64_t *x, const mlp_dimension *dim);
void mlp_integer_cumprod(int64_t *y, const int64_t *x, const mlp_dimension *dim);
void mlp_integer_prod(int64_t *y, const int64_t *x, const mlp_dimension *dim);

#ifdef __cplusplus
}
#endif

#endif
