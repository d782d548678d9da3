/* torch.linalg, as far as it takes matrices to pieces: eigh, svdvals, qr, pinv, lstsq, and what is
 * made of them. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"
#include "tuples.h"

#include "mlpstep/bound.h"

#include <float.h>
#include <math.h>
#include <string.h>

static mlp_value *matrix_given(call *c) {
    return tensor_value(c, c->arguments[0]);
}

static object *shown(call *c, mlp_value *v) {
    mlp_variable *variable = mlp_trace_variable(trace_of(c), v, false);
    if (!variable || !mlp_trace_show(trace_of(c), v->producer->phase, v))
        script_out_of_memory(c->script);
    v->leaf = true;
    return variable_object(c, variable);
}

static bool has_gradient(call *c, const mlp_value *v) {
    return v->requires_grad && !trace_of(c)->no_grad;
}

/* What is left of the largest singular value counts as 0. */
static double relative_tolerance(const mlp_tensor *a) {
    const size_t most = a->shape[0] > a->shape[1] ? a->shape[0] : a->shape[1];
    return (double)most * (a->dtype == MLP_FLOAT64 ? DBL_EPSILON : (double)FLT_EPSILON);
}

/* Fails where a value that should be 0 is what is left of roundings, which are LAPACK's own. */
static void check_above_noise(call *c, const mlp_value *values, const mlp_tensor *a) {
    const size_t n = values->tensor.numel;
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(mlp_tensor_get(&values->tensor, i)));
    for (size_t i = 0; i < n; i++) {
        const double size = fabs(mlp_tensor_get(&values->tensor, i));
        if (most > 0 && size <= 4 * relative_tolerance(a) * most &&
            (size != 0 || values->producer->operation == &mlp_svdvals))
            call_fail(c, "the matrix is singular: what PyTorch has in place of the value 0 is left "
                         "of roundings, which are not known here");
    }
}

/* --- eigh, eigvalsh --- */

/* Of which triangle counts, the lower one, or the upper one's transpose. */
static mlp_value *lower_given(call *c) {
    const char *which = c->arguments[1]->as.string;
    mlp_value *a = matrix_given(c);
    if (strcmp(which, "L") != 0 && strcmp(which, "U") != 0)
        call_fail(c, "UPLO is 'L' or 'U'");
    return *which == 'U' ? step_on(c, &mlp_t, a, (mlp_options){0}) : a;
}

static mlp_value *eigenvalues(call *c, mlp_value *a) {
    return tensor_step(c, &(mlp_request){.operation = &mlp_eigh, .in = {a}, .hidden = true});
}

/* Arguments: A, UPLO. */
static object *linalg_eigvalsh(call *c) {
    mlp_value *a = lower_given(c), *w = eigenvalues(c, a);
    check_above_noise(c, w, &a->tensor);
    return step_result(c, w);
}

static object *linalg_eigh(call *c) {
    static const char *const names[] = {"eigenvalues", "eigenvectors"};
    mlp_value *a = lower_given(c);
    if (has_gradient(c, a))
        call_fail(c, "eigh() has no gradient here: write .detach() before it, or "
                     "torch.linalg.eigvalsh()");
    mlp_value *w = eigenvalues(c, a);
    const mlp_step *step = w->producer;
    check_above_noise(c, w, &a->tensor);
    if (mlp_tensor_get_int(&step->out[3]->tensor, 0))
        call_fail(c, "the signs of these eigenvectors depend on the last digits of the matrix: "
                     "write torch.linalg.eigvalsh() for the eigenvalues alone");
    if (a->tensor.shape[0] > 25)
        call_fail(c, "eigenvectors are supported of matrices of up to 25 rows: write "
                     "torch.linalg.eigvalsh() for the eigenvalues alone");
    object *values = step_result(c, w);
    return return_type(c, "linalg_eigh", names, values, shown(c, step->out[1]));
}

/* --- singular values --- */

static mlp_value *singular_values(call *c, mlp_value *a) {
    return tensor_step(c, &(mlp_request){.operation = &mlp_svdvals, .in = {a}, .hidden = true});
}

static object *linalg_svdvals(call *c) {
    mlp_value *s = singular_values(c, matrix_given(c));
    check_above_noise(c, s, &matrix_given(c)->tensor);
    return step_result(c, s);
}

static void take_tolerances(call *c, mlp_options *options, const mlp_tensor *a) {
    const object *rtol = call_argument(c, "rtol"), *atol = call_argument(c, "atol");
    if (is_tensor(rtol) || is_tensor(atol))
        call_fail(c, "rtol and atol are numbers here");
    options->atol = !atol || atol->kind == OBJECT_NONE ? 0 : option_decides(c, atol);
    options->rtol = !rtol || rtol->kind == OBJECT_NONE
                        ? (options->atol > 0 ? 0 : relative_tolerance(a))
                        : option_decides(c, rtol);
}

