/* defaultdict and Counter. */
#include "collections.h"

#include "arithmetic.h"
#include "dict.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

/* A plain dict with the same keys and items, for its text. */
static object *as_dict(const object *self, object *plain) {
    *plain = *self;
    plain->type = NULL;
    return plain;
}

static object *class_of(call *c, const object *self) {
    return native_member(c->script, "collections", self->type->name, NULL);
}

/* Their own methods come before those of dict. */
static object *attribute(call *c, object *self, const char *name) {
    object *own = native_member(c->script, self->type->name, name, self);
    return own ? own : native_member(c->script, "dict", name, self);
}

static void set_item(const call *c, object *dict, object *key, object *item) {
    dict_put(c->script, dict, key, item, c->where);
}

static void fill(const call *c, object *dict, object *from) {
    dict_update(c->script, dict, from, c->where);
}

/* --- defaultdict --- */

static object *missing(call *c, object *self, object *key) {
    object *item = dict_get(c->script, self, key, c->where);
    if (item)
        return item;
    if (!self->factory || self->factory->kind == OBJECT_NONE)
        refuse_key(c->script, key, c->where);
    item = call_positional(c, self->factory, NULL, 0);
    set_item(c, self, key, item);
    return item;
}

static object *default_attribute(call *c, object *self, const char *name) {
    if (strcmp(name, "default_factory") == 0)
        return self->factory;
    return attribute(c, self, name);
}

static void default_set_attribute(call *c, object *self, const char *name, object *o) {
    if (strcmp(name, "default_factory") != 0)
        call_fail(c, "attributes of a value of type defaultdict cannot be assigned to");
    self->factory = o;
}

static void default_write(call *c, const object *self, buffer *out) {
    object plain;
    buffer_text(out, "defaultdict(");
    write_repr(c, self->factory);
    buffer_text(out, ", ");
    write_repr(c, as_dict(self, &plain));
    buffer_text(out, ")");
}

const struct type default_dict_type = {.name = "defaultdict",
                                       .class = class_of,
                                       .attribute = default_attribute,
                                       .set_attribute = default_set_attribute,
                                       .subscript = missing,
                                       .write = default_write};

static object *default_dict(call *c) {
    object *dict = object_dict(c->script), *factory = c->arguments[0];
    if (factory->kind != OBJECT_NONE && !object_is_callable(factory))
        call_fail(call_raises(c, TYPE_ERROR, "first argument must be callable or None"),
                  "defaultdict() takes what makes its items first, as in defaultdict(list)");
    dict->type = &default_dict_type;
    dict->factory = factory;
    fill(c, dict, c->arguments[1]);
    fill(c, dict, c->arguments[2]);
    return dict;
}

/* --- Counter --- */

static object *zero(const call *c) {
    return object_integer(c->script, 0);
}

static object *count_of(call *c, const object *counter, object *key) {
    object *count = dict_get(c->script, counter, key, c->where);
    return count ? count : zero(c);
}

static object *new_counter(const call *c) {
    object *counter = object_dict(c->script);
    counter->type = &counter_type;
    return counter;
}

static object *operate(const call *c, operator op, object *a, object *b) {
    return python_binary(c->script, op, a, b, c->where);
}

/* Adds to the counts, or takes off, those of a dict, or 1 for each element. */
static void count(call *c, object *counter, operator op, object *from) {
    if (from->kind == OBJECT_DICT) {
        for (size_t i = 0; i < from->as.sequence.count; i++) {
            object *key = from->as.sequence.keys[i];
            set_item(c, counter, key,
                     operate(c, op, count_of(c, counter, key), from->as.sequence.items[i]));
        }
        return;
    }
    object *it = iterate(c->script, from, c->where), *one = object_integer(c->script, 1);
    for (object *key; (key = iterate_next(c->script, it, c->where));)
        set_item(c, counter, key, operate(c, op, count_of(c, counter, key), one));
}

static void count_given(call *c, object *counter, operator op) {
    if (c->arguments[0]->kind != OBJECT_NONE)
        count(c, counter, op, c->arguments[0]);
    count(c, counter, op, c->arguments[1]);
}

static object *counter(call *c) {
    object *new = new_counter(c);
    count_given(c, new, OPERATOR_ADD);
    return new;
}

static object *counter_update(call *c) {
    count_given(c, c->self, OPERATOR_ADD);
    return object_none(c->script);
}

static object *counter_subtract(call *c) {
    count_given(c, c->self, OPERATOR_SUB);
    return object_none(c->script);
}

static object *second_of(call *c) {
    return c->arguments[0]->as.sequence.items[1];
}

/* Pairs of key and count, the largest count first, of equal ones as they came. */
static object *ordered(call *c, object *counter) {
    static const native row = {.path = "second", .signature = "pair, /", .call = second_of};
    object second = {.kind = OBJECT_NATIVE, .as.native = &row};
    object *pairs =
        iterate_all(c->script, iterate_items(c->script, counter), OBJECT_LIST, c->where);
    list_sort(c, pairs, &second, true);
    return pairs;
}

static object *counter_most_common(call *c) {
    object *pairs = ordered(c, c->self);
    const object *n = c->arguments[0];
    if (n->kind == OBJECT_NONE)
        return pairs;
    const int64_t most = n->as.integer < 0 ? 0 : n->as.integer;
    if ((uint64_t)most < pairs->as.sequence.count)
        pairs->as.sequence.count = (size_t)most;
    return pairs;
}

