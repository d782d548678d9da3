/* The bounds of softmax and log_softmax. */
#include "bounds.h"

#include "row.h"

#include <math.h>

typedef void bound_column(const mlp_call *call, const mlp_bounds *bounds, const bounded_row *x,
                          size_t size);

static void each_column(const mlp_call *call, const mlp_bounds *bounds, bound_column *act) {
    const mlp_dimension dim = split_at(call->in[0], (size_t)call->options.dim);
    for (size_t i = 0; i < dim.outer * dim.inner && dim.size > 0; i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &dim, i);
        act(call, bounds, &x, dim.size);
    }
}

/* exp(x_k - max), and their sum, as they are rounded where x is exact. */
static bounded exponential(rounding r, const bounded_row *x, double max, size_t k) {
    return bounded_exp(r,
                       bounded_sub(r, as_if_exact(bounded_element(x, k).value), as_if_exact(max)));
}

typedef struct {
    double max;
    bounded sum;
    /* Of the inputs' bounds: the largest, and their mean, weighted by the probabilities. Another
     * build's x_k is within 2 e_k of ours, so that its probabilities are ours times `more` at most,
     * and not less than ours divided by it. */
    double largest, mean, more;
} column_sums;

static column_sums sums_of(rounding r, const bounded_row *x, size_t size, bounded *room) {
    column_sums s = {.max = -INFINITY};
    for (size_t k = 0; k < size; k++) {
        s.max = fmax(s.max, bounded_element(x, k).value);
        s.largest = fmax(s.largest, bounded_element(x, k).bound);
    }
    for (size_t k = 0; k < size; k++)
        room[k] = exponential(r, x, s.max, k);
    s.sum = bounded_sum(r, room, size, false);
    s.more = exp(4 * s.largest);
    for (size_t k = 0; k < size && s.largest > 0; k++)
        s.mean += exp(bounded_element(x, k).value - s.max) / s.sum.value * s.more *
                  bounded_element(x, k).bound;
    return s;
}

/* How far log_softmax moves with its inputs: its derivatives are 1 - p_k after x_k itself, and -p_j
 * after the others. */
static double moved_by_inputs(const column_sums *s, bounded x_k) {
    const double p = exp(x_k.value - s->max) / s->sum.value;
    return s->mean - p * s->more * x_k.bound + (1 - p / s->more) * x_k.bound;
}

/* log p_k = (x_k - max) - log(sum) */
static double log_probability(rounding r, const column_sums *s, bounded x_k) {
    const bounded difference = bounded_sub(r, as_if_exact(x_k.value), as_if_exact(s->max));
    const bounded rounded = bounded_sub(r, difference, bounded_log(r, s->sum));
    return s->more * (rounded.bound + r.unit * 8 * s->largest) + moved_by_inputs(s, x_k);
}

static void log_softmax_column(const mlp_call *call, const mlp_bounds *bounds, const bounded_row *x,
                               size_t size) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const column_sums s = sums_of(r, x, size, bounded_room(bounds));
    for (size_t k = 0; k < size; k++)
        bounds->out[0][x->first + k * x->stride] = log_probability(r, &s, bounded_element(x, k));
}

void bound_log_softmax(const mlp_call *call, const mlp_bounds *bounds) {
    each_column(call, bounds, log_softmax_column);
}

/* p_k = exp(x_k - max) / sum, in some builds multiplied by 1 / sum */
static void softmax_column(const mlp_call *call, const mlp_bounds *bounds, const bounded_row *x,
                           size_t size) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const column_sums s = sums_of(r, x, size, bounded_room(bounds));
    for (size_t k = 0; k < size; k++) {
        const bounded p = bounded_over(r, exponential(r, x, s.max, k), s.sum);
        const double moved = expm1(moved_by_inputs(&s, bounded_element(x, k)));
        bounds->out[0][x->first + k * x->stride] =
            s.more * (p.bound + p.value * (moved + r.unit * 8 * s.largest));
    }
}

void bound_softmax(const mlp_call *call, const mlp_bounds *bounds) {
    each_column(call, bounds, softmax_column);
}

/* dx_k = (dy_k - sum of dy y) y_k */
static void softmax_column_back(const mlp_call *call, const mlp_bounds *bounds,
                                const bounded_row *x, size_t size) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded_row y = {call->out[0], bounds->of_out[0], x->first, x->stride};
    const bounded_row dy = {call->dout, bounds->dout, x->first, x->stride};
    const bounded sum = bounded_dot(r, dy, y, size, exactly(0), bounded_room(bounds));
    for (size_t k = 0; k < size; k++) {
        const bounded difference = bounded_sub(r, bounded_element(&dy, k), sum);
        bounds->din[0][x->first + k * x->stride] =
            bounded_mul(r, difference, bounded_element(&y, k)).bound;
    }
}

void bound_softmax_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_column(call, bounds, softmax_column_back);
}

/* dx_k = dy_k - exp(y_k) sum of dy */
static void log_softmax_column_back(const mlp_call *call, const mlp_bounds *bounds,
                                    const bounded_row *x, size_t size) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded_row y = {call->out[0], bounds->of_out[0], x->first, x->stride};
    const bounded_row dy = {call->dout, bounds->dout, x->first, x->stride};
    const bounded sum = bounded_total(r, dy, size, bounded_room(bounds));
    for (size_t k = 0; k < size; k++) {
        const bounded share = bounded_mul(r, bounded_exp(r, bounded_element(&y, k)), sum);
        bounds->din[0][x->first + k * x->stride] =
            bounded_sub(r, bounded_element(&dy, k), share).bound;
    }
}

void bound_log_softmax_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_column(call, bounds, log_softmax_column_back);
}
