/* Gradients of losses, composed: a step by the loss's own kernel, and the gradient of that by
 * PyTorch's formula. Of the rows here in[0] is dl, in[1] the prediction, in[2] the target. */
#include "composition.h"

enum {
    DL = 1 << 0,
    PREDICTION = 1 << 1,
    TARGET = 1 << 2,
    WEIGHT = 1 << 3
};

/* --- losses by class: linear in the prediction --- */

static void compose_class_backward(mlp_composition *c) {
    if (c->wanted[0])
        compose_transposed(c);
    if (c->wanted[1])
        c->din[1] = c->filled(c, c->in[1], 0);
}

#define OVER_CLASSES                                                                        \
    .bound = bound_gradient, .compose = compose_class_backward, .reads = {TARGET | WEIGHT}, \
    .gradients = DL | PREDICTION, GRADIENT

static const mlp_operation nll_loss_backward = {.name = "nll_loss_backward",
                                                .gradient_of = &mlp_nll_loss,
                                                .grad_fn = "NllLossBackwardBackward0",
                                                OVER_CLASSES};
static const mlp_operation smoothed_backward = {.name = "cross_entropy_backward",
                                                .gradient_of = &mlp_cross_entropy_smoothed,
                                                .grad_fn = "AddBackward0",
                                                OVER_CLASSES};
static const mlp_operation probabilities_backward = {.name = "cross_entropy_backward",
                                                     .gradient_of =
                                                         &mlp_cross_entropy_probabilities,
                                                     .grad_fn = "MulBackward0",
                                                     OVER_CLASSES};

static void compose_class_loss(mlp_composition *c, const mlp_operation *operation) {
    mlp_value *const inputs[] = {c->in[0], c->in[1], c->in[2], c->out[1]};
    c->din[0] = gradient_step(c, operation, c->dout, inputs, 4);
}

void compose_nll_loss(mlp_composition *c) {
    compose_class_loss(c, &nll_loss_backward);
    if (c->call->in[0]->ndim > 2)
        called(c, c->din[0], "NllLoss2DBackwardBackward0");
}

void compose_cross_entropy_smoothed(mlp_composition *c) {
    compose_class_loss(c, &smoothed_backward);
}

void compose_cross_entropy_probabilities(mlp_composition *c) {
    if (c->wanted[1])
        fail_composition(c, "there is no gradient of the gradient of class probabilities that "
                            "require grad here: write -(target * log_softmax(x, 1)).sum(1).mean()");
    compose_class_loss(c, &probabilities_backward);
}

/* --- losses of each element --- */

static bool is_mean(const mlp_composition *c) {
    return c->call->options.reduction == MLP_REDUCTION_MEAN;
}

/* Of a mean, divided by the number of elements. */
static mlp_value *averaged(mlp_composition *c, mlp_value *value) {
    return is_mean(c) ? over_number(c, value, (double)c->call->in[1]->numel) : value;
}

/* The gradient of dl: that of the loss is linear in it. */
static mlp_value *gradient_of_dl(mlp_composition *c) {
    if (c->call->options.reduction == MLP_REDUCTION_NONE)
        return gradient_again(c, c->dout);
    mlp_value *slope = gradient_again(c, c->filled(c, c->in[0], 1));
    return sum_of_all(c, times(c, slope, c->dout));
}

/* The prediction and the target play the same part, but for the sign. */
static void compose_pair(mlp_composition *c, const mlp_operation *operation) {
    mlp_value *const swapped[] = {c->in[1], c->in[0]};
    if (c->wanted[0])
        c->din[0] = gradient_step(c, operation, c->dout, c->in, 2);
    if (c->wanted[1])
        c->din[1] = gradient_step(c, operation, c->dout, swapped, 2);
}

/* Those of prediction and target, by the curvature of the loss, times g dl. */
static void compose_curvature(mlp_composition *c, mlp_value *curvature) {
    c->din[1] = curvature;
    if (c->wanted[0])
        c->din[0] = gradient_of_dl(c);
    if (c->wanted[2])
        c->din[2] = negated(c, curvature);
}

#define OF_PAIRS                                                                        \
    .bound = bound_gradient,                                                            \
    .reads = {PREDICTION | TARGET, DL | PREDICTION | TARGET, DL | PREDICTION | TARGET}, \
    .gradients = DL | PREDICTION | TARGET, GRADIENT

static mlp_value *distance(mlp_composition *c) {
    return applied(c, &mlp_abs, minus(c, c->in[1], c->in[2]), NULL);
}

static void compose_mse_loss_backward(mlp_composition *c) {
    compose_curvature(c, averaged(c, times_number(c, times(c, c->dout, c->in[0]), 2)));
}

static const mlp_operation mse_loss_backward = {.name = "mse_loss_backward",
                                                .gradient_of = &mlp_mse_loss,
                                                .compose = compose_mse_loss_backward,
                                                .grad_fn = "MseLossBackwardBackward0",
                                                OF_PAIRS};

