/* One step of Adagrad, in place.
 * Source: torch.optim.Adagrad.
 *
 * All arrays hold n elements. Before the first step the sum is what it begins with, 0 or more. */
#ifndef MLPSTEP_KERNELS_ADAGRAD_H
#define MLPSTEP_KERNELS_ADAGRAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_adagrad_options {
    double lr;           /* the learning rate */
    double lr_decay;     /* how fast it falls, from step to step */
    double eps;          /* is added to what is divided by */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    int64_t step;        /* which one it is, counted from 1 */
    bool maximize;       /* whether to go up the gradient, not down */
} mlp_adagrad_options;

void mlp_adagrad_step_f32(float *param, float *sum, const float *grad, size_t n,
                          const mlp_adagrad_options *options);
void mlp_adagrad_step_f64(double *param, double *sum, const double *grad, size_t n,
                          const mlp_adagrad_options *options);

#ifdef __cplusplus
}
#endif

#endif
