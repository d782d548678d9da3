#include "operators.h"

#include "options.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include "python/large.h"
#include "python/arithmetic.h"

#include <math.h>
#include <string.h>

/* What can stand beside a Tensor: another one, or a number, which takes part as an option. */
typedef struct {
    object *tensor; /* NULL: a number */
    mlp_number number;
    bool is_float, is_bool; /* of the number */
} operand;

static operand operand_of(call *c, operator op, object *v) {
    operand o = {.is_float = v->kind == OBJECT_FLOAT, .is_bool = v->kind == OBJECT_BOOL};
    if (v->kind == OBJECT_LARGE)
        script_raise(c->script, c->where, RUNTIME_ERROR, "Overflow when unpacking long");
    if (is_tensor(v))
        o.tensor = v;
    else if (!object_is_number(v))
        call_fail(c, "unsupported operand types for %s: Tensor and %s", operator_text(op),
                  object_type(v));
    else
        o.number = option_number(v);
    return o;
}

/* --- dtypes: torch.result_type --- */

static const int NOTHING = -1;

mlp_dtype dtype_promoted(mlp_dtype a, mlp_dtype b) {
    static const int order[MLP_DTYPES] = {
        [MLP_BOOL] = 0,  [MLP_UINT8] = 1, [MLP_INT8] = 1,    [MLP_INT16] = 2,
        [MLP_INT32] = 3, [MLP_INT64] = 4, [MLP_FLOAT32] = 5, [MLP_FLOAT64] = 6};
    if (order[a] == order[b] && a != b) /* uint8 and int8: what holds the numbers of both */
        return MLP_INT16;
    return order[a] > order[b] ? a : b;
}

/* A tensor without dimensions, and a number even less, only changes the category of the other. */
static int combine(int higher, int lower) {
    if (higher == NOTHING || lower == NOTHING)
        return higher == NOTHING ? lower : higher;
    if (mlp_dtype_is_floating((mlp_dtype)higher))
        return higher;
    if (higher == MLP_BOOL || mlp_dtype_is_floating((mlp_dtype)lower))
        return (int)dtype_promoted((mlp_dtype)higher, (mlp_dtype)lower);
    return higher;
}

static mlp_dtype result_type(call *c, const operand *const *operands, size_t count) {
    int dimensioned = NOTHING, scalar = NOTHING, number = NOTHING;
    for (size_t i = 0; i < count; i++) {
        const operand *o = operands[i];
        if (!o->tensor) {
            const mlp_dtype own = o->is_float  ? torch_of(c)->dtype
                                  : o->is_bool ? MLP_BOOL
                                               : MLP_INT64;
            number = (int)(number == NOTHING ? own : dtype_promoted((mlp_dtype)number, own));
            continue;
        }
        const mlp_tensor *t = &tensor_value(c, o->tensor)->tensor;
        int *category = t->ndim ? &dimensioned : &scalar;
        *category = *category == NOTHING ? (int)t->dtype
                                         : (int)dtype_promoted((mlp_dtype)*category, t->dtype);
    }
    return (mlp_dtype)combine(dimensioned, combine(scalar, number));
}

mlp_dtype tensor_result_type(call *c, object *a, object *b) {
    const operand left = operand_of(c, OPERATOR_EQ, a), right = operand_of(c, OPERATOR_EQ, b);
    return result_type(c, (const operand *[]){&left, &right}, 2);
}

/* --- steps --- */

/* The value itself on the way to a result: cast or broadcast, which a report does not show. */
static mlp_value *prepared(call *c, mlp_value *v, const mlp_request *request) {
    mlp_value *out = tensor_step(c, request);
    mlp_value_name(out, v->label.name, v->label.rank);
    return out;
}

static mlp_value *cast(call *c, mlp_value *v, mlp_dtype dtype, bool without_history) {
    if (v->tensor.dtype == dtype)
        return v;
    return prepared(c, v,
                    &(mlp_request){.operation = &mlp_to,
                                   .in = {v},
                                   .options.dtype = dtype,
                                   .hidden = true,
                                   .without_history = without_history});
}

mlp_value *tensor_in_dtype(call *c, mlp_value *v, mlp_dtype dtype) {
    return cast(c, v, dtype, false);
}

