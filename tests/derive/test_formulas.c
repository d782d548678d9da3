/* The formulas of all rows: that they are in the notation and know every name, and that they say
 * what the kernels compute, for tensors of one number. */
#include "derive/notation.h"

#include "mlpstep/operation.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Those of include/mlpstep/operation.h. */
static const struct {
    const char *name;
    const mlp_operation *operation;
} ROWS[] = {
#include "operation_rows.h"
};

enum {
    ROW_COUNT = sizeof ROWS / sizeof *ROWS,
    NAMES = 32,
    NAME = 24
};

/* --- what a call may be told --- */

static const mlp_options OPTIONS[] = {
    {.number = {.real = 1.5}, .has_dim = true, .has_max = true},
    {.number = {.real = -2},
     .negative_slope = 0.1,
     .p = 1,
     .alpha = 0.7,
     .min = -0.2,
     .max = 0.6,
     .rtol = 0.5,
     .atol = 0.1,
     .threshold = 0.3,
     .value = 0.4,
     .lambd = 0.5,
     .delta = 0.9,
     .beta = 0.8,
     .lr = 0.1,
     .betas = {0.9, 0.99},
     .eps = 1e-3,
     .etas = {0.5, 1.2},
     .step_sizes = {1e-6, 50},
     .step = 1,
     .reduction = MLP_REDUCTION_MEAN,
     .has_min = true,
     .has_max = true,
     .has_dim = true},
    {.number = {.real = 3},
     .negative_slope = -0.3,
     .p = 2,
     .alpha = 1.3,
     .min = -0.1,
     .max = 2,
     .threshold = 20,
     .value = -1,
     .lambd = 0.2,
     .delta = 0.1,
     .lr = 0.2,
     .beta = 0.1,
     .weight_decay = 0.3,
     .momentum = 0.9,
     .dampening = 0.2,
     .lr_decay = 0.5,
     .label_smoothing = 0.1,
     .betas = {0.8, 0.95},
     .eps = 1e-2,
     .etas = {0.4, 1.5},
     .step_sizes = {0.15, 0.18},
     .step = 7,
     .decimals = 1,
     .reduction = MLP_REDUCTION_SUM,
     .has_min = true,
     .has_dim = true,
     .approximate_by_tanh = true,
     .amsgrad = true,
     .centered = true,
     .maximize = true},
    {.number = {.real = 0.5},
     .p = 0.25,
     .alpha = 0.9,
     .beta = 2,
     .delta = 2,
     .max = 0.1,
     .lr = 0.3,
     .momentum = 0.5,
     .betas = {0.5, 0.9},
     .eps = 1e-8,
     .etas = {0.5, 1.2},
     .step_sizes = {1e-6, 50},
     .step = 50,
     .has_max = true,
     .has_dim = true,
     .nesterov = true},
    {.p = INFINITY,
     .has_min = true,
     .has_dim = true,
     .alpha = 0.99,
     .lr = 0.1,
     .maximize = true,
     .step = 2,
     .betas = {0.9, 0.99},
     .step_sizes = {1e-6, 50},
     .etas = {0.5, 1.2},
     .delta = 1},
    {.p = 0,
     .has_max = true,
     .has_dim = true,
     .alpha = 0.99,
     .lr = 0.1,
     .weight_decay = 0.1,
     .nesterov = true,
     .momentum = 0.9,
     .step = 3,
     .betas = {0.9, 0.99},
     .step_sizes = {1e-6, 50},
     .etas = {0.5, 1.2},
     .delta = 1},
};

enum {
    OPTION_SETS = sizeof OPTIONS / sizeof *OPTIONS
};

/* Legal ones for that row. */
static mlp_options options_for(const mlp_operation *o, size_t i) {
    mlp_options options = OPTIONS[i];
    const bool is_limit = o == &mlp_clamp_min || o == &mlp_clamp_max;
    options.has_min = is_limit ? o == &mlp_clamp_min : options.has_min;
    options.has_max = is_limit ? o == &mlp_clamp_max : options.has_max;
    if (o == &mlp_layer_norm)
        options.sizes = (mlp_sizes){1, {1}};
    if (o == &mlp_dropout && options.p > 1)
        options.p = 0.5;
    return options;
}

