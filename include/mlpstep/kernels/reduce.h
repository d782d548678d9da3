/* Sums, means and extremes over some dimensions of a tensor.
 * Source: torch.sum, mean, var, std, max, min, argmax, argmin. */
#ifndef MLPSTEP_KERNELS_REDUCE_H
#define MLPSTEP_KERNELS_REDUCE_H

#include <stddef.h>
#include <stdint.h>

#include "mlpstep/kernels/dimension.h"
#include "mlpstep/kernels/reduced_dims.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The sum over the reduced dimensions, in PyTorch's order. y has the other dimensions. */
void mlp_sum_forward_f32(float *y, const float *x, const mlp_reduced_dims *dims);
void mlp_sum_forward_f64(double *y, const double *x, const mlp_reduced_dims *dims);

/* The same divided by the number of elements in each sum. */
void mlp_mean_forward_f32(float *y, const float *x, const mlp_reduced_dims *dims);
void mlp_mean_forward_f64(double *y, const double *x, const mlp_reduced_dims *dims);
/* The same, corrected element by element, in double, and rounded: beside a variance.
 * Source: torch.var_mean. */
void mlp_running_mean_of_f32(float *y, const float *x, const mlp_reduced_dims *dims);
void mlp_running_mean_of_f64(double *y, const double *x, const mlp_reduced_dims *dims);

/* dx from dy = dL/dy: each element has that of its sum, divided by `count`: 1 for a sum, the
 * number of elements in each for a mean. */
void mlp_sum_backward_f32(float *dx, const float *dy, const mlp_reduced_dims *dims, size_t count);
void mlp_sum_backward_f64(double *dx, const double *dy, const mlp_reduced_dims *dims, size_t count);

/* The variance over the reduced dimensions, the sum of squared distances from the mean divided by
 * count - correction: computed in double and rounded. mean is that of mlp_mean_forward. */
void mlp_var_forward_f32(float *y, const float *x, const float *mean, const mlp_reduced_dims *dims,
                         int64_t correction);
void mlp_var_forward_f64(double *y, const double *x, const double *mean,
                         const mlp_reduced_dims *dims, int64_t correction);

void mlp_var_backward_f32(float *dx, const float *dy, const float *x, const float *mean,
                          const mlp_reduced_dims *dims, int64_t correction);
void mlp_var_backward_f64(double *dx, const double *dy, const double *x, const double *mean,
                          const mlp_reduced_dims *dims, int64_t correction);

/* The standard deviation, the root of that. */
void mlp_std_forward_f32(float *y, const float *x, const float *mean, const mlp_reduced_dims *dims,
                         int64_t correction);
void mlp_std_forward_f64(double *y, const double *x, const double *mean,
                         const mlp_reduced_dims *dims, int64_t correction);

void mlp_std_backward_f32(float *dx, const float *dy, const float *x, const float *mean,
                          const float *y, const mlp_reduced_dims *dims, int64_t correction);
void mlp_std_backward_f64(double *dx, const double *dy, const double *x, const double *mean,
                          const double *y, const mlp_reduced_dims *dims, int64_t correction);

/* The largest (sign 1) or smallest (sign -1) of x (outer, size, inner) along the middle, and
 * where it first stands: y and index (outer, inner). Either may be NULL. A nan is both the
 * largest and the smallest. size is not 0. */
void mlp_extreme_forward_f32(float *y, int64_t *index, const float *x, const mlp_dimension *dim,
                             double sign);
void mlp_extreme_forward_f64(double *y, int64_t *index, const double *x, const mlp_dimension *dim,
                             double sign);

void mlp_extreme_backward_f32(float *dx, const float *dy, const int64_t *index,
                              const mlp_dimension *dim);
void mlp_extreme_backward_f64(double *dx, const double *dy, const int64_t *index,
                              const mlp_dimension *dim);

/* dx where y is the extreme of all n elements: shared evenly between those that equal it. */
void mlp_extreme_of_all_backward_f32(float *dx, const float *dy, const float *x, const float *y,
                                     size_t n);
void mlp_extreme_of_all_backward_f64(double *dx, const double *dy, const double *x, const double *y,
                                     size_t n);

#ifdef __cplusplus
}
#endif

#endif
