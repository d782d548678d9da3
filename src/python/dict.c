#include "dict.h"

#include "arithmetic.h"
#include "bytes.h"
#include "derived.h"
#include "iterate.h"
#include "large.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <math.h>
#include <string.h>

/* --- hashes --- */

enum {
    MODULUS_BITS = 61, /* numbers are hashed modulo 2^61 - 1, so that equal ones are alike */
    PIECE = 28         /* bits that are taken of a float at a time */
};
static const uint64_t modulus = ((uint64_t)1 << MODULUS_BITS) - 1;

/* CPython keeps -1 for failures. */
static uint64_t valid(uint64_t hash) {
    return hash == UINT64_MAX ? UINT64_MAX - 1 : hash;
}

static uint64_t hash_integer(int64_t integer) {
    const uint64_t size = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    const uint64_t rest = size % modulus;
    return valid(integer < 0 ? 0 - rest : rest);
}

static uint64_t hash_large(large_number w) {
    const uint64_t rest = whole_remainder(w, modulus);
    return valid(w.negative ? 0 - rest : rest);
}

static uint64_t rotated(uint64_t x, int bits) {
    return (x << bits & modulus) | x >> (MODULUS_BITS - bits);
}

/* _Py_HashDouble. */
static uint64_t hash_float(double number) {
    int exponent;
    uint64_t x = 0;
    if (isinf(number))
        return number > 0 ? 314159 : 0 - (uint64_t)314159;
    double part = frexp(fabs(number), &exponent);
    while (part != 0) {
        x = rotated(x, PIECE);
        part *= (double)(1 << PIECE);
        exponent -= PIECE;
        const uint64_t piece = (uint64_t)part;
        part -= (double)piece;
        x += piece;
        if (x >= modulus)
            x -= modulus;
    }
    exponent =
        exponent >= 0 ? exponent % MODULUS_BITS : MODULUS_BITS - 1 - (-1 - exponent) % MODULUS_BITS;
    x = rotated(x, exponent);
    return valid(number < 0 ? 0 - x : x);
}

/* FNV-1a. */
static uint64_t hash_string(const char *text) {
    uint64_t h = 0xcbf29ce484222325;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3;
    return h ^ h >> 32;
}

static uint64_t hash_bytes(const bytes *b) {
    uint64_t h = 0xcbf29ce484222325;
    for (size_t i = 0; i < b->count; i++)
        h = (h ^ b->at[i]) * 0x100000001b3;
    return h ^ h >> 32;
}

static uint64_t hash_pointer(const void *p) {
    const uint64_t bits = (uint64_t)(uintptr_t)p;
    return bits >> 4 | bits << 60;
}

/* That of CPython's tuples, which is of xxHash. */
static uint64_t hash_tuple(script *s, const object *tuple, mlp_span where) {
    static const uint64_t first = 11400714785074694791U, second = 14029467366897019727U,
                          fifth = 2870177450012600261U;
    const size_t count = tuple->as.sequence.count;
    uint64_t h = fifth;
    script_enter(s, where, "tuples");
    script_work(s, where, count);
    for (size_t i = 0; i < count; i++) {
        h += object_hash(s, tuple->as.sequence.items[i], where) * second;
        h = (h << 31 | h >> 33) * first;
    }
    script_leave(s);
    h += count ^ (fifth ^ 3527539U);
    return h == UINT64_MAX ? 1546275796 : h;
}

/* The same in any order. */
static uint64_t hash_set(script *s, const object *set, mlp_span where) {
    uint64_t h = set->as.sequence.count;
    script_enter(s, where, "sets");
    for (size_t i = 0; i < set->as.sequence.count; i++)
        h += object_hash(s, set->as.sequence.keys[i], where) * 0x9e3779b97f4a7c15;
    script_leave(s);
    return h;
}

static uint64_t hash_range(script *s, const object *o, mlp_span where) {
    const size_t count = object_length(s, o, where);
    uint64_t h = hash_integer((int64_t)count);
    h = h * 31 + hash_integer(count > 0 ? o->as.range.start : 0);
    return h * 31 + hash_integer(count > 1 ? o->as.range.step : 0);
}

