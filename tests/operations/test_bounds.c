/* The bounds of layers, activations, losses and updates: that they hold, of ordinary numbers and
 * of large, saturated and tiny ones. */
#include "bounds.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    TIMES = 60
};

/* --- numbers --- */

/* Scores: most of them small, some so large that exp() or a sigmoid is at its end. */
static double score(size_t i, size_t n) {
    static const double scales[] = {1, 3, 12, 120, 1e-3};
    (void)n;
    return draw_side() * scales[i * 7 % 5];
}

static double small(size_t i, size_t n) {
    (void)i;
    (void)n;
    return draw_side();
}

static double whole(size_t i, size_t n) {
    (void)i;
    (void)n;
    return floor(draw_side() * 8);
}

/* Of many sizes. */
static double tiny(size_t i, size_t n) {
    (void)n;
    return draw_side() * pow(10, -(double)(i % 12));
}

static double positive(size_t i, size_t n) {
    (void)i;
    (void)n;
    return 0.1 + draw_unit();
}

/* Near the ends, too. */
static double probability(size_t i, size_t n) {
    (void)n;
    const double p = draw_unit();
    return i % 4 == 0 ? 1e-6 * p : i % 4 == 1 ? 1 - 1e-3 * (p + 0.1) : 0.999 * p;
}

/* A result of sigmoid that has been rounded to 0 or 1, or a target. */
static double certain(size_t i, size_t n) {
    return i % 3 == 0 ? probability(i / 3, n) : (double)(draw_unit() < 0.5);
}

static double log_probability(size_t i, size_t n) {
    return -fabs(score(i, n)) - 1e-3;
}

static double class_of(size_t i, size_t n) {
    (void)n;
    return i % 5 == 4 ? -100 : floor(draw_unit() * 5);
}

static double kept(size_t i, size_t n) {
    (void)i;
    (void)n;
    return draw_unit() < 0.5;
}

/* --- cases --- */

/* Each error that an input may have, in turn. */
static const double errors[] = {0, 1e-7, 1e-5};
enum {
    ERRORS = sizeof errors / sizeof *errors
};

static drawn_input matrix(drawn_number *draw, size_t rows, size_t columns, double error) {
    return (drawn_input){draw, MLP_FLOAT32, 2, {rows, columns}, error, 0};
}

static drawn_input vector(drawn_number *draw, size_t size, double error) {
    return (drawn_input){draw, MLP_FLOAT32, 1, {size}, error, 0};
}

static drawn_input classes(size_t size) {
    return (drawn_input){class_of, MLP_INT64, 1, {size}, 0, 0};
}

static void layers(void **state) {
    (void)state;
    for (size_t e = 0; e < ERRORS; e++) {
        const double error = errors[e];
        bound_case linear = {.operation = &mlp_linear,
                             .in = {matrix(small, 6, 40, error), matrix(small, 5, 40, error),
                                    vector(small, 5, error)}};
        expect_bounds(&linear, TIMES);
        linear.in[0] = matrix(score, 6, 40, error);
        expect_bounds(&linear, TIMES);
        for (int p = 1; p < 4; p++) {
            const bound_case dropout = {
                .operation = &mlp_dropout,
                .options = {.p = 0.25 * p - 0.1 * (p == 3)},
                .in = {matrix(small, 6, 8, error), {kept, MLP_INT64, 2, {6, 8}, 0, 0}}};
            expect_bounds(&dropout, TIMES);
        }
    }
}

/* Whose sums' terms are too many to be sorted. */
static void large_layers(void **state) {
    (void)state;
    for (size_t e = 0; e < ERRORS; e++) {
        const double error = errors[e];
        bound_case linear = {.operation = &mlp_linear,
                             .in = {matrix(small, 48, 70, error), matrix(small, 40, 70, error),
                                    vector(small, 40, error)}};
        expect_bounds(&linear, 2);
        linear.in[0] = matrix(score, 48, 70, error);
        expect_bounds(&linear, 2);
        linear.in[1] = matrix(tiny, 40, 70, error);
        expect_bounds(&linear, 2);
    }
}