/* --- names and what they stand for --- */

typedef struct {
    const mlp_operation *operation;
    const mlp_options *options;
    mlp_arena *arena;
    struct {
        char name[NAME];
        double value;
    } known[NAMES];
    size_t count;
    bool failed; /* something has no number here: words, an index, what is not there */
} names;

/* How the row calls in[i]; NULL: not at all. */
static const char *input_name(const mlp_operation *operation, size_t i, char name[NAME]) {
    const char *at = operation->symbols ? operation->symbols : "a b c";
    for (size_t k = 0; k < i && at; k++)
        at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL;
    if (at)
        snprintf(name, NAME, "%.*s", (int)strcspn(at, " "), at);
    return at ? name : NULL;
}

static void define(names *n, const char *name, double value) {
    size_t i = 0;
    while (i < n->count && strcmp(n->known[i].name, name) != 0)
        i++;
    assert_true(i < NAMES);
    snprintf(n->known[i].name, NAME, "%s", name);
    n->known[i].value = value;
    n->count += i == n->count;
}

static const double *find(const names *n, const char *name) {
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->known[i].name, name) == 0)
            return &n->known[i].value;
    return NULL;
}

/* betas1 is the second number of betas. */
static bool find_option(const mlp_options *options, const char *name, double *value) {
    mlp_number numbers[MLP_MAX_NUMBERS];
    char of[NAME];
    const size_t length = strlen(name), last = length - 1;
    if (strcmp(name, "number") == 0) {
        *value = options->number.real;
        return true;
    }
    if (mlp_options_get(options, name, numbers) == 1) {
        *value = numbers[0].real;
        return true;
    }
    snprintf(of, sizeof of, "%.*s", (int)last, name);
    if ((name[last] != '0' && name[last] != '1') || mlp_options_get(options, of, numbers) != 2)
        return false;
    *value = numbers[name[last] - '0'].real;
    return true;
}

static double value_of_name(names *n, const char *name) {
    double value = NAN;
    const double *known = find(n, name);
    if (known)
        return *known;
    if (strcmp(name, "n") == 0)
        return 1;
    if (strcmp(name, "pi") == 0)
        return acos(-1);
    n->failed |= !find_option(n->options, name, &value);
    return value;
}

/* --- functions --- */

static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
}

static double sign(double x) {
    return (x > 0) - (x < 0);
}

static double same(double x) {
    return x;
}

static const struct {
    const char *name;
    double (*of)(double); /* NULL: of no single number */
} FUNCTIONS[] = {
    {"exp", exp},         {"log", log},     {"sqrt", sqrt},       {"sin", sin},
    {"cos", cos},         {"tan", tan},     {"asin", asin},       {"acos", acos},
    {"atan", atan},       {"sinh", sinh},   {"cosh", cosh},       {"tanh", tanh},
    {"asinh", asinh},     {"acosh", acosh}, {"atanh", atanh},     {"erf", erf},
    {"floor", floor},     {"ceil", ceil},   {"round", nearbyint}, {"trunc", trunc},
    {"sign", sign},       {"sum", same},    {"mean", same},       {"prod", same},
    {"max", same},        {"min", same},    {"diag", NULL},       {"det", NULL},
    {"onehot", NULL},     {"erfinv", NULL}, {"expm1", expm1},     {"log1p", log1p},
    {"sigmoid", sigmoid},
};

static double (*function_of(const char *name, bool *is_known))(double) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (strcmp(FUNCTIONS[i].name, name) == 0) {
            *is_known = true;
            return FUNCTIONS[i].of;
        }
    *is_known = false;
    return NULL;
}

/* --- numbers of formulas --- */

