/* A number times the logarithm of another, element by element: y = a log(b), 0 where a = 0.
 * Source: torch.xlogy. All arrays hold n elements and do not overlap. */
#ifndef MLPSTEP_KERNELS_XLOGY_H
#define MLPSTEP_KERNELS_XLOGY_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_xlogy_forward_f32(float *y, const float *a, const float *b, size_t n);
void mlp_xlogy_forward_f64(double *y, const double *a, const double *b, size_t n);

/* da and db from dy = dL/dy; NULL where it is not wanted. */
void mlp_xlogy_backward_f32(float *da, float *db, const float *dy, const float *a, const float *b,
                            size_t n);
void mlp_xlogy_backward_f64(double *da, double *db, const double *dy, const double *a,
                            const double *b, size_t n);

#ifdef __cplusplus
}
#endif

#endif
