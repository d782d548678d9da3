/* GLU over one dimension: its first half, times the sigmoid of its second.
 * Source: torch.nn.GLU.
 *
 * x, dx    (outer, 2 size, inner) around the dimension
 * y, dy    (outer, size, inner); dim->size is half of the dimension
 *
 * Outputs do not overlap inputs. */
#ifndef MLPSTEP_KERNELS_GLU_H
#define MLPSTEP_KERNELS_GLU_H

#include "mlpstep/kernels/dimension.h"
#include "mlpstep/kernels/strided.h"

#ifdef __cplusplus
extern "C" {
#endif

void mlp_glu_forward_f32(float *y, const float *x, const mlp_dimension *dim, const mlp_loop *loop);
void mlp_glu_forward_f64(double *y, const double *x, const mlp_dimension *dim,
                         const mlp_loop *loop);

/* dx from dy = dL/dy, of x. */
void mlp_glu_backward_f32(float *dx, const float *dy, const float *x, const mlp_dimension *dim,
                          const mlp_loop *loop);
void mlp_glu_backward_f64(double *dx, const double *dy, const double *x, const mlp_dimension *dim,
                          const mlp_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
