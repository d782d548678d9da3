/* Reverse-mode differentiation of a trace, in the order PyTorch's autograd visits it: the
 * latest forward step first, each once the gradient of its result is complete. */
#include "sweep.h"

#include <stdlib.h>
#include <string.h>

/* --- which steps --- */

/* Room for the values of the steps that were found. A sweep that begins within another has its own. */
static bool take_places(sweep *s) {
    mlp_trace *trace = s->trace;
    const size_t values = s->count * (MLP_MAX_INPUTS + 1) + s->of->count;
    for (s->capacity = 16; s->capacity < 2 * values;)
        s->capacity *= 2;
    s->places = trace->gathering_capacity < s->capacity ? NULL : trace->gathering;
    trace->gathering = NULL;
    if (s->places)
        memset(s->places, 0, s->capacity * sizeof *s->places);
    else
        s->places = mlp_arena_alloc(trace->arena, s->capacity, sizeof *s->places);
    return s->places || trace_out_of_memory(trace, s->error);
}

static void give_places_back(const sweep *s) {
    s->trace->gathering = s->places;
    s->trace->gathering_capacity = s->capacity;
}

static struct mlp_gathering *place_of(const sweep *s, const mlp_value *value) {
    size_t i = value->number & (s->capacity - 1);
    while (s->places[i].value && s->places[i].value != value)
        i = (i + 1) & (s->capacity - 1);
    s->places[i].value = value;
    return &s->places[i];
}

/* A tensor that a step handed on is that step's input itself. */
static const mlp_value *handed_on(const mlp_value *value) {
    while (!value->leaf && value->producer->operation->hands_on)
        value = value->producer->in[0];
    return value;
}

/* Whether the value is one of those that gradients are asked for. The numbers of a leaf may have
 * been changed since: the leaf is the same. */
static bool is_asked_for(const mlp_value *value, const mlp_value *input) {
    input = handed_on(input);
    return value == input || (value->leaf && value->variable && value->variable == input->variable);
}

static bool is_input(const sweep *s, const mlp_value *value) {
    for (size_t i = 0; i < s->of->input_count; i++)
        if (is_asked_for(value, s->of->inputs[i]))
            return true;
    return false;
}

/* Where a gradient of in[i] goes to. What a sweep handed on as the gradient of another value is no
 * tensor of its own: what is added up to is the sum of all that came to the first. */
static mlp_value *source_of(mlp_value *in) {
    while (in && !in->leaf && in->producer->phase == MLP_BACKWARD &&
           in->producer->operation->hands_on)
        in = in->producer->in[0];
    return in;
}

static bool wants_gradient(const sweep *s, const mlp_step *step, size_t i) {
    if (!trace_passes_on(step, i) || !s->of->inputs)
        return trace_passes_on(step, i);
    const mlp_value *in = source_of(step->in[i]);
    return (!in->leaf && in->producer->needed == s->number) || is_input(s, in);
}

static bool reach(sweep *s, mlp_step *step) {
    if (step->reached == s->number)
        return true;
    if (s->count == s->room) {
        const size_t room = s->room ? 2 * s->room : 16;
        mlp_step **more = mlp_arena_alloc(s->trace->arena, room, sizeof *more);
        if (!more)
            return trace_out_of_memory(s->trace, s->error);
        if (s->count)
            memcpy(more, s->steps, s->count * sizeof *more);
        s->steps = more;
        s->room = room;
    }
    step->reached = s->number;
    s->steps[s->count++] = step;
    return true;
}

/* Results are numbered as the steps were done. */
static int latest_first(const void *a, const void *b) {
    const size_t x = (*(mlp_step *const *)a)->out[0]->number;
    const size_t y = (*(mlp_step *const *)b)->out[0]->number;
    return x > y ? -1 : x < y;
}

/* Which steps are gone through, from the earliest on, and how many gradients each leaf receives. */
static void find_needed(sweep *s) {
    for (size_t k = s->count; k-- > 0;) {
        mlp_step *step = s->steps[k];
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            if (!wants_gradient(s, step, i))
                continue;
            step->needed = s->number;
            if (source_of(step->in[i])->leaf)
                place_of(s, source_of(step->in[i]))->awaited++;
        }
    }
}

