/* The part of the autograd graph that lies between a leaf and the roots of a backward(). */
#ifndef MLPSTEP_CHECK_GRADIENT_PATH_H
#define MLPSTEP_CHECK_GRADIENT_PATH_H

#include "mlpstep/trace.h"

typedef struct {
    const mlp_step **graph; /* what the roots depend on, the latest first */
    size_t graph_count;
    const mlp_step **steps; /* those of them that depend on the leaf, the first first */
    size_t count;
    bool *marked; /* by the number of a value; all false between calls */
} gradient_path;

/* A path in the arena, long enough for any graph of the trace. False without memory. */
bool path_new(gradient_path *p, mlp_arena *arena, const mlp_trace *trace);

/* Fills graph, as backward() of the roots walks it: through values that require a gradient, up to
 * the leaves. What was detached is no part of it. */
void path_to(gradient_path *p, const mlp_root *roots);

/* Fills steps: the part of the graph that computes the roots anew when the leaf changes. */
void path_from(gradient_path *p, const mlp_value *leaf);

#endif