static double evaluate(names *n, const formula *f);

static double call_of(names *n, const formula *f) {
    bool is_known;
    double (*of)(double) = function_of(f->text, &is_known);
    const double first = evaluate(n, f->part[0]);
    if (f->count == 2) {
        const double second = evaluate(n, f->part[1]);
        return strcmp(f->text, "max") == 0 ? fmax(first, second) : fmin(first, second);
    }
    n->failed |= !of;
    return of ? of(first) : NAN;
}

static double compared(names *n, const formula *f) {
    const double a = evaluate(n, f->part[0]), b = evaluate(n, f->part[1]);
    const char *sign_of = f->text;
    const bool less = a < b, equal = a == b;
    if (strcmp(sign_of, "=") == 0 || strcmp(sign_of, "!=") == 0)
        return equal == (sign_of[0] == '=');
    return (sign_of[0] == '<' ? less : a > b) || (sign_of[1] == '=' && equal);
}

static double case_of(names *n, const formula *f) {
    for (size_t i = 0; i + 1 < f->count; i += 2)
        if (evaluate(n, f->part[i + 1]) != 0)
            return evaluate(n, f->part[i]);
    n->failed |= f->count % 2 == 0;
    return f->count % 2 ? evaluate(n, f->part[f->count - 1]) : NAN;
}

static double evaluate(names *n, const formula *f) {
    if (f->kind == FORMULA_NUMBER)
        return f->number;
    if (f->kind == FORMULA_NAME)
        return value_of_name(n, f->text);
    if (f->kind == FORMULA_CASES)
        return case_of(n, f);
    if (f->kind == FORMULA_CALL)
        return call_of(n, f);
    if (f->kind == FORMULA_COMPARE)
        return compared(n, f);
    n->failed |= f->kind == FORMULA_WORDS || f->kind == FORMULA_INDEX;
    if (n->failed)
        return NAN;
    const double a = evaluate(n, f->part[0]), b = f->count > 1 ? evaluate(n, f->part[1]) : 0;
    switch (f->kind) {
    case FORMULA_ADD:
        return a + b;
    case FORMULA_SUBTRACT:
        return a - b;
    case FORMULA_NEGATE:
        return -a;
    case FORMULA_MULTIPLY:
    case FORMULA_PRODUCT:
        return a * b;
    case FORMULA_DIVIDE:
        return a / b;
    case FORMULA_POWER:
        return pow(a, b);
    case FORMULA_INVERSE:
        return 1 / a;
    case FORMULA_ABSOLUTE:
        return fabs(a);
    case FORMULA_AND:
        return a != 0 && b != 0;
    default:
        return a; /* transposed */
    }
}

static const equation *read(names *n, const char *notation, const mlp_call *call,
                            const char **text) {
    size_t at;
    *text = mlp_formula_text(n->arena, notation, call);
    assert_non_null(*text);
    const equation *e = notation_parse(n->arena, *text, &at);
    if (!e)
        fail_msg("%s: '%s' is no formula from byte %zu on", call->operation->name, *text, at);
    return e;
}

/* Whether all of it has numbers. */
static bool follow(names *n, const equation *e) {
    for (; e && !n->failed; e = e->next) {
        const double value = evaluate(n, e->right);
        if (e->left->kind != FORMULA_NAME)
            return false;
        define(n, e->left->text, value);
    }
    return !n->failed;
}

/* --- names are known --- */

static void expect_known(names *n, const formula *f, const char *text) {
    double value;
    bool is_known = true;
    if (f->kind == FORMULA_NAME)
        is_known = find(n, f->text) || (f->text[1] == '\0' && strchr("nij", f->text[0])) ||
                   strcmp(f->text, "pi") == 0 || strcmp(f->text, "classes") == 0 ||
                   find_option(n->options, f->text, &value);
    else if (f->kind == FORMULA_CALL)
        function_of(f->text, &is_known);
    if (!is_known)
        fail_msg("%s: nobody knows %s in '%s'", n->operation->name, f->text, text);
    for (size_t i = 0; i < f->count; i++)
        expect_known(n, f->part[i], text);
}

