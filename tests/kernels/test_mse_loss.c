#include "fixture.h"
#include "gradient.h"
#include "loss.h"
#include "mlpstep/kernels/mse_loss.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("mse_loss.txt");
    while (fixture_next(f)) {
        const mlp_element_loss of = {.n = fixture_numel(f, "x"), .reduction = fixture_reduction(f)};
        if (fixture_is_float64(f)) {
            const double *x = fixture_f64(f, "x"), *target = fixture_f64(f, "target");
            const double *dloss = fixture_f64(f, "dloss");
            double *loss = fixture_out_f64(f, "loss"), *scratch = fixture_out_f64(f, "x");
            double *dx = fixture_out_f64(f, "dx"), *dtarget = fixture_out_f64(f, "dtarget");
            mlp_mse_loss_forward_f64(loss, scratch, x, target, &of);
            mlp_mse_loss_backward_f64(dx, dtarget, dloss, x, target, &of);
            fixture_expect_f64(f, "loss", loss);
            fixture_expect_f64(f, "dx", dx);
            fixture_expect_f64(f, "dtarget", dtarget);
        } else {
            const float *x = fixture_f32(f, "x"), *target = fixture_f32(f, "target");
            const float *dloss = fixture_f32(f, "dloss");
            float *loss = fixture_out_f32(f, "loss"), *scratch = fixture_out_f32(f, "x");
            float *dx = fixture_out_f32(f, "dx"), *dtarget = fixture_out_f32(f, "dtarget");
            mlp_mse_loss_forward_f32(loss, scratch, x, target, &of);
            mlp_mse_loss_backward_f32(dx, NULL, dloss, x, target, &of);
            mlp_mse_loss_backward_f32(NULL, dtarget, dloss, x, target, &of);
            fixture_expect_f32(f, "loss", loss);
            fixture_expect_f32(f, "dx", dx);
            fixture_expect_f32(f, "dtarget", dtarget);
        }
    }
    fixture_close(f);
}

enum {
    N = 4
};

typedef struct {
    double x[N], target[N];
    mlp_element_loss of;
} problem;

static const double dloss[N] = {1, -0.5, 2, 3};

/* L = sum of dloss * loss. */
static double weighted_sum(void *context) {
    const problem *p = context;
    double loss[N] = {0}, scratch[N], sum = 0;
    mlp_mse_loss_forward_f64(loss, scratch, p->x, p->target, &p->of);
    for (int i = 0; i < N; i++)
        sum += dloss[i] * loss[i];
    return sum;
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    for (int reduction = MLP_REDUCTION_NONE; reduction <= MLP_REDUCTION_SUM; reduction++) {
        problem p = {
            {0.5, -1, 2, 0.25}, {1, -1, -0.5, 3}, {.n = N, .reduction = (mlp_reduction)reduction}};
        double dx[N], dtarget[N];
        mlp_mse_loss_backward_f64(dx, dtarget, dloss, p.x, p.target, &p.of);
        expect_gradient("dx", weighted_sum, &p, p.x, dx, N);
        expect_gradient("dtarget", weighted_sum, &p, p.target, dtarget, N);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
