/* include/mlpstep/arena.h once more, for tests: every piece of memory is one of its own, so that
 * each can be refused, and AddressSanitizer sees where it ends. */
#include "mlpstep/arena.h"

#include "refuse.h"

typedef struct piece piece;
struct piece {
    piece *next;
    void *memory;
};

struct mlp_arena {
    piece *pieces;
    size_t used, limit;
    bool starved;
};

mlp_arena *mlp_arena_new(size_t limit) {
    mlp_arena *arena = refusable_calloc(1, sizeof *arena);
    if (arena)
        arena->limit = limit;
    return arena;
}

mlp_arena *mlp_arena_new_beside(const mlp_arena *other) {
    mlp_arena *arena = mlp_arena_new(other->limit);
    if (arena)
        arena->used = other->used;
    return arena;
}

size_t mlp_arena_limit(const mlp_arena *arena) {
    return arena->limit;
}

bool mlp_arena_starved(const mlp_arena *arena) {
    return arena->starved;
}

void mlp_arena_free(mlp_arena *arena) {
    if (!arena)
        return;
    for (piece *p = arena->pieces, *next; p; p = next) {
        next = p->next;
        free(p->memory);
        free(p);
    }
    free(arena);
}

void *mlp_arena_alloc(mlp_arena *arena, size_t count, size_t size) {
    if (count == 0 || size == 0)
        count = size = 1;
    if (count > (arena->limit - arena->used) / size)
        return NULL;
    piece *p = calloc(1, sizeof *p);
    void *memory = p ? refusable_calloc(count, size) : NULL;
    if (!memory) {
        arena->starved = true;
        free(p);
        return NULL;
    }
    *p = (piece){arena->pieces, memory};
    arena->pieces = p;
    arena->used += count * size;
    return memory;
}

void *mlp_arena_numbers(mlp_arena *arena, size_t count, size_t size) {
    return mlp_arena_alloc(arena, count, size);
}

void *mlp_arena_unset(mlp_arena *arena, size_t count, size_t size) {
    return mlp_arena_alloc(arena, count, size);
}

void *mlp_arena_zeros(mlp_arena *arena, size_t count, size_t size) {
    return mlp_arena_alloc(arena, count, size);
}

/* Nothing is given out again here. */
bool mlp_arena_begin_collecting(mlp_arena *arena, const void *base) {
    return arena && base;
}

bool mlp_arena_is_due(const mlp_arena *arena) {
    (void)arena;
    return false;
}

void mlp_arena_collect(mlp_arena *arena) {
    (void)arena;
}
