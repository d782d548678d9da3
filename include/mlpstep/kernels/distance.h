/* Distances of points: a (n, k) and b (m, k) to y (n, m).
 * Source: torch.cdist, where it computes each by itself. Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_DISTANCE_H
#define MLPSTEP_KERNELS_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_points {
    size_t n, m, k;
    bool squared; /* the root of the sum of squares; else the sum of sizes */
} mlp_points;

void mlp_distance_forward_f32(float *y, const float *a, const float *b, const mlp_points *points);
void mlp_distance_forward_f64(double *y, const double *a, const double *b,
                              const mlp_points *points);

/* dx (n, k) of a, or (m, k) of b, from dy (n, m) and the result y. */
void mlp_distance_backward_f32(float *dx, const float *dy, const float *y, const float *a,
                               const float *b, const mlp_points *points, bool of_b);
void mlp_distance_backward_f64(double *dx, const double *dy, const double *y, const double *a,
                               const double *b, const mlp_points *points, bool of_b);

#ifdef __cplusplus
}
#endif

#endif
