/* The module math: the C library's functions with Python's errors. */
#include "mathematics.h"

#include "arithmetic.h"
#include "builtins.h"
#include "large.h"
#include "special.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *path;
    double (*function)(double);
} functions[] = {
    {"math.sqrt", sqrt},   {"math.exp", exp},     {"math.expm1", expm1}, {"math.log2", log2},
    {"math.log10", log10}, {"math.log1p", log1p}, {"math.sin", sin},     {"math.cos", cos},
    {"math.tan", tan},     {"math.asin", asin},   {"math.acos", acos},   {"math.atan", atan},
    {"math.sinh", sinh},   {"math.cosh", cosh},   {"math.tanh", tanh},   {"math.fabs", fabs},
    {"math.asinh", asinh}, {"math.acosh", acosh}, {"math.atanh", atanh}, {"math.erf", erf},
    {"math.erfc", erfc},   {"math.cbrt", cbrt},   {"math.exp2", exp2}};

/* How far off the result is. Of these functions all but four are monotonic. */
static estimate estimated(double (*function)(double), estimate x, double result) {
    const double low = x.number - x.off, high = x.number + x.off;
    if (function == fabs || function == sin || function == cos)
        return off_between(x, result, result - x.off, result + x.off); /* |f'| <= 1 */
    if (function == tan && !(x.off < 1 && cos(low) * cos(high) > 0))
        return (estimate){result, x.off > 0 ? INFINITY : 0}; /* a pole may lie between */
    if (function == cosh && low < 0 && high > 0)
        return off_between(x, result, 1, cosh(fmax(-low, high)));
    return off_monotonic(function, x, result);
}

static double finish(call *c, double result, double x) {
    if (isnan(result) && !isnan(x))
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    if (isinf(result) && isfinite(x))
        call_fail(call_raises(c, OVERFLOW_ERROR, "math range error"),
                  "OverflowError: math range error");
    return result;
}

/* log(v), log2(v) or log10(v) of a number beyond all floats: that of its first digits and that of
 * the power of two behind them. */
static object *logarithm_of_large(call *c, double (*function)(double), const object *v) {
    int exponent;
    const double part = whole_parted(v->as.large, &exponent);
    return object_float(c->script, function(part) + function(2) * exponent);
}

static bool is_beyond_floats(const object *v) {
    return v->kind == OBJECT_LARGE && !v->as.large.negative && isinf(whole_as_float(v->as.large));
}

static object *math_function(call *c) {
    const char *path = c->native->path;
    if (is_beyond_floats(c->arguments[0]) &&
        (strcmp(path, "math.log2") == 0 || strcmp(path, "math.log10") == 0))
        return logarithm_of_large(c, path[8] == '2' ? log2 : log10, c->arguments[0]);
    const estimate e = python_float(c, c->arguments[0], path);
    const double x = e.number;
    size_t i = 0;
    while (strcmp(functions[i].path, path) != 0)
        i++;
    if (strncmp(path, "math.log", 8) == 0 && x == (strcmp(path, "math.log1p") == 0 ? -1 : 0))
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    if (functions[i].function == atanh && fabs(x) == 1)
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    const double result = finish(c, functions[i].function(x), x);
    return object_estimated(c->script, estimated(functions[i].function, e, result));
}

static estimate logarithm(call *c, const object *v) {
    if (is_beyond_floats(v))
        return object_estimate(logarithm_of_large(c, log, v));
    const estimate x = python_float(c, v, "math.log");
    if (x.number <= 0)
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    return off_monotonic(log, x, log(x.number));
}

static object *math_log(call *c) {
    const estimate result = logarithm(c, c->arguments[0]);
    if (c->arguments[1]->kind == OBJECT_NONE)
        return object_estimated(c->script, result);
    const estimate base = logarithm(c, c->arguments[1]);
    if (base.number == 0)
        call_fail(call_raises(c, ZERO_DIVISION_ERROR, "float division by zero"),
                  "ZeroDivisionError: a logarithm to the base 1");
    return object_estimated(
        c->script, off_binary(OPERATOR_TRUEDIV, result, base, result.number / base.number));
}

static object *math_pow(call *c) {
    const estimate a = python_float(c, c->arguments[0], "math.pow");
    const estimate b = python_float(c, c->arguments[1], "math.pow");
    const double x = a.number, y = b.number;
    if (x == 0 && y < 0 && isfinite(y))
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    const double result = isfinite(y) ? finish(c, pow(x, y), x) : pow(x, y);
    return object_estimated(c->script, off_binary(OPERATOR_POW, a, b, result));
}

