/* Arithmetic on bools, whole numbers and floats, with Python's results and its errors. Whole
 * numbers have 64 bits here: what would need more is refused. */
#include "arithmetic.h"
#include "off.h"

#include <math.h>

int64_t number_integer(const object *v) {
    return v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer;
}

uint64_t number_magnitude(const object *v) {
    if (v->kind == OBJECT_UNSIGNED)
        return (uint64_t)v->as.integer;
    const int64_t i = number_integer(v);
    return i < 0 ? -(uint64_t)i : (uint64_t)i;
}

static _Noreturn void fail_overflow(script *s, mlp_span where) {
    script_fail(s, where,
                "this whole number needs more than 64 bits, which is not supported: write a float");
}

static _Noreturn void fail_zero(script *s, mlp_span where, const char *message) {
    script_fail(script_raises(s, ZERO_DIVISION_ERROR, "%s", message), where,
                "ZeroDivisionError: division by zero");
}

/* --- whole numbers --- */

static int64_t add(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        fail_overflow(s, where);
    return a + b;
}

static int64_t subtract(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
        fail_overflow(s, where);
    return a - b;
}

static int64_t multiply(script *s, int64_t a, int64_t b, mlp_span where) {
    bool fits = true;
    if (a > 0)
        fits = b > 0 ? a <= INT64_MAX / b : b >= INT64_MIN / a;
    else if (a < 0)
        fits = b > 0 ? a >= INT64_MIN / b : b == 0 || b >= INT64_MAX / a;
    if (!fits)
        fail_overflow(s, where);
    return a * b;
}

/* Rounded down, as // does. */
static int64_t floor_divide(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b == 0)
        fail_zero(s, where, "integer division or modulo by zero");
    if (b == -1)
        return subtract(s, 0, a, where);
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Has the sign of b. */
static int64_t modulo(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b == 0)
        fail_zero(s, where, "integer modulo by zero");
    if (b == -1)
        return 0;
    const int64_t rest = a % b;
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static int64_t power(script *s, int64_t base, int64_t exponent, mlp_span where) {
    int64_t result = 1;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2)
            result = multiply(s, result, base, where);
        if (exponent > 1)
            base = multiply(s, base, base, where);
    }
    return result;
}

/* Both are exact as floats up to 2^53, and then so is the rounding of their quotient. */
static double divide(script *s, int64_t a, int64_t b, mlp_span where) {
    const int64_t most = (int64_t)1 << 53;
    if (b == 0)
        fail_zero(s, where, "division by zero");
    if (a > most || a < -most || b > most || b < -most)
        script_fail(s, where,
                    "whole numbers beyond 2**53 cannot be divided exactly: write float(a) / b, "
                    "whose last digit may differ");
    return (double)a / (double)b;
}

/* --- floats --- */

static double float_modulo(script *s, double a, double b, mlp_span where) {
    if (b == 0)
        fail_zero(s, where, "float modulo");
    const double rest = fmod(a, b);
    if (rest == 0)
        return copysign(0, b);
    return (b < 0) != (rest < 0) ? rest + b : rest;
}

/* The steps are CPython's. */
static double float_floor_divide(script *s, double a, double b, mlp_span where) {
    if (b == 0)
        fail_zero(s, where, "float floor division by zero");
    const double rest = fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0))
        quotient -= 1;
    if (quotient == 0)
        return copysign(0, a / b);
    const double rounded = floor(quotient);
    return quotient - rounded > 0.5 ? rounded + 1 : rounded;
}

/* As C's errno has it. */
static script *raises_out_of_range(script *s) {
    object *all = object_sequence(s, OBJECT_TUPLE, 2);
    all->as.sequence.items[0] = object_integer(s, 34);
    all->as.sequence.items[1] = object_string(s, "Numerical result out of range");
    return script_raises_all(s, OVERFLOW_ERROR, all);
}

