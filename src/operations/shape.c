/* The same values in another arrangement, and some of them. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/index.h"
#include "mlpstep/kernels/reduce.h"
#include "mlpstep/kernels/strided.h"

#include <assert.h>
#include <string.h>

mlp_strided mlp_layout_in_order(size_t ndim, const size_t *shape) {
    mlp_strided layout = {.ndim = ndim};
    size_t stride = 1;
    for (size_t d = ndim; d-- > 0; stride *= shape[d]) {
        layout.shape[d] = shape[d];
        layout.stride[d] = stride;
    }
    return layout;
}

mlp_strided whole_of(const mlp_tensor *x) {
    return mlp_layout_in_order(x->ndim, x->shape);
}

/* --- reshape, identity: x --- */

static void copy_forward(const mlp_call *call) {
    copy_values(call->out[0], call->in[0]);
}

static void copy_backward(const mlp_call *call) {
    copy_values(call->din[0], call->dout);
}

static mlp_shape sizes_given(const mlp_call *call) {
    const mlp_sizes *sizes = &call->options.sizes;
    mlp_shape shape = {.dtype = call->in[0]->dtype, .ndim = sizes->count};
    memcpy(shape.shape, sizes->size, sizeof shape.shape);
    return shape;
}

/* What asks for it has checked the sizes. */
static bool check_reshape(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = sizes_given(call);
    return true;
}

/* Whether the dimension before d does not stand right around those from d on, which hold `numel`
 * numbers at distances of `stride`. */
static bool breaks_before(const mlp_strided *view, size_t d, size_t numel, size_t stride) {
    return d == 0 || (view->shape[d - 1] != 1 && view->stride[d - 1] != numel * stride);
}

/* The view's numbers under other sizes. As in PyTorch, false where that takes numbers out of two
 * dimensions that do not stand one around the other. */
static bool arrange_sizes(const mlp_sizes *sizes, mlp_strided *view) {
    const mlp_strided from = *view;
    size_t to = sizes->count, numel = 1, stride = from.ndim ? from.stride[from.ndim - 1] : 1;
    view->ndim = sizes->count;
    memcpy(view->shape, sizes->size, sizeof view->shape);
    for (size_t d = 0; d < to && from.ndim == 0; d++)
        view->stride[d] = 1;
    for (size_t d = from.ndim; d-- > 0;) {
        size_t taken = 1;
        numel *= from.shape[d];
        if (!breaks_before(&from, d, numel, stride))
            continue;
        for (; to > 0 && (taken < numel || view->shape[to - 1] == 1); taken *= view->shape[--to])
            view->stride[to - 1] = taken * stride;
        if (taken != numel)
            return false;
        numel = 1;
        stride = d ? from.stride[d - 1] : 1;
    }
    return true;
}

static bool arrange_reshape(const mlp_call *call, mlp_strided *view) {
    if (call->in[0]->numel > 0)
        return arrange_sizes(&call->options.sizes, view);
    *view = mlp_layout_in_order(call->options.sizes.count, call->options.sizes.size);
    return true;
}

#define RESHAPE                                                                 \
    .formula = "y = x {in another shape}", .gradient = "dx = dy", .outputs = 1, \
    .numbers = MLP_RELABELED, .check = check_reshape, .forward = copy_forward,  \
    .backward = copy_backward, .gradients = 1 << 0

/* One operation, which PyTorch knows by several names. */
const mlp_operation mlp_reshape = {.name = "reshape",
                                   .compose = compose_reshape,
                                   .grad_fn = "ReshapeAliasBackward0",
                                   .later_grad_fn = "ViewBackward0",
                                   .arrange = arrange_reshape,
                                   RESHAPE};
const mlp_operation mlp_reshape_copy = {.name = "reshape",
                                        .compose = compose_reshape,
                                        .grad_fn = "UnsafeViewBackward0",
                                        RESHAPE};
/* What repeat() and tile() copy from what was expanded. */
const mlp_operation mlp_repeat = {.name = "repeat",
                                  .compose = compose_repeat,
                                  .grad_fn = "RepeatBackward0",
                                  RESHAPE};
/* The sizes that these expand. The sum of what was repeated is the last that comes back. */
const mlp_operation mlp_repeat_shape = {.name = "reshape",
                                        .compose = compose_repeat_shape,
                                        .grad_fn = "ReshapeAliasBackward0",
                                        .later_grad_fn = "ViewBackward0",
                                        .arrange = arrange_reshape,
                                        RESHAPE};
