/* object[index], read and assigned. */
#include "arithmetic.h"
#include "dict.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "outside.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

#include "base/text.h"

#include <string.h>

static script *raises_index(script *s, const object *o, const object *index) {
    const char *type = object_class_name(index);
    return o->kind == OBJECT_STRING
               ? script_raises(s, TYPE_ERROR, "string indices must be integers, not '%s'", type)
               : script_raises(s, TYPE_ERROR, "%s indices must be integers or slices, not %s",
                               object_class_name(o), type);
}

/* The position of an index, counted from the end where it is negative. */
static size_t position(script *s, const object *o, object *given, bool is_assigned,
                       mlp_span where) {
    const size_t length = object_length(s, o, where);
    const object *index = special_index(&(call){.script = s, .where = where}, given);
    if (index->kind == OBJECT_LARGE)
        script_raise(s, where, INDEX_ERROR, "%s",
                     o->kind == OBJECT_RANGE ? "range object index out of range"
                                             : "cannot fit 'int' into an index-sized integer");
    if (index->kind != OBJECT_INTEGER && index->kind != OBJECT_BOOL)
        script_fail(raises_index(s, o, index), where,
                    "an index of a value of type %s is a whole number, not %s", object_type(o),
                    object_type(index));
    const int64_t i = number_integer(index);
    const int64_t at = i < 0 ? i + (int64_t)length : i;
    if (at < 0 || (uint64_t)at >= length)
        script_fail(o->type && o->type->tells_index
                        ? script_raises(s, INDEX_ERROR, "index %lld is out of range", (long long)i)
                        : script_raises(s, INDEX_ERROR, "%s%s index out of range",
                                        o->kind == OBJECT_STRING  ? "string"
                                        : o->kind == OBJECT_RANGE ? "range object"
                                                                  : object_class_name(o),
                                        is_assigned ? " assignment" : ""),
                    where, "index %lld is out of range: there are %zu elements", (long long)i,
                    length);
    return (size_t)at;
}

/* A bound of a slice, moved to where there are elements. */
static size_t bound(script *s, object *given, size_t length, size_t otherwise, mlp_span where) {
    if (!given || given->kind == OBJECT_NONE)
        return otherwise;
    const object *v = whole_clipped(s, special_index(&(call){.script = s, .where = where}, given));
    if (v->kind != OBJECT_INTEGER && v->kind != OBJECT_BOOL)
        script_fail(
            script_raises(s, TYPE_ERROR,
                          "slice indices must be integers or None or have an __index__ method"),
            where, "the bounds of a slice are whole numbers, not of type %s", object_type(v));
    const int64_t i = number_integer(v), size = (int64_t)length;
    const int64_t at = i >= 0 ? i : i < -size ? 0 : i + size;
    return (size_t)(at < size ? at : size);
}

static object *slice_of(script *s, const object *o, size_t start, size_t stop) {
    const size_t count = stop > start ? stop - start : 0;
    if (o->kind == OBJECT_STRING) {
        const char *from = text_skip(o->as.string, start);
        return object_string(s, script_copy(s, from, (size_t)(text_skip(from, count) - from)));
    }
    object *part = object_sequence(s, o->kind, count);
    part->type = o->type && o->type->is_closed ? o->type : NULL;
    if (count)
        memcpy(part->as.sequence.items, o->as.sequence.items + start, count * sizeof(object *));
    return part;
}

/* The step of a slice, 1 where it is left out. */
static int64_t step_of(script *s, object *given, mlp_span where) {
    if (!given || given->kind == OBJECT_NONE)
        return 1;
    const object *step =
        whole_clipped(s, special_index(&(call){.script = s, .where = where}, given));
    if (step->kind != OBJECT_INTEGER && step->kind != OBJECT_BOOL)
        script_fail(
            script_raises(s, TYPE_ERROR,
                          "slice indices must be integers or None or have an __index__ method"),
            where, "the step of a slice is a whole number, not of type %s", object_type(step));
    if (number_integer(step) == 0)
        script_fail(script_raises(s, VALUE_ERROR, "slice step cannot be zero"), where,
                    "ValueError: slice step cannot be zero");
    return number_integer(step);
}