/* Each key as often as it is counted. */
static object *counter_elements(call *c) {
    object *all = object_sequence(c->script, OBJECT_LIST, 0);
    const object *self = c->self;
    for (size_t i = 0; i < self->as.sequence.count; i++) {
        const object *n = self->as.sequence.items[i];
        if (n->kind != OBJECT_INTEGER && n->kind != OBJECT_BOOL)
            call_fail(call_raises(c, TYPE_ERROR, "'%s' object cannot be interpreted as an integer",
                                  object_class_name(n)),
                      "elements() of a Counter needs whole numbers as counts");
        for (int64_t k = number_integer(n); k > 0; k--, script_spend(c->script, c->where))
            list_append(c->script, all, self->as.sequence.keys[i]);
    }
    return iterate(c->script, all, c->where);
}

static object *counter_total(call *c) {
    object *total = zero(c);
    for (size_t i = 0; i < c->self->as.sequence.count; i++)
        total = operate(c, OPERATOR_ADD, total, c->self->as.sequence.items[i]);
    return total;
}

static void counter_write(call *c, const object *self, buffer *out) {
    object plain;
    if (self->as.sequence.count == 0) {
        buffer_text(out, "Counter()");
        return;
    }
    object *sorted = object_dict(c->script);
    fill(c, sorted, ordered(c, as_dict(self, &plain)));
    buffer_text(out, "Counter(");
    write_repr(c, sorted);
    buffer_text(out, ")");
}

/* Whether the two count the same: what one lacks is counted 0 times. */
static bool counts_are_equal(call *c, const object *a, const object *b) {
    for (size_t i = 0; i < a->as.sequence.count; i++) {
        object *other = count_of(c, b, a->as.sequence.keys[i]);
        if (!python_equal(c->script, a->as.sequence.items[i], other, c->where))
            return false;
    }
    return true;
}

/* What a key is counted in a op b. */
static object *combined(call *c, operator op, object *a, object *b) {
    const bool is_more =
        python_truth(c->script, operate(c, OPERATOR_LT, a, b), c->where); /* b than a */
    if (op == OPERATOR_OR)
        return is_more ? b : a;
    if (op == OPERATOR_AND)
        return is_more ? a : b;
    return operate(c, op, a, b);
}

static void put_positive(call *c, object *counter, object *key, object *n) {
    if (python_truth(c->script, operate(c, OPERATOR_GT, n, zero(c)), c->where))
        set_item(c, counter, key, n);
}

/* Of both, with the counts that are positive. */
static object *combine(call *c, operator op, const object *a, const object *b) {
    object *result = new_counter(c);
    for (size_t i = 0; i < a->as.sequence.count; i++) {
        object *key = a->as.sequence.keys[i];
        put_positive(c, result, key, combined(c, op, a->as.sequence.items[i], count_of(c, b, key)));
    }
    for (size_t i = 0; i < b->as.sequence.count; i++) {
        object *key = b->as.sequence.keys[i];
        if (!dict_get(c->script, a, key, c->where))
            put_positive(c, result, key, combined(c, op, zero(c), b->as.sequence.items[i]));
    }
    return result;
}

static object *counter_binary(call *c, operator op, object *a, object *b) {
    if (!object_is(a, &counter_type) || !object_is(b, &counter_type))
        return NULL;
    if (op == OPERATOR_EQ || op == OPERATOR_NE)
        return object_bool(c->script, (counts_are_equal(c, a, b) && counts_are_equal(c, b, a)) ==
                                          (op == OPERATOR_EQ));
    if (op == OPERATOR_ADD || op == OPERATOR_SUB || op == OPERATOR_OR || op == OPERATOR_AND)
        return combine(c, op, a, b);
    if (op > OPERATOR_EQ)
        call_fail(c, "the order of Counters is outside the subset: compare their counts");
    return NULL;
}

static object *counter_in_place(call *c, operator op, object *self, object *b) {
    object *result = counter_binary(c, op, self, b);
    if (!result)
        call_fail(c, "a Counter is changed in place by another Counter with += -= |= &= alone");
    self->as.sequence = result->as.sequence;
    return self;
}

static object *counter_positive(call *c, object *self) {
    return combine(c, OPERATOR_ADD, self, new_counter(c));
}

static object *counter_negative(call *c, object *self) {
    return combine(c, OPERATOR_SUB, new_counter(c), self);
}

static object *counter_subscript(call *c, object *self, object *key) {
    return count_of(c, self, key);
}

/* Also of a key that it does not have. */
static void counter_remove(call *c, object *self, object *key) {
    dict_take(c->script, self, key, c->where);
}

const struct type counter_type = {.name = "Counter",
                                  .class = class_of,
                                  .attribute = attribute,
                                  .binary = counter_binary,
                                  .in_place = counter_in_place,
                                  .positive = counter_positive,
                                  .negative = counter_negative,
                                  .subscript = counter_subscript,
                                  .remove = counter_remove,
                                  .write = counter_write};

static const char counted[] = "iterable = None, /, **kwds";

const native native_collections[] = {
    {.path = "collections.defaultdict",
     .class_name = "collections.defaultdict",
     .is_type = true,
     .instances = &default_dict_type,
     .signature = "default_factory = None, items = (), /, **named",
     .call = default_dict},
    {.path = "collections.Counter",
     .class_name = "collections.Counter",
     .is_type = true,
     .instances = &counter_type,
     .signature = counted,
     .call = counter},
    {.path = "Counter.update", .signature = counted, .call = counter_update},
    {.path = "Counter.subtract", .signature = counted, .call = counter_subtract},
    {.path = "Counter.most_common",
     .signature = "n: Optional[index] = None",
     .call = counter_most_common},
    {.path = "Counter.elements", .signature = "", .call = counter_elements},
    {.path = "Counter.total", .signature = "", .call = counter_total},
    {0}};
