/* How a tensor is divided into sums over some of its dimensions. */
#ifndef MLPSTEP_KERNELS_SUMMED_H
#define MLPSTEP_KERNELS_SUMMED_H

#include "mlpstep/kernels/reduced_dims.h"

static inline size_t element_count(const mlp_reduced_dims *dims) {
    size_t n = 1;
    for (size_t d = 0; d < dims->ndim; d++)
        n *= dims->shape[d];
    return n;
}

/* How many sums there are, and how many elements each of them has. */
static inline size_t sum_count(const mlp_reduced_dims *dims) {
    size_t count = 1;
    for (size_t d = 0; d < dims->ndim; d++)
        count *= dims->reduced[d] ? 1 : dims->shape[d];
    return count;
}

static inline size_t count_in_each(const mlp_reduced_dims *dims) {
    size_t count = 1;
    for (size_t d = 0; d < dims->ndim; d++)
        count *= dims->reduced[d] ? dims->shape[d] : 1;
    return count;
}

/* Which sum element i is part of. */
static inline size_t place_of_sum(size_t i, const mlp_reduced_dims *dims) {
    size_t place = 0, step = 1;
    for (size_t d = dims->ndim; d-- > 0; i /= dims->shape[d])
        if (!dims->reduced[d]) {
            place += i % dims->shape[d] * step;
            step *= dims->shape[d];
        }
    return place;
}

#endif
