/* What is written in the boxes of a graph, and beside its edges. */
#ifndef MLPSTEP_DERIVE_CAPTIONS_H
#define MLPSTEP_DERIVE_CAPTIONS_H

#include "graph.h"

enum {
    CAPTION_LINES = 3
};

typedef struct {
    const char
        *line[CAPTION_LINES]; /* the name, the operation, the shape; long names are cut off */
    size_t lines;
    const char *name; /* as a whole: of what has none, that of its operation */
    const char *shape;
} node_caption;

/* Texts of names are as mlp_text_write has them, and hold nothing that XML cannot. */
typedef struct {
    node_caption *nodes;
    const char **edges; /* "grad [0.25, -0.5]", "grad (2, 3)"; NULL: nothing is written there */
} captions;

/* False without memory. */
bool captions_make(captions *c, const graph *g, mlp_arena *arena, int precision);
/* How many columns of a font of one width the text takes: two for a character of East Asia. */
size_t caption_columns(const char *text);

#endif
