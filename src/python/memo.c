/* functools: what keeps the results of a function, lru_cache and cache, and cached_property. */
#include "evaluate.h"
#include "native.h"
#include "dict.h"
#include "iterate.h"
#include "run.h"
#include "type.h"

#include <string.h>

typedef struct {
    object *function;
    object *results; /* a dict: by the arguments, those that were used last at the end */
    int64_t most;    /* of them; -1 where there is no limit */
    int64_t hits, misses;
} memo;

static const struct type memo_type, cached_property_type;

static memo *memo_of(const object *o) {
    return o->as.data;
}

static object *new_memo(const call *c, object *function, int64_t most) {
    memo *m = script_alloc(c->script, 1, sizeof *m);
    *m = (memo){.function = function, .results = object_dict(c->script), .most = most};
    return object_extension(c->script, &memo_type, m);
}

/* The arguments as a tuple, those with a name behind a mark, which has to have a hash; a whole number
 * or a string alone is itself, as in CPython, where 1 and 1.0 alone therefore differ. */
static object *key_of(const call *c, const arguments *given) {
    object *key = object_sequence(c->script, OBJECT_LIST, 0);
    const object *first = given->count ? given->items[0].object : NULL;
    if (given->count == 1 && !given->items[0].keyword &&
        (first->kind == OBJECT_INTEGER || first->kind == OBJECT_STRING))
        return given->items[0].object;
    for (size_t i = 0; i < given->count; i++) {
        if (given->items[i].keyword && (i == 0 || !given->items[i - 1].keyword))
            list_append(c->script, key, native_object(c->script, "functools.cache", NULL));
        if (given->items[i].keyword)
            list_append(c->script, key, script_name(c->script, given->items[i].keyword));
        list_append(c->script, key, given->items[i].object);
    }
    key->kind = OBJECT_TUPLE;
    return key;
}

static object *call_memo(call *c, object *self, const arguments *given) {
    memo *m = memo_of(self);
    object *key = key_of(c, given);
    object *result = m->most < 0 ? dict_get(c->script, m->results, key, c->where)
                                 : dict_take(c->script, m->results, key, c->where);
    m->hits += result != NULL;
    m->misses += result == NULL;
    if (!result)
        result = call_object(c, m->function, given);
    dict_put(c->script, m->results, key, result, c->where);
    if (m->most >= 0 && m->results->as.sequence.count > (size_t)m->most)
        dict_remove(c->script, m->results, 0);
    return result;
}

/* Of an object, it is called with that in front. */
static object *bound_memo(call *c, object *self, object *to) {
    return call_positional(c, native_object(c->script, "functools.partial", NULL),
                           (object *[]){self, to}, 2);
}

static object *memo_attribute(call *c, object *self, const char *name) {
    static const char *const names[] = {"__name__", "__qualname__", "__doc__", "__module__"};
    if (strcmp(name, "__wrapped__") == 0)
        return memo_of(self)->function;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return attribute_of(c->script, memo_of(self)->function, name, c->where);
    return NULL;
}

static const struct type memo_type = {.name = "lru_cache",
                                      .attribute = memo_attribute,
                                      .call = call_memo,
                                      .bound = bound_memo};

static object *memo_info(call *c) {
    static const char *const names[] = {"hits", "misses", "maxsize", "currsize"};
    const memo *m = memo_of(c->self);
    object *fields = object_sequence(c->script, OBJECT_LIST, 4);
    for (size_t i = 0; i < 4; i++)
        fields->as.sequence.items[i] = script_name(c->script, names[i]);
    object *class = call_positional(c, native_object(c->script, "collections.namedtuple", NULL),
                                    (object *[]){object_string(c->script, "CacheInfo"), fields}, 2);
    object *values[] = {object_integer(c->script, m->hits), object_integer(c->script, m->misses),
                        m->most < 0 ? object_none(c->script) : object_integer(c->script, m->most),
                        object_integer(c->script, (int64_t)m->results->as.sequence.count)};
    return call_positional(c, class, values, 4);
}

static object *memo_clear(call *c) {
    memo *m = memo_of(c->self);
    m->results = object_dict(c->script);
    m->hits = m->misses = 0;
    return object_none(c->script);
}

static object *checked(call *c, object *function) {
    if (function->kind != OBJECT_FUNCTION)
        call_fail(c, "%s() stands above a def here", c->native->path);
    return function;
}

/* What lru_cache(maxsize=...) gives, its self being that. */
static object *keep_results(call *c) {
    return new_memo(c, checked(c, c->arguments[0]),
                    c->self->kind == OBJECT_NONE ? -1 : c->self->as.integer);
}

/* @lru_cache, or @lru_cache(...) */
static object *lru_cache(call *c) {
    static const native row = {
        .path = "lru_cache", .signature = "function, /", .call = keep_results};
    object *most = c->arguments[0];
    if (most->kind == OBJECT_FUNCTION)
        return new_memo(c, most, 128);
    if (most->kind != OBJECT_NONE && most->kind != OBJECT_INTEGER)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "Expected first argument to be an integer, a callable, or None");
    if (c->arguments[1]->as.boolean)
        call_fail(c, "typed=True of lru_cache() is outside the subset: leave it out");
    const bool keeps_none = most->kind == OBJECT_INTEGER && most->as.integer < 0;
    return native_bound(c->script, &row, keeps_none ? object_integer(c->script, 0) : most);
}

static object *cache(call *c) {
    return new_memo(c, checked(c, c->arguments[0]), -1);
}

/* --- cached_property --- */

typedef struct {
    object *function;
    const char *name; /* in the body of the class; NULL outside of one */
} cached_property;

static object *make_property(call *c) {
    cached_property *p = script_alloc(c->script, 1, sizeof *p);
    p->function = checked(c, c->arguments[0]);
    return object_extension(c->script, &cached_property_type, p);
}

static void name_property(call *c, object *self, const char *name) {
    cached_property *p = self->as.data;
    if (p->name && strcmp(p->name, name) != 0)
        call_fail(c, "a cached_property has one name, not '%s' and '%s'", p->name, name);
    p->name = name;
}

/* From now on the object has the value by itself. */
static object *bound_property(call *c, object *self, object *to) {
    const cached_property *p = self->as.data;
    if (to->kind != OBJECT_INSTANCE)
        call_fail(c, "cached_property works for classes that derive from nothing: write property");
    if (!p->name)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "Cannot use cached_property instance without calling __set_name__ on it.");
    object *value = call_positional(c, p->function, &to, 1);
    dict_set(c->script, &to->as.instance->attributes, p->name, value, c->where);
    return value;
}

static const struct type cached_property_type = {.name = "cached_property",
                                                 .set_name = name_property,
                                                 .bound = bound_property};

const native native_memo[] = {
    {.path = "functools.lru_cache",
     .signature = "maxsize = 128, typed: bool = False",
     .call = lru_cache},
    {.path = "functools.cache", .signature = "user_function, /", .call = cache},
    {.path = "functools.cached_property", .signature = "func", .call = make_property},
    {.path = "lru_cache.cache_info", .signature = "", .call = memo_info},
    {.path = "lru_cache.cache_clear", .signature = "", .call = memo_clear},
    {0}};
