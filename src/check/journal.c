#include "journal.h"

#include <string.h>

enum {
    SMALLEST_CHUNK = 1 << 16, /* bytes */
    FIRST_CHANGES = 64
};

/* Room for numbers, taken from the end of the last chunk that is in use. */
typedef struct chunk chunk;
struct chunk {
    chunk *before, *after;
    size_t size, used;
    char *bytes;
};

/* One value as it was. */
typedef struct {
    const mlp_value *value;
    size_t before; /* the change of the value before, counted from 1; 0: none */
    chunk *in;
    size_t at; /* where in the chunk */
} change;

struct journal {
    mlp_arena *arena;
    mlp_replay *replay;
    size_t *last; /* by the number of a value: its last change, counted from 1; 0: none */
    change *changes;
    size_t count, capacity;
    chunk *in_use;
};

journal *journal_new(mlp_arena *arena, mlp_replay *replay, size_t values) {
    journal *j = mlp_arena_alloc(arena, 1, sizeof *j);
    if (!j)
        return NULL;
    *j = (journal){.arena = arena, .replay = replay};
    j->last = mlp_arena_alloc(arena, values, sizeof *j->last);
    return j->last ? j : NULL;
}

size_t journal_mark(const journal *j) {
    return j->count;
}

static bool grow(journal *j) {
    if (j->count < j->capacity)
        return true;
    const size_t capacity = j->capacity ? 2 * j->capacity : FIRST_CHANGES;
    change *changes = mlp_arena_alloc(j->arena, capacity, sizeof *changes);
    if (!changes)
        return false;
    if (j->count)
        memcpy(changes, j->changes, j->count * sizeof *changes);
    j->changes = changes;
    j->capacity = capacity;
    return true;
}

/* A chunk behind the last one in use, with room for so many bytes. */
static chunk *add_chunk(journal *j, size_t bytes) {
    const size_t size = bytes > SMALLEST_CHUNK ? bytes : SMALLEST_CHUNK;
    chunk *c = mlp_arena_alloc(j->arena, 1, sizeof *c);
    if (!c)
        return NULL;
    *c = (chunk){.before = j->in_use, .size = size, .bytes = mlp_arena_alloc(j->arena, size, 1)};
    if (!c->bytes)
        return NULL;
    if (j->in_use) {
        c->after = j->in_use->after;
        j->in_use->after = c;
    }
    if (c->after)
        c->after->before = c;
    return c;
}

static chunk *find_room(journal *j, size_t bytes) {
    chunk *c = j->in_use;
    if (c && c->size - c->used >= bytes)
        return c;
    c = c ? c->after : NULL;
    if (!c || c->size < bytes)
        c = add_chunk(j, bytes);
    if (c)
        j->in_use = c;
    return c;
}

static size_t bytes_of(const mlp_tensor *t) {
    return t->numel * mlp_dtype_size(t->dtype);
}

bool journal_keep(journal *j, const mlp_value *value, size_t since) {
    const mlp_tensor *t = mlp_replay_tensor(j->replay, value);
    const size_t bytes = bytes_of(t);
    if (journal_has_changed(j, value, since))
        return true;
    chunk *c = grow(j) ? find_room(j, bytes) : NULL;
    if (!c)
        return false;
    change *to = &j->changes[j->count++];
    *to = (change){.value = value, .before = j->last[value->number], .in = c, .at = c->used};
    if (bytes)
        memcpy(c->bytes + c->used, t->data, bytes);
    c->used += bytes;
    j->last[value->number] = j->count;
    return true;
}

bool journal_has_changed(const journal *j, const mlp_value *value, size_t since) {
    return j->last[value->number] > since;
}

/* The last change is no more. */
static void drop(journal *j) {
    const change *c = &j->changes[--j->count];
    if (j->last[c->value->number] == j->count + 1)
        j->last[c->value->number] = c->before;
    c->in->used = c->at;
    while (j->in_use->used == 0 && j->in_use->before)
        j->in_use = j->in_use->before;
}

void journal_settle(journal *j, const mlp_value *value, size_t since) {
    const size_t last = j->last[value->number];
    if (last <= since)
        return;
    const change *c = &j->changes[last - 1];
    const mlp_tensor *t = mlp_replay_tensor(j->replay, value);
    const size_t bytes = bytes_of(t);
    if (bytes && memcmp(c->in->bytes + c->at, t->data, bytes) != 0)
        return;
    j->last[value->number] = c->before;
    if (last == j->count)
        drop(j);
}

void journal_go_back(journal *j, size_t to) {
    while (j->count > to) {
        const change *c = &j->changes[j->count - 1];
        mlp_tensor *t = mlp_replay_tensor(j->replay, c->value);
        if (bytes_of(t))
            memcpy(t->data, c->in->bytes + c->at, bytes_of(t));
        drop(j);
    }
}
