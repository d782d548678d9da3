/* Addition, subtraction, multiplication and division, element by element.
 * Source: torch.add, sub, rsub, mul, div. All arrays hold n elements; outputs may be inputs.
 *
 * b may be NULL: then `number`, rounded to the tensor's type, stands for each of its elements, as
 * where a script writes x * 0.1. */
#ifndef MLPSTEP_KERNELS_ARITHMETIC_H
#define MLPSTEP_KERNELS_ARITHMETIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* y = a + alpha b, alpha b + a rounded once. */
void mlp_add_forward_f32(float *y, const float *a, const float *b, double number, double alpha,
                         size_t n);
void mlp_add_forward_f64(double *y, const double *a, const double *b, double number, double alpha,
                         size_t n);

/* y = a - b. */
void mlp_sub_forward_f32(float *y, const float *a, const float *b, double number, size_t n);
void mlp_sub_forward_f64(double *y, const double *a, const double *b, double number, size_t n);

/* y = number - x. */
void mlp_rsub_forward_f32(float *y, const float *x, double number, size_t n);
void mlp_rsub_forward_f64(double *y, const double *x, double number, size_t n);

/* y = a b; da and db may be NULL. */
void mlp_mul_forward_f32(float *y, const float *a, const float *b, double number, size_t n);
void mlp_mul_forward_f64(double *y, const double *a, const double *b, double number, size_t n);

void mlp_mul_backward_f32(float *da, float *db, const float *dy, const float *a, const float *b,
                          double number, size_t n);
void mlp_mul_backward_f64(double *da, double *db, const double *dy, const double *a,
                          const double *b, double number, size_t n);

/* y = a / b; da and db may be NULL. */
void mlp_div_forward_f32(float *y, const float *a, const float *b, double number, size_t n);
void mlp_div_forward_f64(double *y, const double *a, const double *b, double number, size_t n);

void mlp_div_backward_f32(float *da, float *db, const float *dy, const float *a, const float *b,
                          double number, size_t n);
void mlp_div_backward_f64(double *da, double *db, const double *dy, const double *a,
                          const double *b, double number, size_t n);

#ifdef __cplusplus
}
#endif

#endif
