/* The same values in another arrangement, or those of a diagonal, or of one side of it. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include <string.h>

/* --- flip: x; dims --- */

/* From the last element on, a step back each time: strides count modulo the size of size_t. */
static mlp_strided flipped(const mlp_tensor *x, const bool *dims) {
    mlp_strided view = whole_of(x);
    for (size_t d = 0; d < x->ndim; d++) {
        if (!dims[d] || x->shape[d] == 0)
            continue;
        view.offset += (x->shape[d] - 1) * view.stride[d];
        view.stride[d] = 0 - view.stride[d];
    }
    return view;
}

static bool check_flip(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = shape_of(call->in[0]);
    return true;
}

static void flip_forward(const mlp_call *call) {
    const mlp_strided view = flipped(call->in[0], call->options.dims);
    read_view(call, &view);
}

static void flip_backward(const mlp_call *call) {
    const mlp_strided view = flipped(call->in[0], call->options.dims);
    write_view(call, &view);
}

const mlp_operation mlp_flip = {.name = "flip",
                                .formula = "y = {x from the last to the first}",
                                .gradient = "dx = {dy from the last to the first}",
                                .outputs = 1,
                                .numbers = MLP_REARRANGED,
                                .check = check_flip,
                                .forward = flip_forward,
                                .backward = flip_backward,
                                .compose = compose_flip,
                                .gradients = 1 << 0,
                                .grad_fn = "FlipBackward0",
                                .elementwise = true};

/* --- roll: x; dim or none, index --- */

static bool check_roll(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return !call->options.has_dim || resolve_dim(&call->options.dim, call->in[0], error);
}

/* Element c of `size` goes to c + by; back: from there. */
static void roll(const mlp_call *call, void *to, const void *from, bool back) {
    const mlp_tensor *x = call->in[0];
    mlp_dimension l = {.outer = 1, .size = x->numel, .inner = 1, .last_dim = true};
    if (call->options.has_dim)
        l = split_at(x, (size_t)call->options.dim);
    const size_t row = l.inner * mlp_dtype_size(x->dtype);
    if (x->numel == 0)
        return;
    const int64_t size = (int64_t)l.size, by = (call->options.index % size + size) % size;
    for (size_t i = 0; i < l.outer * l.size; i++) {
        const size_t moved = (i % l.size + (size_t)by) % l.size + i / l.size * l.size;
        memcpy((char *)to + (back ? i : moved) * row, (const char *)from + (back ? moved : i) * row,
               row);
    }
}

static void roll_forward(const mlp_call *call) {
    roll(call, call->out[0]->data, call->in[0]->data, false);
}

static void roll_backward(const mlp_call *call) {
    roll(call, call->din[0]->data, call->dout->data, true);
}

const mlp_operation mlp_roll = {.name = "roll",
                                .formula = "y = {x, moved along by index}",
                                .gradient = "dx = {dy, moved back}",
                                .outputs = 1,
                                .numbers = MLP_REARRANGED,
                                .check = check_roll,
                                .forward = roll_forward,
                                .backward = roll_backward,
                                .compose = compose_roll,
                                .gradients = 1 << 0,
                                .grad_fn = "RollBackward0"};

/* --- diagonal: x; dim0, dim1, index --- */

/* Of a diagonal `above` the main one in a matrix of these sizes: its length, and the row and column
 * that it begins in. */
typedef struct {
    size_t length, row, column;
} diagonal;

static diagonal diagonal_at(size_t rows, size_t columns, int64_t above) {
    diagonal d = {0};
    const uint64_t below = above < 0 ? 0 - (uint64_t)above : 0,
                   right = above > 0 ? (uint64_t)above : 0;
    if (below >= rows || right >= columns)
        return d;
    d.row = (size_t)below;
    d.column = (size_t)right;
    d.length = rows - d.row < columns - d.column ? rows - d.row : columns - d.column;
    return d;
}

