/* Gradients of products, composed: products again. */
#include "composition.h"
#include "row.h"

/* As matrices of one row and one column: PyTorch's outer product. */
static mlp_value *as_row(mlp_composition *c, mlp_value *vector, size_t n) {
    const size_t shape[] = {1, n};
    return reshaped(c, &mlp_unsqueeze, vector, 2, shape);
}

static mlp_value *as_column(mlp_composition *c, mlp_value *vector, size_t n) {
    const size_t shape[] = {n, 1};
    return reshaped(c, &mlp_unsqueeze, vector, 2, shape);
}

/* The leading dimensions as one. */
static mlp_value *as_matrix(mlp_composition *c, mlp_value *value, const mlp_tensor *t) {
    const size_t n = t->shape[t->ndim - 1];
    const size_t shape[] = {n ? t->numel / n : 0, n};
    return t->ndim == 2 ? value : reshaped(c, &mlp_reshape, value, 2, shape);
}

/* The last two dimensions change places. */
static mlp_value *transposed(mlp_composition *c, mlp_value *value, size_t ndim) {
    const mlp_options options = {.dim0 = (int64_t)ndim - 2, .dim1 = (int64_t)ndim - 1};
    return ndim == 2 ? applied(c, &mlp_t, value, NULL)
                     : applied_with(c, &mlp_transpose, &options, value, NULL);
}

static mlp_value *product(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return applied(c, &mlp_matmul, a, b);
}

/* --- with a vector on the right --- */

static void compose_dot(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = times(c, c->dout, c->in[1]);
    if (c->wanted[1])
        c->din[1] = times(c, c->dout, c->in[0]);
}

static void compose_mv(mlp_composition *c) {
    const mlp_tensor *a = c->call->in[0], *dy = c->call->out[0];
    const mlp_options options = {.transposed = !c->call->options.transposed};
    if (a->ndim != 2) {
        fail_composition(c, "there is no gradient of the gradient of a batch of matrices times a "
                            "vector here: write b.unsqueeze(1), and squeeze the result");
        return;
    }
    if (c->wanted[0])
        c->din[0] = times(c, as_column(c, c->dout, dy->numel), c->in[1]);
    if (c->wanted[1])
        c->din[1] = applied_with(c, &mlp_matmul, &options, transposed(c, c->in[0], 2), c->dout);
}

/* --- with a matrix, or a batch of them --- */

static void compose_vm(mlp_composition *c) {
    const mlp_tensor *a = c->call->in[0], *dy = c->call->out[0];
    if (c->wanted[1]) {
        mlp_value *row = as_row(c, c->dout, dy->numel);
        c->din[1] = product(c, as_column(c, c->in[0], a->numel), row);
    }
    if (c->wanted[0])
        c->din[0] = called(c, product(c, c->dout, transposed(c, c->in[1], 2)), "SqueezeBackward1");
}

/* da of matrices: PyTorch transposes the smaller part where a lies in memory by columns. */
static mlp_value *left_gradient(mlp_composition *c, mlp_value *a, mlp_value *b, mlp_value *dy) {
    if (c->failed || !c->lies_by_columns(a))
        return product(c, dy, transposed(c, b, 2));
    return transposed(c, product(c, b, transposed(c, dy, 2)), 2);
}

/* db of matrices. */
static mlp_value *right_gradient(mlp_composition *c, mlp_value *a, mlp_value *b, mlp_value *dy) {
    if (c->failed || !c->lies_by_columns(b))
        return product(c, transposed(c, a, 2), dy);
    return transposed(c, product(c, transposed(c, dy, 2), a), 2);
}

static const char *batch_grad_fn(const mlp_composition *c) {
    return mlp_release_has(&c->call->release, MLP_RENAMES_NODES) ? "ViewBackward0"
                                                                 : "ReshapeAliasBackward0";
}

/* Batches of matrices, which @ multiplies as bmm() does, and brings into their shape then. */
static void compose_bmm(mlp_composition *c) {
    const size_t ndim = c->call->in[0]->ndim;
    const char *grad_fn = c->call->operation == &mlp_bmm ? mlp_bmm.grad_fn : batch_grad_fn(c);
    if (c->wanted[1])
        c->din[1] = called(c, product(c, transposed(c, c->in[0], ndim), c->dout), grad_fn);
    if (c->wanted[0])
        c->din[0] = called(c, product(c, c->dout, transposed(c, c->in[1], ndim)), grad_fn);
}

