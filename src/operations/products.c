/* Products of vectors and matrices. */
#include "bounds.h"
#include "composed.h"
#include "mkl_products.h"
#include "row.h"

#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/integer.h"
#include "mlpstep/kernels/matmul.h"
#include "mlpstep/kernels/mv.h"

#include <string.h>

/* --- matmul: a, b --- */

products products_of(const mlp_tensor *a, const mlp_tensor *b) {
    products p = {.count = 1,
                  .m = 1,
                  .n = b->ndim > 1 ? b->shape[b->ndim - 1] : 1,
                  .k = a->shape[a->ndim - 1]};
    for (size_t d = 0; d + 1 < a->ndim; d++)
        *(b->ndim > 2 && d + 2 < a->ndim ? &p.count : &p.m) *= a->shape[d];
    return p;
}

static bool same_leading_sizes(const mlp_tensor *a, const mlp_tensor *b) {
    bool same = a->ndim == b->ndim;
    for (size_t d = 0; d + 2 < a->ndim && same; d++)
        same = a->shape[d] == b->shape[d];
    return same;
}

/* What PyTorch says of operands whose inner sizes differ: it multiplies matrices, and takes a vector
 * before one for a row of it. */
static mlp_diagnostic *raises_sizes(const mlp_release *release, const mlp_tensor *a,
                                    const mlp_tensor *b, mlp_diagnostic *error) {
    const size_t inner = a->shape[a->ndim - 1];
    if (a->ndim == 1 && b->ndim == 1)
        return mlp_raises(
            error,
            "RuntimeError: inconsistent tensor size, expected tensor [%zu] and src [%zu] "
            "to have the same number of elements, but got %zu and %zu elements "
            "respectively",
            inner, b->shape[0], inner, b->shape[0]);
    if (b->ndim == 2)
        return mlp_raises(
            error, "RuntimeError: mat1 and mat2 shapes cannot be multiplied (%zux%zu and %zux%zu)",
            inner ? a->numel / inner : 0, inner, b->shape[0], b->shape[1]);
    if (a->ndim == 2 && b->ndim == 1)
        return mlp_raises(error,
                          release->major == 1
                              ? "RuntimeError: size mismatch, got %zu, %zux%zu,%zu"
                              : "RuntimeError: size mismatch, got input (%zu), mat (%zux%zu), "
                                "vec (%zu)",
                          a->shape[0], a->shape[0], inner, b->shape[0]);
    if (a->ndim == 3 && b->ndim == 3 && a->shape[0] == b->shape[0])
        return mlp_raises(
            error,
            "RuntimeError: Expected size for first two dimensions of batch2 tensor to be: "
            "[%zu, %zu] but got: [%zu, %zu].",
            a->shape[0], inner, b->shape[0], b->shape[1]);
    return error;
}

static void raises_dtypes(const mlp_release *release, const mlp_tensor *a, const mlp_tensor *b,
                          mlp_diagnostic *error) {
    const char *a_word = mlp_dtype_word(a->dtype), *b_word = mlp_dtype_word(b->dtype);
    if (a->ndim == 1 && b->ndim == 1)
        mlp_raises(
            error,
            "RuntimeError: dot : expected both vectors to have same dtype, but found %s and %s",
            a_word, b_word);
    else if (!mlp_release_has(release, MLP_KEEPS_NO_SIZES))
        mlp_raises(error, "RuntimeError: expected scalar type %s but found %s", a_word, b_word);
}

static bool check_matmul(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (a->dtype != b->dtype)
        raises_dtypes(&call->release, a, b, error);
    if (!check_numbers(a, error) || !check_same_dtype(a, "one operand", b, "the other", error))
        return false;
    mlp_shape_text(a_shape, a);
    mlp_shape_text(b_shape, b);
    if (a->ndim == 0 || b->ndim == 0)
        return mlp_error(
            mlp_raises(error,
                       "RuntimeError: both arguments to matmul need to be at least 1D, but "
                       "they are %zuD and %zuD",
                       a->ndim, b->ndim),
            "@ takes vectors and matrices, but the shapes are %s and %s: write *", a_shape,
            b_shape);
    const size_t rows = b->shape[b->ndim > 1 ? b->ndim - 2 : 0];
    if (a->shape[a->ndim - 1] != rows)
        return mlp_error(raises_sizes(&call->release, a, b, error),
                         "the shapes %s and %s do not fit: a row of the left has %zu elements, a "
                         "column of the right %zu",
                         a_shape, b_shape, a->shape[a->ndim - 1], rows);
    if (b->ndim > 2 && !same_leading_sizes(a, b))
        return mlp_error(error,
                         "the shapes %s and %s do not fit: batches of matrices need equal leading "
                         "sizes",
                         a_shape, b_shape);
    out[0].dtype = a->dtype;
    for (size_t d = 0; d + 1 < a->ndim; d++)
        out[0].shape[out[0].ndim++] = a->shape[d];
    if (b->ndim > 1)
        out[0].shape[out[0].ndim++] = b->shape[b->ndim - 1];
    return true;
}

