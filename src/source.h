/* A file that is read whole: a script, or the answers to it. */
#ifndef MLPSTEP_SOURCE_H
#define MLPSTEP_SOURCE_H

#include "mlpstep/cells.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct source {
    const char *name; /* for messages */
    char *text;       /* allocated, from source_read; else borrowed */
    size_t length;
    mlp_cells cells; /* of a script that is a notebook or the like */
} source;

/* Reads the file, or standard input where the path is "-". False with errno; whatever it says,
 * s->text is to be freed. */
bool source_read(source *s, const char *path);

#endif
