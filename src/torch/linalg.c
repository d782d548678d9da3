/* torch.linalg, as far as square matrices go: solve, inv, det, cholesky; and norms. */
#include "steps.h"
#include "tensor.h"

/* Raises what PyTorch does where the elimination has met a zero. */
static void check_regular(call *c, const mlp_step *step, const char *what) {
    const mlp_tensor *lu = &step->out[1]->tensor;
    const size_t n = lu->shape[0];
    size_t i = 0;
    while (i < n && mlp_tensor_get(lu, i * (n + 1)) != 0)
        i++;
    if (i == n)
        return;
    if (what)
        call_fail(call_raises(c, LIN_ALG_ERROR,
                              "linalg.inv: The diagonal element %zu is zero, the inversion could "
                              "not be completed because the input matrix is singular.",
                              i + 1),
                  "the matrix is singular: it has no inverse");
    call_fail(call_raises(c, LIN_ALG_ERROR,
                          "torch.linalg.solve: The solver failed because the input matrix is "
                          "singular."),
              "the matrix is singular: the system has no one solution");
}

/* Arguments: A, B. */
static object *linalg_solve(call *c) {
    const mlp_request request = {
        .operation = &mlp_solve,
        .in = {tensor_value(c, c->arguments[0]), tensor_value(c, c->arguments[1])}};
    mlp_variable *x = tensor_computed(c, &request);
    check_regular(c, x->value->producer, NULL);
    return variable_object(c, x);
}

static call *raises_inverse(call *c, const mlp_tensor *a) {
    if (a->ndim < 2)
        return call_raises(c, RUNTIME_ERROR,
                           "linalg.inv: The input tensor A must have at least 2 dimensions.");
    if (a->ndim > 2 || a->shape[0] == a->shape[1])
        return c;
    return call_raises(c, RUNTIME_ERROR,
                       "linalg.inv: A must be batches of square matrices, but they are %zu by %zu "
                       "matrices",
                       a->shape[0], a->shape[1]);
}

static object *tensor_inverse(call *c) {
    mlp_value *a = tensor_value(c, c->self);
    if (a->tensor.ndim != 2 || a->tensor.shape[0] != a->tensor.shape[1] ||
        !mlp_dtype_is_floating(a->tensor.dtype))
        call_fail(raises_inverse(c, &a->tensor),
                  "the inverse is that of a square matrix of floats");
    mlp_value *identity = tensor_new(c, a->tensor.dtype, 2, a->tensor.shape, false)->value;
    for (size_t i = 0; i < a->tensor.shape[0]; i++)
        mlp_tensor_set(&identity->tensor, i * (a->tensor.shape[0] + 1), 1);
    identity->label.hidden = true;
    const mlp_request request = {.operation = &mlp_solve, .in = {a, identity}, .hidden = true};
    mlp_value *x = tensor_step(c, &request);
    check_regular(c, x->producer, "inv");
    return step_result_of(c, x, "LinalgInvExBackward0");
}

static object *tensor_det(call *c) {
    return tensor_result(c,
                         &(mlp_request){.operation = &mlp_det, .in = {tensor_value(c, c->self)}});
}

static object *tensor_cholesky(call *c) {
    mlp_value *a = tensor_value(c, c->self);
    if (a->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "cholesky() has no gradient here: write .detach() before it");
    const mlp_request request = {.operation = &mlp_cholesky_of, .in = {a}};
    mlp_variable *l = tensor_computed(c, &request);
    const mlp_tensor *fails = &l->value->producer->out[2]->tensor;
    if (fails->numel && mlp_tensor_get_int(fails, 0) > 0)
        call_fail(call_raises(c, LIN_ALG_ERROR,
                              "linalg.cholesky: The factorization could not be completed because "
                              "the input is not positive-definite (the leading minor of order "
                              "%lld is not positive-definite).",
                              (long long)mlp_tensor_get_int(fails, 0)),
                  "the matrix is not positive definite");
    return variable_object(c, l);
}

static object *tensor_trace(call *c) {
    return tensor_result(
        c, &(mlp_request){.operation = &mlp_trace_of, .in = {tensor_value(c, c->self)}});
}

/* torch.linalg.det(A) and its like, for A.det(). */
static object *of_matrix(call *c) {
    call inner = *c;
    inner.self = c->arguments[0];
    inner.arguments = c->arguments + 1;
    native_call *const *function = c->native->data;
    return (*function)(&inner);
}

static native_call *const INVERSE = tensor_inverse, *const DET = tensor_det,
                          *const CHOLESKY = tensor_cholesky;

const native native_linalg[] = {
    {.path = "torch.linalg.solve", .signature = "A: Tensor, B: Tensor", .call = linalg_solve},
    {.path = "torch.linalg.inv", .signature = "A: Tensor", .call = of_matrix, .data = &INVERSE},
    {.path = "torch.linalg.det", .signature = "A: Tensor", .call = of_matrix, .data = &DET},
    {.path = "torch.linalg.cholesky",
     .signature = "A: Tensor",
     .call = of_matrix,
     .data = &CHOLESKY},
    {.path = "Tensor.inverse", .signature = "", .call = tensor_inverse, .is_function = true},
    {.path = "Tensor.det", .signature = "", .call = tensor_det, .is_function = true},
    {.path = "Tensor.cholesky", .signature = "", .call = tensor_cholesky, .is_function = true},
    {.path = "Tensor.trace", .signature = "", .call = tensor_trace, .is_function = true},
    {0}};