const mlp_operation mlp_view = {.name = "reshape",
                                .compose = compose_reshape,
                                .grad_fn = "ViewBackward0",
                                .arrange = arrange_reshape,
                                RESHAPE};
const mlp_operation mlp_unsqueeze = {.name = "unsqueeze",
                                     .compose = compose_unsqueeze,
                                     .grad_fn = "UnsqueezeBackward0",
                                     .arrange = arrange_reshape,
                                     RESHAPE};
const mlp_operation mlp_unsqueeze_part = {.name = "unsqueeze",
                                          .compose = compose_unsqueeze_part,
                                          .grad_fn = "UnsqueezeBackward0",
                                          .arrange = arrange_reshape,
                                          RESHAPE};
const mlp_operation mlp_squeeze = {.name = "squeeze",
                                   .compose = compose_squeeze,
                                   .grad_fn = "SqueezeBackward0",
                                   .arrange = arrange_reshape,
                                   RESHAPE};
const mlp_operation mlp_squeeze_dim = {.name = "squeeze",
                                       .compose = compose_squeeze,
                                       .grad_fn = "SqueezeBackward1",
                                       .arrange = arrange_reshape,
                                       RESHAPE};

/* The same in place. */
const mlp_operation mlp_unsqueeze_ = {.name = "unsqueeze",
                                      .compose = compose_unsqueeze,
                                      .grad_fn = "UnsqueezeBackward1",
                                      .arrange = arrange_reshape,
                                      RESHAPE};
const mlp_operation mlp_squeeze_ = {.name = "squeeze",
                                    .compose = compose_squeeze,
                                    .grad_fn = "SqueezeBackward2",
                                    .later_grad_fn = "SqueezeBackward3",
                                    .arrange = arrange_reshape,
                                    RESHAPE};
const mlp_operation mlp_squeeze_dim_ = {.name = "squeeze",
                                        .compose = compose_squeeze,
                                        .grad_fn = "SqueezeBackward3",
                                        .later_grad_fn = "SqueezeBackward4",
                                        .arrange = arrange_reshape,
                                        RESHAPE};

static bool check_any(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = shape_of(call->in[0]);
    return true;
}

static bool arrange_nothing(const mlp_call *call, mlp_strided *view) {
    (void)call;
    (void)view;
    return true;
}

const mlp_operation mlp_identity = {.name = "identity",
                                    .formula = "y = x",
                                    .gradient = "dx = dy",
                                    .outputs = 1,
                                    .numbers = MLP_RELABELED,
                                    .hands_on = true,
                                    .check = check_any,
                                    .forward = copy_forward,
                                    .backward = copy_backward,
                                    .compose = compose_same,
                                    .gradients = 1 << 0,
                                    .grad_fn = "CloneBackward0",
                                    .arrange = arrange_nothing};

/* --- overwrite: x, the numbers that it has by now --- */

static bool check_overwrite(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return mlp_tensor_same_shape(call->in[0], call->in[1]) ||
           mlp_error(error, "this tensor was given another shape by way of its .detach() or .data");
}

static void overwrite_forward(const mlp_call *call) {
    copy_values(call->out[0], call->in[1]);
}

/* A computed tensor keeps its node when its numbers were changed behind autograd's back. */
const mlp_operation mlp_overwrite = {.name = "overwrite",
                                     .formula = "y = {what was written to x}",
                                     .gradient = "dx = dy",
                                     .outputs = 1,
                                     .hands_on = true,
                                     .check = check_overwrite,
                                     .forward = overwrite_forward,
                                     .backward = copy_backward,
                                     .compose = compose_same,
                                     .bound = bound_overwrite,
                                     .bound_backward = bound_overwrite_back,
                                     .gradients = 1 << 0,
                                     .grad_fn = "CloneBackward0"};

/* The tensor once more, as x[()] and x[...] are. */
const mlp_operation mlp_as_alias = {.name = "alias",
                                    .formula = "y = x",
                                    .gradient = "dx = dy",
                                    .outputs = 1,
                                    .numbers = MLP_RELABELED,
                                    .check = check_any,
                                    .forward = copy_forward,
                                    .backward = copy_backward,
                                    .compose = compose_same,
                                    .gradients = 1 << 0,
                                    .grad_fn = "AliasBackward0",
                                    .arrange = arrange_nothing};

const mlp_operation mlp_clone = {.name = "clone",
                                 .formula = "y = x",
                                 .gradient = "dx = dy",
                                 .outputs = 1,
                                 .numbers = MLP_RELABELED,
                                 .check = check_any,
                                 .forward = copy_forward,
                                 .backward = copy_backward,
                                 .compose = compose_same,
                                 .gradients = 1 << 0,
                                 .grad_fn = "CloneBackward0",
                                 .elementwise = true};
