#include "native_index.h"

#include "written.h"

#include "base/map.h"

#include <string.h>

/* A path in two parts: what stands before its last dot, if there is one, and what stands behind. */
typedef struct {
    const char *space, *name;
    size_t space_length, name_length;
} parts;

static parts parts_of_path(const char *path, size_t length) {
    size_t dot = length;
    while (dot > 0 && path[dot - 1] != '.')
        dot--;
    return (parts){path, path + dot, dot ? dot - 1 : 0, length - dot};
}

static parts parts_of(const native_entry *e) {
    return e->name ? (parts){e->space, e->name, strlen(e->space), strlen(e->name)}
                   : parts_of_path(e->space, strlen(e->space));
}

static bool is_same(const parts *a, const parts *b) {
    return a->name_length == b->name_length && a->space_length == b->space_length &&
           memcmp(a->name, b->name, a->name_length) == 0 &&
           memcmp(a->space, b->space, a->space_length) == 0;
}

static uint64_t space_hash(const parts *p) {
    return map_hash(p->space, p->space_length);
}

/* The place of the path, or the free one where it belongs. There is a free one. */
static uint32_t *place_of(const native_index *index, const parts *p, uint64_t hash) {
    const size_t last = index->capacity - 1;
    size_t i = (size_t)(hash * 3 + map_hash(p->name, p->name_length)) & last;
    for (; index->places[i]; i = (i + 1) & last) {
        const parts other = parts_of(&index->entries[index->places[i] - 1]);
        if (is_same(&other, p))
            break;
    }
    return &index->places[i];
}

static const native_entry *find(const native_index *index, const parts *p) {
    const uint32_t place = index->capacity ? *place_of(index, p, space_hash(p)) : 0;
    return place ? &index->entries[place - 1] : NULL;
}

const native_entry *index_find(const native_index *index, const char *path) {
    const parts p = parts_of_path(path, strlen(path));
    return find(index, &p);
}

enum {
    ENTRIES = 3072 /* more than there are; three quarters of a power of two */
};

static void grow(script *s, native_index *index) {
    native_index larger = *index;
    larger.room = index->room ? 2 * index->room : ENTRIES;
    larger.capacity = larger.room / 3 * 4;
    larger.entries = script_alloc(s, larger.room, sizeof *larger.entries);
    larger.places = script_alloc(s, larger.capacity, sizeof *larger.places);
    if (index->entries)
        memcpy(larger.entries, index->entries, index->count * sizeof *larger.entries);
    for (uint32_t i = 0; i < larger.count; i++) {
        const parts p = parts_of(&larger.entries[i]);
        *place_of(&larger, &p, space_hash(&p)) = i + 1;
    }
    *index = larger;
}

/* Returns whether there was one of its path. */
static bool append(script *s, native_index *index, const native_entry *entry, const parts *p,
                   uint64_t hash) {
    if (!index->entries || index->count == index->room)
        grow(s, index);
    index->entries[index->count++] = *entry;
    uint32_t *place = place_of(index, p, hash);
    const bool again = *place != 0;
    *place = (uint32_t)index->count;
    return again;
}

/* a, a.b and a.b.c, the longest of which is there only where the others are. */
static void add_spaces(script *s, native_index *index, const char *space, size_t length) {
    const parts whole = parts_of_path(space, length);
    if (length == 0 || find(index, &whole))
        return;
    add_spaces(s, index, space, whole.space_length);
    append(s, index, &(native_entry){.space = script_copy(s, space, length)}, &whole,
           space_hash(&whole));
}

/* Of neighbours the modules around them are mostly the same. */
bool index_add(script *s, native_index *index, native_entry entry) {
    const parts p = parts_of(&entry);
    if (p.space_length != index->last_length || !index->last ||
        memcmp(p.space, index->last, p.space_length) != 0) {
        add_spaces(s, index, p.space, p.space_length);
        index->last = p.space;
        index->last_length = p.space_length;
        index->last_hash = space_hash(&p);
    }
    return append(s, index, &entry, &p, index->last_hash);
}

void index_add_space(script *s, native_index *index, const char *space) {
    add_spaces(s, index, space, strlen(space));
}

const char *index_path(script *s, const native_entry *e) {
    if ((!e->make && !e->data) || e->make == written_recall)
        return NULL;
    return e->name ? script_join(s, script_join(s, e->space, "."), e->name) : e->space;
}
