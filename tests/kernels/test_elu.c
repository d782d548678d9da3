#include "fixture.h"
#include "gradient.h"
#include "mlpstep/kernels/elu.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("elu.txt");
    while (fixture_next(f)) {
        const mlp_elu_shape of = {.alpha = fixture_number(f, "alpha"),
                                  .scale = fixture_number(f, "scale"),
                                  .input_scale = fixture_number(f, "input_scale"),
                                  .input_scale_back = fixture_number(f, "input_scale_back"),
                                  .inplace = fixture_number(f, "inplace") != 0};
        const size_t n = fixture_numel(f, "x");
        if (fixture_is_float64(f)) {
            double *y = fixture_out_f64(f, "y"), *dx = fixture_out_f64(f, "dx");
            mlp_elu_forward_f64(y, fixture_f64(f, "x"), n, &of, &(mlp_loop){0});
            mlp_elu_backward_f64(dx, fixture_f64(f, "dy"), fixture_f64(f, "x"), n, &of,
                                 &(mlp_loop){0});
            fixture_expect_f64(f, "y", y);
            fixture_expect_f64(f, "dx", dx);
        } else {
            float *y = fixture_out_f32(f, "y"), *dx = fixture_out_f32(f, "dx");
            mlp_elu_forward_f32(y, fixture_f32(f, "x"), n, &of, &(mlp_loop){0});
            mlp_elu_backward_f32(dx, fixture_f32(f, "dy"), fixture_f32(f, "x"), n, &of,
                                 &(mlp_loop){0});
            fixture_expect_f32(f, "y", y);
            fixture_expect_f32(f, "dx", dx);
        }
    }
    fixture_close(f);
}

enum {
    N = 4
};

static const mlp_elu_shape shape = {.alpha = 0.5,
                                    .scale = 1.5,
                                    .input_scale = 2,
                                    .input_scale_back = 2};

/* L = sum of i * y[i], so that dL/dy[i] = i. */
static double weighted_sum(void *x) {
    double y[N], sum = 0;
    mlp_elu_forward_f64(y, x, N, &shape, &(mlp_loop){0});
    for (int i = 0; i < N; i++)
        sum += i * y[i];
    return sum;
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    double x[N] = {0.5, -0.25, 2, -3}, dx[N];
    const double dy[N] = {0, 1, 2, 3};
    for (int inplace = 0; inplace < 2; inplace++) {
        mlp_elu_shape of = shape;
        of.inplace = inplace;
        mlp_elu_backward_f64(dx, dy, x, N, &of, &(mlp_loop){0});
        expect_gradient("dx", weighted_sum, x, x, dx, N);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
