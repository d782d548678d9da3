/* Dropout in training: each element is kept with probability 1 - p and then divided by 1 - p, so
 * that its expected value stays what it was.
 * Source: torch.nn.Dropout.
 *
 * mask holds 1 for an element that is kept, 0 for one that is dropped; p is in [0, 1]. With p = 1
 * nothing is kept, whatever the mask says. A dropped element is multiplied by zero, not replaced by
 * it: a negative one becomes -0, an infinite one nan.
 * x, y, dx, dy, mask hold n elements; y may be x, dx may be dy. */
#ifndef MLPSTEP_KERNELS_DROPOUT_H
#define MLPSTEP_KERNELS_DROPOUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_dropout_forward_f32(float *y, const float *x, const int64_t *mask, size_t n, double p);
void mlp_dropout_forward_f64(double *y, const double *x, const int64_t *mask, size_t n, double p);

void mlp_dropout_backward_f32(float *dx, const float *dy, const int64_t *mask, size_t n, double p);
void mlp_dropout_backward_f64(double *dx, const double *dy, const int64_t *mask, size_t n,
                              double p);

#ifdef __cplusplus
}
#endif

#endif
