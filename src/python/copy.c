#include "copy.h"

#include "base/map.h"

#include "dict.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

struct copies {
    map of; /* by the address of what was copied */
};

/* What all handles of an object share. */
static const void *address_of(const object *o) {
    if (o->kind == OBJECT_INSTANCE)
        return o->as.instance;
    if (o->kind != OBJECT_EXTENSION)
        return o;
    return o->type->identity ? o->type->identity(o) : o->as.data;
}

static const char *key_of(call *c, const object *o) {
    return script_printf(c->script, "%llx", (unsigned long long)(uintptr_t)address_of(o));
}

void copy_note(call *c, copies *so_far, const object *of, object *copy) {
    if (!map_put(&so_far->of, script_arena(c->script), key_of(c, of), copy))
        script_out_of_memory(c->script);
}

/* A part of what is copied: itself where the copy is a shallow one. */
static object *part(call *c, object *o, copies *deep) {
    return deep ? copy_deep(c, o, deep) : o;
}

static object *list_copied(call *c, const object *self, copies *deep) {
    object *new = object_sequence(c->script, OBJECT_LIST, 0);
    if (deep)
        copy_note(c, deep, self, new);
    for (size_t i = 0; i < self->as.sequence.count; i++)
        list_append(c->script, new, part(c, self->as.sequence.items[i], deep));
    return new;
}

/* A tuple that nothing in it makes another one is its own copy. */
static object *tuple_copied(call *c, object *self, copies *deep) {
    object *new = script_alloc(c->script, 1, sizeof *new);
    bool same = true;
    if (!deep)
        return self;
    *new = *self;
    new->as.sequence.items =
        object_sequence(c->script, OBJECT_TUPLE, self->as.sequence.count)->as.sequence.items;
    for (size_t i = 0; i < self->as.sequence.count; i++) {
        new->as.sequence.items[i] = copy_deep(c, self->as.sequence.items[i], deep);
        same &= new->as.sequence.items[i] == self->as.sequence.items[i];
    }
    return same ? self : new;
}

static object *dict_copied(call *c, const object *self, copies *deep) {
    if (!deep)
        return dict_copy(c->script, self, c->where);
    object *new = dict_like(c->script, self);
    copy_note(c, deep, self, new);
    for (size_t i = 0; i < self->as.sequence.count; i++)
        dict_put(c->script, new, copy_deep(c, self->as.sequence.keys[i], deep),
                 copy_deep(c, self->as.sequence.items[i], deep), c->where);
    return new;
}

static object *set_copied(call *c, object *self, copies *deep) {
    if (!deep)
        return set_copy(c->script, self->kind, self, c->where);
    return set_copy(c->script, self->kind, list_copied(c, set_elements(c->script, self), deep),
                    c->where);
}

static object *instance_copied(call *c, object *self, copies *deep) {
    const instance *of = self->as.instance;
    object *new = object_instance(c->script, of->class);
    if (deep)
        copy_note(c, deep, self, new);
    for (size_t i = 0; i < of->attributes.as.sequence.count; i++)
        dict_set(c->script, &new->as.instance->attributes, dict_key(&of->attributes, i),
                 part(c, of->attributes.as.sequence.items[i], deep), c->where);
    return new;
}

/* A method of an object becomes one of its copy. */
static object *method_copied(call *c, object *self, copies *deep) {
    if (!self->self || !deep)
        return self;
    object *new = script_alloc(c->script, 1, sizeof *new);
    *new = *self;
    new->self = copy_deep(c, self->self, deep);
    return new;
}

_Noreturn static void refuse(call *c, const object *o) {
    call_fail(c, "a copy of a value of type %s is outside the subset: make another one",
              object_type(o));
}

static object *kind_copied(call *c, object *o, copies *deep) {
    switch (o->kind) {
    case OBJECT_LIST:
        return list_copied(c, o, deep);
    case OBJECT_TUPLE:
        return tuple_copied(c, o, deep);
    case OBJECT_DICT:
        return dict_copied(c, o, deep);
    case OBJECT_SET:
    case OBJECT_FROZEN_SET:
        return set_copied(c, o, deep);
    case OBJECT_INSTANCE:
        return instance_copied(c, o, deep);
    case OBJECT_FUNCTION:
    case OBJECT_NATIVE:
        return method_copied(c, o, deep);
    case OBJECT_ITERATOR:
    case OBJECT_NAMESPACE:
        refuse(c, o);
    default:
        return o; /* never changes */
    }
}

/* What the class of the script says; NULL where it does not. */
static object *own_copy(call *c, const object *o, const copies *deep) {
    object *memo = object_dict(c->script);
    return deep ? special_call(c, o, "__deepcopy__", &memo, 1)
                : special_call(c, o, "__copy__", NULL, 0);
}

static object *copied(call *c, object *o, copies *deep) {
    object *own = own_copy(c, o, deep);
    if (own)
        return own;
    if (o->type && o->type->copied)
        return o->type->copied(c, o, deep);
    if (o->kind == OBJECT_EXTENSION)
        refuse(c, o);
    return kind_copied(c, o, deep);
}

object *copy_deep(call *c, object *o, copies *so_far) {
    object *copy = map_find(&so_far->of, key_of(c, o));
    if (copy)
        return copy;
    script_enter(c->script, c->where, "values");
    script_spend(c->script, c->where);
    copy = copied(c, o, so_far);
    copy_note(c, so_far, o, copy);
    script_leave(c->script);
    return copy;
}

static object *copy(call *c) {
    return copied(c, c->arguments[0], NULL);
}

static object *deepcopy(call *c) {
    copies none = {0};
    return copy_deep(c, c->arguments[0], &none);
}

const native native_copy[] = {
    {.path = "copy.copy", .signature = "x", .call = copy},
    {.path = "copy.deepcopy", .signature = "x, memo = None", .call = deepcopy},
    {0}};
