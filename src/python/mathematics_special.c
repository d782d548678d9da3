/* The module math, continued: what CPython does not leave to the C library. gamma and lgamma are
 * Lanczos' approximation with the coefficients of 13 terms for 53 bits that Boost and CPython share;
 * fsum is Shewchuk's exact sum (Discrete and Computational Geometry 18, 1997); hypot and dist add
 * up squares without loss. All as Modules/mathmodule.c of CPython 3.11 has them. */
#include "builtins.h"
#include "iterate.h"
#include "mathematics.h"
#include "run.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

_Noreturn static void refuse_domain(call *c) {
    call_fail(call_raises(c, VALUE_ERROR, "math domain error"), "ValueError: math domain error");
}

static double finite_or_fail(call *c, double result) {
    if (isinf(result))
        call_fail(call_raises(c, OVERFLOW_ERROR, "math range error"),
                  "OverflowError: math range error");
    return result;
}

/* How far the result is off is not known where the number is. */
static object *of_one(call *c, estimate x, double result) {
    return object_estimated(c->script, (estimate){result, x.off > 0 ? (double)INFINITY : 0});
}

/* --- gamma --- */

static const double lanczos_g = 6.024680040776729583740234375,
                    lanczos_g_minus_half = 5.524680040776729583740234375;

static double lanczos_sum(double x) {
    static const double above[] = {23531376880.410759688572007674451636754734846804940,
                                   42919803642.649098768957899047001988850926355848959,
                                   35711959237.355668049440185451547166705960488635843,
                                   17921034426.037209699919755754458931112671403265390,
                                   6039542586.3520280050642916443072979210699388420708,
                                   1439720407.3117216736632230727949123939715485786372,
                                   248874557.86205415651146038641322942321632125127801,
                                   31426415.585400194380614231628318205362874684987640,
                                   2876370.6289353724412254090516208496135991145378768,
                                   186056.26539522349504029498971604569928220784236328,
                                   8071.6720023658162106380029022722506138218516325024,
                                   210.82427775157934587250973392071336271166969580291,
                                   2.5066282746310002701649081771338373386264310793408};
    static const double below[] = {0,        39916800, 120543840, 150917976, 105258076,
                                   45995730, 13339535, 2637558,   357423,    32670,
                                   1925,     66,       1};
    enum {
        TERMS = sizeof above / sizeof *above
    };
    double numerator = 0, denominator = 0;
    for (size_t i = 0; i < TERMS; i++) {
        const size_t k = x < 5 ? TERMS - 1 - i : i;
        numerator = (x < 5 ? numerator * x : numerator / x) + above[k];
        denominator = (x < 5 ? denominator * x : denominator / x) + below[k];
    }
    return numerator / denominator;
}

static double sine_of_pi(double x) {
    const double y = fmod(fabs(x), 2);
    double sine;
    switch ((int)round(2 * y)) {
    case 0:
        sine = sin(pi * y);
        break;
    case 1:
        sine = cos(pi * (y - 0.5));
        break;
    case 2:
        sine = sin(pi * (1 - y));
        break;
    case 3:
        sine = -cos(pi * (y - 1.5));
        break;
    default:
        sine = sin(pi * (y - 2));
    }
    return copysign(1, x) * sine;
}

/* (n - 1)!, which are exact up to 23. */
static double factorial_below(double n) {
    double product = 1;
    for (int i = 2; i < (int)n; i++)
        product *= i;
    return product;
}

/* y ** (x - 1/2), by two roots where it would be too large by itself. */
static double scaled(double r, double y, double x, bool divides) {
    const double power = x < 140 ? pow(y, x - 0.5) : pow(y, x / 2 - 0.25);
    r = divides ? r / power : r * power;
    if (x < 140)
        return r;
    return divides ? r / power : r * power;
}

