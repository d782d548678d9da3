/* Layer norm and batch norm as PyTorch has them, to the bit in float32. */
#include "fixture.h"
#include "mlpstep/kernels/batch_norm.h"
#include "mlpstep/kernels/layer_norm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void layer_norm_f32(fixture *f) {
    const float *x = fixture_f32(f, "x"), *weight = fixture_f32(f, "weight"),
                *bias = fixture_f32(f, "bias");
    const size_t rows = fixture_size(f, "x", 0), n = fixture_size(f, "x", 1);
    float *y = fixture_out_f32(f, "x"), *dx = fixture_out_f32(f, "x"),
          *mean = fixture_out_f32(f, "x");
    float *rstd = fixture_out_f32(f, "x"), *dweight = NULL, *dbias = NULL;
    if (weight) {
        dweight = fixture_out_f32(f, "weight");
        dbias = fixture_out_f32(f, "weight");
    }
    const mlp_norm_rows sizes = {rows, n, fixture_number(f, "eps")};
    mlp_layer_norm_forward_f32(y, mean, rstd, x, weight, bias, &sizes);
    mlp_layer_norm_backward_f32(dx, fixture_f32(f, "dy"), x, weight, mean, rstd, &sizes);
    mlp_layer_norm_backward_scale_f32(dweight, dbias, fixture_f32(f, "dy"), x, mean, rstd, &sizes);
    fixture_expect_f32(f, "y", y);
    fixture_expect_f32(f, "dx", dx);
    if (weight) {
        fixture_expect_f32(f, "dweight", dweight);
        fixture_expect_f32(f, "dbias", dbias);
    }
}

static mlp_channels channels_of(fixture *f) {
    return (mlp_channels){.samples = fixture_size(f, "x", 0),
                          .channels = fixture_size(f, "x", 1),
                          .size = fixture_size(f, "x", 2)};
}

typedef struct {
    float *mean, *rstd, *rstd_back;
} statistics_f32;

/* Of the batch, with what is kept of it, or those that were kept. */
static statistics_f32 find_statistics_f32(fixture *f, const mlp_channels *c) {
    const double eps = fixture_number(f, "eps"), momentum = fixture_number(f, "momentum");
    statistics_f32 s = {fixture_out_f32(f, "mean"), fixture_out_f32(f, "mean"),
                        fixture_out_f32(f, "mean")};
    if (fixture_number(f, "training") == 0) {
        memcpy(s.mean, fixture_f32(f, "mean"), c->channels * sizeof *s.mean);
        mlp_batch_norm_kept_rstd_f32(s.rstd, s.rstd_back, fixture_f32(f, "var"), eps, c);
        return s;
    }
    float *kept = fixture_out_f32(f, "mean");
    double *squares = fixture_out_f64(f, "mean");
    mlp_batch_norm_moments_f32(s.mean, squares, fixture_f32(f, "x"), c);
    mlp_batch_norm_rstd_f32(s.rstd, squares, eps, c);
    s.rstd_back = s.rstd;
    mlp_running_mean_f32(kept, fixture_f32(f, "mean"), s.mean, momentum, c);
    fixture_expect_f32(f, "new_mean", kept);
    mlp_running_var_f32(kept, fixture_f32(f, "var"), squares, momentum, c);
    fixture_expect_f32(f, "new_var", kept);
    return s;
}

static void batch_norm_f32(fixture *f) {
    const mlp_channels c = channels_of(f);
    mlp_channels back = c;
    const mlp_strided one = {.ndim = 3, .shape = {c.samples, c.channels, c.size}};
    back.scattered = fixture_number(f, "dy_is_one") != 0; /* spread over all, as sum() makes it */
    back.memory = back.scattered ? &one : NULL;
    const float *x = fixture_f32(f, "x"), *weight = fixture_f32(f, "weight"),
                *bias = fixture_f32(f, "bias");
    float *y = fixture_out_f32(f, "x"), *dx = fixture_out_f32(f, "x");
    float *dweight = fixture_out_f32(f, "mean"), *dbias = fixture_out_f32(f, "mean");
    const statistics_f32 s = find_statistics_f32(f, &c);
    mlp_batch_norm_forward_f32(y, x, s.mean, s.rstd, weight, bias, &c);
    if (fixture_number(f, "training") != 0)
        mlp_batch_norm_backward_f32(dx, fixture_f32(f, "dy"), x, weight, s.mean, s.rstd_back,
                                    &back);
    else
        mlp_batch_norm_backward_kept_f32(dx, fixture_f32(f, "dy"), weight, s.rstd_back, &back);
    mlp_batch_norm_backward_scale_f32(dweight, dbias, fixture_f32(f, "dy"), x, s.mean, s.rstd_back,
                                      &back);
    fixture_expect_f32(f, "y", y);
    fixture_expect_f32(f, "dx", dx);
    if (weight) {
        fixture_expect_f32(f, "dweight", dweight);
        fixture_expect_f32(f, "dbias", dbias);
    }
}

