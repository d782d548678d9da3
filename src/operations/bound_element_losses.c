/* The bounds of losses whose input and target have the same shape. */
#include "bounds.h"

#include <float.h>
#include <math.h>

/* --- what they share --- */

static bounded in_at(const mlp_call *call, const mlp_bounds *bounds, size_t k, size_t i) {
    return bounded_at(call->in[k], bounds->in[k], i);
}

/* x times in[k] at i, a weight, where there is one. */
static bounded weighted(const mlp_call *call, const mlp_bounds *bounds, size_t k, bounded x,
                        size_t i) {
    const rounding r = rounding_to(call->in[0]->dtype);
    return call->in[k] ? bounded_mul(r, x, in_at(call, bounds, k, i)) : x;
}

/* The loss of element i; the gradient after in[0], by dl. */
typedef bounded loss_function(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i);

static void each_loss(const mlp_call *call, const mlp_bounds *bounds, loss_function *loss) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t n = call->in[0]->numel;
    const mlp_reduction reduction = call->options.reduction;
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < n; i++) {
        room[i] = loss(r, call, bounds, i);
        if (reduction == MLP_REDUCTION_NONE)
            bounds->out[0][i] = room[i].bound;
    }
    if (reduction == MLP_REDUCTION_NONE)
        return;
    const bounded sum = bounded_sum(r, room, n, false);
    const bounded count = bounded_number(r, (double)n);
    bounds->out[0][0] =
        reduction == MLP_REDUCTION_MEAN ? bounded_div(r, sum, count).bound : sum.bound;
}

/* slope * dl / n, for a mean; the loss depends on input and target in the same way, or the target
 * has no gradient. */
static void each_slope(const mlp_call *call, const mlp_bounds *bounds, loss_function *slope) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t n = call->in[0]->numel;
    const bool is_mean = call->options.reduction == MLP_REDUCTION_MEAN;
    const bool is_reduced = call->options.reduction != MLP_REDUCTION_NONE;
    const bounded share = bounded_factor(
        r, bounded_div(rounding_to(MLP_FLOAT64), exactly(1), exactly(is_mean ? (double)n : 1)));
    for (size_t i = 0; i < n; i++) {
        const bounded dl = bounded_at(call->dout, bounds->dout, is_reduced ? 0 : i);
        const bounded dx = bounded_mul(r, bounded_mul(r, slope(r, call, bounds, i), dl), share);
        for (size_t k = 0; k < 2; k++)
            if (bounds->din[k])
                bounds->din[k][i] = dx.bound;
    }
}

static bounded difference_of(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    return bounded_sub(r, in_at(call, bounds, 0, i), in_at(call, bounds, 1, i));
}

/* --- mse_loss --- */

static bounded squared(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded d = difference_of(r, call, bounds, i);
    return bounded_mul(r, d, d);
}

void bound_mse_loss(const mlp_call *call, const mlp_bounds *bounds) {
    each_loss(call, bounds, squared);
}

static bounded twice(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    return bounded_mul(r, exactly(2), difference_of(r, call, bounds, i));
}

void bound_mse_loss_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_slope(call, bounds, twice);
}

/* --- huber_loss, smooth_l1_loss: of two pieces, which meet at |x - target| = end with the same
 * derivative --- */

static int side_of(bounded size, bounded end) {
    return bounded_compare((bounded){size.value - end.value, size.bound + end.bound}, 0);
}

/* Where X may lie in one piece and x in the other, the pieces are apart by half the square of the
 * distance to the end, times the second derivative. */
static bounded of_pieces(bounded size, bounded end, bounded inner, bounded outer,
                         double second_derivative) {
    const int side = side_of(size, end);
    if (side != 2)
        return side < 0 ? inner : outer;
    const double distance = size.bound + end.bound;
    const double value = size.value < end.value ? inner.value : outer.value;
    const double apart = second_derivative * distance * distance;
    return (bounded){value, fmax(inner.bound, outer.bound) + apart};
}

/* size - end / 2 */
static bounded beyond(rounding r, bounded size, bounded end) {
    return bounded_sub(r, size, bounded_mul(r, exactly(0.5), end));
}

static bounded size_of(bounded x) {
    return (bounded){fabs(x.value), x.bound};
}

