/* What softmax and log_softmax share: the classes of one sample are `classes` numbers, `stride`
 * apart. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_COLUMN_H
#define MLPSTEP_KERNELS_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "elementary.h"

static inline real column_max(const real *x, size_t classes, size_t stride) {
    real max = x[0];
    for (size_t c = 1; c < classes; c++)
        max = x[c * stride] > max ? x[c * stride] : max;
    return max;
}

/* One after another, where a dimension other than the last is summed: there PyTorch's vectors lie
 * across the columns. */
static inline real column_sum_in_order(const real *x, size_t classes, size_t stride) {
    real sum = 0;
    for (size_t c = 0; c < classes; c++)
        sum += x[c * stride];
    return sum;
}

/* exp in column j of `inner`: columns beyond the last full vector of 8 get PyTorch's scalar exp.
 * Along the last dimension its vectors cover everything. */
static inline real column_exp(real x, size_t j, size_t inner, bool last_dim) {
    const bool scalar = !last_dim && j >= inner - inner % 8;
    return scalar ? KERNEL(real_exp_scalar)(x) : KERNEL(real_exp)(x);
}

#endif
