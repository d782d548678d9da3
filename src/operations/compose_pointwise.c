/* Gradients of arithmetic, powers and limits, composed. */
#include "composition.h"

#include <math.h>

/* --- arithmetic --- */

void compose_add(mlp_composition *c) {
    c->din[0] = c->din[1] = c->dout;
}

void compose_sub(mlp_composition *c) {
    c->din[0] = c->dout;
    if (c->wanted[1])
        c->din[1] = negated(c, c->dout);
}

void compose_add_scaled(mlp_composition *c) {
    c->din[0] = c->dout;
    if (c->wanted[1])
        c->din[1] = times_number(c, c->dout, c->call->options.alpha);
}

void compose_sub_scaled(mlp_composition *c) {
    c->din[0] = c->dout;
    if (c->wanted[1])
        c->din[1] = times_number(c, negated(c, c->dout), c->call->options.alpha);
}

void compose_rsub(mlp_composition *c) {
    c->din[0] = negated(c, c->dout);
}

void compose_neg(mlp_composition *c) {
    c->din[0] = negated(c, c->dout);
}

/* With the step's own number, which is as the script has it. */
static mlp_value *with_its_number(mlp_composition *c, const mlp_operation *operation) {
    return applied_with(c, operation, &(mlp_options){.number = c->call->options.number}, c->dout,
                        NULL);
}

void compose_mul(mlp_composition *c) {
    mlp_value *a = operand(c, 0), *b = operand(c, 1);
    if (c->wanted[1])
        c->din[1] = times(c, c->dout, a);
    if (c->wanted[0])
        c->din[0] = b ? times(c, c->dout, b) : with_its_number(c, &mlp_mul);
}

void compose_div(mlp_composition *c) {
    mlp_value *a = operand(c, 0), *b = operand(c, 1);
    if (c->wanted[1]) {
        mlp_value *quotient = over(c, over(c, a, b), b);
        c->din[1] = times(c, negated(c, c->dout), quotient);
    }
    if (c->wanted[0])
        c->din[0] = b ? over(c, c->dout, b) : with_its_number(c, &mlp_div);
}

static mlp_value *as_dtype(mlp_composition *c, mlp_value *value, mlp_dtype dtype) {
    return applied_with(c, &mlp_to, &(mlp_options){.dtype = dtype}, value, NULL);
}

/* The number is a tensor of float64 without dimensions here: dy is float64, too, where it has none. */
static void compose_scalar(mlp_composition *c, const mlp_operation *operation) {
    const mlp_options options = {.number = c->call->options.number};
    const mlp_tensor *x = c->call->in[0];
    const bool in_double = x->ndim == 0 && x->dtype == MLP_FLOAT32;
    mlp_value *dy = in_double ? as_dtype(c, c->dout, MLP_FLOAT64) : c->dout;
    dy = applied_with(c, operation, &options, dy, NULL);
    c->din[0] = in_double ? as_dtype(c, dy, MLP_FLOAT32) : dy;
}

void compose_mul_scalar(mlp_composition *c) {
    compose_scalar(c, &mlp_mul);
}

void compose_div_scalar(mlp_composition *c) {
    compose_scalar(c, &mlp_div);
}

void compose_to(mlp_composition *c) {
    c->din[0] =
        applied_with(c, &mlp_to, &(mlp_options){.dtype = c->call->in[0]->dtype}, c->dout, NULL);
}

/* --- powers --- */

void compose_xlogy(mlp_composition *c) {
    mlp_value *a = c->in[0], *b = c->in[1];
    if (c->wanted[0] && has_number(c, a, 0)) {
        fail_composition(c, "there is no gradient of the gradient of a log(b) here by an a with a "
                            "zero in it");
        return;
    }
    if (c->wanted[1])
        c->din[1] = over(c, times(c, c->dout, a), b);
    if (c->wanted[0])
        c->din[0] = called(c, applied(c, &mlp_xlogy, c->dout, b), "MaskedFillBackward0");
}

void compose_pow(mlp_composition *c) {
    const double exponent = c->call->options.number.real;
    if (exponent == 0)
        c->din[0] = c->filled(c, c->in[0], 0);
    else
        c->din[0] =
            times(c, c->dout, times_number(c, to_power(c, c->in[0], exponent - 1), exponent));
}

