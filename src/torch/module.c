#include "module.h"

#include "python/evaluate.h"
#include "tensor.h"

#include <math.h>
#include <string.h>

nn_module *module_new(script *s, const native *type, user_class *class, const node *call) {
    nn_module *m = script_alloc(s, 1, sizeof *m);
    m->type = type;
    m->class = class;
    m->training = true;
    m->origin.description = script_text(s, call);
    *s->next_module = m;
    s->next_module = &m->next;
    return m;
}

/* Every option can be read as an attribute, as in_features and p can in PyTorch. */
object *module_construct(script *s, const native *type, const node *call) {
    object *arguments[MAX_ARGUMENTS];
    const char *names[MAX_ARGUMENTS];
    nn_module *m = module_new(s, type, NULL, call);
    m->initialised = true;
    signature_bind(s, strrchr(type->path, '.') + 1, type->signature, call, arguments);
    s->here = call->where;
    object callee = {.kind = OBJECT_NATIVE, .as.native = type, .self = module_object(s, m)};
    const size_t count = signature_names(s, type->signature, names);
    for (size_t i = 0; i < count; i++)
        scope_bind(s, &m->options, names[i], arguments[i]);
    if (type->call)
        type->call(s, &callee, arguments);
    return callee.self;
}

nn_module *module_for_call(script *s, const native *type, const char *name, object **options) {
    const char *names[MAX_ARGUMENTS];
    nn_module *m = script_alloc(s, 1, sizeof *m);
    m->type = type;
    m->training = m->initialised = true;
    m->origin.name = name;
    const size_t count = type ? signature_names(s, type->signature, names) : 0;
    for (size_t i = 0; i < count; i++)
        scope_bind(s, &m->options, names[i], options[i]);
    if (type && type->call)
        type->call(s,
                   &(object){.kind = OBJECT_NATIVE, .as.native = type, .self = module_object(s, m)},
                   options);
    return m;
}

object *call_module_function(script *s, const object *callee, object **arguments) {
    const native *type = callee->as.native->of;
    const char *names[MAX_ARGUMENTS];
    const size_t inputs = signature_names(s, type->inputs, names);
    nn_module *m = module_for_call(s, type, type->function, arguments + inputs);
    return tensor_object(s, type->apply(s, m, arguments));
}

object *module_option(const nn_module *m, const char *name) {
    object *v = scope_find(&m->attributes, name);
    return v ? v : scope_find(&m->options, name);
}

object *module_attribute(script *s, object *self, const char *name) {
    const nn_module *m = self->as.module;
    if (strcmp(name, "training") == 0)
        return object_bool(s, m->training);
    return module_option(m, name);
}

/* What nn.Module refuses to replace. */
static void check_replaced(script *s, const object *old, const char *name, const object *v,
                           mlp_span where) {
    if (v->kind == OBJECT_NONE)
        return;
    if (is_parameter(old) && !is_parameter(v))
        script_fail(s, where,
                    "'%s' is a parameter: assign nn.Parameter(...) to it, or a tensor to its .data",
                    name);
    if (old->kind == OBJECT_MODULE && v->kind != OBJECT_MODULE)
        script_fail(s, where, "'%s' is a module: only another one or None can take its place",
                    name);
}

/* The first module that a part is assigned to gives it its name. */
static void adopt(script *s, nn_module *m, const char *name, nn_module *part, mlp_span where) {
    size_t depth = 0;
    for (const nn_module *up = m; up; up = up->parent) {
        if (up == part)
            script_fail(s, where, "a module cannot be a part of itself");
        if (++depth > MAX_NESTING)
            script_fail(s, where, "modules are nested more than %d deep", MAX_NESTING);
    }
    if (part->parent)
        return;
    part->parent = m;
    part->name = name;
}