static double gamma_of(double x) {
    const double size = fabs(x), y = size + lanczos_g_minus_half;
    if (size < 1e-20)
        return 1 / x;
    if (size > 200)
        return x < 0 ? 0 / sine_of_pi(x) : (double)INFINITY;
    const double rest = size > lanczos_g_minus_half ? (y - size) - lanczos_g_minus_half
                                                    : (y - lanczos_g_minus_half) - size;
    const double z = rest * lanczos_g / y;
    if (x < 0) {
        double r = -pi / sine_of_pi(size) / size * exp(y) / lanczos_sum(size);
        r -= z * r;
        return scaled(r, y, size, true);
    }
    double r = lanczos_sum(size) / exp(y);
    r += z * r;
    return scaled(r, y, size, false);
}

static object *math_gamma(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.gamma");
    const double n = x.number;
    if (n == 0 || (n < 0 && n == floor(n)))
        refuse_domain(c);
    if (!isfinite(n))
        return of_one(c, x, n);
    if (n == floor(n) && n <= 23)
        return of_one(c, x, factorial_below(n));
    return of_one(c, x, finite_or_fail(c, gamma_of(n)));
}

static double log_gamma_of(double x) {
    const double size = fabs(x);
    if (size < 1e-20)
        return -log(size);
    double r = log(lanczos_sum(size)) - lanczos_g;
    r += (size - 0.5) * (log(size + lanczos_g - 0.5) - 1);
    if (x < 0)
        r = log(pi) - log(fabs(sine_of_pi(size))) - log(size) - r;
    return r;
}

static object *math_lgamma(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.lgamma");
    const double n = x.number;
    if (!isfinite(n))
        return of_one(c, x, isnan(n) ? n : (double)INFINITY);
    if (n <= 0 && n == floor(n))
        refuse_domain(c);
    if (n == 1 || n == 2)
        return of_one(c, x, 0);
    return of_one(c, x, finite_or_fail(c, log_gamma_of(n)));
}

/* --- fsum --- */

size_t exact_add(double *parts, size_t count, double x) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        double y = parts[i];
        if (fabs(x) < fabs(y)) {
            const double larger = y;
            y = x;
            x = larger;
        }
        const double high = x + y, low = y - (high - x);
        if (low != 0)
            parts[kept++] = low;
        x = high;
    }
    parts[kept++] = x;
    return kept;
}

double exact_rounded(const double *parts, size_t count) {
    if (count == 0)
        return 0;
    double high = parts[--count], low = 0;
    while (count > 0) {
        const double x = high, y = parts[--count];
        high = x + y;
        low = y - (high - x);
        if (low != 0)
            break;
    }
    if (count > 0 && ((low < 0 && parts[count - 1] < 0) || (low > 0 && parts[count - 1] > 0))) {
        const double twice = low * 2, x = high + twice;
        if (twice == x - high)
            high = x;
    }
    return high;
}

static object *math_fsum(call *c) {
    double parts[EXACT_PARTS], off = 0, special = 0;
    size_t count = 0;
    object *it = iterate(c->script, c->arguments[0], c->where);
    for (object *item; (item = iterate_next(c->script, it, c->where));) {
        const estimate x = python_float(c, item, "math.fsum");
        off += x.off;
        if (!isfinite(x.number))
            special += x.number;
        else
            count = exact_add(parts, count, x.number);
        if (count && !isfinite(parts[count - 1]))
            call_fail(call_raises(c, OVERFLOW_ERROR, "intermediate overflow in fsum"),
                      "OverflowError: intermediate overflow in fsum");
    }
    if (special != 0)
        return object_float(c->script, special);
    return object_estimated(c->script, (estimate){exact_rounded(parts, count), off});
}

/* --- hypot and dist --- */

typedef struct {
    double sum, rest[2]; /* 1 and the squares, and what was lost */
} squares;

static void add_product(squares *to, double x, double y) {
    const double high = x * y, sum = to->sum + high;
    to->rest[0] += fma(x, y, -high);
    to->rest[1] += high - (sum - to->sum);
    to->sum = sum;
}

static double total(const squares *of) {
    return of->sum - 1 + (of->rest[0] + of->rest[1]);
}