static void large_whole_numbers_are_exact(void **state) {
    (void)state;
    enum {
        BATCH = 48,
        IN = 70,
        OUT = 40
    };
    static double bound[BATCH * OUT], exact[BATCH * IN], scratch[4 * BATCH * IN + MLP_BOUND_ROOM];
    static float x[BATCH * IN], weight[OUT * IN], out[BATCH * OUT];
    for (size_t i = 0; i < BATCH * IN; i++)
        x[i] = (float)whole(i, 0);
    for (size_t i = 0; i < OUT * IN; i++)
        weight[i] = (float)whole(i, 0);
    const mlp_tensor of_x = {MLP_FLOAT32, 2, {BATCH, IN}, BATCH * IN, x},
                     of_weight = {MLP_FLOAT32, 2, {OUT, IN}, OUT * IN, weight};
    mlp_tensor of_out = {MLP_FLOAT32, 2, {BATCH, OUT}, BATCH * OUT, out};
    const mlp_call call = {.in = {&of_x, &of_weight}, .out = {&of_out}};
    const mlp_bounds bounds = {.in = {exact, exact}, .out = {bound}, .scratch = scratch};
    for (size_t i = 0; i < BATCH * OUT; i++)
        bound[i] = 1;
    mlp_linear.bound(&call, &bounds);
    for (size_t i = 0; i < BATCH * OUT; i++)
        assert_true(bound[i] == 0);
}

/* Whole numbers are added and multiplied without a rounding. */
static void whole_numbers_are_exact(void **state) {
    (void)state;
    double bound[4] = {1, 1, 1, 1}, exact[20] = {0}, scratch[4 * 20 + MLP_BOUND_ROOM];
    float x[10], weight[20], bias[2] = {1, 2}, out[2];
    for (size_t i = 0; i < 20; i++) {
        x[i / 2] = (float)i / 4;
        weight[i] = (float)i - 9;
    }
    const mlp_tensor of_x = {MLP_FLOAT32, 2, {1, 10}, 10, x},
                     of_bias = {MLP_FLOAT32, 1, {2}, 2, bias};
    const mlp_tensor of_weight = {MLP_FLOAT32, 2, {2, 10}, 20, weight};
    mlp_tensor of_out = {MLP_FLOAT32, 2, {1, 2}, 2, out};
    const mlp_call call = {.in = {&of_x, &of_weight, &of_bias}, .out = {&of_out}};
    const mlp_bounds bounds = {.in = {exact, exact, exact}, .out = {bound}, .scratch = scratch};
    mlp_linear.bound(&call, &bounds);
    assert_true(bound[0] == 0 && bound[1] == 0);
}

static void activations(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_relu,    &mlp_leaky_relu, &mlp_sigmoid,
                                                      &mlp_tanh,    &mlp_elu,        &mlp_selu,
                                                      &mlp_softmax, &mlp_log_softmax};
    static drawn_number *const numbers[] = {small, score, whole, tiny};
    for (size_t o = 0; o < sizeof operations / sizeof *operations; o++)
        for (size_t e = 0; e < ERRORS; e++)
            for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
                bound_case c = {
                    operations[o],
                    {.negative_slope = 0.01, .alpha = e % 2 ? 1 : 1.3, .dim = 1, .has_dim = true},
                    {matrix(numbers[n], 5, 7, errors[e])},
                    e > 0};
                expect_bounds(&c, TIMES);
                c.in[0].off = errors[e]; /* across the kinks */
                expect_bounds(&c, TIMES);
            }
}

