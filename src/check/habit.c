#include "habit.h"

struct habit {
    slip_case made;           /* where it showed */
    const mlp_origin *origin; /* the optimizer's */
    habit *next;
};

static habit *habit_of(const marking *m, const mlp_step *step) {
    habit *h = m->habits;
    while (h && !(step->phase == MLP_UPDATE && step->origin == h->origin &&
                  step->operation == h->made.step->operation))
        h = h->next;
    return h;
}

void habit_run(marking *m, const mlp_step *step, const item *skipped) {
    const habit *h = habit_of(m, step);
    mlp_replay_run(m->own, step, step);
    if (!h)
        return;
    slip_case c = h->made;
    c.step = step;
    c.call = mlp_replay_call(m->own, step);
    c.slip->apply(&c);
    marking_keep_fixed(m, step, skipped);
}

void habit_run_in_both(marking *m, const mlp_step *step) {
    mlp_replay *own = m->own;
    habit_run(m, step, NULL);
    m->own = m->in_dtype;
    habit_run(m, step, NULL);
    m->own = own;
}

bool slip_adopt_habit(slip_case *c) {
    marking *m = c->m;
    if (!c->step->origin || habit_of(m, c->step))
        return true;
    habit *h = mlp_arena_alloc(m->arena, 1, sizeof *h);
    if (!h)
        return marking_out_of_memory(m);
    h->made = *c;
    h->origin = c->step->origin;
    h->next = m->habits;
    m->habits = h;
    habit_run_in_both(m, c->step);
    return true;
}

const item *habit_shown_in(const marking *m, const mlp_step *step) {
    const habit *h = habit_of(m, step);
    return h ? h->made.it : NULL;
}

const item *habit_shown_on(const marking *m, const path *p) {
    const item *shown = NULL;
    for (size_t i = 0; m->habits && !shown && i < p->step_count; i++)
        shown = habit_shown_in(m, p->steps[i]);
    return shown;
}
