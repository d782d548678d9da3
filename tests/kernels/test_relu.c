#include "kernel_cases.h"
#include "mlpstep/kernels/relu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const elementwise_kernel KERNEL = {
    "relu.txt",
    mlp_relu_forward_f32,
    mlp_relu_forward_f64,
    mlp_relu_backward_f32,
    mlp_relu_backward_f64,
};

static void equals_pytorch(void **state) {
    (void)state;
    expect_elementwise_cases(&KERNEL);
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    expect_elementwise_gradient(&KERNEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
