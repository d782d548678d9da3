#include "layout.h"

#include "layout_items.h"

#include "base/out_of_memory.h"

#include <string.h>

enum {
    MOST_BOXES = 1000,
    MOST_ITEMS = 100000, /* boxes and points */
    MARGIN = 16,
    ABOVE_LABELS = 14, /* an edge may change its column there, ... */
    ABOVE_BOXES = 24   /* ... and does so more often here */
};

/* --- ranks: boxes have even ones, labels those in between --- */

static void find_ranks(const layout *l, layout_item *items) {
    for (size_t e = 0; e < l->edge_count; e++) { /* in the order of `to` */
        const size_t below = items[l->edges[e].from].rank + 2;
        layout_item *to = &items[l->edges[e].to];
        to->rank = to->rank < below ? below : to->rank;
    }
}

/* What no edge comes to stands right above the first box that it goes to. */
static void lower_sources(const layout *l, layout_item *items, size_t *lowest) {
    for (size_t e = 0; e < l->edge_count; e++) {
        const size_t above = items[l->edges[e].to].rank - 2;
        size_t *at = &lowest[l->edges[e].from];
        *at = *at == 0 || above + 1 < *at ? above + 1 : *at;
    }
    for (size_t e = 0; e < l->edge_count; e++)
        lowest[l->edges[e].to] = 0; /* it is no source */
    for (size_t b = 0; b < l->box_count; b++)
        items[b].rank = lowest[b] ? lowest[b] - 1 : items[b].rank;
}

static size_t points_of(const layout_item *items, const layout_edge *edge) {
    return items[edge->to].rank - items[edge->from].rank - 1;
}

/* --- items and links --- */

static size_t add_point(layout_items *all, size_t rank, const layout_edge *edge, bool has_label) {
    all->items[all->item_count] =
        (layout_item){.rank = rank,
                      .is_point = true,
                      .chain = all->chain_count,
                      .left = has_label ? 2 : 0,
                      .right = has_label ? LAYOUT_LABEL_SHIFT + edge->label_width : 0,
                      .height = has_label ? LAYOUT_LABEL_HEIGHT : 0};
    return all->item_count++;
}

/* The label stands in the last rank before the box that reads. */
static void add_chain(layout_items *all, const layout_edge *edge) {
    const size_t last = all->items[edge->to].rank - 1;
    size_t upper = edge->from;
    for (size_t rank = all->items[edge->from].rank + 1; rank <= last; rank++) {
        const size_t point = add_point(all, rank, edge, rank == last && edge->label_width > 0);
        all->links[all->link_count++] = (layout_link){.upper = upper, .lower = point};
        upper = point;
    }
    all->links[all->link_count++] = (layout_link){.upper = upper, .lower = edge->to};
}

/* Lists the links of each item, in the order in which they were made. */
static void list_links(layout_items *all) {
    for (size_t k = 0; k < all->link_count; k++) {
        all->items[all->links[k].upper].below_count++;
        all->items[all->links[k].lower].above_count++;
    }
    size_t above = 0, below = 0;
    for (size_t i = 0; i < all->item_count; i++) {
        layout_item *item = &all->items[i];
        item->above = above;
        item->below = below;
        above += item->above_count;
        below += item->below_count;
        item->above_count = item->below_count = 0;
    }
    for (size_t k = 0; k < all->link_count; k++) {
        layout_item *upper = &all->items[all->links[k].upper];
        layout_item *lower = &all->items[all->links[k].lower];
        all->by_upper[upper->below + upper->below_count++] = k;
        all->by_lower[lower->above + lower->above_count++] = k;
    }
}

static void list_ranks(layout_items *all) {
    for (size_t i = 0; i < all->item_count; i++)
        all->first[all->items[i].rank + 1]++;
    for (size_t rank = 0; rank < all->ranks; rank++)
        all->first[rank + 1] += all->first[rank];
    for (size_t i = all->item_count; i-- > 0;)
        all->order[--all->first[all->items[i].rank + 1]] = i;
    for (size_t rank = 0; rank < all->ranks; rank++)
        all->first[rank] = all->first[rank + 1];
    all->first[all->ranks] = all->item_count;
}

