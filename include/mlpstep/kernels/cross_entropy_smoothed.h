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
 * positions is 1 unless each sample is labelled at many places. An unbatched log_probabilities
 * (classes) is batch 1, and its NONE is SUM: PyTorch rounds the gradient of a loss without
 * dimensions differently. Every target is ignore_index or in [0, classes): callers check. */
#ifndef MLPSTEP_KERNELS_CROSS_ENTROPY_SMOOTHED_H
#define MLPSTEP_KERNELS_CROSS_ENTROPY_SMOOTHED_H

#include <stddef.h>
#include <stdint.h>

#include "mlpstep/kernels/reduction.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_cross_entropy_smoothed_forward_f32(float *loss, float total_weight[2], float *scratch,
                                            const float *log_probabilities, const int64_t *target,
                                            const float *weight, size_t batch, size_t classes,
                                            size_t positions, double label_smoothing,
                                            int64_t ignore_index, mlp_reduction reduction);
void mlp_cross_entropy_smoothed_forward_f64(double *loss, double total_weight[2], double *scratch,
                                            const double *log_probabilities, const int64_t *target,
                                            const double *weight, size_t batch, size_t classes,
                                            size_t positions, double label_smoothing,
                                            int64_t ignore_index, mlp_reduction reduction);

/* dlog_probabilities from dloss = dL/dloss and the total_weight that forward gave. */
void mlp_cross_entropy_smoothed_backward_f32(float *dlog_probabilities, const float *dloss,
                                             const int64_t *target, const float *weight,
                                             const float total_weight[2], size_t batch,
                                             size_t classes, size_t positions,
                                             double label_smoothing, int64_t ignore_index,
                                             mlp_reduction reduction);
void mlp_cross_entropy_smoothed_backward_f64(double *dlog_probabilities, const double *dloss,
                                             const int64_t *target, const double *weight,
                                             const double total_weight[2], size_t batch,
                                             size_t classes, size_t positions,
                                             double label_smoothing, int64_t ignore_index,
                                             mlp_reduction reduction);

#ifdef __cplusplus
}
#endif

#endif
