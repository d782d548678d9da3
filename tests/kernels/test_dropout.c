#include "fixture.h"
#include "gradient.h"
#include "mlpstep/kernels/dropout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("dropout.txt");
    while (fixture_next(f)) {
        const double p = fixture_number(f, "p");
        const int64_t *mask = fixture_i64(f, "mask");
        const size_t n = fixture_numel(f, "x");
        if (fixture_is_float64(f)) {
            double *y = fixture_out_f64(f, "y"), *dx = fixture_out_f64(f, "dx");
            mlp_dropout_forward_f64(y, fixture_f64(f, "x"), mask, n, p);
            mlp_dropout_backward_f64(dx, fixture_f64(f, "dy"), mask, n, p);
            fixture_expect_f64(f, "y", y);
            fixture_expect_f64(f, "dx", dx);
        } else {
            const float *dy = fixture_f32(f, "dy");
            float *y = fixture_out_f32(f, "y"), *dx = fixture_out_f32(f, "dx");
            mlp_dropout_forward_f32(y, fixture_f32(f, "x"), mask, n, p);
            mlp_dropout_backward_f32(dx, dy, mask, n, p);
            fixture_expect_f32(f, "y", y);
            fixture_expect_f32(f, "dx", dx);
            memcpy(dx, dy, n * sizeof *dx);
            mlp_dropout_backward_f32(dx, dx, mask, n, p);
            fixture_expect_f32(f, "dx", dx);
        }
    }
    fixture_close(f);
}

/* With p = 1 nothing is kept, and nothing is divided by zero, whatever the mask says. */
static void nothing_is_kept_at_p_1(void **state) {
    (void)state;
    const float x[2] = {3, -3};
    const int64_t mask[2] = {1, 1};
    float y[2];
    mlp_dropout_forward_f32(y, x, mask, 2, 1);
    assert_true(y[0] == 0 && y[1] == 0);
}

enum {
    N = 4
};
static const int64_t MASK[N] = {1, 0, 1, 1};

/* L = sum of i * y[i], so that dL/dy[i] = i. */
static double weighted_sum(void *x) {
    double y[N], sum = 0;
    mlp_dropout_forward_f64(y, x, MASK, N, 0.3);
    for (int i = 0; i < N; i++)
        sum += i * y[i];
    return sum;
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    double x[N] = {0.5, -0.25, 2, -3}, dx[N];
    const double dy[N] = {0, 1, 2, 3};
    mlp_dropout_backward_f64(dx, dy, MASK, N, 0.3);
    expect_gradient("dx", weighted_sum, x, x, dx, N);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(nothing_is_kept_at_p_1),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
