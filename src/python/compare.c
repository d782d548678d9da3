/* Truth, equality, order, identity and membership. */
#include "arithmetic.h"
#include "bytes.h"
#include "dict.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "off.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

#include <math.h>
#include <string.h>

enum {
    UNORDERED = 2 /* beside -1, 0 and 1: nan with anything */
};

static bool has_length(const object *v) {
    return v->kind == OBJECT_DICT || object_is_set(v) || iterate_view(v) || object_has_elements(v);
}

bool python_truth(script *s, const object *v, mlp_span where) {
    bool truth;
    if (special_truth(&(call){.script = s, .where = where}, v, &truth))
        return truth;
    if (v->type && v->type->truth)
        return v->type->truth(&(call){.script = s, .where = where}, v);
    switch (v->kind) {
    case OBJECT_NONE:
        return false;
    case OBJECT_BOOL:
        return v->as.boolean;
    case OBJECT_INTEGER:
        return v->as.integer != 0;
    case OBJECT_FLOAT:
        if (off_meet(object_estimate(v), (estimate){0}))
            script_doubt(s);
        return v->as.number != 0;
    case OBJECT_STRING:
        return *v->as.string != '\0';
    default:
        return !has_length(v) || object_length(s, v, where) > 0;
    }
}

/* --- order --- */

static int order(bool less, bool greater) {
    return less ? -1 : greater;
}

/* Exactly, as Python does: a 64-bit number has more digits than a float. */
static int compare_mixed(int64_t a, double b) {
    if (isnan(b))
        return UNORDERED;
    if (b >= 9223372036854775808.0)
        return -1;
    if (b < -9223372036854775808.0)
        return 1;
    const int64_t whole = (int64_t)b;
    if (a != whole)
        return order(a<whole, a> whole);
    return order((double)whole<b, (double)whole> b);
}

/* a and b, where one of them is large. */
static int compare_large(script *s, const object *a, const object *b) {
    whole_room room_a, room_b;
    const object *real = a->kind == OBJECT_FLOAT ? a : b;
    if (real->kind == OBJECT_FLOAT && isnan(real->as.number))
        return UNORDERED;
    if (real->kind == OBJECT_FLOAT && isinf(real->as.number))
        return (real->as.number > 0) == (real == a) ? 1 : -1;
    /* What a float has behind its point matters only among small numbers. */
    a = a->kind == OBJECT_FLOAT ? whole_of_number(s, a->as.number) : a;
    b = b->kind == OBJECT_FLOAT ? whole_of_number(s, b->as.number) : b;
    return whole_compare(whole_digits(a, room_a), whole_digits(b, room_b));
}

static int compare_numbers(script *s, const object *a, const object *b) {
    if (a->kind == OBJECT_LARGE || b->kind == OBJECT_LARGE)
        return compare_large(s, a, b);
    if (a->kind == OBJECT_FLOAT && b->kind == OBJECT_FLOAT) {
        const double x = a->as.number, y = b->as.number;
        return isnan(x) || isnan(y) ? UNORDERED : order(x<y, x> y);
    }
    if (b->kind == OBJECT_FLOAT)
        return compare_mixed(number_integer(a), b->as.number);
    if (a->kind == OBJECT_FLOAT) {
        const int reversed = compare_mixed(number_integer(b), a->as.number);
        return reversed == UNORDERED ? UNORDERED : -reversed;
    }
    return order(number_integer(a) < number_integer(b), number_integer(a) > number_integer(b));
}

static int compare_strings(script *s, const char *a, const char *b, mlp_span where) {
    script_work(s, where, strlen(a) / BUDGET_BYTES);
    const int difference = strcmp(a, b);
    return order(difference<0, difference> 0);
}

static bool holds(operator op, int comparison) {
    switch (op) {
    case OPERATOR_EQ:
        return comparison == 0;
    case OPERATOR_NE:
        return comparison != 0;
    case OPERATOR_LT:
        return comparison == -1;
    case OPERATOR_LE:
        return comparison == -1 || comparison == 0;
    case OPERATOR_GT:
        return comparison == 1;
    default:
        return comparison == 1 || comparison == 0;
    }
}

bool number_compares(script *s, operator op, const object *a, const object *b) {
    return holds(op, compare_numbers(s, a, b));
}

static object *compare_nested(script *s, operator op, object *a, object *b, mlp_span where) {
    script_spend(s, where);
    script_enter(s, where, "comparisons");
    object *result = python_binary(s, op, a, b, where);
    script_leave(s);
    return result;
}

/* Two lists, or two tuples. */
static bool are_alike(const object *a, const object *b) {
    return object_is_sequence(a) && object_is_sequence(b) &&
           (a->kind == OBJECT_LIST) == (b->kind == OBJECT_LIST);
}

