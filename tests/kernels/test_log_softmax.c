#include "kernel_cases.h"
#include "mlpstep/kernels/log_softmax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const classes_kernel KERNEL = {
    "log_softmax.txt",
    mlp_log_softmax_forward_f32,
    mlp_log_softmax_forward_f64,
    mlp_log_softmax_backward_f32,
    mlp_log_softmax_backward_f64,
};

static void equals_pytorch(void **state) {
    (void)state;
    expect_classes_cases(&KERNEL);
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    expect_classes_gradient(&KERNEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
