/* c = c + a b in the order of product_order.h, with many elements side by side: no element meets
 * another in a sum.
 *
 * Columns are taken by panels, which fill 64 bytes, and rows by strips of up to six. What a strip
 * and the panels of a block need is copied to where it lies in the order of use (pack.h); then the
 * sums of a strip and a panel, over a block of terms, stay in registers.
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
ALWAYS_INLINE void clear(vec s[STRIP][VECS], size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < STRIP; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            s[i][v] = vec_of(0);
}

/* s = s + the products of one term */
ALWAYS_INLINE void add_products(vec s[STRIP][VECS], const real *a, const real *b, size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < STRIP; i++) {
        const vec x = vec_of(a[i]);
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            s[i][v] = vec_fma(x, *(const vec *)(b + v * LANES), s[i][v]);
    }
}

ALWAYS_INLINE void keep(sums sum, vec s[STRIP][VECS], size_t vecs) {
#pragma GCC unroll 6
    for (size_t i = 0; i < STRIP; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++)
            *(vec *)(sum[i] + v * LANES) = s[i][v];
}

/* A chain for each element, of so many vectors. */
ALWAYS_INLINE void chain(sums sum, const real *a, const real *b, size_t count, size_t vecs) {
    vec s[STRIP][VECS];
    clear(s, vecs);
    for (size_t p = 0; p < count; p++)
        add_products(s, a + p * STRIP, b + p * PANEL, vecs);
    keep(sum, s, vecs);
}

static void chain_panel(sums sum, const real *a, const real *b, size_t count) {
    chain(sum, a, b, count, VECS);
}

static void chain_part(sums sum, const real *a, const real *b, size_t count) {
    chain(sum, a, b, count, PART);
}

static void pair_part(sums sum, const real *a, const real *b, size_t count) {
    vec even[STRIP][VECS], odd[STRIP][VECS];
    clear(even, PART);
    clear(odd, PART);
    size_t p = 0;
    for (; p < count / GROUP * GROUP; p += 2) {
        add_products(even, a + p * STRIP, b + p * PANEL, PART);
        add_products(odd, a + (p + 1) * STRIP, b + (p + 1) * PANEL, PART);
    }
    for (; p < count; p++)
        add_products(even, a + p * STRIP, b + p * PANEL, PART);
#pragma GCC unroll 6
    for (size_t i = 0; i < STRIP; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < PART; v++)
            even[i][v] += odd[i][v];
    keep(sum, even, PART);
}

/* A product, c = c + a b, and what a block of it needs. */
typedef struct {
    real *c;
    mlp_matrix c_matrix;
    const real *a;
    mlp_matrix a_matrix;
    packed in;
    part at;
    columns block;
} product;

/* Whether the group at that column of the block has pairs. */
static bool is_pair_group(const product *p, size_t column) {
    return chains_of(p->at.row, p->at.column - p->block.from + column, p->c_matrix, p->block) == 2;
}

/* The sums of one group of the panel. A register may hold several groups: then the others are
 * computed, too, and left. */
static void sum_group(sums sum, const product *p, const real *b, size_t group, bool is_pair) {
    const size_t first = group - group % PART_COLUMNS;
    sums part_sum;
    (is_pair ? pair_part : chain_part)(part_sum, p->in.a, b + first, p->at.terms);
    for (size_t i = 0; i < STRIP; i++)
        memcpy(&sum[i][group], &part_sum[i][group - first], GROUP * sizeof(real));
}

/* The sums of the strip and one panel. */
static void sum_panel(sums sum, const product *p, size_t panel) {
    const real *b = p->in.b + panel * p->at.terms;
    bool is_pair[PANEL / GROUP], any = false;
    for (size_t g = 0; g < PANEL / GROUP; g++)
        any |= is_pair[g] = is_pair_group(p, panel + g * GROUP);
    if (!any)
        chain_panel(sum, p->in.a, b, p->at.terms);
    for (size_t g = 0; any && g < PANEL / GROUP; g++)
        sum_group(sum, p, b, g * GROUP, is_pair[g]);
}

/* c = c + sum, in the strip and that panel. */
static void add(const product *p, size_t panel, sums sum) {
    const size_t left = p->at.columns - panel, count = left < PANEL ? left : PANEL;
    const size_t step = p->c_matrix.column_stride;
    for (size_t i = 0; i < p->at.rows; i++) {
        real *to = p->c + mlp_matrix_place(p->c_matrix, p->at.row + i, p->at.column + panel);
        if (count == PANEL && step == 1)
            for (size_t j = 0; j < PANEL; j += LANES)
                *(vec *)(to + j) += *(const vec *)&sum[i][j];
        else
            for (size_t j = 0; j < count; j++)
                to[j * step] += sum[i][j];
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

/* One block of columns and of terms. */
static void multiply_block(product *p, size_t rows) {
    for (p->at.row = 0; p->at.row < rows; p->at.row += p->at.rows) {
        p->at.rows = strip_of(p->at.row, rows, p->c_matrix.rows);
        pack_strip(p->in.a, p->a, p->a_matrix, &p->at);
        for (size_t panel = 0; panel < p->at.columns; panel += PANEL) {
            sums sum;
            sum_panel(sum, p, panel);
            add(p, panel, sum);
        }
    }
}

size_t VECTOR_KERNEL(multiply_rows)(real *c, mlp_matrix c_matrix, const real *a,
                                    mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix) {
    const size_t n = c_matrix.columns, k = a_matrix.columns;
    const size_t rows = single_chains(c_matrix);
    product p = {.c = c, .c_matrix = c_matrix, .a = a, .a_matrix = a_matrix};
    if (is_small(rows, n, k) || !packed_init(&p.in, n, k))
        return 0;
    for (; p.block.from < n; p.block.from += p.block.count) {
        p.block.count = block_of(n - p.block.from);
        p.at = (part){.column = p.block.from, .columns = p.block.count};
        for (; p.at.term < k; p.at.term += p.at.terms) {
            p.at.terms = block_of(k - p.at.term);
            pack_panels(p.in.b, b, b_matrix, &p.at);
            multiply_block(&p, rows);
        }
    }
    packed_free(&p.in);
    return rows;
}
