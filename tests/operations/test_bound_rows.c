/* The bounds of arithmetic, powers, functions, limits, comparisons, reductions and products: that
 * they hold, of ordinary numbers and of large, equal and tiny ones. */
#include "bounds.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    TIMES = 40
};

/* --- numbers --- */

static double small(size_t i, size_t n) {
    (void)i;
    (void)n;
    return draw_side();
}

static double whole(size_t i, size_t n) {
    (void)i;
    (void)n;
    return floor(draw_side() * 4);
}

static double halves(size_t i, size_t n) {
    (void)n;
    return (floor(draw_unit() * 8) + 1) / 2 * (i % 3 ? 1 : -1);
}

/* Of many sizes. */
static double tiny(size_t i, size_t n) {
    (void)n;
    return draw_side() * pow(10, -(double)(i % 12));
}

static double far(size_t i, size_t n) {
    (void)i;
    (void)n;
    return 30 + draw_side();
}

static double positive(size_t i, size_t n) {
    (void)i;
    (void)n;
    return 0.1 + 2 * draw_unit();
}

static drawn_number *const numbers[] = {small, whole, halves, tiny, far};
enum {
    KINDS = sizeof numbers / sizeof *numbers
};

/* Each error that an input may have, in turn. */
static const double errors[] = {0, 1e-7, 1e-4};
enum {
    ERRORS = sizeof errors / sizeof *errors
};

static drawn_input matrix(drawn_number *draw, size_t rows, size_t columns, double error) {
    return (drawn_input){draw, MLP_FLOAT32, 2, {rows, columns}, error, 0};
}

/* --- element by element --- */

typedef struct {
    const mlp_operation *operation;
    drawn_number *a, *b; /* NULL: of every kind */
    bool branches;
} element_case;

/* The case with numbers of this kind, each error, and errors that do not become less near 0. */
static void each_error(bound_case c, size_t kind, const element_case *of) {
    for (size_t e = 0; e < ERRORS; e++) {
        for (size_t k = 0; k < 2; k++) {
            drawn_number *draw = k == 0 ? of->a : of->b;
            if (c.in[k].draw)
                c.in[k] = matrix(draw ? draw : numbers[kind], 5, 9, errors[e]);
        }
        c.may_be_infinite = of->branches;
        expect_bounds(&c, TIMES);
        c.in[0].off = errors[e];
        c.may_be_infinite = true;
        expect_bounds(&c, TIMES);
    }
}

static void pairs(void **state) {
    (void)state;
    static const element_case cases[] = {{&mlp_add, NULL, NULL, false},
                                         {&mlp_sub, NULL, NULL, false},
                                         {&mlp_mul, NULL, NULL, false},
                                         {&mlp_div, NULL, halves, false},
                                         {&mlp_add_scaled, NULL, NULL, false},
                                         {&mlp_sub_scaled, NULL, NULL, false},
                                         {&mlp_pow_tensor, positive, NULL, false},
                                         {&mlp_pow_tensor, NULL, whole, true},
                                         {&mlp_maximum, NULL, NULL, true},
                                         {&mlp_minimum, NULL, NULL, true},
                                         {&mlp_isclose, NULL, NULL, true},
                                         {&mlp_atan2, NULL, NULL, true},
                                         {&mlp_atan2, positive, NULL, true},
                                         {&mlp_hypot, NULL, NULL, false},
                                         {&mlp_remainder, NULL, halves, true},
                                         {&mlp_fmod, NULL, halves, true},
                                         {&mlp_floor_divide, NULL, halves, true},
                                         {&mlp_div_trunc, NULL, halves, true},
                                         {&mlp_logaddexp, NULL, NULL, false},
                                         {&mlp_copysign, NULL, NULL, true},
                                         {&mlp_fmax, NULL, NULL, true},
                                         {&mlp_fmin, NULL, NULL, true},
                                         {&mlp_heaviside, NULL, NULL, true},
                                         {&mlp_eq, NULL, NULL, true},
                                         {&mlp_ne, NULL, NULL, true},
                                         {&mlp_lt, NULL, NULL, true},
                                         {&mlp_le, NULL, NULL, true},
                                         {&mlp_gt, NULL, NULL, true},
                                         {&mlp_ge, NULL, NULL, true}};
    for (size_t o = 0; o < sizeof cases / sizeof *cases; o++)
        for (size_t kind = 0; kind < KINDS; kind++) {
            const bound_case c = {
                .operation = cases[o].operation,
                .options = {.alpha = kind % 2 ? 0.3 : -2, .atol = 0.1, .rtol = 0.2},
                .in = {{.draw = small}, {.draw = small}}};
            each_error(c, kind, &cases[o]);
        }
}

