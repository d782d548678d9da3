/* ELU: y = x where x > 0, alpha * (exp(x) - 1) elsewhere.
 * Source: torch.nn.ELU. x, y, dx, dy hold n elements; y may be x, dx may be dy. */
#ifndef MLPSTEP_KERNELS_ELU_H
#define MLPSTEP_KERNELS_ELU_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_elu_forward_f32(float *y, const float *x, size_t n, double alpha);
void mlp_elu_forward_f64(double *y, const double *x, size_t n, double alpha);

/* dx from dy = dL/dy and the x that forward was given. With inplace by way of y, the result, which
 * is all that PyTorch has left then: the same but for rounding, and right for alpha >= 0 only. */
void mlp_elu_backward_f32(float *dx, const float *dy, const float *x, size_t n, double alpha,
                          bool inplace);
void mlp_elu_backward_f64(double *dx, const double *dy, const double *x, size_t n, double alpha,
                          bool inplace);

#ifdef __cplusplus
}
#endif

#endif
