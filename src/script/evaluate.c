#include "evaluate.h"

#include "instead.h"
#include "module.h"
#include "native.h"
#include "tensor.h"

#include <string.h>

/* --- names --- */

/* Fails where the name is assigned in a function that has not come to it yet. */
static value *find_name(script *s, const char *name, mlp_span where) {
    if (s->frame)
        for (const scope *in = &s->frame->locals; in; in = in->parent) {
            value *v = scope_find(in, name);
            if (v)
                return v;
            if (map_find(in->assigned, name))
                script_fail(s, where,
                            "'%s' is used before it is assigned: what a function assigns "
                            "anywhere is its own everywhere",
                            name);
        }
    value *v = scope_find(s->globals, name);
    if (v)
        return v;
    for (const native *row = native_python; row->path; row++)
        if (strcmp(row->path, name) == 0)
            return native_value(s, name, NULL);
    return NULL;
}

static value *evaluate_name(script *s, const node *n) {
    value *v = find_name(s, n->name, n->where);
    if (v)
        return v;
    nearest near = {.name = n->name};
    for (const scope *in = s->frame ? &s->frame->locals : NULL; in; in = in->parent)
        for (const binding *b = in->first; b; b = b->next)
            nearest_consider(&near, b->name);
    for (const binding *b = s->globals->first; b; b = b->next)
        nearest_consider(&near, b->name);
    for (const native *row = native_python; row->path; row++)
        nearest_consider(&near, row->path);
    script_fail(s, n->where, "name '%s' is not defined%s", n->name, nearest_hint(s, &near));
}

/* A tensor takes the name of the variable it is assigned to. */
static void name_tensor(const char *name, const value *v, mlp_name_rank rank) {
    if (v->kind == VALUE_TENSOR)
        mlp_value_name(v->as.tensor->value, name, rank);
}

/* --- attributes --- */

static value *class_member(const user_class *class, const char *name, const user_class **owner) {
    for (; class; class = class->base) {
        value *v = scope_find(&class->members, name);
        if (v) {
            *owner = class;
            return v;
        }
    }
    return NULL;
}

static value *bind_method(script *s, const value *member, value *self) {
    value *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *member;
    if (member->kind == VALUE_FUNCTION)
        bound->self = self;
    return bound;
}

/* What super() finds: the base's methods, else those of nn.Module. */
static value *super_attribute(script *s, const value *super, const char *name) {
    const user_class *owner;
    value *member = class_member(super->as.class->base, name, &owner);
    if (member)
        return bind_method(s, member, super->self);
    return native_value(s, script_printf(s, "Module.%s", name), super->self);
}

/* Python looks into the class before nn.Module looks among parameters and submodules. */
static value *instance_attribute(script *s, value *object, const char *name) {
    const user_class *owner;
    value *own = module_attribute(s, object, name);
    value *member = class_member(object->as.module->class, name, &owner);
    if (member && (!own || own->kind == VALUE_MODULE || value_is_parameter(own)))
        return bind_method(s, member, object);
    if (own)
        return own;
    if (!object->as.module->class && strcmp(name, "forward") == 0)
        return object;
    return native_value(s, script_printf(s, "Module.%s", name), object);
}

static value *find_attribute(script *s, value *object, const char *name) {
    const user_class *owner;
    switch (object->kind) {
    case VALUE_NAMESPACE:
        return native_value(s, script_printf(s, "%s.%s", object->as.string, name), NULL);
    case VALUE_MODULE:
        return instance_attribute(s, object, name);
    case VALUE_SUPER:
        return super_attribute(s, object, name);
    case VALUE_CLASS:
        return class_member(object->as.class, name, &owner);
    case VALUE_TENSOR:
        return tensor_attribute(s, object, name);
    case VALUE_OPTIMIZER:
        return native_value(s, script_printf(s, "Optimizer.%s", name), object);
    default:
        return NULL;
    }
}

static void consider_attributes(script *s, nearest *near, const value *object) {
    const char *prefix = object->kind == VALUE_NAMESPACE ? object->as.string
                         : object->kind == VALUE_TENSOR  ? "Tensor"
                         : object->kind == VALUE_MODULE || object->kind == VALUE_SUPER ? "Module"
                         : object->kind == VALUE_OPTIMIZER                             ? "Optimizer"
                                                                                       : NULL;
    if (prefix)
        native_consider(s, near, prefix);
    if (object->kind == VALUE_TENSOR)
        tensor_consider(near);
    if (object->kind != VALUE_MODULE)
        return;
    for (const binding *b = object->as.module->attributes.first; b; b = b->next)
        nearest_consider(near, b->name);
    for (const user_class *c = object->as.module->class; c; c = c->base)
        for (const binding *b = c->members.first; b; b = b->next)
            nearest_consider(near, b->name);
}

