#include "way.h"

#include "habit.h"
#include "route.h"
#include "tolerance.h"

#include <math.h>
#include <string.h>

static void do_step(marking *m, const path *p, const mlp_step *step) {
    if (path_route(m, p, step))
        route_run(m, m->own, step);
    else
        mlp_replay_run(m->own, step, step);
    if (p->by_habit)
        habit_repeat(m, p, step);
}

static bool is_of_one_optimizer(const mlp_step *a, const mlp_step *b) {
    return a->operation->optimizer && a->operation == b->operation && a->origin == b->origin;
}

static bool is_done_instead(const way *w, const mlp_step *step) {
    return step == w->step || (w->in_all && is_of_one_optimizer(step, w->step));
}

static bool go(marking *m, const way *w) {
    for (size_t i = 0; i < w->path->step_count; i++) {
        const mlp_step *step = w->path->steps[i];
        do_step(m, w->path, step);
        if (w->as)
            manner_round_open(m, w->as, step, w->path->to);
        if (!w->instead || !is_done_instead(w, step))
            continue;
        if (!w->instead(m, step, w->context))
            return false;
        marking_keep_fixed(m, step, w->path->skipped);
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
    path own = *p;
    own.by_routes = false;
    own.by_habit = true;
    go(m, &(way){.path = &own});
    go_in_dtype(m, &(way){.path = &own});
    if (!it->mark.value->producer)
        write_true(m, it);
}

/* One written number of a root moved by what rounding may have taken from it: m->scratch has how
 * far each element went at most. */
static bool move(marking *m, const item *it, const way *w, item *root, size_t i, double by,
                 const double *value) {
    double *moved = m->scratch;
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
    size_t at = 0;
    bool went = true;
    for (size_t r = 0; r < w->path->root_count; r++) {
        item *root = w->path->roots[r];
        for (size_t i = 0; i < root->mark.answer->numel && went; i++) {
            if (!is_uncertain(root, i) || !is_chosen(at++, stride))
                continue;
            memset(m->scratch, 0, n * sizeof *m->scratch);
            went = move(m, it, w, root, i, rounding_in(m, root, i), value) &&
                   move(m, it, w, root, i, -rounding_in(m, root, i), value);
            for (size_t j = 0; j < n; j++)
                bound[j] += m->scratch[j] * (double)stride;
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

/* Adds what rounding to the dtype of the script does on the way: its difference from float64, a
 * last bit, and what another build may differ by. Where numbers are rounded to a few digits on the
 * way, the difference could be one in the last of these: then nobody computes in the dtype. */
static bool add_dtype_rounding(marking *m, const item *it, const way *w, const double *value,
                               double *bound) {
    const bool went = w->as || go_in_dtype(m, w);
    const mlp_tensor *t = mlp_replay_tensor(w->as ? m->own : m->in_dtype, it->mark.value);
    for (size_t i = 0; went && i < t->numel; i++) {
        const double difference = fabs(mlp_tensor_get(t, i) - value[i]);
        bound[i] += dtype_rounding(it, value[i]) + (isfinite(difference) ? difference : 0) +
                    builds_differ_by(m, it, i);
    }
    return went;
}

/* What is skipped counts for nothing on the way. */
static void skip(marking *m, const path *p, bool skip) {
    const item *it = p->skipped;
    if (it && it->fixed)
        marking_fix(m, it->mark.value, skip ? NULL : it->numbers, it->given);
}

bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound) {
    const size_t n = it->mark.answer->numel;
    skip(m, w->path, true);
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
    skip(m, w->path, false);
    go_back(m, it, w->path);
    return went;
}
