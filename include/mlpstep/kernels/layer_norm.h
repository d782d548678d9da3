/* Layer norm: y = (x - mean) / sqrt(variance + eps) weight + bias, in each row of its own.
 * Source: torch.nn.LayerNorm.
 *
 * x, y, dx, dy     (rows, n)
 * weight, bias     (n), dweight and dbias likewise; NULL: 1 and 0
 * mean, rstd       (rows); rstd = 1 / sqrt(variance + eps), the variance divided by n
 *
 * n is not 0; outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_LAYER_NORM_H
#define MLPSTEP_KERNELS_LAYER_NORM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_norm_rows {
    size_t rows, n;
    double eps;
} mlp_norm_rows;

void mlp_layer_norm_forward_f32(float *y, float *mean, float *rstd, const float *x,
                                const float *weight, const float *bias, const mlp_norm_rows *of);
void mlp_layer_norm_forward_f64(double *y, double *mean, double *rstd, const double *x,
                                const double *weight, const double *bias, const mlp_norm_rows *of);

void mlp_layer_norm_backward_f32(float *dx, const float *dy, const float *x, const float *weight,
                                 const float *mean, const float *rstd, const mlp_norm_rows *of);
void mlp_layer_norm_backward_f64(double *dx, const double *dy, const double *x,
                                 const double *weight, const double *mean, const double *rstd,
                                 const mlp_norm_rows *of);

/* dweight and dbias, each of which may be NULL. */
void mlp_layer_norm_backward_scale_f32(float *dweight, float *dbias, const float *dy,
                                       const float *x, const float *mean, const float *rstd,
                                       const mlp_norm_rows *of);
void mlp_layer_norm_backward_scale_f64(double *dweight, double *dbias, const double *dy,
                                       const double *x, const double *mean, const double *rstd,
                                       const mlp_norm_rows *of);

#ifdef __cplusplus
}
#endif

#endif
