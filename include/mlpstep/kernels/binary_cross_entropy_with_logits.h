/* Binary cross-entropy of scores x, whose sigmoid is the probability s:
 * l[i] = -w[i] (p[i] t[i] log(s[i]) + (1 - t[i]) log(1 - s[i])); MEAN divides their sum by n (nan
 * for n = 0). Source: torch.nn.BCEWithLogitsLoss. x, target, weight, pos_weight, dx hold n
 * elements; weight w and pos_weight p may be NULL; loss and dloss n for NONE, else one; scratch n,
 * which SUM and MEAN use. */
#ifndef MLPSTEP_KERNELS_BINARY_CROSS_ENTROPY_WITH_LOGITS_H
#define MLPSTEP_KERNELS_BINARY_CROSS_ENTROPY_WITH_LOGITS_H

#include "mlpstep/kernels/element_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_binary_cross_entropy_with_logits_forward_f32(float *loss, float *scratch, const float *x,
                                                      const float *target, const float *weight,
                                                      const float *pos_weight,
                                                      const mlp_element_loss *of);
void mlp_binary_cross_entropy_with_logits_forward_f64(double *loss, double *scratch,
                                                      const double *x, const double *target,
                                                      const double *weight,
                                                      const double *pos_weight,
                                                      const mlp_element_loss *of);

/* dx from dloss = dL/dloss. */
void mlp_binary_cross_entropy_with_logits_backward_f32(float *dx, const float *dloss,
                                                       const float *x, const float *target,
                                                       const float *weight, const float *pos_weight,
                                                       const mlp_element_loss *of);
void mlp_binary_cross_entropy_with_logits_backward_f64(double *dx, const double *dloss,
                                                       const double *x, const double *target,
                                                       const double *weight,
                                                       const double *pos_weight,
                                                       const mlp_element_loss *of);

#ifdef __cplusplus
}
#endif

#endif