const mlp_operation mlp_contiguous = {.name = "clone",
                                      .formula = "y = x",
                                      .gradient = "dx = dy",
                                      .outputs = 1,
                                      .numbers = MLP_RELABELED,
                                      .check = check_any,
                                      .forward = copy_forward,
                                      .backward = copy_backward,
                                      .compose = compose_same,
                                      .gradients = 1 << 0,
                                      .grad_fn = "CloneBackward0"};

/* --- expand: x; the sizes to broadcast it to --- */

/* The size of dimension i, counted from the last; 1 beyond the first. */
static size_t size_from_end(size_t ndim, const size_t *shape, size_t i) {
    return i < ndim ? shape[ndim - 1 - i] : 1;
}

bool mlp_broadcast(mlp_shape *shape, const mlp_tensor *a, const mlp_tensor *b,
                   mlp_diagnostic *error) {
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    shape->ndim = a->ndim > b->ndim ? a->ndim : b->ndim;
    for (size_t i = 0; i < shape->ndim; i++) {
        const size_t of_a = size_from_end(a->ndim, a->shape, i);
        const size_t of_b = size_from_end(b->ndim, b->shape, i);
        if (of_a != of_b && of_a != 1 && of_b != 1)
            return mlp_error(
                mlp_raises(error,
                           "RuntimeError: The size of tensor a (%zu) must match the size "
                           "of tensor b (%zu) at non-singleton dimension %zu",
                           of_a, of_b, shape->ndim - 1 - i),
                "the shapes %s and %s do not fit: counted from the last dimension, "
                "sizes must be equal or 1, but %zu meets %zu",
                mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b), of_a, of_b);
        shape->shape[shape->ndim - 1 - i] = of_a == 1 ? of_b : of_a;
    }
    return true;
}

static bool check_expand(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    out[0] = sizes_given(call);
    bool fits = x->ndim <= out[0].ndim;
    for (size_t i = 0; i < x->ndim && fits; i++) {
        const size_t size = size_from_end(x->ndim, x->shape, i);
        fits = size == 1 || size == size_from_end(out[0].ndim, out[0].shape, i);
    }
    if (fits)
        return true;
    mlp_tensor expanded = {.ndim = out[0].ndim};
    memcpy(expanded.shape, out[0].shape, sizeof expanded.shape);
    return mlp_error(error, "a tensor of shape %s cannot be expanded to %s",
                     mlp_shape_text(shape, x), mlp_shape_text(wanted, &expanded));
}

static bool arrange_expand(const mlp_call *call, mlp_strided *view) {
    const mlp_tensor *x = call->in[0];
    const mlp_sizes *sizes = &call->options.sizes;
    const mlp_strided from = *view;
    view->ndim = sizes->count;
    for (size_t d = 0; d < sizes->count; d++) {
        const size_t added = sizes->count - x->ndim, size = sizes->size[d];
        const bool repeated = d < added || (x->shape[d - added] == 1 && size != 1);
        view->shape[d] = size;
        view->stride[d] = repeated ? 0 : from.stride[d - added];
    }
    return true;
}

static void expand_forward(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_expand(call, &view);
    mlp_strided_read(call->out[0]->data, call->in[0]->data, mlp_dtype_size(call->in[0]->dtype),
                     &view);
}

mlp_reduced_dims repeated_dims(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *dy = call->dout;
    mlp_reduced_dims dims = {.ndim = dy->ndim, .memory = memory_of(call)};
    for (size_t d = 0; d < dy->ndim; d++) {
        const size_t added = dy->ndim - x->ndim;
        dims.shape[d] = dy->shape[d];
        dims.reduced[d] = d < added || (x->shape[d - added] == 1 && dy->shape[d] != 1);
    }
    return dims;
}

/* The sum over what was repeated. PyTorch does not touch a gradient that has the shape already. */
static void expand_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *dy = call->dout;
    const mlp_reduced_dims dims = repeated_dims(call);
    if (mlp_tensor_same_shape(x, dy)) {
        copy_values(call->din[0], dy);
        return;
    }
    CALL_KERNEL(call, sum_forward, call->din[0]->data, dy->data, &dims);
}

