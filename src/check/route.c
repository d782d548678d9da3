#include "route.h"

/* --- which value a step goes by --- */

/* Whether the step's route goes by what `by` computed, both of the same input. */
static bool fits(const mlp_step *step, const mlp_step *by) {
    const mlp_route *route = step->operation->route;
    if (by->operation != route->by)
        return false;
    if (route->of_all)
        return by->out[0]->tensor.ndim == 0 && step->out[0]->tensor.ndim == 0;
    return !route->along_dim || mlp_step_has_lines_of(step, by);
}

/* The answered values, each listed with what its step computed it from. */
typedef struct {
    const item **of;   /* by the number of the input: the last one */
    const item **next; /* by the place of an item among the items */
} answers_by_input;

static const mlp_step *step_of(const item *it) {
    const mlp_step *step = it->mark.value->producer;
    return step && !step->forward && step->in[0] && step->out[0] == it->mark.value ? step : NULL;
}

static bool list_answers(marking *m, answers_by_input *a) {
    a->of = mlp_arena_alloc(m->arena, m->trace->values, sizeof *a->of);
    a->next = mlp_arena_alloc(m->arena, m->count, sizeof *a->next);
    if (!a->of || !a->next)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < m->count; i++) {
        const mlp_step *step = step_of(&m->items[i]);
        if (!step)
            continue;
        const item **of = &a->of[mlp_value_first(step->in[0])->number];
        a->next[i] = *of;
        *of = &m->items[i];
    }
    return true;
}

static const mlp_value *find_by(const marking *m, const answers_by_input *a, const mlp_step *step) {
    const item *it = a->of[mlp_value_first(step->in[0])->number];
    while (it && !fits(step, step_of(it)))
        it = a->next[it - m->items];
    return it ? it->mark.value : NULL;
}

const mlp_value *route_state(const mlp_step *step, size_t i) {
    const mlp_optimizer *optimizer = step->operation->optimizer;
    return i >= 1 && i <= MLP_MAX_STATES && (optimizer->kept(step->options) >> (i - 1) & 1)
               ? step->out[i]
               : NULL;
}

/* The first of the states that an update keeps, where all are answered. */
static const mlp_value *answered_states(const marking *m, const mlp_step *step) {
    for (size_t i = 1; i < MLP_MAX_OUTPUTS; i++) {
        const mlp_value *state = route_state(step, i);
        if (state && !m->answered[state->number])
            return NULL;
    }
    return route_state(step, 1);
}

bool routes_find(marking *m) {
    answers_by_input answers;
    m->by = mlp_arena_alloc(m->arena, m->trace->values, sizeof *m->by);
    if (!m->by)
        return marking_out_of_memory(m);
    size_t most = 0;
    if (!list_answers(m, &answers))
        return false;
    for (const mlp_step *step = m->trace->first_step; step; step = step->next) {
        if (step->forward || !step->operation->route)
            continue;
        m->by[step->out[0]->number] = step->operation->route->by_state ? answered_states(m, step)
                                                                       : find_by(m, &answers, step);
        most = step->in[0]->tensor.numel > most ? step->in[0]->tensor.numel : most;
    }
    m->kept = mlp_arena_alloc(m->arena, most, sizeof *m->kept);
    return m->kept || marking_out_of_memory(m);
}

static bool is_of_result(const mlp_step *step) {
    return !step->operation->route->of_input && !step->operation->route->by_state;
}

static const mlp_step *forward_of(const mlp_step *step) {
    return step->forward ? step->forward : step;
}

const mlp_value *route_of(const marking *m, const mlp_step *step) {
    const mlp_step *of = forward_of(step);
    if (!of->operation->route || (step->forward && is_of_result(of)))
        return NULL;
    return m->by[of->out[0]->number];
}

bool route_goes_by(const mlp_step *step, const mlp_value *state) {
    const mlp_route *route = step->operation->route;
    for (size_t i = 1; !step->forward && route && route->by_state && i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] == state)
            return true;
    return false;
}

size_t route_sources(const marking *m, const mlp_value *value,
                     const mlp_value *sources[MLP_MAX_SOURCES]) {
    const mlp_value *by = route_of(m, value->producer);
    const mlp_step *of = forward_of(value->producer);
    if (is_of_result(of)) {
        sources[0] = by;
        return 1;
    }
    size_t count = mlp_value_sources(value, sources);
    if (of->operation->route->by_state) {
        for (size_t i = 1; i < MLP_MAX_OUTPUTS; i++)
            if (route_state(of, i))
                sources[count++] = of->out[i];
        return count;
    }
    for (size_t i = 0; i < count; i++)
        sources[i] = sources[i] == of->in[0] ? by : sources[i];
    return count;
}

/* --- doing a step by its route --- */

static void write_by(const mlp_step *of, mlp_tensor *to, const mlp_tensor *by, double terms) {
    for (size_t i = 0; i < to->numel; i++)
        mlp_tensor_set(to, i, of->operation->route->from(mlp_tensor_get(by, i), terms));
}

void route_run(const marking *m, mlp_replay *replay, const mlp_step *step) {
    const mlp_step *of = forward_of(step);
    const mlp_tensor *by = mlp_replay_tensor(replay, route_of(m, step));
    const mlp_call call = mlp_replay_call(replay, of);
    if (is_of_result(of)) {
        const double terms = of->operation->terms ? of->operation->terms(&call) : 1;
        write_by(of, mlp_replay_tensor(replay, of->out[0]), by, terms);
        return;
    }
    if (of->operation->route->by_state) {
        of->operation->route->by_state(&call);
        return;
    }
    mlp_tensor *in = mlp_replay_tensor(replay, of->in[0]);
    for (size_t i = 0; i < in->numel; i++)
        m->kept[i] = mlp_tensor_get(in, i);
    write_by(of, in, by, 1);
    mlp_replay_run(replay, step, step);
    for (size_t i = 0; i < in->numel; i++)
        mlp_tensor_set(in, i, m->kept[i]);
}
