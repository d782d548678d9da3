/* Prints the path of every function, class and method that the tables offer, one a line. */
#include "torch/module.h"
#include "python/native.h"

#include <stdlib.h>

int main(void) {
    mlp_arena *arena = mlp_arena_new((size_t)1 << 24);
    mlp_diagnostic error = {0};
    script s = {.arena = arena, .error = &error, .text = {.arena = arena}};
    if (setjmp(s.failed) != 0) {
        mlp_arena_free(arena);
        return EXIT_FAILURE;
    }
    native_find(&s, "torch.tensor"); /* the first look-up collects them all */
    for (size_t i = 0; i < s.native_count; i++)
        puts(s.native_paths[i]);
    mlp_arena_free(arena);
    return EXIT_SUCCESS;
}
