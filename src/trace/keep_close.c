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

/* Those that a backward goes through though a training step before computed them: in order, and
 * *count of them. NULL without memory. */
static mlp_step **find_earlier(mlp_trace *trace, size_t *count) {
    size_t steps = 0;
    *count = 0;
    for (mlp_step *step = trace->first_step; step; step = step->next, steps++)
        step->kept = true;
    mlp_step **earlier = mlp_arena_alloc(trace->arena, steps, sizeof *earlier);
    for (mlp_step *step = trace->first_step; step && earlier; step = step->next) {
        mlp_step *forward = (mlp_step *)step->forward; /* the trace's own */
        if (!forward || forward->kept)
            continue;
        forward->kept = true;
        earlier[(*count)++] = forward;
    }
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
        value->given = true;
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