object *tensor_cast(call *c, object *self, mlp_dtype dtype) {
    mlp_value *v = tensor_value(c, self);
    if (v->tensor.dtype == dtype)
        return self;
    return variable_object(
        c, tensor_computed(
               c, &(mlp_request){.operation = &mlp_to, .in = {v}, .options.dtype = dtype}));
}

static mlp_value *expanded(call *c, mlp_value *v, const mlp_shape *shape, bool without_history) {
    bool same = v->tensor.ndim == shape->ndim;
    for (size_t i = 0; i < shape->ndim; i++)
        same = same && v->tensor.shape[i] == shape->shape[i];
    if (same)
        return v;
    return prepared(c, v,
                    &(mlp_request){.operation = &mlp_expand,
                                   .in = {v},
                                   .options.sizes = tensor_sizes(shape->ndim, shape->shape),
                                   .hidden = true,
                                   .without_history = without_history});
}

mlp_value *tensor_expanded(call *c, mlp_value *v, const mlp_shape *shape) {
    return expanded(c, v, shape, false);
}

static void broadcast_pair(call *c, mlp_value **a, mlp_value **b, bool without_history) {
    mlp_shape shape;
    if (!mlp_broadcast(&shape, &(*a)->tensor, &(*b)->tensor, script_error(c->script)))
        call_give_up(c);
    *a = expanded(c, *a, &shape, without_history);
    *b = expanded(c, *b, &shape, without_history);
}

void tensor_broadcast_pair(call *c, mlp_value **a, mlp_value **b) {
    broadcast_pair(c, a, b, false);
}

/* The step of the request between a and b, broadcast to one shape. */
static mlp_variable *with_tensors(call *c, mlp_request request, mlp_value *a, mlp_value *b) {
    broadcast_pair(c, &a, &b, request.without_history);
    request.in[0] = a;
    request.in[1] = b;
    return tensor_computed(c, &request);
}

/* A step between tensor and number. */
typedef struct {
    mlp_value *tensor;
    mlp_number number;
    bool without_history;
} mixed;

static mlp_variable *with_number(call *c, const mlp_operation *operation, mixed operands) {
    return tensor_computed(c, &(mlp_request){.operation = operation,
                                             .in = {operands.tensor},
                                             .options.number = operands.number,
                                             .without_history = operands.without_history});
}

/* --- which operation it is --- */

static bool is_comparison(operator op) {
    return op >= OPERATOR_EQ;
}

static bool is_shift(operator op) {
    return op == OPERATOR_LSHIFT || op == OPERATOR_RSHIFT;
}

static const mlp_operation *operation_of(call *c, operator op) {
    switch (op) {
    case OPERATOR_ADD:
        return &mlp_add;
    case OPERATOR_SUB:
        return &mlp_sub;
    case OPERATOR_MUL:
        return &mlp_mul;
    case OPERATOR_TRUEDIV:
        return &mlp_div;
    case OPERATOR_POW:
        return &mlp_pow_tensor;
    case OPERATOR_FLOORDIV:
        return &mlp_floor_divide;
    case OPERATOR_MOD:
        return &mlp_remainder;
    case OPERATOR_EQ:
        return &mlp_eq;
    case OPERATOR_NE:
        return &mlp_ne;
    case OPERATOR_LT:
        return &mlp_lt;
    case OPERATOR_LE:
        return &mlp_le;
    case OPERATOR_GT:
        return &mlp_gt;
    case OPERATOR_GE:
        return &mlp_ge;
    case OPERATOR_AND:
        return &mlp_bitwise_and;
    case OPERATOR_OR:
        return &mlp_bitwise_or;
    case OPERATOR_XOR:
        return &mlp_bitwise_xor;
    case OPERATOR_LSHIFT:
        return &mlp_shift_left;
    case OPERATOR_RSHIFT:
        return &mlp_shift_right;
    default:
        call_fail(c, "%s between tensors is not supported", operator_text(op));
    }
}

/* The number for each element of the tensor, as PyTorch makes a tensor of it where an operation
 * takes no number in front. */
