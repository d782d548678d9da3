/* deque: a list that is used at both ends, and drops what is too much for it at the other one. */
#include "collections.h"

#include "arithmetic.h"
#include "builtins.h"
#include "format.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

typedef struct {
    object *list;
    int64_t longest; /* -1 where there is no limit */
} deque;

static deque *deque_of(const object *o) {
    return o->as.data;
}

object *deque_elements(const object *o, int64_t *longest) {
    const deque *d = deque_of(o);
    *longest = d->longest;
    return d->list;
}

static size_t count_in(const deque *d) {
    return d->list->as.sequence.count;
}

static object *new_deque(const call *c, object *list, int64_t longest) {
    deque *d = script_alloc(c->script, 1, sizeof *d);
    *d = (deque){list, longest};
    return object_extension(c->script, &deque_type, d);
}

/* --- both ends --- */

/* The list begins one element later, in the same memory. */
static object *take_first(const deque *d) {
    object *first = d->list->as.sequence.items[0];
    d->list->as.sequence.items++;
    d->list->as.sequence.count--;
    if (d->list->as.sequence.capacity)
        d->list->as.sequence.capacity--;
    return first;
}

static object *take_last(const deque *d) {
    return d->list->as.sequence.items[--d->list->as.sequence.count];
}

static void put_last(const call *c, const deque *d, object *item) {
    if (d->longest == 0)
        return;
    list_append(c->script, d->list, item);
    if (d->longest > 0 && count_in(d) > (size_t)d->longest)
        take_first(d);
}

static void put_first(const call *c, const deque *d, object *item) {
    if (d->longest == 0)
        return;
    const size_t count = count_in(d);
    list_append(c->script, d->list, item);
    script_work(c->script, c->where, count);
    object **items = d->list->as.sequence.items;
    memmove(items + 1, items, count * sizeof *items);
    items[0] = item;
    if (d->longest > 0 && count_in(d) > (size_t)d->longest)
        take_last(d);
}

