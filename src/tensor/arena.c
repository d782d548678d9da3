#include "mlpstep/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 1 << 16,
    ALIGNMENT = alignof(max_align_t)
};

typedef struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
} block;

struct mlp_arena {
    block *blocks;
    size_t used, limit;
};

mlp_arena *mlp_arena_new(size_t limit) {
    mlp_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->limit = limit;
    return arena;
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

void *mlp_arena_alloc(mlp_arena *arena, size_t count, size_t size) {
    if (count == 0)
        count = size = 1;
    if (size > SIZE_MAX / count || count * size > arena->limit - arena->used)
        return NULL;
    const size_t bytes = count * size;
    block *b = arena->blocks;
    if (!b || b->size - b->used < bytes) {
        const size_t capacity = bytes > BLOCK ? bytes : BLOCK;
        block *fresh = calloc(1, sizeof *fresh + capacity);
        if (!fresh)
            return NULL;
        fresh->size = capacity;
        fresh->next = b;
        b = arena->blocks = fresh;
    }
    void *memory = b->bytes + b->used;
    const size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    b->used += rounded < b->size - b->used ? rounded : b->size - b->used;
    arena->used += bytes;
    return memory;
}

char *mlp_arena_copy(mlp_arena *arena, const char *text, size_t length) {
    char *copy = length < SIZE_MAX ? mlp_arena_alloc(arena, length + 1, 1) : NULL;
    if (copy && length)
        memcpy(copy, text, length);
    return copy;
}

char *mlp_arena_vprintf(mlp_arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : mlp_arena_alloc(arena, (size_t)length + 1, 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *mlp_arena_printf(mlp_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = mlp_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
