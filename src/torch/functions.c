/* Functions of several tensors, element by element, by their names: torch.atan2(a, b),
 * v.addcmul_(g, g, value=0.1); and those of one tensor that take numbers. */
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

/* The request, of the object and so many arguments, in place where the method's name ends in _. */
static object *computed(call *c, const mlp_request *request, size_t others) {
    const char *path = c->native->path;
    if (path[strlen(path) - 1] != '_')
        return tensor_result(c, request);
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    const mlp_tensor *self = &tensor_value(c, c->self)->tensor;
    const mlp_tensor *all = &request->in[0]->tensor;
    if (!mlp_tensor_same_shape(self, all))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "output with shape %s doesn't match the broadcast shape %s",
                              mlp_shape_text(shape, self), mlp_shape_text(wanted, all)),
                  "a tensor of shape %s cannot hold a result of shape %s in place",
                  mlp_shape_text(shape, self), mlp_shape_text(wanted, all));
    if (self->dtype != all->dtype)
        call_fail(c, "a tensor of %s cannot hold a result of %s in place",
                  mlp_dtype_name(self->dtype), mlp_dtype_name(all->dtype));
    for (size_t i = 0; i < others; i++)
        tensor_check_overlap(c, c->self, c->arguments[i]);
    return variable_object(c, tensor_changed(c, *request, variable_of(c->self)));
}

static const mlp_operation *operation_of(const call *c) {
    return c->native->data;
}

/* Arguments: other, a Tensor. Integers are taken as floats by those that are of angles. */
static object *of_two(call *c) {
    object *operands[] = {c->self, c->arguments[0]};
    const bool takes_floats = operation_of(c) == &mlp_atan2;
    const mlp_dtype least = takes_floats ? torch_of(c)->dtype : MLP_BOOL;
    const mlp_request request = tensor_joined(c, operation_of(c), least, operands, 2);
    return computed(c, &request, 1);
}

/* Arguments: other, a Tensor or a number. */
static object *with_number(call *c) {
    object *other = c->arguments[0];
    if (is_tensor(other))
        return of_two(c);
    const mlp_dtype dtype = tensor_result_type(c, c->self, other);
    const bool whole = operation_of(c) != &mlp_copysign || mlp_dtype_is_floating(dtype);
    mlp_request request = {.operation = operation_of(c), .options.number = option_number(other)};
    request.in[0] =
        tensor_in_dtype(c, tensor_value(c, c->self), whole ? dtype : torch_of(c)->dtype);
    return computed(c, &request, 0);
}

/* Arguments: values, of the same dtype. */
static object *heaviside(call *c) {
    const mlp_dtype a = tensor_value(c, c->self)->tensor.dtype;
    const mlp_dtype b = tensor_value(c, c->arguments[0])->tensor.dtype;
    if (a != b)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "heaviside is not yet implemented for tensors with different "
                              "dtypes."),
                  "heaviside() takes tensors of one dtype, not %s and %s", mlp_dtype_name(a),
                  mlp_dtype_name(b));
    return of_two(c);
}

static bool is_floating(call *c, const object *tensor) {
    return mlp_dtype_is_floating(tensor_value(c, tensor)->tensor.dtype);
}

/* Arguments: tensor1, tensor2, value. */
static object *sum_of_product(call *c) {
    object *operands[] = {c->self, c->arguments[0], c->arguments[1]};
    if (operation_of(c) == &mlp_addcdiv && !is_floating(c, operands[1]) &&
        !is_floating(c, operands[2]))
        call_fail(c, "addcdiv() does not divide integers by integers: write .float() behind them");
    mlp_request request = tensor_joined(c, operation_of(c), MLP_BOOL, operands, 3);
    option_take(c, &request.options, "value");
    return computed(c, &request, 2);
}

static void check_same_dtype(call *c, const char *name, mlp_dtype dtype, mlp_dtype expected) {
    if (dtype != expected)
        call_fail(c, "lerp() takes tensors of one dtype, but %s is %s, not %s", name,
                  mlp_dtype_name(dtype), mlp_dtype_name(expected));
}

/* Arguments: end, weight, which is a Tensor or a number. */
static object *lerp(call *c) {
    object *operands[] = {c->self, c->arguments[0], c->arguments[1]};
    const bool weighted = is_tensor(operands[2]);
    const mlp_dtype dtype = tensor_value(c, c->self)->tensor.dtype;
    check_same_dtype(c, "end", tensor_value(c, operands[1])->tensor.dtype, dtype);
    if (weighted)
        check_same_dtype(c, "weight", tensor_value(c, operands[2])->tensor.dtype, dtype);
    mlp_request request = tensor_joined(c, &mlp_lerp, MLP_BOOL, operands, weighted ? 3 : 2);
    if (!weighted)
        request.options.number = option_number(operands[2]);
    return computed(c, &request, 2);
}

