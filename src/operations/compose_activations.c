/* Gradients of activations, composed: a step by the activation's own kernel, and the gradient of
 * that by PyTorch's formula. */
#include "composition.h"

/* Of the rows below, in[0] is dy, and in[1] the input or the result. */
enum {
    DY = 1 << 0,
    X = 1 << 1
};

#define ACTIVATION .bound = bound_gradient, .reads = {X, DY | X}, .gradients = DY | X, GRADIENT

/* --- activations that are straight but for a kink --- */

static void compose_kinked_backward(mlp_composition *c) {
    c->din[0] = gradient_again(c, c->dout);
    if (c->wanted[1])
        c->din[1] = c->filled(c, c->in[1], 0);
}

static const mlp_operation relu_backward = {.name = "threshold_backward",
                                            .gradient_of = &mlp_relu,
                                            .reads_result = true,
                                            .compose = compose_kinked_backward,
                                            .grad_fn = "ThresholdBackwardBackward0",
                                            ACTIVATION};
static const mlp_operation leaky_relu_backward = {.name = "leaky_relu_backward",
                                                  .gradient_of = &mlp_leaky_relu,
                                                  .compose = compose_kinked_backward,
                                                  .grad_fn = "LeakyReluBackwardBackward0",
                                                  ACTIVATION};

void compose_relu(mlp_composition *c) {
    c->din[0] = gradient_step(c, &relu_backward, c->dout, c->out, 1);
}

void compose_leaky_relu(mlp_composition *c) {
    c->din[0] = gradient_step(c, &leaky_relu_backward, c->dout, c->in, 1);
}

static const mlp_operation hardtanh_backward = {.name = "hardtanh_backward",
                                                .gradient_of = &mlp_hardtanh,
                                                .compose = compose_kinked_backward,
                                                .grad_fn = "HardtanhBackwardBackward0",
                                                ACTIVATION};
static const mlp_operation relu6_backward = {.name = "hardtanh_backward",
                                             .gradient_of = &mlp_relu6,
                                             .compose = compose_kinked_backward,
                                             .grad_fn = "HardtanhBackwardBackward0",
                                             ACTIVATION};

void compose_hardtanh(mlp_composition *c) {
    c->din[0] = gradient_step(c, &hardtanh_backward, c->dout, c->in, 1);
}

static const mlp_operation hardshrink_backward = {.name = "hardshrink_backward",
                                                  .gradient_of = &mlp_hardshrink,
                                                  .compose = compose_kinked_backward,
                                                  .grad_fn = "HardshrinkBackwardBackward0",
                                                  ACTIVATION};

void compose_hardshrink(mlp_composition *c) {
    c->din[0] = gradient_step(c, &hardshrink_backward, c->dout, c->in, 1);
}

void compose_relu6(mlp_composition *c) {
    c->din[0] = gradient_step(c, &relu6_backward, c->dout, c->in, 1);
}

/* --- prelu: x and a slope for each of its elements --- */

enum {
    SLOPE = 1 << 2
};

/* 1 where x is not positive, or where it is, else 0. */
static mlp_value *side(mlp_composition *c, const mlp_operation *comparison) {
    const mlp_options zero = {.number = mlp_real(0)};
    mlp_value *mask = applied_with(c, comparison, &zero, c->in[1], NULL);
    return applied_with(c, &mlp_to, &(mlp_options){.dtype = c->call->in[1]->dtype}, mask, NULL);
}

static void compose_prelu_x(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = c->dout;
    mlp_value *positive = side(c, &mlp_gt), *rest = side(c, &mlp_le);
    if (c->wanted[1])
        c->din[1] = times(c, times(c, c->filled(c, h, 0), dy), rest);
    if (c->wanted[2])
        c->din[2] = times(c, times(c, h, dy), rest);
    if (c->wanted[0])
        c->din[0] = times(c, h, plus(c, positive, times(c, c->in[2], rest)));
}

