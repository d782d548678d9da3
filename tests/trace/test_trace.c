/* A trace built from C, without a script, and the script reader as a library. */
#include "mlpstep/replay.h"
#include "mlpstep/report.h"
#include "mlpstep/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static mlp_variable *new_variable(mlp_trace *trace, size_t ndim, const size_t *shape,
                                  const double *numbers, bool requires_grad, const char *name) {
    mlp_diagnostic error;
    mlp_tensor t;
    assert_true(mlp_tensor_new(&t, trace->arena, MLP_FLOAT64, ndim, shape, &error));
    for (size_t i = 0; i < t.numel; i++)
        mlp_tensor_set(&t, i, numbers[i]);
    mlp_variable *variable = mlp_trace_variable(trace, mlp_trace_given(trace, t), requires_grad);
    mlp_value_name(variable->value, name, MLP_NAMED_AT_TOP);
    return variable;
}

static mlp_value *linear(mlp_trace *trace, const mlp_variable *x, const mlp_variable *weight,
                         mlp_diagnostic *error) {
    const mlp_request request = {.operation = &mlp_linear, .in = {x->value, weight->value}};
    return mlp_trace_record(trace, &request, NULL, error);
}

static void expect_numbers(const mlp_value *value, const double *numbers) {
    for (size_t i = 0; i < value->tensor.numel; i++)
        assert_true(mlp_tensor_get(&value->tensor, i) == numbers[i]);
}

static void runs_a_step(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_trace *trace = mlp_trace_new(arena);
    mlp_diagnostic error;
    mlp_variable *x = new_variable(trace, 1, (size_t[]){2}, (double[]){2, 3}, true, "x");
    mlp_variable *w = new_variable(trace, 2, (size_t[]){1, 2}, (double[]){0.5, -1}, true, "w");
    mlp_value *y = linear(trace, x, w, &error);
    assert_non_null(y);
    mlp_value_name(y, "y", MLP_NAMED_AT_TOP);
    assert_true(mlp_trace_show(trace, MLP_FORWARD, y));
    expect_numbers(y, (double[]){-2}); /* 2 * 0.5 - 3 */

    assert_true(mlp_trace_backward(trace, y, NULL, true, &error));
    expect_numbers(w->grad->value, (double[]){2, 3});
    expect_numbers(x->grad->value, (double[]){0.5, -1});
    assert_true(mlp_trace_backward(trace, y, NULL, false, &error)); /* accumulates */
    expect_numbers(w->grad->value, (double[]){4, 6});

    const mlp_request descent = {.operation = &mlp_sgd, .options.lr = 0.25};
    mlp_value *kept[MLP_MAX_STATES] = {0};
    assert_true(mlp_trace_update(trace, &descent, w, kept, &error));
    expect_numbers(w->value, (double[]){-0.5, -2.5});

    assert_false(mlp_trace_backward(trace, y, NULL, false, &error));
    assert_non_null(strstr(error.message, "freed by an earlier backward()"));
    mlp_arena_free(arena);
}

/* y = x W^T with x = W: both uses of one leaf add up. */
static void a_leaf_used_twice_gets_both_gradients(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_trace *trace = mlp_trace_new(arena);
    mlp_diagnostic error;
    mlp_variable *w = new_variable(trace, 2, (size_t[]){1, 2}, (double[]){3, -4}, true, "w");
    mlp_value *y = linear(trace, w, w, &error); /* 9 + 16 */
    expect_numbers(y, (double[]){25});
    assert_true(mlp_trace_backward(trace, y, NULL, false, &error));
    expect_numbers(w->grad->value, (double[]){6, -8}); /* 2 w */
    mlp_arena_free(arena);
}

