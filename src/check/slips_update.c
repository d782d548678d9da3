#include "slips_update.h"

#include <math.h>
#include <stdint.h>

/* A difference under # step is an update where a parameter is made less. */
static bool is_written_out(const slip_case *c) {
    return c->step->operation->as_ascent && c->call.in[1] && !c->step->in[0]->of_gradient;
}

/* p + lr dp; with the sign of dp in what is kept, or without */
bool slip_ascent(slip_case *c) {
    const mlp_operation *operation = c->step->operation;
    if (c->variant == 1) {
        c->call.options.maximize = !c->call.options.maximize;
        if (operation == &mlp_sgd)
            slip_do_again(c);
        return operation == &mlp_sgd;
    }
    if (operation->learning_rate) {
        double *lr = operation->learning_rate(&c->call.options);
        *lr = -*lr;
        slip_do_again(c);
        return true;
    }
    if (!is_written_out(c))
        return false;
    operation->as_ascent->forward(&c->call);
    return true;
}

/* What is subtracted, before it was multiplied by the learning rate. */
static const mlp_tensor *unscaled(slip_case *c) {
    const mlp_step *product = c->step->in[1]->producer;
    if (!product || product->forward || product->in[1] ||
        !(product->operation->traits & MLP_IS_MULTIPLE))
        return NULL;
    c->number = product->options->number.real;
    return slip_tensor(c, product->in[0]);
}

/* p - dp */
bool slip_no_learning_rate(slip_case *c) {
    if (c->step->operation->learning_rate) {
        double *lr = c->step->operation->learning_rate(&c->call.options);
        c->number = fabs(*lr);
        *lr = copysign(1, *lr);
        slip_do_again(c);
        return true;
    }
    const mlp_tensor *gradient = is_written_out(c) ? unscaled(c) : NULL;
    if (!gradient)
        return false;
    c->call.in[1] = gradient;
    slip_do_again(c);
    return true;
}

/* p */
bool slip_not_updated(slip_case *c) {
    if (c->step->operation->as_ascent && !is_written_out(c))
        return false;
    for (size_t i = 0; i < c->call.out[0]->numel; i++)
        mlp_tensor_set(c->call.out[0], i, mlp_tensor_get(c->call.in[0], i));
    return true;
}

/* -lr dp, or lr dp */
bool slip_step_alone(slip_case *c) {
    const mlp_tensor *p = c->call.in[0];
    mlp_tensor *out = c->call.out[0];
    const double sign = c->variant ? -1 : 1;
    if (c->step->operation->as_ascent && !is_written_out(c))
        return false;
    for (size_t i = 0; i < out->numel; i++)
        mlp_tensor_set(out, i, sign * (mlp_tensor_get(out, i) - mlp_tensor_get(p, i)));
    return true;
}

/* --- learning rate, weight decay, momentum --- */

/* p - f lr dp */
bool slip_learning_rate_off(slip_case *c) {
    static const double factors[] = {10, 0.1, 2, 0.5};
    const mlp_tensor *p = c->call.in[0];
    mlp_tensor *out = c->call.out[0];
    c->number = factors[c->variant];
    if (c->step->operation->learning_rate) {
        *c->step->operation->learning_rate(&c->call.options) *= c->number;
        slip_do_again(c);
        return true;
    }
    if (!is_written_out(c))
        return false;
    for (size_t i = 0; i < out->numel; i++) {
        const double own = mlp_tensor_get(p, i);
        mlp_tensor_set(out, i, own + c->number * (mlp_tensor_get(out, i) - own));
    }
    return true;
}

static bool decay_by(slip_case *c, double factor) {
    c->number = c->call.options.weight_decay;
    if (!c->step->operation->optimizer || c->number == 0)
        return false;
    c->call.options.weight_decay *= factor;
    slip_do_again(c);
    return true;
}

/* g = dp */
bool slip_no_weight_decay(slip_case *c) {
    return decay_by(c, 0);
}

/* g = dp + 2 weight_decay p */
bool slip_weight_decay_doubled(slip_case *c) {
    return decay_by(c, 2);
}

/* g = dp - weight_decay p */
bool slip_weight_decay_subtracted(slip_case *c) {
    return decay_by(c, -1);
}

static bool is_sgd_with_momentum(const slip_case *c) {
    return c->step->operation == &mlp_sgd && c->call.options.momentum != 0;
}

/* p - lr g; buffer = g, as in the first step */
bool slip_no_momentum(slip_case *c) {
    if (!is_sgd_with_momentum(c))
        return false;
    c->number = c->call.options.momentum;
    c->call.in[2] = NULL;
    if (!c->by_state)
        slip_do_again(c);
    c->call.options.momentum = 0;
    slip_do_again(c);
    return true;
}

/* buffer = momentum buffer + (1 - momentum) g; from a buffer of 0, or of the first g */
bool slip_momentum_averaged(slip_case *c) {
    if (!is_sgd_with_momentum(c) || c->call.options.dampening != 0 || c->by_state)
        return false;
    c->number = c->call.options.momentum;
    c->call.options.dampening = c->number;
    if (c->variant == 1 && !c->call.in[2]) {
        for (size_t i = 0; i < c->call.out[1]->numel; i++)
            mlp_tensor_set(c->call.out[1], i, 0);
        c->call.in[2] = c->call.out[1]; /* each number is read before it is written */
    }
    slip_do_again(c);
    return true;
}

/* p - lr buffer */
bool slip_no_nesterov(slip_case *c) {
    const bool nesterov = is_sgd_with_momentum(c) && c->call.options.nesterov;
    c->call.options.nesterov = false;
    if (nesterov)
        slip_do_again(c);
    return nesterov;
}

/* --- Adam --- */

static bool is_adam(const slip_case *c) {
    return c->step->operation == &mlp_adam || c->step->operation == &mlp_adamw;
}

/* p - lr m / (sqrt(v) + eps): after very many steps the correction is none */
bool slip_no_bias_correction(slip_case *c) {
    if (!is_adam(c))
        return false;
    c->call.options.step = INT64_MAX;
    slip_do_again(c);
    return true;
}

bool slip_betas_exchanged(slip_case *c) {
    double *betas = c->call.options.betas;
    const double first = betas[0];
    if (!is_adam(c))
        return false;
    c->number = first;
    betas[0] = betas[1];
    betas[1] = first;
    slip_do_again(c);
    return true;
}

/* p - lr m / (v + eps) */
bool slip_no_square_root(slip_case *c) {
    const mlp_options *o = &c->call.options;
    if (!is_adam(c))
        return false;
    const double corrected1 = 1 - pow(o->betas[0], (double)o->step);
    const double corrected2 = 1 - pow(o->betas[1], (double)o->step);
    const double keep = c->step->operation == &mlp_adamw ? 1 - o->lr * o->weight_decay : 1;
    const mlp_tensor *squares = c->call.out[o->amsgrad ? 3 : 2];
    for (size_t i = 0; i < c->call.out[0]->numel; i++) {
        const double m = mlp_tensor_get(c->call.out[1], i) / corrected1;
        const double v = mlp_tensor_get(squares, i) / corrected2;
        const double p = mlp_tensor_get(c->call.in[0], i);
        mlp_tensor_set(c->call.out[0], i, keep * p - o->lr * m / (v + o->eps));
    }
    return true;
}