static void pairs_with_a_number(void **state) {
    (void)state;
    static const double given[] = {0.3, 2, 0.5, 1, 3, -2, 0};
    static const element_case cases[] = {
        {&mlp_add, NULL, NULL, false},  {&mlp_sub, NULL, NULL, false},
        {&mlp_rsub, NULL, NULL, false}, {&mlp_mul, NULL, NULL, false},
        {&mlp_div, NULL, NULL, false},  {&mlp_pow, positive, NULL, false},
        {&mlp_pow, NULL, NULL, true},   {&mlp_rpow, NULL, NULL, true},
        {&mlp_eq, NULL, NULL, true},    {&mlp_le, NULL, NULL, true}};
    for (size_t o = 0; o < sizeof cases / sizeof *cases; o++)
        for (size_t k = 0; k < sizeof given / sizeof *given * KINDS; k++) {
            const double number = given[k / KINDS];
            const bound_case c = {.operation = cases[o].operation,
                                  .options = {.number = mlp_real(number)},
                                  .in = {{.draw = small}}};
            element_case of = cases[o];
            if (of.operation == &mlp_pow && of.a == NULL)
                of.branches = number < 0 || number != rint(number);
            of.branches = of.branches || number == 0;
            each_error(c, k % KINDS, &of);
        }
}

static void functions(void **state) {
    (void)state;
    static const element_case cases[] = {{&mlp_neg, NULL, NULL, false},
                                         {&mlp_reciprocal, halves, NULL, false},
                                         {&mlp_exp, small, NULL, false},
                                         {&mlp_exp, NULL, NULL, true},
                                         {&mlp_log, positive, NULL, false},
                                         {&mlp_log, NULL, NULL, true},
                                         {&mlp_sqrt, positive, NULL, false},
                                         {&mlp_sqrt, NULL, NULL, true},
                                         {&mlp_abs, NULL, NULL, true},
                                         {&mlp_clamp, NULL, NULL, true},
                                         {&mlp_sin, NULL, NULL, false},
                                         {&mlp_cos, NULL, NULL, false},
                                         {&mlp_log1p, positive, NULL, false},
                                         {&mlp_log10, positive, NULL, false},
                                         {&mlp_log2, positive, NULL, false},
                                         {&mlp_expm1, small, NULL, false},
                                         {&mlp_log1p, NULL, NULL, true},
                                         {&mlp_log2, NULL, NULL, true},
                                         {&mlp_erfinv, NULL, NULL, true},
                                         {&mlp_erf, NULL, NULL, false},
                                         {&mlp_rsqrt, positive, NULL, false},
                                         {&mlp_rsqrt, NULL, NULL, true},
                                         {&mlp_sign, NULL, NULL, true},
                                         {&mlp_floor, NULL, NULL, true},
                                         {&mlp_ceil, NULL, NULL, true},
                                         {&mlp_round, NULL, NULL, true},
                                         {&mlp_round_decimals, NULL, NULL, true},
                                         {&mlp_tan, NULL, NULL, true},
                                         {&mlp_asin, NULL, NULL, true},
                                         {&mlp_acos, NULL, NULL, true},
                                         {&mlp_atan, NULL, NULL, false},
                                         {&mlp_sinh, small, NULL, false},
                                         {&mlp_cosh, small, NULL, false},
                                         {&mlp_asinh, NULL, NULL, false},
                                         {&mlp_acosh, NULL, NULL, true},
                                         {&mlp_atanh, NULL, NULL, true},
                                         {&mlp_exp2, small, NULL, false},
                                         {&mlp_trunc, NULL, NULL, true},
                                         {&mlp_frac, NULL, NULL, true},
                                         {&mlp_deg2rad, NULL, NULL, false},
                                         {&mlp_rad2deg, NULL, NULL, false},
                                         {&mlp_nan_to_num, NULL, NULL, true},
                                         {&mlp_logit, NULL, NULL, true}};
    for (size_t o = 0; o < sizeof cases / sizeof *cases; o++)
        for (size_t kind = 0; kind < KINDS; kind++) {
            const bound_case c = {.operation = cases[o].operation,
                                  .options = {.has_min = kind != 1,
                                              .has_max = kind != 2,
                                              .min = -0.5,
                                              .max = 0.75,
                                              .decimals = (int64_t)kind - 1},
                                  .in = {{.draw = small}}};
            each_error(c, kind, &cases[o]);
        }
}

