#include "chosen_steps.h"

#include "base/buffer.h"

#include "trace/step_name.h"

#include <inttypes.h>

uint64_t next_step(const mlp_entry **entry) {
    while (*entry && (*entry)->kind != MLP_ENTRY_STEP)
        *entry = (*entry)->next;
    const uint64_t number = *entry ? (*entry)->number : 0;
    *entry = *entry ? (*entry)->next : NULL;
    return number;
}

bool holds_step(const marking *m, uint64_t step) {
    const mlp_entry *entry = m->trace->first_entry;
    uint64_t held = next_step(&entry);
    while (held && held != step)
        held = next_step(&entry);
    return held;
}

bool is_of_other_step(const marking *m, uint64_t step) {
    return m->options->port && step <= mlp_trace_steps(m->trace) && !holds_step(m, step) &&
           step_names_count(m->trace);
}

/* Whether a sheet that says of which steps it is, is of the first ones that the trace holds: in others
 * the same names have other values. *steps becomes what --step takes for it. */
static bool is_of_steps(marking *m, buffer *steps) {
    const mlp_entry *entry = m->trace->first_entry;
    uint64_t last = 0;
    bool same = true;
    for (size_t i = 0; i < m->count; i++) {
        const uint64_t step = m->items[i].mark.answer->step;
        if (step == last || m->items[i].of_other_step)
            continue;
        same = same && step == next_step(&entry);
        buffer_printf(steps, last ? ",%" PRIu64 : "%" PRIu64, step);
        last = step;
    }
    return last == 0 || same;
}

static bool has_all_steps(const marking *m) {
    const mlp_entry *entry = m->trace->first_entry;
    return next_step(&entry) == 0;
}

/* What says of which step it is. */
static uint64_t step_of(const mlp_answer *a) {
    return a->in_step ? a->in_step : a->step;
}

/* Behind steps that --step leaves out names have other numbers. */
static bool refuse_left_out(marking *m, const mlp_answer *a) {
    const uint64_t step = step_of(a);
    const char *name = a->name ? a->name : "a tensor";
    if (step)
        return mlp_error(m->error,
                         "'%.100s' is of step %" PRIu64
                         ", which --step leaves out: take one step, or those from 1 on",
                         name, step);
    return mlp_error(m->error,
                     "'%.100s' may be of step %" PRIu64 " of the training, or number %" PRIu64
                     " of what --step chooses: take one step, or those from 1 on",
                     name, step_name_number(name), step_name_number(name));
}

/* Whether a report has more updates than --step chooses, and no lines # --step: its sections are of
 * steps that nobody knows. */
static bool has_more_updates(const marking *m, const mlp_answer *a) {
    const mlp_entry *entry = m->trace->first_entry;
    size_t held = 0;
    while (next_step(&entry))
        held++;
    return step_of(a) == 0 && a->section == MLP_UPDATE && a->section_count > held;
}

/* Of a port, what --step leaves out. */
static bool leave_out_other_steps(marking *m) {
    const bool counts = step_names_count(m->trace);
    for (size_t i = 0; m->options->port && i < m->count; i++) {
        item *it = &m->items[i];
        const mlp_answer *a = it->mark.answer;
        const uint64_t step = step_of(a);
        m->error->where = a->where;
        if (has_more_updates(m, a))
            return mlp_error(m->error,
                             "the report has more sections # step than --step chooses: leave "
                             "--step out");
        if (!step && !counts && a->name && !a->by_order && step_name_number(a->name))
            return refuse_left_out(m, a);
        if (!step || step > mlp_trace_steps(m->trace) || holds_step(m, step))
            continue;
        if (!counts)
            return refuse_left_out(m, a);
        it->of_other_step = it->left_out = true;
    }
    return true;
}

bool check_steps(marking *m) {
    buffer steps = {.arena = m->arena};
    if (has_all_steps(m)) {
        for (mlp_answer *a = m->answers->first; a; a = a->next)
            a->in_step = a->section_count ? a->step : a->in_step;
        return true;
    }
    if (!leave_out_other_steps(m))
        return false;
    if (is_of_steps(m, &steps))
        return true;
    if (steps.failed)
        return marking_out_of_memory(m);
    m->error->where = m->items[0].mark.answer->where;
    return mlp_error(m->error,
                     "the sheet is of other steps of the training, as its lines # --step tell: "
                     "leave --step out, or take --step=%.200s",
                     steps.bytes);
}

bool check_last_step(marking *m, uint64_t last) {
    for (size_t i = 0; i < m->count; i++) {
        const mlp_answer *a = m->items[i].mark.answer;
        const uint64_t step = step_of(a);
        if (step <= last || step == 1 || m->items[i].of_other_step)
            continue;
        m->error->where = a->where;
        return mlp_error(m->error,
                         "'%.100s' is of step %" PRIu64
                         " of the training, but the last one is %" PRIu64,
                         a->name ? a->name : "a tensor", step, last);
    }
    return true;
}
