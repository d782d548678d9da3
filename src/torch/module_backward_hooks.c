/* What the hooks of a module are called with in backward. PyTorch puts a node before the module and
 * one behind it, through which all tensors go: the one behind notes the gradients of the results,
 * and the one before calls the hooks with these and with those of the arguments. */
#include "module_hooks.h"

#include "autograd.h"
#include "tensor.h"

enum {
    TOGETHER = MLP_MAX_INPUTS - 1 /* tensors that one node takes */
};

/* Where among the arguments, or the results, the tensors stand. */
typedef struct {
    size_t count, tensors;
    size_t *at;
} places;

struct watched {
    script *script;
    mlp_span where;
    nn_module *module;
    const object *functions;
    places in, out;
    object *output_gradients; /* NULL until backward comes to a result */
    bool has_input;           /* an argument has a gradient, with which the hooks are called */
};

watched *watch_call(call *c, nn_module *m, object *functions) {
    watched *w = script_alloc(c->script, 1, sizeof *w);
    *w = (watched){.script = c->script, .where = c->where, .module = m, .functions = functions};
    return w;
}

static places find_tensors(call *c, const object *tuple) {
    places p = {.count = tuple->as.sequence.count};
    p.at = script_alloc(c->script, p.count, sizeof *p.at);
    for (size_t i = 0; i < p.count; i++)
        if (is_tensor(tuple->as.sequence.items[i]))
            p.at[p.tensors++] = i;
    return p;
}

static bool requires_grad(call *c, const places *p, const object *tuple) {
    bool some = false;
    for (size_t i = 0; i < p->tensors; i++)
        some = some || tensor_value(c, tuple->as.sequence.items[p->at[i]])->requires_grad;
    return some && !trace_of(c)->no_grad;
}

static object *tuple_of_one(call *c, object *o) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
    tuple->as.sequence.items[0] = o;
    return tuple;
}

/* The gradients of the tensors, None for all else; for the tensors, too, where there are none. */
static object *packed(call *c, const places *p, const object *gradients) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, p->count);
    for (size_t i = 0; i < p->count; i++)
        tuple->as.sequence.items[i] = object_none(c->script);
    for (size_t i = 0; gradients && i < p->tensors; i++)
        tuple->as.sequence.items[p->at[i]] = gradients->as.sequence.items[i];
    return tuple;
}

static object *unpacked(call *c, const places *p, const object *tuple) {
    object *gradients = object_sequence(c->script, OBJECT_TUPLE, p->tensors);
    for (size_t i = 0; i < p->tensors; i++)
        gradients->as.sequence.items[i] = tuple->as.sequence.items[p->at[i]];
    return gradients;
}

/* --- the hooks --- */

static void check_returned(call *c, const watched *w, const object *returned) {
    if (returned->kind != OBJECT_TUPLE && returned->kind != OBJECT_LIST)
        call_fail(c,
                  "a backward hook returns None, or a tuple with the gradient of each argument, "
                  "not a value of type %s",
                  object_type(returned));
    if (returned->as.sequence.count != w->in.count)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Backward hook returned an invalid number of grad_input, got %zu, "
                              "but expected %zu",
                              returned->as.sequence.count, w->in.count),
                  "a backward hook returns a gradient for each argument, None for what is no "
                  "tensor: %zu, not %zu",
                  w->in.count, returned->as.sequence.count);
}

static bool is_all_none(const object *returned) {
    if (returned->kind != OBJECT_TUPLE)
        return returned->kind == OBJECT_NONE;
    for (size_t i = 0; i < returned->as.sequence.count; i++)
        if (returned->as.sequence.items[i]->kind != OBJECT_NONE)
            return false;
    return true;
}

/* The gradients of the arguments, as the hooks leave them. */
static object *call_functions(call *c, watched *w, object *input) {
    for (size_t i = 0; i < w->functions->as.sequence.count; i++) {
        object *given[] = {module_object(c, w->module), input, w->output_gradients};
        object *returned = call_positional(c, w->functions->as.sequence.items[i], given, 3);
        if (!w->has_input && !is_all_none(returned))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "Backward hook for Modules where no input requires gradient "
                                  "should always return None or None for all gradients."),
                      "a backward hook cannot return a gradient where no input has one");
        if (!w->has_input || returned->kind == OBJECT_NONE)
            continue;
        check_returned(c, w, returned);
        input = returned;
    }
    w->output_gradients = NULL;
    return input;
}

/* Without an argument that has a gradient the hooks are called here, with None in their places. */
static void come_to_output(call *c, watched *w, const object *gradients) {
    w->output_gradients = packed(c, &w->out, gradients);
    if (!w->has_input)
        call_functions(c, w, packed(c, &w->in, NULL));
}

/* A gradient may come by another way than through the results, as that of a gradient does. */
static object *come_to_input(call *c, watched *w, object *gradients) {
    if (!w->output_gradients)
        return gradients;
    return unpacked(c, &w->in, call_functions(c, w, packed(c, &w->in, gradients)));
}

