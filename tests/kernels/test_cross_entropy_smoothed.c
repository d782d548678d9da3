#include "fixture.h"
#include "gradient.h"
#include "loss.h"
#include "mlpstep/kernels/cross_entropy_smoothed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_all(const char *name, bool smooths_anew) {
    fixture *f = fixture_open(name);
    while (fixture_next(f)) {
        const mlp_class_loss of = {.batch = fixture_size(f, "log_probabilities", 0),
                                   .classes = fixture_size(f, "log_probabilities", 1),
                                   .positions = fixture_size(f, "log_probabilities", 2),
                                   .label_smoothing = fixture_number(f, "label_smoothing"),
                                   .ignore_index = (int64_t)fixture_number(f, "ignore_index"),
                                   .smooths_anew = smooths_anew,
                                   .reduction = fixture_reduction(f)};
        const int64_t *target = fixture_i64(f, "target");
        void *scratch = malloc((of.batch + of.classes) * of.positions * sizeof(double));
        assert_non_null(scratch);
        if (fixture_is_float64(f)) {
            const double *x = fixture_f64(f, "log_probabilities"), *w = fixture_f64(f, "weight");
            const double *dloss = fixture_f64(f, "dloss");
            double *loss = fixture_out_f64(f, "loss"), total[2];
            double *dx = fixture_out_f64(f, "dlog_probabilities");
            mlp_cross_entropy_smoothed_forward_f64(loss, total, scratch, x, target, w, &of);
            mlp_cross_entropy_smoothed_backward_f64(dx, dloss, target, w, total, &of);
            fixture_expect_f64(f, "loss", loss);
            fixture_expect_f64(f, "dlog_probabilities", dx);
        } else {
            const float *x = fixture_f32(f, "log_probabilities"), *w = fixture_f32(f, "weight");
            const float *dloss = fixture_f32(f, "dloss");
            float *loss = fixture_out_f32(f, "loss"), total[2];
            float *dx = fixture_out_f32(f, "dlog_probabilities");
            mlp_cross_entropy_smoothed_forward_f32(loss, total, scratch, x, target, w, &of);
            mlp_cross_entropy_smoothed_backward_f32(dx, dloss, target, w, total, &of);
            fixture_expect_f32(f, "loss", loss);
            fixture_expect_f32(f, "dlog_probabilities", dx);
        }
        free(scratch);
    }
    fixture_close(f);
}

static void equals_pytorch(void **state) {
    (void)state;
    expect_all("cross_entropy_smoothed.txt", false);
}

static void equals_pytorch_2_11(void **state) {
    (void)state;
    expect_all("torch-2.11/cross_entropy_smoothed.txt", true);
}

enum {
    BATCH = 3,
    CLASSES = 3,
    POSITIONS = 2,
    N = BATCH * CLASSES * POSITIONS
};

typedef struct {
    double x[N];
    mlp_class_loss of;
} problem;

static const double weight[CLASSES] = {0.5, 2, 0.25};
static const int64_t target[BATCH * POSITIONS] = {0, 2, 1, -1, 1, 2};
static const double dloss[BATCH * POSITIONS] = {1, -0.5, 2, 3, 0.25, -1};

static void forward(const problem *p, double *loss, double total_weight[2]) {
    double scratch[BATCH * POSITIONS + CLASSES * POSITIONS];
    mlp_cross_entropy_smoothed_forward_f64(loss, total_weight, scratch, p->x, target, weight,
                                           &p->of);
}

/* L = sum of dloss * loss. */
static double weighted_sum(void *context) {
    double loss[BATCH * POSITIONS] = {0}, total_weight[2], sum = 0;
    forward(context, loss, total_weight);
    for (int i = 0; i < BATCH * POSITIONS; i++)
        sum += dloss[i] * loss[i];
    return sum;
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    for (int reduction = MLP_REDUCTION_NONE; reduction <= MLP_REDUCTION_SUM; reduction++) {
        problem p = {.of = {.batch = BATCH,
                            .classes = CLASSES,
                            .positions = POSITIONS,
                            .label_smoothing = 0.2,
                            .ignore_index = -1,
                            .reduction = (mlp_reduction)reduction}};
        for (int i = 0; i < N; i++)
            p.x[i] = -0.1 * i - 0.2;
        double loss[BATCH * POSITIONS], total_weight[2], dx[N];
        forward(&p, loss, total_weight);
        mlp_cross_entropy_smoothed_backward_f64(dx, dloss, target, weight, total_weight, &p.of);
        expect_gradient("dlog_probabilities", weighted_sum, &p, p.x, dx, N);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_pytorch_2_11),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
