#include "written.h"

#include "builtins.h"
#include "class.h"
#include "contexts.h"
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "order.h"
#include "run.h"

#include <stdint.h>
#include <string.h>

static object *refuse(call *c) {
    c->where = c->script->reader.at;
    call_fail(c, "%s", c->arguments[0]->as.string);
}

/* The methods of a class and of its bases, or what else stands in the class itself. */
static object *members(call *c) {
    const bool methods = c->arguments[1]->as.boolean;
    object *dict = object_dict(c->script);
    const user_class *class = c->arguments[0]->as.class;
    for (const user_class *in = class; in; in = methods ? order_next(class, in) : NULL)
        for (const binding *b = in->members.first; b; b = b->next)
            if (b->object && (b->object->kind == OBJECT_FUNCTION) == methods &&
                b->object->kind != OBJECT_STATIC_METHOD && b->object->kind != OBJECT_CLASS_METHOD &&
                b->object->kind != OBJECT_PROPERTY && !dict_find(dict, b->name))
                dict_set(c->script, dict, b->name, b->object, c->where);
    return dict;
}

/* An object of the class with the value, which may be a tuple of arguments, without its __init__. */
static object *make(call *c) {
    object *value = c->arguments[1], *const *items = &value;
    size_t count = 1;
    if (value->kind == OBJECT_TUPLE) {
        items = value->as.sequence.items;
        count = value->as.sequence.count;
    }
    argument *given = script_alloc(c->script, count, sizeof *given);
    for (size_t i = 0; i < count; i++)
        given[i] = (argument){.object = items[i], .where = c->where, .given = c->where};
    return class_new(c, c->arguments[0]->as.class, &(arguments){given, count});
}

static object *set_metaclass(call *c) {
    c->arguments[0]->as.class->metaclass = c->arguments[1]->as.class;
    return object_none(c->script);
}

/* What `with` does: what the manager gives, and what leave() is to know. */
static object *enter(call *c) {
    object *o = c->arguments[0], *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    bool before = false;
    pair->as.sequence.items[0] = object_none(c->script);
    if (contexts_has(o))
        pair->as.sequence.items[0] = contexts_enter(c, o);
    else if (o->type && o->type->enter)
        before = o->type->enter(c, o);
    else
        script_raise(c->script, c->script->reader.at, TYPE_ERROR,
                     "'%s' object does not support the context manager protocol",
                     object_class_name(o));
    pair->as.sequence.items[1] = object_bool(c->script, before);
    return pair;
}

/* Whether it swallows the exception, or None. */
static object *leave(call *c) {
    object *o = c->arguments[0], *error = c->arguments[2];
    bool swallows = false;
    if (contexts_has(o))
        swallows = contexts_exit(c, o, error->kind == OBJECT_NONE ? NULL : error);
    else
        o->type->leave(c, o, c->arguments[1]->as.boolean);
    return object_bool(c->script, swallows);
}

/* type(o), or None where that has no name in a script. */
static object *kind(call *c) {
    object *type = python_type_of(c, c->arguments[0]);
    return type ? type : object_none(c->script);
}

/* The exception whose handler runs, or None. */
static object *handled(call *c) {
    return c->script->handled ? c->script->handled : object_none(c->script);
}

static object *is_python_3_12(call *c) {
    return object_bool(c->script, c->script->is_python_3_12);
}

static object *on_warning(call *c) {
    c->script->on_warning = c->arguments[0];
    return object_none(c->script);
}

static object *script_names(call *c) {
    object *dict = object_dict(c->script);
    for (const binding *b = c->script->globals->first; b; b = b->next)
        if (b->object)
            dict_set(c->script, dict, b->name, b->object, c->where);
    return dict;
}

