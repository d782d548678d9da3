#include "object.h"

#include "derived.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "order.h"
#include "run.h"
#include "type.h"

#include "base/text.h"

#include <string.h>

static object *new_object(script *s, object_kind kind) {
    object *o = script_alloc(s, 1, sizeof *o);
    o->kind = kind;
    return o;
}

/* The objects that scripts make again and again are made once. */
static object *shared(script *s, size_t slot, object_kind kind) {
    if (!s->shared[slot])
        s->shared[slot] = new_object(s, kind);
    return s->shared[slot];
}

object *object_none(script *s) {
    return shared(s, 0, OBJECT_NONE);
}

object *object_bool(script *s, bool boolean) {
    object *o = shared(s, boolean ? 2 : 1, OBJECT_BOOL);
    o->as.boolean = boolean;
    return o;
}

object *object_integer(script *s, int64_t integer) {
    enum {
        FIRST = 3
    };
    const bool small = integer >= 0 && integer < SHARED_OBJECTS - FIRST;
    object *o =
        small ? shared(s, FIRST + (size_t)integer, OBJECT_INTEGER) : new_object(s, OBJECT_INTEGER);
    o->as.integer = integer;
    return o;
}

object *object_large(script *s, large_number large) {
    object *o = new_object(s, OBJECT_LARGE);
    o->as.large = large;
    return o;
}

object *object_float(script *s, double number) {
    object *o = new_object(s, OBJECT_FLOAT);
    o->as.number = number;
    return o;
}

/* A text was put together or copied to come here. */
object *object_string(script *s, const char *text) {
    script_work(s, s->reader.at, strlen(text) / BUDGET_BYTES);
    object *o = new_object(s, OBJECT_STRING);
    o->as.string = text;
    o->as.bytes = strlen(text);
    o->as.characters = text_count_characters(text, text + o->as.bytes);
    return o;
}

object *object_sequence(script *s, object_kind kind, size_t count) {
    script_work(s, s->reader.at, count);
    object *o = new_object(s, kind);
    o->as.sequence.items = script_alloc(s, count, sizeof(object *));
    o->as.sequence.count = count;
    return o;
}

object *object_dict(script *s) {
    return object_sequence(s, OBJECT_DICT, 0);
}

object *object_instance(script *s, user_class *class) {
    object *o = script_alloc(s, 1, sizeof *o);
    o->kind = OBJECT_INSTANCE;
    o->as.instance = script_alloc(s, 1, sizeof *o->as.instance);
    o->as.instance->class = class;
    o->as.instance->attributes.kind = OBJECT_DICT;
    return o;
}

instance *object_instance_of(const object *o) {
    return o->kind == OBJECT_INSTANCE ? o->as.instance
           : derived_is(o)            ? o->self->as.instance
                                      : NULL;
}

object *instance_attributes(instance *i) {
    return i->shared ? i->shared : &i->attributes;
}

object *object_extension(script *s, const struct type *type, void *data) {
    object *o = new_object(s, OBJECT_EXTENSION);
    o->type = type;
    o->as.data = data;
    return o;
}

const char *object_type(const object *o) {
    static const char *const names[] = {[OBJECT_NONE] = "None",
                                        [OBJECT_BOOL] = "bool",
                                        [OBJECT_INTEGER] = "int",
                                        [OBJECT_FLOAT] = "float",
                                        [OBJECT_STRING] = "str",
                                        [OBJECT_LIST] = "list",
                                        [OBJECT_TUPLE] = "tuple",
                                        [OBJECT_DICT] = "dict",
                                        [OBJECT_SET] = "set",
                                        [OBJECT_FROZEN_SET] = "frozenset",
                                        [OBJECT_NAMESPACE] = "module",
                                        [OBJECT_NATIVE] = "function",
                                        [OBJECT_FUNCTION] = "function",
                                        [OBJECT_CLASS] = "type",
                                        [OBJECT_SUPER] = "super",
                                        [OBJECT_SLICE] = "slice",
                                        [OBJECT_LARGE] = "int",
                                        [OBJECT_RANGE] = "range",
                                        [OBJECT_INSTANCE] = "object",
                                        [OBJECT_ELLIPSIS] = "ellipsis",
                                        [OBJECT_STATIC_METHOD] = "staticmethod",
                                        [OBJECT_CLASS_METHOD] = "classmethod",
                                        [OBJECT_PROPERTY] = "property",
                                        [OBJECT_NOT_IMPLEMENTED] = "NotImplementedType"};
    if (o->type)
        return o->type->name;
    if (o->kind == OBJECT_INSTANCE)
        return o->as.instance->class->name;
    if (o->kind == OBJECT_ITERATOR)
        return iterate_name(o);
    return o->is_ordered ? "OrderedDict" : names[o->kind];
}

