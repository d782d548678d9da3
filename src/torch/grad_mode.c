/* torch.no_grad and its like: objects for a with statement, and for an @ above a def. */
#include "torch.h"

typedef struct grad_mode {
    bool enabled, previous;
    bool at_once;      /* set_grad_enabled() works where it is called */
    bool inference;    /* inference_mode() */
    bool no_inference; /* inference_mode(False) */
} grad_mode;

static bool enter(call *c, const object *self) {
    const grad_mode *mode = self->as.data;
    const bool before = mode->at_once ? mode->previous : !trace_of(c)->no_grad;
    if (mode->no_inference && trace_of(c)->inference)
        call_fail(c, "inference_mode(False) within inference_mode() is not supported: write "
                     "torch.no_grad() outside, and torch.enable_grad() inside");
    trace_of(c)->no_grad = !mode->enabled;
    trace_of(c)->inference += mode->inference ? 1 : 0;
    return before;
}

static void leave(call *c, const object *self, bool before) {
    const grad_mode *mode = self->as.data;
    trace_of(c)->inference -= mode->inference ? 1 : 0;
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

/* mode=False is as enable_grad(). */
static object *inference_mode(call *c) {
    const bool is_on = c->arguments[0]->as.boolean;
    object *o = new_mode(c, !is_on, false);
    ((grad_mode *)o->as.data)->inference = is_on;
    ((grad_mode *)o->as.data)->no_inference = !is_on;
    return o;
}

static object *set_grad_enabled(call *c) {
    object *mode = new_mode(c, c->arguments[0]->as.boolean, true);
    trace_of(c)->no_grad = !c->arguments[0]->as.boolean;
    return mode;
}

static object *is_grad_enabled(call *c) {
    return object_bool(c->script, !trace_of(c)->no_grad);
}

static object *is_inference_mode_enabled(call *c) {
    return object_bool(c->script, trace_of(c)->inference > 0);
}

/* Where it looks for a nan changes no number. */
static object *detect_anomaly(call *c) {
    call_warn_otherwise(c);
    return new_mode(c, !trace_of(c)->no_grad, false);
}

const native native_grad_mode[] = {
    {.path = "torch.no_grad", .signature = "", .call = no_grad},
    {.path = "torch.enable_grad", .signature = "", .call = enable_grad},
    {.path = "torch.set_grad_enabled", .signature = "mode: bool", .call = set_grad_enabled},
    {.path = "torch.is_grad_enabled", .signature = "", .call = is_grad_enabled},
    {.path = "torch.is_inference_mode_enabled", .signature = "", .call = is_inference_mode_enabled},
    {.path = "torch.inference_mode", .signature = "mode: bool = True", .call = inference_mode},
    {.path = "torch.autograd.inference_mode",
     .signature = "mode: bool = True",
     .call = inference_mode},
    {.path = "torch.autograd.no_grad", .signature = "", .call = no_grad},
    {.path = "torch.autograd.enable_grad", .signature = "", .call = enable_grad},
    {.path = "torch.autograd.set_grad_enabled",
     .signature = "mode: bool",
     .call = set_grad_enabled},
    {.path = "torch.autograd.set_detect_anomaly",
     .signature = "mode: bool, check_nan: bool = True",
     .call = detect_anomaly},
    {.path = "torch.autograd.detect_anomaly",
     .signature = "check_nan: bool = True",
     .call = detect_anomaly},
    {0}};
