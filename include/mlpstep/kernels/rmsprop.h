/* One step of RMSprop, in place.
 * Source: torch.optim.RMSprop.
 *
 * All arrays hold n elements. The states are zeros before the first step; without momentum the
 * buffer, and where it is not centered grad_avg, is not used, and may be NULL. */
#ifndef MLPSTEP_KERNELS_RMSPROP_H
#define MLPSTEP_KERNELS_RMSPROP_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_rmsprop_options {
    double lr;           /* the learning rate */
    double alpha;        /* how much of the running averages stays */
    double eps;          /* is added to what is divided by */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    double momentum;     /* how much of the momentum buffer stays; 0, or less, for none */
    bool centered;       /* whether the square of the average gradient is subtracted */
    bool maximize;       /* whether to go up the gradient, not down */
    bool by_lerp;        /* MLP_CENTERS_BY_LERP in release.h */
} mlp_rmsprop_options;

void mlp_rmsprop_step_f32(float *param, float *square_avg, float *momentum_buffer, float *grad_avg,
                          const float *grad, size_t n, const mlp_rmsprop_options *options);
void mlp_rmsprop_step_f64(double *param, double *square_avg, double *momentum_buffer,
                          double *grad_avg, const double *grad, size_t n,
                          const mlp_rmsprop_options *options);

#ifdef __cplusplus
}
#endif

#endif
