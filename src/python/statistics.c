/* The module statistics. Lib/statistics.py of CPython 3.11 computes with fractions and rounds once:
 * here the sums are exact, too, as numbers that do not overlap, and what is divided or rooted is
 * mended by what was left. */
#include "arithmetic.h"
#include "builtins.h"
#include "iterate.h"
#include "mathematics.h"
#include "run.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct {
    double parts[EXACT_PARTS];
    size_t count;
} exact;

static void add(exact *to, double x) {
    to->count = exact_add(to->parts, to->count, x);
}

/* x y, and what rounding took from it. */
static void add_product(exact *to, double x, double y) {
    const double product = x * y;
    add(to, product);
    add(to, fma(x, y, -product));
}

/* sum / n as a number and what it lacks. */
static void divide(exact sum, double n, double *quotient, double *rest) {
    *quotient = exact_rounded(sum.parts, sum.count) / n;
    add_product(&sum, -*quotient, n);
    *rest = exact_rounded(sum.parts, sum.count) / n;
}

/* --- the data --- */

typedef struct {
    object *items; /* numbers, as a list */
    size_t count;
    bool are_whole;
    double off; /* the root of the sum of the squares of how far they are off */
    double all_off;
} sample;

static sample read(call *c, size_t least) {
    const char *name = strchr(c->native->path, '.') + 1;
    sample data = {.are_whole = true};
    data.items = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    data.count = data.items->as.sequence.count;
    for (size_t i = 0; i < data.count; i++) {
        const object *o = data.items->as.sequence.items[i];
        if (!object_is_number(o))
            call_fail(c, "%s() takes numbers, not a value of type %s", c->native->path,
                      object_type(o));
        if (!isfinite(object_as_number(o)))
            call_fail(c, "%s() of inf or nan is outside the subset", c->native->path);
        data.are_whole &= o->kind != OBJECT_FLOAT;
        data.off = hypot(data.off, object_estimate(o).off);
        data.all_off += object_estimate(o).off;
    }
    if (data.count < least)
        script_raise(c->script, c->where, VALUE_ERROR, "%s requires at least %s data point%s", name,
                     least == 1 ? "one" : "two", least == 1 ? "" : "s");
    script_work(c->script, c->where, BUDGET_CALL * data.count);
    return data;
}

static double item(const sample *data, size_t i) {
    return object_as_number(data->items->as.sequence.items[i]);
}

/* Where numbers, or their squares, leave the range in which nothing is lost. */
static void check_range(call *c, bool is_inside) {
    if (!is_inside)
        call_fail(c, "%s() of numbers this large or small is outside the subset", c->native->path);
}

static exact sum_of(call *c, const sample *data) {
    exact sum = {.count = 0};
    for (size_t i = 0; i < data->count; i++)
        add(&sum, item(data, i));
    check_range(c, isfinite(exact_rounded(sum.parts, sum.count)));
    return sum;
}

static double mean_of(call *c, const sample *data) {
    double mean, rest;
    divide(sum_of(c, data), (double)data->count, &mean, &rest);
    return mean + rest;
}

/* Of whole numbers a whole number stays one. */
static object *result(call *c, const sample *data, double number, double off) {
    if (data->are_whole && number == floor(number) && fabs(number) < 9007199254740992.0)
        return object_integer(c->script, (int64_t)number);
    return object_estimated(c->script,
                            (estimate){number, off > 0 ? off + DBL_EPSILON * fabs(number) : 0});
}

static object *mean(call *c) {
    const sample data = read(c, 1);
    const double number = mean_of(c, &data);
    return result(c, &data, number, data.all_off / (double)data.count);
}

static object *fmean(call *c) {
    const sample data = read(c, 1);
    const exact sum = sum_of(c, &data);
    const double number = exact_rounded(sum.parts, sum.count) / (double)data.count;
    const double off = data.all_off / (double)data.count;
    return object_estimated(c->script,
                            (estimate){number, off > 0 ? off + DBL_EPSILON * fabs(number) : 0});
}

/* --- how far they are spread --- */