void module_set_attribute(script *s, nn_module *m, const char *name, object *v, mlp_span where) {
    const object *old = scope_find(&m->attributes, name);
    if (!m->initialised && (v->kind == OBJECT_MODULE || v->kind == OBJECT_TENSOR))
        script_fail(s, where, "call super().__init__() before the module's parts are assigned");
    if (strcmp(name, "forward") == 0)
        script_fail(s, where, "'forward' is a method: define it in the class");
    if (strcmp(name, "training") == 0) {
        if (v->kind != OBJECT_BOOL)
            script_fail(s, where, "training is True or False, not a value of type %s",
                        object_type(v));
        m->training = v->as.boolean;
        return;
    }
    if (!old && scope_find(&m->options, name)) {
        v = signature_check(s, strrchr(m->type->path, '.') + 1, m->type->signature, name, v, where);
        scope_bind(s, &m->options, name, v);
        return;
    }
    if (old)
        check_replaced(s, old, name, v, where);
    if (v->kind == OBJECT_MODULE)
        adopt(s, m, name, v->as.module, where);
    scope_bind(s, &m->attributes, name, v);
}

const char *module_path(script *s, const nn_module *m) {
    const char *path = m->parent ? m->name : "";
    for (size_t depth = 0; m->parent && m->parent->parent; depth++) {
        if (depth == MAX_NESTING)
            script_fail(s, s->here, "modules are nested more than %d deep", MAX_NESTING);
        m = m->parent;
        path = script_printf(s, "%s.%s", m->name, path);
    }
    return path;
}

const char *module_label(script *s, const nn_module *m) {
    const char *path = module_path(s, m);
    if (*path)
        return path;
    if (m->name)
        return m->name;
    return m->class ? m->class->name : strrchr(m->type->path, '.') + 1;
}

/* A module's own parameters come first, then its children's, each in order of assignment. A
 * buffer, such as a loss's class weights, is no parameter. */
void module_each_parameter(script *s, nn_module *m, const char *prefix, parameter_visit *visit,
                           void *context) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_parameter(b->object))
            visit(s, script_printf(s, "%s%s", prefix, b->name), b->object, context);
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (b->object->kind == OBJECT_MODULE)
            module_each_parameter(s, b->object->as.module,
                                  script_printf(s, "%s%s.", prefix, b->name), visit, context);
    script_leave(s);
}

/* --- calling --- */

static mlp_value *compute(script *s, nn_module *m, const mlp_operation *operation,
                          mlp_value *const in[MLP_MAX_INPUTS],
                          const double option[MLP_MAX_OPTIONS]) {
    const char *warning = NULL;
    mlp_value *out =
        mlp_trace_apply(s->trace, operation, m ? &m->origin : NULL, in, option, &warning, s->error);
    if (!out)
        script_give_up(s, s->here);
    if (warning)
        script_warn(s, s->here, "%s", warning);
    return out;
}

static mlp_variable *hold(script *s, mlp_value *out) {
    mlp_variable *result = mlp_trace_variable(s->trace, out, out->requires_grad);
    if (!result || !mlp_trace_show(s->trace, out->producer->phase, out))
        script_out_of_memory(s);
    return result;
}

mlp_variable *apply_inputs(script *s, nn_module *m, const mlp_operation *operation,
                           mlp_value *const in[MLP_MAX_INPUTS],
                           const double option[MLP_MAX_OPTIONS]) {
    return hold(s, compute(s, m, operation, in, option));
}

mlp_variable *apply_named(script *s, nn_module *m, const mlp_operation *operation,
                          mlp_value *const in[MLP_MAX_INPUTS], const double option[MLP_MAX_OPTIONS],
                          const char *suffix) {
    mlp_value *out = compute(s, m, operation, in, option);
    out->internal_of = &m->origin;
    out->suffix = suffix;
    return hold(s, out);
}

static double option_number(const object *v) {
    return v->kind == OBJECT_NONE ? (double)NAN : object_as_number(v);
}

void put_in_place(script *s, mlp_variable *input, mlp_variable *result) {
    if (!mlp_trace_assign(s->trace, input, result->value, s->error))
        script_give_up(s, s->here);
}

/* Applies one operation of one input; `given` are its first `count` options in order. */
static mlp_variable *apply_options(script *s, nn_module *m, const mlp_operation *operation,
                                   object *input, const char *const *names, object *const *given,
                                   size_t count) {
    double option[MLP_MAX_OPTIONS] = {0};
    bool in_place = false;
    for (size_t i = 0; i < count; i++) {
        option[i] = option_number(given[i]);
        in_place |= strcmp(names[i], "inplace") == 0 && given[i]->as.boolean;
    }
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, input)};
    mlp_variable *result = apply_inputs(s, m, operation, in, option);
    if (in_place)
        put_in_place(s, input->as.tensor, result);
    return result;
}

