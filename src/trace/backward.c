/* Reverse-mode differentiation of a trace, in the order PyTorch's autograd visits it: the
 * latest forward step first, each once the gradient of its result is complete. */
#include "mlpstep/trace.h"

#include "record.h"

#include <stdlib.h>
#include <string.h>

/* Of one value, during one backward. */
struct mlp_gathering {
    mlp_value *pending; /* the gradient gathered so far */
    size_t awaited;     /* gradients still to come */
};

/* What one backward carries from function to function. */
typedef struct {
    mlp_trace *trace;
    mlp_step **steps; /* the forward steps that the root depends on, the latest first */
    size_t count, capacity;
    mlp_diagnostic *error;
} sweep;

/* The values that there are when a backward begins have a place by their number; all are empty
 * between two backwards. */
static bool make_places(mlp_trace *trace) {
    if (trace->gathering_capacity >= trace->values)
        return true;
    const size_t capacity = 2 * trace->values;
    trace->gathering = mlp_arena_alloc(trace->arena, capacity, sizeof *trace->gathering);
    trace->gathering_capacity = trace->gathering ? capacity : 0;
    return trace->gathering != NULL;
}

static struct mlp_gathering *place_of(const sweep *s, const mlp_value *value) {
    return &s->trace->gathering[value->number];
}

/* Whether the step's backward has a gradient for in[i] that somebody wants. */
static bool wants_gradient(const mlp_step *step, size_t i) {
    return step->in[i] && step->in[i]->requires_grad && (step->operation->gradients >> i & 1);
}

static bool reach(sweep *s, mlp_step *step) {
    if (step->reached)
        return true;
    if (s->count == s->capacity) {
        const size_t capacity = s->capacity ? 2 * s->capacity : 16;
        mlp_step **more = mlp_arena_alloc(s->trace->arena, capacity, sizeof *more);
        if (!more)
            return trace_out_of_memory(s->trace, s->error);
        if (s->count)
            memcpy(more, s->steps, s->count * sizeof *more);
        s->steps = more;
        s->capacity = capacity;
    }
    step->reached = true;
    s->steps[s->count++] = step;
    return true;
}

/* Results are numbered as the steps were done. */
static int latest_first(const void *a, const void *b) {
    const size_t x = (*(mlp_step *const *)a)->out[0]->number;
    const size_t y = (*(mlp_step *const *)b)->out[0]->number;
    return x > y ? -1 : x < y;
}

/* Finds the steps that root depends on through values that require a gradient, and counts how
 * many gradients each leaf will receive. */
static bool find_steps(sweep *s, const mlp_value *root) {
    if (!reach(s, root->producer))
        return false;
    for (size_t k = 0; k < s->count; k++) {
        const mlp_step *step = s->steps[k];
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            mlp_value *in = step->in[i];
            if (!wants_gradient(step, i))
                continue;
            if (in->leaf)
                place_of(s, in)->awaited++;
            else if (!reach(s, in->producer))
                return false;
        }
    }
    if (s->steps)
        qsort(s->steps, s->count, sizeof *s->steps, latest_first);
    return true;
}

/* A step of the sweep's own, which the operation checks as it does one of the script. */
static mlp_value *compute(sweep *s, const mlp_operation *operation, const mlp_options *options,
                          mlp_value *a, mlp_value *b) {
    mlp_step draft = {.phase = MLP_BACKWARD,
                      .operation = operation,
                      .options = options,
                      .release = &s->trace->release,
                      .in = {a, b}};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_call call = trace_call_of(&draft);
    if (!operation->check(&call, shape, s->error))
        return NULL;
    const mlp_step *step = trace_add_step(s->trace, &draft, 1 << 0, shape, s->error);
    return step ? step->out[0] : NULL;
}

static mlp_value *add_gradients(sweep *s, mlp_value *a, mlp_value *b) {
    return compute(s, &mlp_add, &(mlp_options){0}, a, b);
}

static mlp_value *as_dtype(sweep *s, mlp_value *gradient, mlp_dtype dtype) {
    if (!gradient || gradient->tensor.dtype == dtype)
        return gradient;
    return compute(s, &mlp_to, &(mlp_options){.dtype = dtype}, gradient, NULL);
}

