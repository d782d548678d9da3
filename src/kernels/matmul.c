/* Matrix product
 *
 *   matmul   c[i,j] = sum over p of a[i,p] b[p,j]
 *   addmm    c[i,j] = c[i,j] + the same sum
 *
 *   c (m, n), a (m, k), b (k, n), of which a and b may be transposes of what lies in memory
 *
 * In float32 the terms are added in the order of OpenBLAS on processors with AVX2, on one thread.
 * It cuts the k terms into blocks, whose sums are added to c one by one. Such a sum is
 *
 *   chain    a chain of fma, p ascending
 *   pair     two chains, of the even and of the odd p, then even + odd; the terms beyond the last
 *            multiple of 8 all go on in the even one
 *
 * by where in c the element stands: its kernel works on tiles, of up to 12 rows and some groups of
 * 8 columns, and where a tile leaves registers free, two of them share an element. Columns are cut
 * into blocks, too, and each is tiled by itself. In float64 every sum is one chain.
 *
 * Source: OpenBLAS 0.3.21, driver/level3/level3.c (the blocks) and
 * kernel/x86_64/sgemm_kernel_8x4_haswell_2.c (the tiles). Its matrices lie by columns: what are rows
 * there are columns here.
 */
#include "mlpstep/kernels/matmul.h"
#include "real.h"

enum {
    BLOCK = 320, /* terms, or columns */
    TILE = 12,   /* rows */
    HALF = TILE / 2,
    SMALL = 4, /* rows of a tile beyond the full ones */
    GROUP = 8  /* columns in a register; terms in a turn of its loop */
};

/* How many of the terms, or columns, that are left make the next block. */
static size_t block_of(size_t left) {
    if (left >= 2 * (size_t)BLOCK)
        return BLOCK;
    return left > BLOCK ? (left / 2 + GROUP - 1) / GROUP * GROUP : left;
}

/* --- which elements are pairs --- */

/* Where rows are done by twelve. Two registers side by side take six rows each, in steps: the first
 * group of columns begins with the upper six, and in the last one either six are left. */
static bool is_pair_in_tile(size_t row, size_t group, size_t groups) {
    if (groups < 2)
        return false;
    if (group == 0)
        return row < HALF;
    return group == groups - 1 && (groups % 2 == 0 ? row < HALF : row >= HALF);
}

/* Where they are not: by four in the first block of columns, by eight, if there are as many, in
 * the others. */
static bool is_pair_beyond(size_t row, size_t rows, bool is_first) {
    return row < rows - rows % SMALL && (is_first || rows / SMALL < 2);
}

/* A block of columns. */
typedef struct {
    size_t from, count;
} columns;

/* j counts from where the block begins. */
static bool is_pair(size_t i, size_t j, size_t m, columns block) {
    const size_t group = j / GROUP, groups = block.count / GROUP, tiled = m - m % TILE;
    if (group >= groups)
        return false;
    return i < tiled ? is_pair_in_tile(i % TILE, group, groups)
                     : is_pair_beyond(i - tiled, m - tiled, block.from == 0);
}

/* --- the sums --- */

/* The numbers that meet in one element: a row of a, a column of b. */
typedef struct {
    const real *a, *b;
    size_t a_step, b_step;
} terms;

static terms beyond(terms t, size_t count) {
    return (terms){t.a + count * t.a_step, t.b + count * t.b_step, t.a_step, t.b_step};
}

static real chain(terms t, size_t count, real sum) {
    for (; count > 0; count--, t = beyond(t, 1))
        sum = real_fma(*t.a, *t.b, sum);
    return sum;
}

static real pair(terms t, size_t count) {
    real even = 0, odd = 0;
    for (size_t turns = count / GROUP * (GROUP / 2); turns > 0; turns--, t = beyond(t, 2)) {
        even = real_fma(*t.a, *t.b, even);
        odd = real_fma(t.a[t.a_step], t.b[t.b_step], odd);
    }
    return chain(t, count % GROUP, even) + odd;
}

/* The sum over all blocks of terms, added to c. */
static real onto(real c, terms t, size_t k, bool is_pair) {
    const bool in_blocks = sizeof(real) == sizeof(float);
    for (size_t count; k > 0; k -= count, t = beyond(t, count)) {
        count = in_blocks ? block_of(k) : k;
        c += in_blocks && is_pair ? pair(t, count) : chain(t, count, 0);
    }
    return c;
}

static void multiply(real *c, mlp_matrix c_matrix, const real *a, mlp_matrix a_matrix,
                     const real *b, mlp_matrix b_matrix) {
    const size_t m = c_matrix.rows, n = c_matrix.columns, k = a_matrix.columns;
    for (columns block = {0}; block.from < n; block.from += block.count) {
        block.count = block_of(n - block.from);
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < block.count; j++) {
                const size_t column = block.from + j;
                const terms t = {a + i * a_matrix.row_stride, b + column * b_matrix.column_stride,
                                 a_matrix.column_stride, b_matrix.row_stride};
                real *element = &c[mlp_matrix_place(c_matrix, i, column)];
                *element = onto(*element, t, k, is_pair(i, j, m, block));
            }
    }
}

void KERNEL(addmm)(real *c, const real *a, mlp_matrix a_matrix, const real *b,
                   mlp_matrix b_matrix) {
    multiply(c, mlp_matrix_by_rows(a_matrix.rows, b_matrix.columns), a, a_matrix, b, b_matrix);
}

void KERNEL(matmul)(real *c, const real *a, mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix,
                    bool by_columns) {
    const mlp_matrix c_matrix = mlp_matrix_by_rows(a_matrix.rows, b_matrix.columns);
    for (size_t i = 0; i < c_matrix.rows * c_matrix.columns; i++)
        c[i] = 0;
    if (by_columns) /* c^T = b^T a^T */
        multiply(c, mlp_matrix_transpose(c_matrix), b, mlp_matrix_transpose(b_matrix), a,
                 mlp_matrix_transpose(a_matrix));
    else
        multiply(c, c_matrix, a, a_matrix, b, b_matrix);
}
