/* What is called around a module's forward, and with its gradients: register_forward_pre_hook(),
 * register_forward_hook(), register_full_backward_hook(). */
#include "autograd.h"
#include "module.h"
#include "tensor.h"

struct module_hook {
    object *function;
    bool removed;
    module_hook *next;
};

bool module_has_hooks(const nn_module *m) {
    for (size_t kind = 0; kind < MODULE_HOOK_KINDS; kind++)
        for (const module_hook *h = m->hooks[kind]; h; h = h->next)
            if (!h->removed)
                return true;
    return false;
}

static bool has_backward_hooks(const nn_module *m) {
    for (const module_hook *h = m->hooks[MODULE_FULL_BACKWARD_HOOK]; h; h = h->next)
        if (!h->removed)
            return true;
    return false;
}

void module_copy_hooks(call *c, nn_module *to, const nn_module *from, copies *deep) {
    for (size_t kind = 0; kind < MODULE_HOOK_KINDS; kind++) {
        module_hook **at = &to->hooks[kind];
        for (const module_hook *h = from->hooks[kind]; h; h = h->next) {
            if (h->removed)
                continue;
            *at = script_alloc(c->script, 1, sizeof **at);
            (*at)->function = copy_deep(c, h->function, deep);
            at = &(*at)->next;
        }
    }
}

static object *register_as(call *c, module_hook_kind kind) {
    module_hook *h = script_alloc(c->script, 1, sizeof *h), **at;
    *h = (module_hook){.function = c->arguments[0]};
    for (at = &module_of(c->self)->hooks[kind]; *at; at = &(*at)->next)
        ;
    *at = h;
    return hook_handle(c, &h->removed);
}

static object *register_forward_pre_hook(call *c) {
    return register_as(c, MODULE_FORWARD_PRE_HOOK);
}

static object *register_forward_hook(call *c) {
    return register_as(c, MODULE_FORWARD_HOOK);
}

static object *register_full_backward_hook(call *c) {
    return register_as(c, MODULE_FULL_BACKWARD_HOOK);
}

static object *tuple_of_one(call *c, object *o) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
    tuple->as.sequence.items[0] = o;
    return tuple;
}

/* --- forward --- */

static object *positional_of(call *c, const arguments *given) {
    size_t count = 0;
    while (count < given->count && !given->items[count].keyword)
        count++;
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++)
        tuple->as.sequence.items[i] = given->items[i].object;
    return tuple;
}