static const native own[] = {
    {.path = "refuse", .signature = "message: str, /", .call = refuse},
    {.path = "members", .signature = "cls, methods: bool, /", .call = members},
    {.path = "make", .signature = "cls, value, /", .call = make},
    {.path = "set_metaclass", .signature = "cls, metaclass, /", .call = set_metaclass},
    {.path = "enter", .signature = "manager, /", .call = enter},
    {.path = "leave", .signature = "manager, before: bool, error, /", .call = leave},
    {.path = "kind", .signature = "object, /", .call = kind},
    {.path = "handled", .signature = "", .call = handled},
    {.path = "is_python_3_12", .signature = "", .call = is_python_3_12},
    {.path = "on_warning", .signature = "function, /", .call = on_warning},
    {.path = "script_names", .signature = "", .call = script_names},
    {0}};

static bool is_own(const char *name) {
    const native *row = own;
    while (row->path && strcmp(row->path, name) != 0)
        row++;
    return row->path != NULL;
}

/* What the module has for scripts. */
static void add(script *s, const char *module, const scope *names) {
    for (const binding *b = names->first; b; b = b->next)
        if (b->name[0] != '_' && b->object && b->object->kind != OBJECT_NAMESPACE &&
            !is_own(b->name))
            native_constant(s, script_printf(s, "%s.%s", module, b->name), b->object);
}

/* Runs the text as a module of that name; returns what it binds. */
static const scope *run(script *s, const written_module *m, const char *name) {
    static const map none = {0};
    frame *f = script_alloc(s, 1, sizeof *f);
    const char *around = s->module;
    f->locals = (scope){.assigned = &none,
                        .globals = &none,
                        .nonlocals = &none,
                        .is_module = true,
                        .is_kept = true};
    f->caller = s->frame;
    s->frame = f;
    s->module = name;
    for (const native *row = own; row->path; row++)
        scope_bind(s, &f->locals, row->path, native_bound(s, row, NULL));
    execute(s, parse_module(&s->reader, m->text, m->length));
    s->module = around;
    s->frame = f->caller;
    return &f->locals;
}

/* Whether it is the first time. */
static bool begins(script *s, const written_module *m, const char *name) {
    if (map_find(&s->written, name))
        return false;
    if (!map_put(&s->written, script_arena(s), name, (void *)(uintptr_t)m->text))
        script_out_of_memory(s);
    return true;
}

void written_load(script *s, const char *path) {
    const size_t root = strcspn(path, ".");
    for (const written_module *m = python_written; m->name; m++)
        if (strcspn(m->name, ".") == root && strncmp(m->name, path, root) == 0 &&
            begins(s, m, m->name))
            add(s, m->name, run(s, m, m->name));
}

/* --- parts of a library --- */

typedef struct {
    const char *module, *space, *names;
} title;

static title title_of(script *s, const written_module *m) {
    const size_t module = strcspn(m->title, " "), in = module + strlen(" in ");
    const size_t space = strcspn(m->title + in, ":");
    return (title){script_copy(s, m->title, module), script_copy(s, m->title + in, space),
                   m->title + in + space + 1};
}

/* NULL behind the last. */
static const char *next_name(script *s, title *t) {
    t->names += strspn(t->names, " ");
    const size_t length = strcspn(t->names, " ");
    if (!length)
        return NULL;
    const char *name = script_copy(s, t->names, length);
    t->names += length;
    return name;
}

void written_defer(script *s, const written_module *m) {
    title t = title_of(s, m);
    native_namespace(s, t.space);
    for (const char *name; (name = next_name(s, &t));)
        native_defer(s, t.space, name, written_recall, m);
}

const native *written_recall(call *c, const char *path, const void *data) {
    script *s = c->script;
    const written_module *m = data;
    (void)path;
    title t = title_of(s, m);
    if (!begins(s, m, m->title))
        return NULL;
    const scope *names = run(s, m, t.module);
    for (const char *each; (each = next_name(s, &t));)
        native_constant(s, script_printf(s, "%s.%s", t.space, each), scope_find(names, each));
    return NULL;
}
