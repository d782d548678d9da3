#include "loss_steps.h"

#include "operators.h"
#include "options.h"
#include "tensor.h"

mlp_reduction loss_reduction(call *c, const nn_module *m) {
    return option_reduction(c, module_option(m, "reduction"));
}

void loss_show(call *c, mlp_value *v) {
    if (v && !mlp_trace_show(trace_of(c), MLP_FORWARD, v))
        script_out_of_memory(c->script);
}

mlp_request loss_request(call *c, const nn_module *m, const mlp_operation *operation, mlp_value *a,
                         mlp_value *b) {
    mlp_request request = {.operation = operation, .origin = &m->origin, .in = {a, b}};
    if (b)
        tensor_broadcast_pair(c, &request.in[0], &request.in[1]);
    return request;
}

static mlp_value *inner_step(call *c, const mlp_request *request, const char *suffix) {
    mlp_value *out = tensor_step(c, request);
    out->label.internal_of = request->origin;
    out->label.suffix = suffix;
    return out;
}

mlp_value *loss_step_with(call *c, const nn_module *m, const mlp_operation *operation,
                          const mlp_options *options, const char *suffix, mlp_value *a,
                          mlp_value *b) {
    mlp_request request = loss_request(c, m, operation, a, b);
    request.options = *options;
    return inner_step(c, &request, suffix);
}

mlp_value *loss_step(call *c, const nn_module *m, const mlp_operation *operation,
                     const char *suffix, mlp_value *a, mlp_value *b) {
    return loss_step_with(c, m, operation, &(mlp_options){0}, suffix, a, b);
}

/* What joins the losses of all elements; NULL where nothing does. */
static const mlp_operation *joint(mlp_reduction reduction) {
    return reduction == MLP_REDUCTION_MEAN  ? &mlp_mean
           : reduction == MLP_REDUCTION_SUM ? &mlp_sum
                                            : NULL;
}

mlp_variable *loss_joined(call *c, const nn_module *m, mlp_reduction reduction,
                          const mlp_request *losses, const char *suffix) {
    const mlp_operation *last = joint(reduction);
    if (!last)
        return tensor_computed(c, losses);
    const mlp_request request = {
        .operation = last, .origin = &m->origin, .in = {inner_step(c, losses, suffix)}};
    return tensor_computed(c, &request);
}

mlp_variable *loss_ended(call *c, const nn_module *m, mlp_reduction reduction,
                         const mlp_operation *operation, const char *suffix, mlp_value *a,
                         mlp_value *b) {
    const mlp_request request = loss_request(c, m, operation, a, b);
    return loss_joined(c, m, reduction, &request, suffix);
}