static bounded huber(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded size = size_of(difference_of(r, call, bounds, i));
    const bounded end = bounded_number(r, call->options.delta);
    const bounded inner = bounded_mul(r, exactly(0.5), bounded_mul(r, size, size));
    const bounded outer = bounded_mul(r, end, beyond(r, size, end));
    return of_pieces(size, end, inner, outer, 1);
}

void bound_huber_loss(const mlp_call *call, const mlp_bounds *bounds) {
    each_loss(call, bounds, huber);
}

/* x, but not above `end` or below -end: what is limited is moved by no more. */
static bounded limited(bounded x, bounded end) {
    const int side = side_of(size_of(x), end);
    if (side < 0)
        return x;
    const bounded limit = {copysign(end.value, x.value), end.bound};
    return side != 2
               ? limit
               : (bounded){fabs(x.value) < end.value ? x.value : limit.value, x.bound + end.bound};
}

static bounded huber_slope(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    return limited(difference_of(r, call, bounds, i), bounded_number(r, call->options.delta));
}

void bound_huber_loss_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_slope(call, bounds, huber_slope);
}

static bounded smooth_l1(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded size = size_of(difference_of(r, call, bounds, i));
    const bounded end = bounded_number(r, call->options.beta);
    if (call->options.beta == 0)
        return size;
    const bounded square = bounded_mul(r, exactly(0.5), bounded_mul(r, size, size));
    const bounded inner = bounded_div(r, square, end);
    return of_pieces(size, end, inner, beyond(r, size, end), 1 / (end.value - end.bound));
}

void bound_smooth_l1_loss(const mlp_call *call, const mlp_bounds *bounds) {
    each_loss(call, bounds, smooth_l1);
}

/* With beta 0 it is bent at 0, where sign(x - target) is open; PyTorch has another one of 0, too. */
static bounded smooth_l1_slope(rounding r, const mlp_call *call, const mlp_bounds *bounds,
                               size_t i) {
    const bounded d = difference_of(r, call, bounds, i);
    if (call->options.beta != 0)
        return limited(bounded_div(r, d, bounded_number(r, call->options.beta)), exactly(1));
    const int side = bounded_compare(d, 0);
    return (bounded){side == 2 ? 1 : side, side == 2 || side == 0 ? INFINITY : 0};
}

void bound_smooth_l1_loss_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_slope(call, bounds, smooth_l1_slope);
}

/* --- binary_cross_entropy --- */

static const double least_log = -100;

/* Not below -100, which it may be in one build alone. */
static bounded clamped_log(rounding r, bounded x) {
    const bounded log = bounded_log(r, x);
    const double most = x.value + 2 * x.bound;
    const double highest =
        most > 0 ? fmax(bounded_log(r, exactly(most)).value, least_log) : least_log;
    const double value = fmax(log.value, least_log);
    if (highest <= least_log)
        return exactly(least_log);
    return (bounded){value, fmin(log.bound, (highest - least_log) * (1 + 4 * r.unit))};
}

static bounded cross_entropy(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded x = in_at(call, bounds, 0, i), t = in_at(call, bounds, 1, i);
    const bounded one = exactly(1);
    const bounded no =
        bounded_mul(r, bounded_sub(r, t, one), clamped_log(r, bounded_sub(r, one, x)));
    const bounded yes = bounded_mul(r, t, clamped_log(r, x));
    return weighted(call, bounds, 2, bounded_sub(r, no, yes), i);
}

void bound_binary_cross_entropy(const mlp_call *call, const mlp_bounds *bounds) {
    each_loss(call, bounds, cross_entropy);
}

/* The least x (1 - x) where |x - X| <= 2 e, and not less than 1e-12, where PyTorch stops. */
static double least_slope(bounded x) {
    const double low = x.value - 2 * x.bound, high = x.value + 2 * x.bound;
    return fmax(fmin(low * (1 - low), high * (1 - high)), 1e-12 * (1 - FLT_EPSILON));
}

/* (x - t) / max(x (1 - x), 1e-12). Its derivative after x is ((x - t)^2 + t (1 - t)) / (x (1 - x))^2,
 * or 1 / 1e-12: x - t, x and 1 - x move together. */