static const char *describe(script *s, const value *object) {
    switch (object->kind) {
    case VALUE_NAMESPACE:
        return object->as.string;
    case VALUE_NATIVE:
        return object->as.native->path;
    case VALUE_MODULE:
        return object->as.module->class ? object->as.module->class->name
                                        : object->as.module->type->path;
    default:
        return script_printf(s, "a value of type %s", value_type(object));
    }
}

static bool is_module_class(const value *v) {
    return v->kind == VALUE_NATIVE && strcmp(v->as.native->path, "torch.nn.Module") == 0;
}

static value *evaluate_attribute(script *s, const node *n) {
    value *object = evaluate(s, n->left);
    value *v = find_attribute(s, object, n->name);
    if (v)
        return v;
    if (is_module_class(object))
        script_fail(s, n->where, "methods of nn.Module are called through super(): super().%s()",
                    n->name);
    nearest near = {.name = n->name};
    consider_attributes(s, &near, object);
    script_fail(s, n->where, "%s has no '%s', or it is not supported%s", describe(s, object),
                n->name, instead_of_attribute(s, object, n->name, &near));
}

/* --- calls --- */

static void push_frame(script *s, frame *f) {
    f->caller = s->frame;
    s->frame = f;
}

static void pop_frame(script *s) {
    s->frame = s->frame->caller;
}

static value *run(script *s, const node *statements);

/* Runs the body with the parameters bound in f. */
static value *run_function(script *s, frame *f, const node *define, mlp_span where) {
    script_enter(s, where, "calls");
    for (const binding *b = f->locals.first; b; b = b->next)
        name_tensor(b->name, b->value, MLP_NAMED_BY_ARGUMENT);
    push_frame(s, f);
    value *result = run(s, define->body);
    pop_frame(s);
    script_leave(s);
    return result ? result : value_none(s);
}

static frame *new_frame(script *s, const value *function, value *self) {
    frame *f = script_alloc(s, 1, sizeof *f);
    f->locals.parent = function->as.function.scope;
    f->locals.assigned = &function->as.function.define->assigned;
    f->class = function->as.function.class;
    f->self = self;
    return f;
}

static const node *bind_self(script *s, frame *f, const node *define, value *self) {
    if (!self)
        return define->items;
    if (!define->items)
        script_fail(s, define->where, "the method '%s' needs self as its first parameter",
                    define->name);
    scope_bind(s, &f->locals, define->items->name, self);
    return define->items->next;
}

static void bind_defaults(script *s, frame *f, const value *function, mlp_span where) {
    const node *define = function->as.function.define;
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++) {
        value *fallback = function->as.function.defaults[i];
        if (scope_find(&f->locals, p->name))
            continue;
        if (!fallback)
            script_fail(s, where, "%s() lacks its argument '%s'", define->name, p->name);
        scope_bind(s, &f->locals, p->name, fallback);
    }
    if (!f->self && define->items)
        f->self = scope_find(&f->locals, define->items->name); /* Base.__init__(self) */
}

