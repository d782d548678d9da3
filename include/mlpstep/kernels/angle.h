/* The inverses of the circle's functions, and those of the hyperbola, of one element.
 * Source: torch.asin, acos, atan, sinh, cosh, asinh, acosh, atanh, logit. All arrays hold n elements,
 * which stand one behind the other in PyTorch's memory: see is_in_vector of src/kernels/real.h. */
#ifndef MLPSTEP_KERNELS_ANGLE_H
#define MLPSTEP_KERNELS_ANGLE_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_angle {
    MLP_ASIN,
    MLP_ACOS,
    MLP_ATAN,
    MLP_SINH,
    MLP_COSH,
    MLP_ASINH,
    MLP_ACOSH,
    MLP_ATANH
};

void mlp_angle_forward_f32(float *y, const float *x, enum mlp_angle of, size_t n,
                           const mlp_loop *loop);
void mlp_angle_forward_f64(double *y, const double *x, enum mlp_angle of, size_t n,
                           const mlp_loop *loop);

/* log(x / (1 - x)), with has_eps of the x in [eps, 1 - eps] that is nearest. `nearest`: the log is
 * that of rounded.h, in float32. */
void mlp_logit_forward_f32(float *y, const float *x, bool has_eps, double eps, size_t n,
                           const mlp_loop *loop, bool nearest);
void mlp_logit_forward_f64(double *y, const double *x, bool has_eps, double eps, size_t n,
                           const mlp_loop *loop, bool nearest);
/* dx from dy = dL/dy. */
void mlp_logit_backward_f32(float *dx, const float *dy, const float *x, bool has_eps, double eps,
                            size_t n, const mlp_loop *loop);
void mlp_logit_backward_f64(double *dx, const double *dy, const double *x, bool has_eps, double eps,
                            size_t n, const mlp_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
