#include "kernel_cases.h"
#include "mlpstep/kernels/sigmoid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void forward_f32(float *y, const float *x, size_t n) {
    mlp_sigmoid_forward_f32(y, x, n, &(mlp_loop){0});
}

static void forward_f64(double *y, const double *x, size_t n) {
    mlp_sigmoid_forward_f64(y, x, n, &(mlp_loop){0});
}

static const elementwise_kernel KERNEL = {
    "sigmoid.txt", forward_f32, forward_f64, mlp_sigmoid_backward_f32, mlp_sigmoid_backward_f64,
};

static void equals_pytorch(void **state) {
    (void)state;
    expect_elementwise_cases(&KERNEL);
}

static void wide_forward_f32(float *y, const float *x, size_t n) {
    mlp_sigmoid_forward_f32(y, x, n, &(mlp_loop){.wide = true});
}

static void equals_wide_vectors(void **state) {
    (void)state;
    elementwise_kernel wide = KERNEL;
    wide.fixture = "torch-2.11/sigmoid_avx512.txt";
    wide.forward_f32 = wide_forward_f32;
    expect_elementwise_cases(&wide);
}

static void backward_is_the_derivative(void **state) {
    (void)state;
    expect_elementwise_gradient(&KERNEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
        cmocka_unit_test(equals_wide_vectors),
        cmocka_unit_test(backward_is_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
