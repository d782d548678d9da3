/* Few crossings, by barycentres: each item moves to where those are, on the average, that it is linked
 * with in the next rank, which is done down and up some times; the best order of all is kept. */
#include "layout_items.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 12
};

/* An item and the average it moves to, as a fraction. */
typedef struct {
    size_t item, position;
    int64_t sum, count;
} wish;

static int compare_wishes(const void *a, const void *b) {
    const wish *x = a, *y = b;
    const int64_t first = x->sum * y->count, second = y->sum * x->count;
    if (first != second)
        return first < second ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static wish wish_of(const layout_items *all, size_t i, bool by_above) {
    const layout_item *item = &all->items[i];
    const size_t count = by_above ? item->above_count : item->below_count;
    wish w = {.item = i, .position = item->position, .count = (int64_t)count};
    for (size_t k = 0; k < count; k++) {
        const layout_link *link =
            &all->links[by_above ? all->by_lower[item->above + k] : all->by_upper[item->below + k]];
        w.sum += (int64_t)all->items[by_above ? link->upper : link->lower].position;
    }
    if (count == 0) { /* it stays where it is */
        w.sum = (int64_t)item->position;
        w.count = 1;
    }
    return w;
}

static void order_rank(const layout_items *all, size_t rank, bool by_above, wish *wishes) {
    const size_t first = all->first[rank], count = all->first[rank + 1] - first;
    for (size_t k = 0; k < count; k++)
        wishes[k] = wish_of(all, all->order[first + k], by_above);
    qsort(wishes, count, sizeof *wishes, compare_wishes);
    for (size_t k = 0; k < count; k++) {
        all->order[first + k] = wishes[k].item;
        all->items[wishes[k].item].position = k;
    }
}

/* --- how many cross --- */

static void add_to(uint64_t *tree, size_t size, size_t at) {
    for (at++; at <= size; at += at & (~at + 1))
        tree[at - 1]++;
}

/* How many stand at places up to and with `at`. */
static uint64_t sum_to(const uint64_t *tree, size_t at) {
    uint64_t sum = 0;
    for (at++; at > 0; at &= at - 1)
        sum += tree[at - 1];
    return sum;
}

/* Of the links below the rank: those that end to the right of where this one does, of items to the
 * left of its own. */
static uint64_t count_below(const layout_items *all, size_t rank, uint64_t *tree) {
    const size_t size = all->first[rank + 2] - all->first[rank + 1];
    uint64_t crossings = 0, before = 0;
    memset(tree, 0, size * sizeof *tree);
    for (size_t k = all->first[rank]; k < all->first[rank + 1]; k++) {
        const layout_item *item = &all->items[all->order[k]];
        for (size_t j = 0; j < item->below_count; j++) {
            const layout_link *link = &all->links[all->by_upper[item->below + j]];
            crossings += before - sum_to(tree, all->items[link->lower].position);
        }
        for (size_t j = 0; j < item->below_count; j++)
            add_to(tree, size,
                   all->items[all->links[all->by_upper[item->below + j]].lower].position);
        before += item->below_count;
    }
    return crossings;
}

static uint64_t count_crossings(const layout_items *all, uint64_t *tree) {
    uint64_t crossings = 0;
    for (size_t rank = 0; rank + 1 < all->ranks; rank++)
        crossings += count_below(all, rank, tree);
    return crossings;
}

static void note_positions(const layout_items *all) {
    for (size_t rank = 0; rank < all->ranks; rank++)
        for (size_t k = all->first[rank]; k < all->first[rank + 1]; k++)
            all->items[all->order[k]].position = k - all->first[rank];
}

bool layout_order(layout_items *all, mlp_arena *arena) {
    wish *wishes = mlp_arena_alloc(arena, all->item_count, sizeof *wishes);
    uint64_t *tree = mlp_arena_alloc(arena, all->item_count, sizeof *tree);
    size_t *best = mlp_arena_alloc(arena, all->item_count, sizeof *best);
    if (!wishes || !tree || !best)
        return false;
    note_positions(all);
    uint64_t least = UINT64_MAX;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
        for (size_t k = 1; k < all->ranks && round > 0; k++)
            order_rank(all, round % 2 ? all->ranks - 1 - k : k, round % 2 == 0, wishes);
        const uint64_t crossings = count_crossings(all, tree);
        if (crossings < least)
            memcpy(best, all->order, all->item_count * sizeof *best);
        least = crossings < least ? crossings : least;
    }
    memcpy(all->order, best, all->item_count * sizeof *best);
    note_positions(all);
    return true;
}