/* The first elements that differ decide, else the lengths. Whatever an order of the elements gives,
 * which need not be a bool, is what the sequences give. */
static object *compare_sequences(script *s, operator op, const object *a, const object *b,
                                 mlp_span where) {
    size_t n = a->as.sequence.count, m = b->as.sequence.count;
    const bool equality = op == OPERATOR_EQ || op == OPERATOR_NE;
    if (n != m && equality)
        return object_bool(s, op == OPERATOR_NE);
    script_work(s, where, n < m ? n : m);
    for (size_t i = 0; i < a->as.sequence.count && i < b->as.sequence.count; i++) {
        object *x = a->as.sequence.items[i], *y = b->as.sequence.items[i];
        if (!python_equal(s, x, y, where))
            return equality ? object_bool(s, op == OPERATOR_NE)
                            : compare_nested(s, op, x, y, where);
    }
    n = a->as.sequence.count; /* which a comparison of the script's own may have changed */
    m = b->as.sequence.count;
    return object_bool(s, holds(op, order(n<m, n> m)));
}

/* --- identity --- */

static const void *identity(const object *o) {
    return o->type->identity ? o->type->identity(o) : o->as.data;
}

/* Whether two values of one kind are one object, where that is known. */
static bool is_same_object(const object *a, const object *b) {
    switch (a->kind) {
    case OBJECT_NONE:
    case OBJECT_NOT_IMPLEMENTED:
    case OBJECT_ELLIPSIS:
        return true;
    case OBJECT_BOOL:
        return a->as.boolean == b->as.boolean;
    case OBJECT_EXTENSION:
        return a->type == b->type && identity(a) == identity(b);
    case OBJECT_INSTANCE:
        return a->as.instance == b->as.instance;
    case OBJECT_CLASS:
        return a->as.class == b->as.class;
    case OBJECT_NAMESPACE:
        return strcmp(a->as.string, b->as.string) == 0;
    default:
        return a == b;
    }
}

/* Every look at a method makes another object of it, all of which are equal: they are one function
 * of one object. */
static bool is_same_method(const object *a, const object *b) {
    if (!a->self || !b->self || a->self->kind != b->self->kind || !is_same_object(a->self, b->self))
        return false;
    if (a->kind == OBJECT_NATIVE)
        return a->as.native == b->as.native;
    return a->kind == OBJECT_FUNCTION && a->as.function == b->as.function;
}

/* a is b; fails where Python leaves it open. */
static bool python_is(script *s, const object *a, const object *b, mlp_span where) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == OBJECT_INTEGER || a->kind == OBJECT_FLOAT || a->kind == OBJECT_STRING ||
        a->kind == OBJECT_TUPLE)
        script_fail(s, where,
                    "'is' between values of type %s depends on how Python stores them: write ==",
                    object_type(a));
    return is_same_object(a, b);
}

/* --- equality and membership --- */

bool python_equal(script *s, object *a, object *b, mlp_span where) {
    if (a == b ||
        (a->kind == b->kind && (a->kind == OBJECT_EXTENSION || a->kind == OBJECT_INSTANCE) &&
         is_same_object(a, b)))
        return true; /* Python asks for identity first, where even a nan is itself */
    return python_truth(s, compare_nested(s, OPERATOR_EQ, a, b, where), where);
}

static bool has_key(script *s, const object *dict, object *key, mlp_span where) {
    return dict_position(s, dict, key, where) < dict->as.sequence.count;
}

static script *raises_not_in(script *s, const object *container, const object *item) {
    if (container->kind == OBJECT_STRING)
        return script_raises(s, TYPE_ERROR, "'in <string>' requires string as left operand, not %s",
                             object_class_name(item));
    return script_raises(s, TYPE_ERROR, "argument of type '%s' is not iterable",
                         object_class_name(container));
}

static bool contains(script *s, object *container, object *item, mlp_span where) {
    call c = {.script = s, .where = where};
    const object *own = special_call(&c, container, "__contains__", &item, 1);
    if (own)
        return python_truth(s, own, where);
    if (container->kind == OBJECT_STRING && item->kind == OBJECT_STRING) {
        script_work(s, where, strlen(container->as.string));
        return strstr(container->as.string, item->as.string) != NULL;
    }
    if (bytes_of(container) && bytes_of(item))
        return bytes_are_in(bytes_of(item), bytes_of(container));
    if (container->kind == OBJECT_DICT || object_is_set(container))
        return has_key(s, container, item, where);
    if (iterate_view(container) && iterate_view_keys(container))
        return has_key(s, iterate_view_keys(container), item, where);
    const struct type *type = container->type;
    if (type && type->contains)
        return type->contains(&c, container, item);
    const bool is_plain = type && (!type->subscript || type->has_all_elements);
    if (!(is_plain && object_has_elements(container)) && !object_is_sequence(container) &&
        container->kind != OBJECT_RANGE && container->kind != OBJECT_ITERATOR &&
        !special_has_elements(container))
        script_fail(raises_not_in(s, container, item), where,
                    "'in' does not work for a value of type %s in one of type %s",
                    object_type(item), object_type(container));
    object *it = iterate(s, container, where);
    for (object *element; (element = iterate_next(s, it, where));)
        if (python_equal(s, element, item, where))
            return true;
    return false;
}

