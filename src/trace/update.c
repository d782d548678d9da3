/* One update of a parameter by an optimizer's operation. */
#include "mlpstep/trace.h"

#include "record.h"

/* The states that the update has computed: out[1] and on. */
static bool take_states(mlp_trace *trace, const mlp_optimizer *optimizer, unsigned kept,
                        mlp_value *updated, mlp_value *state[MLP_MAX_STATES]) {
    for (size_t i = 0; optimizer->states[i]; i++) {
        if (!(kept >> i & 1))
            continue;
        state[i] = updated->producer->out[1 + i];
        state[i]->label.part_of = updated;
        state[i]->label.suffix = optimizer->states[i];
        if (!mlp_trace_show(trace, MLP_UPDATE, state[i]))
            return false;
    }
    return true;
}

/* The numbers of a view are those of its base: the caller puts them there. */
static bool take_value(mlp_trace *trace, mlp_variable *variable, mlp_value *updated,
                       mlp_diagnostic *error) {
    const mlp_value *old = variable->value;
    if (!mlp_variable_original(variable)->view_of)
        return mlp_trace_assign(trace, variable, updated, true, error);
    updated->variable = variable;
    mlp_value_name(updated, old->label.name, old->label.rank);
    return true;
}

/* An optimizer works as under torch.no_grad(). */
mlp_value *mlp_trace_update(mlp_trace *trace, const mlp_request *request, mlp_variable *variable,
                            mlp_value *state[MLP_MAX_STATES], mlp_diagnostic *error) {
    const mlp_optimizer *optimizer = request->operation->optimizer;
    const unsigned kept = optimizer->kept(&request->options);
    mlp_request update = *request;
    update.in[0] = trace_value_of(trace, variable, true, error);
    update.in[1] = trace_value_of(trace, variable->grad, true, error);
    for (size_t i = 0; i < MLP_MAX_STATES; i++)
        update.in[2 + i] = kept >> i & 1 ? state[i] : NULL;
    if (!update.in[0] || !update.in[1])
        return NULL;
    mlp_value *updated = trace_compute(trace, &update, true, NULL, error);
    if (!updated || !take_value(trace, variable, updated, error))
        return NULL;
    if (trace_show_step(trace, updated->producer) && mlp_trace_show(trace, MLP_UPDATE, updated) &&
        take_states(trace, optimizer, kept, updated, state))
        return updated;
    trace_out_of_memory(trace, error);
    return NULL;
}
