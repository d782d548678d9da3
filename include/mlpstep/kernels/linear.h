/* Linear: y = x weight^T + bias.
 * Source: torch.nn.Linear.
 *
 * x, dx     (batch, in_features)             several leading dimensions count as one batch,
 * y, dy     (batch, out_features)            a vector as a batch of 1
 * weight    (out_features, in_features), dweight likewise
 * bias      (out_features), dbias likewise; a bias of NULL is none
 *
 * Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_LINEAR_H
#define MLPSTEP_KERNELS_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_linear_sizes {
    size_t batch;        /* rows of x */
    size_t in_features;  /* numbers in a row of x */
    size_t out_features; /* numbers in a row of y */
    /* Whether they lie column by column in PyTorch's memory, where so do their gradients: the order
     * of the sums depends on that (matmul.h). */
    bool x_by_columns, weight_by_columns;
} mlp_linear_sizes;

/* The sums are added to the bias, as torch.addmm does it. */
void mlp_linear_forward_f32(float *y, const float *x, const float *weight, const float *bias,
                            const mlp_linear_sizes *sizes);
void mlp_linear_forward_f64(double *y, const double *x, const double *weight, const double *bias,
                            const mlp_linear_sizes *sizes);

/* Each of dx, dweight and dbias may be NULL, if it is not wanted; then so may what only it needs:
 * weight for dx, x for dweight.
 *
 * dbias is a sum over the batch, and 0 + -0 is 0. For an x without a batch dimension PyTorch sums
 * nothing: the gradient of bias is dy as it stands, a -0 included, and is the caller's to copy. */
void mlp_linear_backward_f32(float *dx, float *dweight, float *dbias, const float *dy,
                             const float *x, const float *weight, const mlp_linear_sizes *sizes);
void mlp_linear_backward_f64(double *dx, double *dweight, double *dbias, const double *dy,
                             const double *x, const double *weight, const mlp_linear_sizes *sizes);

#ifdef __cplusplus
}
#endif

#endif
