#include "arithmetic.h"

#include "builtins.h"
#include "dict.h"
#include "format.h"
#include "iterate.h"
#include "large.h"
#include "library.h"
#include "off.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

#include <math.h>
#include <string.h>

const char *operator_text(operator op) {
    static const char *const texts[] = {
        [OPERATOR_ADD] = "+",     [OPERATOR_SUB] = "-",        [OPERATOR_MUL] = "*",
        [OPERATOR_TRUEDIV] = "/", [OPERATOR_MOD] = "%",        [OPERATOR_FLOORDIV] = "//",
        [OPERATOR_POW] = "**",    [OPERATOR_EQ] = "==",        [OPERATOR_MATMUL] = "@",
        [OPERATOR_LSHIFT] = "<<", [OPERATOR_RSHIFT] = ">>",    [OPERATOR_AND] = "&",
        [OPERATOR_XOR] = "^",     [OPERATOR_OR] = "|",         [OPERATOR_NE] = "!=",
        [OPERATOR_LT] = "<",      [OPERATOR_LE] = "<=",        [OPERATOR_GT] = ">",
        [OPERATOR_GE] = ">=",     [OPERATOR_IS] = "is",        [OPERATOR_IS_NOT] = "is not",
        [OPERATOR_IN] = "in",     [OPERATOR_NOT_IN] = "not in"};
    return texts[op];
}

bool operator_is_of_bits(operator op) {
    return op == OPERATOR_AND || op == OPERATOR_XOR || op == OPERATOR_OR;
}

/* The same with << and >>: floats have none of them. */
static bool is_of_integers(operator op) {
    return operator_is_of_bits(op) || op == OPERATOR_LSHIFT || op == OPERATOR_RSHIFT;
}

static bool is_joined(const object *v) {
    return v->kind == OBJECT_STRING || object_is_sequence(v);
}

/* Python's own words for it. */
static script *raises_types(script *s, operator op, bool in_place, const object *a,
                            const object *b) {
    const char *left = object_class_name(a), *right = object_class_name(b);
    if (op == OPERATOR_ADD && is_joined(a))
        return script_raises(s, TYPE_ERROR, "can only concatenate %s (not \"%s\") to %s", left,
                             right, left);
    if (op == OPERATOR_MUL && (is_joined(a) || is_joined(b)))
        return script_raises(s, TYPE_ERROR, "can't multiply sequence by non-int of type '%s'",
                             is_joined(a) ? right : left);
    return script_raises(s, TYPE_ERROR, "unsupported operand type(s) for %s%s: '%s' and '%s'",
                         op == OPERATOR_POW && !in_place ? "** or pow()" : operator_text(op),
                         in_place ? "=" : "", left, right);
}

static _Noreturn void fail_types(script *s, operator op, bool in_place, const object *a,
                                 const object *b, mlp_span where) {
    script_fail(raises_types(s, op, in_place, a, b), where,
                "'%s' does not work between values of type %s and %s", operator_text(op),
                object_type(a), object_type(b));
}

/* --- strings and sequences --- */

static bool is_integer(const object *v) {
    return v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL;
}

/* A tuple, or a list; of a closed type where `of` is. */
static object *sequence_like(script *s, const object *of, size_t count) {
    object *o = object_sequence(s, of->kind, count);
    o->type = of->type && of->type->is_closed ? of->type : NULL;
    return o;
}

static object *concatenate(script *s, const object *a, const object *b) {
    const size_t n = a->as.sequence.count, m = b->as.sequence.count;
    object *both = sequence_like(s, a, n + m);
    if (n)
        memcpy(both->as.sequence.items, a->as.sequence.items, n * sizeof(object *));
    if (m)
        memcpy(both->as.sequence.items + n, b->as.sequence.items, m * sizeof(object *));
    return both;
}

static size_t repetitions(script *s, const object *count, size_t length) {
    const int64_t n = number_integer(count);
    if (n <= 0 || length == 0)
        return 0;
    if ((uint64_t)n > mlp_arena_limit(script_arena(s)) / length)
        script_out_of_memory(s);
    return (size_t)n;
}

