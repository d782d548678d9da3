/* The text of values, as Python prints it. A case is a script that makes v, and possibly the
 * `spec` of format(v, spec) or the `template` of template % v. */
#include "text_cases.h"

#include "mlpstep/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The script, and a statement that prints the text of v. */
static char *with_print(mlp_arena *arena, const char *source) {
    const char *text = strstr(source, "\nspec = ")       ? "format(v, spec)"
                       : strstr(source, "\ntemplate = ") ? "template % v"
                                                         : "repr(v)";
    return mlp_arena_printf(arena, "nan = float('nan')\ninf = float('inf')\n%s\nprint(%s)\n",
                            source, text);
}

/* NULL where the script or its text is refused. The caller frees it. */
static char *text_of(mlp_arena *arena, const char *source, mlp_release release,
                     mlp_diagnostic *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    const char *script = with_print(arena, source);
    const mlp_script_options options = {.release = release, .print = out};
    const mlp_trace *trace = mlp_script_run(arena, script, strlen(script), &options, NULL, error);
    assert_int_equal(fclose(out), 0);
    if (trace) {
        text[length - 1] = '\0'; /* the newline of print() */
        return text;
    }
    free(text);
    return NULL;
}

static void prints_as(const char *fixture, mlp_release release) {
    text_cases *cases = text_cases_open(fixture);
    while (text_cases_next(cases)) {
        mlp_diagnostic error = {0};
        mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
        char *text = text_of(arena, text_case_input(cases), release, &error);
        if (!text && text_case_expected(cases))
            print_error("%s\n", error.message);
        text_case_expect(cases, text);
        free(text);
        mlp_arena_free(arena);
    }
    text_cases_close(cases);
}

static void prints_values_as_python(void **state) {
    (void)state;
    prints_as("value_text.txt", (mlp_release){1, 13, MLP_NATIVE});
}

static void prints_numbers_as_python(void **state) {
    (void)state;
    prints_as("number_text.txt", (mlp_release){0});
}

static void prints_values_as_python_under_2_11(void **state) {
    (void)state;
    prints_as("torch-2.11/value_text.txt", (mlp_release){2, 11, MLP_WHEEL});
}

static void expect_refused(const char *source) {
    mlp_diagnostic error = {0};
    mlp_arena *arena = mlp_arena_new(MLP_ARENA_LIMIT);
    assert_null(text_of(arena, source, (mlp_release){0}, &error));
    assert_true(*error.message);
    mlp_arena_free(arena);
}

/* What Python would do, but nobody wants. */
static void refuses_what_is_hostile(void **state) {
    (void)state;
    static const char *const sources[] = {"v = 1\nspec = '>99999999999'\n",
                                          "v = 1\nspec = '.99999999999f'\n",
                                          "v = 'x'\nspec = '10001'\n",
                                          "v = 1.5\ntemplate = '%99999999999f'\n",
                                          "v = 1.5\ntemplate = '%.99999999999f'\n",
                                          "v = (99999999999, 1)\ntemplate = '%*d'\n",
                                          "v = (-9223372036854775807, 1)\ntemplate = '%*d'\n",
                                          "v = (99999999999, 1)\ntemplate = '%.*d'\n",
                                          "v = 0\nspec = 'c'\n",
                                          "v = 0\ntemplate = '%c'\n",
                                          "v = 55296\nspec = 'c'\n",
                                          "v = 1\ntemplate = '%(name)s'\n",
                                          "v = '\xff'\n",
                                          "v = '\xc3('\n",
                                          "def f():\n    pass\nv = f\n",
                                          "import torch\nv = torch.relu\n",
                                          "import torch\nv = torch.nn\n"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        expect_refused(sources[i]);
}

static void refuses_what_doubles_without_end(void **state) {
    (void)state;
    char lists[1024] = "v = [1, 1]\n", modules[2048] = "from torch import nn\nv = nn.ReLU()\n";
    for (size_t i = 0; i < 60; i++) {
        strcat(lists, "v = [v, v]\n");
        strcat(modules, "v = nn.Sequential(v, v)\n");
    }
    expect_refused(lists);
    expect_refused(modules);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(prints_numbers_as_python),
                                       cmocka_unit_test(prints_values_as_python),
                                       cmocka_unit_test(prints_values_as_python_under_2_11),
                                       cmocka_unit_test(refuses_what_is_hostile),
                                       cmocka_unit_test(refuses_what_doubles_without_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
