/* Several tensors as one: torch.cat(tensors, dim), torch.stack(tensors, dim). */
#include "operators.h"
#include "tensor.h"

#include <string.h>

/* The present values of the Tensors of a list or tuple. */
typedef struct {
    mlp_value **items;
    size_t count;
} parts;

/* All in the type that they have together. */
static parts promoted(call *c, parts p) {
    mlp_dtype dtype = p.items[0]->tensor.dtype;
    for (size_t i = 1; i < p.count; i++)
        dtype = dtype_promoted(dtype, p.items[i]->tensor.dtype);
    for (size_t i = 0; i < p.count; i++)
        p.items[i] = tensor_in_dtype(c, p.items[i], dtype);
    return p;
}

static parts read_parts(call *c, const char *name, const object *tensors) {
    if (tensors->kind != OBJECT_TUPLE && tensors->kind != OBJECT_LIST)
        call_fail(
            call_raises(c, TYPE_ERROR,
                        "%s(): argument 'tensors' (position 1) must be tuple of Tensors, not %s",
                        name, object_class_name(tensors)),
            "%s() takes a list or tuple of Tensors, not a value of type %s", name,
            object_type(tensors));
    const size_t count = tensors->as.sequence.count;
    if (count == 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "%s",
                              strcmp(name, "stack") == 0
                                  ? "stack expects a non-empty TensorList"
                                  : "torch.cat(): expected a non-empty list of Tensors"),
                  "%s() needs at least one Tensor", name);
    parts p = {script_alloc(c->script, count, sizeof *p.items), count};
    for (size_t i = 0; i < count; i++) {
        const object *item = tensors->as.sequence.items[i];
        if (!is_tensor(item))
            call_fail(call_raises(c, TYPE_ERROR,
                                  "expected Tensor as element %zu in argument 0, but got %s", i,
                                  object_class_name(item)),
                      "%s() takes a list or tuple of Tensors, but one is of type %s", name,
                      object_type(item));
        p.items[i] = tensor_value(c, item);
    }
    return promoted(c, p);
}

static bool is_left_out(const mlp_tensor *t) {
    return t->ndim == 1 && t->numel == 0;
}

/* Leaves out the tensors of shape [0], as PyTorch does, unless there are no others. */
static parts without_empty(parts p) {
    parts kept = {p.items, 0};
    for (size_t i = 0; i < p.count; i++)
        if (!is_left_out(&p.items[i]->tensor) || p.items[i]->requires_grad)
            p.items[kept.count++] = p.items[i];
    return kept.count ? kept : (parts){p.items, 1};
}

static mlp_request joining(const mlp_operation *operation, mlp_value *const *items, size_t count,
                           size_t dim) {
    mlp_request request = {.operation = operation, .options.dim = (int64_t)dim};
    for (size_t i = 0; i < count && i < MLP_MAX_PARTS; i++)
        request.in[i] = items[i];
    return request;
}

/* One after the other, a few at a time, until a last step can join what there is. Later steps come
 * first in the trace, so that their gradients come last: where a tensor stands in several places,
 * its gradients are then added in the order of these, as PyTorch adds them. */
static mlp_request last_join(call *c, const mlp_operation *operation, parts p, size_t dim) {
    while (p.count > MLP_MAX_PARTS) {
        const size_t groups = (p.count + MLP_MAX_PARTS - 1) / MLP_MAX_PARTS;
        mlp_value **joined = script_alloc(c->script, groups, sizeof *joined);
        for (size_t g = groups; g-- > 0;) {
            const size_t first = g * MLP_MAX_PARTS;
            mlp_request part = joining(operation, p.items + first, p.count - first, dim);
            part.hidden = true;
            joined[g] = tensor_step(c, &part);
        }
        p = (parts){joined, groups};
    }
    return joining(operation, p.items, p.count, dim);
}

static object *join(call *c, const mlp_operation *operation, parts p, size_t dim) {
    const mlp_request whole = last_join(c, operation, p, dim);
    return tensor_result(c, &whole);
}

/* What PyTorch raises where two of the tensors do not fit, which it counts with those left out. */
static call *raises_misfit(call *c, const mlp_tensor *first, const mlp_tensor *x, size_t number,
                           size_t dim) {
    if (x->ndim != first->ndim)
        return call_raises(c, RUNTIME_ERROR,
                           "Tensors must have same number of dimensions: got %zu and %zu",
                           first->ndim, x->ndim);
    size_t d = 0;
    while (d == dim || x->shape[d] == first->shape[d])
        d++;
    return call_raises(c, RUNTIME_ERROR,
                       "Sizes of tensors must match except in dimension %zu. Expected size %zu "
                       "but got size %zu for tensor number %zu in the list.",
                       dim, first->shape[d], x->shape[d], number);
}

static void check_sizes(call *c, parts p, const mlp_tensor *first, size_t dim) {
    char first_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < p.count; i++) {
        const mlp_tensor *x = &p.items[i]->tensor;
        bool fits = x->ndim == first->ndim;
        for (size_t d = 0; d < x->ndim && fits; d++)
            fits = d == dim || x->shape[d] == first->shape[d];
        if (!fits && !is_left_out(x))
            call_fail(raises_misfit(c, first, x, i, dim),
                      "tensors of shapes %s and %s cannot be put together along dimension %zu: all "
                      "other sizes must be equal",
                      mlp_shape_text(first_shape, first), mlp_shape_text(shape, x), dim);
    }
}

