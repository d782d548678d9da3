/* The bounds of GLU. */
#include "bounds.h"

#include "row.h"

typedef struct {
    bounded a, s;
    size_t first, second; /* where a and b stand in x */
} gate;

static gate gate_at(rounding r, const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const mlp_dimension dim = split_at(call->in[0], (size_t)call->options.dim);
    const size_t n = dim.size / 2 * dim.inner, first = i / n * 2 * n + i % n;
    return (gate){.a = bounded_at(call->in[0], bounds->in[0], first),
                  .s = bounded_sigmoid(r, bounded_at(call->in[0], bounds->in[0], first + n)),
                  .first = first,
                  .second = first + n};
}

void bound_glu(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->out[0]->numel; i++) {
        const gate g = gate_at(r, call, bounds, i);
        bounds->out[0][i] = bounded_mul(r, g.a, g.s).bound;
    }
}

void bound_glu_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->dout->numel; i++) {
        const gate g = gate_at(r, call, bounds, i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        const bounded slope = bounded_mul(r, bounded_sub(r, exactly(1), g.s), g.s);
        bounds->din[0][g.first] = bounded_mul(r, g.s, dy).bound;
        bounds->din[0][g.second] = bounded_mul(r, bounded_mul(r, slope, g.a), dy).bound;
    }
}
