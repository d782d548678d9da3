/* Gradients of the activations of one element that are one formula each, composed. */
#include "composition.h"

#include <math.h>

/* Of the rows below, in[0] is dy, and in[1] the input. */
enum {
    DY = 1 << 0,
    X = 1 << 1
};

#define ACTIVATION .bound = bound_gradient, .reads = {X, DY | X}, .gradients = DY | X, GRADIENT

static mlp_value *one_minus(mlp_composition *c, mlp_value *a) {
    return applied_with(c, &mlp_rsub, &(mlp_options){.number = mlp_real(1)}, a, NULL);
}

/* --- lines --- */

static void compose_line_backward(mlp_composition *c) {
    c->din[0] = gradient_again(c, c->dout);
    if (c->wanted[1])
        c->din[1] = c->filled(c, c->in[1], 0);
}

static const mlp_operation softshrink_backward = {.name = "softshrink_backward",
                                                  .gradient_of = &mlp_softshrink,
                                                  .compose = compose_line_backward,
                                                  .grad_fn = "SoftshrinkBackwardBackward0",
                                                  ACTIVATION};
static const mlp_operation threshold_backward = {.name = "threshold_backward",
                                                 .gradient_of = &mlp_threshold,
                                                 .compose = compose_line_backward,
                                                 .grad_fn = "ThresholdBackwardBackward0",
                                                 ACTIVATION};

void compose_softshrink(mlp_composition *c) {
    c->din[0] = gradient_step(c, &softshrink_backward, c->dout, c->in, 1);
}

void compose_threshold(mlp_composition *c) {
    if (c->call->options.inplace)
        fail_composition(c,
                         "there is no gradient of the gradient of threshold in place here: leave "
                         "inplace out");
    c->din[0] = gradient_step(c, &threshold_backward, c->dout, c->in, 1);
}

/* --- hardswish: g dy / 3 between its kinks --- */

static void compose_hardswish_backward(mlp_composition *c) {
    const mlp_options low = {.number = mlp_real(-3)}, high = {.number = mlp_real(3)};
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    mlp_value *above = applied_with(c, &mlp_gt, &low, c->in[1], NULL);
    mlp_value *below = applied_with(c, &mlp_lt, &high, c->in[1], NULL);
    mlp_value *slope = over_number(c, times(c, c->dout, c->in[0]), 3);
    mlp_value *const in[MLP_MAX_INPUTS] = {applied(c, &mlp_bitwise_and, above, below), slope,
                                           c->filled(c, c->in[1], 0)};
    c->din[1] = c->failed ? NULL : c->compute(c, &mlp_where, &(mlp_options){0}, in);
}

static const mlp_operation hardswish_backward = {.name = "hardswish_backward",
                                                 .gradient_of = &mlp_hardswish,
                                                 .compose = compose_hardswish_backward,
                                                 .grad_fn = "HardswishBackwardBackward0",
                                                 ACTIVATION};

void compose_hardswish(mlp_composition *c) {
    if (c->call->options.inplace)
        fail_composition(c,
                         "there is no gradient of the gradient of hardswish in place here: leave "
                         "inplace out");
    c->din[0] = gradient_step(c, &hardswish_backward, c->dout, c->in, 1);
}

/* --- glu: a s, s the sigmoid of b, a and b the halves of x --- */

static mlp_value *half(mlp_composition *c, mlp_value *value, bool is_second) {
    const size_t dim = (size_t)c->call->options.dim, size = c->call->in[1]->shape[dim] / 2;
    const mlp_options part = {.dim = (int64_t)dim,
                              .has_start = true,
                              .has_stop = true,
                              .start = is_second ? (int64_t)size : 0,
                              .stop = (int64_t)(is_second ? 2 * size : size)};
    return applied_with(c, &mlp_slice, &part, value, NULL);
}

/* What comes to x, by the halves of what comes to dx. */
static mlp_value *glu_bend(mlp_composition *c) {
    mlp_value *dy = c->in[0], *a = half(c, c->in[1], false), *b = half(c, c->in[1], true);
    mlp_value *s = applied(c, &mlp_sigmoid, b, NULL), *rest = one_minus(c, s);
    mlp_value *slope = times(c, s, rest);
    mlp_value *g_a = half(c, c->dout, false), *g_b = half(c, c->dout, true);
    mlp_value *g_b_a = times(c, g_b, a);
    mlp_value *first = times(c, times(c, g_b, dy), slope);
    mlp_value *falling = times(c, s, slope);
    mlp_value *curvature = minus(c, times(c, slope, rest), falling);
    mlp_value *straight = times(c, times(c, g_a, dy), slope);
    mlp_value *second = plus(c, times(c, times(c, g_b_a, dy), curvature), straight);
    mlp_value *const in[MLP_MAX_INPUTS] = {first, second};
    const mlp_options options = {.dim = c->call->options.dim};
    return c->failed ? NULL : c->compute(c, &mlp_cat, &options, in);
}