/* Arguments: A, tol, and more: hermitian. */
static object *linalg_matrix_rank(call *c) {
    mlp_value *a = matrix_given(c);
    mlp_options options = {0};
    const object *tol = call_argument(c, "tol");
    const mlp_value *s = singular_values(c, a);
    take_tolerances(c, &options, &a->tensor);
    if (tol->kind != OBJECT_NONE)
        options = (mlp_options){.atol = option_decides(c, tol)};
    const size_t n = s->tensor.numel;
    const double most = n ? mlp_tensor_get(&s->tensor, 0) : 0;
    const double least = fmax(options.atol, options.rtol * most);
    mlp_variable *rank = tensor_new(c, MLP_INT64, 0, NULL, false);
    for (size_t i = 0; i < n; i++) {
        *(int64_t *)rank->value->tensor.data += mlp_tensor_get(&s->tensor, i) > least;
        if (fabs(mlp_tensor_get(&s->tensor, i) - least) < mlp_value_bound(s, i))
            script_doubt(c->script);
    }
    return variable_object(c, rank);
}

/* Arguments: A, p. The ratio of the largest singular value to the smallest. */
static object *linalg_cond(call *c) {
    const object *p = c->arguments[1];
    const double order = p->kind == OBJECT_NONE ? 2
                         : object_is_number(p)  ? option_decides(c, p)
                                                : 0;
    if (order != 2 && order != -2)
        call_fail(c, "cond() is supported of p=None, 2 and -2: for others write "
                     "torch.linalg.norm(A, p) * torch.linalg.norm(torch.linalg.inv(A), p)");
    mlp_value *s = singular_values(c, matrix_given(c));
    const size_t n = s->tensor.numel;
    if (n == 0)
        call_fail(c, "a matrix without elements has no condition");
    check_above_noise(c, s, &matrix_given(c)->tensor);
    mlp_value *most = step_select(c, s, 0, 0), *least = step_select(c, s, 0, n - 1);
    return step_result(c, order > 0 ? step_of_two(c, &mlp_div, most, least)
                                    : step_of_two(c, &mlp_div, least, most));
}

/* --- pinv, lstsq --- */

static mlp_value *pseudoinverse(call *c, mlp_value *a, mlp_options options) {
    return tensor_step(
        c, &(mlp_request){.operation = &mlp_pinv, .in = {a}, .options = options, .hidden = true});
}

/* Arguments: A, and more. */
static object *linalg_pinv(call *c) {
    mlp_value *a = matrix_given(c);
    mlp_options options = {0};
    if (a->tensor.ndim == 2)
        take_tolerances(c, &options, &a->tensor);
    return step_result(c, pseudoinverse(c, a, options));
}

/* What is left of roundings where a part of the solution should be 0 is LAPACK's own. */
static void check_solution(call *c, const mlp_tensor *x) {
    const double noise = x->dtype == MLP_FLOAT64 ? 1e-12 : 1e-5;
    double most = 0;
    for (size_t i = 0; i < x->numel; i++)
        most = fmax(most, fabs(mlp_tensor_get(x, i)));
    for (size_t i = 0; i < x->numel; i++)
        if (fabs(mlp_tensor_get(x, i)) < noise * most)
            call_fail(c,
                      "a part of this solution is 0 but for roundings, which are not known here");
}

/* By the pseudoinverse, in double. Arguments: A, B, rcond, driver. */
static object *linalg_lstsq(call *c) {
    static const char *const names[] = {"solution", "residuals", "rank", "singular_values"};
    const size_t nothing = 0;
    mlp_value *a = matrix_given(c), *b = tensor_value(c, c->arguments[1]);
    const mlp_dtype dtype = a->tensor.dtype;
    if (c->arguments[2]->kind != OBJECT_NONE || c->arguments[3]->kind != OBJECT_NONE)
        call_fail(c, "rcond= and driver= of lstsq() are not supported: leave them out");
    if (a->tensor.ndim != 2 || a->tensor.shape[0] < a->tensor.shape[1] || b->tensor.ndim == 0 ||
        b->tensor.ndim > 2 || b->tensor.shape[0] != a->tensor.shape[0] || b->tensor.dtype != dtype)
        call_fail(c, "lstsq() takes a matrix of at least as many rows as columns, and a matrix or "
                     "vector of as many rows and the same dtype");
    const mlp_options options = {.rtol = relative_tolerance(&a->tensor)};
    mlp_value *p = pseudoinverse(c, tensor_in_dtype(c, a, MLP_FLOAT64), options);
    const mlp_request product = {
        .operation = &mlp_matmul, .in = {p, tensor_in_dtype(c, b, MLP_FLOAT64)}, .hidden = true};
    mlp_value *x = tensor_in_dtype(c, tensor_step(c, &product), dtype);
    const mlp_tensor *s = &p->producer->out[3]->tensor;
    mlp_variable *rank = tensor_new(c, MLP_INT64, 0, NULL, false);
    for (size_t i = 0; i < s->numel; i++)
        *(int64_t *)rank->value->tensor.data +=
            mlp_tensor_get(s, i) > options.rtol * mlp_tensor_get(s, 0);
    if ((size_t) * (int64_t *)rank->value->tensor.data < s->numel)
        call_fail(c, "lstsq() is supported of matrices whose columns are independent");
    check_solution(c, &x->tensor);
    object *const items[] = {step_result_of(c, x, "LinalgLstsqBackward0"),
                             variable_object(c, tensor_new(c, dtype, 1, &nothing, false)),
                             variable_object(c, rank),
                             variable_object(c, tensor_new(c, dtype, 1, &nothing, false))};
    return return_type_of(c, "linalg_lstsq", names, items, 4);
}

