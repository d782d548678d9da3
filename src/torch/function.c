/* torch.autograd.Function: a function of the script with a backward of its own. */
#include "function.h"

#include "tensor.h"

#include "python/iterate.h"

#include <string.h>

/* --- modes --- */

static void undo(script *s, unwinding *u) {
    const mode_guard *guard = (const mode_guard *)u;
    (void)s;
    guard->trace->no_grad = guard->no_grad;
    guard->trace->sweeping = guard->sweeping;
    guard->trace->inside = guard->inside;
    guard->trace->quiet = guard->quiet;
}

void guard_modes(call *c, mode_guard *guard) {
    mlp_trace *trace = trace_of(c);
    *guard = (mode_guard){.unwinding.undo = undo,
                          .trace = trace,
                          .no_grad = trace->no_grad,
                          .sweeping = trace->sweeping,
                          .inside = trace->inside,
                          .quiet = trace->quiet};
    unwinding_push(c->script, &guard->unwinding);
}

void restore_modes(call *c, mode_guard *guard) {
    unwinding_pop(c->script);
    undo(c->script, &guard->unwinding);
}

/* --- ctx --- */

enum {
    INPUTS = MLP_MAX_INPUTS - 1 /* tensors that a function takes, at most */
};

/* One call of a function. */
typedef struct {
    script *script;
    mlp_span where; /* of apply() */
    user_class *class;
    object *self;          /* ctx */
    const object *given;   /* the arguments of apply(), a tuple */
    object *saved;         /* a tuple, or NULL */
    const mlp_value **was; /* what the saved tensors held */
    object *needs;         /* needs_input_grad, a tuple */
    object *attributes;    /* a dict of what the script has set */
    mlp_function_of_script function;
} applied;

static applied *applied_of(const object *ctx) {
    return ctx->as.data;
}

/* Arguments: tensors, or None. */
static object *save_for_backward(call *c) {
    applied *x = applied_of(c->self);
    object *saved = c->arguments[0];
    x->was = script_alloc(c->script, saved->as.sequence.count, sizeof *x->was);
    for (size_t i = 0; i < saved->as.sequence.count; i++) {
        const object *o = saved->as.sequence.items[i];
        if (!is_tensor(o) && o->kind != OBJECT_NONE)
            call_fail(c,
                      "save_for_backward() takes tensors, not a value of type %s: write "
                      "ctx.name = ... for it",
                      object_type(o));
        x->was[i] = is_tensor(o) ? tensor_value(c, o) : NULL;
    }
    x->saved = saved;
    x->function.saves = saved->as.sequence.count > 0;
    return object_none(c->script);
}

_Noreturn static void refuse_modified(call *c, const mlp_value *was) {
    const bool is_result = was->producer && was->producer->function;
    mlp_error(mlp_raises_modified(script_error(c->script), was, is_result),
              "a tensor that was saved for backward was changed in place since: make a new tensor "
              "instead of the change");
    call_give_up(c);
}

static object *saved_tensors(call *c, const applied *x) {
    if (!x->saved)
        return object_sequence(c->script, OBJECT_TUPLE, 0);
    for (size_t i = 0; i < x->saved->as.sequence.count; i++)
        if (x->was[i] && tensor_value(c, x->saved->as.sequence.items[i]) != x->was[i] &&
            x->was[i]->memory.replaced)
            refuse_modified(c, x->was[i]);
    return x->saved;
}

static object *bound(call *c, object *self, const native *row) {
    object *method = script_alloc(c->script, 1, sizeof *method);
    *method = (object){.kind = OBJECT_NATIVE, .as.native = row, .self = self};
    return method;
}

