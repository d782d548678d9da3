/* What a strip of a and the panels of b need, in the order of use. Private to src/kernels/vector. */
#ifndef MLPSTEP_KERNELS_VECTOR_PACK_H
#define MLPSTEP_KERNELS_VECTOR_PACK_H

#include "multiply.h"
#include "vec.h"

#include <stdlib.h>
#include <string.h>

enum {
    PANEL = 64 / sizeof(real), /* columns */
    VECS = PANEL / LANES,
    PART = VECS > 1 ? VECS / 2 : 1, /* vectors, of which registers hold two sums each */
    PART_COLUMNS = PART * LANES,
    REGISTERS = (STRIP + LANES - 1) / LANES, /* that hold a column of a strip */
    STRIPS = 16,                             /* that may be copied at once */
    LINE = 64                                /* bytes of the caches, which a row of a panel fills */
};

/* Where strips begin, and where the last one ends. */
typedef struct {
    size_t count, row[STRIPS + 1];
} strips;

/* Where the work stands: rows and columns of c, and terms. */
typedef struct {
    strips strips;
    columns block;
    size_t term, terms; /* of the block */
} part;

typedef struct {
    real *a; /* [strip][term][row], of these strips */
    real *b; /* [panel][term][column], of a block */
} packed;

/* For that product; false without memory. */
static bool packed_init(packed *in, const product *p) {
    const size_t k = p->a_matrix.columns, most_terms = p->order->most_terms;
    const size_t n = p->b_matrix.columns, most_columns = p->order->most_columns;
    const size_t terms = k < most_terms ? k : most_terms;
    const size_t width = n < most_columns ? n : most_columns;
    const size_t panels = (width + PANEL - 1) / PANEL;
    const size_t bytes = terms * ((size_t)STRIPS * STRIP + panels * PANEL) * sizeof(real);
    in->b = aligned_alloc(LINE, (bytes + LINE - 1) / LINE * LINE);
    in->a = in->b ? in->b + terms * panels * PANEL : NULL;
    return in->b;
}

static void packed_free(packed *in) {
    free(in->b);
}

/* The vectors as rows of a square become its columns: halves are interleaved, until all are. */
static inline void transpose(vec square[LANES]) {
#pragma GCC unroll 4
    for (size_t done = 1; done < INTERLEAVED; done *= 2) {
        vec next[LANES];
#pragma GCC unroll 8
        for (size_t i = 0; i < LANES / 2; i++) {
            const size_t from = i + i / (INTERLEAVED / 2) * (INTERLEAVED / 2);
            next[2 * i] = square[from];
            next[2 * i + 1] = square[from + INTERLEAVED / 2];
            vec_interleave(&next[2 * i], &next[2 * i + 1]);
        }
#pragma GCC unroll 16
        for (size_t i = 0; i < LANES; i++)
            square[i] = next[i];
    }
#pragma GCC unroll 4
    for (size_t i = INTERLEAVED; i < LANES; i++)
        vec_exchange_halves(&square[i - INTERLEAVED], &square[i]);
}

/* The first terms of a strip whose columns lie side by side; returns how many these are. A register
 * goes beyond its column: what it writes there is written over. */
static size_t pack_strip_columns(real *to, const real *const row[STRIP], size_t terms) {
    size_t p = 0;
    for (; p + LANES + 1 < terms; p += LANES) {
        vec square[REGISTERS][LANES];
#pragma GCC unroll 3
        for (size_t r = 0; r < REGISTERS; r++) {
#pragma GCC unroll 16
            for (size_t i = 0; i < LANES; i++)
                square[r][i] = *(const vec *)(row[r * LANES + i < STRIP ? r * LANES + i : 0] + p);
            transpose(square[r]);
        }
#pragma GCC unroll 16
        for (size_t i = 0; i < LANES; i++)
#pragma GCC unroll 3
            for (size_t r = 0; r < REGISTERS; r++)
                *(vec *)(to + (p + i) * STRIP + r * LANES) = square[r][i];
    }
    return p;
}