static object *repeat_sequence(script *s, const object *v, const object *count) {
    const size_t n = v->as.sequence.count, times = repetitions(s, count, n);
    object *all = sequence_like(s, v, n * times);
    for (size_t i = 0; i < n * times; i++)
        all->as.sequence.items[i] = v->as.sequence.items[i % n];
    return all;
}

static object *repeat_string(script *s, const char *text, const object *count) {
    const size_t n = strlen(text), times = repetitions(s, count, n);
    char *all = script_alloc(s, n * times + 1, 1);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * n, text, n);
    return object_string(s, all);
}

static bool can_be_added(const object *a, const object *b) {
    return object_is_sequence(a) && object_is_sequence(b) &&
           (a->kind == OBJECT_LIST) == (b->kind == OBJECT_LIST);
}

/* a * b of a string or a sequence and a whole number, in either order; else NULL. */
static object *repeat(call *c, object *a, object *b) {
    const bool is_first = a->kind == OBJECT_STRING || object_is_sequence(a);
    const object *repeated = is_first ? a : b;
    if (repeated->kind != OBJECT_STRING && !object_is_sequence(repeated))
        return NULL;
    const object *count = special_index(c, is_first ? b : a);
    if (count->kind == OBJECT_LARGE)
        script_raise(c->script, c->where, OVERFLOW_ERROR,
                     "cannot fit 'int' into an index-sized integer");
    if (!is_integer(count))
        return NULL;
    return repeated->kind == OBJECT_STRING ? repeat_string(c->script, repeated->as.string, count)
                                           : repeat_sequence(c->script, repeated, count);
}

/* NULL where the operator does not work between them. */
static object *sequence_binary(call *c, operator op, object *a, object *b) {
    script *s = c->script;
    if (op == OPERATOR_ADD && a->kind == OBJECT_STRING && b->kind == OBJECT_STRING)
        return object_string(s, script_printf(s, "%s%s", a->as.string, b->as.string));
    if (op == OPERATOR_ADD && can_be_added(a, b))
        return concatenate(s, a, b);
    return op == OPERATOR_MUL ? repeat(c, a, b) : NULL;
}

/* --- dispatch --- */

/* a | b of two dicts. */
static object *unite(script *s, const object *a, object *b, mlp_span where) {
    object *both = dict_copy(s, a, where);
    dict_update(s, both, b, where);
    return both;
}

/* What a type of a library makes of it; NULL where neither is of one, or it has no answer. */
static object *typed_binary(script *s, operator op, object *a, object *b, mlp_span where) {
    const struct type *type = a->type && a->type->binary ? a->type : b->type;
    call c = {.script = s, .where = where};
    return type && type->binary ? type->binary(&c, op, a, b) : NULL;
}

static object *binary(script *s, operator op, bool in_place, object *a, object *b, mlp_span where) {
    call c = {.script = s, .where = where};
    script_at(s, where);
    if (op == OPERATOR_MOD && a->kind == OBJECT_STRING)
        return object_string(s, format_percent(&c, a->as.string, b));
    if (op >= OPERATOR_IS)
        return python_compare(s, op, a, b, where);
    object *result = special_binary(&c, op, a, b);
    if (!result)
        result = typed_binary(s, op, a, b, where);
    if (!result && op == OPERATOR_OR)
        result = python_union(&c, a, b);
    if (result)
        return result;
    if (op >= OPERATOR_EQ)
        return python_compare(s, op, a, b, where);
    const bool is_float = a->kind == OBJECT_FLOAT || b->kind == OBJECT_FLOAT;
    if (object_is_real(a) && object_is_real(b) && op != OPERATOR_MATMUL &&
        !(is_float && is_of_integers(op)))
        return number_binary(s, op, a, b, where);
    if (object_is_set(a) && object_is_set(b) && (operator_is_of_bits(op) || op == OPERATOR_SUB))
        return set_combine(s, op, a, b, where);
    if (op == OPERATOR_OR && a->kind == OBJECT_DICT && b->kind == OBJECT_DICT)
        return unite(s, a, b, where);
    result = sequence_binary(&c, op, a, b);
    if (!result)
        fail_types(s, op, in_place, a, b, where);
    return result;
}