static void sums_with_a_product(void **state) {
    (void)state;
    static const element_case cases[] = {{&mlp_addcmul, NULL, NULL, false},
                                         {&mlp_addcdiv, NULL, NULL, false},
                                         {&mlp_lerp, NULL, NULL, false},
                                         {&mlp_clamp_between, NULL, NULL, false}};
    for (size_t o = 0; o < sizeof cases / sizeof *cases; o++)
        for (size_t kind = 0; kind < KINDS; kind++) {
            const bound_case c = {.operation = cases[o].operation,
                                  .options = {.value = kind % 2 ? 0.3 : -2},
                                  .in = {{.draw = small},
                                         {.draw = small},
                                         matrix(o == 1 ? halves : numbers[kind], 5, 9, 1e-7)}};
            each_error(c, kind, &cases[o]);
        }
}

static void activations(void **state) {
    (void)state;
    static const element_case cases[] = {
        {&mlp_silu, NULL, NULL, false},      {&mlp_mish, NULL, NULL, false},
        {&mlp_softplus, NULL, NULL, false},  {&mlp_logsigmoid, NULL, NULL, false},
        {&mlp_gelu, NULL, NULL, false},      {&mlp_hardtanh, NULL, NULL, true},
        {&mlp_relu6, NULL, NULL, true},      {&mlp_hardsigmoid, NULL, NULL, true},
        {&mlp_hardswish, NULL, NULL, true},  {&mlp_softshrink, NULL, NULL, true},
        {&mlp_hardshrink, NULL, NULL, true}, {&mlp_threshold, NULL, NULL, true}};
    for (size_t o = 0; o < sizeof cases / sizeof *cases; o++)
        for (size_t kind = 0; kind < KINDS; kind++) {
            const bound_case c = {.operation = cases[o].operation,
                                  .options = {.min = -0.5,
                                              .max = 0.75,
                                              .beta = kind % 2 ? 1 : 2.5,
                                              .threshold = kind == 1 ? 0.5 : 20,
                                              .value = 3,
                                              .lambd = 0.3,
                                              .approximate_by_tanh = kind % 2},
                                  .in = {{.draw = small}}};
            element_case of = cases[o];
            of.branches = of.branches || (of.operation == &mlp_softplus && kind == 1);
            each_error(c, kind, &of);
        }
}

static void other_types(void **state) {
    (void)state;
    static const mlp_dtype dtypes[] = {MLP_FLOAT32, MLP_FLOAT64, MLP_INT64, MLP_BOOL};
    for (size_t k = 0; k < 4 * 4 * KINDS; k++)
        for (size_t e = 0; e < ERRORS; e++) {
            const mlp_dtype from = dtypes[k % 4], to = dtypes[k / 4 % 4];
            bound_case c = {.operation = &mlp_to,
                            .options = {.dtype = to},
                            .in = {matrix(numbers[k / 16], 5, 9, 0)},
                            .may_be_infinite = true};
            c.in[0].dtype = from;
            c.in[0].error = from == MLP_FLOAT32 || from == MLP_FLOAT64 ? errors[e] : 0;
            expect_bounds(&c, TIMES);
        }
}

/* The bound of x, off by that much, times a number. */
static double bound_of_product(double x, double off, double number) {
    float in[1] = {(float)x}, out[1];
    double bound[1] = {0}, scratch[4 + MLP_BOUND_ROOM];
    const mlp_tensor of_in = {MLP_FLOAT32, 0, {0}, 1, in};
    mlp_tensor of_out = {MLP_FLOAT32, 0, {0}, 1, out};
    const mlp_call call = {
        .in = {&of_in}, .out = {&of_out}, .options = {.number = mlp_real(number)}};
    const mlp_bounds bounds = {.in = {&off}, .out = {bound}, .scratch = scratch};
    mlp_mul.forward(&call);
    mlp_mul.bound(&call, &bounds);
    return bound[0];
}

