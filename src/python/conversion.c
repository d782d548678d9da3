/* Numbers from other values: int(), float() and round(). */
#include "arithmetic.h"
#include "builtins.h"
#include "format.h"
#include "large.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char spaces[] = " \t\n\r\f\v";

/* A number as it is, or that of an object which is one. */
static const object *number_of(call *c, const object *v, const char *name) {
    const object *own = special_number(c, v, strcmp(name, "int") == 0 ? "__int__" : "__float__");
    if (own)
        return own;
    return v->type && v->type->number ? v->type->number(c, v, name) : v;
}

static call *raises_no_number(call *c, const char *name, const object *v) {
    const char *type = object_class_name(v);
    if (strcmp(name, "int") == 0)
        return call_raises(c, TYPE_ERROR,
                           "int() argument must be a string, a bytes-like object or a real number, "
                           "not '%s'",
                           type);
    if (strcmp(name, "float") == 0)
        return call_raises(c, TYPE_ERROR,
                           "float() argument must be a string or a real number, not '%s'", type);
    return call_raises(c, TYPE_ERROR, "must be real number, not %s", type);
}

estimate python_float(call *c, const object *given, const char *name) {
    const object *v = number_of(c, given, name);
    if (v->kind == OBJECT_LARGE)
        return (estimate){whole_to_float(c->script, v, c->where), 0};
    if (!object_is_number(v))
        call_fail(raises_no_number(c, name, v), "%s() takes a number, not a value of type %s", name,
                  object_type(v));
    return object_estimate(v);
}

double python_whole(call *c, double (*whole)(double), estimate v) {
    if (off_splits(whole, v))
        script_doubt(c->script);
    return whole(v.number);
}

object *python_whole_number(call *c, double number) {
    if (isnan(number))
        call_fail(call_raises(c, VALUE_ERROR, "cannot convert float NaN to integer"),
                  "ValueError: nan is no whole number");
    if (isinf(number))
        call_fail(call_raises(c, OVERFLOW_ERROR, "cannot convert float infinity to integer"),
                  "OverflowError: infinity is no whole number");
    if (number >= -9223372036854775808.0 && number < 9223372036854775808.0)
        return object_integer(c->script, (int64_t)number);
    return whole_of_number(c->script, number);
}

/* Whether the text was made of a number that may be off, the text does not say. */
static void doubt_text(call *c) {
    if (c->script->has_open_text)
        script_doubt(c->script);
}

/* What stands between the spaces around it, if strtoll or strtod read all of it. */
static bool ends_well(const char *start, const char *end) {
    return end > start && end[strspn(end, spaces)] == '\0';
}

static bool is_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Without spaces before, and without an underscore between digits. */
static char *plain_digits(call *c, const char *text) {
    text += strspn(text, spaces);
    char *plain = script_copy(c->script, text, strlen(text)), *to = plain;
    for (const char *from = text; *from; from++)
        if (*from != '_' || from == text || !is_digit(from[-1]) || !is_digit(from[1]))
            *to++ = *from;
    *to = '\0';
    return plain;
}

/* Behind a 0b, 0o or 0x that the base allows. */
static const char *skip_prefix(const char *digits, int64_t *base) {
    static const struct {
        char letter;
        int base;
    } prefixes[] = {{'b', 2}, {'o', 8}, {'x', 16}};
    for (size_t i = 0; digits[0] == '0' && i < sizeof prefixes / sizeof *prefixes; i++)
        if ((digits[1] | 0x20) == prefixes[i].letter && is_digit(digits[2]) &&
            (*base == 0 || *base == prefixes[i].base)) {
            *base = prefixes[i].base;
            return digits + 2;
        }
    return digits;
}

/* The number of the text to the base; NULL where it is none. */
static object *read_integer(call *c, char *text, int64_t base) {
    const bool is_negative = text[0] == '-';
    const bool is_free = base == 0;
    const char *first = text + (is_negative || text[0] == '+');
    char *digits = (char *)skip_prefix(first, &base), *end;
    const bool has_zeros = digits == first && first[0] == '0' && is_digit(first[1]);
    if (!is_digit(digits[0]) || (base == 16 && (digits[1] | 0x20) == 'x'))
        return NULL;
    errno = 0;
    const long long size = strtoll(digits, &end, base ? (int)base : 10);
    if (!ends_well(digits, end) || (is_free && has_zeros && size))
        return NULL;
    *end = '\0';
    object *o = errno ? whole_of_digits(c->script, c->where, digits, base ? (unsigned)base : 10)
                      : object_integer(c->script, size);
    return is_negative ? whole_negative(c->script, o) : o;
}

static object *integer_of(call *c, const char *text, int64_t base) {
    object *integer = read_integer(c, plain_digits(c, text), base);
    if (!integer)
        call_fail(call_raises(c, VALUE_ERROR, "invalid literal for int() with base %d: %s",
                              (int)base, format_repr(c, object_string(c->script, text))),
                  "ValueError: '%s' is no whole number%s", text,
                  base == 10 ? "" : script_printf(c->script, " to the base %d", (int)base));
    doubt_text(c);
    return integer;
}

/* int(text, base) */
static object *integer_to_base(call *c) {
    const object *text = c->arguments[0];
    const int64_t base = number_integer(c->arguments[1]);
    if (text->kind != OBJECT_STRING)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "int() can't convert non-string with explicit base");
    if (base != 0 && (base < 2 || base > 36))
        script_raise(c->script, c->where, VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0");
    return integer_of(c, text->as.string, base);
}

