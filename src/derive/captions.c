#include "captions.h"

#include "xml.h"

#include "base/buffer.h"

#include <math.h>
#include <string.h>

enum {
    MOST_COLUMNS = 40, /* of a name */
    MOST_NUMBERS = 4   /* of a gradient that is written out */
};

static size_t columns_of(unsigned code) {
    return code < 0x1100 || code == 0x2026 ? 1 : 2;
}

size_t caption_columns(const char *text) {
    size_t columns = 0;
    for (; *text; text = text_skip(text, 1))
        columns += columns_of(text_code(text));
    return columns;
}

/* The text as it may be shown, cut off behind so many columns. */
static const char *shown_text(mlp_arena *arena, const char *text, size_t most) {
    buffer b = {.arena = arena};
    char one[TEXT_SHOWN];
    size_t columns = 0;
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = xml_show(text, left, one);
        columns += caption_columns(one);
        if (columns > most) {
            buffer_text(&b, "\xE2\x80\xA6"); /* an ellipsis */
            break;
        }
        buffer_text(&b, one);
    }
    return b.failed || b.bytes ? b.bytes : "";
}

/* As torchviz writes it: (2, 3). */
static const char *shape_of(mlp_arena *arena, const mlp_tensor *tensor) {
    char text[MLP_SHAPE_TEXT];
    mlp_shape_text(text, tensor);
    text[0] = '(';
    text[strlen(text) - 1] = ')';
    return mlp_arena_copy(arena, text, strlen(text));
}

/* How many dimensions have their first element at i; at the end of one, those that end there. */
static size_t brackets_at(const mlp_tensor *tensor, size_t i) {
    size_t count = 0, size = 1;
    for (size_t dim = tensor->ndim; dim-- > 0; count++) {
        size *= tensor->shape[dim];
        if (i % size != 0)
            break;
    }
    return count;
}

static const char *numbers_of(mlp_arena *arena, const mlp_tensor *tensor, int precision) {
    buffer b = {.arena = arena};
    buffer_text(&b, "grad ");
    for (size_t i = 0; i < tensor->numel; i++) {
        const double number = mlp_tensor_get(tensor, i);
        buffer_text(&b, i ? ", " : "");
        buffer_fill(&b, '[', brackets_at(tensor, i));
        buffer_printf(&b, "%.*f", precision, isnan(number) ? fabs(number) : number);
        buffer_fill(&b, ']', brackets_at(tensor, i + 1));
    }
    return b.failed ? NULL : b.bytes;
}

static bool caption_edge(const char **text, const graph_edge *edge, mlp_arena *arena,
                         int precision) {
    if (edge->label == GRAPH_NO_GRADIENT)
        return true;
    const size_t numel = edge->gradient->numel;
    if (edge->label == GRAPH_NUMBERS && numel > 0 && numel <= MOST_NUMBERS)
        return (*text = numbers_of(arena, edge->gradient, precision)) != NULL;
    const char *shape = shape_of(arena, edge->gradient);
    return shape && (*text = mlp_arena_printf(arena, "grad %s", shape));
}

static bool add_line(node_caption *c, const char *line) {
    c->line[c->lines++] = line;
    return line != NULL;
}

static bool caption_node(node_caption *c, const graph_node *node, mlp_arena *arena) {
    const char *name = node->name ? node->name : node->operation;
    c->name = shown_text(arena, name ? name : "tensor", SIZE_MAX);
    c->shape = shape_of(arena, node->tensor);
    return c->name && c->shape &&
           (!node->name || add_line(c, shown_text(arena, node->name, MOST_COLUMNS))) &&
           (!node->operation || add_line(c, shown_text(arena, node->operation, MOST_COLUMNS))) &&
           add_line(c, c->shape);
}

bool captions_make(captions *c, const graph *g, mlp_arena *arena, int precision) {
    c->nodes = mlp_arena_alloc(arena, g->node_count, sizeof *c->nodes);
    c->edges = mlp_arena_alloc(arena, g->edge_count, sizeof *c->edges);
    bool well = c->nodes && c->edges;
    for (size_t n = 0; n < g->node_count && well; n++)
        well = caption_node(&c->nodes[n], &g->nodes[n], arena);
    for (size_t e = 0; e < g->edge_count && well; e++)
        well = caption_edge(&c->edges[e], &g->edges[e], arena, precision);
    return well;
}
