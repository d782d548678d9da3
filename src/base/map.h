/* Names and what belongs to them: a hash table in an arena. */
#ifndef MLPSTEP_BASE_MAP_H
#define MLPSTEP_BASE_MAP_H

#include "mlpstep/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Zeroed, it is empty. */
typedef struct map {
    struct map_slot *slots;
    size_t capacity; /* 0 or a power of two */
    size_t count;
} map;

/* NULL where the key has no value. */
void *map_find(const map *m, const char *key);
/* Gives the key, which must live as long as the map, a value that is not NULL. Fails without
 * memory. */
bool map_put(map *m, mlp_arena *arena, const char *key, void *value);

/* Of a text, for other tables. */
uint64_t map_hash(const char *text, size_t length);

#endif