object *python_int(call *c) {
    if (c->arguments[1])
        return integer_to_base(c);
    const object *v = number_of(c, c->arguments[0], "int");
    if (v->kind == OBJECT_LARGE)
        return object_large(c->script, v->as.large);
    if (v->kind == OBJECT_STRING)
        return integer_of(c, v->as.string, 10);
    if (v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL)
        return object_integer(c->script, number_integer(v));
    return python_whole_number(c, python_whole(c, trunc, python_float(c, v, "int")));
}

/* C also reads hexadecimal numbers and nan(...), which Python does not. What a script writes as
 * float('inf') is not the text of what it computed. */
static double float_of(call *c, const char *text) {
    char *digits = plain_digits(c, text), *end;
    const double number = strtod(digits, &end);
    if (!ends_well(digits, end) || strpbrk(digits, "xX("))
        call_fail(call_raises(c, VALUE_ERROR, "could not convert string to float: %s",
                              format_repr(c, object_string(c->script, text))),
                  "ValueError: '%s' is no number", text);
    if (isfinite(number))
        doubt_text(c);
    return number;
}

object *python_to_float(call *c) {
    const object *v = c->arguments[0];
    if (v->kind == OBJECT_STRING)
        return object_float(c->script, float_of(c, v->as.string));
    return object_estimated(c->script, python_float(c, v, "float"));
}

/* --- round --- */

enum {
    MOST_DIGITS = 323, /* no float has another digit behind */
    DBL_TEXT = 1 + 309 + 1 + MOST_DIGITS + 1
};

/* printf rounds the exact value to the nearest decimal, as Python does. */
static double round_to(double number, int64_t digits) {
    char text[DBL_TEXT];
    if (digits > MOST_DIGITS || !isfinite(number))
        return number;
    snprintf(text, sizeof text, "%.*f", (int)digits, number);
    return strtod(text, NULL);
}

/* The number as text in the form d.ddde+xx; returns the xx. */
static int exponent_of(double number) {
    char text[32];
    snprintf(text, sizeof text, "%.17e", number);
    return atoi(strchr(text, 'e') + 1);
}

/* To tens, hundreds and so on. */
static double round_to_tens(double number, int64_t tens) {
    char text[64];
    const int64_t digits = isfinite(number) && number != 0 ? exponent_of(number) - tens : 0;
    if (!isfinite(number) || number == 0 || digits > 16)
        return number;
    if (digits < -1)
        return number < 0 ? -0.0 : 0;
    if (digits == -1) { /* nothing, or one */
        snprintf(text, sizeof text, "5e%d", (int)tens - 1);
        const bool is_more = fabs(number) > strtod(text, NULL);
        snprintf(text, sizeof text, "%se%d", is_more ? "1" : "0", (int)tens);
        return copysign(strtod(text, NULL), number);
    }
    snprintf(text, sizeof text, "%.*e", (int)digits, number);
    return strtod(text, NULL);
}

static double rounded(double number, int64_t digits) {
    return digits < 0 ? round_to_tens(number, digits < -400 ? 400 : -digits)
                      : round_to(number, digits);
}

static object *of_two(call *c, operator op, const object *a, const object *b) {
    return whole_binary(c->script, op, a, b, c->where);
}

/* The nearest multiple of 10 to the power of tens, the even one of two. */
static object *round_whole(call *c, const object *v, int64_t tens) {
    script *s = c->script;
    whole_room room;
    if ((size_t)tens > whole_bits(whole_digits(v, room)))
        return object_integer(s, 0);
    object *two = object_integer(s, 2);
    object *unit = of_two(c, OPERATOR_POW, object_integer(s, 10), object_integer(s, tens));
    object *times = of_two(c, OPERATOR_FLOORDIV, v, unit);
    object *rest = of_two(c, OPERATOR_MOD, v, unit);
    object *doubled = of_two(c, OPERATOR_MUL, rest, two);
    const bool is_odd = number_integer(of_two(c, OPERATOR_MOD, times, two)) == 1;
    if (number_compares(s, is_odd ? OPERATOR_GE : OPERATOR_GT, doubled, unit))
        times = of_two(c, OPERATOR_ADD, times, object_integer(s, 1));
    return of_two(c, OPERATOR_MUL, times, unit);
}

/* What the class of the script says, or the type of a library; NULL where none does. */
static object *round_special(call *c, object *v, object *digits) {
    object *own = v->kind != OBJECT_EXTENSION
                      ? NULL
                      : native_member(c->script, v->type->name, "__round__", v);
    return own ? call_positional(c, own, &digits, 1)
               : special_call(c, v, "__round__", &digits, digits->kind != OBJECT_NONE);
}

object *python_round(call *c) {
    object *digits = c->arguments[1];
    object *v = c->arguments[0];
    object *own = round_special(c, v, digits);
    if (own)
        return own;
    if (!object_is_real(v))
        call_fail(call_raises(c, TYPE_ERROR, "type %s doesn't define __round__ method",
                              object_class_name(v)),
                  "round() takes a number, not a value of type %s", object_type(v));
    const int64_t n = digits->kind == OBJECT_NONE ? 0 : digits->as.integer;
    if (v->kind != OBJECT_FLOAT)
        return round_whole(c, v, n < 0 ? -n : 0);
    const estimate e = object_estimate(v);
    if (digits->kind == OBJECT_NONE)
        return python_whole_number(c, python_whole(c, nearbyint, e));
    return object_estimated(c->script,
                            off_between(e, rounded(e.number, n), rounded(e.number - e.off, n),
                                        rounded(e.number + e.off, n)));
}
