#include "kinks.h"

/* FNV-1a, which takes one side after the other. */
static const uint64_t fnv_offset = 14695981039346656037U, fnv_prime = 1099511628211U;

static void add(void *context, int side) {
    uint64_t *sides = context;
    *sides = (*sides ^ (uint64_t)(side + 2)) * fnv_prime;
}

uint64_t kinks_sides(mlp_replay *replay, const mlp_step *const *steps, size_t count) {
    uint64_t sides = fnv_offset;
    for (size_t s = 0; s < count; s++) {
        if (!steps[s]->operation->kinks)
            continue;
        const mlp_call call = mlp_replay_call(replay, steps[s]);
        steps[s]->operation->kinks(&call, add, &sides);
    }
    return sides;
}
