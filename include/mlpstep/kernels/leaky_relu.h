/* LeakyReLU: y = x where x > 0, negative_slope * x elsewhere.
 * Source: torch.nn.LeakyReLU. x, y, dx, dy hold n elements; y may be x, dx may be dy. */
#ifndef MLPSTEP_KERNELS_LEAKY_RELU_H
#define MLPSTEP_KERNELS_LEAKY_RELU_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_leaky_relu_forward_f32(float *y, const float *x, size_t n, double negative_slope);
void mlp_leaky_relu_forward_f64(double *y, const double *x, size_t n, double negative_slope);

/* dx from dy = dL/dy and the x that forward was given. */
void mlp_leaky_relu_backward_f32(float *dx, const float *dy, const float *x, size_t n,
                                 double negative_slope);
void mlp_leaky_relu_backward_f64(double *dx, const double *dy, const double *x, size_t n,
                                 double negative_slope);

#ifdef __cplusplus
}
#endif

#endif
