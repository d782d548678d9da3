/* The module math: the C library's functions with Python's errors. */
#include "arithmetic.h"
#include "builtins.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *path;
    double (*function)(double);
} functions[] = {
    {"math.sqrt", sqrt},   {"math.exp", exp},     {"math.expm1", expm1}, {"math.log2", log2},
    {"math.log10", log10}, {"math.log1p", log1p}, {"math.sin", sin},     {"math.cos", cos},
    {"math.tan", tan},     {"math.asin", asin},   {"math.acos", acos},   {"math.atan", atan},
    {"math.sinh", sinh},   {"math.cosh", cosh},   {"math.tanh", tanh},   {"math.fabs", fabs}};

static double finish(script *s, double result, double x) {
    if (isnan(result) && !isnan(x))
        script_fail(s, s->here, "ValueError: math domain error");
    if (isinf(result) && isfinite(x))
        script_fail(s, s->here, "OverflowError: math range error");
    return result;
}

static object *math_function(script *s, const object *callee, object **arguments) {
    const char *path = callee->as.native->path;
    const double x = python_float(s, arguments[0], path);
    size_t i = 0;
    while (strcmp(functions[i].path, path) != 0)
        i++;
    if (strncmp(path, "math.log", 8) == 0 && x == (strcmp(path, "math.log1p") == 0 ? -1 : 0))
        script_fail(s, s->here, "ValueError: math domain error");
    return object_float(s, finish(s, functions[i].function(x), x));
}

static double logarithm(script *s, const object *v) {
    const double x = python_float(s, v, "math.log");
    if (x <= 0)
        script_fail(s, s->here, "ValueError: math domain error");
    return log(x);
}

static object *math_log(script *s, const object *callee, object **arguments) {
    (void)callee;
    const double result = logarithm(s, arguments[0]);
    if (arguments[1]->kind == OBJECT_NONE)
        return object_float(s, result);
    const double base = logarithm(s, arguments[1]);
    if (base == 0)
        script_fail(s, s->here, "ZeroDivisionError: a logarithm to the base 1");
    return object_float(s, result / base);
}

static object *math_pow(script *s, const object *callee, object **arguments) {
    (void)callee;
    const double x = python_float(s, arguments[0], "math.pow");
    const double y = python_float(s, arguments[1], "math.pow");
    if (x == 0 && y < 0 && isfinite(y))
        script_fail(s, s->here, "ValueError: math domain error");
    const double result = pow(x, y);
    return object_float(s, isfinite(y) && !isnan(y) ? finish(s, result, x) : result);
}

static int64_t whole_part(script *s, double x) {
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0))
        script_fail(s, s->here, "%g has no whole part of 64 bits", x);
    return (int64_t)x;
}

static object *math_floor(script *s, const object *callee, object **arguments) {
    (void)callee;
    if (arguments[0]->kind == OBJECT_INTEGER)
        return arguments[0];
    return object_integer(s, whole_part(s, floor(python_float(s, arguments[0], "math.floor"))));
}

static object *math_ceil(script *s, const object *callee, object **arguments) {
    (void)callee;
    if (arguments[0]->kind == OBJECT_INTEGER)
        return arguments[0];
    return object_integer(s, whole_part(s, ceil(python_float(s, arguments[0], "math.ceil"))));
}

static object *math_factorial(script *s, const object *callee, object **arguments) {
    enum {
        LARGEST = 20 /* whose factorial has 64 bits */
    };
    (void)callee;
    if (arguments[0]->as.integer < 0)
        script_fail(s, s->here, "ValueError: factorial() is not defined for negative values");
    if (arguments[0]->as.integer > LARGEST)
        script_fail(s, s->here,
                    "whole numbers beyond 64 bits are not supported: factorial() takes "
                    "numbers up to %d",
                    LARGEST);
    int64_t product = 1;
    for (int64_t i = 2; i <= arguments[0]->as.integer; i++)
        product *= i;
    return object_integer(s, product);
}

static object *math_isnan(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_bool(s, isnan(python_float(s, arguments[0], "math.isnan")));
}

static object *math_isinf(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_bool(s, isinf(python_float(s, arguments[0], "math.isinf")));
}

static object *math_isfinite(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_bool(s, isfinite(python_float(s, arguments[0], "math.isfinite")));
}

object *math_constant(script *s, const char *path) {
    const struct {
        const char *name;
        double number;
    } constants[] = {{"pi", 3.14159265358979323846},
                     {"e", 2.71828182845904523536},
                     {"tau", 6.28318530717958647692},
                     {"inf", (double)INFINITY},
                     {"nan", (double)NAN}};
    const char *dot = strchr(path, '.');
    const bool known = strncmp(path, "math.", 5) == 0 || strncmp(path, "torch.", 6) == 0;
    for (size_t i = 0; known && i < sizeof constants / sizeof *constants; i++)
        if (strcmp(dot + 1, constants[i].name) == 0)
            return strcmp(path, "torch.tau") == 0 ? NULL : object_float(s, constants[i].number);
    return NULL;
}

const native native_math[] = {
    {.path = "math.sqrt", .signature = "x", .call = math_function},
    {.path = "math.exp", .signature = "x", .call = math_function},
    {.path = "math.expm1", .signature = "x", .call = math_function},
    {.path = "math.log2", .signature = "x", .call = math_function},
    {.path = "math.log10", .signature = "x", .call = math_function},
    {.path = "math.log1p", .signature = "x", .call = math_function},
    {.path = "math.sin", .signature = "x", .call = math_function},
    {.path = "math.cos", .signature = "x", .call = math_function},
    {.path = "math.tan", .signature = "x", .call = math_function},
    {.path = "math.asin", .signature = "x", .call = math_function},
    {.path = "math.acos", .signature = "x", .call = math_function},
    {.path = "math.atan", .signature = "x", .call = math_function},
    {.path = "math.sinh", .signature = "x", .call = math_function},
    {.path = "math.cosh", .signature = "x", .call = math_function},
    {.path = "math.tanh", .signature = "x", .call = math_function},
    {.path = "math.fabs", .signature = "x", .call = math_function},
    {.path = "math.log", .signature = "x, base = None", .call = math_log},
    {.path = "math.pow", .signature = "x, y", .call = math_pow},
    {.path = "math.floor", .signature = "x", .call = math_floor},
    {.path = "math.ceil", .signature = "x", .call = math_ceil},
    {.path = "math.factorial", .signature = "x: int", .call = math_factorial},
    {.path = "math.isnan", .signature = "x", .call = math_isnan},
    {.path = "math.isinf", .signature = "x", .call = math_isinf},
    {.path = "math.isfinite", .signature = "x", .call = math_isfinite},
    {0}};
