/* Sums and means with a product, element by element.
 * Source: torch.addcmul, addcdiv, lerp. All arrays hold n elements; y does not overlap
 * the others. */
#ifndef MLPSTEP_KERNELS_THREE_H
#define MLPSTEP_KERNELS_THREE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mlp_function_of_three {
    MLP_ADDCMUL, /* a + number b c */
    MLP_ADDCDIV, /* a + number b / c */
    MLP_LERP     /* a + c (b - a); c may be NULL: then the number is each of its elements */
};

void mlp_function_of_three_f32(float *y, const float *a, const float *b, const float *c,
                               double number, enum mlp_function_of_three of, size_t n);
void mlp_function_of_three_f64(double *y, const double *a, const double *b, const double *c,
                               double number, enum mlp_function_of_three of, size_t n);

#ifdef __cplusplus
}
#endif

#endif