/* Finds the steps that the roots depend on through values that require a gradient. */
static bool find_steps(sweep *s) {
    for (size_t k = 0; k < s->of->count; k++)
        if (!source_of(s->of->roots[k])->leaf && !reach(s, source_of(s->of->roots[k])->producer))
            return false;
    for (size_t k = 0; k < s->count; k++) {
        const mlp_step *step = s->steps[k];
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
            if (trace_passes_on(step, i) && !source_of(step->in[i])->leaf &&
                !reach(s, source_of(step->in[i])->producer))
                return false;
    }
    if (s->steps)
        qsort(s->steps, s->count, sizeof *s->steps, latest_first);
    if (!take_places(s))
        return false;
    find_needed(s);
    return true;
}

/* --- what becomes of a gradient --- */

static bool show_gradient(const sweep *s, mlp_value *gradient, const mlp_value *of) {
    gradient->label.part_of = of;
    gradient->label.suffix = ".grad";
    if (of->label.hidden)
        return true;
    gradient->label.hidden = false;
    return mlp_trace_show(s->trace, MLP_BACKWARD, gradient) ||
           trace_out_of_memory(s->trace, s->error);
}

static bool record_leaf(sweep *s, const mlp_value *leaf, const mlp_value *gradient) {
    mlp_leaf_gradient *record = mlp_arena_alloc(s->trace->arena, 1, sizeof *record);
    if (!record)
        return trace_out_of_memory(s->trace, s->error);
    *record = (mlp_leaf_gradient){.leaf = leaf, .gradient = gradient};
    mlp_sweep *of = s->record;
    if (of->last)
        of->last->next = record;
    else
        of->first = record;
    of->last = record;
    return true;
}

/* The gradient is one of the results. It bears the name that the script gives it, if it does. */
static void hand_out(const sweep *s, const mlp_value *value, mlp_value *gradient) {
    for (size_t i = 0; s->of->results && i < s->of->input_count; i++) {
        if (!is_asked_for(value, s->of->inputs[i]))
            continue;
        s->of->results[i] = gradient;
        sweep_complete(gradient);
        gradient->label.of_script = true;
    }
}

static bool hooks_first(const sweep *s) {
    return mlp_release_has(&s->trace->release, MLP_HOOKS_FIRST);
}

/* Calls the hooks in their order, those from before retain_grad() or those from after it. */
static bool call_hooks(sweep *s, const mlp_hook *hooks, bool after_retaining,
                       mlp_value **gradient) {
    const bool no_grad = s->trace->no_grad, sweeping = s->trace->sweeping;
    s->trace->no_grad = !s->create_graph;
    s->trace->sweeping = true;
    for (const mlp_hook *hook = hooks; hook && *gradient; hook = hook->next)
        if (!hook->removed && hook->retains_first == after_retaining)
            *gradient = hook->call(hook->context, *gradient);
    s->trace->no_grad = no_grad;
    s->trace->sweeping = sweeping;
    return *gradient != NULL;
}

static bool finish_asked(sweep *s, mlp_value *leaf, mlp_value *gradient) {
    if (hooks_first(s) && !call_hooks(s, leaf->variable->hooks, false, &gradient))
        return false;
    hand_out(s, leaf, gradient);
    return record_leaf(s, leaf, gradient) && show_gradient(s, gradient, leaf);
}

/* A leaf's gradient is complete. Nobody wants it where the leaf was frozen since. */
static bool finish_leaf(sweep *s, mlp_value *leaf) {
    mlp_value *gradient = place_of(s, leaf)->pending;
    place_of(s, leaf)->pending = NULL;
    if (!leaf->variable || !leaf->variable->requires_grad)
        return true;
    if (s->of->results)
        return finish_asked(s, leaf, gradient);
    return call_hooks(s, leaf->variable->hooks, false, &gradient) &&
           record_leaf(s, leaf, gradient) && sweep_store(s, leaf->variable, &gradient) &&
           show_gradient(s, gradient, leaf);
}

/* One of the gradients of the value is none. */
static bool deliver_none(sweep *s, mlp_value *value) {
    return !value->leaf || --place_of(s, value)->awaited > 0 || !place_of(s, value)->pending ||
           finish_leaf(s, value);
}

static bool deliver(sweep *s, mlp_value *value, mlp_value *gradient) {
    struct mlp_gathering *place = place_of(s, value);
    place->pending = place->pending ? sweep_add(s, place->pending, gradient) : gradient;
    if (!place->pending)
        return false;
    if (!value->leaf || --place->awaited > 0)
        return true;
    return finish_leaf(s, value);
}

/* --- one step --- */

