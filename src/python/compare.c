/* Truth, equality, order, identity and membership. */
#include "arithmetic.h"

#include "iterate.h"
#include "torch/module.h"
#include "torch/operators.h"

#include <math.h>
#include <string.h>

enum {
    UNORDERED = 2 /* beside -1, 0 and 1: nan with anything */
};

bool python_truth(script *s, const value *v, mlp_span where) {
    s->here = where;
    switch (v->kind) {
    case VALUE_NONE:
        return false;
    case VALUE_BOOL:
        return v->as.boolean;
    case VALUE_INTEGER:
        return v->as.integer != 0;
    case VALUE_FLOAT:
        return v->as.number != 0;
    case VALUE_STRING:
        return *v->as.string != '\0';
    case VALUE_TENSOR:
        return tensor_truth(s, v, where);
    default:
        return v->kind == VALUE_DICT ? v->as.sequence.count > 0
                                     : !value_has_elements(v) || value_length(s, v, where) > 0;
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

static int compare_numbers(const value *a, const value *b) {
    if (a->kind == VALUE_FLOAT && b->kind == VALUE_FLOAT) {
        const double x = a->as.number, y = b->as.number;
        return isnan(x) || isnan(y) ? UNORDERED : order(x<y, x> y);
    }
    if (b->kind == VALUE_FLOAT)
        return compare_mixed(number_integer(a), b->as.number);
    if (a->kind == VALUE_FLOAT) {
        const int reversed = compare_mixed(number_integer(b), a->as.number);
        return reversed == UNORDERED ? UNORDERED : -reversed;
    }
    return order(number_integer(a) < number_integer(b), number_integer(a) > number_integer(b));
}

static int compare_strings(script *s, const char *a, const char *b, mlp_span where) {
    script_spend_on(s, where, strlen(a) / 1024);
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

static bool compare_as_bool(script *s, operator op, value *a, value *b, mlp_span where) {
    script_spend(s, where);
    script_enter(s, where, "comparisons");
    const bool result = python_truth(s, python_binary(s, op, a, b, where), where);
    script_leave(s);
    return result;
}

/* Whether a list of types, as tuple and torch.Size are one. */
static bool are_alike(const value *a, const value *b) {
    return value_is_sequence(a) && value_is_sequence(b) &&
           (a->kind == VALUE_LIST) == (b->kind == VALUE_LIST);
}

/* The first elements that differ decide, else the lengths. */
static bool compare_sequences(script *s, operator op, const value *a, const value *b,
                              mlp_span where) {
    const size_t n = a->as.sequence.count, m = b->as.sequence.count;
    if (n != m && (op == OPERATOR_EQ || op == OPERATOR_NE))
        return op == OPERATOR_NE;
    for (size_t i = 0; i < n && i < m; i++) {
        value *x = a->as.sequence.items[i], *y = b->as.sequence.items[i];
        if (python_equal(s, x, y, where))
            continue;
        if (op == OPERATOR_EQ || op == OPERATOR_NE)
            return op == OPERATOR_NE;
        return compare_as_bool(s, op, x, y, where);
    }
    return holds(op, order(n<m, n> m));
}

/* --- identity --- */

static bool is_same_native(const value *a, const value *b) {
    return strcmp(a->as.native->path, b->as.native->path) == 0 && a->self == b->self;
}

/* Whether two values of one kind are one object, where that is known. */
static bool is_same_object(const value *a, const value *b) {
    switch (a->kind) {
    case VALUE_NONE:
        return true;
    case VALUE_BOOL:
        return a->as.boolean == b->as.boolean;
    case VALUE_TENSOR:
        return a->as.tensor == b->as.tensor;
    case VALUE_MODULE:
        return a->as.module == b->as.module;
    case VALUE_INSTANCE:
        return a->as.instance == b->as.instance;
    case VALUE_CLASS:
        return a->as.class == b->as.class;
    case VALUE_NODE:
        return a->as.node.step == b->as.node.step;
    case VALUE_DTYPE:
        return a->as.dtype == b->as.dtype;
    case VALUE_NAMESPACE:
        return strcmp(a->as.string, b->as.string) == 0;
    case VALUE_NATIVE:
        return is_same_native(a, b);
    case VALUE_FUNCTION:
        return a->as.function.define == b->as.function.define && a->self == b->self;
    default:
        return a == b;
    }
}

bool python_is(script *s, const value *a, const value *b, mlp_span where) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == VALUE_INTEGER || a->kind == VALUE_FLOAT || a->kind == VALUE_STRING ||
        a->kind == VALUE_TUPLE || a->kind == VALUE_SIZE)
        script_fail(s, where,
                    "'is' between values of type %s depends on how Python stores them: write ==",
                    value_type(a));
    return is_same_object(a, b);
}

/* --- equality and membership --- */

bool python_equal(script *s, value *a, value *b, mlp_span where) {
    if (a == b || (a->kind == VALUE_TENSOR && b->kind == VALUE_TENSOR && is_same_object(a, b)))
        return true; /* Python asks for identity first, where even a nan is itself */
    return compare_as_bool(s, OPERATOR_EQ, a, b, where);
}

static bool contains(script *s, value *container, value *item, mlp_span where) {
    if (container->kind == VALUE_STRING && item->kind == VALUE_STRING) {
        script_spend_on(s, where, strlen(container->as.string) / 64);
        return strstr(container->as.string, item->as.string) != NULL;
    }
    if (container->kind == VALUE_DICT)
        return item->kind == VALUE_STRING && dict_find(container, item->as.string);
    if (!value_is_sequence(container) && container->kind != VALUE_RANGE)
        script_fail(s, where, "'in' does not work for a value of type %s in one of type %s",
                    value_type(item), value_type(container));
    value *it = iterate(s, container, where);
    for (value *element; (element = iterate_next(s, it, where));)
        if (python_equal(s, element, item, where))
            return true;
    return false;
}

/* a op b, where op is == or an order and neither is a tensor. */
static bool compare_values(script *s, operator op, const value *a, const value *b, mlp_span where) {
    const bool equality = op == OPERATOR_EQ || op == OPERATOR_NE;
    if (value_is_number(a) && value_is_number(b))
        return holds(op, compare_numbers(a, b));
    if (a->kind == VALUE_STRING && b->kind == VALUE_STRING)
        return holds(op, compare_strings(s, a->as.string, b->as.string, where));
    if (are_alike(a, b))
        return compare_sequences(s, op, a, b, where);
    if (a->kind == VALUE_UNSIGNED || b->kind == VALUE_UNSIGNED)
        script_fail(s, where,
                    "whole numbers from 2**63 on can only be seeds: they are not compared");
    if (!equality)
        script_fail(s, where, "'%s' does not work between values of type %s and %s",
                    operator_text(op), value_type(a), value_type(b));
    if (a->kind == b->kind && (a->kind == VALUE_DICT || a->kind == VALUE_RANGE))
        script_fail(s, where, "comparing values of type %s is outside the subset: compare lists",
                    value_type(a));
    return (a->kind == b->kind && is_same_object(a, b)) == (op == OPERATOR_EQ);
}

value *python_compare(script *s, operator op, value *a, value *b, mlp_span where) {
    switch (op) {
    case OPERATOR_IS:
    case OPERATOR_IS_NOT:
        return value_bool(s, python_is(s, a, b, where) == (op == OPERATOR_IS));
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        return value_bool(s, contains(s, b, a, where) == (op == OPERATOR_IN));
    default:
        return value_bool(s, compare_values(s, op, a, b, where));
    }
}