static object *append(call *c) {
    put_last(c, deque_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

static object *append_left(call *c) {
    put_first(c, deque_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

static void refuse_empty(call *c) {
    if (count_in(deque_of(c->self)) == 0)
        call_fail(call_raises(c, INDEX_ERROR, "pop from an empty deque"),
                  "IndexError: pop from an empty deque");
}

static object *pop(call *c) {
    refuse_empty(c);
    return take_last(deque_of(c->self));
}

static object *pop_left(call *c) {
    refuse_empty(c);
    return take_first(deque_of(c->self));
}

static void put_all(const call *c, const deque *d, object *from,
                    void (*put)(const call *c, const deque *d, object *item)) {
    const object *all = iterate_all(c->script, from, OBJECT_LIST, c->where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        put(c, d, all->as.sequence.items[i]);
}

static object *extend(call *c) {
    put_all(c, deque_of(c->self), c->arguments[0], put_last);
    return object_none(c->script);
}

static object *extend_left(call *c) {
    put_all(c, deque_of(c->self), c->arguments[0], put_first);
    return object_none(c->script);
}

/* To the right by n, what falls out coming in at the left. */
static object *rotate(call *c) {
    const deque *d = deque_of(c->self);
    const int64_t count = (int64_t)count_in(d);
    if (count == 0)
        return object_none(c->script);
    const int64_t n = c->arguments[0]->as.integer % count, by = n < 0 ? n + count : n;
    const object *before = iterate_all(c->script, d->list, OBJECT_LIST, c->where);
    for (int64_t i = 0; i < count; i++)
        d->list->as.sequence.items[(i + by) % count] = before->as.sequence.items[i];
    return object_none(c->script);
}

static object *insert(call *c) {
    const deque *d = deque_of(c->self);
    if (d->longest >= 0 && count_in(d) >= (size_t)d->longest)
        call_fail(call_raises(c, INDEX_ERROR, "deque already at its maximum size"),
                  "IndexError: deque already at its maximum size");
    call inner = *c;
    inner.self = d->list;
    return native_find(c->script, "list.insert")->call(&inner);
}

static object *remove_one(call *c) {
    const deque *d = deque_of(c->self);
    size_t at = 0;
    while (at < count_in(d) &&
           !python_equal(c->script, d->list->as.sequence.items[at], c->arguments[0], c->where))
        at++;
    if (at >= count_in(d))
        call_fail(call_raises(c, VALUE_ERROR, "deque.remove(x): x not in deque"),
                  "ValueError: deque.remove(x): x not in deque");
    object **items = d->list->as.sequence.items + at;
    memmove(items, items + 1, (--d->list->as.sequence.count - at) * sizeof *items);
    return object_none(c->script);
}

/* --- as a list has it --- */

static object *method_of_list(call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    call inner = *c;
    inner.self = deque_of(c->self)->list;
    return native_find(c->script, script_printf(c->script, "list.%s", name))->call(&inner);
}

static object *copy(call *c) {
    const deque *d = deque_of(c->self);
    return new_deque(c, iterate_all(c->script, d->list, OBJECT_LIST, c->where), d->longest);
}

static object *attribute(call *c, object *self, const char *name) {
    const int64_t longest = deque_of(self)->longest;
    if (strcmp(name, "maxlen") != 0)
        return NULL;
    return longest < 0 ? object_none(c->script) : object_integer(c->script, longest);
}

static object *class_of(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "collections", "deque", NULL);
}

static size_t length(call *c, const object *self) {
    (void)c;
    return count_in(deque_of(self));
}

static object *element(call *c, object *self, size_t index) {
    (void)c;
    return deque_of(self)->list->as.sequence.items[index];
}

static void set_element(call *c, object *self, size_t index, object *o) {
    (void)c;
    deque_of(self)->list->as.sequence.items[index] = o;
}

static bool truth(call *c, const object *self) {
    (void)c;
    return count_in(deque_of(self)) > 0;
}

/* What two lists give, of two deques, and a deque's copies. */
static object *binary(call *c, operator op, object *a, object *b) {
    const bool is_left = object_is(a, &deque_type), is_right = object_is(b, &deque_type);
    const bool is_repeated = op == OPERATOR_MUL && is_left && b->kind == OBJECT_INTEGER;
    if (!is_repeated && !(is_left && is_right && (op == OPERATOR_ADD || op >= OPERATOR_EQ)))
        return NULL;
    object *result =
        python_binary(c->script, op, deque_of(a)->list, is_right ? deque_of(b)->list : b, c->where);
    if (result->kind != OBJECT_LIST)
        return result;
    object *new = new_deque(c, object_sequence(c->script, OBJECT_LIST, 0), deque_of(a)->longest);
    put_all(c, deque_of(new), result, put_last);
    return new;
}

static object *in_place(call *c, operator op, object *self, object *b) {
    if (op == OPERATOR_ADD) {
        put_all(c, deque_of(self), b, put_last);
        return self;
    }
    object *result = binary(c, op, self, b);
    if (!result)
        call_fail(c, "a deque is changed in place by += of elements and *= of a whole number");
    deque_of(self)->list = deque_of(result)->list;
    return self;
}

static void write(call *c, const object *self, buffer *out) {
    const deque *d = deque_of(self);
    buffer_text(out, "deque(");
    write_repr(c, d->list);
    if (d->longest >= 0)
        buffer_printf(out, ", maxlen=%lld", (long long)d->longest);
    buffer_text(out, ")");
}

static void shown(call *c, const object *self) {
    python_show(c, deque_of(self)->list);
}

static object *copied(call *c, object *self, copies *deep) {
    const deque *d = deque_of(self);
    object *new = new_deque(c, object_sequence(c->script, OBJECT_LIST, 0), d->longest);
    if (deep)
        copy_note(c, deep, self, new);
    for (size_t i = 0; i < count_in(d); i++) {
        object *item = d->list->as.sequence.items[i];
        put_last(c, deque_of(new), deep ? copy_deep(c, item, deep) : item);
    }
    return new;
}

const struct type deque_type = {.name = "deque",
                                .copied = copied,
                                .attribute = attribute,
                                .class = class_of,
                                .binary = binary,
                                .in_place = in_place,
                                .truth = truth,
                                .length = length,
                                .element = element,
                                .set_element = set_element,
                                .write = write,
                                .shown = shown};

static object *make(call *c) {
    const object *longest = c->arguments[1];
    if (longest->kind != OBJECT_NONE && longest->as.integer < 0)
        call_fail(call_raises(c, VALUE_ERROR, "maxlen must be non-negative"),
                  "ValueError: maxlen must be non-negative");
    object *new = new_deque(c, object_sequence(c->script, OBJECT_LIST, 0),
                            longest->kind == OBJECT_NONE ? -1 : longest->as.integer);
    put_all(c, deque_of(new), c->arguments[0], put_last);
    return new;
}

const native native_deque[] = {
    {.path = "collections.deque",
     .class_name = "collections.deque",
     .is_type = true,
     .instances = &deque_type,
     .signature = "iterable = (), maxlen: Optional[index] = None",
     .call = make},
    {.path = "deque.append", .signature = "x, /", .call = append},
    {.path = "deque.appendleft", .signature = "x, /", .call = append_left},
    {.path = "deque.pop", .signature = "", .call = pop},
    {.path = "deque.popleft", .signature = "", .call = pop_left},
    {.path = "deque.extend", .signature = "iterable, /", .call = extend},
    {.path = "deque.extendleft", .signature = "iterable, /", .call = extend_left},
    {.path = "deque.rotate", .signature = "n: index = 1, /", .call = rotate},
    {.path = "deque.insert", .signature = "index: index, object, /", .call = insert},
    {.path = "deque.remove", .signature = "value, /", .call = remove_one},
    {.path = "deque.copy", .signature = "", .call = copy},
    {.path = "deque.clear", .signature = "", .call = method_of_list},
    {.path = "deque.count", .signature = "value, /", .call = method_of_list},
    {.path = "deque.index",
     .signature = "value, start: index = 0, stop: index = 9223372036854775807, /",
     .call = method_of_list},
    {.path = "deque.reverse", .signature = "", .call = method_of_list},
    {0}};
