#include "fixture.h"
#include "gradient.h"
#include "mlpstep/kernels/linear.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("linear.txt");
    while (fixture_next(f)) {
        const bool bias = fixture_has(f, "bias");
        const size_t in = fixture_size(f, "weight", 1);
        const mlp_linear_sizes sizes = {.batch = fixture_numel(f, "x") / in,
                                        .in_features = in,
                                        .out_features = fixture_size(f, "weight", 0)};
        if (fixture_is_float64(f)) {
            const double *x = fixture_f64(f, "x"), *weight = fixture_f64(f, "weight");
            double *y = fixture_out_f64(f, "y"), *dx = fixture_out_f64(f, "dx");
            double *dweight = fixture_out_f64(f, "dweight");
            double *dbias = bias ? fixture_out_f64(f, "dbias") : NULL;
            mlp_linear_forward_f64(y, x, weight, fixture_f64(f, "bias"), &sizes);
            mlp_linear_backward_f64(dx, dweight, dbias, fixture_f64(f, "dy"), x, weight, &sizes);
            fixture_expect_f64(f, "y", y);
            fixture_expect_f64(f, "dx", dx);
            fixture_expect_f64(f, "dweight", dweight);
            if (bias)
                fixture_expect_f64(f, "dbias", dbias);
        } else {
            const float *x = fixture_f32(f, "x"), *weight = fixture_f32(f, "weight");
            float *y = fixture_out_f32(f, "y"), *dx = fixture_out_f32(f, "dx");
            float *dweight = fixture_out_f32(f, "dweight");
            float *dbias = bias ? fixture_out_f32(f, "dbias") : NULL;
            mlp_linear_forward_f32(y, x, weight, fixture_f32(f, "bias"), &sizes);
            mlp_linear_backward_f32(dx, dweight, dbias, fixture_f32(f, "dy"), x, weight, &sizes);
            fixture_expect_f32(f, "y", y);
            fixture_expect_f32(f, "dx", dx);
            fixture_expect_f32(f, "dweight", dweight);
            if (bias)
                fixture_expect_f32(f, "dbias", dbias);
        }
    }
    fixture_close(f);
}

enum {
    BATCH = 2,
    IN = 3,
    OUT = 2
};

typedef struct {
    double x[BATCH * IN], weight[OUT * IN], bias[OUT];
} point;

static const mlp_linear_sizes SIZES = {.batch = BATCH, .in_features = IN, .out_features = OUT};
static const double DY[BATCH * OUT] = {1, -2, 0.5, 3};
static const point AT = {{0.5, -1, 2, 0.25, 3, -0.75}, {1, 0.5, -0.25, 2, -1.5, 0.125}, {0.75, -2}};

/* L = sum of DY * y. */
static double loss(void *context) {
    const point *at = context;
    double y[BATCH * OUT], sum = 0;
    mlp_linear_forward_f64(y, at->x, at->weight, at->bias, &SIZES);
    for (size_t i = 0; i < BATCH * OUT; i++)
        sum += DY[i] * y[i];
    return sum;
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    point at = AT, gradient;
    mlp_linear_backward_f64(gradient.x, gradient.weight, gradient.bias, DY, at.x, at.weight,
                            &SIZES);
    expect_gradient("dx", loss, &at, at.x, gradient.x, BATCH * IN);
    expect_gradient("dweight", loss, &at, at.weight, gradient.weight, OUT * IN);
    expect_gradient("dbias", loss, &at, at.bias, gradient.bias, OUT);
}

/* Each gradient alone, with the inputs that it does not need absent. */
static void unwanted_gradients_are_left_out(void **state) {
    (void)state;
    point all, one;
    mlp_linear_backward_f64(all.x, all.weight, all.bias, DY, AT.x, AT.weight, &SIZES);
    mlp_linear_backward_f64(one.x, NULL, NULL, DY, NULL, AT.weight, &SIZES);
    mlp_linear_backward_f64(NULL, one.weight, NULL, DY, AT.x, NULL, &SIZES);
    mlp_linear_backward_f64(NULL, NULL, one.bias, DY, NULL, NULL, &SIZES);
    assert_memory_equal(&one, &all, sizeof all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
        cmocka_unit_test(unwanted_gradients_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
