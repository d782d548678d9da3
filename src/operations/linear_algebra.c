/* Of square matrices: A X = B, the determinant, and A = L L^T. What LAPACK rounds on the way is not
 * followed: they are computed in double, and rounded once. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/lu.h"

#include <math.h>

enum {
    A = 1 << 0,
    B = 1 << 1
};

static mlp_diagnostic *raises_square(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (a->ndim < 2)
        return mlp_raises(error,
                          "RuntimeError: linalg.%s: The input tensor A must have at least 2 "
                          "dimensions.",
                          call->operation->name);
    return a->ndim > 2 ? error
                       : mlp_raises(error,
                                    "RuntimeError: linalg.%s: A must be batches of square "
                                    "matrices, but they are %zu by %zu matrices",
                                    call->operation->name, a->shape[0], a->shape[1]);
}

/* The last outputs: a copy of A as it is factored, and the rows that changed places. */
static bool check_square(const mlp_call *call, mlp_shape *factors, mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    char shape[MLP_SHAPE_TEXT];
    if (a->ndim != 2 || a->shape[0] != a->shape[1])
        return mlp_error(raises_square(call, error),
                         "a square matrix is needed, not a tensor of shape %s",
                         mlp_shape_text(shape, a));
    factors[0] = (mlp_shape){MLP_FLOAT64, 2, {a->shape[0], a->shape[0]}};
    factors[1] = (mlp_shape){MLP_INT64, 1, {a->shape[0]}};
    return check_floating(a, error);
}

static void copy(double *to, const mlp_tensor *from) {
    for (size_t i = 0; i < from->numel; i++)
        to[i] = mlp_tensor_get(from, i);
}

static void factor(const mlp_call *call) {
    copy(call->out[1]->data, call->in[0]);
    mlp_lu_factor(call->out[1]->data, call->out[2]->data, call->in[0]->shape[0]);
}

/* --- solve: A, and B, a matrix or a vector; out[3] is room for X --- */

static bool check_solve(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    out[0] = shape_of(b);
    out[3] = out[0];
    out[3].dtype = MLP_FLOAT64;
    if (!check_square(call, out + 1, error))
        return false;
    if (b->ndim < 1 || b->ndim > 2 || b->shape[0] != a->shape[0])
        return mlp_error(error, "A X = B needs as many rows in B as in A");
    return check_same_dtype(a, "A", b, "B", error);
}

static void solve_forward(const mlp_call *call) {
    const mlp_tensor *b = call->in[1];
    double *x = call->out[3]->data;
    factor(call);
    copy(x, b);
    mlp_lu_solve(x, call->out[1]->data, call->out[2]->data, b->shape[0],
                 b->ndim == 2 ? b->shape[1] : 1, false);
    for (size_t i = 0; i < b->numel; i++)
        mlp_tensor_set(call->out[0], i, x[i]);
}

static double cubic_work(const mlp_tensor *x, const mlp_tensor *y) {
    const size_t columns = y->numel / (x->shape[0] ? x->shape[0] : 1);
    return (double)x->numel * (double)(x->shape[0] + columns);
}

const mlp_operation mlp_solve = {.name = "solve",
                                 .symbols = "A B",
                                 .formula = "A @ y = B",
                                 .gradient = "dB = A^-T @ dy; dA = -dB @ y^T",
                                 .outputs = 4,
                                 .work = cubic_work,
                                 .check = check_solve,
                                 .forward = solve_forward,
                                 .compose = compose_solve,
                                 .bound = bound_solve,
                                 .reads = {A, A},
                                 .reads_output = true,
                                 .gradients = A | B,
                                 .grad_fn = "LinalgSolveExBackward0"};

/* --- det --- */

static bool check_det(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = (mlp_shape){.dtype = call->in[0]->dtype};
    return check_square(call, out + 1, error);
}

static void det_forward(const mlp_call *call) {
    factor(call);
    mlp_tensor_set(call->out[0], 0,
                   mlp_lu_det(call->out[1]->data, call->out[2]->data, call->in[0]->shape[0]));
}

const mlp_operation mlp_det = {.name = "det",
                               .symbols = "A",
                               .formula = "y = det(A)",
                               .gradient = "dA = dy y A^-T",
                               .outputs = 3,
                               .work = cubic_work,
                               .check = check_det,
                               .forward = det_forward,
                               .compose = compose_det,
                               .bound = bound_det,
                               .reads = {A},
                               .reads_output = true,
                               .gradients = A,
                               .grad_fn = "LinalgDetBackward0"};

/* --- cholesky; out[1] is room; out[2] has the order of the leading part that is not positive
 * definite, 0 where all are --- */

static bool check_cholesky(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return check_square(call, out + 1, error);
}

static void cholesky_forward(const mlp_call *call) {
    const size_t n = call->in[0]->shape[0];
    double *l = call->out[1]->data;
    copy(l, call->in[0]);
    const size_t fails = mlp_cholesky(l, n);
    for (size_t i = 0; i < n * n; i++)
        mlp_tensor_set(call->out[0], i, l[i]);
    for (size_t i = 0; i < n; i++)
        ((int64_t *)call->out[2]->data)[i] = (int64_t)fails;
}

const mlp_operation mlp_cholesky_of = {.name = "cholesky",
                                       .symbols = "A",
                                       .formula = "y @ y^T = A",
                                       .outputs = 3,
                                       .work = cubic_work,
                                       .check = check_cholesky,
                                       .forward = cholesky_forward,
                                       .bound = bound_cholesky,
                                       .grad_fn = "LinalgCholeskyExBackward0"};

/* --- trace --- */

static bool check_trace(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = (mlp_shape){.dtype = mlp_dtype_is_integer(call->in[0]->dtype) ? MLP_INT64
                                                                           : call->in[0]->dtype};
    if (call->in[0]->ndim != 2)
        return mlp_error(mlp_raises(error, "RuntimeError: trace: expected a matrix"),
                         "trace() takes a matrix");
    return check_numbers(call->in[0], error);
}

static size_t diagonal_size(const mlp_tensor *x) {
    return x->shape[0] < x->shape[1] ? x->shape[0] : x->shape[1];
}

/* In order, in double, as PyTorch adds them up. */
static void trace_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    double sum = 0;
    uint64_t whole = 0;
    for (size_t i = 0; i < diagonal_size(x); i++) {
        if (mlp_dtype_is_integer(x->dtype))
            whole += (uint64_t)mlp_tensor_get_int(x, i * (x->shape[1] + 1));
        else
            sum += mlp_tensor_get(x, i * (x->shape[1] + 1));
    }
    if (mlp_dtype_is_integer(x->dtype))
        *(int64_t *)call->out[0]->data = (int64_t)whole;
    else
        mlp_tensor_set(call->out[0], 0, sum);
}

static void trace_backward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    for (size_t i = 0; i < x->numel; i++)
        mlp_tensor_set(call->din[0], i, 0);
    for (size_t i = 0; i < diagonal_size(x); i++)
        mlp_tensor_set(call->din[0], i * (x->shape[1] + 1), mlp_tensor_get(call->dout, 0));
}

const mlp_operation mlp_trace_of = {.name = "trace",
                                    .formula = "y = sum({the diagonal of x})",
                                    .gradient = "dx = {dy on the diagonal, 0 elsewhere}",
                                    .outputs = 1,
                                    .check = check_trace,
                                    .forward = trace_forward,
                                    .backward = trace_backward,
                                    .compose = compose_trace,
                                    .bound = bound_trace,
                                    .bound_backward = bound_trace_back,
                                    .gradients = A,
                                    .grad_fn = "TraceBackward0"};