/* The values of the matrix at `offset`. */
static void *at(const mlp_tensor *tensor, size_t offset) {
    return (char *)tensor->data + offset * mlp_dtype_size(tensor->dtype);
}

/* PyTorch multiplies batches of small matrices in a loop of its own. */
static void multiply(const mlp_call *call, const matrix_product *p, bool in_batch) {
    if (is_by_mkl(call))
        multiply_by_mkl(call, p, in_batch ? MLP_MKL_BATCH : mkl_call_of(p));
    else if (in_batch && p->a_matrix.rows * p->b_matrix.columns * p->a_matrix.columns < 400)
        CALL_KERNEL(call, small_matmul, p->c, p->a, p->a_matrix, p->b, p->b_matrix);
    else
        CALL_KERNEL(call, matmul, p->c, p->a, p->a_matrix, p->b, p->b_matrix, p->by_columns);
}

/* Whether b is a batch of matrices. */
static bool in_batch(const mlp_call *call) {
    return call->in[1]->ndim > 2;
}

static void multiply_vector(const mlp_call *call, const products *p) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    if (is_by_mkl(call)) {
        vector_by_mkl(call, p->m, p->k);
        return;
    }
    if (a->ndim > 1) {
        CALL_KERNEL(call, mv, call->out[0]->data, a->data, mlp_matrix_by_rows(p->m, p->k), b->data,
                    call->options.transposed);
        return;
    }
    if (a->dtype == MLP_FLOAT64)
        *(double *)call->out[0]->data = mlp_dot_f64(a->data, b->data, p->k);
    else
        *(float *)call->out[0]->data = mlp_dot_f32(a->data, b->data, p->k);
}

static void matmul_forward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    const products p = products_of(a, b);
    if (mlp_dtype_is_integer(a->dtype)) {
        for (size_t i = 0; i < p.count; i++)
            mlp_integer_matmul(at(call->out[0], i * p.m * p.n), at(a, i * p.m * p.k),
                               at(b, i * p.k * p.n), p.m, p.k, p.n);
        return;
    }
    if (b->ndim == 1) {
        multiply_vector(call, &p);
        return;
    }
    for (size_t i = 0; i < p.count; i++)
        multiply(call,
                 &(matrix_product){.c = at(call->out[0], i * p.m * p.n),
                                   .a = at(a, i * p.m * p.k),
                                   .b = at(b, i * p.k * p.n),
                                   .a_matrix = mlp_matrix_by_rows(p.m, p.k),
                                   .b_matrix = mlp_matrix_by_rows(p.k, p.n),
                                   .a_is_transpose = call->options.transposed,
                                   .b_is_transpose = call->options.transposed_b},
                 in_batch(call));
}

/* da = dy b^T. The gradient of a matrix that lies by columns does so, too. */
static void left_gradient(const mlp_call *call, const products *p) {
    const mlp_matrix dy = mlp_matrix_by_rows(p->m, p->n);
    const mlp_matrix transposed_b = mlp_matrix_transpose(mlp_matrix_by_rows(p->k, p->n));
    for (size_t i = 0; i < p->count; i++)
        multiply(call,
                 &(matrix_product){.c = at(call->din[0], i * p->m * p->k),
                                   .a = at(call->dout, i * p->m * p->n),
                                   .b = at(call->in[1], i * p->k * p->n),
                                   .a_matrix = dy,
                                   .b_matrix = transposed_b,
                                   .by_columns = call->options.transposed,
                                   .b_is_transpose = !call->options.transposed_b},
                 in_batch(call));
}

/* db = a^T dy */
static void right_gradient(const mlp_call *call, const products *p) {
    const mlp_matrix transposed_a = mlp_matrix_transpose(mlp_matrix_by_rows(p->m, p->k));
    const mlp_matrix dy = mlp_matrix_by_rows(p->m, p->n);
    if (call->in[1]->ndim == 1 && call->dout_is_one) { /* which PyTorch gives no BLAS */
        CALL_KERNEL(call, small_matmul, call->din[1]->data, call->in[0]->data, transposed_a,
                    call->dout->data, dy);
        return;
    }
    if (call->in[1]->ndim == 1 && is_by_mkl(call)) {
        vector_back_by_mkl(call, p->m, p->k);
        return;
    }
    if (call->in[1]->ndim == 1) {
        CALL_KERNEL(call, mv, call->din[1]->data, call->in[0]->data, transposed_a, call->dout->data,
                    !call->options.transposed);
        return;
    }
    for (size_t i = 0; i < p->count; i++)
        multiply(call,
                 &(matrix_product){.c = at(call->din[1], i * p->k * p->n),
                                   .a = at(call->in[0], i * p->m * p->k),
                                   .b = at(call->dout, i * p->m * p->n),
                                   .a_matrix = transposed_a,
                                   .b_matrix = dy,
                                   .by_columns = call->options.transposed_b,
                                   .a_is_transpose = !call->options.transposed},
                 in_batch(call));
}