static mlp_variable *spread_number(call *c, operator op, mixed operands) {
    mlp_value *of = operands.tensor;
    const bool is_divided = op == OPERATOR_MOD || op == OPERATOR_FLOORDIV;
    if (is_divided && of->requires_grad && !trace_of(c)->no_grad && !operands.without_history)
        call_fail(c, "PyTorch has no gradient for a number %s a tensor: write .detach() behind it",
                  operator_text(op));
    mlp_value *number = tensor_like(c, of, of->tensor.dtype, false)->value;
    tensor_fill(&number->tensor, operands.number);
    tensor_set_bound(number, tensor_bound_of(c, &number->tensor, operands.number));
    number->label.hidden = true;
    const mlp_request request = {.operation = operation_of(c, op),
                                 .without_history = operands.without_history};
    return with_tensors(c, request, number, of);
}

/* number op tensor. */
static mlp_variable *from_number(call *c, operator op, mixed operands) {
    switch (op) {
    case OPERATOR_SUB:
        return with_number(c, &mlp_rsub, operands);
    case OPERATOR_TRUEDIV: { /* PyTorch computes it so */
        const mlp_request reciprocal = {.operation = &mlp_reciprocal,
                                        .in = {operands.tensor},
                                        .without_history = operands.without_history,
                                        .hidden = true};
        operands.tensor = tensor_step(c, &reciprocal);
        return with_number(c, &mlp_mul, operands);
    }
    case OPERATOR_POW:
        if (mlp_dtype_is_integer(operands.tensor->tensor.dtype))
            return spread_number(c, op, operands);
        return with_number(c, &mlp_rpow, operands);
    case OPERATOR_MOD:
    case OPERATOR_FLOORDIV:
    case OPERATOR_LSHIFT:
    case OPERATOR_RSHIFT:
        return spread_number(c, op, operands);
    case OPERATOR_LT:
        return with_number(c, &mlp_gt, operands);
    case OPERATOR_LE:
        return with_number(c, &mlp_ge, operands);
    case OPERATOR_GT:
        return with_number(c, &mlp_lt, operands);
    case OPERATOR_GE:
        return with_number(c, &mlp_le, operands);
    default: /* + * == != */
        return with_number(c, operation_of(c, op), operands);
    }
}

/* The dtype to compute in. */
static mlp_dtype compute_type(call *c, operator op, const operand *a, const operand *b) {
    mlp_dtype dtype = result_type(c, (const operand *[]){a, b}, 2);
    if (op == OPERATOR_TRUEDIV && !mlp_dtype_is_floating(dtype))
        return torch_of(c)->dtype;
    if ((operator_is_of_bits(op) && !is_shift(op)) || dtype != MLP_BOOL)
        return dtype;
    if (!is_comparison(op))
        call_fail(c,
                  "%s of bool tensors is not supported: write .long() "
                  "behind them, and .bool() behind the result",
                  operator_text(op));
    return MLP_INT64;
}

static bool is_bool(call *c, const object *v) {
    return is_tensor(v) ? tensor_value(c, v)->tensor.dtype == MLP_BOOL : v->kind == OBJECT_BOOL;
}

static call *raises_difference(call *c, bool both) {
    return both ? call_raises(
                      c, RUNTIME_ERROR,
                      "Subtraction, the `-` operator, with two bool tensors is not supported. "
                      "Use the `^` or `logical_xor()` operator instead.")
                : call_raises(
                      c, RUNTIME_ERROR,
                      "Subtraction, the `-` operator, with a bool tensor is not supported. If "
                      "you are trying to invert a mask, use the `~` or `logical_not()` "
                      "operator instead.");
}

void tensor_check_difference(call *c, const object *a, const object *b) {
    if (is_bool(c, a) || is_bool(c, b))
        call_fail(raises_difference(c, is_bool(c, a) && is_bool(c, b)),
                  "- with a bool is not supported: write .long() or .float() behind the tensor, "
                  "or the number");
}

static object *matmul(call *c, object *a, object *b) {
    if (tensor_value(c, b)->tensor.ndim > 2)
        return tensor_batch_product(c, a, b);
    const mlp_request request = {.operation = &mlp_matmul,
                                 .in = {tensor_value(c, a), tensor_value(c, b)}};
    return variable_object(c, tensor_computed(c, &request));
}