const mlp_operation mlp_expand = {.name = "expand",
                                  .formula = "y = x {, repeated}",
                                  .gradient = "dx = sum(dy)",
                                  .outputs = 1,
                                  .traits = MLP_IS_BY_MEMORY,
                                  .numbers = MLP_REARRANGED,
                                  .check = check_expand,
                                  .forward = expand_forward,
                                  .backward = expand_backward,
                                  .compose = compose_expand,
                                  .bound_backward = bound_expand_back,
                                  .gradients = 1 << 0,
                                  .grad_fn = "ExpandBackward0",
                                  .arrange = arrange_expand};

/* --- views: x --- */

bool check_view(const mlp_strided *view, mlp_dtype dtype, mlp_shape *out) {
    *out = (mlp_shape){.dtype = dtype, .ndim = view->ndim};
    memcpy(out->shape, view->shape, sizeof out->shape);
    return true;
}

void read_view(const mlp_call *call, const mlp_strided *view) {
    mlp_strided_read(call->out[0]->data, call->in[0]->data, mlp_dtype_size(call->in[0]->dtype),
                     view);
}

void write_view(const mlp_call *call, const mlp_strided *view) {
    const size_t size = mlp_dtype_size(call->in[0]->dtype);
    memset(call->din[0]->data, 0, call->in[0]->numel * size);
    mlp_strided_write(call->din[0]->data, call->dout->data, size, view);
}

static bool arrange_permute(const mlp_call *call, mlp_strided *view) {
    const mlp_strided from = *view;
    for (size_t d = 0; d < from.ndim; d++) {
        const size_t at = (size_t)call->options.order.dim[d];
        view->shape[d] = from.shape[at];
        view->stride[d] = from.stride[at];
    }
    return true;
}

static mlp_strided permutation(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_permute(call, &view);
    return view;
}

static bool check_permute(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    mlp_order *order = &call->options.order;
    char shape[MLP_SHAPE_TEXT];
    bool used[MLP_MAX_DIMS] = {false}, well = order->count == x->ndim;
    for (size_t d = 0; d < order->count && order->count == x->ndim; d++) {
        if (!resolve_dim(&order->dim[d], x, error))
            return false;
        well = well && !used[order->dim[d]];
        used[order->dim[d]] = true;
    }
    if (!well)
        return mlp_error(error, "permute must name each dimension of shape %s once",
                         mlp_shape_text(shape, x));
    const mlp_strided view = permutation(call);
    return check_view(&view, x->dtype, out);
}

static void permute_forward(const mlp_call *call) {
    const mlp_strided view = permutation(call);
    read_view(call, &view);
}

static void permute_backward(const mlp_call *call) {
    const mlp_strided view = permutation(call);
    write_view(call, &view);
}

const mlp_operation mlp_permute = {.name = "permute",
                                   .formula = "y = {x with its dimensions in another order}",
                                   .gradient = "dx = {dy with them back in theirs}",
                                   .outputs = 1,
                                   .numbers = MLP_REARRANGED,
                                   .check = check_permute,
                                   .forward = permute_forward,
                                   .backward = permute_backward,
                                   .compose = compose_permute,
                                   .gradients = 1 << 0,
                                   .grad_fn = "PermuteBackward0",
                                   .arrange = arrange_permute};

/* x[:, [0, 2]] is of one node in PyTorch, however the dimensions are moved on the way. */
const mlp_operation mlp_index_order = {.name = "permute",
                                       .formula = "y = {x with its dimensions in another order}",
                                       .gradient = "dx = {dy with them back in theirs}",
                                       .outputs = 1,
                                       .numbers = MLP_REARRANGED,
                                       .check = check_permute,
                                       .forward = permute_forward,
                                       .backward = permute_backward,
                                       .compose = compose_permute,
                                       .gradients = 1 << 0,
                                       .grad_fn = "IndexBackward0"};

static bool arrange_transpose(const mlp_call *call, mlp_strided *view) {
    const mlp_strided from = *view;
    const size_t a = (size_t)call->options.dim0, b = (size_t)call->options.dim1;
    if (view->ndim == 0)
        return true;
    view->shape[a] = from.shape[b];
    view->stride[a] = from.stride[b];
    view->shape[b] = from.shape[a];
    view->stride[b] = from.stride[a];
    return true;
}

static mlp_strided transposition(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_transpose(call, &view);
    return view;
}

static bool check_transpose(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    if (!resolve_dim(&call->options.dim0, x, error) || !resolve_dim(&call->options.dim1, x, error))
        return false;
    const mlp_strided view = transposition(call);
    return check_view(&view, x->dtype, out);
}

static void transpose_forward(const mlp_call *call) {
    const mlp_strided view = transposition(call);
    read_view(call, &view);
}