/* A product by a power of two is exact, but where another build's may be flushed or overflow. */
static void near_the_ends(void **state) {
    (void)state;
    const double least = 2 * (double)FLT_MIN, most = (double)FLT_MAX / 2;
    assert_true(bound_of_product(least * 1.25, least / 16, 0.5) == least / 32);
    assert_true(bound_of_product(least * 1.0625, least / 16, 0.5) >= (double)FLT_MIN);
    assert_true(bound_of_product(most * 0.75, most / 16, 2) == most / 8);
    assert_true(isinf(bound_of_product(most * 0.9375, most / 16, 2)));
}

/* --- over dimensions --- */

static void reductions(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_sum,  &mlp_mean, &mlp_mean_beside,
                                                      &mlp_var,  &mlp_std,  &mlp_logsumexp,
                                                      &mlp_norm, &mlp_amax, &mlp_amin};
    for (size_t o = 0; o < sizeof operations / sizeof *operations; o++)
        for (size_t k = 0; k < KINDS * ERRORS * 4; k++) {
            const size_t kind = k % KINDS, e = k / KINDS % ERRORS, dims = k / KINDS / ERRORS;
            bound_case c = {.operation = operations[o],
                            .options = {.has_dims = dims > 0,
                                        .dims = {dims & 1, dims & 2},
                                        .keepdim = dims == 2,
                                        .correction = (int64_t)dims % 2,
                                        .p = dims % 2 ? 1 : 2},
                            .in = {matrix(numbers[kind], 6, 13, errors[e])},
                            .may_be_infinite = operations[o] != &mlp_sum &&
                                               operations[o] != &mlp_mean &&
                                               operations[o] != &mlp_mean_beside};
            expect_bounds(&c, TIMES);
        }
}

static void ordered(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_sort,       &mlp_argsort, &mlp_topk,
                                                      &mlp_median_dim, &mlp_median,  &mlp_kthvalue,
                                                      &mlp_mode,       &mlp_cummax,  &mlp_cummin};
    for (size_t o = 0; o < sizeof operations / sizeof *operations; o++)
        for (size_t k = 0; k < KINDS * ERRORS * 4; k++) {
            const size_t kind = k % KINDS, e = k / KINDS % ERRORS, how = k / KINDS / ERRORS;
            bound_case c = {.operation = operations[o],
                            .options = {.dim = (int64_t)(k % 2),
                                        .descending = how & 1,
                                        .stable = how & 2,
                                        .k = 3},
                            .in = {matrix(numbers[kind], 6, 7, errors[e])},
                            .may_be_infinite = true};
            expect_bounds(&c, TIMES);
        }
}

static void running(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_cumsum, &mlp_cumprod, &mlp_prod};
    for (size_t o = 0; o < sizeof operations / sizeof *operations; o++)
        for (size_t k = 0; k < KINDS * ERRORS * 2; k++) {
            const size_t kind = k % KINDS, e = k / KINDS % ERRORS;
            bound_case c = {.operation = operations[o],
                            .options = {.has_dim = true, .dim = (int64_t)(k % 2)},
                            .in = {matrix(numbers[kind], 5, 7, errors[e])},
                            .may_be_infinite = o > 0};
            expect_bounds(&c, TIMES);
        }
}

static void extremes(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_max,     &mlp_min,    &mlp_max_dim,
                                                      &mlp_min_dim, &mlp_argmax, &mlp_argmin};
    for (size_t o = 0; o < sizeof operations / sizeof *operations; o++)
        for (size_t k = 0; k < KINDS * ERRORS * 2; k++) {
            const size_t kind = k % KINDS, e = k / KINDS % ERRORS;
            const bool along = k / KINDS / ERRORS || o == 2 || o == 3;
            bound_case c = {.operation = operations[o],
                            .options = {.has_dim = along && o > 1, .dim = (int64_t)(k % 2)},
                            .in = {matrix(numbers[kind], 6, 7, errors[e])},
                            .may_be_infinite = true};
            expect_bounds(&c, TIMES);
        }
}

/* --- products --- */

