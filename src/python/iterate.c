#include "iterate.h"

#include "arithmetic.h"
#include "comprehension.h"
#include "resumable.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

#include "base/text.h"

#include <string.h>

typedef enum iterator_kind {
    ITERATE_ELEMENTS, /* of `over`, upwards */
    ITERATE_REVERSED, /* of `over`, downwards */
    ITERATE_KEYS,     /* of a dict */
    ITERATE_VALUES,
    ITERATE_ITEMS,
    ITERATE_ZIP,
    ITERATE_ENUMERATE,
    ITERATE_GENERATOR,
    ITERATE_RESUMABLE,
    ITERATE_MAP,
    ITERATE_FILTER,
    ITERATE_SET,
    ITERATE_NATIVE,
    ITERATE_NEXT,   /* __next__ of `over` */
    ITERATE_INDICES /* __getitem__ of `over` */
} iterator_kind;

struct iterator {
    iterator_kind kind;
    object *over;     /* what the elements belong to */
    object *function; /* of map and filter */
    object **sources; /* iterators */
    generator *generator;
    struct resumable *resumable;
    iterate_step *step; /* of a native one, with ... */
    const char *name;   /* ... what it is called, and */
    void *state;        /* what it goes on from */
    size_t count;       /* of sources */
    size_t at;          /* elements given so far ... */
    size_t byte;        /* ... and, of a string, their bytes */
    int64_t start;      /* of enumerate */
    size_t length;      /* of a dict, or of what is reversed, when the iteration began */
    bool is_strict;     /* of zip: all sources have as many */
    bool is_backwards;  /* of a dict: reversed() */
    bool is_view;       /* of a dict: not begun, and never itself used up */
};

/* --- length and elements --- */

static uint64_t range_length(const object *v) {
    const int64_t start = v->as.range.start, stop = v->as.range.stop, step = v->as.range.step;
    if (step > 0 ? start >= stop : start <= stop)
        return 0;
    const uint64_t distance =
        step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    const uint64_t width = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    return (distance - 1) / width + 1;
}

/* The type asks for itself; asker as in type.h. */
static bool type_has_elements(call *c, const object *o, const char *asker) {
    const struct type *type = o->type;
    if (!type || !type->has_elements)
        return type && type->length;
    return type->has_elements(c, o, asker);
}

bool object_has_elements(const object *o) {
    return object_is_sequence(o) || o->kind == OBJECT_RANGE || o->kind == OBJECT_STRING ||
           type_has_elements(NULL, o, NULL);
}

size_t object_length(script *s, const object *o, mlp_span where) {
    call c = {.script = s, .where = where};
    size_t own;
    if (special_length(&c, o, &own))
        return own;
    if (object_is_sequence(o) || o->kind == OBJECT_DICT || object_is_set(o))
        return o->as.sequence.count;
    if (iterate_view(o))
        return o->as.iterator->over->as.sequence.count;
    if (o->kind == OBJECT_RANGE) {
        const uint64_t length = range_length(o);
        if (length > PTRDIFF_MAX) /* as in CPython on a processor of this size */
            script_fail(s, where, "OverflowError: a range of more than %lld numbers",
                        (long long)PTRDIFF_MAX);
        return (size_t)length;
    }
    if (o->kind == OBJECT_STRING)
        return o->as.characters;
    if (!type_has_elements(&c, o, "len"))
        script_fail(
            script_raises(s, TYPE_ERROR, "object of type '%s' has no len()", object_class_name(o)),
            where, "a value of type %s has no len()", object_type(o));
    return o->type->length(&c, o);
}

static object *character(script *s, const object *of, size_t index) {
    const char *text = of->as.string;
    if (of->as.bytes == of->as.characters) {
        text += index;
    } else {
        script_work(s, s->reader.at, index);
        text = text_skip(text, index);
    }
    return object_string(s, script_copy(s, text, (size_t)(text_skip(text, 1) - text)));
}

object *object_element(script *s, object *v, size_t index, mlp_span where) {
    switch (v->kind) {
    case OBJECT_RANGE:
        return object_integer(
            s, (int64_t)((uint64_t)v->as.range.start + (uint64_t)v->as.range.step * index));
    case OBJECT_STRING:
        return character(s, v, index);
    case OBJECT_EXTENSION:
        return v->type->element(&(call){.script = s, .where = where}, v, index);
    default:
        return v->as.sequence.items[index];
    }
}

