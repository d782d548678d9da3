#include "mlpstep/trace.h"

#include "record.h"

#include "base/map.h"

#include <string.h>

bool trace_out_of_memory(const mlp_trace *trace, mlp_diagnostic *error) {
    return mlp_error(error, "the script needs more memory than a run may use (%zu MiB)",
                     mlp_arena_limit(trace->arena) >> 20);
}

mlp_trace *mlp_trace_new(mlp_arena *arena) {
    mlp_trace *trace = mlp_arena_alloc(arena, 1, sizeof *trace);
    if (trace)
        trace->arena = arena;
    return trace;
}

mlp_value *mlp_trace_given(mlp_trace *trace, mlp_tensor tensor) {
    mlp_value *value = mlp_arena_alloc(trace->arena, 1, sizeof *value);
    if (value) {
        value->number = trace->values++;
        value->tensor = tensor;
        value->leaf = value->given = true;
    }
    return value;
}

const char *mlp_value_grad_fn(const mlp_value *value) {
    const mlp_step *step = value->producer;
    if (!value->requires_grad || value->leaf)
        return NULL;
    if (step->operation->hands_on)
        return mlp_value_grad_fn(step->in[0]);
    if (value->rebased)
        return "AsStridedBackward0"; /* what PyTorch makes such a view with */
    if (!step->operation->grad_fn_of)
        return step->operation->grad_fn;
    mlp_call call = {0};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = step->in[i] ? &step->in[i]->tensor : NULL;
    memcpy(call.option, step->option, sizeof call.option);
    return step->operation->grad_fn_of(&call);
}

void mlp_value_name(mlp_value *value, const char *name, mlp_name_rank rank) {
    if (rank < value->rank)
        return;
    value->name = name;
    value->rank = rank;
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

bool trace_begin_section(mlp_trace *trace, mlp_phase section) {
    if (trace->last_entry && trace->section == section)
        return true;
    trace->section = section;
    return append_entry(trace, MLP_ENTRY_SECTION) != NULL;
}

bool mlp_trace_show(mlp_trace *trace, mlp_phase section, mlp_value *value) {
    if (value->shown || value->hidden)
        return true;
    value->shown = true;
    mlp_entry *entry =
        trace_begin_section(trace, section) ? append_entry(trace, MLP_ENTRY_VALUE) : NULL;
    if (entry)
        entry->value = value;
    return entry != NULL;
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
    mlp_entry *entry =
        trace_begin_section(trace, step->phase) ? append_entry(trace, MLP_ENTRY_FORMULA) : NULL;
    if (entry)
        entry->step = step;
    return entry != NULL;
}

mlp_step *trace_append_step(mlp_trace *trace, mlp_phase phase, const mlp_operation *operation,
                            const mlp_origin *origin) {
    mlp_step *step = mlp_arena_alloc(trace->arena, 1, sizeof *step);
    if (!step)
        return NULL;
    *step = (mlp_step){
        .phase = phase, .operation = operation, .origin = origin, .previous = trace->last_forward};
    if (phase == MLP_FORWARD)
        trace->last_forward = step;
    if (trace->last_step)
        trace->last_step->next = step;
    else
        trace->first_step = step;
    trace->last_step = step;
    return step;
}

mlp_shape trace_shape_of(const mlp_tensor *tensor) {
    mlp_shape shape = {.dtype = tensor->dtype, .ndim = tensor->ndim};
    memcpy(shape.shape, tensor->shape, sizeof shape.shape);
    return shape;
}

mlp_value *trace_new_output(mlp_trace *trace, mlp_step *step, size_t index, const mlp_shape *shape,
                            mlp_diagnostic *error) {
    mlp_tensor tensor;
    if (!mlp_tensor_new(&tensor, trace->arena, shape->dtype, shape->ndim, shape->shape, error))
        return NULL;
    mlp_value *value = mlp_trace_given(trace, tensor);
    if (!value) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    value->producer = step;
    value->given = false;
    return step->out[index] = value;
}

/* Where a step that computes from these values belongs: what is made of gradients alone, without
 * being differentiated itself, prepares an update. */
static mlp_phase phase_of(mlp_value *const in[MLP_MAX_INPUTS], bool requires_grad) {
    for (size_t i = 0; i < MLP_MAX_INPUTS && !requires_grad; i++)
        if (in[i] && in[i]->of_gradient)
            return MLP_UPDATE;
    return MLP_FORWARD;
}

static bool show_inputs(mlp_trace *trace, mlp_phase section, mlp_value *const in[MLP_MAX_INPUTS]) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (in[i] && !mlp_trace_show(trace, section, in[i]))
            return false;
    return true;
}

