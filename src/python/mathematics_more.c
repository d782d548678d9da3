/* The module math, continued: functions of whole numbers, of several numbers, and of the parts of
 * one. */
#include "arithmetic.h"
#include "builtins.h"
#include "iterate.h"
#include "large.h"
#include "mathematics.h"
#include "run.h"

#include <math.h>
#include <string.h>

/* --- whole numbers --- */

static object *operate(call *c, operator op, const object *a, const object *b) {
    return whole_binary(c->script, op, a, b, c->where);
}

static object *divisor(call *c, object *a, object *b) {
    while (python_truth(c->script, b, c->where)) {
        object *rest = operate(c, OPERATOR_MOD, a, b);
        a = b;
        b = rest;
    }
    return python_absolute(c->script, a, c->where);
}

static object *whole_argument(call *c, object *o) {
    if (!object_is_whole(o))
        call_fail(call_raises(c, TYPE_ERROR, "'%s' object cannot be interpreted as an integer",
                              object_class_name(o)),
                  "%s() takes whole numbers, not a value of type %s", c->native->path,
                  object_type(o));
    return o;
}

static object *math_gcd(call *c) {
    object *of_all = object_integer(c->script, 0);
    for (size_t i = 0; i < c->arguments[0]->as.sequence.count; i++)
        of_all = divisor(c, of_all, whole_argument(c, c->arguments[0]->as.sequence.items[i]));
    return of_all;
}

static object *math_lcm(call *c) {
    object *of_all = object_integer(c->script, 1);
    for (size_t i = 0; i < c->arguments[0]->as.sequence.count; i++) {
        object *n = whole_argument(c, c->arguments[0]->as.sequence.items[i]);
        if (!python_truth(c->script, n, c->where))
            return object_integer(c->script, 0);
        const object *times = operate(c, OPERATOR_FLOORDIV, n, divisor(c, of_all, n));
        of_all = python_absolute(c->script, operate(c, OPERATOR_MUL, of_all, times), c->where);
    }
    return of_all;
}

static void check_not_negative(call *c, int64_t n, const char *says) {
    if (n < 0)
        call_fail(call_raises(c, VALUE_ERROR, "%s", says),
                  "ValueError: %s() is not defined for negative values", c->native->path);
}

/* n (n - 1) ... (n - k + 1), divided by 1, 2, ... k on the way for comb. */
static object *math_choose(call *c) {
    const bool ordered = strcmp(c->native->path, "math.perm") == 0;
    const int64_t n = c->arguments[0]->as.integer;
    int64_t k = c->arguments[1]->kind == OBJECT_NONE ? n : c->arguments[1]->as.integer;
    check_not_negative(c, n, "n must be a non-negative integer");
    check_not_negative(c, k, "k must be a non-negative integer");
    if (k > n)
        return object_integer(c->script, 0);
    if (!ordered && k > n - k)
        k = n - k;
    object *ways = object_integer(c->script, 1);
    for (int64_t i = 1; i <= k; i++) {
        ways = operate(c, OPERATOR_MUL, ways, object_integer(c->script, n - i + 1));
        if (!ordered)
            ways = operate(c, OPERATOR_FLOORDIV, ways, object_integer(c->script, i));
    }
    return ways;
}

/* Newton's method, from above. */
static object *math_isqrt(call *c) {
    whole_room room;
    object *n = c->arguments[0];
    const large_number w = whole_digits(n, room);
    check_not_negative(c, w.negative ? -1 : 0, "isqrt() argument must be nonnegative");
    if (w.count == 0)
        return object_integer(c->script, 0);
    object *one = object_integer(c->script, 1);
    object *half = object_integer(c->script, (int64_t)(whole_bits(w) + 1) / 2);
    object *root = operate(c, OPERATOR_LSHIFT, one, half), *last;
    do {
        last = root;
        root = operate(c, OPERATOR_ADD, root, operate(c, OPERATOR_FLOORDIV, n, root));
        root = operate(c, OPERATOR_RSHIFT, root, one);
    } while (number_compares(c->script, OPERATOR_LT, root, last));
    return last;
}

/* --- several numbers --- */

static object *math_prod(call *c) {
    object *it = iterate(c->script, c->arguments[0], c->where), *all = c->arguments[1];
    for (object *item; (item = iterate_next(c->script, it, c->where));)
        all = python_binary(c->script, OPERATOR_MUL, all, item, c->where);
    return all;
}

/* Of a function of two numbers: how far its result is off is not known where they are. */
static object *of_two(call *c, estimate a, estimate b, double result) {
    const double off = a.off > 0 || b.off > 0 ? (double)INFINITY : 0;
    return object_estimated(c->script, (estimate){result, off});
}

static object *math_atan2(call *c) {
    const estimate y = python_float(c, c->arguments[0], "math.atan2");
    const estimate x = python_float(c, c->arguments[1], "math.atan2");
    return of_two(c, y, x, atan2(y.number, x.number));
}