/* Whether it has no answer beside a Tensor; what a library has may. */
static bool is_no_operand(operator op, const object *v) {
    if (is_tensor(v) || v->kind == OBJECT_EXTENSION)
        return false;
    return op == OPERATOR_MATMUL || !object_is_real(v);
}

static call *raises_operands(call *c, operator op, const object *a, const object *b) {
    const bool is_order =
        op == OPERATOR_LT || op == OPERATOR_LE || op == OPERATOR_GT || op == OPERATOR_GE;
    const bool is_row = object_is_sequence(a) || a->kind == OBJECT_STRING;
    const char *left = object_class_name(a), *right = object_class_name(b);
    if (op == OPERATOR_MUL && (is_row || object_is_sequence(b) || b->kind == OBJECT_STRING))
        return c; /* which repeats it where the tensor is one integer */
    if (op == OPERATOR_ADD && is_row)
        return call_raises(c, TYPE_ERROR, "can only concatenate %s (not \"%s\") to %s", left, right,
                           left);
    if (is_order)
        return call_raises(c, TYPE_ERROR, "'%s' not supported between instances of '%s' and '%s'",
                           operator_text(op), left, right);
    return call_raises(c, TYPE_ERROR, "unsupported operand type(s) for %s: '%s' and '%s'",
                       operator_text(op), left, right);
}

static object *binary(call *c, operator op, object *a, object *b, bool without_history) {
    if (is_no_operand(op, a) || is_no_operand(op, b))
        call_fail(raises_operands(c, op, a, b), "unsupported operand types for %s: Tensor and %s",
                  operator_text(op), object_type(is_tensor(a) ? b : a));
    const operand left = operand_of(c, op, a), right = operand_of(c, op, b);
    if (op == OPERATOR_MATMUL) {
        if (!left.tensor || !right.tensor)
            call_fail(c, "@ takes two tensors: write * for a number");
        return matmul(c, a, b);
    }
    if (op == OPERATOR_SUB)
        tensor_check_difference(c, a, b);
    if (is_bool(c, a) &&
        is_bool(c, b)) /* a sum of bools is True where one is, a product where all are */
        op = op == OPERATOR_ADD ? OPERATOR_OR : op == OPERATOR_MUL ? OPERATOR_AND : op;
    const mlp_dtype dtype = compute_type(c, op, &left, &right);
    if (op == OPERATOR_POW && is_bool(c, b))
        call_fail(c, "an exponent that is a bool is not supported: write 0 or 1, or .long() behind "
                     "the tensor");
    if (op == OPERATOR_POW && mlp_dtype_is_integer(dtype) && !right.tensor && right.number.real < 0)
        call_fail(
            call_raises(c, RUNTIME_ERROR, "Integers to negative integer powers are not allowed."),
            "integers to negative powers are not allowed: write .float() behind "
            "the tensor");
    if (op == OPERATOR_POW && !right.tensor)
        option_check_fits(c, right.number, dtype);
    mlp_value *x = left.tensor ? cast(c, tensor_value(c, a), dtype, without_history) : NULL;
    mlp_value *y = right.tensor ? cast(c, tensor_value(c, b), dtype, without_history) : NULL;
    if (y && !x)
        return variable_object(c, from_number(c, op, (mixed){y, left.number, without_history}));
    if (x && !y)
        return variable_object(c,
                               with_number(c, op == OPERATOR_POW ? &mlp_pow : operation_of(c, op),
                                           (mixed){x, right.number, without_history}));
    const mlp_request request = {.operation = operation_of(c, op),
                                 .without_history = without_history};
    return variable_object(c, with_tensors(c, request, x, y));
}

object *tensor_binary(call *c, operator op, object *a, object *b) {
    return binary(c, op, a, b, false);
}

object *tensor_pairwise(call *c, const mlp_operation *operation, object *a, object *b) {
    const operand left = {.tensor = a}, right = {.tensor = b};
    const mlp_dtype dtype = result_type(c, (const operand *[]){&left, &right}, 2);
    return variable_object(c, with_tensors(c, (mlp_request){.operation = operation},
                                           cast(c, tensor_value(c, a), dtype, false),
                                           cast(c, tensor_value(c, b), dtype, false)));
}