/* The diagonal is the last dimension of the view. */
static bool arrange_diagonal(const mlp_call *call, mlp_strided *view) {
    const mlp_strided from = *view;
    const size_t a = (size_t)call->options.dim0, b = (size_t)call->options.dim1;
    const diagonal d = diagonal_at(from.shape[a], from.shape[b], call->options.index);
    size_t ndim = 0;
    for (size_t k = 0; k < from.ndim; k++) {
        if (k == a || k == b)
            continue;
        view->shape[ndim] = from.shape[k];
        view->stride[ndim++] = from.stride[k];
    }
    view->shape[ndim] = d.length;
    view->stride[ndim] = from.stride[a] + from.stride[b];
    view->ndim = ndim + 1;
    view->offset += d.row * from.stride[a] + d.column * from.stride[b];
    return true;
}

static mlp_strided diagonal_of(const mlp_call *call) {
    mlp_strided view = whole_of(call->in[0]);
    arrange_diagonal(call, &view);
    return view;
}

static bool check_diagonal(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    char shape[MLP_SHAPE_TEXT];
    if (!resolve_dim(&call->options.dim0, x, error) || !resolve_dim(&call->options.dim1, x, error))
        return false;
    if (call->options.dim0 == call->options.dim1 || x->ndim < 2)
        return mlp_error(error,
                         "a diagonal lies in two dimensions, but the tensor has shape %s, "
                         "and the dimensions are %lld and %lld",
                         mlp_shape_text(shape, x), (long long)call->options.dim0,
                         (long long)call->options.dim1);
    const mlp_strided view = diagonal_of(call);
    return check_view(&view, x->dtype, out);
}

static void diagonal_forward(const mlp_call *call) {
    const mlp_strided view = diagonal_of(call);
    read_view(call, &view);
}

static void diagonal_backward(const mlp_call *call) {
    const mlp_strided view = diagonal_of(call);
    write_view(call, &view);
}

const mlp_operation mlp_diagonal = {.name = "diagonal",
                                    .formula = "y = {the diagonal of x}",
                                    .gradient = "dx = {dy on the diagonal, 0 elsewhere}",
                                    .outputs = 1,
                                    .numbers = MLP_REARRANGED,
                                    .check = check_diagonal,
                                    .forward = diagonal_forward,
                                    .backward = diagonal_backward,
                                    .compose = compose_diagonal,
                                    .gradients = 1 << 0,
                                    .grad_fn = "DiagonalBackward0",
                                    .arrange = arrange_diagonal};

/* --- diag: x, a vector or a matrix; index --- */

/* Where the numbers of the vector stand in the matrix. */
static mlp_strided on_diagonal(const mlp_tensor *matrix, int64_t above) {
    mlp_call call = {.in = {matrix}, .options = {.dim1 = 1, .index = above}};
    return diagonal_of(&call);
}

static bool check_diag(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    const int64_t above = call->options.index;
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim == 2) {
        const mlp_strided view = on_diagonal(x, above);
        const int64_t beyond =
            above < 0 ? -(int64_t)x->shape[0] - above : above - (int64_t)x->shape[1];
        if (beyond > 0 && !mlp_release_has(&call->release, MLP_RENAMES_NODES))
            return mlp_error(error,
                             "diag of a matrix of shape %s has no diagonal %lld from the main "
                             "one",
                             mlp_shape_text(shape, x), (long long)above);
        return check_view(&view, x->dtype, out);
    }
    if (x->ndim != 1)
        return mlp_error(mlp_raises(error, "RuntimeError: matrix or a vector expected"),
                         "diag takes a vector or a matrix, but this tensor has shape %s",
                         mlp_shape_text(shape, x));
    const uint64_t more = above < 0 ? 0 - (uint64_t)above : (uint64_t)above;
    if (more > SIZE_MAX / 2 || x->shape[0] > SIZE_MAX / 2)
        return mlp_error(error, "a matrix with a diagonal so far from the main one does not fit in "
                                "memory");
    const size_t size = x->shape[0] + (size_t)more;
    out[0] = (mlp_shape){.dtype = x->dtype, .ndim = 2, .shape = {size, size}};
    return true;
}

