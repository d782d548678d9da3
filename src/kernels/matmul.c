/* Matrix product
 *
 *   matmul   c[i,j] = sum over p of a[i,p] b[p,j]
 *   addmm    c[i,j] = c[i,j] + the same sum
 *
 *   c (m, n), a (m, k), b (k, n), of which a and b may be transposes of what lies in memory
 *
 * The terms are added in the order that product_order.h gives.
 */
#include "mlpstep/kernels/matmul.h"
#include "product_order.h"

#include <string.h>

static const product_order in_order = {BLOCK, BLOCK, block_of, block_of, strip_of, sum_of};

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

static void clear_from(size_t first, real *c, mlp_matrix c_matrix) {
    for (size_t i = first; i < c_matrix.rows; i++)
        for (size_t j = 0; j < c_matrix.columns; j++)
            c[mlp_matrix_place(c_matrix, i, j)] = 0;
}

static void multiply_from(size_t first, real *c, mlp_matrix c_matrix, const real *a,
                          mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix) {
    const size_t m = c_matrix.rows, n = c_matrix.columns, k = a_matrix.columns;
    for (columns block = {0}; block.from < n; block.from += block.count) {
        block.count = block_of(n - block.from);
        for (size_t i = first; i < m; i++)
            for (size_t j = 0; j < block.count; j++) {
                const size_t column = block.from + j;
                const terms t = {a + i * a_matrix.row_stride, b + column * b_matrix.column_stride,
                                 a_matrix.column_stride, b_matrix.row_stride};
                real *element = &c[mlp_matrix_place(c_matrix, i, column)];
                *element = onto(*element, t, k, chains_of(i, j, c_matrix, block));
            }
    }
}

/* c = c + a b, or where c begins, a b. */
static void multiply(real *c, mlp_matrix c_matrix, bool begins, const real *a, mlp_matrix a_matrix,
                     const real *b, mlp_matrix b_matrix) {
    const product p = {c, a, b, c_matrix, a_matrix, b_matrix, begins, &in_order};
    multiply_function *in_vectors = multiply_at(mlp_kernel_level());
    const size_t done = in_vectors ? in_vectors(&p) : 0;
    if (begins)
        clear_from(done, c, c_matrix);
    multiply_from(done, c, c_matrix, a, a_matrix, b, b_matrix);
}

void KERNEL(addmm)(real *c, const real *a, mlp_matrix a_matrix, const real *b,
                   mlp_matrix b_matrix) {
    const mlp_matrix c_matrix = mlp_matrix_by_rows(a_matrix.rows, b_matrix.columns);
    multiply(c, c_matrix, false, a, a_matrix, b, b_matrix);
}

void KERNEL(matmul)(real *c, const real *a, mlp_matrix a_matrix, const real *b, mlp_matrix b_matrix,
                    bool by_columns) {
    const mlp_matrix c_matrix = mlp_matrix_by_rows(a_matrix.rows, b_matrix.columns);
    if (by_columns) /* c^T = b^T a^T */
        multiply(c, mlp_matrix_transpose(c_matrix), true, b, mlp_matrix_transpose(b_matrix), a,
                 mlp_matrix_transpose(a_matrix));
    else
        multiply(c, c_matrix, true, a, a_matrix, b, b_matrix);
}
