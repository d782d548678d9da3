#include "explain.h"

#include "chance.h"
#include "habit.h"
#include "other_masks.h"
#include "rank.h"
#include "slips.h"
#include "tolerance.h"
#include "way.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum {
    NEAREST_STEPS = 64, /* a slip is looked for in so many steps before the answer ... */
    WORK_SHARE = 2, /* ... as long as it takes no more than this part of the work that is left */
    FAR = 100       /* times what rounding does to what is right */
};

static bool try_slip(marking *m, const mlp_step *step, void *context) {
    return slip_make(context, m, step);
}

static bool can_occur(const slip *s, const mlp_step *step) {
    const unsigned where = step->forward                 ? IN_BACKWARD
                           : step->phase == MLP_BACKWARD ? IN_SUM
                           : step->phase == MLP_UPDATE   ? IN_UPDATE
                                                         : IN_FORWARD;
    return (s->where & where) && (!s->of || (s->of & step->operation->traits));
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
    NOT_MADE, /* it cannot be made here */
    NO_FIT,
    FITS_PARTLY, /* in some numbers, while the others are right */
    FITS
} fit;

static double largest_of(const item *it, const double *of) {
    double largest = 0;
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        largest = fmax(largest, fabs(of[i]));
    return largest;
}

/* How many times larger than what is right that is which the slip gives, and so, nearly, what
 * rounding does to it. */
static double growth_of(const item *it, const numbers *n) {
    const double growth = largest_of(it, n->value) / largest_of(it, n->right);
    return growth > 1 ? growth : 1;
}

/* Whether a number is so far from what the slip gives, and from what is right, that no rounding can
 * have done it: that need not be computed then. */
static bool is_out_of_reach(const marking *m, const item *it, const numbers *n) {
    const double reach = n->reach * growth_of(it, n);
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && fabs(it->numbers[i] - n->value[i]) > reach &&
            !number_is_near(m, it, i, n->right[i], n->right_bound[i]))
            return true;
    return false;
}

static fit try_way(marking *m, const item *it, const path *p, slip_case *c, bool in_all,
                   const numbers *n) {
    c->path = p;
    const way w = {.path = p, .step = c->step, .instead = try_slip, .in_all = in_all, .context = c};
    const bool is_computed = it->mark.value->producer != NULL; /* it is no mask */
    if (is_computed && !way_find_value(m, it, &w, n->value))
        return NOT_MADE;
    if (is_computed && is_out_of_reach(m, it, n)) {
        memset(n->bound, 0, it->mark.answer->numel * sizeof *n->bound);
        return NO_FIT;
    }
    if (!way_compute(m, it, &w, false, n->value, n->bound))
        return NOT_MADE;
    if (item_is_near(m, it, n->value, n->bound))
        return FITS;
    if (is_mixed(m, it, n))
        return FITS_PARTLY;
    return way_compute(m, it, &w, true, n->value, n->bound) &&
                   item_is_near(m, it, n->value, n->bound)
               ? FITS
               : NO_FIT;
}

/* Who makes a slip in one step of an optimizer makes it in all, perhaps. */
static fit try_in_step(marking *m, const item *it, const path *p, const mlp_step *step,
                       slip_case *c, const numbers *n) {
    c->step = step;
    const fit fits = try_way(m, it, p, c, false, n);
    c->step = step;
    const bool repeats = step && step->operation->optimizer;
    return fits > NO_FIT || !repeats ? fits : try_way(m, it, p, c, true, n);
}

/* Of an update in another step of the training than the answer's, which one that is; "" of all others.
 * NULL without memory. */
static const char *update_in_words(const marking *m, const slip_case *c) {
    const bool is_update = c->step && c->step->phase == MLP_UPDATE && c->step->out[0];
    const uint64_t step = is_update ? m->place[c->step->out[0]->number].step : 0;
    if (!step || step == m->place[c->it->mark.value->number].step)
        return "";
    return mlp_arena_printf(m->arena, " (in step %" PRIu64 ")", step);
}

/* The sentence with the number, or the word, in place of {}. */
static const char *fill_in(marking *m, const slip_case *c) {
    const char *sentence = c->slip->sentence, *gap = strstr(sentence, "{}");
    const char *where = update_in_words(m, c);
    char number[32];
    snprintf(number, sizeof number, "%g", c->number);
    if (!where)
        return NULL;
    if (!gap)
        return *where ? mlp_arena_printf(m->arena, "%s%s", sentence, where) : sentence;
    return mlp_arena_printf(m->arena, "%.*s%s%s%s", (int)(gap - sentence), sentence,
                            c->word ? c->word : number, gap + 2, where);
}

