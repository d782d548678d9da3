/* One of two tensors, by a mask.
 * Source: torch.where, torch.Tensor.masked_fill.
 *
 * Arrays hold n elements of `size` bytes, whatever they are; y may be a or b. */
#ifndef MLPSTEP_KERNELS_CHOOSE_H
#define MLPSTEP_KERNELS_CHOOSE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* y = a where the mask is true, b elsewhere. */
void mlp_choose_forward(void *y, const bool *mask, const void *a, const void *b, size_t size,
                        size_t n);
/* dx = dy where the mask is `chosen`, 0 elsewhere: da with true, db with false. */
void mlp_choose_backward(void *dx, const bool *mask, bool chosen, const void *dy, size_t size,
                         size_t n);

#ifdef __cplusplus
}
#endif

#endif
