/* One step of Adadelta, in place.
 * Source: torch.optim.Adadelta.
 *
 * All arrays hold n elements. The states are zeros before the first step. */
#ifndef MLPSTEP_KERNELS_ADADELTA_H
#define MLPSTEP_KERNELS_ADADELTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_adadelta_options {
    double lr;           /* how much of the step that it computes is made */
    double rho;          /* how much of the running averages stays */
    double eps;          /* is added under the roots */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    bool maximize;       /* whether to go up the gradient, not down */
} mlp_adadelta_options;

void mlp_adadelta_step_f32(float *param, float *square_avg, float *acc_delta, const float *grad,
                           size_t n, const mlp_adadelta_options *options);
void mlp_adadelta_step_f64(double *param, double *square_avg, double *acc_delta, const double *grad,
                           size_t n, const mlp_adadelta_options *options);

#ifdef __cplusplus
}
#endif

#endif
