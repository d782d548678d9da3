/* The gradients of one step. */
#include "sweep.h"

/* Records the backward of the step, with an output for every gradient that is wanted. */
bool sweep_differentiate(sweep *s, mlp_step *forward, mlp_value *gradient, unsigned wanted,
                         mlp_value *din[MLP_MAX_INPUTS]) {
    const mlp_step draft = {.phase = MLP_BACKWARD,
                            .operation = forward->operation,
                            .origin = forward->origin,
                            .in = {gradient},
                            .forward = forward};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (wanted >> i & 1)
            shape[i] = trace_shape_of(forward->in[i]);
    const mlp_step *step = trace_add_step(s->trace, &draft, wanted, shape, s->error);
    if (!step)
        return false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        din[i] = step->out[i];
    return trace_show_formula(s->trace, step) || trace_out_of_memory(s->trace, s->error);
}
