/* The gradients of one step: by its row's backward, or, where they are to have a history, by the
 * operations that they are composed of. */
#include "sweep.h"

/* Records the backward of the step, with an output for every gradient that is wanted. */
static bool by_kernel(sweep *s, mlp_step *forward, mlp_value *gradient, unsigned wanted,
                      mlp_value *din[MLP_MAX_INPUTS]) {
    const mlp_step draft = {.phase = MLP_BACKWARD,
                            .operation = forward->operation,
                            .origin = forward->origin,
                            .in = {gradient},
                            .options = forward->options,
                            .release = forward->release,
                            .forward = forward};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (wanted >> i & 1)
            shape[i] = trace_shape_of(forward->in[i]);
    const mlp_step *step = trace_add_backward(s->trace, &draft, wanted, shape, s->error);
    if (!step)
        return false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        din[i] = step->out[i];
    return (trace_show_formula(s->trace, step) && keep_show_read(s->trace, step)) ||
           trace_out_of_memory(s->trace, s->error);
}

/* --- composed --- */

static mlp_value *compute(mlp_composition *c, const mlp_operation *operation,
                          const mlp_options *options, mlp_value *const in[MLP_MAX_INPUTS]) {
    mlp_request request = {.operation = operation, .options = *options};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        request.in[i] = in[i];
    mlp_value *out = sweep_compute(c->context, &request);
    c->failed = !out;
    return out;
}

static mlp_value *filled(mlp_composition *c, const mlp_value *like, double number) {
    sweep *s = c->context;
    const mlp_tensor *t = &like->tensor;
    mlp_tensor tensor;
    if (c->failed ||
        !mlp_tensor_new(&tensor, s->trace->arena, t->dtype, t->ndim, t->shape, s->error)) {
        c->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < tensor.numel; i++)
        mlp_tensor_set(&tensor, i, number);
    mlp_value *value = mlp_trace_given(s->trace, tensor);
    if (!value)
        trace_out_of_memory(s->trace, s->error);
    c->failed = !value;
    return value;
}

static const mlp_tensor *tensor_of(const mlp_value *value) {
    return &value->tensor;
}

static mlp_value *unexpanded(mlp_value *value) {
    const mlp_step *step = value->producer;
    const bool is_broadcast = step && step->phase == MLP_FORWARD &&
                              step->operation == &mlp_expand && !step->origin &&
                              value->label.hidden;
    return is_broadcast ? step->in[0] : value;
}

static bool lies_by_columns(const mlp_value *matrix) {
    const mlp_strided layout = mlp_value_layout(matrix);
    return layout.stride[0] == 1 && layout.stride[1] == layout.shape[0];
}

static void name_node(mlp_value *value, const char *grad_fn) {
    value->producer->grad_fn = grad_fn;
}

/* What PyTorch hands on as the gradient of several is a value of its own for each. Some inputs may
 * have none. */
static bool hand_on(mlp_composition *c, mlp_value *din[MLP_MAX_INPUTS]) {
    for (size_t i = 0; i < MLP_MAX_INPUTS && !c->failed; i++) {
        if (!c->wanted[i] || !c->din[i])
            continue;
        bool is_shared = c->din[i] == c->dout;
        for (size_t j = 0; j < i; j++)
            is_shared |= c->wanted[j] && c->din[i] == c->din[j];
        mlp_value *const in[MLP_MAX_INPUTS] = {c->din[i]};
        din[i] = is_shared ? compute(c, &mlp_identity, &(mlp_options){0}, in) : c->din[i];
    }
    return !c->failed;
}

static bool by_composition(sweep *s, mlp_step *forward, mlp_value *gradient, unsigned wanted,
                           mlp_value *din[MLP_MAX_INPUTS]) {
    const mlp_call call = trace_call_of(forward);
    mlp_composition c = {.call = &call,
                         .dout = gradient,
                         .error = s->error,
                         .compute = compute,
                         .filled = filled,
                         .tensor = tensor_of,
                         .unexpanded = unexpanded,
                         .lies_by_columns = lies_by_columns,
                         .name = name_node,
                         .context = s};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        c.in[i] = forward->in[i];
        c.wanted[i] = wanted >> i & 1;
    }
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        c.out[i] = forward->out[i];
    forward->operation->compose(&c);
    if (forward->slices > 0 && c.din[0] && c.din[0] != gradient)
        name_node(c.din[0], "SliceBackwardBackward0");
    return !c.failed && hand_on(&c, din);
}

/* --- by a function of the script --- */

static bool check_fits(const sweep *s, const mlp_step *forward, size_t i, const mlp_value *given) {
    const mlp_tensor *x = &forward->in[i]->tensor, *dx = &given->tensor;
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    return (mlp_tensor_same_shape(x, dx) && x->dtype == dx->dtype) ||
           mlp_error(s->error,
                     "the gradient that %s returned is %s of shape %s, but its input is %s of "
                     "shape %s",
                     forward->grad_fn, mlp_dtype_name(dx->dtype), mlp_shape_text(shape, dx),
                     mlp_dtype_name(x->dtype), mlp_shape_text(wanted, x));
}

/* What it returns may be the gradient that it was given, or a tensor that it keeps: each that is
 * handed on is a value of its own. */
static bool by_function(sweep *s, const mlp_step *forward, mlp_value *gradient, unsigned wanted,
                        mlp_value *din[MLP_MAX_INPUTS]) {
    mlp_value *given[MLP_MAX_INPUTS] = {NULL};
    const bool no_grad = s->trace->no_grad, sweeping = s->trace->sweeping;
    s->trace->no_grad = !s->create_graph;
    s->trace->sweeping = true;
    const bool well = forward->function->backward(forward->function->context, gradient, given);
    s->trace->no_grad = no_grad;
    s->trace->sweeping = sweeping;
    for (size_t i = 0; i < MLP_MAX_INPUTS && well; i++) {
        if (!given[i] || !(wanted >> i & 1))
            continue;
        if (!check_fits(s, forward, i, given[i]))
            return false;
        din[i] = sweep_compute(s, &(mlp_request){.operation = &mlp_identity, .in = {given[i]}});
        if (!din[i])
            return false;
    }
    return well;
}

bool sweep_differentiate(sweep *s, mlp_step *forward, mlp_value *gradient, unsigned wanted,
                         mlp_value *din[MLP_MAX_INPUTS]) {
    const mlp_operation *operation = forward->operation;
    if (forward->function)
        return by_function(s, forward, gradient, wanted, din);
    if (operation->backward && !s->create_graph)
        return by_kernel(s, forward, gradient, wanted, din);
    if (!operation->compose)
        return mlp_error(
            s->error,
            "gradients of gradients do not go through %s here: write its formula, with "
            "such operations as +, *, sum, mean and var",
            operation->name);
    return by_composition(s, forward, gradient, wanted, din);
}
