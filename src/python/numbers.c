/* Arithmetic on bools, whole numbers and floats, with Python's results and its errors. */
#include "arithmetic.h"
#include "large.h"
#include "off.h"

#include <math.h>

int64_t number_integer(const object *v) {
    return v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer;
}

uint64_t number_magnitude(const object *v) {
    const int64_t i = number_integer(v);
    return i < 0 ? -(uint64_t)i : (uint64_t)i;
}

static _Noreturn void fail_zero(script *s, mlp_span where, const char *message) {
    script_fail(script_raises(s, ZERO_DIVISION_ERROR, "%s", message), where,
                "ZeroDivisionError: division by zero");
}

/* --- whole numbers: false where 64 bits do not hold the result --- */

static bool add(int64_t a, int64_t b, int64_t *sum) {
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return false;
    *sum = a + b;
    return true;
}

static bool subtract(int64_t a, int64_t b, int64_t *difference) {
    if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
        return false;
    *difference = a - b;
    return true;
}

static bool multiply(int64_t a, int64_t b, int64_t *product) {
    bool fits = true;
    if (a > 0)
        fits = b > 0 ? a <= INT64_MAX / b : b >= INT64_MIN / a;
    else if (a < 0)
        fits = b > 0 ? a >= INT64_MIN / b : b == 0 || b >= INT64_MAX / a;
    if (fits)
        *product = a * b;
    return fits;
}

/* Rounded down, as // does; b is not 0. */
static bool floor_divide(int64_t a, int64_t b, int64_t *quotient) {
    if (b == -1)
        return subtract(0, a, quotient);
    *quotient = a / b - (a % b != 0 && (a < 0) != (b < 0));
    return true;
}

/* Has the sign of b, which is not 0. */
static int64_t modulo(int64_t a, int64_t b) {
    if (b == -1)
        return 0;
    const int64_t rest = a % b;
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static bool power(int64_t base, int64_t exponent, int64_t *result) {
    bool fits = true;
    *result = 1;
    for (; fits && exponent > 0; exponent /= 2) {
        if (exponent % 2)
            fits = multiply(*result, base, result);
        if (fits && exponent > 1)
            fits = multiply(base, base, &base);
    }
    return fits;
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

static int64_t bits(operator op, int64_t a, int64_t b) {
    return op == OPERATOR_AND ? a & b : op == OPERATOR_OR ? a | b : a ^ b;
}

/* a << b and a >> b, rounded down; false, too, where b is no number of bits that there are. */
static bool shift(operator op, int64_t a, int64_t b, int64_t *result) {
    if (b < 0 || b > 62)
        return false;
    const int64_t unit = (int64_t)1 << b;
    return op == OPERATOR_LSHIFT ? multiply(a, unit, result) : floor_divide(a, unit, result);
}

/* False where 64 bits do not hold the result, or there is none. */
static bool fits(operator op, int64_t a, int64_t b, int64_t *result) {
    switch (op) {
    case OPERATOR_LSHIFT:
    case OPERATOR_RSHIFT:
        return shift(op, a, b, result);
    case OPERATOR_AND:
    case OPERATOR_OR:
    case OPERATOR_XOR:
        *result = bits(op, a, b);
        return true;
    case OPERATOR_ADD:
        return add(a, b, result);
    case OPERATOR_SUB:
        return subtract(a, b, result);
    case OPERATOR_MUL:
        return multiply(a, b, result);
    case OPERATOR_FLOORDIV:
        return b != 0 && floor_divide(a, b, result);
    case OPERATOR_MOD:
        if (b != 0)
            *result = modulo(a, b);
        return b != 0;
    default: /* ** */
        return power(a, b, result);
    }
}

static bool is_negative(const object *o) {
    return o->kind == OBJECT_LARGE ? o->as.large.negative : number_integer(o) < 0;
}

/* Both are exact as floats up to 2^53, and then so is the rounding of their quotient. */
static double divide(script *s, const object *a, const object *b, mlp_span where) {
    const int64_t most = (int64_t)1 << 53;
    const bool are_large = a->kind == OBJECT_LARGE || b->kind == OBJECT_LARGE;
    const int64_t x = are_large ? 0 : number_integer(a), y = are_large ? 0 : number_integer(b);
    if (y == 0 || x > most || x < -most || y > most || y < -most)
        return whole_quotient(s, a, b, where);
    return (double)x / (double)y;
}

static object *integer_binary(script *s, operator op, const object *a, const object *b,
                              mlp_span where) {
    int64_t result;
    if (op == OPERATOR_TRUEDIV)
        return object_float(s, divide(s, a, b, where));
    if (op == OPERATOR_POW && is_negative(b))
        return object_float(
            s, float_power(s, whole_to_float(s, a, where), whole_to_float(s, b, where), where));
    if (a->kind != OBJECT_LARGE && b->kind != OBJECT_LARGE &&
        fits(op, number_integer(a), number_integer(b), &result))
        return object_integer(s, result);
    return whole_binary(s, op, a, b, where);
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

/* Of an operand beside a float. */
static estimate as_float(script *s, const object *o, mlp_span where) {
    return o->kind == OBJECT_LARGE ? (estimate){whole_to_float(s, o, where), 0}
                                   : object_estimate(o);
}

object *number_binary(script *s, operator op, const object *a, const object *b, mlp_span where) {
    if (a->kind == OBJECT_BOOL && b->kind == OBJECT_BOOL && operator_is_of_bits(op))
        return object_bool(s, bits(op, a->as.boolean, b->as.boolean) != 0);
    if (a->kind == OBJECT_FLOAT || b->kind == OBJECT_FLOAT)
        return estimate_binary(s, op, as_float(s, a, where), as_float(s, b, where), where);
    return integer_binary(s, op, a, b, where);
}

object *number_negative(script *s, const object *v) {
    if (v->kind == OBJECT_FLOAT)
        return object_estimated(s, (estimate){-v->as.number, v->as.off});
    if (v->kind == OBJECT_LARGE || number_integer(v) == INT64_MIN)
        return whole_negative(s, v);
    return object_integer(s, -number_integer(v));
}