/* The root of the sum of squares of numbers of which `most` is the largest. */
static double norm(double *numbers, size_t count, double most) {
    int exponent;
    squares all = {.sum = 1};
    if (!isfinite(most) || most == 0 || count <= 1)
        return most;
    frexp(most, &exponent);
    if (exponent < -1023) {
        for (size_t i = 0; i < count; i++)
            numbers[i] /= DBL_MIN;
        return DBL_MIN * norm(numbers, count, most / DBL_MIN);
    }
    const double scale = ldexp(1, -exponent);
    for (size_t i = 0; i < count; i++)
        add_product(&all, numbers[i] * scale, numbers[i] * scale);
    double root = sqrt(total(&all));
    add_product(&all, -root, root);
    root += total(&all) / (2 * root);
    return root / scale;
}

/* inf before nan; off: that of all numbers together, which is the most the root can be off. */
static object *norm_of(call *c, estimate *given, size_t count) {
    double *numbers = script_alloc(c->script, count, sizeof *numbers), most = 0, off = 0;
    bool has_nan = false;
    for (size_t i = 0; i < count; i++) {
        numbers[i] = fabs(given[i].number);
        has_nan |= isnan(numbers[i]);
        most = numbers[i] > most ? numbers[i] : most;
        off += given[i].off;
    }
    script_work(c->script, c->where, count);
    const double root = isinf(most) ? most : has_nan ? (double)NAN : norm(numbers, count, most);
    return object_estimated(c->script, (estimate){root, off > 0 ? off + DBL_EPSILON * root : 0});
}

static object *math_hypot(call *c) {
    const object *all = c->arguments[0];
    const size_t count = all->as.sequence.count;
    estimate *given = script_alloc(c->script, count, sizeof *given);
    for (size_t i = 0; i < count; i++)
        given[i] = python_float(c, all->as.sequence.items[i], "math.hypot");
    return norm_of(c, given, count);
}

static object *math_dist(call *c) {
    const object *p = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    const object *q = iterate_all(c->script, c->arguments[1], OBJECT_LIST, c->where);
    const size_t count = p->as.sequence.count;
    if (q->as.sequence.count != count)
        script_raise(c->script, c->where, VALUE_ERROR,
                     "both points must have the same number of dimensions");
    estimate *given = script_alloc(c->script, count, sizeof *given);
    for (size_t i = 0; i < count; i++) {
        const estimate a = python_float(c, p->as.sequence.items[i], "math.dist");
        const estimate b = python_float(c, q->as.sequence.items[i], "math.dist");
        given[i] = off_binary(OPERATOR_SUB, a, b, a.number - b.number);
    }
    return norm_of(c, given, count);
}

/* --- neighbours --- */

static object *math_nextafter(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.nextafter");
    const estimate y = python_float(c, c->arguments[1], "math.nextafter");
    return of_one(c, (estimate){0, x.off + y.off}, nextafter(x.number, y.number));
}

static object *math_ulp(call *c) {
    const estimate e = python_float(c, c->arguments[0], "math.ulp");
    const double x = fabs(e.number);
    if (!isfinite(x))
        return of_one(c, e, x);
    const double next = nextafter(x, INFINITY);
    return of_one(c, e, isinf(next) ? x - nextafter(x, 0) : next - x);
}

static object *math_remainder(call *c) {
    const estimate x = python_float(c, c->arguments[0], "math.remainder");
    const estimate y = python_float(c, c->arguments[1], "math.remainder");
    const double result = remainder(x.number, y.number);
    if (isnan(result) && !isnan(x.number) && !isnan(y.number))
        refuse_domain(c);
    return of_one(c, (estimate){0, x.off + y.off}, result);
}

const native native_math_special[] = {
    {.path = "math.gamma", .signature = "x, /", .call = math_gamma},
    {.path = "math.lgamma", .signature = "x, /", .call = math_lgamma},
    {.path = "math.fsum", .signature = "seq, /", .call = math_fsum},
    {.path = "math.hypot", .signature = "*coordinates", .call = math_hypot},
    {.path = "math.dist", .signature = "p, q, /", .call = math_dist},
    {.path = "math.nextafter", .signature = "x, y, /", .call = math_nextafter},
    {.path = "math.ulp", .signature = "x, /", .call = math_ulp},
    {.path = "math.remainder", .signature = "x, y, /", .call = math_remainder},
    {0}};
