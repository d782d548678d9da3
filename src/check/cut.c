#include "cut.h"

#include "explain.h"
#include "tolerance.h"
#include "way.h"

#include <float.h>
#include <math.h>

/* What is behind the last digit of a whole number is no decimal. */
static bool is_within(const item *it, size_t i, double value, double below, double above) {
    const double sign = it->numbers[i] != 0 ? it->numbers[i] : value;
    const double number = fabs(it->numbers[i]), right = copysign(1, sign) * value;
    const double unit = 2 * it->rounding[i];
    return unit < 1 && right + below >= number && right < number + unit + above;
}

/* Whether number i is what is left of the true one behind its last digit: a whole unit was not cut
 * off. */
static bool is_cut(const item *it, size_t i) {
    const double right = it->exact[i], last_bits = 4 * DBL_EPSILON * fabs(right);
    return is_within(it, i, right, dtype_rounding(it, right), -last_bits);
}

/* The same of a value that may be anywhere within the bound. */
static bool number_may_be_cut_off(const item *it, size_t i, double value, double bound) {
    return is_within(it, i, value, bound, bound);
}

bool cuts_are_possible(const marking *m, const item *it) {
    return !m->by_program && !item_is_of_given(it) && !it->tolerance.replaces &&
           m->cut + 1 >= m->rounded;
}

static bool is_all_cut(const item *it, const bool *cut) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !cut[i])
            return false;
    return true;
}

/* What the author cut off: of the true numbers, unless they go back to a mistake. */
static void mark_cut_of_truth(const marking *m, const item *it, bool *cut) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        cut[i] = it->numbers[i] == it->exact[i] ||
                 (!m->tainted[it->mark.value->number] && is_cut(it, i));
}

/* The same of what follows on a path, from what is written and from numbers that were cut to it. */
static bool mark_cut_on(marking *m, const item *it, const path *p, bool *cut) {
    const size_t n = it->mark.answer->numel;
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    if (!value || !bound)
        return marking_out_of_memory(m);
    for (int as_written = 0; as_written < 2 && !is_all_cut(it, cut); as_written++)
        if (way_compute(m, it, &(way){.path = p}, as_written == 1, value, bound))
            for (size_t i = 0; i < n; i++)
                cut[i] |= number_may_be_cut_off(it, i, value[i], bound[i]);
    return true;
}

/* Whether a number is beyond the true one, so that rounding may have made it. */
static bool is_beyond_truth(const item *it) {
    for (size_t i = 0; i < it->mark.answer->numel; i++) {
        const double right = fabs(it->exact[i]);
        if (it->given[i] && fabs(it->numbers[i]) - right > dtype_rounding(it, right))
            return true;
    }
    return false;
}

bool item_may_tell_rounding(const marking *m, const item *it) {
    return m->own && !m->by_program && !item_is_of_given(it) && (it->off || is_beyond_truth(it));
}

bool cuts_note_rounded(marking *m, const item *it, const path *own, const path *routes) {
    bool *cut = mlp_arena_alloc(m->arena, it->mark.answer->numel, sizeof *cut);
    if (!cut)
        return marking_out_of_memory(m);
    m->may_cut = true;
    mark_cut_of_truth(m, it, cut);
    if (!mark_cut_on(m, it, own, cut) || (routes->by_routes && !mark_cut_on(m, it, routes, cut)))
        return false;
    m->rounded += !is_all_cut(it, cut);
    m->may_cut = false;
    return true;
}

static bool has_computed_root(const path *p) {
    for (size_t r = 0; r < p->root_count; r++)
        if (!item_is_of_given(p->roots[r]))
            return true;
    return false;
}

bool item_was_cut_off(marking *m, const item *it, const path *p, bool *was) {
    const size_t n = it->mark.answer->numel;
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    bool *cut = mlp_arena_alloc(m->arena, n, sizeof *cut);
    if (!value || !bound || !cut)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < n; i++)
        cut[i] = is_cut(it, i) || number_verdict(m, it, i) != MLP_WRONG;
    *was = is_all_cut(it, cut);
    if (*was || !has_computed_root(p) || !way_compute(m, it, &(way){.path = p}, true, value, bound))
        return true;
    for (size_t i = 0; i < n; i++)
        cut[i] = number_may_be_cut_off(it, i, value[i], bound[i]);
    *was = is_all_cut(it, cut);
    return true;
}

static bool mark_repeated(marking *m, item *it) {
    it->mark.follows = mlp_arena_alloc(m->arena, 1, sizeof *it->mark.follows);
    if (!it->mark.follows)
        return marking_out_of_memory(m);
    it->mark.follows[0] = &m->cut_shown->mark;
    it->mark.follows_count = 1;
    it->mark.carried_value = it->exact[it->mark.worst];
    it->mark.repeats = true;
    it->mark.verdict = MLP_CARRIED;
    it->follows = it->exact;
    return true;
}

bool item_mark_cut_off(marking *m, item *it) {
    if (m->cut_shown)
        return mark_repeated(m, it);
    m->cut_shown = it;
    return item_explain_rounding(m, it);
}
