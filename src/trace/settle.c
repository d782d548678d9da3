/* What is let go of in a trace of which only the values are wanted that can still be reached, or
 * only some steps of a training. */
#include "keep.h"
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

/* A step of a function of the script, which may be computed again with a backward that is kept. */
static bool is_inside(const mlp_step *step) {
    return step->out[0] && step->out[0]->inside;
}

void trace_cut_steps(mlp_trace *trace, mlp_step *from, mlp_step *to) {
    mlp_step **first = from ? &from->next : &trace->first_step;
    mlp_step *step = *first, *const after = to ? to->next : NULL;
    if (from == to)
        return;
    while (step != after) {
        mlp_step *next = step->next;
        step->next = NULL;
        if (!trace->keeping || !is_inside(step))
            let_go(step);
        step = next;
    }
    *first = after;
    if (!after)
        trace->last_step = from;
    trace->last_forward = NULL;
}

static void cut_entries(mlp_trace *trace, mlp_entry *from, const mlp_entry *to) {
    mlp_entry **first = from ? &from->next : &trace->first_entry, *after = to ? to->next : NULL;
    if (from == to)
        return;
    *first = after;
    if (!after)
        trace->last_entry = from;
}

static void cut_echoes(mlp_trace *trace, mlp_echo *from, const mlp_echo *to) {
    mlp_echo **first = from ? &from->next : &trace->first_echo, *after = to ? to->next : NULL;
    if (from == to)
        return;
    *first = after;
    if (!after)
        trace->last_echo = from;
}

static void cut_sweeps(mlp_trace *trace, mlp_sweep *from, const mlp_sweep *to) {
    mlp_sweep **first = from ? &from->next : &trace->first_sweep, *after = to ? to->next : NULL;
    if (from == to)
        return;
    *first = after;
    if (!after)
        trace->last_sweep = from;
}

void trace_cut(mlp_trace *trace, const trace_mark *from, const trace_mark *to) {
    const trace_mark end =
        to ? *to
           : (trace_mark){trace->last_step, trace->last_entry, trace->last_echo, trace->last_sweep};
    trace_cut_steps(trace, from->step, end.step);
    cut_entries(trace, from->entry, end.entry);
    cut_echoes(trace, from->echo, end.echo);
    cut_sweeps(trace, from->sweep, end.sweep);
}

void mlp_trace_settle(mlp_trace *trace) {
    if (trace->sweeping || trace->inside)
        return;
    if (trace->keeping) {
        keep_settle(trace);
        return;
    }
    trace_cut_steps(trace, NULL, trace->last_step);
    trace->first_echo = trace->last_echo;
}
