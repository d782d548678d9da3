/* sum and column_sum; the lane sums are held to PyTorch by the softmax fixtures, which are nothing
 * else's. */
#include "fixture.h"
#include "kernels/sum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void equal_pytorch(void **state) {
    (void)state;
    fixture *f = fixture_open("sum.txt");
    while (fixture_next(f)) {
        const float *x = fixture_f32(f, "x");
        if (strcmp(fixture_name(f), "sum") == 0) {
            const float total = mlp_sum_f32(x, fixture_numel(f, "x"));
            fixture_expect_f32(f, "sum", &total);
        } else {
            float *columns = fixture_out_f32(f, "columns");
            mlp_column_sum_f32(columns, x, fixture_size(f, "x", 0), fixture_size(f, "x", 1));
            fixture_expect_f32(f, "columns", columns);
        }
    }
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_pytorch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
