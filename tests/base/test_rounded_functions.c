/* Held against the C library's own, where that is right. */
#include "base/rounded.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static uint64_t random_bits(void) {
    static uint64_t bits = 1;
    bits ^= bits << 13;
    bits ^= bits >> 7;
    return bits ^= bits << 17;
}

static double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Of any size, of one near 1, of one near the smallest, or with few digits. */
static double draw(void) {
    const uint64_t bits = random_bits(), kind = random_bits() % 4;
    if (kind == 0)
        return double_of(bits & ~((UINT64_C(1) << random_bits() % 52) - 1));
    if (kind == 1)
        return double_of((bits & 0x800fffffffffffff) | (983 + random_bits() % 80) << 52);
    if (kind == 2)
        return double_of((bits & 0x800fffffffffffff) | random_bits() % 120 << 52);
    return double_of(bits);
}

/* Beside a product: what cancels it, all of it or nearly, or what lies so far off. */
static double draw_beside(double product) {
    switch (random_bits() % 5) {
    case 0:
        return -product;
    case 1:
        return -product * (1 + (double)(random_bits() % 1000) * 0x1p-52);
    case 2:
        return ldexp(product, (int)(random_bits() % 240) - 120);
    default:
        return draw();
    }
}

static void assert_same(double got, double wanted) {
    assert_true(isnan(wanted) ? isnan(got) : memcmp(&got, &wanted, sizeof got) == 0);
}

static void doubles_are_rounded_once(void **state) {
    (void)state;
    for (int i = 0; i < 500000; i++) {
        const double a = draw(), b = draw(), c = draw_beside(a * b);
        assert_same(rounded_fma(a, b, c), fma(a, b, c));
    }
}

static void floats_are_rounded_once(void **state) {
    (void)state;
    for (int i = 0; i < 500000; i++) {
        const float a = float_of((uint32_t)random_bits()), b = float_of((uint32_t)random_bits());
        const float c = (float)draw_beside((double)a * (double)b);
        assert_same((double)rounded_fmaf(a, b, c), (double)fmaf(a, b, c));
    }
}

static void special_values(void **state) {
    static const double values[] = {
        0.0,      -0.0,       1,         -1,       INFINITY,  -INFINITY, NAN,
        0x1p1023, -0x1p-1074, 0x1p-1074, 0x1p-537, 0x1p-1022, 0x1p-538,  -0x1.fffffffffffffp1023};
    enum {
        COUNT = sizeof values / sizeof *values
    };
    (void)state;
    for (int i = 0; i < COUNT * COUNT * COUNT; i++) {
        const double a = values[i % COUNT], b = values[i / COUNT % COUNT];
        const double c = values[i / COUNT / COUNT];
        assert_same(rounded_fma(a, b, c), fma(a, b, c));
        assert_same((double)rounded_fmaf((float)a, (float)b, (float)c),
                    (double)fmaf((float)a, (float)b, (float)c));
    }
}

static void powers(void **state) {
    (void)state;
    assert_same(rounded_pow(0.1, 2), 0.1 * 0.1);
    assert_same(rounded_pow(-2, 3), -8);
    assert_same(rounded_pow(2, 0.5), sqrt(2));
    assert_same(rounded_pow(0, 0), 1);
    assert_same(rounded_pow(-1, 0.5), NAN);
    assert_same(rounded_pow(10, 400), INFINITY);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles_are_rounded_once),
                                       cmocka_unit_test(floats_are_rounded_once),
                                       cmocka_unit_test(special_values), cmocka_unit_test(powers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
