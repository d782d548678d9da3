/* What a module does when the language asks: its attributes, parts, names and calls. */
#include "module.h"
#include "tensor.h"

#include <string.h>

static user_class *class_of(const object *self) {
    return module_of(self)->class;
}

static object *make(call *c, user_class *class) {
    module_check_class(c, class);
    return module_object(c, module_new(c, class->native->data, class));
}

static object *native_class(call *c, const object *self) {
    return native_member(c->script, "torch.nn", module_of(self)->type->name, NULL);
}

static const char *class_name(const object *self) {
    return module_of(self)->type->name;
}

static const char *describe(call *c, const object *self) {
    const nn_module *m = module_of(self);
    return m->class ? m->class->name : script_printf(c->script, "torch.nn.%s", m->type->name);
}

/* What the methods of nn.Module need is made by its __init__. */
static void check_initialised(call *c, const nn_module *m, const char *name) {
    if (!m->initialised && native_member(c->script, "Module", name, NULL))
        call_fail(c, "%s has no '%s' yet: call super().__init__() in its __init__", m->class->name,
                  name);
}

/* Python looks into the class before nn.Module looks among parameters and submodules; behind both
 * come the methods of the class of torch.nn, such as ModuleList.append. */
static object *attribute(call *c, object *self, const char *name) {
    const nn_module *m = module_of(self);
    object *own = module_attribute(c, self, name), *member = class_member(m->class, name);
    if (member && (!own || is_module(own) || is_parameter(own) || member->kind == OBJECT_PROPERTY))
        return bind_method(c->script, member, self);
    if (own)
        return own;
    check_initialised(c, m, name);
    return m->type ? native_member(c->script, m->type->name, name, self) : NULL;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    module_set_attribute(c, module_of(self), name, o);
}

static bool remove_attribute(call *c, object *self, const char *name) {
    return module_remove_attribute(c, module_of(self), name);
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
    return container_element(c, module_of(self), index);
}

static object *subscript(call *c, object *self, object *index) {
    return module_is_container(module_of(self)) ? container_subscript(c, module_of(self), index)
                                                : NULL;
}

static void assign(call *c, object *self, object *index, object *o) {
    if (!module_is_container(module_of(self)))
        call_fail(call_raises(c, TYPE_ERROR, "'%s' object does not support item assignment",
                              object_class_name(self)),
                  "this module has no elements that can be assigned to");
    container_assign(c, module_of(self), index, o);
}

static void removes(call *c, object *self, object *index) {
    if (!module_is_container(module_of(self)))
        call_fail(call_raises(c, TYPE_ERROR, "'%s' object doesn't support item deletion",
                              object_class_name(self)),
                  "this module has no elements that can be deleted");
    container_remove(c, module_of(self), index);
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
                                 .class_name = class_name,
                                 .describe = describe,
                                 .attribute = attribute,
                                 .set_attribute = set_attribute,
                                 .remove_attribute = remove_attribute,
                                 .suggest = suggest,
                                 .has_elements = has_elements,
                                 .tells_index = true,
                                 .length = length,
                                 .element = element,
                                 .subscript = subscript,
                                 .assign = assign,
                                 .remove = removes,
                                 .has_all_elements = true,
                                 .binary = container_binary,
                                 .in_place = container_in_place,
                                 .call = module_call,
                                 .copied = module_deep_copied,
                                 .write = module_write,
                                 .named = named};
