/* Elements at places along a dimension that a tensor of whole numbers tells: taken from there, or
 * put there. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/index.h"

#include <string.h>

/* A number without dimensions counts as a row of one. */
static mlp_tensor lifted(const mlp_tensor *x) {
    mlp_tensor row = *x;
    if (x->ndim == 0) {
        row.ndim = 1;
        row.shape[0] = 1;
    }
    return row;
}

static mlp_gathered places(const mlp_tensor *x, const mlp_tensor *index, const mlp_tensor *y,
                           size_t dim) {
    const mlp_tensor tensors[] = {lifted(x), lifted(index), lifted(y)};
    mlp_gathered at = {.index = index->data,
                       .in_x = whole_of(&tensors[0]),
                       .in_index = whole_of(&tensors[1]),
                       .in_y = whole_of(&tensors[2])};
    at.step = at.in_x.stride[dim];
    at.in_x.stride[dim] = 0;
    memcpy(at.in_x.shape, at.in_index.shape, sizeof at.in_x.shape);
    memcpy(at.in_y.shape, at.in_index.shape, sizeof at.in_y.shape);
    return at;
}

/* The index is one of whole rows. */
static mlp_gathered rows(const mlp_tensor *x, const mlp_tensor *index, const mlp_tensor *y,
                         size_t dim) {
    mlp_gathered at = {
        .index = index->data, .in_x = whole_of(x), .in_index.ndim = y->ndim, .in_y = whole_of(y)};
    at.step = at.in_x.stride[dim];
    at.in_x.stride[dim] = 0;
    at.in_index.stride[dim] = 1;
    memcpy(at.in_x.shape, at.in_y.shape, sizeof at.in_x.shape);
    memcpy(at.in_index.shape, at.in_y.shape, sizeof at.in_index.shape);
    return at;
}

static void add(const mlp_tensor *x, const mlp_tensor *y, const mlp_gathered *at) {
    if (mlp_dtype_is_integer(x->dtype))
        mlp_scatter_add_i64(x->data, y->data, at);
    else if (x->dtype == MLP_FLOAT64)
        mlp_scatter_add_f64(x->data, y->data, at);
    else
        mlp_scatter_add_f32(x->data, y->data, at);
}

static void clear(const mlp_tensor *x) {
    memset(x->data, 0, x->numel * mlp_dtype_size(x->dtype));
}

static void take(const mlp_tensor *y, const mlp_tensor *x, const mlp_gathered *at) {
    mlp_gather_forward(y->data, x->data, mlp_dtype_size(x->dtype), at);
}

/* --- what the index may be --- */

static mlp_diagnostic *raises_place(mlp_diagnostic *error, const char *name, int64_t at,
                                    int64_t dim, size_t size) {
    if (strncmp(name, "index", 5) == 0)
        return mlp_raises(error, "IndexError: index out of range in self");
    return mlp_raises(error,
                      "RuntimeError: index %lld is out of bounds for dimension %lld with size %zu",
                      (long long)at, (long long)dim, size);
}

/* What PyTorch raises of an index that is too large is a matter of the case. */
static mlp_diagnostic *raises_dims(mlp_diagnostic *error, const mlp_tensor *index,
                                   const mlp_tensor *x, const char *name) {
    return index->ndim == x->ndim
               ? error
               : mlp_raises(
                     error,
                     "RuntimeError: Index tensor must have the same number of dimensions as %s "
                     "tensor",
                     name);
}

/* No index may count from the end. */
static bool check_places(const mlp_tensor *x, const mlp_tensor *index, int64_t dim,
                         const char *name, mlp_diagnostic *error) {
    const size_t size = x->ndim ? x->shape[dim] : 1;
    if (index->dtype != MLP_INT64)
        return mlp_error(
            mlp_raises(error, "RuntimeError: %s(): Expected dtype int64 for index", name),
            "an index must be an int64 tensor, but this one is %s", mlp_dtype_name(index->dtype));
    for (size_t i = 0; i < index->numel; i++) {
        const int64_t at = mlp_tensor_get_int(index, i);
        if (at < 0 || (uint64_t)at >= size)
            return mlp_error(raises_place(error, name, at, dim, size),
                             "index %lld is out of range for dimension %lld of size %zu",
                             (long long)at, (long long)dim, size);
    }
    return true;
}