static bool add_explanation(marking *m, mlp_explanation **to, const slip_case *c) {
    while (*to && strcmp((*to)->slug, c->slip->slug) != 0)
        to = &(*to)->next;
    if (*to)
        return true; /* it has been named */
    mlp_explanation *e = mlp_arena_alloc(m->arena, 1, sizeof *e);
    if (!e)
        return marking_out_of_memory(m);
    e->slug = c->slip->slug;
    e->sentence = fill_in(m, c);
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

/* Slips that fit, the likeliest first. */
typedef struct {
    mlp_explanation *first, *last_told; /* which fits hardly by chance; NULL: none does */
} list;

/* What was found so far. */
typedef struct {
    list whole, parts;
    slip_case first;   /* of whole */
    slip_case writing; /* the first of whole that is one of writing, and no habit */
    candidates habits;
    bool is_shown; /* that `first` is one, by other answers */
    chances tried; /* of all slips tried */
} explanations;

/* What came of one slip, in all its variants. */
typedef struct {
    slip_case whole, parts; /* the first that fits; without a slip where none does */
    chances of;
    candidates *habits; /* to which those that fit are added */
} outcome;

static void add_chances(chances *to, chances of) {
    to->whole += of.whole;
    to->parts += of.parts;
}

static void try_variant(marking *m, item *it, const path *p, slip_case *c, const mlp_step *step,
                        const numbers *n, outcome *o) {
    const fit fits = try_in_step(m, it, p, step, c, n);
    slip_case *first = fits == FITS ? &o->whole : &o->parts;
    if (c->choices > 0)
        add_chances(&o->of, chances_of_writing(m, c, n));
    else if (fits != NOT_MADE)
        add_chances(&o->of, chances_of_slip(m, c, n));
    if (fits > NO_FIT && !first->slip)
        *first = *c;
    if (fits == FITS)
        candidates_add(o->habits, c);
}

enum {
    WELL = 3 /* computed answers that are right, or follow */
};

static bool is_computed_well(const item *it) {
    const mlp_verdict verdict = it->mark.verdict;
    return it->judged && !item_is_of_given(it) && !it->mark.is_cheap &&
           (verdict == MLP_RIGHT || verdict == MLP_CARRIED);
}

/* Whether the author has shown that he does not guess. */
static bool computes_well(const marking *m) {
    size_t well = 0;
    for (size_t i = 0; i < m->count; i++)
        well += is_computed_well(&m->items[i]);
    return well >= WELL;
}

/* A slip of writing can be made in any answer, and a frequent one is likelier than all others: they
 * are weighed without these. */
static bool stands_alone(const slip *s) {
    return s->is_frequent || (s->where & (IN_WRITING | IN_NAMING));
}

/* Of answers of few digits that are wrong for no known reason some would get a name by chance: so
 * large a part at most, by a slip and all that were tried before. */
static bool is_told(const marking *m, const slip *s, double tried) {
    double greatest = 0.02;
    if (computes_well(m))
        greatest = stands_alone(s) ? 0.1 : 0.05;
    return tried <= greatest;
}

static bool list_slip(marking *m, list *to, const slip_case *c, bool tells) {
    if (!c->slip)
        return true;
    if (!add_explanation(m, &to->first, c))
        return false;
    for (mlp_explanation *e = to->first; e && tells; e = e->next)
        to->last_told = e;
    return true;
}

/* Where a slip tells, those that were tried before and give the same numbers are named, too. */
static mlp_explanation *told(list *of) {
    if (!of->last_told)
        return NULL;
    of->last_told->next = NULL;
    return of->first;
}

static bool weigh(marking *m, const slip *s, const outcome *o, explanations *found) {
    const chances *tried = stands_alone(s) ? &o->of : &found->tried;
    if (!stands_alone(s))
        add_chances(&found->tried, o->of);
    if (!found->whole.first)
        found->first = o->whole;
    if (!found->writing.slip && (s->where & IN_WRITING) && !s->adopt)
        found->writing = o->whole;
    return list_slip(m, &found->whole, &o->whole, is_told(m, s, tried->whole)) &&
           list_slip(m, &found->parts, &o->parts, is_told(m, s, tried->parts));
}

/* Enters the path with the masks of other builds, or those of the script again. */
static bool exchange_masks(marking *m, const item *it, const path *p, bool other) {
    way_leave(m);
    journal_go_back(m->journal, 0);
    journal_go_back(m->dtype_journal, 0);
    const bool put = !other || other_masks_try(m, it);
    return way_enter(m, p) && put;
}

static bool try_slip_in(marking *m, item *it, const path *p, const mlp_step *step, const slip *s,
                        const numbers *n, explanations *found) {
    const bool in_masks = s->where & IN_MASKS;
    const size_t variants = s->variants ? s->variants : 1;
    outcome o = {.habits = &found->habits};
    if (in_masks && !exchange_masks(m, it, p, true))
        return false;
    for (size_t v = 0; v < variants; v++) {
        slip_case c = {
            .slip = s, .it = it, .right = n->right, .bound = n->right_bound, .variant = v};
        try_variant(m, it, p, &c, step, n, &o);
    }
    if (in_masks && !exchange_masks(m, it, p, false))
        return false;
    return weigh(m, s, &o, found);
}

/* Puts the explanation by the slip in front. */
static void put_first(explanations *found, const slip *s) {
    mlp_explanation **at = &found->whole.first, *before = NULL;
    while (strcmp((*at)->slug, s->slug) != 0) {
        before = *at;
        at = &before->next;
    }
    mlp_explanation *e = *at;
    if (!before)
        return;
    before->next = e->next;
    e->next = found->whole.first;
    found->whole.first = e;
    found->whole.last_told = found->whole.last_told == e ? before : found->whole.last_told;
}

static bool put_case_first(marking *m, explanations *found, const slip_case *c) {
    put_first(found, c->slip);
    found->whole.first->sentence = fill_in(m, c);
    found->first = *c;
    return found->whole.first->sentence || marking_out_of_memory(m);
}

static bool is_among_told(const list *of, const slip *s) {
    const mlp_explanation *end = of->last_told ? of->last_told->next : of->first;
    for (const mlp_explanation *e = of->first; s && e != end; e = e->next)
        if (strcmp(e->slug, s->slug) == 0)
            return true;
    return false;
}

/* Whether there is anything to choose. */
static bool can_rank(const explanations *found) {
    const mlp_explanation *first = found->whole.first;
    return first && found->habits.count &&
           (!found->whole.last_told || found->habits.count > 1 || first->next);
}

/* A slip that is a habit, and explains other answers as well, is the likeliest, and tells. One that
 * others contradict was made once, at most: then one of writing is likelier. */
static bool rank(marking *m, explanations *found) {
    const slip_case *best = NULL;
    evidence e;
    if (!can_rank(found))
        return true;
    if (!candidates_choose(m, &found->habits, &best, &e))
        return false;
    found->is_shown = e.explained > e.contradicted;
    if (e.explained < e.contradicted && is_among_told(&found->whole, found->writing.slip))
        best = &found->writing;
    const bool is_likelier = found->is_shown || (found->first.slip->adopt == slip_adopt_habit &&
                                                 is_among_told(&found->whole, best->slip));
    if (!is_likelier)
        return true;
    if (!put_case_first(m, found, best))
        return false;
    if (!found->whole.last_told)
        found->whole.last_told = found->whole.first;
    return true;
}

/* What else follows, where one slip alone explains the answer; of an update, or of masks that other
 * builds draw, the likeliest. */
static bool adopt(explanations *found) {
    const slip *s = found->first.slip;
    const mlp_explanation *whole = told(&found->whole);
    const bool is_sure = found->is_shown || (whole && !whole->next);
    if (!whole || !s->adopt || !(is_sure || s->where & (IN_UPDATE | IN_MASKS)))
        return true;
    return s->adopt(&found->first);
}

/* Whether the slip can occur once on the whole path, and not in a step of it. */
static bool can_occur_once(const marking *m, const slip *s, const item *it, const path *p) {
    if (s->where & IN_MASKS)
        return !m->follows_other_masks && other_masks_count(it, p) && !script_mask_is_shown(m, p);
    return !item_is_of_given(it);
}

/* Of the many ways to make a slip, one would fit by chance sooner: those of few come first. */
static bool try_step(marking *m, item *it, const path *p, size_t before, const numbers *n,
                     explanations *found) {
    const mlp_step *step = p->steps[p->step_count - 1 - before];
    for (int many = 0; many <= 1; many++)
        for (const slip *s = slips; s->slug; s++)
            if ((s->variants > 2) == (many == 1) && can_occur(s, step) &&
                m->work_left > m->least_left && !try_slip_in(m, it, p, step, s, n, found))
                return false;
    return true;
}

/* The slips of this kind, which are of no step. */
static bool try_once(marking *m, item *it, const path *p, unsigned where, const numbers *n,
                     explanations *found) {
    for (const slip *s = slips; s->slug; s++)
        if ((s->where & where) && can_occur_once(m, s, it, p) && m->work_left > 0 &&
            !try_slip_in(m, it, p, NULL, s, n, found))
            return false;
    return true;
}

/* The nearer to the answer a slip would have been made, the likelier it is; one of writing comes
 * behind those of the last step. What is right, of another step, needs no other. */
static bool try_all(marking *m, item *it, const path *p, const numbers *n, explanations *found) {
    m->least_left = m->work_left * (WORK_SHARE - 1) / WORK_SHARE;
    if (!try_once(m, it, p, IN_NAMING, n, found))
        return false;
    if (found->whole.last_told)
        return true;
    if (!try_once(m, it, p, IN_MASKS, n, found) ||
        (p->step_count && !try_step(m, it, p, 0, n, found)) ||
        !try_once(m, it, p, IN_WRITING, n, found))
        return false;
    for (size_t k = 1; k < NEAREST_STEPS && k < p->step_count && m->work_left > m->least_left; k++)
        if (!try_step(m, it, p, k, n, found))
            return false;
    return true;
}

/* The same of who computed on with what is written, and slipped when he wrote down the result. */
static bool try_writing_as_written(marking *m, item *it, const path *p, const numbers *n,
                                   explanations *found) {
    way_compute(m, it, &(way){.path = p}, true, n->right, n->right_bound);
    return try_once(m, it, p, IN_WRITING, n, found);
}

/* What rounding does on the way, and what it did to the numbers that are written. */
static double find_reach(marking *m, const item *it, const path *p, const numbers *n) {
    double most = 0;
    way_compute(m, it, &(way){.path = p}, true, n->value, n->bound);
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        most =
            fmax(most, rounding_in(m, it, i) + n->right_bound[i] + fabs(n->value[i] - n->right[i]));
    return FAR * most;
}

/* Whether a nan or an infinity stands where it should not: many slips make one, and so it tells
 * nothing of how it came about. */
static bool is_lost(const marking *m, const item *it, const numbers *n) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !isfinite(it->numbers[i]) &&
            !number_is_near(m, it, i, n->right[i], n->right_bound[i]))
            return true;
    return false;
}

