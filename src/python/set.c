#include "set.h"

#include "dict.h"
#include "iterate.h"
#include "run.h"

#include <string.h>

/* The table that CPython would have (Objects/setobject.c of 3.11): what it goes through from the
 * first entry to the last is the order. */
typedef struct {
    object *key; /* NULL: free */
    uint64_t hash;
    bool was_used; /* by what was taken out, so that a search goes on behind it */
} entry;

struct set_order {
    entry *table;
    size_t mask, fill, used, finger;
};

enum {
    LEAST_ENTRIES = 8,
    NEIGHBOURS = 9, /* that are tried before the next jump */
    SHIFT = 5,
    MANY = 50000 /* elements: the table grows more slowly */
};

bool object_is_set(const object *o) {
    return o->kind == OBJECT_SET || o->kind == OBJECT_FROZEN_SET;
}

/* --- the order --- */

static set_order *new_order(script *s, size_t entries) {
    set_order *order = script_alloc(s, 1, sizeof *order);
    order->table = script_alloc(s, entries, sizeof *order->table);
    order->mask = entries - 1;
    return order;
}

/* The entry where the search for a hash ends: that of the key, or, key being NULL, the first free
 * one. */
static entry *search(const set_order *order, const object *key, uint64_t hash, entry **gap) {
    uint64_t perturb = hash;
    size_t i = (size_t)hash & order->mask;
    for (;;) {
        const size_t more = i + NEIGHBOURS <= order->mask ? NEIGHBOURS : 0;
        for (size_t k = i; k <= i + more; k++) {
            entry *e = &order->table[k];
            if (e->key == key && !(e->was_used && !key))
                return e;
            if (e->was_used && gap)
                *gap = e;
        }
        perturb >>= SHIFT;
        i = (i * 5 + 1 + (size_t)perturb) & order->mask;
    }
}

static void put(set_order *order, object *key, uint64_t hash) {
    entry *gap = NULL, *free = search(order, NULL, hash, &gap);
    order->fill += !gap;
    order->used++;
    *(gap ? gap : free) = (entry){.key = key, .hash = hash};
}

static void resize(script *s, set_order *order, size_t more_than) {
    size_t entries = LEAST_ENTRIES;
    while (entries <= more_than)
        entries *= 2;
    set_order *fresh = new_order(s, entries);
    for (size_t i = 0; i <= order->mask; i++)
        if (order->table[i].key)
            put(fresh, order->table[i].key, order->table[i].hash);
    fresh->finger = order->finger;
    *order = *fresh;
}

static void grow(script *s, set_order *order) {
    resize(s, order, order->used > MANY ? order->used * 2 : order->used * 4);
}

/* The place for one element more, where the order is known. */
static void note_order(script *s, object *set, object *key, mlp_span where) {
    if (!object_hash_is_known(key))
        set->order = NULL;
    else if (set->as.sequence.count == 0 && !set->order)
        set->order = new_order(s, LEAST_ENTRIES);
    if (!set->order)
        return;
    put(set->order, key, object_hash(s, key, where));
    if (set->order->fill * 5 >= set->order->mask * 3)
        grow(s, set->order);
}

static void forget(set_order *order, entry *e) {
    *e = (entry){.was_used = true};
    order->used--;
}

/* --- elements --- */

object *set_new(script *s, object_kind kind) {
    return object_sequence(s, kind, 0);
}

bool set_has(script *s, const object *set, object *key, mlp_span where) {
    return dict_position(s, set, key, where) < set->as.sequence.count;
}

void set_add(script *s, object *set, object *key, mlp_span where) {
    if (set_has(s, set, key, where))
        return;
    note_order(s, set, key, where);
    dict_put(s, set, key, key, where);
}

bool set_discard(script *s, object *set, object *key, mlp_span where) {
    const size_t at = dict_position(s, set, key, where);
    if (at == set->as.sequence.count)
        return false;
    const object *stored = set->as.sequence.keys[at];
    if (set->order)
        forget(set->order, search(set->order, stored, object_hash(s, key, where), NULL));
    dict_remove(s, set, at);
    return true;
}

void set_clear(object *set) {
    dict_clear(set);
    set->order = NULL;
}

object *set_pop(script *s, object *set) {
    set_order *order = set->order;
    object *key = set->as.sequence.keys[0];
    if (order) {
        size_t i = order->finger & order->mask;
        while (!order->table[i].key)
            i = (i + 1) & order->mask;
        key = order->table[i].key;
        order->finger = i + 1;
    }
    set_discard(s, set, key, s->reader.at);
    return key;
}

object *set_elements(script *s, const object *set) {
    object *list = object_sequence(s, OBJECT_LIST, set->as.sequence.count);
    size_t count = 0;
    if (!set->order && list->as.sequence.count)
        memcpy(list->as.sequence.items, set->as.sequence.keys,
               list->as.sequence.count * sizeof(object *));
    for (size_t i = 0; set->order && i <= set->order->mask; i++)
        if (set->order->table[i].key)
            list->as.sequence.items[count++] = set->order->table[i].key;
    return list;
}

/* --- all elements of another --- */

/* Makes room before they are added, as CPython does. */
static void prepare(script *s, object *set, size_t more) {
    set_order *order = set->order;
    if (!order && set->as.sequence.count == 0 && more)
        order = set->order = new_order(s, LEAST_ENTRIES);
    if (order && (order->fill + more) * 5 >= order->mask * 3)
        resize(s, order, (order->used + more) * 2);
}

