#include "moves.h"

#include "tolerance.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static bool is_uncertain(const item *root, size_t i) {
    return root->fixed && root->given[i] && root->rounding[i] > 0;
}

enum {
    PROBES = 8,
    WORTH_PROBING = 16, /* numbers: of fewer, each is moved alone at once */
    FEWEST_MOVED = 8    /* numbers, however little work is left */
};

/* Written numbers of a root. */
typedef struct {
    item *root;
    size_t first, count;
} written_numbers;

/* One of them moved, upwards or downwards, by what rounding may have taken from it; by 0: it is as it
 * is written. In what is fixed, and, but for 0, in the replay. */
static void move_number(marking *m, item *root, size_t i, int by) {
    root->numbers[i] = root->mark.answer->numbers[i].value;
    if (by == 0)
        return;
    root->numbers[i] += by * rounding_in(m, root, i);
    mlp_tensor_set(mlp_replay_tensor(m->own, root->mark.value), i, root->numbers[i]);
}

static void move_numbers(marking *m, const written_numbers *of, int by) {
    for (size_t i = of->first; i < of->first + of->count; i++)
        if (is_uncertain(of->root, i))
            move_number(m, of->root, i, by);
}

/* The way once more, from what was changed since. */
static bool go_again(marking *m, const way *w, size_t since) {
    return way_go(m, w, &(going){.since = since, .again = true});
}

static bool keep_root(marking *m, const item *root, size_t since) {
    m->starved |= !journal_keep(m->journal, root->mark.value, since);
    return !m->starved;
}

/* The numbers moved, upwards or downwards, by what rounding may have taken from them: m->scratch has
 * how far each element went at most. */
static bool move(marking *m, const item *it, const way *w, const written_numbers *of, int sign,
                 const double *value) {
    double *moved = m->scratch;
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    const size_t since = journal_mark(m->journal);
    if (!keep_root(m, of->root, since))
        return false;
    move_numbers(m, of, sign);
    const bool went = go_again(m, w, since);
    for (size_t j = 0; went && j < t->numel; j++) {
        const double d = fabs(mlp_tensor_get(t, j) - value[j]);
        moved[j] = d > moved[j] ? d : moved[j];
    }
    move_numbers(m, of, 0);
    journal_go_back(m->journal, since);
    return went;
}

/* Whether each number of the value follows from those at its own place: all of a root are moved at
 * once then. An update is all on the way. */
static bool goes_by_element(const way *w) {
    for (size_t i = 0; i < w->path->step_count; i++)
        if (!w->path->steps[i]->operation->optimizer || w->path->steps[i]->forward)
            return false;
    return !w->instead || w->step;
}

static bool is_moved_at_once(const way *w, const item *it, const item *root) {
    return goes_by_element(w) && root->mark.answer->numel == it->mark.answer->numel;
}

/* Every how manieth of them is moved: one item may take what work is left, though
 * mostly less follows from a number than all of the path. */