/* Of the path that is entered. */
static bool find_slips(marking *m, item *it, const path *p, explanations *found) {
    numbers n;
    if (!allocate(m, it, &n))
        return false;
    way_compute(m, it, &(way){.path = p}, false, n.right, n.right_bound);
    /* What is too near to what is right cannot be told from it. */
    if (item_is_near(m, it, n.right, n.right_bound) || is_lost(m, it, &n))
        return true;
    n.reach = find_reach(m, it, p, &n);
    return try_all(m, it, p, &n, found) &&
           (found->whole.first || try_writing_as_written(m, it, p, &n, found));
}

static void exchange_work(marking *m) {
    const double kept = m->work_left;
    m->work_left = m->search_left;
    m->search_left = kept;
}

bool item_explain(marking *m, item *it, const path *p) {
    explanations found = {0};
    if (m->search_left <= 0)
        return true;
    exchange_work(m);
    const bool tried = way_enter(m, p) && find_slips(m, it, p, &found);
    way_leave(m);
    exchange_work(m);
    if (!tried || !rank(m, &found))
        return false;
    if (!found.whole.first && !found.parts.first)
        return true;
    it->mark.explanations = told(&found.whole) ? found.whole.first : told(&found.parts);
    return adopt(&found);
}

bool item_explain_rounding(marking *m, item *it) {
    mlp_explanation *named = NULL;
    for (const slip *s = slips; s->slug; s++)
        if ((s->where & IN_ROUNDING) && !add_explanation(m, &named, &(slip_case){.slip = s}))
            return false;
    it->mark.explanations = named;
    return true;
}
