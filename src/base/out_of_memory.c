#include "out_of_memory.h"

bool out_of_memory(mlp_diagnostic *error, const mlp_arena *arena, const char *needs) {
    if (mlp_arena_starved(arena))
        return mlp_error(error, "%s more memory than the system gives", needs);
    return mlp_error(error, "%s more memory than a run may use (%zu MiB)", needs,
                     mlp_arena_limit(arena) >> 20);
}