value *call_function(script *s, const value *function, value *self, value **arguments, size_t count,
                     mlp_span where) {
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

static value *call_define(script *s, const value *function, value *self, const node *call) {
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

value *call_bound(script *s, const value *method, const node *call) {
    return call_define(s, method, method->self, call);
}

static value *construct(script *s, user_class *class, const node *call) {
    module *m = module_new(s, NULL, class, call);
    value *self = value_module(s, m);
    const user_class *owner;
    const value *init = class_member(class, "__init__", &owner);
    if (init && init->kind == VALUE_FUNCTION) {
        call_define(s, init, self, call);
        return self;
    }
    if (call->items)
        script_fail(s, call->items->where, "%s() takes no arguments", class->name);
    m->initialised = true;
    return self;
}

static value *call_native(script *s, const value *callee, const node *call) {
    const native *row = callee->as.native;
    value *arguments[MAX_ARGUMENTS];
    const char *dot = strrchr(row->path, '.');
    if (row->apply)
        return module_construct(s, row, call);
    signature_bind(s, dot ? dot + 1 : row->path, row->signature, call, arguments);
    s->here = call->where;
    return row->call ? row->call(s, callee, arguments) : value_none(s);
}

static value *call_value(script *s, value *callee, const node *call) {
    switch (callee->kind) {
    case VALUE_NATIVE:
        return call_native(s, callee, call);
    case VALUE_FUNCTION:
        return call_define(s, callee, callee->self, call);
    case VALUE_CLASS:
        return construct(s, callee->as.class, call);
    case VALUE_MODULE:
        return module_call(s, callee->as.module, call);
    case VALUE_NAMESPACE:
        script_fail(s, call->where, "%s is a module of Python, not a function", callee->as.string);
    default:
        script_fail(s, call->where, "a value of type %s cannot be called", value_type(callee));
    }
}

static mlp_span span_of(const node *n) {
    mlp_span where = n->where;
    where.column = n->first->where.column;
    where.line = n->first->where.line;
    if (n->last->where.line == where.line)
        where.width = n->last->where.column + n->last->where.width - where.column;
    return where;
}

static value *evaluate_call(script *s, const node *n) {
    node call = *n;
    call.where = span_of(n);
    script_spend(s, n->where);
    value *result = call_value(s, evaluate(s, n->left), &call);
    if (result->kind == VALUE_TENSOR)
        mlp_value_name(result->as.tensor->value, script_text(s, n), MLP_NAMED_BY_CALL);
    return result;
}

/* --- expressions --- */

static value *evaluate_sequence(script *s, const node *n) {
    value *v = value_sequence(s, n->kind == NODE_LIST ? VALUE_LIST : VALUE_TUPLE, n->count);
    size_t i = 0;
    for (const node *item = n->items; item; item = item->next)
        v->as.sequence.items[i++] = evaluate(s, item);
    return v;
}

static value *evaluate_sign(script *s, const node *n) {
    value *v = evaluate(s, n->left);
    if (!value_is_number(v))
        script_fail(s, n->where,
                    "a sign before a value of type %s is outside the subset: only numbers have one",
                    value_type(v));
    if (n->kind == NODE_PLUS && v->kind != VALUE_BOOL)
        return v;
    if (v->kind == VALUE_INTEGER || v->kind == VALUE_BOOL) {
        const int64_t integer = v->kind == VALUE_BOOL ? v->as.boolean : v->as.integer;
        return value_integer(s, n->kind == NODE_PLUS ? integer : -integer);
    }
    return value_float(s, -v->as.number);
}

static value *evaluate_kind(script *s, const node *n) {
    switch (n->kind) {
    case NODE_NONE:
        return value_none(s);
    case NODE_TRUE:
    case NODE_FALSE:
        return value_bool(s, n->kind == NODE_TRUE);
    case NODE_INTEGER:
        return value_integer(s, n->integer);
    case NODE_FLOAT:
        return value_float(s, n->number);
    case NODE_STRING:
        return value_string(s, n->name);
    case NODE_NAME:
        return evaluate_name(s, n);
    case NODE_LIST:
    case NODE_TUPLE:
        return evaluate_sequence(s, n);
    case NODE_CALL:
        return evaluate_call(s, n);
    case NODE_ATTRIBUTE:
        return evaluate_attribute(s, n);
    case NODE_NEGATE:
    case NODE_PLUS:
        return evaluate_sign(s, n);
    default:
        script_fail(s, n->where, "expected an expression");
    }
}

value *evaluate(script *s, const node *n) {
    script_enter(s, n->where, "calls");
    value *v = evaluate_kind(s, n);
    script_leave(s);
    return v;
}

/* --- statements --- */

static void assign_name(script *s, const node *target, value *v) {
    scope_bind(s, s->frame ? &s->frame->locals : s->globals, target->name, v);
    name_tensor(target->name, v, s->frame ? MLP_NAMED_LOCALLY : MLP_NAMED_AT_TOP);
    if (v->kind == VALUE_MODULE && !s->frame && !v->as.module->parent)
        v->as.module->name = target->name;
}

static void assign(script *s, const node *target, value *v);

static void assign_items(script *s, const node *target, value *v) {
    if (v->kind != VALUE_TUPLE && v->kind != VALUE_LIST)
        script_fail(s, target->where, "a value of type %s cannot be unpacked into %zu names",
                    value_type(v), target->count);
    if (v->as.sequence.count != target->count)
        script_fail(s, target->where, "%zu values cannot be unpacked into %zu names",
                    v->as.sequence.count, target->count);
    size_t i = 0;
    for (const node *item = target->items; item; item = item->next)
        assign(s, item, v->as.sequence.items[i++]);
}

static void assign_attribute(script *s, const node *target, value *v) {
    value *object = evaluate(s, target->left);
    s->here = target->where;
    if (object->kind == VALUE_NAMESPACE &&
        native_find(s, script_printf(s, "%s.%s", object->as.string, target->name)))
        return; /* torch.backends.cudnn.deterministic: cannot change a CPU result */
    if (object->kind == VALUE_MODULE)
        module_set_attribute(s, object->as.module, target->name, v, target->where);
    else if (object->kind == VALUE_TENSOR)
        tensor_set_attribute(s, object, target->name, v);
    else
        script_fail(s, target->where, "attributes of a value of type %s cannot be assigned to",
                    value_type(object));
}

static void assign(script *s, const node *target, value *v) {
    if (target->kind == NODE_NAME)
        assign_name(s, target, v);
    else if (target->kind == NODE_ATTRIBUTE)
        assign_attribute(s, target, v);
    else
        assign_items(s, target, v);
}

static value *new_function(script *s, const node *define, user_class *class) {
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_FUNCTION;
    v->as.function.define = define;
    v->as.function.class = class;
    v->as.function.scope = s->frame ? &s->frame->locals : NULL;
    v->as.function.defaults = script_alloc(s, define->count, sizeof(value *));
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++)
        v->as.function.defaults[i] = p->left ? evaluate(s, p->left) : NULL;
    return v;
}

static bool is_special(const char *name) {
    const size_t n = strlen(name);
    return n > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + n - 2, "__") == 0 &&
           strcmp(name, "__init__") != 0;
}

