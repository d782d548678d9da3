/* Numbers along a dimension in order of size, and where they stood.
 * Source: torch.sort, argsort, topk, median, kthvalue.
 *
 * Where several are equal, which of them comes first is decided by the algorithm: PyTorch calls the
 * C++ library's sort, nth_element and partial_sort, which are followed here as GNU's libstdc++ has
 * them. A nan is larger than all other numbers; zeros of both signs are equal. */
#ifndef MLPSTEP_KERNELS_ORDER_H
#define MLPSTEP_KERNELS_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_ordered_type {
    MLP_ORDERED_F32,
    MLP_ORDERED_F64,
    MLP_ORDERED_I64
} mlp_ordered_type;

/* A column of numbers: first, first + stride, ... */
typedef struct mlp_ordering {
    const void *x;
    mlp_ordered_type type;
    size_t first, stride;
    bool descending; /* the largest comes first */
    bool stable;     /* of equal ones the earlier comes first */
} mlp_ordering;

/* Each writes where the numbers of a column stand into places, of n elements: all of them in order;
 * the first k, in order if `sorted`, and the others behind; such that the one at k, counted from 0,
 * is the one that stands there in order. */
void mlp_order_all(const mlp_ordering *o, int64_t *places, size_t n);
void mlp_order_first(const mlp_ordering *o, int64_t *places, size_t n, size_t k, bool sorted);
void mlp_order_nth(const mlp_ordering *o, int64_t *places, size_t n, size_t k);
/* The same by torch.kthvalue's own quickselect, which takes another one of several equal numbers. */
void mlp_order_kth(const mlp_ordering *o, int64_t *places, size_t n, size_t k);

#ifdef __cplusplus
}
#endif

#endif
