/* Functions of one element of float32, each result the float32 nearest to the exact one: what stands
 * for those of MKL's vector library, whose algorithm is not public, and which is nearly always as
 * near. Source: torch.exp, log, tanh and the others below. Outputs may be inputs. */
#ifndef MLPSTEP_KERNELS_ROUNDED_H
#define MLPSTEP_KERNELS_ROUNDED_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_rounded {
    MLP_ROUNDED_EXP,
    MLP_ROUNDED_LOG,
    MLP_ROUNDED_LOG10,
    MLP_ROUNDED_LOG2,
    MLP_ROUNDED_TANH,
    MLP_ROUNDED_ERF,
    MLP_ROUNDED_ERFINV,
    MLP_ROUNDED_SIN,
    MLP_ROUNDED_COS,
    MLP_ROUNDED_TAN,
    MLP_ROUNDED_ASIN,
    MLP_ROUNDED_ACOS,
    MLP_ROUNDED_ATAN
};

/* y = f(x), n elements. */
void mlp_rounded_forward(float *y, const float *x, enum mlp_rounded of, size_t n);

#ifdef __cplusplus
}
#endif

#endif
