#include "fixture.h"
#include "mlpstep/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool later; /* as PyTorch 2.11 draws, not 1.13 */

static uint64_t wide(void) {
    return UINT64_C(1) << (later ? 28 : 32);
}

static mlp_generator seeded(uint64_t seed) {
    mlp_generator g;
    mlp_generator_seed(&g, seed);
    return g;
}

/* Seeds do not fit a double, and may be negative. */
static mlp_generator seeded_as(const fixture *f) {
    return seeded(strtoull(fixture_text(f, "seed"), NULL, 10));
}

/* random_(0, 2^32 - 1), which in 1.13 is but a word for all but one value in 2^32. */
static void expect_words(fixture *f) {
    mlp_generator g = seeded_as(f);
    const int64_t *words = fixture_i64(f, "words");
    for (size_t i = 0; i < fixture_numel(f, "words"); i++) {
        int64_t word = later ? 0 : mlp_generator_random(&g);
        if (later)
            mlp_randint(&g, &word, 1, 0, UINT32_MAX, wide());
        assert_int_equal(word, words[i]);
    }
}

/* Fails unless got is within that distance of the tensor, or at distance 0 has its bits. */
static void expect_f64(fixture *f, const char *name, const double *got, double within) {
    const size_t n = fixture_numel(f, name);
    const double *want = fixture_f64(f, name);
    if (within == 0)
        assert_memory_equal(got, want, n * sizeof *got);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(got[i] - want[i]) <= within))
            fail_msg("%s: %s[%zu] is %a, PyTorch has %a", fixture_name(f), name, i, got[i],
                     want[i]);
}

/* Draws the named tensor from uniform_(low, high). float64 is held to the bit here too: nothing
 * in it depends on the C library. */
static void expect_uniform(fixture *f, mlp_generator *g, bool float64, const char *name, double low,
                           double high) {
    const size_t n = fixture_numel(f, name);
    if (float64) {
        double *got = fixture_out_f64(f, name);
        mlp_uniform_f64(g, got, n, low, high);
        expect_f64(f, name, got, 0);
    } else {
        float *got = fixture_out_f32(f, name);
        mlp_uniform_f32(g, got, n, low, high);
        fixture_expect_f32(f, name, got);
    }
}

/* The same from normal_(mean, std). */
static void expect_normal(fixture *f, mlp_generator *g, bool float64, const char *name, double mean,
                          double std) {
    const size_t n = fixture_numel(f, name);
    if (float64) {
        double *got = fixture_out_f64(f, name);
        mlp_normal_f64(g, got, n, mean, std, later);
        expect_f64(f, name, got, fixture_number(f, "within"));
    } else {
        float *got = fixture_out_f32(f, name);
        mlp_normal_f32(g, got, n, mean, std, later);
        fixture_expect_f32(f, name, got);
    }
}

static void expect_randint(fixture *f, mlp_generator *g, const char *name, int64_t low,
                           int64_t high) {
    const size_t n = fixture_numel(f, name);
    int64_t got[64];
    assert_true(n <= 64);
    mlp_randint(g, got, n, low, high, wide());
    assert_memory_equal(got, fixture_i64(f, name), n * sizeof *got);
}

static void expect_randperm(fixture *f, mlp_generator *g) {
    const size_t n = fixture_numel(f, "order");
    int64_t got[1024];
    assert_true(n <= 1024);
    mlp_randperm(g, got, n);
    assert_memory_equal(got, fixture_i64(f, "order"), n * sizeof *got);
}

static void expect_bernoulli(fixture *f, mlp_generator *g, const char *name, double keep) {
    const size_t n = fixture_numel(f, name);
    int64_t mask[1024];
    assert_true(n <= 1024);
    mlp_bernoulli(g, MLP_RNG_NATIVE, mask, n, keep);
    assert_memory_equal(mask, fixture_i64(f, name), n * sizeof *mask);
}

static void expect_bernoulli_each(fixture *f, mlp_generator *g) {
    const size_t n = fixture_numel(f, "mask");
    int64_t mask[1024];
    assert_true(n <= 1024);
    if (fixture_is_float64(f))
        mlp_bernoulli_each_f64(g, mask, fixture_f64(f, "keep"), n);
    else
        mlp_bernoulli_each_f32(g, mask, fixture_f32(f, "keep"), n);
    assert_memory_equal(mask, fixture_i64(f, "mask"), n * sizeof *mask);
}

