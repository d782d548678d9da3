#include "mlpstep/trace.h"

#include "record.h"

static bool update(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                   mlp_variable *variable, mlp_value **state, const char *suffix,
                   const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    mlp_value *in[MLP_MAX_INPUTS] = {mlp_variable_value(trace, variable, error),
                                     mlp_variable_value(trace, variable->grad, error),
                                     state ? *state : NULL};
    if (!in[0] || !in[1])
        return false;
    mlp_value *updated = mlp_trace_apply(trace, operation, origin, in, option, NULL, error);
    if (!updated || !mlp_trace_assign(trace, variable, updated, error))
        return false;
    if (!mlp_trace_show(trace, MLP_UPDATE, updated))
        return trace_out_of_memory(trace, error);
    if (!state)
        return true;
    *state = updated->producer->out[1];
    (*state)->part_of = updated;
    (*state)->suffix = suffix;
    return mlp_trace_show(trace, MLP_UPDATE, *state) || trace_out_of_memory(trace, error);
}

/* An optimizer works as under torch.no_grad(). */
bool mlp_trace_update(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                      mlp_variable *variable, mlp_value **state, const char *suffix,
                      const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    const bool no_grad = trace->no_grad;
    trace->no_grad = true;
    const bool updated = update(trace, operation, origin, variable, state, suffix, option, error);
    trace->no_grad = no_grad;
    return updated;
}