static bounded cross_entropy_slope(rounding r, const mlp_call *call, const mlp_bounds *bounds,
                                   size_t i) {
    const bounded x = in_at(call, bounds, 0, i), t = in_at(call, bounds, 1, i);
    const bounded d = {x.value - t.value, x.bound + t.bound};
    const double slope = fmax(x.value * (1 - x.value), 1e-12), least = least_slope(x);
    const double stretch = least < 2e-12 ? 1.000001e12 : 0, size = bounded_size(d);
    const double more_t = 2 * t.bound * (1 + 2 * bounded_size(t));
    const double after_t = fabs(t.value * (1 - t.value)) + more_t;
    const double after_x = fmax((size * size + after_t) / (least * least), stretch);
    const double moved = (x.bound == 0 ? 0 : after_x * x.bound) + t.bound / least;
    const double roundings = size == 0 ? 0 : (5 * r.unit * size / least);
    const bounded dx = {d.value / slope, moved + roundings};
    return weighted(call, bounds, 2, dx, i);
}

void bound_binary_cross_entropy_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_slope(call, bounds, cross_entropy_slope);
}

/* --- binary_cross_entropy_with_logits --- */

/* log(1 + exp(-x)), of an exact x: with exp(max(-x, 0)) taken out, or by log1p. */
static bounded rest_of(rounding r, double x) {
    const bounded power = bounded_exp(r, as_if_exact(-fabs(x)));
    return bounded_log(r, bounded_add(r, exactly(1), power));
}

/* What log(1 + exp(-x)) is multiplied by: (p - 1) t + 1, p = pos_weight. */
static bounded factor_of(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded one = exactly(1);
    if (!call->in[3])
        return one;
    const bounded more = bounded_sub(r, in_at(call, bounds, 3, i), one);
    return bounded_add(r, bounded_mul(r, more, in_at(call, bounds, 1, i)), one);
}

/* (1 - t) x + f (max(-x, 0) + rest): the roundings are those of an exact x. Its derivative after x
 * is (1 - t) - f (1 - sigmoid(x)), since both terms move together. */
static bounded with_logits(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bounded x = in_at(call, bounds, 0, i), t = in_at(call, bounds, 1, i);
    const bounded at = as_if_exact(x.value), factor = factor_of(r, call, bounds, i);
    const bounded not_t = bounded_sub(r, exactly(1), t), rest = rest_of(r, x.value);
    const bounded max = as_if_exact(fmax(-x.value, 0));
    bounded terms[3] = {bounded_mul(r, not_t, at), max, rest};
    if (call->in[3])
        terms[1] = bounded_mul(r, factor, bounded_add(r, max, rest));
    bounded l = bounded_sum(r, terms, call->in[3] ? 2 : 3, false);
    const bounded s = bounded_sigmoid(r, x);
    const double slope = fabs(not_t.value - factor.value * (1 - s.value)) + 2 * not_t.bound +
                         (bounded_size(factor) + 1) * 2 * s.bound + 2 * factor.bound;
    const double coefficients = bounded_size(not_t) + bounded_size(factor);
    l.bound += (slope + 16 * r.unit * (1 + coefficients)) * x.bound;
    return weighted(call, bounds, 2, l, i);
}

void bound_binary_cross_entropy_with_logits(const mlp_call *call, const mlp_bounds *bounds) {
    each_loss(call, bounds, with_logits);
}

/* s - t, s = sigmoid(x); with pos_weight p, (p t + 1 - t) s - p t. */
static bounded with_logits_slope(rounding r, const mlp_call *call, const mlp_bounds *bounds,
                                 size_t i) {
    const bounded s = bounded_sigmoid(r, in_at(call, bounds, 0, i));
    const bounded t = in_at(call, bounds, 1, i), one = exactly(1);
    bounded slope = bounded_sub(r, s, t);
    if (call->in[3]) {
        const bounded pt = bounded_mul(r, in_at(call, bounds, 3, i), t);
        const bounded factor = bounded_sub(r, bounded_add(r, pt, one), t);
        slope = bounded_sub(r, bounded_mul(r, factor, s), pt);
    }
    return weighted(call, bounds, 2, slope, i);
}

void bound_binary_cross_entropy_with_logits_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_slope(call, bounds, with_logits_slope);
}
