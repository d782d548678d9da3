/* What an optimizer does to one parameter. */
#include "mlpstep/trace.h"

#include "record.h"

/* The states that the update has computed: out[1] and on. */
static bool take_states(mlp_trace *trace, const mlp_optimizer *optimizer, unsigned kept,
                        mlp_value *updated, mlp_value *state[MLP_MAX_STATES]) {
    for (size_t i = 0; optimizer->states[i]; i++) {
        if (!(kept >> i & 1))
            continue;
        state[i] = updated->producer->out[1 + i];
        state[i]->part_of = updated;
        state[i]->suffix = optimizer->states[i];
        if (!mlp_trace_show(trace, MLP_UPDATE, state[i]))
            return false;
    }
    return true;
}

static bool update(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                   mlp_variable *variable, mlp_value *state[MLP_MAX_STATES],
                   const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    const unsigned kept = operation->optimizer->kept(option);
    mlp_value *in[MLP_MAX_INPUTS] = {mlp_variable_value(trace, variable, error),
                                     mlp_variable_value(trace, variable->grad, error)};
    for (size_t i = 0; i < MLP_MAX_STATES; i++)
        in[2 + i] = kept >> i & 1 ? state[i] : NULL;
    if (!in[0] || !in[1])
        return false;
    mlp_value *updated = mlp_trace_apply(trace, operation, origin, in, option, NULL, error);
    if (!updated || !mlp_trace_assign(trace, variable, updated, error))
        return false;
    return (mlp_trace_show(trace, MLP_UPDATE, updated) &&
            take_states(trace, operation->optimizer, kept, updated, state)) ||
           trace_out_of_memory(trace, error);
}

/* An optimizer works as under torch.no_grad(). */
bool mlp_trace_update(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                      mlp_variable *variable, mlp_value *state[MLP_MAX_STATES],
                      const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    const bool no_grad = trace->no_grad;
    trace->no_grad = true;
    const bool updated = update(trace, operation, origin, variable, state, option, error);
    trace->no_grad = no_grad;
    return updated;
}