/* --- the node of one tensor --- */

static mlp_value *at_output(void *context, mlp_value *gradient) {
    watched *w = context;
    call c = {.script = w->script, .where = w->where};
    come_to_output(&c, w, tuple_of_one(&c, value_object(&c, gradient)));
    return gradient;
}

static mlp_value *at_input(void *context, mlp_value *gradient) {
    watched *w = context;
    call c = {.script = w->script, .where = w->where};
    if (!w->output_gradients)
        return gradient;
    const object *tuple = come_to_input(&c, w, tuple_of_one(&c, value_object(&c, gradient)));
    const object *returned = tuple->as.sequence.items[0];
    if (!is_tensor(returned))
        call_fail(&c,
                  "a backward hook returns the gradient of a tensor, not a value of type %s: "
                  "torch.zeros_like(grad_input[0]) stops it",
                  object_type(returned));
    return hook_result(&c, gradient, returned);
}

static object *watch_one(call *c, watched *w, const object *tensor,
                         mlp_value *(*hook)(void *context, mlp_value *gradient)) {
    object *same = tensor_hidden_view(c, tensor, &mlp_as_alias, &(mlp_options){0});
    mlp_value *value = tensor_value(c, same);
    mlp_hook *registered = script_alloc(c->script, 1, sizeof *registered);
    *registered = (mlp_hook){.call = hook, .context = w};
    value->producer->grad_fn = "BackwardHookFunctionBackward";
    mlp_trace_hook_node(value->producer, registered);
    return same;
}

/* --- the node of several --- */

/* Arguments: the gradients of the results, in a tuple. */
static object *at_outputs(call *c) {
    come_to_output(c, c->self->as.data, c->arguments[0]);
    return c->arguments[0];
}

static object *at_inputs(call *c) {
    return come_to_input(c, c->self->as.data, c->arguments[0]);
}

static object *watch_several(call *c, watched *w, const object *tensors, const native *hook,
                             bool takes_none) {
    static const struct type type = {.name = "BackwardHook"};
    const size_t count = tensors->as.sequence.count;
    if (count > TOGETHER)
        call_fail(c,
                  "a backward hook of a module that takes or returns more than %d tensors is "
                  "outside the subset: register_hook() of a tensor shows its gradient",
                  TOGETHER);
    object *given[2 + TOGETHER] = {
        native_bound(c->script, hook, object_extension(c->script, &type, w)),
        object_bool(c->script, takes_none)};
    for (size_t i = 0; i < count; i++)
        given[2 + i] = tensors->as.sequence.items[i];
    return call_positional(c, native_member(c->script, "torch", "_behind_a_node", NULL), given,
                           2 + count);
}

/* --- the two nodes --- */

static object *in_places(call *c, const places *p, const object *tuple, const object *tensors) {
    object *result = object_sequence(c->script, OBJECT_TUPLE, p->count);
    for (size_t i = 0; i < p->count; i++)
        result->as.sequence.items[i] = tuple->as.sequence.items[i];
    for (size_t i = 0; i < p->tensors; i++)
        result->as.sequence.items[p->at[i]] = tensors->as.sequence.items[i];
    return result;
}

object *watch_input(call *c, watched *w, object *input) {
    static const native hook = {.path = "_at_inputs", .signature = "gradients", .call = at_inputs};
    w->in = find_tensors(c, input);
    if (!requires_grad(c, &w->in, input))
        return input;
    w->has_input = true;
    const object *tensors = unpacked(c, &w->in, input);
    tensors = w->in.tensors == 1
                  ? tuple_of_one(c, watch_one(c, w, tensors->as.sequence.items[0], at_input))
                  : watch_several(c, w, tensors, &hook, false);
    return in_places(c, &w->in, input, tensors);
}

object *watch_output(call *c, watched *w, object *output) {
    static const native hook = {
        .path = "_at_outputs", .signature = "gradients", .call = at_outputs};
    const bool is_tuple = output->kind == OBJECT_TUPLE;
    const object *tuple = is_tuple ? output : tuple_of_one(c, output);
    w->out = find_tensors(c, tuple);
    if (!is_tuple && w->out.tensors == 0)
        call_warn(c,
                  "the backward hooks of a module that returns neither a Tensor nor a tuple of "
                  "them, but a value of type %s, are not called",
                  object_type(output));
    if (!requires_grad(c, &w->out, tuple))
        return output;
    const object *tensors = unpacked(c, &w->out, tuple);
    tensors = w->out.tensors == 1
                  ? tuple_of_one(c, watch_one(c, w, tensors->as.sequence.items[0], at_output))
                  : watch_several(c, w, tensors, &hook, true);
    return is_tuple ? in_places(c, &w->out, tuple, tensors) : tensors->as.sequence.items[0];
}
