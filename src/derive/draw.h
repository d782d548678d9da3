/* The writers of a graph. */
#ifndef MLPSTEP_DERIVE_DRAW_H
#define MLPSTEP_DERIVE_DRAW_H

#include "captions.h"

#include <stdio.h>

/* False, with a message and nothing written, where it cannot be laid out, and without memory. */
bool draw_svg(FILE *out, const graph *g, const captions *c, mlp_arena *arena,
              mlp_diagnostic *error);
void draw_dot(FILE *out, const graph *g, const captions *c);

#endif
