/* A trace in, a picture out. */
#include "draw.h"

#include "base/out_of_memory.h"

bool picture_make(picture *p, const mlp_trace *trace, const mlp_graph_options *options,
                  mlp_diagnostic *error) {
    *p = (picture){.format = options->format};
    if (!graph_make(&p->g, trace, error))
        return false;
    if (p->g.node_count == 0)
        return mlp_error(error, "there is nothing to draw: no tensor is computed from another one");
    if (!captions_make(&p->c, &p->g, trace->arena, options->precision))
        return out_of_memory(error, trace->arena, "the graph needs");
    return p->format != MLP_GRAPH_SVG || svg_lay_out(&p->l, &p->g, &p->c, trace->arena, error);
}

void picture_write(FILE *out, const picture *p) {
    if (p->format == MLP_GRAPH_SVG)
        svg_write(out, &p->g, &p->c, &p->l);
    else
        dot_write(out, &p->g, &p->c);
}

bool mlp_graph_write(FILE *out, const mlp_trace *trace, const mlp_graph_options *options,
                     mlp_diagnostic *error) {
    picture p;
    if (!picture_make(&p, trace, options, error))
        return false;
    picture_write(out, &p);
    return true;
}