static void compose_glu_backward(mlp_composition *c) {
    if (c->wanted[0]) {
        mlp_value *products = times(c, c->dout, gradient_again(c, c->filled(c, c->in[0], 1)));
        mlp_value *of_b = half(c, products, true);
        c->din[0] = plus(c, half(c, products, false), of_b);
    }
    if (c->wanted[1])
        c->din[1] = glu_bend(c);
}

static const mlp_operation glu_backward = {.name = "glu_backward",
                                           .gradient_of = &mlp_glu,
                                           .compose = compose_glu_backward,
                                           .grad_fn = "GluBackwardBackward0",
                                           ACTIVATION};

void compose_glu(mlp_composition *c) {
    c->din[0] = gradient_step(c, &glu_backward, c->dout, c->in, 1);
}

/* --- mish, which PyTorch composes itself --- */

/* dy (t + x s (1 - t^2)) */
void compose_mish(mlp_composition *c) {
    mlp_value *x = c->in[0], *s = applied(c, &mlp_sigmoid, x, NULL);
    mlp_value *softplus = applied(c, &mlp_log1p, applied(c, &mlp_exp, x, NULL), NULL);
    mlp_value *t = applied(c, &mlp_tanh, softplus, NULL);
    mlp_value *bend = times(c, times(c, x, s), one_minus(c, times(c, t, t)));
    c->din[0] = times(c, c->dout, plus(c, t, bend));
}

/* --- logsigmoid: (z - 1) z dy g, z the sigmoid --- */

static void compose_logsigmoid_backward(mlp_composition *c) {
    if (c->wanted[0])
        c->din[0] = gradient_again(c, c->dout);
    if (!c->wanted[1])
        return;
    mlp_value *z = applied(c, &mlp_sigmoid, c->in[1], NULL);
    c->din[1] = times(c, times(c, times(c, c->dout, c->in[0]), plus_number(c, z, -1)), z);
}

static const mlp_operation logsigmoid_backward = {.name = "logsigmoid_backward",
                                                  .gradient_of = &mlp_logsigmoid,
                                                  .compose = compose_logsigmoid_backward,
                                                  .grad_fn = "LogSigmoidBackwardBackward0",
                                                  ACTIVATION};

void compose_logsigmoid(mlp_composition *c) {
    c->din[0] = gradient_step(c, &logsigmoid_backward, c->dout, c->in, 1);
}

/* --- gelu by tanh --- */

/* With f = x / 2, g = 1 - tanh(inner)^2 and h the slope of inner: f' g h twice, and f g' h, f g h'. */
mlp_value *gelu_by_tanh_again(mlp_composition *c, mlp_value *x) {
    const double beta = 1.41421356237309504880 * 1.12837916709551257390 * 0.5, kappa = 0.044715;
    mlp_value *cubic = plus(c, x, times_number(c, to_power(c, x, 3), kappa));
    mlp_value *inner = times_number(c, cubic, beta), *t = applied(c, &mlp_tanh, inner, NULL);
    mlp_value *sech = applied(c, &mlp_reciprocal, applied(c, &mlp_cosh, inner, NULL), NULL);
    mlp_value *f = times_number(c, x, 0.5), *g = one_minus(c, times(c, t, t));
    mlp_value *squares = times(c, times_number(c, x, 3 * kappa), x);
    mlp_value *h = times_number(c, plus_number(c, squares, 1), beta);
    mlp_value *first = times(c, times_number(c, g, 0.5), h);
    mlp_value *slope = times(c, times_number(c, sech, 2), times(c, negated(c, sech), t));
    mlp_value *second = times(c, times(c, slope, h), times(c, f, h));
    mlp_value *bend = times_number(c, times_number(c, x, 6 * kappa), beta);
    mlp_value *third = times(c, bend, times(c, f, g));
    return plus(c, plus(c, times_number(c, first, 2), second), third);
}
