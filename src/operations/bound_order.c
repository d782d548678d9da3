/* The bounds of numbers in order of size. The one that stands at a place moves by no more than any
 * of its column does. Where it stood is open if another one may be as large: also where both are
 * exactly equal, unless the order is stable, for each build has its own way to sort. */
#include "bounds.h"

#include "row.h"

#include <math.h>

static mlp_dimension along(const mlp_call *call) {
    return split_at(call->in[0], (size_t)call->options.dim);
}

static double largest_bound(const bounded_row *x, size_t n) {
    double largest = 0;
    for (size_t k = 0; k < n; k++) {
        const double bound = bounded_element(x, k).bound;
        largest = bound <= largest ? largest : bound;
    }
    return largest;
}

/* Whether x may be as large as y, where each is off by no more than that. */
static bool may_equal(double x, double y, double off) {
    return x == y || !(fabs(x - y) > 4 * off) || (isnan(x) && isnan(y));
}

/* Column i: its elements, what was taken of it, and how far they may be off. */
typedef struct {
    bounded_row x;
    size_t size, count, inner, first; /* taken: first, first + inner, ... */
    double off;
    bool stable;
} taken;

static taken taken_of(const mlp_call *call, const mlp_bounds *bounds, const mlp_tensor *indices,
                      size_t i) {
    const mlp_dimension l = along(call);
    const size_t count = indices->numel / (l.outer * l.inner);
    taken t = {.x = bounded_column(call->in[0], bounds->in[0], &l, i),
               .size = l.size,
               .count = count,
               .inner = l.inner,
               .first = i / l.inner * count * l.inner + i % l.inner,
               .stable = call->options.stable};
    t.off = largest_bound(&t.x, l.size);
    return t;
}

static double element(const taken *t, size_t k) {
    return bounded_element(&t->x, k).value;
}

/* Whether another number may stand where element `place` does. Where all are taken, in order, the
 * neighbours of number k tell. */
static bool is_open(const taken *t, const mlp_tensor *indices, size_t k) {
    const size_t place = (size_t)mlp_tensor_get_int(indices, t->first + k * t->inner);
    const bool all = t->count == t->size;
    const size_t from = !all ? 0 : k ? k - 1 : 0, end = !all ? t->size : k + 2;
    if (t->stable && t->off == 0)
        return false;
    for (size_t j = from; j < end && j < t->size; j++) {
        const size_t other = all ? (size_t)mlp_tensor_get_int(indices, t->first + j * t->inner) : j;
        if (other != place && may_equal(element(t, other), element(t, place), t->off))
            return true;
    }
    return false;
}

static void ordered(const mlp_call *call, const mlp_bounds *bounds, const mlp_tensor *indices,
                    double *of_values, double *of_indices) {
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < l.outer * l.inner && indices->numel > 0; i++) {
        const taken t = taken_of(call, bounds, indices, i);
        for (size_t k = 0; k < t.count; k++) {
            if (of_values)
                of_values[t.first + k * t.inner] = t.off;
            of_indices[t.first + k * t.inner] = is_open(&t, indices, k) ? INFINITY : 0;
        }
    }
}

/* What is left in the room means nothing. */
static void leave_open(const mlp_tensor *room, double *bound) {
    for (size_t i = 0; i < room->numel; i++)
        bound[i] = INFINITY;
}

void bound_ordered(const mlp_call *call, const mlp_bounds *bounds) {
    leave_open(call->out[2], bounds->out[2]);
    ordered(call, bounds, call->out[1], bounds->out[0], bounds->out[1]);
}

void bound_argsort(const mlp_call *call, const mlp_bounds *bounds) {
    leave_open(call->out[1], bounds->out[1]);
    ordered(call, bounds, call->out[0], NULL, bounds->out[0]);
}