static void transpose_backward(const mlp_call *call) {
    const mlp_strided view = transposition(call);
    write_view(call, &view);
}

const mlp_operation mlp_transpose = {.name = "transpose",
                                     .formula = "y = x^T {, of dimensions dim0 and dim1}",
                                     .gradient = "dx = dy^T",
                                     .outputs = 1,
                                     .numbers = MLP_REARRANGED,
                                     .check = check_transpose,
                                     .forward = transpose_forward,
                                     .backward = transpose_backward,
                                     .compose = compose_transpose,
                                     .gradients = 1 << 0,
                                     .grad_fn = "TransposeBackward0",
                                     .arrange = arrange_transpose};

const mlp_operation mlp_transpose_ = {.name = "transpose",
                                      .formula = "y = x^T {, of dimensions dim0 and dim1}",
                                      .gradient = "dx = dy^T",
                                      .outputs = 1,
                                      .numbers = MLP_REARRANGED,
                                      .check = check_transpose,
                                      .forward = transpose_forward,
                                      .backward = transpose_backward,
                                      .compose = compose_transpose,
                                      .gradients = 1 << 0,
                                      .grad_fn = "TransposeBackward1",
                                      .arrange = arrange_transpose};

/* t() of fewer than two dimensions changes nothing. */
static bool check_t(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim > 2)
        return mlp_error(error,
                         "t() takes a tensor of up to two dimensions, but this one has shape %s: "
                         "write transpose(dim0, dim1)",
                         mlp_shape_text(shape, x));
    call->options.dim0 = 0;
    call->options.dim1 = x->ndim == 2;
    return check_transpose(call, out, error);
}

const mlp_operation mlp_t = {.name = "t",
                             .formula = "y = x^T",
                             .gradient = "dx = dy^T",
                             .outputs = 1,
                             .numbers = MLP_REARRANGED,
                             .check = check_t,
                             .forward = transpose_forward,
                             .backward = transpose_backward,
                             .compose = compose_t,
                             .gradients = 1 << 0,
                             .grad_fn = "TBackward0",
                             .arrange = arrange_transpose};

const mlp_operation mlp_t_ = {.name = "t",
                              .formula = "y = x^T",
                              .gradient = "dx = dy^T",
                              .outputs = 1,
                              .numbers = MLP_REARRANGED,
                              .check = check_t,
                              .forward = transpose_forward,
                              .backward = transpose_backward,
                              .compose = compose_t,
                              .gradients = 1 << 0,
                              .grad_fn = "TBackward1",
                              .arrange = arrange_transpose};

/* --- select: x; dim, index --- */

static bool arrange_select(const mlp_call *call, mlp_strided *view) {
    const size_t dim = (size_t)call->options.dim;
    view->offset += (size_t)call->options.index * view->stride[dim];
    view->ndim--;
    for (size_t d = dim; d < view->ndim; d++) {
        view->shape[d] = view->shape[d + 1];
        view->stride[d] = view->stride[d + 1];
    }
    return true;
}

static mlp_strided selection(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_select(call, &view);
    return view;
}

static bool check_select(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    int64_t *dim = &call->options.dim, *index = &call->options.index;
    if (x->ndim == 0)
        return mlp_error(
            mlp_raises(error, "IndexError: invalid index of a 0-dim tensor. Use `tensor.item()` in "
                              "Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a "
                              "number"),
            "a tensor without dimensions has nothing to index: write .item()");
    if (!resolve_dim(dim, x, error))
        return false;
    const int64_t size = (int64_t)x->shape[*dim];
    if (*index < -size || *index >= size)
        return mlp_error(
            mlp_raises(error,
                       "IndexError: index %lld is out of bounds for dimension %lld with size "
                       "%lld",
                       (long long)*index, (long long)*dim, (long long)size),
            "index %lld is out of range for dimension %lld, which has size "
            "%lld",
            (long long)*index, (long long)*dim, (long long)size);
    if (*index < 0)
        *index += size;
    const mlp_strided view = selection(call);
    return check_view(&view, x->dtype, out);
}

static void select_forward(const mlp_call *call) {
    const mlp_strided view = selection(call);
    read_view(call, &view);
}

static void select_backward(const mlp_call *call) {
    const mlp_strided view = selection(call);
    write_view(call, &view);
}