/* The same keys, in any order unless both are ordered, with equal items. */
static bool dicts_are_equal(script *s, const object *a, const object *b, mlp_span where) {
    const size_t count = a->as.sequence.count;
    bool equal = count == b->as.sequence.count;
    script_enter(s, where, "comparisons");
    for (size_t i = 0; i < a->as.sequence.count && equal; i++) {
        const size_t at = dict_position(s, b, a->as.sequence.keys[i], where);
        const bool is_there = a->is_ordered && b->is_ordered ? at == i : at < b->as.sequence.count;
        equal =
            is_there && python_equal(s, a->as.sequence.items[i], b->as.sequence.items[at], where);
    }
    script_leave(s);
    return equal;
}

/* The same numbers. */
static bool ranges_are_equal(script *s, const object *a, const object *b, mlp_span where) {
    const size_t count = object_length(s, a, where);
    return count == object_length(s, b, where) &&
           (count == 0 || (a->as.range.start == b->as.range.start &&
                           (count == 1 || a->as.range.step == b->as.range.step)));
}

static bool slices_are_equal(script *s, const object *a, const object *b, mlp_span where) {
    object *const parts[2][3] = {{a->as.slice.start, a->as.slice.stop, a->as.slice.step},
                                 {b->as.slice.start, b->as.slice.stop, b->as.slice.step}};
    object *none = object_none(s);
    bool equal = true;
    for (size_t i = 0; i < 3 && equal; i++)
        equal = python_equal(s, parts[0][i] ? parts[0][i] : none, parts[1][i] ? parts[1][i] : none,
                             where);
    return equal;
}

/* a op b, where op is == or an order and no library has an answer. */
static object *compare_values(script *s, operator op, const object *a, const object *b,
                              mlp_span where) {
    const bool equality = op == OPERATOR_EQ || op == OPERATOR_NE;
    if (object_is_real(a) && object_is_real(b)) {
        if (a != b && off_meet(object_estimate(a), object_estimate(b)))
            script_doubt(s);
        return object_bool(s, number_compares(s, op, a, b));
    }
    if (a->kind == OBJECT_STRING && b->kind == OBJECT_STRING)
        return object_bool(s, holds(op, compare_strings(s, a->as.string, b->as.string, where)));
    if (object_is_set(a) && object_is_set(b))
        return object_bool(s, set_compares(s, op, a, b, where));
    if (are_alike(a, b))
        return compare_sequences(s, op, a, b, where);
    if (!equality)
        script_fail(script_raises(s, TYPE_ERROR,
                                  "'%s' not supported between instances of '%s' and '%s'",
                                  operator_text(op), object_class_name(a), object_class_name(b)),
                    where, "'%s' does not work between values of type %s and %s", operator_text(op),
                    object_type(a), object_type(b));
    if (a->kind == OBJECT_RANGE && b->kind == OBJECT_RANGE)
        return object_bool(s, ranges_are_equal(s, a, b, where) == (op == OPERATOR_EQ));
    if (a->kind == b->kind && iterate_view(a) && iterate_view(b))
        script_fail(s, where, "comparing values of type %s is outside the subset: compare lists",
                    object_type(a));
    if (a->kind == OBJECT_DICT && b->kind == OBJECT_DICT)
        return object_bool(s, dicts_are_equal(s, a, b, where) == (op == OPERATOR_EQ));
    if (a->kind == OBJECT_SLICE && b->kind == OBJECT_SLICE)
        return object_bool(s, slices_are_equal(s, a, b, where) == (op == OPERATOR_EQ));
    const bool equal = a->kind == b->kind && (is_same_object(a, b) || is_same_method(a, b));
    return object_bool(s, equal == (op == OPERATOR_EQ));
}

object *python_compare(script *s, operator op, object *a, object *b, mlp_span where) {
    switch (op) {
    case OPERATOR_IS:
    case OPERATOR_IS_NOT:
        return object_bool(s, python_is(s, a, b, where) == (op == OPERATOR_IS));
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        return object_bool(s, contains(s, b, a, where) == (op == OPERATOR_IN));
    default:
        return compare_values(s, op, a, b, where);
    }
}
