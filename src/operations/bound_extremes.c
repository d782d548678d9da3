/* The bounds of extremes whose gradient is shared, and of distances. */
#include "bounds.h"

#include "row.h"

#include <math.h>

/* No further off than the element that is the farthest. */
void bound_extremes(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        double *bound = &bounds->out[0][extreme_place(call, i)];
        *bound = fmax(*bound, bounds->in[0][i]);
    }
}

/* --- distances --- */

static bounded apart(const mlp_call *call, const mlp_bounds *bounds, size_t i, size_t j) {
    return bounded_sub(rounding_to(call->in[0]->dtype), bounded_at(call->in[0], bounds->in[0], i),
                       bounded_at(call->in[1], bounds->in[1], j));
}

/* The root of what another build may have below 0 is nan, or 0. */
static bounded root(rounding r, bounded x) {
    return x.bound > 0 && x.value <= 2 * x.bound
               ? (bounded){sqrt(x.value), sqrt(x.value + 2 * x.bound)}
               : bounded_sqrt(r, x);
}

/* By a product of matrices, other builds find the squares as differences of larger ones. */
void bound_cdist(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[0]->shape[1], m = call->in[1]->shape[0];
    const bool squared = call->options.p == 2;
    bounded *terms = bounded_room(bounds);
    for (size_t i = 0; i < call->out[0]->numel; i++) {
        for (size_t t = 0; t < k; t++) {
            const bounded x = apart(call, bounds, i / m * k + t, i % m * k + t);
            terms[t] = squared ? bounded_mul(r, x, x) : (bounded){fabs(x.value), x.bound};
        }
        const bounded sum = bounded_sum(r, terms, k, squared);
        bounds->out[0][i] = squared ? root(r, sum).bound : sum.bound;
    }
}

static bounded slope(const mlp_call *call, const mlp_bounds *bounds, bounded x, size_t at) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded dy = bounded_at(call->dout, bounds->dout, at);
    const bounded y = bounded_at(call->out[0], bounds->of_out[0], at);
    const int side = bounded_compare(x, 0);
    if (call->options.p == 2)
        return y.value == 0 && y.bound == 0 ? exactly(0) : bounded_div(r, bounded_mul(r, dy, x), y);
    return side == 0 ? exactly(0) : (bounded){dy.value * side, side == 2 ? INFINITY : dy.bound};
}

void bound_cdist_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t k = call->in[0]->shape[1], n = call->in[0]->shape[0], m = call->in[1]->shape[0];
    bounded *terms = bounded_room(bounds);
    for (size_t i = 0; bounds->din[0] && i < n * k; i++) {
        for (size_t j = 0; j < m; j++)
            terms[j] = slope(call, bounds, apart(call, bounds, i, j * k + i % k), i / k * m + j);
        bounds->din[0][i] = bounded_sum(r, terms, m, false).bound;
    }
    for (size_t j = 0; bounds->din[1] && j < m * k; j++) {
        for (size_t i = 0; i < n; i++)
            terms[i] = slope(call, bounds, apart(call, bounds, i * k + j % k, j), i * m + j / k);
        bounds->din[1][j] = bounded_sum(r, terms, n, false).bound;
    }
}