static void expect_names(names *n, const char *notation, const mlp_call *call) {
    const char *text;
    for (const equation *e = read(n, notation, call, &text); e; e = e->next) {
        const formula *left = e->left->kind == FORMULA_INDEX ? e->left->part[0] : e->left;
        expect_known(n, e->right, text);
        if (left->kind == FORMULA_NAME && !find(n, left->text))
            define(n, left->text, 0);
        else
            expect_known(n, e->left, text);
    }
}

/* The inputs that are there, and the result. */
static void define_inputs(names *n, const mlp_call *call) {
    char name[NAME];
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (call->in[i] && input_name(n->operation, i, name))
            define(n, name, call->in[i]->data ? mlp_tensor_get(call->in[i], 0) : 0);
    if (!n->operation->symbols)
        define(n, "x", call->in[0]->data ? mlp_tensor_get(call->in[0], 0) : 0);
}

/* Of an input that has one, its gradient is on the left of some equation. */
static void expect_gradients(names *n, const mlp_call *call) {
    char name[NAME], gradient[NAME + 1];
    const mlp_operation *o = call->operation;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (call->in[i] && o->gradients >> i & 1 && input_name(o, i, name)) {
            snprintf(gradient, sizeof gradient, "d%s", name);
            const bool by_default = i == 0 && !o->symbols && find(n, "dx");
            if (!find(n, gradient) && !by_default && strcmp(o->name, "cdist") != 0)
                fail_msg("%s: no formula of %s", o->name, gradient);
        }
}

static void expect_row(const mlp_call *call) {
    const mlp_operation *o = call->operation;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    names forward = {.operation = o, .options = &call->options, .arena = arena};
    define_inputs(&forward, call);
    names backward = forward;
    define(&forward, "y", 0); /* erf(y) = x */
    expect_names(&forward, o->formula, call);
    if (!o->traits || !(o->traits & MLP_IS_UPDATE) || !o->optimizer)
        assert_true(find(&forward, "y") || find(&forward, "l") || strstr(o->formula, "y") != NULL ||
                    strncmp(o->name, "running", 7) == 0);
    if (o->gradient) {
        define(&backward, "y", 0);
        define(&backward, "dy", 0);
        define(&backward, "l", 0);
        define(&backward, "dl", 0);
        expect_names(&backward, o->gradient, call);
        expect_gradients(&backward, call);
    }
    mlp_arena_free(arena);
}

/* Which rows have none: what a function of the script computes. */
static bool has_formula(const mlp_operation *o) {
    return o != &mlp_function;
}

static void known_names(void **state) {
    (void)state;
    static const mlp_tensor tensor;
    for (size_t r = 0; r < ROW_COUNT; r++) {
        const mlp_operation *o = ROWS[r].operation;
        if (!has_formula(o))
            continue;
        if (!o->formula)
            fail_msg("%s has no formula", ROWS[r].name);
        if (!o->gradient && o->gradients)
            fail_msg("%s has no formula of its gradient", ROWS[r].name);
        for (size_t i = 0; i < OPTION_SETS; i++) {
            mlp_call call = {.operation = o, .options = options_for(o, i)};
            char name[NAME];
            for (size_t k = 0; k < MLP_MAX_INPUTS; k++)
                if (input_name(o, k, name))
                    call.in[k] = &tensor;
            expect_row(&call);
        }
    }
}

/* --- the numbers are the kernels' --- */

typedef struct {
    const char *row;
    names n;
    mlp_call call;
    mlp_tensor in[MLP_MAX_INPUTS], out[MLP_MAX_OUTPUTS], din[MLP_MAX_INPUTS], dout;
} run;

static unsigned long seed = 1;

