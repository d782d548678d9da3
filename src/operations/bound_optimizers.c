/* The bounds of updates. */
#include "bounds.h"
#include "bound_updates.h"

#include <math.h>

/* dp = weight_decay p + dp;  buffer = momentum buffer + (1 - dampening) dp;  p = p - lr buffer */
void bound_sgd(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded lr = bounded_number(r, o->lr), momentum = bounded_number(r, o->momentum);
    const bounded decay = bounded_number(r, o->weight_decay);
    const bounded damped = bounded_beside_one(r, o->dampening);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded p = bounded_at(call->in[0], bounds->in[0], i);
        bounded dp = bounded_at(call->in[1], bounds->in[1], i);
        if (o->maximize)
            dp = bounded_negative(dp);
        if (o->weight_decay != 0)
            dp = bounded_add(r, dp, bounded_mul(r, decay, p));
        bounded step = dp;
        if (o->momentum != 0) {
            if (call->in[2])
                step = bounded_add(
                    r, bounded_mul(r, momentum, bounded_at(call->in[2], bounds->in[2], i)),
                    bounded_mul(r, damped, dp));
            bounds->out[1][i] = step.bound;
            step = o->nesterov ? bounded_add(r, dp, bounded_mul(r, momentum, step)) : step;
        }
        bounds->out[0][i] = bounded_sub(r, p, bounded_mul(r, lr, step)).bound;
    }
}

bounded bounded_average(rounding r, bounded keep, bounded share, bounded old, bounded new) {
    const bounded sum = bounded_add(r, bounded_mul(r, keep, old), bounded_mul(r, share, new));
    const bounded difference = bounded_sub(r, as_if_exact(new.value), as_if_exact(old.value));
    const bool from_old = share.value < 0.5;
    const bounded nearer = from_old ? share : bounded_sub(r, exactly(1), share);
    const bounded from = as_if_exact(from_old ? old.value : new.value);
    const bounded lerp = bounded_add(r, from, bounded_mul(r, nearer, difference));
    const double moved = fabs(keep.value) * old.bound + fabs(share.value) * new.bound;
    const double more = (8 * r.unit + keep.bound + share.bound) * (old.bound + new.bound);
    return (bounded){sum.value, fmax(sum.bound, lerp.bound + moved + more)};
}

bounded bounded_larger(bounded a, bounded b) {
    const bounded difference = {a.value - b.value, a.bound + b.bound};
    const int side = bounded_compare(difference, 0);
    if (side != 2)
        return side < 0 ? b : a;
    return (bounded){fmax(a.value, b.value), fmax(a.bound, b.bound)};
}

bounded bounded_correction(double beta, int64_t t) {
    const rounding d = rounding_to(MLP_FLOAT64);
    const bounded power = exactly(pow(beta, (double)t));
    return bounded_sub(d, exactly(1), t == 1 ? power : bounded_function(d, power));
}

bounded bounded_divided(rounding r, bounded a, bounded b, bounded eps) {
    const double least = fmax(b.value - 2 * b.bound, (eps.value - eps.bound) * (1 - r.unit));
    const double error = (a.bound + (fabs(a.value) + a.bound) * b.bound / least) / least;
    return bounded_round(r, (bounded){a.value / b.value, least > 0 ? error : INFINITY});
}

/* lr / (1 - beta1^t) m / (sqrt(w) / sqrt(1 - beta2^t) + eps) */
static bounded adam_update(rounding r, const mlp_options *o, bounded m, bounded w) {
    const rounding d = rounding_to(MLP_FLOAT64);
    const bounded size =
        bounded_factor(r, bounded_div(d, exactly(o->lr), bounded_correction(o->betas[0], o->step)));
    const bounded root =
        bounded_factor(r, bounded_sqrt(d, bounded_correction(o->betas[1], o->step)));
    const bounded eps = bounded_number(r, o->eps);
    const bounded below = bounded_add(r, bounded_div(r, bounded_sqrt(r, w), root), eps);
    return bounded_divided(r, bounded_mul(r, size, m), below, eps);
}

double first_moved(const mlp_options *o, bounded dp) {
    const double least = fmax(fabs(dp.value) - 2 * dp.bound, 0) + o->eps;
    const double most = 2 * o->lr;
    return dp.bound == 0 ? 0 : fmin(most, 1.001 * o->lr * o->eps / (least * least) * dp.bound);
}

typedef struct {
    bounded m, v, w;
} adam_states;

static adam_states adam_next(rounding r, const mlp_options *o, bounded dp, const bounded old[3]) {
    const bounded keep[2] = {bounded_number(r, o->betas[0]), bounded_number(r, o->betas[1])};
    const bounded add[2] = {bounded_beside_one(r, o->betas[0]), bounded_beside_one(r, o->betas[1])};
    const bounded square = bounded_mul(r, add[1], bounded_mul(r, dp, dp));
    adam_states s = {.m = bounded_average(r, keep[0], add[0], old[0], dp)};
    s.v = bounded_add(r, bounded_mul(r, keep[1], old[1]), square);
    s.w = o->amsgrad ? bounded_larger(old[2], s.v) : s.v;
    return s;
}

