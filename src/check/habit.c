#include "habit.h"

#include "base/map.h"

struct habit {
    slip_case made; /* where it showed */
    /* By the number of a gradient: the one that was not set to zero; NULL: it is no such habit. */
    const mlp_value **before;
    habit *next;
};

/* --- where a habit counts --- */

static const mlp_operation *operation_of(const mlp_step *step) {
    return step->forward ? step->forward->operation : step->operation;
}

static bool adds_to_gradient(const habit *h, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] && h->before[step->out[i]->number])
            return true;
    return false;
}

/* Of the same optimizer; or of the same kind of loss, backward as forward. */
static bool does_the_same(const habit *h, const mlp_step *step) {
    const mlp_step *made = h->made.step;
    const unsigned where = h->made.slip->where | h->made.slip->again;
    if (operation_of(step) != operation_of(made) ||
        (step->phase == MLP_UPDATE) != (made->phase == MLP_UPDATE))
        return false;
    return made->phase == MLP_UPDATE ? step->origin == made->origin
                                     : (where & (step->forward ? IN_BACKWARD : IN_FORWARD)) != 0;
}

static bool counts_in(const habit *h, const mlp_step *step) {
    return h->before ? adds_to_gradient(h, step) : does_the_same(h, step);
}

static const habit *habit_of(const marking *m, const mlp_step *step) {
    const habit *h = m->habits;
    while (h && !counts_in(h, step))
        h = h->next;
    return h;
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

/* --- doing it again --- */

static void add(mlp_tensor *to, const mlp_tensor *more) {
    for (size_t i = 0; i < to->numel; i++)
        mlp_tensor_set(to, i, mlp_tensor_get(to, i) + mlp_tensor_get(more, i));
}

static void add_to_gradients(marking *m, const habit *h, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const mlp_value *out = step->out[i], *before = out ? h->before[out->number] : NULL;
        if (before)
            add(mlp_replay_tensor(m->own, out), mlp_replay_tensor(m->own, before));
    }
}

void habit_repeat(marking *m, const path *p, const mlp_step *step) {
    for (const habit *h = m->habits; h; h = h->next) {
        if (!counts_in(h, step))
            continue;
        slip_case c = h->made;
        c.path = p;
        if (h->before)
            add_to_gradients(m, h, step);
        else
            slip_make(&c, m, step);
        marking_keep_fixed(m, step, p->skipped);
    }
}

void habit_run_in_both(marking *m, const mlp_step *step) {
    const path as_the_script = {0};
    for (int both = 0; both < 2; both++) {
        mlp_replay_run(m->own, step, step);
        habit_repeat(m, &as_the_script, step);
        marking_exchange(m);
    }
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i])
            m->moved[step->out[i]->number] = true;
}

void habit_run_up_to(marking *m, const mlp_step *last) {
    for (const mlp_step *step = last ? m->trace->first_step : NULL; step; step = step->next) {
        habit_run_in_both(m, step);
        if (step == last)
            return;
    }
}

/* --- making it one --- */

/* Of each gradient of a leaf the one that the backward before has left there. */
static bool find_gradients_before(marking *m, habit *h) {
    map last = {0};
    h->before = mlp_arena_alloc(m->arena, m->trace->values, sizeof *h->before);
    if (!h->before)
        return marking_out_of_memory(m);
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE || e->phase != MLP_BACKWARD)
            continue;
        const mlp_value *before = map_find(&last, e->value->label.display);
        if (before && mlp_tensor_same_shape(&before->tensor, &e->value->tensor))
            h->before[e->value->number] = before;
        if (!map_put(&last, m->arena, e->value->label.display, e->value))
            return marking_out_of_memory(m);
    }
    return true;
}

const mlp_step *habit_step_of(const slip_case *c) {
    return c->step ? c->step : c->it->mark.value->producer;
}

bool habit_can_begin(const slip_case *c) {
    const mlp_step *step = habit_step_of(c);
    return step && !habit_of(c->m, step) && (step->phase != MLP_UPDATE || step->origin);
}

bool habit_begin(const slip_case *c) {
    marking *m = c->m;
    habit *h = mlp_arena_alloc(m->arena, 1, sizeof *h);
    if (!h)
        return marking_out_of_memory(m);
    h->made = *c;
    h->made.path = NULL;
    h->made.by_state = false;
    if (!c->step && !find_gradients_before(m, h))
        return false;
    h->next = m->habits;
    m->habits = h;
    return true;
}

bool slip_adopt_habit(slip_case *c) {
    if (!habit_can_begin(c))
        return true;
    if (!habit_begin(c))
        return false;
    habit_run_in_both(c->m, habit_step_of(c));
    return true;
}
