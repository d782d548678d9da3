/* Cross-entropy against class indices with label smoothing, after log_softmax. With y = target[i]
 * and s = label_smoothing:
 *
 *   l[i] = -(1 - s) * weight[y] * log_probabilities[i, y]
 *          - s / classes * sum over c of weight[c] * log_probabilities[i, c]
 *
 * and 0 where y is ignore_index. MEAN divides by the sum of weight[y] over the elements that are
 * not ignored. Source: torch.nn.CrossEntropyLoss(label_smoothing=s), s in (0, 1]. With s = 0
 * PyTorch computes mlp_nll_loss, whose zeros may have another sign.
 *
 *   log_probabilities, dlog_probabilities  (batch, classes, positions)
 *   target                                 (batch, positions)
 *   weight                                 (classes), or NULL: all 1
 *   loss, dloss                            (batch, positions) for NONE, else one value
 *   total_weight                           two values, which MEAN's backward divides by: the sum of
 *                                          weight[y] in the order of either term; 0 for NONE
 *   scratch                                batch * positions + classes * positions values
 *
 * The NONE of an unbatched log_probabilities (classes) is SUM: PyTorch rounds the gradient of a
 * loss without dimensions differently. Every target is ignore_index or in [0, classes): callers
 * check. */
#ifndef MLPSTEP_KERNELS_CROSS_ENTROPY_SMOOTHED_H
#define MLPSTEP_KERNELS_CROSS_ENTROPY_SMOOTHED_H

#include <stdint.h>

#include "mlpstep/kernels/class_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_cross_entropy_smoothed_forward_f32(float *loss, float total_weight[2], float *scratch,
                                            const float *log_probabilities, const int64_t *target,
                                            const float *weight, const mlp_class_loss *of);
void mlp_cross_entropy_smoothed_forward_f64(double *loss, double total_weight[2], double *scratch,
                                            const double *log_probabilities, const int64_t *target,
                                            const double *weight, const mlp_class_loss *of);

/* dlog_probabilities from dloss = dL/dloss and the total_weight that forward gave. */
void mlp_cross_entropy_smoothed_backward_f32(float *dlog_probabilities, const float *dloss,
                                             const int64_t *target, const float *weight,
                                             const float total_weight[2], const mlp_class_loss *of);
void mlp_cross_entropy_smoothed_backward_f64(double *dlog_probabilities, const double *dloss,
                                             const int64_t *target, const double *weight,
                                             const double total_weight[2],
                                             const mlp_class_loss *of);

#ifdef __cplusplus
}
#endif

#endif