static void compose_prelu_slope(mlp_composition *c) {
    mlp_value *dy = c->in[0], *h = c->dout, *rest = side(c, &mlp_le);
    if (c->wanted[1])
        c->din[1] = times(c, times(c, h, dy), rest);
    if (c->wanted[0])
        c->din[0] = times(c, times(c, h, c->in[1]), rest);
}

/* Of the two the kernel writes one. */
static void prelu_slope_forward(const mlp_call *call) {
    const mlp_call inner = {.operation = &mlp_prelu,
                            .in = {call->in[1], call->in[2]},
                            .dout = call->in[0],
                            .din = {NULL, call->out[0]}};
    mlp_prelu.backward(&inner);
}

static void bound_prelu_slope(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_call of = {.operation = &mlp_prelu,
                         .in = {call->in[1], call->in[2]},
                         .dout = call->in[0],
                         .din = {NULL, call->out[0]}};
    const mlp_bounds inner = {.in = {bounds->in[1], bounds->in[2]},
                              .dout = bounds->in[0],
                              .din = {NULL, bounds->out[0]},
                              .scratch = bounds->scratch};
    mlp_prelu.bound_backward(&of, &inner);
}

static const mlp_operation prelu_x = {.name = "prelu_backward",
                                      .gradient_of = &mlp_prelu,
                                      .bound = bound_gradient,
                                      .compose = compose_prelu_x,
                                      .reads = {X | SLOPE, DY | X, DY | X},
                                      .gradients = DY | X | SLOPE,
                                      .grad_fn = "PreluBackwardBackward0",
                                      .later_grad_fn = "PreluKernelBackwardBackward0",
                                      GRADIENT};
static const mlp_operation prelu_slope = {.name = "prelu_backward",
                                          .gradient_of = &mlp_prelu,
                                          .outputs = 1,
                                          .check = check_gradient,
                                          .forward = prelu_slope_forward,
                                          .bound = bound_prelu_slope,
                                          .compose = compose_prelu_slope,
                                          .reads = {X, DY | X},
                                          .gradients = DY | X,
                                          .grad_fn = "PreluBackwardBackward0",
                                          .later_grad_fn = "PreluKernelBackwardBackward0"};

/* One node has both gradients in PyTorch, at which what comes back to dy and to x meets first: an
 * alias of each is such a place. */
void compose_prelu(mlp_composition *c) {
    const bool shares = c->wanted[0] && c->wanted[1];
    mlp_value *x = shares ? applied(c, &mlp_as_alias, c->in[0], NULL) : c->in[0];
    mlp_value *dy = shares ? applied(c, &mlp_as_alias, c->dout, NULL) : c->dout;
    mlp_value *const inputs[] = {x, c->in[1]};
    if (c->wanted[1])
        c->din[1] = gradient_step(c, &prelu_slope, dy, inputs, 2);
    if (c->wanted[0])
        c->din[0] = gradient_step(c, &prelu_x, dy, inputs, 2);
}

/* --- sigmoid --- */

static void compose_sigmoid_backward(mlp_composition *c) {
    mlp_value *dy = c->in[0], *y = c->in[1];
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    mlp_value *slope = plus_number(c, times_number(c, y, -2), 1);
    c->din[1] = times(c, times(c, c->dout, dy), slope);
}

static const mlp_operation sigmoid_backward = {.name = "sigmoid_backward",
                                               .gradient_of = &mlp_sigmoid,
                                               .reads_result = true,
                                               .compose = compose_sigmoid_backward,
                                               .grad_fn = "SigmoidBackwardBackward0",
                                               ACTIVATION};

void compose_sigmoid(mlp_composition *c) {
    c->din[0] = gradient_step(c, &sigmoid_backward, c->dout, c->out, 1);
}

/* --- softplus, silu, gelu --- */