static void later_values_of_a_name_are_numbered(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_trace *trace = mlp_trace_new(arena);
    mlp_diagnostic error;
    mlp_variable *x = new_variable(trace, 1, (size_t[]){1}, (double[]){2}, false, "x");
    mlp_variable *w = new_variable(trace, 2, (size_t[]){1, 1}, (double[]){3}, true, "w");
    mlp_value *second = linear(trace, x, w, &error), *third = linear(trace, x, w, &error);
    mlp_value_name(second, "w1(x)", MLP_NAMED_BY_CALL);
    mlp_value_name(second, "x", MLP_NAMED_LOCALLY);
    mlp_value_name(second, "y", MLP_NAMED_BY_ARGUMENT); /* not as good a name */
    mlp_value_name(third, "x", MLP_NAMED_AT_TOP);
    assert_true(mlp_trace_show(trace, MLP_FORWARD, second));
    assert_true(mlp_trace_show(trace, MLP_FORWARD, third));
    assert_true(mlp_trace_show(trace, MLP_FORWARD, third)); /* only once */
    assert_true(mlp_trace_finish(trace));
    assert_string_equal(x->value->label.display, "x");
    assert_string_equal(second->label.display, "x@2");
    assert_string_equal(third->label.display, "x@3");
    assert_ptr_equal(trace->last_entry->value, third);
    mlp_arena_free(arena);
}

static void refuses_shapes_that_do_not_fit(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_trace *trace = mlp_trace_new(arena);
    mlp_diagnostic error;
    mlp_variable *x = new_variable(trace, 1, (size_t[]){2}, (double[]){2, 3}, false, "x");
    mlp_variable *w = new_variable(trace, 2, (size_t[]){1, 1}, (double[]){3}, true, "w");
    assert_null(linear(trace, x, w, &error));
    assert_non_null(strstr(error.message, "[1, 1]"));
    assert_non_null(strstr(error.message, "[2]"));
    assert_null(trace->first_step); /* nothing was recorded */
    mlp_arena_free(arena);
}

static void an_arena_keeps_its_limit(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(1000);
    assert_null(mlp_arena_alloc(arena, SIZE_MAX, 2)); /* overflows */
    assert_null(mlp_arena_alloc(arena, 1001, 1));
    char *bytes = mlp_arena_alloc(arena, 900, 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < 900; i++)
        assert_int_equal(bytes[i], 0);
    assert_null(mlp_arena_alloc(arena, 101, 1));
    assert_non_null(mlp_arena_alloc(arena, 0, 8));
    mlp_arena_free(arena);
}

/* --- the reader as a library --- */

static char *report_of(const char *source) {
    char *text = NULL;
    size_t length;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error;
    const mlp_trace *trace =
        mlp_script_run(arena, source, strlen(source), &(mlp_script_options){0}, NULL, &error);
    assert_non_null(trace);
    FILE *out = open_memstream(&text, &length);
    assert_true(mlp_report_write(out, trace, &(mlp_report_options){.precision = 3}, &error));
    fclose(out);
    mlp_arena_free(arena);
    return text;
}

static const char dropout[] = "import torch\n"
                              "torch.manual_seed(2022)\n"
                              "y = torch.nn.Dropout(0.75)(torch.ones(3))\n";

static void two_runs_share_nothing(void **state) {
    (void)state;
    char *first = report_of(dropout), *second = report_of("x = 1\n"), *third = report_of(dropout);
    assert_non_null(strstr(first, "y = tensor([4.000, 4.000, 0.000])"));
    assert_string_equal(second, "");
    assert_string_equal(first, third);
    free(first);
    free(second);
    free(third);
}

static void an_error_leaves_one_diagnostic(void **state) {
    (void)state;
    const char source[] = "import torch\nx = torch.rand(1)\ny = z\n";
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error;
    mlp_warning *warnings;
    assert_null(
        mlp_script_run(arena, source, strlen(source), &(mlp_script_options){0}, &warnings, &error));
    assert_string_equal(error.message, "name 'z' is not defined");
    assert_int_equal(error.where.line, 3);
    assert_int_equal(error.where.column, 5);
    assert_int_equal(error.where.width, 1);
    assert_non_null(warnings); /* of the missing seed, on line 2 */
    assert_int_equal(warnings->diagnostic.where.line, 2);
    assert_null(warnings->next);
    mlp_arena_free(arena);
}

static void too_little_memory_is_a_diagnostic(void **state) {
    (void)state;
    bool ran = false;
    for (size_t limit = 0; !ran; limit += 331) {
        mlp_arena *arena = mlp_arena_new(limit);
        mlp_diagnostic error;
        ran = mlp_script_run(arena, dropout, strlen(dropout), &(mlp_script_options){0}, NULL,
                             &error) != NULL;
        if (!ran)
            assert_non_null(strstr(error.message, "memory"));
        mlp_arena_free(arena);
    }
}

