/* Tanh: y = tanh(x).
 * Source: torch.nn.Tanh. x, y, dx, dy hold n elements; y may be x, dx may be dy or y. */
#ifndef MLPSTEP_KERNELS_TANH_H
#define MLPSTEP_KERNELS_TANH_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_tanh_forward_f32(float *y, const float *x, size_t n);
void mlp_tanh_forward_f64(double *y, const double *x, size_t n);

/* dx from dy = dL/dy and the y that forward gave. */
void mlp_tanh_backward_f32(float *dx, const float *dy, const float *y, size_t n);
void mlp_tanh_backward_f64(double *dx, const double *dy, const double *y, size_t n);

#ifdef __cplusplus
}
#endif

#endif