static void define_class(script *s, const node *n) {
    user_class *class = script_alloc(s, 1, sizeof *class);
    class->name = n->name;
    value *base = n->left ? evaluate(s, n->left) : NULL;
    if (base && base->kind == VALUE_CLASS)
        class->base = base->as.class;
    else if (!base || !is_module_class(base))
        script_fail(s, n->left ? n->left->where : n->where,
                    "a class must derive from nn.Module: class %s(nn.Module)", n->name);
    for (const node *member = n->body; member; member = member->next) {
        if (member->kind == NODE_DEFINE && is_special(member->name))
            script_fail(s, member->where,
                        "'%s' is outside the subset: of the methods that Python calls by "
                        "itself only __init__ is supported",
                        member->name);
        if (member->kind == NODE_DEFINE)
            scope_bind(s, &class->members, member->name, new_function(s, member, class));
        else if (member->kind != NODE_PASS &&
                 !(member->kind == NODE_EXPRESSION && member->left->kind == NODE_STRING))
            script_fail(s, member->where,
                        "only methods may stand in a class: assign attributes "
                        "in __init__");
    }
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_CLASS;
    v->as.class = class;
    scope_bind(s, s->frame ? &s->frame->locals : s->globals, n->name, v);
}

static void import(script *s, const node *n, const char *path, const char *name) {
    value *v = native_value(s, path, NULL);
    if (strncmp(path, "torch", 5) != 0 || (path[5] && path[5] != '.'))
        script_fail(s, n->where, "'%s' is outside the subset: only torch can be imported", path);
    if (!v) {
        const char *dot = strrchr(path, '.');
        nearest near = {.name = dot ? dot + 1 : path};
        if (dot)
            native_consider(s, &near, script_copy(s, path, (size_t)(dot - path)));
        script_fail(s, n->where, "'%s' is not supported%s", path, instead_of_path(s, path, &near));
    }
    scope_bind(s, s->frame ? &s->frame->locals : s->globals, name, v);
}

static void run_import(script *s, const node *n) {
    const char *root = script_copy(s, n->path, strcspn(n->path, "."));
    import(s, n, n->path, n->name ? n->name : root);
    if (!n->name)
        import(s, n, root, root);
}

/* Returns the value of a return statement, NULL where there was none. */
static value *run_statement(script *s, const node *n) {
    switch (n->kind) {
    case NODE_EXPRESSION:
        evaluate(s, n->left);
        return NULL;
    case NODE_ASSIGN: {
        value *v = evaluate(s, n->left);
        for (const node *target = n->items; target; target = target->next)
            assign(s, target, v);
        return NULL;
    }
    case NODE_RETURN:
        if (!s->frame)
            script_fail(s, n->where, "'return' outside a function");
        return n->left ? evaluate(s, n->left) : value_none(s);
    case NODE_DEFINE:
        scope_bind(s, s->frame ? &s->frame->locals : s->globals, n->name, new_function(s, n, NULL));
        return NULL;
    case NODE_CLASS:
        define_class(s, n);
        return NULL;
    case NODE_IMPORT:
        run_import(s, n);
        return NULL;
    case NODE_FROM:
        for (const node *item = n->items; item; item = item->next)
            import(s, item, item->path, item->name);
        return NULL;
    default:
        return NULL;
    }
}

static value *run(script *s, const node *statements) {
    value *result = NULL;
    for (const node *n = statements; n && !result; n = n->next)
        result = run_statement(s, n);
    return result;
}

void execute(script *s, const node *statements) {
    run(s, statements);
}
