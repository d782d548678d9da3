/* Sums and means of the numbers that are there: torch.nansum(x, dim), torch.nanmean(x, dim). */
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <math.h>

static mlp_value *hidden(call *c, const mlp_operation *operation, mlp_value *x,
                         const mlp_options *options) {
    return tensor_step(
        c, &(mlp_request){.operation = operation, .in = {x}, .options = *options, .hidden = true});
}

static mlp_options dims_of(call *c, const mlp_tensor *x) {
    mlp_options options = {0};
    option_take(c, &options, "keepdim");
    take_dims(c, &options, x, call_argument(c, "dim"));
    return options;
}

/* x with 0 in place of nan. The gradient of that is 0 where x is infinite, and theirs is not. */
static mlp_value *rest_of(call *c, mlp_value *x) {
    const mlp_options options = {
        .has_max = true, .has_min = true, .max = (double)INFINITY, .min = -(double)INFINITY};
    const bool has_gradient = x->requires_grad && !trace_of(c)->no_grad;
    for (size_t i = 0; has_gradient && i < x->tensor.numel; i++)
        if (isinf(mlp_tensor_get(&x->tensor, i)))
            call_fail(c, "the gradient of nansum() and nanmean() is not supported where a number "
                         "is infinite: write x[~x.isnan()].sum()");
    return hidden(c, &mlp_nan_to_num, x, &options);
}

static mlp_request sum_of_rest(call *c, mlp_value *x) {
    const bool is_floating = mlp_dtype_is_floating(x->tensor.dtype);
    return (mlp_request){.operation = &mlp_sum,
                         .in = {is_floating ? rest_of(c, x) : x},
                         .options = dims_of(c, &x->tensor)};
}

static void name_node(mlp_value *sum) {
    sum->producer->grad_fn = "NansumBackward0";
}

/* Arguments: dim, keepdim, dtype. */
static mlp_value *in_its_dtype(call *c) {
    const object *dtype = call_argument(c, "dtype");
    return tensor_value(c, dtype->kind == OBJECT_NONE
                               ? c->self
                               : tensor_cast(c, c->self, dtype_argument(c, dtype)));
}

static object *nansum(call *c) {
    mlp_value *x = in_its_dtype(c);
    const mlp_request request = sum_of_rest(c, x);
    mlp_variable *sum = tensor_computed(c, &request);
    name_node(sum->value);
    return variable_object(c, sum);
}

/* How many numbers are there, as PyTorch counts them. */
static mlp_value *count_of_rest(call *c, mlp_value *x) {
    mlp_value *mask = hidden(c, &mlp_isnan, x, &(mlp_options){0});
    const mlp_options dims = dims_of(c, &x->tensor), dtype = {.dtype = x->tensor.dtype};
    const mlp_options whole = {.dtype = MLP_INT64}, zero = {.number = mlp_integer(0)};
    mlp_value *there = hidden(c, &mlp_eq, hidden(c, &mlp_to, mask, &whole), &zero);
    return hidden(c, &mlp_to, hidden(c, &mlp_sum, there, &dims), &dtype);
}

static object *nanmean(call *c) {
    mlp_value *x = in_its_dtype(c);
    if (!mlp_dtype_is_floating(x->tensor.dtype))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "nanmean(): expected input to have floating point or complex dtype "
                              "but got %s",
                              mlp_dtype_word(x->tensor.dtype)),
                  "nanmean() takes floats, not %s: write .float() behind it",
                  mlp_dtype_name(x->tensor.dtype));
    mlp_request request = sum_of_rest(c, x);
    request.hidden = true;
    mlp_value *sum = tensor_step(c, &request);
    name_node(sum);
    return tensor_result(c,
                         &(mlp_request){.operation = &mlp_div, .in = {sum, count_of_rest(c, x)}});
}

#define DIMS "*, dtype = None | dim/axis, keepdim/keepdims: bool = False, *, dtype = None"

const native native_missing[] = {
    {.path = "Tensor.nansum", .signature = DIMS, .call = nansum, .is_function = true},
    {.path = "Tensor.nanmean", .signature = DIMS, .call = nanmean, .is_function = true},
    {0}};
