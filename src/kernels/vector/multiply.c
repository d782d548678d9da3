/* c = c + a b with many elements side by side: no element meets another in a sum.
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

/* s = s + the products of one term, which may be rounded before */
ALWAYS_INLINE void add_products(vec s[STRIP][VECS], const real *a, const real *b, size_t rows,
                                size_t vecs, bool is_rounded) {
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++) {
        const vec x = vec_of(a[i]);
#pragma GCC unroll 4
        for (size_t v = 0; v < vecs; v++) {
            const vec y = *(const vec *)(b + v * LANES);
            if (is_rounded)
                s[i][v] += x * y;
            else
                s[i][v] = vec_fma(x, y, s[i][v]);
        }
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
        add_products(s, a + p * STRIP, b + p * PANEL, rows, vecs, false);
        add_products(s, a + (p + 1) * STRIP, b + (p + 1) * PANEL, rows, vecs, false);
    }
    if (p < count)
        add_products(s, a + p * STRIP, b + p * PANEL, rows, vecs, false);
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

ALWAYS_INLINE void add_sums(vec s[STRIP][VECS], vec more[STRIP][VECS], size_t rows) {
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (size_t v = 0; v < PART; v++)
            s[i][v] += more[i][v];
}

/* Two chains, of which that order is one. */
ALWAYS_INLINE void pair(sums sum, const real *a, const real *b, size_t count, size_t rows,
                        sum_order order) {
    const size_t in_turns = count - count % (order == TWO_CHAINS ? GROUP : 2);
    const bool is_rounded = order == ROUNDED_PAIR;
    vec even[STRIP][VECS], odd[STRIP][VECS];
    clear(even, rows, PART);
    clear(odd, rows, PART);
    size_t p = 0;
    for (; p < in_turns; p += 2) {
        add_products(even, a + p * STRIP, b + p * PANEL, rows, PART, is_rounded);
        add_products(odd, a + (p + 1) * STRIP, b + (p + 1) * PANEL, rows, PART, is_rounded);
    }
    if (order != TWO_CHAINS)
        add_sums(even, odd, rows);
    for (; p < count; p++)
        add_products(even, a + p * STRIP, b + p * PANEL, rows, PART, is_rounded);
    if (order == TWO_CHAINS)
        add_sums(even, odd, rows);
    keep(sum, even, rows, PART);
}

static void two_chains(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, STRIP, TWO_CHAINS);
}

static void two_chains_small(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, SMALL, TWO_CHAINS);
}

static void pair_part(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, STRIP, PAIR);
}

static void pair_part_small(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, SMALL, PAIR);
}

static void rounded_part(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, STRIP, ROUNDED_PAIR);
}

static void rounded_part_small(sums sum, const real *a, const real *b, size_t count) {
    pair(sum, a, b, count, SMALL, ROUNDED_PAIR);
}

/* By the order, and whether the strip is low. */
static sum_function *const of_part[][2] = {[ONE_CHAIN] = {chain_part, chain_part},
                                           [TWO_CHAINS] = {two_chains, two_chains_small},
                                           [PAIR] = {pair_part, pair_part_small},
                                           [ROUNDED_PAIR] = {rounded_part, rounded_part_small}};

/* A product, and where the work on it stands. */
typedef struct {
    const product *of;
    bool begins; /* c holds nothing yet: it is as if it were 0 */
    packed in;
    part at;
} work;

static size_t rows_of(const work *w, size_t s) {
    return w->at.strips.row[s + 1] - w->at.strips.row[s];
}

/* How each group of a strip and a panel is summed; whether each is one chain. */
static bool find_orders(sum_order order[PANEL / GROUP], const work *w, size_t s, size_t panel) {
    const product *p = w->of;
    bool all = true;
    for (size_t g = 0; g < PANEL / GROUP; g++) {
        order[g] = p->order->sum(w->at.strips.row[s], panel + g * GROUP, p->c_matrix, w->at.block);
        all &= order[g] == ONE_CHAIN;
    }
    return all;
}

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

