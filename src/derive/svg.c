/* The picture as SVG: one element, nothing fetched, nothing that runs. */
#include "draw.h"

#include "xml.h"

#include "base/out_of_memory.h"

enum {
    COLUMN = 8,       /* of a font of one width that is 13 high */
    SMALL_COLUMN = 7, /* ... 11 high */
    LINE = 16,
    PADDING = 12, /* at both sides of the widest line of a box */
    FRAME = 8,    /* above its first line, and below the last one */
    ROUND = 12,   /* the corners of an operation */
    INSET = 3,    /* of the second frame of a loss */
    HEAD = 7,     /* the length of an arrow's */
    HALF_HEAD = 4
};

/* Whoever embeds the element may have classes and colours of their own: these bear a name. */
static const char style[] =
    "<style>\n"
    ".mlpstep-graph text{font:13px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
    "fill:#1f2328;text-anchor:middle}\n"
    ".mlpstep-graph text.name{font-weight:bold}\n"
    ".mlpstep-graph text.grad{font-size:11px;fill:#9a3412;text-anchor:start}\n"
    ".mlpstep-graph rect{fill:#fff;stroke:#57606a;stroke-width:1.2}\n"
    ".mlpstep-graph rect.paper{stroke:none}\n"
    ".mlpstep-graph .given rect{fill:#f6f8fa;stroke-dasharray:5 3}\n"
    ".mlpstep-graph .parameter rect{fill:#ddf4ff;stroke:#0969da;stroke-width:2.5}\n"
    ".mlpstep-graph .loss rect{fill:#dafbe1;stroke:#1a7f37}\n"
    ".mlpstep-graph path{fill:none;stroke:#57606a;stroke-width:1.2}\n"
    ".mlpstep-graph path.head{fill:#57606a;stroke:none}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".mlpstep-graph text{fill:#e6edf3}\n"
    ".mlpstep-graph text.grad{fill:#ffa657}\n"
    ".mlpstep-graph rect{fill:#161b22;stroke:#8b949e}\n"
    ".mlpstep-graph rect.paper{fill:#0d1117}\n"
    ".mlpstep-graph .given rect{fill:#0d1117}\n"
    ".mlpstep-graph .parameter rect{fill:#10233f;stroke:#58a6ff}\n"
    ".mlpstep-graph .loss rect{fill:#12261e;stroke:#3fb950}\n"
    ".mlpstep-graph path{stroke:#8b949e}\n"
    ".mlpstep-graph path.head{fill:#8b949e}\n"
    "}\n"
    "</style>\n";

/* --- for those who do not see it --- */

static void write_counts(FILE *out, const graph *g) {
    size_t count[GRAPH_KINDS] = {0};
    for (size_t n = 0; n < g->node_count; n++)
        count[g->nodes[n].kind]++;
    fprintf(out,
            "Given, with a dashed frame: %zu. Parameters, with a thick one: %zu. Operations with "
            "their results, with round corners: %zu. What backward() began with, with two frames: "
            "%zu. Arrows lead from what is read to what reads it; beside them stands the gradient "
            "that came back, or its shape.\n",
            count[GRAPH_GIVEN], count[GRAPH_PARAMETER], count[GRAPH_OPERATION], count[GRAPH_LOSS]);
}

/* h (1, 3) = leaky_relu of w1(x): edges are in the order of their nodes. */
static void write_nodes_as_text(FILE *out, const graph *g, const captions *c) {
    for (size_t n = 0, e = 0; n < g->node_count; n++) {
        if (!g->nodes[n].operation)
            continue;
        xml_escape(out, c->nodes[n].name);
        fprintf(out, " %s is ", c->nodes[n].shape);
        xml_escape(out, g->nodes[n].operation);
        for (const char *before = " of "; e < g->edge_count && g->edges[e].to == n; e++) {
            fputs(before, out);
            xml_escape(out, c->nodes[g->edges[e].from].name);
            before = ", ";
        }
        fputs(".\n", out);
    }
}

/* --- what is seen --- */

static void write_frame(FILE *out, const layout_box *box, int inset, int round) {
    fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", box->x + inset,
            box->y + inset, box->width - 2 * inset, box->height - 2 * inset);
    if (round)
        fprintf(out, " rx=\"%d\"", round);
    fputs("/>\n", out);
}

