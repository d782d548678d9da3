/* What costs as much as its operands are large is charged for that, so that no run of few calls goes
 * on for days. */
#include "mlpstep/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    TEXT = 1024,
    LARGE = 100000,
    TURNS = 100
};

static const char tensors[] = "import torch\n"
                              "x, y = torch.zeros(size), torch.ones(size)\n"
                              "p = (x * torch.ones(1, requires_grad=True)).sum()\n";
static const char lists[] = "import torch\n"
                            "l, m = [1] * size, [1] * size\n";
static const char strings[] = "s, t = 'a ' * size, 'a ' * size\n";

/* Whether the script ends well within the budget. */
static bool fits(const char *setup, const char *operation, int size, double budget,
                 mlp_diagnostic *error) {
    char source[TEXT];
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    snprintf(source, sizeof source, "size = %d\n%sfor i in range(%d):\n    %s\n", size, setup,
             TURNS, operation);
    const mlp_script_options options = {.budget = budget};
    const bool ran = mlp_script_run(arena, source, strlen(source), &options, NULL, error);
    mlp_arena_free(arena);
    return ran;
}

/* A hundred turns with small operands fit into the budget, and a hundred without the operation. */
static void expect_charge(const char *setup, const char *operation, int large) {
    const double budget = 5e6;
    mlp_diagnostic error;
    if (!fits(setup, operation, 2, budget, &error) || !fits(setup, "pass", large, budget, &error))
        fail_msg("%s: %s", operation, error.message);
    if (fits(setup, operation, large, budget, &error))
        fail_msg("%s is not charged", operation);
    if (!strstr(error.message, "the script does too much"))
        fail_msg("%s: %s", operation, error.message);
}

static void numbers_are_charged(void **state) {
    static const char *const operations[] = {"torch.equal(x, y)",
                                             "torch.allclose(x, y)",
                                             "x.sum()",
                                             "x + y",
                                             "x.clone()",
                                             "x == y",
                                             "x.max()",
                                             "x @ y",
                                             "x[1:]",
                                             "x.tolist()",
                                             "x.view(-1, 1)",
                                             "x.normal_()",
                                             "torch.ones(size)",
                                             "p.backward(retain_graph=True)"};
    (void)state;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        expect_charge(tensors, operations[i], LARGE);
}

static void elements_are_charged(void **state) {
    static const char *const operations[] = {
        "l == m",  "l < m",           "l + m",           "l * 2",   "l[1:]",    "2 in l",
        "list(l)", "sorted(l)",       "max(l)",          "sum(l)",  "tuple(l)", "m.extend(l)",
        "m += l",  "torch.tensor(l)", "list(zip(l, m))", "repr(l)", "'%s' % l"};
    (void)state;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        expect_charge(lists, operations[i], LARGE);
}

/* Sixteen bytes are moved as fast as one number is computed. */
static void bytes_are_charged(void **state) {
    static const char *const operations[] = {"s == t",         "s + t",
                                             "s * 2",          "s[1:]",
                                             "'b' in s",       "f'{s}!'",
                                             "'%s!' % s",      "s.upper()",
                                             "s.strip()",      "s.replace('aa', 'b')",
                                             "'{}'.format(s)", "repr(s)",
                                             "s.join([s, s])", "s.rjust(len(t) + 1)"};
    (void)state;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        expect_charge(strings, operations[i], 10 * LARGE);
}

/* 2 * 64 * 64 numbers, and 64 terms for each of 64 * 64. */
static void products_are_charged_by_their_terms(void **state) {
    static const char source[] = "import torch\nx = torch.ones(64, 64)\ny = x @ x\n";
    const double least = 64 * 64 * 64, most = least + 10 * 64 * 64 + 20 * MLP_BUDGET_TURN;
    mlp_diagnostic error;
    (void)state;
    for (int enough = 0; enough < 2; enough++) {
        mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
        const mlp_script_options options = {.budget = enough ? most : least};
        const bool ran = mlp_script_run(arena, source, strlen(source), &options, NULL, &error);
        assert_int_equal(ran, enough);
        mlp_arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_charged), cmocka_unit_test(elements_are_charged),
        cmocka_unit_test(bytes_are_charged), cmocka_unit_test(products_are_charged_by_their_terms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
