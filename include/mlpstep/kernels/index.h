/* Choosing by whole numbers: x[index] and x.gather(dim, index).
 * Source: torch.Tensor.__getitem__ with tensors, torch.gather.
 *
 * A negative index counts from the end, but not in gather; every index is in range: callers check.
 * Forward only moves elements, of `size` bytes whatever they are. */
#ifndef MLPSTEP_KERNELS_INDEX_H
#define MLPSTEP_KERNELS_INDEX_H

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

/* x (outer, from, inner), y and index (outer, to, inner). */
typedef struct mlp_gathered {
    const int64_t *index; /* where along the dimension to take an element from */
    size_t outer, inner;  /* the products of the sizes before and after the dimension */
    size_t from, to;      /* the size of the dimension in x, and in y and index */
} mlp_gathered;

/* y[o, c, i] = x[o, index[o, c, i], i]. */
void mlp_gather_forward(void *y, const void *x, size_t size, const mlp_gathered *at);
void mlp_gather_backward_f32(float *dx, const float *dy, const mlp_gathered *at);
void mlp_gather_backward_f64(double *dx, const double *dy, const mlp_gathered *at);

#ifdef __cplusplus
}
#endif

#endif
