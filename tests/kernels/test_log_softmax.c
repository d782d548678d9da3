#include "kernel_cases.h"
#include "mlpstep/kernels/log_softmax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const classes_kernel KERNEL = {
    .fixture = "log_softmax.txt",
    .forward_f32 = mlp_log_softmax_forward_f32,
    .forward_f64 = mlp_log_softmax_forward_f64,
    .backward_f32 = mlp_log_softmax_backward_f32,
    .backward_f64 = mlp_log_softmax_backward_f64,
};

static void equals_pytorch(void **state) {
    (void)state;
    expect_classes_cases(&KERNEL);
}

static void equals_wide_vectors(void **state) {
    (void)state;
    classes_kernel wide = KERNEL;
    wide.fixture = "torch-2.11/log_softmax_avx512.txt";
    wide.wide = wide.rounds_products = true;
    expect_classes_cases(&wide);
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    expect_classes_gradient(&KERNEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_wide_vectors),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
