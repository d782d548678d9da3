/* Operators by their names: torch.matmul(a, b), a.add(b), a.add_(b, alpha=2). */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include "python/arithmetic.h"

#include <string.h>

static const struct {
    const char *name;
    operator op;
} named[] = {{"add", OPERATOR_ADD},
             {"sub", OPERATOR_SUB},
             {"subtract", OPERATOR_SUB},
             {"mul", OPERATOR_MUL},
             {"multiply", OPERATOR_MUL},
             {"div", OPERATOR_TRUEDIV},
             {"divide", OPERATOR_TRUEDIV},
             {"pow", OPERATOR_POW},
             {"matmul", OPERATOR_MATMUL},
             {"mm", OPERATOR_MATMUL},
             {"mv", OPERATOR_MATMUL},
             {"dot", OPERATOR_MATMUL},
             {"eq", OPERATOR_EQ},
             {"ne", OPERATOR_NE},
             {"lt", OPERATOR_LT},
             {"le", OPERATOR_LE},
             {"gt", OPERATOR_GT},
             {"ge", OPERATOR_GE},
             {"not_equal", OPERATOR_NE},
             {"less", OPERATOR_LT},
             {"less_equal", OPERATOR_LE},
             {"greater", OPERATOR_GT},
             {"greater_equal", OPERATOR_GE},
             {"remainder", OPERATOR_MOD},
             {"floor_divide", OPERATOR_FLOORDIV},
             {"true_divide", OPERATOR_TRUEDIV},
             {"bitwise_left_shift", OPERATOR_LSHIFT},
             {"bitwise_right_shift", OPERATOR_RSHIFT}};

/* By the name behind the last dot, without the _ of an in-place method. */
static operator operator_of(const call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    const size_t whole = strlen(name), length = name[whole - 1] == '_' ? whole - 1 : whole;
    size_t i = 0;
    while (strlen(named[i].name) != length || strncmp(named[i].name, name, length) != 0)
        i++;
    return named[i].op;
}

static call *raises_no_tensor(call *c, const char *name, const object *o) {
    return call_raises(c, TYPE_ERROR, "%s(): argument 'input' (position 1) must be Tensor, not %s",
                       name, object_class_name(o));
}

/* What stands on the left of the operator: of a function also a number, of which PyTorch makes a
 * tensor without dimensions, of the type that the result has. */
static object *left(call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    object *other = c->arguments[0];
    if (is_tensor(c->self))
        return c->self;
    if (!object_is_number(c->self))
        call_fail(raises_no_tensor(c, name, c->self),
                  "%s() takes a Tensor or a number, not a value of type %s", name,
                  object_type(c->self));
    const mlp_number number = option_number(c->self);
    mlp_variable *v = tensor_new(c, tensor_result_type(c, c->self, other), 0, NULL, false);
    mlp_number_set(&v->value->tensor, 0, number);
    tensor_set_bound(v->value, tensor_bound_of(c, &v->value->tensor, number));
    v->value->label.hidden = true;
    return variable_object(c, v);
}

static object *binary(call *c) {
    return tensor_binary(c, operator_of(c), left(c), c->arguments[0]);
}

/* Of a number and a tensor PyTorch computes the same as by the operator. */
static object *of_number(call *c) {
    if (!is_tensor(c->self) && !is_tensor(c->arguments[0]))
        call_fail(c, "%s() takes a Tensor: of numbers alone write Python's operators",
                  strrchr(c->native->path, '.') + 1);
    object *result = tensor_binary(c, operator_of(c), c->self, c->arguments[0]);
    mlp_value *v = variable_of(result)->value;
    return operator_of(c) == OPERATOR_POW && v->requires_grad && !is_tensor(c->self)
               ? step_result_of(c, v, "PowBackward2")
               : result;
}

static object *binary_(call *c) {
    return tensor_in_place(c, operator_of(c), c->self, c->arguments[0]);
}

static call *raises_ndim(call *c, const char *name, const mlp_tensor *a, const mlp_tensor *b) {
    if (strcmp(name, "dot") == 0)
        return call_raises(c, RUNTIME_ERROR, "1D tensors expected, but got %zuD and %zuD tensors",
                           a->ndim, b->ndim);
    if (strcmp(name, "mm") == 0)
        return call_raises(c, RUNTIME_ERROR, "%s must be a matrix", a->ndim != 2 ? "self" : "mat2");
    return c;
}

