#include "bounded.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

rounding rounding_to(mlp_dtype dtype) {
    return dtype == MLP_FLOAT32 ? (rounding){.unit = FLT_EPSILON / 2, .smallest = FLT_MIN}
                                : (rounding){.unit = DBL_EPSILON / 2, .smallest = DBL_MIN};
}

bounded exactly(double value) {
    return (bounded){value, 0};
}

bounded bounded_number(rounding r, double number) {
    const double rounded = r.unit > DBL_EPSILON ? (double)(float)number : number;
    return (bounded){number, fabs(rounded - number)};
}

bounded bounded_factor(rounding r, bounded number) {
    number.bound += bounded_number(r, number.value).bound;
    return number;
}

bounded bounded_beside_one(rounding r, double number) {
    return bounded_factor(r, bounded_sub(rounding_to(MLP_FLOAT64), exactly(1), exactly(number)));
}

bounded bounded_at(const mlp_tensor *tensor, const double *bound, size_t i) {
    return (bounded){mlp_tensor_get(tensor, i), bound ? bound[i] : 0};
}

double bounded_size(bounded x) {
    return fabs(x.value) + 2 * x.bound;
}

/* `units` roundoffs of the result. */
static bounded off_by(rounding r, bounded x, double units) {
    const double size = bounded_size(x);
    if (size == 0)
        return x;
    x.bound += units * r.unit * size + (size < r.smallest / r.unit ? r.smallest : 0);
    return x;
}

bounded bounded_round(rounding r, bounded x) {
    return off_by(r, x, 1);
}

bounded bounded_function(rounding r, bounded x) {
    return off_by(r, x, 4);
}

bounded bounded_negative(bounded x) {
    return (bounded){-x.value, x.bound};
}

bounded bounded_product(bounded a, bounded b) {
    const double error =
        a.bound == 0 && b.bound == 0
            ? 0
            : fabs(b.value) * a.bound + fabs(a.value) * b.bound + 3 * a.bound * b.bound;
    return (bounded){a.value * b.value, error};
}

bounded bounded_add(rounding r, bounded a, bounded b) {
    const bounded sum = {a.value + b.value, a.bound + b.bound};
    const bool is_other = (a.value == 0 && a.bound == 0) || (b.value == 0 && b.bound == 0);
    return is_other ? sum : bounded_round(r, sum);
}

bounded bounded_sub(rounding r, bounded a, bounded b) {
    return bounded_add(r, a, bounded_negative(b));
}

/* A product or quotient with it is exact. */
static bool is_power_of_two(bounded x) {
    int exponent;
    return x.bound == 0 && fabs(frexp(x.value, &exponent)) == 0.5;
}

bounded bounded_mul(rounding r, bounded a, bounded b) {
    const bounded product = bounded_product(a, b);
    const bool is_exact = is_power_of_two(a) || is_power_of_two(b);
    return is_exact ? product : bounded_round(r, product);
}

bounded bounded_div(rounding r, bounded a, bounded b) {
    const double least = fabs(b.value) - 2 * b.bound;
    if (!(least > 0))
        return (bounded){a.value / b.value, INFINITY};
    const double error =
        (a.bound + (fabs(a.value) + a.bound) * b.bound / (fabs(b.value) - b.bound)) / least;
    const bounded quotient = {a.value / b.value, error};
    return is_power_of_two(b) ? quotient : bounded_round(r, quotient);
}

bounded bounded_exp(rounding r, bounded x) {
    const double y = exp(x.value);
    return bounded_function(r,
                            (bounded){y, x.bound == 0 ? 0 : exp(x.value + 2 * x.bound) * x.bound});
}

bounded bounded_log(rounding r, bounded x) {
    const double least = x.value - 2 * x.bound;
    if (!(least > 0))
        return (bounded){log(x.value), INFINITY};
    return bounded_function(r, (bounded){log(x.value), x.bound / least});
}

bounded bounded_sqrt(rounding r, bounded x) {
    const double y = sqrt(x.value), least = fmax(x.value - 2 * x.bound, 0);
    const double error = x.bound == 0 ? 0 : fmin(x.bound / (2 * sqrt(least)), sqrt(x.bound));
    return bounded_function(r, (bounded){y, error});
}

bounded bounded_tanh(rounding r, bounded x) {
    const double y = tanh(x.value), near = tanh(fmax(fabs(x.value) - 2 * x.bound, 0));
    return bounded_function(r, (bounded){y, x.bound * (1 - near * near)});
}

