/* Arithmetic on whole numbers: y = a + b, a - b, a b, a^b, all modulo 2^64; and comparison
 *
 *   y, a, b       n elements; of a product of matrices (m, n), (m, k), (k, n)
 *   sum           x of the sizes dims->shape, y of those that are not reduced
 *   extreme       x (outer, size, inner), y and index (outer, inner)
 *
 * Unsigned numbers wrap around by definition, and converting back keeps the bits. */
#include "mlpstep/kernels/integer.h"
#include "chosen.h"
#include "mlpstep/kernels/cumulate.h"
#include "mlpstep/kernels/compare.h"
#include "mlpstep/kernels/functions_of_two.h"
#include "summed.h"

static uint64_t element(const int64_t *b, int64_t number, size_t i) {
    return (uint64_t)(b ? b[i] : number);
}

/* The number of the same bits, without leaving it to the compiler beyond 2^63 - 1. */
static int64_t from_bits(uint64_t bits) {
    return bits > INT64_MAX ? -1 - (int64_t)~bits : (int64_t)bits;
}

void mlp_integer_add(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = from_bits((uint64_t)a[i] + element(b, number, i));
}

void mlp_integer_sub(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = from_bits((uint64_t)a[i] - element(b, number, i));
}

void mlp_integer_mul(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = from_bits((uint64_t)a[i] * element(b, number, i));
}

void mlp_integer_abs(int64_t *y, const int64_t *a, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = from_bits(a[i] < 0 ? 0 - (uint64_t)a[i] : (uint64_t)a[i]);
}

void mlp_integer_clamp(int64_t *y, const int64_t *a, int64_t least, int64_t most, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const int64_t raised = a[i] < least ? least : a[i];
        y[i] = raised > most ? most : raised;
    }
}

void mlp_integer_maximum(int64_t *y, const int64_t *a, const int64_t *b, int sign, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = (sign > 0 ? a[i] > b[i] : a[i] < b[i]) ? a[i] : b[i];
}

void mlp_integer_matmul(int64_t *y, const int64_t *a, const int64_t *b, size_t m, size_t k,
                        size_t n) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            uint64_t sum = 0;
            for (size_t l = 0; l < k; l++)
                sum += (uint64_t)a[i * k + l] * (uint64_t)b[l * n + j];
            y[i * n + j] = from_bits(sum);
        }
}

static int64_t power(int64_t base, int64_t exponent) {
    if (exponent < 0) {
        const int64_t sign = exponent % 2 ? base : 1;
        return base == 1 || base == -1 ? sign : 0;
    }
    uint64_t result = 1, square = (uint64_t)base;
    for (; exponent; exponent /= 2, square *= square)
        result *= exponent % 2 ? square : 1;
    return from_bits(result);
}

void mlp_integer_pow(int64_t *y, const int64_t *a, const int64_t *b, int64_t number, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = power(a[i], b ? b[i] : number);
}

/* The least number divided by -1 wraps around to itself. */
static int64_t quotient(int64_t a, int64_t b, enum mlp_function_of_two of) {
    const int64_t rest = b == -1 ? 0 : a % b,
                  towards_zero = b == -1 ? from_bits(0 - (uint64_t)a) : a / b;
    const bool down = rest != 0 && (rest < 0) != (b < 0);
    switch (of) {
    case MLP_REMAINDER:
        return down ? rest + b : rest;
    case MLP_FMOD:
        return rest;
    case MLP_FLOOR_DIVIDE:
        return towards_zero - down;
    default:
        return towards_zero;
    }
}

void mlp_integer_divide(int64_t *y, const int64_t *a, const int64_t *b, int64_t number,
                        enum mlp_function_of_two of, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = quotient(a[i], b ? b[i] : number, of);
}

static bool holds(int64_t a, int64_t b, enum mlp_comparison how) {
    const bool results[] = {[MLP_EQ] = a == b,
                            [MLP_NE] = a != b,
                            [MLP_LT] = a<b, [MLP_LE] = a <= b, [MLP_GT] = a> b,
                            [MLP_GE] = a >= b};
    return results[how];
}

void mlp_compare_i64(bool *y, const int64_t *a, const int64_t *b, int64_t number,
                     enum mlp_comparison how, size_t n) {
    for (size_t i = 0; i < n; i++)
        y[i] = holds(a[i], b ? b[i] : number, how);
}

void mlp_integer_sum(int64_t *y, const int64_t *x, const mlp_reduced_dims *dims) {
    const size_t n = element_count(dims);
    for (size_t i = 0; i < n; i++) {
        int64_t *sum = y + place_of_sum(i, dims);
        *sum = from_bits((uint64_t)*sum + (uint64_t)x[i]);
    }
}

void mlp_bool_sum(int64_t *y, const bool *x, const mlp_reduced_dims *dims) {
    const size_t n = element_count(dims);
    for (size_t i = 0; i < n; i++)
        y[place_of_sum(i, dims)] += x[i];
}

void mlp_integer_extreme(int64_t *y, int64_t *index, const int64_t *x, const mlp_dimension *dim,
                         int sign) {
    const size_t size = dim->size, inner = dim->inner;
    for (size_t i = 0; i < dim->outer * inner; i++) {
        const int64_t *column = x + i / inner * size * inner + i % inner;
        size_t best = 0;
        for (size_t c = 1; c < size; c++)
            if (sign > 0 ? column[c * inner] > column[best * inner]
                         : column[c * inner] < column[best * inner])
                best = c;
        if (y)
            y[i] = column[best * inner];
        if (index)
            index[i] = (int64_t)best;
    }
}

void mlp_scatter_add_i64(int64_t *x, const int64_t *y, const mlp_gathered *at) {
    const size_t n = mlp_strided_count(&at->in_y);
    for (size_t i = 0; i < n; i++) {
        int64_t *sum = x + gathered_place(at, i);
        *sum = from_bits((uint64_t)*sum + (uint64_t)y[mlp_strided_place(&at->in_y, i)]);
    }
}

/* Each number on the way of a sum, or of a product, along the middle of (outer, size, inner). */
static void accumulate(int64_t *y, const int64_t *x, const mlp_dimension *dim, bool product) {
    for (size_t i = 0; i < dim->outer * dim->inner; i++) {
        const size_t first = i / dim->inner * dim->size * dim->inner + i % dim->inner;
        uint64_t so_far = product;
        for (size_t k = 0; k < dim->size; k++) {
            const size_t at = first + k * dim->inner;
            so_far = product ? so_far * (uint64_t)x[at] : so_far + (uint64_t)x[at];
            y[at] = from_bits(so_far);
        }
    }
}

void mlp_integer_cumsum(int64_t *y, const int64_t *x, const mlp_dimension *dim) {
    accumulate(y, x, dim, false);
}

void mlp_integer_cumprod(int64_t *y, const int64_t *x, const mlp_dimension *dim) {
    accumulate(y, x, dim, true);
}

void mlp_integer_prod(int64_t *y, const int64_t *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < dim->outer * dim->inner; i++) {
        const size_t first = i / dim->inner * dim->size * dim->inner + i % dim->inner;
        uint64_t product = 1;
        for (size_t k = 0; k < dim->size; k++)
            product *= (uint64_t)x[first + k * dim->inner];
        y[i] = from_bits(product);
    }
}
