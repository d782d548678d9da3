/* torch.autograd.Function: a function of the script with a backward of its own. */
#include "function.h"

#include "derivatives.h"
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

typedef struct applied applied;

/* One of its results. */
typedef struct {
    applied *of;
    const mlp_value *value; /* NULL: it is no tensor */
    mlp_value *gradient;    /* that came to it in the present sweep */
    mlp_function_of_script function;
} result;

/* One call of a function. */
struct applied {
    script *script;
    mlp_span where; /* of apply() */
    user_class *class;
    object *self;        /* ctx */
    const object *given; /* the arguments of apply(), a tuple */
    object *saved;       /* a tuple, or NULL; so are the next two */
    object *dirty, *non_differentiable;
    bool takes_none;       /* set_materialize_grads(False) */
    const mlp_value **was; /* what the saved tensors held */
    object *needs;         /* needs_input_grad, a tuple */
    object *attributes;    /* a dict of what the script has set */
    const char *grad_fn;
    result *results;
    size_t count;
};

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
    return object_none(c->script);
}

/* Arguments: tensors. */
static object *mark_dirty(call *c) {
    applied_of(c->self)->dirty = c->arguments[0];
    return object_none(c->script);
}

static object *mark_non_differentiable(call *c) {
    applied_of(c->self)->non_differentiable = c->arguments[0];
    return object_none(c->script);
}

static object *set_materialize_grads(call *c) {
    applied_of(c->self)->takes_none = !c->arguments[0]->as.boolean;
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

static object *attribute(call *c, object *self, const char *name) {
    static const native methods[] = {
        {.path = "ctx.save_for_backward", .signature = "*tensors", .call = save_for_backward},
        {.path = "ctx.mark_dirty", .signature = "*tensors", .call = mark_dirty},
        {.path = "ctx.mark_non_differentiable",
         .signature = "*tensors",
         .call = mark_non_differentiable},
        {.path = "ctx.set_materialize_grads",
         .signature = "value: bool",
         .call = set_materialize_grads}};
    const applied *x = applied_of(self);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(name, methods[i].path + strlen("ctx.")) == 0)
            return native_bound(c->script, &methods[i], self);
    if (strcmp(name, "saved_variables") == 0) { /* an old name */
        call_warn(c, "'saved_variables' is deprecated; use 'saved_tensors'");
        return saved_tensors(c, x);
    }
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
    object *returned = call_positional(c, member(c, x, "forward"), passed, count + 1);
    restore_modes(c, &guard);
    return returned;
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
                        x->grad_fn, count, tuple->as.sequence.count),
            "backward of %s returns a gradient for each argument of its forward, None where "
            "there is none: %zu, not %zu",
            x->class->name, count, tuple->as.sequence.count);
    return tuple;
}

/* The gradient of a result, as backward receives it. */
static object *gradient_object(call *c, result *r) {
    mlp_value *gradient = r->gradient;
    r->gradient = NULL;
    if (!gradient && (!r->value || r->of->takes_none))
        return object_none(c->script);
    if (!gradient)
        gradient = derivative_given(c, r->value, SIZE_MAX, 0);
    return value_object(c, gradient);
}

static bool call_backward(void *data, mlp_value *gradient, mlp_value *din[MLP_MAX_INPUTS]) {
    result *r = data;
    applied *x = r->of;
    call c = {.script = x->script, .where = x->where};
    object **passed = script_alloc(c.script, x->count + 1, sizeof(object *));
    r->gradient = gradient;
    if (r->function.first)
        return true;
    passed[0] = x->self;
    for (size_t i = 0; i < x->count; i++)
        passed[i + 1] = gradient_object(&c, &x->results[i]);
    const object *tuple =
        gradients_of(&c, x, call_positional(&c, member(&c, x, "backward"), passed, x->count + 1));
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
    const object *node = x->class->is_written ? class_member(x->class, "node") : NULL;
    x->grad_fn = node ? node->as.string
                      : script_printf(c->script, "%s%s", x->class->name,
                                      x->class->is_written ? "Backward0" : "Backward");
    for (size_t i = 0; i < given->as.sequence.count; i++) {
        const object *o = given->as.sequence.items[i];
        const bool needs = is_tensor(o) && tensor_value(c, o)->requires_grad;
        x->needs->as.sequence.items[i] = object_bool(c->script, needs);
    }
    return x;
}

static bool is_among(const object *tuple, const object *o) {
    for (size_t i = 0; tuple && i < tuple->as.sequence.count; i++) {
        const object *item = tuple->as.sequence.items[i];
        if (is_tensor(item) && is_tensor(o) && variable_of(item) == variable_of(o))
            return true;
    }
    return false;
}

/* What was saved, and is this value, is that one. */
static void save_instead(const applied *x, const mlp_value *value, const mlp_value *by) {
    for (size_t i = 0; x->saved && i < x->saved->as.sequence.count; i++)
        if (x->was[i] == value)
            x->was[i] = by;
}

