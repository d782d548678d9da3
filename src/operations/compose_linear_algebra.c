/* Gradients of solutions and determinants, composed. */
#include "composition.h"

static mlp_value *turned(mlp_composition *c, mlp_value *a) {
    return applied_with(c, &mlp_transpose, &(mlp_options){.dim1 = 1}, a, NULL);
}

/* As a column, if it is a vector. */
static mlp_value *column(mlp_composition *c, mlp_value *a) {
    if (c->failed || c->tensor(a)->ndim == 2)
        return a;
    return reshaped(c, &mlp_unsqueeze, a, 2, (size_t[]){c->tensor(a)->shape[0], 1});
}

void compose_solve(mlp_composition *c) {
    mlp_value *db = applied(c, &mlp_solve, turned(c, c->in[0]), c->dout);
    if (c->wanted[0]) {
        mlp_value *y = turned(c, column(c, c->out[0]));
        c->din[0] = negated(c, applied(c, &mlp_matmul, column(c, db), y));
    }
    c->din[1] = db;
}

/* dy y A^-T */
void compose_det(mlp_composition *c) {
    const mlp_tensor *a = c->call->in[0];
    if (has_number(c, c->out[0], 0)) {
        fail_composition(c, "there is no gradient of a determinant here that is 0");
        return;
    }
    mlp_value *scale = expanded_as(c, times(c, c->dout, c->out[0]), a);
    mlp_value *ones = c->filled(c, c->in[0], 1);
    mlp_value *identity = applied(c, &mlp_triu, applied(c, &mlp_tril, ones, NULL), NULL);
    c->din[0] = applied(c, &mlp_solve, turned(c, c->in[0]), times(c, identity, scale));
}
