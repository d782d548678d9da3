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
