/* A trace in, a picture of its computation out. */
#ifndef MLPSTEP_GRAPH_H
#define MLPSTEP_GRAPH_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_graph_format {
    MLP_GRAPH_SVG, /* an element <svg>, which is a file by itself and may stand in a page of HTML */
    MLP_GRAPH_DOT  /* a digraph for Graphviz */
} mlp_graph_format;

typedef struct mlp_graph_options {
    mlp_graph_format format;
    int precision; /* decimals of a gradient's numbers, 0 to MLP_MAX_PRECISION; 6 */
} mlp_graph_options;

/* Draws what the forward sections of a finished trace show, and whatever the roots of its backwards
 * were computed from: given tensors, parameters, operations with their results. An edge goes from
 * what is read to the operation that reads it; on it stands the gradient that came back that way:
 * up to four numbers, or the shape. The bytes are the same from every compiler.
 *
 * False, with one diagnostic and nothing written, where there is nothing to draw, where an SVG would
 * have more boxes, or longer ways around them, than anybody can read, and without memory. Whether `out`
 * took the text is for the caller to ask, with ferror. Numbers have the decimal point of the current
 * LC_NUMERIC. */
bool mlp_graph_write(FILE *out, const mlp_trace *trace, const mlp_graph_options *options,
                     mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
