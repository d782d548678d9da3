#include "map.h"

#include <string.h>

struct map_slot {
    const char *key; /* NULL: free */
    uint64_t hash;   /* of the key */
    void *value;
};

static uint64_t mix(uint64_t h, uint64_t word) {
    h = (h ^ word) * 0x9e3779b97f4a7c15;
    return h ^ h >> 32;
}

static uint64_t word_at(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* Eight bytes at a time, the last eight as well where they begin within those before. */
uint64_t map_hash(const char *text, size_t length) {
    uint64_t h = length, word = 0;
    if (length < sizeof word) {
        for (size_t i = 0; i < length; i++)
            word = word << 8 | (unsigned char)text[i];
        return mix(h, word);
    }
    for (size_t i = 0; i + sizeof word < length; i += sizeof word)
        h = mix(h, word_at(text + i));
    return mix(h, word_at(text + length - sizeof word));
}

static uint64_t hash(const char *key) {
    return map_hash(key, strlen(key));
}

/* The key's slot, or the free one where it belongs. There is a free one. */
static struct map_slot *slot_of(const map *m, const char *key, uint64_t h) {
    size_t i = (size_t)h & (m->capacity - 1);
    while (m->slots[i].key && (m->slots[i].hash != h || strcmp(m->slots[i].key, key) != 0))
        i = (i + 1) & (m->capacity - 1);
    return &m->slots[i];
}

void *map_find(const map *m, const char *key) {
    return m->count ? slot_of(m, key, hash(key))->value : NULL;
}

static bool grow(map *m, mlp_arena *arena) {
    map larger = {.capacity = m->capacity ? m->capacity * 2 : 8, .count = m->count};
    larger.slots = mlp_arena_alloc(arena, larger.capacity, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < m->capacity; i++)
        if (m->slots[i].key)
            *slot_of(&larger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    *m = larger;
    return true;
}

bool map_put(map *m, mlp_arena *arena, const char *key, void *value) {
    if (m->count * 2 >= m->capacity && !grow(m, arena))
        return false;
    const uint64_t h = hash(key);
    struct map_slot *slot = slot_of(m, key, h);
    m->count += !slot->key;
    *slot = (struct map_slot){slot->key ? slot->key : key, h, value};
    return true;
}
