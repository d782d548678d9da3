#include "mlpstep/trace.h"

#include "record.h"

#include <string.h>

/* The updated value takes the old one's place in the variable; the old one stays in the trace
 * for whatever was computed from it. */
static void replace(mlp_variable *variable, mlp_value *updated) {
    variable->value->replaced_by = updated->producer;
    updated->variable = variable;
    updated->requires_grad = variable->requires_grad;
    variable->value = updated;
}

/* Tensors made from one another with .data share their numbers: an update shows in all of them. */
static bool update_sharers(mlp_trace *trace, const void *numbers, const mlp_value *updated) {
    for (mlp_variable *v = trace->variables; v; v = v->next) {
        mlp_value *old = v->value;
        if (old->tensor.data != numbers || v == updated->variable)
            continue;
        mlp_value *fresh = mlp_trace_given(trace, updated->tensor);
        if (!fresh)
            return false;
        fresh->name = old->name;
        fresh->rank = old->rank;
        fresh->variable = v;
        fresh->requires_grad = v->requires_grad;
        old->replaced_by = updated->producer;
        v->value = fresh;
    }
    return true;
}

bool mlp_trace_update(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                      mlp_variable *variable, mlp_value **state,
                      const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    mlp_value *in[MLP_MAX_INPUTS] = {variable->value, variable->grad, *state};
    mlp_call call = {0};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = in[i] ? &in[i]->tensor : NULL;
    memcpy(call.option, option, sizeof call.option);
    if (!operation->check(&call, shape, error))
        return false;
    mlp_step *step = trace_append_step(trace, MLP_UPDATE, operation, origin);
    if (!step || !trace_show_formula(trace, step))
        return trace_out_of_memory(trace, error);
    memcpy(step->in, in, sizeof step->in);
    memcpy(step->option, call.option, sizeof step->option);
    for (size_t i = 0; i < operation->outputs; i++) {
        mlp_value *out = trace_new_output(trace, step, i, &shape[i], error);
        if (!out)
            return false;
        call.out[i] = &out->tensor;
    }
    operation->forward(&call);
    replace(variable, step->out[0]);
    if (!update_sharers(trace, in[0]->tensor.data, step->out[0]))
        return trace_out_of_memory(trace, error);
    if (!mlp_trace_show(trace, MLP_UPDATE, step->out[0]))
        return trace_out_of_memory(trace, error);
    if (option[MLP_SGD_MOMENTUM] == 0)
        return true;
    *state = step->out[1];
    (*state)->part_of = step->out[0];
    (*state)->suffix = ".momentum_buffer";
    return mlp_trace_show(trace, MLP_UPDATE, *state) || trace_out_of_memory(trace, error);
}
