/* The bounds of updates by less common rules. */
#include "bounds.h"
#include "bound_updates.h"

#include <math.h>

/* The gradient of element i, upwards or down, after weight decay. */
static bounded gradient_at(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const mlp_options *o = &call->options;
    bounded dp = bounded_at(call->in[1], bounds->in[1], i);
    if (o->maximize)
        dp = bounded_negative(dp);
    if (o->weight_decay != 0)
        dp = bounded_add(r, dp,
                         bounded_mul(r, bounded_number(r, o->weight_decay),
                                     bounded_at(call->in[0], bounds->in[0], i)));
    return dp;
}

/* A state, which is `first` before the first step. */
static bounded state_at(const mlp_call *call, const mlp_bounds *bounds, size_t k, size_t i,
                        bounded first) {
    return call->in[k] ? bounded_at(call->in[k], bounds->in[k], i) : first;
}

static void set_parameter(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i,
                          bounded update) {
    bounds->out[0][i] = bounded_sub(r, bounded_at(call->in[0], bounds->in[0], i), update).bound;
}

/* v = v + dp^2;  p = p - clr dp / (sqrt(v) + eps) */
void bound_adagrad(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const double rate = o->lr / (1 + ((double)o->step - 1) * o->lr_decay);
    const bounded lr = bounded_number(r, rate), eps = bounded_number(r, o->eps);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dp = gradient_at(r, call, bounds, i);
        const bounded old = state_at(call, bounds, 2, i, bounded_number(r, o->value));
        const bool is_first = old.value == 0 && old.bound == 0; /* dp / (|dp| + eps) */
        const bounded at = is_first ? as_if_exact(dp.value) : dp;
        const bounded v = bounded_add(r, old, bounded_mul(r, at, at));
        const bounded below = bounded_add(r, bounded_sqrt(r, v), eps);
        bounded update = bounded_divided(r, bounded_mul(r, lr, at), below, eps);
        update.bound += is_first ? fabs(rate) * first_moved_by(1, o->eps, dp) : 0;
        set_parameter(r, call, bounds, i, update);
        bounds->out[1][i] = bounded_add(r, old, bounded_mul(r, dp, dp)).bound;
    }
}

/* u = max(beta2 u, |dp| + eps) */
static bounded largest(rounding r, const mlp_options *o, bounded old, bounded dp) {
    const bounded size = {fabs(dp.value), dp.bound};
    return bounded_larger(bounded_mul(r, bounded_number(r, o->betas[1]), old),
                          bounded_add(r, size, bounded_number(r, o->eps)));
}

/* m = beta1 m + (1 - beta1) dp;  p = p - lr / (1 - beta1^t) m / u */
void bound_adamax(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const rounding d = rounding_to(MLP_FLOAT64);
    const bounded keep = bounded_number(r, o->betas[0]), add = bounded_beside_one(r, o->betas[0]);
    const bounded size =
        bounded_factor(r, bounded_div(d, exactly(o->lr), bounded_correction(o->betas[0], o->step)));
    const bool is_first = !call->in[2] && o->step == 1;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dp = gradient_at(r, call, bounds, i);
        const bounded old[2] = {state_at(call, bounds, 2, i, exactly(0)),
                                state_at(call, bounds, 3, i, exactly(0))};
        const bounded at = is_first ? as_if_exact(dp.value) : dp;
        const bounded m = bounded_average(r, keep, add, old[0], at);
        bounded update = bounded_divided(r, bounded_mul(r, size, m), largest(r, o, old[1], at),
                                         bounded_number(r, o->eps));
        update.bound += is_first ? first_moved(o, dp) : 0;
        set_parameter(r, call, bounds, i, update);
        bounds->out[1][i] = bounded_average(r, keep, add, old[0], dp).bound;
        bounds->out[2][i] = largest(r, o, old[1], dp).bound;
    }
}

/* v = rho v + (1 - rho) dp^2;  d = sqrt(a + eps) / sqrt(v + eps) dp;  a likewise of d;
 * p = p - lr d */
void bound_adadelta(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded keep = bounded_number(r, o->alpha), add = bounded_beside_one(r, o->alpha);
    const bounded eps = bounded_number(r, o->eps), lr = bounded_number(r, o->lr);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dp = gradient_at(r, call, bounds, i);
        const bounded old[2] = {state_at(call, bounds, 2, i, exactly(0)),
                                state_at(call, bounds, 3, i, exactly(0))};
        const bounded v = bounded_add(r, bounded_mul(r, keep, old[0]),
                                      bounded_mul(r, add, bounded_mul(r, dp, dp)));
        const bounded above = bounded_sqrt(r, bounded_add(r, old[1], eps));
        const bounded below = bounded_sqrt(r, bounded_add(r, v, eps));
        const bounded ratio = bounded_divided(r, above, below, bounded_sqrt(r, eps));
        const bounded step = bounded_mul(r, ratio, dp);
        set_parameter(r, call, bounds, i, bounded_mul(r, lr, step));
        bounds->out[1][i] = v.bound;
        bounds->out[2][i] = bounded_add(r, bounded_mul(r, keep, old[1]),
                                        bounded_mul(r, add, bounded_mul(r, step, step)))
                                .bound;
    }
}

