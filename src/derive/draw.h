/* A picture of a graph, and its writers. */
#ifndef MLPSTEP_DERIVE_DRAW_H
#define MLPSTEP_DERIVE_DRAW_H

#include "captions.h"
#include "layout.h"

#include "mlpstep/graph.h"

#include <stdio.h>

typedef struct {
    mlp_graph_format format;
    graph g;
    captions c;
    layout l; /* of an SVG */
} picture;

/* All that may fail: false with a message where there is nothing to draw, where it cannot be laid
 * out, and without memory. */
bool picture_make(picture *p, const mlp_trace *trace, const mlp_graph_options *options,
                  mlp_diagnostic *error);
void picture_write(FILE *out, const picture *p);

bool svg_lay_out(layout *l, const graph *g, const captions *c, mlp_arena *arena,
                 mlp_diagnostic *error);
void svg_write(FILE *out, const graph *g, const captions *c, const layout *l);
void dot_write(FILE *out, const graph *g, const captions *c);

#endif
