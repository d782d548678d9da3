#include "slip.h"

void slip_do_again(slip_case *c) {
    if (c->by_state)
        c->step->operation->route->by_state(&c->call);
    else if (c->step->forward)
        c->step->operation->backward(&c->call);
    else
        mlp_operation_forward(&c->call);
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
