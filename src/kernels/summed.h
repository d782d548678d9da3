/* Where the sum stands that an element is part of. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_SUMMED_H
#define MLPSTEP_KERNELS_SUMMED_H

#include <stdbool.h>
#include <stddef.h>

static inline size_t element_count(size_t ndim, const size_t *shape) {
    size_t n = 1;
    for (size_t d = 0; d < ndim; d++)
        n *= shape[d];
    return n;
}

/* Of element i of a tensor, whose dimensions d with reduced[d] are summed over. */
static inline size_t place_of_sum(size_t i, size_t ndim, const size_t *shape, const bool *reduced) {
    size_t place = 0, step = 1;
    for (size_t d = ndim; d-- > 0; i /= shape[d])
        if (!reduced[d]) {
            place += i % shape[d] * step;
            step *= shape[d];
        }
    return place;
}

#endif
