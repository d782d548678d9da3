/* The methods of list and tuple. */
#include "arithmetic.h"
#include "format.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

static object *list_append_method(call *c) {
    list_append(c->script, c->self, c->arguments[0]);
    return object_none(c->script);
}

static object *list_extend(call *c) {
    python_in_place(c->script, OPERATOR_ADD, c->self, c->arguments[0], c->where);
    return object_none(c->script);
}

/* Where an index that may be negative points among `count` elements; the count where nowhere. */
static size_t place_of(int64_t index, size_t count) {
    const int64_t at = index < 0 ? index + (int64_t)count : index;
    return at < 0 || (uint64_t)at >= count ? count : (size_t)at;
}

static void remove_at(object *list, size_t at) {
    object **items = list->as.sequence.items;
    list->as.sequence.count--;
    memmove(items + at, items + at + 1, (list->as.sequence.count - at) * sizeof *items);
}

static object *list_pop(call *c) {
    object *list = c->self;
    const size_t count = list->as.sequence.count;
    const size_t at = place_of(c->arguments[0]->as.integer, count);
    if (count == 0)
        call_fail(call_raises(c, INDEX_ERROR, "pop from empty list"),
                  "IndexError: pop from an empty list");
    if (at == count)
        call_fail(call_raises(c, INDEX_ERROR, "pop index out of range"),
                  "IndexError: pop index out of range");
    object *item = list->as.sequence.items[at];
    script_work(c->script, c->where, count - at);
    remove_at(list, at);
    return item;
}

/* Before the element of the index; beyond either end, at that end. */
static object *list_insert(call *c) {
    object *list = c->self;
    const int64_t count = (int64_t)list->as.sequence.count, index = c->arguments[0]->as.integer;
    const int64_t at = index < 0       ? index < -count ? 0 : index + count
                       : index > count ? count
                                       : index;
    list_append(c->script, list, c->arguments[1]);
    object **items = list->as.sequence.items;
    script_work(c->script, c->where, (uint64_t)(count - at));
    memmove(items + at + 1, items + at, (size_t)(count - at) * sizeof *items);
    items[at] = c->arguments[1];
    return object_none(c->script);
}

static bool is_equal(call *c, object *a, object *b) {
    if (a == b)
        return true;
    script_spend(c->script, c->where);
    return python_truth(c->script, python_binary(c->script, OPERATOR_EQ, a, b, c->where), c->where);
}

/* The first element that is equal to the argument; the count where none is. */
static size_t find(call *c, size_t from, size_t to) {
    /* a comparison may be the script's own, and change the list */
    for (size_t i = from; i < to && i < c->self->as.sequence.count; i++)
        if (is_equal(c, c->self->as.sequence.items[i], c->arguments[0]))
            return i;
    return c->self->as.sequence.count;
}

static object *list_remove(call *c) {
    const size_t at = find(c, 0, SIZE_MAX);
    if (at >= c->self->as.sequence.count)
        call_fail(call_raises(c, VALUE_ERROR, "list.remove(x): x not in list"),
                  "ValueError: list.remove(x): x not in list");
    remove_at(c->self, at);
    return object_none(c->script);
}

static size_t end_of(const object *o, size_t count) {
    const int64_t i = o->as.integer, size = (int64_t)count;
    return (size_t)(i >= 0 ? i : i < -size ? 0 : i + size);
}

static call *raises_not_found(call *c) {
    if (c->self->kind == OBJECT_TUPLE)
        return call_raises(c, VALUE_ERROR, "tuple.index(x): x not in tuple");
    return call_raises(c, VALUE_ERROR, "%s is not in %.*s", format_repr(c, c->arguments[0]),
                       (int)strcspn(c->native->path, "."), c->native->path); /* or deque */
}

static object *list_index(call *c) {
    const size_t count = c->self->as.sequence.count;
    const size_t at = find(c, end_of(c->arguments[1], count), end_of(c->arguments[2], count));
    if (at >= c->self->as.sequence.count)
        call_fail(raises_not_found(c), "ValueError: the element is not in the %s",
                  object_type(c->self));
    return object_integer(c->script, (int64_t)at);
}

static object *list_count(call *c) {
    int64_t found = 0;
    for (size_t i = 0; i < c->self->as.sequence.count; i++)
        found += is_equal(c, c->self->as.sequence.items[i], c->arguments[0]);
    return object_integer(c->script, found);
}

static object *list_reverse(call *c) {
    object **items = c->self->as.sequence.items;
    const size_t count = c->self->as.sequence.count;
    for (size_t i = 0; i < count / 2; i++) {
        object *other = items[count - 1 - i];
        items[count - 1 - i] = items[i];
        items[i] = other;
    }
    return object_none(c->script);
}

static object *list_sort_method(call *c) {
    list_sort(c, c->self, c->arguments[0], python_truth(c->script, c->arguments[1], c->where));
    return object_none(c->script);
}

static object *list_clear(call *c) {
    c->self->as.sequence.count = 0;
    return object_none(c->script);
}

static object *list_copy(call *c) {
    return iterate_all(c->script, c->self, OBJECT_LIST, c->where);
}

static const char within[] = "value, start: index = 0, stop: index = 9223372036854775807, /";

const native native_list_methods[] = {
    {.path = "list.append", .signature = "object, /", .call = list_append_method},
    {.path = "list.extend", .signature = "iterable, /", .call = list_extend},
    {.path = "list.pop", .signature = "index: index = -1, /", .call = list_pop},
    {.path = "list.insert", .signature = "index: index, object, /", .call = list_insert},
    {.path = "list.remove", .signature = "value, /", .call = list_remove},
    {.path = "list.index", .signature = within, .call = list_index},
    {.path = "list.count", .signature = "value, /", .call = list_count},
    {.path = "list.reverse", .signature = "", .call = list_reverse},
    {.path = "list.sort", .signature = "*, key = None, reverse = False", .call = list_sort_method},
    {.path = "list.clear", .signature = "", .call = list_clear},
    {.path = "list.copy", .signature = "", .call = list_copy},
    {.path = "tuple.index", .signature = within, .call = list_index},
    {.path = "tuple.count", .signature = "value, /", .call = list_count},
    {0}};
