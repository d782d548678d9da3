/* The bounds of linear and dropout. */
#include "bounds.h"

#include <math.h>

void bound_linear(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[1]->shape[1], n = call->in[1]->shape[0];
    for (size_t i = 0; i < call->out[0]->numel; i++) {
        const bounded_row x = {call->in[0], bounds->in[0], i / n * k, 1};
        const bounded_row weight = {call->in[1], bounds->in[1], i % n * k, 1};
        const bounded bias =
            call->in[2] ? bounded_at(call->in[2], bounds->in[2], i % n) : exactly(0);
        bounds->out[0][i] = bounded_dot(r, x, weight, k, bias, bounded_room(bounds)).bound;
    }
}

void bound_linear_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[1]->shape[1], n = call->in[1]->shape[0];
    const size_t batch = call->in[0]->numel / (k ? k : 1);
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; bounds->din[0] && i < batch * k; i++) {
        const bounded_row dy = {call->dout, bounds->dout, i / k * n, 1};
        const bounded_row weight = {call->in[1], bounds->in[1], i % k, k};
        bounds->din[0][i] = bounded_dot(r, dy, weight, n, exactly(0), room).bound;
    }
    for (size_t i = 0; bounds->din[1] && i < n * k; i++) {
        const bounded_row dy = {call->dout, bounds->dout, i / k, n};
        const bounded_row x = {call->in[0], bounds->in[0], i % k, k};
        bounds->din[1][i] = bounded_dot(r, dy, x, batch, exactly(0), room).bound;
    }
    for (size_t i = 0; bounds->din[2] && i < n; i++) {
        const bounded_row dy = {call->dout, bounds->dout, i, n};
        bounds->din[2][i] = bounded_total(r, dy, batch, room).bound;
    }
}

/* x times the mask, which is divided by 1 - p before. */
static void scale_bound(const mlp_call *call, const double *mask_bound, double *bound,
                        const mlp_tensor *x, const double *x_bound) {
    const rounding r = rounding_to(x->dtype);
    const bounded kept = bounded_div(r, exactly(1), bounded_beside_one(r, call->options.p));
    for (size_t i = 0; i < x->numel; i++) {
        const bool is_kept = mlp_tensor_get(call->in[1], i) != 0;
        bound[i] = mask_bound[i] > 0 ? INFINITY
                   : is_kept         ? bounded_mul(r, bounded_at(x, x_bound, i), kept).bound
                                     : 0;
    }
}

void bound_dropout(const mlp_call *call, const mlp_bounds *bounds) {
    scale_bound(call, bounds->in[1], bounds->out[0], call->in[0], bounds->in[0]);
}

void bound_dropout_back(const mlp_call *call, const mlp_bounds *bounds) {
    scale_bound(call, bounds->in[1], bounds->din[0], call->dout, bounds->dout);
}
