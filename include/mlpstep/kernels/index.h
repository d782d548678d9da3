/* Choosing by whole numbers: x[index], x.gather(dim, index), and the way back of the latter.
 * Source: torch.Tensor.__getitem__ with tensors, torch.gather, torch.scatter, torch.scatter_add.
 *
 * A negative index counts from the end, but not in gather; every index is in range: callers check.
 * Forward only moves elements, of `size` bytes whatever they are. */
#ifndef MLPSTEP_KERNELS_INDEX_H
#define MLPSTEP_KERNELS_INDEX_H

#include "mlpstep/kernels/strided.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_INDICES = 3
};

/* x (sizes[0], ..., sizes[count - 1], inner), y (n, inner), index[k] (n). */
typedef struct mlp_indices {
    size_t count;              /* of the dimensions that are chosen from, the first ones of x */
    size_t sizes[MLP_INDICES]; /* theirs */
    const int64_t *index[MLP_INDICES];
    size_t n;     /* how many places are chosen */
    size_t inner; /* the product of the sizes of the other dimensions */
} mlp_indices;

void mlp_index_forward(void *y, const void *x, size_t size, const mlp_indices *at);
/* dx, of all of x, from dy = dL/dy: what is chosen more than once adds up, in order. */
void mlp_index_backward_f32(float *dx, const float *dy, const mlp_indices *at);
void mlp_index_backward_f64(double *dx, const double *dy, const mlp_indices *at);
/* The same of one index, where each row's is divided by how often it was chosen. */
void mlp_index_backward_by_frequency_f32(float *dx, const float *dy, const mlp_indices *at);
void mlp_index_backward_by_frequency_f64(double *dx, const double *dy, const mlp_indices *at);

/* Elements of x, each at its own place along one dimension. All three go through the elements of
 * the same sizes. */
typedef struct mlp_gathered {
    const int64_t *index; /* where along the dimension an element stands, from 0 */
    mlp_strided in_index; /* the place of that number in index, ... */
    mlp_strided in_x;     /* ... of the first element along the dimension in x, ... */
    mlp_strided in_y;     /* ... and of the element in y */
    size_t step;          /* from one element of x to the next along the dimension */
} mlp_gathered;

/* y from x, and x from y, where the last one counts of those for the same place in x. */
void mlp_gather_forward(void *y, const void *x, size_t size, const mlp_gathered *at);
void mlp_scatter_forward(void *x, const void *y, size_t size, const mlp_gathered *at);
/* The same element of `size` bytes for all places in x. */
void mlp_scatter_one(void *x, const void *element, size_t size, const mlp_gathered *at);
/* x += y, one element after the other. */
void mlp_scatter_add_f32(float *x, const float *y, const mlp_gathered *at);
void mlp_scatter_add_f64(double *x, const double *y, const mlp_gathered *at);
void mlp_scatter_add_i64(int64_t *x, const int64_t *y, const mlp_gathered *at);

#ifdef __cplusplus
}
#endif

#endif
