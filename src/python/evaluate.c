/* Expressions. */
#include "evaluate.h"

#include "arithmetic.h"
#include "bytes.h"
#include "comprehension.h"
#include "dict.h"
#include "format.h"
#include "format_write.h"
#include "iterate.h"
#include "large.h"
#include "outside.h"
#include "run.h"
#include "set.h"

#include <string.h>

/* *left */
static void unpack_into_list(script *s, const node *star, object *list) {
    const mlp_span where = node_span(star->left);
    object *it = iterate(s, evaluate(s, star->left), where);
    for (object *item; (item = iterate_next(s, it, where));)
        list_append(s, list, item);
}

/* (*a, b) */
static object *evaluate_unpacked(script *s, const node *n, object_kind kind) {
    object *v = object_sequence(s, OBJECT_LIST, 0);
    for (const node *item = n->items; item; item = item->next)
        if (item->kind == NODE_STAR)
            unpack_into_list(s, item, v);
        else
            list_append(s, v, evaluate(s, item));
    v->kind = kind;
    return v;
}

static bool has_star(const node *n) {
    for (const node *item = n->items; item; item = item->next)
        if (item->kind == NODE_STAR)
            return true;
    return false;
}

static object *evaluate_sequence(script *s, const node *n) {
    if (has_star(n))
        return evaluate_unpacked(s, n, n->kind == NODE_LIST ? OBJECT_LIST : OBJECT_TUPLE);
    object *v = object_sequence(s, n->kind == NODE_LIST ? OBJECT_LIST : OBJECT_TUPLE, n->count);
    size_t i = 0;
    for (const node *item = n->items; item; item = item->next)
        v->as.sequence.items[i++] = evaluate(s, item);
    return v;
}

/* **more */
static void unpack_into_dict(script *s, const node *n, object *dict) {
    object *more = evaluate(s, n->left);
    if (more->kind != OBJECT_DICT)
        script_fail(s, node_span(n), "'**' takes a dict, not a value of type %s",
                    object_type(more));
    dict_update(s, dict, more, node_span(n));
}

static object *evaluate_dict(script *s, const node *n) {
    object *dict = object_dict(s);
    for (const node *pair = n->items; pair; pair = pair->next) {
        if (pair->kind == NODE_DOUBLE_STAR) {
            unpack_into_dict(s, pair, dict);
            continue;
        }
        object *key = evaluate(s, pair->left);
        dict_put(s, dict, key, evaluate(s, pair->right), node_span(pair));
    }
    return dict;
}

static bool is_constant(const node *n) {
    if (n->kind == NODE_NEGATE)
        return is_constant(n->left);
    bool constant = n->kind == NODE_CONSTANT || n->kind == NODE_TUPLE;
    for (const node *item = n->items; item && constant; item = item->next)
        constant = is_constant(item);
    return constant;
}

/* CPython makes a constant of more than two constants, another of what that is gone through as, and
 * copies it. */
static object *copied_constant(script *s, const object *set, mlp_span where) {
    object *constant = set_copy(s, OBJECT_SET, set_elements(s, set), where);
    return set_copy(s, OBJECT_SET, constant, where);
}

static object *evaluate_set(script *s, const node *n) {
    bool constant = n->count > 2;
    object *set = set_new(s, OBJECT_SET);
    for (const node *item = n->items; item; item = item->next) {
        constant = constant && is_constant(item);
        if (item->kind == NODE_STAR)
            set_update(s, set, evaluate(s, item->left), node_span(item));
        else
            set_add(s, set, evaluate(s, item), node_span(item));
    }
    return constant ? copied_constant(s, set, node_span(n)) : set;
}

static object *make_constant(script *s, const literal *l) {
    switch (l->kind) {
    case LITERAL_BOOL:
        return object_bool(s, l->boolean);
    case LITERAL_INTEGER:
        return l->text ? whole_of_digits(s, s->reader.at, l->text, l->base)
                       : object_integer(s, (int64_t)l->integer);
    case LITERAL_FLOAT:
        return object_float(s, l->number);
    case LITERAL_STRING:
        return object_string(s, l->text);
    case LITERAL_BYTES:
        return bytes_of_literal(s, l->text);
    default:
        return object_none(s);
    }
}

/* Once, however often a loop comes by. */
static object *evaluate_constant(script *s, const node *n) {
    if (!*n->made)
        *n->made = make_constant(s, &n->literal);
    return *n->made;
}

static object *evaluate_slice(script *s, const node *n) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_SLICE;
    v->as.slice.start = n->left ? evaluate(s, n->left) : NULL;
    v->as.slice.stop = n->right ? evaluate(s, n->right) : NULL;
    v->as.slice.step = n->test ? evaluate(s, n->test) : NULL;
    return v;
}

static object *evaluate_ellipsis(script *s) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_ELLIPSIS;
    return v;
}

/* --- f-strings --- */

static const char *replacement_text(script *s, const node *n);

