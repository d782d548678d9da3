/* torch.no_grad and its like: objects for a with statement, and for an @ above a def. */
#include "torch.h"

typedef struct grad_mode {
    bool enabled, previous;
    bool at_once; /* set_grad_enabled() works where it is called */
} grad_mode;

static bool enter(call *c, const object *self) {
    const grad_mode *mode = self->as.data;
    const bool before = mode->at_once ? mode->previous : !trace_of(c)->no_grad;
    trace_of(c)->no_grad = !mode->enabled;
    return before;
}

static void leave(call *c, const object *self, bool before) {
    (void)self;
    trace_of(c)->no_grad = !before;
}

static object *new_mode(call *c, bool enabled, bool at_once) {
    static const struct type type = {.name = "no_grad", .enter = enter, .leave = leave};
    grad_mode *mode = script_alloc(c->script, 1, sizeof *mode);
    *mode = (grad_mode){.enabled = enabled, .previous = !trace_of(c)->no_grad, .at_once = at_once};
    return object_extension(c->script, &type, mode);
}

static object *no_grad(call *c) {
    return new_mode(c, false, false);
}

static object *enable_grad(call *c) {
    return new_mode(c, true, false);
}

static object *set_grad_enabled(call *c) {
    object *mode = new_mode(c, c->arguments[0]->as.boolean, true);
    trace_of(c)->no_grad = !c->arguments[0]->as.boolean;
    return mode;
}

static object *is_grad_enabled(call *c) {
    return object_bool(c->script, !trace_of(c)->no_grad);
}

const native native_grad_mode[] = {
    {.path = "torch.no_grad", .signature = "", .call = no_grad},
    {.path = "torch.enable_grad", .signature = "", .call = enable_grad},
    {.path = "torch.set_grad_enabled", .signature = "mode: bool", .call = set_grad_enabled},
    {.path = "torch.is_grad_enabled", .signature = "", .call = is_grad_enabled},
    {0}};