static void expect_linear(fixture *f, mlp_generator *g) {
    const size_t fan_in = (size_t)fixture_number(f, "fan_in");
    const double weight_bound = mlp_linear_weight_bound(fan_in);
    const double bias_bound = mlp_linear_bias_bound(fan_in);
    expect_uniform(f, g, fixture_is_float64(f), "weight", -weight_bound, weight_bound);
    if (fixture_has(f, "bias"))
        expect_uniform(f, g, fixture_is_float64(f), "bias", -bias_bound, bias_bound);
}

/* Each of the four fills starts from the seed. */
static void expect_init(fixture *f) {
    const bool float64 = fixture_is_float64(f);
    const size_t fan_in = (size_t)fixture_number(f, "fan_in");
    const size_t fan_out = (size_t)fixture_number(f, "fan_out");
    double gain;
    assert_true(mlp_init_gain(fixture_text(f, "nonlinearity"), fixture_number(f, "slope"), &gain));
    expect_f64(f, "gain", &gain, 0);

    const double xavier = mlp_init_xavier_std(fan_in, fan_out, gain);
    mlp_generator g = seeded_as(f);
    expect_normal(f, &g, float64, "xavier_normal", 0, xavier);
    const double xavier_bound = mlp_init_uniform_bound(xavier);
    g = seeded_as(f);
    expect_uniform(f, &g, float64, "xavier_uniform", -xavier_bound, xavier_bound);

    g = seeded_as(f);
    expect_normal(f, &g, float64, "kaiming_normal", 0, mlp_init_kaiming_std(fan_out, gain));
    const double kaiming_bound = mlp_init_uniform_bound(mlp_init_kaiming_std(fan_in, gain));
    g = seeded_as(f);
    expect_uniform(f, &g, float64, "kaiming_uniform", -kaiming_bound, kaiming_bound);
}

/* Calls one after the other: each letter of `calls` draws the tensor named after its place. */
static void expect_stream(fixture *f, mlp_generator *g) {
    const char *calls = fixture_text(f, "calls");
    for (size_t i = 0; calls[i]; i++) {
        char name[24];
        snprintf(name, sizeof name, "%zu", i);
        switch (calls[i]) {
        case 'n':
        case 'N':
            expect_normal(f, g, calls[i] == 'N', name, 0.3, 1.7);
            break;
        case 'u':
        case 'U':
            expect_uniform(f, g, calls[i] == 'U', name, 0, 1);
            break;
        case 'b':
            expect_bernoulli(f, g, name, 0.5);
            break;
        case 'i':
            expect_randint(f, g, name, 0, 10);
            break;
        default:
            assert_int_equal(calls[i], 's');
            *g = seeded_as(f);
        }
    }
}

static void expect_case(fixture *f, mlp_generator *g) {
    const char *name = fixture_name(f);
    if (strcmp(name, "random") == 0)
        expect_words(f);
    else if (strcmp(name, "uniform") == 0)
        expect_uniform(f, g, fixture_is_float64(f), "uniform", fixture_number(f, "low"),
                       fixture_number(f, "high"));
    else if (strcmp(name, "normal") == 0)
        expect_normal(f, g, fixture_is_float64(f), "normal", fixture_number(f, "mean"),
                      fixture_number(f, "std"));
    else if (strcmp(name, "bernoulli") == 0)
        expect_bernoulli(f, g, "mask", fixture_number(f, "keep"));
    else if (strcmp(name, "bernoulli_each") == 0)
        expect_bernoulli_each(f, g);
    else if (strcmp(name, "randint") == 0)
        expect_randint(f, g, "integers", (int64_t)fixture_number(f, "low"),
                       (int64_t)fixture_number(f, "high"));
    else if (strcmp(name, "randperm") == 0)
        expect_randperm(f, g);
    else if (strcmp(name, "linear") == 0)
        expect_linear(f, g);
    else if (strcmp(name, "init") == 0)
        expect_init(f);
    else if (strcmp(name, "stream") == 0)
        expect_stream(f, g);
    else
        fail_msg("a case %s", name);
}

