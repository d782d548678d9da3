/* Analytic against numerical gradients: right ones agree, wrong ones are found, kinks are told. */
#include "mlpstep/gradcheck.h"
#include "mlpstep/script.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                 \
    "import torch\n"         \
    "from torch import nn\n" \
    "from torch.nn import functional as F\n"

typedef struct {
    mlp_arena *arena;
    const mlp_trace *trace;
    const mlp_gradcheck_result *first;
} run;

static run check_script(const char *source, mlp_dtype dtype) {
    mlp_diagnostic error = {0};
    run r = {.arena = mlp_arena_new(MLP_ARENA_LIMIT)};
    r.trace = mlp_script_run(r.arena, source, strlen(source), &(mlp_script_options){.dtype = dtype},
                             NULL, &error);
    if (!r.trace)
        fail_msg("%s", error.message);
    r.first = mlp_gradcheck(r.arena, r.trace, 0, &error);
    if (!r.first)
        fail_msg("%s", error.message);
    return r;
}

static const mlp_gradcheck_result *result_of(const run *r, const char *name) {
    for (const mlp_gradcheck_result *result = r->first; result; result = result->next)
        if (strcmp(result->name, name) == 0)
            return result;
    fail_msg("no result for %s", name);
    return NULL;
}

static size_t count(const run *r) {
    size_t n = 0;
    for (const mlp_gradcheck_result *result = r->first; result; result = result->next)
        n++;
    return n;
}

/* All leaves agree, without a kink, whatever the dtype of the script. */
static void expect_agreement(const char *source, size_t leaves) {
    for (int dtype = MLP_FLOAT32; dtype <= MLP_FLOAT64; dtype++) {
        const run r = check_script(source, (mlp_dtype)dtype);
        assert_int_equal(count(&r), leaves);
        for (const mlp_gradcheck_result *result = r.first; result; result = result->next) {
            if (mlp_gradcheck_agreement(result) != MLP_AGREES || result->kinks ||
                !(result->relative.size <= MLP_GRADCHECK_TOLERANCE))
                fail_msg("%s has a relative difference of %g\n%s", result->name,
                         result->relative.size, source);
            assert_true(result->elements > 0);
            assert_true(result->absolute.size < 1e-10);
        }
        mlp_arena_free(r.arena);
    }
}

/* --- what agrees --- */

static void smooth_networks_agree(void **state) {
    (void)state;
    static const char *const activations[] = {"nn.Sigmoid()",
                                              "nn.Tanh()",
                                              "nn.Softmax(dim=1)",
                                              "nn.LogSoftmax(dim=1)",
                                              "nn.Identity()",
                                              "nn.Dropout(0.4)",
                                              "nn.LeakyReLU(0.1)",
                                              "nn.ReLU()",
                                              "nn.Softmax(-2)",
                                              "nn.LogSoftmax(-2)",
                                              "nn.Sequential(nn.Tanh(), nn.Dropout(0.5))"};
    static const char *const losses[] = {
        "nn.MSELoss()(o, t)",
        "nn.MSELoss(reduction='sum')(o, t)",
        "nn.BCELoss()(torch.sigmoid(o), torch.sigmoid(t))",
        "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1.0, 2.0, 0.5]))(o, torch.sigmoid(t))",
        "nn.CrossEntropyLoss()(o, c)",
        "nn.CrossEntropyLoss(torch.tensor([1.0, 2.0, 3.0]), label_smoothing=0.2)(o, c)",
        "nn.CrossEntropyLoss(reduction='sum', ignore_index=2)(o, c)",
        "nn.CrossEntropyLoss(label_smoothing=0.1)(o, torch.softmax(t, 1))",
        "nn.NLLLoss()(F.log_softmax(o, dim=1), c)"};
    for (size_t a = 0; a < sizeof activations / sizeof *activations; a++)
        for (size_t l = 0; l < sizeof losses / sizeof *losses; l++) {
            char source[2048];
            snprintf(source, sizeof source,
                     HEAD "torch.manual_seed(5)\n"
                          "net = nn.Sequential(nn.Linear(3, 4), %s, nn.Linear(4, 3))\n"
                          "x = torch.randn(4, 3, requires_grad=True)\n"
                          "t = torch.randn(4, 3)\n"
                          "c = torch.tensor([0, 2, 1, 1])\n"
                          "o = net(x)\n"
                          "l = %s\n"
                          "l.backward()\n",
                     activations[a], losses[l]);
            expect_agreement(source, 5);
        }
}

