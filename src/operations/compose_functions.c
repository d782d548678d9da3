/* Gradients of functions of one element, composed. */
#include "composition.h"

#include <math.h>

void compose_reciprocal(mlp_composition *c) {
    mlp_value *square = times(c, c->out[0], c->out[0]);
    c->din[0] = times(c, negated(c, c->dout), square);
}

void compose_exp(mlp_composition *c) {
    c->din[0] = times(c, c->dout, c->out[0]);
}

void compose_log(mlp_composition *c) {
    c->din[0] = over(c, c->dout, c->in[0]);
}

void compose_sqrt(mlp_composition *c) {
    c->din[0] = over(c, c->dout, times_number(c, c->out[0], 2));
}

void compose_abs(mlp_composition *c) {
    c->din[0] = times(c, c->dout, applied(c, &mlp_sign, c->in[0], NULL));
}

void compose_sin(mlp_composition *c) {
    c->din[0] = times(c, c->dout, applied(c, &mlp_cos, c->in[0], NULL));
}

void compose_cos(mlp_composition *c) {
    c->din[0] = times(c, c->dout, negated(c, applied(c, &mlp_sin, c->in[0], NULL)));
}

void compose_log1p(mlp_composition *c) {
    c->din[0] = over(c, c->dout, plus_number(c, c->in[0], 1));
}

void compose_log10(mlp_composition *c) {
    c->din[0] = over(c, c->dout, times_number(c, c->in[0], 2.3025850929940456));
}

void compose_log2(mlp_composition *c) {
    c->din[0] = over(c, c->dout, times_number(c, c->in[0], 0.6931471805599453));
}

void compose_expm1(mlp_composition *c) {
    c->din[0] = times(c, c->dout, plus_number(c, c->out[0], 1));
}

/* 2 / sqrt(pi) exp(-x^2) dy */
void compose_erf(mlp_composition *c) {
    mlp_value *bell = applied(c, &mlp_exp, negated(c, to_power(c, c->in[0], 2)), NULL);
    c->din[0] = times(c, times_number(c, bell, 2 / sqrt(3.14159265358979323846)), c->dout);
}

/* sqrt(pi) / 2 exp(y^2) dy */
void compose_erfinv(mlp_composition *c) {
    mlp_value *y = applied(c, &mlp_erfinv, c->in[0], NULL);
    mlp_value *growth = applied(c, &mlp_exp, to_power(c, y, 2), NULL);
    c->din[0] = times(c, times_number(c, growth, sqrt(3.14159265358979323846) / 2), c->dout);
}

void compose_rsqrt(mlp_composition *c) {
    mlp_value *cube = to_power(c, c->out[0], 3);
    c->din[0] = times(c, times_number(c, c->dout, -0.5), cube);
}

/* --- the circle's and the hyperbola's --- */

void compose_tan(mlp_composition *c) {
    c->din[0] = times(c, c->dout, plus_number(c, to_power(c, c->out[0], 2), 1));
}

/* 1 / sqrt(1 - x^2) */
static mlp_value *slope_of_asin(mlp_composition *c) {
    mlp_value *square = times(c, negated(c, c->in[0]), c->in[0]);
    return applied(c, &mlp_rsqrt, plus_number(c, square, 1), NULL);
}

void compose_asin(mlp_composition *c) {
    c->din[0] = times(c, c->dout, slope_of_asin(c));
}

void compose_acos(mlp_composition *c) {
    c->din[0] = times(c, c->dout, negated(c, slope_of_asin(c)));
}

void compose_atan(mlp_composition *c) {
    c->din[0] = over(c, c->dout, plus_number(c, times(c, c->in[0], c->in[0]), 1));
}

void compose_sinh(mlp_composition *c) {
    c->din[0] = times(c, c->dout, applied(c, &mlp_cosh, c->in[0], NULL));
}

void compose_cosh(mlp_composition *c) {
    c->din[0] = times(c, c->dout, applied(c, &mlp_sinh, c->in[0], NULL));
}

/* dy / sqrt(x^2 + number) */
static void compose_area(mlp_composition *c, mlp_value *square, double number) {
    mlp_value *slope = applied(c, &mlp_rsqrt, plus_number(c, square, number), NULL);
    c->din[0] = times(c, c->dout, slope);
}

void compose_asinh(mlp_composition *c) {
    compose_area(c, to_power(c, c->in[0], 2), 1);
}

void compose_acosh(mlp_composition *c) {
    compose_area(c, times(c, c->in[0], c->in[0]), -1);
}

void compose_atanh(mlp_composition *c) {
    mlp_value *square = to_power(c, c->in[0], 2);
    mlp_value *rest =
        applied_with(c, &mlp_rsub, &(mlp_options){.number = mlp_real(1)}, square, NULL);
    c->din[0] = over(c, times_number(c, c->dout, 1), rest);
}

void compose_exp2(mlp_composition *c) {
    c->din[0] = times_number(c, times(c, c->dout, c->out[0]), 0.693147180559945309417);
}

/* Of steps, whose gradient is 0 everywhere. */
void compose_zeros(mlp_composition *c) {
    c->din[0] = c->filled(c, c->in[0], 0);
}

/* dy where x is finite */
void compose_nan_to_num(mlp_composition *c) {
    mlp_value *finite = applied(c, &mlp_isfinite, c->in[0], NULL);
    if (c->failed)
        return;
    const mlp_options options = {.dtype = c->tensor(c->in[0])->dtype};
    c->din[0] = times(c, c->dout, applied_with(c, &mlp_to, &options, finite, NULL));
}

static void compose_multiple(mlp_composition *c, double number) {
    c->din[0] =
        applied_with(c, &mlp_mul, &(mlp_options){.number = mlp_real(number)}, c->dout, NULL);
}

void compose_deg2rad(mlp_composition *c) {
    compose_multiple(c, 0.017453292519943295769);
}

void compose_rad2deg(mlp_composition *c) {
    compose_multiple(c, 57.295779513082320877);
}

/* Whether x is not below the one and not above the other. */
static mlp_value *within(mlp_composition *c, mlp_value *x, double low, double high) {
    const mlp_options from = {.number = mlp_real(low)}, to = {.number = mlp_real(high)};
    mlp_value *above = applied_with(c, &mlp_ge, &from, x, NULL);
    return applied(c, &mlp_bitwise_and, above, applied_with(c, &mlp_le, &to, x, NULL));
}

/* dy / (x (1 - x)) within the limits, 0 beyond; nan where there are none. */
void compose_logit(mlp_composition *c) {
    const mlp_options *options = &c->call->options;
    const double low = options->has_min ? options->min : 0;
    mlp_value *x = c->in[0], *mask = within(c, x, low, 1 - low);
    mlp_value *rest = applied_with(c, &mlp_rsub, &(mlp_options){.number = mlp_real(1)}, x, NULL);
    mlp_value *slope = over(c, c->dout, times(c, x, called(c, rest, "SubBackward0")));
    mlp_value *const in[MLP_MAX_INPUTS] = {mask, slope,
                                           c->filled(c, x, options->has_min ? 0 : (double)NAN)};
    c->din[0] = c->failed ? NULL : c->compute(c, &mlp_where, &(mlp_options){0}, in);
}
