/* Squared error: l[i] = (x[i] - target[i])^2; MEAN divides their sum by n (nan for n = 0).
 * Source: torch.nn.MSELoss. x, target, dx, dtarget hold n elements; loss and dloss n for NONE, else
 * one; scratch n, which SUM and MEAN use. */
#ifndef MLPSTEP_KERNELS_MSE_LOSS_H
#define MLPSTEP_KERNELS_MSE_LOSS_H

#include "mlpstep/kernels/element_loss.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_mse_loss_forward_f32(float *loss, float *scratch, const float *x, const float *target,
                              const mlp_element_loss *of);
void mlp_mse_loss_forward_f64(double *loss, double *scratch, const double *x, const double *target,
                              const mlp_element_loss *of);

/* dx and dtarget, either of which may be NULL, from dloss = dL/dloss. */
void mlp_mse_loss_backward_f32(float *dx, float *dtarget, const float *dloss, const float *x,
                               const float *target, const mlp_element_loss *of);
void mlp_mse_loss_backward_f64(double *dx, double *dtarget, const double *dloss, const double *x,
                               const double *target, const mlp_element_loss *of);

#ifdef __cplusplus
}
#endif

#endif
