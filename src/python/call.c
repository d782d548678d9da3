/* Calls of everything that can be called. */
#include "evaluate.h"

#include "torch/module.h"
#include "native.h"

#include <string.h>

static void push_frame(script *s, frame *f) {
    f->caller = s->frame;
    s->frame = f;
}

static void pop_frame(script *s) {
    s->frame = s->frame->caller;
}

/* Runs the body with the parameters bound in f. */
static object *run_function(script *s, frame *f, const node *define, mlp_span where) {
    script_enter(s, where, "calls");
    for (const binding *b = f->locals.first; b; b = b->next)
        name_tensor(b->name, b->object, MLP_NAMED_BY_ARGUMENT);
    const bool no_grad = s->trace->no_grad;
    if (f->mode)
        s->trace->no_grad = !f->mode->as.grad_mode.enabled;
    push_frame(s, f);
    object *result = execute(s, define->body);
    pop_frame(s);
    if (f->mode)
        s->trace->no_grad = no_grad;
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

static void bind_defaults(script *s, frame *f, const object *function, mlp_span where) {
    const node *define = function->as.function.define;
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++) {
        object *fallback = function->as.function.defaults[i];
        if (scope_find(&f->locals, p->name))
            continue;
        if (!fallback)
            script_fail(s, where, "%s() lacks its argument '%s'", define->name, p->name);
        scope_bind(s, &f->locals, p->name, fallback);
    }
    if (!f->self && define->items)
        f->self = scope_find(&f->locals, define->items->name); /* Base.__init__(self) */
}

object *call_function(script *s, const object *function, object *self, object **arguments,
                      size_t count, mlp_span where) {
    const node *define = function->as.function.define;
    frame *f = new_frame(s, function, self);
    const node *p = bind_self(s, f, define, self);
    for (size_t i = 0; i < count; i++, p = p->next) {
        if (!p)
            script_fail(s, where, "%s() takes %zu argument%s, not %zu", define->name, i,
                        i == 1 ? "" : "s", count);
        scope_bind(s, &f->locals, p->name, arguments[i]);
    }
    bind_defaults(s, f, function, where);
    return run_function(s, f, define, where);
}

static void bind_keyword(script *s, frame *f, const node *parameters, const node *define,
                         const node *keyword) {
    nearest near = {.name = keyword->name};
    for (const node *p = parameters; p; p = p->next) {
        if (strcmp(p->name, keyword->name) != 0) {
            nearest_consider(&near, p->name);
            continue;
        }
        if (scope_find(&f->locals, p->name))
            script_fail(s, keyword->where, "%s() got '%s' twice", define->name, p->name);
        scope_bind(s, &f->locals, p->name, evaluate(s, keyword->left));
        return;
    }
    script_fail(s, keyword->where, "%s() has no argument '%s'%s", define->name, keyword->name,
                nearest_hint(s, &near));
}

static object *call_define(script *s, const object *function, object *self, const node *call) {
    const node *define = function->as.function.define;
    frame *f = new_frame(s, function, self);
    const node *parameters = bind_self(s, f, define, self), *p = parameters;
    for (const node *item = call->items; item; item = item->next) {
        if (item->kind == NODE_KEYWORD) {
            bind_keyword(s, f, parameters, define, item);
            continue;
        }
        if (!p)
            script_fail(s, item->where, "%s() takes fewer arguments than the %zu given",
                        define->name, call->count);
        scope_bind(s, &f->locals, p->name, evaluate(s, item));
        p = p->next;
    }
    bind_defaults(s, f, function, call->where);
    return run_function(s, f, define, call->where);
}

object *call_bound(script *s, const object *method, const node *call) {
    return call_define(s, method, method->self, call);
}

static object *new_instance(script *s, user_class *class) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_INSTANCE;
    v->as.instance = script_alloc(s, 1, sizeof *v->as.instance);
    v->as.instance->class = class;
    return v;
}

static object *construct(script *s, user_class *class, const node *call) {
    nn_module *m = class->plain ? NULL : module_new(s, NULL, class, call);
    object *self = m ? module_object(s, m) : new_instance(s, class);
    const object *init = class_member(class, "__init__");
    if (init && init->kind == OBJECT_FUNCTION) {
        call_define(s, init, self, call);
        return self;
    }
    if (call->items)
        script_fail(s, call->items->where, "%s() takes no arguments", class->name);
    if (m)
        m->initialised = true;
    return self;
}

static object *call_native(script *s, const object *callee, const node *call) {
    const native *row = callee->as.native;
    object *arguments[MAX_ARGUMENTS];
    const char *dot = strrchr(row->path, '.');
    if (row->apply)
        return module_construct(s, row, call);
    signature_bind(s, dot ? dot + 1 : row->path, row->signature, call, arguments);
    s->here = call->where;
    return row->call ? row->call(s, callee, arguments) : object_none(s);
}

object *call_value(script *s, object *callee, const node *call) {
    s->here = call->where;
    switch (callee->kind) {
    case OBJECT_NATIVE:
        return call_native(s, callee, call);
    case OBJECT_FUNCTION:
        return call_define(s, callee, callee->self, call);
    case OBJECT_CLASS:
        return construct(s, callee->as.class, call);
    case OBJECT_MODULE:
        return module_call(s, callee->as.module, call);
    case OBJECT_NAMESPACE:
        script_fail(s, call->where, "%s is a module of Python, not a function", callee->as.string);
    default:
        script_fail(s, call->where, "a value of type %s cannot be called", object_type(callee));
    }
}
