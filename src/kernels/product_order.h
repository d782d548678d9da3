/* The order in which a product's terms are added: that of OpenBLAS on processors with AVX2, on one
 * thread. It cuts the k terms into blocks, whose sums are added to c one by one. Such a sum is
 *
 *   chain    a chain of fma, p ascending
 *   chains   two of them, or four, which take terms in turns, added in the end two by two; the terms
 *            beyond the last multiple of 8 all go on in the first
 *
 * by where in c the element stands. In float32 the kernel works on tiles, of up to 12 rows and some
 * groups of 8 columns, and where a tile leaves registers free, two of them share an element. Columns
 * are cut into blocks, too, and each is tiled by itself. In float64 it is the last of an odd number
 * of rows that four registers share.
 *
 * Source: OpenBLAS 0.3.21, driver/level3/level3.c (the blocks), and in kernel/x86_64
 * sgemm_kernel_8x4_haswell_2.c and dgemm_kernel_4x8_haswell.S (the tiles). Its matrices lie by
 * columns: what are rows there are columns here.
 *
 * Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_PRODUCT_ORDER_H
#define MLPSTEP_KERNELS_PRODUCT_ORDER_H

#include "mlpstep/kernels/matrix.h"
#include "real.h"
#include "vector/multiply.h"

enum {
    IN_FLOAT = sizeof(real) == sizeof(float),
    BLOCK = IN_FLOAT ? 320 : 256, /* terms, or columns */
    TILE = 12,                    /* rows; of those beyond the full ones SMALL make one */
    HALF = TILE / 2,
    ROUND = IN_FLOAT ? GROUP : SMALL /* a block is a multiple of this */
};

/* How many of the terms, or columns, that are left make the next block. */
static inline size_t block_of(size_t left) {
    if (left >= 2 * (size_t)BLOCK)
        return BLOCK;
    return left > BLOCK ? (left / 2 + ROUND - 1) / ROUND * ROUND : left;
}

/* --- how many chains there are: float32 --- */

/* Where rows are done by twelve. Two registers side by side take six rows each, in steps: the first
 * group of columns begins with the upper six, and in the last one either six are left. */
static inline bool is_pair_in_tile(size_t row, size_t group, size_t groups) {
    if (groups < 2)
        return false;
    if (group == 0)
        return row < HALF;
    return group == groups - 1 && (groups % 2 == 0 ? row < HALF : row >= HALF);
}

/* Where they are not: by four in the first block of columns, by eight, if there are as many, in
 * the others. */
static inline bool is_pair_beyond(size_t row, size_t rows, bool is_first) {
    return row < rows - rows % SMALL && (is_first || rows / SMALL < 2);
}

/* j counts from where the block begins. */
static inline bool is_pair(size_t i, size_t j, size_t m, columns block) {
    const size_t group = j / GROUP, groups = block.count / GROUP, tiled = m - m % TILE;
    if (group >= groups)
        return false;
    return i < tiled ? is_pair_in_tile(i % TILE, group, groups)
                     : is_pair_beyond(i - tiled, m - tiled, block.from == 0);
}

/* --- float64 --- */

/* A matrix of one column lies as well by columns, and then that is its last row. */
static inline bool is_four(size_t i, size_t j, size_t m, size_t n) {
    if (n == 1)
        return i < m - m % SMALL;
    return i == m - 1 && m % 2 == 1 && j < n - n % SMALL;
}

static inline size_t chains_of(size_t i, size_t j, mlp_matrix c, columns block) {
    if (IN_FLOAT)
        return is_pair(i, j, c.rows, block) ? 2 : 1;
    return is_four(i, block.from + j, c.rows, c.columns) ? 4 : 1;
}

/* --- what registers do side by side --- */

static inline sum_order sum_of(size_t i, size_t j, mlp_matrix c, columns block) {
    return chains_of(i, j, c, block) == 2 ? TWO_CHAINS : ONE_CHAIN;
}

/* The rows before any that has four chains. */
static inline size_t rows_without_four(mlp_matrix c) {
    if (IN_FLOAT)
        return c.rows;
    return c.columns == 1 ? 0 : c.rows - c.rows % 2;
}

/* How many rows from that one on have the same sums. */
static inline size_t strip_of(size_t row, mlp_matrix c) {
    const size_t left = rows_without_four(c) - row;
    const size_t most = IN_FLOAT && row >= c.rows - c.rows % TILE ? SMALL : HALF;
    return left < most ? left : most;
}

#endif