object *math_whole(call *c, double (*whole)(double), const char *special, const char *name) {
    object *own = special_call(c, c->arguments[0], special, NULL, 0);
    if (own || c->arguments[0]->kind == OBJECT_INTEGER || c->arguments[0]->kind == OBJECT_LARGE)
        return own ? own : c->arguments[0];
    const estimate x = python_float(c, c->arguments[0], name);
    return python_whole_number(c, python_whole(c, whole, x));
}

static object *math_floor(call *c) {
    return math_whole(c, floor, "__floor__", "math.floor");
}

static object *math_ceil(call *c) {
    return math_whole(c, ceil, "__ceil__", "math.ceil");
}

static object *math_factorial(call *c) {
    if (c->arguments[0]->as.integer < 0)
        call_fail(call_raises(c, VALUE_ERROR, "factorial() not defined for negative values"),
                  "ValueError: factorial() is not defined for negative values");
    object *product = object_integer(c->script, 1);
    for (int64_t i = 2; i <= c->arguments[0]->as.integer; i++)
        product =
            python_binary(c->script, OPERATOR_MUL, product, object_integer(c->script, i), c->where);
    return product;
}

static object *math_isnan(call *c) {
    return object_bool(c->script, isnan(python_float(c, c->arguments[0], "math.isnan").number));
}

static object *math_isinf(call *c) {
    return object_bool(c->script, isinf(python_float(c, c->arguments[0], "math.isinf").number));
}

static object *math_isfinite(call *c) {
    return object_bool(c->script,
                       isfinite(python_float(c, c->arguments[0], "math.isfinite").number));
}

void add_math_constants(script *s) {
    static const struct {
        const char *path;
        double number;
    } constants[] = {{"math.pi", 3.14159265358979323846},
                     {"math.e", 2.71828182845904523536},
                     {"math.tau", 6.28318530717958647692},
                     {"math.inf", (double)INFINITY},
                     {"math.nan", (double)NAN}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        native_constant(s, constants[i].path, object_float(s, constants[i].number));
}

const native native_math[] = {
    {.path = "math.sqrt", .signature = "x, /", .call = math_function},
    {.path = "math.exp", .signature = "x, /", .call = math_function},
    {.path = "math.expm1", .signature = "x, /", .call = math_function},
    {.path = "math.log2", .signature = "x, /", .call = math_function},
    {.path = "math.log10", .signature = "x, /", .call = math_function},
    {.path = "math.log1p", .signature = "x, /", .call = math_function},
    {.path = "math.sin", .signature = "x, /", .call = math_function},
    {.path = "math.cos", .signature = "x, /", .call = math_function},
    {.path = "math.tan", .signature = "x, /", .call = math_function},
    {.path = "math.asin", .signature = "x, /", .call = math_function},
    {.path = "math.acos", .signature = "x, /", .call = math_function},
    {.path = "math.atan", .signature = "x, /", .call = math_function},
    {.path = "math.sinh", .signature = "x, /", .call = math_function},
    {.path = "math.cosh", .signature = "x, /", .call = math_function},
    {.path = "math.tanh", .signature = "x, /", .call = math_function},
    {.path = "math.fabs", .signature = "x, /", .call = math_function},
    {.path = "math.asinh", .signature = "x, /", .call = math_function},
    {.path = "math.acosh", .signature = "x, /", .call = math_function},
    {.path = "math.atanh", .signature = "x, /", .call = math_function},
    {.path = "math.erf", .signature = "x, /", .call = math_function},
    {.path = "math.erfc", .signature = "x, /", .call = math_function},
    {.path = "math.cbrt", .signature = "x, /", .call = math_function},
    {.path = "math.exp2", .signature = "x, /", .call = math_function},
    {.path = "math.log", .signature = "x, base = None, /", .call = math_log},
    {.path = "math.pow", .signature = "x, y, /", .call = math_pow},
    {.path = "math.floor", .signature = "x, /", .call = math_floor},
    {.path = "math.ceil", .signature = "x, /", .call = math_ceil},
    {.path = "math.factorial", .signature = "x: index, /", .call = math_factorial},
    {.path = "math.isnan", .signature = "x, /", .call = math_isnan},
    {.path = "math.isinf", .signature = "x, /", .call = math_isinf},
    {.path = "math.isfinite", .signature = "x, /", .call = math_isfinite},
    {0}};
