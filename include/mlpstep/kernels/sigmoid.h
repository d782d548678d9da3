/* Sigmoid: y = 1 / (1 + exp(-x)).
 * Source: torch.nn.Sigmoid. x, y, dx, dy hold n elements; y may be x, dx may be dy or y. */
#ifndef MLPSTEP_KERNELS_SIGMOID_H
#define MLPSTEP_KERNELS_SIGMOID_H

#include "mlpstep/kernels/strided.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_sigmoid_forward_f32(float *y, const float *x, size_t n, const mlp_loop *loop);
void mlp_sigmoid_forward_f64(double *y, const double *x, size_t n, const mlp_loop *loop);

/* dx from dy = dL/dy and the y that forward gave. */
void mlp_sigmoid_backward_f32(float *dx, const float *dy, const float *y, size_t n);
void mlp_sigmoid_backward_f64(double *dx, const double *dy, const double *y, size_t n);

#ifdef __cplusplus
}
#endif

#endif
