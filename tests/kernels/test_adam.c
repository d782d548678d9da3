#include "fixture.h"
#include "mlpstep/kernels/adam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What is there before the first step recorded, and after each. */
static const char *const PARAM[] = {"param0", "param1", "param2", "param3"};
static const char *const AVG[] = {"exp_avg0", "exp_avg1", "exp_avg2", "exp_avg3"};
static const char *const SQ[] = {"exp_avg_sq0", "exp_avg_sq1", "exp_avg_sq2", "exp_avg_sq3"};
static const char *const MAX_SQ[] = {"max_exp_avg_sq0", "max_exp_avg_sq1", "max_exp_avg_sq2",
                                     "max_exp_avg_sq3"};
static const char *const GRAD[] = {"", "grad1", "grad2", "grad3"};

static mlp_adam_options read_options(const fixture *f, bool by_lerp) {
    return (mlp_adam_options){.lr = fixture_number(f, "lr"),
                              .betas = {fixture_number(f, "beta1"), fixture_number(f, "beta2")},
                              .eps = fixture_number(f, "eps"),
                              .weight_decay = fixture_number(f, "weight_decay"),
                              .amsgrad = fixture_number(f, "amsgrad") != 0,
                              .maximize = fixture_number(f, "maximize") != 0,
                              .by_lerp = by_lerp};
}

static double *copy_f64(fixture *f, const char *tensor) {
    double *copy = fixture_out_f64(f, "param0");
    if (fixture_has(f, tensor))
        memcpy(copy, fixture_f64(f, tensor), fixture_numel(f, tensor) * sizeof *copy);
    else
        memset(copy, 0, fixture_numel(f, "param0") * sizeof *copy);
    return copy;
}

static void expect_step_f64(fixture *f, size_t step, const mlp_adam_options *options) {
    const size_t last = step - 1;
    double *param = copy_f64(f, PARAM[last]), *avg = copy_f64(f, AVG[last]);
    double *sq = copy_f64(f, SQ[last]);
    double *max_sq = options->amsgrad ? copy_f64(f, MAX_SQ[last]) : NULL;
    mlp_adam_step_f64(param, avg, sq, max_sq, fixture_f64(f, GRAD[step]),
                      fixture_numel(f, "param0"), options);
    fixture_expect_f64(f, PARAM[step], param);
    fixture_expect_f64(f, AVG[step], avg);
    fixture_expect_f64(f, SQ[step], sq);
    if (max_sq)
        fixture_expect_f64(f, MAX_SQ[step], max_sq);
}

static float *copy_f32(fixture *f, const char *tensor) {
    float *copy = fixture_out_f32(f, "param0");
    if (fixture_has(f, tensor))
        memcpy(copy, fixture_f32(f, tensor), fixture_numel(f, tensor) * sizeof *copy);
    else
        memset(copy, 0, fixture_numel(f, "param0") * sizeof *copy);
    return copy;
}

static void expect_step_f32(fixture *f, size_t step, const mlp_adam_options *options) {
    const size_t last = step - 1;
    float *param = copy_f32(f, PARAM[last]), *avg = copy_f32(f, AVG[last]);
    float *sq = copy_f32(f, SQ[last]);
    float *max_sq = options->amsgrad ? copy_f32(f, MAX_SQ[last]) : NULL;
    mlp_adam_step_f32(param, avg, sq, max_sq, fixture_f32(f, GRAD[step]),
                      fixture_numel(f, "param0"), options);
    fixture_expect_f32(f, PARAM[step], param);
    fixture_expect_f32(f, AVG[step], avg);
    fixture_expect_f32(f, SQ[step], sq);
    if (max_sq)
        fixture_expect_f32(f, MAX_SQ[step], max_sq);
}

static void expect_all(const char *file, bool by_lerp) {
    fixture *f = fixture_open(file);
    while (fixture_next(f)) {
        mlp_adam_options options = read_options(f, by_lerp);
        for (size_t step = 1; step <= 3; step++) {
            options.step = (int64_t)(fixture_number(f, "before") + (double)step);
            if (fixture_is_float64(f))
                expect_step_f64(f, step, &options);
            else
                expect_step_f32(f, step, &options);
        }
    }
    fixture_close(f);
}

static void equals_pytorch(void **state) {
    (void)state;
    expect_all("adam.txt", false);
}

static void equals_2_11(void **state) {
    (void)state;
    expect_all("torch-2.11/adam.txt", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_2_11),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