mlp_variable *apply_operation(script *s, nn_module *m, object **inputs) {
    const char *names[MAX_ARGUMENTS];
    object *given[MAX_ARGUMENTS];
    const size_t count = signature_names(s, m->type->signature, names);
    for (size_t i = 0; i < count; i++)
        given[i] = module_option(m, names[i]);
    return apply_options(s, m, m->type->operation, inputs[0], names, given, count);
}

/* The input is the object of a method, and the first argument of a function. */
object *call_operation(script *s, const object *callee, object **arguments) {
    const native *row = callee->as.native;
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(s, row->signature, names);
    const size_t inputs = callee->self ? 0 : 1;
    object *x = inputs ? arguments[0] : callee->self;
    if (row->operation->promotes && !mlp_dtype_is_floating(tensor_value(s, x)->tensor.dtype))
        x = tensor_cast(s, x, s->dtype);
    return tensor_object(s, apply_options(s, NULL, row->operation, x, names + inputs,
                                          arguments + inputs, count - inputs));
}

static const object *find_forward(const nn_module *m) {
    for (const user_class *c = m->class; c; c = c->base) {
        const object *forward = scope_find(&c->members, "forward");
        if (forward)
            return forward;
    }
    return NULL;
}

static object *require_forward(script *s, nn_module *m) {
    object *self = module_object(s, m), *bound = script_alloc(s, 1, sizeof *bound);
    const object *forward = find_forward(m);
    if (!forward)
        script_fail(s, s->here, "the class %s has no forward", m->class->name);
    *bound = *forward;
    bound->self = self;
    return bound;
}

object *module_call(script *s, nn_module *m, const node *call) {
    if (m->class) {
        s->here = call->where;
        return call_bound(s, require_forward(s, m), call);
    }
    object *inputs[MAX_ARGUMENTS];
    const char *name = m->name ? module_path(s, m) : "";
    signature_bind(s, *name ? name : strrchr(m->type->path, '.') + 1, m->type->inputs, call,
                   inputs);
    s->here = call->where;
    return tensor_object(s, m->type->apply(s, m, inputs));
}

static object *apply(script *s, nn_module *m, object **inputs, size_t count) {
    if (m->class) {
        const object *forward = require_forward(s, m);
        return call_function(s, forward, forward->self, inputs, count, s->here);
    }
    for (size_t i = 0; i < count; i++)
        if (inputs[i]->kind != OBJECT_TENSOR)
            script_fail(s, s->here, "%s takes a Tensor, not a value of type %s",
                        m->origin.description, object_type(inputs[i]));
    return tensor_object(s, m->type->apply(s, m, inputs));
}

object *module_apply(script *s, nn_module *m, object **inputs, size_t count) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    object *result = apply(s, m, inputs, count);
    script_leave(s);
    return result;
}

/* --- names --- */

/* A parameter that is tied to another place is there under both names. */
static void name_parameter(script *s, const char *name, object *tensor, void *context) {
    mlp_variable *p = tensor->as.tensor;
    (void)context;
    if (!p->name) {
        p->name = name;
        return;
    }
    mlp_alias *alias = script_alloc(s, 1, sizeof *alias);
    alias->name = name;
    if (p->last_alias)
        p->last_alias->next = alias;
    else
        p->aliases = alias;
    p->last_alias = alias;
}

static void count_parameter(script *s, const char *name, object *tensor, void *context) {
    (void)s;
    (void)name;
    (void)tensor;
    ++*(size_t *)context;
}

static bool is_model(script *s, nn_module *m) {
    size_t parameters = 0;
    if (!m->parent)
        module_each_parameter(s, m, "", count_parameter, &parameters);
    return parameters > 0;
}

/* Parameters are named as in state_dict(); where several models have some, after the model's
 * variable too. */
void modules_name_all(script *s) {
    size_t models = 0;
    for (nn_module *m = s->modules; m; m = m->next) {
        m->origin.name = module_label(s, m);
        models += is_model(s, m);
    }
    for (nn_module *m = s->modules; m; m = m->next)
        if (is_model(s, m))
            module_each_parameter(s, m,
                                  models > 1 ? script_printf(s, "%s.", module_label(s, m)) : "",
                                  name_parameter, NULL);
}
