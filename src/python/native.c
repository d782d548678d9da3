#include "native.h"

#include "exception.h"
#include "mathematics.h"
#include "run.h"
#include "system.h"
#include "underscored.h"
#include "written.h"

#include <stdio.h>
#include <string.h>

/* --- the index of all there is --- */

static void put(script *s, const char *path, object *o) {
    if (!map_put(&s->natives, script_arena(s), path, o))
        script_out_of_memory(s);
}

/* Of the path that was added last: those of its neighbours are mostly the same. */
static bool is_in_last_space(const script *s, const char *path) {
    const char *last = s->native_count ? s->native_paths[s->native_count - 1] : "";
    const char *dot = strrchr(path, '.'), *last_dot = strrchr(last, '.');
    const size_t length = dot ? (size_t)(dot - path) : 0;
    return !dot ||
           (last_dot && length == (size_t)(last_dot - last) && memcmp(path, last, length) == 0);
}

/* a, a.b and a.b.c, of a.b.c.d. */
static void add_namespaces(script *s, const char *path) {
    if (is_in_last_space(s, path))
        return;
    for (const char *dot = strchr(path, '.'); dot; dot = strchr(dot + 1, '.')) {
        const char *space = script_copy(s, path, (size_t)(dot - path));
        if (map_find(&s->natives, space))
            continue;
        object *o = object_string(s, space);
        o->kind = OBJECT_NAMESPACE;
        put(s, space, o);
    }
}

void native_namespace(script *s, const char *path) {
    add_namespaces(s, script_join(s, path, "."));
}

static void add_path(script *s, const char *path) {
    if (s->native_count == s->native_capacity) {
        const size_t capacity = s->native_capacity ? 2 * s->native_capacity : 256;
        const char **more = script_alloc(s, capacity, sizeof *more);
        if (s->native_count)
            memcpy(more, s->native_paths, s->native_count * sizeof *more);
        s->native_paths = more;
        s->native_capacity = capacity;
    }
    add_namespaces(s, path);
    s->native_paths[s->native_count++] = path;
}

void native_constant(script *s, const char *path, object *o) {
    put(s, path, o);
    add_path(s, path);
}

void native_add(script *s, const native *row) {
    object *o = script_alloc(s, 1, sizeof *o);
    *o = (object){.kind = OBJECT_NATIVE, .as.native = row};
    native_constant(s, row->path, o);
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

enum {
    PATHS = 2000 /* as many as there are, about */
};

void native_add_python(script *s) {
    if (!map_reserve(&s->natives, script_arena(s), PATHS))
        script_out_of_memory(s);
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

object *native_object(script *s, const char *path, object *self) {
    object *o = map_find(&s->natives, path);
    if (!o && written_recall(s, path))
        o = map_find(&s->natives, path);
    if (!o)
        o = underscored_make(s, path);
    return o && self ? bound_to(s, o, self) : o;
}

object *native_member(script *s, const char *space, const char *name, object *self) {
    char path[128];
    const int length = snprintf(path, sizeof path, "%s.%s", space, name);
    return length < (int)sizeof path ? native_object(s, path, self) : NULL;
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
    for (size_t i = 0; i < s->native_count; i++) {
        const char *path = s->native_paths[i];
        if (n && (strncmp(path, prefix, n) != 0 || path[n] != '.'))
            continue;
        const char *name = n ? path + n + 1 : path;
        nearest_consider(near, script_copy(s, name, strcspn(name, ".")));
    }
}

const char *native_next(script *s, const char *space, size_t *at) {
    const size_t n = strlen(space);
    while (*at < s->native_count) {
        const char *path = s->native_paths[(*at)++];
        if (strncmp(path, space, n) == 0 && path[n] == '.')
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
