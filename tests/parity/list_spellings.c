/* Prints the path of every function, class and method that the tables offer, one a line. Fails
 * where two rows have one path: only the later would count. */
#include "python/run.h"
#include "torch/torch.h"

#include <stdlib.h>
#include <string.h>

static size_t count(const char *const *paths, size_t of, const char *path) {
    size_t n = 0;
    for (size_t i = 0; i < of; i++)
        n += strcmp(paths[i], path) == 0;
    return n;
}

static int list(script *s) {
    const char **paths = script_alloc(s, s->index.count, sizeof *paths);
    int status = EXIT_SUCCESS;
    size_t found = 0;
    for (size_t i = 0; i < s->index.count; i++) {
        const char *path = index_path(s, &s->index.entries[i]);
        if (path)
            paths[found++] = path;
    }
    for (size_t i = 0; i < found; i++) {
        puts(paths[i]);
        if (count(paths, found, paths[i]) == 1)
            continue;
        fprintf(stderr, "%s has more than one row\n", paths[i]);
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
