/* Which releases of PyTorch there are, and what differs between them. */
#include "mlpstep/release.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void reads(const char *text, int major, int minor, mlp_build build) {
    mlp_release r = {0};
    assert_true(mlp_release_read(&r, text));
    assert_int_equal(r.major, major);
    assert_int_equal(r.minor, minor);
    assert_int_equal(r.build, build);
}

static void reads_releases(void **state) {
    (void)state;
    reads("1.13", 1, 13, MLP_WHEEL);
    reads("1.13.1,native", 1, 13, MLP_NATIVE);
    reads("2.0", 2, 0, MLP_WHEEL);
    reads("2.6.0", 2, 6, MLP_WHEEL);
    reads("2.10,wheel", 2, 10, MLP_WHEEL);
    reads("2.11.12,native", 2, 11, MLP_NATIVE);
    reads("2.5,avx2", 2, 5, MLP_WHEEL);
    reads("2.11.0,avx512", 2, 11, MLP_WHEEL_AVX512);
}

static void refuses_others(void **state) {
    static const char *const texts[] = {
        "",          "2",           "2.",      "2.6.",     "2.6.0.1",  "1.12",        "1.14",
        "2.12",      "3.0",         "0.0",     "0.6",      "02.6",     "2.06",        "-2.6",
        "2.-6",      " 2.6",        "2.6 ",    "2.6,",     "2.6, mkl", "2.6,mkl",     ",native",
        "2.6native", "2,native",    "2.1000",  "v2.6",     "2.6+cpu",  "2.6,native,", "2.6,Wheel",
        "2.4,avx2",  "1.13,avx512", "2.6,avx", "2.6,avx2,"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mlp_release r = {2, 3, MLP_NATIVE};
        assert_false(mlp_release_read(&r, texts[i]));
        assert_int_equal(r.minor, 3);
    }
}

static void knows_releases(void **state) {
    (void)state;
    assert_true(mlp_release_is_known(&(mlp_release){0}));
    assert_true(mlp_release_is_known(&(mlp_release){.build = MLP_NATIVE}));
    assert_true(mlp_release_is_known(&(mlp_release){2, 0, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){1, 12, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){1, 14, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){2, 12, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){2, -1, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){0, 6, MLP_WHEEL}));
    assert_false(mlp_release_is_known(&(mlp_release){2, 4, MLP_WHEEL_AVX512}));
}

static bool has(int major, int minor, mlp_build build, mlp_behaviour behaviour) {
    return mlp_release_has(&(mlp_release){major, minor, build}, behaviour);
}

static void has_masks_of_mkl_in_wheels_to_2_6(void **state) {
    (void)state;
    assert_false(has(1, 13, MLP_WHEEL, MLP_DRAWS_WITHOUT_MKL));
    assert_false(has(2, 6, MLP_WHEEL, MLP_DRAWS_WITHOUT_MKL));
    assert_true(has(2, 7, MLP_WHEEL, MLP_DRAWS_WITHOUT_MKL));
    assert_true(has(2, 11, MLP_WHEEL, MLP_DRAWS_WITHOUT_MKL));
    assert_true(has(1, 13, MLP_NATIVE, MLP_DRAWS_WITHOUT_MKL));
    assert_true(has(2, 6, MLP_NATIVE, MLP_DRAWS_WITHOUT_MKL));
    assert_false(has(0, 0, MLP_WHEEL, MLP_DRAWS_WITHOUT_MKL));
    assert_true(has(0, 0, MLP_NATIVE, MLP_DRAWS_WITHOUT_MKL));
}

static void multiplies_by_mkl_in_wheels_from_2_5(void **state) {
    (void)state;
    assert_false(has(2, 4, MLP_WHEEL, MLP_MULTIPLIES_BY_MKL));
    assert_true(has(2, 5, MLP_WHEEL, MLP_MULTIPLIES_BY_MKL));
    assert_true(has(0, 0, MLP_WHEEL, MLP_MULTIPLIES_BY_MKL));
    assert_true(has(2, 11, MLP_WHEEL_AVX512, MLP_MULTIPLIES_BY_MKL));
    assert_false(has(2, 11, MLP_NATIVE, MLP_MULTIPLIES_BY_MKL));
}

static void is_wide_with_avx512(void **state) {
    (void)state;
    assert_true(mlp_release_is_wide(&(mlp_release){2, 11, MLP_WHEEL_AVX512}));
    assert_false(mlp_release_is_wide(&(mlp_release){2, 11, MLP_WHEEL}));
    assert_true(has(2, 11, MLP_WHEEL_AVX512, MLP_GELU_IN_PIECES));
    assert_false(has(2, 11, MLP_WHEEL, MLP_GELU_IN_PIECES));
    assert_true(has(2, 6, MLP_NATIVE, MLP_GELU_IN_PIECES));
    assert_false(has(1, 13, MLP_NATIVE, MLP_GELU_IN_PIECES));
    assert_string_equal(mlp_release_processor(&(mlp_release){2, 11, MLP_WHEEL_AVX512}), ",avx512");
    assert_string_equal(mlp_release_processor(&(mlp_release){2, 11, MLP_NATIVE}), "");
}

static void is_2_6_without_a_number(void **state) {
    (void)state;
    for (int behaviour = 0; behaviour < MLP_BEHAVIOURS; behaviour++)
        assert_int_equal(has(0, 0, MLP_WHEEL, (mlp_behaviour)behaviour),
                         has(2, 6, MLP_WHEEL, (mlp_behaviour)behaviour));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_releases),
        cmocka_unit_test(refuses_others),
        cmocka_unit_test(knows_releases),
        cmocka_unit_test(has_masks_of_mkl_in_wheels_to_2_6),
        cmocka_unit_test(multiplies_by_mkl_in_wheels_from_2_5),
        cmocka_unit_test(is_wide_with_avx512),
        cmocka_unit_test(is_2_6_without_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
