/* The bounds of products of vectors and matrices. */
#include "bounds.h"

#include "row.h"

#include <math.h>

/* Rows of a matrix: the first one, and how far from one to the next. */
typedef struct {
    bounded_row row;
    size_t next;
} bounded_rows;

static bounded_row row_at(const bounded_rows *rows, size_t i) {
    bounded_row row = rows->row;
    row.first += i * rows->next;
    return row;
}

/* out (m, n): each element is the sum of the k products of a row of a and one of b. */
static void multiply(rounding r, double *out, products size, const bounded_rows *a,
                     const bounded_rows *b, bounded *room) {
    for (size_t i = 0; i < size.m; i++)
        for (size_t j = 0; j < size.n; j++)
            out[i * size.n + j] =
                bounded_dot(r, row_at(a, i), row_at(b, j), size.k, exactly(0), room).bound;
}

/* The rows, or the columns, of matrix i of those (rows, columns) in a tensor. */
static bounded_rows rows_of(const mlp_tensor *tensor, const double *bound, size_t i, size_t rows,
                            size_t columns) {
    return (bounded_rows){{tensor, bound, i * rows * columns, 1}, columns};
}

static bounded_rows columns_of(const mlp_tensor *tensor, const double *bound, size_t i, size_t rows,
                               size_t columns) {
    return (bounded_rows){{tensor, bound, i * rows * columns, columns}, 1};
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
    const rounding r = rounding_to(call->in[0]->dtype);
    const products p = products_of(call->in[0], call->in[1]);
    for (size_t i = 0; i < p.count; i++) {
        const bounded_rows a = rows_of(call->in[0], bounds->in[0], i, p.m, p.k);
        const bounded_rows b = columns_of(call->in[1], bounds->in[1], i, p.k, p.n);
        multiply(r, bounds->out[0] + i * p.m * p.n, p, &a, &b, bounded_room(bounds));
    }
}

/* da = dy b^T, db = a^T dy */
void bound_matmul_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const products p = products_of(call->in[0], call->in[1]);
    const products of_a = {.m = p.m, .n = p.k, .k = p.n}, of_b = {.m = p.k, .n = p.n, .k = p.m};
    for (size_t i = 0; i < p.count && bounds->din[0]; i++) {
        const bounded_rows dy = rows_of(call->dout, bounds->dout, i, p.m, p.n);
        const bounded_rows b = rows_of(call->in[1], bounds->in[1], i, p.k, p.n);
        multiply(r, bounds->din[0] + i * p.m * p.k, of_a, &dy, &b, bounded_room(bounds));
    }
    for (size_t i = 0; i < p.count && bounds->din[1]; i++) {
        const bounded_rows a = columns_of(call->in[0], bounds->in[0], i, p.m, p.k);
        const bounded_rows dy = columns_of(call->dout, bounds->dout, i, p.m, p.n);
        multiply(r, bounds->din[1] + i * p.k * p.n, of_b, &a, &dy, bounded_room(bounds));
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
