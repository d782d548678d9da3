/* The notation of formulas: which tree a text is, and where one ceases to be a formula. */
#include "derive/notation.h"

#include "mlpstep/operation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* --- trees as texts --- */

enum {
    LONGEST = 400
};

typedef struct {
    char text[LONGEST];
    size_t length;
} written;

static void add(written *w, const char *text) {
    w->length += (size_t)snprintf(w->text + w->length, LONGEST - w->length, "%s", text);
    assert_true(w->length < LONGEST);
}

/* (+ a (* b c)) */
static void add_tree(written *w, const formula *f) {
    static const char *const heads[] = {
        [FORMULA_ADD] = "+",       [FORMULA_SUBTRACT] = "-",  [FORMULA_NEGATE] = "neg",
        [FORMULA_MULTIPLY] = "*",  [FORMULA_DIVIDE] = "/",    [FORMULA_PRODUCT] = "@",
        [FORMULA_POWER] = "^",     [FORMULA_TRANSPOSE] = "T", [FORMULA_INVERSE] = "inv",
        [FORMULA_ABSOLUTE] = "||", [FORMULA_INDEX] = "[]",    [FORMULA_CASES] = "cases",
        [FORMULA_AND] = "and",
    };
    if (f->count == 0) {
        add(w, f->kind == FORMULA_WORDS ? "{" : "");
        add(w, f->text);
        add(w, f->kind == FORMULA_WORDS ? "}" : "");
        return;
    }
    add(w, "(");
    add(w, f->text ? f->text : heads[f->kind]);
    for (size_t i = 0; i < f->count; i++) {
        add(w, " ");
        add_tree(w, f->part[i]);
    }
    add(w, ")");
}

static mlp_arena *arena_new(void) {
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    assert_non_null(arena);
    return arena;
}

static const struct {
    const char *text, *tree;
} READ[] = {
    {"y = x @ W^T + b", "y = (+ (@ x (T W)) b)"},
    {"y = max(0, x)", "y = (max 0 x)"},
    {"dx = dy / (2 y)", "dx = (/ dy (* 2 y))"},
    {"dx = dy 2 / sqrt(pi) exp(-x^2)", "dx = (* (/ (* dy 2) (sqrt pi)) (exp (neg (^ x 2))))"},
    {"y = a (b - c)", "y = (* a (- b c))"},
    {"y = -a b - -c", "y = (- (neg (* a b)) (neg c))"},
    {"y = a - b + c", "y = (+ (- a b) c)"},
    {"y = 2^x", "y = (^ 2 x)"},
    {"y = sum(|x|^p)^(1 / p)", "y = (^ (sum (^ (|| x) p)) (/ 1 p))"},
    {"y = |a b| |c|", "y = (* (|| (* a b)) (|| c))"},
    {"y = |(|a| - 1)|", "y = (|| (- (|| a) 1))"},
    {"dA = dy A^-T", "dA = (* dy (T (inv A)))"},
    {"B = A^-1 x^-1", "B = (* (inv A) (^ x (neg 1)))"},
    {"l = -x[target]", "l = (neg ([] x target))"},
    {"y[i, j] = x[j, i + 1]", "([] y i j) = ([] x j (+ i 1))"},
    {"y = x where x > 0, 0 elsewhere", "y = (cases x (> x 0) 0)"},
    {"y = 1 where a = b", "y = (cases 1 (= a b))"},
    {"y = 0 where -1 <= x < 2 and a != b, x where {a is old}, -x elsewhere",
     "y = (cases 0 (and (and (<= (neg 1) x) (< x 2)) (!= a b)) x {a is old} (neg x))"},
    {"y = max(x where x >= 0, 0 elsewhere, 3)", "y = (max (cases x (>= x 0) 0) 3)"},
    {"y = {x in another order}", "y = {x in another order}"},
    {"y = x {of another type}", "y = x {of another type}"},
    {"s = 1.5e-3 x; y = s + 2 e", "s = (* 1.5e-3 x); y = (+ s (* 2 e))"},
    {"erf(y) = x", "(erf y) = x"},
};