static bool show_gradient(sweep *s, mlp_value *gradient, const mlp_value *of) {
    if (of->label.hidden)
        return true;
    gradient->label.part_of = of;
    gradient->label.suffix = ".grad";
    return mlp_trace_show(s->trace, MLP_BACKWARD, gradient) ||
           trace_out_of_memory(s->trace, s->error);
}

/* .data may have made one of them another dtype since: they are added in the wider one. */
static mlp_value *sum_of(sweep *s, mlp_value *earlier, mlp_value *gradient) {
    const mlp_dtype a = earlier->tensor.dtype, b = gradient->tensor.dtype;
    char shape[MLP_SHAPE_TEXT], before[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(&earlier->tensor, &gradient->tensor)) {
        mlp_error(s->error,
                  "a gradient of shape %s cannot be added to the .grad of shape %s that is there "
                  "already: call zero_grad(set_to_none=True) before",
                  mlp_shape_text(shape, &gradient->tensor),
                  mlp_shape_text(before, &earlier->tensor));
        return NULL;
    }
    if (!mlp_dtype_is_floating(a)) {
        mlp_error(s->error,
                  "a %s gradient cannot be added to a .grad that was made %s since: call "
                  "zero_grad(set_to_none=True) before",
                  mlp_dtype_name(b), mlp_dtype_name(a));
        return NULL;
    }
    const mlp_dtype wider = a == b ? a : MLP_FLOAT64;
    mlp_value *x = as_dtype(s, earlier, wider), *y = x ? as_dtype(s, gradient, wider) : NULL;
    return y ? add_gradients(s, x, y) : NULL;
}

/* The gradient joins what earlier backwards left in .grad, which keeps its dtype. */
static mlp_value *accumulate(sweep *s, mlp_variable *grad, mlp_value *gradient) {
    mlp_value *earlier = mlp_variable_value(s->trace, grad, s->error);
    mlp_value *sum = earlier ? sum_of(s, earlier, gradient) : NULL;
    sum = sum ? as_dtype(s, sum, earlier->tensor.dtype) : NULL;
    return sum && mlp_trace_assign(s->trace, grad, sum, false, s->error) ? sum : NULL;
}

static bool keep(sweep *s, mlp_variable *variable, mlp_value *gradient) {
    gradient->leaf = gradient->of_gradient = true;
    variable->grad = mlp_trace_variable(s->trace, gradient, false);
    return variable->grad || trace_out_of_memory(s->trace, s->error);
}

/* *gradient becomes what the .grad of the leaf holds. */
static bool store(sweep *s, mlp_variable *variable, mlp_value **gradient) {
    if (variable->value->tensor.dtype != (*gradient)->tensor.dtype)
        return mlp_error(s->error,
                         "a tensor was made %s after this was computed from it: compute it again",
                         mlp_dtype_name(variable->value->tensor.dtype));
    if (!variable->grad)
        return keep(s, variable, *gradient);
    *gradient = accumulate(s, variable->grad, *gradient);
    if (*gradient)
        (*gradient)->leaf = (*gradient)->of_gradient = true;
    return *gradient != NULL;
}

/* What retain_grad() asked for. Unlike that of a leaf, the .grad of an earlier backward stays as it
 * is for whoever has it, and the sum is another tensor, in the wider dtype. */
static bool retain(sweep *s, mlp_variable *variable, mlp_value *gradient) {
    if (!variable->grad)
        return keep(s, variable, gradient);
    mlp_value *earlier = mlp_variable_value(s->trace, variable->grad, s->error);
    mlp_value *sum = earlier ? sum_of(s, earlier, gradient) : NULL;
    return sum && keep(s, variable, sum);
}

static bool record_leaf(sweep *s, const mlp_value *leaf, const mlp_value *gradient) {
    mlp_leaf_gradient *record = mlp_arena_alloc(s->trace->arena, 1, sizeof *record);
    if (!record)
        return trace_out_of_memory(s->trace, s->error);
    *record = (mlp_leaf_gradient){.leaf = leaf, .gradient = gradient};
    mlp_sweep *of = s->trace->last_sweep;
    if (of->last)
        of->last->next = record;
    else
        of->first = record;
    of->last = record;
    return true;
}