/* There are calls that PyTorch computes, but does not differentiate. */
static bool check_differentiable(const mlp_step *step, mlp_diagnostic *error) {
    if (!step->operation->check_backward)
        return true;
    const mlp_call call = trace_call_of(step);
    return step->operation->check_backward(&call, error);
}

static bool deliver_to(sweep *s, mlp_value *in, mlp_value *gradient) {
    return gradient ? deliver(s, in, gradient) : deliver_none(s, in);
}

/* Whether some input is told of its gradient, so that it shows which one comes first. */
static bool is_heard(const mlp_step *forward, unsigned wanted) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if ((wanted >> i & 1) && source_of(forward->in[i])->variable &&
            source_of(forward->in[i])->variable->hooks)
            return true;
    return false;
}

/* As PyTorch visits them: linear() is addmm(bias, x, weight.t()). */
static bool deliver_in_order(sweep *s, const mlp_step *forward, unsigned wanted,
                             mlp_value *const din[MLP_MAX_INPUTS]) {
    const size_t first = forward->operation == &mlp_linear ? 2 : 0;
    for (size_t k = 0; k < MLP_MAX_INPUTS; k++) {
        const size_t i = (k + first) % MLP_MAX_INPUTS;
        if ((wanted >> i & 1) && !deliver_to(s, source_of(forward->in[i]), din[i]))
            return false;
    }
    return true;
}

/* Parameters receive theirs first, so that a layer reads weight, bias, then what came in. */
static bool deliver_all(sweep *s, const mlp_step *forward, unsigned wanted,
                        mlp_value *const din[MLP_MAX_INPUTS]) {
    if (is_heard(forward, wanted))
        return deliver_in_order(s, forward, wanted, din);
    for (int parameters = 1; parameters >= 0; parameters--)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            mlp_value *in = source_of(forward->in[i]);
            if (!(wanted >> i & 1))
                continue;
            const bool is_parameter = in->variable && in->variable->is_parameter;
            if (is_parameter == (parameters == 1) && !deliver_to(s, in, din[i]))
                return false;
        }
    return true;
}

static mlp_value *filled_like(sweep *s, const mlp_value *of, double number) {
    mlp_tensor filled;
    const mlp_tensor *t = &of->tensor;
    if (!mlp_tensor_new(&filled, s->trace->arena, t->dtype, t->ndim, t->shape, s->error))
        return NULL;
    for (size_t i = 0; i < filled.numel; i++)
        mlp_tensor_set(&filled, i, number);
    mlp_value *value = mlp_trace_given(s->trace, filled);
    if (!value)
        trace_out_of_memory(s->trace, s->error);
    return value;
}

/* No gradient came: none goes on, and who waits for one learns of it. */
static bool pass_none_on(sweep *s, const mlp_step *forward) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (wants_gradient(s, forward, i) && !deliver_none(s, source_of(forward->in[i])))
            return false;
    return true;
}

static void call_node_hooks(const sweep *s, const mlp_step *forward, mlp_value *gradient,
                            mlp_value *din[MLP_MAX_INPUTS]) {
    const bool no_grad = s->trace->no_grad, sweeping = s->trace->sweeping;
    s->trace->no_grad = !s->create_graph;
    s->trace->sweeping = true;
    for (const mlp_node_hook *hook = forward->node_hooks; hook; hook = hook->next)
        hook->call(hook->context, gradient, din);
    s->trace->no_grad = no_grad;
    s->trace->sweeping = sweeping;
}

static bool go_through(sweep *s, mlp_step *forward, mlp_value *gradient) {
    mlp_value *din[MLP_MAX_INPUTS] = {NULL};
    unsigned wanted = 0;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        wanted |= wants_gradient(s, forward, i) ? 1u << i : 0;
    if (!sweep_check_saved(forward, wanted, s->error) || !check_differentiable(forward, s->error) ||
        !sweep_differentiate(s, forward, gradient, wanted, din))
        return false;
    forward->freed = !s->of->retain_graph;
    if (gradient)
        call_node_hooks(s, forward, gradient, din);
    return deliver_all(s, forward, wanted, din);
}

/* The gradient of a computed value is complete: what register_hook() and retain_grad() do with it.
 * Later releases retain what the last hook left. */
static bool prepare(sweep *s, const mlp_value *out, mlp_value **gradient) {
    const bool retains_last = hooks_first(s);
    mlp_variable *retainer = out->retainer;
    if (!call_hooks(s, out->hooks, false, gradient))
        return false;
    if (retainer && !retains_last && !sweep_retain(s, retainer, *gradient))
        return false;
    if (!call_hooks(s, out->hooks, true, gradient))
        return false;
    return !retainer || !retains_last || sweep_retain(s, retainer, *gradient);
}

