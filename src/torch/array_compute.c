/* What numpy computes of arrays. The numbers come about in modules/array.py, by the operations of
 * tensors, none of which a report shows. */
#include "array.h"
#include "function.h"
#include "operators.h"
#include "tensor.h"

#include "python/arithmetic.h"

#include <string.h>

/* A report that shows it names it after the call, or, of an operator, just an array. */
static object *named_part(call *c, object *made) {
    mlp_value_name(tensor_value(c, made), c->expression ? call_text(c) : "array",
                   MLP_NAMED_BY_CALL);
    return array_part(c, made);
}

/* What the function of the name makes of the arguments. */
static object *computed(call *c, const char *name, object **given, size_t count) {
    mode_guard guard;
    guard_modes(c, &guard);
    trace_of(c)->no_grad = trace_of(c)->quiet = true;
    object *made = call_positional(c, native_member(c->script, "torch", name, NULL), given, count);
    restore_modes(c, &guard);
    return named_part(c, made);
}

/* --- operators --- */

/* An operand as the function takes it: a Tensor, or a number of Python. */
static object *operand(call *c, operator op, object *o) {
    if (is_array(o))
        return array_tensor(o);
    const bool is_float = o->kind == OBJECT_FLOAT;
    if (!is_float && o->kind != OBJECT_INTEGER && o->kind != OBJECT_BOOL)
        call_fail(c,
                  "'%s' of an array of numpy and a value of type %s is not supported: compute with "
                  "the tensor, or with item() or tolist() of it",
                  operator_text(op), object_type(o));
    return o;
}

/* An array without dimensions is computed with as a number is. */
static bool is_single(call *c, const object *o) {
    return is_array(o) && tensor_value(c, array_tensor(o))->tensor.ndim == 0;
}

object *array_binary(call *c, operator op, object *a, object *b) {
    const bool has_text = a->kind == OBJECT_STRING || b->kind == OBJECT_STRING;
    if ((op == OPERATOR_EQ || op == OPERATOR_NE) &&
        (has_text || a->kind == OBJECT_NONE || b->kind == OBJECT_NONE))
        call_fail(c, "an array of numpy is compared with numbers here: 'is None' asks whether "
                     "there is one");
    object *given[] = {object_string(c->script, operator_text(op)), operand(c, op, a),
                       operand(c, op, b), object_bool(c->script, is_single(c, a)),
                       object_bool(c->script, is_single(c, b))};
    return computed(c, "_array_operator", given, 5);
}

/* A unary operator of tensors, which numpy has of the same types. */
static object *by_tensor(call *c, object *a, object *(*apply)(call *c, object *a)) {
    mode_guard guard;
    guard_modes(c, &guard);
    trace_of(c)->no_grad = trace_of(c)->quiet = true;
    object *made = apply(c, array_tensor(a));
    restore_modes(c, &guard);
    return named_part(c, made);
}

object *array_negative(call *c, object *a) {
    return by_tensor(c, a, tensor_negative);
}

object *array_absolute(call *c, object *a) {
    return by_tensor(c, a, tensor_absolute);
}

object *array_inverted(call *c, object *a) {
    return by_tensor(c, a, tensor_inverted);
}

/* --- methods --- */

/* What computes a method: a function that takes the numbers, the arguments of these names, and the
 * flag, if it has one. */
typedef struct {
    const char *function, *names[3];
    bool has_flag, flag;
} computation;

static void refuse_given(call *c, const char *name) {
    const object *given = call_argument(c, name);
    if (given && given->kind != OBJECT_NONE)
        call_fail(c,
                  "%s= of a method of an array is not supported: leave it out, or write astype()",
                  name);
}

static object *by_function(call *c) {
    const computation *by = c->native->data;
    object *given[5] = {array_tensor(c->self)};
    size_t count = 1;
    if (strstr(c->native->signature, "dtype = None"))
        refuse_given(c, "dtype");
    if (strstr(c->native->signature, "out = None"))
        refuse_given(c, "out");
    for (size_t i = 0; i < sizeof by->names / sizeof *by->names && by->names[i]; i++)
        given[count++] = call_argument(c, by->names[i]);
    if (by->has_flag)
        given[count++] = object_bool(c->script, by->flag);
    return computed(c, by->function, given, count);
}

