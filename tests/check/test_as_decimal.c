/* The shortest decimal of a float32 is what printf and strtod find. */
#include "check/as_decimal.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static double by_text(float single) {
    char text[32];
    double decimal = 0;
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, (double)single);
        decimal = strtod(text, NULL);
        if ((float)decimal == single)
            break;
    }
    return decimal;
}

static void assert_as_text(float single) {
    const double found = as_decimal((double)single), expected = by_text(single);
    if (found != expected || signbit(found) != signbit(expected))
        fail_msg("%.17g is not %.17g", found, expected);
}

static void what_was_written_is_found(void **state) {
    (void)state;
    assert_true(as_decimal((double)0.1F) == 0.1);
    assert_true(as_decimal((double)-3.14159F) == -3.14159);
    assert_true(as_decimal((double)16777216.0F) == 16777216);
    assert_true(as_decimal((double)1e-30F) == 1e-30);
    assert_true(as_decimal((double)1e30F) == 1e30);
}

static void powers_of_ten_and_their_neighbours(void **state) {
    (void)state;
    for (int e = -44; e <= 38; e++) {
        const float power = (float)pow(10, e);
        assert_as_text(power);
        assert_as_text(nextafterf(power, 0));
        assert_as_text(-nextafterf(power, INFINITY));
    }
}

static void any_bits(void **state) {
    (void)state;
    uint32_t bits = 1;
    for (size_t i = 0; i < 200000; i++) {
        float single;
        bits = bits * 1664525U + 1013904223U;
        memcpy(&single, &bits, sizeof single);
        if (isfinite(single))
            assert_as_text(single);
        assert_as_text((float)(bits >> 8) * 0x1p-24F);
    }
}

static void what_is_no_number_stays(void **state) {
    (void)state;
    assert_true(isnan(as_decimal((double)NAN)));
    assert_true(as_decimal((double)-INFINITY) == (double)-INFINITY);
    assert_true(signbit(as_decimal(-0.0)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_found),
        cmocka_unit_test(powers_of_ten_and_their_neighbours),
        cmocka_unit_test(any_bits),
        cmocka_unit_test(what_is_no_number_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
