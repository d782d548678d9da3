/* What compares elements: sorted, min and max. */
#include "arithmetic.h"
#include "attempt.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "off.h"
#include "run.h"

#include <math.h>
#include <string.h>

/* Of numbers, the largest or smallest is known better than which of them it is. */
static object *estimated_extreme(call *c, const object *all, object *best, operator op) {
    const double sign = op == OPERATOR_GT ? 1 : -1;
    if (!object_is_number(best))
        return best;
    double off = object_estimate(best).off;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const object *item = all->as.sequence.items[i];
        if (!object_is_number(item))
            return best;
        const estimate e = object_estimate(item);
        off = fmax(off, sign * (e.number - object_as_number(best)) + e.off);
    }
    if (off > 0 && best->kind != OBJECT_FLOAT)
        script_doubt(c->script);
    return off > 0 && best->kind == OBJECT_FLOAT
               ? object_estimated(c->script, (estimate){best->as.number, off})
               : best;
}

static bool is_beyond(call *c, operator op, object *a, object *b) {
    if (object_is_real(a) && object_is_real(b))
        return number_compares(c->script, op, a, b);
    return python_truth(c->script, python_binary(c->script, op, a, b, c->where), c->where);
}

/* What the elements are compared by: themselves, or what a function makes of each. */
static object *keys_of(call *c, const object *all, object *key) {
    if (key->kind == OBJECT_NONE)
        return (object *)all;
    object *keys = object_sequence(c->script, OBJECT_LIST, all->as.sequence.count);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        keys->as.sequence.items[i] = call_positional(c, key, &all->as.sequence.items[i], 1);
    return keys;
}

static object *extreme(call *c, operator op) {
    const object *given = c->arguments[0];
    object *key = call_argument(c, "key"), *otherwise = call_argument(c, "default");
    const char *name = c->native->path;
    if (given->as.sequence.count == 0)
        call_fail(call_raises(c, TYPE_ERROR, "%s expected at least 1 argument, got 0", name),
                  "%s() takes numbers, or a list of them", name);
    const object *all =
        given->as.sequence.count > 1
            ? given
            : iterate_all(c->script, given->as.sequence.items[0], OBJECT_LIST, c->where);
    if (all->as.sequence.count == 0 && otherwise)
        return otherwise;
    if (all->as.sequence.count == 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              c->script->is_python_3_12 ? "%s() iterable argument is empty"
                                                        : "%s() arg is an empty sequence",
                              name),
                  "ValueError: %s() of nothing", name);
    const object *keys = keys_of(c, all, key);
    size_t best = 0;
    for (size_t i = 1; i < all->as.sequence.count; i++)
        if (is_beyond(c, op, keys->as.sequence.items[i], keys->as.sequence.items[best]))
            best = i;
    object *result = all->as.sequence.items[best];
    return keys == all ? estimated_extreme(c, all, result, op) : result;
}

static object *python_min(call *c) {
    return extreme(c, OPERATOR_LT);
}

static object *python_max(call *c) {
    return extreme(c, OPERATOR_GT);
}

/* An element, and what it is compared by. */
typedef struct {
    object *item, *key;
} sortable;

enum {
    INSERTED = 64
}; /* CPython merges from so many elements on, and inserts fewer */

static bool is_less(call *c, const sortable *a, const sortable *b) {
    return python_truth(c->script, python_binary(c->script, OPERATOR_LT, a->key, b->key, c->where),
                        c->where);
}

static void turn_around(sortable *items, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        const sortable item = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = item;
    }
}

/* How many stand in order from the first on, those that stood in the opposite one turned around. */
static size_t sorted_run(call *c, sortable *items, size_t count) {
    const bool descends = is_less(c, &items[1], &items[0]);
    size_t n = 2;
    while (n < count && is_less(c, &items[n], &items[n - 1]) == descends)
        n++;
    if (descends)
        turn_around(items, n);
    return n;
}

