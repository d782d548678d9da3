/* dict, its methods, and OrderedDict. */
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

static object *popitem(call *c) {
    const size_t count = c->self->as.sequence.count;
    if (count == 0)
        script_raise(c->script, c->where, KEY_ERROR, "popitem(): dictionary is empty");
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = c->self->as.sequence.keys[count - 1];
    pair->as.sequence.items[1] = c->self->as.sequence.items[count - 1];
    dict_remove(c->script, c->self, count - 1);
    return pair;
}

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
    {.path = "dict.pop", .signature = "| key, / | key, default, /", .call = pop},
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
    {.path = "object.__init__", .signature = ""},
    {0}};

const native native_dict[] = {{.path = "dict",
                               .class_name = "dict",
                               .is_type = true,
                               .signature = "items = (), /, **named",
                               .call = dict},
                              {0}};
