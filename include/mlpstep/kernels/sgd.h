/* One step of stochastic gradient descent.
 * Source: torch.optim.SGD.
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

typedef struct mlp_sgd_options {
    double lr;           /* the learning rate */
    double momentum;     /* how much of the momentum buffer stays; 0 for none */
    double dampening;    /* how much of a gradient does not enter the momentum buffer */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    bool nesterov;       /* whether the step looks ahead by one more momentum */
    bool maximize;       /* whether to go up the gradient, not down */
} mlp_sgd_options;

void mlp_sgd_step_f32(float *new_param, float *new_momentum_buffer, const float *param,
                      const float *grad, const float *momentum_buffer, size_t n,
                      const mlp_sgd_options *options);
void mlp_sgd_step_f64(double *new_param, double *new_momentum_buffer, const double *param,
                      const double *grad, const double *momentum_buffer, size_t n,
                      const mlp_sgd_options *options);

#ifdef __cplusplus
}
#endif

#endif