/* Between -1.5 and 1.5. */
static double draw(void) {
    seed = (seed * 1103515245UL + 12345) & 0x7fffffffUL;
    return 3 * ((double)seed / (double)0x80000000UL) - 1.5;
}

static mlp_tensor one(mlp_arena *arena, mlp_dtype dtype, double value, size_t ndim) {
    mlp_tensor t;
    mlp_diagnostic error;
    assert_true(mlp_tensor_new(&t, arena, dtype, ndim, (size_t[]){1, 1}, &error));
    mlp_tensor_set(&t, 0, value);
    return t;
}

/* Squares are not negative, nor is a mask or a probability of what a loss compares with. */
static double number_for(const char *name) {
    static const char *const positive[] = {"v", "w",    "s",           "u",
                                           "a", "mask", "running_var", "target"};
    const double x = draw();
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++)
        if (strcmp(name, positive[i]) == 0)
            return fabs(x);
    return x;
}

static bool is_matrix(const mlp_operation *o, size_t i) {
    char name[NAME];
    return (o->symbols && input_name(o, i, name) && name[0] >= 'A' && name[0] <= 'Z') ||
           (o == &mlp_batch_norm && i == 0) ||
           (o->traits == MLP_IS_BY_MEMORY && i == 1 && o->symbols);
}

static void give_inputs(run *r, size_t count) {
    char name[NAME];
    for (size_t i = 0; i < count; i++) {
        const bool named = input_name(r->call.operation, i, name) != NULL;
        const size_t ndim = is_matrix(r->call.operation, i) ? 2 : 1;
        const bool is_own = r->call.operation->symbols && named;
        const bool is_mask = is_own && strcmp(name, "mask") == 0;
        r->in[i] = one(r->n.arena, is_mask ? MLP_BOOL : MLP_FLOAT64,
                       is_own ? number_for(name) : draw(), ndim);
        r->call.in[i] = &r->in[i];
    }
    if (strncmp(r->row, "binary_cross_entropy", strlen("binary_cross_entropy") + 1) == 0)
        mlp_tensor_set(&r->in[0], 0, 1 / (1 + exp(mlp_tensor_get(&r->in[0], 0))));
    define_inputs(&r->n, &r->call);
}

static void expect_near(const run *r, const char *name, const mlp_tensor *got) {
    const double *want = find(&r->n, name);
    const double x = mlp_tensor_get(got, 0);
    if (!want || !isfinite(*want) || !isfinite(x))
        return;
    if (fabs(*want - x) > 1e-6 * fmax(1, fabs(x)))
        fail_msg("%s: %s is %.17g by the formula, %.17g by the kernel (first input %.17g)", r->row,
                 name, *want, x, mlp_tensor_get(r->call.in[0], 0));
}

static bool forward(run *r) {
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_diagnostic error;
    const mlp_operation *o = r->call.operation;
    if (!o->check(&r->call, shape, &error))
        return false;
    for (size_t i = 0; i < o->outputs; i++) {
        assert_true(mlp_tensor_new(&r->out[i], r->n.arena, shape[i].dtype, shape[i].ndim,
                                   shape[i].shape, &error));
        r->call.out[i] = &r->out[i];
    }
    o->forward(&r->call);
    char name[NAME];
    if (o->optimizer) {
        const unsigned kept = o->optimizer->kept(&r->call.options);
        expect_near(r, "p", &r->out[0]);
        for (size_t i = 1; i < o->outputs; i++)
            if (kept >> (i - 1) & 1 && input_name(o, i + 1, name))
                expect_near(r, name, &r->out[i]);
    } else if (strncmp(r->row, "running", strlen("running")) == 0) {
        expect_near(r, r->row, &r->out[0]);
    } else {
        expect_near(r, find(&r->n, "l") ? "l" : "y", &r->out[0]);
    }
    return true;
}

