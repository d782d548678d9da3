/* Modules that hold modules and parameters: Sequential, ModuleList, nn.Parameter. */
#include "module.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

/* --- what containers have in common --- */

static bool is_of(const nn_module *m, const char *name) {
    return m->type && strcmp(m->type->name, name) == 0;
}

bool module_is_container(const nn_module *m) {
    return is_of(m, "Sequential") || is_of(m, "ModuleList");
}

size_t container_length(const nn_module *m) {
    return m->children;
}

/* A loop asks for one after the other. */
static binding *child(nn_module *m, size_t index) {
    binding *b = m->attributes.first;
    size_t left = index;
    if (m->found && m->found_at <= index) {
        b = m->found;
        left = index - m->found_at;
    }
    while (!is_module(b->object) || left-- > 0)
        b = b->next;
    m->found = b;
    m->found_at = index;
    return b;
}

object *container_element(nn_module *m, size_t index) {
    return child(m, index)->object;
}

static void set_child(call *c, nn_module *m, const char *name, object *v) {
    if (!is_module(v))
        call_fail(c, "a %s holds modules, not a value of type %s", m->type->name, object_type(v));
    module_set_attribute(c, m, name, v);
}

void container_set_element(call *c, nn_module *m, size_t index, object *v) {
    set_child(c, m, child(m, index)->name, v);
}

static void append(call *c, nn_module *m, object *v) {
    set_child(c, m, script_printf(c->script, "%zu", container_length(m)), v);
}

/* The parts of a Sequential keep their names, those of a ModuleList are numbered anew. */
object *container_slice(call *c, nn_module *m, size_t start, size_t stop) {
    nn_module *part = module_for_call(c, m->type, m->type->name);
    if (m->class)
        call_fail(c,
                  "slices of a %s of the script's own class are outside the subset: write "
                  "nn.%s of its elements",
                  m->type->name, m->type->name);
    for (size_t i = start; i < stop; i++) {
        const binding *b = child(m, i);
        if (is_of(m, "Sequential"))
            set_child(c, part, b->name, b->object);
        else
            append(c, part, b->object);
    }
    return module_object(c, part);
}

static object *container_append(call *c) {
    append(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

/* --- Sequential --- */

/* Modules one by one, or one OrderedDict of them. */
static void sequential_init(call *c, nn_module *m) {
    const object *children = module_option(m, "args");
    const object *named = NULL;
    if (children->as.sequence.count == 1 && children->as.sequence.items[0]->is_ordered) {
        children = children->as.sequence.items[0];
        named = children;
    }
    for (size_t i = 0; i < children->as.sequence.count; i++) {
        object *part = children->as.sequence.items[i];
        if (!is_module(part))
            call_fail(c, "Sequential() takes modules, not a value of type %s", object_type(part));
        const char *name = named ? dict_key(named, i) : script_printf(c->script, "%zu", i);
        if (!name)
            call_fail(c, "TypeError: module name should be a string");
        if (!*name)
            call_fail(c, "the name of a module must not be empty");
        module_set_attribute(c, m, name, part);
    }
}

enum {
    LONGEST = 200 /* bytes of the name of an input that the name of a result repeats */
};

/* A result inside has no name in the script; it takes that of the call it stands for: 1(0(x)). Of
 * thousands of parts, each would repeat all before it. */
static void name_result(call *c, const nn_module *part, const mlp_value *input, object *result) {
    const char *path = module_path(c, part);
    const char *of = input->label.name ? input->label.name : "input";
    if (is_tensor(result))
        mlp_value_name(variable_of(result)->value,
                       script_printf(c->script, "%s(%s)", path, strlen(of) > LONGEST ? "..." : of),
                       MLP_NAMED_BY_CALL);
}

static mlp_variable *sequential_apply(call *c, nn_module *m, object **inputs) {
    object *v = inputs[0];
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (!is_module(b->object))
            continue;
        const mlp_value *input = variable_of(v)->value;
        v = module_apply(c, module_of(b->object), v);
        if (!is_tensor(v))
            call_fail(c, "module %s of the Sequential returned a value of type %s, not a Tensor",
                      b->name, object_type(v));
        name_result(c, module_of(b->object), input, v);
    }
    return variable_of(v);
}

/* --- ModuleList --- */

static void extend(call *c, nn_module *m, object *modules) {
    const object *all = iterate_all(c->script, modules, OBJECT_LIST, c->where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        append(c, m, all->as.sequence.items[i]);
}

static void list_init(call *c, nn_module *m) {
    const object *given = module_option(m, "args");
    if (given->as.sequence.count > 1)
        call_fail(c, "ModuleList() takes one list of modules");
    if (given->as.sequence.count == 1 && given->as.sequence.items[0]->kind != OBJECT_NONE)
        extend(c, m, given->as.sequence.items[0]);
}

static object *list_extend(call *c) {
    extend(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

static mlp_variable *list_apply(call *c, nn_module *m, object **inputs) {
    (void)m;
    (void)inputs;
    call_fail(c, "a ModuleList has no forward: call the modules in it one by one");
}

/* --- Identity, Flatten --- */

/* It takes any arguments, and forgets them. */
static mlp_variable *identity_apply(call *c, nn_module *m, object **inputs) {
    (void)c;
    (void)m;
    return variable_of(inputs[0]);
}

static mlp_variable *flatten_apply(call *c, nn_module *m, object **inputs) {
    object *dims[] = {module_option(m, "start_dim"), module_option(m, "end_dim")};
    call inner = *c;
    inner.self = inputs[0];
    inner.arguments = dims;
    return variable_of(native_find(c->script, "Tensor.flatten")->call(&inner));
}

/* --- Parameter --- */

object *new_parameter(call *c, const object *data, bool requires_grad) {
    mlp_variable *p = tensor_detached(c, variable_of(data));
    p->detached_of = NULL; /* a change of it shows in the tensor, but is not one of the tensor's */
    p->is_parameter = true;
    tensor_require_grad(c, p, requires_grad);
    return variable_object(c, p);
}

static object *nn_Parameter(call *c) {
    return new_parameter(c, c->arguments[0], c->arguments[1]->as.boolean);
}

const nn_class nn_containers[] = {{.name = "Sequential",
                                   .file = "container",
                                   .options = "*args",
                                   .init = sequential_init,
                                   .apply = sequential_apply,
                                   .inputs = "input: Tensor"},
                                  {.name = "ModuleList",
                                   .file = "container",
                                   .options = "*args",
                                   .init = list_init,
                                   .apply = list_apply,
                                   .inputs = "*args"},
                                  {.name = "Identity",
                                   .file = "linear",
                                   .options = "*args, **kwargs",
                                   .apply = identity_apply,
                                   .inputs = "input: Tensor"},
                                  {.name = "Flatten",
                                   .file = "flatten",
                                   .options = "start_dim: int = 1, end_dim: int = -1",
                                   .apply = flatten_apply,
                                   .inputs = "input: Tensor",
                                   .shown = {"start_dim", "end_dim"}},
                                  {0}};

const native native_containers[] = {
    {.path = "torch.nn.Parameter",
     .signature = "data: Tensor, requires_grad: bool = True",
     .call = nn_Parameter,
     .class_name = "torch.nn.parameter.Parameter",
     .is_type = true},
    {.path = "Sequential.append", .signature = "module", .call = container_append},
    {.path = "ModuleList.append", .signature = "module", .call = container_append},
    {.path = "ModuleList.extend", .signature = "modules", .call = list_extend},
    {0}};
