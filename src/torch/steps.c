#include "steps.h"

#include "operators.h"
#include "tensor.h"

mlp_value *step_on(call *c, const mlp_operation *operation, mlp_value *x, mlp_options options) {
    const mlp_request request = {
        .operation = operation, .in = {x}, .options = options, .hidden = true};
    return tensor_step(c, &request);
}

mlp_value *step_of_two(call *c, const mlp_operation *operation, mlp_value *a, mlp_value *b) {
    tensor_broadcast_pair(c, &a, &b);
    const mlp_request request = {.operation = operation, .in = {a, b}, .hidden = true};
    return tensor_step(c, &request);
}

mlp_value *step_number(call *c, const mlp_operation *operation, mlp_value *x, double number) {
    return step_on(c, operation, x, (mlp_options){.number = mlp_real(number)});
}

mlp_value *step_slice(call *c, mlp_value *x, size_t dim, size_t start, size_t stop) {
    return step_on(c, &mlp_slice, x,
                   (mlp_options){.dim = (int64_t)dim,
                                 .start = (int64_t)start,
                                 .stop = (int64_t)stop,
                                 .has_start = true,
                                 .has_stop = true});
}

mlp_value *step_select(call *c, mlp_value *x, size_t dim, size_t index) {
    return step_on(c, &mlp_select, x, (mlp_options){.dim = (int64_t)dim, .index = (int64_t)index});
}

mlp_value *step_sum(call *c, mlp_value *x, size_t dim) {
    mlp_options options = {.has_dims = true};
    options.dims[dim] = true;
    return step_on(c, &mlp_sum, x, options);
}

mlp_value *step_sizes(call *c, const mlp_operation *operation, mlp_value *x, mlp_sizes sizes) {
    return step_on(c, operation, x, (mlp_options){.sizes = sizes});
}

object *step_result_of(call *c, mlp_value *v, const char *grad_fn) {
    v->producer->grad_fn = grad_fn;
    return step_result(c, v);
}

object *step_result(call *c, mlp_value *v) {
    mlp_variable *variable = mlp_trace_variable(trace_of(c), v, v->requires_grad);
    v->label.hidden = false;
    if (!variable || !mlp_trace_show(trace_of(c), v->producer->phase, v))
        script_out_of_memory(c->script);
    return variable_object(c, variable);
}