/* An input that forward has changed in place: it has the function's history from now on. */
static object *changed(call *c, const applied *x, object *o, mlp_value *out) {
    mlp_variable *variable = variable_of(o);
    if (variable->view_of)
        call_fail(c, "ctx.mark_dirty() of a view is not supported: write .clone() before the "
                     "function");
    if (variable->value->leaf && variable->value->requires_grad)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "a leaf Variable that requires grad has been used in an in-place "
                              "operation."),
                  "a leaf that requires grad cannot be changed in place: write .clone() before "
                  "the function");
    save_instead(x, variable->value, out);
    if (!mlp_trace_assign(trace_of(c), variable, out, false, script_error(c->script)))
        call_give_up(c);
    return o;
}

/* The result has a history from now on: the tensor itself, unless it is an input, or shares the
 * numbers of another one. */
static object *with_history(call *c, const applied *x, object *o, mlp_value *out) {
    mlp_variable *variable = variable_of(o);
    if (is_among(x->dirty, o))
        return changed(c, x, o, out);
    if (variable->view_of || variable->storage || is_among(x->given, o))
        return value_object(c, out);
    save_instead(x, variable->value, out);
    variable->value = out;
    variable->requires_grad = out->requires_grad;
    return o;
}

/* The tensors among the arguments. */
static void inputs_of(call *c, const applied *x, mlp_value *in[MLP_MAX_INPUTS]) {
    size_t count = 0;
    for (size_t i = 0; i < x->given->as.sequence.count; i++) {
        if (!is_tensor(x->given->as.sequence.items[i]))
            continue;
        if (count == INPUTS)
            call_fail(c, "an autograd.Function takes at most %d tensors here", INPUTS);
        in[count++] = tensor_value(c, x->given->as.sequence.items[i]);
    }
}

static void check_dirty(call *c, const applied *x, const object *results) {
    for (size_t i = 0; x->dirty && i < x->dirty->as.sequence.count; i++)
        if (!is_among(results, x->dirty->as.sequence.items[i]))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "Some elements marked as dirty during the forward method were "
                                  "not returned as output. The inputs that are modified inplace "
                                  "must all be outputs of the Function."),
                      "forward returns every tensor that ctx.mark_dirty() names");
}

/* What forward computed last for the tensor; of one that it changed in place, the numbers that it
 * wrote. */
static mlp_value *computed_for(call *c, const object *o) {
    mlp_value *value = tensor_value(c, o);
    while (value->inside && value->producer && value->producer->operation == &mlp_overwrite)
        value = value->producer->in[1];
    return value;
}

/* Makes a step of each result that has a gradient. The first of them is of the inputs, and the
 * others are of that one. */
static void record(call *c, applied *x, object *results, mlp_value *in[MLP_MAX_INPUTS]) {
    mlp_value *first = NULL;
    for (size_t i = 0; i < x->count; i++) {
        object **o = &results->as.sequence.items[i];
        result *r = &x->results[i];
        *r = (result){.of = x, .value = is_tensor(*o) ? tensor_value(c, *o) : NULL};
        if (!r->value || is_among(x->non_differentiable, *o) ||
            !mlp_dtype_is_floating(r->value->tensor.dtype))
            continue;
        r->function =
            (mlp_function_of_script){.grad_fn = x->grad_fn,
                                     .saves = !first && x->saved && x->saved->as.sequence.count > 0,
                                     .takes_none = x->takes_none,
                                     .number = i,
                                     .first = first,
                                     .backward = call_backward,
                                     .context = r};
        mlp_value *of[MLP_MAX_INPUTS] = {first};
        if (!first)
            memcpy(of, in, sizeof of);
        of[INPUTS] = computed_for(c, *o);
        mlp_value *out = mlp_trace_function(trace_of(c), &r->function, of, script_error(c->script));
        if (!out)
            call_give_up(c);
        first = first ? first : out;
        *o = with_history(c, x, *o, out);
    }
}

/* Arguments: those of forward behind ctx. */
static object *apply(call *c) {
    applied *x = new_context(c, c->self);
    mlp_value *in[MLP_MAX_INPUTS] = {NULL};
    inputs_of(c, x, in);
    object *returned = compute(c, x), *results = object_sequence(c->script, OBJECT_TUPLE, 1);
    results->as.sequence.items[0] = returned;
    if (returned->kind == OBJECT_TUPLE)
        results = iterate_all(c->script, returned, OBJECT_TUPLE, c->where);
    x->count = results->as.sequence.count;
    x->results = script_alloc(c->script, x->count, sizeof *x->results);
    check_dirty(c, x, results);
    record(c, x, results, in);
    return returned->kind == OBJECT_TUPLE ? results : results->as.sequence.items[0];
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