const mlp_operation mlp_select = {.name = "select",
                                  .formula = "y = x[index][dim?  {along dimension dim}]",
                                  .gradient = "dx = {dy at index, 0 elsewhere}",
                                  .outputs = 1,
                                  .numbers = MLP_REARRANGED,
                                  .check = check_select,
                                  .forward = select_forward,
                                  .backward = select_backward,
                                  .compose = compose_select,
                                  .gradients = 1 << 0,
                                  .grad_fn = "SelectBackward0",
                                  .arrange = arrange_select};

/* What a loop over x, or a tuple that x is unpacked to, takes from it. */
const mlp_operation mlp_unbind = {.name = "select",
                                  .formula = "y = x[index][dim?  {along dimension dim}]",
                                  .gradient = "dx = {dy at index, 0 elsewhere}",
                                  .outputs = 1,
                                  .numbers = MLP_REARRANGED,
                                  .check = check_select,
                                  .forward = select_forward,
                                  .backward = select_backward,
                                  .compose = compose_unbind,
                                  .gradients = 1 << 0,
                                  .grad_fn = "UnbindBackward0",
                                  .of_several = true,
                                  .arrange = arrange_select};

/* --- slice: x; dim, start, stop, step --- */

static bool arrange_slice(const mlp_call *call, mlp_strided *view) {
    const size_t dim = (size_t)call->options.dim, start = (size_t)call->options.start;
    const size_t length = (size_t)call->options.stop - start;
    const size_t step = call->options.step ? (size_t)call->options.step : 1;
    view->offset += start * view->stride[dim];
    view->shape[dim] = length ? (length - 1) / step + 1 : 0;
    view->stride[dim] *= step;
    return true;
}

static mlp_strided slice(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_slice(call, &view);
    return view;
}

/* A bound as Python takes it: from the end where negative, and never outside. */
static int64_t bound(int64_t given, int64_t size) {
    const int64_t from_start = given < 0 ? given + size : given;
    return from_start < 0 ? 0 : from_start > size ? size : from_start;
}

static bool check_slice(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    mlp_options *options = &call->options;
    if (x->ndim == 0)
        return mlp_error(error, "a tensor without dimensions cannot be sliced");
    if (options->step < 0)
        return mlp_error(error, "a step in a slice of a tensor must be 1 or more: write .flip(dim) "
                                "for the other order");
    if (!resolve_dim(&options->dim, x, error))
        return false;
    const int64_t size = (int64_t)x->shape[options->dim];
    options->start = options->has_start ? bound(options->start, size) : 0;
    options->stop = options->has_stop ? bound(options->stop, size) : size;
    if (options->stop < options->start)
        options->stop = options->start;
    options->has_start = options->has_stop = true;
    const mlp_strided view = slice(call);
    return check_view(&view, x->dtype, out);
}

static void slice_forward(const mlp_call *call) {
    const mlp_strided view = slice(call);
    read_view(call, &view);
}

static void slice_backward(const mlp_call *call) {
    const mlp_strided view = slice(call);
    write_view(call, &view);
}

#define SLICE                                                                            \
    .formula = "y = {x[start:stop[step? :step]] along dimension dim}",                   \
    .gradient = "dx = {dy there, 0 elsewhere}", .outputs = 1, .numbers = MLP_REARRANGED, \
    .check = check_slice, .forward = slice_forward, .backward = slice_backward,          \
    .gradients = 1 << 0, .arrange = arrange_slice

const mlp_operation mlp_slice = {.name = "slice",
                                 .compose = compose_slice,
                                 .grad_fn = "SliceBackward0",
                                 SLICE};

/* A part of a tensor that is cut into several. */
const mlp_operation mlp_split = {.name = "split",
                                 .compose = compose_split,
                                 .grad_fn = "SplitBackward0",
                                 .of_several = true,
                                 SLICE};
const mlp_operation mlp_split_with_sizes = {.name = "split",
                                            .compose = compose_split,
                                            .grad_fn = "SplitWithSizesBackward0",
                                            .of_several = true,
                                            SLICE};

/* --- index: x, one to three int64 tensors of one shape --- */

static_assert((int)MLP_MAX_INDICES == (int)MLP_INDICES, "the kernel takes as many");

static mlp_indices indices_of(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    mlp_indices at = {.n = call->in[1]->numel, .inner = 1};
    for (; at.count < MLP_INDICES && call->in[at.count + 1]; at.count++) {
        at.sizes[at.count] = x->shape[at.count];
        at.index[at.count] = call->in[at.count + 1]->data;
    }
    for (size_t d = at.count; d < x->ndim; d++)
        at.inner *= x->shape[d];
    return at;
}

/* Every index must lie in a dimension of `size`; lowest is -size, or 0 where none counts from the
 * end. */