static void compose_softplus_backward(mlp_composition *c) {
    const double beta = c->call->options.beta;
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    mlp_value *g = times(c, c->dout, c->in[0]), *x = times_number(c, c->in[1], beta);
    mlp_value *mask = below(c, x, c->call->options.threshold);
    mlp_value *const s[] = {applied(c, &mlp_sigmoid, x, NULL)};
    mlp_value *slope = gradient_step(c, &sigmoid_backward, g, s, 1);
    c->din[1] = times_number(c, times(c, slope, mask), beta);
}

static const mlp_operation softplus_backward = {.name = "softplus_backward",
                                                .gradient_of = &mlp_softplus,
                                                .compose = compose_softplus_backward,
                                                .grad_fn = "SoftplusBackwardBackward0",
                                                ACTIVATION};

void compose_softplus(mlp_composition *c) {
    c->din[0] = gradient_step(c, &softplus_backward, c->dout, c->in, 1);
}

/* dy s (1 + x (1 - s)) */
void compose_silu(mlp_composition *c) {
    const mlp_options one = {.number = mlp_real(1)};
    mlp_value *s = applied(c, &mlp_sigmoid, c->in[0], NULL);
    mlp_value *rest = applied_with(c, &mlp_rsub, &one, s, NULL);
    mlp_value *slope = plus_number(c, times(c, c->in[0], rest), 1);
    c->din[0] = times(c, times(c, c->dout, s), slope);
}

/* (2 - x^2) exp(-x^2 / 2) / sqrt(2 pi) dy g */
static void compose_gelu_backward(mlp_composition *c) {
    const double height = 0.39894228040143267794;
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    if (c->call->options.approximate_by_tanh) {
        mlp_value *curvature = gelu_by_tanh_again(c, c->in[1]);
        c->din[1] = times(c, times(c, c->dout, c->in[0]), curvature);
        return;
    }
    mlp_value *square = times(c, c->in[1], c->in[1]);
    mlp_value *bell = applied(c, &mlp_exp, times_number(c, square, -0.5), NULL);
    bell = times_number(c, bell, height);
    mlp_value *falling = times(c, square, bell);
    mlp_value *curvature = minus(c, times_number(c, bell, 2), falling);
    c->din[1] = times(c, times(c, c->dout, c->in[0]), curvature);
}

static const mlp_operation gelu_backward = {.name = "gelu_backward",
                                            .gradient_of = &mlp_gelu,
                                            .compose = compose_gelu_backward,
                                            .grad_fn = "GeluBackwardBackward0",
                                            ACTIVATION};

void compose_gelu(mlp_composition *c) {
    c->din[0] = gradient_step(c, &gelu_backward, c->dout, c->in, 1);
}

/* --- elu --- */

/* Below 0 the gradient of exp(input_scale x) once more: of celu, that scale is 1 / alpha. */
static void compose_elu_backward(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    mlp_value *mask = below(c, c->in[1], 0), *product = times(c, c->dout, c->in[0]);
    if (c->call->operation->gradient_of == &mlp_celu)
        product = times_number(c, product, 1 / (double)(float)c->call->options.alpha);
    c->din[1] = times(c, gradient_again(c, product), mask);
}

#define ELU .compose = compose_elu_backward, .grad_fn = "EluBackwardBackward0", ACTIVATION

static const mlp_operation elu_backward = {.name = "elu_backward", .gradient_of = &mlp_elu, ELU};
static const mlp_operation selu_backward = {.name = "elu_backward", .gradient_of = &mlp_selu, ELU};
static const mlp_operation celu_backward = {.name = "elu_backward", .gradient_of = &mlp_celu, ELU};

static void compose_by(mlp_composition *c, const mlp_operation *operation) {
    if (c->call->options.inplace)
        fail_composition(c, "there is no gradient of the gradient of elu, selu or celu in place "
                            "here: leave out inplace");
    c->din[0] = gradient_step(c, operation, c->dout, c->in, 1);
}

