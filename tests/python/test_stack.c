/* How much of the stack a run uses: no more than it was told to, whatever is nested, and whatever
 * is done where the nesting is deepest. Each script runs in a thread of 128 KiB, whose stack is
 * filled with a pattern before and looked at afterwards. */
#include "mlpstep/check.h"
#include "mlpstep/gradcheck.h"
#include "mlpstep/report.h"
#include "mlpstep/script.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    THREAD = 128 << 10,
    PATTERN = 0xA5,
    DEEPEST = 400
};

typedef struct {
    const char *script, *answers;
    bool ran;
    char message[sizeof((mlp_diagnostic *)0)->message];
    const char *bottom; /* where the run begins */
} job;

/* What a program may do with a script. No assertion may fail here: cmocka's are of one thread. */
static bool use(mlp_arena *arena, const mlp_trace *trace, const char *text, FILE *out,
                mlp_diagnostic *error) {
    const mlp_check_options options = {0};
    mlp_answers answers;
    mlp_marks marks;
    if (!mlp_answers_read(arena, text, strlen(text), &answers, error) ||
        !mlp_check(arena, trace, &answers, &options, &marks, error))
        return false;
    mlp_marks_write(out, &marks, &(mlp_marks_options){0});
    return mlp_gradcheck(arena, trace, 0, error) &&
           mlp_report_write(out, trace, &(mlp_report_options){.precision = 60}, error);
}

static void run_job(job *j, FILE *out, mlp_arena *arena) {
    mlp_diagnostic error = {0};
    const mlp_script_options options = {.print = out};
    const mlp_trace *trace =
        mlp_script_run(arena, j->script, strlen(j->script), &options, NULL, &error);
    j->ran = trace && (!j->answers || use(arena, trace, j->answers, out, &error));
    strcpy(j->message, error.message);
    if (!j->ran)
        mlp_diagnostic_write(out, &error, "error", "t.py", j->script, strlen(j->script), NULL);
}

static void *thread_main(void *context) {
    job *j = context;
    j->bottom = __builtin_frame_address(0);
    FILE *out = fopen("/dev/null", "w");
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    if (out && arena)
        run_job(j, out, arena);
    mlp_arena_free(arena);
    if (out)
        fclose(out);
    return NULL;
}

/* Returns how many bytes of the stack were used. */
static size_t stack_used(job *j) {
    const size_t size = THREAD;
    char *stack = aligned_alloc(64, size);
    pthread_attr_t attributes;
    pthread_t thread;
    assert_non_null(stack);
    memset(stack, PATTERN, size);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, size), 0);
    assert_int_equal(pthread_create(&thread, &attributes, thread_main, j), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    size_t untouched = 0;
    while (untouched < size && (unsigned char)stack[untouched] == PATTERN)
        untouched++;
    const size_t used = (size_t)(j->bottom - stack) - untouched;
    free(stack);
    return used;
}

/* What may be done at the end of many calls, and needs much stack itself. */
static const char *const leaves[] = {
    "1",
    "'%.9000g' % 1e300",
    "'{:.9000e}'.format(1e300)",
    "f'{1e300:.9000f}'",
    "str(1e300) + repr([1e-300, [2.5]])",
    "print(torch.full((3, 3), 1e30, dtype=torch.float64), [torch.ones(1)], net)",
    "net(torch.ones(1, 2)).sum().backward()",
    "F.cross_entropy(net(torch.ones(2, 2)), torch.tensor([0, 1])).backward()",
    "F.cross_entropy(torch.ones(2, 2), torch.ones(2, 2), label_smoothing=0.1)",
    "optimizer.step()",
    "nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)).apply(g)",
    "net.load_state_dict(net.state_dict())",
    "torch.ones(2, 2, 2)[:, torch.tensor([0, 1]), None].std(dim=(0, 1), keepdim=True)",
    "torch.cat([torch.ones(2, 2), torch.ones(2, 2)], dim=1) @ torch.ones(4, 1)",
    "sorted([3, 1, 2], key=str, reverse=True) if False else sorted([3, 1, 2])",
    "torch.randn(20).sum() + torch.randperm(5).sum()",
    "nn.init.kaiming_uniform_(net[0].weight)",
    "torch.tensor([[[[1.0]]]]).tolist()",
    "max(1, 2)",
    "undefined",
    "torch.reluu(1)",
    "nn.Linear(2, 2)(torch.ones(3))",
    "torch.zeros(10 ** 6, 10 ** 6)",
};

static void test_leaves(void **state) {
    static const char deep[] = "import torch\n"
                               "from torch import nn, optim\n"
                               "from torch.nn import functional as F\n"
                               "torch.manual_seed(0)\n"
                               "net = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5), nn.Tanh())\n"
                               "optimizer = optim.Adam(net.parameters())\n"
                               "net(torch.ones(1, 2)).sum().backward()\n"
                               "def g(m):\n"
                               "    pass\n"
                               "def f(n):\n"
                               "    return f(n - 1) if n else %s\n"
                               "f(%d)\n";
    (void)state;
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        size_t most = 0;
        int good = 0, bad = DEEPEST;
        while (good + 1 < bad) {
            char script[1000];
            const int depth = (good + bad) / 2;
            snprintf(script, sizeof script, deep, leaves[i], depth);
            job j = {.script = script};
            const size_t used = stack_used(&j);
            most = used > most ? used : most;
            if (strstr(j.message, "nested"))
                bad = depth;
            else
                good = depth;
        }
        printf("%6zu bytes, %3d calls: %s\n", most, good, leaves[i]);
        assert_true(most <= MLP_SCRIPT_STACK);
        assert_true(good >= 4);
    }
}

