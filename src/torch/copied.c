/* What copy.deepcopy() makes of tensors and modules. */
#include "module.h"
#include "tensor.h"

#include "python/copy.h"

static void refuse_shallow(call *c, const object *self, const copies *deep) {
    if (!deep)
        call_fail(c,
                  "copy.copy() of a %s shares what is in it: write copy.deepcopy(), or "
                  "the same name again",
                  self->type->name);
}

static mlp_variable *numbers_copied(call *c, const object *self, bool requires_grad) {
    mlp_value *v = tensor_value(c, self);
    mlp_variable *copy = variable_of(value_object(c, tensor_copied(c, v, v->tensor.dtype)));
    tensor_require_grad(c, copy, requires_grad);
    return copy;
}

/* A tensor's gradient and attributes are copied, a parameter's are not. */
object *tensor_deep_copied(call *c, object *self, copies *deep) {
    const mlp_variable *of = mlp_variable_original(variable_of(self));
    refuse_shallow(c, self, deep);
    if (!tensor_type.attribute(c, self, "is_leaf")->as.boolean)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Only Tensors created explicitly by the user (graph leaves) support "
                              "the deepcopy protocol at the moment"),
                  "only leaves can be copied by deepcopy(): write .detach() to have a tensor "
                  "without history");
    mlp_variable *copy = numbers_copied(c, self, mlp_variable_requires_grad(variable_of(self)));
    copy->is_parameter = of->is_parameter;
    object *new = variable_object(c, copy);
    copy_note(c, deep, self, new);
    if (of->is_parameter)
        return new;
    if (of->grad)
        copy->grad = variable_of(copy_deep(c, variable_object(c, of->grad), deep));
    const scope *own = of->attached;
    for (const binding *b = own ? own->first : NULL; b; b = b->next)
        tensor_type.set_attribute(c, new, b->name, copy_deep(c, b->object, deep));
    return new;
}

static void copy_names(call *c, scope *to, const scope *from, copies *deep) {
    for (const binding *b = from->first; b; b = b->next)
        if (b->object)
            scope_bind(c->script, to, b->name, copy_deep(c, b->object, deep));
}

/* An argument that the module was made of, and that it does not keep, may be a generator. */
static void copy_options(call *c, nn_module *m, const nn_module *of, copies *deep) {
    for (const binding *b = of->options.first; b; b = b->next)
        scope_bind(c->script, &m->options, b->name,
                   module_forgets(b->name) ? b->object : copy_deep(c, b->object, deep));
}

object *module_deep_copied(call *c, object *self, copies *deep) {
    const nn_module *of = module_of(self);
    refuse_shallow(c, self, deep);
    nn_module *m = module_new(c, of->type, of->class);
    object *new = module_object(c, m);
    m->initialised = of->initialised;
    m->training = of->training;
    m->origin.description = of->origin.description;
    copy_note(c, deep, self, new);
    copy_options(c, m, of, deep);
    copy_names(c, &m->buffers, &of->buffers, deep);
    copy_names(c, &m->transient, &of->transient, deep);
    for (const binding *b = of->attributes.first; b; b = b->next)
        if (b->object)
            module_set_part(c, m, b->name, copy_deep(c, b->object, deep));
    module_copy_hooks(c, m, of, deep);
    return new;
}
