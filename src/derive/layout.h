/* Where boxes and the edges between them stand on paper.
 *
 * In layers, from top to bottom: a box stands below everything that an edge comes from, and what no
 * edge comes to stands right above the first box that it goes to. Between two layers is one for the
 * labels. An edge has a point of its own in each layer that it goes through, with room around it, so
 * that it crosses no box and no label. All is whole numbers: the same on every processor. */
#ifndef MLPSTEP_DERIVE_LAYOUT_H
#define MLPSTEP_DERIVE_LAYOUT_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"

enum {
    LAYOUT_LABEL_HEIGHT = 16,
    LAYOUT_LABEL_SHIFT = 6 /* from the edge to where its label begins */
};

typedef struct {
    int width, height; /* both even */
    int x, y;          /* are found: of its top left corner */
} layout_box;

/* A piece that goes straight down. */
typedef struct {
    int x, top, bottom;
} layout_piece;

typedef struct {
    size_t from, to; /* boxes; `from` stands before `to` in the list */
    int label_width; /* 0: no label */
    /* Are found: the first begins at the lower end of `from`, the last ends at the upper end of `to`;
     * from the end of one to the beginning of the next, nothing stands in between. */
    layout_piece *pieces;
    size_t count;
    size_t label; /* the piece that the label stands beside */
} layout_edge;

typedef struct {
    layout_box *boxes;
    layout_edge *edges;
    size_t box_count, edge_count;
    int width, height; /* are found */
} layout;

/* False, with a message, where that would be more than anybody can read, and without memory. */
bool layout_place(layout *l, mlp_arena *arena, mlp_diagnostic *error);

#endif
