#include "shown.h"

#include "base/nearest.h"
#include "base/out_of_memory.h"

static bool fail_unknown(const mlp_trace *trace, const char *name, mlp_diagnostic *error) {
    nearest near = {.name = name};
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE)
            nearest_consider_entry(&near, e->value->label.display);
    if (near.best)
        return mlp_error(error, "the report has no entry '%.200s'; did you mean '%.200s'?", name,
                         near.best);
    return mlp_error(error, "the report has no entry '%.200s': run without --only to see the names",
                     name);
}

bool shown_begin(shown *s, const mlp_trace *trace, const char *const *only, bool to_fill,
                 mlp_diagnostic *error) {
    map entries = {0};
    *s = (shown){.step = 1, .trace = trace, .only = only, .to_fill = to_fill};
    if (!only)
        return true;
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE &&
            !map_put(&entries, trace->arena, e->value->label.display, e->value))
            return out_of_memory(error, trace->arena, "the report needs");
    for (; *only; only++) {
        void *value = map_find(&entries, *only);
        if (!value)
            return fail_unknown(trace, *only, error);
        if (!map_put(&s->wanted, trace->arena, *only, value))
            return out_of_memory(error, trace->arena, "the report needs");
    }
    return true;
}

/* An optimizer's formula stands once above all its parameters. */
static bool repeats(const mlp_step *step, const mlp_step *before) {
    return before && step->phase == MLP_UPDATE && before->phase == MLP_UPDATE &&
           step->origin == before->origin;
}

static bool is_wanted(const shown *s, const mlp_entry *e) {
    if (e->kind == MLP_ENTRY_FORMULA)
        return !s->only && !repeats(e->step, s->formula);
    if (s->only)
        return map_find(&s->wanted, e->value->label.display) != NULL;
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
