/* One step of Rprop, in place.
 * Source: torch.optim.Rprop.
 *
 * All arrays hold n elements. Before the first step prev is zeros, and each step_size the learning
 * rate. */
#ifndef MLPSTEP_KERNELS_RPROP_H
#define MLPSTEP_KERNELS_RPROP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_rprop_options {
    double etas[2];       /* what a step shrinks and grows by */
    double step_sizes[2]; /* the least and the largest step */
    bool maximize;        /* whether to go up the gradient, not down */
} mlp_rprop_options;

void mlp_rprop_step_f32(float *param, float *prev, float *step_size, const float *grad, size_t n,
                        const mlp_rprop_options *options);
void mlp_rprop_step_f64(double *param, double *prev, double *step_size, const double *grad,
                        size_t n, const mlp_rprop_options *options);

#ifdef __cplusplus
}
#endif

#endif
