/* The bounds of updates. */
#include "bounds.h"

/* dp = weight_decay p + dp;  buffer = momentum buffer + (1 - dampening) dp;  p = p - lr buffer */
void bound_sgd(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_options *o = &call->options;
    const bounded lr = bounded_number(r, o->lr), momentum = bounded_number(r, o->momentum);
    const bounded decay = bounded_number(r, o->weight_decay);
    const bounded damped = bounded_number(r, 1 - o->dampening);
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