void compose_pow_tensor(mlp_composition *c) {
    mlp_value *a = operand(c, 0), *b = operand(c, 1);
    if (has_number(c, b, 0) || (c->wanted[1] && has_number(c, a, 0))) {
        fail_composition(c, "there is no gradient of the gradient of a power here whose exponent "
                            "or base is a tensor with a zero in it");
        return;
    }
    if (c->wanted[1])
        c->din[1] = times(c, c->dout, times(c, c->out[0], applied(c, &mlp_log, a, NULL)));
    if (c->wanted[0]) {
        mlp_value *power = raised(c, a, plus_number(c, b, -1));
        c->din[0] = called(c, times(c, c->dout, times(c, b, power)), "WhereBackward0");
    }
}

void compose_rpow(mlp_composition *c) {
    const double base = c->call->options.number.real;
    if (base == 0)
        fail_composition(c, "there is no gradient of the gradient of a power of 0 here");
    c->din[0] = times(c, c->dout, times_number(c, c->out[0], log(base)));
}

/* --- limits: the gradient is dy, or 0 --- */

static const mlp_operation clamp_backward = {.name = "clamp_backward",
                                             .gradient_of = &mlp_clamp,
                                             .compose = compose_symmetric,
                                             .reads = {1 << 1},
                                             .grad_fn = "WhereBackward0",
                                             .bound = bound_gradient,
                                             .gradients = 1 << 0,
                                             GRADIENT};

static const mlp_operation clamp_min_backward = {.name = "clamp_min_backward",
                                                 .gradient_of = &mlp_clamp_min,
                                                 .compose = compose_symmetric,
                                                 .reads = {1 << 1},
                                                 .grad_fn = "WhereBackward0",
                                                 .bound = bound_gradient,
                                                 .gradients = 1 << 0,
                                                 GRADIENT};
static const mlp_operation clamp_max_backward = {.name = "clamp_max_backward",
                                                 .gradient_of = &mlp_clamp_max,
                                                 .compose = compose_symmetric,
                                                 .reads = {1 << 1},
                                                 .grad_fn = "WhereBackward0",
                                                 .bound = bound_gradient,
                                                 .gradients = 1 << 0,
                                                 GRADIENT};

void compose_clamp_min(mlp_composition *c) {
    c->din[0] = gradient_step(c, &clamp_min_backward, c->dout, c->in, 1);
}

void compose_clamp_max(mlp_composition *c) {
    c->din[0] = gradient_step(c, &clamp_max_backward, c->dout, c->in, 1);
}

void compose_clamp(mlp_composition *c) {
    c->din[0] = gradient_step(c, &clamp_backward, c->dout, c->in, 1);
}

static const mlp_operation maximum_backward = {.name = "maximum_backward",
                                               .gradient_of = &mlp_maximum,
                                               .compose = compose_symmetric,
                                               .reads = {1 << 1 | 1 << 2},
                                               .grad_fn = "MaskedFillBackward0",
                                               .bound = bound_gradient,
                                               .gradients = 1 << 0,
                                               GRADIENT};
static const mlp_operation minimum_backward = {.name = "minimum_backward",
                                               .gradient_of = &mlp_minimum,
                                               .compose = compose_symmetric,
                                               .reads = {1 << 1 | 1 << 2},
                                               .grad_fn = "MaskedFillBackward0",
                                               .bound = bound_gradient,
                                               .gradients = 1 << 0,
                                               GRADIENT};

/* The gradient of b is that of a with both in each other's place. */
static void compose_larger(mlp_composition *c, const mlp_operation *operation) {
    mlp_value *const swapped[] = {c->in[1], c->in[0]};
    if (c->wanted[1])
        c->din[1] = gradient_step(c, operation, c->dout, swapped, 2);
    if (c->wanted[0])
        c->din[0] = gradient_step(c, operation, c->dout, c->in, 2);
}

void compose_maximum(mlp_composition *c) {
    compose_larger(c, &maximum_backward);
}

void compose_minimum(mlp_composition *c) {
    compose_larger(c, &minimum_backward);
}
