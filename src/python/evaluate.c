/* Expressions. */
#include "evaluate.h"

#include "arithmetic.h"
#include "format.h"
#include "iterate.h"

#include <string.h>

static object *evaluate_sequence(script *s, const node *n) {
    object *v = object_sequence(s, n->kind == NODE_LIST ? OBJECT_LIST : OBJECT_TUPLE, n->count);
    size_t i = 0;
    for (const node *item = n->items; item; item = item->next)
        v->as.sequence.items[i++] = evaluate(s, item);
    return v;
}

static object *evaluate_dict(script *s, const node *n) {
    object *dict = object_sequence(s, OBJECT_DICT, 0);
    dict->as.sequence.plain = true;
    for (const node *pair = n->items; pair; pair = pair->next) {
        const object *key = evaluate(s, pair->left);
        if (key->kind != OBJECT_STRING)
            script_fail(s, node_span(pair->left),
                        "only strings can be keys of a dict here, not a value of type %s: write "
                        "'%s'",
                        object_type(key), "name");
        s->here = node_span(pair);
        dict_set(s, dict, key->as.string, evaluate(s, pair->right));
    }
    return dict;
}

static object *evaluate_slice(script *s, const node *n) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_SLICE;
    v->as.slice.start = n->left ? evaluate(s, n->left) : NULL;
    v->as.slice.stop = n->right ? evaluate(s, n->right) : NULL;
    return v;
}

/* --- f-strings --- */

static const char *replacement_text(script *s, const node *n);

static const char *joined_text(script *s, const node *n) {
    const char *text = "";
    for (const node *item = n->items; item; item = item->next) {
        const char *part =
            item->kind == NODE_REPLACEMENT ? replacement_text(s, item) : item->constant->as.string;
        text = *text ? script_printf(s, "%s%s", text, part) : part;
    }
    return text;
}

static const char *replacement_text(script *s, const node *n) {
    object *v = evaluate(s, n->left);
    const mlp_span where = node_span(n->left);
    s->here = where;
    if (n->conversion)
        v = object_string(s, n->conversion == 'r' ? format_repr(s, v) : format_str(s, v));
    const char *spec = n->right ? joined_text(s, n->right) : "";
    s->here = where;
    return format_spec(s, v, spec, where);
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

static object *evaluate_call(script *s, const node *n) {
    node call = *n;
    call.where = node_span(n);
    script_spend(s, call.where);
    return call_value(s, evaluate(s, n->left), &call);
}

static object *evaluate_kind(script *s, const node *n) {
    switch (n->kind) {
    case NODE_CONSTANT:
        return n->constant;
    case NODE_JOINED:
        return object_string(s, joined_text(s, n));
    case NODE_NAME:
        return evaluate_name(s, n);
    case NODE_LIST:
    case NODE_TUPLE:
        return evaluate_sequence(s, n);
    case NODE_DICT:
        return evaluate_dict(s, n);
    case NODE_CALL:
        return evaluate_call(s, n);
    case NODE_ATTRIBUTE:
        return evaluate_attribute(s, n);
    case NODE_SUBSCRIPT:
        return evaluate_subscript(s, n);
    case NODE_SLICE:
        return evaluate_slice(s, n);
    default:
        return evaluate_operator(s, n);
    }
}

/* A tensor that an expression computes is called by the expression's text, until it is assigned
 * to a variable. An attribute or an element may be there already, and keeps what name it has. */
static void name_result(script *s, const node *n, const object *v) {
    if (v->kind != OBJECT_TENSOR || n->kind == NODE_NAME ||
        v->as.tensor->value->rank > MLP_NAMED_BY_CALL)
        return;
    const bool found = n->kind == NODE_ATTRIBUTE || n->kind == NODE_SUBSCRIPT;
    if (found && v->as.tensor->value->rank != MLP_UNNAMED)
        return;
    mlp_value_name(v->as.tensor->value, script_text(s, n), MLP_NAMED_BY_CALL);
}

object *evaluate(script *s, const node *n) {
    script_enter(s, n->where, "calls");
    object *v = evaluate_kind(s, n);
    name_result(s, n, v);
    script_leave(s);
    return v;
}
