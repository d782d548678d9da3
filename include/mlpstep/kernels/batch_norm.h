/* Batch norm: y = (x - mean) / sqrt(variance + eps) weight + bias, for each channel of its own.
 * Source: torch.nn.BatchNorm1d.
 *
 * x, y, dx, dy                               (samples, channels, size)
 * weight, bias, dweight, dbias               (channels); a weight or bias of NULL: 1 and 0
 * mean, squares, variance, rstd, rstd_back   (channels)
 * to, from                                   (channels)
 *
 * No size is 0; outputs do not overlap inputs, but for running_mean and running_var. */
#ifndef MLPSTEP_KERNELS_BATCH_NORM_H
#define MLPSTEP_KERNELS_BATCH_NORM_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_channels {
    size_t samples, channels, size;
    /* In PyTorch's memory x, or, of a backward, x or dy, does not stand one number behind the other:
     * then PyTorch has formulas that round elsewhere. */
    bool scattered;
    /* Where x stands there, or, of a backward, dy, with all its dimensions; NULL: as it is read. */
    const mlp_strided *memory;
} mlp_channels;

/* In training: each channel's mean, and the sum of the squares of what its elements differ from it;
 * and 1 / sqrt(variance + eps), the variance divided by the count of elements. */
void mlp_batch_norm_moments_f32(float *mean, double *squares, const float *x,
                                const mlp_channels *c);
void mlp_batch_norm_moments_f64(double *mean, double *squares, const double *x,
                                const mlp_channels *c);
void mlp_batch_norm_rstd_f32(float *rstd, const double *squares, double eps, const mlp_channels *c);
void mlp_batch_norm_rstd_f64(double *rstd, const double *squares, double eps,
                             const mlp_channels *c);
/* Outside of it: the same of the variance that is kept, as forward and as
 * backward have it. */
void mlp_batch_norm_kept_rstd_f32(float *rstd, float *rstd_back, const float *variance, double eps,
                                  const mlp_channels *c);
void mlp_batch_norm_kept_rstd_f64(double *rstd, double *rstd_back, const double *variance,
                                  double eps, const mlp_channels *c);

void mlp_batch_norm_forward_f32(float *y, const float *x, const float *mean, const float *rstd,
                                const float *weight, const float *bias, const mlp_channels *c);
void mlp_batch_norm_forward_f64(double *y, const double *x, const double *mean, const double *rstd,
                                const double *weight, const double *bias, const mlp_channels *c);

/* In training, and outside of it. */
void mlp_batch_norm_backward_f32(float *dx, const float *dy, const float *x, const float *weight,
                                 const float *mean, const float *rstd, const mlp_channels *c);
void mlp_batch_norm_backward_f64(double *dx, const double *dy, const double *x,
                                 const double *weight, const double *mean, const double *rstd,
                                 const mlp_channels *c);
void mlp_batch_norm_backward_kept_f32(float *dx, const float *dy, const float *weight,
                                      const float *rstd, const mlp_channels *c);
void mlp_batch_norm_backward_kept_f64(double *dx, const double *dy, const double *weight,
                                      const double *rstd, const mlp_channels *c);
/* dweight and dbias, each of which may be NULL. */
void mlp_batch_norm_backward_scale_f32(float *dweight, float *dbias, const float *dy,
                                       const float *x, const float *mean, const float *rstd,
                                       const mlp_channels *c);
void mlp_batch_norm_backward_scale_f64(double *dweight, double *dbias, const double *dy,
                                       const double *x, const double *mean, const double *rstd,
                                       const mlp_channels *c);

/* What training keeps: (1 - momentum) times what there was, and momentum times the mean, or the
 * variance of this batch, divided by the count less 1, so that one element a channel makes it nan.
 * `to` may be `from`. */
void mlp_running_mean_f32(float *to, const float *from, const float *mean, double momentum,
                          const mlp_channels *c);
void mlp_running_mean_f64(double *to, const double *from, const double *mean, double momentum,
                          const mlp_channels *c);
void mlp_running_var_f32(float *to, const float *from, const double *squares, double momentum,
                         const mlp_channels *c);
void mlp_running_var_f64(double *to, const double *from, const double *squares, double momentum,
                         const mlp_channels *c);

#ifdef __cplusplus
}
#endif

#endif
