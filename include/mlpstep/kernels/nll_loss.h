/* Negative log-likelihood: l[i] = -weight[y] * log_probabilities[i, y] with y = target[i], and 0
 * where y is ignore_index. MEAN divides the sum of l by the sum of weight[y] over the elements that
 * are not ignored, and is nan where that is 0 / 0.
 * Source: torch.nn.NLLLoss, and CrossEntropyLoss after its log_softmax.
 *
 *   log_probabilities, dlog_probabilities  (batch, classes, positions)
 *   target                                 (batch, positions)
 *   weight                                 (classes), or NULL: all 1
 *   loss, dloss                            (batch, positions) for NONE, else one value
 *   total_weight                           one value, which MEAN's backward divides by; 0 for NONE
 *
 * The NONE of an unbatched log_probabilities (classes) is SUM, as PyTorch has it, whose zeros have
 * another sign. Every target is ignore_index or in [0, classes): callers check. */
#ifndef MLPSTEP_KERNELS_NLL_LOSS_H
#define MLPSTEP_KERNELS_NLL_LOSS_H

#include <stdint.h>

#include "mlpstep/kernels/class_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_nll_loss_forward_f32(float *loss, float *total_weight, const float *log_probabilities,
                              const int64_t *target, const float *weight, const mlp_class_loss *of);
void mlp_nll_loss_forward_f64(double *loss, double *total_weight, const double *log_probabilities,
                              const int64_t *target, const double *weight,
                              const mlp_class_loss *of);

/* dlog_probabilities from dloss = dL/dloss and the total_weight that forward gave. */
void mlp_nll_loss_backward_f32(float *dlog_probabilities, const float *dloss, const int64_t *target,
                               const float *weight, const float *total_weight,
                               const mlp_class_loss *of);
void mlp_nll_loss_backward_f64(double *dlog_probabilities, const double *dloss,
                               const int64_t *target, const double *weight,
                               const double *total_weight, const mlp_class_loss *of);

#ifdef __cplusplus
}
#endif

#endif
