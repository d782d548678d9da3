/* The orders in which MKL multiplies matrices that are not narrow: how it cuts the k terms into
 * blocks, each of which is summed by itself, and which sum a block has in which element. Private to
 * src/kernels. */
#ifndef MLPSTEP_KERNELS_MKL_ORDER_H
#define MLPSTEP_KERNELS_MKL_ORDER_H

#include "mlpstep/kernels/matrix.h"
#include "vector/multiply.h"

enum {
    TILE = 6,           /* rows, with AVX2 */
    WIDE = 16,          /* columns of a tile, where the matrix has up to FEW_ROWS ... */
    WIDER = 24,         /* ... and where it has more, as one with 100 showed */
    FEW_ROWS = 32,      /* the most that were measured */
    MOST_COLUMNS = 320, /* that are worked on together, whole tiles: no sum depends on it */
    TERMS_AVX2 = 256,
    TERMS_AVX2_LEFT = 96, /* where the left matrix lies transposed */
    TERMS_AVX512 = 384
};

/* How many of the terms that are left make the next block. */
static inline size_t next_block(size_t left, size_t block) {
    if (left <= block)
        return left;
    return left < 2 * block ? (left + 1) / 2 : block;
}

static inline size_t terms_avx2(size_t left) {
    return next_block(left, TERMS_AVX2);
}

static inline size_t terms_avx2_left(size_t left) {
    return next_block(left, TERMS_AVX2_LEFT);
}

static inline size_t terms_avx512(size_t left) {
    return next_block(left, TERMS_AVX512);
}

static inline size_t all_terms(size_t left) {
    return left;
}

static inline size_t columns_of(size_t left) {
    if (left >= 2 * (size_t)MOST_COLUMNS)
        return MOST_COLUMNS;
    return left > MOST_COLUMNS ? (left / 2 + WIDE - 1) / WIDE * WIDE : left;
}

static inline size_t strip_of(size_t row, mlp_matrix c) {
    return c.rows - row < TILE ? c.rows - row : TILE;
}

/* With AVX2, by the height and width of the tile that the element stands in. */
static inline sum_order sum_in_tile(size_t i, size_t j, mlp_matrix c, columns block) {
    const size_t column = block.from + j, wide = c.rows > FEW_ROWS ? WIDER : WIDE;
    const size_t height = i < c.rows - c.rows % TILE ? TILE : c.rows % TILE;
    const size_t width = column < c.columns - c.columns % wide ? wide : c.columns % wide;
    if (height <= 2)
        return ROUNDED_PAIR;
    return height == 3 || width <= GROUP ? PAIR : ONE_CHAIN;
}

static inline sum_order one_chain(size_t i, size_t j, mlp_matrix c, columns block) {
    (void)i, (void)j, (void)c, (void)block;
    return ONE_CHAIN;
}

static const product_order in_tiles = {TERMS_AVX2, MOST_COLUMNS, terms_avx2,
                                       columns_of, strip_of,     sum_in_tile};
static const product_order in_tiles_left = {TERMS_AVX2_LEFT, MOST_COLUMNS, terms_avx2_left,
                                            columns_of,      strip_of,     sum_in_tile};
static const product_order in_chains = {TERMS_AVX512, MOST_COLUMNS, terms_avx512,
                                        columns_of,   strip_of,     one_chain};

#endif
