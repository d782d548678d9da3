#include "fixture.h"

#include "mlpstep/kernels/rounded.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *name;
    enum mlp_rounded of;
} functions[] = {
    {"exp", MLP_ROUNDED_EXP},       {"log", MLP_ROUNDED_LOG},   {"log10", MLP_ROUNDED_LOG10},
    {"log2", MLP_ROUNDED_LOG2},     {"tanh", MLP_ROUNDED_TANH}, {"erf", MLP_ROUNDED_ERF},
    {"erfinv", MLP_ROUNDED_ERFINV}, {"sin", MLP_ROUNDED_SIN},   {"cos", MLP_ROUNDED_COS},
    {"tan", MLP_ROUNDED_TAN},       {"asin", MLP_ROUNDED_ASIN}, {"acos", MLP_ROUNDED_ACOS},
    {"atan", MLP_ROUNDED_ATAN}};

static void equal_mpmath(void **state) {
    (void)state;
    fixture *f = fixture_open("rounded.txt");
    while (fixture_next(f)) {
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
            float *y = fixture_out_f32(f, functions[i].name);
            mlp_rounded_forward(y, fixture_f32(f, "x"), functions[i].of, fixture_numel(f, "x"));
            fixture_expect_f32(f, functions[i].name, y);
        }
    }
    fixture_close(f);
}

static size_t differing(fixture *f, const char *name, enum mlp_rounded of) {
    const float *theirs = fixture_f32(f, name);
    float *ours = fixture_out_f32(f, name);
    size_t count = 0;
    mlp_rounded_forward(ours, fixture_f32(f, "x"), of, fixture_numel(f, "x"));
    for (size_t i = 0; i < fixture_numel(f, "x"); i++) {
        if (isnan(theirs[i]) ? isnan(ours[i]) : theirs[i] == ours[i])
            continue;
        assert_true(nextafterf(ours[i], theirs[i]) == theirs[i]);
        count++;
    }
    return count;
}

/* How many of the results of 2.11's wheel are the float beside ours. */
static void near_mkl(const char *name, size_t exp, size_t log, size_t tanh) {
    fixture *f = fixture_open(name);
    while (fixture_next(f)) {
        assert_int_equal(fixture_numel(f, "x"), 1520);
        assert_int_equal(differing(f, "exp", MLP_ROUNDED_EXP), exp);
        assert_int_equal(differing(f, "log", MLP_ROUNDED_LOG), log);
        assert_int_equal(differing(f, "tanh", MLP_ROUNDED_TANH), tanh);
    }
    fixture_close(f);
}

static void near_mkl_avx2(void **state) {
    (void)state;
    near_mkl("torch-2.11/elementary_avx2.txt", 57, 44, 0);
}

static void near_mkl_avx512(void **state) {
    (void)state;
    near_mkl("torch-2.11/elementary_avx512.txt", 22, 0, 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_mpmath),
        cmocka_unit_test(near_mkl_avx2),
        cmocka_unit_test(near_mkl_avx512),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
