/* ELU: y = x where x > 0, alpha * (exp(x) - 1) elsewhere.
 * Source: torch.nn.ELU, SELU, CELU. x, y, dx, dy hold n elements; y may be x, dx may be dy. */
#ifndef MLPSTEP_KERNELS_ELU_H
#define MLPSTEP_KERNELS_ELU_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* alpha and scale of SELU. */
#define MLP_SELU_ALPHA 1.6732632423543772848170429916717
#define MLP_SELU_SCALE 1.0507009873554804934193349852946

typedef struct mlp_elu_shape {
    double alpha;            /* of ELU, with scales of 1; of CELU the input scale is 1 / alpha */
    double scale;            /* of the result, of SELU */
    double input_scale;      /* y = scale alpha (exp(input_scale x) - 1) where x <= 0 */
    double input_scale_back; /* the same as PyTorch's backward has it */
    bool inplace;            /* of backward */
    bool is_linear_at_zero;  /* and at -0, whose sign it keeps then, and nan in the tail too */
    bool by_expm1;           /* not by exp(x) - 1, which has another rounding */
} mlp_elu_shape;

void mlp_elu_forward_f32(float *y, const float *x, size_t n, const mlp_elu_shape *of,
                         const mlp_loop *loop);
void mlp_elu_forward_f64(double *y, const double *x, size_t n, const mlp_elu_shape *of,
                         const mlp_loop *loop);

/* dx from dy = dL/dy and the x that forward was given. With inplace by way of y, the result, which
 * is all that PyTorch has left then: the same but for rounding, and right for alpha >= 0 only. */
void mlp_elu_backward_f32(float *dx, const float *dy, const float *x, size_t n,
                          const mlp_elu_shape *of, const mlp_loop *loop);
void mlp_elu_backward_f64(double *dx, const double *dy, const double *x, size_t n,
                          const mlp_elu_shape *of, const mlp_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