/* Arguments: tensors, dim. */
static object *torch_cat(call *c) {
    const parts p = read_parts(c, "cat", c->arguments[0]);
    size_t at = 0;
    while (at + 1 < p.count && is_left_out(&p.items[at]->tensor))
        at++;
    const mlp_tensor *first = &p.items[at]->tensor;
    const size_t dim = tensor_dim_of(c, first, c->arguments[1]->as.integer, 0);
    check_sizes(c, p, first, dim);
    return join(c, &mlp_cat, without_empty(p), dim);
}

/* The tensor with a dimension of 1 more, along which it can be joined. */
static mlp_value *unsqueezed(call *c, mlp_value *x, size_t dim) {
    const mlp_tensor *t = &x->tensor;
    mlp_request request = {.operation = &mlp_unsqueeze_part, .in = {x}, .hidden = true};
    request.options.sizes.count = t->ndim + 1;
    for (size_t i = 0; i <= t->ndim; i++)
        request.options.sizes.size[i] = i == dim ? 1 : t->shape[i - (i > dim ? 1 : 0)];
    return tensor_step(c, &request);
}

static object *torch_stack(call *c) {
    char first_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    const parts p = read_parts(c, "stack", c->arguments[0]);
    const mlp_tensor *first = &p.items[0]->tensor;
    const size_t dim = tensor_dim_of(c, first, c->arguments[1]->as.integer, 1);
    if (first->ndim == MLP_MAX_DIMS)
        call_fail(c, "the result would have more than %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < p.count; i++)
        if (!mlp_tensor_same_shape(first, &p.items[i]->tensor))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "stack expects each tensor to be equal size, but got %s at entry "
                                  "0 and %s at entry %zu",
                                  mlp_shape_text(first_shape, first),
                                  mlp_shape_text(shape, &p.items[i]->tensor), i),
                      "stack() needs tensors of one shape, but they have %s and %s",
                      mlp_shape_text(first_shape, first),
                      mlp_shape_text(shape, &p.items[i]->tensor));
    for (size_t i = p.count; i-- > 0;)
        p.items[i] = unsqueezed(c, p.items[i], dim);
    return join(c, &mlp_stack, p, dim);
}

mlp_value *tensor_stacked_along(call *c, mlp_value **items, size_t count, size_t dim) {
    for (size_t i = 0; i < count; i++)
        items[i] = unsqueezed(c, items[i], dim);
    mlp_request whole = last_join(c, &mlp_stack, (parts){items, count}, dim);
    whole.hidden = true;
    return tensor_step(c, &whole);
}

mlp_value *tensor_stacked(call *c, mlp_value **items, size_t count) {
    return tensor_stacked_along(c, items, count, 0);
}

/* --- hstack, vstack, column_stack --- */

/* The tensor under these sizes, by a step that has no entry. */
static mlp_value *resized(call *c, mlp_value *x, mlp_sizes sizes) {
    return tensor_step(
        c, &(mlp_request){
               .operation = &mlp_reshape, .in = {x}, .options.sizes = sizes, .hidden = true});
}

/* Arguments: tensors. Vectors stand side by side in one row, rows of matrices are made longer. */
static object *torch_hstack(call *c) {
    const parts p = read_parts(c, "hstack", c->arguments[0]);
    for (size_t i = p.count; i-- > 0;)
        if (p.items[i]->tensor.ndim == 0)
            p.items[i] = resized(c, p.items[i], (mlp_sizes){1, {1}});
    return join(c, &mlp_cat, p, p.items[0]->tensor.ndim > 1);
}

/* Vectors are rows. */
static object *torch_vstack(call *c) {
    const parts p = read_parts(c, "vstack", c->arguments[0]);
    for (size_t i = p.count; i-- > 0;)
        if (p.items[i]->tensor.ndim < 2)
            p.items[i] = resized(c, p.items[i], (mlp_sizes){2, {1, p.items[i]->tensor.numel}});
    return join(c, &mlp_cat, p, 0);
}

/* Vectors are columns. */
static object *torch_column_stack(call *c) {
    const parts p = read_parts(c, "column_stack", c->arguments[0]);
    for (size_t i = p.count; i-- > 0;)
        if (p.items[i]->tensor.ndim < 2)
            p.items[i] = resized(c, p.items[i], (mlp_sizes){2, {p.items[i]->tensor.numel, 1}});
    return join(c, &mlp_cat, p, 1);
}

/* All have three dimensions and are joined along the last: a vector is one row of them. */
static object *torch_dstack(call *c) {
    const parts p = read_parts(c, "dstack", c->arguments[0]);
    for (size_t i = p.count; i-- > 0;) {
        const mlp_tensor *t = &p.items[i]->tensor;
        const bool is_matrix = t->ndim == 2;
        if (t->ndim < 3)
            p.items[i] = resized(
                c, p.items[i],
                (mlp_sizes){3,
                            {is_matrix ? t->shape[0] : 1, is_matrix ? t->shape[1] : t->numel, 1}});
    }
    check_sizes(c, p, &p.items[0]->tensor, 2);
    return join(c, &mlp_cat, p, 2);
}

const native native_cat[] = {
    {.path = "torch.dstack", .signature = "tensors", .call = torch_dstack},
    {.path = "torch.hstack", .signature = "tensors", .call = torch_hstack},
    {.path = "torch.vstack", .signature = "tensors", .call = torch_vstack},
    {.path = "torch.row_stack", .signature = "tensors", .call = torch_vstack},
    {.path = "torch.column_stack", .signature = "tensors", .call = torch_column_stack},
    {.path = "torch.cat", .signature = "tensors, dim/axis: int = 0", .call = torch_cat},
    {.path = "torch.concat", .signature = "tensors, dim/axis: int = 0", .call = torch_cat},
    {.path = "torch.stack", .signature = "tensors, dim/axis: int = 0", .call = torch_stack},
    {0}};