static void tensor_arithmetic_agrees(void **state) {
    (void)state;
    static const char *const expressions[] = {
        "(x * y + x / y - y).sum()",
        "(x ** 2 * y ** 3 + y ** x.abs() + 2 ** x).mean()",
        "(torch.exp(x) + torch.log(y) + torch.sqrt(y) + 1 / y).sum()",
        "(x @ y.T).sum() + (x @ x.t()).mean()",
        "(x * x).sum() * x.sum() + y.sum()", /* x is used four times */
        "((x - x.mean(0)) / x.std(0) * y).sum()",
        "((x - x.mean(1, keepdim=True)) / torch.sqrt(x.var(1, keepdim=True) + 0.1) * y).sum()",
        "x.norm() * y.norm(p=1) + y.norm(dim=1).sum()",
        "x.max() * y.min() + (x.max(dim=1)[0] * y.min(dim=1)[0]).sum()",
        "(torch.maximum(x, y) * torch.minimum(x, y) + x.clamp(-0.5, 0.5) * y).sum()",
        "(x[0] * y[1, 1:].sum() + y[:, torch.tensor([0, 0, 2])]).sum()",
        "(torch.cat([x, y]) ** 2).sum() + (torch.stack([x, y], dim=1) ** 3).mean()",
        "(x.view(3, 2) @ y.reshape(2, 3)).flatten().unsqueeze(0).transpose(0, 1).sum() ** 2",
        "(x * y).sum() + F.softmax(x, dim=0)[0, 0] * torch.tanh(y).sum()"};
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        char source[1024];
        snprintf(source, sizeof source,
                 HEAD "x = torch.tensor([[0.3, -1.2, 2.0], [0.7, 1.1, -0.4]], requires_grad=True)\n"
                      "y = torch.tensor([[1.5, 0.8, 0.2], [2.5, 0.6, 1.3]], requires_grad=True)\n"
                      "l = %s\n"
                      "l.backward()\n",
                 expressions[i]);
        expect_agreement(source, 2);
    }
}

/* What backward() takes for constant is not moved by the numerical gradient either. */
static void constants_stay_fixed(void **state) {
    (void)state;
    expect_agreement(
        "import torch\n"
        "x = torch.tensor([0.5, -2.0], requires_grad=True)\n"
        "m = (x > 0).float()\n"
        "with torch.no_grad():\n"
        "    scale = x.sum() * 3\n"
        "l = (x.detach() * x * m + x.data ** 2 * x + scale * x + x[x.argmax()]).sum()\n"
        "l.backward()\n",
        1);
    expect_agreement("import torch\n"
                     "x = torch.tensor([0.5, -2.0], requires_grad=True)\n"
                     "h = torch.tanh(x)\n"
                     "leaf = h.detach().requires_grad_()\n"
                     "h.retain_grad()\n"
                     "l = (h * leaf).sum() + (leaf ** 3).sum()\n"
                     "l.backward()\n",
                     2);
}

static void shared_and_changed_tensors_agree(void **state) {
    (void)state;
    expect_agreement(HEAD "torch.manual_seed(1)\n"
                          "one = nn.Linear(3, 3)\n"
                          "two = nn.Linear(3, 3)\n"
                          "two.weight = one.weight\n"
                          "x = torch.randn(2, 3, requires_grad=True)\n"
                          "h = one(x)\n"
                          "h += torch.sigmoid(x)\n"
                          "h *= 2\n"
                          "h.unsqueeze_(0)\n"
                          "l = two(h).sum() ** 2\n"
                          "l.backward()\n",
                     4);
    expect_agreement("import torch\nt = torch.tensor(2.0, requires_grad=True)\nt.backward()\n", 1);
}

