#include "grad_fn.h"

#include "tensor.h"

#include <string.h>

static const mlp_value *value_of(const object *node) {
    return node->as.data;
}

static object *name(call *c) {
    return object_string(c->script, mlp_value_grad_fn(value_of(c->self)));
}

static object *attribute(call *c, object *self, const char *attribute) {
    static const native method = {.path = "grad_fn.name", .signature = "", .call = name};
    if (strcmp(attribute, "name") != 0)
        return NULL;
    return native_bound(c->script, &method, self);
}

_Noreturn static void write(call *c, const object *self, buffer *out) {
    (void)self;
    (void)out;
    call_fail(c, "what Python prints for a grad_fn differs from run to run: print its name(), or "
                 "the tensor");
}

/* Each kind of node is a class, which scripts print the name of. */
static object *class(call *c, const object *self) {
    const char *name = mlp_value_grad_fn(value_of(self));
    const char *path = script_printf(c->script, "grad_fn.%s", name);
    object *known = native_object(c->script, path, NULL);
    if (known)
        return known;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path, .class_name = name, .is_type = true};
    native_add(c->script, row);
    return native_object(c->script, path, NULL);
}

object *grad_fn(call *c, const object *tensor) {
    static const struct type type = {
        .name = "grad_fn", .attribute = attribute, .class = class, .write = write};
    mlp_variable *variable = variable_of(tensor);
    if (!mlp_variable_has_known_history(trace_of(c), variable, script_error(c->script)))
        call_give_up(c);
    mlp_value *v = tensor_value(c, tensor);
    if (!mlp_variable_requires_grad(variable) || !mlp_value_grad_fn(v))
        return object_none(c->script);
    while (v->producer->operation->hands_on)
        v = v->producer->in[0]; /* PyTorch hands the tensor itself on */
    return object_extension(c->script, &type, v);
}