/* The rounding of exp(-x) counts for 1 - y of itself; the derivative, y (1 - y), is the largest
 * where x is the nearest to 0. */
bounded bounded_sigmoid(rounding r, bounded x) {
    const double y = 1 / (1 + exp(-x.value));
    const double near = 1 / (1 + exp(fmax(fabs(x.value) - 2 * x.bound, 0)));
    return off_by(r, (bounded){y, x.bound * near * (1 - near)}, 3 + 4 * (1 - y));
}

int bounded_compare(bounded x, double to) {
    const double difference = x.value - to;
    if (x.bound == 0 || fabs(difference) > 2 * x.bound)
        return (difference > 0) - (difference < 0);
    return 2;
}

static int descending(const void *a, const void *b) {
    const double x = ((const bounded *)a)->value, y = ((const bounded *)b)->value;
    return (x < y) - (x > y);
}

/* The sum over k = 2 ... n of max(P_k, N_k): the positive terms stand first, the largest before the
 * others, the negative ones last. */
static double partial_sums(const bounded *terms, size_t n) {
    double positive = 0, negative = 0, sum = 0;
    for (size_t k = 0; k < n; k++) {
        positive += fmax(terms[k].value, 0);
        negative += fmax(-terms[n - 1 - k].value, 0);
        sum += k > 0 ? fmax(positive, negative) : 0;
    }
    return sum;
}

/* The largest power of two that |x| is a multiple of. */
static double unit_in_last_place_used(double x) {
    int exponent;
    const double mantissa = frexp(fabs(x), &exponent);
    uint64_t bits = (uint64_t)ldexp(mantissa, DBL_MANT_DIG);
    int low = 0;
    while (!(bits & 1)) {
        bits >>= 1;
        low++;
    }
    return ldexp(1, exponent - DBL_MANT_DIG + low);
}

/* Whether the terms, none of them 0, are multiples of a power of two, so large that no partial sum
 * has too many bits, in any order. */
static bool is_sum_exact(rounding r, const bounded *terms, size_t n, double size) {
    double unit = INFINITY;
    for (size_t i = 0; i < n; i++)
        unit = fmin(unit, unit_in_last_place_used(terms[i].value));
    return size * r.unit <= unit;
}

bounded bounded_sum(rounding r, bounded *terms, size_t n, bool products) {
    bounded sum = {0, 0};
    double size = 0;
    size_t count = 0; /* what is exactly 0 is no term */
    for (size_t i = 0; i < n; i++) {
        sum.value += terms[i].value;
        sum.bound += terms[i].bound;
        size += fabs(terms[i].value);
        if (terms[i].value != 0 || terms[i].bound != 0)
            terms[count++] = terms[i];
    }
    if (!isfinite(sum.bound) || !isfinite(size) || count == 0)
        return sum;
    const bool is_exact = sum.bound == 0 && (!products || r.unit > DBL_EPSILON);
    if (is_exact && is_sum_exact(r, terms, count, size))
        return sum;
    qsort(terms, count, sizeof *terms, descending);
    const double terms_differ = 2 * (double)(count - 1) * sum.bound;
    double roundings = partial_sums(terms, count) + terms_differ;
    if (products)
        roundings += size + 2 * sum.bound;
    const double tiny = size < r.smallest / r.unit ? 2 * (double)count * r.smallest : 0;
    const double once = roundings == 0 ? 0 : tiny;
    sum.bound += r.unit / (1 - (double)count * r.unit) * roundings + once;
    return sum;
}

static bounded element(const bounded_row *row, size_t k) {
    return bounded_at(row->tensor, row->bound, row->first + k * row->stride);
}

bounded bounded_dot(rounding r, bounded_row a, bounded_row b, size_t n, bounded bias,
                    bounded *room) {
    for (size_t k = 0; k < n; k++)
        room[k] = bounded_product(element(&a, k), element(&b, k));
    room[n] = bias;
    return bounded_sum(r, room, n + 1, true);
}

bounded bounded_total(rounding r, bounded_row a, size_t n, bounded *room) {
    for (size_t k = 0; k < n; k++)
        room[k] = element(&a, k);
    return bounded_sum(r, room, n, false);
}

bounded *bounded_room(const mlp_bounds *bounds) {
    return (bounded *)(void *)bounds->scratch;
}