void slice_limits(script *s, const object *index, size_t length, int64_t limit[3], mlp_span where) {
    const int64_t step = limit[2] = step_of(s, index->as.slice.step, where);
    const int64_t size = (int64_t)length, last = step > 0 ? size : size - 1;
    const int64_t first = step > 0 ? 0 : -1;
    limit[0] = step > 0 ? 0 : size - 1;
    limit[1] = step > 0 ? size : -1;
    object *const given[2] = {index->as.slice.start, index->as.slice.stop};
    for (size_t i = 0; i < 2; i++) {
        if (!given[i] || given[i]->kind == OBJECT_NONE)
            continue;
        const object *edge =
            whole_clipped(s, special_index(&(call){.script = s, .where = where}, given[i]));
        if (edge->kind != OBJECT_INTEGER && edge->kind != OBJECT_BOOL)
            script_fail(
                script_raises(s, TYPE_ERROR,
                              "slice indices must be integers or None or have an __index__ method"),
                where, "the bounds of a slice are whole numbers, not of type %s",
                object_type(edge));
        const int64_t at = number_integer(edge);
        limit[i] = at < 0 ? at + size : at < last ? at : last;
        if (limit[i] < first)
            limit[i] = first;
    }
}

/* The first place of such a slice; returns how many elements it has. */
static size_t places_of(script *s, const object *index, size_t length, int64_t step, int64_t *start,
                        mlp_span where) {
    int64_t limit[3];
    slice_limits(s, index, length, limit, where);
    *start = limit[0];
    const int64_t distance = step > 0 ? limit[1] - limit[0] : limit[0] - limit[1];
    const uint64_t width = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    return distance <= 0 ? 0 : (size_t)((uint64_t)(distance - 1) / width + 1);
}

static object *joined(script *s, const object *strings) {
    size_t length = 0;
    for (size_t i = 0; i < strings->as.sequence.count; i++)
        length += strings->as.sequence.items[i]->as.bytes;
    char *text = script_alloc(s, length + 1, 1), *end = text;
    for (size_t i = 0; i < strings->as.sequence.count; i++) {
        const object *o = strings->as.sequence.items[i];
        memcpy(end, o->as.string, o->as.bytes);
        end += o->as.bytes;
    }
    return object_string(s, text);
}

/* o[start:stop:step] of a list, a tuple or a str. */
static object *stepped(script *s, object *o, const object *index, int64_t step, mlp_span where) {
    int64_t at;
    const size_t length = object_length(s, o, where);
    const size_t count = places_of(s, index, length, step, &at, where);
    object *part = object_sequence(s, o->kind == OBJECT_STRING ? OBJECT_LIST : o->kind, count);
    part->type = o->type && o->type->is_closed ? o->type : NULL;
    for (size_t i = 0; i < count; i++, at += i < count ? step : 0)
        part->as.sequence.items[i] = object_element(s, o, (size_t)at, where);
    return o->kind == OBJECT_STRING ? joined(s, part) : part;
}

/* A slice of a range is one. */
static object *slice_of_range(script *s, const object *o, const object *index, mlp_span where) {
    int64_t limit[3], step;
    slice_limits(s, index, object_length(s, o, where), limit, where);
    object *part = script_alloc(s, 1, sizeof *part);
    *part = *o;
    if (__builtin_mul_overflow(o->as.range.step, limit[2], &step))
        script_fail(s, where, "the step of this range needs more than 64 bits");
    part->as.range.start = o->as.range.start + limit[0] * o->as.range.step;
    part->as.range.stop = o->as.range.start + limit[1] * o->as.range.step;
    part->as.range.step = step;
    return part;
}

