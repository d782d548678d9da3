/* Which numbers no seed decides: those that were drawn without one or never set, and what is
 * made of them. An
 * element that is overwritten is decided from then on. */
#include "record.h"

/* The elements of one memory that were overwritten since. */
struct mlp_overwritten {
    size_t left; /* elements that were not */
    bool done[];
};

bool mlp_value_is_unseeded(const mlp_value *value) {
    return value->unseeded && !(value->overwritten && value->overwritten->left == 0);
}

static struct mlp_overwritten *new_overwritten(mlp_trace *trace, size_t numel) {
    struct mlp_overwritten *new =
        mlp_arena_alloc(trace->arena, 1, sizeof *new + numel * sizeof *new->done);
    if (new)
        new->left = numel;
    return new;
}

void trace_note_places(mlp_value *value, const mlp_tensor *places) {
    for (size_t i = 0; i < places->numel && value->overwritten; i++) {
        bool *done = &value->overwritten->done[mlp_tensor_get_int(places, i)];
        value->overwritten->left -= !*done;
        *done = true;
    }
}

/* The value is the result of index_put: what is written to some places of in[0] may be decided, or
 * may not. */
static bool note_places(mlp_trace *trace, mlp_value *value) {
    const mlp_value *before = value->producer->in[0], *written = value->producer->in[2];
    if (written && mlp_value_is_unseeded(written))
        return true;
    value->overwritten = before->overwritten;
    if (!value->overwritten)
        value->overwritten = new_overwritten(trace, value->tensor.numel);
    trace_note_places(value, &value->producer->in[1]->tensor);
    return value->overwritten != NULL;
}

bool trace_note_unseeded(mlp_trace *trace, mlp_value *value) {
    const mlp_step *step = value->producer;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i] && mlp_value_is_unseeded(step->in[i])) {
            value->unseeded = true;
            value->unset = value->unset || step->in[i]->unset;
        }
    if (!value->unseeded)
        return true;
    if (step->operation == &mlp_index_put)
        return note_places(trace, value);
    if (step->operation->numbers == MLP_RELABELED)
        value->overwritten = step->in[0]->overwritten;
    return true;
}
