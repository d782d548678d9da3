/* Matrix product, in the order of MKL
 *
 *   c[i,j] = sum over p of a[i,p] b[p,j], + bias[j]
 *
 *   c (m, n), a (m, k), b (k, n), bias (n)
 *
 * Which order an element's sum has is decided here: by the routine that PyTorch calls, and in it by
 * sizes and place. The sums themselves are in mkl_sums.c, and how the larger matrices are cut in
 * mkl_order.h.
 */
#include "mlpstep/kernels/mkl.h"
#include "mkl_order.h"
#include "mkl_sums.h"
#include "real.h"
#include "vector/mkl_sums.h"

#include <stdbool.h>
#include <string.h>

/* What PyTorch or MKL computes a product by. */
typedef enum {
    SMALL_BATCH, /* PyTorch's own loop */
    DOT,
    /* Of a vector and a matrix: */
    BY_ROWS,    /* whose rows lie side by side */
    BY_COLUMNS, /* whose columns do */
    /* Of matrices: */
    SINGLE,
    NARROW, /* with AVX2, a few columns */
    SIX,    /* with AVX2, six terms and six columns */
    TILES,
    TILES_LEFT,
    QUARTERS, /* with AVX-512, a few rows of many terms */
    IN_LANES, /* with AVX-512, a few columns */
    CHAINS
} routine;

typedef struct {
    size_t m, n, k;
} sizes;

/* --- which routine --- */

/* Which of two matrices lies transposed. */
typedef enum {
    RIGHT,
    NONE,
    LEFT
} transposed;

static bool is_narrow(sizes s) {
    return s.n <= 3 && s.m * s.n <= 27;
}

static routine of_matrices(mlp_processor processor, sizes s, transposed which) {
    if (processor == MLP_AVX2) {
        if (which == RIGHT && is_narrow(s))
            return NARROW;
        if (which == NONE && s.n == 6 && s.k == 6)
            return SIX;
        return which == LEFT ? TILES_LEFT : TILES;
    }
    if (which == RIGHT && s.m <= 8 && s.k >= 24 * s.m)
        return QUARTERS;
    if (which == RIGHT && (is_narrow(s) || (s.n >= 4 && s.n <= 10 && s.n > s.m && s.n >= s.k)))
        return IN_LANES;
    return CHAINS;
}

/* By what PyTorch calls. */
static routine routine_of(const mlp_mkl_product *p, sizes s) {
    const mlp_processor on = p->processor;
    switch (p->call) {
    case MLP_MKL_LINEAR_OF_VECTOR:
        return BY_ROWS;
    case MLP_MKL_VECTOR_BY_MATRIX:
        return BY_COLUMNS;
    case MLP_MKL_INPUT_GRADIENT_OF_VECTOR:
        return s.n == 1 ? BY_ROWS : BY_COLUMNS;
    case MLP_MKL_LINEAR:
        return s.m == 1 || s.n == 1 ? BY_ROWS : of_matrices(on, s, RIGHT);
    case MLP_MKL_INPUT_GRADIENT:
        return s.n == 1 ? BY_ROWS : s.m == 1 ? BY_COLUMNS : of_matrices(on, s, NONE);
    case MLP_MKL_MATRICES:
        return s.m == 1 ? BY_COLUMNS : s.n == 1 ? BY_ROWS : of_matrices(on, s, NONE);
    case MLP_MKL_WEIGHT_GRADIENT:
        return s.m == 1 || s.n == 1 ? BY_COLUMNS : of_matrices(on, s, LEFT);
    case MLP_MKL_DOT:
        return DOT;
    case MLP_MKL_BATCH:
        return s.m * s.n * s.k < 400  ? SMALL_BATCH
               : s.m == 1 && s.n == 1 ? SINGLE
                                      : of_matrices(on, s, NONE);
    }
    return SINGLE;
}

/* --- which sum --- */

/* How an element is summed: block by block. */
typedef struct {
    mkl_sum *sum;
    size_t (*terms)(size_t left);
} order;

/* Element i of n of a product with a vector. */
static mkl_sum *by_rows(mlp_processor processor, size_t n, size_t i) {
    if (processor == MLP_AVX2)
        return mkl_eight_lanes;
    if (i < n - n % 4)
        return mkl_sixteens;
    return i % 4 == 1 ? mkl_first_and_lanes : mkl_first_and_two_lanes;
}

static mkl_sum *by_columns(mlp_processor processor, size_t n, size_t i) {
    return processor == MLP_AVX512 && i < n - n % WIDE ? mkl_eights : mkl_chain;
}

static mkl_sum *in_narrow(sizes s, size_t i) {
    return s.m % 2 && i == s.m - 1 ? mkl_single_row : i % 2 ? mkl_lower_row : mkl_upper_row;
}

static mkl_sum *in_tile(const mlp_mkl_product *p, size_t i, size_t j) {
    static mkl_sum *const sums[] = {
        [ONE_CHAIN] = mkl_chain, [PAIR] = mkl_pair, [ROUNDED_PAIR] = mkl_rounded_pair};
    return sums[sum_in_tile(i, j, p->c_matrix, (columns){0, p->c_matrix.columns})];
}