/* Each backward() is checked for itself, before its gradients join the earlier ones. */
static void several_backwards_agree(void **state) {
    (void)state;
    expect_agreement("import torch\n"
                     "w = torch.tensor([1.0, -2.0], requires_grad=True)\n"
                     "l = (w ** 2).sum()\n"
                     "l.backward(retain_graph=True)\n"
                     "l.backward()\n"
                     "y = torch.exp(w)\n"
                     "y.backward(torch.tensor([0.5, -3.0]))\n",
                     1);
    const char training[] =
        HEAD "torch.manual_seed(1)\n"
             "net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))\n"
             "optimizer = torch.optim.SGD(net.parameters(), lr=0.5, momentum=0.9)\n"
             "x = torch.randn(4, 2)\n"
             "for i in range(5):\n"
             "    optimizer.zero_grad()\n"
             "    nn.MSELoss()(net(x), torch.ones(4, 1)).backward()\n"
             "    optimizer.step()\n";
    expect_agreement(training, 4);
    const run r = check_script(training, MLP_FLOAT32);
    const mlp_gradcheck_result *weight = result_of(&r, "0.weight");
    assert_int_equal(weight->elements, 5 * 6);
    assert_in_range(weight->relative.backward, 1, 5);
    mlp_arena_free(r.arena);
}

/* --- kinks --- */

static void expect_kinks(const char *expression, mlp_agreement verdict, size_t kinks) {
    char source[512];
    snprintf(source, sizeof source,
             HEAD "x = torch.tensor([0.0, 1.0, 1.0, -2.0], requires_grad=True)\n"
                  "l = %s\n"
                  "l.backward()\n",
             expression);
    const run r = check_script(source, MLP_FLOAT32);
    if (mlp_gradcheck_agreement(r.first) != verdict || r.first->kinks != kinks)
        fail_msg("%s: verdict %d, %zu kinks", expression, (int)mlp_gradcheck_agreement(r.first),
                 r.first->kinks);
    mlp_arena_free(r.arena);
}

static void kinks_are_told(void **state) {
    (void)state;
    expect_kinks("F.relu(x).sum()", MLP_AGREES, 1);
    expect_kinks("F.leaky_relu(x, 0.2).sum()", MLP_AGREES, 1);
    expect_kinks("F.elu(x, 0.5).sum()", MLP_AGREES, 1);
    expect_kinks("F.elu(x).sum()", MLP_AGREES, 0); /* both sides have the slope 1 */
    expect_kinks("x.abs().sum()", MLP_AGREES, 1);
    expect_kinks("x.norm(p=1)", MLP_AGREES, 1);
    expect_kinks("x.clamp(max=1).sum()", MLP_AGREES, 2);
    expect_kinks("x.max()", MLP_AGREES, 2);
    expect_kinks("x.max(dim=0)[0]", MLP_AGREES, 2);
    expect_kinks("torch.maximum(x, torch.ones(4)).sum()", MLP_AGREES, 2);
    expect_kinks("(x - x.detach()).norm()", MLP_KINK, 4);
    expect_kinks("F.huber_loss(x, torch.ones(4))", MLP_AGREES, 0);
    expect_kinks("F.smooth_l1_loss(x, torch.ones(4))", MLP_AGREES, 0);
    expect_kinks("F.smooth_l1_loss(x, torch.ones(4), beta=0)", MLP_AGREES, 2);
    expect_kinks("(x[:2] - x[:2].detach()).abs().sum() + 0 * x[0]", MLP_AGREES, 2);
    expect_kinks("F.relu(x * 0 + 1).sum()", MLP_AGREES, 0);
    expect_kinks("F.relu(F.relu(x - 3)).sum()", MLP_AGREES, 0); /* stays on the second kink */
}

/* The wide steps cross; narrow ones do not. */
static void a_kink_nearby_is_no_kink(void **state) {
    (void)state;
    expect_agreement(HEAD "x = torch.tensor([0.1, -0.01, 0.001, -1e-6], requires_grad=True)\n"
                          "l = F.leaky_relu(x, 0.1).sum() + F.relu(x * 3)"
                          ".sum()\n"
                          "l.backward()\n",
                     1);
}

/* --- what differs --- */

static mlp_variable *leaf(mlp_trace *trace, size_t ndim, const size_t *shape, const char *name) {
    mlp_diagnostic error;
    mlp_tensor t;
    assert_true(mlp_tensor_new(&t, trace->arena, MLP_FLOAT32, ndim, shape, &error));
    for (size_t i = 0; i < t.numel; i++)
        mlp_tensor_set(&t, i, 0.3 * (double)(i + 1) - 0.8);
    mlp_variable *variable = mlp_trace_variable(trace, mlp_trace_given(trace, t), true);
    mlp_value_name(variable->value, name, MLP_NAMED_AT_TOP);
    return variable;
}

