/* Modules that hold modules and parameters: Sequential, nn.Parameter. */
#include "module.h"
#include "tensor.h"

/* Modules one by one, or one OrderedDict of them. */
static value *sequential_init(script *s, const value *callee, value **arguments) {
    module *m = callee->self->as.module;
    const value *children = arguments[0];
    const char *const *names = NULL;
    if (children->as.sequence.count == 1 && children->as.sequence.items[0]->kind == VALUE_DICT) {
        children = children->as.sequence.items[0];
        names = children->as.sequence.keys;
    }
    for (size_t i = 0; i < children->as.sequence.count; i++) {
        value *child = children->as.sequence.items[i];
        if (child->kind != VALUE_MODULE)
            script_fail(s, s->here, "Sequential() takes modules, not a value of type %s",
                        value_type(child));
        module_set_attribute(s, m, names ? names[i] : script_printf(s, "%zu", i), child, s->here);
    }
    return callee->self;
}

/* A result inside has no name in the script; it takes that of the call it stands for. */
static void name_result(script *s, const module *child, const mlp_value *input, value *result) {
    const char *path = module_path(s, child);
    if (result->kind == VALUE_TENSOR)
        mlp_value_name(result->as.tensor->value,
                       script_printf(s, "%s(%s)", path, input->name ? input->name : "input"),
                       MLP_NAMED_BY_CALL);
}

static mlp_variable *sequential_apply(script *s, module *m, value **inputs) {
    value *v = inputs[0];
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (b->value->kind != VALUE_MODULE)
            continue;
        const mlp_value *input = v->as.tensor->value;
        v = module_apply(s, b->value->as.module, (value *[MAX_ARGUMENTS]){v}, 1);
        if (v->kind != VALUE_TENSOR)
            script_fail(s, s->here,
                        "module %s of the Sequential returned a value of type %s, not a Tensor",
                        b->name, value_type(v));
        name_result(s, b->value->as.module, input, v);
    }
    return v->as.tensor;
}

static value *nn_Parameter(script *s, const value *callee, value **arguments) {
    (void)callee;
    mlp_variable *p = tensor_detached(s, arguments[0]->as.tensor);
    p->detached_of = NULL; /* a change of it shows in the tensor, but is not one of the tensor's */
    p->is_parameter = true;
    tensor_require_grad(s, p, arguments[1]->as.boolean);
    return value_tensor(s, p);
}

const native native_containers[] = {{.path = "torch.nn.Parameter",
                                     .signature = "data: Tensor, requires_grad: bool = True",
                                     .call = nn_Parameter},
                                    {.path = "torch.nn.Sequential",
                                     .signature = "*args",
                                     .call = sequential_init,
                                     .apply = sequential_apply,
                                     .inputs = "input: Tensor"},
                                    {0}};
