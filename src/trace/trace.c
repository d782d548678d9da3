/* A trace: its entries, and the names of its values. */
#include "mlpstep/trace.h"

#include "entry_name.h"
#include "keep.h"
#include "record.h"
#include "repeated.h"

#include "base/map.h"
#include "base/out_of_memory.h"

bool trace_out_of_memory(const mlp_trace *trace, mlp_diagnostic *error) {
    return out_of_memory(error, trace->arena, "the script needs");
}

mlp_trace *mlp_trace_new(mlp_arena *arena) {
    mlp_trace *trace = mlp_arena_alloc(arena, 1, sizeof *trace);
    if (trace)
        trace->arena = arena;
    return trace;
}

mlp_value *mlp_trace_given(mlp_trace *trace, mlp_tensor tensor) {
    mlp_value *value = mlp_arena_alloc(trace->arena, 1, sizeof *value);
    mlp_version_counter *counter = mlp_arena_alloc(trace->arena, 1, sizeof *counter);
    if (!value || !counter)
        return NULL;
    value->number = trace->values++;
    value->tensor = tensor;
    value->memory.counter = counter;
    value->leaf = value->given = true;
    return trace_bound_given(trace, value) ? value : NULL;
}

const char *mlp_value_grad_fn(const mlp_value *value) {
    while (value->requires_grad && !value->leaf && value->producer->operation->hands_on)
        value = value->producer->in[0];
    const mlp_step *step = value->producer;
    if (!value->requires_grad || value->leaf)
        return NULL;
    if (step->grad_fn)
        return step->grad_fn;
    if (value->memory.rebased)
        return "AsStridedBackward0"; /* what PyTorch makes such a view with */
    const mlp_operation *operation = step->operation;
    if (operation->later_grad_fn && mlp_release_has(step->release, MLP_RENAMES_NODES))
        return operation->later_grad_fn;
    if (!operation->grad_fn_of)
        return operation->grad_fn;
    const mlp_call call = trace_call_of(step);
    return operation->grad_fn_of(&call);
}

void mlp_value_name(mlp_value *value, const char *name, mlp_name_rank rank) {
    if (rank < value->label.rank)
        return;
    value->label.name = name;
    value->label.rank = rank;
}

static mlp_entry *append_entry(mlp_trace *trace, mlp_entry_kind kind) {
    mlp_entry *entry = mlp_arena_alloc(trace->arena, 1, sizeof *entry);
    if (!entry)
        return NULL;
    entry->kind = kind;
    entry->phase = trace->section;
    if (trace->last_entry)
        trace->last_entry->next = entry;
    else
        trace->first_entry = entry;
    trace->last_entry = entry;
    return entry;
}

bool trace_come_to(mlp_trace *trace, mlp_phase section) {
    const bool was_update = trace->last_shown_in == MLP_UPDATE;
    if (trace->quiet && trace->keeping) /* it is computed on the side */
        return true;
    trace->last_shown_in = section;
    if (trace->budget && section == MLP_UPDATE && !was_update)
        trace->budget->progress.steps++;
    return section == MLP_UPDATE || !was_update || keep_next(trace);
}

static bool begin_section(mlp_trace *trace, mlp_phase section) {
    const mlp_entry *last = trace->last_entry;
    if (trace_leaves_out(trace) ||
        (last && last->kind != MLP_ENTRY_STEP && trace->section == section))
        return true;
    trace->section = section;
    return append_entry(trace, MLP_ENTRY_SECTION);
}

bool trace_begin_section(mlp_trace *trace, mlp_phase section) {
    return trace_come_to(trace, section) && begin_section(trace, section);
}

bool trace_show_number(mlp_trace *trace, uint64_t number) {
    mlp_entry *entry = append_entry(trace, MLP_ENTRY_STEP);
    if (entry)
        entry->number = number;
    return entry;
}

/* What is given to the steps that are kept is shown as what it was made of, or as it is: unless it
 * came about hidden, as places of elements do. */
static mlp_value *show_earlier(const mlp_trace *trace, mlp_value *value) {
    if (!keep_is_given(trace, value) || !value->producer)
        return value;
    value = mlp_value_origin(value);
    value->label.hidden = false;
    return value;
}

bool mlp_trace_show(mlp_trace *trace, mlp_phase section, mlp_value *value) {
    /* What was shown before, or would have been, begins no training step. */
    const bool comes = !value->label.hidden && !value->label.passed;
    if (value->label.hidden)
        value = show_earlier(trace, value);
    if (value->label.shown || value->label.hidden)
        return true;
    trace->last_shown = value;
    if (comes && !trace_come_to(trace, section))
        return false;
    value->label.passed |= !trace->quiet;
    if (trace_leaves_out(trace))
        return true;
    value->label.shown = true;
    mlp_entry *entry = begin_section(trace, comes ? section : trace->last_shown_in)
                           ? append_entry(trace, MLP_ENTRY_VALUE)
                           : NULL;
    if (entry)
        entry->value = value;
    return entry != NULL;
}