static const mlp_value *shown_as(const mlp_trace *trace, const char *name) {
    const mlp_value *found = NULL; /* the last */
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value && strcmp(e->value->label.display, name) == 0)
            found = e->value;
    assert_non_null(found);
    return found;
}

static const char step[] = "import torch\n"
                           "from torch import nn, optim\n"
                           "torch.manual_seed(3)\n"
                           "net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Dropout(0.5),\n"
                           "                    nn.Linear(3, 2))\n"
                           "opt = optim.SGD(net.parameters(), lr=0.5, momentum=0.9)\n"
                           "x = torch.tensor([[1.0, -2.0], [0.5, 4.0]], requires_grad=True)\n"
                           "o = net(x)\n"
                           "l = nn.CrossEntropyLoss()(o, torch.tensor([0, 1]))\n"
                           "l.backward()\n"
                           "opt.step()\n";

static void expect_as_recorded(mlp_replay *replay, const mlp_trace *trace) {
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value)
            assert_memory_equal(mlp_replay_tensor(replay, e->value)->data, e->value->tensor.data,
                                e->value->tensor.numel * mlp_dtype_size(e->value->tensor.dtype));
}

/* Recomputed, a step gives its bits again; with a value fixed, what follows from it changes and
 * what stands before it does not. */
static void a_replay_carries_what_is_fixed(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error;
    mlp_trace *trace =
        mlp_script_run(arena, step, strlen(step), &(mlp_script_options){0}, NULL, &error);
    mlp_replay *replay = mlp_replay_new(arena, trace, false);
    mlp_replay_run(replay, NULL, NULL);
    expect_as_recorded(replay, trace);

    const mlp_value *o = shown_as(trace, "o"), *l = shown_as(trace, "l");
    mlp_replay_fix(replay, o, (double[]){9, 1, 2, 3}, (bool[]){true, false, true, true});
    mlp_replay_run(replay, NULL, NULL);
    assert_true(mlp_tensor_get(mlp_replay_tensor(replay, o), 0) == 9);
    assert_true(mlp_tensor_get(mlp_replay_tensor(replay, o), 1) == mlp_tensor_get(&o->tensor, 1));
    assert_true(mlp_tensor_get(mlp_replay_tensor(replay, l), 0) != mlp_tensor_get(&l->tensor, 0));
    mlp_replay_reset(replay);
    mlp_replay_run(replay, NULL, NULL);
    expect_as_recorded(replay, trace);
    mlp_arena_free(arena);
}

static void a_replay_in_float64_is_close(void **state) {
    (void)state;
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    mlp_diagnostic error;
    mlp_trace *trace =
        mlp_script_run(arena, step, strlen(step), &(mlp_script_options){0}, NULL, &error);
    mlp_replay *replay = mlp_replay_new(arena, trace, true);
    mlp_replay_run(replay, NULL, NULL);
    const mlp_value *w = shown_as(trace, "0.weight");
    const mlp_tensor *again = mlp_replay_tensor(replay, w);
    size_t differ = 0;
    assert_int_equal(again->dtype, MLP_FLOAT64);
    for (size_t i = 0; i < again->numel; i++) {
        const double difference = mlp_tensor_get(again, i) - mlp_tensor_get(&w->tensor, i);
        assert_true(difference < 1e-6 && difference > -1e-6);
        differ += difference != 0;
    }
    assert_true(differ > 0); /* float32 rounded them */
    mlp_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_a_step),
        cmocka_unit_test(a_leaf_used_twice_gets_both_gradients),
        cmocka_unit_test(later_values_of_a_name_are_numbered),
        cmocka_unit_test(refuses_shapes_that_do_not_fit),
        cmocka_unit_test(an_arena_keeps_its_limit),
        cmocka_unit_test(two_runs_share_nothing),
        cmocka_unit_test(an_error_leaves_one_diagnostic),
        cmocka_unit_test(too_little_memory_is_a_diagnostic),
        cmocka_unit_test(a_replay_carries_what_is_fixed),
        cmocka_unit_test(a_replay_in_float64_is_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