static object *math_fmod(call *c) {
    const estimate a = python_float(c, c->arguments[0], "math.fmod");
    const estimate b = python_float(c, c->arguments[1], "math.fmod");
    const double result = fmod(a.number, b.number);
    if (isnan(result) && !isnan(a.number) && !isnan(b.number))
        call_fail(call_raises(c, VALUE_ERROR, "math domain error"),
                  "ValueError: math domain error");
    return of_two(c, a, b, result);
}

static object *math_copysign(call *c) {
    const estimate a = python_float(c, c->arguments[0], "math.copysign");
    const estimate b = python_float(c, c->arguments[1], "math.copysign");
    return of_two(c, a, b, copysign(a.number, b.number));
}

/* |a - b| <= max(rel_tol max(|a|, |b|), abs_tol) */
static object *math_isclose(call *c) {
    const estimate a = python_float(c, c->arguments[0], "math.isclose");
    const estimate b = python_float(c, c->arguments[1], "math.isclose");
    const double relative = object_as_number(c->arguments[2]);
    const double absolute = object_as_number(c->arguments[3]);
    if (relative < 0 || absolute < 0)
        call_fail(call_raises(c, VALUE_ERROR, "tolerances must be non-negative"),
                  "ValueError: tolerances must be non-negative");
    const double distance = fabs(a.number - b.number);
    const double most = fmax(relative * fmax(fabs(a.number), fabs(b.number)), absolute);
    if (fabs(distance - most) <= (1 + relative) * (a.off + b.off))
        script_doubt(c->script);
    if (a.number == b.number)
        return object_bool(c->script, true);
    return object_bool(c->script, isfinite(a.number) && isfinite(b.number) && distance <= most);
}

/* --- the parts of one --- */

static object *math_trunc(call *c) {
    return math_whole(c, trunc, "__trunc__", "math.trunc");
}

static object *pair_of(call *c, object *a, object *b) {
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = a;
    pair->as.sequence.items[1] = b;
    return pair;
}

static object *math_modf(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.modf");
    double whole;
    const double rest = modf(x.number, &whole);
    return pair_of(c, of_two(c, x, x, rest), of_two(c, x, x, whole));
}

static object *math_frexp(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.frexp");
    int exponent = 0;
    const double mantissa = isfinite(x.number) ? frexp(x.number, &exponent) : x.number;
    if (x.off > 0)
        script_doubt(c->script);
    return pair_of(c, of_two(c, x, x, mantissa), object_integer(c->script, exponent));
}

static object *math_ldexp(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.ldexp");
    const int64_t i = c->arguments[1]->as.integer;
    const double result = ldexp(x.number, (int)(i < -5000 ? -5000 : i > 5000 ? 5000 : i));
    if (isinf(result) && isfinite(x.number))
        call_fail(call_raises(c, OVERFLOW_ERROR, "math range error"),
                  "OverflowError: math range error");
    return of_two(c, x, x, result);
}

static object *scaled(call *c, double factor) {
    return python_binary(c->script, OPERATOR_MUL, c->arguments[0], object_float(c->script, factor),
                         c->where);
}

static object *math_degrees(call *c) {
    return scaled(c, 180.0 / 3.14159265358979323846);
}

static object *math_radians(call *c) {
    return scaled(c, 3.14159265358979323846 / 180.0);
}

const native native_math_more[] = {
    {.path = "math.gcd", .signature = "*integers", .call = math_gcd},
    {.path = "math.lcm", .signature = "*integers", .call = math_lcm},
    {.path = "math.comb", .signature = "n: index, k: index, /", .call = math_choose},
    {.path = "math.perm",
     .signature = "n: index, k: Optional[index] = None, /",
     .call = math_choose},
    {.path = "math.isqrt", .signature = "n: whole, /", .call = math_isqrt},
    {.path = "math.prod", .signature = "iterable, /, *, start = 1", .call = math_prod},
    {.path = "math.atan2", .signature = "y, x, /", .call = math_atan2},
    {.path = "math.fmod", .signature = "x, y, /", .call = math_fmod},
    {.path = "math.copysign", .signature = "x, y, /", .call = math_copysign},
    {.path = "math.isclose",
     .signature = "a, b, *, rel_tol: float = 1e-09, abs_tol: float = 0.0",
     .call = math_isclose},
    {.path = "math.trunc", .signature = "x, /", .call = math_trunc},
    {.path = "math.modf", .signature = "x, /", .call = math_modf},
    {.path = "math.frexp", .signature = "x, /", .call = math_frexp},
    {.path = "math.ldexp", .signature = "x, i: index, /", .call = math_ldexp},
    {.path = "math.degrees", .signature = "x: float, /", .call = math_degrees},
    {.path = "math.radians", .signature = "x: float, /", .call = math_radians},
    {0}};
