/* Entries that would say again what the script computes itself. */
#include "repeated.h"

/* How a tensor is split along a dimension: into lines of `size` numbers, `stride` apart. */
typedef struct {
    size_t size, stride;
} lines;

static lines lines_along(const mlp_tensor *t, size_t dim) {
    lines l = {t->ndim ? t->shape[dim] : 1, 1};
    for (size_t d = dim + 1; d < t->ndim; d++)
        l.stride *= t->shape[d];
    return l;
}

bool mlp_step_has_lines_of(const mlp_step *step, const mlp_step *other) {
    const lines x = lines_along(&step->out[0]->tensor, (size_t)step->options->dim);
    const lines y = lines_along(&other->out[0]->tensor, (size_t)other->options->dim);
    return x.size == y.size && x.stride == y.stride;
}

/* Each value that gives way, by the number of its input: the last one of an input. NULL without
 * memory. */
static mlp_value **list_by_input(mlp_trace *trace) {
    mlp_value **list = mlp_arena_alloc(trace->arena, trace->values, sizeof *list);
    for (const mlp_entry *e = trace->first_entry; e && list; e = e->next)
        if (e->value && e->value->producer && e->value->label.unless_computed)
            list[mlp_value_first(e->value->producer->in[0])->number] = e->value;
    return list;
}

/* Whether the script's own step computes the value, and shows it. */
static bool computes(const mlp_step *step, const mlp_value *value) {
    const mlp_label *label = &step->out[0]->label;
    return !step->forward && step->operation == value->producer->operation && label->shown &&
           !label->unless_computed && mlp_step_has_lines_of(step, value->producer);
}

static bool is_gone(const mlp_entry *e) {
    const mlp_value *value = e->kind == MLP_ENTRY_FORMULA ? e->step->out[0] : e->value;
    return value && value->label.hidden && value->label.unless_computed;
}

static void drop_hidden(mlp_trace *trace) {
    mlp_entry **link = &trace->first_entry;
    trace->last_entry = NULL;
    while (*link) {
        if (is_gone(*link)) {
            *link = (*link)->next;
            continue;
        }
        trace->last_entry = *link;
        link = &(*link)->next;
    }
}

bool trace_drop_repeated(mlp_trace *trace) {
    mlp_value **by_input = list_by_input(trace);
    if (!by_input)
        return false;
    for (const mlp_step *step = trace->first_step; step; step = step->next) {
        mlp_value *value = step->in[0] ? by_input[mlp_value_first(step->in[0])->number] : NULL;
        if (value && computes(step, value))
            value->label.hidden = true;
    }
    drop_hidden(trace);
    return true;
}