static bool make_items(layout_items *all, const layout *l, size_t points, mlp_arena *arena) {
    const size_t items = l->box_count + points, links = points + l->edge_count;
    layout_item *boxes = all->items;
    for (size_t b = 0; b < l->box_count; b++)
        all->ranks = all->ranks <= boxes[b].rank ? boxes[b].rank + 1 : all->ranks;
    all->items = mlp_arena_alloc(arena, items, sizeof *all->items);
    all->links = mlp_arena_alloc(arena, links, sizeof *all->links);
    all->by_upper = mlp_arena_alloc(arena, links, sizeof *all->by_upper);
    all->by_lower = mlp_arena_alloc(arena, links, sizeof *all->by_lower);
    all->order = mlp_arena_alloc(arena, items, sizeof *all->order);
    all->first = mlp_arena_alloc(arena, all->ranks + 1, sizeof *all->first);
    if (!all->items || !all->links || !all->by_upper || !all->by_lower || !all->order ||
        !all->first)
        return false;
    memcpy(all->items, boxes, l->box_count * sizeof *boxes);
    all->item_count = l->box_count;
    for (; all->chain_count < l->edge_count; all->chain_count++)
        add_chain(all, &l->edges[all->chain_count]);
    list_links(all);
    list_ranks(all);
    return true;
}

/* --- ports --- */

/* The edges of a side meet the box in the order of where they come from, at equal distances: their
 * items are gone through from the left. */
static void find_ports(layout_items *all, size_t *met) {
    for (size_t k = 0; k < all->item_count; k++) {
        const layout_item *item = &all->items[all->order[k]];
        for (size_t j = 0; j < item->below_count; j++) {
            layout_link *link = &all->links[all->by_upper[item->below + j]];
            const layout_item *lower = &all->items[link->lower];
            const int width = lower->left + lower->right, ports = (int)lower->above_count + 1;
            if (!lower->is_point)
                link->lower_offset = width * (int)++met[link->lower] / ports - width / 2;
        }
    }
    for (size_t i = 0; i < all->item_count; i++)
        met[i] = 0;
    for (size_t k = 0; k < all->item_count; k++) {
        const layout_item *item = &all->items[all->order[k]];
        for (size_t j = 0; j < item->above_count; j++) {
            layout_link *link = &all->links[all->by_lower[item->above + j]];
            const layout_item *upper = &all->items[link->upper];
            const int width = upper->left + upper->right, ports = (int)upper->below_count + 1;
            if (!upper->is_point)
                link->upper_offset = width * (int)++met[link->upper] / ports - width / 2;
        }
    }
}

/* --- the result --- */

/* Where each rank begins, and ends: first[ranks] is the end of all. */
static void find_heights(const layout_items *all, int *top, int *bottom) {
    for (size_t i = 0; i < all->item_count; i++) {
        const layout_item *item = &all->items[i];
        bottom[item->rank] = bottom[item->rank] < item->height ? item->height : bottom[item->rank];
    }
    int y = MARGIN;
    for (size_t rank = 0; rank < all->ranks; rank++) {
        top[rank] = y;
        bottom[rank] += y;
        y = bottom[rank] + (rank % 2 ? ABOVE_BOXES : ABOVE_LABELS);
    }
}

/* The leftmost item begins at the margin. */
static int move_to_margin(layout_items *all) {
    int64_t left = INT64_MAX, right = 0;
    for (size_t i = 0; i < all->item_count; i++) {
        const layout_item *item = &all->items[i];
        left = item->x - item->left < left ? item->x - item->left : left;
    }
    for (size_t i = 0; i < all->item_count; i++) {
        layout_item *item = &all->items[i];
        item->x += MARGIN - left;
        right = item->x + item->right > right ? item->x + item->right : right;
    }
    return (int)right + MARGIN;
}

static void write_boxes(const layout *l, const layout_items *all, const int *top,
                        const int *bottom) {
    for (size_t b = 0; b < l->box_count; b++) {
        const layout_item *item = &all->items[b];
        l->boxes[b].x = (int)item->x - item->left;
        l->boxes[b].y = (top[item->rank] + bottom[item->rank] - item->height) / 2;
    }
}

