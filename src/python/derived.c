#include "derived.h"

#include "class.h"
#include "dict.h"
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

bool derived_is_type(const struct type *type) {
    return type == &derived_list || type == &derived_dict || type == &derived_int ||
           type == &derived_float || type == &derived_str;
}

bool derived_is(const object *o) {
    return o->type && derived_is_type(o->type);
}

static user_class *class_of(const object *self) {
    return self->self->as.instance->class;
}

static object_kind kind_of(const struct type *type) {
    return type == &derived_list    ? OBJECT_LIST
           : type == &derived_dict  ? OBJECT_DICT
           : type == &derived_int   ? OBJECT_INTEGER
           : type == &derived_float ? OBJECT_FLOAT
                                    : OBJECT_STRING;
}

static object *make(call *c, user_class *class) {
    object *o = object_sequence(c->script, OBJECT_LIST, 0);
    o->kind = kind_of(class->root);
    if (o->kind == OBJECT_STRING)
        o->as = object_string(c->script, "")->as;
    o->type = class->root;
    o->self = object_instance(c->script, class);
    o->self->as.instance->whole = o;
    return o;
}

void derived_fill(call *c, object *self, const arguments *given) {
    if (self->kind == OBJECT_LIST || self->kind == OBJECT_DICT)
        return;
    self->as = call_object(c, native_object(c->script, self->type->name, NULL), given)->as;
    if (self->kind == OBJECT_STRING) {
        self->as.buffer = NULL; /* another may go on there */
        self->as.room = 0;
    }
}

static object *part(call *c, object *o, copies *deep) {
    return deep ? copy_deep(c, o, deep) : o;
}

static object *copied(call *c, object *self, copies *deep) {
    script *s = c->script;
    object *new = make(c, class_of(self));
    const object *own = &self->self->as.instance->attributes;
    if (deep)
        copy_note(c, deep, self, new);
    if (self->kind != OBJECT_LIST && self->kind != OBJECT_DICT)
        new->as = self->as;
    for (size_t i = 0; self->kind == OBJECT_LIST && i < self->as.sequence.count; i++)
        list_append(s, new, part(c, self->as.sequence.items[i], deep));
    for (size_t i = 0; self->kind == OBJECT_DICT && i < self->as.sequence.count; i++)
        dict_put(s, new, part(c, self->as.sequence.keys[i], deep),
                 part(c, self->as.sequence.items[i], deep), c->where);
    for (size_t i = 0; i < own->as.sequence.count; i++)
        dict_set(s, &new->self->as.instance->attributes, dict_key(own, i),
                 part(c, own->as.sequence.items[i], deep), c->where);
    if (self->self->as.instance->shared)
        call_fail(c, "a copy of an object that is its own __dict__ is outside the subset");
    return new;
}

const struct type derived_list = {.name = "list",
                                  .user_class = class_of,
                                  .make = make,
                                  .attribute = instance_attribute,
                                  .copied = copied};
const struct type derived_dict = {.name = "dict",
                                  .user_class = class_of,
                                  .make = make,
                                  .attribute = instance_attribute,
                                  .copied = copied};
const struct type derived_int = {.name = "int",
                                 .user_class = class_of,
                                 .make = make,
                                 .attribute = instance_attribute,
                                 .copied = copied};
const struct type derived_float = {.name = "float",
                                   .user_class = class_of,
                                   .make = make,
                                   .attribute = instance_attribute,
                                   .copied = copied};
const struct type derived_str = {.name = "str",
                                 .user_class = class_of,
                                 .make = make,
                                 .attribute = instance_attribute,
                                 .copied = copied};

/* --- what their __init__ does --- */

static object *list_init(call *c) {
    const object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    c->self->as.sequence.count = 0;
    for (size_t i = 0; i < all->as.sequence.count; i++)
        list_append(c->script, c->self, all->as.sequence.items[i]);
    return object_none(c->script);
}

static object *dict_init(call *c) {
    dict_update(c->script, c->self, c->arguments[0], c->where);
    if (c->arguments[1])
        dict_update(c->script, c->self, c->arguments[1], c->where);
    return object_none(c->script);
}

static object *no_init(call *c) {
    return object_none(c->script);
}

const native native_derived[] = {
    {.path = "list.__init__", .signature = "iterable = (), /", .call = list_init},
    {.path = "dict.__init__", .signature = "items = (), /, **named", .call = dict_init},
    {.path = "int.__init__", .signature = "*arguments, **named", .call = no_init},
    {.path = "float.__init__", .signature = "*arguments, **named", .call = no_init},
    {.path = "str.__init__", .signature = "*arguments, **named", .call = no_init},
    {0}};
