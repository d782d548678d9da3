/* Sequential, ModuleList and what stands in them without numbers; nn.Parameter. */
#include "contained.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

/* Arguments: module; modules; index, module; key. */
static object *container_append(call *c) {
    contained_append(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

static object *container_extend(call *c) {
    contained_extend(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

static object *container_pop(call *c) {
    object *part = container_subscript(c, module_of(c->self), c->arguments[0]);
    container_remove(c, module_of(c->self), c->arguments[0]);
    return part;
}

/* The parts from there on move by their numbers. */
static void check_numbered(call *c, const nn_module *m, int64_t from) {
    for (int64_t i = (int64_t)container_length(m); i-- > from;) {
        const char *key = script_printf(c->script, "%lld", (long long)i);
        if (!contained_find(m, key))
            call_fail(call_raises(c, KEY_ERROR, "%s", key),
                      "insert() needs a Sequential whose parts have numbers, not names");
    }
}

static void insert(call *c, nn_module *m, int64_t at, object *part) {
    const object *before = contained_parts(c, m);
    object *after = object_sequence(c->script, OBJECT_LIST, 0);
    for (size_t i = 0; i < before->as.sequence.count; i++) {
        if ((int64_t)i == at)
            list_append(c->script, after, part);
        list_append(c->script, after, before->as.sequence.items[i]);
    }
    contained_replace(c, m, NULL, after);
}

static object *container_insert(call *c) {
    nn_module *m = module_of(c->self);
    const int64_t count = (int64_t)container_length(m);
    int64_t at = c->arguments[0]->as.integer;
    if (at < -count || at > count)
        call_fail(call_raises(c, INDEX_ERROR, "Index out of range: %lld", (long long)at),
                  "index %lld is out of range: there are %lld elements", (long long)at,
                  (long long)count);
    at += at < 0 ? count : 0;
    check_numbered(c, m, at);
    if (at == count)
        contained_append(c, m, c->arguments[1]);
    else
        insert(c, m, at, c->arguments[1]);
    return contained_in_sequence(m) ? c->self : object_none(c->script);
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
            call_fail(
                call_raises(c, TYPE_ERROR, "%s is not a Module subclass", object_class_name(part)),
                "Sequential() takes modules, not a value of type %s", object_type(part));
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
    const char *of = input && input->label.name ? input->label.name : "input";
    if (is_tensor(result))
        mlp_value_name(variable_of(result)->value,
                       script_printf(c->script, "%s(%s)", path, strlen(of) > LONGEST ? "..." : of),
                       MLP_NAMED_BY_CALL);
}

/* What one part returns is what the next one takes, a tensor or anything else. */
static object *sequential_pass(call *c, nn_module *m, object **inputs) {
    object *v = inputs[0];
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (!is_module(b->object))
            continue;
        const mlp_value *input = is_tensor(v) ? variable_of(v)->value : NULL;
        v = module_apply(c, module_of(b->object), v);
        name_result(c, module_of(b->object), input, v);
    }
    return v;
}

/* --- ModuleList --- */

static void list_init(call *c, nn_module *m) {
    const object *given = module_option(m, "args");
    if (given->as.sequence.count > 1)
        call_fail(c, "ModuleList() takes one list of modules");
    if (given->as.sequence.count == 1 && given->as.sequence.items[0]->kind != OBJECT_NONE)
        contained_extend(c, m, given->as.sequence.items[0]);
}

static mlp_variable *list_apply(call *c, nn_module *m, object **inputs) {
    (void)m;
    (void)inputs;
    call_fail(call_raises(c, NOT_IMPLEMENTED_ERROR,
                          "Module [ModuleList] is missing the required \"forward\" function"),
              "a ModuleList has no forward: call the modules in it one by one");
}

/* --- Identity, Flatten --- */

/* It takes any arguments, and forgets them. */
static object *identity_pass(call *c, nn_module *m, object **inputs) {
    (void)c;
    (void)m;
    return inputs[0];
}

static mlp_variable *flatten_apply(call *c, nn_module *m, object **inputs) {
    object *dims[] = {module_option(m, "start_dim"), module_option(m, "end_dim")};
    call inner = *c;
    inner.self = inputs[0];
    inner.arguments = dims;
    return variable_of(native_find(c->script, "Tensor.flatten")->call(&inner));
}

/* unflattened_size: a sequence, which the text shows. */
static void unflatten_init(call *c, nn_module *m) {
    const object *sizes = module_option(m, "unflattened_size");
    if (sizes->kind != OBJECT_TUPLE && sizes->kind != OBJECT_LIST)
        call_fail(call_raises(c, TYPE_ERROR,
                              "unflattened_size must be tuple of ints, but found type %s",
                              object_class_name(sizes)),
                  "unflattened_size is a tuple of sizes");
}

static mlp_variable *unflatten_apply(call *c, nn_module *m, object **inputs) {
    const mlp_tensor *t = &tensor_value(c, inputs[0])->tensor;
    const object *given = module_option(m, "unflattened_size");
    const size_t dim = tensor_dim_of(c, t, module_option(m, "dim")->as.integer, 0);
    const size_t count = given->as.sequence.count;
    object *sizes = object_sequence(c->script, OBJECT_TUPLE, t->ndim + count - 1);
    for (size_t d = 0; d < t->ndim; d++)
        if (d != dim)
            sizes->as.sequence.items[d < dim ? d : d + count - 1] =
                object_integer(c->script, (int64_t)t->shape[d]);
    for (size_t i = 0; i < count; i++)
        sizes->as.sequence.items[dim + i] = given->as.sequence.items[i];
    object *given_sizes[] = {sizes};
    call inner = *c;
    inner.self = inputs[0];
    inner.native = native_find(c->script, "Tensor.view");
    inner.arguments = given_sizes;
    return variable_of(inner.native->call(&inner));
}

/* --- Parameter --- */

object *new_parameter(call *c, const object *data, bool requires_grad) {
    if (requires_grad && !mlp_dtype_is_floating(tensor_value(c, data)->tensor.dtype))
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "Only Tensors of floating point and complex dtype can require gradients"),
            "only floating-point tensors can require gradients");
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
                                   .pass = sequential_pass,
                                   .inputs = "input"},
                                  {.name = "ModuleList",
                                   .file = "container",
                                   .options = "*args",
                                   .init = list_init,
                                   .apply = list_apply,
                                   .inputs = "*args"},
                                  {.name = "Identity",
                                   .file = "linear",
                                   .options = "*args, **kwargs",
                                   .pass = identity_pass,
                                   .inputs = "input"},
                                  {.name = "Flatten",
                                   .file = "flatten",
                                   .options = "start_dim: int = 1, end_dim: int = -1",
                                   .apply = flatten_apply,
                                   .inputs = "input: Tensor",
                                   .shown = {"start_dim", "end_dim"}},
                                  {.name = "Unflatten",
                                   .file = "flatten",
                                   .options = "dim: int, unflattened_size",
                                   .init = unflatten_init,
                                   .apply = unflatten_apply,
                                   .inputs = "input: Tensor",
                                   .shown = {"dim", "unflattened_size"}},
                                  {0}};

const native native_containers[] = {
    {.path = "torch.nn.Parameter",
     .signature = "data: Tensor, requires_grad: bool = True",
     .call = nn_Parameter,
     .class_name = "torch.nn.parameter.Parameter",
     .is_type = true},
    {.path = "Sequential.append", .signature = "module", .call = container_append},
    {.path = "Sequential.extend", .signature = "sequential", .call = container_extend},
    {.path = "Sequential.insert", .signature = "index: int, module", .call = container_insert},
    {.path = "Sequential.pop", .signature = "key", .call = container_pop},
    {.path = "ModuleList.append", .signature = "module", .call = container_append},
    {.path = "ModuleList.extend", .signature = "modules", .call = container_extend},
    {.path = "ModuleList.insert", .signature = "index: int, module", .call = container_insert},
    {.path = "ModuleList.pop", .signature = "key", .call = container_pop},
    {0}};
