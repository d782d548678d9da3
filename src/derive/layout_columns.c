/* The items of a rank stand in their order, none on another, and as near as that allows, by the sum of
 * squares, to where those are that they are linked with; the points of an edge, to where these are on
 * the average, so that it is straight. That is a regression under monotony, for which neighbours that
 * would overlap are pooled and moved as one. */
#include "layout_items.h"

#include <string.h>

enum {
    ROUNDS = 24,
    GAP = 16,      /* between neighbours */
    STRAIGHT = 16, /* the weight of the other points of an edge */
    ONTO_A_BOX = 2 /* of a link that a box and a point share */
};

/* Items that move as one, or an edge: the place that they wish for is the sum by the weight. */
typedef struct {
    int64_t sum, weight;
    size_t count;
} pool;

typedef struct {
    const layout_items *all;
    pool *pools;  /* of a rank */
    pool *chains; /* the points of each edge, before the ranks are gone through */
} columns;

static int64_t divide_down(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static void note_chains(const columns *c) {
    memset(c->chains, 0, c->all->chain_count * sizeof *c->chains);
    for (size_t i = 0; i < c->all->item_count; i++) {
        const layout_item *item = &c->all->items[i];
        if (!item->is_point)
            continue;
        c->chains[item->chain].sum += item->x;
        c->chains[item->chain].weight++;
    }
}

/* Where the link has its other end. */
static void add_link(const columns *c, const layout_link *link, bool of_above, pool *p) {
    const layout_item *items = c->all->items;
    const layout_item *upper = &items[link->upper], *lower = &items[link->lower];
    if (upper->is_point && lower->is_point)
        return;
    const int64_t weight = upper->is_point || lower->is_point ? ONTO_A_BOX : 1;
    const int64_t x = of_above ? upper->x + link->upper_offset - link->lower_offset
                               : lower->x + link->lower_offset - link->upper_offset;
    p->sum += weight * x;
    p->weight += weight;
}

static void add_links(const columns *c, const layout_item *item, bool of_above, pool *p) {
    const layout_items *all = c->all;
    const size_t *links = of_above ? all->by_lower + item->above : all->by_upper + item->below;
    const size_t count = of_above ? item->above_count : item->below_count;
    for (size_t k = 0; k < count; k++)
        add_link(c, &all->links[links[k]], of_above, p);
}

/* The place that the item wishes for, less `shift`, which is how far it has to stand behind the first
 * one of the rank. */
static pool wish_of(const columns *c, const layout_item *item, bool by_above, bool by_below,
                    int64_t shift) {
    pool p = {.count = 1};
    if (by_above)
        add_links(c, item, true, &p);
    if (by_below)
        add_links(c, item, false, &p);
    if (item->is_point && c->chains[item->chain].weight > 1) {
        const pool *chain = &c->chains[item->chain];
        p.sum += STRAIGHT * divide_down(chain->sum, chain->weight);
        p.weight += STRAIGHT;
    }
    if (p.weight == 0)
        p = (pool){item->x, 1, 1};
    p.sum -= shift * p.weight;
    return p;
}

static int64_t distance(const layout_items *all, size_t a, size_t b) {
    return all->items[a].right + GAP + all->items[b].left;
}

static bool is_right_of(const pool *a, const pool *b) {
    return divide_down(a->sum, a->weight) > divide_down(b->sum, b->weight);
}

static void place_rank(const columns *c, size_t rank, bool by_above, bool by_below) {
    const layout_items *all = c->all;
    const size_t *order = all->order + all->first[rank];
    const size_t count = all->first[rank + 1] - all->first[rank];
    pool *pools = c->pools;
    int64_t shift = 0;
    size_t used = 0;
    for (size_t k = 0; k < count; k++) {
        shift += k ? distance(all, order[k - 1], order[k]) : 0;
        pools[used++] = wish_of(c, &all->items[order[k]], by_above, by_below, shift);
        for (; used > 1 && is_right_of(&pools[used - 2], &pools[used - 1]); used--) {
            pools[used - 2].sum += pools[used - 1].sum;
            pools[used - 2].weight += pools[used - 1].weight;
            pools[used - 2].count += pools[used - 1].count;
        }
    }
    shift = 0;
    for (size_t k = 0, p = 0; p < used; p++)
        for (size_t j = 0; j < pools[p].count; j++, k++) {
            shift += k ? distance(all, order[k - 1], order[k]) : 0;
            all->items[order[k]].x = divide_down(pools[p].sum, pools[p].weight) + shift;
        }
}

static void pack(const layout_items *all) {
    for (size_t rank = 0; rank < all->ranks; rank++) {
        const size_t *order = all->order + all->first[rank];
        for (size_t k = 1; k < all->first[rank + 1] - all->first[rank]; k++)
            all->items[order[k]].x =
                all->items[order[k - 1]].x + distance(all, order[k - 1], order[k]);
    }
}

bool layout_columns(layout_items *all, mlp_arena *arena) {
    const columns c = {.all = all,
                       .pools = mlp_arena_alloc(arena, all->item_count, sizeof *c.pools),
                       .chains = mlp_arena_alloc(arena, all->chain_count, sizeof *c.chains)};
    if (!c.pools || !c.chains)
        return false;
    pack(all);
    for (int round = 0; round < ROUNDS; round++) {
        const bool both = round >= ROUNDS / 3;
        note_chains(&c);
        for (size_t k = 0; k < all->ranks; k++)
            place_rank(&c, k, true, both);
        note_chains(&c);
        for (size_t k = all->ranks; k-- > 0;)
            place_rank(&c, k, both, true);
    }
    return true;
}
