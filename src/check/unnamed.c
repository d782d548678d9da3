#include "unnamed.h"

#include <math.h>
#include <string.h>

enum {
    MOST_PAIRS = 1 << 20, /* of which all are tried; of more, the first that fits is taken */
    MOST_ITEMS = 1 << 15
};

typedef struct {
    marking *m;
    item **item; /* without values */
    const mlp_value **value;
    size_t items, values;
    uint64_t *best; /* best[i * (values + 1) + j]: the score of the items from i on among the values
                       from j on */
} search;

/* One that has a shape is worth more than all numbers that are a tensor without dimensions, and one of
 * these more than all that have their numbers. */
static const uint64_t worth_of_scalar = MOST_ITEMS;
static const uint64_t worth_of_shape = (uint64_t)MOST_ITEMS * MOST_ITEMS;

static size_t leading_ones(const size_t *shape, size_t ndim) {
    size_t i = 0;
    while (i < ndim && shape[i] == 1)
        i++;
    return i;
}

static bool has_shape(const mlp_answer *a, const mlp_tensor *t) {
    const size_t i = leading_ones(a->shape, a->ndim), j = leading_ones(t->shape, t->ndim);
    return a->ndim - i == t->ndim - j &&
           memcmp(a->shape + i, t->shape + j, (a->ndim - i) * sizeof *a->shape) == 0;
}

/* Roughly, as a number that was computed in another way, or rounded. */
static bool has_numbers(const mlp_answer *a, const mlp_tensor *t) {
    const double near = 1e-3;
    for (size_t i = 0; i < a->numel; i++) {
        const double x = a->numbers[i].value, truth = mlp_tensor_get(t, i);
        if (a->numbers[i].given && !(fabs(x - truth) <= near * (fabs(truth) + near)))
            return false;
    }
    return true;
}

static uint64_t score(const search *s, size_t i, size_t j) {
    const mlp_answer *a = s->item[i]->mark.answer;
    const mlp_tensor *t = &s->value[j]->tensor;
    const bool is_scalar = a->ndim == 0 && t->ndim == 0;
    return has_shape(a, t)
               ? worth_of_shape + (is_scalar ? worth_of_scalar : 0) + (has_numbers(a, t) ? 1 : 0)
               : 0;
}

static uint64_t *best_at(const search *s, size_t i, size_t j) {
    return &s->best[i * (s->values + 1) + j];
}

static bool fill(search *s) {
    s->best = mlp_arena_alloc(s->m->arena, (s->items + 1) * (s->values + 1), sizeof *s->best);
    if (!s->best)
        return marking_out_of_memory(s->m);
    for (size_t i = s->items; i-- > 0;)
        for (size_t j = s->values; j-- > 0;) {
            const uint64_t here = score(s, i, j);
            const uint64_t with = here ? here + *best_at(s, i + 1, j + 1) : 0;
            uint64_t best = *best_at(s, i, j + 1);
            best = *best_at(s, i + 1, j) > best ? *best_at(s, i + 1, j) : best;
            *best_at(s, i, j) = with > best ? with : best;
        }
    return true;
}

/* The first of the ways that have the best score. */
static void follow_best(search *s) {
    for (size_t i = 0, j = 0; i < s->items && j < s->values;) {
        const uint64_t here = score(s, i, j), best = *best_at(s, i, j);
        if (here && here + *best_at(s, i + 1, j + 1) == best)
            s->item[i++]->mark.value = s->value[j++];
        else if (*best_at(s, i, j + 1) == best)
            j++;
        else
            i++;
    }
}

static void take_first(search *s) {
    for (size_t i = 0, j = 0; i < s->items && j < s->values; j++)
        if (has_shape(s->item[i]->mark.answer, &s->value[j]->tensor))
            s->item[i++]->mark.value = s->value[j];
}

static bool collect(search *s) {
    marking *m = s->m;
    size_t entries = 0;
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next)
        entries += e->kind == MLP_ENTRY_VALUE;
    s->item = mlp_arena_alloc(m->arena, m->count, sizeof *s->item);
    s->value = mlp_arena_alloc(m->arena, entries, sizeof *s->value);
    if (!s->item || !s->value)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < m->count; i++)
        if (!m->items[i].left_out && !m->items[i].mark.value)
            s->item[s->items++] = &m->items[i];
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE)
            s->value[s->values++] = e->value;
    return true;
}

bool unnamed_find(marking *m) {
    search s = {.m = m};
    if (!collect(&s))
        return false;
    if (s.items == 0 || s.values == 0)
        return true;
    if (s.items >= MOST_ITEMS || s.values > MOST_PAIRS / s.items)
        return take_first(&s), true;
    if (!fill(&s))
        return false;
    follow_best(&s);
    return true;
}
