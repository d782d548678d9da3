/* Binary cross-entropy of probabilities x:
 * l[i] = -w[i] (t[i] log(x[i]) + (1 - t[i]) log(1 - x[i])), where no logarithm is below -100; MEAN
 * divides their sum by n (nan for n = 0).
 * Source: torch.nn.BCELoss. x, target, weight, dx hold n elements; weight may be NULL; loss and
 * dloss n for NONE, else one; scratch n, which SUM and MEAN use. */
#ifndef MLPSTEP_KERNELS_BINARY_CROSS_ENTROPY_H
#define MLPSTEP_KERNELS_BINARY_CROSS_ENTROPY_H

#include "mlpstep/kernels/element_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_binary_cross_entropy_forward_f32(float *loss, float *scratch, const float *x,
                                          const float *target, const float *weight,
                                          const mlp_element_loss *of);
void mlp_binary_cross_entropy_forward_f64(double *loss, double *scratch, const double *x,
                                          const double *target, const double *weight,
                                          const mlp_element_loss *of);

/* dx from dloss = dL/dloss. */
void mlp_binary_cross_entropy_backward_f32(float *dx, const float *dloss, const float *x,
                                           const float *target, const float *weight,
                                           const mlp_element_loss *of);
void mlp_binary_cross_entropy_backward_f64(double *dx, const double *dloss, const double *x,
                                           const double *target, const double *weight,
                                           const mlp_element_loss *of);

#ifdef __cplusplus
}
#endif

#endif
