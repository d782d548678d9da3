/* One step of stochastic gradient descent.
 * Source: torch.optim.SGD, whose options these are.
 *
 * param, grad, momentum_buffer and their new values hold n elements. momentum_buffer is NULL at the
 * first step, which fills the buffer with the gradient itself, undampened. With momentum 0 there is
 * no buffer: new_momentum_buffer may be NULL and is not written. new_param may be param, and
 * new_momentum_buffer may be momentum_buffer. */
#ifndef MLPSTEP_KERNELS_SGD_H
#define MLPSTEP_KERNELS_SGD_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_sgd_step_f32(float *new_param, float *new_momentum_buffer, const float *param,
                      const float *grad, const float *momentum_buffer, size_t n, double lr,
                      double momentum, double dampening, double weight_decay, bool nesterov,
                      bool maximize);
void mlp_sgd_step_f64(double *new_param, double *new_momentum_buffer, const double *param,
                      const double *grad, const double *momentum_buffer, size_t n, double lr,
                      double momentum, double dampening, double weight_decay, bool nesterov,
                      bool maximize);

#ifdef __cplusplus
}
#endif

#endif
