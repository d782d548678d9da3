#include "fixture.h"
#include "kernels/elementary.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect(fixture *f, const char *name, float (*function)(float)) {
    const float *x = fixture_f32(f, "x");
    float *y = fixture_out_f32(f, name);
    for (size_t i = 0; i < fixture_numel(f, "x"); i++)
        y[i] = function(x[i]);
    fixture_expect_f32(f, name, y);
}

static void equal_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("elementary.txt");
    while (fixture_next(f)) {
        expect(f, "exp", mlp_real_exp_f32);
        expect(f, "log", mlp_real_log_f32);
        expect(f, "tanh", mlp_real_tanh_f32);
        expect(f, "expm1", mlp_real_expm1_f32);
        expect(f, "log1p", mlp_real_log1p_f32);
        expect(f, "log10", mlp_real_log10_f32);
        expect(f, "log2", mlp_real_log2_f32);
        expect(f, "erf", mlp_real_erf_f32);
    }
    fixture_close(f);
}

/* PyTorch offers no way to its scalar exp but through sigmoid and softmax, whose fixtures hold it
 * to the bit; this is only about the ends of its range. */
static void scalar_exp_at_the_ends(void **state) {
    (void)state;
    assert_true(mlp_real_exp_scalar_f32(0) == 1);
    assert_true(mlp_real_exp_scalar_f32(-0.0F) == 1);
    assert_true(mlp_real_exp_scalar_f32(INFINITY) == INFINITY);
    assert_true(mlp_real_exp_scalar_f32(89) == INFINITY);
    assert_true(mlp_real_exp_scalar_f32(1e30F) == INFINITY);
    assert_true(mlp_real_exp_scalar_f32(-103.5F) == 0x1p-149F);
    assert_true(mlp_real_exp_scalar_f32(-1e30F) == 0);
    assert_true(mlp_real_exp_scalar_f32(-INFINITY) == 0);
    assert_true(isnan(mlp_real_exp_scalar_f32(NAN)));
}

/* What expm1f of glibc 2.36 gives. */
static void scalar_expm1(void **state) {
    (void)state;
    assert_true(mlp_real_expm1_scalar_f32(-0.125F) == -0x1.e14aeep-4F);
    assert_true(mlp_real_expm1_scalar_f32(-1.5F) == -0x1.8dc1e2p-1F);
    assert_true(mlp_real_expm1_scalar_f32(-17) == -0x1.fffffep-1F);
    assert_true(mlp_real_expm1_scalar_f32(-30) == -1);
    assert_true(mlp_real_expm1_scalar_f32(0.3F) == 0x1.664164p-2F);
    assert_true(mlp_real_expm1_scalar_f32(2.5F) == 0x1.65d6fep+3F);
    assert_true(mlp_real_expm1_scalar_f32(88.7F) == 0x1.f46ff8p+127F);
    assert_true(mlp_real_expm1_scalar_f32(89) == INFINITY);
    assert_true(mlp_real_expm1_scalar_f32(-INFINITY) == -1);
    assert_true(isnan(mlp_real_expm1_scalar_f32(NAN)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_pytorch),
        cmocka_unit_test(scalar_exp_at_the_ends),
        cmocka_unit_test(scalar_expm1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
