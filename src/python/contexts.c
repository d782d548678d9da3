#include "contexts.h"

#include "arithmetic.h"
#include "builtins.h"
#include "exception.h"
#include "iterate.h"
#include "resumable.h"
#include "run.h"
#include "special.h"

typedef enum manager_kind {
    MANAGER_GENERATOR,
    MANAGER_NOTHING, /* nullcontext(value) */
    MANAGER_SUPPRESS /* suppress(classes) */
} manager_kind;

typedef struct manager {
    manager_kind kind;
    object *of; /* a generator, what it gives, or a tuple of classes */
} manager;

static const struct type manager_type = {.name = "context manager"};

static manager *manager_of(const object *o) {
    return object_is(o, &manager_type) ? o->as.data : NULL;
}

static object *new_manager(call *c, manager_kind kind, object *of) {
    manager *m = script_alloc(c->script, 1, sizeof *m);
    *m = (manager){kind, of};
    return object_extension(c->script, &manager_type, m);
}

object *contexts_of_generator(call *c, object *generator) {
    return new_manager(c, MANAGER_GENERATOR, generator);
}

static object *manager_enter(call *c, const manager *m) {
    if (m->kind != MANAGER_GENERATOR)
        return m->kind == MANAGER_NOTHING ? m->of : object_none(c->script);
    object *value = resumable_next(c, iterate_resumable(m->of));
    if (!value)
        script_raise(c->script, c->where, RUNTIME_ERROR, "generator didn't yield");
    return value;
}

/* The rest of the generator runs; what it does not catch it raises. */
static bool generator_exit(call *c, resumable *r, object *raised) {
    if (raised ? resumable_throw(c, r, raised) : resumable_next(c, r))
        script_raise(c->script, c->where, RUNTIME_ERROR, "generator didn't stop%s",
                     raised ? " after throw()" : "");
    return raised != NULL;
}

static bool manager_exit(call *c, const manager *m, object *raised) {
    if (m->kind == MANAGER_GENERATOR)
        return generator_exit(c, iterate_resumable(m->of), raised);
    for (size_t i = 0; m->kind == MANAGER_SUPPRESS && raised && i < m->of->as.sequence.count; i++)
        if (exception_is_of(c, raised, m->of->as.sequence.items[i]))
            return true;
    return false;
}

bool contexts_has(const object *o) {
    return manager_of(o) || special_member(o, "__enter__");
}

object *contexts_enter(call *c, object *self) {
    if (manager_of(self))
        return manager_enter(c, manager_of(self));
    if (!special_member(self, "__exit__"))
        script_raise(c->script, c->where, TYPE_ERROR,
                     "'%s' object does not support the context manager protocol (missed __exit__ "
                     "method)",
                     object_class_name(self));
    return special_call(c, self, "__enter__", NULL, 0);
}

static bool special_exit(call *c, const object *self, object *raised) {
    object *none = object_none(c->script);
    object *given[3] = {raised ? python_type_of(c, raised) : none, raised ? raised : none, none};
    return python_truth(c->script, special_call(c, self, "__exit__", given, 3), c->where);
}

bool contexts_exit(call *c, object *self, object *raised) {
    script *s = c->script;
    object *before = s->handled;
    const manager *m = manager_of(self);
    if (raised)
        s->handled = raised;
    const bool swallows = m ? manager_exit(c, m, raised) : special_exit(c, self, raised);
    s->handled = before;
    return swallows;
}

/* --- contextlib --- */

/* The same function, whose calls stand in `with`. */
static object *contextmanager(call *c) {
    const object *function = c->arguments[0];
    if (function->kind != OBJECT_FUNCTION || !function->as.function->define->is_generator)
        call_fail(c, "contextmanager() stands above a def that yields");
    object *o = script_alloc(c->script, 1, sizeof *o);
    *o = *function;
    o->as.function = script_alloc(c->script, 1, sizeof *o->as.function);
    *o->as.function = *function->as.function;
    o->as.function->is_context = true;
    return o;
}

static object *nullcontext(call *c) {
    return new_manager(c, MANAGER_NOTHING, c->arguments[0]);
}

static object *suppress(call *c) {
    return new_manager(c, MANAGER_SUPPRESS, c->arguments[0]);
}

const native native_contexts[] = {
    {.path = "contextlib.contextmanager", .signature = "func", .call = contextmanager},
    {.path = "contextlib.nullcontext", .signature = "enter_result = None", .call = nullcontext},
    {.path = "contextlib.suppress", .signature = "*exceptions", .call = suppress},
    {0}};
