/* The logarithm of a sum of exponentials. Source: torch.logsumexp.
 * x, dx and e are of the sizes dims->shape; y, dy and max of those that are not reduced. */
#ifndef MLPSTEP_KERNELS_LOGSUMEXP_H
#define MLPSTEP_KERNELS_LOGSUMEXP_H

#include "mlpstep/kernels/reduced_dims.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `nearest`: exp and log are those of rounded.h, in float32. */

/* y from x; e and max are what comes about on the way: exp(x - max), and the largest x, but 0 for an
 * infinite one. */
void mlp_logsumexp_forward_f32(float *y, float *e, float *max, const float *x,
                               const mlp_reduced_dims *dims, bool nearest);
void mlp_logsumexp_forward_f64(double *y, double *e, double *max, const double *x,
                               const mlp_reduced_dims *dims, bool nearest);

/* dx from dy. */
void mlp_logsumexp_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                                const mlp_reduced_dims *dims, bool nearest);
void mlp_logsumexp_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                                const mlp_reduced_dims *dims, bool nearest);

#ifdef __cplusplus
}
#endif

#endif
