#include "autograd.h"

#include "function.h"

#include "python/iterate.h"

#include <string.h>

/* --- arguments --- */

bool retains_graph(const object *retain_graph, const object *create_graph) {
    return retain_graph->kind == OBJECT_BOOL ? retain_graph->as.boolean : create_graph->as.boolean;
}

/* A tensor, or several, as a tuple. */
static object *as_tuple(call *c, object *given) {
    if (!is_tensor(given))
        return iterate_all(c->script, given, OBJECT_TUPLE, c->where);
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
    tuple->as.sequence.items[0] = given;
    return tuple;
}

static mlp_value *value_of(call *c, const object *o, const char *what) {
    if (!is_tensor(o))
        call_fail(c, "%s are tensors, not values of type %s", what, object_type(o));
    return tensor_value(c, o);
}

static mlp_value **values_of(call *c, const object *tuple, const char *what) {
    const size_t count = tuple->as.sequence.count;
    mlp_value **values = script_alloc(c->script, count, sizeof(mlp_value *));
    for (size_t i = 0; i < count; i++)
        values[i] = value_of(c, tuple->as.sequence.items[i], what);
    return values;
}

/* The gradients that a sweep begins with: None, one tensor, or one for each root. */
static mlp_value **seeds_of(call *c, object *given, const char *name, size_t roots) {
    if (given->kind == OBJECT_NONE)
        return NULL;
    const object *tuple = as_tuple(c, given);
    if (tuple->as.sequence.count != roots)
        call_fail(c, "%s needs one for each of the %zu tensors, but has %zu", name, roots,
                  tuple->as.sequence.count);
    mlp_value **values = script_alloc(c->script, roots, sizeof(mlp_value *));
    for (size_t i = 0; i < roots; i++)
        if (tuple->as.sequence.items[i]->kind != OBJECT_NONE)
            values[i] = value_of(c, tuple->as.sequence.items[i], name);
    return values;
}

/* --- torch.autograd.grad, torch.autograd.backward --- */

static void check_inputs(call *c, const object *inputs, const object *outputs) {
    const object *first =
        outputs && outputs->as.sequence.count ? outputs->as.sequence.items[0] : NULL;
    const bool depends = !first || !is_tensor(first) || tensor_value(c, first)->requires_grad;
    if (inputs->as.sequence.count == 0)
        call_fail(c, "there must be at least one input to have the gradient of");
    for (size_t i = 0; i < inputs->as.sequence.count; i++)
        if (is_tensor(inputs->as.sequence.items[i]) &&
            !tensor_value(c, inputs->as.sequence.items[i])->requires_grad)
            call_fail(
                call_raises(
                    c, RUNTIME_ERROR,
                    depends
                        ? "One of the differentiated Tensors does not require grad"
                        : "element 0 of tensors does not require grad and does not have a grad_fn"),
                "one of the inputs does not require grad: give it requires_grad=True "
                "before it is used");
}

static object *gradients_object(call *c, const mlp_differentiation *of, bool allow_unused) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, of->input_count);
    for (size_t i = 0; i < of->input_count; i++) {
        mlp_value *gradient = of->results[i];
        if (!gradient && !allow_unused)
            call_fail(
                call_raises(
                    c, RUNTIME_ERROR,
                    "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior."),
                "one of the inputs was not used to compute the outputs: leave it out, or "
                "write allow_unused=True, which gives None for it");
        tuple->as.sequence.items[i] = gradient ? value_object(c, gradient) : object_none(c->script);
    }
    return tuple;
}

/* Hooks and functions of the script are called on the way, which may leave it. */
static void differentiate(call *c, const mlp_differentiation *of) {
    mode_guard guard;
    guard_modes(c, &guard);
    if (!mlp_trace_differentiate(trace_of(c), of, script_error(c->script)))
        call_give_up(c);
    restore_modes(c, &guard);
}

/* Arguments: outputs, inputs, grad_outputs, retain_graph, create_graph, only_inputs,
 * allow_unused, is_grads_batched. */
static object *grad(call *c) {
    object **given = c->arguments;
    const object *outputs = as_tuple(c, given[0]), *inputs = as_tuple(c, given[1]);
    const size_t count = outputs->as.sequence.count;
    if (given[7]->as.boolean)
        call_fail(c, "is_grads_batched=True is not supported: call grad() for each of them");
    check_inputs(c, inputs, outputs);
    const mlp_differentiation of = {
        .roots = values_of(c, outputs, "the outputs"),
        .gradients = seeds_of(c, given[2], "grad_outputs", count),
        .count = count,
        .inputs = values_of(c, inputs, "the inputs"),
        .results = script_alloc(c->script, inputs->as.sequence.count, sizeof(mlp_value *)),
        .input_count = inputs->as.sequence.count,
        .retain_graph = retains_graph(given[3], given[4]),
        .create_graph = given[4]->as.boolean};
    differentiate(c, &of);
    return gradients_object(c, &of, given[6]->as.boolean);
}

void differentiate_backward(call *c, const mlp_differentiation *of, object *inputs) {
    mlp_differentiation whole = *of;
    if (inputs->kind != OBJECT_NONE) {
        const object *tuple = as_tuple(c, inputs);
        check_inputs(c, tuple, NULL);
        whole.inputs = values_of(c, tuple, "the inputs");
        whole.input_count = tuple->as.sequence.count;
        for (size_t i = 0; i < whole.input_count; i++)
            if (!whole.inputs[i]->leaf)
                call_fail(c, "inputs= of backward() are leaves here: for a computed tensor, write "
                             "torch.autograd.grad");
    }
    differentiate(c, &whole);
}