/* --- iterators --- */

static object *new_iterator(script *s, iterator_kind kind) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_ITERATOR;
    v->as.iterator = script_alloc(s, 1, sizeof *v->as.iterator);
    v->as.iterator->kind = kind;
    return v;
}

static object *over_dict(script *s, iterator_kind kind, object *dict, bool is_view) {
    object *v = new_iterator(s, kind);
    v->as.iterator->over = dict;
    v->as.iterator->is_view = is_view;
    v->as.iterator->length = dict->as.sequence.count;
    return v;
}

const char *iterate_view(const object *o) {
    static const char *const names[] = {[ITERATE_KEYS] = "odict_keys",
                                        [ITERATE_VALUES] = "odict_values",
                                        [ITERATE_ITEMS] = "odict_items"};
    if (o->kind != OBJECT_ITERATOR || !o->as.iterator->is_view)
        return NULL;
    return names[o->as.iterator->kind] + !o->as.iterator->over->is_ordered;
}

uint64_t iterate_range(const object *o, uint64_t *at) {
    const iterator *it = o->as.iterator;
    *at = it->at;
    return it->kind == ITERATE_ELEMENTS && it->over->kind == OBJECT_RANGE ? range_length(it->over)
                                                                          : 0;
}

static const char *name_of_elements(const object *over, bool is_reversed) {
    if (is_reversed)
        return over->kind == OBJECT_LIST ? "list_reverseiterator" : "reversed";
    switch (over->kind) {
    case OBJECT_LIST:
        return "list_iterator";
    case OBJECT_TUPLE:
        return "tuple_iterator";
    case OBJECT_RANGE:
        return "range_iterator";
    case OBJECT_STRING:
        return "str_iterator";
    default:
        return "iterator";
    }
}

const char *iterate_name(const object *o) {
    const iterator *it = o->as.iterator;
    if (it->is_view)
        return iterate_view(o);
    switch (it->kind) { /* without a default: a compiler warns of a kind that is left out */
    case ITERATE_ELEMENTS:
    case ITERATE_REVERSED:
        return name_of_elements(it->over, it->kind == ITERATE_REVERSED);
    case ITERATE_KEYS:
        return "dict_keyiterator";
    case ITERATE_VALUES:
        return "dict_valueiterator";
    case ITERATE_ITEMS:
        return "dict_itemiterator";
    case ITERATE_ZIP:
        return "zip";
    case ITERATE_ENUMERATE:
        return "enumerate";
    case ITERATE_GENERATOR:
    case ITERATE_RESUMABLE:
        return "generator";
    case ITERATE_MAP:
        return "map";
    case ITERATE_FILTER:
        return "filter";
    case ITERATE_SET:
        return "set_iterator";
    case ITERATE_NATIVE:
        return it->name;
    case ITERATE_NEXT:
    case ITERATE_INDICES:
        break;
    }
    return "iterator";
}

object *iterate_view_elements(script *s, const object *view, mlp_span where) {
    const iterator *it = view->as.iterator;
    return iterate_all(s, over_dict(s, it->kind, it->over, false), OBJECT_LIST, where);
}

const object *iterate_view_keys(const object *view) {
    return view->as.iterator->kind == ITERATE_KEYS ? view->as.iterator->over : NULL;
}

object *iterate_keys(script *s, object *dict) {
    return over_dict(s, ITERATE_KEYS, dict, true);
}

object *iterate_values(script *s, object *dict) {
    return over_dict(s, ITERATE_VALUES, dict, true);
}

object *iterate_items(script *s, object *dict) {
    return over_dict(s, ITERATE_ITEMS, dict, true);
}

/* What iter() gives of an object of the script's class. */
static object *iterate_special(script *s, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    object *own = special_call(&c, v, "__iter__", NULL, 0);
    if (own && own->kind == OBJECT_ITERATOR && !own->as.iterator->is_view)
        return own;
    if (own && !special_member(own, "__next__"))
        script_raise(s, where, TYPE_ERROR, "iter() returned non-iterator of type '%s'",
                     object_class_name(own));
    if (!own && !special_member(v, "__getitem__"))
        return NULL;
    object *it = new_iterator(s, own ? ITERATE_NEXT : ITERATE_INDICES);
    it->as.iterator->over = own ? own : v;
    return it;
}

