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
    return step == w->step || (w->in_all && is_of_one_optimizer(step, w->step));
}

bool way_go_from(marking *m, const way *w, size_t first) {
    for (size_t i = first; i < w->path->step_count; i++) {
        const mlp_step *step = w->path->steps[i];
        m->work_left -= path_cost_of(step);
        do_step(m, w->path, step);
        if (w->as)
            manner_round_open(m, w->as, step, w->path->to);
        if (!w->instead || !is_done_instead(w, step))
            continue;
        if (!w->instead(m, step, w->context))
            return false;
        marking_keep_fixed(m, step, w->path->skipped);
    }
    return w->step || !w->instead || w->instead(m, NULL, w->context);
}

bool way_go(marking *m, const way *w) {
    return way_go_from(m, w, 0);
}

size_t way_first_instead(const way *w) {
    size_t i = 0;
    while (i < w->path->step_count && !(w->step && is_done_instead(w, w->path->steps[i])))
        i++;
    return i;
}