static void layer_norm_f64(fixture *f) {
    const double *x = fixture_f64(f, "x"), *weight = fixture_f64(f, "weight"),
                 *bias = fixture_f64(f, "bias");
    const size_t rows = fixture_size(f, "x", 0), n = fixture_size(f, "x", 1);
    double *y = fixture_out_f64(f, "x"), *dx = fixture_out_f64(f, "x"),
           *mean = fixture_out_f64(f, "x");
    double *rstd = fixture_out_f64(f, "x"), *dweight = NULL, *dbias = NULL;
    if (weight) {
        dweight = fixture_out_f64(f, "weight");
        dbias = fixture_out_f64(f, "weight");
    }
    const mlp_norm_rows sizes = {rows, n, fixture_number(f, "eps")};
    mlp_layer_norm_forward_f64(y, mean, rstd, x, weight, bias, &sizes);
    mlp_layer_norm_backward_f64(dx, fixture_f64(f, "dy"), x, weight, mean, rstd, &sizes);
    mlp_layer_norm_backward_scale_f64(dweight, dbias, fixture_f64(f, "dy"), x, mean, rstd, &sizes);
    fixture_expect_f64(f, "y", y);
    fixture_expect_f64(f, "dx", dx);
    if (weight) {
        fixture_expect_f64(f, "dweight", dweight);
        fixture_expect_f64(f, "dbias", dbias);
    }
}

typedef struct {
    double *mean, *rstd, *rstd_back;
} statistics_f64;

/* Of the batch, with what is kept of it, or those that were kept. */
static statistics_f64 find_statistics_f64(fixture *f, const mlp_channels *c) {
    const double eps = fixture_number(f, "eps"), momentum = fixture_number(f, "momentum");
    statistics_f64 s = {fixture_out_f64(f, "mean"), fixture_out_f64(f, "mean"),
                        fixture_out_f64(f, "mean")};
    if (fixture_number(f, "training") == 0) {
        memcpy(s.mean, fixture_f64(f, "mean"), c->channels * sizeof *s.mean);
        mlp_batch_norm_kept_rstd_f64(s.rstd, s.rstd_back, fixture_f64(f, "var"), eps, c);
        return s;
    }
    double *kept = fixture_out_f64(f, "mean");
    double *squares = fixture_out_f64(f, "mean");
    mlp_batch_norm_moments_f64(s.mean, squares, fixture_f64(f, "x"), c);
    mlp_batch_norm_rstd_f64(s.rstd, squares, eps, c);
    s.rstd_back = s.rstd;
    mlp_running_mean_f64(kept, fixture_f64(f, "mean"), s.mean, momentum, c);
    fixture_expect_f64(f, "new_mean", kept);
    mlp_running_var_f64(kept, fixture_f64(f, "var"), squares, momentum, c);
    fixture_expect_f64(f, "new_var", kept);
    return s;
}

static void batch_norm_f64(fixture *f) {
    const mlp_channels c = channels_of(f);
    mlp_channels back = c;
    const mlp_strided one = {.ndim = 3, .shape = {c.samples, c.channels, c.size}};
    back.scattered = fixture_number(f, "dy_is_one") != 0; /* spread over all, as sum() makes it */
    back.memory = back.scattered ? &one : NULL;
    const double *x = fixture_f64(f, "x"), *weight = fixture_f64(f, "weight"),
                 *bias = fixture_f64(f, "bias");
    double *y = fixture_out_f64(f, "x"), *dx = fixture_out_f64(f, "x");
    double *dweight = fixture_out_f64(f, "mean"), *dbias = fixture_out_f64(f, "mean");
    const statistics_f64 s = find_statistics_f64(f, &c);
    mlp_batch_norm_forward_f64(y, x, s.mean, s.rstd, weight, bias, &c);
    if (fixture_number(f, "training") != 0)
        mlp_batch_norm_backward_f64(dx, fixture_f64(f, "dy"), x, weight, s.mean, s.rstd_back,
                                    &back);
    else
        mlp_batch_norm_backward_kept_f64(dx, fixture_f64(f, "dy"), weight, s.rstd_back, &back);
    mlp_batch_norm_backward_scale_f64(dweight, dbias, fixture_f64(f, "dy"), x, s.mean, s.rstd_back,
                                      &back);
    fixture_expect_f64(f, "y", y);
    fixture_expect_f64(f, "dx", dx);
    if (weight) {
        fixture_expect_f64(f, "dweight", dweight);
        fixture_expect_f64(f, "dbias", dbias);
    }
}

static void equals_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("norms.txt");
    while (fixture_next(f)) {
        const bool is_double = fixture_is_float64(f);
        if (strcmp(fixture_name(f), "layer_norm") == 0)
            (is_double ? layer_norm_f64 : layer_norm_f32)(f);
        else
            (is_double ? batch_norm_f64 : batch_norm_f32)(f);
    }
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
