/* What belongs to the picture of a computation: nodes and edges. */
#ifndef MLPSTEP_DERIVE_GRAPH_H
#define MLPSTEP_DERIVE_GRAPH_H

#include "mlpstep/trace.h"

typedef enum {
    GRAPH_GIVEN,     /* the script gave it */
    GRAPH_PARAMETER, /* ... and an update changes it */
    GRAPH_OPERATION, /* with its result */
    GRAPH_LOSS,      /* what a backward() began with */
    GRAPH_KINDS
} graph_kind;

typedef struct {
    graph_kind kind;
    const char *name;      /* as the report has it; NULL: it has no entry */
    const char *operation; /* PyTorch's name of what computed it; NULL: nothing did */
    const mlp_tensor *tensor;
} graph_node;

/* Which gradient stands on an edge. */
typedef enum {
    GRAPH_NO_GRADIENT,
    GRAPH_NUMBERS, /* those of `gradient` */
    GRAPH_SHAPE    /* that of `gradient`: it is not known how much came back this way */
} graph_label;

typedef struct {
    size_t from, to; /* nodes; `from` stands before `to` in the list */
    graph_label label;
    const mlp_tensor *gradient;
} graph_edge;

typedef struct {
    graph_node *nodes;
    graph_edge *edges; /* in the order of `to`, and of what it reads */
    size_t node_count, edge_count;
} graph;

/* In the order in which everything came about. False, with a message, without memory. */
bool graph_make(graph *g, const mlp_trace *trace, mlp_diagnostic *error);

#endif
