/* import and from ... import. */
#include "evaluate.h"
#include "exception.h"
#include "library.h"
#include "native.h"
#include "outside.h"
#include "run.h"
#include "written.h"

#include <string.h>

static _Noreturn void refuse_import(script *s, const node *n, const char *path) {
    const char *root = script_copy(s, path, strcspn(path, "."));
    script_fail(script_raises(s, MODULE_NOT_FOUND_ERROR, "No module named '%s'", root), n->where,
                "no module '%s' is known here: %s", root, s->library->imports);
}

static bool is_one_of(const char *const *roots, const char *path) {
    const size_t length = strcspn(path, ".");
    for (; *roots; roots++)
        if (strlen(*roots) == length && strncmp(path, *roots, length) == 0)
            return true;
    return false;
}

/* Those of which so much is here that what is not known is refused where it is imported, with a
 * guess: of other modules of Python, where it is used. */
static bool is_importable(const script *s, const char *path) {
    static const char *const own[] = {"math", "random", "collections", NULL};
    return is_one_of(own, path) || is_one_of(s->library->roots, path);
}

static bool is_module(const script *s, const char *path, const object *v) {
    for (const char *const *other = s->library->instances; *other; other++)
        if (strcmp(*other, path) == 0)
            return false;
    return v && v->kind == OBJECT_NAMESPACE;
}

/* The name of the class where it is defined; NULL of what is no class. */
static const char *home_of(script *s, const object *o) {
    if (o && o->kind == OBJECT_CLASS)
        return script_printf(s, "%s.%s", o->as.class->module, o->as.class->name);
    return o && o->kind == OBJECT_NATIVE ? o->as.native->class_name : NULL;
}

/* A class of the library stands in a module around the one that defines it, as a.B of a.c.d.B, and
 * is found in a.c, too. */
static object *import_from_home(script *s, const char *path) {
    const char *last = strrchr(path, '.');
    size_t length = (size_t)(last - path); /* of the part that has to begin the name of its home */
    for (size_t n = length; n > 0; n--) {
        if (path[n - 1] != '.')
            continue;
        object *o = native_object(s, script_printf(s, "%.*s%s", (int)(n - 1), path, last), NULL);
        const char *home = home_of(s, o);
        if (home && strncmp(home, path, length + 1) == 0 && strcmp(strrchr(home, '.'), last) == 0)
            return o;
    }
    return NULL;
}

/* What comes before a dot must be a module, which need not be an attribute of the one around it:
 * nothing is imported out of a class. */
static object *import_value(script *s, const char *path) {
    const char *dot = strrchr(path, '.');
    if (!dot)
        return native_object(s, path, NULL);
    const char *around = script_copy(s, path, (size_t)(dot - path));
    const object *space = native_object(s, around, NULL);
    object *v = native_member(s, around, dot + 1, NULL);
    if (space && !is_module(s, around, space)) /* which may hide a module of its name */
        return v && v->kind == OBJECT_NATIVE && exception_is_class(v->as.native) ? v : NULL;
    return v ? v : import_from_home(s, path);
}

/* from __future__ import ...: only that of annotations makes a difference here. */
static object *import_future(script *s, const node *n, const char *path) {
    static const char *const known[] = {"annotations",    "division",         "print_function",
                                        "generators",     "nested_scopes",    "absolute_import",
                                        "with_statement", "unicode_literals", "generator_stop"};
    const char *name = strchr(path, '.');
    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
        if (strcmp(name + 1, known[i]) == 0) {
            s->is_postponed |= i == 0;
            return outside_object(s, path);
        }
    script_fail(s, n->where, "SyntaxError: '%s' is no feature that Python knows", path);
}

/* A module that Python has, or others have; NULL for what is no part of one. */
static object *import_outside(script *s, const node *n, const char *path) {
    if (strncmp(path, "__future__", strlen("__future__")) == 0)
        return import_future(s, n, path);
    object *v = native_object(s, path, NULL);
    if (v || strncmp(path, "typing.", strlen("typing.")) != 0)
        return v ? v : outside_object(s, path);
    v = outside_typing(s, path + strlen("typing."));
    if (!v)
        script_fail(s, n->where, "'%s' is not supported", path);
    return v;
}

/* Whether the library has the first part of the path that is not here: scripts import more than they
 * use. */
