/* GELU, x times the probability that a standard normal number is below x. Source:
 * torch.nn.functional.gelu, with approximate='none' and, of the functions with tanh, 'tanh'. All
 * arrays hold n elements. */
#ifndef MLPSTEP_KERNELS_GELU_H
#define MLPSTEP_KERNELS_GELU_H

#include "mlpstep/kernels/strided.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_gelu_form {
    MLP_GELU_ERF,
    MLP_GELU_PIECES, /* forward by the polynomials of later releases */
    MLP_GELU_TANH
} mlp_gelu_form;

void mlp_gelu_forward_f32(float *y, const float *x, size_t n, mlp_gelu_form form,
                          const mlp_loop *loop);
void mlp_gelu_forward_f64(double *y, const double *x, size_t n, mlp_gelu_form form,
                          const mlp_loop *loop);

/* dx from dy = dL/dy. */
void mlp_gelu_backward_f32(float *dx, const float *dy, const float *x, size_t n, mlp_gelu_form form,
                           const mlp_loop *loop);
void mlp_gelu_backward_f64(double *dx, const double *dy, const double *x, size_t n,
                           mlp_gelu_form form, const mlp_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
