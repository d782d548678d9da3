/* object[index], read and assigned. */
#include "evaluate.h"

#include "arithmetic.h"
#include "iterate.h"
#include "torch/module.h"
#include "torch/operators.h"

#include "base/text.h"

#include <string.h>

/* The position of an index, counted from the end where it is negative. */
static size_t position(script *s, const value *object, const value *index, mlp_span where) {
    const size_t length = value_length(s, object, where);
    if (index->kind != VALUE_INTEGER && index->kind != VALUE_BOOL)
        script_fail(s, where, "an index of a value of type %s is a whole number, not %s",
                    value_type(object), value_type(index));
    const int64_t i = number_integer(index);
    const int64_t at = i < 0 ? i + (int64_t)length : i;
    if (at < 0 || (uint64_t)at >= length)
        script_fail(s, where, "index %lld is out of range: there are %zu elements", (long long)i,
                    length);
    return (size_t)at;
}

/* A bound of a slice, moved to where there are elements. */
static size_t bound(script *s, const value *v, size_t length, size_t otherwise, mlp_span where) {
    if (!v || v->kind == VALUE_NONE)
        return otherwise;
    if (v->kind != VALUE_INTEGER && v->kind != VALUE_BOOL)
        script_fail(s, where, "the bounds of a slice are whole numbers, not of type %s",
                    value_type(v));
    const int64_t i = number_integer(v), size = (int64_t)length;
    const int64_t at = i >= 0 ? i : i < -size ? 0 : i + size;
    return (size_t)(at < size ? at : size);
}

static const char *skip_characters(const char *text, size_t count) {
    for (; count > 0 && *text; count--)
        do
            text++;
        while (!text_begins_character(*text));
    return text;
}

static value *slice_of(script *s, const value *object, size_t start, size_t stop) {
    const size_t count = stop > start ? stop - start : 0;
    if (object->kind == VALUE_STRING) {
        const char *from = skip_characters(object->as.string, start);
        return value_string(s, script_copy(s, from, (size_t)(skip_characters(from, count) - from)));
    }
    value *part = value_sequence(s, object->kind, count);
    if (count)
        memcpy(part->as.sequence.items, object->as.sequence.items + start, count * sizeof(value *));
    return part;
}

static value *slice(script *s, const value *object, const value *index, mlp_span where) {
    if (!value_is_sequence(object) && object->kind != VALUE_STRING && object->kind != VALUE_MODULE)
        script_fail(s, where,
                    "a slice of a value of type %s is outside the subset: make a list of it first",
                    value_type(object));
    const size_t length = value_length(s, object, where);
    const size_t start = bound(s, index->as.slice.start, length, 0, where);
    const size_t stop = bound(s, index->as.slice.stop, length, length, where);
    return object->kind == VALUE_MODULE ? container_slice(s, object->as.module, start, stop)
                                        : slice_of(s, object, start, stop);
}

static value *item_of(script *s, const value *dict, const value *key, mlp_span where) {
    if (key->kind != VALUE_STRING)
        script_fail(s, where, "KeyError: the keys of this %s are strings, not of type %s",
                    value_type(dict), value_type(key));
    value *item = dict_find(dict, key->as.string);
    if (!item)
        script_fail(s, where, "KeyError: '%s'", key->as.string);
    return item;
}

value *subscript_of(script *s, value *object, value *index, mlp_span where) {
    s->here = where;
    if (object->kind == VALUE_TENSOR)
        return tensor_index(s, object, index, where);
    if (object->kind == VALUE_DICT)
        return item_of(s, object, index, where);
    if (!value_has_elements(object))
        script_fail(s, where, "a value of type %s has no elements to pick from",
                    value_type(object));
    if (index->kind == VALUE_SLICE)
        return slice(s, object, index, where);
    return value_element(s, object, position(s, object, index, where), where);
}

value *evaluate_subscript(script *s, const node *n) {
    value *object = evaluate(s, n->left);
    return subscript_of(s, object, evaluate(s, n->right), node_span(n));
}

void subscript_assign(script *s, value *object, value *index, value *v, mlp_span where) {
    s->here = where;
    if (index->kind == VALUE_SLICE && object->kind == VALUE_LIST)
        script_fail(s, where,
                    "assigning to a slice is outside the subset: assign to one element at a time");
    if (object->kind == VALUE_LIST)
        object->as.sequence.items[position(s, object, index, where)] = v;
    else if (object->kind == VALUE_MODULE && value_has_elements(object) &&
             index->kind != VALUE_SLICE)
        container_set_element(s, object->as.module, position(s, object, index, where), v, where);
    else if (object->kind == VALUE_DICT && index->kind == VALUE_STRING)
        dict_set(s, object, index->as.string, v);
    else if (object->kind == VALUE_TENSOR)
        tensor_assign_elements(s, object, index, v, where);
    else
        script_fail(s, where,
                    "elements of a value of type %s cannot be assigned to with an index "
                    "of type %s",
                    value_type(object), value_type(index));
}
