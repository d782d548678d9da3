/* What is called around a module's forward, and with its gradients: register_forward_pre_hook(),
 * register_forward_hook(), register_full_backward_hook(), register_backward_hook(). */
#include "module_hooks.h"

#include "autograd.h"
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

/* Those that have not been removed, in a tuple. */
static object *functions_of(call *c, const module_hook *hooks) {
    size_t count = 0;
    for (const module_hook *h = hooks; h; h = h->next)
        count += !h->removed;
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, count);
    count = 0;
    for (const module_hook *h = hooks; h; h = h->next)
        if (!h->removed)
            tuple->as.sequence.items[count++] = h->function;
    return tuple;
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

/* Also one that was removed counts. */
static void refuse_both(call *c, module_hook_kind other) {
    if (module_of(c->self)->hooks[other])
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Cannot use both regular backward hooks and full backward hooks on a "
                              "single Module. Please use only one of them."),
                  "a module has backward hooks of one kind: register all of them by "
                  "register_full_backward_hook()");
}

static object *register_backward_hook(call *c) {
    refuse_both(c, MODULE_FULL_BACKWARD_HOOK);
    return register_as(c, MODULE_BACKWARD_HOOK);
}

static object *register_full_backward_hook(call *c) {
    refuse_both(c, MODULE_BACKWARD_HOOK);
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

object *module_call_hooked(call *c, nn_module *m, const char *name, const arguments *given,
                           module_forward *forward) {
    object *functions = functions_of(c, m->hooks[MODULE_FULL_BACKWARD_HOOK]);
    watched *w = functions->as.sequence.count > 0 ? watch_call(c, m, functions) : NULL;
    object *input = call_pre_hooks(c, m, positional_of(c, given));
    if (w)
        input = watch_input(c, w, input);
    const arguments changed = with_positional(c, given, input);
    object *output = call_forward_hooks(c, m, input, forward(c, m, name, &changed));
    if (w)
        output = watch_output(c, w, output);
    watch_last_node(c, m, functions_of(c, m->hooks[MODULE_BACKWARD_HOOK]), output);
    return output;
}

const native native_module_hooks[] = {
    {.path = "Module.register_forward_pre_hook",
     .signature = "hook",
     .call = register_forward_pre_hook},
    {.path = "Module.register_forward_hook", .signature = "hook", .call = register_forward_hook},
    {.path = "Module.register_backward_hook", .signature = "hook", .call = register_backward_hook},
    {.path = "Module.register_full_backward_hook",
     .signature = "hook",
     .call = register_full_backward_hook},
    {0}};
