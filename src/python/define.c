/* Functions of the script. Classes are in class.c. */
#include "evaluate.h"
#include "outside.h"
#include "run.h"

#include <string.h>

/* What has a [...] in an annotation: an object of a module outside, List, or a class. */
static bool is_generic(script *s, const node *n) {
    const object *o = evaluate_path(s, n);
    return o->is_outside || outside_is_typing(o) || o->kind == OBJECT_NATIVE ||
           o->kind == OBJECT_CLASS;
}

/* Types that are no values here. */
static bool is_type_alone(const node *n) {
    static const char *const names[] = {"object",    "set",        "frozenset", "bytes",
                                        "bytearray", "memoryview", "complex",   "slice"};
    for (size_t i = 0; n->kind == NODE_NAME && i < sizeof names / sizeof *names; i++)
        if (strcmp(n->name, names[i]) == 0)
            return true;
    return false;
}

static void check_parts(script *s, const node *n) {
    if (n->kind == NODE_TUPLE || n->kind == NODE_LIST) {
        for (const node *item = n->items; item; item = item->next)
            check_parts(s, item);
    } else if (n->kind == NODE_BINARY && n->op == OPERATOR_OR) {
        check_parts(s, n->left);
        check_parts(s, n->right);
    } else if (n->kind == NODE_SUBSCRIPT && (is_type_alone(n->left) || is_generic(s, n->left))) {
        check_parts(s, n->right);
    } else if (!is_type_alone(n)) {
        evaluate_path(s, n);
    }
}

/* Python evaluates an annotation and forgets it. */
void check_annotation(script *s, const node *n) {
    if (n && !s->is_postponed)
        check_parts(s, n);
}

/* What a function or a comprehension that begins here looks its names up in. The names of a class's
 * body are not among them. */
scope *scope_around_function(const script *s) {
    if (!s->frame)
        return NULL;
    return s->frame->body ? s->frame->locals.parent : &s->frame->locals;
}

static object **evaluate_defaults(script *s, const node *define) {
    object **defaults = script_alloc(s, define->count, sizeof *defaults);
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++)
        defaults[i] = p->left ? evaluate(s, p->left) : NULL;
    return defaults;
}

object *new_function(script *s, const node *define) {
    object *v = script_alloc(s, 1, sizeof *v);
    user_function *f = script_alloc(s, 1, sizeof *f);
    v->kind = OBJECT_FUNCTION;
    v->as.function = f;
    f->define = define;
    f->defaults = evaluate_defaults(s, define);
    f->scope = scope_around_function(s);
    scope_keep(f->scope);
    f->around = s->frame ? s->frame->function : NULL;
    f->class = s->frame ? s->frame->body : NULL;
    for (const node *p = define->items; p; p = p->next)
        check_annotation(s, p->right);
    check_annotation(s, define->right);
    return v;
}

const char *function_path(script *s, const user_function *f) {
    const char *name = f->define->name;
    if (f->class)
        return script_printf(s, "%s.%s", f->class->path, name);
    return f->around ? script_printf(s, "%s.<locals>.%s", function_path(s, f->around), name) : name;
}

/* What a decorator makes of a function: one that can stand in `with` is entered around its body. */
static object *decorate(script *s, const node *decorator, object *function) {
    object *by = evaluate(s, decorator);
    call c = {.script = s, .where = node_span(decorator)};
    if (!by->type || !by->type->enter)
        return call_positional(&c, by, &function, 1);
    if (function->kind != OBJECT_FUNCTION || function->as.function->mode)
        script_fail(s, c.where,
                    "one decorator of this kind can stand above a def, and right above it");
    function->as.function->mode = by;
    return function;
}

/* The last decorator comes first. */
object *decorated(script *s, const node *decorators, object *what) {
    if (!decorators)
        return what;
    return decorate(s, decorators, decorated(s, decorators->next, what));
}

void run_define(script *s, const node *n) {
    bind_name(s, n->name, decorated(s, n->left, new_function(s, n)), n->where);
}
