/* Powers, element by element: y = base ^ exponent.
 * Source: torch.pow. All arrays hold n elements and do not overlap. */
#ifndef MLPSTEP_KERNELS_POW_H
#define MLPSTEP_KERNELS_POW_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* exponent may be NULL: then it is `number` throughout, which PyTorch computes in another way
 * where it is 0, 0.5, 1, 2, 3, -0.5, -1 or -2. */
void mlp_pow_forward_f32(float *y, const float *base, const float *exponent, double number,
                         size_t n, const mlp_loop *loop);
void mlp_pow_forward_f64(double *y, const double *base, const double *exponent, double number,
                         size_t n, const mlp_loop *loop);

/* dbase; exponent may be NULL here, too. */
void mlp_pow_backward_base_f32(float *dbase, const float *dy, const float *base,
                               const float *exponent, double number, size_t n,
                               const mlp_loop *loop);
void mlp_pow_backward_base_f64(double *dbase, const double *dy, const double *base,
                               const double *exponent, double number, size_t n,
                               const mlp_loop *loop);
/* dexponent, of an exponent that is not NULL. `nearest`: the log is that of rounded.h, in float32;
 * so it is below. */
void mlp_pow_backward_exponent_f32(float *dexponent, const float *dy, const float *base,
                                   const float *exponent, const float *y, size_t n, bool nearest);
void mlp_pow_backward_exponent_f64(double *dexponent, const double *dy, const double *base,
                                   const double *exponent, const double *y, size_t n, bool nearest);

/* One number to the power of each element: 2 ** x. */
void mlp_rpow_forward_f32(float *y, double base, const float *exponent, size_t n,
                          const mlp_loop *loop);
void mlp_rpow_forward_f64(double *y, double base, const double *exponent, size_t n,
                          const mlp_loop *loop);

void mlp_rpow_backward_f32(float *dexponent, const float *dy, double base, const float *exponent,
                           const float *y, size_t n, bool nearest);
void mlp_rpow_backward_f64(double *dexponent, const double *dy, double base, const double *exponent,
                           const double *y, size_t n, bool nearest);

#ifdef __cplusplus
}
#endif

#endif