static bool is_left_out(script *s, const char *path) {
    for (const char *dot = path; (dot = strchr(dot + 1, '.'));) {
        const char *around = script_copy(s, path, (size_t)(dot - path));
        if (!native_object(s, around, NULL))
            return s->library->has(s, around);
    }
    return s->library->has(s, path);
}

static object *import(script *s, const node *n, const char *path) {
    written_load(s, path);
    if (!is_importable(s, path) && outside_has(s, path))
        return import_outside(s, n, path);
    if (!is_importable(s, path))
        refuse_import(s, n, path);
    object *v = import_value(s, path);
    if (!v) {
        if (is_left_out(s, path))
            return outside_object(s, path);
        const char *dot = strrchr(path, '.');
        nearest near = {.name = dot ? dot + 1 : path};
        if (dot)
            native_consider(s, &near, script_copy(s, path, (size_t)(dot - path)));
        if (!near.best && outside_has_python(path))
            return outside_object(s, path);
        script_fail(s, n->where, "'%s' is not supported%s", path, path_hint(s, path, &near));
    }
    return v;
}

/* Without a name it is the first part of the path that is bound. */
void run_import(script *s, const node *n) {
    const char *root = script_copy(s, n->path, strcspn(n->path, "."));
    const char *dot = strrchr(n->path, '.');
    object *v = import(s, n, n->path);
    if (!is_module(s, n->path, v))
        script_fail(s, n->where, "'%s' is no module: write from %s import %s", n->path,
                    script_copy(s, n->path, (size_t)(dot - n->path)), dot + 1);
    bind_name(s, n->name ? n->name : root, n->name ? v : import(s, n, root), n->where);
}

/* Whether there is anything. */
static bool bind_all(script *s, const node *n) {
    bool any = false;
    size_t at = 0;
    for (const char *name; (name = native_next(s, n->path, &at)); any = true)
        if (name[0] != '_')
            bind_name(s, name, native_member(s, n->path, name, NULL), n->where);
    at = 0;
    for (const char *name; strcmp(n->path, "typing") == 0 && (name = outside_next(s, &at));)
        bind_name(s, name, outside_typing(s, name), n->where);
    return any;
}

/* A module that is no part of Python, and not here. */
static bool is_other(const script *s, const char *path) {
    return outside_has(s, path) && !outside_has_python(path);
}

/* Binds what later releases of Python have beside what is here: its use is refused. */
static void bind_later(script *s, const node *n) {
    static const char *const paths[] = {"math.sumprod", "math.fma", "itertools.batched"};
    const size_t length = strlen(n->path);
    for (size_t i = 0; s->is_python_3_12 && i < sizeof paths / sizeof *paths; i++)
        if (strncmp(paths[i], n->path, length) == 0 && paths[i][length] == '.')
            bind_name(s, paths[i] + length + 1, outside_object(s, paths[i]), n->where);
}

/* Whether all that Python has in it is bound: a name that is missing then is missing there. */
static bool is_complete(const char *path) {
    static const char *const modules[] = {"math", "itertools", "typing", NULL};
    return is_one_of(modules, path);
}

static bool is_listed(const char *list, const char *path) {
    const size_t length = strlen(path);
    for (const char *at = list; (at = strstr(at, path)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

/* A name that is not found may be one of its own. */
static void note_starred(script *s, const char *path) {
    if (!s->starred)
        s->starred = path;
    else if (!is_listed(s->starred, path))
        s->starred = script_printf(s, "%s or %s", s->starred, path);
}

/* What the module has here. A library as a whole has too much that is not. */
static void import_all(script *s, const node *n) {
    const object *space = import(s, n, n->path);
    const bool is_whole =
        is_one_of(s->library->roots, n->path) ? !strchr(n->path, '.') : is_other(s, n->path);
    if (is_whole || !is_module(s, n->path, space) || !bind_all(s, n))
        script_fail(s, n->where, "import * of %s is outside the subset: name what you import",
                    n->path);
    bind_later(s, n);
    if (!is_complete(n->path))
        note_starred(s, n->path);
}

void run_import_from(script *s, const node *n) {
    if (!n->items)
        import_all(s, n);
    for (const node *item = n->items; item; item = item->next)
        bind_name(s, item->name, import(s, item, item->path), item->where);
}
