#include "mlpstep/kernels/clamp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    N = 4
};

static const double X[N] = {-2, 0.5, 3, NAN}, DY[N] = {1, 2, 4, 8};

/* One value is held to another bit by bit: a nan equals itself. */
static void expect(const mlp_clamp_limits *limits, const double y[N], const double dx[N]) {
    double got[N];
    mlp_clamp_forward_f64(got, X, limits, N);
    for (size_t i = 0; i < N; i++)
        assert_true(isnan(y[i]) ? isnan(got[i]) : got[i] == y[i]);
    mlp_clamp_backward_f64(got, DY, X, limits, N);
    assert_memory_equal(got, dx, sizeof got);
}

static void either_limit_may_be_absent(void **state) {
    (void)state;
    expect(&(mlp_clamp_limits){.has_min = true, .min = 0, .max = -5}, (double[N]){0, 0.5, 3, NAN},
           (double[N]){0, 2, 4, 0});
    expect(&(mlp_clamp_limits){.has_max = true, .min = 5, .max = 1}, (double[N]){-2, 0.5, 1, NAN},
           (double[N]){1, 2, 0, 0});
    expect(&(mlp_clamp_limits){.has_min = true, .has_max = true, .min = 0, .max = 1},
           (double[N]){0, 0.5, 1, NAN}, (double[N]){0, 2, 0, 0});
}

/* As PyTorch 1.13 has it. */
static void a_limit_of_nan_is_a_limit(void **state) {
    (void)state;
    const double none[N] = {0};
    expect(&(mlp_clamp_limits){.has_min = true, .min = NAN}, X, none);
    expect(&(mlp_clamp_limits){.has_max = true, .max = NAN}, X, none);
    expect(&(mlp_clamp_limits){.has_min = true, .has_max = true, .min = NAN, .max = 1},
           (double[N]){NAN, NAN, NAN, NAN}, none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(either_limit_may_be_absent),
        cmocka_unit_test(a_limit_of_nan_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
