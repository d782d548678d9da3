/* What a run notes of the numbers whose texts it formed: which they are, how far off they may be
 * under another build of PyTorch, and from where on a decision was open. */
#include "mlpstep/script.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* l is 0.3 as float32 computes it, off by one rounding; e is exact. */
#define BEGIN                                                  \
    "import math\n"                                            \
    "import torch\n"                                           \
    "l = (torch.tensor([0.1]) + torch.tensor([0.2])).item()\n" \
    "e = torch.tensor([0.5]).item()\n"

static const double L = 0.30000001192092896, OFF = FLT_EPSILON * 0.30000001192092896;

static mlp_printed run(mlp_arena *arena, const char *script) {
    mlp_printed printed;
    mlp_diagnostic error;
    const mlp_script_options options = {.printed = &printed};
    if (!mlp_script_run(arena, script, strlen(script), &options, NULL, &error))
        fail_msg("%s", error.message);
    assert_int_equal(strlen(printed.text), printed.length);
    return printed;
}

/* The note of the one number that the expression prints, which is off by no less, and by no more
 * than a hundredth of that, or a rounding of float64, besides. */
static void expect_off(const char *expression, double number, double off) {
    char script[1000];
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    snprintf(script, sizeof script, BEGIN "print(%s)\n", expression);
    const mlp_printed printed = run(arena, script);
    const mlp_note *n = printed.first;
    assert_non_null(n);
    assert_null(n->next);
    if (!(fabs(n->number - number) <= 4 * DBL_EPSILON * fabs(number)))
        fail_msg("%s: %.17g", expression, n->number);
    if (!(n->off >= off && n->off <= 1.01 * off + 4 * DBL_EPSILON * fabs(number)) && n->off != off)
        fail_msg("%s: off by %g, not by %g", expression, n->off, off);
    assert_true(off > 0 || n->off == 0);
    assert_true(printed.doubt == SIZE_MAX);
    mlp_arena_free(arena);
}

static void carries_how_far_off_a_float_is(void **state) {
    (void)state;
    expect_off("e", 0.5, 0);
    expect_off("l", L, OFF);
    expect_off("-l", L, OFF);
    expect_off("l + e", L + 0.5, OFF);
    expect_off("1 - l", 1 - L, OFF);
    expect_off("l * 3", 3 * L, 3 * OFF);
    expect_off("l * l", L * L, 2 * L * OFF);
    expect_off("l / 4", L / 4, OFF / 4);
    expect_off("1 / l", 1 / L, OFF / L / L);
}

static void carries_it_through_powers_and_functions(void **state) {
    (void)state;
    expect_off("l ** 2", L * L, 2 * L * OFF);
    expect_off("(l - 0.3) ** 2 + 1", 1, OFF * (OFF + 2 * (L - 0.3)));
    expect_off("e ** 2", 0.25, 0);
    expect_off("l // 1 + 1", 1, 0);
    expect_off("l % 1", L, OFF);
    expect_off("math.exp(l)", exp(L), exp(L) * OFF);
    expect_off("math.log(l)", -log(L), OFF / L);
    expect_off("math.sqrt(e)", sqrt(0.5), 0);
    expect_off("math.cos(l)", cos(L), OFF);
    expect_off("abs(-l)", L, OFF);
    expect_off("round(l, 2)", 0.3, 0);
    expect_off("max(l, 0.1)", L, OFF);
    expect_off("max(l, 0.3, e - e)", L, OFF);
    expect_off("min([l, e])", L, OFF);
    expect_off("sum([l, l])", 2 * L, 2 * OFF);
}

static void has_no_bound_where_there_is_none(void **state) {
    (void)state;
    expect_off("1 / (l - 0.3)", 1 / (L - 0.3), INFINITY);
    expect_off("(l - 0.3) ** -1", 1 / (L - 0.3), INFINITY);
    expect_off("math.log(l - 0.3)", -log(L - 0.3), INFINITY);
    expect_off("math.tan(l * 1e8)", fabs(tan(L * 1e8)), INFINITY);
}

static void expect_text(const char *expression, const char *text, double number) {
    char script[1000];
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    snprintf(script, sizeof script, "print(%s)\n", expression);
    const mlp_note *n = run(arena, script).first;
    assert_non_null(n);
    assert_string_equal(n->text, text);
    assert_true(n->number == number || fabs(n->number - number) <= 1e-12 * number);
    mlp_arena_free(arena);
}

