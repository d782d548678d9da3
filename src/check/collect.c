#include "collect.h"

#include "missing.h"

#include <stdlib.h>

/* What the script gives otherwise comes first: all else hangs on it. */
static int by_order(const void *a, const void *b) {
    const item *x = *(const item *const *)a, *y = *(const item *const *)b;
    const bool x_differs = x->mark.verdict == MLP_DIFFERENT,
               y_differs = y->mark.verdict == MLP_DIFFERENT;
    if (x_differs != y_differs)
        return x_differs ? -1 : 1;
    if (x->mark.order != y->mark.order)
        return x->mark.order < y->mark.order ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_value(const void *a, const void *b) {
    const item *x = *(const item *const *)a, *y = *(const item *const *)b;
    const size_t m = x->mark.value->number, n = y->mark.value->number;
    if (x->mark.order == y->mark.order && m != n)
        return m < n ? -1 : 1;
    if (x->mark.order != y->mark.order)
        return x->mark.order < y->mark.order ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* All of them, whatever came of it. */
static bool collect_values(marking *m, mlp_marks *marks) {
    const item **sorted = mlp_arena_alloc(m->arena, m->count, sizeof *sorted);
    marks->of_values = mlp_arena_alloc(m->arena, m->count, sizeof *marks->of_values);
    if (!sorted || !marks->of_values)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < m->count; i++)
        sorted[i] = &m->items[i];
    qsort(sorted, m->count, sizeof *sorted, by_value);
    for (size_t i = 0; i < m->count; i++)
        marks->of_values[i] = &sorted[i]->mark;
    marks->values_count = m->count;
    return true;
}

/* Whether a number of a port is held against one that is computed, or what it was given is another. */
static bool has_compared(const marking *m) {
    for (size_t i = 0; i < m->count; i++) {
        const mlp_mark *mark = &m->items[i].mark;
        if (mark->verdict == MLP_DIFFERENT ||
            (!mark->value->given && (mark->given || mark->answer->numel == 0)))
            return true;
    }
    return false;
}

/* What a program printed may consist of what the script gives, but for a port. */
static bool is_unanswered(const marking *m) {
    if (m->options->port && !m->options->parts)
        return !has_compared(m);
    for (size_t i = 0; i < m->count; i++)
        if (!m->items[i].unmarked && m->items[i].mark.given)
            return false;
    return !m->is_dump;
}

bool collect_marks(marking *m, mlp_marks *marks) {
    if (m->refused)
        return true;
    item *missing = NULL;
    size_t lacking = 0, count = 0;
    const bool asks_for_all = m->options->require_all && !m->answers->is_transcript;
    if (!collect_values(m, marks) || (asks_for_all && !missing_items(m, &missing, &lacking)))
        return false;
    const item **sorted = mlp_arena_alloc(m->arena, m->count + lacking, sizeof *sorted);
    marks->mark = mlp_arena_alloc(m->arena, m->count + lacking, sizeof *marks->mark);
    if (!sorted || !marks->mark)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < m->count; i++)
        if (!m->items[i].unmarked)
            sorted[count++] = &m->items[i];
    for (size_t i = 0; i < lacking; i++)
        sorted[count++] = &missing[i];
    qsort(sorted, count, sizeof *sorted, by_order);
    marks->count = count;
    for (size_t i = 0; i < count; i++) {
        marks->mark[i] = &sorted[i]->mark;
        marks->of[sorted[i]->mark.verdict]++;
        marks->cheap += sorted[i]->mark.verdict == MLP_CARRIED && sorted[i]->mark.is_cheap;
    }
    marks->given = m->given;
    marks->require_all = m->options->require_all;
    marks->by_program = m->by_program;
    marks->port = m->options->port;
    marks->unanswered = is_unanswered(m);
    return true;
}