/* Whether the index is nowhere larger than x, but along dim. */
static bool lies_within(const mlp_tensor *index, const mlp_tensor *x, int64_t dim) {
    const mlp_tensor a = lifted(index), b = lifted(x);
    bool fits = a.ndim == b.ndim;
    for (size_t d = 0; d < a.ndim && fits; d++)
        fits = (int64_t)d == dim || a.shape[d] <= b.shape[d];
    return fits;
}

enum {
    NOWHERE = -1 /* no dimension */
};

/* --- gather: x, index; dim --- */

static bool check_gather(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *index = call->in[1];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (!resolve_dim(&call->options.dim, x, error))
        return false;
    const int64_t dim = call->options.dim;
    if (!lies_within(index, x, dim))
        return mlp_error(raises_dims(error, index, x, "input"),
                         "gather along dimension %lld of shape %s needs an index of as many "
                         "dimensions that is no larger elsewhere, but it has shape %s",
                         (long long)dim, mlp_shape_text(x_shape, x), mlp_shape_text(shape, index));
    out[0] = shape_of(index);
    out[0].dtype = x->dtype;
    return check_places(x, index, dim, "gather", error);
}

static mlp_gathered gathered(const mlp_call *call, const mlp_tensor *y) {
    return places(call->in[0], call->in[1], y, (size_t)call->options.dim);
}

static void gather_forward(const mlp_call *call) {
    const mlp_gathered at = gathered(call, call->out[0]);
    take(call->out[0], call->in[0], &at);
}

static void gather_backward(const mlp_call *call) {
    const mlp_gathered at = gathered(call, call->dout);
    clear(call->din[0]);
    add(call->din[0], call->dout, &at);
}

const mlp_operation mlp_gather = {.name = "gather",
                                  .symbols = "x index",
                                  .formula = "y = {x at index along dimension dim}",
                                  .gradient = "dx = {the sum of dy where x was chosen}",
                                  .outputs = 1,
                                  .numbers = MLP_REARRANGED,
                                  .check = check_gather,
                                  .forward = gather_forward,
                                  .backward = gather_backward,
                                  .compose = compose_gather,
                                  .reads = {1 << 0 | 1 << 1},
                                  .gradients = 1 << 0,
                                  .grad_fn = "GatherBackward0"};

/* --- index_select: x, index of at most one dimension; dim --- */

static bool check_row_index(const mlp_tensor *x, const mlp_tensor *index, int64_t *dim,
                            const char *name, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim == 0 && strcmp(name, "index_select") != 0)
        return mlp_error(error,
                         "%s of a tensor without dimensions is not supported: write "
                         ".reshape(1) behind it",
                         name);
    if (index->ndim > 1)
        return mlp_error(
            strcmp(name, "index_select") == 0
                ? mlp_raises(error, "IndexError: index_select(): Index is supposed to be a vector")
                : error,
            "%s takes an index of one dimension, but this one has shape %s", name,
            mlp_shape_text(shape, index));
    return resolve_dim(dim, x, error) && check_places(x, index, *dim, name, error);
}

static bool check_index_select(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                               mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *index = call->in[1];
    if (!check_row_index(x, index, &call->options.dim, "index_select", error))
        return false;
    if (x->ndim == 0 && index->numel != 1)
        return mlp_error(error, "index_select of a tensor without dimensions takes one index");
    out[0] = shape_of(x);
    if (x->ndim > 0)
        out[0].shape[call->options.dim] = index->numel;
    return true;
}

static void index_select_forward(const mlp_call *call) {
    if (call->in[0]->ndim == 0) {
        copy_values(call->out[0], call->in[0]);
        return;
    }
    const mlp_gathered at = rows(call->in[0], call->in[1], call->out[0], (size_t)call->options.dim);
    take(call->out[0], call->in[0], &at);
}

