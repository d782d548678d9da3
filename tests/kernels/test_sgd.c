#include "fixture.h"
#include "mlpstep/kernels/sgd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* param0 -> param1 -> param2 -> param3, with the buffers after each step beside them. */
static void equals_pytorch(void **state) {
    (void)state;
    static const char *const PARAM[] = {"param0", "param1", "param2", "param3"};
    static const char *const BUFFER[] = {"", "buffer1", "buffer2", "buffer3"};
    static const char *const GRAD[] = {"", "grad1", "grad2", "grad3"};
    fixture *f = fixture_open("sgd.txt");
    while (fixture_next(f)) {
        const size_t n = fixture_numel(f, "param0");
        const mlp_sgd_options options = {.lr = fixture_number(f, "lr"),
                                         .momentum = fixture_number(f, "momentum"),
                                         .dampening = fixture_number(f, "dampening"),
                                         .weight_decay = fixture_number(f, "weight_decay"),
                                         .nesterov = fixture_number(f, "nesterov") != 0,
                                         .maximize = fixture_number(f, "maximize") != 0};
        const bool buffered = fixture_has(f, "buffer1");
        for (size_t step = 1; step <= 3; step++) {
            const bool first = step == 1;
            if (fixture_is_float64(f)) {
                double *param = fixture_out_f64(f, "param0");
                double *buffer = buffered ? fixture_out_f64(f, "param0") : NULL;
                mlp_sgd_step_f64(param, buffer, fixture_f64(f, PARAM[step - 1]),
                                 fixture_f64(f, GRAD[step]),
                                 first ? NULL : fixture_f64(f, BUFFER[step - 1]), n, &options);
                fixture_expect_f64(f, PARAM[step], param);
                if (buffered)
                    fixture_expect_f64(f, BUFFER[step], buffer);
            } else {
                /* In place, as an optimizer uses it. */
                float *param = fixture_out_f32(f, "param0");
                float *buffer = buffered ? fixture_out_f32(f, "param0") : NULL;
                memcpy(param, fixture_f32(f, PARAM[step - 1]), n * sizeof *param);
                if (buffered && !first)
                    memcpy(buffer, fixture_f32(f, BUFFER[step - 1]), n * sizeof *buffer);
                mlp_sgd_step_f32(param, buffer, param, fixture_f32(f, GRAD[step]),
                                 first ? NULL : buffer, n, &options);
                fixture_expect_f32(f, PARAM[step], param);
                if (buffered)
                    fixture_expect_f32(f, BUFFER[step], buffer);
            }
        }
    }
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_pytorch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
