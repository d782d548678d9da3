/* The paths of all that can be imported or called, without the objects, which are made when they are
 * asked for: a run uses few of them. */
#ifndef MLPSTEP_PYTHON_NATIVE_INDEX_H
#define MLPSTEP_PYTHON_NATIVE_INDEX_H

#include "native.h"

typedef struct native_entry {
    const char *space, *name; /* the path is space.name; where name is NULL, it is space */
    native_make *make;        /* of the row; NULL: data is the row, or there is none */
    const void *data;         /* NULL and without make: a module */
} native_entry;

/* Zeroed, it is empty. */
typedef struct native_index {
    native_entry *entries; /* in the order in which they were added */
    size_t count, room;
    uint32_t *first; /* a hash table: 1 + the number of the last entry of this hash, or 0 */
    uint32_t *next;  /* of each entry: 1 + the number of the one before of its hash, or 0 */
    size_t capacity; /* of the table: 0 or a power of two */
    struct {
        const char *text;
        size_t length;
        uint64_t hash;
    } spaces[4];   /* of entries that were added last: mostly those of the next */
    size_t oldest; /* of them */
} native_index;

/* The entry, of several of one path the last; NULL: there is none. */
const native_entry *index_find(const native_index *index, const char *path);
/* The path; NULL of a module, and of what a module that has not been run may have. */
const char *index_path(script *s, const native_entry *e);
/* Adds the entry, and before it one for each module that its path is in. */
void index_add(script *s, native_index *index, native_entry entry);
/* Adds a module and those around it. */
void index_add_space(script *s, native_index *index, const char *space);

#endif
