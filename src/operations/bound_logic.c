/* The bounds of what is true of elements: none, where it is not decided. */
#include "bounds.h"

#include <math.h>

static double of_input(const mlp_call *call, const mlp_bounds *bounds, size_t k, size_t i) {
    return call->in[k] ? bounds->in[k][i] : 0;
}

void bound_bits(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bool open = of_input(call, bounds, 0, i) > 0 || of_input(call, bounds, 1, i) > 0 ||
                          call->options.number.off > 0;
        bounds->out[0][i] = open ? INFINITY : 0;
    }
}

/* A number with a bound is finite in all builds. */
void bound_isfinite(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->out[0][i] = isfinite(bounds->in[0][i]) ? 0 : INFINITY;
}

/* |a - b| - atol - rtol |b| is off by no more than both are, and some roundings. */
void bound_isclose(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_options *o = &call->options;
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel && call->in[0] != call->in[1]; i++) {
        const bounded a = bounded_at(call->in[0], bounds->in[0], i);
        const bounded b = bounded_at(call->in[1], bounds->in[1], i);
        const double allowed = o->atol + o->rtol * fabs(b.value);
        const double off = 2 * (a.bound + (1 + o->rtol) * b.bound) +
                           4 * r.unit * (fabs(a.value - b.value) + allowed);
        const double room = fabs(fabs(a.value - b.value) - allowed);
        bounds->out[0][i] = a.bound + b.bound > 0 && !(room > off) ? INFINITY : 0;
    }
}
