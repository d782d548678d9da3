/* Gradients that meet: those of one value, and what earlier backwards left in a .grad. */
#include "sweep.h"

mlp_value *sweep_compute(sweep *s, const mlp_request *request) {
    const bool was_sweeping = s->trace->sweeping;
    s->trace->sweeping = true;
    mlp_value *out = trace_compute(s->trace, request, !s->create_graph, NULL, s->error);
    s->trace->sweeping = was_sweeping;
    if (out)
        out->label.hidden = true; /* until it is shown as a gradient */
    return out;
}

mlp_value *sweep_add(sweep *s, mlp_value *a, mlp_value *b) {
    return sweep_compute(s, &(mlp_request){.operation = &mlp_add, .in = {a, b}});
}

static mlp_value *as_dtype(sweep *s, mlp_value *gradient, mlp_dtype dtype) {
    if (!gradient || gradient->tensor.dtype == dtype)
        return gradient;
    return sweep_compute(
        s, &(mlp_request){.operation = &mlp_to, .in = {gradient}, .options.dtype = dtype});
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
    return y ? sweep_add(s, x, y) : NULL;
}

void sweep_complete(mlp_value *gradient) {
    gradient->leaf = !gradient->requires_grad;
    gradient->of_gradient = true;
}

static bool keep(sweep *s, mlp_variable *variable, mlp_value *gradient) {
    sweep_complete(gradient);
    variable->grad = mlp_trace_variable(s->trace, gradient, gradient->requires_grad);
    return variable->grad || trace_out_of_memory(s->trace, s->error);
}

/* In place, as under no_grad(): the numbers change, the history stays, and what goes back through
 * a sum is what goes back through the first of the two. */
static mlp_value *sum_in_place(sweep *s, mlp_value *earlier, mlp_value *gradient) {
    const bool create_graph = s->create_graph,
               has_history = earlier->requires_grad && !earlier->leaf;
    s->create_graph |= has_history;
    mlp_value *sum = sum_of(s, earlier, gradient);
    sum = sum ? as_dtype(s, sum, earlier->tensor.dtype) : NULL;
    s->create_graph = create_graph;
    if (sum && has_history && !create_graph)
        sum->producer->grad_fn = mlp_value_grad_fn(earlier);
    return sum;
}

/* The gradient joins what earlier backwards left in .grad, which keeps its dtype. Under
 * create_graph the sum is another tensor. */
static mlp_value *accumulate(sweep *s, mlp_variable *variable, mlp_value *gradient) {
    mlp_variable *grad = variable->grad;
    mlp_value *earlier = mlp_variable_value(s->trace, grad, s->error);
    mlp_value *sum = earlier ? sum_in_place(s, earlier, gradient) : NULL;
    if (sum && s->create_graph)
        return keep(s, variable, sum) ? sum : NULL;
    const bool is_leaf = sum && earlier->leaf;
    return sum && mlp_trace_assign(s->trace, grad, sum, is_leaf, s->error) ? sum : NULL;
}

/* A gradient that has a history may be somebody else's, too: PyTorch copies it. */
static mlp_value *copied(sweep *s, mlp_value *gradient) {
    mlp_value *copy = sweep_compute(s, &(mlp_request){.operation = &mlp_clone, .in = {gradient}});
    if (copy)
        copy->producer->grad_fn = "CopyBackwards";
    return copy;
}

bool sweep_store(sweep *s, mlp_variable *variable, mlp_value **gradient) {
    if (variable->value->tensor.dtype != (*gradient)->tensor.dtype)
        return mlp_error(s->error,
                         "a tensor was made %s after this was computed from it: compute it again",
                         mlp_dtype_name(variable->value->tensor.dtype));
    if (!variable->grad && s->create_graph && !(*gradient = copied(s, *gradient)))
        return false;
    if (!variable->grad)
        return keep(s, variable, *gradient);
    *gradient = accumulate(s, variable, *gradient);
    if (*gradient)
        (*gradient)->of_gradient = true;
    return *gradient != NULL;
}

bool sweep_retain(sweep *s, mlp_variable *variable, mlp_value *gradient) {
    if (!variable->grad)
        return keep(s, variable, gradient);
    mlp_value *earlier = mlp_variable_value(s->trace, variable->grad, s->error);
    mlp_value *sum = earlier ? sum_of(s, earlier, gradient) : NULL;
    return sum && keep(s, variable, sum);
}
