/* Which steps of a training a text means. */
#include "mlpstep/steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static mlp_steps read(const char *text) {
    mlp_steps steps;
    assert_true(mlp_steps_read(&steps, text));
    return steps;
}

static void reads_numbers_and_ranges(void **state) {
    (void)state;
    const mlp_steps steps = read("7,1-3,18446744073709551615");
    for (uint64_t n = 1; n <= 3; n++)
        assert_true(mlp_steps_has(&steps, n));
    assert_false(mlp_steps_has(&steps, 4));
    assert_true(mlp_steps_has(&steps, 7));
    assert_true(mlp_steps_has(&steps, UINT64_MAX));
    assert_false(steps.last);
}

static void reads_last(void **state) {
    (void)state;
    const mlp_steps last = read("last"), both = read("last,2");
    assert_true(last.last);
    assert_int_equal(last.count, 0);
    assert_true(both.last && mlp_steps_has(&both, 2));
}

static void refuses_what_is_none(void **state) {
    static const char *const texts[] = {"",    "0",  "0-2",   "3-1",    "-1",
                                        "1-",  "1,", ",1",    "1-last", "la",
                                        "1 2", "+1", "1-2-3", "last2",  "18446744073709551616"};
    mlp_steps steps;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(mlp_steps_read(&steps, texts[i]));
}

static void takes_as_many_as_there_is_room_for(void **state) {
    char text[2 * MLP_MOST_STEP_RANGES + 2] = "";
    mlp_steps steps;
    (void)state;
    for (size_t i = 0; i < MLP_MOST_STEP_RANGES; i++)
        strcat(text, i ? ",1" : "1");
    assert_true(mlp_steps_read(&steps, text));
    strcat(text, ",1");
    assert_false(mlp_steps_read(&steps, text));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_numbers_and_ranges),
                                       cmocka_unit_test(reads_last),
                                       cmocka_unit_test(refuses_what_is_none),
                                       cmocka_unit_test(takes_as_many_as_there_is_room_for)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