/* Beyond the last row it stands again: nobody reads those sums. */
static void pack_strip(real *to, const real *from, mlp_matrix matrix, size_t rows, size_t terms) {
    const real *row[STRIP];
    for (size_t i = 0; i < STRIP; i++)
        row[i] = from + (i < rows ? i : rows - 1) * matrix.row_stride;
    size_t p = matrix.column_stride == 1 ? pack_strip_columns(to, row, terms) : 0;
    for (; p < terms; p++)
#pragma GCC unroll 6
        for (size_t i = 0; i < STRIP; i++)
            to[p * STRIP + i] = row[i][p * matrix.column_stride];
}

/* Full strips, whose rows lie side by side. */
static void pack_side_by_side(real *to, const real *from, size_t column_stride, size_t count,
                              size_t terms) {
    for (size_t p = 0; p < terms; p++)
        for (size_t s = 0; s < count; s++)
            memcpy(to + (s * terms + p) * STRIP, from + p * column_stride + s * STRIP,
                   STRIP * sizeof *to);
}

static void pack_strips(real *to, const real *a, mlp_matrix matrix, const part *at) {
    const size_t *row = at->strips.row, terms = at->terms;
    const real *from = a + mlp_matrix_place(matrix, 0, at->term);
    size_t s = 0;
    while (matrix.row_stride == 1 && s < at->strips.count && row[s + 1] - row[s] == STRIP)
        s++;
    pack_side_by_side(to, from + row[0] * matrix.row_stride, matrix.column_stride, s, terms);
    for (; s < at->strips.count; s++)
        pack_strip(to + s * terms * STRIP, from + row[s] * matrix.row_stride, matrix,
                   row[s + 1] - row[s], terms);
}

/* A panel of so many columns: the last one stands again in those beyond, whose sums nobody reads. */
static void pack_any(real *panel, const real *from, mlp_matrix matrix, size_t terms, size_t count) {
    for (size_t p = 0; p < terms; p++)
        for (size_t j = 0; j < PANEL; j++)
            panel[p * PANEL + j] = from[mlp_matrix_place(matrix, p, j < count ? j : count - 1)];
}

/* Panels whose rows lie as they are used. */
static void pack_rows(real *to, const real *from, size_t row_stride, size_t terms, size_t panels) {
    const size_t ahead = 8; /* rows, which often lie far from each other */
    for (size_t p = 0; p < terms; p++)
        for (size_t first = 0; first < panels * PANEL; first += PANEL) {
            if (p + ahead < terms)
                __builtin_prefetch(from + (p + ahead) * row_stride + first);
#pragma GCC unroll 4
            for (size_t j = 0; j < PANEL; j += LANES)
                *(vec *)(to + first * terms + p * PANEL + j) =
                    *(const vec *)(from + p * row_stride + first + j);
        }
}

/* A panel whose columns are read as they lie, for a multiple of LANES terms. */
static void pack_columns(real *panel, const real *from, size_t column_stride, size_t terms,
                         size_t count) {
    for (size_t p = 0; p < terms; p += LANES)
        for (size_t first = 0; first < PANEL; first += LANES) {
            vec square[LANES];
#pragma GCC unroll 16
            for (size_t i = 0; i < LANES; i++) {
                const size_t j = first + i;
                square[i] = *(const vec *)(from + (j < count ? j : count - 1) * column_stride + p);
            }
            transpose(square);
#pragma GCC unroll 16
            for (size_t i = 0; i < LANES; i++)
                *(vec *)(panel + (p + i) * PANEL + first) = square[i];
        }
}

/* Beyond the last column, too. */
static void pack_panels(real *to, const real *b, mlp_matrix matrix, const part *at) {
    const real *from = b + mlp_matrix_place(matrix, at->term, at->block.from);
    const size_t terms = at->terms, width = at->block.count;
    size_t first = 0;
    if (matrix.column_stride == 1) {
        first = width - width % PANEL;
        pack_rows(to, from, matrix.row_stride, terms, first / PANEL);
    }
    for (; first < width; first += PANEL) {
        const size_t left = width - first, count = left < PANEL ? left : PANEL;
        real *panel = to + first * terms;
        const real *begin = from + first * matrix.column_stride;
        size_t done = 0;
        if (matrix.row_stride == 1)
            pack_columns(panel, begin, matrix.column_stride, done = terms - terms % LANES, count);
        pack_any(panel + done * PANEL, begin + done * matrix.row_stride, matrix, terms - done,
                 count);
    }
}

#endif
