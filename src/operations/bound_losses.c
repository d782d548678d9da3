/* The bounds of losses. */
#include "bounds.h"

#include "row.h"

/* --- nll_loss: log-probabilities, target, class weight or NULL --- */

/* The weight of the target of sample i, and its log-probability; nothing where it is ignored. */
typedef struct {
    bounded weight, x;
    size_t at; /* in x */
} sample;

static sample sample_of(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const mlp_dimension l = split_at(call->in[0], call->in[0]->ndim < 2 ? 0 : 1);
    const int64_t class = mlp_tensor_get_int(call->in[1], i);
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

/* The sum of all weights, by which a mean is divided. */
static bounded weights_of(const mlp_call *call, const mlp_bounds *bounds) {
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++)
        room[i] = sample_of(call, bounds, i).weight;
    return bounded_sum(rounding_to(call->in[0]->dtype), room, call->in[1]->numel, false);
}

void bound_nll_loss(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bounded *room = bounded_room(bounds);
    const bounded weights = weights_of(call, bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        const sample s = sample_of(call, bounds, i);
        room[i] = bounded_product(s.weight, s.x);
        if (!is_reduced(call))
            bounds->out[0][i] = bounded_round(r, room[i]).bound;
    }
    if (!is_reduced(call))
        return;
    const bounded sum = bounded_sum(r, room, call->in[1]->numel, true);
    const bool is_mean = call->options.reduction == MLP_REDUCTION_MEAN;
    bounds->out[0][0] = is_mean ? bounded_div(r, sum, weights).bound : sum.bound;
    bounds->out[1][0] = weights.bound;
}

void bound_nll_loss_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded weights = weights_of(call, bounds);
    for (size_t i = 0; i < call->in[1]->numel; i++) {
        const sample s = sample_of(call, bounds, i);
        const bounded dl = bounded_at(call->dout, bounds->dout, is_reduced(call) ? 0 : i);
        const bounded dx = bounded_mul(r, dl, s.weight);
        const bool is_mean = call->options.reduction == MLP_REDUCTION_MEAN;
        if (s.weight.value != 0)
            bounds->din[0][s.at] = is_mean ? bounded_div(r, dx, weights).bound : dx.bound;
    }
}