/* Arguments: tensors, grad_tensors, retain_graph, create_graph, inputs. */
static object *backward(call *c) {
    object **given = c->arguments;
    const object *tensors = as_tuple(c, given[0]);
    const size_t count = tensors->as.sequence.count;
    const mlp_differentiation of = {.roots = values_of(c, tensors, "the tensors"),
                                    .gradients = seeds_of(c, given[1], "grad_tensors", count),
                                    .count = count,
                                    .retain_graph = retains_graph(given[2], given[3]),
                                    .create_graph = given[3]->as.boolean};
    differentiate_backward(c, &of, given[4]);
    return object_none(c->script);
}

/* --- Tensor.register_hook --- */

/* A function of the script, and where it was registered. */
typedef struct {
    script *script;
    mlp_span where;
    object *function;
} hook;

mlp_value *hook_result(call *c, const mlp_value *gradient, const object *tensor) {
    mlp_value *changed = tensor_value(c, tensor);
    if (!mlp_value_fits(gradient, changed, script_error(c->script)))
        call_fail(c, "what a hook returns must have the shape and the type of the gradient");
    return changed;
}

static mlp_value *call_hook(void *registered, mlp_value *gradient) {
    const hook *h = registered;
    call c = {.script = h->script, .where = h->where};
    object *held = value_object(&c, gradient);
    const object *result = call_positional(&c, h->function, &held, 1);
    if (result->kind == OBJECT_NONE)
        result = held; /* which may have been changed in place */
    if (!is_tensor(result))
        call_fail(&c, "a hook returns a Tensor or None, not a value of type %s",
                  object_type(result));
    return hook_result(&c, gradient, result);
}

static object *remove_hook(call *c) {
    bool *removed = c->self->as.data;
    *removed = true;
    return object_none(c->script);
}

static object *handle_attribute(call *c, object *self, const char *name) {
    static const native method = {
        .path = "RemovableHandle.remove", .signature = "", .call = remove_hook};
    if (strcmp(name, "remove") != 0)
        return NULL;
    return native_bound(c->script, &method, self);
}

static object *handle_class(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "torch.utils.hooks.RemovableHandle", NULL);
}

static const struct type handle_type = {.name = "RemovableHandle",
                                        .class = handle_class,
                                        .attribute = handle_attribute};

object *hook_handle(call *c, bool *removed) {
    return object_extension(c->script, &handle_type, removed);
}

static object *refuse_handle(call *c) {
    call_fail(c, "a RemovableHandle is what registering a hook returns");
}

static object *register_hook(call *c) {
    mlp_variable *variable = mlp_variable_original(variable_of(c->self));
    if (!tensor_value(c, c->self)->requires_grad)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "cannot register a hook on a tensor that doesn't require gradient"),
                  "cannot register a hook on a tensor that doesn't require gradient");
    hook *h = script_alloc(c->script, 1, sizeof *h);
    *h = (hook){.script = c->script, .where = c->where, .function = c->arguments[0]};
    mlp_hook *registered = script_alloc(c->script, 1, sizeof *registered);
    *registered = (mlp_hook){.call = call_hook, .context = h};
    if (!mlp_trace_hook(trace_of(c), variable, registered, script_error(c->script)))
        call_give_up(c);
    return hook_handle(c, &registered->removed);
}

/* --- torch.autograd.Variable --- */

/* Arguments: data, requires_grad. The same numbers, without history. */
static object *variable(call *c) {
    mlp_variable *of = tensor_detached(c, variable_of(c->arguments[0]));
    if (c->arguments[1]->as.boolean)
        tensor_require_grad(c, of, true);
    return variable_object(c, of);
}

const native native_autograd[] = {
    {.path = "torch.utils.hooks.RemovableHandle",
     .class_name = "torch.utils.hooks.RemovableHandle",
     .is_type = true,
     .instances = &handle_type,
     .signature = "hooks_dict",
     .call = refuse_handle},
    {.path = "torch.autograd.grad",
     .signature = "outputs, inputs, grad_outputs = None, retain_graph: Optional[bool] = None, "
                  "create_graph: bool = False, only_inputs: bool = True, "
                  "allow_unused: Optional[bool] = False, is_grads_batched: bool = False",
     .call = grad},
    {.path = "torch.autograd.backward",
     .signature = "tensors, grad_tensors = None, retain_graph: Optional[bool] = None, "
                  "create_graph: bool = False, inputs = None",
     .call = backward},
    {.path = "torch.autograd.Variable",
     .class_name = "torch.autograd.variable.Variable",
     .is_type = true,
     .instances = &tensor_type,
     .signature = "data: Tensor, requires_grad: bool = False",
     .call = variable},
    {.path = "torch.autograd.variable.Variable",
     .class_name = "torch.autograd.variable.Variable",
     .is_type = true,
     .instances = &tensor_type,
     .signature = "data: Tensor, requires_grad: bool = False",
     .call = variable},
    {.path = "Tensor.register_hook", .signature = "hook", .call = register_hook},
    {0}};