static object *slice(script *s, object *o, const object *index, mlp_span where) {
    if (o->kind == OBJECT_RANGE)
        return slice_of_range(s, o, index, where);
    if (!object_is_sequence(o) && o->kind != OBJECT_STRING && !(o->type && o->type->slice))
        script_fail(s, where,
                    "a slice of a value of type %s is outside the subset: make a list of it first",
                    object_type(o));
    const size_t length = object_length(s, o, where);
    const int64_t step = step_of(s, index->as.slice.step, where);
    if (step != 1 && o->type && o->type->slice)
        script_fail(s, where, "a step in a slice of a value of type %s is not supported",
                    object_type(o));
    if (step != 1)
        return stepped(s, o, index, step, where);
    const size_t start = bound(s, index->as.slice.start, length, 0, where);
    const size_t stop = bound(s, index->as.slice.stop, length, length, where);
    return o->type && o->type->slice
               ? o->type->slice(&(call){.script = s, .where = where}, o, start, stop)
               : slice_of(s, o, start, stop);
}

static object *item_of(script *s, const object *dict, object *key, mlp_span where) {
    object *item = dict_get(s, dict, key, where);
    if (!item)
        item = special_call(&(call){.script = s, .where = where}, dict, "__missing__", &key, 1);
    if (!item)
        refuse_key(s, key, where);
    return item;
}

void refuse_key(script *s, object *key, mlp_span where) {
    call c = {.script = s, .where = where};
    script_fail(script_raises_object(s, KEY_ERROR, key), where, "KeyError: %s",
                format_repr(&c, key));
}

/* Of the classes that are, list[int] says what is in them. */
static bool is_generic(const object *o) {
    static const char *const names[] = {"list", "tuple", "dict", "type", "set", "frozenset"};
    for (size_t i = 0; o->kind == OBJECT_NATIVE && i < sizeof names / sizeof *names; i++)
        if (strcmp(o->as.native->path, names[i]) == 0)
            return true;
    return false;
}

object *subscript_of(script *s, object *o, object *index, mlp_span where) {
    object *own = special_call(&(call){.script = s, .where = where}, o, "__getitem__", &index, 1);
    if (own)
        return own;
    if (o->type && o->type->subscript)
        own = o->type->subscript(&(call){.script = s, .where = where}, o, index);
    if (own)
        return own;
    if (o->kind == OBJECT_DICT)
        return item_of(s, o, index, where);
    if (o->kind == OBJECT_NAMESPACE && strcmp(o->as.string, "typing.TypeVar") == 0)
        script_fail(script_raises(s, TYPE_ERROR, "'TypeVar' object is not subscriptable"), where,
                    "a TypeVar cannot be subscripted");
    if (outside_is_typing(o))
        return o; /* an alias of a type: List[int] */
    if (is_generic(o))
        return outside_typing(s, "List"); /* list[int]: no class any more, but for annotations */
    if (!object_has_elements(o))
        script_fail(
            script_raises(s, TYPE_ERROR, "'%s' object is not subscriptable", object_class_name(o)),
            where, "a value of type %s has no elements to pick from", object_type(o));
    if (index->kind == OBJECT_SLICE)
        return slice(s, o, index, where);
    return object_element(s, o, position(s, o, index, false, where), where);
}

object *evaluate_subscript(script *s, const node *n) {
    object *o = evaluate(s, n->left);
    return subscript_of(s, o, evaluate(s, n->right), node_span(n));
}

/* Puts what is given in the place of `count` elements from `at` on; NULL of none. */
static void replace(script *s, object *list, size_t at, size_t count, const object *given) {
    const size_t put = given ? given->as.sequence.count : 0, length = list->as.sequence.count;
    const size_t rest = length - at - count, total = at + put + rest;
    object **from = list->as.sequence.items, **to = from;
    script_work(s, s->reader.at, total);
    if (total > length) {
        to = script_alloc(s, total, sizeof *to);
        if (at)
            memcpy(to, from, at * sizeof *to);
        list->as.sequence.capacity = total;
    }
    if (rest)
        memmove(to + at + put, from + at + count, rest * sizeof *to);
    if (put)
        memcpy(to + at, given->as.sequence.items, put * sizeof *to);
    list->as.sequence.items = to;
    list->as.sequence.count = total;
}

static object *elements_to_assign(script *s, object *v, int64_t step, mlp_span where) {
    if (!object_has_elements(v) && v->kind != OBJECT_ITERATOR && v->kind != OBJECT_DICT &&
        !object_is_set(v) && !special_has_elements(v))
        script_raise(s, where, TYPE_ERROR, "%s",
                     step == 1 ? "can only assign an iterable"
                               : "must assign iterable to extended slice");
    return iterate_all(s, v, OBJECT_LIST, where); /* it may be the list itself */
}