static void backward(run *r) {
    const mlp_operation *o = r->call.operation;
    char name[NAME], gradient[NAME + 1];
    const char *text;
    const double *result = find(&r->n, "l") ? find(&r->n, "l") : find(&r->n, "y");
    const double dy = draw();
    if (!o->backward || !result || r->out[0].numel != 1)
        return;
    names n = {.operation = o, .options = &r->call.options, .arena = r->n.arena};
    define_inputs(&n, &r->call);
    define(&n, "y", *result);
    define(&n, "dy", dy);
    define(&n, "dl", dy);
    if (!follow(&n, read(&n, o->gradient, &r->call, &text)))
        return;
    mlp_diagnostic error;
    assert_true(
        mlp_tensor_new(&r->dout, n.arena, MLP_FLOAT64, r->out[0].ndim, r->out[0].shape, &error));
    mlp_tensor_set(&r->dout, 0, dy);
    r->call.dout = &r->dout;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (o->gradients >> i & 1 && r->call.in[i]) {
            r->din[i] = one(n.arena, MLP_FLOAT64, 0, r->call.in[i]->ndim);
            r->call.din[i] = &r->din[i];
        }
    o->backward(&r->call);
    r->n = n;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (r->call.din[i] && input_name(o, i, name)) {
            snprintf(gradient, sizeof gradient, "d%s", name);
            expect_near(r, i == 0 && !o->symbols && find(&n, "dx") ? "dx" : gradient, &r->din[i]);
        }
}

static bool mentions(const char *text, const char *name) {
    const size_t length = strlen(name);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if ((at == text || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[length]))
            return true;
    return false;
}

/* Whether a call may have so many: all but those that the formula asks for, and of an update all
 * states or none. */
static bool may_have(const mlp_operation *o, size_t count) {
    char name[NAME], asked[NAME + 4], asked_not[NAME + 4];
    if (!input_name(o, count - 1, name))
        return false;
    for (size_t i = 1; i < count && !o->symbols; i++)
        if (input_name(o, i, name) && !mentions(o->formula, name))
            return false;
    for (size_t i = count; o->symbols && input_name(o, i, name); i++) {
        snprintf(asked, sizeof asked, "[%s?", name);
        snprintf(asked_not, sizeof asked_not, "[!%s?", name);
        if (!strstr(o->formula, asked) && !strstr(o->formula, asked_not) &&
            !(o->optimizer && count == 2))
            return false;
    }
    return true;
}

/* Whether its formula has a number for so many inputs. */
static bool expect_numbers(const char *row, const mlp_operation *o, size_t set, size_t count) {
    run r = {.row = row, .call = {.operation = o, .options = options_for(o, set)}};
    const char *text;
    if (!has_formula(o) || !may_have(o, count) || (o == &mlp_clamp_between && count == 1) ||
        (o == &mlp_batch_norm && count == 4))
        return false;
    r.n = (names){.operation = o, .options = &r.call.options, .arena = mlp_arena_new(1 << 20)};
    assert_non_null(r.n.arena);
    give_inputs(&r, count);
    const bool well = follow(&r.n, read(&r.n, o->formula, &r.call, &text)) && forward(&r);
    if (well)
        backward(&r);
    mlp_arena_free(r.n.arena);
    return well;
}

static void numbers(void **state) {
    (void)state;
    enum {
        TIMES = 20,
        LEAST = 100 /* rows that have numbers */
    };
    size_t rows = 0;
    for (size_t r = 0; r < ROW_COUNT; r++) {
        size_t compared_calls = 0;
        for (size_t k = 0; k < (size_t)TIMES * OPTION_SETS * MLP_MAX_INPUTS; k++)
            compared_calls += expect_numbers(ROWS[r].name, ROWS[r].operation, k % OPTION_SETS,
                                             1 + k / OPTION_SETS % MLP_MAX_INPUTS);
        rows += compared_calls > 0;
        if (compared_calls == 0 && getenv("MLPSTEP_TELL"))
            print_message("no numbers: %s\n", ROWS[r].name);
    }
    if (rows < LEAST)
        fail_msg("only %zu rows have numbers", rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_names),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
