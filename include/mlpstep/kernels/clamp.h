/* Limits: clamp to a range, and the larger or smaller of two.
 * Source: torch.clamp, maximum, minimum. All arrays hold n elements; outputs may be inputs. A nan
 * passes. */
#ifndef MLPSTEP_KERNELS_CLAMP_H
#define MLPSTEP_KERNELS_CLAMP_H

#include "mlpstep/kernels/strided.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_clamp_limits {
    bool has_min, has_max; /* whether there is such a limit: false for a script's None */
    double min, max;       /* read where there is one, and rounded to the tensor's type */
} mlp_clamp_limits;

/* y = x, but at least min and at most max. As PyTorch has it, a limit of nan changes nothing where
 * it is the only one, makes all of y nan where there are two, and lets no gradient pass. */
void mlp_clamp_forward_f32(float *y, const float *x, const mlp_clamp_limits *limits, size_t n);
void mlp_clamp_forward_f64(double *y, const double *x, const mlp_clamp_limits *limits, size_t n);

void mlp_clamp_backward_f32(float *dx, const float *dy, const float *x,
                            const mlp_clamp_limits *limits, size_t n);
void mlp_clamp_backward_f64(double *dx, const double *dy, const double *x,
                            const mlp_clamp_limits *limits, size_t n);

/* sign 1: the larger of a and b. sign -1: the smaller. da and db may be NULL. */
void mlp_maximum_forward_f32(float *y, const float *a, const float *b, double sign, size_t n,
                             const mlp_loop *loop);
void mlp_maximum_forward_f64(double *y, const double *a, const double *b, double sign, size_t n,
                             const mlp_loop *loop);

void mlp_maximum_backward_f32(float *da, float *db, const float *dy, const float *a, const float *b,
                              double sign, size_t n);
void mlp_maximum_backward_f64(double *da, double *db, const double *dy, const double *a,
                              const double *b, double sign, size_t n);

#ifdef __cplusplus
}
#endif

#endif
