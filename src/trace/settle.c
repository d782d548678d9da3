/* What is let go of in a trace of which only the values are wanted that can still be reached. */
#include "record.h"

/* What replaced the value need not be known by the value: the memory knows the last. */
static void settle_replaced(const mlp_step *step, mlp_value *old) {
    if (!old || old->memory.replaced_by != step)
        return;
    old->memory.counter->last = step;
    old->memory.replaced_by = NULL;
}

/* A parameter's numbers come from those before the update, and these from earlier ones: where no
 * gradient goes nobody asks for them. Views are made again with all inputs but the first, and what
 * was written into a tensor may be written again. */
static void let_go(mlp_step *step) {
    const mlp_operation *of = step->operation;
    const bool keeps =
        of->arrange || of->numbers == MLP_RELABELED || of == &mlp_index_put || of == &mlp_overwrite;
    if (!step->out[0] || !step->out[0]->leaf || step->forward)
        return;
    for (size_t i = 0; i < (keeps ? 1 : MLP_MAX_INPUTS); i++) {
        settle_replaced(step, step->in[i]);
        step->in[i] = NULL;
    }
    step->out[0]->same_as = NULL;
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
