/* Matrix product
 *
 *   matmul   c[i,j] = sum over p of a[i,p] b[p,j]
 *   addmm    c[i,j] = c[i,j] + the same sum
 *
 *   c (m, n), a (m, k), b (k, n), of which a and b may be transposes of what lies in memory
 *
 * The terms are added in the order of OpenBLAS on processors with AVX2, on one thread. It cuts the k
 * terms into blocks, whose sums are added to c one by one. Such a sum is
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
 */
#include "mlpstep/kernels/matmul.h"
#include "real.h"

enum {
    IN_FLOAT = sizeof(real) == sizeof(float),
    BLOCK = IN_FLOAT ? 320 : 256, /* terms, or columns */
    TILE = 12,                    /* rows */
    HALF = TILE / 2,
    SMALL = 4,                       /* rows of a tile beyond the full ones */
    GROUP = 8,                       /* columns in a register; terms in a turn of its loop */
    ROUND = IN_FLOAT ? GROUP : SMALL /* a block is a multiple of this */
};

/* How many of the terms, or columns, that are left make the next block. */
static size_t block_of(size_t left) {
    if (left >= 2 * (size_t)BLOCK)
        return BLOCK;
    return left > BLOCK ? (left / 2 + ROUND - 1) / ROUND * ROUND : left;
}

/* --- how many chains there are: float32 --- */

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

/* --- float64 --- */

/* A matrix of one column lies as well by columns, and then that is its last row. */
static bool is_four(size_t i, size_t j, size_t m, size_t n) {
    if (n == 1)
        return i < m - m % SMALL;
    return i == m - 1 && m % 2 == 1 && j < n - n % SMALL;
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

static real four(terms t, size_t count) {
    real sum[4] = {0};
    for (size_t turns = count / GROUP * GROUP; turns > 0; turns -= 4)
        for (size_t i = 0; i < 4; i++, t = beyond(t, 1))
            sum[i] = real_fma(*t.a, *t.b, sum[i]);
    return (chain(t, count % GROUP, sum[0]) + sum[1]) + (sum[2] + sum[3]);
}

/* The sum over all blocks of terms, added to c. */
static real onto(real c, terms t, size_t k, size_t chains) {
    for (size_t count; k > 0; k -= count, t = beyond(t, count)) {
        count = block_of(k);
        c += chains == 4 ? four(t, count) : chains == 2 ? pair(t, count) : chain(t, count, 0);
    }
    return c;
}

static size_t chains_of(size_t i, size_t j, mlp_matrix c, columns block) {
    if (IN_FLOAT)
        return is_pair(i, j, c.rows, block) ? 2 : 1;
    return is_four(i, block.from + j, c.rows, c.columns) ? 4 : 1;
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
                *element = onto(*element, t, k, chains_of(i, j, c_matrix, block));
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