/* Element i, j. A product with a vector has one row or one column. */
static order order_of(const mlp_mkl_product *p, sizes s, routine by, size_t i, size_t j) {
    const mlp_processor on = p->processor;
    switch (by) {
    case SMALL_BATCH:
        return (order){mkl_rounded_chain, all_terms};
    case DOT:
        return (order){on == MLP_AVX2 ? mkl_dot_by_8 : mkl_dot_by_16, all_terms};
    case BY_ROWS:
        return (order){by_rows(on, s.m * s.n, i * s.n + j), all_terms};
    case BY_COLUMNS:
        return (order){by_columns(on, s.m * s.n, i * s.n + j), all_terms};
    case SINGLE:
        return (order){mkl_chain, all_terms};
    case NARROW:
        return (order){in_narrow(s, i), all_terms};
    case SIX:
        return (order){i < s.m - s.m % 4 ? mkl_chain : mkl_pair, all_terms};
    case TILES:
        return (order){in_tile(p, i, j), terms_avx2};
    case TILES_LEFT:
        return (order){in_tile(p, i, j), terms_avx2_left};
    case QUARTERS:
        return (order){mkl_quarters, all_terms};
    case IN_LANES:
        return (order){i % 2 ? mkl_sixteen_lanes : mkl_twice_sixteen_lanes, all_terms};
    case CHAINS:
        return (order){mkl_chain, terms_avx512};
    }
    return (order){mkl_chain, all_terms};
}

/* --- the product --- */

/* The bias comes to the first block's sum. Without one a sum that is zero is +0. */
static float element(const mkl_terms *t, size_t k, order o, float bias) {
    float sum = bias;
    mkl_terms at = *t;
    for (size_t count; k > 0; k -= count) {
        count = o.terms(k);
        sum += o.sum(&at, count);
        at.a += count * at.a_step;
        at.b += count * at.b_step;
    }
    return sum;
}

/* c begins as the bias, or 0. */
static void begin(float *c, const mlp_mkl_product *p, sizes s) {
    for (size_t i = 0; i < s.m; i++)
        for (size_t j = 0; j < s.n; j++)
            c[mlp_matrix_place(p->c_matrix, i, j)] = p->bias ? p->bias[j] : 0;
}

/* A vector times a matrix, or the transpose of that. */
static size_t multiply_vector(float *c, const mlp_mkl_product *p, sizes s) {
    const mkl_loops *loops = mkl_loops_here();
    const bool is_row = s.m == 1;
    const mlp_matrix x = is_row ? p->a_matrix : mlp_matrix_transpose(p->b_matrix);
    const mlp_matrix b = is_row ? p->b_matrix : mlp_matrix_transpose(p->a_matrix);
    const mlp_matrix y = is_row ? p->c_matrix : mlp_matrix_transpose(p->c_matrix);
    const bool by_eights = p->processor == MLP_AVX512;
    const vector_product of = {.x = is_row ? p->a : p->b,
                               .b = is_row ? p->b : p->a,
                               .x_step = x.column_stride,
                               .b_step = b.row_stride,
                               .k = s.k,
                               .n = by_eights ? b.columns - b.columns % WIDE : b.columns,
                               .by_eights = by_eights};
    if (!loops || b.column_stride != 1 || y.column_stride != 1)
        return 0;
    begin(c, p, s);
    return loops->multiply(c, &of);
}

static size_t multiply_matrices(float *c, const mlp_mkl_product *p, sizes s, routine by) {
    multiply_function *multiply = multiply_at(mlp_kernel_level());
    const product of = {.c = c,
                        .a = p->a,
                        .b = p->b,
                        .c_matrix = p->c_matrix,
                        .a_matrix = p->a_matrix,
                        .b_matrix = p->b_matrix,
                        .begins = !p->bias,
                        .order = by == TILES        ? &in_tiles
                                 : by == TILES_LEFT ? &in_tiles_left
                                                    : &in_chains};
    if (!multiply)
        return 0;
    if (p->bias)
        begin(c, p, s);
    return multiply(&of) * s.n;
}

/* The first elements, row by row, with the registers of the processor at hand: returns how many
 * these are. */
static size_t multiply_in_vectors(float *c, const mlp_mkl_product *p, sizes s, routine by) {
    switch (by) {
    case BY_COLUMNS:
        return multiply_vector(c, p, s);
    case TILES:
    case TILES_LEFT:
    case CHAINS:
        return multiply_matrices(c, p, s, by);
    default:
        return 0;
    }
}

void mlp_mkl_multiply(float *c, const mlp_mkl_product *p) {
    const sizes s = {p->a_matrix.rows, p->b_matrix.columns, p->a_matrix.columns};
    const routine by = routine_of(p, s);
    const bool is_one_fused =
        p->bias && p->call == MLP_MKL_LINEAR && s.k == 1 && s.m > 1 && s.n > 1;
    for (size_t e = is_one_fused ? 0 : multiply_in_vectors(c, p, s, by); e < s.m * s.n; e++) {
        const size_t i = e / s.n, j = e % s.n;
        const float bias = p->bias ? p->bias[j] : 0;
        const mkl_terms t = {p->a + i * p->a_matrix.row_stride,
                             p->b + j * p->b_matrix.column_stride, p->a_matrix.column_stride,
                             p->b_matrix.row_stride};
        c[mlp_matrix_place(p->c_matrix, i, j)] =
            is_one_fused ? real_fma(*t.a, *t.b, bias)
                         : element(&t, s.k, order_of(p, s, by, i, j), bias);
    }
}
