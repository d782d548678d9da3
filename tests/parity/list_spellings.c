/* Prints the path of every function, class and method that the tables offer, one a line. */
#include "python/run.h"
#include "torch/torch.h"

#include <stdlib.h>

int main(void) {
    mlp_arena *arena = mlp_arena_new((size_t)1 << 24);
    mlp_diagnostic error = {0};
    script s = {.reader = {.arena = arena, .error = &error}, .library = &torch_library};
    call c = {.script = &s};
    if (setjmp(s.reader.failed) != 0) {
        mlp_arena_free(arena);
        return EXIT_FAILURE;
    }
    native_add_python(&s);
    torch_library.add(&c);
    for (size_t i = 0; i < s.native_count; i++)
        puts(s.native_paths[i]);
    mlp_arena_free(arena);
    return EXIT_SUCCESS;
}
