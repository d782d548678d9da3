#include "shown.h"

#include "chosen.h"

#include "base/out_of_memory.h"

bool shown_begin(shown *s, const mlp_trace *trace, const char *const *only, bool to_fill,
                 mlp_diagnostic *error) {
    *s = (shown){.step = 1, .trace = trace, .to_fill = to_fill};
    if (!only)
        return true;
    chosen c = {.trace = trace, .whose = "the report"};
    s->wanted = c.value = mlp_arena_alloc(trace->arena, trace->values, sizeof *c.value);
    s->called = c.called = mlp_arena_alloc(trace->arena, trace->values, sizeof *c.called);
    if (!c.value || !c.called)
        return out_of_memory(error, trace->arena, "the report needs");
    for (; *only; only++)
        if (!chosen_add(&c, *only, error))
            return false;
    return true;
}

/* An optimizer's formula stands once above all its parameters. */
static bool repeats(const mlp_step *step, const mlp_step *before) {
    return before && step->phase == MLP_UPDATE && before->phase == MLP_UPDATE &&
           step->origin == before->origin;
}

static bool is_wanted(const shown *s, const mlp_entry *e) {
    if (e->kind == MLP_ENTRY_FORMULA)
        return !s->wanted && !repeats(e->step, s->formula);
    if (s->wanted)
        return s->wanted[e->value->number];
    return !s->to_fill || e->value->given || mlp_value_is_asked(e->value);
}

/* A trace that holds all steps has no numbers: what comes behind an update begins the next one. */
static void begin_section(shown *s, mlp_phase section) {
    if (!s->trace->keeping && s->section == MLP_UPDATE && section != MLP_UPDATE)
        s->step++;
    s->section = section;
    s->begins_section = true;
    s->formula = NULL;
}

static void begin_step(shown *s, uint64_t number) {
    s->step = number;
    s->begins_step = true;
}

bool shown_next(shown *s) {
    const mlp_entry *e = s->entry ? s->entry->next : s->trace->first_entry;
    if (s->entry)
        s->begins_section = s->begins_step = false;
    for (; e; e = e->next) {
        if (e->kind == MLP_ENTRY_SECTION) {
            begin_section(s, e->phase);
        } else if (e->kind == MLP_ENTRY_STEP) {
            begin_step(s, e->number);
        } else if (is_wanted(s, e)) {
            s->formula = e->kind == MLP_ENTRY_FORMULA ? e->step : s->formula;
            s->entry = e;
            return true;
        }
    }
    return false;
}

const char *shown_name(const shown *s) {
    const mlp_value *value = s->entry->value;
    const char *called = s->called ? s->called[value->number] : NULL;
    return called ? called : value->label.display;
}