static object *iterate_set(script *s, object *set) {
    object *it = new_iterator(s, ITERATE_SET);
    it->as.iterator->over = set;
    it->as.iterator->length = set->as.sequence.count;
    it->as.iterator->sources = set_elements(s, set)->as.sequence.items;
    return it;
}

static object *next_of_set(script *s, iterator *it, mlp_span where) {
    if (it->over->as.sequence.count != it->length)
        script_raise(s, where, RUNTIME_ERROR, "Set changed size during iteration");
    return it->at < it->length ? it->sources[it->at++] : NULL;
}

object *iterate(script *s, object *v, mlp_span where) {
    object *own = special_has_elements(v) ? iterate_special(s, v, where)
                  : object_is_set(v)      ? iterate_set(s, v)
                                          : NULL;
    if (own)
        return own;
    if (v->kind == OBJECT_ITERATOR && v->as.iterator->is_view)
        return over_dict(s, v->as.iterator->kind, v->as.iterator->over, false);
    if (v->kind == OBJECT_ITERATOR)
        return v;
    call c = {.script = s, .where = where};
    if (!object_has_elements(v) && v->kind != OBJECT_DICT && !type_has_elements(&c, v, "iter"))
        script_fail(
            script_raises(s, TYPE_ERROR, "'%s' object is not iterable", object_class_name(v)),
            where, "a value of type %s cannot be iterated over", object_type(v));
    if (v->kind == OBJECT_DICT)
        return over_dict(s, ITERATE_KEYS, v, false);
    object *it = new_iterator(s, ITERATE_ELEMENTS);
    it->as.iterator->over = v;
    return it;
}

object *iterate_next_of(script *s, object *v) {
    if (!special_member(v, "__next__"))
        return NULL;
    object *it = new_iterator(s, ITERATE_NEXT);
    it->as.iterator->over = v;
    return it;
}

static _Noreturn void refuse_lengths(script *s, size_t i, const char *how, mlp_span where) {
    script_raise(s, where, VALUE_ERROR, "zip() argument %zu is %s than argument%s%zu", i + 1, how,
                 i == 1 ? " " : "s 1-", i);
}

/* The first `ended` sources have given an element of this turn, and the next none. */
static void check_lengths(script *s, const iterator *it, size_t ended, mlp_span where) {
    if (ended > 0)
        refuse_lengths(s, ended, "shorter", where);
    for (size_t i = 1; i < it->count; i++)
        if (iterate_next(s, it->sources[i], where))
            refuse_lengths(s, i, "longer", where);
}

static object *next_of_sources(script *s, iterator *it, mlp_span where) {
    object *tuple = object_sequence(s, OBJECT_TUPLE, it->count);
    for (size_t i = 0; i < it->count; i++) {
        tuple->as.sequence.items[i] = iterate_next(s, it->sources[i], where);
        if (tuple->as.sequence.items[i])
            continue;
        if (it->is_strict)
            check_lengths(s, it, i, where);
        return NULL;
    }
    return it->count ? tuple : NULL;
}

static object *next_numbered(script *s, iterator *it, mlp_span where) {
    object *item = iterate_next(s, it->sources[0], where);
    if (!item)
        return NULL;
    object *tuple = object_sequence(s, OBJECT_TUPLE, 2);
    tuple->as.sequence.items[0] = object_integer(s, it->start + (int64_t)it->at);
    tuple->as.sequence.items[1] = item;
    it->at++;
    return tuple;
}

static object *next_mapped(script *s, const iterator *it, mlp_span where) {
    call c = {.script = s, .where = where};
    object **given = script_alloc(s, it->count, sizeof *given);
    for (size_t i = 0; i < it->count; i++) {
        given[i] = iterate_next(s, it->sources[i], where);
        if (!given[i])
            return NULL;
    }
    return call_positional(&c, it->function, given, it->count);
}

