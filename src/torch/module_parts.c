/* Buffers, parameters and submodules by their names: nn.Module's register_buffer(), add_module(),
 * get_submodule() and their like. */
#include "module.h"
#include "tensor.h"

#include <string.h>

static bool is_there(call *c, const char *name) {
    return c->self->type->attribute(c, c->self, name) ||
           native_member(c->script, "Module", name, NULL);
}

/* A name for a part of the kind, of which `has` says that it is one of the kind already. */
static const char *part_name(call *c, const char *kind, bool has) {
    const char *name = c->arguments[0]->as.string;
    if (!module_of(c->self)->initialised)
        call_fail(c, "call super().__init__() before the module's parts are assigned");
    if (strchr(name, '.'))
        call_fail(strcmp(kind, "module") == 0
                      ? call_raises(c, KEY_ERROR, "module name can't contain \".\", got: %s", name)
                      : call_raises(c, KEY_ERROR, "%s name can't contain \".\"", kind),
                  "the name of a %s cannot have a dot in it", kind);
    if (!*name)
        call_fail(call_raises(c, KEY_ERROR, "%s name can't be empty string \"\"", kind),
                  "the name of a %s must not be empty", kind);
    if (!has && is_there(c, name))
        call_fail(call_raises(c, KEY_ERROR, "attribute '%s' already exists", name),
                  "attribute '%s' already exists: choose another name", name);
    return name;
}

/* Arguments: name, tensor, persistent. */
static object *module_register_buffer(call *c) {
    nn_module *m = module_of(c->self);
    object *tensor = c->arguments[1];
    const char *name = part_name(c, "buffer", scope_find(&m->buffers, c->arguments[0]->as.string));
    module_check_attribute(c, name, true);
    if (!is_tensor(tensor) && tensor->kind != OBJECT_NONE)
        call_fail(call_raises(c, TYPE_ERROR,
                              "cannot assign '%s' object to buffer '%s' (torch Tensor or None "
                              "required)",
                              object_class_name(tensor), name),
                  "a buffer is a Tensor or None, not a value of type %s", object_type(tensor));
    scope_bind(c->script, &m->buffers, name, tensor);
    if (c->arguments[2]->as.boolean)
        scope_bind(c->script, &m->transient, name, NULL);
    else
        scope_bind(c->script, &m->transient, name, tensor);
    return object_none(c->script);
}

/* Arguments: name, param. */
static object *module_register_parameter(call *c) {
    nn_module *m = module_of(c->self);
    object *parameter = c->arguments[1];
    const object *old = scope_find(&m->attributes, c->arguments[0]->as.string);
    const char *name = part_name(c, "parameter", old && is_parameter(old));
    if (!is_parameter(parameter) && parameter->kind != OBJECT_NONE)
        call_fail(call_raises(c, TYPE_ERROR,
                              "cannot assign '%s' object to parameter '%s' (torch.nn.Parameter or "
                              "None required)",
                              object_class_name(parameter), name),
                  "a parameter is an nn.Parameter or None, not a value of type %s",
                  object_type(parameter));
    module_set_attribute(c, m, name, parameter);
    return object_none(c->script);
}

/* Arguments: name, module. */
static object *module_add_module(call *c) {
    nn_module *m = module_of(c->self);
    object *part = c->arguments[1];
    const object *old = scope_find(&m->attributes, c->arguments[0]->as.string);
    const char *name = part_name(c, "module", old && is_module(old));
    if (!is_module(part) && part->kind != OBJECT_NONE)
        call_fail(
            call_raises(c, TYPE_ERROR, "%s is not a Module subclass", object_class_name(part)),
            "add_module() takes a module, not a value of type %s", object_type(part));
    module_set_attribute(c, m, name, part);
    return object_none(c->script);
}

/* Neither a part nor anything else has the name; or what has it is of another kind. */
static _Noreturn void refuse_part(call *c, const object *in, const char *name, const char *kind) {
    const char *class = object_class_name(in);
    if (!in->type->attribute(c, (object *)in, name))
        call_fail(call_raises(c, ATTRIBUTE_ERROR, "%s has no attribute `%s`", class, name),
                  "there is no '%s' in the %s", name, class);
    call_fail(call_raises(c, ATTRIBUTE_ERROR, "`%s` is not %s", name, kind), "'%s' is not %s", name,
              kind);
}

/* The part of the path "a.b" that its last name stands in; *last is that name. */
static object *holder_of(call *c, const char *path, const char **last) {
    object *at = c->self;
    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
        const char *name = script_copy(c->script, path, (size_t)(dot - path));
        object *part = scope_find(&module_of(at)->attributes, name);
        if (!part || !is_module(part))
            refuse_part(c, at, name, "an nn.Module");
        at = part;
    }
    *last = path;
    return at;
}

/* Argument: target, as all the functions below. */
static object *module_get_submodule(call *c) {
    const char *name;
    if (!*c->arguments[0]->as.string)
        return c->self;
    const object *in = holder_of(c, c->arguments[0]->as.string, &name);
    object *part = scope_find(&module_of(in)->attributes, name);
    if (!part || !is_module(part))
        refuse_part(c, in, name, "an nn.Module");
    return part;
}

static object *module_get_parameter(call *c) {
    const char *name;
    const object *in = holder_of(c, c->arguments[0]->as.string, &name);
    object *part = scope_find(&module_of(in)->attributes, name);
    if (!part || !is_parameter(part))
        refuse_part(c, in, name, "an nn.Parameter");
    return part;
}

static object *module_get_buffer(call *c) {
    const char *name;
    const object *in = holder_of(c, c->arguments[0]->as.string, &name);
    object *part = scope_find(&module_of(in)->buffers, name);
    if (!part)
        refuse_part(c, in, name, "a buffer");
    return part;
}

const native native_module_parts[] = {
    {.path = "Module.register_buffer",
     .signature = "name: str, tensor, persistent: bool = True",
     .call = module_register_buffer},
    {.path = "Module.register_parameter",
     .signature = "name: str, param",
     .call = module_register_parameter},
    {.path = "Module.add_module", .signature = "name: str, module", .call = module_add_module},
    {.path = "Module.register_module", .signature = "name: str, module", .call = module_add_module},
    {.path = "Module.get_submodule", .signature = "target: str", .call = module_get_submodule},
    {.path = "Module.get_parameter", .signature = "target: str", .call = module_get_parameter},
    {.path = "Module.get_buffer", .signature = "target: str", .call = module_get_buffer},
    {0}};