static void diag_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    const size_t size = mlp_dtype_size(x->dtype);
    const mlp_strided view = on_diagonal(x->ndim == 2 ? x : y, call->options.index);
    if (x->ndim == 2) {
        mlp_strided_read(y->data, x->data, size, &view);
        return;
    }
    memset(y->data, 0, y->numel * size);
    mlp_strided_write(y->data, x->data, size, &view);
}

static void diag_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *dy = call->dout, *dx = call->din[0];
    const mlp_strided view = on_diagonal(x->ndim == 2 ? x : dy, call->options.index);
    if (x->ndim == 2)
        write_view(call, &view);
    else
        mlp_strided_read(dx->data, dy->data, mlp_dtype_size(dy->dtype), &view);
}

static const char *diag_grad_fn(const mlp_call *call) {
    if (!mlp_release_has(&call->release, MLP_RENAMES_NODES))
        return "DiagBackward0";
    return call->in[0]->ndim == 2 ? "DiagonalBackward0_copy" : "DiagEmbedBackward0";
}

const mlp_operation mlp_diag = {.name = "diag",
                                .formula = "y = {x on the diagonal, 0 elsewhere}",
                                .gradient = "dx = {dy on the diagonal}",
                                .outputs = 1,
                                .numbers = MLP_REARRANGED,
                                .check = check_diag,
                                .forward = diag_forward,
                                .backward = diag_backward,
                                .compose = compose_diag,
                                .gradients = 1 << 0,
                                .grad_fn_of = diag_grad_fn};

/* --- tril, triu: x; index --- */

static bool check_triangle(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    char shape[MLP_SHAPE_TEXT];
    out[0] = shape_of(x);
    return x->ndim >= 2 ||
           mlp_error(
               mlp_raises(
                   error,
                   "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got -2)"),
               "a triangle needs two dimensions, but this tensor has shape %s",
               mlp_shape_text(shape, x));
}

/* Copies what lies on that side of the diagonal, or on it: right of it for sign 1. */
static void triangle(const mlp_tensor *y, const mlp_tensor *x, int64_t above, int sign) {
    const size_t size = mlp_dtype_size(x->dtype), columns = x->shape[x->ndim - 1];
    const size_t rows = x->shape[x->ndim - 2];
    memset(y->data, 0, x->numel * size);
    for (size_t i = 0; i < x->numel; i++) {
        const int64_t row = (int64_t)(i / columns % rows), column = (int64_t)(i % columns);
        const int64_t from_main = column - row; /* cannot overflow, nor can a comparison */
        if (sign > 0 ? from_main >= above : from_main <= above)
            memcpy((char *)y->data + i * size, (const char *)x->data + i * size, size);
    }
}

static void tril_forward(const mlp_call *call) {
    triangle(call->out[0], call->in[0], call->options.index, -1);
}

static void tril_backward(const mlp_call *call) {
    triangle(call->din[0], call->dout, call->options.index, -1);
}

static void triu_forward(const mlp_call *call) {
    triangle(call->out[0], call->in[0], call->options.index, 1);
}

static void triu_backward(const mlp_call *call) {
    triangle(call->din[0], call->dout, call->options.index, 1);
}

const mlp_operation mlp_tril = {.name = "tril",
                                .formula = "y = {x on the diagonal and below, 0 above}",
                                .gradient = "dx = {dy there, 0 elsewhere}",
                                .outputs = 1,
                                .numbers = MLP_REARRANGED,
                                .check = check_triangle,
                                .forward = tril_forward,
                                .backward = tril_backward,
                                .compose = compose_tril,
                                .gradients = 1 << 0,
                                .grad_fn = "TrilBackward0"};

const mlp_operation mlp_triu = {.name = "triu",
                                .formula = "y = {x on the diagonal and above, 0 below}",
                                .gradient = "dx = {dy there, 0 elsewhere}",
                                .outputs = 1,
                                .numbers = MLP_REARRANGED,
                                .check = check_triangle,
                                .forward = triu_forward,
                                .backward = triu_backward,
                                .compose = compose_triu,
                                .gradients = 1 << 0,
                                .grad_fn = "TriuBackward0"};