/* Into an empty set: with the table of the other, where that is of the size and without gaps. */
static void take_all(script *s, object *set, const object *from, mlp_span where) {
    const set_order *theirs = from->order;
    set_order *order = set->order;
    const object *all = set_elements(s, from);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        dict_put(s, set, all->as.sequence.items[i], all->as.sequence.items[i], where);
    if (order->mask == theirs->mask && theirs->fill == theirs->used) {
        memcpy(order->table, theirs->table, (order->mask + 1) * sizeof *order->table);
        order->fill = order->used = theirs->used;
        return;
    }
    for (size_t i = 0; i <= theirs->mask; i++)
        if (theirs->table[i].key)
            put(order, theirs->table[i].key, theirs->table[i].hash);
}

static void add_all(script *s, object *set, object *from, mlp_span where) {
    object *it = iterate(s, from, where);
    for (object *key; (key = iterate_next(s, it, where));)
        set_add(s, set, key, where);
}

void set_update(script *s, object *set, object *from, mlp_span where) {
    if (object_is_set(from) && from->order) {
        prepare(s, set, from->as.sequence.count);
        if (set->order && set->order->fill == 0) {
            take_all(s, set, from, where);
            return;
        }
        add_all(s, set, set_elements(s, from), where);
        return;
    }
    if (from->kind == OBJECT_DICT && from->as.sequence.count)
        prepare(s, set, from->as.sequence.count);
    add_all(s, set, from, where);
}

void set_subtract(script *s, object *set, object *from, mlp_span where) {
    object *it = iterate(s, set == from ? set_elements(s, from) : from, where);
    for (object *key; (key = iterate_next(s, it, where));)
        set_discard(s, set, key, where);
    set_order *order = set->order;
    if (order && order->fill - order->used > order->mask / 4)
        grow(s, order);
}

object *set_copy(script *s, object_kind kind, object *from, mlp_span where) {
    object *copy = set_new(s, kind);
    set_update(s, copy, from, where);
    return copy;
}

/* --- operators --- */

/* Those of `each` that are, or are not, in the other. */
static object *chosen(script *s, object_kind kind, const object *each, const object *other,
                      bool present, mlp_span where) {
    object *result = set_new(s, kind);
    const object *all = set_elements(s, each);
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        object *key = all->as.sequence.items[i];
        if (set_has(s, other, key, where) == present)
            set_add(s, result, key, where);
    }
    return result;
}

object *set_intersection(script *s, object *set, object *with, mlp_span where) {
    if (set == with)
        return set_copy(s, set->kind, set, where);
    if (object_is_set(with))
        return with->as.sequence.count > set->as.sequence.count
                   ? chosen(s, set->kind, set, with, true, where)
                   : chosen(s, set->kind, with, set, true, where);
    object *result = set_new(s, set->kind), *it = iterate(s, with, where);
    for (object *key; (key = iterate_next(s, it, where));)
        if (set_has(s, set, key, where))
            set_add(s, result, key, where);
    return result;
}

/* CPython copies a set that has far more elements, or meets what is neither a set nor a dictionary,
 * and makes a new one elsewhere: their orders may differ. */
object *set_difference(script *s, object *set, object *from, mlp_span where) {
    if ((object_is_set(from) || from->kind == OBJECT_DICT) &&
        set->as.sequence.count / 4 <= from->as.sequence.count)
        return chosen(s, set->kind, set, from, false, where);
    object *result = set_copy(s, set->kind, set, where);
    set_subtract(s, result, from, where);
    return result;
}

/* Takes out what is in both, and adds the rest. */
static void toggle(script *s, object *set, const object *other, mlp_span where) {
    const object *all = set_elements(s, other);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        if (!set_discard(s, set, all->as.sequence.items[i], where))
            set_add(s, set, all->as.sequence.items[i], where);
}

object *set_combine(script *s, operator op, object *a, object *b, mlp_span where) {
    object *result;
    switch (op) {
    case OPERATOR_OR:
        result = set_copy(s, a->kind, a, where);
        set_update(s, result, b, where);
        return result;
    case OPERATOR_AND:
        return set_intersection(s, a, b, where);
    case OPERATOR_SUB:
        return set_difference(s, a, b, where);
    default:
        result = set_copy(s, a->kind, b, where);
        toggle(s, result, a, where);
        return result;
    }
}

void set_change(script *s, operator op, object *set, object *b, mlp_span where) {
    if (op == OPERATOR_OR) {
        set_update(s, set, b, where);
    } else if (op == OPERATOR_SUB) {
        set_subtract(s, set, b, where);
    } else if (op == OPERATOR_XOR) {
        toggle(s, set, b, where);
    } else {
        const object *common = set_combine(s, op, set, b, where);
        set->as.sequence = common->as.sequence;
        set->order = common->order;
    }
}

bool set_is_subset(script *s, const object *a, const object *b, mlp_span where) {
    if (a->as.sequence.count > b->as.sequence.count)
        return false;
    for (size_t i = 0; i < a->as.sequence.count; i++)
        if (!set_has(s, b, a->as.sequence.keys[i], where))
            return false;
    return true;
}

bool set_compares(script *s, operator op, const object *a, const object *b, mlp_span where) {
    const size_t n = a->as.sequence.count, m = b->as.sequence.count;
    switch (op) {
    case OPERATOR_EQ:
        return n == m && set_is_subset(s, a, b, where);
    case OPERATOR_NE:
        return n != m || !set_is_subset(s, a, b, where);
    case OPERATOR_LE:
        return set_is_subset(s, a, b, where);
    case OPERATOR_LT:
        return n < m && set_is_subset(s, a, b, where);
    case OPERATOR_GE:
        return set_is_subset(s, b, a, where);
    default:
        return m < n && set_is_subset(s, b, a, where);
    }
}
