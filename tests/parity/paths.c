#include "paths.h"

#include "python/run.h"
#include "torch/torch.h"

#include <stdlib.h>

static int find(script *s, paths_use *use, void *data) {
    const char **paths = script_alloc(s, s->index.count, sizeof *paths);
    size_t found = 0;
    for (size_t i = 0; i < s->index.count; i++) {
        const char *path = index_path(s, &s->index.entries[i]);
        if (path)
            paths[found++] = path;
    }
    return use(paths, found, data);
}

int paths_with(paths_use *use, void *data) {
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
    const int status = find(&s, use, data);
    mlp_arena_free(arena);
    return status;
}