/* --- qr --- */

/* Arguments: A, mode. */
static object *linalg_qr(call *c) {
    static const char *const names[] = {"Q", "R"};
    mlp_value *a = matrix_given(c);
    const char *mode = c->arguments[1]->as.string;
    const bool is_square = a->tensor.ndim == 2 && a->tensor.shape[0] <= a->tensor.shape[1];
    if (strcmp(mode, "reduced") != 0 && !(strcmp(mode, "complete") == 0 && is_square))
        call_fail(c, "qr() is supported in the mode 'reduced' only");
    if (has_gradient(c, a))
        call_fail(c, "qr() has no gradient here: write .detach() before it");
    const mlp_request request = {.operation = &mlp_qr_of, .in = {a}, .hidden = true};
    mlp_value *q = tensor_step(c, &request);
    object *of_q = step_result(c, q);
    const bool is_old = strncmp(c->native->path, "torch.linalg", strlen("torch.linalg")) != 0;
    return return_type(c, is_old ? "qr" : "linalg_qr", names, of_q, shown(c, q->producer->out[1]));
}

/* --- slogdet, logdet --- */

static mlp_value *of_determinant(call *c, const mlp_operation *operation, mlp_value *a) {
    return tensor_step(c, &(mlp_request){.operation = operation, .in = {a}, .hidden = true});
}

static object *slogdet(call *c, mlp_value *a, const char *label, const char *const names[2]) {
    object *sign = step_result(c, of_determinant(c, &mlp_sign_of_det, a));
    object *logabsdet = step_result(c, of_determinant(c, &mlp_logabsdet, a));
    return return_type(c, label, names, sign, logabsdet);
}

static object *linalg_slogdet(call *c) {
    static const char *const names[] = {"sign", "logabsdet"};
    return slogdet(c, matrix_given(c), "linalg_slogdet", names);
}

static object *tensor_slogdet(call *c) {
    static const char *const names[] = {"sign", "logabsdet"};
    return slogdet(c, tensor_value(c, c->self), "slogdet", names);
}

/* nan of a negative determinant. */
static object *tensor_logdet(call *c) {
    mlp_value *a = tensor_value(c, c->self);
    const mlp_value *sign = of_determinant(c, &mlp_sign_of_det, a);
    if (mlp_tensor_get(&sign->tensor, 0) < 0)
        call_fail(c, "the logarithm of a negative determinant is nan: write slogdet()");
    return step_result_of(c, of_determinant(c, &mlp_logabsdet, a), "WhereBackward0");
}

#define TOLERANCES "atol = None, rtol = None, hermitian: bool = False"

const native native_spectral[] = {
    {.path = "torch.linalg.eigh", .signature = "A: Tensor, UPLO: str = 'L'", .call = linalg_eigh},
    {.path = "torch.linalg.eigvalsh",
     .signature = "A: Tensor, UPLO: str = 'L'",
     .call = linalg_eigvalsh},
    {.path = "torch.linalg.svdvals", .signature = "A: Tensor", .call = linalg_svdvals},
    {.path = "torch.linalg.matrix_rank",
     .signature = "A: Tensor, tol = None, *, " TOLERANCES,
     .call = linalg_matrix_rank},
    {.path = "torch.linalg.cond", .signature = "A: Tensor, p = None", .call = linalg_cond},
    {.path = "torch.linalg.pinv", .signature = "A: Tensor, *, " TOLERANCES, .call = linalg_pinv},
    {.path = "torch.pinverse",
     .signature = "input: Tensor, rtol: float = 1e-15, atol = None",
     .call = linalg_pinv},
    {.path = "torch.linalg.lstsq",
     .signature = "A: Tensor, B: Tensor, rcond = None, *, driver = None",
     .call = linalg_lstsq},
    {.path = "torch.linalg.qr", .signature = "A: Tensor, mode: str = 'reduced'", .call = linalg_qr},
    {.path = "torch.linalg.slogdet", .signature = "A: Tensor", .call = linalg_slogdet},
    {.path = "Tensor.slogdet", .signature = "", .call = tensor_slogdet, .is_function = true},
    {.path = "Tensor.logdet", .signature = "", .call = tensor_logdet, .is_function = true},
    {0}};
