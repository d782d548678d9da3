/* One step of RAdam, in place.
 * Source: torch.optim.RAdam.
 *
 * All arrays hold n elements. The states are zeros before the first step. */
#ifndef MLPSTEP_KERNELS_RADAM_H
#define MLPSTEP_KERNELS_RADAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_radam_options {
    double lr;           /* the learning rate */
    double betas[2];     /* how much of the running averages stays */
    double eps;          /* is added to what is divided by */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    int64_t step;        /* which one it is, counted from 1 */
    bool maximize;       /* whether to go up the gradient, not down */
    bool by_lerp;        /* MLP_AVERAGES_BY_LERP in release.h */
} mlp_radam_options;

void mlp_radam_step_f32(float *param, float *exp_avg, float *exp_avg_sq, const float *grad,
                        size_t n, const mlp_radam_options *options);
void mlp_radam_step_f64(double *param, double *exp_avg, double *exp_avg_sq, const double *grad,
                        size_t n, const mlp_radam_options *options);

#ifdef __cplusplus
}
#endif

#endif