static void index_select_backward(const mlp_call *call) {
    if (call->in[0]->ndim == 0) {
        copy_values(call->din[0], call->dout);
        return;
    }
    const mlp_gathered at = rows(call->in[0], call->in[1], call->dout, (size_t)call->options.dim);
    clear(call->din[0]);
    add(call->din[0], call->dout, &at);
}

const mlp_operation mlp_index_select = {.name = "index_select",
                                        .symbols = "x index",
                                        .formula = "y = {x at index along dimension dim}",
                                        .gradient = "dx = {the sum of dy where x was chosen}",
                                        .outputs = 1,
                                        .numbers = MLP_REARRANGED,
                                        .check = check_index_select,
                                        .forward = index_select_forward,
                                        .backward = index_select_backward,
                                        .compose = compose_index_select,
                                        .reads = {1 << 1},
                                        .gradients = 1 << 0,
                                        .grad_fn = "IndexSelectBackward0"};

/* --- scatter: x, index, src or NULL; dim, a number for all --- */

static bool check_src(const mlp_tensor *x, const mlp_tensor *index, const mlp_tensor *src,
                      const char *name, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT], src_shape[MLP_SHAPE_TEXT];
    if (src && !lies_within(index, src, NOWHERE))
        return mlp_error(error,
                         "%s needs a src of as many dimensions as the index, and as large, but the "
                         "index has shape %s, and src %s",
                         name, mlp_shape_text(shape, index), mlp_shape_text(src_shape, src));
    return check_same_dtype(x, "the tensor", src, "src", error);
}

static bool check_scattered(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], const char *name,
                            mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *index = call->in[1];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (!resolve_dim(&call->options.dim, x, error))
        return false;
    const int64_t dim = call->options.dim;
    if (!lies_within(index, x, dim))
        return mlp_error(raises_dims(error, index, x, "self"),
                         "%s along dimension %lld of shape %s needs an index of as many dimensions "
                         "that is no larger elsewhere, but it has shape %s",
                         name, (long long)dim, mlp_shape_text(x_shape, x),
                         mlp_shape_text(shape, index));
    out[0] = shape_of(x);
    return check_src(x, index, call->in[2], name, error) &&
           check_places(x, index, dim, name, error);
}

static bool check_scatter(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_scattered(call, out, "scatter", error);
}

static void scatter_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *src = call->in[2];
    const size_t size = mlp_dtype_size(x->dtype);
    const mlp_gathered at = gathered(call, src ? src : call->in[1]);
    copy_values(call->out[0], x);
    if (src) {
        mlp_scatter_forward(call->out[0]->data, src->data, size, &at);
        return;
    }
    int64_t room = 0;
    mlp_tensor one = {.dtype = x->dtype, .numel = 1, .data = &room};
    mlp_number_set(&one, 0, call->options.number);
    mlp_scatter_one(call->out[0]->data, &room, size, &at);
}

/* As in PyTorch, of numbers that others took the place of, too. Of a src that is larger than the
 * index there is no gradient: whoever asks for the step sees to that. */
static void src_gradient(const mlp_call *call) {
    const mlp_gathered at = gathered(call, call->din[2]);
    take(call->din[2], call->dout, &at);
}

static void scatter_backward(const mlp_call *call) {
    const int64_t zero = 0;
    const mlp_gathered at = gathered(call, call->in[1]);
    if (call->din[0]) {
        copy_values(call->din[0], call->dout);
        mlp_scatter_one(call->din[0]->data, &zero, mlp_dtype_size(call->dout->dtype), &at);
    }
    if (call->din[2])
        src_gradient(call);
}

static const char *scatter_grad_fn(const mlp_call *call) {
    return call->in[2] ? "ScatterBackward0" : "ScatterBackward1";
}

