#include "path.h"

#include "route.h"

#include <stdlib.h>
#include <string.h>

/* What is found while the sources of a value are searched. */
typedef struct {
    marking *m;
    const path *p;          /* which way to go */
    const mlp_value **open; /* values whose sources are still to be looked at */
    const mlp_step **steps;
    item **roots;
    size_t open_count, step_count, root_count, capacity;
} search;

static size_t most(size_t a, size_t b) {
    return a > b ? a : b;
}

/* Room for one more of each. */
static bool grow(search *s) {
    if (most(s->open_count, most(s->step_count, s->root_count)) < s->capacity)
        return true;
    const size_t capacity = s->capacity ? 2 * s->capacity : 16;
    const mlp_value **open = mlp_arena_alloc(s->m->arena, capacity, sizeof *open);
    const mlp_step **steps = mlp_arena_alloc(s->m->arena, capacity, sizeof *steps);
    item **roots = mlp_arena_alloc(s->m->arena, capacity, sizeof *roots);
    if (!open || !steps || !roots)
        return marking_out_of_memory(s->m);
    if (s->capacity) {
        memcpy(open, s->open, s->open_count * sizeof *open);
        memcpy(steps, s->steps, s->step_count * sizeof *steps);
        memcpy(roots, s->roots, s->root_count * sizeof *roots);
    }
    s->open = open;
    s->steps = steps;
    s->roots = roots;
    s->capacity = capacity;
    return true;
}

/* A value is come by once. */
static bool open_value(search *s, const mlp_value *value) {
    if (s->m->visited[value->number] == s->m->walk)
        return true;
    s->m->visited[value->number] = s->m->walk;
    if (!grow(s))
        return false;
    s->open[s->open_count++] = value;
    if (value->producer)
        s->steps[s->step_count++] = value->producer;
    return true;
}

static bool look_at_source(search *s, const mlp_value *value) {
    item *it = marking_item(s->m, value);
    if (!it || it == s->p->skipped)
        return open_value(s, value);
    if (s->m->visited[value->number] != s->m->walk) {
        if (!grow(s))
            return false;
        s->roots[s->root_count++] = it;
    }
    if (it->is_whole)
        s->m->visited[value->number] = s->m->walk;
    return it->is_whole || open_value(s, value);
}

/* Results are numbered as the steps were done. */
static size_t time_of(const mlp_step *step) {
    size_t i = 0;
    while (!step->out[i])
        i++;
    return step->out[i]->number;
}

static int by_time(const void *a, const void *b) {
    const size_t x = time_of(*(const mlp_step *const *)a), y = time_of(*(const mlp_step *const *)b);
    return x < y ? -1 : x > y;
}

/* A step that made two of the values was listed twice. */
static size_t sort_steps(const mlp_step **steps, size_t count) {
    size_t kept = 0;
    if (count == 0)
        return 0;
    qsort(steps, count, sizeof *steps, by_time);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || steps[i] != steps[i - 1])
            steps[kept++] = steps[i];
    return kept;
}

static double numbers_in(const mlp_value *const values[], size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] ? (double)values[i]->tensor.numel : 0;
    return sum;
}

/* Terms of a product are added up in vectors; a function takes as long as dozens of them. */
static double work_of(const mlp_step *of) {
    const unsigned functions =
        MLP_IS_ACTIVATION | MLP_IS_NORMALISED | MLP_IS_LOGARITHM | MLP_IS_LOG_OF_SUM;
    const double per_number = of->operation->traits & functions ? 256 : 8;
    return of->operation->work
               ? of->operation->work(&of->in[0]->tensor, &of->out[0]->tensor)
               : per_number * numbers_in((const mlp_value *const *)of->out, MLP_MAX_OUTPUTS);
}

double path_cost_of(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    return 64 + numbers_in((const mlp_value *const *)step->in, MLP_MAX_INPUTS) +
           numbers_in((const mlp_value *const *)of->in, MLP_MAX_INPUTS) + work_of(of);
}

const mlp_value *path_route(const marking *m, const path *p, const mlp_step *step) {
    const mlp_value *by = p->by_routes ? route_of(m, step) : NULL;
    return by && by != p->to && !route_goes_by(step, p->to) ? by : NULL;
}

bool path_goes_by_state(const marking *m, const path *p, const mlp_step *step) {
    return !step->forward && path_route(m, p, step) && step->operation->route->by_state;
}

static size_t sources_of(const search *s, const mlp_value *value,
                         const mlp_value *sources[MLP_MAX_SOURCES]) {
    const mlp_step *step = value->producer;
    return step && path_route(s->m, s->p, step) ? route_sources(s->m, value, sources)
                                                : mlp_value_sources(value, sources);
}

bool path_has_routes(const marking *m, const path *p) {
    for (size_t i = 0; i < p->step_count; i++)
        if (route_of(m, p->steps[i]))
            return true;
    return false;
}

bool path_find(marking *m, const mlp_value *value, path *p) {
    search s = {.m = m, .p = p};
    p->to = value;
    m->walk++;
    if (!open_value(&s, value))
        return false;
    while (s.open_count) {
        const mlp_value *sources[MLP_MAX_SOURCES];
        const size_t count = sources_of(&s, s.open[--s.open_count], sources);
        for (size_t i = 0; i < count; i++)
            if (!look_at_source(&s, sources[i]))
                return false;
    }
    s.step_count = sort_steps(s.steps, s.step_count);
    p->steps = s.steps;
    p->step_count = s.step_count;
    p->roots = s.roots;
    p->root_count = s.root_count;
    p->cost = 0;
    p->costs = mlp_arena_alloc(m->arena, s.step_count, sizeof *p->costs);
    if (!p->costs)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < s.step_count; i++)
        p->cost += p->costs[i] = path_cost_of(s.steps[i]);
    return true;
}