/* list[slice] = v; NULL deletes the elements. */
static void assign_slice(script *s, object *list, const object *index, object *v, mlp_span where) {
    int64_t at, step = step_of(s, index->as.slice.step, where);
    const object *given = v ? elements_to_assign(s, v, step, where) : NULL;
    size_t count = places_of(s, index, list->as.sequence.count, step, &at, where);
    if (step == 1) {
        replace(s, list, (size_t)at, count, given);
        return;
    }
    if (given && given->as.sequence.count != count)
        script_raise(s, where, VALUE_ERROR,
                     "attempt to assign sequence of size %zu to extended slice of size %zu",
                     given->as.sequence.count, count);
    for (size_t i = 0; given && i < count; i++)
        list->as.sequence.items[at + (int64_t)i * step] = given->as.sequence.items[i];
    for (size_t i = 0; !given && i < count; i++) { /* the last place first */
        const size_t place = step > 0 ? count - 1 - i : i;
        replace(s, list, (size_t)(at + (int64_t)place * step), 1, NULL);
    }
}

/* Python's own words; a class that has the one of the two has a place for the other. */
static script *raises_item(script *s, const object *o, bool deletes) {
    if (special_member(o, deletes ? "__setitem__" : "__delitem__"))
        return script_raises(s, ATTRIBUTE_ERROR, deletes ? "__delitem__" : "__setitem__");
    const bool is_plain = object_is_number(o) || o->kind == OBJECT_NONE ||
                          o->kind == OBJECT_FUNCTION || o->kind == OBJECT_NATIVE ||
                          o->kind == OBJECT_CLASS;
    return script_raises(s, TYPE_ERROR, "'%s' object %s support item %s", object_class_name(o),
                         deletes && !is_plain ? "doesn't" : "does not",
                         deletes ? "deletion" : "assignment");
}

void subscript_assign(script *s, object *o, object *index, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    if (special_call(&c, o, "__setitem__", (object *[]){index, v}, 2))
        return;
    if (index->kind == OBJECT_SLICE && o->kind == OBJECT_LIST)
        assign_slice(s, o, index, v, where);
    else if (o->kind == OBJECT_LIST)
        o->as.sequence.items[position(s, o, index, true, where)] = v;
    else if (o->kind == OBJECT_DICT)
        dict_put(s, o, index, v, where);
    else if (o->type && o->type->assign)
        o->type->assign(&c, o, index, v);
    else if (o->type && o->type->set_element && object_has_elements(o) &&
             index->kind != OBJECT_SLICE)
        o->type->set_element(&c, o, position(s, o, index, true, where), v);
    else
        script_fail(raises_item(s, o, false), where,
                    "elements of a value of type %s cannot be assigned to with an index "
                    "of type %s",
                    object_type(o), object_type(index));
}

void subscript_delete(script *s, object *o, object *index, mlp_span where) {
    call c = {.script = s, .where = where};
    if (special_call(&c, o, "__delitem__", &index, 1))
        return;
    if (o->type && o->type->remove) {
        o->type->remove(&c, o, index);
        return;
    }
    if (o->kind == OBJECT_DICT) {
        if (!dict_take(s, o, index, where))
            refuse_key(s, index, where);
        return;
    }
    if (o->kind == OBJECT_LIST && index->kind == OBJECT_SLICE) {
        assign_slice(s, o, index, NULL, where);
        return;
    }
    if (o->kind != OBJECT_LIST)
        script_fail(o->kind == OBJECT_EXTENSION ? s : raises_item(s, o, true), where,
                    "'del' of such an element of a value of type %s is outside the subset: make a "
                    "new one without it",
                    object_type(o));
    const size_t at = position(s, o, index, true, where);
    object **items = o->as.sequence.items;
    o->as.sequence.count--;
    memmove(items + at, items + at + 1, (o->as.sequence.count - at) * sizeof *items);
}
