/* functools: partial, reduce and wraps; what keeps results is in memo.c. */
#include "arithmetic.h"
#include "builtins.h"
#include "dict.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "run.h"

#include <string.h>

/* --- partial --- */

typedef struct {
    object *function, *arguments, *keywords; /* a tuple and a dict */
} partial;

static const struct type partial_type;

static const partial *partial_of(const object *o) {
    return o->as.data;
}

/* partial of a partial is one of its function. */
static object *make_partial(call *c) {
    object *function = c->arguments[0], *given = c->arguments[1], *named = c->arguments[2];
    if (!object_is_callable(function))
        script_raise(c->script, c->where, TYPE_ERROR, "the first argument must be callable");
    partial *p = script_alloc(c->script, 1, sizeof *p);
    *p = (partial){function, given, named};
    if (object_is(function, &partial_type)) {
        const partial *inner = partial_of(function);
        object *keywords = dict_copy(c->script, inner->keywords, c->where);
        dict_update(c->script, keywords, named, c->where);
        object *both = python_binary(c->script, OPERATOR_ADD, inner->arguments, given, c->where);
        *p = (partial){inner->function, both, keywords};
    }
    return object_extension(c->script, &partial_type, p);
}

static bool is_given(const arguments *given, const char *keyword) {
    for (size_t i = 0; i < given->count; i++)
        if (given->items[i].keyword && strcmp(given->items[i].keyword, keyword) == 0)
            return true;
    return false;
}

/* Its own arguments stand before those of the call, whose names come before its own. */
static object *call_partial(call *c, object *self, const arguments *given) {
    const partial *p = partial_of(self);
    const size_t n = p->arguments->as.sequence.count, m = p->keywords->as.sequence.count;
    argument *items = script_alloc(c->script, n + m + given->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        items[count++] = (argument){
            .object = p->arguments->as.sequence.items[i], .where = c->where, .given = c->where};
    for (size_t i = 0; i < given->count; i++)
        items[count++] = given->items[i];
    for (size_t i = 0; i < m; i++)
        if (!is_given(given, dict_key(p->keywords, i)))
            items[count++] = (argument){.keyword = dict_key(p->keywords, i),
                                        .object = p->keywords->as.sequence.items[i],
                                        .where = c->where,
                                        .given = c->where};
    return call_object(c, p->function, &(arguments){items, count});
}

static object *partial_attribute(call *c, object *self, const char *name) {
    (void)c;
    if (strcmp(name, "func") == 0)
        return partial_of(self)->function;
    if (strcmp(name, "args") == 0)
        return partial_of(self)->arguments;
    return strcmp(name, "keywords") == 0 ? partial_of(self)->keywords : NULL;
}

static void write_partial(call *c, const object *self, buffer *out) {
    const partial *p = partial_of(self);
    buffer_text(out, "functools.partial(");
    write_repr(c, p->function);
    for (size_t i = 0; i < p->arguments->as.sequence.count; i++) {
        buffer_text(out, ", ");
        write_repr(c, p->arguments->as.sequence.items[i]);
    }
    for (size_t i = 0; i < p->keywords->as.sequence.count; i++) {
        buffer_printf(out, ", %s=", dict_key(p->keywords, i));
        write_repr(c, p->keywords->as.sequence.items[i]);
    }
    buffer_text(out, ")");
}

static object *partial_class(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "functools", "partial", NULL);
}

static const struct type partial_type = {.name = "partial",
                                         .class = partial_class,
                                         .attribute = partial_attribute,
                                         .call = call_partial,
                                         .write = write_partial};

/* --- reduce --- */

static object *reduce(call *c) {
    object *it = iterate(c->script, c->arguments[1], c->where), *result = c->arguments[2];
    if (!result)
        result = iterate_next(c->script, it, c->where);
    if (!result)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "reduce() of empty iterable with no initial value");
    for (object *item; (item = iterate_next(c->script, it, c->where));)
        result = call_positional(c, c->arguments[0], (object *[]){result, item}, 2);
    return result;
}

/* --- wraps --- */

/* What wraps(f) gives, its self being f: a decorator. */
static object *wrap(call *c) {
    static const char *const names[] = {"__name__", "__qualname__", "__doc__"};
    object *wrapper = c->arguments[0], *wrapped = c->self;
    if (wrapper->kind != OBJECT_FUNCTION)
        call_fail(c, "wraps() stands above a def here");
    user_function *f = wrapper->as.function;
    if (!f->attributes)
        f->attributes = script_alloc(c->script, 1, sizeof *f->attributes);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        scope_bind(c->script, f->attributes, names[i],
                   attribute_of(c->script, wrapped, names[i], c->where));
    scope_bind(c->script, f->attributes, "__wrapped__", wrapped);
    const scope *own = wrapped->kind == OBJECT_FUNCTION ? wrapped->as.function->attributes : NULL;
    for (const binding *b = own ? own->first : NULL; b; b = b->next)
        if (strncmp(b->name, "__", 2) != 0)
            scope_bind(c->script, f->attributes, b->name, b->object);
    return wrapper;
}

static object *wraps(call *c) {
    static const native row = {.path = "wraps", .signature = "wrapper, /", .call = wrap};
    if (c->arguments[0]->kind != OBJECT_FUNCTION)
        call_fail(c, "wraps() takes a function of the script here, not a value of type %s",
                  object_type(c->arguments[0]));
    return native_bound(c->script, &row, c->arguments[0]);
}

const native native_functools[] = {
    {.path = "functools.partial",
     .class_name = "functools.partial",
     .is_type = true,
     .instances = &partial_type,
     .signature = "func, /, *args, **keywords",
     .call = make_partial},
    {.path = "functools.reduce",
     .signature = "function, iterable, / | function, iterable, initial, /",
     .call = reduce},
    {.path = "functools.wraps", .signature = "wrapped", .call = wraps},
    {0}};
