/* A trace of its own is made of the steps that were kept. */
#include "keep.h"

#include "each.h"

#include <stdlib.h>

/* --- steps --- */

/* Steps are in the order of the values that they made. */
static size_t order_of(const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i])
            return step->out[i]->number;
    return 0;
}

static int compare_steps(const void *a, const void *b) {
    const mlp_step *const *x = a, *const *y = b;
    const size_t first = order_of(*x), second = order_of(*y);
    return (first > second) - (first < second);
}

/* Of steps that a training step before computed. */
typedef struct {
    mlp_step *first, *last;
    size_t count;
} step_list;

static void add_earlier(step_list *list, const mlp_step *step) {
    if (!step || step->kept)
        return;
    mlp_step *own = (mlp_step *)step; /* of this trace, and in no list */
    own->kept = true;
    *(list->last ? &list->last->next : &list->first) = own;
    list->last = own;
    list->count++;
}

/* Those whose results a gradient goes through, or that are the steps of a function of the script. */
static void add_inputs(step_list *list, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i] &&
            (step->in[i]->inside || (step->in[i]->requires_grad && !step->in[i]->leaf)))
            add_earlier(list, step->in[i]->producer);
}

/* Whether the step belongs to what one of the sweeps that are kept could go through. */
static bool is_reached(const mlp_trace *trace, const mlp_step *step) {
    return trace->first_sweep && step->reached >= trace->first_sweep->number;
}

/* Those that a backward goes through: in order, and *count of them. NULL without memory. */
static mlp_step **find_earlier(mlp_trace *trace, size_t *count) {
    step_list list = {0};
    for (mlp_step *step = trace->first_step; step; step = step->next)
        step->kept = true;
    for (const mlp_step *step = trace->first_step; step; step = step->next) {
        add_earlier(&list, step->forward);
        if (is_reached(trace, step))
            add_inputs(&list, step);
    }
    for (const mlp_sweep *sweep = trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            add_earlier(&list, root->value->producer);
    for (const mlp_step *step = list.first; step; step = step->next)
        add_inputs(&list, step);
    mlp_step **earlier = mlp_arena_alloc(trace->arena, list.count, sizeof *earlier);
    *count = 0;
    for (mlp_step *step = list.first; step && earlier; step = step->next)
        earlier[(*count)++] = step;
    if (earlier)
        qsort(earlier, *count, sizeof *earlier, compare_steps);
    return earlier;
}

static bool put_earlier(mlp_trace *trace) {
    size_t count;
    mlp_step **earlier = find_earlier(trace, &count), **link = &trace->first_step;
    for (size_t i = 0; i < count && earlier; i++) {
        while (*link && order_of(*link) < order_of(earlier[i]))
            link = &(*link)->next;
        earlier[i]->next = *link;
        *link = earlier[i];
    }
    return earlier;
}

static void link_steps(mlp_trace *trace) {
    trace->last_step = trace->last_forward = NULL;
    for (mlp_step *step = trace->first_step; step; step = step->next) {
        step->previous = trace->last_forward;
        if (step->phase == MLP_FORWARD || (step->phase == MLP_BACKWARD && !step->forward))
            trace->last_forward = step;
        trace->last_step = step;
    }
}

/* --- values --- */

typedef struct {
    mlp_value **value; /* NULL: they are only counted */
    size_t count;
} value_list;

static bool list_value(void *context, mlp_value *value) {
    value_list *list = context;
    if (list->value)
        list->value[list->count] = value;
    list->count++;
    return true;
}

static int compare_values(const void *a, const void *b) {
    const mlp_value *const *x = a, *const *y = b;
    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

/* Each once, in order. False without memory. */
static bool list_values(const mlp_trace *trace, value_list *list) {
    size_t kept = 0;
    *list = (value_list){0};
    each_value(trace, list_value, list);
    *list = (value_list){.value = mlp_arena_alloc(trace->arena, list->count, sizeof *list->value)};
    if (!list->value)
        return false;
    each_value(trace, list_value, list);
    qsort(list->value, list->count, sizeof *list->value, compare_values);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || list->value[kept - 1] != list->value[i])
            list->value[kept++] = list->value[i];
    list->count = kept;
    return true;
}

static bool has_value(const value_list *list, const mlp_value *value) {
    return bsearch(&value, list->value, list->count, sizeof *list->value, compare_values);
}

static void cut_off(const value_list *list, mlp_value *value) {
    if (value->producer && !value->producer->kept) {
        value->producer = NULL;
        value->given = value->leaf = true; /* what made it has no part in a gradient here */
        value->inside = false;
    }
    if (value->same_as && (!value->producer || !has_value(list, value->same_as)))
        value->same_as = NULL;
}

static bool close_values(mlp_trace *trace) {
    value_list list;
    if (!list_values(trace, &list))
        return false;
    for (size_t i = 0; i < list.count; i++)
        cut_off(&list, list.value[i]);
    for (size_t i = 0; i < list.count; i++)
        list.value[i]->number = i;
    trace->values = list.count;
    return true;
}

bool keep_close(mlp_trace *trace) {
    if (!put_earlier(trace) || !close_values(trace))
        return false;
    link_steps(trace);
    for (mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value)
            e->value->label.shown = true;
    return true;
}
