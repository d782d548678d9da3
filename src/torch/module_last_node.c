/* register_backward_hook(), the old hooks of a module: in PyTorch they belong to the node that made
 * its result, the last one of those that forward makes, and see what this one hands on. */
#include "grad_fn.h"
#include "module_hooks.h"
#include "tensor.h"

/* The hooks of one call, and what they are called with. */
typedef struct {
    script *script;
    mlp_span where;
    nn_module *module;
    const object *functions;
    node_gradients of;
} last_node;

/* The result, or the first of several. */
static const object *first_tensor(call *c, const object *output) {
    while (!is_tensor(output)) {
        const bool is_sequence = output->kind == OBJECT_TUPLE || output->kind == OBJECT_LIST;
        if (!is_sequence || output->as.sequence.count == 0)
            call_fail(c,
                      "register_backward_hook() of a module that returns a value of type %s is "
                      "outside the subset: register_hook() of a tensor shows its gradient",
                      object_type(output));
        output = output->as.sequence.items[0];
    }
    return output;
}

/* A gradient as the script sees it; None where there is none. */
static object *shown(call *c, mlp_value *gradient, bool turned) {
    if (!gradient)
        return object_none(c->script);
    object *o = value_object(c, gradient);
    const mlp_options turn = {.dim0 = 0, .dim1 = 1};
    return turned ? tensor_hidden_view(c, o, &mlp_transpose, &turn) : o;
}

static object *shown_all(call *c, const last_node *n, mlp_value *const din[MLP_MAX_INPUTS]) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, n->of.count);
    for (size_t i = 0; i < n->of.count; i++) {
        const int input = n->of.items[i].input;
        tuple->as.sequence.items[i] =
            shown(c, input < 0 ? NULL : din[input], n->of.items[i].turned);
    }
    return tuple;
}

static bool fits(call *c, const object *was, const object *is) {
    if (is->kind == OBJECT_NONE || was->kind == OBJECT_NONE)
        return is->kind == OBJECT_NONE;
    return is_tensor(is) &&
           mlp_value_fits(tensor_value(c, was), tensor_value(c, is), script_error(c->script));
}

/* What a hook returned: a gradient, or None, for each that it was given. */
static object *checked(call *c, object *returned, const object *input) {
    const size_t count = input->as.sequence.count;
    if (returned->kind != OBJECT_TUPLE)
        call_fail(call_raises(c, TYPE_ERROR, "expected tuple, but hook returned '%s'",
                              object_type(returned)),
                  "this backward hook returns None or a tuple, not a value of type %s",
                  object_type(returned));
    if (returned->as.sequence.count != count)
        call_fail(c,
                  "this backward hook returns a gradient for each that it is given: %zu, not %zu",
                  count, returned->as.sequence.count);
    for (size_t i = 0; i < count; i++)
        if (!fits(c, input->as.sequence.items[i], returned->as.sequence.items[i]))
            call_fail(c, "a backward hook returns gradients of the shapes and types that it is "
                         "given, and None where it is given None");
    return returned;
}

static void hand_on(call *c, const last_node *n, const object *tuple,
                    mlp_value *din[MLP_MAX_INPUTS]) {
    for (size_t i = 0; i < n->of.count; i++) {
        const object *o = tuple->as.sequence.items[i];
        mlp_value *gradient = is_tensor(o) ? tensor_value(c, o) : NULL;
        if (gradient && n->of.items[i].turned)
            gradient = tensor_value(c, shown(c, gradient, true));
        if (n->of.items[i].input >= 0)
            din[n->of.items[i].input] = gradient;
    }
}

static void call_functions(void *context, mlp_value *gradient, mlp_value *din[MLP_MAX_INPUTS]) {
    const last_node *n = context;
    call c = {.script = n->script, .where = n->where};
    object *output = object_sequence(c.script, OBJECT_TUPLE, 1), *input = shown_all(&c, n, din);
    bool changed = false;
    output->as.sequence.items[0] = shown(&c, gradient, false);
    for (size_t i = 0; i < n->functions->as.sequence.count; i++) {
        object *given[] = {module_object(&c, n->module), input, output};
        object *returned = call_positional(&c, n->functions->as.sequence.items[i], given, 3);
        if (returned->kind == OBJECT_NONE)
            continue;
        input = checked(&c, returned, input);
        changed = true;
    }
    if (changed)
        hand_on(&c, n, input, din);
}

void watch_last_node(call *c, nn_module *m, const object *functions, const object *output) {
    if (functions->as.sequence.count == 0)
        return;
    mlp_value *value = tensor_value(c, first_tensor(c, output));
    while (!value->leaf && value->producer->operation->hands_on)
        value = value->producer->in[0];
    if (!value->requires_grad || value->leaf)
        return;
    last_node *n = script_alloc(c->script, 1, sizeof *n);
    *n = (last_node){.script = c->script, .where = c->where, .module = m, .functions = functions};
    if (!find_node_gradients(c, value, &n->of))
        call_fail(c, "what the last node of this module hands on in PyTorch is not known here: "
                     "write register_full_backward_hook");
    mlp_node_hook *hook = script_alloc(c->script, 1, sizeof *hook);
    *hook = (mlp_node_hook){.call = call_functions, .context = n};
    mlp_trace_hook_inputs(value->producer, hook);
}
