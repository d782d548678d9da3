/* Places over a matrix: each once, and half as many at least in every part of it as its size
 * has a claim to. */
#include "check/spread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    PARTS = 4
};

static size_t *places(size_t count, size_t rows, size_t columns) {
    size_t *at = calloc(count, sizeof *at);
    assert_non_null(at);
    spread(at, count, rows * columns, columns);
    return at;
}

static void expect_ascending(const size_t *at, size_t count, size_t all) {
    for (size_t i = 1; i < count; i++)
        assert_true(at[i - 1] < at[i]);
    assert_true(at[count - 1] < all);
}

/* How many of so many lie in a part. */
static size_t in_part(size_t part, size_t length) {
    size_t in = 0;
    for (size_t i = 0; i < length; i++)
        in += i * PARTS / length == part;
    return in;
}

static void expect_parts(const size_t *at, size_t count, size_t rows, size_t columns) {
    size_t in[PARTS][PARTS] = {{0}};
    for (size_t i = 0; i < count; i++)
        in[at[i] / columns * PARTS / rows][at[i] % columns * PARTS / columns]++;
    for (size_t row = 0; row < PARTS; row++)
        for (size_t column = 0; column < PARTS; column++) {
            const size_t size = in_part(row, rows) * in_part(column, columns);
            if (in[row][column] < size * count / (rows * columns) / 2)
                fail_msg("%zu of %zu in part %zu, %zu of %zu x %zu", in[row][column], count, row,
                         column, rows, columns);
        }
}

static void places_lie_in_all_parts(void **state) {
    (void)state;
    static const size_t sides[] = {4, 10, 31, 50, 64, 100, 128, 300, 784, 1000, 4096};
    static const size_t counts[] = {8, 48, 100, 860, 5000};
    for (size_t r = 0; r < sizeof sides / sizeof *sides; r++)
        for (size_t c = 0; c < sizeof sides / sizeof *sides; c++)
            for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
                const size_t rows = sides[r], columns = sides[c], count = counts[n];
                if (count >= rows * columns)
                    continue;
                size_t *at = places(count, rows, columns);
                expect_ascending(at, count, rows * columns);
                expect_parts(at, count, rows, columns);
                free(at);
            }
}

/* Where there is but one row or column, or almost all places are taken. */
static void narrow_matrices_have_places(void **state) {
    (void)state;
    for (size_t all = 2; all < 70; all++)
        for (size_t count = 1; count < all; count++)
            for (size_t columns = 1; columns <= all; columns++) {
                if (all % columns)
                    continue;
                size_t *at = places(count, all / columns, columns);
                expect_ascending(at, count, all);
                free(at);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_lie_in_all_parts),
        cmocka_unit_test(narrow_matrices_have_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