static double float_power(script *s, double base, double exponent, mlp_span where) {
    if (base == 0 && exponent < 0)
        script_fail(
            script_raises(s, ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power"),
            where, "ZeroDivisionError: 0.0 cannot be raised to a negative power");
    if (base < 0 && isfinite(base) && isfinite(exponent) && exponent != floor(exponent))
        script_fail(s, where,
                    "a negative number to a fractional power is a complex number, which is not "
                    "supported");
    const double result = pow(base, exponent);
    if (isinf(result) && isfinite(base) && isfinite(exponent))
        script_fail(raises_out_of_range(s), where,
                    "OverflowError: the result of ** is too large for a float");
    return result;
}

/* --- */

/* a << b */
static int64_t shift_left(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b < 0)
        script_fail(script_raises(s, VALUE_ERROR, "negative shift count"), where,
                    "ValueError: negative shift count");
    if (a != 0 && b > 62)
        fail_overflow(s, where);
    return a == 0 ? 0 : multiply(s, a, (int64_t)1 << b, where);
}

/* a >> b, rounded down. */
static int64_t shift_right(script *s, int64_t a, int64_t b, mlp_span where) {
    if (b < 0)
        script_fail(script_raises(s, VALUE_ERROR, "negative shift count"), where,
                    "ValueError: negative shift count");
    return b > 62 ? -(a < 0) : floor_divide(s, a, (int64_t)1 << b, where);
}

static int64_t bits(operator op, int64_t a, int64_t b) {
    return op == OPERATOR_AND ? a & b : op == OPERATOR_OR ? a | b : a ^ b;
}

static object *integer_binary(script *s, operator op, int64_t a, int64_t b, mlp_span where) {
    switch (op) {
    case OPERATOR_LSHIFT:
        return object_integer(s, shift_left(s, a, b, where));
    case OPERATOR_RSHIFT:
        return object_integer(s, shift_right(s, a, b, where));
    case OPERATOR_AND:
    case OPERATOR_OR:
    case OPERATOR_XOR:
        return object_integer(s, bits(op, a, b));
    case OPERATOR_ADD:
        return object_integer(s, add(s, a, b, where));
    case OPERATOR_SUB:
        return object_integer(s, subtract(s, a, b, where));
    case OPERATOR_MUL:
        return object_integer(s, multiply(s, a, b, where));
    case OPERATOR_FLOORDIV:
        return object_integer(s, floor_divide(s, a, b, where));
    case OPERATOR_MOD:
        return object_integer(s, modulo(s, a, b, where));
    case OPERATOR_TRUEDIV:
        return object_float(s, divide(s, a, b, where));
    default: /* ** */
        return b < 0 ? object_float(s, float_power(s, (double)a, (double)b, where))
                     : object_integer(s, power(s, a, b, where));
    }
}

static double float_binary(script *s, operator op, double a, double b, mlp_span where) {
    switch (op) {
    case OPERATOR_ADD:
        return a + b;
    case OPERATOR_SUB:
        return a - b;
    case OPERATOR_MUL:
        return a * b;
    case OPERATOR_FLOORDIV:
        return float_floor_divide(s, a, b, where);
    case OPERATOR_MOD:
        return float_modulo(s, a, b, where);
    case OPERATOR_TRUEDIV:
        if (b == 0)
            fail_zero(s, where, "float division by zero");
        return a / b;
    default: /* ** */
        return float_power(s, a, b, where);
    }
}

static object *estimate_binary(script *s, operator op, estimate a, estimate b, mlp_span where) {
    const double result = float_binary(s, op, a.number, b.number, where);
    return object_estimated(s, off_binary(op, a, b, result));
}

object *number_binary(script *s, operator op, const object *a, const object *b, mlp_span where) {
    if (a->kind == OBJECT_BOOL && b->kind == OBJECT_BOOL && operator_is_of_bits(op))
        return object_bool(s, bits(op, a->as.boolean, b->as.boolean) != 0);
    if (a->kind == OBJECT_FLOAT || b->kind == OBJECT_FLOAT)
        return estimate_binary(s, op, object_estimate(a), object_estimate(b), where);
    return integer_binary(s, op, number_integer(a), number_integer(b), where);
}

object *number_negative(script *s, const object *v, mlp_span where) {
    if (v->kind == OBJECT_FLOAT)
        return object_estimated(s, (estimate){-v->as.number, v->as.off});
    return object_integer(s, subtract(s, 0, number_integer(v), where));
}