static mlp_value *apply(mlp_trace *trace, const mlp_operation *operation, mlp_value *a,
                        mlp_value *b) {
    mlp_diagnostic error;
    mlp_value *out =
        mlp_trace_record(trace, &(mlp_request){.operation = operation, .in = {a, b}}, NULL, &error);
    assert_non_null(out);
    return out;
}

/* l = sum of product(tanh(a), b)^2, with these operations. */
static run check_operations(const mlp_operation *tanh_, const mlp_operation *product) {
    mlp_diagnostic error;
    run r = {.arena = mlp_arena_new(MLP_ARENA_LIMIT)};
    mlp_trace *trace = mlp_trace_new(r.arena);
    mlp_variable *a = leaf(trace, 2, (size_t[]){2, 2}, "a");
    mlp_variable *b = leaf(trace, 2, (size_t[]){2, 2}, "b");
    mlp_value *y = apply(trace, product, apply(trace, tanh_, a->value, NULL), b->value);
    mlp_value *l = apply(trace, &mlp_sum, apply(trace, &mlp_mul, y, y), NULL);
    assert_true(mlp_trace_backward(trace, l, NULL, false, &error));
    assert_true(mlp_trace_finish(trace));
    r.trace = trace;
    r.first = mlp_gradcheck(r.arena, trace, 0, &error);
    assert_non_null(r.first);
    return r;
}

static void expect_verdicts(const mlp_operation *tanh_, const mlp_operation *product,
                            mlp_agreement of_a, mlp_agreement of_b) {
    const run r = check_operations(tanh_, product);
    assert_int_equal(mlp_gradcheck_agreement(result_of(&r, "a")), of_a);
    assert_int_equal(mlp_gradcheck_agreement(result_of(&r, "b")), of_b);
    mlp_arena_free(r.arena);
}

static void scaled_tanh_backward(const mlp_call *call, double factor) {
    mlp_tanh.backward(call);
    for (size_t i = 0; i < call->din[0]->numel; i++)
        mlp_tensor_set(call->din[0], i, factor * mlp_tensor_get(call->din[0], i));
}

static void twice(const mlp_call *call) {
    scaled_tanh_backward(call, 2);
}

static void negative(const mlp_call *call) {
    scaled_tanh_backward(call, -1);
}

static void slightly_more(const mlp_call *call) {
    scaled_tanh_backward(call, 1 + 1e-7);
}

static void not_a_number(const mlp_call *call) {
    scaled_tanh_backward(call, (double)NAN);
}

static void nothing(const mlp_call *call) {
    scaled_tanh_backward(call, 0);
}

/* din[1] of a product of square matrices, [i][j] and [j][i] exchanged. */
static void transposed(const mlp_call *call) {
    mlp_matmul.backward(call);
    const double upper = mlp_tensor_get(call->din[1], 1);
    mlp_tensor_set(call->din[1], 1, mlp_tensor_get(call->din[1], 2));
    mlp_tensor_set(call->din[1], 2, upper);
}

static void wrong_gradients_are_found(void **state) {
    (void)state;
    void (*const wrong[])(const mlp_call *) = {twice, negative, slightly_more, not_a_number,
                                               nothing};
    expect_verdicts(&mlp_tanh, &mlp_matmul, MLP_AGREES, MLP_AGREES);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mlp_operation wrong_tanh = mlp_tanh;
        wrong_tanh.backward = wrong[i];
        expect_verdicts(&wrong_tanh, &mlp_matmul, MLP_DIFFERS, MLP_AGREES);
    }
    mlp_operation wrong_matmul = mlp_matmul;
    wrong_matmul.backward = transposed;
    expect_verdicts(&mlp_tanh, &wrong_matmul, MLP_AGREES, MLP_DIFFERS);
}

static char *text_of(const run *r, bool agrees) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(mlp_gradcheck_write(out, r->trace, r->first), agrees);
    fclose(out);
    mlp_arena_free(r->arena);
    return text;
}

