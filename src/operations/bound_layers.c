/* The bounds of linear and dropout. */
#include "bound_matrices.h"
#include "bounds.h"

#include <math.h>

static bounded_matrix matrix_of(const mlp_tensor *tensor, const double *bound, mlp_matrix lies) {
    return (bounded_matrix){tensor, bound, 0, lies};
}

static bounded_row all_of(const mlp_tensor *tensor, const double *bound) {
    return (bounded_row){tensor, bound, 0, 1};
}

void bound_linear(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[1]->shape[1], n = call->in[1]->shape[0];
    const bounded_matrix x_all = matrix_of(call->in[0], bounds->in[0],
                                           mlp_matrix_by_rows(call->in[0]->numel / (k ? k : 1), k)),
                         weight_all = matrix_of(call->in[1], bounds->in[1],
                                                mlp_matrix_transpose(mlp_matrix_by_rows(n, k)));
    if (bounded_product_is_large(x_all.matrix, weight_all.matrix)) {
        const bounded_row bias = all_of(call->in[2], bounds->in[2]);
        bounded_multiply(r, bounds->out[0], &x_all, &weight_all, call->in[2] ? &bias : NULL,
                         all_of(call->out[0], NULL), bounds->scratch);
        return;
    }
    for (size_t i = 0; i < call->out[0]->numel; i++) {
        const bounded_row x = {call->in[0], bounds->in[0], i / n * k, 1};
        const bounded_row weight = {call->in[1], bounds->in[1], i % n * k, 1};
        const bounded bias =
            call->in[2] ? bounded_at(call->in[2], bounds->in[2], i % n) : exactly(0);
        bounds->out[0][i] = bounded_dot(r, x, weight, k, bias, bounded_room(bounds)).bound;
    }
}

static void bound_large_linear_back(const mlp_call *call, const mlp_bounds *bounds,
                                    const bounded_matrix *x, const bounded_matrix *weight,
                                    const bounded_matrix *dy) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded_matrix columns = {dy->tensor, dy->bound, 0, mlp_matrix_transpose(dy->matrix)};
    if (bounds->din[0])
        bounded_multiply(r, bounds->din[0], dy, weight, NULL, all_of(call->din[0], NULL),
                         bounds->scratch);
    if (bounds->din[1])
        bounded_multiply(r, bounds->din[1], &columns, x, NULL, all_of(call->din[1], NULL),
                         bounds->scratch);
}

static void bound_small_linear_back(const mlp_call *call, const mlp_bounds *bounds, size_t batch,
                                    size_t k, size_t n) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; bounds->din[0] && i < batch * k; i++) {
        const bounded_row dy = {call->dout, bounds->dout, i / k * n, 1};
        const bounded_row weight = {call->in[1], bounds->in[1], i % k, k};
        bounds->din[0][i] = bounded_dot(r, dy, weight, n, exactly(0), room).bound;
    }
    for (size_t i = 0; bounds->din[1] && i < n * k; i++) {
        const bounded_row dy = {call->dout, bounds->dout, i / k, n};
        const bounded_row x = {call->in[0], bounds->in[0], i % k, k};
        bounds->din[1][i] = bounded_dot(r, dy, x, batch, exactly(0), room).bound;
    }
}

void bound_linear_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[1]->shape[1], n = call->in[1]->shape[0];
    const size_t batch = call->in[0]->numel / (k ? k : 1);
    const bounded_matrix x = matrix_of(call->in[0], bounds->in[0], mlp_matrix_by_rows(batch, k)),
                         weight = matrix_of(call->in[1], bounds->in[1], mlp_matrix_by_rows(n, k)),
                         dy = matrix_of(call->dout, bounds->dout, mlp_matrix_by_rows(batch, n));
    if (bounded_product_is_large(dy.matrix, weight.matrix))
        bound_large_linear_back(call, bounds, &x, &weight, &dy);
    else
        bound_small_linear_back(call, bounds, batch, k, n);
    for (size_t i = 0; bounds->din[2] && i < n; i++) {
        const bounded_row column = {call->dout, bounds->dout, i, n};
        bounds->din[2][i] = bounded_total(r, column, batch, bounded_room(bounds)).bound;
    }
}

/* x times the mask, which is divided by 1 - p before. */
static void scale_bound(const mlp_call *call, const double *mask_bound, double *bound,
                        const mlp_tensor *x, const double *x_bound) {
    const rounding r = rounding_to(x->dtype);
    const bounded kept = bounded_div(r, exactly(1), bounded_beside_one(r, call->options.p));
    for (size_t i = 0; i < x->numel; i++) {
        const bool is_kept = mlp_tensor_get(call->in[1], i) != 0;
        bound[i] = mask_bound[i] > 0 ? INFINITY
                   : is_kept         ? bounded_mul(r, bounded_at(x, x_bound, i), kept).bound
                                     : 0;
    }
}

void bound_dropout(const mlp_call *call, const mlp_bounds *bounds) {
    scale_bound(call, bounds->in[1], bounds->out[0], call->in[0], bounds->in[0]);
}

void bound_dropout_back(const mlp_call *call, const mlp_bounds *bounds) {
    scale_bound(call, bounds->in[1], bounds->din[0], call->dout, bounds->dout);
}
