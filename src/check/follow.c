/* What an answer follows from: the steps between the nearest other answers and it. */
#include "marking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the path --- */

/* What is found while the sources of a value are searched. */
typedef struct {
    marking *m;
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

/* The item whose numbers stand for the value; NULL where it is not answered. */
static item *item_of(const marking *m, const mlp_value *value) {
    item *first = m->answered[value->number];
    for (item *it = first; it; it = it->same)
        if (it->fixed)
            return it;
    return first && first->mark.given ? first : NULL;
}

static bool look_at_source(search *s, const mlp_value *value) {
    item *it = item_of(s->m, value);
    if (!it)
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

static double cost_of(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    const double work = of->operation->work
                            ? of->operation->work(&of->in[0]->tensor, &of->out[0]->tensor)
                            : numbers_in((const mlp_value *const *)of->out, MLP_MAX_OUTPUTS);
    return 16 + numbers_in((const mlp_value *const *)step->in, MLP_MAX_INPUTS) +
           numbers_in((const mlp_value *const *)of->in, MLP_MAX_INPUTS) + work;
}

bool path_find(marking *m, const mlp_value *value, path *p) {
    search s = {.m = m};
    m->walk++;
    if (!open_value(&s, value))
        return false;
    while (s.open_count) {
        const mlp_value *sources[MLP_MAX_SOURCES];
        const size_t count = mlp_value_sources(s.open[--s.open_count], sources);
        for (size_t i = 0; i < count; i++)
            if (!look_at_source(&s, sources[i]))
                return false;
    }
    s.step_count = sort_steps(s.steps, s.step_count);
    *p = (path){
        .steps = s.steps, .step_count = s.step_count, .roots = s.roots, .root_count = s.root_count};
    for (size_t i = 0; i < s.step_count; i++)
        p->cost += cost_of(s.steps[i]);
    return true;
}

/* --- the ways --- */

/* What is fixed of a step's results stays, whichever way the step is done. */
static void keep_fixed(marking *m, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const item *it = step->out[i] ? item_of(m, step->out[i]) : NULL;
        if (it && it->fixed)
            marking_fix(m, it->mark.value, it->numbers, it->given);
    }
}

static bool go(marking *m, const way *w) {
    for (size_t i = 0; i < w->path->step_count; i++) {
        const mlp_step *step = w->path->steps[i];
        mlp_replay_run(m->own, step, step);
        if (step != w->step || !w->instead)
            continue;
        if (!w->instead(m, step, w->context))
            return false;
        keep_fixed(m, step);
    }
    m->work_left -= w->path->cost;
    return w->step || !w->instead || w->instead(m, NULL, w->context);
}

static void read_value(const marking *m, const item *it, double *value) {
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    for (size_t i = 0; i < t->numel; i++)
        value[i] = mlp_tensor_get(t, i);
}

/* The true numbers of a value that none are fixed of. */
static void write_true(marking *m, const item *it) {
    mlp_tensor *exact = mlp_replay_tensor(m->own, it->mark.value);
    mlp_tensor *recorded = mlp_replay_tensor(m->in_dtype, it->mark.value);
    for (size_t i = 0; i < exact->numel; i++) {
        mlp_tensor_set(exact, i, it->exact[i]);
        mlp_tensor_set(recorded, i, mlp_tensor_get(&it->mark.value->tensor, i));
    }
}

static bool go_in_dtype(marking *m, const way *w) {
    mlp_replay *own = m->own;
    m->own = m->in_dtype;
    const bool went = go(m, w);
    m->own = own;
    return went;
}

/* The replays as they were: each step done in its own way. */
static void go_back(marking *m, const item *it, const path *p) {
    go(m, &(way){.path = p});
    go_in_dtype(m, &(way){.path = p});
    if (!it->mark.value->producer)
        write_true(m, it);
}

/* One written number of a root moved by what rounding may have taken from it. */
static bool move(marking *m, const item *it, const way *w, item *root, size_t i, double by,
                 const double *value, double *moved) {
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    const double number = root->numbers[i];
    root->numbers[i] = number + by;
    mlp_tensor_set(mlp_replay_tensor(m->own, root->mark.value), i, number + by);
    const bool went = go(m, w);
    root->numbers[i] = number;
    mlp_tensor_set(mlp_replay_tensor(m->own, root->mark.value), i, number);
    for (size_t j = 0; went && j < t->numel; j++) {
        const double d = fabs(mlp_tensor_get(t, j) - value[j]);
        moved[j] = d > moved[j] ? d : moved[j];
    }
    return went;
}

static bool is_uncertain(const item *root, size_t i) {
    return root->fixed && root->given[i] && root->rounding[i] > 0;
}

static size_t count_uncertain(const path *p) {
    size_t count = 0;
    for (size_t r = 0; r < p->root_count; r++)
        for (size_t i = 0; i < p->roots[r]->mark.answer->numel; i++)
            count += is_uncertain(p->roots[r], i);
    return count;
}

enum {
    FEWEST_MOVED = 8 /* numbers, however little work is left */
};

/* Every how manieth of them is moved: one item may take an eighth of the work that is left. */
static size_t choose_stride(const marking *m, const path *p, size_t uncertain) {
    const double affordable = fmax(m->work_left / 16 / p->cost, FEWEST_MOVED);
    return (double)uncertain <= affordable ? 1 : (size_t)ceil((double)uncertain / affordable);
}

/* Whether number `at` is one of every `stride`: scattered, since numbers at even distances may
 * stand in one column. */
static bool is_chosen(size_t at, size_t stride) {
    const uint32_t scattered = (uint32_t)at * 2654435761U; /* Knuth's multiplicative hash */
    return (scattered >> 16) % stride == 0;
}

/* Of a few of many numbers, hardly any may be among those that one element follows from: each
 * element gets the largest estimate. */
static void spread_largest(double *bound, size_t n) {
    double largest = 0;
    for (size_t j = 0; j < n; j++)
        largest = fmax(largest, bound[j]);
    for (size_t j = 0; j < n; j++)
        bound[j] = largest;
}

/* Adds the sum over the roots' numbers of how far each moves the value. */
static bool add_bound(marking *m, const item *it, const way *w, const double *value,
                      double *bound) {
    const size_t n = it->mark.answer->numel, uncertain = count_uncertain(w->path);
    const size_t stride = uncertain ? choose_stride(m, w->path, uncertain) : 1;
    double *moved = m->scratch;
    size_t at = 0;
    bool went = true;
    for (size_t r = 0; r < w->path->root_count; r++) {
        item *root = w->path->roots[r];
        for (size_t i = 0; i < root->mark.answer->numel && went; i++) {
            if (!is_uncertain(root, i) || !is_chosen(at++, stride))
                continue;
            memset(moved, 0, n * sizeof *moved);
            went = move(m, it, w, root, i, root->rounding[i], value, moved) &&
                   move(m, it, w, root, i, -root->rounding[i], value, moved);
            for (size_t j = 0; j < n; j++)
                bound[j] += moved[j] * (double)stride;
        }
    }
    if (stride > 1)
        spread_largest(bound, n);
    return went;
}

/* For as long as the way from what is written is gone, all roots are fixed. */
static void fix_roots(marking *m, const path *p, bool fix) {
    for (size_t r = 0; r < p->root_count; r++) {
        item *root = p->roots[r];
        if (root->fixed || !item_can_be_fixed(root))
            continue;
        marking_fix(m, root->mark.value, fix ? root->numbers : NULL, root->given);
        if (!fix)
            write_true(m, root);
    }
}

/* Adds what rounding to the dtype of the script does on the way: its difference from float64, and
 * a last bit. */
static bool add_dtype_rounding(marking *m, const item *it, const way *w, const double *value,
                               double *bound) {
    const bool went = go_in_dtype(m, w);
    const mlp_tensor *t = mlp_replay_tensor(m->in_dtype, it->mark.value);
    for (size_t i = 0; went && i < t->numel; i++) {
        const double difference = fabs(mlp_tensor_get(t, i) - value[i]);
        bound[i] += dtype_rounding(it, value[i]) + (isfinite(difference) ? difference : 0);
    }
    return went;
}

bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound) {
    const size_t n = it->mark.answer->numel;
    if (as_written)
        fix_roots(m, w->path, true);
    bool went = go(m, w);
    if (went) {
        read_value(m, it, value);
        memset(bound, 0, n * sizeof *bound);
        went = (as_written || add_bound(m, it, w, value, bound)) &&
               add_dtype_rounding(m, it, w, value, bound);
    }
    if (as_written)
        fix_roots(m, w->path, false);
    go_back(m, it, w->path);
    return went;
}

