/* A trace in, a picture out. */
#include "draw.h"

#include "mlpstep/graph.h"

#include "base/out_of_memory.h"

bool mlp_graph_write(FILE *out, const mlp_trace *trace, const mlp_graph_options *options,
                     mlp_diagnostic *error) {
    graph g;
    captions c = {0};
    if (!graph_make(&g, trace, error))
        return false;
    if (g.node_count == 0)
        return mlp_error(error, "there is nothing to draw: no tensor is computed from another one");
    if (!captions_make(&c, &g, trace->arena, options->precision))
        return out_of_memory(error, trace->arena, "the graph needs");
    if (options->format == MLP_GRAPH_SVG)
        return draw_svg(out, &g, &c, trace->arena, error);
    draw_dot(out, &g, &c);
    return true;
}
