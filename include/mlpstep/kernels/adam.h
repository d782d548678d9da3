/* One step of Adam, or AdamW, in place.
 * Source: torch.optim.Adam, torch.optim.AdamW.
 *
 * All arrays hold n elements. exp_avg, exp_avg_sq and max_exp_avg_sq are zeros before the first
 * step; without amsgrad the last one is not used, and may be NULL. */
#ifndef MLPSTEP_KERNELS_ADAM_H
#define MLPSTEP_KERNELS_ADAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_adam_options {
    double lr;           /* the learning rate */
    double betas[2];     /* how much of the running averages stays: of gradients, of squares */
    double eps;          /* is added to what is divided by */
    double weight_decay; /* how much of the parameter is added to its gradient; 0 for none */
    int64_t step;        /* which step of this parameter it is, from 1 */
    bool amsgrad;        /* whether to divide by the largest average of squares so far */
    bool maximize;       /* whether to go up the gradient, not down */
    bool decoupled;      /* AdamW: the parameter itself decays, by lr weight_decay of it */
    bool by_lerp;        /* MLP_AVERAGES_BY_LERP in release.h */
} mlp_adam_options;

void mlp_adam_step_f32(float *param, float *exp_avg, float *exp_avg_sq, float *max_exp_avg_sq,
                       const float *grad, size_t n, const mlp_adam_options *options);
void mlp_adam_step_f64(double *param, double *exp_avg, double *exp_avg_sq, double *max_exp_avg_sq,
                       const double *grad, size_t n, const mlp_adam_options *options);

#ifdef __cplusplus
}
#endif

#endif
