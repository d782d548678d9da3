#include "slip.h"

void slip_do_again(slip_case *c) {
    if (c->by_state)
        c->step->operation->route->by_state(&c->call);
    else if (c->step->forward)
        c->step->operation->backward(&c->call);
    else
        mlp_operation_forward(&c->call);
}

enum {
    MOST_CHANGED = 512 /* numbers */
};

bool slip_do_changed(slip_case *c, mlp_tensor *t, double factor, double constant) {
    double kept[MOST_CHANGED] = {0};
    if (t->numel > MOST_CHANGED)
        return false;
    for (size_t i = 0; i < t->numel; i++) {
        kept[i] = mlp_tensor_get(t, i);
        mlp_tensor_set(t, i, factor * kept[i] + constant);
    }
    slip_do_again(c);
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, kept[i]);
    return true;
}

bool slip_make(slip_case *c, marking *m, const mlp_step *step) {
    c->m = m;
    c->step = step;
    if (step) {
        c->call = mlp_replay_call(m->own, step);
        c->by_state = c->path && path_goes_by_state(m, c->path, step);
    }
    return c->slip->apply(c);
}

mlp_tensor *slip_tensor(const slip_case *c, const mlp_value *value) {
    return mlp_replay_tensor(c->m->own, value);
}

mlp_tensor *slip_input(const slip_case *c, size_t input) {
    const mlp_step *forward = c->step->forward ? c->step->forward : c->step;
    return slip_tensor(c, forward->in[input]);
}

bool slip_transpose(mlp_tensor *t) {
    if (t->ndim != 2 || t->shape[0] != t->shape[1])
        return false;
    const size_t n = t->shape[0];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            const double upper = mlp_tensor_get(t, j * n + i);
            mlp_tensor_set(t, j * n + i, mlp_tensor_get(t, i * n + j));
            mlp_tensor_set(t, i * n + j, upper);
        }
    return true;
}
