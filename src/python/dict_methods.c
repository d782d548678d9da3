/* The methods of dict, and OrderedDict. */
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

static object *dict_items(call *c) {
    return iterate_items(c->script, c->self);
}

static object *dict_keys(call *c) {
    return iterate_keys(c->script, c->self);
}

static object *dict_values(call *c) {
    return iterate_values(c->script, c->self);
}

static object *dict_get(call *c) {
    object *found = dict_find(c->self, c->arguments[0]->as.string);
    return found ? found : c->arguments[1];
}

/* OrderedDict([(key, value), ...]), or of another dict. */
static object *ordered_dict(call *c) {
    object *dict = object_dict(c->script);
    dict->is_ordered = true;
    object *given = c->arguments[0];
    object *it = iterate(
        c->script, given->kind == OBJECT_DICT ? iterate_items(c->script, given) : given, c->where);
    for (object *pair; (pair = iterate_next(c->script, it, c->where));) {
        if (!object_is_sequence(pair) || pair->as.sequence.count != 2 ||
            pair->as.sequence.items[0]->kind != OBJECT_STRING)
            call_fail(c, "OrderedDict() takes a list of pairs ('name', value)");
        dict_set(c->script, dict, pair->as.sequence.items[0]->as.string, pair->as.sequence.items[1],
                 c->where);
    }
    return dict;
}

const native native_dict_methods[] = {
    {.path = "dict.items", .signature = "", .call = dict_items},
    {.path = "dict.keys", .signature = "", .call = dict_keys},
    {.path = "dict.values", .signature = "", .call = dict_values},
    {.path = "dict.get", .signature = "key: str, default = None, /", .call = dict_get},
    {.path = "collections.OrderedDict",
     .class_name = "collections.OrderedDict",
     .is_type = true,
     .signature = "items = (), /",
     .call = ordered_dict},
    {.path = "object.__init__", .signature = ""},
    {0}};
