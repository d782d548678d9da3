/* Of matrices: eigenvalues of symmetric ones, singular values, the pseudoinverse, A = Q R, and the
 * logarithm of the determinant. What LAPACK rounds on the way is not followed. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/eigen.h"
#include "mlpstep/kernels/lu.h"
#include "mlpstep/kernels/orthogonal.h"

#include <math.h>

enum {
    A = 1 << 0
};

static bool check_matrix(const mlp_tensor *a, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT];
    if (a->ndim != 2)
        return mlp_error(error, "a matrix is needed, not a tensor of shape %s",
                         mlp_shape_text(shape, a));
    return check_floating(a, error);
}

static bool check_square(const mlp_tensor *a, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT];
    if (a->ndim != 2 || a->shape[0] != a->shape[1])
        return mlp_error(error, "a square matrix is needed, not a tensor of shape %s",
                         mlp_shape_text(shape, a));
    return check_floating(a, error);
}

static mlp_shape doubles(size_t rows, size_t columns) {
    return (mlp_shape){MLP_FLOAT64, 2, {rows, columns}};
}

static bool is_finite(const mlp_tensor *a) {
    for (size_t i = 0; i < a->numel; i++)
        if (!isfinite(mlp_tensor_get(a, i)))
            return false;
    return true;
}

static bool check_finite(const mlp_tensor *a, mlp_diagnostic *error) {
    return is_finite(a) || mlp_error(error, "a matrix with inf or nan has no such parts");
}

/* --- eigh: A, symmetric: the eigenvalues; out[1] the vectors; out[2] room; out[3] whether these are
 * in doubt --- */

enum {
    TRIALS = 4
};

static bool check_eigh(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (!check_square(a, error) || !check_finite(a, error))
        return false;
    const size_t n = a->shape[0];
    out[0] = (mlp_shape){a->dtype, 1, {n}};
    out[1] = shape_of(a);
    out[2] = (mlp_shape){a->dtype, 2, {2 * n + 4, n}};
    out[3] = (mlp_shape){MLP_INT64, 0, {0}};
    return true;
}

/* The eigenvalues to w and the vectors to v, which holds A. */
static bool find_vectors(const mlp_call *call, mlp_tensor *w, mlp_tensor *v, mlp_tensor *room) {
    const size_t n = call->in[0]->shape[0];
    return call->in[0]->dtype == MLP_FLOAT64 ? mlp_eigh_f64(w->data, v->data, room->data, n)
                                             : mlp_eigh_f32(w->data, v->data, room->data, n);
}

/* Part of the room, from element `at` on, as a tensor. */
static mlp_tensor part(const mlp_tensor *room, size_t at) {
    mlp_tensor t = *room;
    t.data = part_of(room, at);
    return t;
}

/* Whether vectors turn round where A's last digits change: a sign then depends on roundings. */
static bool turns_round(const mlp_call *call, size_t trial) {
    const mlp_tensor *a = call->in[0], *v = call->out[1];
    const size_t n = a->shape[0];
    const double unit = (double)(a->dtype == MLP_FLOAT64 ? 1.1e-16 : 1.2e-7);
    mlp_tensor moved = part(call->out[2], n * n + 3 * n), w = part(call->out[2], 2 * n * n + 3 * n);
    for (size_t i = 0; i < n * n; i++) {
        const bool up = ((i * 7 + i / n * 5 + trial * 3 + i * trial) >> 1 & 1) != 0;
        mlp_tensor_set(&moved, i, mlp_tensor_get(a, i) * (up ? 1 + unit : 1 - unit));
    }
    if (!find_vectors(call, &w, &moved, call->out[2]))
        return true;
    for (size_t k = 0; k < n; k++) {
        double dot = 0;
        for (size_t i = 0; i < n; i++)
            dot += mlp_tensor_get(v, i * n + k) * mlp_tensor_get(&moved, i * n + k);
        if (!(dot > 0.9))
            return true;
    }
    return false;
}

static void eigh_forward(const mlp_call *call) {
    int64_t *doubt = call->out[3]->data;
    copy_values(call->out[1], call->in[0]);
    *doubt = !find_vectors(call, call->out[0], call->out[1], call->out[2]);
    for (size_t i = 0; i < TRIALS && call->in[0]->numel && !*doubt; i++)
        *doubt = turns_round(call, i);
}

/* V diag(dy) V^T */
static void eigh_backward(const mlp_call *call) {
    const mlp_tensor *v = call->out[1];
    const size_t n = v->shape[0];
    for (size_t i = 0; i < n * n; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += mlp_tensor_get(v, i / n * n + k) * mlp_tensor_get(call->dout, k) *
                   mlp_tensor_get(v, i % n * n + k);
        mlp_tensor_set(call->din[0], i, sum);
    }
}