static void notes_the_text_of_a_number_without_what_is_around_it(void **state) {
    (void)state;
    expect_text("[-0.25]", "0.25", 0.25);
    expect_text("f'{-0.25:+09.3f}'", "0.250", 0.25);
    expect_text("f'{0.931:>10.1%}|'", "93.1", 93.1);
    expect_text("f'{-12345.625:,.2f}'", "345.62", 345.625);
    expect_text("f'{1000.5:,.1f}'", "0.5", 0.5);
    expect_text("'%-8.2e|' % -0.00123", "1.23e-03", 0.00123);
    expect_text("str(float('inf'))", "inf", INFINITY);
}

static void notes_when_a_text_was_formed(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    const mlp_printed printed = run(arena, BEGIN "s = f'{e:.2f}'\n"
                                                 "print('a', l)\n"
                                                 "print(s, torch.tensor([2.0, 3.0]))\n");
    assert_string_equal(printed.text, "a 0.30000001192092896\n0.50 tensor([2., 3.])\n");
    const mlp_note *n = printed.first;
    assert_string_equal(n->text, "0.50");
    assert_int_equal(n->at, 0);
    n = n->next;
    assert_string_equal(n->text, "0.30000001192092896");
    assert_int_equal(n->at, strlen("a"));
    assert_null(n->of);
    n = n->next;
    assert_string_equal(n->text, "tensor([2., 3.])");
    assert_int_equal(n->at, strlen("a 0.30000001192092896\n0.50"));
    assert_true(((const mlp_value *)n->of)->tensor.numel == 2);
    assert_null(n->next);
    mlp_arena_free(arena);
}

/* The way the script takes is open from the first decision on that could be another. */
static void expect_doubt(const char *statement, size_t doubt) {
    char script[1000];
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    snprintf(script, sizeof script, BEGIN "print('a')\n%s\nprint('b')\n", statement);
    const mlp_printed printed = run(arena, script);
    if (printed.doubt != doubt)
        fail_msg("%s: %zu", statement, printed.doubt);
    mlp_arena_free(arena);
}

static void notes_from_where_on_the_way_is_open(void **state) {
    (void)state;
    const size_t behind_a = strlen("a\n"), never = SIZE_MAX;
    expect_doubt("l < 0.2", never);
    expect_doubt("l < 0.30000001", behind_a);
    expect_doubt("l == 0.30000001192092896", behind_a);
    expect_doubt("e == 0.5", never);
    expect_doubt("l == l", never);
    expect_doubt("l in [1.0, 0.5]", never);
    expect_doubt("int(l)", never);
    expect_doubt("int(l * 10)", behind_a);
    expect_doubt("round(l * 10)", never);
    expect_doubt("round(l * 5)", behind_a);
    expect_doubt("math.floor(l * 10)", behind_a);
    expect_doubt("math.ceil(l * 10)", behind_a);
    expect_doubt("'%d' % (l * 10)", behind_a);
    expect_doubt("bool(l)", never);
    expect_doubt("bool(l - 0.3)", behind_a);
    expect_doubt("max(l, 0.3)", never);
    expect_doubt("sorted([l, 0.3])", behind_a);
}

/* Under a sanitizer a byte further would be seen. */
static void reads_a_script_without_its_end(void **state) {
    (void)state;
    static const char *const scripts[] = {"x = 1", "print(1)", "if 1:\n  pass", "x = (1)", "f''"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        const size_t length = strlen(scripts[i]);
        mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
        char *script = malloc(length);
        mlp_diagnostic error;
        assert_non_null(script);
        memcpy(script, scripts[i], length);
        assert_non_null(
            mlp_script_run(arena, script, length, &(mlp_script_options){0}, NULL, &error));
        free(script);
        mlp_arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carries_how_far_off_a_float_is),
        cmocka_unit_test(carries_it_through_powers_and_functions),
        cmocka_unit_test(has_no_bound_where_there_is_none),
        cmocka_unit_test(notes_the_text_of_a_number_without_what_is_around_it),
        cmocka_unit_test(notes_when_a_text_was_formed),
        cmocka_unit_test(notes_from_where_on_the_way_is_open),
        cmocka_unit_test(reads_a_script_without_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
