/* Which training steps a trace keeps, while the script runs. */
#include "keep.h"

#include "record.h"

static bool is_wanted(const struct mlp_keeping *k, uint64_t number) {
    return number <= k->wanted.few || mlp_steps_has(&k->wanted, number);
}

bool trace_leaves_out(const mlp_trace *trace) {
    return trace->quiet || (trace->keeping && trace->keeping->left_out);
}

bool keep_is_given(const mlp_trace *trace, const mlp_value *value) {
    const struct mlp_keeping *k = trace->keeping;
    return k && !k->left_out && value->number < k->begun && !value->label.shown;
}

/* The report of few steps is one of all steps, and has no line for each. */
static bool begin(mlp_trace *trace, uint64_t number) {
    struct mlp_keeping *k = trace->keeping;
    k->number = number;
    k->left_out = !is_wanted(k, number) && !k->wanted.last;
    return k->left_out || k->wanted.few > 0 || trace_show_number(trace, number);
}

bool mlp_trace_keep(mlp_trace *trace, const mlp_steps *steps) {
    trace->keeping = mlp_arena_alloc(trace->arena, 1, sizeof *trace->keeping);
    if (!trace->keeping)
        return false;
    trace->keeping->wanted = *steps;
    return begin(trace, 1);
}

uint64_t mlp_trace_steps(const mlp_trace *trace) {
    return trace->keeping ? trace->keeping->number : 0;
}

uint64_t mlp_trace_last(const mlp_trace *trace) {
    return trace->keeping ? trace->keeping->last : 0;
}

void keep_note_step(mlp_trace *trace, mlp_step *step) {
    struct mlp_keeping *k = trace->keeping;
    if (!k || step->phase != MLP_UPDATE)
        return;
    k->update = step;
    k->update_values = trace->values;
}

/* What the next step reads is shown again: the entries that are there may be let go of. */
static void show_again(mlp_trace *trace) {
    const struct mlp_keeping *k = trace->keeping;
    const mlp_entry *last = k->wanted.few ? NULL : k->kept.entry;
    for (mlp_entry *e = last ? last->next : trace->first_entry; e; e = e->next)
        if (e->value)
            e->value->label.shown = false;
}

/* The few steps are not few. */
static void hold_few(struct mlp_keeping *k) {
    k->held = k->kept;
    k->kept = (trace_mark){0};
    k->holds = true;
}

/* The step that ends here is another one that may be the last. */
static void let_go_of_held(mlp_trace *trace) {
    struct mlp_keeping *k = trace->keeping;
    if (k->wanted.few > 0 && k->number > k->wanted.few && !k->holds)
        hold_few(k);
    if (k->holds)
        trace_cut(trace, &k->kept, &k->held);
    k->holds = false;
}

/* Whether the step that runs takes the place of another that was held. Of few steps it is the
 * gradients that are wanted: one that has none does not. */
static bool may_be_last(const mlp_trace *trace) {
    const struct mlp_keeping *k = trace->keeping;
    return k->wanted.few == 0 || k->number <= k->wanted.few ||
           trace->last_sweep != (k->holds ? k->held.sweep : k->kept.sweep);
}

/* The step that ran is no part of the trace: neither up to `end`, nor, NULL, what is behind it. */
static void drop(mlp_trace *trace, const trace_mark *end) {
    const struct mlp_keeping *k = trace->keeping;
    trace_cut(trace, k->holds ? &k->held : &k->kept, end);
}

/* The step that ran has ended with k->update. */
static void end_step(mlp_trace *trace) {
    struct mlp_keeping *k = trace->keeping;
    const bool is_kept = is_wanted(k, k->number), goes = !may_be_last(trace);
    if (!goes)
        let_go_of_held(trace);
    const trace_mark end = {k->update, trace->last_entry, trace->last_echo, trace->last_sweep};
    if (goes) {
        drop(trace, &end);
        return;
    }
    if (is_kept) {
        k->kept = end;
    } else if (k->wanted.last) {
        k->held = end;
        k->holds = true;
        k->last = k->wanted.few ? k->number : 0;
    } else if (k->update) {
        trace_cut(trace, &k->kept, &end);
    }
}

/* Hidden steps may have begun it, before anything was shown: their inputs belong to it. */
static bool show_first(mlp_trace *trace) {
    const struct mlp_keeping *k = trace->keeping;
    const mlp_step *last = k->holds ? k->held.step : k->kept.step;
    bool well = true;
    for (const mlp_step *step = last ? last->next : trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS && well; i++) {
            mlp_value *in = step->in[i];
            if (!in || in->label.hidden || !keep_is_given(trace, in))
                continue;
            in->given = true;
            well = mlp_trace_show(trace, trace->last_shown_in, in);
        }
    return well;
}

bool keep_next(mlp_trace *trace) {
    struct mlp_keeping *k = trace->keeping;
    if (!k)
        return true;
    end_step(trace);
    k->update = NULL;
    if (!is_wanted(k, k->number) || (k->wanted.few > 0 && k->number >= k->wanted.few)) {
        k->begun = k->update_values;
        show_again(trace);
    }
    return begin(trace, k->number + 1) && (k->left_out || show_first(trace));
}

bool keep_show_read(mlp_trace *trace, const mlp_step *step) {
    const mlp_value *sources[MLP_MAX_SOURCES];
    if (!trace->keeping || trace_leaves_out(trace))
        return true;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const size_t count = step->out[i] ? mlp_value_sources(step->out[i], sources) : 0;
        for (size_t j = 0; j < count; j++) {
            mlp_value *read = (mlp_value *)sources[j]; /* the trace's own */
            if (!keep_is_given(trace, read))
                continue;
            read->given = true;
            if (!mlp_trace_show(trace, MLP_BACKWARD, read))
                return false;
        }
    }
    return true;
}

/* Behind an update the next step may have begun, of which nothing was shown so far. */
void keep_settle(mlp_trace *trace) {
    struct mlp_keeping *k = trace->keeping;
    if (!k->left_out)
        return;
    const bool may_be_next = trace->last_shown_in == MLP_UPDATE && is_wanted(k, k->number + 1);
    mlp_step *end = may_be_next ? k->update : trace->last_step;
    if (end)
        trace_cut_steps(trace, k->kept.step, end);
    k->update = NULL;
    mlp_echo **first_echo = k->kept.echo ? &k->kept.echo->next : &trace->first_echo;
    if (*first_echo)
        *first_echo = trace->last_echo;
}

void keep_end(mlp_trace *trace) {
    struct mlp_keeping *k = trace->keeping;
    const bool is_complete = trace->last_shown_in == MLP_UPDATE;
    const bool is_last = k->wanted.last && (is_complete || k->number == 1) && may_be_last(trace);
    if (k->number - !is_complete <= k->wanted.few) /* all are kept */
        return;
    if (is_last) {
        let_go_of_held(trace);
        k->last = k->wanted.few ? k->number : 0;
    } else if (!is_wanted(k, k->number)) {
        drop(trace, NULL);
    }
}