object *tensor_rounded_quotient(call *c, const mlp_operation *operation, object *a, object *b) {
    const operand left = operand_of(c, OPERATOR_TRUEDIV, a);
    const operand right = operand_of(c, OPERATOR_TRUEDIV, b);
    const mlp_dtype dtype = compute_type(c, OPERATOR_FLOORDIV, &left, &right);
    mlp_value *x = cast(c, tensor_value(c, a), dtype, false);
    if (!right.tensor)
        return variable_object(c, with_number(c, operation, (mixed){x, right.number, false}));
    mlp_value *y = cast(c, tensor_value(c, b), dtype, false);
    return variable_object(c, with_tensors(c, (mlp_request){.operation = operation}, x, y));
}

mlp_request tensor_joined(call *c, const mlp_operation *operation, mlp_dtype least,
                          object *const *operands, size_t count) {
    mlp_request request = {.operation = operation};
    operand given[MLP_MAX_INPUTS] = {0};
    const operand *all[MLP_MAX_INPUTS] = {0};
    for (size_t i = 0; i < count; i++) {
        given[i] = operand_of(c, OPERATOR_EQ, operands[i]);
        all[i] = &given[i];
    }
    const mlp_dtype dtype = dtype_promoted(least, result_type(c, all, count));
    mlp_tensor whole = {0}; /* of the shape of all so far */
    mlp_shape shape = {0};
    for (size_t i = 0; i < count; i++) {
        request.in[i] = cast(c, tensor_value(c, operands[i]), dtype, false);
        if (!mlp_broadcast(&shape, &whole, &request.in[i]->tensor, script_error(c->script)))
            call_give_up(c);
        whole.ndim = shape.ndim;
        memcpy(whole.shape, shape.shape, sizeof shape.shape);
    }
    for (size_t i = 0; i < count; i++)
        request.in[i] = expanded(c, request.in[i], &shape, false);
    return request;
}

object *tensor_scaled(call *c, const mlp_operation *operation, object *a, object *b, double alpha) {
    const operand left = {.tensor = a}, right = {.tensor = b};
    const mlp_dtype dtype = result_type(c, (const operand *[]){&left, &right}, 2);
    mlp_value *x = cast(c, tensor_value(c, a), dtype, false);
    mlp_value *y = cast(c, tensor_value(c, b), dtype, false);
    const mlp_request request = {.operation = operation, .options.alpha = alpha};
    return variable_object(c, with_tensors(c, request, x, y));
}

/* --- in place --- */

/* A change by way of .data or detach() is computed from the tensor itself, without history, unless
 * it brings a history of its own. */
static mlp_variable *target_of(call *c, const object *a, const object *b) {
    const bool brings = is_tensor(b) && tensor_value(c, b)->requires_grad;
    return brings && !trace_of(c)->no_grad ? variable_of(a) : mlp_variable_root(variable_of(a));
}

mlp_value *tensor_held(call *c, mlp_value *result, mlp_dtype dtype) {
    const bool are_integers =
        mlp_dtype_is_integer(result->tensor.dtype) && mlp_dtype_is_integer(dtype);
    return are_integers ? cast(c, result, dtype, true) : result;
}

object *tensor_in_place(call *c, operator op, object *a, object *b) {
    if (op == OPERATOR_MATMUL)
        return tensor_binary(c, op, a, b); /* a = a @ b, as in Python */
    tensor_check_overlap(c, a, b);
    mlp_variable *target = target_of(c, a, b);
    const object *result = binary(c, op, variable_object(c, target), b, target != variable_of(a));
    tensor_assign(c, variable_of(a),
                  tensor_held(c, variable_of(result)->value, variable_of(a)->value->tensor.dtype));
    return a;
}

static bool brings_history(const call *c, const mlp_request *request) {
    bool brings = false;
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        brings = brings || (request->in[i] && request->in[i]->requires_grad);
    return brings && !trace_of(c)->no_grad;
}

_Noreturn static void fail_wider(call *c, const mlp_tensor *t, const mlp_tensor *result) {
    char shape[MLP_SHAPE_TEXT], wider[MLP_SHAPE_TEXT];
    call_fail(call_raises(c, RUNTIME_ERROR,
                          "output with shape %s doesn't match the broadcast shape %s",
                          mlp_shape_text(shape, t), mlp_shape_text(wider, result)),
              "a tensor of shape %s cannot hold a result of shape %s in place",
              mlp_shape_text(shape, t), mlp_shape_text(wider, result));
}