/* The links of an edge were made one behind the other. */
static void write_edge(const layout *l, const layout_items *all, layout_edge *edge, size_t link,
                       const int *top, const int *bottom) {
    const layout_box *from = &l->boxes[edge->from], *to = &l->boxes[edge->to];
    const size_t from_rank = all->items[edge->from].rank, to_rank = all->items[edge->to].rank;
    const layout_link *first = &all->links[link], *last = &all->links[link + edge->count - 2];
    edge->pieces[0] = (layout_piece){(int)all->items[edge->from].x + first->upper_offset,
                                     from->y + from->height, bottom[from_rank]};
    for (size_t k = 1; k + 1 < edge->count; k++)
        edge->pieces[k] = (layout_piece){(int)all->items[all->links[link + k - 1].lower].x,
                                         top[from_rank + k], bottom[from_rank + k]};
    edge->pieces[edge->count - 1] =
        (layout_piece){(int)all->items[edge->to].x + last->lower_offset, top[to_rank], to->y};
    edge->label = edge->count - 2;
}

static bool write_edges(const layout *l, const layout_items *all, const int *top, const int *bottom,
                        mlp_arena *arena) {
    size_t link = 0;
    for (size_t e = 0; e < l->edge_count; e++) {
        layout_edge *edge = &l->edges[e];
        edge->count = points_of(all->items, edge) + 2;
        edge->pieces = mlp_arena_alloc(arena, edge->count, sizeof *edge->pieces);
        if (!edge->pieces)
            return false;
        write_edge(l, all, edge, link, top, bottom);
        link += edge->count - 1;
    }
    return true;
}

static bool write_result(layout *l, layout_items *all, mlp_arena *arena) {
    int *top = mlp_arena_alloc(arena, all->ranks, sizeof *top);
    int *bottom = mlp_arena_alloc(arena, all->ranks, sizeof *bottom);
    if (!top || !bottom)
        return false;
    find_heights(all, top, bottom);
    l->width = move_to_margin(all);
    l->height = bottom[all->ranks - 1] + MARGIN;
    write_boxes(l, all, top, bottom);
    return write_edges(l, all, top, bottom, arena);
}

/* --- the whole --- */

static bool make_boxes(layout_items *all, const layout *l, mlp_arena *arena) {
    size_t *lowest = mlp_arena_alloc(arena, l->box_count, sizeof *lowest);
    all->items = mlp_arena_alloc(arena, l->box_count, sizeof *all->items);
    if (!lowest || !all->items)
        return false;
    for (size_t b = 0; b < l->box_count; b++) {
        const layout_box *box = &l->boxes[b];
        all->items[b] =
            (layout_item){.left = box->width / 2, .right = box->width / 2, .height = box->height};
    }
    find_ranks(l, all->items);
    lower_sources(l, all->items, lowest);
    return true;
}

static bool place_items(layout *l, layout_items *all, size_t points, mlp_arena *arena) {
    if (!make_items(all, l, points, arena) || !layout_order(all, arena))
        return false;
    size_t *met = mlp_arena_alloc(arena, all->item_count, sizeof *met);
    if (!met)
        return false;
    find_ports(all, met);
    return layout_columns(all, arena) && write_result(l, all, arena);
}

bool layout_place(layout *l, mlp_arena *arena, mlp_diagnostic *error) {
    static const char instead[] =
        "write --format=dot for Graphviz, or run the script with less data";
    layout_items all = {0};
    size_t points = 0;
    if (l->box_count > MOST_BOXES)
        return mlp_error(error, "the graph has %zu boxes, and an SVG at most %d: %s", l->box_count,
                         MOST_BOXES, instead);
    if (!make_boxes(&all, l, arena))
        return out_of_memory(error, arena, "the graph needs");
    for (size_t e = 0; e < l->edge_count; e++)
        points += points_of(all.items, &l->edges[e]);
    if (points > MOST_ITEMS)
        return mlp_error(
            error,
            "the edges of the graph pass by %zu layers, and those of an SVG by at most %d: %s",
            points, MOST_ITEMS, instead);
    return place_items(l, &all, points, arena) || out_of_memory(error, arena, "the graph needs");
}
