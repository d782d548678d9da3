/* Softmax over one dimension: y = exp(x) / sum of exp(x).
 * Source: torch.nn.Softmax.
 *
 * x, y, dx, dy    (outer, size, inner) around the dimension, size the number of classes
 *
 * A nan or +inf among the classes makes all of them nan, and so does a column of -inf alone.
 * Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_SOFTMAX_H
#define MLPSTEP_KERNELS_SOFTMAX_H

#include "mlpstep/kernels/dimension.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_softmax_forward_f32(float *y, const float *x, const mlp_dimension *dim);
void mlp_softmax_forward_f64(double *y, const double *x, const mlp_dimension *dim);

/* dx from dy = dL/dy and the y that forward gave. */
void mlp_softmax_backward_f32(float *dx, const float *dy, const float *y, const mlp_dimension *dim);
void mlp_softmax_backward_f64(double *dx, const double *dy, const double *y,
                              const mlp_dimension *dim);

#ifdef __cplusplus
}
#endif

#endif
