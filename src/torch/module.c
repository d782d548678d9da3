#include "module.h"

#include "python/iterate.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

enum {
    MAX_DEPTH = 100 /* of modules in modules */
};

/* --- objects --- */

object *module_object(call *c, nn_module *m) {
    return object_extension(c->script, &module_type, m);
}

bool is_module(const object *o) {
    return object_is(o, &module_type);
}

nn_module *module_of(const object *o) {
    return o->as.data;
}

nn_module *module_new(call *c, const nn_class *type, user_class *class) {
    nn_module *m = script_alloc(c->script, 1, sizeof *m);
    m->type = type;
    m->class = class;
    m->training = true;
    m->origin.description = call_text(c);
    *torch_of(c)->next_module = m;
    torch_of(c)->next_module = &m->next;
    return m;
}

/* Every option can be read as an attribute, as in_features and p can in PyTorch. */
static void set_options(call *c, nn_module *m, object **options) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, m->type->options, names);
    for (size_t i = 0; i < count; i++)
        scope_bind(c->script, &m->options, names[i], options[i]);
    m->initialised = true;
    if (m->type->init)
        m->type->init(c, m);
}

static object *construct(call *c) {
    nn_module *m = module_new(c, c->native->data, NULL);
    set_options(c, m, c->arguments);
    return module_object(c, m);
}

nn_module *module_for_call(call *c, const nn_class *type, const char *name, object **options) {
    nn_module *m = script_alloc(c->script, 1, sizeof *m);
    m->type = type;
    m->training = m->initialised = true;
    m->origin.name = name;
    if (type)
        set_options(c, m, options);
    return m;
}

/* A function of torch.nn.functional: its arguments are the inputs and the options of the module
 * that it is. */
static object *call_function_of(call *c) {
    const nn_class *type = c->native->data;
    const char *names[MAX_ARGUMENTS];
    const size_t inputs = signature_names(c->script, type->inputs, names);
    nn_module *m = module_for_call(c, type, type->function, c->arguments + inputs);
    return variable_object(c, type->apply(c, m, c->arguments));
}

void module_add_class(call *c, const nn_class *class) {
    script *s = c->script;
    native *row = script_alloc(s, 1, sizeof *row);
    *row =
        (native){.path = script_printf(s, "torch.nn.%s", class->name),
                 .signature = class->options,
                 .call = construct,
                 .class_name = script_printf(s, "torch.nn.modules.%s.%s", class->file, class->name),
                 .is_type = true,
                 .data = class};
    native_add(s, row);
    if (!class->function)
        return;
    native *function = script_alloc(s, 1, sizeof *function);
    *function = (native){.path = script_printf(s, "torch.nn.functional.%s", class->function),
                         .signature = script_printf(s, "%s, %s", class->inputs, class->options),
                         .call = call_function_of,
                         .data = class};
    native_add(s, function);
}

/* --- attributes --- */

object *module_option(const nn_module *m, const char *name) {
    object *v = scope_find(&m->attributes, name);
    return v ? v : scope_find(&m->options, name);
}

object *module_attribute(call *c, object *self, const char *name) {
    const nn_module *m = module_of(self);
    if (strcmp(name, "training") == 0)
        return object_bool(c->script, m->training);
    return module_option(m, name);
}

mlp_value *module_tensor(call *c, const nn_module *m, const char *name) {
    const object *o = module_option(m, name);
    return o && is_tensor(o) ? tensor_value(c, o) : NULL;
}

/* What nn.Module refuses to replace. */
static void check_replaced(call *c, const object *old, const char *name, const object *v) {
    if (v->kind == OBJECT_NONE)
        return;
    if (is_parameter(old) && !is_parameter(v))
        call_fail(c,
                  "'%s' is a parameter: assign nn.Parameter(...) to it, or a tensor to its .data",
                  name);
    if (is_module(old) && !is_module(v))
        call_fail(c, "'%s' is a module: only another one or None can take its place", name);
}

/* The first module that a part is assigned to gives it its name. */
static void adopt(call *c, nn_module *m, const char *name, nn_module *part) {
    size_t depth = 0;
    for (const nn_module *up = m; up; up = up->parent) {
        if (up == part)
            call_fail(c, "a module cannot be a part of itself");
        if (++depth > MAX_DEPTH)
            call_fail(c, "modules are nested more than %d deep", MAX_DEPTH);
    }
    if (part->parent)
        return;
    part->parent = m;
    part->name = name;
}

