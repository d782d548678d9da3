#include "fixture.h"
#include "mlpstep/kernels/adadelta.h"
#include "mlpstep/kernels/adagrad.h"
#include "mlpstep/kernels/adamax.h"
#include "mlpstep/kernels/radam.h"
#include "mlpstep/kernels/rprop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What is there before the first step recorded, and after each; the states are a and b. */
static const char *const PARAM[] = {"param0", "param1", "param2", "param3"};
static const char *const A[] = {"a0", "a1", "a2", "a3"};
static const char *const B[] = {"b0", "b1", "b2", "b3"};
static const char *const GRAD[] = {"", "grad1", "grad2", "grad3"};

/* One step in either type: the arrays of the other are NULL. */
typedef struct {
    float *param, *a, *b;
    const float *grad;
    double *param64, *a64, *b64;
    const double *grad64;
    size_t n;
    int64_t number;
    bool by_lerp;
} step;

static void step_adagrad(const fixture *f, const step *s) {
    const mlp_adagrad_options o = {.lr = fixture_number(f, "lr"),
                                   .lr_decay = fixture_number(f, "lr_decay"),
                                   .eps = fixture_number(f, "eps"),
                                   .weight_decay = fixture_number(f, "weight_decay"),
                                   .step = s->number,
                                   .maximize = fixture_number(f, "maximize") != 0};
    if (s->param)
        mlp_adagrad_step_f32(s->param, s->a, s->grad, s->n, &o);
    else
        mlp_adagrad_step_f64(s->param64, s->a64, s->grad64, s->n, &o);
}

static void step_adamax(const fixture *f, const step *s) {
    const mlp_adamax_options o = {
        .lr = fixture_number(f, "lr"),
        .betas = {fixture_number(f, "betas0"), fixture_number(f, "betas1")},
        .eps = fixture_number(f, "eps"),
        .weight_decay = fixture_number(f, "weight_decay"),
        .step = s->number,
        .maximize = fixture_number(f, "maximize") != 0,
        .by_lerp = s->by_lerp};
    if (s->param)
        mlp_adamax_step_f32(s->param, s->a, s->b, s->grad, s->n, &o);
    else
        mlp_adamax_step_f64(s->param64, s->a64, s->b64, s->grad64, s->n, &o);
}

static void step_adadelta(const fixture *f, const step *s) {
    const mlp_adadelta_options o = {.lr = fixture_number(f, "lr"),
                                    .rho = fixture_number(f, "rho"),
                                    .eps = fixture_number(f, "eps"),
                                    .weight_decay = fixture_number(f, "weight_decay"),
                                    .maximize = fixture_number(f, "maximize") != 0};
    if (s->param)
        mlp_adadelta_step_f32(s->param, s->a, s->b, s->grad, s->n, &o);
    else
        mlp_adadelta_step_f64(s->param64, s->a64, s->b64, s->grad64, s->n, &o);
}

static void step_radam(const fixture *f, const step *s) {
    const mlp_radam_options o = {
        .lr = fixture_number(f, "lr"),
        .betas = {fixture_number(f, "betas0"), fixture_number(f, "betas1")},
        .eps = fixture_number(f, "eps"),
        .weight_decay = fixture_number(f, "weight_decay"),
        .step = s->number,
        .by_lerp = s->by_lerp};
    if (s->param)
        mlp_radam_step_f32(s->param, s->a, s->b, s->grad, s->n, &o);
    else
        mlp_radam_step_f64(s->param64, s->a64, s->b64, s->grad64, s->n, &o);
}

static void step_rprop(const fixture *f, const step *s) {
    const mlp_rprop_options o = {
        .etas = {fixture_number(f, "etas0"), fixture_number(f, "etas1")},
        .step_sizes = {fixture_number(f, "step_sizes0"), fixture_number(f, "step_sizes1")},
        .maximize = fixture_number(f, "maximize") != 0};
    if (s->param)
        mlp_rprop_step_f32(s->param, s->a, s->b, s->grad, s->n, &o);
    else
        mlp_rprop_step_f64(s->param64, s->a64, s->b64, s->grad64, s->n, &o);
}

static const struct {
    const char *name;
    void (*step)(const fixture *f, const step *s);
    const char *first; /* the option that the last state is at first; NULL: zeros */
} optimizers[] = {{"Adagrad", step_adagrad, "initial_accumulator_value"},
                  {"Adamax", step_adamax, NULL},
                  {"Adadelta", step_adadelta, NULL},
                  {"RAdam", step_radam, NULL},
                  {"Rprop", step_rprop, "lr"}};

static double *copy_f64(fixture *f, const char *tensor, double first) {
    double *copy = fixture_out_f64(f, "param0");
    const double *given = fixture_has(f, tensor) ? fixture_f64(f, tensor) : NULL;
    for (size_t i = 0; i < fixture_numel(f, "param0"); i++)
        copy[i] = given ? given[i] : first;
    return copy;
}

static float *copy_f32(fixture *f, const char *tensor, float first) {
    float *copy = fixture_out_f32(f, "param0");
    const float *given = fixture_has(f, tensor) ? fixture_f32(f, tensor) : NULL;
    for (size_t i = 0; i < fixture_numel(f, "param0"); i++)
        copy[i] = given ? given[i] : first;
    return copy;
}

static void expect_step(fixture *f, size_t kind, size_t number, bool by_lerp) {
    const size_t last = number - 1;
    const double first = optimizers[kind].first ? fixture_number(f, optimizers[kind].first) : 0;
    step s = {.n = fixture_numel(f, "param0"),
              .number = (int64_t)fixture_number(f, "before") + (int64_t)number,
              .by_lerp = by_lerp};
    if (fixture_is_float64(f)) {
        s.param64 = copy_f64(f, PARAM[last], 0);
        s.a64 = copy_f64(f, A[last], kind == 0 ? first : 0);
        s.b64 = copy_f64(f, B[last], first);
        s.grad64 = fixture_f64(f, GRAD[number]);
        optimizers[kind].step(f, &s);
        fixture_expect_f64(f, PARAM[number], s.param64);
        fixture_expect_f64(f, A[number], s.a64);
        if (fixture_has(f, B[number]))
            fixture_expect_f64(f, B[number], s.b64);
        return;
    }
    s.param = copy_f32(f, PARAM[last], 0);
    s.a = copy_f32(f, A[last], kind == 0 ? (float)first : 0);
    s.b = copy_f32(f, B[last], (float)first);
    s.grad = fixture_f32(f, GRAD[number]);
    optimizers[kind].step(f, &s);
    fixture_expect_f32(f, PARAM[number], s.param);
    fixture_expect_f32(f, A[number], s.a);
    if (fixture_has(f, B[number]))
        fixture_expect_f32(f, B[number], s.b);
}

static void expect_all(const char *file, bool by_lerp) {
    fixture *f = fixture_open(file);
    while (fixture_next(f)) {
        size_t kind = 0;
        while (strcmp(optimizers[kind].name, fixture_name(f)) != 0)
            kind++;
        for (size_t number = 1; number <= 3; number++)
            expect_step(f, kind, number, by_lerp);
    }
    fixture_close(f);
}

static void equals_pytorch(void **state) {
    (void)state;
    expect_all("optimizers_more.txt", false);
}

static void equals_2_11(void **state) {
    (void)state;
    expect_all("torch-2.11/optimizers_more.txt", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_2_11),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
