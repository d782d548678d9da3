/* A digraph for Graphviz, in the colours of torchviz. */
#include "draw.h"

/* A label between quotes, in which Graphviz reads \ and & as the beginning of something else. */
static void write_text(FILE *out, const char *text) {
    for (; *text; text++)
        if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else if (*text == '&')
            fputs("&amp;", out);
        else
            fputc(*text, out);
}

static void write_node(FILE *out, size_t n, graph_kind kind, const node_caption *c) {
    static const char *const looks[GRAPH_KINDS] = {
        [GRAPH_GIVEN] = "style=\"filled,dashed\", fillcolor=white",
        [GRAPH_PARAMETER] = "style=\"filled,bold\", fillcolor=lightblue",
        [GRAPH_OPERATION] = "style=\"filled,rounded\", fillcolor=lightgrey",
        [GRAPH_LOSS] = "style=\"filled,rounded\", fillcolor=darkolivegreen1, peripheries=2"};
    fprintf(out, "    n%zu [label=\"", n);
    for (size_t i = 0; i < c->lines; i++) {
        fputs(i ? "\\n" : "", out);
        write_text(out, c->line[i]);
    }
    fprintf(out, "\", %s];\n", looks[kind]);
}

static void write_edge(FILE *out, const graph_edge *edge, const char *label) {
    fprintf(out, "    n%zu -> n%zu", edge->from, edge->to);
    if (label) {
        fputs(" [label=\" ", out);
        write_text(out, label);
        fputs("\"]", out);
    }
    fputs(";\n", out);
}

void dot_write(FILE *out, const graph *g, const captions *c) {
    fputs("digraph mlpstep {\n"
          "    rankdir=TB;\n"
          "    node [shape=box, fontname=\"monospace\", fontsize=10, height=0.2];\n"
          "    edge [fontname=\"monospace\", fontsize=9];\n",
          out);
    for (size_t n = 0; n < g->node_count; n++)
        write_node(out, n, g->nodes[n].kind, &c->nodes[n]);
    for (size_t e = 0; e < g->edge_count; e++)
        write_edge(out, &g->edges[e], c->edges[e]);
    fputs("}\n", out);
}