static void a_difference_is_shown(void **state) {
    (void)state;
    mlp_operation wrong_tanh = mlp_tanh;
    wrong_tanh.backward = twice;
    const run r = check_operations(&wrong_tanh, &mlp_matmul);
    const mlp_difference *worst = &result_of(&r, "a")->relative;
    assert_true(fabs(worst->analytic - 2 * worst->numerical) < 1e-12);
    assert_true(fabs(worst->size - 0.5) < 1e-12);
    char *text = text_of(&r, false);
    assert_non_null(strstr(text, "differs  a  absolute "));
    assert_non_null(strstr(text, "\n         4 of 4 elements, the worst at ["));
    assert_non_null(strstr(text, "agrees   b  absolute "));
    assert_non_null(strstr(text, "\n1 agree, 1 differ, 0 at a kink\n"));
    free(text);
}

/* There is no number to agree with. */
static void what_is_not_finite_differs(void **state) {
    (void)state;
    static const char *const losses[] = {"torch.sqrt(x)", "torch.log(x)", "x / x",
                                         "x * float('inf')"};
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        char source[256];
        snprintf(source, sizeof source,
                 HEAD "x = torch.tensor(0.0, requires_grad=True)\n(%s).backward()\n", losses[i]);
        const run r = check_script(source, MLP_FLOAT32);
        char *text = text_of(&r, false);
        assert_non_null(strstr(text, "differs  x  absolute inf, relative inf\n"));
        assert_non_null(strstr(text, ", numerical nan\n"));
        assert_null(strstr(text, "-nan"));
        free(text);
    }
}

/* PyTorch clamps what BCELoss divides by, so that gradient is not the derivative any more. */
static void a_clamped_gradient_differs(void **state) {
    (void)state;
    const run r = check_script(HEAD "s = torch.tensor([-40.0, 0.5], requires_grad=True)\n"
                                    "t = torch.tensor([1.0, 0.0])\n"
                                    "nn.BCELoss()(torch.sigmoid(s), t).backward()\n",
                               MLP_FLOAT32);
    assert_int_equal(mlp_gradcheck_agreement(r.first), MLP_DIFFERS);
    assert_int_equal(r.first->differ, 1);
    assert_true(fabs(r.first->relative.numerical + 0.5) < 1e-2);
    mlp_arena_free(r.arena);
}

/* --- what cannot be checked --- */

static void expect_refusal(const char *source, size_t limit, const char *message) {
    mlp_diagnostic error = {0};
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT), *own = mlp_arena_new(limit);
    const mlp_trace *trace =
        mlp_script_run(arena, source, strlen(source), &(mlp_script_options){0}, NULL, &error);
    assert_non_null(trace);
    assert_null(mlp_gradcheck(own, trace, 0, &error));
    assert_non_null(strstr(error.message, message));
    mlp_arena_free(arena);
    mlp_arena_free(own);
}

static void refuses_what_it_cannot_check(void **state) {
    (void)state;
    expect_refusal("import torch\nx = torch.ones(2, requires_grad=True) * 2\n", MLP_ARENA_LIMIT,
                   "never calls backward()");
}

static void too_little_memory_is_a_diagnostic(void **state) {
    (void)state;
    const char source[] = HEAD "torch.manual_seed(1)\n"
                               "net = nn.Linear(2, 2)\n"
                               "net(torch.ones(3, 2)).max(dim=1)[0].sum().backward()\n";
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error;
    const mlp_trace *trace =
        mlp_script_run(arena, source, strlen(source), &(mlp_script_options){0}, NULL, &error);
    bool checked = false;
    for (size_t limit = 0; !checked; limit += 97) {
        mlp_arena *own = mlp_arena_new(limit);
        checked = mlp_gradcheck(own, trace, 0, &error) != NULL;
        if (!checked)
            assert_non_null(strstr(error.message, "memory"));
        mlp_arena_free(own);
    }
    mlp_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smooth_networks_agree),
        cmocka_unit_test(tensor_arithmetic_agrees),
        cmocka_unit_test(constants_stay_fixed),
        cmocka_unit_test(shared_and_changed_tensors_agree),
        cmocka_unit_test(several_backwards_agree),
        cmocka_unit_test(kinks_are_told),
        cmocka_unit_test(a_kink_nearby_is_no_kink),
        cmocka_unit_test(wrong_gradients_are_found),
        cmocka_unit_test(a_difference_is_shown),
        cmocka_unit_test(what_is_not_finite_differs),
        cmocka_unit_test(a_clamped_gradient_differs),
        cmocka_unit_test(refuses_what_it_cannot_check),
        cmocka_unit_test(too_little_memory_is_a_diagnostic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
