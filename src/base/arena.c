/* Blocks of memory, one behind the other, that are freed all at once. */
#include "mlpstep/arena.h"

#include "pages.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    SMALLEST = 1 << 16, /* blocks */
    LARGEST = 1 << 25,
    ALIGNMENT = alignof(max_align_t)
};

typedef struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
} block;

struct mlp_arena {
    block *blocks;
    size_t used, limit; /* bytes of all blocks, filled or not, and of those that it is beside */
    bool starved;
};

mlp_arena *mlp_arena_new(size_t limit) {
    mlp_arena *arena = calloc(1, sizeof *arena);
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
    for (block *b = arena->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(arena);
}

/* Blocks grow with what there is: the system is asked less often, and for what large pages hold. */
static size_t next_size(const mlp_arena *arena) {
    return arena->used < SMALLEST ? SMALLEST : arena->used < LARGEST ? arena->used : LARGEST;
}

/* A large request gets a block of its own behind the first one, which goes on being filled. */
static block *add_block(mlp_arena *arena, size_t bytes) {
    const size_t left = arena->limit - arena->used, next = next_size(arena);
    const bool large = bytes > next / 4;
    if (bytes > left)
        return NULL;
    const size_t size = large ? bytes : left < next ? left : next;
    block *fresh = calloc(1, sizeof *fresh + size);
    arena->starved |= !fresh;
    if (!fresh)
        return NULL;
    prefer_large_pages(fresh, sizeof *fresh + size);
    block **link = large && arena->blocks ? &arena->blocks->next : &arena->blocks;
    fresh->size = size;
    fresh->next = *link;
    *link = fresh;
    arena->used += size;
    return fresh;
}

void *mlp_arena_alloc(mlp_arena *arena, size_t count, size_t size) {
    if (count == 0 || size == 0)
        count = size = 1;
    if (size > (SIZE_MAX - sizeof(block) - ALIGNMENT) / count)
        return NULL;
    const size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = arena->blocks;
    if (!b || b->size - b->used < bytes)
        b = add_block(arena, bytes);
    if (!b)
        return NULL;
    void *memory = b->bytes + b->used;
    b->used += bytes;
    return memory;
}
