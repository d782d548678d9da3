/* What a strip of a and the panels of b need, in the order of use. Private to src/kernels/vector. */
#ifndef MLPSTEP_KERNELS_VECTOR_PACK_H
#define MLPSTEP_KERNELS_VECTOR_PACK_H

#include "../product_order.h"
#include "vec.h"

#include <stdlib.h>
#include <string.h>

enum {
    PANEL = 64 / sizeof(real), /* columns */
    VECS = PANEL / LANES,
    PART = VECS > 1 ? VECS / 2 : 1, /* vectors, of which registers hold two sums each */
    PART_COLUMNS = PART * LANES,
    STRIP = HALF, /* rows */
    LINE = 64     /* bytes of the caches, which a row of a panel fills */
};

/* Where the work stands: rows and columns of c, and terms. */
typedef struct {
    size_t row, rows;       /* of the strip */
    size_t column, columns; /* of the block */
    size_t term, terms;     /* of the block */
} part;

typedef struct {
    real *a; /* [term][row], of a strip */
    real *b; /* [panel][term][column], of a block */
} packed;

/* For products of n columns and k terms; false without memory. */
static bool packed_init(packed *in, size_t n, size_t k) {
    const size_t terms = k < BLOCK ? k : BLOCK, width = n < BLOCK ? n : BLOCK;
    const size_t panels = (width + PANEL - 1) / PANEL;
    const size_t bytes = terms * (STRIP + panels * PANEL) * sizeof(real);
    in->b = aligned_alloc(LINE, (bytes + LINE - 1) / LINE * LINE);
    in->a = in->b ? in->b + terms * panels * PANEL : NULL;
    return in->b;
}

static void packed_free(packed *in) {
    free(in->b);
}

/* Beyond the last row it stands again: nobody reads those sums. */
static void pack_rows_of_strip(real *to, const real *from, mlp_matrix matrix, const part *at) {
    const real *row[STRIP];
    for (size_t i = 0; i < STRIP; i++)
        row[i] = from + (i < at->rows ? i : at->rows - 1) * matrix.row_stride;
    for (size_t p = 0; p < at->terms; p++)
#pragma GCC unroll 6
        for (size_t i = 0; i < STRIP; i++)
            to[p * STRIP + i] = row[i][p * matrix.column_stride];
}

static void pack_strip(real *to, const real *a, mlp_matrix matrix, const part *at) {
    const real *from = a + mlp_matrix_place(matrix, at->row, at->term);
    if (at->rows < STRIP || matrix.row_stride != 1)
        pack_rows_of_strip(to, from, matrix, at);
    else
        for (size_t p = 0; p < at->terms; p++)
            memcpy(to + p * STRIP, from + p * matrix.column_stride, STRIP * sizeof *to);
}

static void pack_any(real *panel, const real *from, mlp_matrix matrix, size_t terms, size_t count) {
    for (size_t p = 0; p < terms; p++)
        for (size_t j = 0; j < PANEL; j++)
            panel[p * PANEL + j] = j < count ? from[mlp_matrix_place(matrix, p, j)] : 0;
}

/* A panel whose rows lie as they are used. */
static void pack_rows(real *panel, const real *from, size_t row_stride, size_t terms) {
    for (size_t p = 0; p < terms; p++)
        for (size_t j = 0; j < PANEL; j += LANES)
            *(vec *)(panel + p * PANEL + j) = *(const vec *)(from + p * row_stride + j);
}

/* The vectors as rows of a square become its columns: halves are interleaved, until all are. */
static inline void transpose(vec square[LANES]) {
#pragma GCC unroll 4
    for (size_t done = 1; done < LANES; done *= 2) {
        vec next[LANES];
#pragma GCC unroll 8
        for (size_t i = 0; i < LANES / 2; i++) {
            next[2 * i] = square[i];
            next[2 * i + 1] = square[i + LANES / 2];
            vec_interleave(&next[2 * i], &next[2 * i + 1]);
        }
#pragma GCC unroll 16
        for (size_t i = 0; i < LANES; i++)
            square[i] = next[i];
    }
}

/* A panel whose columns lie side by side, for a multiple of LANES terms. */
static void pack_columns(real *panel, const real *from, size_t column_stride, size_t terms) {
    for (size_t p = 0; p < terms; p += LANES)
        for (size_t j = 0; j < PANEL; j += LANES) {
            vec square[LANES];
#pragma GCC unroll 16
            for (size_t i = 0; i < LANES; i++)
                square[i] = *(const vec *)(from + (j + i) * column_stride + p);
            transpose(square);
#pragma GCC unroll 16
            for (size_t i = 0; i < LANES; i++)
                *(vec *)(panel + (p + i) * PANEL + j) = square[i];
        }
}

/* Beyond the last column, too. */
static void pack_panels(real *to, const real *b, mlp_matrix matrix, const part *at) {
    const real *from = b + mlp_matrix_place(matrix, at->term, at->column);
    for (size_t first = 0; first < at->columns; first += PANEL) {
        const size_t left = at->columns - first, count = left < PANEL ? left : PANEL;
        real *panel = to + first * at->terms;
        const real *begin = from + first * matrix.column_stride;
        size_t done = 0;
        if (count == PANEL && matrix.column_stride == 1)
            pack_rows(panel, begin, matrix.row_stride, done = at->terms);
        else if (count == PANEL && matrix.row_stride == 1)
            pack_columns(panel, begin, matrix.column_stride, done = at->terms - at->terms % LANES);
        pack_any(panel + done * PANEL, begin + done * matrix.row_stride, matrix, at->terms - done,
                 count);
    }
}

#endif