static size_t choose_stride(const marking *m, const path *p, size_t uncertain) {
    const double affordable = fmax(m->work_left / 2 / p->cost, FEWEST_MOVED);
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

static size_t count_uncertain(const item *root) {
    size_t count = 0;
    for (size_t i = 0; i < root->mark.answer->numel; i++)
        count += is_uncertain(root, i);
    return count;
}

/* The numbers of the roots that are moved one by one. */
static size_t count_moved(const way *w, const item *it) {
    size_t count = 0;
    for (size_t r = 0; r < w->path->root_count; r++)
        if (!is_moved_at_once(w, it, w->path->roots[r]))
            count += count_uncertain(w->path->roots[r]);
    return count;
}

/* How far the numbers move the value. */
static bool add_moved(marking *m, const item *it, const way *w, const written_numbers *of,
                      double times, const double *value, double *bound) {
    const size_t n = it->mark.answer->numel;
    memset(m->scratch, 0, n * sizeof *m->scratch);
    const bool went = move(m, it, w, of, 1, value) && move(m, it, w, of, -1, value);
    for (size_t j = 0; j < n; j++)
        bound[j] += m->scratch[j] * times;
    return went;
}

/* Adds the sum over the roots' numbers of how far each moves the value. */
bool moves_add_bound(marking *m, const item *it, const way *w, const double *value, double *bound) {
    const size_t moved = count_moved(w, it);
    const size_t stride = moved ? choose_stride(m, w->path, moved) : 1;
    size_t at = 0;
    bool went = true;
    for (size_t r = 0; r < w->path->root_count; r++) {
        item *root = w->path->roots[r];
        const size_t n = root->mark.answer->numel;
        if (is_moved_at_once(w, it, root)) {
            if (count_uncertain(root))
                went &= add_moved(m, it, w, &(written_numbers){root, 0, n}, 1, value, bound);
            continue;
        }
        for (size_t i = 0; i < n && went; i++)
            if (is_uncertain(root, i) && is_chosen(at++, stride))
                went = add_moved(m, it, w, &(written_numbers){root, i, 1}, (double)stride, value,
                                 bound);
    }
    if (stride > 1)
        spread_largest(bound, it->mark.answer->numel);
    return went;
}

/* --- all of them at once --- */

static size_t count_all(const path *p) {
    size_t count = 0;
    for (size_t r = 0; r < p->root_count; r++)
        count += count_uncertain(p->roots[r]);
    return count;
}

/* 1 or -1, scattered. */
static int sign_of(size_t at, size_t probe) {
    uint32_t x = (uint32_t)(at * PROBES + probe) * 2654435761U;
    x ^= x >> 15;
    x *= 2246822519U;
    return (x >> 16) & 1 ? 1 : -1;
}

static void move_all(marking *m, const path *p, size_t probe, bool back) {
    size_t at = 0;
    for (size_t r = 0; r < p->root_count; r++)
        for (size_t i = 0; i < p->roots[r]->mark.answer->numel; i++)
            if (is_uncertain(p->roots[r], i))
                move_number(m, p->roots[r], i, back ? 0 : sign_of(at++, probe));
}

static bool keep_uncertain(marking *m, const path *p, size_t since) {
    for (size_t r = 0; r < p->root_count; r++)
        if (count_uncertain(p->roots[r]) && !keep_root(m, p->roots[r], since))
            return false;
    return true;
}

/* Adds to the squares in m->scratch how far each element goes, and keeps the farthest. */
static bool go_probe(marking *m, const item *it, const way *w, size_t probe, const double *value,
                     double *farthest) {
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    const size_t since = journal_mark(m->journal);
    if (!keep_uncertain(m, w->path, since))
        return false;
    move_all(m, w->path, probe, false);
    go_again(m, w, since);
    for (size_t j = 0; j < t->numel; j++) {
        const double d = fabs(mlp_tensor_get(t, j) - value[j]);
        m->scratch[j] += d * d;
        farthest[j] = fmax(farthest[j], d);
    }
    move_all(m, w->path, probe, true);
    journal_go_back(m->journal, since);
    return true;
}

/* Of n numbers that move an element by d_1 ... d_n, the sum of all |d_i| is at most the root of n
 * times that of the sum of their squares, which is what squares of probes are on average. The average
 * of PROBES is taken to be at most 16 times too small, that of fewer still more: an estimate, no
 * proof. */
static double reach_of(size_t n, double squares, size_t probes) {
    const double few = (double)PROBES / (double)probes;
    return few * few * 4 * sqrt((double)n * squares / (double)probes);
}

static bool is_beyond(const marking *m, const item *it, const double *value, size_t n,
                      size_t probes) {
    for (size_t j = 0; j < it->mark.answer->numel; j++) {
        const double reach = reach_of(n, m->scratch[j], probes) + dtype_reach(it, j, value[j]);
        if (it->given[j] && isfinite(reach) && !number_is_near(m, it, j, value[j], reach))
            return true;
    }
    return false;
}

bool moves_probe(marking *m, const item *it, const way *w, const double *value, double *farthest) {
    const size_t n = count_all(w->path);
    const size_t most = n > WORTH_PROBING ? PROBES : 0;
    memset(m->scratch, 0, it->mark.answer->numel * sizeof *m->scratch);
    for (size_t probe = 0; probe < most; probe++) {
        if (!go_probe(m, it, w, probe, value, farthest))
            return false;
        const size_t gone = probe + 1;
        if ((gone & (gone - 1)) == 0 && gone > 1 && is_beyond(m, it, value, n, gone))
            return false;
    }
    return most || n || !is_beyond(m, it, value, 0, 1);
}

bool moves_any(const path *p) {
    return count_all(p) > 0;
}
