/* Matrix product, in the order of MKL
 *
 *   c[i,j] = sum over p of a[i,p] b[p,j], + bias[j]
 *
 *   c (m, n), a (m, k), b (k, n), bias (n)
 *
 * Which order an element's sum has is decided here: by the routine that PyTorch calls, and in it by
 * sizes and place. The orders themselves are in mkl_sums.c.
 */
#include "mlpstep/kernels/mkl.h"
#include "mkl_sums.h"
#include "real.h"

#include <stdbool.h>

enum {
    TILE = 6, /* rows, with AVX2 */
    WIDE = 16 /* columns of a tile; lanes, with AVX-512 */
};

/* How an element is summed: by `sum` in blocks of so many terms, or, 0, all at once. */
typedef struct {
    mkl_sum *sum;
    size_t block;
} order;

/* --- products with vectors: element i of n --- */

/* Where the rows of a matrix lie side by side. */
static order by_rows(mlp_processor processor, size_t n, size_t i) {
    if (processor == MLP_AVX2)
        return (order){mkl_eight_lanes, 0};
    if (i < n - n % 4)
        return (order){mkl_sixteens, 0};
    return (order){i % 4 == 1 ? mkl_first_and_lanes : mkl_first_and_two_lanes, 0};
}

/* Where its columns do. */
static order by_columns(mlp_processor processor, size_t n, size_t i) {
    const bool in_vectors = processor == MLP_AVX512 && i < n - n % WIDE;
    return (order){in_vectors ? mkl_eights : mkl_chain, 0};
}

/* --- products of matrices: element i, j --- */

/* Which of the two lies transposed. */
typedef enum {
    RIGHT,
    NONE,
    LEFT
} transposed;

typedef struct {
    size_t m, n, k;
} sizes;

static order in_tile(sizes s, size_t i, size_t j, size_t block) {
    const size_t height = i < s.m - s.m % TILE ? TILE : s.m % TILE;
    const size_t width = j < s.n - s.n % WIDE ? WIDE : s.n % WIDE;
    if (height <= 2)
        return (order){mkl_rounded_pair, block};
    return (order){height == 3 || width <= WIDE / 2 ? mkl_pair : mkl_chain, block};
}

/* A few columns. */
static bool is_narrow(sizes s) {
    return s.n <= 3 && s.m * s.n <= 27;
}

static order with_avx2(sizes s, transposed which, size_t i, size_t j) {
    const size_t block = which == LEFT ? 96 : 256;
    if (which == RIGHT && is_narrow(s))
        return (order){s.m % 2 && i == s.m - 1 ? mkl_single_row
                       : i % 2                 ? mkl_lower_row
                                               : mkl_upper_row,
                       0};
    if (which == NONE && s.n == 6 && s.k == 6)
        return (order){i < s.m - s.m % 4 ? mkl_chain : mkl_pair, block};
    return in_tile(s, i, j, block);
}

static order with_avx512(sizes s, transposed which, size_t i) {
    if (which != RIGHT)
        return (order){mkl_chain, 384};
    if (s.m <= 8 && s.k >= 24 * s.m)
        return (order){mkl_quarters, 0};
    if (is_narrow(s) || (s.n >= 4 && s.n <= 10 && s.n > s.m && s.n >= s.k))
        return (order){i % 2 ? mkl_sixteen_lanes : mkl_twice_sixteen_lanes, 0};
    return (order){mkl_chain, 384};
}

static order of_matrices(mlp_processor processor, sizes s, transposed which, size_t i, size_t j) {
    return processor == MLP_AVX2 ? with_avx2(s, which, i, j) : with_avx512(s, which, i);
}

/* --- what PyTorch calls --- */

static order order_of(const mlp_mkl_product *p, sizes s, size_t i, size_t j) {
    const mlp_processor on = p->processor;
    switch (p->call) {
    case MLP_MKL_LINEAR_OF_VECTOR:
        return by_rows(on, s.n, j);
    case MLP_MKL_VECTOR_BY_MATRIX:
        return by_columns(on, s.n, j);
    case MLP_MKL_INPUT_GRADIENT_OF_VECTOR:
        return s.n == 1 ? by_rows(on, 1, 0) : by_columns(on, s.n, j);
    case MLP_MKL_LINEAR:
        return s.m == 1   ? by_rows(on, s.n, j)
               : s.n == 1 ? by_rows(on, s.m, i)
                          : of_matrices(on, s, RIGHT, i, j);
    case MLP_MKL_INPUT_GRADIENT:
        return s.n == 1   ? by_rows(on, s.m, i)
               : s.m == 1 ? by_columns(on, s.n, j)
                          : of_matrices(on, s, NONE, i, j);
    case MLP_MKL_MATRICES:
        return s.m == 1   ? by_columns(on, s.n, j)
               : s.n == 1 ? by_rows(on, s.m, i)
                          : of_matrices(on, s, NONE, i, j);
    case MLP_MKL_WEIGHT_GRADIENT:
        return s.n == 1   ? by_columns(on, s.m, i)
               : s.m == 1 ? by_columns(on, s.n, j)
                          : of_matrices(on, s, LEFT, i, j);
    case MLP_MKL_DOT:
        return (order){on == MLP_AVX2 ? mkl_dot_by_8 : mkl_dot_by_16, 0};
    case MLP_MKL_BATCH: /* small ones PyTorch multiplies itself */
        return s.m * s.n * s.k < 400  ? (order){mkl_rounded_chain, 0}
               : s.m == 1 && s.n == 1 ? (order){mkl_chain, 0}
                                      : of_matrices(on, s, NONE, i, j);
    }
    return (order){mkl_chain, 0};
}

/* How many of the terms that are left make the next block. */
static size_t next_block(size_t left, size_t block) {
    if (block == 0 || left <= block)
        return left;
    return left < 2 * block ? (left + 1) / 2 : block;
}

/* The bias comes to the first block's sum. Without one a sum that is zero is +0. */
static float element(const mkl_terms *t, size_t k, order o, float bias) {
    float sum = bias;
    mkl_terms at = *t;
    for (size_t count; k > 0; k -= count) {
        count = next_block(k, o.block);
        sum += o.sum(&at, count);
        at.a += count * at.a_step;
        at.b += count * at.b_step;
    }
    return sum;
}

void mlp_mkl_multiply(float *c, const mlp_mkl_product *p) {
    const sizes s = {p->a_matrix.rows, p->b_matrix.columns, p->a_matrix.columns};
    const bool is_one_fused =
        p->bias && p->call == MLP_MKL_LINEAR && s.k == 1 && s.m > 1 && s.n > 1;
    for (size_t i = 0; i < s.m; i++)
        for (size_t j = 0; j < s.n; j++) {
            const float bias = p->bias ? p->bias[j] : 0;
            const mkl_terms t = {p->a + i * p->a_matrix.row_stride,
                                 p->b + j * p->b_matrix.column_stride, p->a_matrix.column_stride,
                                 p->b_matrix.row_stride};
            c[mlp_matrix_place(p->c_matrix, i, j)] =
                is_one_fused ? real_fma(*t.a, *t.b, bias)
                             : element(&t, s.k, order_of(p, s, i, j), bias);
        }
}