/* A script that nests by itself, run with what it makes; how deep it comes is not said. */
static const char *const nested[] = {
    "x = []\nfor i in range(390):\n    x = [x]\nprint(x)\n",
    "x = []\nfor i in range(390):\n    x = {'a': (x,)}\ny = f'{x}' + str(x) + repr(x)\n",
    "x = [1]\ny = [1]\nfor i in range(390):\n    x = [x]\n    y = [y]\nprint(x == y)\n",
    "x = [1]\nfor i in range(390):\n    x = enumerate(x)\nfor y in x:\n    print(1)\n",
    "def f():\n    return f()\nf()\n",
    "def f(n):\n    for i in [n]:\n        if i:\n            return [max(0, f(n - 1))]\nf(390)\n",
    "class A:\n    def __init__(self):\n        self.a = A()\nA()\n",
    "def f(n):\n    yield n\n    yield from f(n + 1)\nfor x in f(0):\n    pass\n",
    "def f(n):\n    try:\n        for x in f(n + 1):\n            if x:\n                yield x\n"
    "    finally:\n        n = 0\nlist(f(0))\n",
    "import torch\nclass N(torch.nn.Module):\n    def forward(self, x):\n        return self(x)\n"
    "N()(torch.ones(1))\n",
    "import torch\nfrom torch import nn\ndef g(m):\n    pass\na = nn.Linear(1, 1)\nfor i in range(%d):\n"
    "    a = nn.Sequential(a)\n"
    "print(a)\nprint(a(torch.ones(1)))\na.apply(g)\na.train()\na.double()\n"
    "print(a.state_dict(), list(a.parameters()), list(a.modules()))\n",
    "import torch\nx = torch.ones(1, requires_grad=True)\ny = x\nfor i in range(20000):\n"
    "    y = y * 1.0\ny.sum().backward()\nprint(x.grad)\n",
    "import torch\nx = torch.ones(2)\ny = x\nfor i in range(1000):\n    y = y.view(2)\n"
    "print(y)\nx.add_(1)\nprint(y, y.grad_fn)\n",
    "import torch\nprint(torch.tensor([[[[[[[[1.0]]]]]]]]).tolist())\n",
};

static void test_nested(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++)
        for (int depth = 4; depth <= 97; depth += 31) {
            char script[1000];
            snprintf(script, sizeof script, nested[i], depth);
            job j = {.script = script};
            const size_t used = stack_used(&j);
            printf("%6zu bytes, script %zu: %s\n", used, i, j.ran ? "ran" : j.message);
            assert_true(used <= MLP_SCRIPT_STACK);
            assert_true(j.ran || strstr(j.message, "nested"));
            if (!strchr(nested[i], '%'))
                break;
        }
}

/* What the parser nests: `open` many times, 1, `close` many times. */
static void test_parser(void **state) {
    static const char *const pairs[][2] = {
        {"(", ")"},           {"[", "]"},    {"{1: ", "}"},      {"f(a, b=", ")"},
        {"x[", "]"},          {"x[1:", "]"}, {"-", ""},          {"not ", ""},
        {"1 + ", ""},         {"1 ** ", ""}, {"x < (y, ", ")"},  {"", ".a"},
        {"2 if 1 else ", ""}, {"", "[0]"},   {"", "()"},         {"1 if ", " else 2"},
        {"(1, *", ")"},       {"f'{", "}'"}, {"{'a': [(", ")]}"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int depth = 10; depth <= 150; depth += 10) {
            char script[5000] = "x = ";
            for (int n = 0; n < depth; n++)
                strcat(script, pairs[i][0]);
            strcat(script, "1");
            for (int n = 0; n < depth; n++)
                strcat(script, pairs[i][1]);
            job j = {.script = script};
            assert_true(stack_used(&j) <= MLP_SCRIPT_STACK);
        }
}

/* All else that a program may do with a script needs no more. */
static void test_all_else(void **state) {
    job j = {.script = "import torch\nfrom torch import nn, optim\ntorch.manual_seed(0)\n"
                       "net = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5), nn.Tanh())\n"
                       "x = torch.tensor([[0.5, -1.0]])\n"
                       "l = nn.CrossEntropyLoss()(net(x), torch.tensor([1]))\n"
                       "l.backward()\noptim.Adam(net.parameters()).step()\n",
             .answers = "net(x) = [[0.1, 0.2]]\nl = 0.7\n0.weight = [[1, 2], [3, 4]]\n"
                        "0.bias.grad = [0.1234, 0.5]\n"};
    (void)state;
    const size_t used = stack_used(&j);
    printf("%6zu bytes, %s\n", used, j.message);
    assert_true(j.ran && used <= MLP_SCRIPT_STACK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaves),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_parser),
        cmocka_unit_test(test_all_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
