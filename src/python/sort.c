/* What compares elements: sorted, min and max. */
#include "arithmetic.h"
#include "iterate.h"
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
    if (object_is_number(a) && object_is_number(b))
        return number_compares(op, a, b);
    return python_truth(c->script, python_binary(c->script, op, a, b, c->where), c->where);
}

static object *extreme(call *c, const object *given, operator op) {
    const char *name = c->native->path;
    object **items = given->as.sequence.items;
    if (given->as.sequence.count == 0)
        call_fail(c, "%s() takes numbers, or a list of them", name);
    const object *all = given->as.sequence.count > 1
                            ? given
                            : iterate_all(c->script, items[0], OBJECT_LIST, c->where);
    if (all->as.sequence.count == 0)
        call_fail(c, "ValueError: %s() of nothing", name);
    object *best = all->as.sequence.items[0];
    for (size_t i = 1; i < all->as.sequence.count; i++) {
        object *item = all->as.sequence.items[i];
        if (is_beyond(c, op, item, best))
            best = item;
    }
    return estimated_extreme(c, all, best, op);
}

static object *python_min(call *c) {
    return extreme(c, c->arguments[0], OPERATOR_LT);
}

static object *python_max(call *c) {
    return extreme(c, c->arguments[0], OPERATOR_GT);
}

/* Merges two sorted neighbours; equal elements keep their order. */
static void merge(call *c, object **items, object **room, size_t middle, size_t count,
                  bool reverse) {
    size_t left = 0, right = middle;
    memcpy(room, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        bool take_right = left == middle;
        if (left < middle && right < count) {
            object *a = room[reverse ? left : right], *b = room[reverse ? right : left];
            take_right = python_truth(
                c->script, python_binary(c->script, OPERATOR_LT, a, b, c->where), c->where);
        }
        items[i] = take_right ? room[right++] : room[left++];
    }
}

static void sort(call *c, object **items, object **room, size_t count, bool reverse) {
    if (count < 2)
        return;
    script_spend_on(c->script, c->where, count);
    sort(c, items, room, count / 2, reverse);
    sort(c, items + count / 2, room, count - count / 2, reverse);
    merge(c, items, room, count / 2, count, reverse);
}

static object *python_sorted(call *c) {
    object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    const size_t count = all->as.sequence.count;
    sort(c, all->as.sequence.items, script_alloc(c->script, count, sizeof(object *)), count,
         c->arguments[1]->as.boolean);
    return all;
}

const native native_sorting[] = {
    {.path = "sorted", .signature = "iterable, /, *, reverse: bool = False", .call = python_sorted},
    {.path = "min", .signature = "*values", .call = python_min},
    {.path = "max", .signature = "*values", .call = python_max},
    {0}};
