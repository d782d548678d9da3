#include "derivation.h"
#include "term_parts.h"

#include "base/map.h"
#include "base/out_of_memory.h"

#include "trace/chosen.h"

#include <stdlib.h>
#include <string.h>

/* --- parts --- */

bool derivation_speaks_of(const derivation *d, const mlp_value *value) {
    return symbol_is_shown(value) && (!d->needed || d->needed[value->number]);
}

binding derivation_binding(const derivation *d) {
    return (binding){.arena = d->d->arena, .symbols = &d->names};
}

block *derivation_words(const derivation *d, block_kind kind, const char *text) {
    const math *m = text ? math_text(d->d->arena, MATH_WORDS, text) : NULL;
    return document_add(d->d, kind, 1, &m);
}

/* --- which values --- */

static bool is_optimized(const mlp_value *value) {
    return value->producer && value->producer->operation->optimizer;
}

/* An optimizer computes a parameter from the states that it has just made. */
static void mark_states(bool *needed, const mlp_value *value) {
    for (size_t i = 1; is_optimized(value) && i < MLP_MAX_OUTPUTS; i++)
        if (value->producer->out[i])
            needed[value->producer->out[i]->number] = true;
}

/* A loss over classes is written by the softmax of the same numbers. */
static void mark_softmax(bool *needed, const mlp_trace *trace, const mlp_value *value) {
    const bool is_route = value->producer && value->producer->operation == &mlp_log_softmax;
    const mlp_value *softmax = is_route ? term_softmax_beside(trace, value->producer) : NULL;
    if (softmax)
        needed[softmax->number] = true;
}

/* What is computed was computed from earlier values: one walk, from the last one, finds all. */
static void mark_sources(bool *needed, const mlp_trace *trace, const mlp_value *const *values,
                         size_t count) {
    const mlp_value *sources[MLP_MAX_SOURCES];
    for (size_t k = count; k-- > 0;) {
        if (!values[k] || !needed[k])
            continue;
        const size_t n = mlp_value_sources(values[k], sources);
        for (size_t i = 0; i < n; i++)
            needed[sources[i]->number] = true;
        mark_states(needed, values[k]);
        mark_softmax(needed, trace, values[k]);
        if (values[k]->label.part_of)
            needed[values[k]->label.part_of->number] = true;
    }
}

static void list_value(const mlp_value **values, const mlp_value *value) {
    if (value)
        values[value->number] = value;
}

static bool find_needed(derivation *d, mlp_diagnostic *error) {
    const mlp_trace *trace = d->trace;
    const mlp_value **values = mlp_arena_alloc(trace->arena, trace->values, sizeof *values);
    d->needed = mlp_arena_alloc(trace->arena, trace->values, sizeof *d->needed);
    if (!values || !d->needed)
        return out_of_memory(error, trace->arena, "the derivation needs");
    for (const mlp_step *step = trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
            list_value(values, step->out[i]);
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        list_value(values, e->value); /* what is given has no step */
    chosen c = {trace, symbol_is_shown, "the derivation", d->needed, NULL};
    for (const char *const *only = d->options->only; *only; only++)
        if (!chosen_add(&c, *only, error))
            return false;
    mark_sources(d->needed, trace, values, trace->values);
    return true;
}

/* --- the whole --- */

static void begin_section(const derivation *d, mlp_phase phase, uint64_t number) {
    static const char *const headings[] = {"Forward", "Backward", "Update"};
    const char *text = number > 0 ? mlp_arena_printf(d->d->arena, "%s of step %llu",
                                                     headings[phase], (unsigned long long)number)
                                  : headings[phase];
    derivation_words(d, BLOCK_HEADING, text);
}

static void name_topic(const derivation *d, const mlp_step *step) {
    const mlp_origin *origin = step->origin;
    math_row row = {.arena = d->d->arena};
    if (!origin || !origin->name)
        return;
    if (step->phase != MLP_UPDATE || !origin->description)
        math_add(&row, math_text(d->d->arena, MATH_CODE, origin->name));
    if (origin->description && step->phase != MLP_BACKWARD) {
        math_add_words(&row, row.count ? " = " : "");
        math_add(&row, math_text(d->d->arena, MATH_CODE, origin->description));
    }
    const math *m = math_row_end(&row);
    document_add(d->d, BLOCK_TOPIC, 1, &m);
}

static bool is_derived(const derivation *d, const mlp_entry *e) {
    return e->kind == MLP_ENTRY_VALUE && derivation_speaks_of(d, e->value) &&
           (!e->value->given || symbol_is_gradient(e->value));
}

/* What stands behind the results of a module, and is none of them. */
static void name_value(const derivation *d, const mlp_value *value) {
    const math *name = math_text(d->d->arena, MATH_CODE, value->label.display);
    document_add(d->d, BLOCK_TOPIC, 1, &name);
}

/* Whether anything of the section that begins here is derived. */
static bool has_computed(const derivation *d, const mlp_entry *e) {
    for (e = e->next; e && e->kind != MLP_ENTRY_SECTION; e = e->next)
        if (is_derived(d, e))
            return true;
    return false;
}

/* A parameter's update stands below that of another one by the same optimizer. */
static bool same_topic(const mlp_step *step, const mlp_step *other) {
    return other && step->phase == other->phase && step->origin == other->origin;
}

/* What an optimizer keeps of a parameter comes before the parameter, which is computed from it. */
static void derive_with_states(const derivation *d, const mlp_value *value) {
    const mlp_step *step = value->producer;
    if (is_optimized(value) && value != step->out[0] && derivation_speaks_of(d, step->out[0]))
        return;
    for (size_t i = 1; is_optimized(value) && i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] && step->out[i] != value && derivation_speaks_of(d, step->out[i]))
            derive_value(d, step->out[i]);
    derive_value(d, value);
    derive_class_link(d, value);
    derive_remarks(d, value);
}