void compose_mse_loss(mlp_composition *c) {
    compose_pair(c, &mse_loss_backward);
}

static void compose_huber_loss_backward(mlp_composition *c) {
    mlp_value *near = below(c, distance(c), c->call->options.delta);
    compose_curvature(c, averaged(c, times(c, times(c, c->dout, c->in[0]), near)));
}

static const mlp_operation huber_loss_backward = {.name = "huber_loss_backward",
                                                  .gradient_of = &mlp_huber_loss,
                                                  .compose = compose_huber_loss_backward,
                                                  .grad_fn = "HuberLossBackwardBackward0",
                                                  OF_PAIRS};

void compose_huber_loss(mlp_composition *c) {
    compose_pair(c, &huber_loss_backward);
}

static void compose_smooth_l1_loss_backward(mlp_composition *c) {
    const double beta = c->call->options.beta;
    mlp_value *near = below(c, distance(c), beta);
    mlp_value *product = times(c, times(c, c->dout, c->in[0]), near);
    compose_curvature(c, averaged(c, beta > 0 ? over_number(c, product, beta) : product));
}

static const mlp_operation smooth_l1_loss_backward = {.name = "smooth_l1_loss_backward",
                                                      .gradient_of = &mlp_smooth_l1_loss,
                                                      .compose = compose_smooth_l1_loss_backward,
                                                      .grad_fn = "SmoothL1LossBackwardBackward0",
                                                      OF_PAIRS};

void compose_smooth_l1_loss(mlp_composition *c) {
    compose_pair(c, &smooth_l1_loss_backward);
}

/* --- binary cross-entropy: behind the target stands the weight, or NULL --- */

static mlp_value *weighted(mlp_composition *c, mlp_value *value, mlp_value *weight) {
    return weight ? times(c, value, weight) : value;
}

/* (x - t) / ((x + eps) (1 - x + eps)) g, which is not what the first gradient divides by */
static mlp_value *bce_gradient_of_dl(mlp_composition *c, double eps) {
    mlp_value *x = c->in[1];
    mlp_value *rest = plus_number(c, plus_number(c, negated(c, x), 1), eps);
    mlp_value *line = times(c, plus_number(c, x, eps), rest);
    mlp_value *slope = over(c, minus(c, x, c->in[2]), line);
    slope = averaged(c, weighted(c, times(c, slope, c->dout), c->in[3]));
    return c->call->options.reduction == MLP_REDUCTION_NONE ? slope : sum_of_all(c, slope);
}

/* (x^2 - 2 x t + t) / ((x + eps)^2 (1 - x + eps)^2) g dl */
static void compose_bce_backward(mlp_composition *c) {
    const double eps = 1e-12;
    mlp_value *x = c->in[1], *t = c->in[2];
    if (c->wanted[0])
        c->din[0] = bce_gradient_of_dl(c, eps);
    if (!c->wanted[1])
        return;
    mlp_value *rest = plus_number(c, plus_number(c, negated(c, x), 1), eps);
    mlp_value *right = to_power(c, rest, 2);
    mlp_value *line = times(c, to_power(c, plus_number(c, x, eps), 2), right);
    mlp_value *product = times(c, times_number(c, x, 2), t);
    mlp_value *above = plus(c, minus(c, times(c, x, x), product), t);
    mlp_value *g = times(c, c->dout, c->in[0]);
    mlp_value *curvature = times(c, over(c, above, line), g);
    c->din[1] = averaged(c, weighted(c, curvature, c->in[3]));
}

static const mlp_operation bce_backward = {
    .name = "binary_cross_entropy_backward",
    .gradient_of = &mlp_binary_cross_entropy,
    .bound = bound_gradient,
    .compose = compose_bce_backward,
    .reads = {PREDICTION | TARGET | WEIGHT, DL | PREDICTION | TARGET | WEIGHT},
    .gradients = DL | PREDICTION,
    .grad_fn = "BinaryCrossEntropyBackwardBackward0",
    GRADIENT};

void compose_binary_cross_entropy(mlp_composition *c) {
    c->din[0] = gradient_step(c, &bce_backward, c->dout, c->in, 3);
}

/* (sigmoid(x) - t) dl, or, with pos_weight, ((p t + 1 - t) sigmoid(x) - p t) dl */
void compose_binary_cross_entropy_with_logits(mlp_composition *c) {
    mlp_value *t = c->in[1], *positive = c->in[3];
    mlp_value *s = applied(c, &mlp_sigmoid, c->in[0], NULL), *slope = NULL;
    if (positive) {
        mlp_value *p = times(c, positive, t);
        slope = minus(c, times(c, minus(c, plus_number(c, p, 1), t), s), p);
    } else {
        slope = minus(c, s, t);
    }
    c->din[0] = weighted(c, times(c, slope, c->dout), c->in[2]);
    if (is_mean(c))
        c->din[0] =
            called(c, over_number(c, c->din[0], (double)c->call->in[0]->numel), "DivBackward1");
}
