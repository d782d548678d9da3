#include "rank.h"

#include "habit.h"
#include "tolerance.h"
#include "way.h"

void candidates_add(candidates *c, const slip_case *found) {
    if (found->slip->adopt == slip_adopt_habit && c->count < MOST_CANDIDATES)
        c->of[c->count++] = *found;
}

/* --- what a habit would explain --- */

enum {
    MOST_HELD_AGAINST = 16 /* answers */
};

static bool is_off(const marking *m, const item *it) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && number_verdict(m, it, i) == MLP_WRONG)
            return true;
    return false;
}

/* Whether the answer, which is off, is what the habit gives, if it counts on the way to it. */
static bool try_item(marking *m, item *it, size_t *tried, bool *explained) {
    const size_t n = it->mark.answer->numel;
    path p = {.by_habit = true};
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    if (!value || !bound)
        return marking_out_of_memory(m);
    *explained = false;
    if (!path_find(m, it->mark.value, &p))
        return false;
    if (!habit_shown_on(m, &p))
        return true;
    ++*tried;
    for (int as_written = 0; as_written < 2 && !*explained; as_written++)
        *explained = way_compute(m, it, &(way){.path = &p, .asks_near = true}, as_written == 1,
                                 value, bound) &&
                     item_is_near(m, it, value, bound);
    return true;
}

static const mlp_step *last_of_phase(const mlp_step *step, bool updates) {
    while (step->next && (step->next->phase == MLP_UPDATE) == updates)
        step = step->next;
    return step;
}

/* The last step that is held against it: of this backward; of the next update, since in the first one
 * no momentum is none of Nesterov's either. */
static const mlp_step *last_beside(const mlp_step *step) {
    if (step->phase != MLP_UPDATE)
        return last_of_phase(step, false);
    return last_of_phase(last_of_phase(last_of_phase(step, true), false), true);
}

static bool is_right_so_far(const marking *m, const item *it) {
    return !item_is_of_given(it) && it->mark.given &&
           (it->judged ? it->mark.verdict == MLP_RIGHT : !is_off(m, it));
}

/* Whether the step, as the habit does it, leaves a number that is far from the right one that was
 * written. */
static bool is_contradicted(const marking *m, const item *it) {
    const mlp_tensor *t = mlp_replay_tensor(m->own, it->mark.value);
    for (size_t i = 0; i < t->numel; i++)
        if (it->given[i] && !float_is_near(mlp_tensor_get(t, i), it->exact[i], 4 * it->rounding[i]))
            return true;
    return false;
}

static bool hold_against(marking *m, item *it, size_t *tried, evidence *e) {
    bool explained = false;
    if (is_right_so_far(m, it)) {
        e->contradicted += is_contradicted(m, it);
        return true;
    }
    if (it->judged || !is_off(m, it))
        return true;
    if (!try_item(m, it, tried, &explained))
        return false;
    e->explained += explained;
    return true;
}

static bool count_beside(marking *m, const mlp_step *first, const mlp_step *last, evidence *e) {
    size_t tried = 0;
    for (const mlp_step *step = first; step != last->next && tried < MOST_HELD_AGAINST;
         step = step->next) {
        habit_run_in_both(m, step);
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
            item *it = step->out[i] ? m->answered[step->out[i]->number] : NULL;
            if (it && !hold_against(m, it, &tried, e))
                return false;
        }
    }
    return true;
}

/* Of the answers of the same backward, or up to the optimizer's next step, if the slip is a habit. */
static bool weigh_habit(marking *m, const slip_case *c, evidence *e) {
    habit *const others = m->habits;
    const mlp_step *first = habit_step_of(c);
    if (!habit_can_begin(c))
        return true;
    const mlp_step *last = last_beside(first);
    if (!habit_begin(c) || !count_beside(m, first, last, e))
        return false;
    m->habits = others;
    for (const mlp_step *step = first; step != last->next; step = step->next)
        habit_run_in_both(m, step);
    return true;
}

static bool tells_more(evidence a, evidence b) {
    return a.explained + b.contradicted > b.explained + a.contradicted;
}

bool candidates_choose(marking *m, const candidates *c, const slip_case **best, evidence *of_best) {
    *best = NULL;
    *of_best = (evidence){0};
    for (size_t i = 0; i < c->count; i++) {
        evidence e = {0};
        if (!weigh_habit(m, &c->of[i], &e))
            return false;
        if (i > 0 && !tells_more(e, *of_best))
            continue;
        *of_best = e;
        *best = &c->of[i];
    }
    return true;
}
