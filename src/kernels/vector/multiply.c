/* c = c + a b in the order of product_order.h, with many elements side by side: no element meets
 * another in a sum.
 *
 * Columns are taken by panels, which fill 64 bytes, and rows by strips of up to six. What strips and
 * the panels of a block need is copied to where it lies in the order of use (pack.h); then the sums
 * of a strip and a panel, over a block of terms, stay in registers.
 */
#include "multiply.h"
#include "pack.h"

#include <string.h>

enum {
    SMALL_PRODUCT = 1024 /* multiplications */
};

typedef real sums[STRIP][PANEL];

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* As a loop, which stays in registers. */
ALWAYS_INLINE void clear(vec s[STRIP][VECS], size_t rows, size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            s[i][v] = vec_of(0);
}

/* s = s + the products of one term */
ALWAYS_INLINE void add_products(vec s[STRIP][VECS], const real *a, const real *b, size_t rows,
                                size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++) {
        const vec x = vec_of(a[i]);
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            s[i][v] = vec_fma(x, *(const vec *)(b + v * LANES), s[i][v]);
    }
}

ALWAYS_INLINE void keep(sums sum, vec s[STRIP][VECS], size_t rows, size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            *(vec *)(sum[i] + v * LANES) = s[i][v];
}

/* A chain for each element, of so many rows and vectors. */
ALWAYS_INLINE void chain(vec s[STRIP][VECS], const real *a, const real *b, size_t count,
                         size_t rows, size_t vecs) {
    clear(s, rows, vecs);
    size_t p = 0;
    for (; p + 1 < count; p += 2) { /* the loop itself takes less of the time so */
        add_products(s, a + p * STRIP, b + p * PANEL, rows, vecs);
        add_products(s, a + (p + 1) * STRIP, b + (p + 1) * PANEL, rows, vecs);
    }
    if (p < count)
        add_products(s, a + p * STRIP, b + p * PANEL, rows, vecs);
}

/* c = c + the sums, or 0 + them, in rows that lie by columns side by side. */
static void chain_onto(real *c, size_t row_stride, bool begins, const real *a, const real *b,
                       size_t count) {
    vec s[STRIP][VECS];
    chain(s, a, b, count, STRIP, VECS);
#pragma GCC unroll 6
    for (size_t i = 0; i < STRIP; i++, c += row_stride)
#pragma GCC unroll 4
        for (size_t v = 0; v < VECS; v++) {
            vec *to = (vec *)(c + v * LANES);
            *to = (begins ? vec_of(0) : *to) + s[i][v];
        }
}

/* The sums of a strip, of the rows that it has, and of a panel or a part of one. */
typedef void sum_function(sums sum, const real *a, const real *b, size_t count);

static void chain_panel(sums sum, const real *a, const real *b, size_t count) {
    vec s[STRIP][VECS];
    chain(s, a, b, count, STRIP, VECS);
    keep(sum, s, STRIP, VECS);
}

static void chain_panel_small(sums sum, const real *a, const real *b, size_t count) {
    vec s[STRIP][VECS];
    chain(s, a, b, count, SMALL, VECS);
    keep(sum, s, SMALL, VECS);
}

static void chain_part(sums sum, const real *a, const real *b, size_t count) {
    vec s[STRIP][VECS];
    chain(s, a, b, count, STRIP, PART);
    keep(sum, s, STRIP, PART);
}

ALWAYS_INLINE void pair(sums sum, const real *a, const real *b, size_t count, size_t rows) {
    vec even[STRIP][VECS], odd[STRIP][VECS];
    clear(even, rows, PART);
    clear(odd, rows, PART);
    size_t p = 0;
    for (; p < count / GROUP * GROUP; p += 2) {
        add_products(even, a + p * STRIP, b + p * PANEL, rows, PART);
        add_products(odd, a + (p + 1) * STRIP, b + (p + 1) * PANEL, rows, PART);
    }
    for (; p < count; p++)
        add_products(even, a + p * STRIP, b + p * PANEL, rows, PART);
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < PART; v++)
            even[i][v] += odd[i][v];
    keep(sum, even, rows, PART);
}

static void pair_part(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, STRIP);
}

static void pair_part_small(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, SMALL);
}

