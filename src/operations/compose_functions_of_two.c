/* Gradients of functions of two and three elements, composed. */
#include "composition.h"

static mlp_value *number_less(mlp_composition *c, mlp_value *a, double number) {
    return applied_with(c, &mlp_rsub, &(mlp_options){.number = mlp_real(number)}, a, NULL);
}

/* dy where the mask is false, 0 elsewhere. */
static mlp_value *masked(mlp_composition *c, mlp_value *mask) {
    return applied_with(c, &mlp_masked_fill, &(mlp_options){.number = mlp_real(0)}, c->dout, mask);
}

void compose_atan2(mlp_composition *c) {
    mlp_value *a = operand(c, 0), *b = operand(c, 1);
    mlp_value *b2 = times(c, b, b), *a2 = times(c, a, a);
    mlp_value *factor = applied(c, &mlp_reciprocal, plus(c, a2, b2), NULL);
    if (c->wanted[0])
        c->din[0] = times(c, times(c, c->dout, b), factor);
    if (c->wanted[1])
        c->din[1] = times(c, times(c, c->dout, negated(c, a)), factor);
}

void compose_hypot(mlp_composition *c) {
    for (size_t i = 2; i-- > 0;)
        if (c->wanted[i])
            c->din[i] = over(c, times(c, c->dout, operand(c, i)), c->out[0]);
}

/* Of the divisor: -dy times the quotient that was rounded. */
static void compose_rest(mlp_composition *c, const mlp_operation *quotient) {
    c->din[0] = c->dout;
    if (c->wanted[1]) {
        mlp_value *whole = applied(c, quotient, c->in[0], c->in[1]);
        c->din[1] = times(c, negated(c, c->dout), whole);
    }
}

void compose_remainder(mlp_composition *c) {
    compose_rest(c, &mlp_div_floor);
}

void compose_fmod(mlp_composition *c) {
    compose_rest(c, &mlp_div_trunc);
}

void compose_divided_whole(mlp_composition *c) {
    for (size_t i = 0; i < 2; i++)
        if (c->wanted[i])
            c->din[i] = c->filled(c, c->in[i], 0);
}

/* dy / (1 + exp(other - one)) */
static mlp_value *share(mlp_composition *c, mlp_value *one, mlp_value *other) {
    mlp_value *odds = applied(c, &mlp_exp, minus(c, other, one), NULL);
    return over(c, c->dout, plus_number(c, odds, 1));
}

void compose_logaddexp(mlp_composition *c) {
    if (c->wanted[1])
        c->din[1] = share(c, c->in[1], c->in[0]);
    if (c->wanted[0])
        c->din[0] = share(c, c->in[0], c->in[1]);
}

void compose_copysign(mlp_composition *c) {
    const mlp_options zero = {.number = mlp_real(0)};
    if (c->wanted[1])
        c->din[1] = c->filled(c, c->in[1], 0);
    if (c->wanted[0]) {
        mlp_value *none = applied_with(c, &mlp_eq, &zero, c->in[0], NULL);
        mlp_value *sign = over(c, c->out[0], c->in[0]);
        sign = applied_with(c, &mlp_masked_fill, &zero, sign, none);
        c->din[0] = times(c, c->dout, sign);
    }
}

/* To a where `wins` says so, or where b is nan; else to b. */
static void compose_chosen(mlp_composition *c, const mlp_operation *wins) {
    mlp_value *gap = applied(c, &mlp_isnan, c->in[1], NULL);
    mlp_value *of_a = applied(c, &mlp_bitwise_or, applied(c, wins, c->in[0], c->in[1]), gap);
    if (c->wanted[1])
        c->din[1] = masked(c, of_a);
    if (c->wanted[0]) {
        mlp_value *rest =
            applied_with(c, &mlp_bitwise_xor, &(mlp_options){.number = mlp_integer(1)}, of_a, NULL);
        c->din[0] = masked(c, rest);
    }
}

void compose_fmax(mlp_composition *c) {
    compose_chosen(c, &mlp_ge);
}

void compose_fmin(mlp_composition *c) {
    compose_chosen(c, &mlp_le);
}

/* --- of three --- */

void compose_addcmul(mlp_composition *c) {
    const double value = c->call->options.value;
    c->din[0] = c->dout;
    if (c->wanted[1])
        c->din[1] = times(c, c->dout, times_number(c, operand(c, 2), value));
    if (c->wanted[2])
        c->din[2] = times(c, c->dout, times_number(c, operand(c, 1), value));
}

void compose_addcdiv(mlp_composition *c) {
    const double value = c->call->options.value;
    mlp_value *b = operand(c, 1), *divisor = operand(c, 2);
    c->din[0] = c->dout;
    if (c->wanted[1]) {
        mlp_value *slope = over(c, c->filled(c, divisor, value), divisor);
        c->din[1] = times(c, c->dout, slope);
    }
    if (c->wanted[2]) {
        mlp_value *square = times(c, divisor, divisor);
        mlp_value *slope = over(c, times_number(c, b, value), square);
        c->din[2] = times(c, negated(c, c->dout), slope);
    }
}

void compose_lerp(mlp_composition *c) {
    mlp_value *weight = operand(c, 2);
    const double number = c->call->options.number.real;
    if (c->wanted[1])
        c->din[1] = weight ? times(c, c->dout, weight) : times_number(c, c->dout, number);
    if (c->wanted[0])
        c->din[0] = weight ? times(c, c->dout, number_less(c, weight, 1))
                           : times_number(c, c->dout, 1 - number);
    if (weight && c->wanted[2])
        c->din[2] = times(c, c->dout, minus(c, operand(c, 1), operand(c, 0)));
}

/* --- clamp --- */

/* dy where both are true, 0 elsewhere; the second may be absent. */
static mlp_value *where_both(mlp_composition *c, mlp_value *a, mlp_value *b) {
    const mlp_options not = {.number = mlp_integer(1)};
    mlp_value *both = b ? applied(c, &mlp_bitwise_and, a, b) : a;
    return masked(c, applied_with(c, &mlp_bitwise_xor, &not, both, NULL));
}

/* Whether the input is beyond the limit k, or not. */
static mlp_value *side(mlp_composition *c, const mlp_operation *compares, size_t k) {
    return c->in[k] ? applied(c, compares, c->in[0], c->in[k]) : NULL;
}

void compose_clamp_between(mlp_composition *c) {
    mlp_value *min = c->in[1], *max = c->in[2];
    if (c->wanted[0]) {
        mlp_value *above = side(c, &mlp_ge, 1), *below = side(c, &mlp_le, 2);
        c->din[0] = where_both(c, above ? above : below, above ? below : NULL);
    }
    if (c->wanted[1])
        c->din[1] = where_both(c, side(c, &mlp_lt, 1), max ? applied(c, &mlp_lt, min, max) : NULL);
    if (c->wanted[2]) {
        mlp_value *beyond = side(c, &mlp_gt, 2);
        if (min)
            beyond = applied(c, &mlp_bitwise_or, beyond, applied(c, &mlp_lt, max, min));
        c->din[2] = where_both(c, beyond, NULL);
    }
}
