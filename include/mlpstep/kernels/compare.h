/* Comparisons, element by element: y is whether a = b, a < b and so on.
 * Source: torch.eq, ne, lt, le, gt, ge. Arrays hold n elements. b may be NULL: then `number`,
 * rounded to the tensor's type, stands for each of its elements. Nothing equals a nan. */
#ifndef MLPSTEP_KERNELS_COMPARE_H
#define MLPSTEP_KERNELS_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_comparison {
    MLP_EQ,
    MLP_NE,
    MLP_LT,
    MLP_LE,
    MLP_GT,
    MLP_GE
};

void mlp_compare_f32(bool *y, const float *a, const float *b, double number,
                     enum mlp_comparison how, size_t n);
void mlp_compare_f64(bool *y, const double *a, const double *b, double number,
                     enum mlp_comparison how, size_t n);
void mlp_compare_i64(bool *y, const int64_t *a, const int64_t *b, int64_t number,
                     enum mlp_comparison how, size_t n);

#ifdef __cplusplus
}
#endif

#endif
