/* Functions of one element: neg, reciprocal, exp, log, sqrt, abs.
 * Source: torch.neg, reciprocal, exp, log, sqrt, abs. All arrays hold n elements; outputs may be
 * inputs. */
#ifndef MLPSTEP_KERNELS_UNARY_H
#define MLPSTEP_KERNELS_UNARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void mlp_neg_forward_f32(float *y, const float *x, size_t n);
void mlp_neg_forward_f64(double *y, const double *x, size_t n);

/* dx from dy = dL/dy, for all of them. */
void mlp_neg_backward_f32(float *dx, const float *dy, size_t n);
void mlp_neg_backward_f64(double *dx, const double *dy, size_t n);

void mlp_reciprocal_forward_f32(float *y, const float *x, size_t n);
void mlp_reciprocal_forward_f64(double *y, const double *x, size_t n);

void mlp_reciprocal_backward_f32(float *dx, const float *dy, const float *y, size_t n);
void mlp_reciprocal_backward_f64(double *dx, const double *dy, const double *y, size_t n);

void mlp_exp_forward_f32(float *y, const float *x, size_t n);
void mlp_exp_forward_f64(double *y, const double *x, size_t n);

void mlp_exp_backward_f32(float *dx, const float *dy, const float *y, size_t n);
void mlp_exp_backward_f64(double *dx, const double *dy, const double *y, size_t n);

void mlp_log_forward_f32(float *y, const float *x, size_t n);
void mlp_log_forward_f64(double *y, const double *x, size_t n);

void mlp_log_backward_f32(float *dx, const float *dy, const float *x, size_t n);
void mlp_log_backward_f64(double *dx, const double *dy, const double *x, size_t n);

void mlp_sqrt_forward_f32(float *y, const float *x, size_t n);
void mlp_sqrt_forward_f64(double *y, const double *x, size_t n);

void mlp_sqrt_backward_f32(float *dx, const float *dy, const float *y, size_t n);
void mlp_sqrt_backward_f64(double *dx, const double *dy, const double *y, size_t n);

void mlp_abs_forward_f32(float *y, const float *x, size_t n);
void mlp_abs_forward_f64(double *y, const double *x, size_t n);

void mlp_abs_backward_f32(float *dx, const float *dy, const float *x, size_t n);
void mlp_abs_backward_f64(double *dx, const double *dy, const double *x, size_t n);

#ifdef __cplusplus
}
#endif

#endif