object *python_binary(script *s, operator op, object *a, object *b, mlp_span where) {
    return binary(s, op, false, a, b, where);
}

/* list += takes anything that can be iterated over. */
static object *extend(script *s, object *list, object *more, mlp_span where) {
    const object *all = iterate_all(s, more, OBJECT_LIST, where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        list_append(s, list, all->as.sequence.items[i]);
    return list;
}

object *python_in_place(script *s, operator op, object *a, object *b, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_in_place(&c, op, a, b);
    if (own)
        return own;
    if (a->type && a->type->in_place)
        own = a->type->in_place(&c, op, a, b);
    if (own)
        return own;
    if (a->kind == OBJECT_LIST && op == OPERATOR_ADD)
        return extend(s, a, b, where);
    if (a->kind == OBJECT_SET && object_is_set(b) &&
        (operator_is_of_bits(op) || op == OPERATOR_SUB)) {
        set_change(s, op, a, b, where);
        return a;
    }
    if (a->kind == OBJECT_DICT && op == OPERATOR_OR) {
        dict_update(s, a, b, where);
        return a;
    }
    object *result = binary(s, op, true, a, b, where);
    if (a->kind != OBJECT_LIST || result->kind != OBJECT_LIST)
        return result;
    a->as.sequence = result->as.sequence; /* list *= n */
    return a;
}

/* --- signs --- */

object *python_negative(script *s, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_call(&c, v, "__neg__", NULL, 0);
    if (own)
        return own;
    if (v->type && v->type->negative)
        return v->type->negative(&c, v);
    if (!object_is_real(v))
        script_fail(script_raises(s, TYPE_ERROR, "bad operand type for unary -: '%s'",
                                  object_class_name(v)),
                    where,
                    "a sign before a value of type %s is outside the subset: only %s have one",
                    object_type(v), s->library->signed_ones);
    return number_negative(s, v);
}

object *python_positive(script *s, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_call(&c, v, "__pos__", NULL, 0);
    if (own)
        return own;
    if (v->type && v->type->positive)
        return v->type->positive(&c, v);
    if (!object_is_real(v))
        script_fail(script_raises(s, TYPE_ERROR, "bad operand type for unary +: '%s'",
                                  object_class_name(v)),
                    where, "'+' before a value of type %s is outside the subset: leave it out",
                    object_type(v));
    return v->kind == OBJECT_BOOL ? object_integer(s, v->as.boolean) : v;
}

object *python_inverted(script *s, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_call(&c, v, "__invert__", NULL, 0);
    if (own)
        return own;
    if (v->type && v->type->inverted)
        return v->type->inverted(&c, v);
    if (v->kind == OBJECT_LARGE) /* -v - 1 */
        return whole_binary(s, OPERATOR_SUB, whole_negative(s, v), object_integer(s, 1), where);
    if (v->kind != OBJECT_INTEGER && v->kind != OBJECT_BOOL)
        script_fail(script_raises(s, TYPE_ERROR, "bad operand type for unary ~: '%s'",
                                  object_class_name(v)),
                    where, "'~' takes a whole number, not a value of type %s", object_type(v));
    return object_integer(s, ~number_integer(v));
}

object *python_absolute(script *s, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_call(&c, v, "__abs__", NULL, 0);
    if (own)
        return own;
    if (v->type && v->type->absolute)
        return v->type->absolute(&c, v);
    if (v->kind == OBJECT_LARGE)
        return v->as.large.negative ? whole_negative(s, v) : v;
    if (!object_is_number(v))
        script_fail(
            script_raises(s, TYPE_ERROR, "bad operand type for abs(): '%s'", object_class_name(v)),
            where, "abs() takes a number, not %s", object_type(v));
    if (v->kind == OBJECT_FLOAT)
        return object_estimated(s, (estimate){fabs(v->as.number), v->as.off});
    return number_integer(v) < 0 ? number_negative(s, v) : object_integer(s, number_integer(v));
}
