#include "bounded.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static const uint64_t exponent_bits = (uint64_t)0x7ff << 52,
                      fraction_bits = ((uint64_t)1 << 52) - 1;

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Of a normal number, the largest power of two that is no greater than its size: 0 of others. */
static double power_below(double x) {
    const uint64_t bits = bits_of(x) & exponent_bits;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

rounding rounding_to(mlp_dtype dtype) {
    return dtype == MLP_FLOAT32 ? (rounding){FLT_EPSILON / 2, FLT_MIN, FLT_MAX}
                                : (rounding){DBL_EPSILON / 2, DBL_MIN, DBL_MAX};
}

bounded exactly(double value) {
    return (bounded){value, 0};
}

bounded as_if_exact(double value) {
    return (bounded){value, DBL_TRUE_MIN};
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
    if (size > r.largest)
        x.bound = INFINITY;
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
    if (x.bound != 0)
        return false;
    return isnormal(x.value) ? (bits_of(x.value) & fraction_bits) == 0
                             : fabs(frexp(x.value, &exponent)) == 0.5;
}

/* The result of a multiplication or division that changes the exponent alone. */
static bounded shifted(rounding r, bounded x) {
    const double least = fabs(x.value) - 2 * x.bound;
    return least < r.smallest || bounded_size(x) > r.largest ? bounded_round(r, x) : x;
}

bounded bounded_mul(rounding r, bounded a, bounded b) {
    const bounded product = bounded_product(a, b);
    return is_power_of_two(a) || is_power_of_two(b) ? shifted(r, product)
                                                    : bounded_round(r, product);
}

bounded bounded_div(rounding r, bounded a, bounded b) {
    const double least = fabs(b.value) - 2 * b.bound;
    if (!(least > 0))
        return (bounded){a.value / b.value, INFINITY};
    const double error =
        (a.bound + (fabs(a.value) + a.bound) * b.bound / (fabs(b.value) - b.bound)) / least;
    const bounded quotient = {a.value / b.value, error};
    return is_power_of_two(b) ? shifted(r, quotient) : bounded_round(r, quotient);
}

/* Of exact numbers, which all builds round alike: z is the result in double, z + rest itself. */
static bounded round_exact(rounding r, double z, double rest) {
    if (fabs(z) < r.smallest)
        return bounded_round(r, (bounded){z, fabs(rest)});
    const double lost = r.unit > DBL_EPSILON ? fabs((double)(float)z - z) : 0;
    return (bounded){z, lost + fabs(rest)};
}

static bool are_exact(bounded a, bounded b) {
    return a.bound == 0 && b.bound == 0;
}

bounded bounded_add_alone(rounding r, bounded a, bounded b) {
    if (!are_exact(a, b))
        return bounded_add(r, a, b);
    const double sum = a.value + b.value, of_b = sum - a.value;
    return round_exact(r, sum, (a.value - (sum - of_b)) + (b.value - of_b));
}

bounded bounded_mul_alone(rounding r, bounded a, bounded b) {
    if (!are_exact(a, b))
        return bounded_mul(r, a, b);
    const double product = a.value * b.value;
    return round_exact(r, product, fma(a.value, b.value, -product));
}

bounded bounded_div_alone(rounding r, bounded a, bounded b) {
    if (!are_exact(a, b))
        return bounded_div(r, a, b);
    const double quotient = a.value / b.value;
    return round_exact(r, quotient, fma(-quotient, b.value, a.value) / b.value);
}

bounded bounded_over(rounding r, bounded a, bounded number) {
    return is_power_of_two(number) ? bounded_div(r, a, number)
                                   : bounded_mul(r, a, bounded_div(r, exactly(1), number));
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

static bool is_exactly(bounded x, double value) {
    return x.value == value && x.bound == 0;
}

/* The largest a^b of a rectangle stands in a corner. */
static double largest_power(double a_least, double a_most, double b_least, double b_most) {
    return fmax(fmax(pow(a_least, b_least), pow(a_least, b_most)),
                fmax(pow(a_most, b_least), pow(a_most, b_most)));
}

/* How far a^b moves with its derivatives b a^(b - 1) and a^b log a. A base that may not be positive
 * needs an exponent that is a whole number everywhere. */
static double power_moves(bounded a, bounded b) {
    const double least = fmax(fabs(a.value) - 2 * a.bound, 0), most = bounded_size(a);
    const double b_least = b.value - 2 * b.bound, b_most = b.value + 2 * b.bound;
    const bool is_whole = b.bound == 0 && b.value == rint(b.value);
    double moves = 0;
    if ((a.bound > 0 || b.bound > 0) && a.value <= 2 * a.bound && !is_whole)
        return INFINITY;
    if (a.bound > 0)
        moves += a.bound * bounded_size(b) * largest_power(least, most, b_least - 1, b_most - 1);
    if (b.bound > 0)
        moves += b.bound * largest_power(least, most, b_least, b_most) *
                 fmax(fabs(log(least)), fabs(log(most)));
    return moves;
}

bounded bounded_power(rounding r, bounded a, bounded b) {
    if (is_exactly(b, 0) || is_exactly(a, 1))
        return exactly(1);
    if (is_exactly(a, 0) && b.value > 2 * b.bound)
        return exactly(0);
    return bounded_function(r, (bounded){pow(a.value, b.value), power_moves(a, b)});
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

static double median(double a, double b, double c) {
    const double least = a < b ? a : b, most = a < b ? b : a;
    return c < least ? least : c > most ? most : c;
}

/* Puts terms of at least the pivot first, of at most it behind them; how many stand first. The pivot
 * is one of them. */
static size_t part(bounded *terms, size_t n, double pivot) {
    size_t i = 0, j = n - 1;
    for (;; i++, j--) {
        while (terms[i].value > pivot)
            i++;
        while (terms[j].value < pivot)
            j--;
        if (i >= j)
            return i == j ? i + 1 : i;
        const bounded term = terms[i];
        terms[i] = terms[j];
        terms[j] = term;
    }
}

static void insert_each(bounded *terms, size_t n) {
    for (size_t i = 1; i < n; i++) {
        const bounded term = terms[i];
        size_t at = i;
        for (; at > 0 && terms[at - 1].value < term.value; at--)
            terms[at] = terms[at - 1];
        terms[at] = term;
    }
}

/* The largest first. A call of qsort takes several times as long. */
static void sort_descending(bounded *terms, size_t n) {
    enum {
        FEW = 16
    };
    while (n > FEW) {
        const double pivot = median(terms[0].value, terms[n / 2].value, terms[n - 1].value);
        const size_t first = part(terms, n, pivot), rest = n - first;
        sort_descending(first < rest ? terms : terms + first, first < rest ? first : rest);
        terms = first < rest ? terms + first : terms;
        n = first < rest ? rest : first;
    }
    insert_each(terms, n);
}

/* What rounding does to a number of at most that size: half a unit in its last place. */
static double half_a_unit(rounding r, double size) {
    if (isnormal(size) && size > 0)
        return power_below(size) * r.unit;
    return size > 0 && isfinite(size) ? ldexp(r.unit, ilogb(size)) : r.unit * size;
}

/* What the roundings of the partial sums of k = 2 ... n terms add up to, each at most max(P_k, N_k)
 * and `more`: the positive terms stand first, the largest before the others, the negative ones
 * last. What the roundings before one add to it is `growth`, nearly 1. */
static double partial_sums(rounding r, const bounded *terms, size_t n, double more) {
    const double growth = 1 / (1 - (double)n * r.unit);
    double positive = 0, negative = 0, sum = 0;
    for (size_t k = 0; k < n; k++) {
        const double up = terms[k].value, down = -terms[n - 1 - k].value;
        positive += up > 0 ? up : 0;
        negative += down > 0 ? down : 0;
        if (k > 0)
            sum += half_a_unit(r, growth * ((positive > negative ? positive : negative) + more));
    }
    return sum;
}

/* Whether all partial sums are: multiples of a power of two, of which none has more digits than the
 * type. */
static bool sums_are_exact(rounding r, const bounded *terms, size_t n, double size) {
    int exponent;
    frexp(size, &exponent);
    const double step = ldexp(r.unit, exponent);
    if (step < r.smallest)
        return false;
    for (size_t i = 0; i < n; i++)
        if (terms[i].value / step != rint(terms[i].value / step))
            return false;
    return true;
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
    if (!(size + 2 * sum.bound <= r.largest))
        sum.bound = INFINITY;
    if (!isfinite(sum.bound) || count == 0)
        return sum;
    const bool is_exact = sum.bound == 0 && (!products || r.unit > DBL_EPSILON);
    if (is_exact && sums_are_exact(r, terms, count, size))
        return sum;
    sort_descending(terms, count);
    double roundings = partial_sums(r, terms, count, 2 * sum.bound);
    if (products)
        roundings += r.unit / (1 - (double)count * r.unit) * (size + 2 * sum.bound);
    const double tiny = size < r.smallest / r.unit ? 2 * (double)count * r.smallest : 0;
    sum.bound += roundings + (roundings == 0 ? 0 : tiny);
    return sum;
}

bounded_row bounded_column(const mlp_tensor *tensor, const double *bound, const mlp_dimension *dim,
                           size_t i) {
    const size_t first = i / dim->inner * dim->size * dim->inner + i % dim->inner;
    return (bounded_row){tensor, bound, first, dim->inner};
}

bounded bounded_element(const bounded_row *row, size_t k) {
    return bounded_at(row->tensor, row->bound, row->first + k * row->stride);
}

bounded bounded_dot(rounding r, bounded_row a, bounded_row b, size_t n, bounded bias,
                    bounded *room) {
    for (size_t k = 0; k < n; k++)
        room[k] = bounded_mul_alone(r, bounded_element(&a, k), bounded_element(&b, k));
    room[n] = bias;
    return bounded_sum(r, room, n + 1, false);
}

bounded bounded_total(rounding r, bounded_row a, size_t n, bounded *room) {
    for (size_t k = 0; k < n; k++)
        room[k] = bounded_element(&a, k);
    return bounded_sum(r, room, n, false);
}

bounded *bounded_room(const mlp_bounds *bounds) {
    return (bounded *)(void *)bounds->scratch;
}
