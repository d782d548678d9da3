/* Softmax over one dimension: y = exp(x) / sum of exp(x).
 * Source: torch.nn.Softmax.
 *
 * x, y, dx, dy    (outer, classes, inner), where outer is the product of the sizes before the
 *                 dimension and inner of those after it
 * last_dim        whether it is the last dimension, along which PyTorch rounds differently: inner
 *                 is 1 then, but may be 1 along another one too
 *
 * A nan or +inf among the classes makes all of them nan, and so does a column of -inf alone.
 * Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_SOFTMAX_H
#define MLPSTEP_KERNELS_SOFTMAX_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_softmax_forward_f32(float *y, const float *x, size_t outer, size_t classes, size_t inner,
                             bool last_dim);
void mlp_softmax_forward_f64(double *y, const double *x, size_t outer, size_t classes, size_t inner,
                             bool last_dim);

/* dx from dy = dL/dy and the y that forward gave. */
void mlp_softmax_backward_f32(float *dx, const float *dy, const float *y, size_t outer,
                              size_t classes, size_t inner, bool last_dim);
void mlp_softmax_backward_f64(double *dx, const double *dy, const double *y, size_t outer,
                              size_t classes, size_t inner, bool last_dim);

#ifdef __cplusplus
}
#endif

#endif
