/* Functions and classes of the script. */
#include "evaluate.h"
#include "library.h"
#include "native.h"
#include "run.h"

#include <string.h>

static bool is_generic(const node *n) {
    return n->kind == NODE_SUBSCRIPT && n->left->kind == NODE_NAME &&
           (strcmp(n->left->name, "list") == 0 || strcmp(n->left->name, "tuple") == 0 ||
            strcmp(n->left->name, "dict") == 0 || strcmp(n->left->name, "type") == 0);
}

/* Python evaluates an annotation and forgets it. Of list[int] this looks at what is inside. */
void check_annotation(script *s, const node *n) {
    if (!n)
        return;
    if (is_generic(n)) {
        check_annotation(s, n->right);
    } else if (n->kind == NODE_TUPLE || n->kind == NODE_LIST) {
        for (const node *item = n->items; item; item = item->next)
            check_annotation(s, item);
    } else {
        evaluate(s, n);
    }
}

object *new_function(script *s, const node *define, user_class *class) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_FUNCTION;
    v->as.function.define = define;
    v->as.function.class = class;
    v->as.function.scope = s->frame ? &s->frame->locals : NULL;
    v->as.function.defaults = script_alloc(s, define->count, sizeof(object *));
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++)
        v->as.function.defaults[i] = p->left ? evaluate(s, p->left) : NULL;
    for (const node *p = define->items; p; p = p->next)
        check_annotation(s, p->right);
    check_annotation(s, define->right);
    return v;
}

/* What a decorator makes of a function: one that can stand in `with` is entered around its body. */
static object *decorate(script *s, const node *decorator, object *function) {
    object *by = evaluate(s, decorator);
    call c = {.script = s, .where = node_span(decorator)};
    if (!by->type || !by->type->enter)
        return call_positional(&c, by, &function, 1);
    if (function->kind != OBJECT_FUNCTION || function->as.function.mode)
        script_fail(s, c.where,
                    "one decorator of this kind can stand above a def, and right above it");
    function->as.function.mode = by;
    return function;
}

/* The last decorator comes first. */
static object *decorate_all(script *s, const node *decorators, object *function) {
    if (!decorators)
        return function;
    return decorate(s, decorators, decorate_all(s, decorators->next, function));
}

static object *decorated(script *s, const node *define, user_class *class) {
    return decorate_all(s, define->left, new_function(s, define, class));
}

void run_define(script *s, const node *n) {
    bind_name(s, n->name, decorated(s, n, NULL), n->where);
}

static bool is_special(const char *name) {
    const size_t n = strlen(name);
    return n > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + n - 2, "__") == 0 &&
           strcmp(name, "__init__") != 0;
}

static bool is_string(const node *n) {
    return n->kind == NODE_CONSTANT && n->literal.kind == LITERAL_STRING;
}

/* A class of the script, one of a library's that allows it, or object, which is the same as
 * nothing. */
static void set_base(script *s, user_class *class, const node *n) {
    if (!n || (n->kind == NODE_NAME && strcmp(n->name, "object") == 0))
        return;
    const object *base = evaluate(s, n);
    if (base->kind == OBJECT_CLASS) {
        class->base = base->as.class;
        class->native = class->base->native;
    } else if (base->kind == OBJECT_NATIVE && base->as.native->root) {
        class->native = base->as.native;
    } else {
        script_fail(s, n->where,
                    "a class can only derive from %s, from a class that does, or from nothing",
                    s->library->base);
    }
    class->root = class->native ? class->native->root : NULL;
}

void run_class(script *s, const node *n) {
    user_class *class = script_alloc(s, 1, sizeof *class);
    class->name = n->name;
    if (n->left)
        script_fail(s, node_span(n->left),
                    "a decorator of a class is outside the subset: leave it "
                    "out, and write the methods");
    set_base(s, class, n->items);
    for (const node *member = n->body; member; member = member->next) {
        if (member->kind == NODE_DEFINE && is_special(member->name))
            script_fail(s, member->where,
                        "'%s' is outside the subset: of the methods that Python calls by "
                        "itself only __init__ is supported",
                        member->name);
        if (member->kind == NODE_DEFINE)
            scope_bind(s, &class->members, member->name, decorated(s, member, class));
        else if (member->kind != NODE_PASS &&
                 !(member->kind == NODE_EXPRESSION && is_string(member->left)))
            script_fail(s, member->where,
                        "only methods may stand in a class: assign attributes "
                        "in __init__");
    }
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_CLASS;
    v->as.class = class;
    bind_name(s, n->name, v, n->where);
}
