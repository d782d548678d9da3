/* What a value was computed from. */
#include "mlpstep/trace.h"

#include "record.h"

static size_t add(const mlp_value *sources[MLP_MAX_SOURCES], size_t count, const mlp_value *value) {
    if (value)
        sources[count++] = value;
    return count;
}

/* A gradient reads the inputs that its operation names for it, and always those that no gradient
 * comes to: indices, masks and targets; and what forward kept for it. */
static size_t gradient_sources(const mlp_step *step, size_t index,
                               const mlp_value *sources[MLP_MAX_SOURCES]) {
    const mlp_step *forward = step->forward;
    size_t count = add(sources, 0, step->in[0]);
    for (size_t j = 0; j < MLP_MAX_INPUTS; j++) {
        const mlp_value *in = forward->in[j];
        if (in &&
            (forward->operation->reads[index] >> j & 1 || !mlp_dtype_is_floating(in->tensor.dtype)))
            count = add(sources, count, in);
    }
    if (forward->operation->reads_output)
        count = add(sources, count, forward->out[0]);
    for (size_t k = 1; k < MLP_MAX_OUTPUTS; k++)
        count = add(sources, count, forward->out[k]);
    return count;
}

size_t mlp_value_sources(const mlp_value *value, const mlp_value *sources[MLP_MAX_SOURCES]) {
    const mlp_step *step = value->producer;
    size_t count = 0;
    for (size_t i = 0; step && step->forward && i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] == value)
            return gradient_sources(step, i, sources);
    for (size_t i = 0; step && i < MLP_MAX_INPUTS; i++)
        count = add(sources, count, step->in[i]);
    return count;
}

void trace_note_origin(mlp_value *value) {
    const mlp_step *step = value->producer;
    mlp_value *in = step->in[0];
    const bool relabels = step->operation->numbers == MLP_RELABELED;
    if (relabels)
        value->same_as = in->label.shown || !in->same_as ? in : in->same_as;
    value->given = step->operation->numbers != MLP_COMPUTED;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        value->given = value->given && (!step->in[i] || step->in[i]->given);
}

const mlp_value *mlp_value_first(const mlp_value *value) {
    while (value->same_as)
        value = value->same_as;
    return value;
}

mlp_value *mlp_value_origin(mlp_value *value) {
    return value->label.shown || !value->same_as ? value : value->same_as;
}
