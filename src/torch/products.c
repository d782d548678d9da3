/* Products by their names, and of batches of matrices. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <math.h>

static const mlp_tensor *numbers_of(call *c, const object *o) {
    return &tensor_value(c, o)->tensor;
}

/* --- batches --- */

/* The last two dimensions change places. */
static object *turned(call *c, const object *o) {
    const size_t ndim = numbers_of(c, o)->ndim;
    return tensor_hidden_view(c, o, &mlp_transpose,
                              &(mlp_options){.dim0 = (int64_t)ndim - 2, .dim1 = (int64_t)ndim - 1});
}

static mlp_value *hidden_product(call *c, mlp_value *a, mlp_value *b) {
    return tensor_step(c, &(mlp_request){.operation = &mlp_matmul, .in = {a, b}, .hidden = true});
}

/* With a matrix or a vector on the left, PyTorch multiplies the other way round, by all rows of the
 * batch at once. */
static object *folded(call *c, object *a, object *b) {
    const mlp_request request = {.operation = &mlp_matmul,
                                 .in = {tensor_value(c, turned(c, b)), tensor_value(c, a)}};
    if (numbers_of(c, a)->ndim == 1)
        return tensor_result(c, &request);
    mlp_value *product = hidden_product(c, request.in[0], tensor_value(c, turned(c, a)));
    const int64_t last = (int64_t)product->tensor.ndim - 1;
    mlp_value *back = tensor_step(c, &(mlp_request){.operation = &mlp_transpose,
                                                    .in = {product},
                                                    .options = {.dim0 = last - 1, .dim1 = last},
                                                    .hidden = true});
    return tensor_result(c, &(mlp_request){.operation = &mlp_contiguous, .in = {back}});
}

/* Later releases do so with a matrix only where the batch asks for a gradient. */
static bool is_folded(call *c, const mlp_value *a, const mlp_value *b) {
    return a->tensor.ndim == 1 ||
           (a->tensor.ndim == 2 &&
            (!release_has(c, MLP_RENAMES_NODES) || (b->requires_grad && !trace_of(c)->no_grad)));
}

/* The value with these leading sizes. */
static mlp_value *with_leading(call *c, mlp_value *v, mlp_shape shape) {
    const mlp_tensor *t = &v->tensor;
    for (size_t i = t->ndim - 2; i < t->ndim; i++)
        shape.shape[shape.ndim++] = t->shape[i];
    return tensor_expanded(c, v, &shape);
}

object *tensor_batch_product(call *c, object *a, object *b) {
    mlp_value *x = tensor_value(c, a), *y = tensor_value(c, b);
    mlp_tensor of_x = x->tensor, of_y = y->tensor;
    mlp_shape leading;
    if (is_folded(c, x, y))
        return folded(c, a, b);
    if (of_x.ndim) {
        of_x.ndim -= 2;
        of_y.ndim -= 2;
        if (!mlp_broadcast(&leading, &of_x, &of_y, script_error(c->script)))
            call_give_up(c);
        x = with_leading(c, x, leading);
        y = with_leading(c, y, leading);
    }
    return tensor_result(c, &(mlp_request){.operation = &mlp_matmul, .in = {x, y}});
}

static object *tensor_bmm(call *c) {
    return tensor_result(
        c, &(mlp_request){.operation = &mlp_bmm,
                          .in = {tensor_value(c, c->self), tensor_value(c, c->arguments[0])}});
}

/* --- a tensor and a product --- */

/* Of what is left out with beta=0 the gradient of a factor is multiplied by alpha before, which is
 * the same where that rounds nothing. */
static void check_factors(call *c, double beta, double alpha) {
    int exponent;
    const bool is_exact = fabs(frexp(alpha, &exponent)) == 0.5;
    bool wants = false;
    for (size_t i = 0; i < 2; i++)
        wants = wants || tensor_value(c, c->arguments[i])->requires_grad;
    if (!mlp_dtype_is_floating(numbers_of(c, c->self)->dtype))
        call_fail(c, "beta= and alpha= of integers are not supported: write beta * x + alpha * "
                     "(a @ b)");
    if (beta == 0 && !is_exact && wants && !trace_of(c)->no_grad)
        call_fail(c, "this alpha= of matrices that require grad is not supported with beta=0: "
                     "write alpha * (a @ b)");
    if (beta == 0 && tensor_value(c, c->self)->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "beta=0 of a tensor that requires grad is not supported: write .detach() "
                     "behind it");
}

