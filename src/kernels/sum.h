/* Sums in the orders that PyTorch's CPU kernels use. Floating-point addition is not associative, so
 * the order is part of the result. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_SUM_H
#define MLPSTEP_KERNELS_SUM_H

#include <stddef.h>

#include "mlpstep/kernels/reduced_dims.h"
#include "real.h"

enum {
    SUM_LANES = 32 / sizeof(real), /* of PyTorch's vectors, but where they are wide */
    WIDE_LANES = 2 * SUM_LANES
};

/* Where a sum is long, every 2^power additions, for n in all, empty its lowest level into the next
 * one, so that late terms are not drowned. */
enum {
    CASCADE_LEVELS = 4
};

static inline unsigned cascade_power(size_t n) {
    unsigned log2 = 0;
    while (log2 < 8 * sizeof n - 1 && (size_t)1 << log2 < n)
        log2++;
    return log2 / CASCADE_LEVELS > 4 ? log2 / CASCADE_LEVELS : 4;
}

/* Adds up the first `used` of so many lanes: in float32 all of them by folding the upper half onto
 * the lower; fewer, and those of float64, in order. Overwrites them. */
real KERNEL(fold_lanes)(real *lane, size_t used, size_t lanes);

/* What softmax, log_softmax and their gradients use along the last dimension. */
real KERNEL(lane_sum)(const real *x, size_t n, bool wide);

/* The sum of a[i] b[i] in the same order, for the softmax gradient: the first product of a lane is
 * rounded, the others are added to it by a fused multiply-add, or are rounded as well. */
real KERNEL(lane_dot)(const real *a, const real *b, size_t n, bool wide, bool fused);

/* torch.sum of n values that lie side by side: a whole tensor, or one row of it. */
real KERNEL(sum)(const real *x, size_t n);

/* Of n values that lie so in PyTorch's memory, without gaps; NULL: as they do here. */
real KERNEL(sum_in_memory)(const real *x, size_t n, const mlp_strided *layout);

/* torch.sum over the rows of x (rows, columns); out (columns). */
void KERNEL(column_sum)(real *out, const real *x, size_t rows, size_t columns);

/* torch.sum over the reduced dimensions; out has the others. */
void KERNEL(sum_dims)(real *out, const real *x, const mlp_reduced_dims *dims);
/* out[place] alone. */
real KERNEL(sum_at)(const real *x, const mlp_reduced_dims *dims, size_t place);

/* A sum that grows by one value at a time, as PyTorch adds up NLL losses and their weights. It
 * begins as {0}. */
enum {
    RUNNING_LEVELS = 8
};

typedef struct {
    real level[RUNNING_LEVELS];
} running_sum;

/* Adds value i; values may be left out, but i grows. */
void KERNEL(running_add)(running_sum *sum, real value, size_t i);
real KERNEL(running_total)(const running_sum *sum);

#endif