/* The sums of one of the strips and one panel. */
static void sum_panel(sums sum, const work *w, size_t s, size_t panel) {
    const size_t terms = w->at.terms, rows = rows_of(w, s);
    const real *a = w->in.a + s * terms * STRIP, *b = w->in.b + panel * terms;
    const bool is_small = rows <= SMALL;
    sum_order order[PANEL / GROUP];
    if (find_orders(order, w, s, panel)) {
        (is_small ? chain_panel_small : chain_panel)(sum, a, b, terms);
        return;
    }
    for (size_t g = 0; g < PANEL / GROUP && panel + g * GROUP < w->at.block.count; g++)
        sum_group(sum, rows, a, b, terms, g * GROUP, of_part[order[g]][is_small]);
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
static void add(const work *w, size_t row, size_t rows, size_t panel, real sum[][PANEL]) {
    const size_t left = w->at.block.count - panel, count = left < PANEL ? left : PANEL;
    const size_t step = w->of->c_matrix.column_stride, row_step = w->of->c_matrix.row_stride;
    real *c = w->of->c + mlp_matrix_place(w->of->c_matrix, row, w->at.block.from + panel);
    size_t i = 0;
    for (; count == PANEL && step == 1 && i < rows; i++)
        add_row(c + i * row_step, sum[i], w->begins);
    for (; count == PANEL && row_step == 1 && i + LANES <= rows; i += LANES)
        add_columns(c + i, step, sum + i, w->begins);
    for (; i < rows; i++)
        for (size_t j = 0; j < count; j++) {
            real *to = &c[i * row_step + j * step];
            *to = (w->begins ? 0 : *to) + sum[i][j];
        }
}

/* What the copies would not pay for. */
static bool is_small(const product *p) {
    const size_t rows = p->c_matrix.rows, n = p->c_matrix.columns;
    return n < SMALL || rows * n * p->a_matrix.columns < SMALL_PRODUCT;
}

/* The strips that come next, from that row on. */
static strips strips_from(size_t row, const product *p) {
    strips s = {.row = {row}};
    for (size_t rows; s.count < STRIPS && (rows = p->order->strip(row, p->c_matrix)) > 0;) {
        row += rows;
        s.row[++s.count] = row;
    }
    return s;
}

/* What of c will be asked for comes while the sums are formed. */
static void fetch(const work *w, size_t s, size_t panel) {
    const mlp_matrix c = w->of->c_matrix;
    const real *from =
        w->of->c + mlp_matrix_place(c, w->at.strips.row[s], w->at.block.from + panel);
    const bool by_rows = c.column_stride == 1;
    for (size_t i = 0; by_rows && i < rows_of(w, s); i++)
        __builtin_prefetch(from + i * c.row_stride, 1);
    for (size_t j = 0; !by_rows && j < PANEL && panel + j < w->at.block.count; j++)
        __builtin_prefetch(from + j * c.column_stride, 1);
}

/* The strips and a panel, where c lies by rows: each strip is written as soon as it is there. */
static void multiply_by_rows(const work *w, size_t panel) {
    const size_t *row = w->at.strips.row, step = w->of->c_matrix.row_stride;
    const bool is_full = w->at.block.count - panel >= PANEL;
    for (size_t s = 0; s < w->at.strips.count; s++) {
        sum_order order[PANEL / GROUP];
        sums sum;
        fetch(w, s, panel);
        if (is_full && rows_of(w, s) == STRIP && find_orders(order, w, s, panel)) {
            chain_onto(w->of->c + row[s] * step + w->at.block.from + panel, step, w->begins,
                       w->in.a + s * w->at.terms * STRIP, w->in.b + panel * w->at.terms,
                       w->at.terms);
            continue;
        }
        sum_panel(sum, w, s, panel);
        add(w, row[s], rows_of(w, s), panel, sum);
    }
}

/* The same where it does not: it is written in as many rows at once as possible. */
static void multiply_by_columns(const work *w, size_t panel) {
    const size_t *row = w->at.strips.row;
    real sum[STRIPS * STRIP][PANEL];
    for (size_t s = 0; s < w->at.strips.count; s++) {
        fetch(w, s, panel);
        sum_panel(sum + (row[s] - row[0]), w, s, panel);
    }
    add(w, row[0], row[w->at.strips.count] - row[0], panel, sum);
}

/* One block of columns and of terms; returns how many rows were done. */
static size_t multiply_block(work *w) {
    const product *p = w->of;
    strips *at = &w->at.strips;
    size_t row = 0;
    for (*at = strips_from(row, p); at->count > 0; *at = strips_from(row, p)) {
        pack_strips(w->in.a, p->a, p->a_matrix, &w->at);
        for (size_t panel = 0; panel < w->at.block.count; panel += PANEL)
            (p->c_matrix.column_stride == 1 ? multiply_by_rows : multiply_by_columns)(w, panel);
        row = at->row[at->count];
    }
    return row;
}

size_t VECTOR_KERNEL(multiply_rows)(const product *p) {
    const size_t n = p->c_matrix.columns, k = p->a_matrix.columns;
    work w = {.of = p};
    columns *block = &w.at.block;
    size_t rows = 0;
    if (is_small(p) || p->order->strip(0, p->c_matrix) == 0 || !packed_init(&w.in, p))
        return 0;
    for (; block->from < n; block->from += block->count) {
        block->count = p->order->columns(n - block->from);
        w.begins = p->begins;
        for (w.at.term = 0; w.at.term < k; w.at.term += w.at.terms, w.begins = false) {
            w.at.terms = p->order->terms(k - w.at.term);
            pack_panels(w.in.b, p->b, p->b_matrix, &w.at);
            rows = multiply_block(&w);
        }
    }
    packed_free(&w.in);
    return rows;
}