/* With a vector on the right, da is an outer product, and with vectors on both sides db is one,
 * too: each element is one product, whose sign a zero keeps. */
static void outer_product(const mlp_call *call, mlp_tensor *gradient, const mlp_tensor *vector) {
    const size_t n = vector->numel;
    for (size_t i = 0; i < call->dout->numel; i++)
        CALL_KERNEL(call, mul_forward, at(gradient, i * n), vector->data, NULL,
                    mlp_tensor_get(call->dout, i), n);
}

static void matmul_backward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    const products p = products_of(a, b);
    if (call->din[0] && b->ndim == 1)
        outer_product(call, call->din[0], b);
    else if (call->din[0])
        left_gradient(call, &p);
    if (call->din[1] && a->ndim == 1 && b->ndim == 1)
        outer_product(call, call->din[1], a);
    else if (call->din[1])
        right_gradient(call, &p);
}

/* PyTorch takes the vector for a matrix of one row, and drops that again, in place. */
const char *product_of_vector_grad_fn(const mlp_call *call) {
    return mlp_release_has(&call->release, MLP_RENAMES_NODES) ? mlp_squeeze_dim_.later_grad_fn
                                                              : mlp_squeeze_dim_.grad_fn;
}

static const char *matmul_grad_fn(const mlp_call *call) {
    const size_t a = call->in[0]->ndim, b = call->in[1]->ndim;
    if (a == 1)
        return b == 1 ? "DotBackward0" : product_of_vector_grad_fn(call);
    if (a > 2)
        return "UnsafeViewBackward0";
    return b == 1 ? "MvBackward0" : "MmBackward0";
}

double product_work(const mlp_tensor *x, const mlp_tensor *y) {
    return (double)y->numel * (double)x->shape[x->ndim - 1];
}

#define MATMUL                                                                             \
    .formula = "y = a @ b", .gradient = "da = dy @ b^T; db = a^T @ dy", .outputs = 1,      \
    .work = product_work, .traits = MLP_IS_PRODUCT, .weights = 1 << 0 | 1 << 1,            \
    .forward = matmul_forward, .backward = matmul_backward, .compose = compose_matmul,     \
    .bound = bound_matmul, .bound_backward = bound_matmul_back, .reads = {1 << 1, 1 << 0}, \
    .gradients = 1 << 0 | 1 << 1

const mlp_operation mlp_matmul = {.name = "matmul",
                                  .check = check_matmul,
                                  .grad_fn_of = matmul_grad_fn,
                                  MATMUL};

/* --- within addmm: alpha multiplies the gradients at last --- */

static void multiply_gradient(const mlp_call *call, const mlp_tensor *gradient) {
    if (gradient && call->options.alpha != 1)
        CALL_KERNEL(call, mul_forward, gradient->data, gradient->data, NULL, call->options.alpha,
                    gradient->numel);
}

static void mm_within_backward(const mlp_call *call) {
    matmul_backward(call);
    multiply_gradient(call, call->din[0]);
    multiply_gradient(call, call->din[1]);
}

const mlp_operation mlp_mm_within = {.name = "matmul",
                                     .formula = "y = a @ b",
                                     .gradient = "da = alpha dy @ b^T; db = alpha a^T @ dy",
                                     .outputs = 1,
                                     .work = product_work,
                                     .traits = MLP_IS_PRODUCT,
                                     .weights = 1 << 0 | 1 << 1,
                                     .check = check_matmul,
                                     .forward = matmul_forward,
                                     .backward = mm_within_backward,
                                     .compose = compose_mm_within,
                                     .bound = bound_matmul,
                                     .bound_backward = bound_mm_within_back,
                                     .reads = {1 << 1, 1 << 0},
                                     .gradients = 1 << 0 | 1 << 1,
                                     .grad_fn = "MmBackward0"};

static bool check_bmm(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (call->in[0]->ndim == 3 && call->in[1]->ndim == 3)
        return check_matmul(call, out, error);
    return mlp_error(mlp_raises(error, "RuntimeError: batch%d must be a 3D tensor",
                                call->in[0]->ndim == 3 ? 2 : 1),
                     "bmm takes two batches of matrices, of three dimensions, not of shapes %s and "
                     "%s: write @",
                     mlp_shape_text(a_shape, call->in[0]), mlp_shape_text(b_shape, call->in[1]));
}

const mlp_operation mlp_bmm = {.name = "bmm",
                               .check = check_bmm,
                               .grad_fn = "BmmBackward0",
                               MATMUL};
