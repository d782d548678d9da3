/* Gradients of solutions and determinants, composed. */
#include "composition.h"

#include <math.h>

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

/* dy A^-T */
void compose_logabsdet(mlp_composition *c) {
    const mlp_value *y = c->out[0];
    if (has_number(c, y, -(double)INFINITY)) {
        fail_composition(c, "the logarithm of a determinant that is 0 has no gradient here");
        return;
    }
    mlp_value *scale = expanded_as(c, c->dout, c->call->in[0]);
    mlp_value *ones = c->filled(c, c->in[0], 1);
    mlp_value *identity = applied(c, &mlp_triu, applied(c, &mlp_tril, ones, NULL), NULL);
    c->din[0] = applied(c, &mlp_solve, turned(c, c->in[0]), times(c, identity, scale));
}

static mlp_value *product(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return applied(c, &mlp_matmul, a, b);
}

/* Of P, the pseudoinverse of A of m rows and n columns, and D = dy^T:
 *   m <= n   K = D P    -(P K)^T + K P^T - (A P) (K P^T) + (P^T P) (D - K A)
 *   m > n    K = P D    -(K P)^T + ((D - A K) P) P^T + P^T K - ((P^T K) P) A */
void compose_pinv(mlp_composition *c) {
    mlp_value *a = c->in[0], *p = c->out[0], *pt = turned(c, p), *d = turned(c, c->dout);
    if (c->call->in[0]->shape[0] <= c->call->in[0]->shape[1]) {
        mlp_value *k = product(c, d, p), *kpt = product(c, k, pt);
        mlp_value *first = minus(c, kpt, turned(c, product(c, p, k)));
        mlp_value *second = product(c, product(c, a, p), kpt);
        mlp_value *rest = minus(c, d, product(c, k, a));
        mlp_value *third = product(c, product(c, pt, p), rest);
        c->din[0] = plus(c, minus(c, first, second), third);
        return;
    }
    mlp_value *k = product(c, p, d), *ptk = product(c, pt, k);
    mlp_value *rest = minus(c, d, product(c, a, k));
    mlp_value *second = product(c, product(c, rest, p), pt);
    mlp_value *first = minus(c, second, turned(c, product(c, k, p)));
    mlp_value *third = product(c, product(c, ptk, p), a);
    c->din[0] = minus(c, plus(c, first, ptk), third);
}

/* --- trace --- */

/* The sum of what stands on the diagonal. */
static void compose_trace_backward(mlp_composition *c) {
    c->din[0] = sum_of_all(c, applied(c, &mlp_diag, c->dout, NULL));
}

static const mlp_operation trace_backward = {.name = "trace_backward",
                                             .gradient_of = &mlp_trace_of,
                                             .bound = bound_gradient,
                                             .compose = compose_trace_backward,
                                             .gradients = 1 << 0,
                                             .grad_fn = "ViewBackward0",
                                             GRADIENT};

void compose_trace(mlp_composition *c) {
    c->din[0] = gradient_step(c, &trace_backward, c->dout, c->in, 1);
}
