/* The methods of float. */
#include "builtins.h"
#include "large.h"
#include "native.h"
#include "run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FRACTION_BITS = 52,
    FRACTION_DIGITS = 13, /* hexadecimal */
    LEAST_EXPONENT = -1022,
    MOST_HEX = 64 /* characters of a text that fromhex() takes */
};

/* Another build may have computed another one, and then the text is another. */
static double exactly(call *c) {
    const estimate e = object_estimate(c->self);
    if (e.off > 0)
        script_doubt(c->script);
    return e.number;
}

static object *hex(call *c) {
    const double number = exactly(c);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    const char *sign = bits >> 63 ? "-" : "";
    if (!isfinite(number))
        return object_string(c->script, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
    if (number == 0)
        return object_string(c->script, script_printf(c->script, "%s0x0.0p+0", sign));
    const uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    const int biased = (int)(bits >> FRACTION_BITS & 0x7FF);
    const int exponent = biased ? biased - 1023 : LEAST_EXPONENT;
    return object_string(c->script,
                         script_printf(c->script, "%s0x%d.%0*llxp%+d", sign, biased > 0,
                                       FRACTION_DIGITS, (unsigned long long)fraction, exponent));
}

/* Whether strtod reads a number as Python does, with 0x in front. */
static bool is_hexadecimal(const char *text) {
    text += *text == '-' || *text == '+';
    const bool has_prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = has_prefix ? text + 2 : text;
    const size_t whole = strspn(digits, "0123456789abcdefABCDEF");
    const char *at = digits + whole + (digits[whole] == '.');
    const size_t part = at[-1] == '.' ? strspn(at, "0123456789abcdefABCDEF") : 0;
    at += part;
    if (*at == 'p' || *at == 'P') {
        at++;
        at += *at == '-' || *at == '+';
        const size_t exponent = strspn(at, "0123456789");
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return whole + part > 0 && !*at;
}

static object *from_hex(call *c) {
    const char *given = c->arguments[0]->as.string + strspn(c->arguments[0]->as.string, " \t\n");
    char *text = script_copy(c->script, given, strlen(given));
    for (size_t n = strlen(text); n && strchr(" \t\n", text[n - 1]);)
        text[--n] = '\0';
    const bool is_negative = *text == '-';
    const char *digits = text + (*text == '-' || *text == '+');
    if (strcmp(digits, "inf") == 0 || strcmp(digits, "nan") == 0)
        return object_float(c->script, *digits == 'n' ? (double)NAN
                                       : is_negative  ? -(double)INFINITY
                                                      : (double)INFINITY);
    if (strlen(text) > MOST_HEX || !is_hexadecimal(text))
        call_fail(call_raises(c, VALUE_ERROR, "invalid hexadecimal floating-point string"),
                  "fromhex() takes a number as float.hex() writes it");
    const bool has_prefix = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    const double number =
        strtod(has_prefix ? digits : script_printf(c->script, "0x%s", digits), NULL);
    if (isinf(number))
        call_fail(
            call_raises(c, OVERFLOW_ERROR, "hexadecimal value too large to represent as a float"),
            "the hexadecimal number is too large for a float");
    return object_float(c->script, is_negative ? -number : number);
}

static object *is_integer(call *c) {
    const double number = c->self->as.number;
    if (off_splits(floor, object_estimate(c->self)))
        script_doubt(c->script);
    return object_bool(c->script, isfinite(number) && floor(number) == number);
}

/* As two whole numbers, the second a power of two. */
static object *as_integer_ratio(call *c) {
    const double number = exactly(c);
    int exponent;
    double part = frexp(number, &exponent);
    if (!isfinite(number))
        call_fail(call_raises(c, isnan(number) ? VALUE_ERROR : OVERFLOW_ERROR,
                              "cannot convert %s to integer ratio",
                              isnan(number) ? "NaN" : "Infinity"),
                  "nan and inf are no ratio of whole numbers");
    while (floor(part) != part) {
        part *= 2;
        exponent--;
    }
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] =
        whole_of_number(c->script, exponent > 0 ? ldexp(part, exponent) : part);
    pair->as.sequence.items[1] =
        whole_binary(c->script, OPERATOR_LSHIFT, object_integer(c->script, 1),
                     object_integer(c->script, exponent < 0 ? -exponent : 0), c->where);
    return pair;
}

const native native_float_methods[] = {
    {.path = "float.hex", .signature = "", .call = hex},
    {.path = "float.fromhex",
     .signature = "string: str, /",
     .call = from_hex,
     .is_class_method = true},
    {.path = "float.is_integer", .signature = "", .call = is_integer},
    {.path = "float.as_integer_ratio", .signature = "", .call = as_integer_ratio},
    {0}};