static bool check_range(const mlp_tensor *index, int64_t lowest, size_t size,
                        mlp_diagnostic *error) {
    const int64_t *values = index->data;
    for (size_t i = 0; i < index->numel; i++)
        if (values[i] < lowest || values[i] >= (int64_t)size)
            return mlp_error(error, "index %lld is out of range for a dimension of size %zu",
                             (long long)values[i], size);
    return true;
}

static bool check_int64(const mlp_tensor *index, mlp_diagnostic *error) {
    return index->dtype == MLP_INT64 ||
           mlp_error(error, "an index must be an int64 tensor, but this one is %s",
                     mlp_dtype_name(index->dtype));
}

static bool check_index(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *first = call->in[1];
    char shape[MLP_SHAPE_TEXT];
    size_t count = 0;
    for (; count < MLP_INDICES && call->in[count + 1]; count++) {
        const mlp_tensor *index = call->in[count + 1];
        if (count >= x->ndim)
            return mlp_error(error, "too many indices for a tensor of shape %s",
                             mlp_shape_text(shape, x));
        if (!check_int64(index, error) ||
            !check_range(index, -(int64_t)x->shape[count], x->shape[count], error))
            return false;
        if (!mlp_tensor_same_shape(first, index))
            return mlp_error(error, "the tensors of an index must have one shape");
    }
    if (!first)
        return mlp_error(error, "an index by tensors needs at least one");
    out[0] = shape_of(first);
    out[0].dtype = x->dtype;
    if (first->ndim + x->ndim - count > MLP_MAX_DIMS)
        return mlp_error(error, "the result would have more than %d dimensions", MLP_MAX_DIMS);
    for (size_t d = count; d < x->ndim; d++)
        out[0].shape[out[0].ndim++] = x->shape[d];
    return true;
}

static void index_forward(const mlp_call *call) {
    const mlp_indices at = indices_of(call);
    mlp_index_forward(call->out[0]->data, call->in[0]->data, mlp_dtype_size(call->in[0]->dtype),
                      &at);
}

static void index_backward(const mlp_call *call) {
    const mlp_indices at = indices_of(call);
    CALL_KERNEL(call, index_backward, call->din[0]->data, call->dout->data, &at);
}

const mlp_operation mlp_index = {.name = "index",
                                 .symbols = "x i j k",
                                 .formula = "y = x[i[j? , j][k? , k]]",
                                 .gradient = "dx = {the sum of dy where x was chosen}",
                                 .outputs = 1,
                                 .numbers = MLP_REARRANGED,
                                 .check = check_index,
                                 .forward = index_forward,
                                 .backward = index_backward,
                                 .compose = compose_index,
                                 .reads = {1 << 1 | 1 << 2 | 1 << 3},
                                 .gradients = 1 << 0,
                                 .grad_fn = "IndexBackward0"};

/* PyTorch's name for it where a mask chose the places. */
const mlp_operation mlp_masked_select = {.name = "masked_select",
                                         .formula = "y = {x where mask is true}",
                                         .gradient = "dx = {dy where mask is true, 0 elsewhere}",
                                         .outputs = 1,
                                         .numbers = MLP_REARRANGED,
                                         .check = check_index,
                                         .forward = index_forward,
                                         .backward = index_backward,
                                         .compose = compose_masked_select,
                                         .reads = {1 << 1 | 1 << 2 | 1 << 3},
                                         .gradients = 1 << 0,
                                         .grad_fn = "MaskedSelectBackward0"};

/* --- embedding: weight, index; ignore_index: a row that has no gradient, or -1; by_frequency --- */

static bool check_embedding(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *weight = call->in[0], *index = call->in[1];
    char shape[MLP_SHAPE_TEXT];
    if (weight->ndim != 2)
        return mlp_error(error, "an embedding needs a weight of two dimensions, not of shape %s",
                         mlp_shape_text(shape, weight));
    return check_index(call, out, error) && check_range(index, 0, weight->shape[0], error);
}

static void embedding_backward(const mlp_call *call) {
    const int64_t row = call->options.ignore_index;
    const mlp_tensor *dweight = call->din[0];
    const size_t size = dweight->shape[1] * mlp_dtype_size(dweight->dtype);
    if (call->options.by_frequency) {
        const mlp_indices at = indices_of(call);
        CALL_KERNEL(call, index_backward_by_frequency, dweight->data, call->dout->data, &at);
    } else {
        index_backward(call);
    }
    if (row >= 0)
        memset((char *)dweight->data + (size_t)row * size, 0, size);
}

