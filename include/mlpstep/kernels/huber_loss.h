/* Huber loss: l[i] = d^2 / 2 where |d| < delta, delta (|d| - delta / 2) elsewhere, d = x[i] -
 * target[i]; MEAN divides their sum by n (nan for n = 0). Source: torch.nn.HuberLoss. x, target,
 * dx, dtarget hold n elements; loss and dloss n for NONE, else one; scratch n, which SUM and MEAN
 * use. delta is above 0. */
#ifndef MLPSTEP_KERNELS_HUBER_LOSS_H
#define MLPSTEP_KERNELS_HUBER_LOSS_H

#include "mlpstep/kernels/element_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_huber_loss_forward_f32(float *loss, float *scratch, const float *x, const float *target,
                                const mlp_element_loss *of, double delta);
void mlp_huber_loss_forward_f64(double *loss, double *scratch, const double *x,
                                const double *target, const mlp_element_loss *of, double delta);

/* dx and dtarget, either of which may be NULL, from dloss = dL/dloss. */
void mlp_huber_loss_backward_f32(float *dx, float *dtarget, const float *dloss, const float *x,
                                 const float *target, const mlp_element_loss *of, double delta);
void mlp_huber_loss_backward_f64(double *dx, double *dtarget, const double *dloss, const double *x,
                                 const double *target, const mlp_element_loss *of, double delta);

#ifdef __cplusplus
}
#endif

#endif
