/* match: the first case whose pattern fits. */
#include "arithmetic.h"
#include "iterate.h"
#include "resumable.h"
#include "run.h"

#include <string.h>

static bool fits(script *s, const node *pattern, object *o);

/* A str is none. The element that pattern `at` of `count` is for comes from the end where a star
 * stands before it. */
static bool fits_sequence(script *s, const node *pattern, object *o) {
    if (!object_is_sequence(o) && o->kind != OBJECT_RANGE)
        return false;
    const mlp_span where = pattern->where;
    const size_t length = object_length(s, o, where);
    size_t at = 0, star = 0;
    for (const node *item = pattern->items; item; item = item->next)
        star += item->kind == NODE_STAR;
    if (star ? length + 1 < pattern->count : length != pattern->count)
        return false;
    for (const node *item = pattern->items; item; item = item->next) {
        if (item->kind == NODE_STAR)
            at += length + 1 - pattern->count;
        else if (!fits(s, item, object_element(s, o, at++, where)))
            return false;
    }
    return true;
}

static bool fits_value(script *s, const node *pattern, object *o) {
    object *v = evaluate(s, pattern);
    if (pattern->kind != NODE_CONSTANT || (v->kind != OBJECT_NONE && v->kind != OBJECT_BOOL))
        return python_equal(s, o, v, node_span(pattern));
    return o->kind == v->kind && (v->kind == OBJECT_NONE || o->as.boolean == v->as.boolean);
}

static bool fits(script *s, const node *pattern, object *o) {
    switch (pattern->kind) {
    case NODE_NAME:
        return true;
    case NODE_NAMED:
        return fits(s, pattern->right, o);
    case NODE_LIST:
        return fits_sequence(s, pattern, o);
    case NODE_OR:
        for (const node *item = pattern->items; item; item = item->next)
            if (fits(s, item, o))
                return true;
        return false;
    default:
        return fits_value(s, pattern, o);
    }
}

static void bind(script *s, const node *pattern, object *o);

static void bind_sequence(script *s, const node *pattern, object *o) {
    const size_t length = object_length(s, o, pattern->where);
    size_t at = 0;
    for (const node *item = pattern->items; item; item = item->next) {
        if (item->kind != NODE_STAR) {
            bind(s, item, object_element(s, o, at++, pattern->where));
            continue;
        }
        object *rest = object_sequence(s, OBJECT_LIST, length + 1 - pattern->count);
        for (size_t i = 0; i < rest->as.sequence.count; i++)
            rest->as.sequence.items[i] = object_element(s, o, at++, pattern->where);
        bind(s, item->left, rest);
    }
}

/* The names of a pattern that fits. */
static void bind(script *s, const node *pattern, object *o) {
    const node *item = pattern->items;
    if (pattern->kind == NODE_NAME && strcmp(pattern->name, "_") != 0)
        assign_target(s, pattern, o, NAMED_IN_PASSING);
    if (pattern->kind == NODE_LIST)
        bind_sequence(s, pattern, o);
    if (pattern->kind == NODE_NAMED) {
        bind(s, pattern->right, o);
        bind(s, pattern->left, o);
    }
    if (pattern->kind != NODE_OR)
        return;
    while (!fits(s, item, o))
        item = item->next;
    bind(s, item, o);
}

static const node *find_case(script *s, const node *n) {
    object *o = evaluate(s, n->left);
    for (const node *each = n->items; each; each = each->next) {
        if (!fits(s, each->left, o))
            continue;
        bind(s, each->left, o);
        if (!each->test || python_truth(s, evaluate(s, each->test), node_span(each->test)))
            return each->body;
    }
    return NULL;
}

flow run_match(script *s, const node *n, object **result) {
    position *p = position_of(s, n);
    return run_part(s, p, p && p->block ? p->block : find_case(s, n), result);
}