/* m = beta1 m + (1 - beta1) dp;  v = beta2 v + (1 - beta2) dp^2;  w = max(w, v) with amsgrad */
static void bound_of_adam(const mlp_call *call, const mlp_bounds *bounds, bool decoupled) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded decay = bounded_number(r, o->weight_decay);
    const bounded shrink = bounded_beside_one(r, o->lr * o->weight_decay);
    const bool is_first = !call->in[2] && o->step == 1;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        bounded p = bounded_at(call->in[0], bounds->in[0], i);
        bounded dp = bounded_at(call->in[1], bounds->in[1], i), old[3];
        for (size_t k = 0; k < 3; k++) /* zeros at first */
            old[k] =
                call->in[2 + k] ? bounded_at(call->in[2 + k], bounds->in[2 + k], i) : exactly(0);
        if (o->maximize)
            dp = bounded_negative(dp);
        if (decoupled)
            p = bounded_mul(r, shrink, p);
        else if (o->weight_decay != 0)
            dp = bounded_add(r, dp, bounded_mul(r, decay, p));
        const adam_states s = adam_next(r, o, dp, old);
        const adam_states at = is_first ? adam_next(r, o, as_if_exact(dp.value), old) : s;
        bounded update = adam_update(r, o, at.m, at.w);
        update.bound += is_first ? first_moved(o, dp) : 0;
        bounds->out[0][i] = bounded_sub(r, p, update).bound;
        bounds->out[1][i] = s.m.bound;
        bounds->out[2][i] = s.v.bound;
        if (o->amsgrad)
            bounds->out[3][i] = s.w.bound;
    }
}

void bound_adam(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of_adam(call, bounds, false);
}

/* p = (1 - lr weight_decay) p before */
void bound_adamw(const mlp_call *call, const mlp_bounds *bounds) {
    bound_of_adam(call, bounds, true);
}

typedef struct {
    bounded v, b, a;
} rmsprop_states;

/* What the parameter moves by, and the states. */
static bounded rmsprop_next(rounding r, const mlp_options *o, bounded dp, const bounded old[3],
                            rmsprop_states *s) {
    const bounded keep = bounded_number(r, o->alpha), add = bounded_beside_one(r, o->alpha);
    const bounded eps = bounded_number(r, o->eps), lr = bounded_number(r, o->lr);
    s->v =
        bounded_add(r, bounded_mul(r, keep, old[0]), bounded_mul(r, add, bounded_mul(r, dp, dp)));
    s->a = bounded_average(r, keep, add, old[2], dp);
    const bounded of = o->centered ? bounded_sub(r, s->v, bounded_mul(r, s->a, s->a)) : s->v;
    const bounded below = bounded_add(r, bounded_sqrt(r, of), eps);
    s->b = bounded_add(r, bounded_mul(r, bounded_number(r, o->momentum), old[1]),
                       bounded_divided(r, dp, below, eps));
    return o->momentum > 0 ? bounded_mul(r, lr, s->b)
                           : bounded_divided(r, bounded_mul(r, lr, dp), below, eps);
}

double first_moved_by(double c, double eps, bounded dp) {
    const double least = c * fmax(fabs(dp.value) - 2 * dp.bound, 0) + eps;
    return dp.bound == 0 ? 0 : fmin(2 / c, 1.001 * eps / (least * least) * dp.bound);
}

/* v = alpha v + (1 - alpha) dp^2;  a likewise of dp;  b = momentum b + dp / (sqrt(v - a^2) + eps) */
void bound_rmsprop(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded decay = bounded_number(r, o->weight_decay);
    const bool is_first = !call->in[2] && !o->centered && o->alpha < 1;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded p = bounded_at(call->in[0], bounds->in[0], i);
        bounded dp = bounded_at(call->in[1], bounds->in[1], i), old[3];
        for (size_t k = 0; k < 3; k++) /* zeros at first */
            old[k] =
                call->in[2 + k] ? bounded_at(call->in[2 + k], bounds->in[2 + k], i) : exactly(0);
        if (o->maximize)
            dp = bounded_negative(dp);
        if (o->weight_decay != 0)
            dp = bounded_add(r, dp, bounded_mul(r, decay, p));
        rmsprop_states s, at;
        bounded update = rmsprop_next(r, o, dp, old, &s);
        if (is_first) {
            const double moved = first_moved_by(sqrt(1 - o->alpha), o->eps, dp);
            update = rmsprop_next(r, o, as_if_exact(dp.value), old, &at);
            update.bound += o->lr * moved;
            s.b.bound = at.b.bound + moved;
        }
        bounds->out[0][i] = bounded_sub(r, p, update).bound;
        bounds->out[1][i] = s.v.bound;
        if (o->momentum > 0)
            bounds->out[2][i] = s.b.bound;
        if (o->centered)
            bounds->out[3][i] = s.a.bound;
    }
}
