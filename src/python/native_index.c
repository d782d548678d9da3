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

/* The same of a whole string, where the C library looks for both ends many bytes at a time. */
static parts parts_of_text(const char *path) {
    const char *dot = strrchr(path, '.');
    const char *name = dot ? dot + 1 : path;
    return (parts){path, name, dot ? (size_t)(dot - path) : 0, strlen(name)};
}

static parts parts_of(const native_entry *e) {
    return e->name ? (parts){e->space, e->name, strlen(e->space), strlen(e->name)}
                   : parts_of_text(e->space);
}

static bool is_same(const parts *a, const parts *b) {
    return a->name_length == b->name_length && a->space_length == b->space_length &&
           memcmp(a->name, b->name, a->name_length) == 0 &&
           memcmp(a->space, b->space, a->space_length) == 0;
}

static uint64_t space_hash(const parts *p) {
    return map_hash(p->space, p->space_length);
}

static uint32_t *first_of(const native_index *index, const parts *p, uint64_t hash) {
    const uint64_t both = hash * 3 + map_hash(p->name, p->name_length);
    return &index->first[(size_t)both & (index->capacity - 1)];
}

static const native_entry *find(const native_index *index, const parts *p) {
    uint32_t at = index->capacity ? *first_of(index, p, space_hash(p)) : 0;
    for (; at; at = index->next[at - 1]) {
        const parts other = parts_of(&index->entries[at - 1]);
        if (is_same(&other, p))
            return &index->entries[at - 1];
    }
    return NULL;
}

const native_entry *index_find(const native_index *index, const char *path) {
    const parts p = parts_of_text(path);
    return find(index, &p);
}

enum {
    ENTRIES = 3072 /* more than there are; three quarters of a power of two */
};

static void link_in(native_index *index, uint32_t i, const parts *p, uint64_t hash) {
    uint32_t *first = first_of(index, p, hash);
    index->next[i] = *first;
    *first = i + 1;
}

static void grow(script *s, native_index *index) {
    native_index larger = *index;
    larger.room = index->room ? 2 * index->room : ENTRIES;
    larger.capacity = larger.room / 3 * 4;
    larger.entries = script_alloc(s, larger.room, sizeof *larger.entries);
    larger.next = script_alloc(s, larger.room, sizeof *larger.next);
    larger.first = script_alloc(s, larger.capacity, sizeof *larger.first);
    if (index->entries)
        memcpy(larger.entries, index->entries, index->count * sizeof *larger.entries);
    for (uint32_t i = 0; i < larger.count; i++) {
        const parts p = parts_of(&larger.entries[i]);
        link_in(&larger, i, &p, space_hash(&p));
    }
    *index = larger;
}

static void append(script *s, native_index *index, const native_entry *entry, const parts *p,
                   uint64_t hash) {
    if (!index->entries || index->count == index->room)
        grow(s, index);
    index->entries[index->count] = *entry;
    link_in(index, (uint32_t)index->count++, p, hash);
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

/* The hash of the path's space; of a new one the modules around it are added. */
static uint64_t enter_space(script *s, native_index *index, const parts *p) {
    enum {
        SPACES = sizeof index->spaces / sizeof *index->spaces
    };
    for (size_t i = 0; i < SPACES; i++)
        if (index->spaces[i].text && index->spaces[i].length == p->space_length &&
            memcmp(index->spaces[i].text, p->space, p->space_length) == 0)
            return index->spaces[i].hash;
    add_spaces(s, index, p->space, p->space_length);
    const size_t at = index->oldest;
    index->oldest = (at + 1) % SPACES;
    index->spaces[at].text = p->space;
    index->spaces[at].length = p->space_length;
    index->spaces[at].hash = space_hash(p);
    return index->spaces[at].hash;
}

void index_add(script *s, native_index *index, native_entry entry) {
    const parts p = parts_of(&entry);
    append(s, index, &entry, &p, enter_space(s, index, &p));
}

void index_add_space(script *s, native_index *index, const char *space) {
    add_spaces(s, index, space, strlen(space));
}

const char *index_path(script *s, const native_entry *e) {
    if ((!e->make && !e->data) || e->make == written_recall)
        return NULL;
    return e->name ? script_join(s, script_join(s, e->space, "."), e->name) : e->space;
}