static void norms(void **state) {
    (void)state;
    static drawn_number *const numbers[] = {small, score, tiny};
    for (size_t k = 0; k < 3 * ERRORS * 2; k++) {
        const double error = errors[k / 3 % ERRORS];
        const drawn_input x = matrix(numbers[k % 3], 6, 20, error);
        const drawn_input w = k % 2 ? vector(small, 20, error) : (drawn_input){0};
        bound_case c = {&mlp_layer_norm,
                        {.eps = 1e-5, .sizes = {1, {20}}},
                        {x, w, k % 2 ? vector(small, 20, error) : (drawn_input){0}},
                        true};
        expect_bounds(&c, TIMES);
        c.operation = &mlp_batch_norm;
        expect_bounds(&c, TIMES);
        c.in[3] = vector(small, 20, error);
        c.in[4] = vector(positive, 20, error);
        expect_bounds(&c, TIMES);
        bound_case kept = {&mlp_running_mean, {.momentum = 0.1}, {c.in[3], x}, true};
        expect_bounds(&kept, TIMES);
        kept.operation = &mlp_running_var;
        expect_bounds(&kept, TIMES);
    }
}

static const mlp_reduction reductions[] = {MLP_REDUCTION_NONE, MLP_REDUCTION_SUM,
                                           MLP_REDUCTION_MEAN};

static void losses_over_classes(void **state) {
    (void)state;
    static const double smoothings[] = {0, 0.1, 0.5, 1};
    for (size_t k = 0; k < 3 * ERRORS * 4 * 2; k++) {
        const double error = errors[k / 3 % ERRORS];
        bound_case c = {&mlp_nll_loss,
                        {.ignore_index = -100,
                         .reduction = reductions[k % 3],
                         .label_smoothing = smoothings[k / 3 / ERRORS % 4]},
                        {matrix(log_probability, 12, 5, error), classes(12),
                         k % 2 ? vector(positive, 5, 0) : (drawn_input){0}},
                        false};
        expect_bounds(&c, TIMES);
        c.operation = &mlp_cross_entropy_smoothed;
        expect_bounds(&c, TIMES);
        c.operation = &mlp_cross_entropy_probabilities;
        c.in[1] = matrix(certain, 12, 5, error);
        expect_bounds(&c, TIMES);
    }
}

static void losses_of_elements(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_mse_loss, &mlp_huber_loss,
                                                      &mlp_smooth_l1_loss};
    static drawn_number *const numbers[] = {small, score, whole, tiny};
    static const double ends[] = {1, 0.3, 0.01};
    for (size_t o = 0; o < 3; o++)
        for (size_t k = 0; k < 3 * ERRORS * 4 * 3; k++) {
            const double error = errors[k / 3 % ERRORS], end = ends[k / 9 % 3];
            drawn_number *number = numbers[k / 27];
            bound_case c = {operations[o],
                            {.reduction = reductions[k % 3], .delta = end, .beta = end},
                            {matrix(number, 5, 7, error), matrix(number, 5, 7, error)},
                            false};
            expect_bounds(&c, TIMES);
            c.in[0].off = c.in[1].off = errors[k / 3 % ERRORS]; /* across the ends */
            expect_bounds(&c, TIMES);
            c.options.beta = 0; /* bent at 0 */
            c.may_be_infinite = true;
            if (operations[o] == &mlp_smooth_l1_loss)
                expect_bounds(&c, TIMES);
        }
}

static void binary_losses(void **state) {
    (void)state;
    for (size_t k = 0; k < 3 * ERRORS * 8; k++) {
        const double error = errors[k / 3 % ERRORS];
        const size_t kind = k / 3 / ERRORS;
        bound_case c = {&mlp_binary_cross_entropy,
                        {.reduction = reductions[k % 3]},
                        {matrix(probability, 5, 7, error),
                         matrix(kind & 1 ? probability : certain, 5, 7, kind & 1 ? error : 0),
                         kind & 2 ? matrix(positive, 5, 7, 0) : (drawn_input){0}},
                        false};
        expect_bounds(&c, TIMES);
        c.in[0] = matrix(certain, 5, 7, 0);
        expect_bounds(&c, TIMES);
        c.operation = &mlp_binary_cross_entropy_with_logits;
        c.in[0] = matrix(score, 5, 7, error);
        c.in[3] = kind & 4 ? matrix(positive, 5, 7, 0) : (drawn_input){0};
        expect_bounds(&c, TIMES);
    }
}