void module_set_attribute(call *c, nn_module *m, const char *name, object *v) {
    const object *old = scope_find(&m->attributes, name);
    if (!m->initialised && (is_module(v) || is_tensor(v)))
        call_fail(c, "call super().__init__() before the module's parts are assigned");
    if (strcmp(name, "forward") == 0)
        call_fail(c, "'forward' is a method: define it in the class");
    if (strcmp(name, "training") == 0) {
        if (v->kind != OBJECT_BOOL)
            call_fail(c, "training is True or False, not a value of type %s", object_type(v));
        m->training = v->as.boolean;
        return;
    }
    if (!old && scope_find(&m->options, name)) {
        v = signature_check(c, m->type->name, m->type->options, name, v);
        scope_bind(c->script, &m->options, name, v);
        return;
    }
    if (old)
        check_replaced(c, old, name, v);
    if (is_module(v))
        adopt(c, m, name, module_of(v));
    scope_bind(c->script, &m->attributes, name, v);
}

const char *module_path(call *c, const nn_module *m) {
    const char *path = m->parent ? m->name : "";
    for (size_t depth = 0; m->parent && m->parent->parent; depth++) {
        if (depth == MAX_DEPTH)
            call_fail(c, "modules are nested more than %d deep", MAX_DEPTH);
        m = m->parent;
        path = script_printf(c->script, "%s.%s", m->name, path);
    }
    return path;
}

const char *module_label(call *c, const nn_module *m) {
    const char *path = module_path(c, m);
    if (*path)
        return path;
    if (m->name)
        return m->name;
    return m->class ? m->class->name : m->type->name;
}

/* A module's own parameters come first, then its children's, each in order of assignment. A
 * buffer, such as a loss's class weights, is no parameter. */
void module_each_parameter(call *c, nn_module *m, const char *prefix, parameter_visit *visit,
                           void *context) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_parameter(b->object))
            visit(c, script_printf(c->script, "%s%s", prefix, b->name), b->object, context);
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_module(b->object))
            module_each_parameter(c, module_of(b->object),
                                  script_printf(c->script, "%s%s.", prefix, b->name), visit,
                                  context);
    script_leave(c->script);
}

/* --- calling --- */

static mlp_options options_of(call *c, const char *const *names, object *const *given,
                              size_t count) {
    mlp_options options = {0};
    for (size_t i = 0; i < count; i++)
        option_require(c, &options, names[i], given[i]);
    return options;
}

static mlp_options module_options(call *c, const nn_module *m) {
    const char *names[MAX_ARGUMENTS];
    object *given[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, m->type->options, names);
    for (size_t i = 0; i < count; i++)
        given[i] = module_option(m, names[i]);
    return options_of(c, names, given, count);
}

/* Refuses, where the module is made, options that its operation cannot have. */
void check_options(call *c, nn_module *m) {
    module_options(c, m);
}

/* inplace=True: the input holds the result from now on. */
static mlp_variable *computed(call *c, const mlp_request *request, const object *input) {
    mlp_variable *result = tensor_computed(c, request);
    if (request->options.inplace)
        tensor_assign(c, variable_of(input), result->value);
    return result;
}

mlp_variable *apply_operation(call *c, nn_module *m, object **inputs) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, m->type->inputs, names);
    mlp_request request = {
        .operation = m->type->operation, .origin = &m->origin, .options = module_options(c, m)};
    for (size_t i = 0; i < count; i++)
        request.in[i] = tensor_value(c, inputs[i]);
    return computed(c, &request, inputs[0]);
}

/* The input is the object of a method, and the first argument of a function. */
object *call_operation(call *c) {
    const mlp_operation *operation = c->native->data;
    const char *names[MAX_ARGUMENTS];
    const size_t inputs = c->self ? 0 : 1;
    const size_t count = signature_names(c->script, c->native->signature, names) - inputs;
    object *x = inputs ? c->arguments[0] : c->self;
    if (operation->promotes && !mlp_dtype_is_floating(tensor_value(c, x)->tensor.dtype))
        x = tensor_cast(c, x, torch_of(c)->dtype);
    const mlp_request request = {.operation = operation,
                                 .in = {tensor_value(c, x)},
                                 .options =
                                     options_of(c, names + inputs, c->arguments + inputs, count)};
    return variable_object(c, computed(c, &request, x));
}

static object *forward_of(call *c, nn_module *m) {
    const object *forward = class_member(m->class, "forward");
    if (!forward)
        call_fail(c, "the class %s has no forward", m->class->name);
    return bind_method(c->script, forward, module_object(c, m));
}

static object *module_call(call *c, object *self, const arguments *given) {
    nn_module *m = module_of(self);
    if (m->class) {
        const object *forward = forward_of(c, m);
        return call_function(c, forward, forward->self, given);
    }
    object *inputs[MAX_ARGUMENTS];
    const char *name = m->name ? module_path(c, m) : "";
    signature_bind(c, *name ? name : m->type->name, m->type->inputs, given, inputs);
    return variable_object(c, m->type->apply(c, m, inputs));
}

