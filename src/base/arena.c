/* Blocks of memory, one behind the other, that are freed all at once; and, where it is collected, a
 * heap. */
#include "mlpstep/arena.h"

#include "heap.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    SMALLEST = 1 << 18, /* blocks: calloc gets as much from the system, and need not clear it */
    LARGEST = 1 << 20,
    ALIGNMENT = alignof(max_align_t)
};

typedef struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
} block;

struct mlp_arena {
    block *blocks;
    block *zeros; /* the first is the largest; what the system has cleared takes no memory yet */
    heap *heap;   /* what is allocated comes from there; NULL: from the blocks */
    quota quota;  /* used: of all blocks, filled or not, and of those that it is beside */
};

mlp_arena *mlp_arena_new(size_t limit) {
    mlp_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->quota.limit = limit;
    return arena;
}

mlp_arena *mlp_arena_new_beside(const mlp_arena *other) {
    mlp_arena *arena = mlp_arena_new(other->quota.limit);
    if (arena)
        arena->quota.used = other->quota.used;
    return arena;
}

size_t mlp_arena_limit(const mlp_arena *arena) {
    return arena->quota.limit;
}

bool mlp_arena_starved(const mlp_arena *arena) {
    return arena->quota.starved;
}

static void free_blocks(block *blocks) {
    for (block *next; blocks; blocks = next) {
        next = blocks->next;
        free(blocks);
    }
}

void mlp_arena_free(mlp_arena *arena) {
    if (!arena)
        return;
    heap_free(arena->heap);
    free_blocks(arena->blocks);
    free_blocks(arena->zeros);
    free(arena);
}

/* Blocks grow with what there is, so that the system is asked less often; but larger ones, once freed,
 * are kept in part. */
static size_t next_size(const mlp_arena *arena) {
    const size_t used = arena->quota.used;
    return used < SMALLEST ? SMALLEST : used < LARGEST ? used : LARGEST;
}

/* A block of that size, put where the link is; NULL where there is no memory for it. */
static block *new_block(mlp_arena *arena, size_t size, block **link) {
    if (size > arena->quota.limit - arena->quota.used)
        return NULL;
    block *fresh = calloc(1, sizeof *fresh + size);
    arena->quota.starved |= !fresh;
    if (!fresh)
        return NULL;
    fresh->size = size;
    fresh->next = *link;
    *link = fresh;
    arena->quota.used += size;
    return fresh;
}

/* A large request gets a block of its own behind the first one, which goes on being filled. */
static block *add_block(mlp_arena *arena, size_t bytes) {
    const size_t left = arena->quota.limit - arena->quota.used, next = next_size(arena);
    const bool large = bytes > next / 4;
    block **link = large && arena->blocks ? &arena->blocks->next : &arena->blocks;
    return new_block(arena, large || bytes > left ? bytes : left < next ? left : next, link);
}

static void *alloc(mlp_arena *arena, size_t count, size_t size, cell_kind kind) {
    if (count == 0 || size == 0)
        count = size = 1;
    if (size > (SIZE_MAX - sizeof(block) - ALIGNMENT) / count)
        return NULL;
    const size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->heap)
        return heap_alloc(arena->heap, bytes, kind);
    block *b = arena->blocks;
    if (!b || b->size - b->used < bytes)
        b = add_block(arena, bytes);
    if (!b)
        return NULL;
    void *memory = b->bytes + b->used;
    b->used += bytes;
    return memory;
}

void *mlp_arena_alloc(mlp_arena *arena, size_t count, size_t size) {
    return alloc(arena, count, size, CELL_OF_POINTERS);
}

void *mlp_arena_numbers(mlp_arena *arena, size_t count, size_t size) {
    return alloc(arena, count, size, CELL_PLAIN);
}

void *mlp_arena_unset(mlp_arena *arena, size_t count, size_t size) {
    return alloc(arena, count, size, CELL_UNSET);
}

void *mlp_arena_zeros(mlp_arena *arena, size_t count, size_t size) {
    if (size && count > (SIZE_MAX - sizeof(block)) / size)
        return NULL;
    const size_t bytes = count * size;
    if (!arena->zeros || arena->zeros->size < bytes)
        return new_block(arena, bytes, &arena->zeros) ? arena->zeros->bytes : NULL;
    return arena->zeros->bytes;
}

bool mlp_arena_begin_collecting(mlp_arena *arena, const void *base) {
    arena->heap = heap_new(&arena->quota, base);
    arena->quota.starved |= !arena->heap;
    return arena->heap != NULL;
}

bool mlp_arena_is_due(const mlp_arena *arena) {
    return arena->heap && heap_is_due(arena->heap);
}

void mlp_arena_collect(mlp_arena *arena) {
    if (!heap_begin(arena->heap))
        return;
    for (const block *b = arena->blocks; b; b = b->next)
        heap_mark(arena->heap, b->bytes, b->used);
    heap_sweep(arena->heap);
}
