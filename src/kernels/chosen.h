/* Where index and gather find an element. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_CHOSEN_H
#define MLPSTEP_KERNELS_CHOSEN_H

#include "mlpstep/kernels/index.h"

static inline size_t counted_from_end(int64_t index, size_t size) {
    return (size_t)(index < 0 ? index + (int64_t)size : index);
}

/* The row of x, of `inner` elements, that row i of y is. */
static inline size_t chosen_row(const mlp_indices *at, size_t i) {
    size_t row = 0;
    for (size_t k = 0; k < at->count; k++)
        row = row * at->sizes[k] + counted_from_end(at->index[k][i], at->sizes[k]);
    return row;
}

/* The place in x of element i. */
static inline size_t gathered_place(const mlp_gathered *at, size_t i) {
    const int64_t index = at->index[mlp_strided_place(&at->in_index, i)];
    return mlp_strided_place(&at->in_x, i) + (size_t)index * at->step;
}

#endif