/* A function of the script computes with zeros where there is no gradient. */
static bool visit_without(sweep *s, mlp_step *forward) {
    const mlp_value *out = forward->out[0];
    if (s->of->inputs && forward->needed != s->number)
        return true; /* there is none on the way to what is asked for */
    if (out->hooks || forward->hooks)
        return mlp_error(s->error,
                         "the gradient of a tensor with a hook is None here, which its hook cannot "
                         "be called with: return torch.zeros_like() from the backward behind it");
    if (!forward->function)
        return pass_none_on(s, forward);
    if (forward->function->takes_none)
        return go_through(s, forward, NULL);
    mlp_value *zeros = filled_like(s, out, 0);
    return zeros && go_through(s, forward, zeros);
}

static bool visit(sweep *s, mlp_step *forward) {
    mlp_value *out = forward->out[0], *gradient = place_of(s, out)->pending;
    place_of(s, out)->pending = NULL;
    const bool is_needed = !s->of->inputs || forward->needed == s->number;
    if (!gradient)
        return visit_without(s, forward);
    mlp_value *arrived = gradient;
    if ((is_needed || hooks_first(s)) && !prepare(s, out, &gradient))
        return false;
    /* what goes on from here is taken as it arrived, in every release */
    hand_out(s, out, hooks_first(s) && !is_needed ? gradient : arrived);
    if (!show_gradient(s, gradient, out))
        return false;
    return !is_needed ||
           (call_hooks(s, forward->hooks, false, &gradient) && go_through(s, forward, gradient));
}

static void append_hook(mlp_hook **last, mlp_hook *hook) {
    while (*last)
        last = &(*last)->next;
    *last = hook;
}

bool mlp_trace_hook(mlp_trace *trace, mlp_variable *variable, mlp_hook *hook,
                    mlp_diagnostic *error) {
    mlp_value *value = mlp_variable_value(trace, variable, error);
    if (!value)
        return false;
    hook->retains_first = !value->leaf && value->retainer;
    append_hook(value->leaf ? &variable->hooks : &value->hooks, hook);
    return true;
}

void mlp_trace_hook_node(mlp_step *step, mlp_hook *hook) {
    append_hook(&step->hooks, hook);
}

void mlp_trace_hook_inputs(mlp_step *step, mlp_node_hook *hook) {
    mlp_node_hook **last = &step->node_hooks;
    while (*last)
        last = &(*last)->next;
    *last = hook;
}

/* --- the roots --- */

/* A gradient that was passed in belongs to the script, which may pass it again: the sweep takes a
 * copy, to be shown as the gradient of this root. */
static mlp_value *copy_gradient(sweep *s, mlp_value *given) {
    return sweep_compute(s, &(mlp_request){.operation = &mlp_identity, .in = {given}});
}

static bool record_sweep(sweep *s) {
    mlp_trace *trace = s->trace;
    s->record = mlp_arena_alloc(trace->arena, 1, sizeof *s->record);
    if (!s->record)
        return trace_out_of_memory(trace, s->error);
    *s->record = (mlp_sweep){.number = s->number};
    if (trace_leaves_out(trace))
        return true;
    if (trace->last_sweep)
        trace->last_sweep->next = s->record;
    else
        trace->first_sweep = s->record;
    trace->last_sweep = s->record;
    return true;
}

static bool record_root(sweep *s, const mlp_value *value, const mlp_value *seed) {
    mlp_root *root = mlp_arena_alloc(s->trace->arena, 1, sizeof *root);
    if (!root)
        return trace_out_of_memory(s->trace, s->error);
    *root = (mlp_root){.value = value, .seed = seed, .next = s->record->roots};
    s->record->roots = root;
    return true;
}

/* Those behind `last`, which failed. */
static void forget_sweeps(mlp_trace *trace, mlp_sweep *last) {
    *(last ? &last->next : &trace->first_sweep) = NULL;
    trace->last_sweep = last;
}