void bound_ordered_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_tensor *indices = call->out[1];
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < l.outer * l.inner && indices->numel > 0; i++) {
        const taken t = taken_of(call, bounds, indices, i);
        for (size_t k = 0; k < t.count; k++) {
            const size_t at = t.first + k * t.inner;
            const size_t place = (size_t)mlp_tensor_get_int(indices, at);
            double *dx = bounds->din[0] + t.x.first;
            if (!is_open(&t, indices, k)) {
                dx[place * t.x.stride] = bounds->dout[at];
                continue;
            }
            for (size_t j = 0; j < t.size; j++)
                if (j == place || may_equal(element(&t, j), element(&t, place), t.off))
                    dx[j * t.x.stride] = INFINITY;
        }
    }
}

/* --- what occurs most often --- */

/* Where a number may be another one, so may any run be longer. */
void bound_mode(const mlp_call *call, const mlp_bounds *bounds) {
    bound_ordered(call, bounds);
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        const taken t = taken_of(call, bounds, call->out[1], i);
        if (t.off > 0)
            bounds->out[0][t.first] = bounds->out[1][t.first] = INFINITY;
    }
}

void bound_mode_back(const mlp_call *call, const mlp_bounds *bounds) {
    bound_ordered_back(call, bounds);
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        const taken t = taken_of(call, bounds, call->out[1], i);
        for (size_t k = 0; k < t.size && t.off > 0; k++)
            bounds->din[0][t.x.first + k * t.x.stride] = INFINITY;
    }
}

/* --- the largest and smallest so far --- */

/* Whether another one up to k may be the one that is taken there: which of exactly equal ones it is,
 * is the same everywhere. */
static bool is_open_so_far(const taken *t, const mlp_tensor *indices, size_t k) {
    const size_t place = (size_t)mlp_tensor_get_int(indices, t->first + k * t->inner);
    for (size_t j = 0; j <= k && t->off > 0; j++)
        if (j != place && may_equal(element(t, j), element(t, place), t->off))
            return true;
    return false;
}

void bound_so_far(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_dimension l = along(call);
    leave_open(call->out[2], bounds->out[2]);
    for (size_t i = 0; i < l.outer * l.inner && l.size; i++) {
        const taken t = taken_of(call, bounds, call->out[1], i);
        for (size_t k = 0; k < t.count; k++) {
            bounds->out[0][t.first + k * t.inner] = t.off;
            bounds->out[1][t.first + k * t.inner] =
                is_open_so_far(&t, call->out[1], k) ? INFINITY : 0;
        }
    }
}

void bound_so_far_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = along(call);
    bounded *terms = bounded_room(bounds);
    for (size_t i = 0; i < l.outer * l.inner && l.size; i++) {
        const taken t = taken_of(call, bounds, call->out[1], i);
        bool open = false;
        for (size_t k = 0; k < t.count; k++)
            open = open || is_open_so_far(&t, call->out[1], k);
        for (size_t place = 0; place < t.size; place++) {
            size_t n = 0;
            for (size_t k = 0; k < t.count; k++) {
                const size_t at = t.first + k * t.inner;
                if ((size_t)mlp_tensor_get_int(call->out[1], at) == place)
                    terms[n++] = bounded_at(call->dout, bounds->dout, at);
            }
            bounds->din[0][t.x.first + place * t.x.stride] =
                open ? INFINITY : bounded_sum(r, terms, n, false).bound;
        }
    }
}

/* --- of all elements --- */

void bound_median(const mlp_call *call, const mlp_bounds *bounds) {
    leave_open(call->out[1], bounds->out[1]);
    const bounded_row x = {call->in[0], bounds->in[0], 0, 1};
    bounds->out[0][0] = largest_bound(&x, call->in[0]->numel);
}

/* dy is shared between those that equal y. */
void bound_median_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded_row x = {call->in[0], bounds->in[0], 0, 1};
    const size_t n = call->in[0]->numel;
    const double off = largest_bound(&x, n), y = mlp_tensor_get(call->out[0], 0);
    size_t count = 0;
    for (size_t k = 0; k < n; k++)
        count += may_equal(bounded_element(&x, k).value, y, off);
    const bounded dy = bounded_at(call->dout, bounds->dout, 0);
    const double share = bounded_div(r, dy, exactly((double)count)).bound;
    for (size_t k = 0; k < n; k++)
        if (may_equal(bounded_element(&x, k).value, y, off))
            bounds->din[0][k] = count > 1 && off > 0 ? INFINITY : share;
}