/* torch.mm, mv and dot are matmul of a given number of dimensions. */
static object *product(call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    const size_t left = strcmp(name, "dot") == 0 ? 1 : 2, right = strcmp(name, "mm") == 0 ? 2 : 1;
    const mlp_tensor *a = &tensor_value(c, c->self)->tensor;
    const mlp_tensor *b = &tensor_value(c, c->arguments[0])->tensor;
    char a_shape[MLP_SHAPE_TEXT], b_shape[MLP_SHAPE_TEXT];
    if (a->ndim != left || b->ndim != right)
        call_fail(raises_ndim(c, name, a, b),
                  "%s() takes tensors of %zu and %zu dimensions, not of shapes %s and %s: write "
                  "@ for the others",
                  name, left, right, mlp_shape_text(a_shape, a), mlp_shape_text(b_shape, b));
    return binary(c);
}

/* alpha b, of integers. */
static object *multiple(call *c, object *b, object *alpha) {
    if (alpha->kind == OBJECT_FLOAT)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "For integral input tensors, argument alpha must not be a floating "
                              "point number."),
                  "alpha= of integers is an integer: write .float() behind the tensor");
    return python_binary(c->script, OPERATOR_MUL, b, alpha, c->where);
}

/* a + alpha b, for sub a - alpha b. Arguments: other, alpha. */
static object *added(call *c) {
    const operator op = operator_of(c);
    const double alpha = option_exact(c, c->arguments[1]);
    if (op == OPERATOR_SUB && object_is_number(c->self))
        tensor_check_difference(c, c->self, c->arguments[0]);
    object *self = left(c);
    if (alpha == 1)
        return tensor_binary(c, op, self, c->arguments[0]);
    const mlp_dtype dtype = tensor_result_type(c, self, c->arguments[0]);
    if (!mlp_dtype_is_floating(dtype)) {
        object *b = c->arguments[0];
        b = is_tensor(b) ? tensor_cast(c, b, dtype) : b;
        return tensor_binary(c, op, self, multiple(c, b, c->arguments[1]));
    }
    if (!is_tensor(c->arguments[0]))
        call_fail(c, "alpha= needs a Tensor to multiply, not a value of type %s",
                  object_type(c->arguments[0]));
    if (op == OPERATOR_SUB)
        tensor_check_difference(c, self, c->arguments[0]);
    return tensor_scaled(c, op == OPERATOR_SUB ? &mlp_sub_scaled : &mlp_add_scaled, self,
                         c->arguments[0], alpha);
}

static object *sum_(call *c) {
    if (option_exact(c, c->arguments[1]) == 1)
        return binary_(c);
    mlp_value *result = variable_of(added(c))->value;
    tensor_assign(c, variable_of(c->self),
                  tensor_held(c, result, variable_of(c->self)->value->tensor.dtype));
    return c->self;
}

/* By the rounding_mode of div; NULL without it. */
static const mlp_operation *rounded_division(call *c) {
    const object *mode = call_argument(c, "rounding_mode");
    if (!mode)
        return NULL;
    if (mode->kind == OBJECT_NONE)
        call_fail(c, "rounding_mode=None is what is done without it: leave it out");
    if (mode->kind == OBJECT_STRING && strcmp(mode->as.string, "floor") == 0)
        return &mlp_div_floor;
    if (mode->kind == OBJECT_STRING && strcmp(mode->as.string, "trunc") == 0)
        return &mlp_div_trunc;
    call_fail(c, "rounding_mode is 'floor' or 'trunc'");
}

static object *quotient(call *c) {
    const mlp_operation *rounded = rounded_division(c);
    return rounded ? tensor_rounded_quotient(c, rounded, left(c), c->arguments[0]) : binary(c);
}

static object *quotient_(call *c) {
    const mlp_operation *rounded = rounded_division(c);
    if (!rounded)
        return binary_(c);
    const object *result = tensor_rounded_quotient(c, rounded, c->self, c->arguments[0]);
    tensor_assign(c, variable_of(c->self), variable_of(result)->value);
    return c->self;
}

static object *maximum(call *c) {
    return tensor_pairwise(c, &mlp_maximum, c->self, c->arguments[0]);
}

static object *xlogy(call *c) {
    return tensor_pairwise(c, &mlp_xlogy, c->self, c->arguments[0]);
}

static object *minimum(call *c) {
    return tensor_pairwise(c, &mlp_minimum, c->self, c->arguments[0]);
}

/* A power that is a number of its own. */
static object *square(call *c) {
    return tensor_binary(c, OPERATOR_POW, c->self, object_integer(c->script, 2));
}

static object *square_(call *c) {
    return tensor_in_place(c, OPERATOR_POW, c->self, object_integer(c->script, 2));
}

/* Arguments: decimals, which PyTorch takes for another function, or none. */
static mlp_request rounding_request(call *c) {
    mlp_request request = {.operation = c->arguments[0] ? &mlp_round_decimals : &mlp_round,
                           .in = {tensor_value(c, c->self)}};
    if (c->arguments[0])
        option_take(c, &request.options, "decimals");
    return request;
}