const char *object_class_name(const object *o) {
    if (o->kind == OBJECT_INSTANCE)
        return o->as.instance->class->name;
    const user_class *class = object_class(o);
    if (class)
        return class->name;
    if (o->type && o->type->class_name)
        return o->type->class_name(o);
    if (o->kind == OBJECT_NONE)
        return "NoneType";
    if (o->kind == OBJECT_NATIVE)
        return o->as.native->class_name ? "type" : "builtin_function_or_method";
    return o->kind == OBJECT_FUNCTION && o->self ? "method" : object_type(o);
}

bool object_is_number(const object *o) {
    return o->kind == OBJECT_BOOL || o->kind == OBJECT_INTEGER || o->kind == OBJECT_FLOAT;
}

bool object_is_sequence(const object *o) {
    return o->kind == OBJECT_LIST || o->kind == OBJECT_TUPLE;
}

bool object_is(const object *o, const struct type *type) {
    return o->type == type;
}

double object_as_number(const object *o) {
    if (o->kind == OBJECT_FLOAT)
        return o->as.number;
    if (o->kind == OBJECT_LARGE)
        return whole_as_float(o->as.large);
    return o->kind == OBJECT_INTEGER ? (double)o->as.integer : (double)o->as.boolean;
}

user_class *object_class(const object *o) {
    if (o->kind == OBJECT_INSTANCE)
        return o->as.instance->class;
    return o->type && o->type->user_class ? o->type->user_class(o) : NULL;
}

enum {
    FEW_NAMES = 8 /* are looked through, without a table */
};

static binding *find_binding(const scope *in, const char *name) {
    if (in->count > FEW_NAMES)
        return map_find(&in->by_name, name);
    binding *b = in->first;
    while (b && strcmp(b->name, name) != 0)
        b = b->next;
    return b;
}

object *scope_find(const scope *in, const char *name) {
    const binding *b = find_binding(in, name);
    return b ? b->object : NULL;
}

static void note_name(script *s, scope *in, binding *b) {
    if (!map_put(&in->by_name, script_arena(s), b->name, b))
        script_out_of_memory(s);
}

static binding *new_binding(script *s) {
    binding *b = s->free_bindings;
    if (!b)
        return script_alloc(s, 1, sizeof *b);
    s->free_bindings = b->next;
    return b;
}

void scope_keep(scope *in) {
    for (; in && !in->is_kept; in = in->parent)
        in->is_kept = true;
}

void scope_clear(script *s, scope *in) {
    if (in->last) {
        in->last->next = s->free_bindings;
        s->free_bindings = in->first;
    }
    *in = (scope){0};
}

void scope_bind(script *s, scope *in, const char *name, object *o) {
    binding *b = find_binding(in, name);
    if (b) {
        b->object = o;
        return;
    }
    b = new_binding(s);
    *b = (binding){.name = name, .object = o};
    *(in->last ? &in->last->next : &in->first) = b;
    in->last = b;
    if (++in->count > FEW_NAMES + 1)
        note_name(s, in, b);
    else if (in->count > FEW_NAMES)
        for (binding *each = in->first; each; each = each->next)
            note_name(s, in, each);
}

object *class_member_behind(const user_class *class, const user_class *at, const char *name) {
    object *o = NULL;
    while (!o && (at = order_next(class, at)))
        o = scope_find(&at->members, name);
    return o;
}

object *class_member(const user_class *class, const char *name) {
    object *o = class ? scope_find(&class->members, name) : NULL;
    return o || !class ? o : class_member_behind(class, class, name);
}

object *class_inherited(script *s, const user_class *class, const char *name, object *self) {
    const char *path = class->native ? class->native->path : "object";
    path = strrchr(path, '.') ? strrchr(path, '.') + 1 : path;
    object *own = native_member(s, path, name, self);
    return own || !class->root ? own : native_member(s, class->root->name, name, self);
}

void scope_consider(const scope *in, nearest *near) {
    for (const binding *b = in->first; b; b = b->next)
        nearest_consider(near, b->name);
}

void class_consider(const user_class *class, nearest *near) {
    for (const user_class *in = class; in; in = order_next(class, in))
        scope_consider(&in->members, near);
}
