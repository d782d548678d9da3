/* What softmax and log_softmax share: the numbers along the dimension, a column, and the orders in
 * which PyTorch goes over them. It has two loops. Along the last dimension its vectors lie in the
 * column: sums are added in lanes, and a division by one number is a product with its reciprocal.
 * Along any other its vectors lie across the columns: sums are added one after another, and columns
 * beyond the last full vector get the scalar exp. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_COLUMN_H
#define MLPSTEP_KERNELS_COLUMN_H

#include "elementary.h"
#include "mlpstep/kernels/dimension.h"
#include "sum.h"
#include "vector/elements.h"

/* The places k = first, first + stride, ... below end. */
typedef struct {
    size_t first, end, stride, size;
    bool last_dim, wide;
    bool scalar_exp;
} column;

/* None where the columns hold nothing. */
static inline size_t column_count(const mlp_dimension *dim) {
    return dim->size ? dim->outer * dim->inner : 0;
}

static inline column column_at(const mlp_dimension *dim, size_t i) {
    const size_t vector = (dim->wide ? 64 : 32) / sizeof(real), j = i % dim->inner;
    const size_t first = i / dim->inner * dim->size * dim->inner + j;
    return (column){.first = first,
                    .end = first + dim->size * dim->inner,
                    .stride = dim->inner,
                    .size = dim->size,
                    .last_dim = dim->last_dim,
                    .wide = dim->wide,
                    .scalar_exp = !dim->last_dim && j >= dim->inner - dim->inner % vector};
}

static inline real column_max(const real *x, column c) {
    real max = x[c.first];
    for (size_t k = c.first; k < c.end; k += c.stride)
        max = x[k] > max ? x[k] : max;
    return max;
}

/* y = exp(x - max) */
static inline void column_exp(real *y, const real *x, real max, column c) {
    const bool in_vectors = c.stride == 1 && !c.scalar_exp;
    const size_t done =
        in_vectors ? exp_of_difference_in_vectors(y + c.first, x + c.first, max, c.size) : 0;
    for (size_t k = c.first + done * c.stride; k < c.end; k += c.stride)
        y[k] = c.scalar_exp ? KERNEL(real_exp_scalar)(x[k] - max) : KERNEL(real_exp)(x[k] - max);
}

static inline real column_total(const real *x, column c) {
    if (c.last_dim)
        return KERNEL(lane_sum)(x + c.first, c.size, c.wide);
    real sum = 0;
    for (size_t k = c.first; k < c.end; k += c.stride)
        sum += x[k];
    return sum;
}

/* The sum of a b; along the last dimension every product may be rounded. */
static inline real column_dot(const real *a, const real *b, column c, bool rounds) {
    if (c.last_dim)
        return KERNEL(lane_dot)(a + c.first, b + c.first, c.size, c.wide, !rounds);
    real sum = 0;
    for (size_t k = c.first; k < c.end; k += c.stride)
        sum = real_fma(a[k], b[k], sum);
    return sum;
}

/* y = y / divisor */
static inline void column_divide(real *y, real divisor, column c) {
    const real reciprocal = 1 / divisor;
    for (size_t k = c.first; k < c.end; k += c.stride)
        y[k] = c.last_dim ? y[k] * reciprocal : y[k] / divisor;
}

#endif
