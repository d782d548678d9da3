#include "way.h"

#include "moves.h"
#include "tolerance.h"

#include <math.h>
#include <string.h>

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
    m->went_in_dtype = true;
    const bool went = way_go(m, w);
    m->own = own;
    return went;
}

/* The replays as they were: each step done in its own way. */
static void go_back(marking *m, const item *it, const path *p) {
    path own = *p;
    own.by_routes = false;
    own.by_habit = true;
    way_go(m, &(way){.path = &own});
    if (m->went_in_dtype)
        go_in_dtype(m, &(way){.path = &own});
    if (!it->mark.value->producer)
        write_true(m, it);
    m->entered = NULL;
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

/* Whether a number is farther from the value than its own rounding and that of the dtype explain. */
static bool is_beyond_dtype(const marking *m, const item *it, const double *value) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !number_is_near(m, it, i, value[i], dtype_reach(it, i, value[i])))
            return true;
    return false;
}

/* The replays were left as they were found: each step was done in its own way. */
static bool is_as_found(const marking *m, const way *w) {
    const path *p = w->path;
    return !p->by_routes && !p->skipped && !w->instead && !w->as && (p->by_habit || !m->habits);
}

/* Only for who asks whether the item is near: false where it is far, else true with as much of the
 * bound as it takes, if it is `enough`. */
static bool measure_roughly(marking *m, const item *it, const way *w, bool as_written,
                            const double *value, double *bound, bool *enough) {
    if (as_written ? is_beyond_dtype(m, it, value) : !moves_probe(m, it, w, value, bound))
        return false;
    if (!add_dtype_rounding(m, it, w, value, bound))
        return false;
    *enough = as_written || !moves_any(w->path) || item_is_near(m, it, value, bound);
    return true;
}

static bool measure(marking *m, const item *it, const way *w, bool as_written, const double *value,
                    double *bound) {
    const size_t n = it->mark.answer->numel;
    bool enough = false;
    memset(bound, 0, n * sizeof *bound);
    if (w->asks_near) {
        if (!measure_roughly(m, it, w, as_written, value, bound, &enough))
            return false;
        if (enough)
            return true;
        memset(bound, 0, n * sizeof *bound);
    }
    return (as_written || moves_add_bound(m, it, w, value, bound)) &&
           add_dtype_rounding(m, it, w, value, bound);
}

bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound) {
    skip(m, w->path, true);
    if (as_written)
        fix_roots(m, w->path, true);
    m->entered = NULL;
    m->went_in_dtype = false;
    bool went = way_go(m, w);
    if (went) {
        read_value(m, it, value);
        went = measure(m, it, w, as_written, value, bound);
    }
    if (as_written)
        fix_roots(m, w->path, false);
    skip(m, w->path, false);
    if (as_written || moves_any(w->path) || !is_as_found(m, w))
        go_back(m, it, w->path);
    return went;
}

/* All steps of the path have been done in its own way. */
static void enter(marking *m, const path *p) {
    if (m->entered == p)
        return;
    way_go(m, &(way){.path = p});
    m->entered = p;
}

bool way_find_value(marking *m, const item *it, const way *w, double *value) {
    const size_t first = way_first_instead(w), count = w->path->step_count;
    enter(m, w->path);
    const bool went = way_go_from(m, w, first);
    if (went)
        read_value(m, it, value);
    way_go_from(m, &(way){.path = w->path}, first < count ? first : count - 1);
    return went;
}

void way_leave(marking *m, const item *it, const path *p) {
    go_back(m, it, p);
}
