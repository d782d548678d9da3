#include "fixture.h"
#include "mlpstep/kernels/rmsprop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What is there before the first step recorded, and after each. */
static const char *const PARAM[] = {"param0", "param1", "param2", "param3"};
static const char *const SQ[] = {"square_avg0", "square_avg1", "square_avg2", "square_avg3"};
static const char *const BUFFER[] = {"momentum_buffer0", "momentum_buffer1", "momentum_buffer2",
                                     "momentum_buffer3"};
static const char *const AVG[] = {"grad_avg0", "grad_avg1", "grad_avg2", "grad_avg3"};
static const char *const GRAD[] = {"", "grad1", "grad2", "grad3"};

static mlp_rmsprop_options read_options(const fixture *f, bool by_lerp) {
    return (mlp_rmsprop_options){.lr = fixture_number(f, "lr"),
                                 .alpha = fixture_number(f, "alpha"),
                                 .eps = fixture_number(f, "eps"),
                                 .weight_decay = fixture_number(f, "weight_decay"),
                                 .momentum = fixture_number(f, "momentum"),
                                 .centered = fixture_number(f, "centered") != 0,
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

static void expect_step_f64(fixture *f, size_t step, const mlp_rmsprop_options *options) {
    const size_t last = step - 1;
    double *param = copy_f64(f, PARAM[last]), *sq = copy_f64(f, SQ[last]);
    double *buffer = options->momentum > 0 ? copy_f64(f, BUFFER[last]) : NULL;
    double *avg = options->centered ? copy_f64(f, AVG[last]) : NULL;
    mlp_rmsprop_step_f64(param, sq, buffer, avg, fixture_f64(f, GRAD[step]),
                         fixture_numel(f, "param0"), options);
    fixture_expect_f64(f, PARAM[step], param);
    fixture_expect_f64(f, SQ[step], sq);
    if (buffer)
        fixture_expect_f64(f, BUFFER[step], buffer);
    if (avg)
        fixture_expect_f64(f, AVG[step], avg);
}

static float *copy_f32(fixture *f, const char *tensor) {
    float *copy = fixture_out_f32(f, "param0");
    if (fixture_has(f, tensor))
        memcpy(copy, fixture_f32(f, tensor), fixture_numel(f, tensor) * sizeof *copy);
    else
        memset(copy, 0, fixture_numel(f, "param0") * sizeof *copy);
    return copy;
}

static void expect_step_f32(fixture *f, size_t step, const mlp_rmsprop_options *options) {
    const size_t last = step - 1;
    float *param = copy_f32(f, PARAM[last]), *sq = copy_f32(f, SQ[last]);
    float *buffer = options->momentum > 0 ? copy_f32(f, BUFFER[last]) : NULL;
    float *avg = options->centered ? copy_f32(f, AVG[last]) : NULL;
    mlp_rmsprop_step_f32(param, sq, buffer, avg, fixture_f32(f, GRAD[step]),
                         fixture_numel(f, "param0"), options);
    fixture_expect_f32(f, PARAM[step], param);
    fixture_expect_f32(f, SQ[step], sq);
    if (buffer)
        fixture_expect_f32(f, BUFFER[step], buffer);
    if (avg)
        fixture_expect_f32(f, AVG[step], avg);
}

static void expect_all(const char *file, bool by_lerp) {
    fixture *f = fixture_open(file);
    while (fixture_next(f)) {
        const mlp_rmsprop_options options = read_options(f, by_lerp);
        for (size_t step = 1; step <= 3; step++) {
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
    expect_all("rmsprop.txt", false);
}

static void equals_2_11(void **state) {
    (void)state;
    expect_all("torch-2.11/rmsprop.txt", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_2_11),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