static object *rounded(call *c) {
    const mlp_request request = rounding_request(c);
    return variable_object(c, tensor_computed(c, &request));
}

static object *rounded_(call *c) {
    return variable_object(c, tensor_changed(c, rounding_request(c), variable_of(c->self)));
}

#define SCALED "other, *, alpha: number = 1"
#define QUOTIENT "other | other, *, rounding_mode"
#define ROUNDED "| *, decimals: int"
#define METHOD(function) .signature = "other", .call = (function), .is_function = true
#define NUMBER .is_function = true, .takes_number = true

const native native_operators[] = {
    {.path = "Tensor.add", .signature = SCALED, .call = added, NUMBER},
    {.path = "Tensor.sub", .signature = SCALED, .call = added, NUMBER},
    {.path = "Tensor.subtract", .signature = SCALED, .call = added, NUMBER},
    {.path = "Tensor.add_", .signature = SCALED, .call = sum_},
    {.path = "Tensor.sub_", .signature = SCALED, .call = sum_},
    {.path = "Tensor.subtract_", .signature = SCALED, .call = sum_},
    {.path = "Tensor.mul_", .signature = "other", .call = binary_},
    {.path = "Tensor.multiply_", .signature = "other", .call = binary_},
    {.path = "Tensor.div_", .signature = QUOTIENT, .call = quotient_},
    {.path = "Tensor.divide_", .signature = QUOTIENT, .call = quotient_},
    {.path = "Tensor.pow_", .signature = "exponent", .call = binary_},
    {.path = "Tensor.square", .signature = "", .call = square, .is_function = true},
    {.path = "Tensor.square_", .signature = "", .call = square_, .is_function = true},
    {.path = "Tensor.round", .signature = ROUNDED, .call = rounded, .is_function = true},
    {.path = "Tensor.round_", .signature = ROUNDED, .call = rounded_, .is_function = true},
    {.path = "Tensor.mul", .signature = "other", .call = binary, NUMBER},
    {.path = "Tensor.multiply", .signature = "other", .call = binary, NUMBER},
    {.path = "Tensor.div", .signature = QUOTIENT, .call = quotient, NUMBER},
    {.path = "Tensor.divide", .signature = QUOTIENT, .call = quotient, NUMBER},
    {.path = "Tensor.pow", .signature = "exponent", .call = of_number, NUMBER},
    {.path = "Tensor.remainder", .signature = "other", .call = of_number, NUMBER},
    {.path = "Tensor.remainder_", .signature = "other", .call = binary_},
    {.path = "Tensor.floor_divide", .signature = "other", .call = of_number, NUMBER},
    {.path = "Tensor.floor_divide_", .signature = "other", .call = binary_},
    {.path = "Tensor.true_divide", .signature = "other", .call = binary, NUMBER},
    {.path = "Tensor.true_divide_", .signature = "other", .call = binary_},
    {.path = "Tensor.bitwise_left_shift", .signature = "other", .call = of_number, NUMBER},
    {.path = "Tensor.bitwise_right_shift", .signature = "other", .call = of_number, NUMBER},
    {.path = "Tensor.not_equal", METHOD(binary)},
    {.path = "Tensor.less", METHOD(binary)},
    {.path = "Tensor.less_equal", METHOD(binary)},
    {.path = "Tensor.greater", METHOD(binary)},
    {.path = "Tensor.greater_equal", METHOD(binary)},
    {.path = "Tensor.eq", METHOD(binary)},
    {.path = "Tensor.ne", METHOD(binary)},
    {.path = "Tensor.lt", METHOD(binary)},
    {.path = "Tensor.le", METHOD(binary)},
    {.path = "Tensor.gt", METHOD(binary)},
    {.path = "Tensor.ge", METHOD(binary)},
    {.path = "Tensor.matmul", .signature = "other: Tensor", .call = binary, .is_function = true},
    {.path = "Tensor.mm", .signature = "mat2: Tensor", .call = product, .is_function = true},
    {.path = "Tensor.mv", .signature = "vec: Tensor", .call = product, .is_function = true},
    {.path = "Tensor.dot", .signature = "other: Tensor", .call = product, .is_function = true},
    {.path = "Tensor.xlogy", .signature = "other: Tensor", .call = xlogy, .is_function = true},
    {.path = "Tensor.maximum", .signature = "other: Tensor", .call = maximum, .is_function = true},
    {.path = "Tensor.minimum", .signature = "other: Tensor", .call = minimum, .is_function = true},
    {0}};