void compose_elu(mlp_composition *c) {
    compose_by(c, &elu_backward);
}

void compose_selu(mlp_composition *c) {
    compose_by(c, &selu_backward);
}

void compose_celu(mlp_composition *c) {
    compose_by(c, &celu_backward);
}

/* --- tanh --- */

static void compose_tanh_backward(mlp_composition *c) {
    mlp_value *dy = c->in[0], *y = c->in[1];
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (c->wanted[1])
        c->din[1] = times(c, c->dout, times(c, times_number(c, y, -2), dy));
}

static const mlp_operation tanh_backward = {.name = "tanh_backward",
                                            .gradient_of = &mlp_tanh,
                                            .reads_result = true,
                                            .compose = compose_tanh_backward,
                                            .grad_fn = "TanhBackwardBackward0",
                                            ACTIVATION};

void compose_tanh(mlp_composition *c) {
    c->din[0] = gradient_step(c, &tanh_backward, c->dout, c->out, 1);
}

/* --- softmax, log_softmax: y in in[1] --- */

static size_t dim_of(const mlp_composition *c) {
    return (size_t)c->call->options.dim;
}

/* Without dimensions there is nothing to add up. */
static mlp_value *row_sum(mlp_composition *c, mlp_value *value) {
    return c->call->in[1]->ndim ? sum_along(c, value, dim_of(c)) : sum_of_all(c, value);
}

static void compose_softmax_backward(mlp_composition *c) {
    mlp_value *dy = c->in[0], *y = c->in[1], *g = c->dout;
    if (c->wanted[0])
        c->din[0] = gradient_again(c, g);
    if (!c->wanted[1])
        return;
    mlp_value *third = times(c, dy, row_sum(c, times(c, y, g)));
    mlp_value *second = times(c, row_sum(c, times(c, y, dy)), g);
    mlp_value *first = times(c, dy, g);
    c->din[1] = minus(c, minus(c, first, second), third);
}

static const mlp_operation softmax_backward = {.name = "softmax_backward",
                                               .gradient_of = &mlp_softmax,
                                               .reads_result = true,
                                               .compose = compose_softmax_backward,
                                               .grad_fn = "SoftmaxBackwardDataBackward0",
                                               ACTIVATION};

void compose_softmax(mlp_composition *c) {
    c->din[0] = gradient_step(c, &softmax_backward, c->dout, c->out, 1);
}

static void compose_log_softmax_backward(mlp_composition *c) {
    mlp_value *dy = c->in[0], *g = c->dout;
    if (c->wanted[0])
        c->din[0] = minus(c, g, row_sum(c, times(c, g, applied(c, &mlp_exp, c->in[1], NULL))));
    if (!c->wanted[1])
        return;
    mlp_value *softmax = applied(c, &mlp_exp, c->in[1], NULL);
    c->din[1] = times(c, times(c, negated(c, row_sum(c, dy)), softmax), g);
}

static const mlp_operation log_softmax_backward = {.name = "log_softmax_backward",
                                                   .gradient_of = &mlp_log_softmax,
                                                   .reads_result = true,
                                                   .compose = compose_log_softmax_backward,
                                                   .grad_fn = "LogSoftmaxBackwardDataBackward0",
                                                   ACTIVATION};

void compose_log_softmax(mlp_composition *c) {
    c->din[0] = gradient_step(c, &log_softmax_backward, c->dout, c->out, 1);
}

/* --- dropout: x, mask --- */

static const mlp_operation dropout_backward = {.name = "dropout_backward",
                                               .gradient_of = &mlp_dropout,
                                               .bound = bound_gradient,
                                               .compose = compose_symmetric,
                                               .reads = {1 << 2},
                                               .gradients = DY,
                                               .grad_fn = "MulBackward0",
                                               GRADIENT};

void compose_dropout(mlp_composition *c) {
    c->din[0] = gradient_step(c, &dropout_backward, c->dout, c->in, 2);
}
