/* Numbers with decimal places are held against printf's. */
#include "base/decimal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    TEXT = 400
};

static void prints(double value, int precision) {
    char expected[TEXT], printed[TEXT];
    const int length = snprintf(expected, TEXT, "%.*f", precision, value);
    assert_int_equal(decimal_print(printed, TEXT, value, precision), length);
    assert_string_equal(printed, expected);
}

static void prints_at_all_precisions(double value) {
    for (int precision = 0; precision <= 12; precision++) {
        prints(value, precision);
        prints(-value, precision);
    }
}

static void prints_special_numbers(void **state) {
    (void)state;
    static const double numbers[] = {0,    0.5,      1.5,   2.5,   0.125,          5e-7, 0.999999,
                                     1e12, 999999.5, 1e300, 1e-45, 4.9406565e-324, 1e11, 123456};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        prints_at_all_precisions(numbers[i]);
    prints(INFINITY, 6);
    prints(-INFINITY, 6);
}

static uint64_t next(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 11;
}

/* Of all sizes that a number has in a network, as float and as double. */
static void prints_numbers_of_chance(void **state) {
    (void)state;
    uint64_t chance = 1;
    for (int i = 0; i < 40000; i++) {
        const int exponent = (int)(next(&chance) % 80) - 40;
        const double value = ldexp((double)next(&chance), exponent - 53);
        prints(value, i % 10);
        prints((float)value, i % 10);
        prints(-(float)value, 6);
    }
}

/* The middle between two texts, and what lies on either side of it. */
static void prints_what_is_near_the_middle(void **state) {
    (void)state;
    uint64_t chance = 2;
    for (int i = 0; i < 40000; i++) {
        const int precision = i % 10;
        const double half = (double)(next(&chance) % 1000000) + 0.5;
        const double middle = half / pow(10, precision);
        prints(middle, precision);
        prints(nextafter(middle, 0), precision);
        prints(nextafter(middle, INFINITY), precision);
        prints((float)middle, precision);
        prints(middle * (1 + 1e-9), precision);
    }
}

static void cuts_off_what_is_too_long(void **state) {
    (void)state;
    char text[6];
    assert_int_equal(decimal_print(text, sizeof text, 1234.5, 6), strlen("1234.500000"));
    assert_string_equal(text, "1234.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_special_numbers),
        cmocka_unit_test(prints_numbers_of_chance),
        cmocka_unit_test(prints_what_is_near_the_middle),
        cmocka_unit_test(cuts_off_what_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