static double cubic_work(const mlp_tensor *x, const mlp_tensor *y) {
    (void)y;
    return 60 * (double)x->numel * (double)(x->ndim ? x->shape[x->ndim - 1] : 1);
}

const mlp_operation mlp_eigh = {.name = "eigh",
                                .symbols = "A",
                                .formula = "V = {the eigenvectors of A}; A = V @ diag(y) @ V^T",
                                .gradient = "V = {the eigenvectors of A}; dA = V @ diag(dy) @ V^T",
                                .outputs = 4,
                                .work = cubic_work,
                                .check = check_eigh,
                                .forward = eigh_forward,
                                .backward = eigh_backward,
                                .bound = bound_eigh,
                                .bound_backward = bound_unknown_back,
                                .gradients = A,
                                .grad_fn = "LinalgEighBackward0"};

/* --- svdvals: A: the singular values; out[1] U, out[2] V, in double --- */

/* Of A, or of its transpose where that is the taller one. */
static void find_svd(const mlp_tensor *a, mlp_tensor *u, double *s, mlp_tensor *v) {
    const size_t rows = a->shape[0], columns = a->shape[1];
    for (size_t i = 0; i < a->numel; i++) {
        const size_t to = rows >= columns ? i : i % columns * rows + i / columns;
        ((double *)u->data)[to] = mlp_tensor_get(a, i);
    }
    mlp_svd(u->data, s, v->data, u->shape[0], u->shape[1]);
}

static void shape_svd(const mlp_tensor *a, mlp_shape *u, mlp_shape *s, mlp_shape *v) {
    const size_t rows = a->shape[0], columns = a->shape[1];
    const size_t most = rows > columns ? rows : columns, least = rows > columns ? columns : rows;
    *u = doubles(most, least);
    *s = (mlp_shape){MLP_FLOAT64, 1, {least}};
    *v = doubles(least, least);
}

static bool check_svdvals(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (!check_matrix(a, error) || !check_finite(a, error))
        return false;
    shape_svd(a, &out[1], &out[3], &out[2]);
    out[0] = out[3];
    out[0].dtype = a->dtype;
    return true;
}

static void svdvals_forward(const mlp_call *call) {
    const double *s = call->out[3]->data;
    find_svd(call->in[0], call->out[1], call->out[3]->data, call->out[2]);
    for (size_t i = 0; i < call->out[0]->numel; i++)
        mlp_tensor_set(call->out[0], i, s[i]);
}

/* U diag(dy) V^T, of the taller one of A and its transpose */
static void svdvals_backward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0];
    const double *u = call->out[1]->data, *v = call->out[2]->data;
    const size_t rows = a->shape[0], columns = a->shape[1], k = call->out[2]->shape[0];
    for (size_t i = 0; i < a->numel; i++) {
        const size_t row = i / columns, column = i % columns;
        const size_t of_u = rows >= columns ? row : column, of_v = rows >= columns ? column : row;
        double sum = 0;
        for (size_t j = 0; j < k; j++)
            sum += u[of_u * k + j] * mlp_tensor_get(call->dout, j) * v[of_v * k + j];
        mlp_tensor_set(call->din[0], i, sum);
    }
}

const mlp_operation mlp_svdvals = {
    .name = "svdvals",
    .symbols = "A",
    .formula = "U = {the left singular vectors of A}; V = {the right ones}; "
               "A = U @ diag(y) @ V^T",
    .gradient = "U = {the left singular vectors of A}; V = {the right ones}; "
                "dA = U @ diag(dy) @ V^T",
    .outputs = 4,
    .work = cubic_work,
    .check = check_svdvals,
    .forward = svdvals_forward,
    .backward = svdvals_backward,
    .bound = bound_svdvals,
    .bound_backward = bound_unknown_back,
    .gradients = A,
    .grad_fn = "LinalgSvdBackward0"};

/* --- pinv: A; rtol, atol: singular values up to that are taken as 0; out[1] U, out[2] V, out[3]
 * the singular values --- */

static bool check_pinv(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (!check_matrix(a, error) || !check_finite(a, error))
        return false;
    shape_svd(a, &out[1], &out[3], &out[2]);
    out[0] = (mlp_shape){a->dtype, 2, {a->shape[1], a->shape[0]}};
    return true;
}

static void pinv_forward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0], *y = call->out[0];
    double *s = call->out[3]->data;
    find_svd(a, call->out[1], s, call->out[2]);
    const double *u = call->out[1]->data, *v = call->out[2]->data;
    const size_t rows = a->shape[0], columns = a->shape[1], k = call->out[3]->numel;
    const double least = fmax(call->options.atol, call->options.rtol * (k ? s[0] : 0));
    for (size_t i = 0; i < y->numel; i++) {
        const size_t row = i / rows, column = i % rows; /* of y */
        const size_t of_u = rows >= columns ? column : row, of_v = rows >= columns ? row : column;
        double sum = 0;
        for (size_t j = 0; j < k && s[j] > least; j++)
            sum += v[of_v * k + j] / s[j] * u[of_u * k + j];
        mlp_tensor_set(call->out[0], i, sum);
    }
}