static void products(void **state) {
    (void)state;
    static const size_t shapes[][2][4] = {
        /* ndim, sizes */
        {{2, 5, 33}, {2, 33, 4}},  {{2, 4, 1}, {2, 1, 5}}, {{1, 17}, {1, 17}},
        {{2, 6, 19}, {1, 19}},     {{1, 9}, {2, 9, 5}},    {{3, 2, 3, 8}, {3, 2, 8, 4}},
        {{3, 2, 3, 8}, {2, 8, 4}}, {{2, 1, 1}, {2, 1, 1}}, {{3, 2, 3, 8}, {1, 8}}};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        for (size_t k = 0; k < KINDS * ERRORS; k++) {
            bound_case c = {.operation = &mlp_matmul};
            for (size_t i = 0; i < 2; i++) {
                const size_t *shape = shapes[s][i];
                c.in[i] = (drawn_input){numbers[k % KINDS], MLP_FLOAT32,
                                        shape[0],           {shape[1], shape[2], shape[3]},
                                        errors[k / KINDS],  0};
            }
            expect_bounds(&c, TIMES);
        }
}

/* Whose sums' terms are too many to be sorted. */
static void large_products(void **state) {
    (void)state;
    for (size_t k = 0; k < KINDS * ERRORS; k++) {
        const double error = errors[k / KINDS];
        const bound_case c = {.operation = &mlp_matmul,
                              .in = {{numbers[k % KINDS], MLP_FLOAT32, 3, {2, 41, 80}, error, 0},
                                     {numbers[k % KINDS], MLP_FLOAT32, 3, {2, 80, 43}, error, 0}}};
        expect_bounds(&c, 2);
    }
}

/* --- added where an index says --- */

static double place(size_t i, size_t n) {
    (void)n;
    return (double)(i * 5 % 3);
}

static void added(void **state) {
    (void)state;
    for (size_t k = 0; k < KINDS * ERRORS; k++) {
        const drawn_input x = matrix(numbers[k % KINDS], 4, 7, errors[k / KINDS]);
        const drawn_input each = {place, MLP_INT64, 2, {4, 7, 0}, 0, 0};
        const drawn_input rows = {place, MLP_INT64, 1, {4, 0, 0}, 0, 0};
        expect_bounds(&(bound_case){.operation = &mlp_scatter_add, .in = {x, each, x}}, TIMES);
        expect_bounds(&(bound_case){.operation = &mlp_index_add, .in = {x, rows, x}}, TIMES);
    }
}

/* --- any order --- */

/* Adds up terms in float32, two at a time in a random order. */
static float sum_in_some_order(float *terms, size_t n) {
    for (; n > 1; n--) {
        const size_t a = (size_t)(draw_unit() * (double)n);
        const float taken = terms[a];
        terms[a] = terms[n - 1];
        const size_t b = (size_t)(draw_unit() * (double)(n - 1));
        terms[b] += taken;
    }
    return terms[0];
}

enum {
    TERMS = 50
};

static void any_order(void **state) {
    (void)state;
    double none[TERMS] = {0}, bound[1], scratch[4 * TERMS + MLP_BOUND_ROOM];
    float x[TERMS], y[1], terms[TERMS];
    const mlp_tensor of_x = {MLP_FLOAT32, 1, {TERMS}, TERMS, x};
    mlp_tensor of_y = {MLP_FLOAT32, 0, {0}, 1, y};
    const mlp_call call = {.in = {&of_x}, .out = {&of_y}};
    const mlp_bounds bounds = {.in = {none}, .out = {bound}, .scratch = scratch};
    for (size_t turn = 0; turn < 2000; turn++) {
        long double exact = 0;
        for (size_t i = 0; i < TERMS; i++) {
            x[i] = (float)numbers[turn % KINDS](i, TERMS);
            exact += (long double)x[i];
        }
        mlp_sum.forward(&call);
        mlp_sum.bound(&call, &bounds);
        for (size_t order = 0; order < 20; order++) {
            for (size_t i = 0; i < TERMS; i++)
                terms[i] = x[i];
            const double sum = sum_in_some_order(terms, TERMS);
            assert_true(fabs(sum - (double)exact) <= bound[0] * (1 + DBL_EPSILON));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs),        cmocka_unit_test(pairs_with_a_number),
        cmocka_unit_test(functions),    cmocka_unit_test(sums_with_a_product),
        cmocka_unit_test(activations),  cmocka_unit_test(other_types),
        cmocka_unit_test(reductions),   cmocka_unit_test(extremes),
        cmocka_unit_test(products),     cmocka_unit_test(large_products),
        cmocka_unit_test(added),        cmocka_unit_test(running),
        cmocka_unit_test(ordered),      cmocka_unit_test(any_order),
        cmocka_unit_test(near_the_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
