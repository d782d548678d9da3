/* Masks and bits by their names: a.logical_and(b), torch.bitwise_or(a, b), and torch.isclose. */
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

/* By the row's operator. */
static operator operator_of(const call *c) {
    return *(const operator*)c->native->data;
}

static object *bitwise(call *c) {
    if (!is_tensor(c->self) && !is_tensor(c->arguments[0]))
        call_fail(c, "%s() takes a Tensor: of numbers alone write Python's operators",
                  strrchr(c->native->path, '.') + 1);
    return tensor_binary(c, operator_of(c), c->self, c->arguments[0]);
}

static object *bitwise_(call *c) {
    return tensor_in_place(c, operator_of(c), c->self, c->arguments[0]);
}

static object *bitwise_not(call *c) {
    return tensor_inverted(c, c->self);
}

/* The tensor holds the answer, 1 and 0 where it is none of bools, from now on. */
static object *assigned(call *c, object *answer) {
    const mlp_dtype dtype = tensor_value(c, c->self)->tensor.dtype;
    answer = tensor_cast(c, answer, dtype);
    tensor_assign(c, variable_of(c->self), variable_of(answer)->value);
    return c->self;
}

static object *bitwise_not_(call *c) {
    return assigned(c, bitwise_not(c));
}

static object *logical(call *c) {
    return tensor_logical(c, operator_of(c), c->self, c->arguments[0]);
}

static object *logical_(call *c) {
    return assigned(c, logical(c));
}

static object *logical_not(call *c) {
    return tensor_logical_not(c, c->self);
}

static object *logical_not_(call *c) {
    return assigned(c, logical_not(c));
}

/* Arguments: other, rtol, atol, equal_nan. */
static object *isclose(call *c) {
    mlp_request request = {.operation = &mlp_isclose, .options.dtype = torch_of(c)->dtype};
    const mlp_dtype a = tensor_value(c, c->self)->tensor.dtype,
                    b = tensor_value(c, c->arguments[0])->tensor.dtype;
    if (a != b)
        call_fail(c, "isclose() takes tensors of one dtype, not %s and %s", mlp_dtype_name(a),
                  mlp_dtype_name(b));
    option_take(c, &request.options, "rtol");
    option_take(c, &request.options, "atol");
    option_take(c, &request.options, "equal_nan");
    return tensor_broadcast(c, &request, c->self, c->arguments[0]);
}

static const operator AND = OPERATOR_AND, OR = OPERATOR_OR, XOR = OPERATOR_XOR;

#define BITS(function, which) .signature = "other", .call = (function), .data = &(which)
#define LOGIC(function, which) .signature = "other: Tensor", .call = (function), .data = &(which)

const native native_logic[] = {
    {.path = "Tensor.bitwise_and", BITS(bitwise, AND), .is_function = true, .takes_number = true},
    {.path = "Tensor.bitwise_and_", BITS(bitwise_, AND)},
    {.path = "Tensor.bitwise_or", BITS(bitwise, OR), .is_function = true, .takes_number = true},
    {.path = "Tensor.bitwise_or_", BITS(bitwise_, OR)},
    {.path = "Tensor.bitwise_xor", BITS(bitwise, XOR), .is_function = true, .takes_number = true},
    {.path = "Tensor.bitwise_xor_", BITS(bitwise_, XOR)},
    {.path = "Tensor.logical_and", LOGIC(logical, AND), .is_function = true},
    {.path = "Tensor.logical_and_", LOGIC(logical_, AND)},
    {.path = "Tensor.logical_or", LOGIC(logical, OR), .is_function = true},
    {.path = "Tensor.logical_or_", LOGIC(logical_, OR)},
    {.path = "Tensor.logical_xor", LOGIC(logical, XOR), .is_function = true},
    {.path = "Tensor.logical_xor_", LOGIC(logical_, XOR)},
    {.path = "Tensor.bitwise_not", .signature = "", .call = bitwise_not, .is_function = true},
    {.path = "Tensor.bitwise_not_", .signature = "", .call = bitwise_not_},
    {.path = "Tensor.logical_not", .signature = "", .call = logical_not, .is_function = true},
    {.path = "Tensor.logical_not_", .signature = "", .call = logical_not_},
    {.path = "Tensor.isclose",
     .signature = "other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, "
                  "equal_nan: bool = False",
     .call = isclose,
     .is_function = true},
    {0}};
