/* dict, its methods, and OrderedDict. */
#include "derived.h"
#include "dict.h"
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

static object *items(call *c) {
    return iterate_items(c->script, c->self);
}

static object *keys(call *c) {
    return iterate_keys(c->script, c->self);
}

static object *values(call *c) {
    return iterate_values(c->script, c->self);
}

static object *get(call *c) {
    object *found = dict_get(c->script, c->self, c->arguments[0], c->where);
    return found ? found : c->arguments[1];
}

static object *pop(call *c) {
    object *found = dict_take(c->script, c->self, c->arguments[0], c->where);
    if (!found && !c->arguments[1])
        refuse_key(c->script, c->arguments[0], c->where);
    return found ? found : c->arguments[1];
}

/* Takes it out. */
static object *pair_at(call *c, size_t at) {
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = c->self->as.sequence.keys[at];
    pair->as.sequence.items[1] = c->self->as.sequence.items[at];
    dict_remove(c->script, c->self, at);
    return pair;
}

static object *popitem(call *c) {
    const size_t count = c->self->as.sequence.count;
    if (count == 0)
        script_raise(c->script, c->where, KEY_ERROR, "popitem(): dictionary is empty");
    return pair_at(c, count - 1);
}

/* --- those of OrderedDict --- */

/* To the end, or to the beginning. */
static object *move_to_end(call *c) {
    object *self = c->self, *item = dict_take(c->script, self, c->arguments[0], c->where);
    if (!item)
        refuse_key(c->script, c->arguments[0], c->where);
    object *others = dict_copy(c->script, self, c->where);
    const bool last = c->arguments[1]->as.boolean;
    if (!last)
        dict_clear(self);
    dict_put(c->script, self, c->arguments[0], item, c->where);
    if (!last)
        dict_update(c->script, self, others, c->where);
    return object_none(c->script);
}

/* The last pair, or the first. */
static object *popitem_ordered(call *c) {
    const size_t count = c->self->as.sequence.count;
    if (count == 0)
        script_raise(c->script, c->where, KEY_ERROR, "dictionary is empty");
    return pair_at(c, c->arguments[0]->as.boolean ? count - 1 : 0);
}

/* --- */

static object *setdefault(call *c) {
    object *found = dict_get(c->script, c->self, c->arguments[0], c->where);
    if (found)
        return found;
    dict_put(c->script, c->self, c->arguments[0], c->arguments[1], c->where);
    return c->arguments[1];
}

static object *copy(call *c) {
    return dict_copy(c->script, c->self, c->where);
}

static object *clear(call *c) {
    dict_clear(c->self);
    return object_none(c->script);
}

/* Arguments: pairs or another dict, then named ones. */
static object *fill(call *c, object *dict) {
    dict_update(c->script, dict, c->arguments[0], c->where);
    dict_update(c->script, dict, c->arguments[1], c->where);
    return dict;
}

static object *update(call *c) {
    fill(c, c->self);
    return object_none(c->script);
}

static object *dict(call *c) {
    return fill(c, object_dict(c->script));
}

static object *ordered_dict(call *c) {
    object *dict = object_dict(c->script);
    dict->is_ordered = true;
    return fill(c, dict);
}

static object *fromkeys(call *c) {
    object *dict = object_dict(c->script), *it = iterate(c->script, c->arguments[0], c->where);
    for (object *key; (key = iterate_next(c->script, it, c->where));)
        dict_put(c->script, dict, key, c->arguments[1], c->where);
    return dict;
}

const native native_dict_methods[] = {
    {.path = "dict.items", .signature = "", .call = items},
    {.path = "dict.keys", .signature = "", .call = keys},
    {.path = "dict.values", .signature = "", .call = values},
    {.path = "dict.get", .signature = "key, default = None, /", .call = get},
    {.path = "dict.pop", .signature = "key, / | key, default, /", .call = pop},
    {.path = "dict.popitem", .signature = "", .call = popitem},
    {.path = "dict.setdefault", .signature = "key, default = None, /", .call = setdefault},
    {.path = "dict.copy", .signature = "", .call = copy},
    {.path = "dict.clear", .signature = "", .call = clear},
    {.path = "dict.update", .signature = "other = (), /, **named", .call = update},
    {.path = "dict.fromkeys",
     .signature = "iterable, value = None, /",
     .call = fromkeys,
     .is_class_method = true},
    {.path = "collections.OrderedDict",
     .class_name = "collections.OrderedDict",
     .is_type = true,
     .signature = "items = (), /, **named",
     .call = ordered_dict},
    {.path = "OrderedDict.move_to_end", .signature = "key, last: bool = True", .call = move_to_end},
    {.path = "OrderedDict.popitem", .signature = "last: bool = True", .call = popitem_ordered},
    {.path = "object.__init__", .signature = ""},
    {.path = "object.__init_subclass__", .signature = "", .is_class_method = true},
    {0}};

const native native_dict[] = {{.path = "dict",
                               .class_name = "dict",
                               .is_type = true,
                               .root = &derived_dict,
                               .signature = "items = (), /, **named",
                               .call = dict},
                              {0}};