/* What multiplies lr m / (1 - beta1^t) in RAdam: sqrt(1 - beta2^t) rect, 0 where v is too short. */
static double rectification(const mlp_options *o) {
    const double t = (double)o->step, power = pow(o->betas[1], t), left = 1 - power;
    const double most = 2 / (1 - o->betas[1]) - 1, length = most - 2 * t * power / left;
    if (!(length > 5))
        return 0;
    return sqrt(left) *
           sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
}

/* m and v as in Adam;  p = p - lr m / (1 - beta1^t) sqrt(1 - beta2^t) rect / (sqrt(v) + eps) */
void bound_radam(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded keep[2] = {bounded_number(r, o->betas[0]), bounded_number(r, o->betas[1])};
    const bounded add[2] = {bounded_beside_one(r, o->betas[0]), bounded_beside_one(r, o->betas[1])};
    const bounded bias = bounded_factor(r, bounded_correction(o->betas[0], o->step));
    const bounded eps = bounded_number(r, o->eps), lr = bounded_number(r, o->lr);
    const double factor = rectification(o);
    const bounded rect = bounded_factor(
        r, (bounded){factor, 64 * (1 + (double)o->step) * rounding_to(MLP_FLOAT64).unit * factor});
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded dp = gradient_at(r, call, bounds, i);
        const bounded m =
            bounded_average(r, keep[0], add[0], state_at(call, bounds, 2, i, exactly(0)), dp);
        const bounded v =
            bounded_add(r, bounded_mul(r, keep[1], state_at(call, bounds, 3, i, exactly(0))),
                        bounded_mul(r, add[1], bounded_mul(r, dp, dp)));
        bounded update = bounded_mul(r, bounded_over(r, m, bias), lr);
        if (factor != 0) {
            const bounded below = bounded_add(r, bounded_sqrt(r, v), eps);
            const bounded scale = bounded_mul(r, bounded_divided(r, exactly(1), below, eps), rect);
            update = bounded_round(r, bounded_mul(r, update, scale));
        }
        set_parameter(r, call, bounds, i, update);
        bounds->out[1][i] = m.bound;
        bounds->out[2][i] = v.bound;
    }
}

/* The step grows or shrinks by the sign of dp prev, and goes against that of dp: where a sign may be
 * another in another build, the step may be any of these. */
void bound_rprop(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded etas[2] = {bounded_number(r, o->etas[0]), bounded_number(r, o->etas[1])};
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded given = bounded_at(call->in[1], bounds->in[1], i);
        const bounded dp = o->maximize ? bounded_negative(given) : given;
        const bounded prev = state_at(call, bounds, 2, i, exactly(0));
        const bounded old = state_at(call, bounds, 3, i, bounded_number(r, o->lr));
        const int turn = bounded_compare(bounded_product(dp, prev), 0);
        const int side = bounded_compare(dp, 0);
        const bounded size = turn == 0 ? old : bounded_mul(r, etas[turn > 0 ? 1 : 0], old);
        const bounded p = bounded_at(call->in[0], bounds->in[0], i);
        const double most = fmax(o->step_sizes[1], 0);
        const double kept = fmin(most, fmax(bounded_size(size), o->step_sizes[0]));
        const double wide = fmax(size.bound, r.unit * kept);
        if (turn == 2 || side == 2) {
            const bounded any = {0, 2 * fmin(bounded_size(bounded_mul(r, etas[1], old)), most)};
            bounds->out[0][i] = bounded_sub(r, p, any).bound;
            bounds->out[1][i] = bounded_size(dp) + dp.bound;
            bounds->out[2][i] = bounded_size(bounded_mul(r, etas[1], old)) + most * r.unit;
            continue;
        }
        const double moved = turn < 0 ? 0 : side * fmax(o->step_sizes[0], fmin(most, size.value));
        const bounded step = {moved, moved == 0 ? 0 : wide};
        bounds->out[0][i] = bounded_sub(r, p, step).bound;
        bounds->out[1][i] = turn < 0 ? 0 : dp.bound;
        bounds->out[2][i] = wide;
    }
}