const mlp_operation mlp_pinv = {.name = "pinv",
                                .symbols = "A",
                                .formula =
                                    "U = {the left singular vectors of A}; V = {the right ones}; "
                                    "s = {the singular values}; y = V @ diag(1 / s) @ U^T",
                                .gradient = "dA = -y^T @ dy @ y^T + {what comes of the rest of A}",
                                .outputs = 4,
                                .work = cubic_work,
                                .check = check_pinv,
                                .forward = pinv_forward,
                                .compose = compose_pinv,
                                .bound = bound_pinv,
                                .reads = {A},
                                .reads_output = true,
                                .gradients = A,
                                .grad_fn = "LinalgPinvBackward0"};

/* --- qr: A: Q; out[1] R; the others are room --- */

static bool check_qr(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (!check_matrix(a, error))
        return false;
    const size_t m = a->shape[0], n = a->shape[1], k = m < n ? m : n;
    out[0] = (mlp_shape){a->dtype, 2, {m, k}};
    out[1] = (mlp_shape){a->dtype, 2, {k, n}};
    out[2] = doubles(m, n);
    out[3] = doubles(m, k);
    out[4] = doubles(k, n);
    return true;
}

static void qr_forward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0];
    double *copy = call->out[2]->data, *q = call->out[3]->data, *r = call->out[4]->data;
    for (size_t i = 0; i < a->numel; i++)
        copy[i] = mlp_tensor_get(a, i);
    mlp_qr(q, r, copy, a->shape[0], a->shape[1]);
    for (size_t i = 0; i < call->out[0]->numel; i++)
        mlp_tensor_set(call->out[0], i, q[i]);
    for (size_t i = 0; i < call->out[1]->numel; i++)
        mlp_tensor_set(call->out[1], i, r[i]);
}

const mlp_operation mlp_qr_of = {.name = "qr",
                                 .symbols = "A",
                                 .formula = "R = {triangular}; A = y @ R",
                                 .outputs = 5,
                                 .work = cubic_work,
                                 .check = check_qr,
                                 .forward = qr_forward,
                                 .bound = bound_unknown,
                                 .grad_fn = "LinalgQrBackward0"};

/* --- logabsdet, and the sign of the determinant: A; what they factor stands behind --- */

static bool check_slogdet(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0];
    if (!check_square(a, error))
        return false;
    out[0] = (mlp_shape){.dtype = a->dtype};
    out[1] = doubles(a->shape[0], a->shape[0]);
    out[2] = (mlp_shape){MLP_INT64, 1, {a->shape[0]}};
    return true;
}

static const double *factored(const mlp_call *call) {
    double *lu = call->out[1]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        lu[i] = mlp_tensor_get(call->in[0], i);
    mlp_lu_factor(lu, call->out[2]->data, call->in[0]->shape[0]);
    return lu;
}

static void logabsdet_forward(const mlp_call *call) {
    const double *lu = factored(call);
    const size_t n = call->in[0]->shape[0];
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += log(fabs(lu[i * (n + 1)]));
    mlp_tensor_set(call->out[0], 0, sum);
}

static void sign_of_det_forward(const mlp_call *call) {
    const double *lu = factored(call);
    const int64_t *pivot = call->out[2]->data;
    const size_t n = call->in[0]->shape[0];
    double sign = 1;
    for (size_t i = 0; i < n; i++)
        sign *= (double)sign_of(lu[i * (n + 1)]) * ((size_t)pivot[i] == i ? 1 : -1);
    mlp_tensor_set(call->out[0], 0, sign);
}

const mlp_operation mlp_logabsdet = {.name = "logabsdet",
                                     .symbols = "A",
                                     .formula = "y = log(|det(A)|)",
                                     .gradient = "dA = dy A^-T",
                                     .outputs = 3,
                                     .work = cubic_work,
                                     .check = check_slogdet,
                                     .forward = logabsdet_forward,
                                     .compose = compose_logabsdet,
                                     .bound = bound_logabsdet,
                                     .reads = {A},
                                     .gradients = A,
                                     .grad_fn = "LinalgSlogdetBackward0"};

const mlp_operation mlp_sign_of_det = {.name = "sign_of_det",
                                       .symbols = "A",
                                       .formula = "y = sign(det(A))",
                                       .gradient = "dA = 0",
                                       .outputs = 3,
                                       .work = cubic_work,
                                       .check = check_slogdet,
                                       .forward = sign_of_det_forward,
                                       .compose = compose_zeros,
                                       .bound = bound_sign_of_det,
                                       .gradients = A,
                                       .grad_fn = "LinalgSlogdetBackward0"};
