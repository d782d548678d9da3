/* Calls of everything that can be called. */
#include "evaluate.h"
#include "native.h"
#include "run.h"

#include <string.h>

/* --- arguments --- */

static argument evaluate_argument(script *s, const node *item) {
    if (item->kind != NODE_KEYWORD)
        return (argument){.object = evaluate(s, item), .where = item->where, .given = item->where};
    return (argument){.keyword = item->name,
                      .object = evaluate(s, item->left),
                      .where = item->where,
                      .given = item->left->where};
}

/* --- functions of the script --- */

static void push_frame(script *s, frame *f) {
    f->caller = s->frame;
    s->frame = f;
}

static void pop_frame(script *s) {
    s->frame = s->frame->caller;
}

/* Runs the body with the parameters bound in f. */
static object *run_function(call *c, frame *f, const node *define) {
    script *s = c->script;
    script_enter(s, c->where, "calls");
    for (const binding *b = f->locals.first; b; b = b->next)
        name_object(s, b->name, b->object, NAMED_BY_PARAMETER, c->where);
    const bool before = f->mode && f->mode->type->enter(c, f->mode);
    push_frame(s, f);
    object *result = execute(s, define->body);
    pop_frame(s);
    if (f->mode)
        f->mode->type->leave(c, f->mode, before);
    script_leave(s);
    return result;
}

static frame *new_frame(script *s, const object *function, object *self) {
    frame *f = script_alloc(s, 1, sizeof *f);
    f->locals.parent = function->as.function.scope;
    f->locals.assigned = &function->as.function.define->assigned;
    f->locals.globals = &function->as.function.define->globals;
    f->mode = function->as.function.mode;
    f->class = function->as.function.class;
    f->self = self;
    return f;
}

static const node *bind_self(script *s, frame *f, const node *define, object *self) {
    if (!self)
        return define->items;
    if (!define->items)
        script_fail(s, define->where, "the method '%s' needs self as its first parameter",
                    define->name);
    scope_bind(s, &f->locals, define->items->name, self);
    return define->items->next;
}

static void bind_defaults(call *c, frame *f, const object *function) {
    const node *define = function->as.function.define;
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++) {
        object *fallback = function->as.function.defaults[i];
        if (scope_find(&f->locals, p->name))
            continue;
        if (!fallback)
            call_fail(c, "%s() lacks its argument '%s'", define->name, p->name);
        scope_bind(c->script, &f->locals, p->name, fallback);
    }
    if (!f->self && define->items)
        f->self = scope_find(&f->locals, define->items->name); /* Base.__init__(self) */
}

static void bind_keyword(script *s, frame *f, const node *parameters, const node *define,
                         const argument *a) {
    nearest near = {.name = a->keyword};
    for (const node *p = parameters; p; p = p->next) {
        if (strcmp(p->name, a->keyword) != 0) {
            nearest_consider(&near, p->name);
            continue;
        }
        if (scope_find(&f->locals, p->name))
            script_fail(s, a->where, "%s() got '%s' twice", define->name, p->name);
        scope_bind(s, &f->locals, p->name, a->object);
        return;
    }
    script_fail(s, a->where, "%s() has no argument '%s'%s", define->name, a->keyword,
                nearest_hint(&s->reader, &near));
}

object *call_function(call *c, const object *function, object *self, const arguments *given) {
    script *s = c->script;
    const node *define = function->as.function.define;
    frame *f = new_frame(s, function, self);
    const node *parameters = bind_self(s, f, define, self), *p = parameters;
    for (size_t i = 0; i < given->count; i++) {
        const argument *a = &given->items[i];
        if (a->keyword) {
            bind_keyword(s, f, parameters, define, a);
            continue;
        }
        if (!p)
            script_fail(s, a->where, "%s() takes fewer arguments than the %zu given", define->name,
                        given->count);
        scope_bind(s, &f->locals, p->name, a->object);
        p = p->next;
    }
    bind_defaults(c, f, function);
    return run_function(c, f, define);
}

object *call_with(call *c, const object *function, object **objects, size_t count) {
    argument items[MAX_ARGUMENTS];
    for (size_t i = 0; i < count && i < MAX_ARGUMENTS; i++)
        items[i] = (argument){.object = objects[i], .where = c->where, .given = c->where};
    return call_function(c, function, function->self, &(arguments){items, count});
}

/* --- functions written in C --- */

/* `name` is what messages call it. */
static object *call_native(call *c, const char *name, const object *callee,
                           const arguments *given) {
    const native *row = callee->as.native;
    object *bound[MAX_ARGUMENTS];
    signature_bind(c, name, row->signature, given, bound);
    call inner = *c;
    inner.native = row;
    inner.self = callee->self;
    inner.arguments = bound;
    return row->call ? row->call(&inner) : object_none(c->script);
}

static const char *last_part(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* --- classes --- */

static object *new_instance(script *s, user_class *class) {
    object *o = script_alloc(s, 1, sizeof *o);
    o->kind = OBJECT_INSTANCE;
    o->as.instance = script_alloc(s, 1, sizeof *o->as.instance);
    o->as.instance->class = class;
    return o;
}

static object *construct(call *c, user_class *class, const arguments *given) {
    const struct type *root = class->root;
    object *self = root ? root->make(c, class) : new_instance(c->script, class);
    const object *init = class_member(class, "__init__");
    if (init && init->kind == OBJECT_FUNCTION)
        call_function(c, init, self, given);
    else
        call_native(c, class->name, class_inherited(c->script, class, "__init__", self), given);
    return self;
}

/* --- all --- */

static object *call_object(call *c, object *callee, const arguments *given) {
    switch (callee->kind) {
    case OBJECT_NATIVE:
        return call_native(c, last_part(callee->as.native->path), callee, given);
    case OBJECT_FUNCTION:
        return call_function(c, callee, callee->self, given);
    case OBJECT_CLASS:
        return construct(c, callee->as.class, given);
    case OBJECT_NAMESPACE:
        call_fail(c, "%s is a module of Python, not a function", callee->as.string);
    default:
        if (callee->type && callee->type->call)
            return callee->type->call(c, callee, given);
        call_fail(c, "a value of type %s cannot be called", object_type(callee));
    }
}

enum {
    FEW_ARGUMENTS = 4
};

/* Python evaluates all arguments, then looks whether they fit. */
object *evaluate_call(script *s, const node *n) {
    argument few[FEW_ARGUMENTS]; /* not more, for calls are what is nested most */
    call c = {.script = s, .where = node_span(n), .expression = n};
    script_spend(s, c.where);
    object *callee = evaluate(s, n->left);
    argument *items = n->count > FEW_ARGUMENTS ? script_alloc(s, n->count, sizeof *items) : few;
    size_t count = 0;
    for (const node *item = n->items; item; item = item->next)
        items[count++] = evaluate_argument(s, item);
    s->reader.at = c.where;
    return call_object(&c, callee, &(arguments){items, count});
}