static object *attribute(call *c, object *self, const char *name) {
    static const native save = {
        .path = "ctx.save_for_backward", .signature = "*tensors", .call = save_for_backward};
    static const native materialize = {.path = "ctx.set_materialize_grads",
                                       .signature = "value: bool"};
    const applied *x = applied_of(self);
    if (strcmp(name, "save_for_backward") == 0)
        return bound(c, self, &save);
    if (strcmp(name, "set_materialize_grads") == 0)
        return bound(c, self, &materialize); /* of one result there is always a gradient */
    if (strcmp(name, "saved_tensors") == 0)
        return saved_tensors(c, x);
    if (strcmp(name, "needs_input_grad") == 0)
        return x->needs;
    return dict_find(x->attributes, name);
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    dict_set(c->script, applied_of(self)->attributes, name, o, c->where);
}

static const struct type context_type = {.name = "ctx",
                                         .attribute = attribute,
                                         .set_attribute = set_attribute};

/* --- its two functions --- */

static object *member(call *c, const applied *x, const char *name) {
    object *o = class_member(x->class, name);
    if (!o)
        call_fail(c,
                  "the class %s has no %s: an autograd.Function needs @staticmethod forward(ctx, "
                  "...) and backward(ctx, ...)",
                  x->class->name, name);
    if (o->kind != OBJECT_STATIC_METHOD)
        call_fail(c, "%s of the class %s needs @staticmethod above its def", name, x->class->name);
    return bind_method(c->script, o, NULL);
}

/* The arguments of forward. */
static object *compute(call *c, const applied *x) {
    const size_t count = x->given->as.sequence.count;
    object **passed = script_alloc(c->script, count + 1, sizeof(object *));
    mode_guard guard;
    passed[0] = x->self;
    for (size_t i = 0; i < count; i++)
        passed[i + 1] = x->given->as.sequence.items[i];
    guard_modes(c, &guard);
    trace_of(c)->no_grad = trace_of(c)->inside = true;
    object *result = call_positional(c, member(c, x, "forward"), passed, count + 1);
    restore_modes(c, &guard);
    if (!is_tensor(result))
        call_fail(c,
                  "forward of an autograd.Function returns one Tensor here, not a value of type "
                  "%s",
                  object_type(result));
    return result;
}

/* What backward returned, for each argument of forward: more may only be None. */
static const object *gradients_of(call *c, const applied *x, object *returned) {
    const size_t count = x->given->as.sequence.count;
    object *tuple = returned;
    if (returned->kind != OBJECT_TUPLE) {
        tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
        tuple->as.sequence.items[0] = returned;
    }
    bool fits = tuple->as.sequence.count >= count;
    for (size_t i = count; i < tuple->as.sequence.count; i++)
        fits = fits && tuple->as.sequence.items[i]->kind == OBJECT_NONE;
    if (!fits)
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "function %s returned an incorrect number of gradients (expected %zu, "
                        "got %zu)",
                        x->function.grad_fn, count, tuple->as.sequence.count),
            "backward of %s returns a gradient for each argument of its forward, None where "
            "there is none: %zu, not %zu",
            x->class->name, count, tuple->as.sequence.count);
    return tuple;
}

static bool call_backward(void *data, mlp_value *gradient, mlp_value *din[MLP_MAX_INPUTS]) {
    const applied *x = data;
    call c = {.script = x->script, .where = x->where};
    mlp_variable *variable = mlp_trace_variable(trace_of(&c), gradient, gradient->requires_grad);
    if (!variable)
        script_out_of_memory(c.script);
    object *passed[] = {x->self, variable_object(&c, variable)};
    const object *tuple =
        gradients_of(&c, x, call_positional(&c, member(&c, x, "backward"), passed, 2));
    for (size_t i = 0, at = 0; i < x->given->as.sequence.count; i++) {
        const object *o = tuple->as.sequence.items[i];
        const bool is_input = is_tensor(x->given->as.sequence.items[i]);
        if (o->kind != OBJECT_NONE && (!is_input || !is_tensor(o)))
            call_fail(&c,
                      "backward of %s returns a Tensor or None for a tensor, and None for what "
                      "is none: argument %zu has a value of type %s",
                      x->class->name, i + 1, object_type(o));
        if (is_input)
            din[at++] = is_tensor(o) ? tensor_value(&c, o) : NULL;
    }
    return true;
}

