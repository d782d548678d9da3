/* The text of tensors, as PyTorch prints it. */
#include "text_cases.h"

#include "mlpstep/tensor.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* KEY=WORD anywhere in the line. */
static const char *word(const char *line, const char *key, char *text, size_t size) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, " %s=", key);
    const char *at = strstr(line, wanted);
    assert_non_null(at);
    at += strlen(wanted);
    const size_t n = strcspn(at, " \n");
    assert_true(n < size);
    memcpy(text, at, n);
    text[n] = '\0';
    return text;
}

static mlp_dtype read_dtype(const char *name) {
    for (mlp_dtype d = MLP_FLOAT32; d <= MLP_BOOL; d++)
        if (strcmp(name, mlp_dtype_name(d)) == 0)
            return d;
    fail_msg("no dtype %s", name);
    return MLP_FLOAT32;
}

static mlp_print_options read_options(const char *line) {
    char text[64];
    mlp_print_options options = {
        .precision = atoi(word(line, "precision", text, sizeof text)),
        .threshold = strtod(word(line, "threshold", text, sizeof text), NULL),
        .edgeitems = strtoul(word(line, "edgeitems", text, sizeof text), NULL, 10),
        .linewidth = strtoul(word(line, "linewidth", text, sizeof text), NULL, 10)};
    word(line, "sci_mode", text, sizeof text);
    options.sci_mode = strcmp(text, "None") == 0   ? MLP_SCI_AUTO
                       : strcmp(text, "True") == 0 ? MLP_SCI_ON
                                                   : MLP_SCI_OFF;
    return options;
}

static void read_values(mlp_tensor *tensor, char *at) {
    for (size_t i = 0; i < tensor->numel; i++) {
        if (tensor->dtype == MLP_INT64)
            ((int64_t *)tensor->data)[i] = strtoll(at, &at, 10);
        else
            mlp_tensor_set(tensor, i, strtod(at, &at));
    }
}

/* FACTOR MODULUS SCALE, as tests/reference/tensor_text.py says. */
static void make_values(mlp_tensor *tensor, char *at) {
    const size_t factor = strtoul(at, &at, 10), modulus = strtoul(at, &at, 10);
    const double scale = strtod(at, &at);
    for (size_t i = 0; i < tensor->numel; i++)
        mlp_tensor_set(tensor, i, ((double)(i * factor % modulus) - (double)(modulus / 2)) * scale);
}

/* `tensor dtype=float32 shape=2x3 ...`, and `values ...` or `pattern ...` on the line below. */
static mlp_tensor read_tensor(mlp_arena *arena, const char *line) {
    char text[64], *at;
    size_t shape[MLP_MAX_DIMS], ndim = 0;
    mlp_tensor tensor;
    mlp_diagnostic error;
    const mlp_dtype dtype = read_dtype(word(line, "dtype", text, sizeof text));
    word(line, "shape", text, sizeof text);
    for (at = text; strcmp(text, "scalar") != 0 && *at; at += *at == 'x')
        shape[ndim++] = strtoul(at, &at, 10);
    assert_true(mlp_tensor_new(&tensor, arena, dtype, ndim, shape, &error));
    at = strchr(line, '\n') + 1;
    if (strncmp(at, "pattern ", 8) == 0)
        make_values(&tensor, at + 8);
    else
        read_values(&tensor, at + strlen("values"));
    return tensor;
}

static void prints_as(const char *fixture, bool measures_as_asked) {
    text_cases *cases = text_cases_open(fixture);
    while (text_cases_next(cases)) {
        mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
        const char *line = text_case_input(cases);
        char suffix[64], text[64];
        const mlp_tensor tensor = read_tensor(arena, line);
        mlp_print_options options = read_options(line);
        options.measures_as_asked = measures_as_asked;
        const mlp_dtype dtype = read_dtype(word(line, "default", text, sizeof text));
        word(line, "suffix", suffix, sizeof suffix);
        text_case_expect(cases,
                         mlp_tensor_text(arena, &tensor, &options, dtype, *suffix ? suffix : NULL));
        mlp_arena_free(arena);
    }
    text_cases_close(cases);
}

static void prints_as_pytorch(void **state) {
    (void)state;
    prints_as("tensor_text.txt", false);
}

static void prints_as_pytorch_2_11(void **state) {
    (void)state;
    prints_as("torch-2.11/tensor_text.txt", true);
}

static void has_the_profiles_of_pytorch(void **state) {
    (void)state;
    assert_int_equal(mlp_print_default.precision, 4);
    assert_int_equal(mlp_print_short.precision, 2);
    assert_int_equal(mlp_print_short.edgeitems, 2);
    assert_true(isinf(mlp_print_full.threshold));
}

/* A report's layout: no suffix, all decimals, shifted. */
static void writes_steadily(void **state) {
    (void)state;
    static float numbers[] = {1, 2};
    static bool flags[] = {true, false};
    char text[128] = "";
    FILE *file = tmpfile();
    assert_non_null(file);
    mlp_tensor tensor = {
        .dtype = MLP_FLOAT32, .ndim = 2, .shape = {2, 1}, .numel = 2, .data = numbers};
    mlp_tensor_write(file, &tensor, 3, 4);
    tensor = (mlp_tensor){.dtype = MLP_BOOL, .ndim = 1, .shape = {2}, .numel = 2, .data = flags};
    mlp_tensor_write(file, &tensor, 3, 0);
    rewind(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    assert_string_equal(text, "tensor([[1.000],\n"
                              "            [2.000]])"
                              "tensor([ True, False])");
    fclose(file);
}

static void says_when_memory_runs_out(void **state) {
    (void)state;
    static double values[1000];
    mlp_arena *arena = mlp_arena_new(2000);
    const mlp_tensor tensor = {
        .dtype = MLP_FLOAT64, .ndim = 1, .shape = {1000}, .numel = 1000, .data = values};
    assert_null(mlp_tensor_text(arena, &tensor, &mlp_print_default, MLP_FLOAT64, NULL));
    mlp_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_as_pytorch), cmocka_unit_test(prints_as_pytorch_2_11),
        cmocka_unit_test(has_the_profiles_of_pytorch), cmocka_unit_test(writes_steadily),
        cmocka_unit_test(says_when_memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