const mlp_operation mlp_scatter = {
    .name = "scatter",
    .symbols = "x index src",
    .formula = "y = {x, with [src? src][!src? number] at index along dimension dim}",
    .gradient = "dx = {dy, 0 at index}[src? ; dsrc = {dy at index}]",
    .outputs = 1,
    .numbers = MLP_REARRANGED,
    .check = check_scatter,
    .forward = scatter_forward,
    .backward = scatter_backward,
    .compose = compose_scatter,
    .reads = {1 << 1, 0, 1 << 1},
    .gradients = 1 << 0 | 1 << 2,
    .grad_fn_of = scatter_grad_fn};

/* --- scatter_add: x, index, src; dim --- */

static bool check_scatter_add(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    return check_numbers(call->in[0], error) && check_scattered(call, out, "scatter_add", error);
}

static void scatter_add_forward(const mlp_call *call) {
    const mlp_gathered at = gathered(call, call->in[2]);
    copy_values(call->out[0], call->in[0]);
    add(call->out[0], call->in[2], &at);
}

static void scatter_add_backward(const mlp_call *call) {
    if (call->din[0])
        copy_values(call->din[0], call->dout);
    if (call->din[2])
        src_gradient(call);
}

const mlp_operation mlp_scatter_add = {.name = "scatter_add",
                                       .symbols = "x index src",
                                       .formula = "y = x + {src at index along dimension dim}",
                                       .gradient = "dx = dy; dsrc = {dy at index}",
                                       .outputs = 1,
                                       .check = check_scatter_add,
                                       .forward = scatter_add_forward,
                                       .backward = scatter_add_backward,
                                       .compose = compose_scatter_add,
                                       .bound = bound_scatter_add,
                                       .bound_backward = bound_scatter_add_back,
                                       .reads = {0, 0, 1 << 1},
                                       .gradients = 1 << 0 | 1 << 2,
                                       .grad_fn = "ScatterAddBackward0"};

/* --- index_add: x, index of one dimension, src; dim --- */

static bool check_index_add(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *index = call->in[1], *src = call->in[2];
    char shape[MLP_SHAPE_TEXT], src_shape[MLP_SHAPE_TEXT];
    if (!check_numbers(x, error) ||
        !check_row_index(x, index, &call->options.dim, "index_add", error))
        return false;
    const size_t dim = (size_t)call->options.dim;
    bool fits = src->ndim == x->ndim;
    for (size_t d = 0; d < x->ndim && fits; d++)
        fits = src->shape[d] == (d == dim ? index->numel : x->shape[d]);
    if (!fits)
        return mlp_error(error,
                         "index_add of %zu places along dimension %zu of shape %s needs a source "
                         "of the same sizes elsewhere, but it has shape %s",
                         index->numel, dim, mlp_shape_text(shape, x),
                         mlp_shape_text(src_shape, src));
    out[0] = shape_of(x);
    return check_same_dtype(x, "the tensor", src, "the source", error);
}

static void index_add_forward(const mlp_call *call) {
    const mlp_gathered at = rows(call->in[0], call->in[1], call->in[2], (size_t)call->options.dim);
    copy_values(call->out[0], call->in[0]);
    add(call->out[0], call->in[2], &at);
}

static void index_add_backward(const mlp_call *call) {
    if (call->din[0])
        copy_values(call->din[0], call->dout);
    if (!call->din[2])
        return;
    const mlp_gathered at = rows(call->in[0], call->in[1], call->din[2], (size_t)call->options.dim);
    take(call->din[2], call->dout, &at);
}

const mlp_operation mlp_index_add = {.name = "index_add",
                                     .symbols = "x index src",
                                     .formula = "y = x + {src at index along dimension dim}",
                                     .gradient = "dx = dy; dsrc = {dy at index}",
                                     .outputs = 1,
                                     .check = check_index_add,
                                     .forward = index_add_forward,
                                     .backward = index_add_backward,
                                     .compose = compose_index_add,
                                     .bound = bound_index_add,
                                     .bound_backward = bound_index_add_back,
                                     .reads = {0, 0, 1 << 1 | 1 << 2},
                                     .gradients = 1 << 0 | 1 << 2,
                                     .grad_fn = "IndexAddBackward0"};
