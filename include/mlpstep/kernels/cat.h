/* Tensors one behind the other along a dimension: a part x (outer, part) fills the bytes from `at`
 * on of each row of y (outer, whole). All sizes are in bytes. Source: torch.cat. */
#ifndef MLPSTEP_KERNELS_CAT_H
#define MLPSTEP_KERNELS_CAT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What other parts fill of y stays. */
void mlp_cat_forward(void *y, const void *x, size_t outer, size_t part, size_t at, size_t whole);
void mlp_cat_backward(void *dx, const void *dy, size_t outer, size_t part, size_t at, size_t whole);

#ifdef __cplusplus
}
#endif

#endif