/* beta x + alpha a b. In float32 the second product is not rounded before it is added. */
static mlp_request weighted_sum(call *c, mlp_value *x, mlp_value *a, mlp_value *b) {
    const double beta = option_exact(c, c->arguments[2]), alpha = option_exact(c, c->arguments[3]);
    if (beta != 1 || alpha != 1)
        check_factors(c, beta, alpha);
    const mlp_shape shape = {.ndim = 2, .shape = {a->tensor.shape[0], b->tensor.shape[1]}};
    const bool multiplies = a->tensor.shape[1] == b->tensor.shape[0]; /* else that is said first */
    x = multiplies ? tensor_expanded(c, x, &shape) : x;
    if (beta != 1 && beta != 0)
        x = step_number(c, &mlp_mul, x, beta);
    mlp_value *product = tensor_step(c, &(mlp_request){.operation = &mlp_mm_within,
                                                       .in = {a, b},
                                                       .options.alpha = beta == 0 ? 1 : alpha,
                                                       .hidden = true});
    if (beta == 0) /* also where x is not finite */
        return (mlp_request){
            .operation = &mlp_mul, .in = {product}, .options.number = mlp_real(alpha)};
    return (mlp_request){.operation = alpha == 1 ? &mlp_addmm : &mlp_addmm_scaled,
                         .in = {x, product},
                         .options.alpha = alpha == 1 ? 0 : alpha};
}

/* Arguments: mat1, mat2, beta, alpha. */
static mlp_request addmm(call *c) {
    const mlp_tensor *a = numbers_of(c, c->arguments[0]), *b = numbers_of(c, c->arguments[1]);
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (a->ndim != 2 || b->ndim != 2)
        call_fail(c, "addmm() adds a product of two matrices, not of tensors of shapes %s and %s",
                  mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b));
    return weighted_sum(c, tensor_value(c, c->self), tensor_value(c, c->arguments[0]),
                        tensor_value(c, c->arguments[1]));
}

static object *tensor_addmm(call *c) {
    const mlp_request request = addmm(c);
    object *result = tensor_result(c, &request);
    variable_of(result)->value->producer->grad_fn = mlp_addmm.grad_fn;
    return result;
}

static object *tensor_addmm_(call *c) {
    for (size_t i = 0; i < 2; i++)
        tensor_check_overlap(c, c->self, c->arguments[i]);
    const mlp_request request = addmm(c);
    mlp_value *result = tensor_step(c, &request);
    result->producer->grad_fn = mlp_addmm.grad_fn;
    tensor_assign(c, variable_of(c->self), result);
    return c->self;
}

/* --- outer --- */

static object *tensor_outer(call *c) {
    const mlp_tensor *a = numbers_of(c, c->self), *b = numbers_of(c, c->arguments[0]);
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (a->ndim != 1 || b->ndim != 1)
        call_fail(call_raises(c, RUNTIME_ERROR, "outer: Expected 1-D argument %s, but got %zu-D",
                              a->ndim != 1 ? "self" : "vec2", a->ndim != 1 ? a->ndim : b->ndim),
                  "outer() takes two vectors, not tensors of shapes %s and %s",
                  mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b));
    const mlp_options column = {.sizes = {2, {a->shape[0], 1}}};
    return tensor_binary(c, OPERATOR_MUL, tensor_hidden_view(c, c->self, &mlp_reshape, &column),
                         c->arguments[0]);
}

#define ADDMM "mat1: Tensor, mat2: Tensor, *, beta: number = 1, alpha: number = 1"

const native native_products[] = {
    {.path = "Tensor.bmm", .signature = "mat2: Tensor", .call = tensor_bmm, .is_function = true},
    {.path = "Tensor.addmm", .signature = ADDMM, .call = tensor_addmm, .is_function = true},
    {.path = "Tensor.addmm_", .signature = ADDMM, .call = tensor_addmm_},
    {.path = "Tensor.outer",
     .signature = "vec2: Tensor",
     .call = tensor_outer,
     .is_function = true},
    {.path = "Tensor.ger", .signature = "vec2: Tensor", .call = tensor_outer, .is_function = true},
    {0}};