/* Arguments: eps. */
static object *logit(call *c) {
    const object *eps = c->arguments[0];
    mlp_value *x = tensor_value(c, c->self);
    if (!mlp_dtype_is_floating(x->tensor.dtype))
        x = tensor_in_dtype(c, x, torch_of(c)->dtype);
    mlp_request request = {.operation = &mlp_logit, .in = {x}};
    request.options.has_min = eps->kind != OBJECT_NONE;
    if (request.options.has_min)
        request.options.min = option_exact(c, eps);
    return computed(c, &request, 0);
}

/* Arguments: nan, posinf, neginf. */
static object *nan_to_num(call *c) {
    mlp_request request = {.operation = &mlp_nan_to_num, .in = {tensor_value(c, c->self)}};
    mlp_options *o = &request.options;
    const object *most = c->arguments[1], *least = c->arguments[2];
    o->value = c->arguments[0]->kind == OBJECT_NONE ? 0 : option_exact(c, c->arguments[0]);
    o->has_max = most->kind != OBJECT_NONE;
    o->has_min = least->kind != OBJECT_NONE;
    o->max = o->has_max ? option_exact(c, most) : 0;
    o->min = o->has_min ? option_exact(c, least) : 0;
    return computed(c, &request, 0);
}

/* Arguments: exponent. In float64, whatever the tensors are. */
static object *float_power(call *c) {
    object *exponent = c->arguments[0];
    object *base = tensor_cast(c, c->self, MLP_FLOAT64);
    if (is_tensor(exponent))
        exponent = tensor_cast(c, exponent, MLP_FLOAT64);
    return tensor_binary(c, OPERATOR_POW, base, exponent);
}

static object *itself(call *c) {
    return tensor_positive(c, c->self);
}

#define OTHER(operation, function) .signature = "other", .call = (function), .data = &(operation)
#define TENSOR(operation) .signature = "other: Tensor", .call = of_two, .data = &(operation)
#define PRODUCT(operation)                                                                         \
    .signature = "tensor1: Tensor, tensor2: Tensor, *, value: number = 1", .call = sum_of_product, \
    .data = &(operation)
#define LERP .signature = "end: Tensor, weight", .call = lerp
#define LOGIT .signature = "eps: Optional[float] = None", .call = logit
#define NAN_TO_NUM                                                               \
    .signature = "nan: Optional[float] = None, posinf: Optional[float] = None, " \
                 "neginf: Optional[float] = None",                               \
    .call = nan_to_num

const native native_functions[] = {
    {.path = "Tensor.atan2", TENSOR(mlp_atan2), .is_function = true},
    {.path = "Tensor.atan2_", TENSOR(mlp_atan2)},
    {.path = "Tensor.arctan2", TENSOR(mlp_atan2), .is_function = true},
    {.path = "Tensor.hypot", TENSOR(mlp_hypot), .is_function = true},
    {.path = "Tensor.hypot_", TENSOR(mlp_hypot)},
    {.path = "Tensor.logaddexp", TENSOR(mlp_logaddexp), .is_function = true},
    {.path = "Tensor.fmax", TENSOR(mlp_fmax), .is_function = true},
    {.path = "Tensor.fmin", TENSOR(mlp_fmin), .is_function = true},
    {.path = "Tensor.fmod", OTHER(mlp_fmod, with_number), .is_function = true},
    {.path = "Tensor.fmod_", OTHER(mlp_fmod, with_number)},
    {.path = "Tensor.copysign", OTHER(mlp_copysign, with_number), .is_function = true},
    {.path = "Tensor.copysign_", OTHER(mlp_copysign, with_number)},
    {.path = "Tensor.heaviside",
     .signature = "values: Tensor",
     .call = heaviside,
     .data = &mlp_heaviside,
     .is_function = true},
    {.path = "Tensor.addcmul", PRODUCT(mlp_addcmul), .is_function = true},
    {.path = "Tensor.addcmul_", PRODUCT(mlp_addcmul)},
    {.path = "Tensor.addcdiv", PRODUCT(mlp_addcdiv), .is_function = true},
    {.path = "Tensor.addcdiv_", PRODUCT(mlp_addcdiv)},
    {.path = "Tensor.lerp", LERP, .is_function = true},
    {.path = "Tensor.lerp_", LERP},
    {.path = "Tensor.logit", LOGIT, .is_function = true},
    {.path = "Tensor.logit_", LOGIT},
    {.path = "Tensor.nan_to_num", NAN_TO_NUM, .is_function = true},
    {.path = "Tensor.nan_to_num_", NAN_TO_NUM},
    {.path = "Tensor.float_power",
     .signature = "exponent",
     .call = float_power,
     .is_function = true},
    {.path = "Tensor.positive", .signature = "", .call = itself, .is_function = true},
    {0}};