static void expect_all(const char *name) {
    fixture *f = fixture_open(name);
    while (fixture_next(f)) {
        mlp_generator g = seeded_as(f);
        expect_case(f, &g);
        /* The generator stands where PyTorch's stands. */
        if (fixture_has(f, "after"))
            expect_uniform(f, &g, fixture_is_float64(f), "after", 0, 1);
    }
    fixture_close(f);
}

static void equals_pytorch(void **state) {
    (void)state;
    expect_all("random.txt");
}

static void equals_pytorch_2_11(void **state) {
    (void)state;
    later = true;
    expect_all("torch-2.11/random.txt");
    later = false;
}

/* ISO C++ [rand.predef]: the 10000th output of a mt19937 with its default seed. */
static void mt19937_known_answer(void **state) {
    (void)state;
    mlp_generator g = seeded(5489);
    assert_int_equal(mlp_generator_random(&g), 3499211612);
    for (int i = 2; i < 10000; i++)
        mlp_generator_random(&g);
    assert_int_equal(mlp_generator_random(&g), 4123659995);
}

static void random64_has_the_earlier_word_high(void **state) {
    (void)state;
    mlp_generator g = seeded(1), copy = g;
    const uint64_t high = mlp_generator_random(&copy), low = mlp_generator_random(&copy);
    assert_true(mlp_generator_random64(&g) == (high << 32 | low));
}

/* The mask that a build with MKL published for Dropout(0.75) after manual_seed(2022). */
static void mkl_published_mask(void **state) {
    (void)state;
    mlp_generator g = seeded(2022);
    int64_t mask[3];
    mlp_bernoulli(&g, MLP_RNG_MKL, mask, 3, 1 - 0.75);
    const int64_t published[3] = {1, 1, 0};
    assert_memory_equal(mask, published, sizeof mask);
}