static bool is_unhashable(const object *o) {
    return o->kind == OBJECT_LIST || o->kind == OBJECT_DICT || o->kind == OBJECT_SLICE ||
           o->kind == OBJECT_SET || iterate_view(o);
}

uint64_t object_identity(const object *o) {
    switch (o->kind) {
    case OBJECT_NONE:
    case OBJECT_ELLIPSIS:
        return o->kind;
    case OBJECT_INSTANCE:
        return hash_pointer(o->as.instance);
    case OBJECT_CLASS:
        return hash_pointer(o->as.class);
    case OBJECT_FUNCTION:
        return hash_pointer(o->as.function);
    case OBJECT_NATIVE:
        return hash_pointer(o->as.native);
    case OBJECT_NAMESPACE:
        return hash_string(o->as.string);
    case OBJECT_EXTENSION:
        return hash_pointer(o->type->identity ? o->type->identity(o) : o->as.data);
    default:
        return hash_pointer(o);
    }
}

uint64_t object_hash(script *s, object *o, mlp_span where) {
    if (is_unhashable(o))
        script_raise(s, where, TYPE_ERROR, "unhashable type: '%s'", object_class_name(o));
    if (bytes_of(o))
        return hash_bytes(bytes_of(o));
    uint64_t own;
    if (special_hash(&(call){.script = s, .where = where}, o, &own))
        return own;
    switch (o->kind) {
    case OBJECT_BOOL:
    case OBJECT_INTEGER:
        return hash_integer(number_integer(o));
    case OBJECT_LARGE:
        return hash_large(o->as.large);
    case OBJECT_FLOAT:
        return isnan(o->as.number) ? hash_pointer(o) : hash_float(o->as.number);
    case OBJECT_STRING:
        return hash_string(o->as.string);
    case OBJECT_TUPLE:
        return hash_tuple(s, o, where);
    case OBJECT_RANGE:
        return hash_range(s, o, where);
    case OBJECT_FROZEN_SET:
        return hash_set(s, o, where);
    default:
        return object_identity(o);
    }
}

bool object_hash_is_known(const object *o) {
    if (o->kind == OBJECT_FLOAT)
        return !isnan(o->as.number);
    if (o->kind != OBJECT_TUPLE)
        return object_is_real(o);
    for (size_t i = 0; i < o->as.sequence.count; i++)
        if (!object_hash_is_known(o->as.sequence.items[i]))
            return false;
    return true;
}

/* --- where a key stands --- */

enum {
    FEW_KEYS = 8 /* are looked through faster than hashed */
};

/* Of a dict with more than a few keys: a hash table of their positions. */
struct dict_index {
    size_t *places;   /* the position and 1; 0 where there is none */
    size_t size;      /* of places, a power of two */
    uint64_t *hashes; /* of the keys, by their positions */
    size_t capacity;  /* of hashes */
};

static bool is_string(const object *key, const char *text) {
    return key->kind == OBJECT_STRING &&
           (key->as.string == text || strcmp(key->as.string, text) == 0);
}

bool keys_match(script *s, object *stored, object *key, mlp_span where) {
    if (stored == key)
        return true;
    if (key->kind == OBJECT_STRING)
        return is_string(stored, key->as.string);
    if (special_member(key, "__eq__") || special_member(stored, "__eq__"))
        return object_hash(s, stored, where) == object_hash(s, key, where) &&
               python_equal(s, stored, key, where);
    const bool are_numbers = object_is_real(stored) && object_is_real(key);
    if (stored->kind != key->kind && !are_numbers)
        return false;
    return key->kind == OBJECT_EXTENSION && !bytes_of(key)
               ? object_identity(stored) == object_identity(key)
               : python_equal(s, stored, key, where);
}

static size_t *place_of_string(const object *dict, const char *key) {
    const dict_index *index = dict->as.sequence.index;
    const uint64_t hash = hash_string(key);
    size_t i = (size_t)hash & (index->size - 1);
    for (; index->places[i]; i = (i + 1) & (index->size - 1))
        if (index->hashes[index->places[i] - 1] == hash &&
            is_string(dict->as.sequence.keys[index->places[i] - 1], key))
            break;
    return &index->places[i];
}

