/* Matrix products with the registers of a processor. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_VECTOR_MULTIPLY_H
#define MLPSTEP_KERNELS_VECTOR_MULTIPLY_H

#include "../level.h"
#include "../real.h"
#include "mlpstep/kernels/matrix.h"

enum {
    STRIP = 6, /* rows, at most, that are done at once */
    SMALL = 4, /* rows of a low strip */
    GROUP = 8  /* columns whose sums have one order */
};

/* A block of columns. */
typedef struct {
    size_t from, count;
} columns;

/* How the terms of a block meet in an element. */
typedef enum {
    ONE_CHAIN,   /* of fma, in order */
    TWO_CHAINS,  /* OpenBLAS's: of even and of odd terms, added in the end; beyond the last multiple
                  * of 8 all terms go on in the first */
    PAIR,        /* MKL's: the last of an odd number of terms comes when both are added */
    ROUNDED_PAIR /* the same, every product rounded, not fused */
} sum_order;

/* The order of a product's sums. Terms and columns are cut into blocks: the sum of each block of
 * terms is added to c by itself. */
typedef struct {
    size_t most_terms, most_columns; /* of a block */
    /* How many of those that are left make the next block. */
    size_t (*terms)(size_t left);
    size_t (*columns)(size_t left);
    /* How many rows from that one on make the next strip, in which rows are summed alike: 0 where
     * none is left, or none that a register sums. */
    size_t (*strip)(size_t row, mlp_matrix c);
    /* Of strip i and the group of columns at j, which counts from where the block begins. */
    sum_order (*sum)(size_t i, size_t j, mlp_matrix c, columns block);
} product_order;

/* c = c + a b, or 0 + a b where c begins. */
typedef struct {
    real *c;
    const real *a, *b;
    mlp_matrix c_matrix, a_matrix, b_matrix;
    bool begins;
    const product_order *order;
} product;

/* Computes the rows of the order's strips, from the first one on, and returns how many these are.
 * None where a loop over the elements is as good: what is small, and where there is no memory. */
typedef size_t multiply_function(const product *p);
multiply_function KERNEL(multiply_rows_avx2), KERNEL(multiply_rows_avx512),
    KERNEL(multiply_rows_neon);

/* The one for that processor; NULL for the plain loops. */
static inline multiply_function *multiply_at(kernel_level level) {
    switch (level) {
#ifdef MLP_X86_VECTORS
    case LEVEL_AVX2:
        return KERNEL(multiply_rows_avx2);
    case LEVEL_AVX512:
        return KERNEL(multiply_rows_avx512);
#endif
#ifdef MLP_NEON_VECTORS
    case LEVEL_NEON:
        return KERNEL(multiply_rows_neon);
#endif
    default:
        return NULL;
    }
}

#endif