static void write_box(FILE *out, const graph_node *node, const node_caption *c,
                      const layout_box *box) {
    static const char *const classes[GRAPH_KINDS] = {[GRAPH_GIVEN] = "given",
                                                     [GRAPH_PARAMETER] = "parameter",
                                                     [GRAPH_OPERATION] = "operation",
                                                     [GRAPH_LOSS] = "loss"};
    fprintf(out, "<g class=\"%s\">\n<title>", classes[node->kind]);
    xml_escape(out, c->name);
    fprintf(out, " %s</title>\n", c->shape);
    write_frame(out, box, 0, node->operation ? ROUND : 0);
    if (node->kind == GRAPH_LOSS)
        write_frame(out, box, INSET, node->operation ? ROUND - INSET : 0);
    for (size_t i = 0; i < c->lines; i++) {
        fprintf(out, "<text x=\"%d\" y=\"%d\"%s>", box->x + box->width / 2,
                box->y + FRAME + LINE * (int)i + 12, i == 0 && node->name ? " class=\"name\"" : "");
        xml_escape(out, c->line[i]);
        fputs("</text>\n", out);
    }
    fputs("</g>\n", out);
}

/* Straight down through each layer, and in a curve to where it goes through the next one. */
static void write_edge(FILE *out, const layout_edge *edge, const char *label) {
    const layout_piece *piece = edge->pieces, *end = &edge->pieces[edge->count - 1];
    fprintf(out, "<path d=\"M%d %dV%d", piece->x, piece->top, piece->bottom);
    for (size_t k = 1; k < edge->count; k++) {
        const layout_piece *next = &edge->pieces[k];
        const int middle = (piece->bottom + next->top) / 2;
        fprintf(out, "C%d %d %d %d %d %dV%d", piece->x, middle, next->x, middle, next->x, next->top,
                next->bottom);
        piece = next;
    }
    fprintf(out, "\"/>\n<path class=\"head\" d=\"M%d %dl%d %dh%dz\"/>\n", end->x, end->bottom,
            -HALF_HEAD, -HEAD, 2 * HALF_HEAD);
    if (!label)
        return;
    piece = &edge->pieces[edge->label];
    fprintf(out, "<text class=\"grad\" x=\"%d\" y=\"%d\">", piece->x + LAYOUT_LABEL_SHIFT,
            (piece->top + piece->bottom) / 2 + 4);
    xml_escape(out, label);
    fputs("</text>\n", out);
}

void svg_write(FILE *out, const graph *g, const captions *c, const layout *l) {
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mlpstep-graph\" role=\"img\" "
            "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
            "<title>The graph of a computation</title>\n<desc>",
            l->width, l->height, l->width, l->height);
    write_counts(out, g);
    write_nodes_as_text(out, g, c);
    fprintf(out, "</desc>\n%s<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", style, l->width,
            l->height);
    for (size_t e = 0; e < l->edge_count; e++)
        write_edge(out, &l->edges[e], c->edges[e]);
    for (size_t n = 0; n < l->box_count; n++)
        write_box(out, &g->nodes[n], &c->nodes[n], &l->boxes[n]);
    fputs("</svg>\n", out);
}

/* --- the layout --- */

static void size_box(layout_box *box, const node_caption *c) {
    size_t columns = 0;
    for (size_t i = 0; i < c->lines; i++)
        columns = caption_columns(c->line[i]) > columns ? caption_columns(c->line[i]) : columns;
    box->width = COLUMN * (int)columns + 2 * PADDING;
    box->height = LINE * (int)c->lines + 2 * FRAME - 2;
}

bool svg_lay_out(layout *l, const graph *g, const captions *c, mlp_arena *arena,
                 mlp_diagnostic *error) {
    *l = (layout){.box_count = g->node_count, .edge_count = g->edge_count};
    l->boxes = mlp_arena_alloc(arena, l->box_count, sizeof *l->boxes);
    l->edges = mlp_arena_alloc(arena, l->edge_count, sizeof *l->edges);
    if (!l->boxes || !l->edges)
        return out_of_memory(error, arena, "the graph needs");
    for (size_t n = 0; n < l->box_count; n++)
        size_box(&l->boxes[n], &c->nodes[n]);
    for (size_t e = 0; e < l->edge_count; e++) {
        const char *label = c->edges[e];
        l->edges[e] =
            (layout_edge){.from = g->edges[e].from,
                          .to = g->edges[e].to,
                          .label_width = label ? SMALL_COLUMN * (int)caption_columns(label) : 0};
    }
    return layout_place(l, arena, error);
}
