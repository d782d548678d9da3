/* The attributes of int and float, and the methods of int. */
#include "large.h"
#include "native.h"
#include "run.h"

#include <string.h>

object *number_attribute(script *s, object *o, const char *name) {
    const bool is_float = o->kind == OBJECT_FLOAT;
    object *itself = o->kind == OBJECT_BOOL ? object_integer(s, o->as.boolean) : o;
    if (strcmp(name, "real") == 0 || (!is_float && strcmp(name, "numerator") == 0))
        return itself;
    if (strcmp(name, "imag") == 0)
        return is_float ? object_float(s, 0) : object_integer(s, 0);
    return !is_float && strcmp(name, "denominator") == 0 ? object_integer(s, 1) : NULL;
}

static object *bit_length(call *c) {
    whole_room room;
    return object_integer(c->script, (int64_t)whole_bits(whole_digits(c->self, room)));
}

static object *bit_count(call *c) {
    whole_room room;
    return object_integer(c->script, (int64_t)whole_ones(whole_digits(c->self, room)));
}

static object *conjugate(call *c) {
    return number_attribute(c->script, c->self, "real");
}

static object *as_integer_ratio(call *c) {
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = number_attribute(c->script, c->self, "real");
    pair->as.sequence.items[1] = object_integer(c->script, 1);
    return pair;
}

const native native_int_methods[] = {
    {.path = "int.bit_length", .signature = "", .call = bit_length},
    {.path = "int.bit_count", .signature = "", .call = bit_count},
    {.path = "int.conjugate", .signature = "", .call = conjugate},
    {.path = "int.as_integer_ratio", .signature = "", .call = as_integer_ratio},
    {.path = "float.conjugate", .signature = "", .call = conjugate},
    {0}};