bool mlp_value_is_asked(const mlp_value *value) {
    const mlp_value *whole = value->label.part_of;
    return !value->given && !value->label.unasked && !(whole && whole->label.unasked);
}

bool mlp_trace_echo(mlp_trace *trace, mlp_value *value) {
    mlp_echo *echo = mlp_arena_alloc(trace->arena, 1, sizeof *echo);
    if (!echo)
        return false;
    echo->value = value;
    if (trace->last_echo)
        trace->last_echo->next = echo;
    else
        trace->first_echo = echo;
    trace->last_echo = echo;
    return true;
}

bool trace_show_formula(mlp_trace *trace, const mlp_step *step) {
    if (!step->origin)
        return true;
    if (!trace_begin_section(trace, step->phase))
        return false;
    mlp_entry *entry = trace_leaves_out(trace) ? NULL : append_entry(trace, MLP_ENTRY_FORMULA);
    if (entry)
        entry->step = step;
    return entry || trace_leaves_out(trace);
}

/* --- names --- */

static const char *given_name(mlp_trace *trace, const mlp_value *value) {
    if (value->label.internal_of)
        return mlp_arena_printf(trace->arena, "%s%s", value->label.internal_of->name,
                                value->label.suffix);
    if (value->variable && value->variable->name)
        return value->variable->name;
    return value->label.name ? value->label.name : "tensor";
}

static const char *base_name(mlp_trace *trace, const mlp_value *value) {
    const char *name = given_name(trace, value);
    return name ? entry_name(trace->arena, name) : NULL;
}

bool mlp_name_is_expression(const char *name) {
    size_t depth = 0;
    if (*name == '-')
        return true;
    for (; *name; name++) {
        depth += *name == '(' || *name == '[' ? 1 : 0;
        depth -= depth && (*name == ')' || *name == ']') ? 1 : 0;
        if (*name == ' ' && depth == 0)
            return true;
    }
    return false;
}

static const char *with_suffix(mlp_trace *trace, const char *name, const char *suffix) {
    return mlp_arena_printf(trace->arena, mlp_name_is_expression(name) ? "(%s)%s" : "%s%s", name,
                            suffix);
}

/* x, x@2, x@3; NULL without memory. */
static const char *count_name(mlp_trace *trace, map *counts, const char *name) {
    size_t *count = map_find(counts, name);
    if (!count) {
        count = mlp_arena_alloc(trace->arena, 1, sizeof *count);
        if (!count || !map_put(counts, trace->arena, name, count))
            return NULL;
    }
    if (++*count == 1)
        return name;
    const char *suffix = mlp_arena_printf(trace->arena, "@%zu", *count);
    return suffix ? with_suffix(trace, name, suffix) : NULL;
}

static bool name_variable(mlp_trace *trace, mlp_variable *variable, const char *display) {
    variable->display = display;
    for (mlp_alias *alias = variable->aliases; alias; alias = alias->next) {
        alias->name = entry_name(trace->arena, alias->name);
        if (!alias->name)
            return false;
    }
    return true;
}

/* The display name of a value that is not a part of another; NULL without memory. All values of
 * a variable share one. */
static const char *unique_name(mlp_trace *trace, map *counts, mlp_value *value) {
    if (value->variable && value->variable->display)
        return value->variable->display;
    const char *name = base_name(trace, value);
    const char *display = name ? count_name(trace, counts, name) : NULL;
    if (value->variable && !name_variable(trace, value->variable, display))
        return NULL;
    return display;
}

static const char *part_name(mlp_trace *trace, const mlp_value *value) {
    const mlp_value *whole = value->label.part_of;
    const char *name = whole->label.display ? whole->label.display : base_name(trace, whole);
    return name ? with_suffix(trace, name, value->label.suffix) : NULL;
}

static bool is_part(const mlp_value *value) {
    return value->label.part_of &&
           !(value->label.of_script && value->label.rank >= MLP_NAMED_LOCALLY);
}

static bool finish_name(mlp_trace *trace, map *counts, mlp_value *value) {
    if (!value->label.display)
        value->label.display =
            is_part(value) ? part_name(trace, value) : unique_name(trace, counts, value);
    return value->label.display != NULL;
}

bool mlp_trace_finish(mlp_trace *trace) {
    map counts = {0};
    if (trace->keeping)
        keep_end(trace);
    if ((trace->keeping && !keep_close(trace)) || !trace_drop_repeated(trace))
        return false;
    for (mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value && !finish_name(trace, &counts, e->value))
            return false;
    for (mlp_echo *e = trace->first_echo; e; e = e->next)
        if (!finish_name(trace, &counts, mlp_value_origin(e->value)))
            return false;
    return true;
}
