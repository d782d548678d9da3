/* Activations of one element by one formula each. Source: torch.nn.functional. All arrays hold n
 * elements. */
#ifndef MLPSTEP_KERNELS_ACTIVATION_H
#define MLPSTEP_KERNELS_ACTIVATION_H

#include "mlpstep/kernels/strided.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_activation_kind {
    MLP_SILU,
    MLP_MISH,
    MLP_SOFTPLUS, /* beta, threshold */
    MLP_LOGSIGMOID,
    MLP_HARDTANH, /* min, max */
    MLP_HARDSIGMOID,
    MLP_HARDSWISH,
    MLP_SOFTSHRINK, /* lambda; 1 where what becomes 0 keeps its sign, and nan is kept, else 0 */
    MLP_HARDSHRINK, /* lambda */
    MLP_THRESHOLD   /* threshold, value */
};

typedef struct mlp_activation {
    enum mlp_activation_kind kind;
    double first, second; /* its parameters, in that order */
} mlp_activation;

void mlp_activation_forward_f32(float *y, const float *x, size_t n, const mlp_activation *of,
                                const mlp_loop *loop);
void mlp_activation_forward_f64(double *y, const double *x, size_t n, const mlp_activation *of,
                                const mlp_loop *loop);

/* dx from dy = dL/dy, of x. */
void mlp_activation_backward_f32(float *dx, const float *dy, const float *x, size_t n,
                                 const mlp_activation *of, const mlp_loop *loop);
void mlp_activation_backward_f64(double *dx, const double *dy, const double *x, size_t n,
                                 const mlp_activation *of, const mlp_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
