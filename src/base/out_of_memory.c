#include "out_of_memory.h"

/* In the largest unit that makes a whole number of it. */
static bool beyond_limit(mlp_diagnostic *error, size_t limit, const char *needs) {
    static const char *const units[] = {"bytes", "KiB", "MiB"};
    size_t unit = 0;
    for (; unit < 2 && limit % 1024 == 0; unit++)
        limit /= 1024;
    return mlp_error(error, "%s more memory than a run may use (%zu %s); --memory=SIZE allows more",
                     needs, limit, units[unit]);
}

bool out_of_memory(mlp_diagnostic *error, const mlp_arena *arena, const char *needs) {
    if (mlp_arena_starved(arena))
        return mlp_error(error, "%s more memory than the system gives", needs);
    return beyond_limit(error, mlp_arena_limit(arena), needs);
}
