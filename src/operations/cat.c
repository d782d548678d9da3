/* Several tensors as one. */
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/cat.h"

/* --- cat, stack: one to four tensors; dim --- */

static bool check_part(const mlp_tensor *first, const mlp_tensor *x, size_t dim,
                       mlp_diagnostic *error) {
    char first_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    bool fits = x->ndim == first->ndim;
    for (size_t d = 0; d < x->ndim && fits; d++)
        fits = d == dim || x->shape[d] == first->shape[d];
    if (!fits)
        return mlp_error(error,
                         "tensors of shapes %s and %s cannot be put together along dimension %zu: "
                         "all other sizes must be equal",
                         mlp_shape_text(first_shape, first), mlp_shape_text(shape, x), dim);
    return check_same_dtype(first, "one tensor", x, "another", error);
}

static bool check_cat(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *first = call->in[0];
    if (first->ndim == 0)
        return mlp_error(
            mlp_raises(
                error,
                "RuntimeError: zero-dimensional tensor (at position 0) cannot be concatenated"),
            "tensors without dimensions cannot be put one behind the other: "
            "write torch.stack");
    if (!resolve_dim(&call->options.dim, first, error))
        return false;
    const size_t dim = (size_t)call->options.dim;
    out[0] = shape_of(first);
    for (size_t i = 1; i < MLP_MAX_PARTS && call->in[i]; i++) {
        if (!check_part(first, call->in[i], dim, error))
            return false;
        out[0].shape[dim] += call->in[i]->shape[dim];
    }
    return true;
}

/* The bytes of `of` that lie together, the sizes from dim on. */
static size_t row_bytes(const mlp_tensor *of, size_t dim) {
    const mlp_dimension l = split_at(of, dim);
    return l.size * l.inner * mlp_dtype_size(of->dtype);
}

static void cat_forward(const mlp_call *call) {
    const size_t dim = (size_t)call->options.dim, outer = split_at(call->in[0], dim).outer;
    const size_t whole = row_bytes(call->out[0], dim);
    for (size_t i = 0, at = 0; i < MLP_MAX_PARTS && call->in[i]; i++) {
        const size_t part = row_bytes(call->in[i], dim);
        mlp_cat_forward(call->out[0]->data, call->in[i]->data, outer, part, at, whole);
        at += part;
    }
}

static void cat_backward(const mlp_call *call) {
    const size_t dim = (size_t)call->options.dim, outer = split_at(call->in[0], dim).outer;
    const size_t whole = row_bytes(call->dout, dim);
    for (size_t i = 0, at = 0; i < MLP_MAX_PARTS && call->in[i]; i++) {
        const size_t part = row_bytes(call->in[i], dim);
        if (call->din[i])
            mlp_cat_backward(call->din[i]->data, call->dout->data, outer, part, at, whole);
        at += part;
    }
}

#define CAT                                                                                   \
    .symbols = "a b c d", .formula = "y = {a[b? , b][c? , c][d? , d], one behind the other}", \
    .gradient = "da = {its part of dy}[b? ; db = {its part}][c? ; dc = {its part}][d? ; "     \
                "dd = {its part}]",                                                           \
    .outputs = 1, .numbers = MLP_REARRANGED, .check = check_cat, .forward = cat_forward,      \
    .backward = cat_backward, .gradients = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 3

/* One operation, which PyTorch knows by two names. */
const mlp_operation mlp_cat = {.name = "cat",
                               .compose = compose_cat,
                               .grad_fn = "CatBackward0",
                               CAT};
const mlp_operation mlp_stack = {.name = "stack",
                                 .compose = compose_stack,
                                 .grad_fn = "StackBackward0",
                                 CAT};
