#include "sample.h"

#include "spread.h"

double sample_cost(const sample *first, size_t most) {
    double cost = 0;
    for (const sample *s = first; s; s = s->next) {
        const size_t all = s->result->all;
        cost += all <= most ? s->cost : s->cost / (double)all * (double)most;
    }
    return cost;
}

size_t sample_affordable(const sample *first, double cost) {
    size_t fine = 0, most = 0;
    for (const sample *s = first; s; s = s->next)
        if (s->result->all > most)
            most = s->result->all;
    while (fine < most) {
        const size_t middle = fine + (most - fine + 1) / 2;
        if (sample_cost(first, middle) <= cost)
            fine = middle;
        else
            most = middle - 1;
    }
    return fine;
}

bool sample_choose(sample *s, mlp_arena *arena, size_t most) {
    const mlp_tensor *shape = s->result->shape;
    if (s->result->all <= most)
        return true;
    s->count = most;
    s->at = mlp_arena_alloc(arena, most, sizeof *s->at);
    if (s->at)
        spread(s->at, most, s->result->all, shape->ndim > 0 ? shape->shape[shape->ndim - 1] : 1);
    return s->at;
}

bool sample_takes(sample *s) {
    const size_t element = s->passed++;
    if (!s->at)
        return true;
    if (s->taken == s->count || s->at[s->taken] != element)
        return false;
    s->taken++;
    return true;
}
