#include "fixture.h"
#include "gradient.h"
#include "loss.h"
#include "mlpstep/kernels/cross_entropy_probabilities.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("cross_entropy_probabilities.txt");
    while (fixture_next(f)) {
        const mlp_class_loss of = {.batch = fixture_size(f, "log_probabilities", 0),
                                   .classes = fixture_size(f, "log_probabilities", 1),
                                   .positions = fixture_size(f, "log_probabilities", 2),
                                   .label_smoothing = fixture_number(f, "label_smoothing"),
                                   .reduction = fixture_reduction(f)};
        if (fixture_is_float64(f)) {
            const double *x = fixture_f64(f, "log_probabilities"), *w = fixture_f64(f, "weight");
            const double *target = fixture_f64(f, "target"), *dloss = fixture_f64(f, "dloss");
            double *loss = fixture_out_f64(f, "loss");
            double *scratch = fixture_out_f64(f, "log_probabilities");
            double *dx = fixture_out_f64(f, "dlog_probabilities");
            double *dtarget = fixture_out_f64(f, "dtarget");
            mlp_cross_entropy_probabilities_forward_f64(loss, scratch, x, target, w, &of);
            mlp_cross_entropy_probabilities_backward_f64(dx, dtarget, dloss, x, target, w, &of);
            fixture_expect_f64(f, "loss", loss);
            fixture_expect_f64(f, "dlog_probabilities", dx);
            fixture_expect_f64(f, "dtarget", dtarget);
        } else {
            const float *x = fixture_f32(f, "log_probabilities"), *w = fixture_f32(f, "weight");
            const float *target = fixture_f32(f, "target"), *dloss = fixture_f32(f, "dloss");
            float *loss = fixture_out_f32(f, "loss");
            float *scratch = fixture_out_f32(f, "log_probabilities");
            float *dx = fixture_out_f32(f, "dlog_probabilities");
            float *dtarget = fixture_out_f32(f, "dtarget");
            mlp_cross_entropy_probabilities_forward_f32(loss, scratch, x, target, w, &of);
            mlp_cross_entropy_probabilities_backward_f32(dx, NULL, dloss, x, target, w, &of);
            mlp_cross_entropy_probabilities_backward_f32(NULL, dtarget, dloss, x, target, w, &of);
            fixture_expect_f32(f, "loss", loss);
            fixture_expect_f32(f, "dlog_probabilities", dx);
            fixture_expect_f32(f, "dtarget", dtarget);
        }
    }
    fixture_close(f);
}

enum {
    BATCH = 2,
    CLASSES = 3,
    POSITIONS = 2,
    N = BATCH * CLASSES * POSITIONS
};

typedef struct {
    double x[N], target[N];
    mlp_class_loss of;
} problem;

static const double weight[CLASSES] = {0.5, 2, 0.25};
static const double dloss[BATCH * POSITIONS] = {1, -0.5, 2, 3};

/* L = sum of dloss * loss. */
static double weighted_sum(void *context) {
    const problem *p = context;
    double loss[BATCH * POSITIONS] = {0}, scratch[N], sum = 0;
    mlp_cross_entropy_probabilities_forward_f64(loss, scratch, p->x, p->target, weight, &p->of);
    for (int i = 0; i < BATCH * POSITIONS; i++)
        sum += dloss[i] * loss[i];
    return sum;
}

static void expect_derivative(double smoothing, mlp_reduction reduction) {
    problem p = {.of = {.batch = BATCH,
                        .classes = CLASSES,
                        .positions = POSITIONS,
                        .label_smoothing = smoothing,
                        .reduction = reduction}};
    for (int i = 0; i < N; i++) {
        p.x[i] = -0.1 * i - 0.2;
        p.target[i] = 0.05 * i;
    }
    double dx[N], dtarget[N];
    mlp_cross_entropy_probabilities_backward_f64(dx, dtarget, dloss, p.x, p.target, weight, &p.of);
    expect_gradient("dlog_probabilities", weighted_sum, &p, p.x, dx, N);
    expect_gradient("dtarget", weighted_sum, &p, p.target, dtarget, N);
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    for (int reduction = MLP_REDUCTION_NONE; reduction <= MLP_REDUCTION_SUM; reduction++) {
        expect_derivative(0, (mlp_reduction)reduction);
        expect_derivative(0.2, (mlp_reduction)reduction);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