static mlp_diagnostic *raises_mismatch(mlp_diagnostic *error, size_t k, const mlp_tensor *root,
                                       const mlp_tensor *gradient) {
    char shape[MLP_SHAPE_TEXT], given[MLP_SHAPE_TEXT];
    if (mlp_tensor_same_shape(root, gradient))
        return error;
    return mlp_raises(error,
                      "RuntimeError: Mismatch in shape: grad_output[%zu] has a shape of "
                      "torch.Size(%s) and output[%zu] has a shape of torch.Size(%s).",
                      k, mlp_shape_text(given, gradient), k, mlp_shape_text(shape, root));
}

static bool check_root(const mlp_value *root, size_t k, const mlp_value *gradient, const char *name,
                       mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT], given[MLP_SHAPE_TEXT];
    if (!root->requires_grad || (root->leaf && !root->variable))
        return mlp_error(
            mlp_raises(error,
                       "RuntimeError: element %zu of tensors does not require grad and "
                       "does not have a grad_fn",
                       k),
            "%s() of a tensor that depends on nothing with requires_grad=True", name);
    if (!gradient && root->tensor.numel != 1)
        return mlp_error(mlp_raises(error,
                                    "RuntimeError: grad can be implicitly created only for scalar "
                                    "outputs"),
                         "%s() needs a scalar, but this tensor has shape %s: reduce "
                         "the loss with reduction='mean' or 'sum', or pass %s",
                         name, mlp_shape_text(shape, &root->tensor),
                         strcmp(name, "grad") == 0 ? "grad_outputs=" : "a gradient");
    if (gradient && (!mlp_tensor_same_shape(&root->tensor, &gradient->tensor) ||
                     root->tensor.dtype != gradient->tensor.dtype))
        return mlp_error(
            raises_mismatch(error, k, &root->tensor, &gradient->tensor),
            "%s() of a %s tensor of shape %s was given a gradient of "
            "%s %s",
            name, mlp_dtype_name(root->tensor.dtype), mlp_shape_text(shape, &root->tensor),
            mlp_dtype_name(gradient->tensor.dtype), mlp_shape_text(given, &gradient->tensor));
    return true;
}

/* The gradient that the sweep begins with at root k. */
static bool put_seed(sweep *s, size_t k) {
    mlp_value *root = source_of(s->of->roots[k]),
              *given = s->of->gradients ? s->of->gradients[k] : NULL;
    mlp_value *seed = given ? copy_gradient(s, given) : filled_like(s, root, 1);
    if (!seed || !record_root(s, root, seed))
        return false;
    struct mlp_gathering *place = place_of(s, root);
    place->pending = place->pending ? sweep_add(s, place->pending, seed) : seed;
    return place->pending != NULL;
}

/* Those roots that are leaves, and receive nothing from others. */
static bool finish_roots(sweep *s) {
    for (size_t k = 0; k < s->of->count; k++) {
        mlp_value *root = source_of(s->of->roots[k]);
        if (root->leaf && place_of(s, root)->pending && place_of(s, root)->awaited == 0 &&
            !finish_leaf(s, root))
            return false;
    }
    return true;
}

bool mlp_trace_differentiate(mlp_trace *trace, const mlp_differentiation *of,
                             mlp_diagnostic *error) {
    sweep s = {.trace = trace,
               .of = of,
               .create_graph = of->create_graph,
               .number = ++trace->sweeps,
               .error = error};
    for (size_t k = 0; k < of->count; k++)
        if (!check_root(of->roots[k], k, of->gradients ? of->gradients[k] : NULL,
                        of->results ? "grad" : "backward", error))
            return false;
    for (size_t i = 0; i < of->input_count && of->results; i++)
        of->results[i] = NULL;
    if (!trace_leaves_out(trace))
        trace->section = MLP_FORWARD; /* so that a second backward has its own heading */
    if (!trace_begin_section(trace, MLP_BACKWARD))
        return trace_out_of_memory(trace, error);
    mlp_sweep *before = trace->last_sweep;
    bool well = record_sweep(&s) && find_steps(&s);
    for (size_t k = 0; k < of->count; k++)
        well = well && put_seed(&s, k);
    well = well && finish_roots(&s);
    for (size_t k = 0; k < s.count; k++)
        well = well && visit(&s, s.steps[k]);
    if (well)
        give_places_back(&s);
    else
        forget_sweeps(trace, before);
    return well;
}

bool mlp_trace_backward(mlp_trace *trace, mlp_value *root, mlp_value *gradient, bool retain_graph,
                        mlp_diagnostic *error) {
    const mlp_differentiation of = {
        .roots = &root, .gradients = &gradient, .count = 1, .retain_graph = retain_graph};
    return mlp_trace_differentiate(trace, &of, error);
}