static void mkl_draws_once(void **state) {
    (void)state;
    mlp_generator g = seeded(7), copy = g;
    int64_t mask[100];
    mlp_bernoulli(&g, MLP_RNG_MKL, mask, 0, 0.5);
    assert_int_equal(g.next, copy.next);
    mlp_bernoulli(&g, MLP_RNG_MKL, mask, 100, 1);
    for (int i = 0; i < 100; i++)
        assert_int_equal(mask[i], 1);
    mlp_generator_random(&copy);
    assert_int_equal(mlp_generator_random(&g), mlp_generator_random(&copy));
    mlp_bernoulli(&g, MLP_RNG_MKL, mask, 100, 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(mask[i], 0);
}

/* low + random64() % (high - low) over the widest range there is, as PyTorch draws after
 * manual_seed(1); such values do not fit the doubles of a fixture. */
static void randint_over_all_integers(void **state) {
    (void)state;
    mlp_generator g = seeded(1);
    int64_t got[3];
    mlp_randint(&g, got, 3, INT64_MIN, INT64_MAX, wide());
    const int64_t want[3] = {INT64_C(-1530673954295414549), INT64_C(4064269471072392264),
                             INT64_C(-9221262077785750647)};
    assert_memory_equal(got, want, sizeof want);
}

/* What a small call leaves behind is the second number of its pair: a copy has it too. */
static void a_copy_has_the_waiting_number(void **state) {
    (void)state;
    mlp_generator g = seeded(1);
    double first, second, again;
    mlp_normal_f64(&g, &first, 1, 0, 1, false);
    mlp_generator copy = g;
    mlp_normal_f64(&g, &second, 1, 0, 1, false);
    mlp_normal_f64(&copy, &again, 1, 0, 1, false);
    assert_memory_equal(&second, &again, sizeof second);
    assert_true(first != second);
}

static void no_gain_of_an_unknown_nonlinearity(void **state) {
    (void)state;
    double gain = 7;
    assert_false(mlp_init_gain("ReLU", 0, &gain));
    assert_false(mlp_init_gain("", 0, &gain));
    assert_true(mlp_init_gain("conv_transpose3d", 0, &gain));
    assert_true(gain == 1);
}

/* Of sixteen uniform numbers: in double, and as a build without PyTorch's approximations may. */
static void exact_block(double *x, const float *u, double mean, double std) {
    for (size_t i = 0; i < 8; i++) {
        const double r = sqrt(-2 * log(1 - (double)u[i]));
        const double theta = 2 * acos(-1) * (double)u[i + 8];
        x[i] = r * cos(theta) * std + mean;
        x[i + 8] = r * sin(theta) * std + mean;
    }
}

static void other_block(float *x, const float *u, float mean, float std) {
    for (size_t i = 0; i < 8; i++) {
        const float r = sqrtf(-2 * logf(1 - u[i]));
        const float theta = (float)(2 * acos(-1) * (double)u[i + 8]);
        const float first = r * cosf(theta) * std, second = r * sinf(theta) * std;
        x[i] = first + mean;
        x[i + 8] = second + mean;
    }
}

static void normals_are_within_their_bounds(void **state) {
    (void)state;
    static const double means[] = {0, 0.3, -100}, stds[] = {1, 0.02, 3};
    enum {
        MANY = 16 * 200
    };
    static float got[MANY], uniform[MANY], other[16];
    static double bound[MANY];
    for (size_t seed = 0; seed < 90; seed++) {
        const double mean = means[seed % 3], std = stds[seed / 3 % 3];
        mlp_generator g = seeded(seed), for_bounds = g, for_uniform = g;
        mlp_normal_f32(&g, got, MANY, mean, std, false);
        mlp_normal_bounds_f32(&for_bounds, bound, MANY, mean, std);
        mlp_uniform_f32(&for_uniform, uniform, MANY, 0, 1);
        assert_int_equal(g.next, for_bounds.next);
        for (size_t i = 0; i < MANY; i++) {
            double exact[16];
            exact_block(exact, uniform + i / 16 * 16, mean, std);
            other_block(other, uniform + i / 16 * 16, (float)mean, (float)std);
            assert_true(fabs((double)got[i] - exact[i % 16]) <= bound[i]);
            assert_true(fabs((double)other[i % 16] - exact[i % 16]) <= bound[i]);
            assert_true(bound[i] < 5e-6 * std + 1e-6 * fabs(mean));
        }
    }
}

/* Rounded once from doubles whose last bits do not show: the same in all builds. */
static void a_few_normals_are_exact(void **state) {
    (void)state;
    mlp_generator g = seeded(3), copy = g;
    double bound[31], wide[31];
    mlp_normal_bounds_f32(&g, bound, 15, 0, 1);
    for (size_t i = 0; i < 15; i++)
        assert_true(bound[i] == 0);
    mlp_normal_bounds_f64(&copy, wide, 15, 0, 1);
    for (size_t i = 0; i < 15; i++)
        assert_true(wide[i] > 0 && wide[i] < 1e-13);
    mlp_normal_bounds_f32(&g, bound, 31, 0, 1); /* the last sixteen are drawn anew */
    assert_true(bound[30] > 0);
}

static void uniform_numbers_are_fused_or_not(void **state) {
    (void)state;
    mlp_generator g = seeded(5), copy = g, for_units = g;
    float got[100], unit[100];
    double bound[100];
    size_t differ = 0;
    mlp_uniform_f32(&g, got, 100, -0.3, 0.5);
    mlp_uniform_bounds_f32(&copy, bound, 100, -0.3, 0.5);
    mlp_uniform_f32(&for_units, unit, 100, 0, 1);
    for (size_t i = 0; i < 100; i++) {
        const float product = unit[i] * (0.5f - -0.3f), other = product + -0.3f;
        assert_true(fabs((double)got[i] - (double)other) == bound[i]);
        differ += bound[i] > 0;
    }
    assert_true(differ > 10 && differ < 90);
    mlp_uniform_bounds_f32(&copy, bound, 100, -1, 1); /* twice a number is exact */
    for (size_t i = 0; i < 100; i++)
        assert_true(bound[i] == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_pytorch_2_11),
        cmocka_unit_test(mt19937_known_answer),
        cmocka_unit_test(random64_has_the_earlier_word_high),
        cmocka_unit_test(mkl_published_mask),
        cmocka_unit_test(mkl_draws_once),
        cmocka_unit_test(randint_over_all_integers),
        cmocka_unit_test(a_copy_has_the_waiting_number),
        cmocka_unit_test(normals_are_within_their_bounds),
        cmocka_unit_test(a_few_normals_are_exact),
        cmocka_unit_test(uniform_numbers_are_fused_or_not),
        cmocka_unit_test(no_gain_of_an_unknown_nonlinearity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