static object *apply(call *c, nn_module *m, object **inputs, size_t count) {
    if (m->class)
        return call_with(c, forward_of(c, m), inputs, count);
    for (size_t i = 0; i < count; i++)
        if (!is_tensor(inputs[i]))
            call_fail(c, "%s takes a Tensor, not a value of type %s", m->origin.description,
                      object_type(inputs[i]));
    return variable_object(c, m->type->apply(c, m, inputs));
}

object *module_apply(call *c, nn_module *m, object **inputs, size_t count) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    object *result = apply(c, m, inputs, count);
    script_leave(c->script);
    return result;
}

/* --- names --- */

/* A parameter that is tied to another place is there under both names. */
static void name_parameter(call *c, const char *name, object *tensor, void *context) {
    mlp_variable *p = variable_of(tensor);
    (void)context;
    if (!p->name) {
        p->name = name;
        return;
    }
    mlp_alias *alias = script_alloc(c->script, 1, sizeof *alias);
    alias->name = name;
    if (p->last_alias)
        p->last_alias->next = alias;
    else
        p->aliases = alias;
    p->last_alias = alias;
}

static void count_parameter(call *c, const char *name, object *tensor, void *context) {
    (void)c;
    (void)name;
    (void)tensor;
    ++*(size_t *)context;
}

static bool is_model(call *c, nn_module *m) {
    size_t parameters = 0;
    if (!m->parent)
        module_each_parameter(c, m, "", count_parameter, &parameters);
    return parameters > 0;
}

/* Parameters are named as in state_dict(); where several models have some, after the model's
 * variable too. */
void modules_name_all(call *c) {
    size_t models = 0;
    for (nn_module *m = torch_of(c)->modules; m; m = m->next) {
        m->origin.name = module_label(c, m);
        models += is_model(c, m);
    }
    for (nn_module *m = torch_of(c)->modules; m; m = m->next)
        if (is_model(c, m))
            module_each_parameter(
                c, m, models > 1 ? script_printf(c->script, "%s.", module_label(c, m)) : "",
                name_parameter, NULL);
}

/* --- what the language asks --- */

static user_class *class_of(const object *self) {
    return module_of(self)->class;
}

static object *make(call *c, user_class *class) {
    return module_object(c, module_new(c, NULL, class));
}

static object *native_class(call *c, const object *self) {
    return native_member(c->script, "torch.nn", module_of(self)->type->name, NULL);
}

static const char *describe(call *c, const object *self) {
    const nn_module *m = module_of(self);
    return m->class ? m->class->name : script_printf(c->script, "torch.nn.%s", m->type->name);
}

/* Python looks into the class before nn.Module looks among parameters and submodules; behind both
 * come the methods of the class of torch.nn, such as ModuleList.append. */
static object *attribute(call *c, object *self, const char *name) {
    const nn_module *m = module_of(self);
    object *own = module_attribute(c, self, name), *member = class_member(m->class, name);
    if (member && (!own || is_module(own) || is_parameter(own)))
        return bind_method(c->script, member, self);
    if (own)
        return own;
    if (!m->class && strcmp(name, "forward") == 0)
        return self;
    return m->type ? native_member(c->script, m->type->name, name, self) : NULL;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    module_set_attribute(c, module_of(self), name, o);
}

static void suggest(const object *self, nearest *near) {
    scope_consider(&module_of(self)->attributes, near);
    class_consider(module_of(self)->class, near);
}

static bool has_elements(call *c, const object *self, const char *asker) {
    (void)c;
    (void)asker;
    return module_is_container(module_of(self));
}

static size_t length(call *c, const object *self) {
    (void)c;
    return container_length(module_of(self));
}

static object *element(call *c, object *self, size_t index) {
    (void)c;
    return container_element(module_of(self), index);
}

static void set_element(call *c, object *self, size_t index, object *o) {
    container_set_element(c, module_of(self), index, o);
}

static object *slice(call *c, object *self, size_t start, size_t stop) {
    return container_slice(c, module_of(self), start, stop);
}

/* A model is called by the variable that it is assigned to. */
static void named(call *c, object *self, const char *name, naming how) {
    const bool is_variable = how == NAMED_AT_TOP || how == NAMED_IN_PASSING;
    if (is_variable && script_is_at_top(c->script) && !module_of(self)->parent)
        module_of(self)->name = name;
}

const struct type module_type = {.name = "Module",
                                 .user_class = class_of,
                                 .make = make,
                                 .class = native_class,
                                 .describe = describe,
                                 .attribute = attribute,
                                 .set_attribute = set_attribute,
                                 .suggest = suggest,
                                 .has_elements = has_elements,
                                 .length = length,
                                 .element = element,
                                 .set_element = set_element,
                                 .slice = slice,
                                 .call = module_call,
                                 .write = module_write,
                                 .named = named};
