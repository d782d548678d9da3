#include "native.h"

#include "exception.h"
#include "mathematics.h"
#include "run.h"
#include "system.h"
#include "underscored.h"

#include <string.h>

/* --- the index of all there is --- */

static void put(script *s, const char *path, object *o) {
    if (!map_put(&s->natives, script_arena(s), path, o))
        script_out_of_memory(s);
}

void native_namespace(script *s, const char *path) {
    index_add_space(s, &s->index, path);
}

static const native *take_constant(call *c, const char *path, const void *o) {
    put(c->script, path, (object *)(uintptr_t)o);
    return NULL;
}

void native_constant(script *s, const char *path, object *o) {
    const native_entry entry = {.space = path, .make = take_constant, .data = o};
    index_add(s, &s->index, entry);
    if (map_find(&s->natives, path))
        put(s, path, o);
}

static object *object_of(script *s, const native *row) {
    object *o = script_alloc(s, 1, sizeof *o);
    *o = (object){.kind = OBJECT_NATIVE, .as.native = row};
    return o;
}

void native_add(script *s, const native *row) {
    index_add(s, &s->index, (native_entry){.space = row->path, .data = row});
    if (map_find(&s->natives, row->path))
        put(s, row->path, object_of(s, row));
}

void native_defer(script *s, const char *space, const char *name, native_make *make,
                  const void *data) {
    index_add(s, &s->index, (native_entry){space, name, make, data});
}

void native_setting(script *s, const char *path, object *o) {
    native_constant(s, path, o);
    if (!map_put(&s->settings, script_arena(s), path, o))
        script_out_of_memory(s);
}

void native_add_table(script *s, const native *table) {
    for (const native *row = table; row->path; row++)
        native_add(s, row);
}

void native_add_python(script *s) {
    native_add_table(s, native_builtins);
    native_add_table(s, native_dict);
    native_add_table(s, native_sets);
    native_add_table(s, native_text_methods);
    native_add_table(s, native_text_search);
    native_add_table(s, native_text_fields);
    native_add_table(s, native_text_tables);
    native_add_table(s, native_clock);
    native_add_table(s, native_json);
    native_add_table(s, native_identity);
    native_add_table(s, native_kinds);
    native_add_table(s, native_bytes);
    native_add_table(s, native_struct);
    native_add_table(s, native_float_methods);
    native_add_table(s, native_derived);
    native_add_table(s, native_int_methods);
    native_add_table(s, native_python_statistics);
    native_add_text_modules(s);
    native_add_table(s, native_list_methods);
    native_add_table(s, native_dict_methods);
    native_add_table(s, native_collections);
    native_add_table(s, native_deque);
    native_add_table(s, native_named_tuple);
    native_add_table(s, native_copy);
    native_add_table(s, native_abstract);
    native_add_operators(s);
    native_add_table(s, native_itertools);
    native_add_table(s, native_combinatorics);
    native_add_table(s, native_functools);
    native_add_table(s, native_memo);
    native_add_table(s, native_dataclass);
    native_add_table(s, native_dataclass_functions);
    native_add_table(s, native_sorting);
    native_add_table(s, native_elements);
    native_add_table(s, native_integers);
    native_add_chance(s);
    native_add_table(s, native_math);
    native_add_table(s, native_outside);
    native_add_system(s);
    native_add_table(s, native_generators);
    native_add_table(s, native_contexts);
    native_constant(s, "typing.TYPE_CHECKING", object_bool(s, false));
    native_add_exceptions(s);
    native_add_table(s, native_math_more);
    native_add_table(s, native_math_special);
    add_math_constants(s);
    object *o = script_alloc(s, 1, sizeof *o);
    o->kind = OBJECT_NOT_IMPLEMENTED;
    native_constant(s, "NotImplemented", o);
    object *dots = script_alloc(s, 1, sizeof *dots);
    dots->kind = OBJECT_ELLIPSIS;
    native_constant(s, "Ellipsis", dots);
}

/* --- finding --- */

object *native_bound(script *s, const native *row, object *self) {
    object *bound = script_alloc(s, 1, sizeof *bound);
    *bound = (object){.kind = OBJECT_NATIVE, .as.native = row, .self = self};
    return bound;
}

static object *bound_to(script *s, const object *o, object *self) {
    object *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *o;
    bound->self = self;
    return bound;
}

static object *make_namespace(script *s, const char *path) {
    object *o = object_string(s, path);
    o->kind = OBJECT_NAMESPACE;
    return o;
}

/* What is in the index, the first time that it is asked for. NULL where making it came to nothing. */
static object *make_object(script *s, const char *path, native_entry e) {
    path = script_copy(s, path, strlen(path));
    const native *row = e.make ? e.make(&(call){.script = s}, path, e.data) : e.data;
    if (e.make && !row) {
        object *made = map_find(&s->natives, path);
        const native_entry *now = index_find(&s->index, path); /* which a module may have added */
        return made || now->make == e.make ? made : make_object(s, path, *now);
    }
    object *o = row ? object_of(s, row) : make_namespace(s, path);
    put(s, path, o);
    return o;
}

object *native_object(script *s, const char *path, object *self) {
    object *o = map_find(&s->natives, path);
    const native_entry *e = o ? NULL : index_find(&s->index, path);
    if (e)
        o = make_object(s, path, *e);
    if (!o)
        o = underscored_make(s, path);
    return o && self ? bound_to(s, o, self) : o;
}

object *native_member(script *s, const char *space, const char *name, object *self) {
    char path[128];
    const size_t length = strlen(space), bytes = strlen(name) + 1;
    if (length >= sizeof path || bytes >= sizeof path - length)
        return NULL;
    memcpy(path, space, length);
    path[length] = '.';
    memcpy(path + length + 1, name, bytes);
    return native_object(s, path, self);
}

const native *native_find(script *s, const char *path) {
    const object *o = native_object(s, path, NULL);
    return o && o->kind == OBJECT_NATIVE ? o->as.native : NULL;
}

bool native_is_setting(script *s, const char *path) {
    return map_find(&s->settings, path) != NULL;
}

void native_set(script *s, const char *path, object *o) {
    put(s, path, o);
}

void native_consider(script *s, nearest *near, const char *prefix) {
    const size_t n = strlen(prefix);
    for (size_t i = 0; i < s->index.count; i++) {
        const char *path = index_path(s, &s->index.entries[i]);
        if (!path || (n && (strncmp(path, prefix, n) != 0 || path[n] != '.')))
            continue;
        const char *name = n ? path + n + 1 : path;
        nearest_consider(near, script_copy(s, name, strcspn(name, ".")));
    }
}

const char *native_next(script *s, const char *space, size_t *at) {
    const size_t n = strlen(space);
    while (*at < s->index.count) {
        const char *path = index_path(s, &s->index.entries[(*at)++]);
        if (path && strncmp(path, space, n) == 0 && path[n] == '.')
            return script_copy(s, path + n + 1, strcspn(path + n + 1, "."));
    }
    return NULL;
}

bool native_has_plain_methods(const char *path) {
    static const char *const classes[] = {"str",       "list", "tuple", "dict",  "float", "set",
                                          "frozenset", "int",  "bool",  "range", "object"};
    const size_t length = strcspn(path, ".");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strlen(classes[i]) == length && strncmp(path, classes[i], length) == 0)
            return true;
    return false;
}
