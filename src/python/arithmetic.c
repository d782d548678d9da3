#include "arithmetic.h"

#include "format.h"
#include "iterate.h"
#include "torch/operators.h"

#include <math.h>
#include <string.h>

const char *operator_text(operator op) {
    static const char *const texts[] = {
        [OPERATOR_ADD] = "+",         [OPERATOR_SUB] = "-", [OPERATOR_MUL] = "*",
        [OPERATOR_TRUEDIV] = "/",     [OPERATOR_MOD] = "%", [OPERATOR_FLOORDIV] = "//",
        [OPERATOR_POW] = "**",        [OPERATOR_EQ] = "==", [OPERATOR_MATMUL] = "@",
        [OPERATOR_NE] = "!=",         [OPERATOR_LT] = "<",  [OPERATOR_LE] = "<=",
        [OPERATOR_GT] = ">",          [OPERATOR_GE] = ">=", [OPERATOR_IS] = "is",
        [OPERATOR_IS_NOT] = "is not", [OPERATOR_IN] = "in", [OPERATOR_NOT_IN] = "not in"};
    return texts[op];
}

static _Noreturn void fail_types(script *s, operator op, const value *a, const value *b,
                                 mlp_span where) {
    if (a->kind == VALUE_UNSIGNED || b->kind == VALUE_UNSIGNED)
        script_fail(s, where,
                    "whole numbers from 2**63 on can only be seeds: write a float to compute");
    script_fail(s, where, "'%s' does not work between values of type %s and %s", operator_text(op),
                value_type(a), value_type(b));
}

/* --- strings and sequences --- */

static bool is_integer(const value *v) {
    return v->kind == VALUE_INTEGER || v->kind == VALUE_BOOL;
}

/* What adding to a torch.Size or repeating it gives is one too. */
static value *concatenate(script *s, const value *a, const value *b) {
    const size_t n = a->as.sequence.count, m = b->as.sequence.count;
    value *both = value_sequence(s, a->kind, n + m);
    if (n)
        memcpy(both->as.sequence.items, a->as.sequence.items, n * sizeof(value *));
    if (m)
        memcpy(both->as.sequence.items + n, b->as.sequence.items, m * sizeof(value *));
    return both;
}

static size_t repetitions(script *s, const value *count, size_t length) {
    const int64_t n = number_integer(count);
    if (n <= 0 || length == 0)
        return 0;
    if ((uint64_t)n > mlp_arena_limit(s->arena) / length)
        script_out_of_memory(s);
    return (size_t)n;
}

static value *repeat_sequence(script *s, const value *v, const value *count) {
    const size_t n = v->as.sequence.count, times = repetitions(s, count, n);
    value *all = value_sequence(s, v->kind, n * times);
    for (size_t i = 0; i < n * times; i++)
        all->as.sequence.items[i] = v->as.sequence.items[i % n];
    return all;
}

static value *repeat_string(script *s, const char *text, const value *count) {
    const size_t n = strlen(text), times = repetitions(s, count, n);
    char *all = script_alloc(s, n * times + 1, 1);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * n, text, n);
    return value_string(s, all);
}

static bool can_be_added(const value *a, const value *b) {
    return value_is_sequence(a) && value_is_sequence(b) &&
           (a->kind == VALUE_LIST) == (b->kind == VALUE_LIST);
}

/* NULL where the operator does not work between them. */
static value *sequence_binary(script *s, operator op, const value *a, const value *b) {
    if (op == OPERATOR_ADD && a->kind == VALUE_STRING && b->kind == VALUE_STRING)
        return value_string(s, script_printf(s, "%s%s", a->as.string, b->as.string));
    if (op == OPERATOR_ADD && can_be_added(a, b))
        return concatenate(s, a, b);
    if (op != OPERATOR_MUL)
        return NULL;
    const value *count = is_integer(a) ? a : b, *repeated = is_integer(a) ? b : a;
    if (!is_integer(count))
        return NULL;
    if (repeated->kind == VALUE_STRING)
        return repeat_string(s, repeated->as.string, count);
    return value_is_sequence(repeated) ? repeat_sequence(s, repeated, count) : NULL;
}

/* --- dispatch --- */

/* What a tensor equals is another tensor or a number; nothing else is ever equal to it. */
static bool is_unequal_to_tensor(operator op, const value *a, const value *b) {
    const value *other = a->kind == VALUE_TENSOR ? b : a;
    return (op == OPERATOR_EQ || op == OPERATOR_NE) && other->kind != VALUE_TENSOR &&
           !value_is_number(other);
}

value *python_binary(script *s, operator op, value *a, value *b, mlp_span where) {
    s->here = where;
    if (op == OPERATOR_MOD && a->kind == VALUE_STRING)
        return value_string(s, format_percent(s, a->as.string, b, where));
    if (op >= OPERATOR_IS)
        return python_compare(s, op, a, b, where);
    if (a->kind == VALUE_TENSOR || b->kind == VALUE_TENSOR)
        return is_unequal_to_tensor(op, a, b) ? value_bool(s, op == OPERATOR_NE)
                                              : tensor_binary(s, op, a, b, where);
    if (op >= OPERATOR_EQ)
        return python_compare(s, op, a, b, where);
    if (value_is_number(a) && value_is_number(b) && op != OPERATOR_MATMUL)
        return number_binary(s, op, a, b, where);
    value *result = sequence_binary(s, op, a, b);
    if (!result)
        fail_types(s, op, a, b, where);
    return result;
}

/* list += takes anything that can be iterated over. */
static value *extend(script *s, value *list, value *more, mlp_span where) {
    const value *all = iterate_all(s, more, VALUE_LIST, where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        list_append(s, list, all->as.sequence.items[i]);
    return list;
}

value *python_in_place(script *s, operator op, value *a, value *b, mlp_span where) {
    s->here = where;
    if (a->kind == VALUE_TENSOR)
        return tensor_in_place(s, op, a, b, where);
    if (a->kind == VALUE_LIST && op == OPERATOR_ADD)
        return extend(s, a, b, where);
    value *result = python_binary(s, op, a, b, where);
    if (a->kind != VALUE_LIST || result->kind != VALUE_LIST)
        return result;
    a->as.sequence = result->as.sequence; /* list *= n */
    return a;
}

/* --- signs --- */

value *python_negative(script *s, value *v, mlp_span where) {
    s->here = where;
    if (v->kind == VALUE_TENSOR)
        return tensor_negative(s, v, where);
    if (v->kind == VALUE_UNSIGNED && v->as.integer == INT64_MIN)
        return value_integer(s, INT64_MIN); /* -2**63 is written as minus 2**63 */
    if (!value_is_number(v))
        script_fail(s, where,
                    "a sign before a value of type %s is outside the subset: only numbers and "
                    "tensors have one",
                    value_type(v));
    return number_negative(s, v, where);
}

value *python_positive(script *s, value *v, mlp_span where) {
    if (!value_is_number(v) && v->kind != VALUE_UNSIGNED && v->kind != VALUE_TENSOR)
        script_fail(s, where, "'+' before a value of type %s is outside the subset: leave it out",
                    value_type(v));
    return v->kind == VALUE_BOOL ? value_integer(s, v->as.boolean) : v;
}

value *python_absolute(script *s, value *v, mlp_span where) {
    if (!value_is_number(v))
        script_fail(s, where, "abs() takes a number, not %s", value_type(v));
    if (v->kind == VALUE_FLOAT)
        return value_float(s, fabs(v->as.number));
    return number_integer(v) < 0 ? number_negative(s, v, where)
                                 : value_integer(s, number_integer(v));
}