bool item_is_near(const marking *m, const item *it, const double *value, const double *bound) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !number_is_near(m, it, i, value[i], bound[i]))
            return false;
    return true;
}

/* --- carried --- */

typedef bool choice(const item *root);

static bool is_wrong(const item *root) {
    return root->mark.differing > 0;
}

static bool is_rounded_result(const item *root) {
    return !root->mark.value->given;
}

static bool is_any(const item *root) {
    (void)root;
    return true;
}

static size_t count_roots(const path *p, choice *is_chosen_root) {
    size_t count = 0;
    for (size_t r = 0; r < p->root_count; r++)
        count += is_chosen_root(p->roots[r]);
    return count;
}

/* Of the roots, those that are not right; where all are, those that were computed and rounded,
 * or, where none was, the inputs. */
static bool name_roots(marking *m, item *it, const path *p) {
    choice *chosen = count_roots(p, is_wrong)            ? is_wrong
                     : count_roots(p, is_rounded_result) ? is_rounded_result
                                                         : is_any;
    it->mark.follows_rounding = chosen != is_wrong;
    it->mark.follows = mlp_arena_alloc(m->arena, p->root_count, sizeof *it->mark.follows);
    if (!it->mark.follows)
        return marking_out_of_memory(m);
    for (size_t r = 0; r < p->root_count; r++)
        if (chosen(p->roots[r]))
            it->mark.follows[it->mark.follows_count++] = &p->roots[r]->mark;
    return true;
}

bool item_is_carried(marking *m, item *it, const path *p, bool *carried) {
    const size_t n = it->mark.answer->numel;
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    if (!value || !bound)
        return marking_out_of_memory(m);
    const way w = {.path = p};
    for (int as_written = 0; as_written < 2 && !*carried; as_written++)
        *carried = p->root_count && way_compute(m, it, &w, as_written == 1, value, bound) &&
                   item_is_near(m, it, value, bound);
    if (!*carried)
        return true;
    it->mark.carried_value = value[it->mark.worst];
    return name_roots(m, it, p);
}