static mlp_value *compute(mlp_trace *trace, const mlp_operation *operation,
                          const mlp_origin *origin, mlp_value *const in[MLP_MAX_INPUTS],
                          const double option[MLP_MAX_OPTIONS], bool show, const char **warning,
                          mlp_diagnostic *error) {
    mlp_call call = {0};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    bool requires_grad = false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        call.in[i] = in[i] ? &in[i]->tensor : NULL;
        requires_grad |= in[i] && in[i]->requires_grad && (operation->gradients >> i & 1);
    }
    memcpy(call.option, option, sizeof call.option);
    if (!operation->check(&call, shape, error))
        return NULL;
    requires_grad = requires_grad && !trace->no_grad && mlp_dtype_is_floating(shape[0].dtype);
    if (warning)
        *warning = call.warning;

    const mlp_phase phase = phase_of(in, requires_grad);
    mlp_step *step = trace_append_step(trace, phase, operation, origin);
    if (!step || (show && (!trace_show_formula(trace, step) || !show_inputs(trace, phase, in)))) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    memcpy(step->in, in, sizeof step->in);
    memcpy(step->option, call.option, sizeof step->option);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (in[i])
            in[i]->used = true;
    for (size_t i = 0; i < operation->outputs; i++) {
        mlp_value *out = trace_new_output(trace, step, i, &shape[i], error);
        if (!out)
            return NULL;
        out->requires_grad = requires_grad && i == 0;
        out->leaf = !out->requires_grad;
        out->of_gradient = phase == MLP_UPDATE;
        call.out[i] = &out->tensor;
    }
    trace_note_origin(step->out[0]);
    operation->forward(&call);
    return step->out[0];
}

mlp_value *trace_compute(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                         mlp_value *const in[MLP_MAX_INPUTS], const double option[MLP_MAX_OPTIONS],
                         const char **warning, mlp_diagnostic *error) {
    return compute(trace, operation, origin, in, option, false, warning, error);
}

mlp_value *mlp_trace_apply(mlp_trace *trace, const mlp_operation *operation,
                           const mlp_origin *origin, mlp_value *const in[MLP_MAX_INPUTS],
                           const double option[MLP_MAX_OPTIONS], const char **warning,
                           mlp_diagnostic *error) {
    return compute(trace, operation, origin, in, option, true, warning, error);
}

/* --- names --- */

static const char *base_name(mlp_trace *trace, const mlp_value *value) {
    if (value->internal_of)
        return mlp_arena_printf(trace->arena, "%s%s", value->internal_of->name, value->suffix);
    if (value->variable && value->variable->name)
        return value->variable->name;
    return value->name ? value->name : "tensor";
}

/* Whether a name is an expression, as in x @ W.T + b or -x, which takes brackets before anything
 * is put behind it. */
static bool is_expression(const char *name) {
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
    return mlp_arena_printf(trace->arena, is_expression(name) ? "(%s)%s" : "%s%s", name, suffix);
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

/* The display name of a value that is not a part of another; NULL without memory. All values of
 * a variable share one. */
static const char *unique_name(mlp_trace *trace, map *counts, mlp_value *value) {
    if (value->variable && value->variable->display)
        return value->variable->display;
    const char *name = base_name(trace, value);
    const char *display = name ? count_name(trace, counts, name) : NULL;
    if (value->variable)
        value->variable->display = display;
    return display;
}

static const char *part_name(mlp_trace *trace, const mlp_value *value) {
    const mlp_value *whole = value->part_of;
    const char *name = whole->display ? whole->display : base_name(trace, whole);
    return name ? with_suffix(trace, name, value->suffix) : NULL;
}

static bool finish_name(mlp_trace *trace, map *counts, mlp_value *value) {
    if (!value->display)
        value->display =
            value->part_of ? part_name(trace, value) : unique_name(trace, counts, value);
    return value->display != NULL;
}

bool mlp_trace_finish(mlp_trace *trace) {
    map counts = {0};
    for (mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value && !finish_name(trace, &counts, e->value))
            return false;
    for (mlp_echo *e = trace->first_echo; e; e = e->next)
        if (!finish_name(trace, &counts, mlp_value_origin(e->value)))
            return false;
    return true;
}
