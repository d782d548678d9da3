/* Cross-entropy against class probabilities, after log_softmax. With s = label_smoothing:
 *
 *   l[i] = -sum over c of weight[c] * q[i, c] * log_probabilities[i, c]
 *   q    = (1 - s) * target + s / classes,  target itself for s = 0
 *
 * MEAN divides by the number of elements, batch * positions, whatever the weights, and is nan
 * where there are none. Source: torch.nn.CrossEntropyLoss with a target of the input's shape.
 *
 *   log_probabilities, target and their gradients, scratch  (batch, classes, positions)
 *   weight                                                  (classes), or NULL: all 1
 *   loss, dloss                                             (batch, positions) for NONE, else one */
#ifndef MLPSTEP_KERNELS_CROSS_ENTROPY_PROBABILITIES_H
#define MLPSTEP_KERNELS_CROSS_ENTROPY_PROBABILITIES_H

#include "mlpstep/kernels/class_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_cross_entropy_probabilities_forward_f32(float *loss, float *scratch,
                                                 const float *log_probabilities,
                                                 const float *target, const float *weight,
                                                 const mlp_class_loss *of);
void mlp_cross_entropy_probabilities_forward_f64(double *loss, double *scratch,
                                                 const double *log_probabilities,
                                                 const double *target, const double *weight,
                                                 const mlp_class_loss *of);

/* dlog_probabilities and dtarget, either of which may be NULL, from dloss = dL/dloss. */
void mlp_cross_entropy_probabilities_backward_f32(float *dlog_probabilities, float *dtarget,
                                                  const float *dloss,
                                                  const float *log_probabilities,
                                                  const float *target, const float *weight,
                                                  const mlp_class_loss *of);
void mlp_cross_entropy_probabilities_backward_f64(double *dlog_probabilities, double *dtarget,
                                                  const double *dloss,
                                                  const double *log_probabilities,
                                                  const double *target, const double *weight,
                                                  const mlp_class_loss *of);

#ifdef __cplusplus
}
#endif

#endif
