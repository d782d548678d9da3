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

/* As the answers have them, all roots are fixed. */
static bool fix_roots(marking *m, const path *p) {
    for (size_t r = 0; r < p->root_count; r++) {
        const item *root = p->roots[r];
        if (root->fixed || !item_can_be_fixed(root))
            continue;
        if (!marking_keep(m, root->mark.value))
            return false;
        marking_fix(m, root->mark.value, root->numbers, root->given);
        marking_settle(m, root->mark.value);
    }
    return true;
}

static void free_roots(marking *m, const path *p) {
    for (size_t r = 0; r < p->root_count; r++)
        if (!p->roots[r]->fixed)
            marking_fix(m, p->roots[r]->mark.value, NULL, NULL);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The first step of the way that is to be done, where the path was entered, and nothing was changed
 * since, or something was. */
static size_t first_to_go(const way *w, bool changed) {
    return changed || w->as ? 0 : way_first_instead(w);
}

/* The way in the dtypes of the script, in which no path was entered. */
static bool go_in_dtype(marking *m, const way *w) {
    const bool changed = journal_mark(m->journal) > 0;
    const size_t first = least(first_to_go(w, changed), m->entered_first);
    return way_go(m, w, &(going){.first = first, .enters = true});
}

/* Adds what rounding to the dtype of the script does on the way: its difference from float64, a
 * last bit, and what another build may differ by. */
static bool add_difference(marking *m, const item *it, const way *w, const double *value,
                           double *bound) {
    if (!w->as && !go_in_dtype(m, w))
        return false;
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    for (size_t i = 0; i < t->numel; i++) {
        const double difference = fabs(mlp_tensor_get(t, i) - value[i]);
        bound[i] += dtype_rounding(it, value[i]) + (isfinite(difference) ? difference : 0) +
                    builds_differ_by(it, i);
    }
    return true;
}

/* Where numbers are rounded to a few digits on the way, the difference could be one in the last of
 * these: then nobody computes in the dtype. */
static bool add_dtype_rounding(marking *m, const item *it, const way *w, const double *value,
                               double *bound) {
    if (w->as)
        return add_difference(m, it, w, value, bound);
    marking_exchange(m);
    const size_t before = journal_mark(m->journal);
    const bool went = add_difference(m, it, w, value, bound);
    journal_go_back(m->journal, before);
    marking_exchange(m);
    return went;
}

/* Whether a number is farther from the value than its own rounding and that of the dtype explain. */
static bool is_beyond_dtype(const marking *m, const item *it, const double *value) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !number_is_near(m, it, i, value[i], dtype_reach(it, i, value[i])))
            return true;
    return false;
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

/* What is skipped counts for nothing on the way. */
static void skip(marking *m, const path *p, bool skip) {
    const item *it = p->skipped;
    if (it && it->fixed)
        marking_fix(m, it->mark.value, skip ? NULL : it->numbers, it->given);
}

bool way_enter(marking *m, const path *p) {
    skip(m, p, true);
    m->entered = p;
    m->entered_at = journal_mark(m->journal);
    m->entered_first = path_first_otherwise(m, p);
    const size_t first = m->entered_at > 0 ? 0 : m->entered_first;
    return way_go(m, &(way){.path = p}, &(going){.first = first, .enters = true});
}

void way_leave(marking *m) {
    journal_go_back(m->journal, m->entered_at);
    skip(m, m->entered, false);
    m->entered = NULL;
}

static bool go_and_measure(marking *m, const item *it, const way *w, bool as_written, size_t since,
                           double *value, double *bound) {
    if (as_written && !fix_roots(m, w->path))
        return false;
    const size_t first = first_to_go(w, journal_mark(m->journal) > since);
    if (!way_go(m, w, &(going){.first = first, .since = since}))
        return false;
    read_value(m, it, value);
    return measure(m, it, w, as_written, value, bound);
}

static bool compute_entered(marking *m, const item *it, const way *w, bool as_written,
                            double *value, double *bound) {
    const size_t since = journal_mark(m->journal), in_dtype = journal_mark(m->dtype_journal);
    const bool went = go_and_measure(m, it, w, as_written, since, value, bound);
    if (as_written)
        free_roots(m, w->path);
    journal_go_back(m->journal, since);
    journal_go_back(m->dtype_journal, in_dtype);
    return went;
}

bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound) {
    if (m->entered)
        return compute_entered(m, it, w, as_written, value, bound);
    const bool went = way_enter(m, w->path) && compute_entered(m, it, w, as_written, value, bound);
    way_leave(m);
    return went;
}

bool way_find_value(marking *m, const item *it, const way *w, double *value) {
    const size_t since = journal_mark(m->journal);
    const bool went = way_go(m, w, &(going){.first = first_to_go(w, false), .since = since});
    if (went)
        read_value(m, it, value);
    journal_go_back(m->journal, since);
    return went;
}