static object *next_filtered(script *s, const iterator *it, mlp_span where) {
    call c = {.script = s, .where = where};
    for (object *item; (item = iterate_next(s, it->sources[0], where));) {
        object *kept =
            it->function->kind == OBJECT_NONE ? item : call_positional(&c, it->function, &item, 1);
        if (python_truth(s, kept, where))
            return item;
    }
    return NULL;
}

static object *next_of_dict(script *s, const iterator *it, size_t at) {
    object *item = it->over->as.sequence.items[at];
    if (it->kind == ITERATE_VALUES)
        return item;
    object *key = it->over->as.sequence.keys[at];
    if (it->kind == ITERATE_KEYS)
        return key;
    object *pair = object_sequence(s, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = key;
    pair->as.sequence.items[1] = item;
    return pair;
}

static object *next_character(script *s, iterator *it) {
    const char *text = it->over->as.string + it->byte, *end = text_skip(text, 1);
    it->byte += (size_t)(end - text);
    return object_string(s, script_copy(s, text, (size_t)(end - text)));
}

/* Of an object whose class has a __getitem__ and had so many elements. */
static object *next_backwards(script *s, iterator *it, mlp_span where) {
    if (it->at >= it->length)
        return NULL;
    const int64_t index = (int64_t)(it->length - ++it->at);
    return subscript_of(s, it->over, object_integer(s, index), where);
}

static object *next_of(script *s, iterator *it, mlp_span where) {
    if (it->kind == ITERATE_ZIP)
        return next_of_sources(s, it, where);
    if (it->kind == ITERATE_ENUMERATE)
        return next_numbered(s, it, where);
    call c = {.script = s, .where = where};
    if (it->kind == ITERATE_NATIVE)
        return it->step(s, it->state, where);
    if (it->kind == ITERATE_SET)
        return next_of_set(s, it, where);
    if (it->kind == ITERATE_NEXT)
        return special_next(&c, it->over);
    if (it->kind == ITERATE_INDICES)
        return special_element(&c, it->over, it->at++);
    if (it->kind == ITERATE_GENERATOR)
        return generator_next(s, it->generator);
    if (it->kind == ITERATE_RESUMABLE)
        return resumable_next(&c, it->resumable);
    if (it->kind == ITERATE_MAP)
        return next_mapped(s, it, where);
    if (it->kind == ITERATE_FILTER)
        return next_filtered(s, it, where);
    if (it->kind == ITERATE_REVERSED && special_member(it->over, "__getitem__"))
        return next_backwards(s, it, where);
    const size_t length = object_length(s, it->over, where), at = it->at;
    if (it->over->kind == OBJECT_DICT && it->length != length)
        script_fail(script_raises(s, RUNTIME_ERROR, "dictionary changed size during iteration"),
                    where, "RuntimeError: the dict got another size while it was gone through");
    if (at >= length)
        return NULL;
    it->at++;
    if (it->over->kind == OBJECT_DICT)
        return next_of_dict(s, it, it->is_backwards ? length - 1 - at : at);
    if (it->over->kind == OBJECT_STRING && it->kind == ITERATE_ELEMENTS)
        return next_character(s, it);
    return object_element(s, it->over, it->kind == ITERATE_REVERSED ? length - 1 - at : at, where);
}

object *iterate_next(script *s, object *v, mlp_span where) {
    script_spend(s, where);
    script_enter(s, where, "iterators");
    object *next = next_of(s, v->as.iterator, where);
    script_leave(s);
    return next;
}

object *iterate_all(script *s, object *v, object_kind kind, mlp_span where) {
    object *it = iterate(s, v, where), *all = object_sequence(s, OBJECT_LIST, 0);
    for (object *item; (item = iterate_next(s, it, where));)
        list_append(s, all, item);
    all->kind = kind;
    return all;
}

object *iterate_generator(script *s, generator *g) {
    object *v = new_iterator(s, ITERATE_GENERATOR);
    v->as.iterator->generator = g;
    return v;
}

object *iterate_over_resumable(script *s, struct resumable *r) {
    object *v = new_iterator(s, ITERATE_RESUMABLE);
    v->as.iterator->resumable = r;
    return v;
}

struct resumable *iterate_resumable(const object *o) {
    return o->kind == OBJECT_ITERATOR ? o->as.iterator->resumable : NULL;
}

object *iterate_native(script *s, const char *name, iterate_step *step, void *state) {
    object *v = new_iterator(s, ITERATE_NATIVE);
    v->as.iterator->name = name;
    v->as.iterator->step = step;
    v->as.iterator->state = state;
    return v;
}

object *iterate_zip(script *s, object **sources, size_t count, mlp_span where) {
    object *v = new_iterator(s, ITERATE_ZIP);
    v->as.iterator->sources = script_alloc(s, count, sizeof(object *));
    v->as.iterator->count = count;
    for (size_t i = 0; i < count; i++)
        v->as.iterator->sources[i] = iterate(s, sources[i], where);
    return v;
}

object *iterate_zip_strict(script *s, object **sources, size_t count, mlp_span where) {
    object *v = iterate_zip(s, sources, count, where);
    v->as.iterator->is_strict = true;
    return v;
}

object *iterate_map(script *s, object *function, object **sources, size_t count, mlp_span where) {
    object *v = iterate_zip(s, sources, count, where);
    v->as.iterator->kind = ITERATE_MAP;
    v->as.iterator->function = function;
    return v;
}

object *iterate_filter(script *s, object *function, object *source, mlp_span where) {
    object *v = iterate_map(s, function, &source, 1, where);
    v->as.iterator->kind = ITERATE_FILTER;
    return v;
}

object *iterate_enumerate(script *s, object *source, int64_t start, mlp_span where) {
    object *v = iterate_zip(s, &source, 1, where);
    v->as.iterator->kind = ITERATE_ENUMERATE;
    v->as.iterator->start = start;
    return v;
}

/* What the class of the script says; NULL where it does not. */
static object *reversed_special(script *s, object *o, mlp_span where) {
    object *own = special_call(&(call){.script = s, .where = where}, o, "__reversed__", NULL, 0);
    if (own || !special_member(o, "__len__") || !special_member(o, "__getitem__"))
        return own;
    object *it = new_iterator(s, ITERATE_REVERSED);
    it->as.iterator->over = o;
    it->as.iterator->length = object_length(s, o, where);
    return it;
}

/* A dict, or a view of one. */
static object *reversed_dict(script *s, object *o) {
    const bool is_dict = o->kind == OBJECT_DICT;
    object *it = is_dict ? over_dict(s, ITERATE_KEYS, o, false)
                         : over_dict(s, o->as.iterator->kind, o->as.iterator->over, false);
    it->as.iterator->is_backwards = true;
    return it;
}

object *iterate_reversed(script *s, object *sequence, mlp_span where) {
    const struct type *type = sequence->type;
    object *own = reversed_special(s, sequence, where);
    if (own)
        return own;
    if (sequence->kind == OBJECT_DICT || iterate_view(sequence))
        return reversed_dict(s, sequence);
    if (!object_has_elements(sequence) || (type && type->subscript && !type->has_all_elements))
        script_fail(script_raises(s, TYPE_ERROR, "'%s' object is not reversible",
                                  object_class_name(sequence)),
                    where, "reversed() takes a list, a tuple, a range or a str, not %s",
                    object_type(sequence));
    object *v = new_iterator(s, ITERATE_REVERSED);
    v->as.iterator->over = sequence;
    return v;
}

/* --- lists and dicts that grow --- */

void sequence_grow(script *s, object *v) {
    const size_t count = v->as.sequence.count;
    if (count < v->as.sequence.capacity)
        return;
    const size_t capacity = count < 4 ? 4 : count * 2;
    object **items = script_alloc(s, capacity, sizeof *items);
    if (count)
        memcpy(items, v->as.sequence.items, count * sizeof *items);
    v->as.sequence.items = items;
    if (v->kind == OBJECT_DICT || object_is_set(v)) {
        object **keys = script_alloc(s, capacity, sizeof *keys);
        if (count)
            memcpy(keys, v->as.sequence.keys, count * sizeof *keys);
        v->as.sequence.keys = keys;
    }
    v->as.sequence.capacity = capacity;
}

void list_append(script *s, object *list, object *item) {
    sequence_grow(s, list);
    list->as.sequence.items[list->as.sequence.count++] = item;
}
