/* What is written, whatever the format: the values of a report, each with a name of its own. */
#ifndef MLPSTEP_FORMATS_ITEMS_H
#define MLPSTEP_FORMATS_ITEMS_H

#include "mlpstep/formats.h"

#include "base/map.h"

typedef struct item {
    const char *name; /* as in the report: there may be several in a section */
    const mlp_tensor *tensor;
    const char *section; /* forward, backward, step */
    uint64_t step;       /* from 1 */
} item;

typedef struct items {
    item *item;
    size_t count;
    bool several_steps;
} items;

/* In the arena of the trace. */
bool items_collect(items *all, const mlp_trace *trace, const char *const *only,
                   mlp_diagnostic *error);

/* The key itself, or, where it is taken, key SEPARATOR 2, or the next number that is free; notes that
 * it is taken. NULL without memory. */
const char *unique_key(map *taken, mlp_arena *arena, const char *key, const char *separator);
/* The name, or, of one that is too long for other programs, its beginning and "...": the text of a
 * call may be a whole list. NULL without memory. */
const char *short_name(mlp_arena *arena, const char *name);

#endif