/* The sum of the squares of the distances from the mean m, divided by n: from any m near it, less
 * the square of what it is off. */
static void variance_of(call *c, const sample *data, double n, double *variance, double *rest) {
    exact squares = {.count = 0}, distances = {.count = 0};
    const double m = mean_of(c, data);
    bool differ = false;
    for (size_t i = 0; i < data->count; i++) {
        const double x = item(data, i), far = x - m, back = far - x;
        const double lost = (x - (far - back)) - (m + back); /* far + lost is x - m */
        differ |= far != 0;
        add_product(&squares, far, far);
        add_product(&squares, 2 * far, lost);
        add_product(&squares, lost, lost);
        add(&distances, far);
        add(&distances, lost);
    }
    const double off = exact_rounded(distances.parts, distances.count);
    add(&squares, -(off * off / (double)data->count));
    divide(squares, n, variance, rest);
    check_range(c, !differ || (*variance > 1e-250 && *variance < 1e300));
}

/* variance, pvariance, and their roots. */
static object *spread(call *c, bool of_all, bool root) {
    const sample data = read(c, of_all ? 1 : 2);
    const double n = (double)(data.count - !of_all), off = data.off / sqrt(n);
    double variance, rest;
    variance_of(c, &data, n, &variance, &rest);
    const double deviation = sqrt(variance);
    if (!root)
        return result(c, &data, variance + rest, off > 0 ? (2 * deviation + off) * off : 0);
    const double lacking = fma(-deviation, deviation, variance) + rest;
    const double mended = deviation > 0 ? deviation + lacking / (2 * deviation) : deviation;
    return object_estimated(c->script,
                            (estimate){mended, off > 0 ? off + DBL_EPSILON * mended : 0});
}

static object *variance(call *c) {
    return spread(c, false, false);
}

static object *pvariance(call *c) {
    return spread(c, true, false);
}

static object *stdev(call *c) {
    return spread(c, false, true);
}

static object *pstdev(call *c) {
    return spread(c, true, true);
}

/* --- the middle one, and the one that is there most often --- */

static object *median(call *c) {
    const char *name = c->native->path + strlen("statistics.median");
    object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    const size_t count = all->as.sequence.count, half = count / 2;
    if (count == 0)
        script_raise(c->script, c->where, VALUE_ERROR, "no median for empty data");
    list_sort(c, all, object_none(c->script), false);
    object *const *items = all->as.sequence.items;
    if (count % 2 == 1 || *name)
        return items[count % 2 == 0 && strcmp(name, "_low") == 0 ? half - 1 : half];
    object *sum = python_binary(c->script, OPERATOR_ADD, items[half - 1], items[half], c->where);
    return python_binary(c->script, OPERATOR_TRUEDIV, sum, object_integer(c->script, 2), c->where);
}

static object *mode(call *c) {
    object *counter =
        call_positional(c, native_object(c->script, "collections.Counter", NULL), c->arguments, 1);
    const object *counts = counter;
    size_t best = 0;
    if (counts->as.sequence.count == 0)
        script_raise(c->script, c->where, VALUE_ERROR, "no mode for empty data");
    for (size_t i = 1; i < counts->as.sequence.count; i++)
        if (counts->as.sequence.items[i]->as.integer > counts->as.sequence.items[best]->as.integer)
            best = i;
    return counts->as.sequence.keys[best];
}

const native native_python_statistics[] = {
    {.path = "statistics.mean", .signature = "data", .call = mean},
    {.path = "statistics.fmean", .signature = "data", .call = fmean},
    {.path = "statistics.variance", .signature = "data", .call = variance},
    {.path = "statistics.pvariance", .signature = "data", .call = pvariance},
    {.path = "statistics.stdev", .signature = "data", .call = stdev},
    {.path = "statistics.pstdev", .signature = "data", .call = pstdev},
    {.path = "statistics.median", .signature = "data", .call = median},
    {.path = "statistics.median_low", .signature = "data", .call = median},
    {.path = "statistics.median_high", .signature = "data", .call = median},
    {.path = "statistics.mode", .signature = "data", .call = mode},
    {0}};