/* --- apply --- */

static applied *new_context(call *c, object *class) {
    applied *x = script_alloc(c->script, 1, sizeof *x);
    const object *given = c->arguments[0];
    *x = (applied){.script = c->script,
                   .where = c->where,
                   .class = class->as.class,
                   .given = given,
                   .attributes = object_dict(c->script),
                   .needs = object_sequence(c->script, OBJECT_TUPLE, given->as.sequence.count)};
    x->self = object_extension(c->script, &context_type, x);
    /* What is no Function in PyTorch has a node of its own there. */
    const char *end = x->class->is_written ? "Backward0" : "Backward";
    x->function =
        (mlp_function_of_script){.grad_fn = script_printf(c->script, "%s%s", x->class->name, end),
                                 .backward = call_backward,
                                 .context = x};
    for (size_t i = 0; i < given->as.sequence.count; i++) {
        const object *o = given->as.sequence.items[i];
        const bool needs = is_tensor(o) && tensor_value(c, o)->requires_grad;
        x->needs->as.sequence.items[i] = object_bool(c->script, needs);
    }
    return x;
}

/* The result has a history from now on: the tensor itself, unless it is an input, or shares the
 * numbers of another one. */
static object *with_history(call *c, const applied *x, object *result, mlp_value *out) {
    mlp_variable *variable = variable_of(result);
    bool is_own = !variable->view_of && !variable->storage;
    for (size_t i = 0; i < x->given->as.sequence.count; i++) {
        const object *o = x->given->as.sequence.items[i];
        is_own = is_own && !(is_tensor(o) && variable_of(o) == variable);
    }
    if (!is_own) {
        variable = mlp_trace_variable(trace_of(c), out, out->requires_grad);
        return variable ? variable_object(c, variable) : NULL;
    }
    for (size_t i = 0; x->saved && i < x->saved->as.sequence.count; i++)
        if (x->was[i] == variable->value)
            x->was[i] = out;
    variable->value = out;
    variable->requires_grad = out->requires_grad;
    return result;
}

/* Arguments: those of forward behind ctx. */
static object *apply(call *c) {
    applied *x = new_context(c, c->self);
    mlp_value *in[MLP_MAX_INPUTS] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < x->given->as.sequence.count; i++) {
        if (!is_tensor(x->given->as.sequence.items[i]))
            continue;
        if (count == INPUTS)
            call_fail(c, "an autograd.Function takes at most %d tensors here", INPUTS);
        in[count++] = tensor_value(c, x->given->as.sequence.items[i]);
    }
    object *result = compute(c, x);
    in[INPUTS] = tensor_value(c, result);
    if (!mlp_dtype_is_floating(in[INPUTS]->tensor.dtype))
        return result;
    mlp_value *out = mlp_trace_function(trace_of(c), &x->function, in, script_error(c->script));
    if (!out)
        call_give_up(c);
    object *o = with_history(c, x, result, out);
    if (!o)
        script_out_of_memory(c->script);
    return o;
}

_Noreturn static object *make(call *c, user_class *class) {
    call_fail(c, "an autograd.Function is not made, but applied: write %s.apply(...)", class->name);
}

_Noreturn static object *refuse(call *c) {
    call_fail(c, "derive a class from torch.autograd.Function, and write its .apply(...)");
}

static const struct type function_type = {.name = "Function", .make = make};

const native native_function[] = {
    {.path = "torch.autograd.Function",
     .signature = "",
     .call = refuse,
     .class_name = "torch.autograd.function.Function",
     .is_type = true,
     .instances = &function_type,
     .root = &function_type},
    {.path = "Function.apply", .signature = "*args", .call = apply, .is_class_method = true},
    {0}};
