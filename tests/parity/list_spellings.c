/* Prints the path of every function, class and method that the tables offer, one a line. Fails
 * where two rows have one path: only the later would count. */
#include "python/run.h"
#include "torch/torch.h"

#include <stdlib.h>
#include <string.h>

static size_t count(const script *s, const char *path) {
    size_t n = 0;
    for (size_t i = 0; i < s->native_count; i++)
        n += strcmp(s->native_paths[i], path) == 0;
    return n;
}

static int list(const script *s) {
    int status = EXIT_SUCCESS;
    for (size_t i = 0; i < s->native_count; i++) {
        puts(s->native_paths[i]);
        if (count(s, s->native_paths[i]) == 1)
            continue;
        fprintf(stderr, "%s has more than one row\n", s->native_paths[i]);
        status = EXIT_FAILURE;
    }
    return status;
}

int main(void) {
    mlp_arena *arena = mlp_arena_new((size_t)1 << 24);
    mlp_diagnostic error = {0};
    mlp_budget budget = {.limit = MLP_BUDGET, .left = MLP_BUDGET};
    torch state = {.trace = mlp_trace_new(arena)};
    script s = {.reader = {.arena = arena, .error = &error},
                .library = &torch_library,
                .library_state = &state,
                .budget = &budget};
    call c = {.script = &s};
    if (!state.trace || setjmp(s.reader.failed) != 0) {
        mlp_arena_free(arena);
        return EXIT_FAILURE;
    }
    state.trace->release = (mlp_release){1, 13, MLP_NATIVE};
    native_add_python(&s);
    torch_library.add(&c);
    const int status = list(&s);
    mlp_arena_free(arena);
    return status;
}
