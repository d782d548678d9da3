/* module._modules, _parameters and _buffers: the parts of a module under their names. */
#include "contained.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/format.h"
#include "python/iterate.h"
#include "python/native.h"

#include <string.h>

typedef enum {
    MODULES,
    PARAMETERS,
    BUFFERS
} table_kind;

static const char *const table_names[] = {"_modules", "_parameters", "_buffers"};

typedef struct {
    nn_module *module;
    table_kind kind;
} table;

static const table *table_of(const object *o) {
    return o->as.data;
}

/* The weight or bias that a layer does without is a parameter nevertheless. */
static bool is_left_out(const nn_module *m, const binding *b) {
    return m->type && !m->class && b->object->kind == OBJECT_NONE &&
           (strcmp(b->name, "weight") == 0 || strcmp(b->name, "bias") == 0);
}

static bool belongs(const table *t, const binding *b) {
    switch (t->kind) {
    case MODULES:
        return is_module(b->object);
    case PARAMETERS:
        return is_parameter(b->object) || is_left_out(t->module, b);
    case BUFFERS:
        break;
    }
    return true;
}

/* What it holds at present, as a dict. */
static object *held(call *c, const object *self) {
    const table *t = table_of(self);
    const scope *from = t->kind == BUFFERS ? &t->module->buffers : &t->module->attributes;
    object *dict = object_dict(c->script);
    dict->is_ordered = true;
    for (const binding *b = from->first; b; b = b->next)
        if (b->object && belongs(t, b))
            dict_set(c->script, dict, b->name, b->object, c->where);
    return dict;
}

/* --- changes --- */

static const char *key_of(call *c, const object *key) {
    if (key->kind != OBJECT_STRING)
        call_fail(c, "the keys of a module's parts are strings, not of type %s", object_type(key));
    return key->as.string;
}

/* A container has numbers for its parts, in order. */
static void refuse_container(call *c, const table *t) {
    if (module_is_container(t->module))
        call_fail(c, "%s of a container is only read here: write model[0] = ..., append() or del",
                  table_names[t->kind]);
}

static void put(call *c, object *self, object *key, object *o) {
    static const char *const methods[] = {"Module.add_module", "Module.register_parameter",
                                          "Module.register_buffer"};
    const table *t = table_of(self);
    const char *name = key_of(c, key);
    refuse_container(c, t);
    if (t->kind == BUFFERS && dict_find(held(c, self), name)) {
        module_set_attribute(c, t->module, name, o);
        return;
    }
    object *given[] = {key, o};
    call_positional(c, native_object(c->script, methods[t->kind], module_object(c, t->module)),
                    given, 2);
}

static object *taken(call *c, const object *self, const object *key) {
    object *o = dict_find(held(c, self), key_of(c, key));
    if (!o)
        call_fail(call_raises(c, KEY_ERROR, "%s", key->as.string),
                  "the module has no part of the name %s in %s", format_repr(c, key),
                  table_names[table_of(self)->kind]);
    return o;
}

static void remove_part(call *c, object *self, object *key) {
    refuse_container(c, table_of(self));
    taken(c, self, key);
    module_remove_attribute(c, table_of(self)->module, key->as.string);
}

/* Arguments: key. */
static object *pop(call *c) {
    object *o = taken(c, c->self, c->arguments[0]);
    remove_part(c, c->self, c->arguments[0]);
    return o;
}

/* --- looks --- */

static object *subscript(call *c, object *self, object *key) {
    return taken(c, self, key);
}

static bool contains(call *c, object *self, object *key) {
    return key->kind == OBJECT_STRING && dict_find(held(c, self), key->as.string);
}

static size_t length(call *c, const object *self) {
    return held(c, self)->as.sequence.count;
}

static object *element(call *c, object *self, size_t index) {
    return object_string(c->script, dict_key(held(c, self), index));
}

static object *binary(call *c, operator op, object *a, object *b) {
    (void)op;
    const object *self = a->kind == OBJECT_EXTENSION && a->type->binary == binary ? a : b;
    call_fail(c, "operators of %s are not supported: write list(module.%s.items())",
              table_names[table_of(self)->kind], table_names[table_of(self)->kind]);
}

static bool truth(call *c, const object *self) {
    return length(c, self) > 0;
}

static object *attribute(call *c, object *self, const char *name) {
    static const char *const reads[] = {"keys", "values", "items", "get", "copy"};
    static const native removes = {.path = "OrderedDict.pop", .signature = "key", .call = pop};
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (strcmp(name, reads[i]) == 0)
            return native_member(c->script, "dict", name, held(c, self));
    return strcmp(name, "pop") == 0 ? native_bound(c->script, &removes, self) : NULL;
}

static void write(call *c, const object *self, buffer *out) {
    buffer_text(out, format_repr(c, held(c, self)));
}

static object *class_of(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "collections.OrderedDict", NULL);
}

object *module_table(call *c, nn_module *m, const char *name) {
    static const struct type type = {.name = "OrderedDict",
                                     .class = class_of,
                                     .attribute = attribute,
                                     .binary = binary,
                                     .truth = truth,
                                     .length = length,
                                     .element = element,
                                     .subscript = subscript,
                                     .contains = contains,
                                     .assign = put,
                                     .remove = remove_part,
                                     .write = write};
    for (size_t i = 0; i < sizeof table_names / sizeof *table_names; i++) {
        if (strcmp(name, table_names[i]) != 0)
            continue;
        table *t = script_alloc(c->script, 1, sizeof *t);
        *t = (table){.module = m, .kind = (table_kind)i};
        return object_extension(c->script, &type, t);
    }
    return NULL;
}
