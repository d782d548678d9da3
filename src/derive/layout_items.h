/* What layout.c gives to those who put things in order and into columns. */
#ifndef MLPSTEP_DERIVE_LAYOUT_ITEMS_H
#define MLPSTEP_DERIVE_LAYOUT_ITEMS_H

#include "layout.h"

#include <stdint.h>

/* A box, or a point that an edge goes through. */
typedef struct {
    size_t rank;
    size_t position; /* among those of its rank, from the left */
    int64_t x;       /* where a point is, and the middle of a box */
    int left, right; /* how far it reaches to both sides of x */
    int height;      /* of a box or a label */
    bool is_point;
    size_t chain;        /* of a point: its edge */
    size_t above, below; /* its first link in `by_lower` and in `by_upper` */
    size_t above_count, below_count;
} layout_item;

/* From an item to one of the next rank. */
typedef struct {
    size_t upper, lower;            /* items */
    int upper_offset, lower_offset; /* from the middle of a box to where the edge meets it */
} layout_link;

typedef struct {
    layout_item *items;
    layout_link *links;
    size_t item_count, link_count, chain_count;
    size_t *by_upper, *by_lower; /* links, those of an item one behind the other */
    size_t ranks;
    size_t *order; /* items, those of a rank one behind the other, from the left */
    size_t *first; /* where in `order` each rank begins; first[ranks] is the end */
} layout_items;

/* Puts each rank in an order in which few edges cross. False without memory. */
bool layout_order(layout_items *all, mlp_arena *arena);
/* Finds the x of each item, near to those that it is linked with. False without memory. */
bool layout_columns(layout_items *all, mlp_arena *arena);

#endif