/* A product, c = c + a b. */
typedef struct {
    real *c;
    mlp_matrix c_matrix;
    const real *a;
    mlp_matrix a_matrix;
    bool begins; /* c holds nothing yet: it is as if it were 0 */
    packed in;
    part at;
} product;

/* The sums of one group of a panel. A register may hold several groups: then the others are
 * computed, too, and left. */
static void sum_group(sums sum, size_t rows, const real *a, const real *b, size_t terms,
                      size_t group, sum_function *of) {
    const size_t first = group - group % PART_COLUMNS;
    sums part_sum;
    of(part_sum, a, b + first, terms);
    for (size_t i = 0; i < rows; i++)
        memcpy(&sum[i][group], &part_sum[i][group - first], GROUP * sizeof(real));
}

/* Which groups of a strip and a panel have two chains; whether any has. */
static bool find_pairs(bool is_pair[PANEL / GROUP], const product *p, size_t s, size_t panel) {
    bool any = false;
    for (size_t g = 0; g < PANEL / GROUP; g++)
        any |= is_pair[g] =
            chains_of(p->at.strips.row[s], panel + g * GROUP, p->c_matrix, p->at.block) == 2;
    return any;
}

/* The sums of one of the strips and one panel. */
static void sum_panel(sums sum, const product *p, size_t s, size_t panel) {
    const size_t terms = p->at.terms;
    const real *a = p->in.a + s * terms * STRIP, *b = p->in.b + panel * terms;
    bool is_pair[PANEL / GROUP];
    const size_t rows = p->at.strips.row[s + 1] - p->at.strips.row[s];
    const bool is_small = rows <= SMALL;
    if (!find_pairs(is_pair, p, s, panel)) {
        (is_small ? chain_panel_small : chain_panel)(sum, a, b, terms);
        return;
    }
    sum_function *pair_of = is_small ? pair_part_small : pair_part;
    for (size_t g = 0; g < PANEL / GROUP; g++)
        sum_group(sum, rows, a, b, terms, g * GROUP, is_pair[g] ? pair_of : chain_part);
}

/* c = c + sum, of a row that lies by columns side by side. */
static void add_row(real *c, const real *sum, bool begins) {
#pragma GCC unroll 4
    for (size_t j = 0; j < PANEL; j += LANES) {
        vec *to = (vec *)(c + j);
        *to = (begins ? vec_of(0) : *to) + *(const vec *)(sum + j);
    }
}

/* The same, of LANES rows that lie side by side themselves. */
static void add_columns(real *c, size_t column_stride, real sum[][PANEL], bool begins) {
    for (size_t j = 0; j < PANEL; j += LANES) {
        vec square[LANES];
#pragma GCC unroll 16
        for (size_t i = 0; i < LANES; i++)
            square[i] = *(const vec *)&sum[i][j];
        transpose(square);
#pragma GCC unroll 16
        for (size_t i = 0; i < LANES; i++) {
            vec *to = (vec *)(c + (j + i) * column_stride);
            *to = (begins ? vec_of(0) : *to) + square[i];
        }
    }
}

/* c = c + sum, in so many rows from that one on and that panel. */
static void add(const product *p, size_t row, size_t rows, size_t panel, real sum[][PANEL]) {
    const size_t left = p->at.block.count - panel, count = left < PANEL ? left : PANEL;
    const size_t step = p->c_matrix.column_stride, row_step = p->c_matrix.row_stride;
    real *c = p->c + mlp_matrix_place(p->c_matrix, row, p->at.block.from + panel);
    size_t i = 0;
    for (; count == PANEL && step == 1 && i < rows; i++)
        add_row(c + i * row_step, sum[i], p->begins);
    for (; count == PANEL && row_step == 1 && i + LANES <= rows; i += LANES)
        add_columns(c + i, step, sum + i, p->begins);
    for (; i < rows; i++)
        for (size_t j = 0; j < count; j++) {
            real *to = &c[i * row_step + j * step];
            *to = (p->begins ? 0 : *to) + sum[i][j];
        }
}

/* The rows before any that has four chains. */
static size_t single_chains(mlp_matrix c) {
    if (IN_FLOAT)
        return c.rows;
    return c.columns == 1 ? 0 : c.rows - c.rows % 2;
}

