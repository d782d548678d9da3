/* Norms over the reduced dimensions: for p = 1 the sum of |x|, for p = 2 the root of the
 * sum of x^2, of another order any p. Source: torch.norm. x, dx have the sizes of `dims`; y, dy
 * those without the reduced dimensions. rounds_squares is MLP_ROUNDS_SQUARES in release.h. */
#ifndef MLPSTEP_KERNELS_NORM_H
#define MLPSTEP_KERNELS_NORM_H

#include "mlpstep/kernels/reduced_dims.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_norm_forward_f32(float *y, const float *x, const mlp_reduced_dims *dims, int p,
                          bool rounds_squares);
void mlp_norm_forward_f64(double *y, const double *x, const mlp_reduced_dims *dims, int p,
                          bool rounds_squares);

void mlp_norm_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                           const mlp_reduced_dims *dims, int p);
void mlp_norm_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                           const mlp_reduced_dims *dims, int p);

/* p: any but 1 and 2, 0 and the infinities, too. of_later is MLP_ROUNDS_SQUARES, too. */
void mlp_norm_of_order_forward_f32(float *y, const float *x, const mlp_reduced_dims *dims, double p,
                                   bool of_later);
void mlp_norm_of_order_forward_f64(double *y, const double *x, const mlp_reduced_dims *dims,
                                   double p, bool of_later);

#ifdef __cplusplus
}
#endif

#endif