/* A leaf's gradient is complete. Nobody wants it where the leaf was frozen since. */
static bool finish_leaf(sweep *s, mlp_value *leaf) {
    mlp_value *gradient = place_of(s, leaf)->pending;
    place_of(s, leaf)->pending = NULL;
    if (!leaf->variable || !leaf->variable->requires_grad)
        return true;
    return record_leaf(s, leaf, gradient) && store(s, leaf->variable, &gradient) &&
           show_gradient(s, gradient, leaf);
}

static bool deliver(sweep *s, mlp_value *value, mlp_value *gradient) {
    struct mlp_gathering *place = place_of(s, value);
    place->pending = place->pending ? add_gradients(s, place->pending, gradient) : gradient;
    if (!place->pending)
        return false;
    if (!value->leaf || --place->awaited > 0)
        return true;
    return finish_leaf(s, value);
}

/* What the step read is there no more. A step that works in place reads its result instead of the
 * input that it replaced. */
static bool is_gone(const mlp_step *step, const mlp_value *read) {
    if (read->memory.replaced_by == step)
        read = step->out[0];
    return trace_is_overwritten(read);
}

/* PyTorch refuses to differentiate with a value that was changed in place since. */
static bool check_still_there(const mlp_step *step, mlp_diagnostic *error) {
    const mlp_operation *operation = step->operation;
    if (step->freed)
        return mlp_error(error, "this graph was freed by an earlier backward(): call that one "
                                "with retain_graph=True");
    bool gone = operation->reads_output && is_gone(step, step->out[0]);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!wants_gradient(step, i))
            continue;
        for (size_t j = 0; j < MLP_MAX_INPUTS; j++)
            gone |= operation->reads[i] >> j & 1 && step->in[j] && is_gone(step, step->in[j]);
    }
    return !gone || mlp_error(error,
                              "%s needs a value for its gradient that was changed in place "
                              "since (by step(), an assignment like += or inplace=True): call "
                              "backward() first, or make a new tensor instead of the change",
                              operation->name);
}

/* There are calls that PyTorch computes, but does not differentiate. */
static bool check_differentiable(const mlp_step *step, mlp_diagnostic *error) {
    const mlp_call call = trace_call_of(step);
    return !step->operation->check_backward || step->operation->check_backward(&call, error);
}

/* Records the backward of one forward step, with an output for every gradient that is wanted. */
static const mlp_step *differentiate(sweep *s, mlp_step *forward, mlp_value *gradient) {
    const mlp_step draft = {.phase = MLP_BACKWARD,
                            .operation = forward->operation,
                            .origin = forward->origin,
                            .in = {gradient},
                            .forward = forward};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    unsigned wanted = 0;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!wants_gradient(forward, i))
            continue;
        shape[i] = trace_shape_of(forward->in[i]);
        wanted |= 1u << i;
    }
    const mlp_step *step = trace_add_step(s->trace, &draft, wanted, shape, s->error);
    if (!step || trace_show_formula(s->trace, step))
        return step;
    trace_out_of_memory(s->trace, s->error);
    return NULL;
}

/* Parameters receive theirs first, so that a layer reads weight, bias, then what came in. */
static bool deliver_all(sweep *s, const mlp_step *forward, const mlp_step *backward) {
    for (int parameters = 1; parameters >= 0; parameters--)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            mlp_value *in = forward->in[i];
            if (!wants_gradient(forward, i))
                continue;
            const bool is_parameter = in->variable && in->variable->is_parameter;
            if (is_parameter == (parameters == 1) && !deliver(s, in, backward->out[i]))
                return false;
        }
    return true;
}