static size_t *place_of(script *s, const object *dict, object *key, uint64_t hash, mlp_span where) {
    const dict_index *index = dict->as.sequence.index;
    size_t i = (size_t)hash & (index->size - 1);
    for (; index->places[i]; i = (i + 1) & (index->size - 1))
        if (index->hashes[index->places[i] - 1] == hash &&
            keys_match(s, dict->as.sequence.keys[index->places[i] - 1], key, where))
            break;
    return &index->places[i];
}

static size_t position_of_string(const object *dict, const char *key) {
    const size_t count = dict->as.sequence.count;
    if (dict->as.sequence.index) {
        const size_t place = *place_of_string(dict, key);
        return place ? place - 1 : count;
    }
    size_t i = 0;
    while (i < count && !is_string(dict->as.sequence.keys[i], key))
        i++;
    return i;
}

size_t dict_position(script *s, const object *dict, object *key, mlp_span where) {
    if (key->kind == OBJECT_STRING)
        return position_of_string(dict, key->as.string);
    const size_t count = dict->as.sequence.count;
    const uint64_t hash = object_hash(s, key, where);
    if (dict->as.sequence.index) {
        const size_t place = *place_of(s, dict, key, hash, where);
        return place ? place - 1 : count;
    }
    size_t i = 0;
    while (i < count && !keys_match(s, dict->as.sequence.keys[i], key, where))
        i++;
    return i;
}

/* Enters a key that is not there yet. */
static void enter(dict_index *index, size_t position, uint64_t hash) {
    size_t i = (size_t)hash & (index->size - 1);
    while (index->places[i])
        i = (i + 1) & (index->size - 1);
    index->places[i] = position + 1;
    index->hashes[position] = hash;
}

static dict_index *new_index(script *s, size_t count) {
    dict_index *index = script_alloc(s, 1, sizeof *index);
    index->size = 32;
    while (index->size < 4 * count)
        index->size *= 2;
    index->capacity = index->size / 2;
    index->places = script_alloc(s, index->size, sizeof *index->places);
    index->hashes = script_alloc(s, index->capacity, sizeof *index->hashes);
    return index;
}

/* Of the first `count` keys, whose hashes are those of the old index, where there is one. */
static void make_index(script *s, object *dict, size_t count, mlp_span where) {
    const dict_index *old = dict->as.sequence.index;
    dict_index *index = new_index(s, count);
    for (size_t i = 0; i < count; i++)
        enter(index, i, old ? old->hashes[i] : object_hash(s, dict->as.sequence.keys[i], where));
    dict->as.sequence.index = index;
}

static void append_key(script *s, object *dict, object *key, object *item, mlp_span where) {
    const bool is_small = dict->as.sequence.count < FEW_KEYS && !dict->as.sequence.index;
    const uint64_t hash = is_small ? 0 : object_hash(s, key, where);
    sequence_grow(s, dict);
    const size_t at = dict->as.sequence.count;
    dict->as.sequence.keys[at] = key;
    dict->as.sequence.items[at] = item;
    if (at >= FEW_KEYS && (!dict->as.sequence.index || dict->as.sequence.index->capacity == at))
        make_index(s, dict, at, where);
    if (dict->as.sequence.index)
        enter(dict->as.sequence.index, at, hash);
    dict->as.sequence.count++;
}

/* --- strings as keys --- */

object *script_name(script *s, const char *name) {
    object *o = map_find(&s->names, name);
    if (o)
        return o;
    o = object_string(s, name);
    if (!map_put(&s->names, script_arena(s), name, o))
        script_out_of_memory(s);
    return o;
}

const char *dict_key(const object *dict, size_t i) {
    const object *key = dict->as.sequence.keys[i];
    return key->kind == OBJECT_STRING ? key->as.string : NULL;
}

object *dict_find(const object *dict, const char *key) {
    const size_t i = position_of_string(dict, key);
    return i < dict->as.sequence.count ? dict->as.sequence.items[i] : NULL;
}

void dict_set(script *s, object *dict, const char *key, object *item, mlp_span where) {
    const size_t i = position_of_string(dict, key);
    script_spend(s, where);
    if (i == dict->as.sequence.count)
        append_key(s, dict, script_name(s, key), item, where);
    else
        dict->as.sequence.items[i] = item;
}

