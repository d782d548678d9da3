#include "module.h"

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
    if (!trace_of(c)->quiet) { /* else nobody will ask for its name */
        *torch_of(c)->next_module = m;
        torch_of(c)->next_module = &m->next;
    }
    return m;
}

/* Every option can be read as an attribute, as in_features and p can in PyTorch. */
static void set_options(call *c, nn_module *m) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, m->type->options, names);
    if (c->native)
        option_read_deprecated(c);
    for (size_t i = 0; i < count; i++) {
        object *given = c->native ? call_argument(c, names[i]) : NULL;
        object *option = given ? given : signature_default(c->script, m->type->options, i);
        scope_bind(c->script, &m->options, names[i], option);
        if (scope_find(&m->attributes, names[i])) /* set before super().__init__() */
            scope_bind(c->script, &m->attributes, names[i], option);
    }
    m->initialised = true;
    if (m->type->init)
        m->type->init(c, m);
}

static object *construct(call *c) {
    nn_module *m = module_new(c, c->native->data, NULL);
    set_options(c, m);
    return module_object(c, m);
}

/* super().__init__() of a class of the script. A second one would forget what the first has made. */
static object *initialise(call *c) {
    if (module_of(c->self)->initialised)
        call_fail(c, "super().__init__() forgets the parts that there are already: call it once");
    set_options(c, module_of(c->self));
    return object_none(c->script);
}

object *module_pass(call *c, nn_module *m, object **inputs) {
    return m->type->pass ? m->type->pass(c, m, inputs)
                         : variable_object(c, m->type->apply(c, m, inputs));
}

/* super().forward() */
static object *forward(call *c) {
    return module_pass(c, module_of(c->self), c->arguments);
}

nn_module *module_for_call(call *c, const nn_class *type, const char *name) {
    nn_module *m = script_alloc(c->script, 1, sizeof *m);
    m->type = type;
    m->training = m->initialised = true;
    m->origin.name = name;
    if (type)
        set_options(c, m);
    return m;
}

/* A function of torch.nn.functional: its arguments are the inputs and the options of the module
 * that it is. */
static object *call_function_of(call *c) {
    const nn_class *type = c->native->data;
    nn_module *m = module_for_call(c, type, type->function);
    return variable_object(c, type->apply(c, m, c->arguments));
}

static const native *held(call *c, native row) {
    return memcpy(script_alloc(c->script, 1, sizeof row), &row, sizeof row);
}

/* Whether the class has all arguments that PyTorch's has. */
static bool takes_all(const nn_class *class) {
    return *class->options != '*' && strcmp(class->name, "Identity") != 0;
}

/* Where PyTorch has the function from: its __qualname__. */
static const char *declared_init(call *c, const nn_class *class) {
    const char *name = strcmp(class->name, "Dropout") == 0       ? "_DropoutNd"
                       : strcmp(class->name, "BatchNorm1d") == 0 ? "_BatchNorm"
                       : !*class->options && !release_has(c, MLP_MODULE_INIT_NAMES_CLASS)
                           ? "Module"
                           : class->name;
    return script_printf(c->script, "%s.__init__", name);
}

static const char *declared_forward(call *c, const nn_class *class) {
    if (*class->inputs == '*' || strcmp(class->name, "PoissonNLLLoss") == 0)
        return NULL; /* its input has another name there */
    const char *name = strcmp(class->name, "BatchNorm1d") == 0 ? "_BatchNorm"
                       : strcmp(class->name, "ReLU6") == 0     ? "Hardtanh"
                                                               : class->name;
    return script_printf(c->script, "%s.forward", name);
}

static const native *make_class(call *c, const char *path, const void *of) {
    const nn_class *class = of;
    return held(c, (native){.path = path,
                            .signature = class->options,
                            .call = construct,
                            .declared = takes_all(class) ? declared_init(c, class) : NULL,
                            .class_name = script_printf(c->script, "torch.nn.modules.%s.%s",
                                                        class->file, class->name),
                            .is_type = true,
                            .root = &module_type,
                            .data = class});
}

static const native *make_init(call *c, const char *path, const void *of) {
    const nn_class *class = of;
    return held(c, (native){.path = path, .signature = class->options, .call = initialise});
}

static const native *make_forward(call *c, const char *path, const void *of) {
    const nn_class *class = of;
    return held(c,
                (native){.path = path,
                         .signature = class->inputs,
                         .call = forward,
                         .declared = declared_forward(c, class),
                         .is_bound = *class->inputs != '*'}); /* ModuleList has none of its own */
}

