/* Runs the script on stdin as PyTorch 1.13 would, and writes of every tensor that it prints one
 * line: its dtype, and each number with its bound behind it, in full. */
#include "mlpstep/bound.h"
#include "mlpstep/script.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    LONGEST = 1 << 20
};

static void write_numbers(const mlp_value *value) {
    const mlp_tensor *t = &value->tensor;
    fputs(mlp_dtype_name(t->dtype), stdout);
    for (size_t i = 0; i < t->numel; i++)
        printf(" %a %a", mlp_tensor_get(t, i), mlp_value_bound(value, i));
    putchar('\n');
}

int main(void) {
    static char source[LONGEST];
    const size_t length = fread(source, 1, sizeof source, stdin);
    mlp_arena *arena = mlp_arena_new((size_t)1 << 30);
    mlp_diagnostic error = {0};
    mlp_printed printed = {0};
    const mlp_script_options options = {
        .release = {1, 13, MLP_NATIVE}, .printed = &printed, .bounds = true};
    const bool ran =
        arena && length < LONGEST && mlp_script_run(arena, source, length, &options, NULL, &error);
    for (const mlp_note *note = printed.first; ran && note; note = note->next)
        if (note->of)
            write_numbers(note->of);
    if (!ran)
        fprintf(stderr, "%s\n", error.message);
    mlp_arena_free(arena);
    return ran ? EXIT_SUCCESS : EXIT_FAILURE;
}