/* The rows of all leading dimensions times one matrix. */
static void compose_mm(mlp_composition *c) {
    const mlp_tensor *a = c->call->in[0], *dy = c->call->out[0];
    if (c->wanted[1]) {
        mlp_value *rows = as_matrix(c, c->dout, dy);
        c->din[1] = right_gradient(c, as_matrix(c, c->in[0], a), c->in[1], rows);
    }
    if (c->wanted[0] && a->ndim == 2)
        c->din[0] = left_gradient(c, c->in[0], c->in[1], c->dout);
    else if (c->wanted[0])
        c->din[0] = called(c, product(c, c->dout, transposed(c, c->in[1], 2)), batch_grad_fn(c));
}

void compose_matmul(mlp_composition *c) {
    const size_t a = c->call->in[0]->ndim, b = c->call->in[1]->ndim;
    if (b == 1)
        (a == 1 ? compose_dot : compose_mv)(c);
    else if (b > 2)
        compose_bmm(c);
    else
        (a == 1 ? compose_vm : compose_mm)(c);
}

/* Within addmm the left one comes first. */
void compose_mm_within(mlp_composition *c) {
    const double alpha = c->call->options.alpha;
    if (c->wanted[0])
        c->din[0] = left_gradient(c, c->in[0], c->in[1], c->dout);
    if (c->wanted[0] && alpha != 1)
        c->din[0] = times_number(c, c->din[0], alpha);
    if (c->wanted[1])
        c->din[1] = right_gradient(c, c->in[0], c->in[1], c->dout);
    if (c->wanted[1] && alpha != 1)
        c->din[1] = times_number(c, c->din[1], alpha);
}

/* --- linear --- */

/* PyTorch multiplies by W^T, whose gradient it transposes. */
static mlp_value *weight_gradient(mlp_composition *c) {
    const mlp_tensor *x = c->call->in[0], *dy = c->call->out[0];
    mlp_value *rows = x->ndim == 1 ? as_row(c, c->in[0], x->numel) : as_matrix(c, c->in[0], x);
    if (!c->failed && c->lies_by_columns(c->in[1])) {
        mlp_value *of = x->ndim == 1 ? as_row(c, c->dout, dy->numel) : as_matrix(c, c->dout, dy);
        return transposed(c, product(c, transposed(c, rows, 2), of), 2);
    }
    mlp_value *left = x->ndim == 1 ? as_column(c, c->dout, dy->numel)
                                   : transposed(c, as_matrix(c, c->dout, dy), 2);
    mlp_value *of_rows = product(c, left, rows);
    return transposed(c, transposed(c, of_rows, 2), 2);
}

static mlp_value *input_gradient(mlp_composition *c) {
    static const char *const names[] = {"SqueezeBackward1", "MmBackward0"};
    const size_t ndim = c->call->in[0]->ndim;
    if (ndim == 2 && !c->failed && c->lies_by_columns(c->in[0])) {
        mlp_value *weight = transposed(c, c->in[1], 2);
        return transposed(c, product(c, weight, transposed(c, c->dout, 2)), 2);
    }
    mlp_value *weight = transposed(c, transposed(c, c->in[1], 2), 2);
    return called(c, product(c, c->dout, weight), ndim <= 2 ? names[ndim - 1] : batch_grad_fn(c));
}

static mlp_value *bias_gradient(mlp_composition *c) {
    const mlp_tensor *dy = c->call->out[0];
    mlp_options options = {.has_dims = true, .keepdim = true};
    for (size_t d = 0; d + 1 < dy->ndim; d++)
        options.dims[d] = true;
    if (dy->ndim == 1)
        return c->dout;
    mlp_value *sum = applied_with(c, &mlp_sum, &options, c->dout, NULL);
    return reshaped(c, &mlp_view, sum, 1, &dy->shape[dy->ndim - 1]);
}

/* Where PyTorch adds the bias within the product, the weight comes behind the input. */
void compose_linear(mlp_composition *c) {
    if (c->wanted[1] && !c->in[2])
        c->din[1] = weight_gradient(c);
    if (c->wanted[0])
        c->din[0] = input_gradient(c);
    if (c->wanted[1] && c->in[2])
        c->din[1] = weight_gradient(c);
    if (c->wanted[2])
        c->din[2] = bias_gradient(c);
}