static const native *make_function(call *c, const char *path, const void *of) {
    const nn_class *class = of;
    return held(
        c, (native){.path = path,
                    .signature = script_printf(c->script, "%s, %s", class->inputs, class->options),
                    .call = call_function_of,
                    .data = class});
}

void module_add_class(call *c, const nn_class *class) {
    script *s = c->script;
    native_defer(s, "torch.nn", class->name, make_class, class);
    native_defer(s, class->name, "__init__", make_init, class);
    native_defer(s, class->name, "forward", make_forward, class);
    if (class->function)
        native_defer(s, "torch.nn.functional", class->function, make_function, class);
}

/* --- attributes --- */

object *module_option(const nn_module *m, const char *name) {
    object *v = scope_find(&m->attributes, name);
    if (!v)
        v = scope_find(&m->buffers, name);
    return v ? v : scope_find(&m->options, name);
}

bool module_forgets(const char *option) {
    static const char *const names[] = {"device",       "dtype",  "args",      "_weight",  "kwargs",
                                        "size_average", "reduce", "min_value", "max_value"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], option) == 0)
            return true;
    return false;
}

object *module_attribute(call *c, object *self, const char *name) {
    nn_module *m = module_of(self);
    object *table = module_table(c, m, name);
    if (table)
        return table;
    if (strcmp(name, "training") == 0)
        return m->initialised ? object_bool(c->script, m->training) : NULL;
    if (module_forgets(name) && !scope_find(&m->buffers, name))
        return scope_find(&m->attributes, name);
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
        call_fail(
            call_raises(
                c, TYPE_ERROR,
                "cannot assign '%s' as parameter '%s' (torch.nn.Parameter or None expected)",
                is_tensor(v) ? script_printf(c->script, "torch.%sTensor",
                                             mlp_dtype_word(variable_of(v)->value->tensor.dtype))
                             : object_class_name(v),
                name),
            "'%s' is a parameter: assign nn.Parameter(...) to it, or a tensor to its .data", name);
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

/* A buffer stays one, until a part takes its name. */
static bool set_buffer(call *c, nn_module *m, const char *name, object *v) {
    if (!scope_find(&m->buffers, name))
        return false;
    if (is_module(v) || is_parameter(v)) {
        scope_bind(c->script, &m->buffers, name, NULL);
        scope_bind(c->script, &m->transient, name, NULL);
        return false;
    }
    if (!is_tensor(v) && v->kind != OBJECT_NONE)
        call_fail(
            call_raises(c, TYPE_ERROR,
                        "cannot assign '%s' as buffer '%s' (torch.Tensor or None expected)",
                        object_class_name(v), name),
            "'%s' is a buffer: a tensor or None can be assigned to it, not a value of type %s",
            name, object_type(v));
    scope_bind(c->script, &m->buffers, name, v);
    return true;
}

void module_set_attribute(call *c, nn_module *m, const char *name, object *v) {
    const object *old = scope_find(&m->attributes, name);
    if (!m->initialised && (is_module(v) || is_tensor(v)))
        call_fail(c, "call super().__init__() before the module's parts are assigned");
    module_check_attribute(c, name, is_module(v) || is_parameter(v));
    if (strcmp(name, "training") == 0) {
        if (v->kind != OBJECT_BOOL)
            call_fail(c, "training is True or False, not a value of type %s", object_type(v));
        m->training = v->as.boolean;
        return;
    }
    if (set_buffer(c, m, name, v))
        return;
    if (!old && !module_forgets(name) && !is_parameter(v) && scope_find(&m->options, name)) {
        v = signature_check(c, m->type->name, m->type->options, name, v);
        scope_bind(c->script, &m->options, name, v);
        return;
    }
    if (old)
        check_replaced(c, old, name, v);
    module_set_part(c, m, name, v);
}

void module_set_part(call *c, nn_module *m, const char *name, object *v) {
    const object *old = scope_find(&m->attributes, name);
    if (is_module(v))
        adopt(c, m, name, module_of(v));
    m->children += module_holds(m, v);
    m->children -= old && module_holds(m, old);
    m->found = NULL;
    scope_bind(c->script, &m->attributes, name, v);
}

/* Whoever goes through the attributes finds an object at every name: one that leaves takes its
 * name along. */
static void leave_out(call *c, scope *in, const char *name) {
    scope others = {0};
    for (const binding *b = in->first; b; b = b->next)
        if (strcmp(b->name, name) != 0)
            scope_bind(c->script, &others, b->name, b->object);
    *in = others;
}

bool module_remove_attribute(call *c, nn_module *m, const char *name) {
    const object *old = scope_find(&m->attributes, name);
    const bool is_made = m->type && !module_is_container(m) &&
                         (scope_find(&m->options, name) || (old && is_parameter(old)));
    if (is_made && c->where.line) /* what is written in Python puts another in its place */
        call_fail(c, "'del' of what the class %s made is outside the subset: set it to None",
                  m->type->name);
    if (scope_find(&m->buffers, name)) {
        scope_bind(c->script, &m->buffers, name, NULL);
        scope_bind(c->script, &m->transient, name, NULL);
        return true;
    }
    if (!old)
        return false;
    if (is_module(old) && module_of(old)->parent == m)
        module_of(old)->parent = NULL;
    m->children -= module_holds(m, old);
    m->found = NULL;
    leave_out(c, &m->attributes, name);
    leave_out(c, &m->options, name);
    return true;
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

/* A Tensor among the options, such as a loss's class weights, is a buffer, too. */
static void each_buffer(call *c, const nn_module *m, const char *prefix, bool of_state,
                        parameter_visit *visit, void *context) {
    for (const binding *b = m->options.first; b; b = b->next)
        if (is_tensor(b->object) && !scope_find(&m->attributes, b->name))
            visit(c, script_printf(c->script, "%s%s", prefix, b->name), b->object, context);
    for (const binding *b = m->buffers.first; b; b = b->next)
        if (b->object && is_tensor(b->object) && !(of_state && scope_find(&m->transient, b->name)))
            visit(c, script_printf(c->script, "%s%s", prefix, b->name), b->object, context);
}

static parameter_visit count_parameter, name_parameter;

typedef struct {
    bool parameters, buffers; /* which are visited */
    bool of_state;            /* without the buffers that state_dict() does not have */
    bool deep;                /* those of the modules inside, too */
    parameter_visit *visit;
    void *context;
} walk;

/* A module's own parameters come first, then its buffers, then its children's, each in order of
 * assignment. */
static void each(call *c, nn_module *m, const char *prefix, const walk *w) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    if (m->is_lazy && w->visit != count_parameter && w->visit != name_parameter && w->parameters)
        call_fail(c, "the parameters of a LazyLinear are made when it is called first: call the "
                     "model with an input before");
    for (const binding *b = m->attributes.first; b && w->parameters; b = b->next)
        if (is_parameter(b->object))
            w->visit(c, script_printf(c->script, "%s%s", prefix, b->name), b->object, w->context);
    if (w->buffers)
        each_buffer(c, m, prefix, w->of_state, w->visit, w->context);
    for (const binding *b = m->attributes.first; b && w->deep; b = b->next)
        if (is_module(b->object))
            each(c, module_of(b->object), script_printf(c->script, "%s%s.", prefix, b->name), w);
    script_leave(c->script);
}

void module_each_parameter(call *c, nn_module *m, const char *prefix, parameter_visit *visit,
                           void *context) {
    module_each_own(c, m, prefix, false, true, visit, context);
}

void module_each_state(call *c, nn_module *m, const char *prefix, parameter_visit *visit,
                       void *context) {
    each(c, m, prefix, &(walk){true, true, true, true, visit, context});
}

void module_each_own(call *c, nn_module *m, const char *prefix, bool buffers, bool deep,
                     parameter_visit *visit, void *context) {
    each(c, m, prefix, &(walk){!buffers, buffers, false, deep, visit, context});
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

/* A buffer that the script has by a variable, too, is called by that. */
static void name_buffer(call *c, const char *name, object *tensor, void *context) {
    mlp_variable *held = variable_of(tensor);
    if (!held->name && held->value->label.rank < MLP_NAMED_AT_TOP)
        name_parameter(c, name, tensor, context);
}

static void count_parameter(call *c, const char *name, object *tensor, void *context) {
    (void)c;
    (void)name;
    (void)tensor;
    ++*(size_t *)context;
}

size_t module_count_parameters(call *c, nn_module *m) {
    size_t count = 0;
    module_each_parameter(c, m, "", count_parameter, &count);
    return count;
}

static bool is_model(call *c, nn_module *m) {
    return !m->parent && module_count_parameters(c, m) > 0;
}

/* Parameters are named as in state_dict(); where several models have some, after the model's
 * variable too. */
void modules_name_all(call *c) {
    size_t models = 0;
    for (nn_module *m = torch_of(c)->modules; m; m = m->next) {
        m->origin.name = module_label(c, m);
        models += is_model(c, m);
    }
    for (nn_module *m = torch_of(c)->modules; m; m = m->next) {
        if (!is_model(c, m))
            continue;
        const char *prefix = models > 1 ? script_printf(c->script, "%s.", module_label(c, m)) : "";
        each(c, m, prefix, &(walk){true, false, false, true, name_parameter, NULL});
        each(c, m, prefix, &(walk){false, true, false, true, name_buffer, NULL});
    }
}