/* What the copies would not pay for. */
static bool is_small(size_t rows, size_t n, size_t k) {
    return n < SMALL || rows * n * k < SMALL_PRODUCT;
}

/* How many rows make the next strip, all of a kind. */
static size_t strip_of(size_t row, size_t rows, size_t m) {
    const size_t most = IN_FLOAT && row >= m - m % TILE ? SMALL : STRIP;
    return rows - row < most ? rows - row : most;
}

/* The strips that come next, from that row on. */
static strips strips_from(size_t row, size_t rows, mlp_matrix c) {
    strips s = {.row = {row}};
    while (s.count < STRIPS && row < rows) {
        row += strip_of(row, rows, c.rows);
        s.row[++s.count] = row;
    }
    return s;
}

/* What of c will be asked for comes while the sums are formed. */
static void fetch(const product *p, size_t s, size_t panel) {
    const size_t *row = p->at.strips.row + s, column = p->at.block.from + panel;
    const bool by_rows = p->c_matrix.column_stride == 1;
    for (size_t i = 0; by_rows && i < row[1] - row[0]; i++)
        __builtin_prefetch(p->c + mlp_matrix_place(p->c_matrix, row[0] + i, column), 1);
    for (size_t j = 0; !by_rows && j < PANEL && panel + j < p->at.block.count; j++)
        __builtin_prefetch(p->c + mlp_matrix_place(p->c_matrix, row[0], column + j), 1);
}

/* The strips and a panel, where c lies by rows: each strip is written as soon as it is there. */
static void multiply_by_rows(const product *p, size_t panel) {
    const size_t *row = p->at.strips.row, step = p->c_matrix.row_stride;
    const bool is_full = p->at.block.count - panel >= PANEL;
    for (size_t s = 0; s < p->at.strips.count; s++) {
        bool is_pair[PANEL / GROUP];
        sums sum;
        fetch(p, s, panel);
        if (is_full && row[s + 1] - row[s] == STRIP && !find_pairs(is_pair, p, s, panel)) {
            chain_onto(p->c + row[s] * step + p->at.block.from + panel, step, p->begins,
                       p->in.a + s * p->at.terms * STRIP, p->in.b + panel * p->at.terms,
                       p->at.terms);
            continue;
        }
        sum_panel(sum, p, s, panel);
        add(p, row[s], row[s + 1] - row[s], panel, sum);
    }
}

/* The same where it does not: it is written in as many rows at once as possible. */
static void multiply_by_columns(const product *p, size_t panel) {
    const size_t *row = p->at.strips.row;
    real sum[STRIPS * STRIP][PANEL];
    for (size_t s = 0; s < p->at.strips.count; s++) {
        fetch(p, s, panel);
        sum_panel(sum + (row[s] - row[0]), p, s, panel);
    }
    add(p, row[0], row[p->at.strips.count] - row[0], panel, sum);
}

/* One block of columns and of terms. */
static void multiply_block(product *p, size_t rows) {
    strips *at = &p->at.strips;
    for (size_t row = 0; row < rows; row = at->row[at->count]) {
        *at = strips_from(row, rows, p->c_matrix);
        pack_strips(p->in.a, p->a, p->a_matrix, &p->at);
        for (size_t panel = 0; panel < p->at.block.count; panel += PANEL)
            (p->c_matrix.column_stride == 1 ? multiply_by_rows : multiply_by_columns)(p, panel);
    }
}

size_t VECTOR_KERNEL(multiply_rows)(real *c, mlp_matrix c_matrix, bool begins, const real *a,
                                    mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix) {
    const size_t n = c_matrix.columns, k = a_matrix.columns;
    const size_t rows = single_chains(c_matrix);
    product p = {.c = c, .c_matrix = c_matrix, .a = a, .a_matrix = a_matrix};
    columns *block = &p.at.block;
    if (is_small(rows, n, k) || !packed_init(&p.in, n, k))
        return 0;
    for (; block->from < n; block->from += block->count) {
        block->count = block_of(n - block->from);
        p.begins = begins;
        for (p.at.term = 0; p.at.term < k; p.at.term += p.at.terms, p.begins = false) {
            p.at.terms = block_of(k - p.at.term);
            pack_panels(p.in.b, b, b_matrix, &p.at);
            multiply_block(&p, rows);
        }
    }
    packed_free(&p.in);
    return rows;
}
