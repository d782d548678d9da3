#include "explain.h"

#include "other_masks.h"
#include "slips.h"
#include "tolerance.h"
#include "way.h"

#include <math.h>
#include <string.h>

enum {
    NEAREST_STEPS = 64, /* a slip is looked for in so many steps before the answer ... */
    WORK_SHARE = 4 /* ... as long as it takes no more than this part of the work that is left */
};

typedef struct {
    const slip *slip;
    slip_case at;
} attempt;

/* The numbers of a wrong item: as they should be, and as a slip would have them. */
typedef struct {
    double *right, *right_bound, *value, *bound;
} numbers;

static bool try_slip(marking *m, const mlp_step *step, void *context) {
    attempt *a = context;
    a->at.m = m;
    a->at.step = step;
    if (step)
        a->at.call = mlp_replay_call(m->own, step);
    return a->slip->apply(&a->at);
}

static bool can_occur(const slip *s, const mlp_step *step) {
    const unsigned where = step->forward               ? IN_BACKWARD
                           : step->phase == MLP_UPDATE ? IN_UPDATE
                                                       : IN_FORWARD;
    if (step->phase == MLP_BACKWARD && !step->forward)
        return false; /* gradients that are added up */
    return (s->where & where) && (s->of & step->operation->traits);
}

/* Whether every number is what the slip gives or what it should be. */
static bool is_mixed(const marking *m, const item *it, const numbers *n) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !number_is_near(m, it, i, n->value[i], n->bound[i]) &&
            !number_is_near(m, it, i, n->right[i], n->right_bound[i]))
            return false;
    return true;
}

typedef enum {
    NO_FIT,
    FITS_PARTLY, /* in some numbers, while the others are right */
    FITS
} fit;

static fit try_in_step(marking *m, const item *it, const path *p, const mlp_step *step, attempt *a,
                       const numbers *n) {
    const way w = {.path = p, .step = step, .instead = try_slip, .context = a};
    if (!way_compute(m, it, &w, false, n->value, n->bound))
        return NO_FIT;
    if (item_is_near(m, it, n->value, n->bound))
        return FITS;
    if (is_mixed(m, it, n))
        return FITS_PARTLY;
    return way_compute(m, it, &w, true, n->value, n->bound) &&
                   item_is_near(m, it, n->value, n->bound)
               ? FITS
               : NO_FIT;
}

/* The sentence with the number in place of {}. */
static const char *fill_in(marking *m, const char *sentence, double number) {
    const char *gap = strstr(sentence, "{}");
    if (!gap)
        return sentence;
    return mlp_arena_printf(m->arena, "%.*s%g%s", (int)(gap - sentence), sentence, number, gap + 2);
}

static bool add_explanation(marking *m, mlp_explanation **to, const attempt *a) {
    while (*to && strcmp((*to)->slug, a->slip->slug) != 0)
        to = &(*to)->next;
    if (*to)
        return true; /* it has been named */
    mlp_explanation *e = mlp_arena_alloc(m->arena, 1, sizeof *e);
    if (!e)
        return marking_out_of_memory(m);
    e->slug = a->slip->slug;
    e->sentence = fill_in(m, a->slip->sentence, a->at.number);
    *to = e;
    return e->sentence || marking_out_of_memory(m);
}

static bool allocate(marking *m, const item *it, numbers *n) {
    double **const all[] = {&n->right, &n->right_bound, &n->value, &n->bound};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = mlp_arena_alloc(m->arena, it->mark.answer->numel, sizeof **all[i]);
        if (!*all[i])
            return marking_out_of_memory(m);
    }
    return true;
}

/* What was found so far. */
typedef struct {
    mlp_explanation *whole, *parts;
    attempt first; /* of whole */
} explanations;

static bool try_slip_in(marking *m, item *it, const path *p, const mlp_step *step, const slip *s,
                        const numbers *n, explanations *found) {
    attempt a = {.slip = s, .at = {.it = it, .right = n->right, .bound = n->right_bound}};
    const bool in_masks = s->where & IN_MASKS;
    if (in_masks)
        other_masks_put(m, it, true);
    const fit fits = try_in_step(m, it, p, step, &a, n);
    if (in_masks)
        other_masks_put(m, it, false);
    if (fits == FITS && !found->whole)
        found->first = a;
    return fits == NO_FIT || add_explanation(m, fits == FITS ? &found->whole : &found->parts, &a);
}

/* What else follows, where one slip alone explains the answer. */
static bool adopt(explanations *found) {
    const slip *s = found->first.slip;
    return !found->whole || found->whole->next || !s->adopt || s->adopt(&found->first.at);
}

/* Whether the slip can occur once on the whole path, and not in a step of it. */
static bool can_occur_once(const marking *m, const slip *s, const item *it, const path *p) {
    return ((s->where & IN_WRITING) && !item_is_of_given(it)) ||
           ((s->where & IN_MASKS) && !m->follows_other_masks && other_masks_count(it, p));
}

/* The slips of one step; with the last step, also those that are of none. */
static bool try_step(marking *m, item *it, const path *p, size_t before, const numbers *n,
                     explanations *found) {
    const mlp_step *step = before < p->step_count ? p->steps[p->step_count - 1 - before] : NULL;
    for (const slip *s = slips; s->slug; s++) {
        const bool once = before == 0 && can_occur_once(m, s, it, p);
        if (!once && !(step && can_occur(s, step)))
            continue;
        if (!try_slip_in(m, it, p, once ? NULL : step, s, n, found))
            return false;
    }
    return true;
}

/* The nearer to the answer a slip would have been made, the likelier it is. The last step is always
 * tried. */
bool item_explain(marking *m, item *it, const path *p) {
    explanations found = {0};
    numbers n;
    if (!allocate(m, it, &n))
        return false;
    way_compute(m, it, &(way){.path = p}, false, n.right, n.right_bound);
    if (item_is_near(m, it, n.right, n.right_bound))
        return true; /* too near to what is right for any slip to be told from it */
    const double least_left = fmax(m->work_left, 0) * (WORK_SHARE - 1) / WORK_SHARE;
    if (!try_step(m, it, p, 0, &n, &found))
        return false;
    for (size_t k = 1; k < NEAREST_STEPS && k < p->step_count && m->work_left > least_left; k++)
        if (!try_step(m, it, p, k, &n, &found))
            return false;
    it->mark.explanations = found.whole ? found.whole : found.parts;
    return adopt(&found);
}