static void trees(void **state) {
    (void)state;
    mlp_arena *arena = arena_new();
    for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
        written w = {0};
        size_t at = 0;
        const equation *e = notation_parse(arena, READ[i].text, &at);
        if (!e)
            fail_msg("%s: ends at %zu", READ[i].text, at);
        for (; e; e = e->next) {
            add_tree(&w, e->left);
            add(&w, " = ");
            add_tree(&w, e->right);
            add(&w, e->remark ? " {" : "");
            add(&w, e->remark ? e->remark : "");
            add(&w, e->remark ? "}" : "");
            add(&w, e->next ? "; " : "");
        }
        assert_string_equal(w.text, READ[i].tree);
    }
    mlp_arena_free(arena);
}

static const struct {
    const char *text;
    size_t at;
} REFUSED[] = {
    {"", 0},
    {"x", 1},
    {"y = ", 4},
    {"y = x +", 7},
    {"y = (x", 6},
    {"y = |x", 6},
    {"y = x)", 5},
    {"y = x;", 6},
    {"y = {x", 4},
    {"y = x, 0 elsewhere", 5},
    {"y = x where x > 0, 0", 20},
    {"y = x where x", 13},
    {"y = where", 4},
    {"y = sum of x?", 12},
    {"y = f(1, 2, 3, 4, 5, 6, 7, 8, 9)", 31},
};

static void refusals(void **state) {
    (void)state;
    mlp_arena *arena = arena_new();
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        size_t at = 0;
        if (notation_parse(arena, REFUSED[i].text, &at))
            fail_msg("%s: is a formula", REFUSED[i].text);
        if (at != REFUSED[i].at)
            fail_msg("%s: ends at %zu", REFUSED[i].text, at);
    }
    mlp_arena_free(arena);
}

/* Of whatever nests, a hundred thousand within each other. */
static void deep(void **state) {
    (void)state;
    enum {
        TIMES = 100000
    };
    static const char *const nested[] = {"(", "-", "f(", "x[", "|(", "x^(", "x^-("};
    mlp_arena *arena = arena_new();
    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
        const size_t length = strlen(nested[i]);
        char *text = mlp_arena_alloc(arena, TIMES * length + 8, 1);
        size_t at = 0;
        assert_non_null(text);
        memcpy(text, "y = ", 4);
        for (size_t k = 0; k < TIMES; k++)
            memcpy(text + 4 + k * length, nested[i], length);
        assert_null(notation_parse(arena, text, &at));
        assert_true(at < 400);
    }
    mlp_arena_free(arena);
}

/* --- clauses --- */

static void clauses(void **state) {
    (void)state;
    static const struct {
        const char *text, *with, *without; /* a bias, p = 2, min = 0 and the mean; none of that */
    } cases[] = {
        {"y = x @ W^T[b?  + b]", "y = x @ W^T + b", "y = x @ W^T"},
        {"y = [!b? x][b? b]", "y = b", "y = x"},
        {"l = [mean? mean][sum? sum](x)", "l = mean(x)", "l = (x)"},
        {"l = x[W][b? [b, 1][mean?  / n]]", "l = x[W][b, 1] / n", "l = x[W]"},
        {"y = x[has_max|p=3|b?  + 1][!first|sum?  + 2]", "y = x + 1 + 2", "y = x"},
        {"y = x[p=2? ^2][p=0.5? ^3][p? p]", "y = x^2p", "y = x"},
        {"y = x[has_min?  - min][min? 0]", "y = x - min", "y = x"},
        {"y = x[first?  + 1]", "y = x", "y = x + 1"},
    };
    static const mlp_operation row = {.name = "row", .symbols = "x W b"};
    static const mlp_tensor tensor;
    mlp_call with = {.operation = &row, .in = {&tensor, &tensor, &tensor}}, without = with;
    with.options = (mlp_options){.p = 2, .has_min = true, .reduction = MLP_REDUCTION_MEAN};
    without.in[2] = NULL;
    mlp_arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(mlp_formula_text(arena, cases[i].text, &with), cases[i].with);
        assert_string_equal(mlp_formula_text(arena, cases[i].text, &without), cases[i].without);
    }
    assert_int_equal(mlp_formula_input(&row, "b"), 2);
    assert_int_equal(mlp_formula_input(&mlp_add, "b"), 1);
    assert_int_equal(mlp_formula_input(&mlp_exp, "x"), 0);
    assert_true(mlp_formula_input(&row, "a") == SIZE_MAX);
    mlp_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(refusals),
        cmocka_unit_test(deep),
        cmocka_unit_test(clauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