static void derive_entries(const derivation *d) {
    const mlp_step *topic = NULL, *named = NULL;
    uint64_t number = 0;
    for (const mlp_entry *e = d->trace->first_entry; e && !d->d->failed; e = e->next) {
        if (e->kind == MLP_ENTRY_STEP)
            number = e->number;
        if (e->kind == MLP_ENTRY_SECTION && has_computed(d, e))
            begin_section(d, e->phase, mlp_trace_steps(d->trace) > 1 ? number : 0);
        if (e->kind == MLP_ENTRY_FORMULA)
            topic = e->step;
        if (e->kind == MLP_ENTRY_SECTION)
            topic = named = NULL;
        if (!is_derived(d, e))
            continue;
        if (topic && topic == e->value->producer) {
            if (!same_topic(topic, named))
                name_topic(d, topic);
            named = topic;
        } else if (named && e->value->producer != named) {
            name_value(d, e->value);
            named = NULL;
        }
        topic = NULL;
        derive_with_states(d, e->value);
    }
}

static void write_title(const derivation *d) {
    math_row row = {.arena = d->d->arena};
    math_add_words(&row, "Derivation");
    if (d->options->title) {
        math_add_words(&row, " of ");
        math_add(&row, math_text(d->d->arena, MATH_CODE, d->options->title));
    }
    const math *m = math_row_end(&row);
    document_add(d->d, BLOCK_TITLE, 1, &m);
}

static bool is_anything_computed(const derivation *d) {
    for (const mlp_entry *e = d->trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE && !e->value->given && derivation_speaks_of(d, e->value))
            return true;
    return false;
}

bool derivation_make(document *d, const mlp_trace *trace, const mlp_derive_options *options,
                     mlp_diagnostic *error) {
    derivation whole = {.d = d, .trace = trace, .options = options};
    *d = (document){.arena = trace->arena, .trace = trace, .precision = options->precision};
    if (!symbols_make(&whole.names, trace))
        return out_of_memory(error, trace->arena, "the derivation needs");
    if (options->only && !find_needed(&whole, error))
        return false;
    if (!is_anything_computed(&whole))
        return mlp_error(error, options->only
                                    ? "there is nothing to derive: these numbers are given"
                                    : "there is nothing to derive: no tensor is computed from "
                                      "another one");
    write_title(&whole);
    derive_network(&whole);
    derive_entries(&whole);
    return !d->failed || out_of_memory(error, trace->arena, "the derivation needs");
}
