/* Modules that hold modules and parameters: Sequential, ModuleList, nn.Parameter. */
#include "python/iterate.h"
#include "module.h"
#include "tensor.h"

#include <string.h>

/* --- what containers have in common --- */

static bool is_of(const nn_module *m, const char *path) {
    return m->type && strcmp(m->type->path, path) == 0;
}

bool module_is_container(const nn_module *m) {
    return is_of(m, "torch.nn.Sequential") || is_of(m, "torch.nn.ModuleList");
}

size_t container_length(const nn_module *m) {
    size_t length = 0;
    for (const binding *b = m->attributes.first; b; b = b->next)
        length += b->object->kind == OBJECT_MODULE;
    return length;
}

static binding *child(const nn_module *m, size_t index) {
    binding *b = m->attributes.first;
    while (b->object->kind != OBJECT_MODULE || index-- > 0)
        b = b->next;
    return b;
}

object *container_element(const nn_module *m, size_t index) {
    return child(m, index)->object;
}

static void set_child(script *s, nn_module *m, const char *name, object *v, mlp_span where) {
    if (v->kind != OBJECT_MODULE)
        script_fail(s, where, "a %s holds modules, not a value of type %s",
                    strrchr(m->type->path, '.') + 1, object_type(v));
    module_set_attribute(s, m, name, v, where);
}

void container_set_element(script *s, nn_module *m, size_t index, object *v, mlp_span where) {
    set_child(s, m, child(m, index)->name, v, where);
}

static void append(script *s, nn_module *m, object *v, mlp_span where) {
    set_child(s, m, script_printf(s, "%zu", container_length(m)), v, where);
}

/* The parts of a Sequential keep their names, those of a ModuleList are numbered anew. */
object *container_slice(script *s, const nn_module *m, size_t start, size_t stop) {
    const mlp_span where = s->here;
    const char *name = strrchr(m->type->path, '.') + 1;
    object *none = object_sequence(s, OBJECT_TUPLE, 0);
    nn_module *part = module_for_call(s, m->type, name, &none);
    for (size_t i = start; i < stop; i++) {
        const binding *b = child(m, i);
        if (is_of(m, "torch.nn.Sequential"))
            set_child(s, part, b->name, b->object, where);
        else
            append(s, part, b->object, where);
    }
    return module_object(s, part);
}

static object *container_append(script *s, const object *callee, object **arguments) {
    append(s, callee->self->as.module, arguments[0], s->here);
    return callee->self;
}

/* --- Sequential --- */

/* Modules one by one, or one OrderedDict of them. */
static object *sequential_init(script *s, const object *callee, object **arguments) {
    nn_module *m = callee->self->as.module;
    const object *children = arguments[0];
    const char *const *names = NULL;
    if (children->as.sequence.count == 1 && children->as.sequence.items[0]->kind == OBJECT_DICT) {
        children = children->as.sequence.items[0];
        names = children->as.sequence.keys;
    }
    for (size_t i = 0; i < children->as.sequence.count; i++) {
        object *part = children->as.sequence.items[i];
        if (part->kind != OBJECT_MODULE)
            script_fail(s, s->here, "Sequential() takes modules, not a value of type %s",
                        object_type(part));
        module_set_attribute(s, m, names ? names[i] : script_printf(s, "%zu", i), part, s->here);
    }
    return callee->self;
}

/* A result inside has no name in the script; it takes that of the call it stands for. */
static void name_result(script *s, const nn_module *part, const mlp_value *input, object *result) {
    const char *path = module_path(s, part);
    if (result->kind == OBJECT_TENSOR)
        mlp_value_name(result->as.tensor->value,
                       script_printf(s, "%s(%s)", path, input->name ? input->name : "input"),
                       MLP_NAMED_BY_CALL);
}

static mlp_variable *sequential_apply(script *s, nn_module *m, object **inputs) {
    object *v = inputs[0];
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (b->object->kind != OBJECT_MODULE)
            continue;
        const mlp_value *input = v->as.tensor->value;
        v = module_apply(s, b->object->as.module, (object *[MAX_ARGUMENTS]){v}, 1);
        if (v->kind != OBJECT_TENSOR)
            script_fail(s, s->here,
                        "module %s of the Sequential returned a value of type %s, not a Tensor",
                        b->name, object_type(v));
        name_result(s, b->object->as.module, input, v);
    }
    return v->as.tensor;
}

/* --- ModuleList --- */

static void extend(script *s, nn_module *m, object *modules) {
    const mlp_span where = s->here;
    const object *all = iterate_all(s, modules, OBJECT_LIST, where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        append(s, m, all->as.sequence.items[i], where);
}

static object *list_init(script *s, const object *callee, object **arguments) {
    const object *given = arguments[0];
    if (given->as.sequence.count > 1)
        script_fail(s, s->here, "ModuleList() takes one list of modules");
    if (given->as.sequence.count == 1 && given->as.sequence.items[0]->kind != OBJECT_NONE)
        extend(s, callee->self->as.module, given->as.sequence.items[0]);
    return callee->self;
}

static object *list_extend(script *s, const object *callee, object **arguments) {
    extend(s, callee->self->as.module, arguments[0]);
    return callee->self;
}

static mlp_variable *list_apply(script *s, nn_module *m, object **inputs) {
    (void)m;
    (void)inputs;
    script_fail(s, s->here, "a ModuleList has no forward: call the modules in it one by one");
}

/* --- Identity, Flatten --- */

/* It takes any arguments, and forgets them. */
static mlp_variable *identity_apply(script *s, nn_module *m, object **inputs) {
    (void)s;
    (void)m;
    return inputs[0]->as.tensor;
}

static mlp_variable *flatten_apply(script *s, nn_module *m, object **inputs) {
    object *dims[] = {module_option(m, "start_dim"), module_option(m, "end_dim")};
    const native *flatten = native_find(s, "Tensor.flatten");
    const object method = {.kind = OBJECT_NATIVE, .as.native = flatten, .self = inputs[0]};
    return flatten->call(s, &method, dims)->as.tensor;
}

/* --- Parameter --- */

static object *nn_Parameter(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_variable *p = tensor_detached(s, arguments[0]->as.tensor);
    p->detached_of = NULL; /* a change of it shows in the tensor, but is not one of the tensor's */
    p->is_parameter = true;
    tensor_require_grad(s, p, arguments[1]->as.boolean);
    return tensor_object(s, p);
}

const native native_containers[] = {
    {.path = "torch.nn.Parameter",
     .signature = "data: Tensor, requires_grad: bool = True",
     .call = nn_Parameter},
    {.path = "torch.nn.Sequential",
     .signature = "*args",
     .call = sequential_init,
     .apply = sequential_apply,
     .inputs = "input: Tensor"},
    {.path = "Sequential.append", .signature = "module", .call = container_append},
    {.path = "torch.nn.ModuleList",
     .signature = "*args",
     .call = list_init,
     .apply = list_apply,
     .inputs = "*args"},
    {.path = "ModuleList.append", .signature = "module", .call = container_append},
    {.path = "ModuleList.extend", .signature = "modules", .call = list_extend},
    {.path = "torch.nn.Identity",
     .signature = "*args, **kwargs",
     .apply = identity_apply,
     .inputs = "input: Tensor"},
    {.path = "torch.nn.Flatten",
     .signature = "start_dim: int = 1, end_dim: int = -1",
     .apply = flatten_apply,
     .inputs = "input: Tensor"},
    {0}};