static const char *embedding_bends(const mlp_options *options) {
    return options->ignore_index < 0 && !options->by_frequency
               ? NULL
               : "The rows that padding_idx and scale_grad_by_freq give another gradient on purpose "
                 "count as kinks.";
}

static bool is_bent(const mlp_call *call, int64_t row) {
    const mlp_tensor *index = call->in[1];
    size_t count = 0;
    for (size_t i = 0; i < index->numel; i++)
        count += mlp_tensor_get_int(index, i) == row;
    return row == call->options.ignore_index || (call->options.by_frequency && count > 1);
}

/* Any other number in such a row is on another side: it takes the bits of each. */
static void embedding_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const size_t size = call->in[0]->shape[1];
    if (!embedding_bends(&call->options))
        return;
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        const int64_t row = mlp_tensor_get_int(call->in[1], i);
        const double *numbers = (const double *)call->in[0]->data + (size_t)row * size;
        for (size_t k = 0; k < size && is_bent(call, row); k++) {
            uint16_t bits[sizeof *numbers / sizeof(uint16_t)];
            memcpy(bits, &numbers[k], sizeof bits);
            for (size_t b = 0; b < sizeof bits / sizeof *bits; b++)
                take(context, bits[b]);
        }
    }
}

const mlp_operation mlp_embedding = {.name = "embedding",
                                     .symbols = "weight x",
                                     .formula = "y = weight[x]",
                                     .gradient = "dweight = {the sum of dy where a row was chosen}",
                                     .outputs = 1,
                                     .numbers = MLP_REARRANGED,
                                     .check = check_embedding,
                                     .forward = index_forward,
                                     .backward = embedding_backward,
                                     .compose = compose_embedding,
                                     .bound = bound_embedding,
                                     .bound_backward = bound_embedding_back,
                                     .kinks = embedding_kinks,
                                     .bends = embedding_bends,
                                     .reads = {1 << 1},
                                     .gradients = 1 << 0,
                                     .grad_fn = "EmbeddingBackward0"};

/* --- index_put: x, where in it as int64, the new values or NULL; a number for all --- */

static bool check_index_put(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *index = call->in[1], *values = call->in[2];
    char shape[MLP_SHAPE_TEXT], values_shape[MLP_SHAPE_TEXT];
    out[0] = shape_of(x);
    if (values && !mlp_tensor_same_shape(index, values))
        return mlp_error(error, "elements of shape %s cannot be set to a tensor of shape %s",
                         mlp_shape_text(shape, index), mlp_shape_text(values_shape, values));
    return check_int64(index, error) && check_range(index, 0, x->numel, error) &&
           check_same_dtype(x, "the tensor", values, "what it is set to", error);
}

static void index_put_forward(const mlp_call *call) {
    const mlp_tensor *index = call->in[1], *values = call->in[2];
    const size_t size = mlp_dtype_size(call->in[0]->dtype);
    copy_values(call->out[0], call->in[0]);
    for (size_t i = 0; i < index->numel; i++) {
        const size_t at = (size_t)mlp_tensor_get_int(index, i);
        if (values)
            memcpy((char *)call->out[0]->data + at * size, (const char *)values->data + i * size,
                   size);
        else
            mlp_number_set(call->out[0], at, call->options.number);
    }
}

/* An element that the index names twice hands its gradient to both. */
static void index_put_backward(const mlp_call *call) {
    const mlp_tensor *index = call->in[1], *dy = call->dout;
    const size_t size = mlp_dtype_size(dy->dtype);
    if (call->din[0])
        copy_values(call->din[0], dy);
    for (size_t i = 0; i < index->numel; i++) {
        const size_t at = (size_t)mlp_tensor_get_int(index, i) * size;
        if (call->din[0])
            memset((char *)call->din[0]->data + at, 0, size);
        if (call->din[2])
            memcpy((char *)call->din[2]->data + i * size, (const char *)dy->data + at, size);
    }
}

const mlp_operation mlp_index_put = {
    .name = "index_put",
    .symbols = "x index values",
    .formula = "y = {x with [values? values][!values? number] at index}",
    .gradient = "dx = {dy, 0 at index}[values? ; dvalues = {dy at index}]",
    .outputs = 1,
    .check = check_index_put,
    .forward = index_put_forward,
    .backward = index_put_backward,
    .compose = compose_index_put,
    .bound = bound_index_put,
    .bound_backward = bound_index_put_back,
    .reads = {1 << 1, 0, 1 << 1},
    .gradients = 1 << 0 | 1 << 2,
    .grad_fn = "IndexPutBackward0"};