static const char *joined_text(script *s, const node *n) {
    call c = {.script = s, .where = node_span(n)};
    const size_t start = s->text.length;
    for (const node *item = n->items; item; item = item->next)
        buffer_text(&s->text, item->kind == NODE_REPLACEMENT ? replacement_text(s, item)
                                                             : item->literal.text);
    return take_text(&c, start);
}

static const char *replacement_text(script *s, const node *n) {
    object *v = evaluate(s, n->left);
    call c = {.script = s, .where = node_span(n->left)};
    if (n->conversion)
        v = object_string(s, n->conversion == 'r' ? format_repr(&c, v) : format_str(&c, v));
    return format_spec(&c, v, n->right ? joined_text(s, n->right) : "");
}

/* --- operators --- */

static object *evaluate_binary(script *s, const node *n) {
    object *a = evaluate(s, n->left);
    return python_binary(s, n->op, a, evaluate(s, n->right), node_span(n));
}

/* a < b < c is a < b and b < c, and b is evaluated once. */
static object *evaluate_compare(script *s, const node *n) {
    object *left = evaluate(s, n->left), *result = NULL;
    for (const node *operand = n->items; operand; operand = operand->next) {
        object *right = evaluate(s, operand->left);
        result = python_binary(s, operand->op, left, right, node_span(n));
        if (operand->next && !python_truth(s, result, node_span(n)))
            return result;
        left = right;
    }
    return result;
}

/* The operand that decides. */
static object *evaluate_logical(script *s, const node *n) {
    for (const node *item = n->items;; item = item->next) {
        object *v = evaluate(s, item);
        if (!item->next || python_truth(s, v, node_span(item)) == (n->kind == NODE_OR))
            return v;
    }
}

static object *evaluate_conditional(script *s, const node *n) {
    const bool test = python_truth(s, evaluate(s, n->test), node_span(n->test));
    return evaluate(s, test ? n->left : n->right);
}

static object *evaluate_operator(script *s, const node *n) {
    switch (n->kind) {
    case NODE_NEGATE:
        return python_negative(s, evaluate(s, n->left), node_span(n));
    case NODE_PLUS:
        return python_positive(s, evaluate(s, n->left), node_span(n));
    case NODE_INVERT:
        return python_inverted(s, evaluate(s, n->left), node_span(n));
    case NODE_NOT:
        return object_bool(s, !python_truth(s, evaluate(s, n->left), node_span(n->left)));
    case NODE_BINARY:
        return evaluate_binary(s, n);
    case NODE_COMPARE:
        return evaluate_compare(s, n);
    case NODE_AND:
    case NODE_OR:
        return evaluate_logical(s, n);
    case NODE_CONDITIONAL:
        return evaluate_conditional(s, n);
    default:
        script_fail(s, n->where, "expected an expression");
    }
}

/* Whoever asks for a string may keep it: it must not grow any more. */
static object *evaluate_variable(script *s, const node *n) {
    object *o = evaluate_name(s, n);
    if (o->kind == OBJECT_STRING) {
        o->as.buffer = NULL;
        o->as.room = 0;
    }
    return o;
}

static object *evaluate_kind(script *s, const node *n) {
    switch (n->kind) {
    case NODE_CONSTANT:
        return evaluate_constant(s, n);
    case NODE_JOINED:
        return object_string(s, joined_text(s, n));
    case NODE_NAME:
        return evaluate_variable(s, n);
    case NODE_LIST:
    case NODE_TUPLE:
        return evaluate_sequence(s, n);
    case NODE_DICT:
        return evaluate_dict(s, n);
    case NODE_SET:
        return evaluate_set(s, n);
    case NODE_COMPREHENSION:
        return evaluate_comprehension(s, n);
    case NODE_NAMED:
        return evaluate_named(s, n);
    case NODE_LAMBDA:
        return new_function(s, n);
    case NODE_CALL:
        return evaluate_call(s, n);
    case NODE_ATTRIBUTE:
        return evaluate_attribute(s, n);
    case NODE_SUBSCRIPT:
        return evaluate_subscript(s, n);
    case NODE_ELLIPSIS:
        return evaluate_ellipsis(s);
    case NODE_SLICE:
        return evaluate_slice(s, n);
    default:
        return evaluate_operator(s, n);
    }
}

/* What an expression computes is called by the expression's text, until it is assigned to a
 * variable. An attribute or an element may be there already, and keeps what name it has. */
static void name_result(script *s, const node *n, object *o) {
    if (n->kind == NODE_NAME || !o->type || !o->type->named)
        return;
    const bool found = n->kind == NODE_ATTRIBUTE || n->kind == NODE_SUBSCRIPT;
    call c = {.script = s, .where = node_span(n), .expression = n};
    o->type->named(&c, o, NULL, found ? NAMED_WHERE_FOUND : NAMED_BY_EXPRESSION);
}

object *evaluate_path(script *s, const node *n) {
    script_check_stack(s, n->where, "calls");
    object *v = evaluate_kind(s, n);
    name_result(s, n, v);
    return v;
}

object *evaluate(script *s, const node *n) {
    object *v = evaluate_path(s, n);
    if (v->is_outside)
        outside_refuse(s, v->as.string, node_span(n));
    return v;
}
