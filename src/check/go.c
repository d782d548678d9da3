#include "go.h"

#include "habit.h"
#include "route.h"

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
    return w->instead && (step == w->step || (w->in_all && is_of_one_optimizer(step, w->step)));
}

static bool has_changed(const marking *m, const mlp_value *value, size_t since) {
    return journal_has_changed(m->journal, value, since);
}

static bool has_habit(const marking *m, const mlp_step *step) {
    return m->habits && habit_shown_in(m, step);
}

/* Whether the step of the path computes a result from what was changed, as a habit may, whatever it
 * reads. */
static bool reads_changed(const marking *m, const path *p, const mlp_step *step, size_t since) {
    const mlp_value *by = path_route(m, p, step);
    bool changed = (by && has_changed(m, by, since)) || (p->by_habit && has_habit(m, step));
    for (size_t i = 0; i < MLP_MAX_OUTPUTS && !changed; i++) {
        const mlp_value *sources[MLP_MAX_SOURCES];
        const size_t count = step->out[i] ? mlp_value_sources(step->out[i], sources) : 0;
        for (size_t k = 0; k < count && !changed; k++)
            changed = has_changed(m, sources[k], since);
        changed |= by && step->out[i] && has_changed(m, step->out[i], since);
    }
    return changed;
}

static bool makes(const mlp_step *step, const mlp_value *value) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (value && step->out[i] == value)
            return true;
    return false;
}

/* Whether the step may have been done in another way than the path does it: by the script, by another
 * habit, or not yet. */
static bool is_otherwise(const marking *m, const path *p, const mlp_step *step) {
    return path_route(m, p, step) || has_habit(m, step) ||
           (p->skipped && makes(step, p->skipped->mark.value)) || !marking_has_done(m, step);
}

static bool keep(marking *m, const mlp_value *value, size_t since) {
    m->starved |= !journal_keep(m->journal, value, since);
    return !m->starved;
}

static bool keep_results(marking *m, const mlp_step *step, size_t since) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] && !keep(m, step->out[i], since))
            return false;
    return true;
}

static void settle_results(marking *m, const mlp_step *step, size_t since) {
    for (size_t i = MLP_MAX_OUTPUTS; i-- > 0;)
        if (step->out[i])
            journal_settle(m->journal, step->out[i], since);
}

/* One step of the way; its results have been kept. */
static bool go_step(marking *m, const way *w, const mlp_step *step, bool afresh) {
    if (afresh)
        do_step(m, w->path, step);
    if (w->as)
        manner_round_open(m, w->as, step, w->path->to);
    if (!is_done_instead(w, step))
        return true;
    if (!w->instead(m, step, w->context))
        return false;
    marking_keep_fixed(m, step, w->path->skipped);
    return true;
}

/* A slip of writing changes what was computed. */
static bool write_down(marking *m, const way *w, size_t since) {
    if (w->step || !w->instead)
        return true;
    if (!keep(m, w->path->to, since))
        return false;
    const bool can_be = w->instead(m, NULL, w->context);
    journal_settle(m->journal, w->path->to, since);
    return can_be;
}

size_t way_first_instead(const way *w) {
    size_t i = 0;
    while (i < w->path->step_count && !is_done_instead(w, w->path->steps[i]))
        i++;
    return i;
}

size_t path_first_otherwise(const marking *m, const path *p) {
    size_t i = 0;
    while (i < p->step_count && !is_otherwise(m, p, p->steps[i]))
        i++;
    return i;
}

bool way_go(marking *m, const way *w, const going *g) {
    for (size_t i = g->first; i < w->path->step_count; i++) {
        const mlp_step *step = w->path->steps[i];
        const bool instead = is_done_instead(w, step);
        const bool afresh = reads_changed(m, w->path, step, g->since) || (g->again && instead) ||
                            (g->enters && is_otherwise(m, w->path, step));
        if (!afresh && !instead && (!w->as || g->again))
            continue;
        m->work_left -= (afresh + instead) * w->path->costs[i];
        if (!keep_results(m, step, g->since) || !go_step(m, w, step, afresh))
            return false;
        settle_results(m, step, g->since);
    }
    return write_down(m, w, g->since);
}
