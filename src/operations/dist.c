/* The distance of two tensors: the norm of their difference. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/arithmetic.h"

/* --- a, b; p. out[1] is the difference --- */

static mlp_call norm_of(const mlp_call *call) {
    return (mlp_call){.operation = mlp_norm_by(call->options.p),
                      .options = call->options,
                      .release = call->release,
                      .in = {call->out[1]},
                      .out = {call->out[0]}};
}

static bool check_dist(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    mlp_call norm = norm_of(call);
    if (!check_floating_binary(call, out, error))
        return false;
    out[1] = out[0];
    out[0] = (mlp_shape){0};
    norm.in[0] = call->in[0];
    return norm.operation->check(&norm, out, error);
}

static void dist_forward(const mlp_call *call) {
    const mlp_call norm = norm_of(call);
    CALL_KERNEL(call, sub_forward, call->out[1]->data, call->in[0]->data, call->in[1]->data, 0,
                call->in[0]->numel);
    norm.operation->forward(&norm);
}

static void bound_dist(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_call norm = norm_of(call);
    const mlp_call difference = {
        .operation = &mlp_sub, .in = {call->in[0], call->in[1]}, .out = {call->out[1]}};
    const mlp_bounds of_difference = {
        .in = {bounds->in[0], bounds->in[1]}, .out = {bounds->out[1]}, .scratch = bounds->scratch};
    const mlp_bounds of_norm = {
        .in = {bounds->out[1]}, .out = {bounds->out[0]}, .scratch = bounds->scratch};
    bound_sub(&difference, &of_difference);
    norm.operation->bound(&norm, &of_norm);
}

static void dist_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const mlp_call norm = norm_of(call);
    norm.operation->kinks(&norm, take, context);
}

static bool dist_has_gradient(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_call norm = norm_of(call);
    return !norm.operation->check_backward || norm.operation->check_backward(&norm, error);
}

#define DIST                                                                                     \
    .name = "dist",                                                                              \
    .formula = "y = [p=inf? max(|a - b|)][p=-inf? min(|a - b|)][p=0? {how many a and b differ}]" \
               "[p=1? sum(|a - b|)][p=2? sqrt(sum((a - b)^2))]"                                  \
               "[!p=0|p=1|p=2|p=inf|p=-inf? sum(|a - b|^p)^(1 / p)]",                            \
    .gradient = "da = [p=inf|p=-inf? dy sign(a - b) / {how many |a - b| equal y} "               \
                "where |a - b| = y, 0 elsewhere]"                                                \
                "[p=0? 0][p=1? dy sign(a - b)][p=2? dy (a - b) / y]"                             \
                "[!p=0|p=1|p=2|p=inf|p=-inf? dy sign(a - b) (|a - b| / y)^(p - 1)]; db = -da",   \
    .outputs = 2, .kinks = dist_kinks, .check = check_dist, .forward = dist_forward,             \
    .check_backward = dist_has_gradient, .compose = compose_dist, .bound = bound_dist,           \
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1}, .reads_output = true,                           \
    .gradients = 1 << 0 | 1 << 1, .grad_fn = "DistBackward0"

static const mlp_operation dist = {DIST};
static const mlp_operation dist_of_order = {.rounds_factors = true, DIST};

const mlp_operation *mlp_dist_by(double p) {
    return p == 1 || p == 2 ? &dist : &dist_of_order;
}