/* Which elements are compared, and in what order, is CPython's: where two cannot be compared, or
 * where their order is none, as that of nan, it shows. */
static void sort_by_insertion(call *c, sortable *items, size_t count) {
    for (size_t n = sorted_run(c, items, count); n < count; n++) {
        const sortable item = items[n];
        size_t left = 0, right = n;
        while (left < right) {
            const size_t middle = left + (right - left) / 2;
            if (is_less(c, &item, &items[middle]))
                right = middle;
            else
                left = middle + 1;
        }
        memmove(&items[left + 1], &items[left], (n - left) * sizeof *items);
        items[left] = item;
    }
}

/* Merges two sorted neighbours; equal elements keep their order. */
static void merge(call *c, sortable *items, sortable *room, size_t middle, size_t count) {
    size_t left = 0, right = middle;
    memcpy(room, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const bool take_right =
            left == middle || (right < count && is_less(c, &room[right], &room[left]));
        items[i] = take_right ? room[right++] : room[left++];
    }
}

static void sort(call *c, sortable *items, sortable *room, size_t count) {
    if (count < 2)
        return;
    script_spend_on(c->script, c->where, count);
    if (count < INSERTED) {
        sort_by_insertion(c, items, count);
        return;
    }
    sort(c, items, room, count / 2);
    sort(c, items + count / 2, room, count - count / 2);
    merge(c, items, room, count / 2, count);
}

/* While a list is sorted it is seen to be empty, as in CPython, so that nobody changes it. Where
 * that fails, it is left as far as it has come. */
typedef struct {
    unwinding unwinding;
    object *list, before; /* what the list was */
    sortable *items;      /* NULL before there are keys */
    bool reverse;
} sorted_list;

static void put_back(sorted_list *of) {
    const size_t count = of->before.as.sequence.count;
    of->list->as.sequence = of->before.as.sequence;
    if (!of->items)
        return;
    if (of->reverse)
        turn_around(of->items, count);
    for (size_t i = 0; i < count; i++)
        of->list->as.sequence.items[i] = of->items[i].item;
}

static void undo_sorting(script *s, unwinding *u) {
    (void)s;
    put_back((sorted_list *)u);
}

static void sort_elements(call *c, sorted_list *of, object *key) {
    const object *all = &of->before;
    const size_t count = all->as.sequence.count;
    const object *keys = keys_of(c, all, key);
    of->items = script_alloc(c->script, count, sizeof *of->items);
    for (size_t i = 0; i < count; i++)
        of->items[i] = (sortable){all->as.sequence.items[i], keys->as.sequence.items[i]};
    if (of->reverse) /* before and behind: equal elements keep their order */
        turn_around(of->items, count);
    sort(c, of->items, script_alloc(c->script, count, sizeof *of->items), count);
}

void list_sort(call *c, object *list, object *key, bool reverse) {
    sorted_list of = {{.undo = undo_sorting}, list, *list, NULL, reverse};
    list->as.sequence.items = NULL;
    list->as.sequence.count = list->as.sequence.capacity = 0;
    unwinding_push(c->script, &of.unwinding);
    sort_elements(c, &of, key);
    unwinding_pop(c->script);
    const bool is_changed = list->as.sequence.items != NULL;
    put_back(&of);
    if (is_changed)
        call_fail(call_raises(c, VALUE_ERROR, "list modified during sort"),
                  "ValueError: the list was changed while it was sorted");
}

static object *python_sorted(call *c) {
    object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    list_sort(c, all, c->arguments[1], python_truth(c->script, c->arguments[2], c->where));
    return all;
}

const native native_sorting[] = {{.path = "sorted",
                                  .signature = "iterable, /, *, key = None, reverse = False",
                                  .call = python_sorted},
                                 {.path = "min",
                                  .signature = "*values, key = None | *values, default, key = None",
                                  .call = python_min},
                                 {.path = "max",
                                  .signature = "*values, key = None | *values, default, key = None",
                                  .call = python_max},
                                 {0}};
