#include "mlpstep/kernels/matmul.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* c[i,j] = sum of a[i,p] b[p,j]; strides read the same arrays as their transposes. */
static void strides_express_transposes(void **state) {
    (void)state;
    const double a[2 * 3] = {1, 2, 3, 4, 5, 6}, a_transposed[3 * 2] = {1, 4, 2, 5, 3, 6};
    const double b[3 * 2] = {7, 8, 9, 10, 11, 12}, b_transposed[2 * 3] = {7, 9, 11, 8, 10, 12};
    const double want[4] = {58, 64, 139, 154};
    double c[4];
    const mlp_matrix A = mlp_matrix_by_rows(2, 3), B = mlp_matrix_by_rows(3, 2);
    mlp_matmul_f64(c, a, A, b, B, false);
    assert_memory_equal(c, want, sizeof c);
    mlp_matmul_f64(c, a_transposed, mlp_matrix_transpose(B), b, B, false);
    assert_memory_equal(c, want, sizeof c);
    mlp_matmul_f64(c, a, A, b_transposed, mlp_matrix_transpose(A), false);
    assert_memory_equal(c, want, sizeof c);
}

/* 2^-24 is half of the last bit of 1: whether it survives tells the order of the terms. */
static void terms_are_added_in_ascending_order(void **state) {
    (void)state;
    const float tiny = 0x1p-24F;
    const float small_last[3] = {1, tiny, tiny}, small_first[3] = {tiny, tiny, 1};
    const float ones[3] = {1, 1, 1};
    const mlp_matrix row = mlp_matrix_by_rows(1, 3), column = mlp_matrix_by_rows(3, 1);
    float c;
    mlp_matmul_f32(&c, small_last, row, ones, column, false);
    assert_true(c == 1);
    mlp_matmul_f32(&c, small_first, row, ones, column, false);
    assert_true(c == 1 + 0x1p-23F);
}

/* (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 exactly, and 0 where the product is rounded by itself. */
static void products_are_fused(void **state) {
    (void)state;
    const float a[2] = {1, 1 + 0x1p-12F}, b[2] = {-(1 + 0x1p-11F), 1 + 0x1p-12F};
    float c;
    mlp_matmul_f32(&c, a, mlp_matrix_by_rows(1, 2), b, mlp_matrix_by_rows(2, 1), false);
    assert_true(c == 0x1p-24F);
}

static void an_empty_sum_is_zero(void **state) {
    (void)state;
    const float nothing[1] = {NAN};
    float c[2] = {5, 5};
    mlp_matmul_f32(c, nothing, mlp_matrix_by_rows(1, 0), nothing, mlp_matrix_by_rows(0, 2), false);
    assert_true(c[0] == 0 && c[1] == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strides_express_transposes),
        cmocka_unit_test(terms_are_added_in_ascending_order),
        cmocka_unit_test(products_are_fused),
        cmocka_unit_test(an_empty_sum_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