mlp_variable *tensor_changed(call *c, mlp_request request, mlp_variable *variable) {
    mlp_variable *target = brings_history(c, &request) ? variable : mlp_variable_root(variable);
    const mlp_value *old = tensor_value(c, variable_object(c, target));
    if (request.in[0] && !mlp_tensor_same_shape(&request.in[0]->tensor, &old->tensor))
        fail_wider(c, &old->tensor, &request.in[0]->tensor);
    request.in[0] = tensor_value(c, variable_object(c, target));
    request.without_history = target != variable;
    if (request.operation->promotes && !mlp_dtype_is_floating(request.in[0]->tensor.dtype))
        call_fail(
            c,
            "%s_() of integers or bools gives other numbers than they can hold: leave out the _, "
            "and give the result a name",
            request.operation->name);
    tensor_assign(c, variable, tensor_computed(c, &request)->value);
    return variable;
}

object *tensor_positive(call *c, object *a) {
    if (tensor_value(c, a)->tensor.dtype == MLP_BOOL)
        call_fail(c, "+ before a bool tensor is not supported: leave it out");
    return a;
}

object *tensor_negative(call *c, object *a) {
    mlp_value *v = tensor_value(c, a);
    if (v->tensor.dtype == MLP_BOOL)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."),
            "- before a bool tensor is not supported: write .long() behind it");
    return variable_object(c, with_number(c, &mlp_neg, (mixed){.tensor = v}));
}

/* abs() takes what .abs() does. */
object *tensor_absolute(call *c, object *a) {
    return variable_object(c, with_number(c, &mlp_abs, (mixed){.tensor = tensor_value(c, a)}));
}

object *tensor_broadcast(call *c, const mlp_request *request, object *a, object *b) {
    return variable_object(c, with_tensors(c, *request, tensor_value(c, a), tensor_value(c, b)));
}

object *tensor_logical(call *c, operator op, object *a, object *b) {
    const mlp_request request = {.operation = operation_of(c, op)};
    return variable_object(c, with_tensors(c, request, cast(c, tensor_value(c, a), MLP_BOOL, true),
                                           cast(c, tensor_value(c, b), MLP_BOOL, true)));
}

object *tensor_logical_not(call *c, object *a) {
    mlp_value *v = tensor_value(c, a);
    v = v->tensor.dtype == MLP_BOOL ? cast(c, v, MLP_INT64, true) : v;
    return variable_object(c,
                           with_number(c, &mlp_eq, (mixed){.tensor = v, .number = mlp_integer(0)}));
}

/* Of bools: which are false; of integers, all bits the other way: -1 - x. */
object *tensor_inverted(call *c, object *a) {
    mlp_value *v = tensor_value(c, a);
    if (mlp_dtype_is_floating(v->tensor.dtype))
        call_fail(
            call_raises(
                c, TYPE_ERROR,
                "~ (operator.invert) is only implemented on integer and Boolean-type tensors"),
            "'~' takes integer and bool tensors, not %s ones", mlp_dtype_name(v->tensor.dtype));
    const bool is_bool = v->tensor.dtype == MLP_BOOL;
    const mixed of = {.tensor = is_bool ? cast(c, v, MLP_INT64, true) : v,
                      .number = mlp_integer(is_bool ? 0 : -1)};
    return variable_object(c, with_number(c, is_bool ? &mlp_eq : &mlp_rsub, of));
}

bool tensor_truth(call *c, const object *a) {
    const mlp_value *v = tensor_read(c, a);
    const mlp_tensor *t = &v->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (t->numel != 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              t->numel
                                  ? "Boolean value of Tensor with more than one value is ambiguous"
                                  : "Boolean value of Tensor with no values is ambiguous"),
                  "whether a tensor of shape %s is true is ambiguous: it has not one element",
                  mlp_shape_text(shape, t));
    if (fabs(mlp_tensor_get(t, 0)) <= 2 * mlp_value_bound(v, 0))
        tensor_decides(c, v);
    return mlp_tensor_get(t, 0) != 0;
}
