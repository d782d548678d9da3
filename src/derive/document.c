#include "document.h"

#include <string.h>

block *document_add(document *d, block_kind kind, size_t count, const math *const *sides) {
    bool whole = !d->failed;
    for (size_t i = 0; i < count && whole; i++)
        whole = sides[i] != NULL;
    block *b = whole ? mlp_arena_alloc(d->arena, 1, sizeof *b) : NULL;
    const math **copy = b ? mlp_arena_alloc(d->arena, count, sizeof(math *)) : NULL;
    if (!copy) {
        d->failed = true;
        return NULL;
    }
    if (count)
        memcpy(copy, sides, count * sizeof(math *));
    b->kind = kind;
    b->sides = copy;
    b->count = count;
    if (d->last)
        d->last->next = b;
    else
        d->first = b;
    d->last = b;
    return b;
}
