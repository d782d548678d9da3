/* PReLU: y = x where x > 0, w x elsewhere, with a slope for each element.
 * Source: torch.nn.PReLU. All arrays hold n elements and do not overlap. */
#ifndef MLPSTEP_KERNELS_PRELU_H
#define MLPSTEP_KERNELS_PRELU_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_prelu_forward_f32(float *y, const float *x, const float *w, size_t n);
void mlp_prelu_forward_f64(double *y, const double *x, const double *w, size_t n);

/* dx and dw from dy = dL/dy; NULL where it is not wanted. */
void mlp_prelu_backward_f32(float *dx, float *dw, const float *dy, const float *x, const float *w,
                            size_t n);
void mlp_prelu_backward_f64(double *dx, double *dw, const double *dy, const double *x,
                            const double *w, size_t n);

#ifdef __cplusplus
}
#endif

#endif
