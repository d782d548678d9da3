/* The bounds of losses over classes. */
#include "bounds.h"

#include "row.h"

#include <math.h>

/* --- nll_loss: log-probabilities, target, class weight or NULL --- */

/* Whether the target of sample i may be another class in another build, or one that is ignored. */
static bool is_open(const mlp_bounds *bounds, size_t i) {
    return bounds->in[1][i] > 0;
}

/* The weight of the target of sample i, and its log-probability; nothing where it is ignored. */
typedef struct {
    bounded weight, x;
    size_t at; /* in x */
} sample;

static mlp_dimension classes_of(const mlp_call *call) {
    return split_at(call->in[0], call->in[0]->ndim < 2 ? 0 : 1);
}

static sample sample_of(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const mlp_dimension l = classes_of(call);
    const int64_t class = mlp_tensor_get_int(call->in[1], i);
    if (is_open(bounds, i))
        return (sample){{0, INFINITY}, {0, INFINITY}, 0};
    if (class == call->options.ignore_index)
        return (sample){exactly(0), exactly(0), 0};
    const size_t at = (i / l.inner * l.size + (size_t) class) * l.inner + i % l.inner;
    const bounded weight =
        call->in[2] ? bounded_at(call->in[2], bounds->in[2], (size_t) class) : exactly(1);
    return (sample){weight, bounded_at(call->in[0], bounds->in[0], at), at};
}

static bool is_reduced(const mlp_call *call) {
    return call->options.reduction != MLP_REDUCTION_NONE;
}

static bool is_mean(const mlp_call *call) {
    return call->options.reduction == MLP_REDUCTION_MEAN;
}

/* The sum of all weights, by which a mean is divided. */
static bounded weights_of(const mlp_call *call, const mlp_bounds *bounds) {
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++)
        room[i] = sample_of(call, bounds, i).weight;
    return bounded_sum(rounding_to(call->in[0]->dtype), room, call->in[1]->numel, false);
}

/* The bounds of the unreduced losses, in the room; where they are reduced, the result. */
static bounded nll_of(const mlp_call *call, const mlp_bounds *bounds, bounded weights) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        const sample s = sample_of(call, bounds, i);
        room[i] = bounded_negative(bounded_product(s.weight, s.x));
        if (!is_reduced(call))
            room[i] = call->in[2] ? bounded_round(r, room[i]) : room[i];
    }
    if (!is_reduced(call))
        return exactly(0);
    const bounded sum = bounded_sum(r, room, call->in[1]->numel, call->in[2] != NULL);
    return is_mean(call) ? bounded_div(r, sum, weights) : sum;
}

void bound_nll_loss(const mlp_call *call, const mlp_bounds *bounds) {
    const bounded weights = weights_of(call, bounds);
    const bounded loss = nll_of(call, bounds, weights);
    if (!is_reduced(call)) {
        for (size_t i = 0; i < call->in[1]->numel; i++)
            bounds->out[0][i] = bounded_room(bounds)[i].bound;
        return;
    }
    bounds->out[0][0] = loss.bound;
    bounds->out[1][0] = weights.bound;
}

/* The gradients of sample i, of which none is known. */
static void open_back(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const mlp_dimension l = classes_of(call);
    for (size_t c = 0; c < l.size; c++)
        bounds->din[0][(i / l.inner * l.size + c) * l.inner + i % l.inner] = INFINITY;
}

/* dL/dl[i], divided by the sum of the weights for a mean, times the share, which is rounded before
 * or after. */
static bounded dl_of(const mlp_call *call, const mlp_bounds *bounds, size_t i, bounded share,
                     bounded weights) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded dl = bounded_at(call->dout, bounds->dout, is_reduced(call) ? 0 : i);
    const bounded part = bounded_mul(r, dl, share);
    return is_mean(call) ? bounded_div(r, part, weights) : part;
}

void bound_nll_loss_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded weights = weights_of(call, bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        const sample s = sample_of(call, bounds, i);
        const bounded dl = dl_of(call, bounds, i, exactly(1), weights);
        if (is_open(bounds, i))
            open_back(call, bounds, i);
        else if (bounded_size(s.weight) != 0)
            bounds->din[0][s.at] = bounded_mul(r, dl, s.weight).bound;
    }
}

/* --- cross_entropy_smoothed: likewise --- */

typedef struct {
    bounded nll, smooth; /* how much each loss counts */
} shares;

static shares shares_of(const mlp_call *call) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const double s = call->options.label_smoothing;
    const double classes = (double)classes_of(call).size;
    const bounded smooth = bounded_div(rounding_to(MLP_FLOAT64), exactly(s), exactly(classes));
    return (shares){bounded_beside_one(r, s), bounded_factor(r, smooth)};
}

static bool is_ignored(const mlp_call *call, size_t i) {
    return mlp_tensor_get_int(call->in[1], i) == call->options.ignore_index;
}

static bounded weight_at(const mlp_call *call, const mlp_bounds *bounds, size_t class) {
    return call->in[2] ? bounded_at(call->in[2], bounds->in[2], class) : exactly(1);
}

