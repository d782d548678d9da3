/* What modules and functions compute: one operation with its options, or a forward. */
#include "module.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

/* --- an operation as a module, a function or a method --- */

static mlp_options options_of(call *c, const char *const *names, object *const *given,
                              size_t count) {
    mlp_options options = {0};
    for (size_t i = 0; i < count; i++)
        option_require(c, &options, names[i], given[i]);
    return options;
}

static bool is_former(const mlp_operation *operation, const char *name) {
    for (size_t i = 0; i < 2 && operation->former_options[i].name; i++)
        if (strcmp(operation->former_options[i].name, name) == 0)
            return true;
    return false;
}

static mlp_options module_options(call *c, const nn_module *m) {
    const char *names[MAX_ARGUMENTS];
    object *given[MAX_ARGUMENTS];
    const size_t all = signature_names(c->script, m->type->options, names);
    size_t count = 0;
    for (size_t i = 0; i < all; i++)
        if (!is_former(m->type->operation, names[i])) {
            names[count] = names[i];
            given[count++] = module_option(m, names[i]);
        }
    return options_of(c, names, given, count);
}

/* What is given under a former name takes the place of what is given under the present one. */
static void take_former(call *c, nn_module *m) {
    const mlp_operation *operation = m->type->operation;
    for (size_t i = 0; i < 2 && operation->former_options[i].name; i++) {
        const char *name = operation->former_options[i].name,
                   *now = operation->former_options[i].now;
        object *given = scope_find(&m->options, name);
        if (!given || given->kind == OBJECT_NONE)
            continue;
        if (release_has(c, MLP_DEPRECATES_BY_FUTURE_WARNING))
            call_warn_otherwise(c);
        call_warn_as_python(c, "keyword argument %s is deprecated and rename to %s", name, now);
        scope_bind(c->script, &m->options, now, given);
        scope_bind(c->script, &m->options, name, object_none(c->script));
    }
}

/* Refuses, where the module is made, options that its operation cannot have. */
void check_options(call *c, nn_module *m) {
    take_former(c, m);
    module_options(c, m);
}

/* inplace=True: the input holds the result from now on, and is what the call returns. */
static mlp_variable *computed(call *c, const mlp_request *request, const object *input) {
    return request->options.inplace ? tensor_changed(c, *request, variable_of(input))
                                    : tensor_computed(c, request);
}

/* A loss compares input and target under one shape. */
void loss_broadcast(call *c, mlp_request *request) {
    const mlp_value *x = request->in[0], *target = request->in[1];
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    if (mlp_tensor_same_shape(&x->tensor, &target->tensor))
        return;
    call_warn_as_python(
        c,
        "Using a target size (torch.Size(%s)) that is different to the input size "
        "(torch.Size(%s)). This will likely lead to incorrect results due to broadcasting. "
        "Please ensure they have the same size.",
        mlp_shape_text(shape, &target->tensor), mlp_shape_text(wanted, &x->tensor));
    tensor_broadcast_pair(c, &request->in[0], &request->in[1]);
}

mlp_variable *apply_operation(call *c, nn_module *m, object **inputs) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, m->type->inputs, names);
    mlp_request request = {
        .operation = m->type->operation, .origin = &m->origin, .options = module_options(c, m)};
    for (size_t i = 0; i < count; i++)
        request.in[i] = tensor_value(c, inputs[i]);
    if (request.operation->broadcasts)
        loss_broadcast(c, &request);
    return computed(c, &request, inputs[0]);
}

/* The input is the object of a method, and the first argument of a function. */
static object *input_of(call *c) {
    return c->self ? c->self : c->arguments[0];
}

/* The options stand before what the function has beside them. */
static mlp_request request_of(call *c) {
    const char *names[MAX_ARGUMENTS];
    const spelled_operation *of = c->native->data;
    const mlp_operation *operation = of->operation;
    const size_t inputs = c->self ? 0 : 1;
    size_t count = signature_names(c->script, c->native->signature, names) - inputs;
    for (size_t i = 0; i < count && operation->casts; i++)
        if (strcmp(names[inputs + i], "dtype") == 0 ||
            strcmp(names[inputs + i], "_stacklevel") == 0)
            count = i;
    return (mlp_request){.operation = operation,
                         .origin = of->origin.name ? &of->origin : NULL,
                         .options = options_of(c, names + inputs, c->arguments + inputs, count)};
}

/* In the type that dtype= names. */
static object *cast(call *c, object *x) {
    const object *dtype = call_argument(c, "dtype");
    return dtype->kind == OBJECT_NONE ? x : tensor_cast(c, x, dtype_argument(c, dtype));
}

/* The functions that PyTorch would rather have called by another name. */
static bool is_deprecated(const char *path) {
    return strcmp(path, "torch.nn.functional.tanh") == 0 ||
           strcmp(path, "torch.nn.functional.sigmoid") == 0;
}

object *call_operation(call *c) {
    mlp_request request = request_of(c);
    if (is_deprecated(c->native->path))
        call_warn_otherwise(c);
    object *x = input_of(c);
    if (request.operation->promotes && !mlp_dtype_is_floating(tensor_value(c, x)->tensor.dtype))
        x = tensor_cast(c, x, torch_of(c)->dtype);
    if (request.operation->casts)
        x = cast(c, x);
    request.in[0] = tensor_value(c, x);
    return variable_object(c, computed(c, &request, x));
}

object *call_operation_in_place(call *c) {
    mlp_request request = request_of(c);
    mlp_variable *x = variable_of(input_of(c));
    request.options.inplace = true;
    return variable_object(c, tensor_changed(c, request, x));
}

/* --- calling a module --- */

/* That of the script's class; NULL: m->type's. */
static object *own_forward(call *c, nn_module *m) {
    object *forward = class_member(m->class, "forward");
    if (!m->initialised)
        call_fail(c, "%s cannot be called yet: call super().__init__() in its __init__",
                  m->class->name);
    if (!forward && !m->type)
        call_fail(call_raises(c, NOT_IMPLEMENTED_ERROR,
                              "Module [%s] is missing the required \"forward\" function",
                              m->class->name),
                  "the class %s has no forward", m->class->name);
    return forward ? bind_method(c->script, forward, module_object(c, m)) : NULL;
}

static object *call_forward(call *c, nn_module *m, const char *name, const arguments *given) {
    const object *forward = own_forward(c, m);
    if (forward)
        return call_function(c, forward, forward->self, given);
    object *inputs[MAX_ARGUMENTS];
    if (!m->forward)
        m->forward = native_find(c->script, script_join(c->script, m->type->name, ".forward"));
    signature_bind(c, name, m->forward, m->type->inputs, given, inputs);
    return module_pass(c, m, inputs);
}

/* `name` is what to call the module where the arguments do not fit. */
static object *call_module(call *c, nn_module *m, const char *name, const arguments *given) {
    return module_has_hooks(m) ? module_call_hooked(c, m, name, given, call_forward)
                               : call_forward(c, m, name, given);
}

object *module_call(call *c, object *self, const arguments *given) {
    nn_module *m = module_of(self);
    const char *path = m->type && m->name ? module_path(c, m) : "";
    return call_module(c, m, m->type && !*path ? m->type->name : path, given);
}

object *module_apply(call *c, nn_module *m, object *input) {
    argument given = {.object = input, .where = c->where, .given = c->where};
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    object *result = call_module(c, m, m->type ? m->type->name : "", &(arguments){&given, 1});
    script_leave(c->script);
    return result;
}