/* The call's arguments with others in the place of the positional ones. */
static arguments with_positional(call *c, const arguments *given, const object *positional) {
    size_t named = 0;
    for (size_t i = 0; i < given->count; i++)
        named += given->items[i].keyword != NULL;
    const size_t count = positional->as.sequence.count;
    argument *items = script_alloc(c->script, count + named, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (argument){
            .object = positional->as.sequence.items[i], .where = c->where, .given = c->where};
    for (size_t i = 0; i < named; i++)
        items[count + i] = given->items[given->count - named + i];
    return (arguments){items, count + named};
}

static object *call_pre_hooks(call *c, nn_module *m, object *input) {
    for (const module_hook *h = m->hooks[MODULE_FORWARD_PRE_HOOK]; h; h = h->next) {
        if (h->removed)
            continue;
        object *result =
            call_positional(c, h->function, (object *[]){module_object(c, m), input}, 2);
        if (result->kind != OBJECT_NONE)
            input = result->kind == OBJECT_TUPLE ? result : tuple_of_one(c, result);
    }
    return input;
}

static object *call_forward_hooks(call *c, nn_module *m, object *input, object *output) {
    for (const module_hook *h = m->hooks[MODULE_FORWARD_HOOK]; h; h = h->next) {
        if (h->removed)
            continue;
        object *result =
            call_positional(c, h->function, (object *[]){module_object(c, m), input, output}, 3);
        if (result->kind != OBJECT_NONE)
            output = result;
    }
    return output;
}

/* --- backward --- */

/* One call of a module whose gradients are shown to its hooks. */
typedef struct {
    script *script;
    mlp_span where;
    nn_module *module;
    object *output_gradient; /* NULL until backward comes to the output */
    bool has_input;          /* an input has a gradient, with which the hooks are called */
} watched;

static object *gradient_object(call *c, mlp_value *gradient) {
    mlp_variable *variable = mlp_trace_variable(trace_of(c), gradient, gradient->requires_grad);
    if (!variable)
        script_out_of_memory(c->script);
    return tuple_of_one(c, variable_object(c, variable));
}

/* A gradient, or a tuple of one. */
static object *returned(call *c, object *result) {
    if (result->kind == OBJECT_TUPLE && result->as.sequence.count == 1)
        result = result->as.sequence.items[0];
    if (!is_tensor(result))
        call_fail(c,
                  "a backward hook returns None, or the gradient of the input as a Tensor or a "
                  "tuple of one, not a value of type %s",
                  object_type(result));
    return tuple_of_one(c, result);
}

static object *call_backward_hooks(call *c, const watched *w, object *input_gradient) {
    for (const module_hook *h = w->module->hooks[MODULE_FULL_BACKWARD_HOOK]; h; h = h->next) {
        if (h->removed)
            continue;
        object *given[] = {module_object(c, w->module), input_gradient, w->output_gradient};
        object *result = call_positional(c, h->function, given, 3);
        if (result->kind == OBJECT_NONE)
            continue;
        if (!w->has_input)
            call_fail(c, "a backward hook cannot return a gradient where the input has none");
        input_gradient = returned(c, result);
    }
    return input_gradient;
}

/* Without an input that has a gradient the hooks are called here, with None in its place. */
static mlp_value *at_output(void *context, mlp_value *gradient) {
    watched *w = context;
    call c = {.script = w->script, .where = w->where};
    w->output_gradient = gradient_object(&c, gradient);
    if (!w->has_input)
        call_backward_hooks(&c, w, tuple_of_one(&c, object_none(c.script)));
    return gradient;
}

static mlp_value *at_input(void *context, mlp_value *gradient) {
    watched *w = context;
    call c = {.script = w->script, .where = w->where};
    if (!w->output_gradient)
        return gradient;
    const object *tuple = call_backward_hooks(&c, w, gradient_object(&c, gradient));
    mlp_value *changed = tensor_value(&c, tuple->as.sequence.items[0]);
    if (!mlp_value_fits(gradient, changed, script_error(c.script)))
        call_fail(&c, "what a hook returns must have the shape and the type of the gradient");
    return changed;
}

/* The tensor once more, as a node of its own that PyTorch puts there for its hook. */
static object *watch(call *c, watched *w, const object *tensor,
                     mlp_value *(*hook)(void *context, mlp_value *gradient)) {
    object *same = tensor_hidden_view(c, tensor, &mlp_as_alias, &(mlp_options){0});
    mlp_value *value = tensor_value(c, same);
    mlp_hook *registered = script_alloc(c->script, 1, sizeof *registered);
    *registered = (mlp_hook){.call = hook, .context = w};
    value->producer->grad_fn = "BackwardHookFunctionBackward";
    mlp_trace_hook_node(value->producer, registered);
    return same;
}

static object *watch_input(call *c, watched *w, object *input) {
    size_t tensors = 0, at = 0;
    for (size_t i = 0; i < input->as.sequence.count; i++)
        if (is_tensor(input->as.sequence.items[i])) {
            tensors++;
            at = i;
        }
    if (tensors > 1)
        call_fail(c, "a backward hook of a module that is called with several tensors is outside "
                     "the subset: register_hook() of a tensor shows its gradient");
    if (tensors == 0 || trace_of(c)->no_grad ||
        !tensor_value(c, input->as.sequence.items[at])->requires_grad)
        return input;
    object *watched_input = object_sequence(c->script, OBJECT_TUPLE, input->as.sequence.count);
    for (size_t i = 0; i < input->as.sequence.count; i++)
        watched_input->as.sequence.items[i] = input->as.sequence.items[i];
    watched_input->as.sequence.items[at] = watch(c, w, input->as.sequence.items[at], at_input);
    w->has_input = true;
    return watched_input;
}

static object *watch_output(call *c, watched *w, object *output) {
    if (!is_tensor(output))
        call_fail(c,
                  "a backward hook of a module that returns a value of type %s is outside the "
                  "subset: register_hook() of a tensor shows its gradient",
                  object_type(output));
    return tensor_value(c, output)->requires_grad ? watch(c, w, output, at_output) : output;
}

object *module_call_hooked(call *c, nn_module *m, const char *name, const arguments *given,
                           module_forward *forward) {
    watched *w = script_alloc(c->script, 1, sizeof *w);
    *w = (watched){.script = c->script, .where = c->where, .module = m};
    object *input = call_pre_hooks(c, m, positional_of(c, given));
    const bool is_watched = has_backward_hooks(m);
    if (is_watched)
        input = watch_input(c, w, input);
    const arguments changed = with_positional(c, given, input);
    object *output = call_forward_hooks(c, m, input, forward(c, m, name, &changed));
    return is_watched ? watch_output(c, w, output) : output;
}

const native native_module_hooks[] = {
    {.path = "Module.register_forward_pre_hook",
     .signature = "hook",
     .call = register_forward_pre_hook},
    {.path = "Module.register_forward_hook", .signature = "hook", .call = register_forward_hook},
    {.path = "Module.register_full_backward_hook",
     .signature = "hook",
     .call = register_full_backward_hook},
    {0}};