/* round() of a number: a whole one of Python without digits, else one of its own type. */
static object *rounded(call *c) {
    object *digits = c->arguments[0];
    const bool is_plain = digits->kind == OBJECT_NONE;
    if (!array_is_number(c->self))
        call_fail(call_raises(c, TYPE_ERROR, "type numpy.ndarray doesn't define __round__ method"),
                  "round() takes a number: write .round() of an array");
    object *given[] = {array_tensor(c->self), is_plain ? object_integer(c->script, 0) : digits};
    object *made = computed(c, "_array_round", given, 2);
    return is_plain ? call_positional(c, native_object(c->script, "int", NULL), &made, 1) : made;
}

/* astype() of a name, a type of Python, or one of numpy's. */
static object *astype(call *c) {
    object *to = c->arguments[0];
    const char *name = array_named_dtype(c, to);
    object *given[] = {array_tensor(c->self), name ? object_string(c->script, name) : to};
    return computed(c, "_array_astype", given, 2);
}

/* numpy.float32(x): a number of that type. */
static object *scalar(call *c) {
    object *given[] = {object_string(c->script, strchr(c->native->path, '.') + 1),
                       is_array(c->arguments[0]) ? array_tensor(c->arguments[0]) : c->arguments[0]};
    return computed(c, "_array_scalar", given, 2);
}

#define REDUCED "axis = None, dtype = None, out = None, keepdims: bool = False"
#define FOUND "axis = None, out = None, keepdims: bool = False"
#define SPREAD                                                                              \
    .signature = "axis = None, dtype = None, out = None, ddof = 0, keepdims: bool = False", \
    .call = by_function
#define SCALAR(dtype)                                                                            \
    {                                                                                            \
        .path = "numpy." dtype, .class_name = "numpy." dtype, .is_type = true, .signature = "x", \
        .call = scalar                                                                           \
    }

const native native_array_computed[] = {
    {.path = "ndarray.sum",
     .signature = REDUCED,
     .call = by_function,
     .data = &(const computation){"_array_sum", {"axis", "keepdims"}, false, false}},
    {.path = "ndarray.mean",
     .signature = REDUCED,
     .call = by_function,
     .data = &(const computation){"_array_mean", {"axis", "keepdims"}, false, false}},
    {.path = "ndarray.std",
     SPREAD,
     .data = &(const computation){"_array_var", {"axis", "ddof", "keepdims"}, true, true}},
    {.path = "ndarray.var",
     SPREAD,
     .data = &(const computation){"_array_var", {"axis", "ddof", "keepdims"}, true, false}},
    {.path = "ndarray.max",
     .signature = FOUND,
     .call = by_function,
     .data = &(const computation){"_array_extreme", {"axis", "keepdims"}, true, true}},
    {.path = "ndarray.min",
     .signature = FOUND,
     .call = by_function,
     .data = &(const computation){"_array_extreme", {"axis", "keepdims"}, true, false}},
    {.path = "ndarray.argmax",
     .signature = "axis = None, out = None",
     .call = by_function,
     .data = &(const computation){"_array_position", {"axis"}, true, true}},
    {.path = "ndarray.argmin",
     .signature = "axis = None, out = None",
     .call = by_function,
     .data = &(const computation){"_array_position", {"axis"}, true, false}},
    {.path = "ndarray.all",
     .signature = FOUND,
     .call = by_function,
     .data = &(const computation){"_array_truths", {"axis", "keepdims"}, true, true}},
    {.path = "ndarray.any",
     .signature = FOUND,
     .call = by_function,
     .data = &(const computation){"_array_truths", {"axis", "keepdims"}, true, false}},
    {.path = "ndarray.round",
     .signature = "decimals = 0, out = None",
     .call = by_function,
     .data = &(const computation){"_array_round", {"decimals"}, false, false}},
    {.path = "ndarray.clip",
     .signature = "min: Optional[number] = None, max: Optional[number] = None, out = None",
     .call = by_function,
     .data = &(const computation){"_array_clip", {"min", "max"}, false, false}},
    {.path = "ndarray.__round__", .signature = "ndigits: Optional[int] = None", .call = rounded},
    {.path = "ndarray.astype", .signature = "dtype", .call = astype},
    SCALAR("float32"),
    SCALAR("float64"),
    SCALAR("int64"),
    SCALAR("bool_"),
    {0}};