static bool visit(sweep *s, mlp_step *forward, bool retain_graph) {
    mlp_value *out = forward->out[0], *gradient = place_of(s, out)->pending;
    place_of(s, out)->pending = NULL;
    if (!check_still_there(forward, s->error) || !check_differentiable(forward, s->error) ||
        !show_gradient(s, gradient, out))
        return false;
    if (out->retainer && !retain(s, out->retainer, gradient))
        return false;
    const mlp_step *backward = differentiate(s, forward, gradient);
    if (!backward)
        return false;
    forward->freed = !retain_graph;
    return deliver_all(s, forward, backward);
}

/* Leaves nothing behind of a sweep that failed. */
static void forget_gradients(const sweep *s, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i])
            *place_of(s, step->in[i]) = (struct mlp_gathering){0};
}

static bool visit_all(sweep *s, bool well, bool retain_graph) {
    for (size_t k = 0; k < s->count; k++) {
        well = well && visit(s, s->steps[k], retain_graph);
        s->steps[k]->reached = false;
        if (!well)
            forget_gradients(s, s->steps[k]);
    }
    return well;
}

static mlp_value *ones_like(sweep *s, const mlp_value *root) {
    mlp_tensor ones;
    const mlp_tensor *t = &root->tensor;
    if (!mlp_tensor_new(&ones, s->trace->arena, t->dtype, t->ndim, t->shape, s->error))
        return NULL;
    for (size_t i = 0; i < ones.numel; i++)
        mlp_tensor_set(&ones, i, 1);
    mlp_value *value = mlp_trace_given(s->trace, ones);
    if (!value)
        trace_out_of_memory(s->trace, s->error);
    return value;
}

/* A gradient that was passed in belongs to the script, which may pass it again: the sweep takes a
 * copy, to be shown as the gradient of this root. */
static mlp_value *copy_gradient(sweep *s, mlp_value *given) {
    return compute(s, &mlp_identity, &(mlp_options){0}, given, NULL);
}

static bool record_sweep(mlp_trace *trace, const mlp_value *root, const mlp_value *seed) {
    mlp_sweep *record = mlp_arena_alloc(trace->arena, 1, sizeof *record);
    if (!record)
        return false;
    *record = (mlp_sweep){.root = root, .seed = seed};
    if (trace->last_sweep)
        trace->last_sweep->next = record;
    else
        trace->first_sweep = record;
    trace->last_sweep = record;
    return true;
}

bool mlp_trace_backward(mlp_trace *trace, mlp_value *root, mlp_value *gradient, bool retain_graph,
                        mlp_diagnostic *error) {
    sweep s = {.trace = trace, .error = error};
    char shape[MLP_SHAPE_TEXT], given[MLP_SHAPE_TEXT];
    if (!root->requires_grad || (root->leaf && !root->variable))
        return mlp_error(error, "backward() of a tensor that depends on nothing with "
                                "requires_grad=True");
    if (!gradient && root->tensor.numel != 1)
        return mlp_error(error,
                         "backward() needs a scalar, but this tensor has shape %s: reduce "
                         "the loss with reduction='mean' or 'sum', or pass a gradient",
                         mlp_shape_text(shape, &root->tensor));
    if (gradient && (!mlp_tensor_same_shape(&root->tensor, &gradient->tensor) ||
                     root->tensor.dtype != gradient->tensor.dtype))
        return mlp_error(error,
                         "backward() of a %s tensor of shape %s was given a gradient of "
                         "%s %s",
                         mlp_dtype_name(root->tensor.dtype), mlp_shape_text(shape, &root->tensor),
                         mlp_dtype_name(gradient->tensor.dtype),
                         mlp_shape_text(given, &gradient->tensor));
    gradient = gradient ? copy_gradient(&s, gradient) : ones_like(&s, root);
    if (!gradient)
        return false;
    trace->section = MLP_FORWARD; /* so that a second backward has its own heading */
    if (!trace_begin_section(trace, MLP_BACKWARD))
        return trace_out_of_memory(trace, error);
    if (!record_sweep(trace, root, gradient))
        return trace_out_of_memory(trace, error);
    if (!make_places(trace))
        return trace_out_of_memory(trace, error);
    place_of(&s, root)->pending = gradient;
    if (root->leaf)
        return finish_leaf(&s, root);
    return visit_all(&s, find_steps(&s, root), retain_graph);
}
