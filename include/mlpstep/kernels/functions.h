/* Functions of one element that are not in unary.h.
 * Source: torch.sin, cos, tan, log1p, log10, log2, expm1, exp2, erf, erfinv, rsqrt, sign, floor, ceil,
 * trunc, frac, round. All arrays hold n elements; outputs may be inputs, but y must not be x. */
#ifndef MLPSTEP_KERNELS_FUNCTIONS_H
#define MLPSTEP_KERNELS_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_function {
    MLP_SIN,
    MLP_COS,
    MLP_TAN,
    MLP_LOG1P,
    MLP_LOG10,
    MLP_LOG2,
    MLP_EXPM1,
    MLP_EXP2,
    MLP_ERF,
    MLP_ERFINV,
    MLP_RSQRT,
    MLP_SIGN,
    MLP_FLOOR,
    MLP_CEIL,
    MLP_TRUNC,
    MLP_FRAC,
    MLP_ROUND /* to the nearest whole number, of two the even one */
};

void mlp_function_forward_f32(float *y, const float *x, enum mlp_function of, size_t n);
void mlp_function_forward_f64(double *y, const double *x, enum mlp_function of, size_t n);

/* dx from dy = dL/dy, of x and the result y: not of tan, exp2 and frac. */
void mlp_function_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                               enum mlp_function of, size_t n);
void mlp_function_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                               enum mlp_function of, size_t n);

/* Rounded to so many decimals, or to tens, hundreds, ... where they are negative. */
void mlp_round_decimals_f32(float *y, const float *x, double decimals, size_t n);
void mlp_round_decimals_f64(double *y, const double *x, double decimals, size_t n);

#ifdef __cplusplus
}
#endif

#endif
