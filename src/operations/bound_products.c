/* The bounds of products of vectors and matrices. */
#include "bound_matrices.h"
#include "bounds.h"

#include "row.h"

#include <math.h>

static bounded_row row_at(const bounded_matrix *of, size_t i) {
    return (bounded_row){of->tensor, of->bound, of->first + i * of->matrix.row_stride,
                         of->matrix.column_stride};
}

static bounded_row column_at(const bounded_matrix *of, size_t j) {
    return (bounded_row){of->tensor, of->bound, of->first + j * of->matrix.column_stride,
                         of->matrix.row_stride};
}

/* The bounds of elements first ... of c: those of a b. */
static void multiply(const mlp_tensor *c, double *bound, size_t first, const bounded_matrix *a,
                     const bounded_matrix *b, const mlp_bounds *bounds) {
    const rounding r = rounding_to(c->dtype);
    const size_t rows = a->matrix.rows, columns = b->matrix.columns;
    if (bounded_product_is_large(a->matrix, b->matrix)) {
        bounded_multiply(r, bound + first, a, b, NULL, (bounded_row){c, NULL, first, 1},
                         bounds->scratch);
        return;
    }
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            bound[first + i * columns + j] =
                bounded_dot(r, row_at(a, i), column_at(b, j), a->matrix.columns, exactly(0),
                            bounded_room(bounds))
                    .bound;
}

/* Matrix i of those in a tensor, and its transpose. */
static bounded_matrix matrix_at(const mlp_tensor *tensor, const double *bound, size_t i,
                                size_t rows, size_t columns) {
    return (bounded_matrix){tensor, bound, i * rows * columns, mlp_matrix_by_rows(rows, columns)};
}

static bounded_matrix transpose(bounded_matrix of) {
    of.matrix = mlp_matrix_transpose(of.matrix);
    return of;
}

/* Products of integers are exact, where all of them are. */
static void bound_of_integers(const mlp_call *call, const mlp_bounds *bounds) {
    double most = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < call->in[k]->numel; i++)
            most = fmax(most, bounds->in[k][i]);
    for (size_t i = 0; i < call->out[0]->numel; i++)
        bounds->out[0][i] = most > 0 ? INFINITY : 0;
}

void bound_matmul(const mlp_call *call, const mlp_bounds *bounds) {
    if (!mlp_dtype_is_floating(call->in[0]->dtype)) {
        bound_of_integers(call, bounds);
        return;
    }
    const products p = products_of(call->in[0], call->in[1]);
    for (size_t i = 0; i < p.count; i++) {
        const bounded_matrix a = matrix_at(call->in[0], bounds->in[0], i, p.m, p.k),
                             b = matrix_at(call->in[1], bounds->in[1], i, p.k, p.n);
        multiply(call->out[0], bounds->out[0], i * p.m * p.n, &a, &b, bounds);
    }
}

/* da = dy b^T, db = a^T dy */
void bound_matmul_back(const mlp_call *call, const mlp_bounds *bounds) {
    const products p = products_of(call->in[0], call->in[1]);
    for (size_t i = 0; i < p.count; i++) {
        const bounded_matrix a = matrix_at(call->in[0], bounds->in[0], i, p.m, p.k),
                             b = matrix_at(call->in[1], bounds->in[1], i, p.k, p.n),
                             dy = matrix_at(call->dout, bounds->dout, i, p.m, p.n),
                             of_a = transpose(a), of_b = transpose(b);
        if (bounds->din[0])
            multiply(call->din[0], bounds->din[0], i * p.m * p.k, &dy, &of_b, bounds);
        if (bounds->din[1])
            multiply(call->din[1], bounds->din[1], i * p.k * p.n, &of_a, &dy, bounds);
    }
}

static void multiply_bound(rounding r, const mlp_tensor *product, double *bound, double alpha) {
    for (size_t i = 0; bound && alpha != 1 && i < product->numel; i++) {
        const bounded before = {alpha != 0 ? mlp_tensor_get(product, i) / alpha : 0, bound[i]};
        bound[i] = bounded_mul(r, before, bounded_number(r, alpha)).bound;
    }
}

void bound_mm_within_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bound_matmul_back(call, bounds);
    for (size_t i = 0; i < 2; i++)
        multiply_bound(r, call->din[i], bounds->din[i], call->options.alpha);
}