/* --- all keys --- */

object *dict_get(script *s, const object *dict, object *key, mlp_span where) {
    const size_t i = dict_position(s, dict, key, where);
    return i < dict->as.sequence.count ? dict->as.sequence.items[i] : NULL;
}

void dict_put(script *s, object *dict, object *key, object *item, mlp_span where) {
    const size_t i = dict_position(s, dict, key, where);
    script_spend(s, where);
    if (i == dict->as.sequence.count) {
        if (key->kind != OBJECT_STRING && dict->as.sequence.count < FEW_KEYS)
            object_hash(s, key, where); /* which fails where it has none */
        append_key(s, dict, key, item, where);
    } else {
        dict->as.sequence.items[i] = item;
    }
}

void dict_remove(script *s, object *dict, size_t at) {
    object **keys = dict->as.sequence.keys, **items = dict->as.sequence.items;
    dict_index *index = dict->as.sequence.index;
    const size_t left = --dict->as.sequence.count - at;
    script_work(s, s->reader.at, dict->as.sequence.count);
    memmove(keys + at, keys + at + 1, left * sizeof *keys);
    memmove(items + at, items + at + 1, left * sizeof *items);
    if (!index)
        return;
    memmove(index->hashes + at, index->hashes + at + 1, left * sizeof *index->hashes);
    memset(index->places, 0, index->size * sizeof *index->places);
    for (size_t i = 0; i < dict->as.sequence.count; i++)
        enter(index, i, index->hashes[i]);
}

object *dict_take(script *s, object *dict, object *key, mlp_span where) {
    const size_t i = dict_position(s, dict, key, where);
    if (i == dict->as.sequence.count)
        return NULL;
    object *item = dict->as.sequence.items[i];
    dict_remove(s, dict, i);
    return item;
}

void dict_clear(object *dict) {
    dict->as.sequence.count = dict->as.sequence.capacity = 0;
    dict->as.sequence.index = NULL;
}

/* What a library has in the place of a dict has items(), too. */
static object *pairs_of(script *s, object *from, mlp_span where) {
    call c = {.script = s, .where = where};
    object *items = from->kind == OBJECT_EXTENSION && from->type->attribute
                        ? from->type->attribute(&c, from, "items")
                        : NULL;
    return items ? call_positional(&c, items, NULL, 0) : from;
}

void dict_update(script *s, object *dict, object *from, mlp_span where) {
    if (from->kind == OBJECT_DICT) {
        for (size_t i = 0; i < from->as.sequence.count; i++)
            dict_put(s, dict, from->as.sequence.keys[i], from->as.sequence.items[i], where);
        return;
    }
    object *it = iterate(s, pairs_of(s, from, where), where);
    size_t i = 0;
    for (object *pair; (pair = iterate_next(s, it, where)); i++) {
        const object *both = object_is_sequence(pair) || !object_has_elements(pair)
                                 ? pair
                                 : iterate_all(s, pair, OBJECT_TUPLE, where);
        if (!object_is_sequence(both))
            script_raise(s, where, TYPE_ERROR,
                         "cannot convert dictionary update sequence element #%zu to a "
                         "sequence",
                         i);
        if (both->as.sequence.count != 2)
            script_raise(s, where, VALUE_ERROR,
                         "dictionary update sequence element #%zu has length %zu; 2 is "
                         "required",
                         i, both->as.sequence.count);
        dict_put(s, dict, both->as.sequence.items[0], both->as.sequence.items[1], where);
    }
}

object *dict_like(script *s, const object *dict) {
    object *empty = object_dict(s);
    empty->is_ordered = dict->is_ordered;
    if (derived_is(dict))
        return empty;
    empty->type = dict->type;
    empty->factory = dict->factory;
    return empty;
}

object *dict_copy(script *s, const object *dict, mlp_span where) {
    object *copy = dict_like(s, dict);
    for (size_t i = 0; i < dict->as.sequence.count; i++)
        dict_put(s, copy, dict->as.sequence.keys[i], dict->as.sequence.items[i], where);
    return copy;
}
