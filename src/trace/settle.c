/* What is let go of in a trace of which only the values are wanted that can still be reached. */
#include "record.h"

/* Whether the step shows its input in another way, which views and layouts ask for later. */
static bool shows_input(const mlp_step *step) {
    const mlp_operation *of = step->operation;
    const mlp_call call = trace_call_of(step);
    return of->arrange || of->numbers == MLP_RELABELED ||
           (of->is_hidden_view && of->is_hidden_view(&call));
}

static bool is_update(const mlp_step *step) {
    return step->out[0] && step->out[0]->leaf;
}

/* The first value of a memory, which stays, leads on to the present one, by way of all between them.
 * Where no gradient goes through what replaced these, nobody asks which step that was: it leads on
 * at once, and they do not. */
static void lead_on(const mlp_step *step, mlp_value *old) {
    mlp_value *first = old && old->memory.replaced_by == step ? old->memory.first : NULL;
    if (!first || !first->memory.replaced_by || !is_update(first->memory.replaced_by))
        return;
    first->memory.replaced_by = step;
    old->memory.replaced_by = NULL;
}

/* A parameter's numbers come from those before the update, and these from earlier ones: without
 * history nobody goes back there. What was written into a tensor is still asked for. */
static void let_go(mlp_step *step) {
    const bool writes = step->operation == &mlp_index_put || step->operation == &mlp_overwrite;
    if (!is_update(step) || step->forward || shows_input(step))
        return;
    for (size_t i = 0; i < (writes ? 1 : MLP_MAX_INPUTS); i++) {
        lead_on(step, step->in[i]);
        step->in[i] = NULL;
    }
}

void mlp_trace_settle(mlp_trace *trace) {
    if (trace->sweeping || trace->inside)
        return;
    for (mlp_step *step = trace->first_step, *next; step; step = next) {
        next = step->next;
        step->next = NULL;
        let_go(step);
    }
    trace->first_step = trace->last_step = trace->last_forward = NULL;
    trace->first_echo = trace->last_echo;
}