static void updates(void **state) {
    (void)state;
    for (size_t k = 0; k < ERRORS * 16; k++) {
        const double error = errors[k % ERRORS];
        const size_t kind = k / ERRORS;
        const bool has_states = kind & 1;
        bound_case c = {&mlp_sgd,
                        {.lr = 0.01,
                         .momentum = kind & 2 ? 0.9 : 0,
                         .dampening = kind & 4 ? 0.1 : 0,
                         .nesterov = kind & 8,
                         .weight_decay = kind & 4 ? 1e-3 : 0,
                         .maximize = kind & 8,
                         .betas = {kind & 8 ? 0.3 : 0.9, 0.999},
                         .eps = 1e-8,
                         .amsgrad = kind & 2,
                         .step = has_states ? 7 : 1},
                        {vector(small, 24, error), vector(tiny, 24, error),
                         has_states && kind & 2 ? vector(small, 24, error) : (drawn_input){0}},
                        false};
        if (c.options.momentum == 0)
            c.options.nesterov = false;
        if (c.options.momentum != 0)
            expect_bounds(&c, TIMES);
        c.operation = &mlp_adam;
        c.in[2] = has_states ? vector(small, 24, error) : (drawn_input){0};
        c.in[3] = has_states ? vector(probability, 24, error) : (drawn_input){0};
        c.in[4] = has_states && kind & 2 ? vector(probability, 24, error) : (drawn_input){0};
        expect_bounds(&c, TIMES);
        c.operation = &mlp_adamw;
        expect_bounds(&c, TIMES);
        c.operation = &mlp_rmsprop;
        c.options.alpha = kind & 8 ? 0.3 : 0.9;
        c.options.centered = kind & 4;
        c.may_be_infinite = c.options.centered; /* v - a a may be near 0 */
        c.in[2] = has_states ? vector(probability, 24, error) : (drawn_input){0};
        c.in[3] = has_states && kind & 2 ? vector(small, 24, error) : (drawn_input){0};
        c.in[4] = has_states && kind & 4 ? vector(tiny, 24, error) : (drawn_input){0};
        expect_bounds(&c, TIMES);
    }
}

static void less_common_updates(void **state) {
    (void)state;
    static const mlp_operation *const operations[] = {&mlp_adagrad, &mlp_adamax, &mlp_adadelta,
                                                      &mlp_radam, &mlp_rprop};
    for (size_t k = 0; k < ERRORS * 16 * 5; k++) {
        const double error = errors[k % ERRORS];
        const size_t kind = k / ERRORS % 16;
        const bool has_states = kind & 1;
        bound_case c = {operations[k / ERRORS / 16],
                        {.lr = 0.01,
                         .alpha = kind & 8 ? 0.3 : 0.9,
                         .lr_decay = kind & 2 ? 0.1 : 0,
                         .value = kind & 4 ? 0.1 : 0,
                         .weight_decay = kind & 4 ? 1e-3 : 0,
                         .maximize = kind & 8,
                         .betas = {kind & 8 ? 0.3 : 0.9, kind & 4 ? 0.9 : 0.999},
                         .etas = {0.5, 1.2},
                         .step_sizes = {1e-6, kind & 2 ? 0.3 : 50},
                         .eps = 1e-6,
                         .step = has_states ? 7 : 1},
                        {vector(small, 24, error), vector(tiny, 24, error),
                         has_states ? vector(probability, 24, error) : (drawn_input){0},
                         has_states && k / ERRORS / 16 > 0 /* Adagrad has one */
                             ? vector(probability, 24, error)
                             : (drawn_input){0}},
                        false};
        expect_bounds(&c, TIMES);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers),
        cmocka_unit_test(large_layers),
        cmocka_unit_test(large_whole_numbers_are_exact),
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(activations),
        cmocka_unit_test(norms),
        cmocka_unit_test(losses_over_classes),
        cmocka_unit_test(losses_of_elements),
        cmocka_unit_test(binary_losses),
        cmocka_unit_test(updates),
        cmocka_unit_test(less_common_updates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