/* The sum of -w[c] x[i, c] over the classes. The room is for as many terms. */
static bounded smooth_of(const mlp_call *call, const mlp_bounds *bounds, size_t i, bounded *room) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = classes_of(call);
    if (is_open(bounds, i))
        return (bounded){0, INFINITY};
    if (is_ignored(call, i))
        return exactly(0);
    for (size_t c = 0; c < l.size; c++) {
        const size_t at = (i / l.inner * l.size + c) * l.inner + i % l.inner;
        const bounded x = bounded_at(call->in[0], bounds->in[0], at);
        room[c] = bounded_negative(bounded_product(weight_at(call, bounds, c), x));
    }
    return bounded_sum(r, room, l.size, call->in[2] != NULL);
}

static bounded both(rounding r, shares of, bounded nll, bounded smooth) {
    return bounded_add(r, bounded_mul(r, of.nll, nll), bounded_mul(r, of.smooth, smooth));
}

void bound_cross_entropy_smoothed(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t n = call->in[1]->numel;
    const shares of = shares_of(call);
    const bounded weights = weights_of(call, bounds);
    const bounded nll = nll_of(call, bounds, weights);
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < n; i++) {
        const bounded smooth = smooth_of(call, bounds, i, room + n);
        if (!is_reduced(call))
            bounds->out[0][i] = both(r, of, room[i], smooth).bound;
        room[i] = smooth;
    }
    bounds->out[1][0] = bounds->out[1][1] = weights.bound;
    if (!is_reduced(call))
        return;
    const bounded sum = bounded_sum(r, room, n, false);
    const bounded smooth = is_mean(call) ? bounded_div(r, sum, weights) : sum;
    bounds->out[0][0] = both(r, of, nll, smooth).bound;
}

void bound_cross_entropy_smoothed_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = classes_of(call);
    const shares of = shares_of(call);
    const bounded weights = weights_of(call, bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        if (is_open(bounds, i))
            open_back(call, bounds, i);
        if (is_open(bounds, i) || is_ignored(call, i))
            continue;
        const bounded nll = dl_of(call, bounds, i, of.nll, weights);
        const bounded smooth = dl_of(call, bounds, i, of.smooth, weights);
        for (size_t c = 0; c < l.size; c++) {
            const size_t at = (i / l.inner * l.size + c) * l.inner + i % l.inner;
            const bounded w = weight_at(call, bounds, c);
            const bool is_target = mlp_tensor_get_int(call->in[1], i) == (int64_t)c;
            const bounded dx = bounded_mul(r, smooth, w);
            bounds->din[0][at] =
                is_target ? bounded_add(r, bounded_mul(r, nll, w), dx).bound : dx.bound;
        }
    }
}

/* --- cross_entropy_probabilities: log-probabilities, target, class weight or NULL --- */

/* q w[c]: of the target at k, the probability q = t (1 - s) + s / classes, times the weight. */
static bounded weighted_target(const mlp_call *call, const mlp_bounds *bounds, size_t k) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = classes_of(call);
    const shares of = shares_of(call);
    bounded q = bounded_at(call->in[1], bounds->in[1], k);
    if (call->options.label_smoothing > 0)
        q = bounded_add(r, bounded_mul(r, q, of.nll), of.smooth);
    return bounded_mul(r, q, weight_at(call, bounds, k / l.inner % l.size));
}

/* By how many losses a mean is divided. */
static bounded count_of(const mlp_call *call) {
    const mlp_dimension l = classes_of(call);
    return bounded_number(rounding_to(call->in[0]->dtype), (double)(l.outer * l.inner));
}

static bounded probability_term(const mlp_call *call, const mlp_bounds *bounds, size_t k) {
    return bounded_product(weighted_target(call, bounds, k),
                           bounded_at(call->in[0], bounds->in[0], k));
}

void bound_cross_entropy_probabilities(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = classes_of(call);
    bounded *room = bounded_room(bounds);
    const size_t single = call->in[0]->ndim < 2;
    if (is_reduced(call) || single) {
        for (size_t k = 0; k < call->in[0]->numel; k++)
            room[k] = probability_term(call, bounds, k);
        const bounded sum = bounded_sum(r, room, call->in[0]->numel, true);
        bounds->out[0][0] = is_mean(call) ? bounded_div(r, sum, count_of(call)).bound : sum.bound;
        return;
    }
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        for (size_t c = 0; c < l.size; c++)
            room[c] =
                probability_term(call, bounds, (i / l.inner * l.size + c) * l.inner + i % l.inner);
        bounds->out[0][i] = bounded_sum(r, room, l.size, true).bound;
    }
}

void bound_cross_entropy_probabilities_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = classes_of(call);
    const bounded share = shares_of(call).nll, count = count_of(call);
    for (size_t k = 0; k < call->in[0]->numel; k++) {
        const size_t i = k / l.inner / l.size * l.inner + k % l.inner;
        const bounded dl = dl_of(call, bounds, i, exactly(1), count);
        const bounded x = bounded_at(call->in[0], bounds->in[0], k);
        const bounded w = weight_at(call, bounds, k / l.inner % l.size);
        if (bounds->din[0])
            bounds->din[0][k] = bounded_mul(r, dl, weighted_target(call, bounds, k)).bound;
        if (bounds->din[1])
            bounds->din[1][k] =
                bounded_mul(r, bounded_mul(r, bounded_mul(r, dl, w), x), share).bound;
    }
}
