/* Numbers from other values: int(), float() and round(). */
#include "arithmetic.h"
#include "builtins.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char spaces[] = " \t\n\r\f\v";

/* The one element of a Tensor. */
static const mlp_tensor *one_element(script *s, const object *v, const char *name) {
    const mlp_tensor *t = &v->as.tensor->value->tensor;
    if (t->numel != 1)
        script_fail(s, s->here, "%s() takes a Tensor of one element, but this one has %zu", name,
                    t->numel);
    return t;
}

double python_float(script *s, const object *v, const char *name) {
    if (v->kind == OBJECT_TENSOR)
        return mlp_tensor_get(one_element(s, v, name), 0);
    if (!object_is_number(v))
        script_fail(s, s->here, "%s() takes a number, not a value of type %s", name,
                    object_type(v));
    return object_as_number(v);
}

static int64_t whole(script *s, double number) {
    if (isnan(number))
        script_fail(s, s->here, "ValueError: nan is no whole number");
    if (isinf(number))
        script_fail(s, s->here, "OverflowError: infinity is no whole number");
    if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0))
        script_fail(s, s->here,
                    "%g needs more than 64 bits as a whole number, which is not "
                    "supported: keep the float",
                    number);
    return (int64_t)number;
}

/* What stands between the spaces around it, if strtoll or strtod read all of it. */
static bool ends_well(const char *start, const char *end) {
    return end > start && end[strspn(end, spaces)] == '\0';
}

static int64_t integer_of(script *s, const char *text) {
    char *end;
    errno = 0;
    const long long integer = strtoll(text, &end, 10);
    if (!ends_well(text, end))
        script_fail(s, s->here, "ValueError: '%s' is no whole number", text);
    if (errno)
        script_fail(s, s->here, "whole numbers beyond 64 bits are not supported");
    return integer;
}

object *python_int(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *v = arguments[0];
    if (v->kind == OBJECT_UNSIGNED)
        return arguments[0];
    if (v->kind == OBJECT_STRING)
        return object_integer(s, integer_of(s, v->as.string));
    if (v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL)
        return object_integer(s, number_integer(v));
    if (v->kind == OBJECT_TENSOR && !mlp_dtype_is_floating(v->as.tensor->value->tensor.dtype))
        return object_integer(s, mlp_tensor_get_int(one_element(s, v, "int"), 0));
    return object_integer(s, whole(s, trunc(python_float(s, v, "int"))));
}

/* C also reads hexadecimal numbers and nan(...), which Python does not. */
static double float_of(script *s, const char *text) {
    char *end;
    const double number = strtod(text, &end);
    if (!ends_well(text, end) || strpbrk(text, "xX("))
        script_fail(s, s->here, "ValueError: '%s' is no number", text);
    return number;
}

object *python_to_float(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *v = arguments[0];
    if (v->kind == OBJECT_UNSIGNED)
        return object_float(s, (double)(uint64_t)v->as.integer);
    return object_float(s, v->kind == OBJECT_STRING ? float_of(s, v->as.string)
                                                    : python_float(s, v, "float"));
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

object *python_round(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *v = arguments[0], *digits = arguments[1];
    if (!object_is_number(v))
        script_fail(s, s->here, "round() takes a number, not a value of type %s", object_type(v));
    if (digits->kind != OBJECT_NONE && digits->as.integer < 0)
        script_fail(s, s->here, "round() to tens or hundreds is outside the subset: divide first");
    if (v->kind != OBJECT_FLOAT)
        return object_integer(s, number_integer(v));
    if (digits->kind == OBJECT_NONE)
        return object_integer(s, whole(s, nearbyint(v->as.number)));
    return object_float(s, round_to(v->as.number, digits->as.integer));
}
