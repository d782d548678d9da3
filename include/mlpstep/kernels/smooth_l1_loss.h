/* Smooth L1 loss: l[i] = d^2 / (2 beta) where |d| < beta, |d| - beta / 2 elsewhere, d = x[i] -
 * target[i]; MEAN divides their sum by n (nan for n = 0). Source: torch.nn.SmoothL1Loss. x, target,
 * dx, dtarget hold n elements; loss and dloss n for NONE, else one; scratch n, which SUM and MEAN
 * use. beta is not negative; with 0, which makes l[i] = |d|, the gradient is -dloss where d = 0. */
#ifndef MLPSTEP_KERNELS_SMOOTH_L1_LOSS_H
#define MLPSTEP_KERNELS_SMOOTH_L1_LOSS_H

#include "mlpstep/kernels/element_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_smooth_l1_loss_forward_f32(float *loss, float *scratch, const float *x,
                                    const float *target, const mlp_element_loss *of, double beta);
void mlp_smooth_l1_loss_forward_f64(double *loss, double *scratch, const double *x,
                                    const double *target, const mlp_element_loss *of, double beta);

/* dx and dtarget, either of which may be NULL, from dloss = dL/dloss. */
void mlp_smooth_l1_loss_backward_f32(float *dx, float *dtarget, const float *dloss, const float *x,
                                     const float *target, const mlp_element_loss *of, double beta);
void mlp_smooth_l1_loss_backward_f64(double *dx, double *dtarget, const double *dloss,
                                     const double *x, const double *target,
                                     const mlp_element_loss *of, double beta);

#ifdef __cplusplus
}
#endif

#endif
