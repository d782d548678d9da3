/* Calls of everything that can be called. */
#include "abstract.h"
#include "attempt.h"
#include "builtins.h"
#include "class.h"
#include "contexts.h"
#include "derived.h"
#include "dict.h"
#include "evaluate.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "outside.h"
#include "resumable.h"
#include "run.h"
#include "special.h"
#include "type.h"
#include "underscored.h"

#include <string.h>

/* --- arguments --- */

static argument evaluate_argument(script *s, const node *item) {
    if (item->kind != NODE_KEYWORD)
        return (argument){.object = evaluate(s, item), .where = item->where, .given = item->where};
    return (argument){.keyword = item->name,
                      .object = evaluate(s, item->left),
                      .where = item->where,
                      .given = item->left->where};
}

/* --- functions of the script --- */

enum {
    MAX_CALLS = 999 /* as in Python, whose limit counts the script itself, too */
};

static void push_frame(call *c, frame *f) {
    script *s = c->script;
    f->caller = s->frame;
    f->depth = 1 + (s->frame ? s->frame->depth : 0);
    if (f->depth > MAX_CALLS)
        call_fail(call_raises(c, RECURSION_ERROR, "maximum recursion depth exceeded"),
                  "calls are nested more than %d deep", MAX_CALLS);
    s->frame = f;
}

/* A frame that nothing refers to any more serves the next call. */
static void release_frame(script *s, frame *f) {
    if (f->locals.is_kept)
        return;
    scope_clear(s, &f->locals);
    f->caller = s->free_frames;
    s->free_frames = f;
}

static frame *allocate_frame(script *s) {
    frame *f = s->free_frames;
    if (!f)
        return script_alloc(s, 1, sizeof *f);
    s->free_frames = f->caller;
    *f = (frame){0};
    return f;
}

static void pop_frame(script *s) {
    s->frame = s->frame->caller;
}

flow run_in_frame(call *c, frame *f, const node *body, object **result) {
    context entered;
    if (f->mode)
        context_enter(c, &entered, f->mode);
    push_frame(c, f);
    flow end = FLOW_RETURN;
    if (f->function->made)
        *result = f->function->made(c, f->function, &f->locals);
    else
        end = run_block(c->script, body, result);
    pop_frame(c->script);
    if (f->mode)
        context_leave(c, &entered);
    return end;
}

/* Runs the body with the parameters bound in f. */
static object *run_function(call *c, frame *f, const node *define) {
    script *s = c->script;
    script_check_stack(s, c->where, "calls");
    for (const binding *b = f->locals.first; b && define->where.line; b = b->next)
        name_object(s, b->name, b->object, NAMED_BY_PARAMETER, c->where);
    if (define->is_generator)
        return f->function->is_context ? contexts_of_generator(c, resumable_call(c, f, define))
                                       : resumable_call(c, f, define);
    object *result = object_none(s);
    run_in_frame(c, f, define->body, &result);
    release_frame(s, f);
    return result;
}

static frame *new_frame(script *s, const object *function, object *self) {
    const node *define = function->as.function->define;
    frame *f = allocate_frame(s);
    f->locals.parent = function->as.function->scope;
    f->locals.assigned = &define->assigned;
    f->locals.globals = &define->globals;
    f->locals.nonlocals = &define->nonlocals;
    f->mode = function->as.function->mode;
    f->function = function->as.function;
    for (const user_function *in = f->function; in && !f->class; in = in->around)
        f->class = in->class;
    f->self = self;
    return f;
}

/* The parameters of a def while arguments are bound to them. */
typedef struct {
    script *script;
    frame *frame;
    const node *define;
    const user_function *function;
    const node *next; /* the parameter that the next positional argument is for */
    object *rest;     /* what *name takes; NULL where there is none */
    object *keywords; /* what **name takes; NULL where there is none */
} binder;

static bool takes_position(const node *p) {
    return p && p->parameter <= PARAMETER_POSITIONAL_ONLY;
}

static binder new_binder(script *s, frame *f, const user_function *function) {
    const node *define = function->define;
    binder b = {
        .script = s, .frame = f, .define = define, .function = function, .next = define->items};
    for (const node *p = define->items; p; p = p->next)
        if (p->parameter == PARAMETER_REST)
            b.rest = object_sequence(s, OBJECT_LIST, 0);
        else if (p->parameter == PARAMETER_KEYWORDS)
            b.keywords = object_dict(s);
    return b;
}

static void bind_parameter(const binder *b, const node *p, object *o) {
    scope_bind(b->script, &b->frame->locals, p->name, o);
}

/* Whether there was a place for it. */
static bool bind_position(binder *b, object *o) {
    if (takes_position(b->next)) {
        bind_parameter(b, b->next, o);
        b->next = b->next->next;
    } else if (b->rest) {
        list_append(b->script, b->rest, o);
    } else {
        return false;
    }
    return true;
}

/* --- what Python says where they do not fit --- */

/* "f() got ..." */
static script *raises_call(const binder *b, const char *text) {
    if (!b->define->where.line && !b->function->made) /* Python's own may take it */
        return b->script;
    return script_raises(b->script, TYPE_ERROR, "%s() %s", function_path(b->script, b->function),
                         text);
}

const char *call_listed(script *s, const char *const *names, size_t count) {
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        const char *separator = i == 0          ? ""
                                : i + 1 < count ? ", "
                                : count == 2    ? " and "
                                                : ", and ";
        text = script_printf(s, "%s%s'%s'", text, separator, names[i]);
    }
    return text;
}

/* Those that can be given by their place come first, in one message. */
static script *raises_missing(const binder *b, object **defaults) {
    const char **names = script_alloc(b->script, b->define->count, sizeof *names);
    for (size_t pass = 0; pass < 2; pass++) {
        size_t count = 0, i = 0;
        for (const node *p = b->define->items; p; p = p->next, i++)
            if (!defaults[i] && !scope_find(&b->frame->locals, p->name) &&
                (pass == 0 ? takes_position(p) : p->parameter == PARAMETER_KEYWORD_ONLY))
                names[count++] = p->name;
        if (count)
            return raises_call(b, script_printf(b->script, "missing %zu required %s argument%s: %s",
                                                count, pass == 0 ? "positional" : "keyword-only",
                                                count == 1 ? "" : "s",
                                                call_listed(b->script, names, count)));
    }
    return b->script;
}

/* How many of the arguments are for parameters that are given by name alone. */
static size_t count_keyword_only(const binder *b, const arguments *given) {
    size_t count = 0;
    for (const node *p = b->define->items; p; p = p->next)
        for (size_t i = 0; i < given->count && p->parameter == PARAMETER_KEYWORD_ONLY; i++)
            count += given->items[i].keyword && strcmp(given->items[i].keyword, p->name) == 0;
    return count;
}

static script *raises_too_many(const binder *b, object **defaults, size_t given, size_t named) {
    size_t most = 0, least = 0, i = 0;
    for (const node *p = b->define->items; p; p = p->next, i++) {
        most += takes_position(p);
        least += takes_position(p) && !defaults[i];
    }
    const char *beside =
        named ? script_printf(b->script, " positional argument%s (and %zu keyword-only argument%s)",
                              given == 1 ? "" : "s", named, named == 1 ? "" : "s")
              : "";
    const char *takes = least < most ? script_printf(b->script, "from %zu to %zu", least, most)
                                     : script_printf(b->script, "%zu", most);
    return raises_call(b,
                       script_printf(b->script, "takes %s positional argument%s but %zu%s %s given",
                                     takes, most == 1 && least == most ? "" : "s", given, beside,
                                     given == 1 && !named ? "was" : "were"));
}

static size_t count_positional(const arguments *given) {
    size_t count = 0;
    for (size_t i = 0; i < given->count; i++)
        count += !given->items[i].keyword;
    return count;
}

/* Of those that can be given by their place alone, the ones that are given by name. */
static script *raises_unexpected(const binder *b, const arguments *given, const char *keyword) {
    const char *names = "", *separator = "";
    for (const node *p = b->define->items; p; p = p->next)
        for (size_t i = 0; i < given->count && p->parameter == PARAMETER_POSITIONAL_ONLY; i++)
            if (given->items[i].keyword && strcmp(given->items[i].keyword, p->name) == 0) {
                names = script_printf(b->script, "%s%s%s", names, separator, p->name);
                separator = ", ";
            }
    return raises_call(
        b, *names ? script_printf(b->script,
                                  "got some positional-only arguments passed as keyword "
                                  "arguments: '%s'",
                                  names)
                  : script_printf(b->script, "got an unexpected keyword argument '%s'", keyword));
}

static void bind_keyword(binder *b, const arguments *given, const argument *a) {
    nearest near = {.name = a->keyword};
    for (const node *p = b->define->items; p; p = p->next) {
        if (p->parameter != PARAMETER_ANY && p->parameter != PARAMETER_KEYWORD_ONLY)
            continue;
        nearest_consider(&near, p->name);
        if (strcmp(p->name, a->keyword) != 0)
            continue;
        if (scope_find(&b->frame->locals, p->name))
            script_fail(
                raises_call(
                    b, script_printf(b->script, "got multiple values for argument '%s'", p->name)),
                a->where, "%s() got '%s' twice", b->define->name, p->name);
        bind_parameter(b, p, a->object);
        return;
    }
    if (!b->keywords)
        script_fail(raises_unexpected(b, given, a->keyword), a->where,
                    "%s() has no argument '%s'%s", b->define->name, a->keyword,
                    nearest_hint(&b->script->reader, &near));
    dict_set(b->script, b->keywords, a->keyword, a->object, a->where);
}

/* What was not given. */
static void bind_others(call *c, const binder *b, object **defaults) {
    size_t i = 0;
    for (const node *p = b->define->items; p; p = p->next, i++) {
        if (b->rest && p->parameter == PARAMETER_REST) {
            b->rest->kind = OBJECT_TUPLE;
            bind_parameter(b, p, b->rest);
        } else if (p->parameter == PARAMETER_KEYWORDS) {
            bind_parameter(b, p, b->keywords);
        } else if (!scope_find(&b->frame->locals, p->name)) {
            if (!defaults[i])
                script_fail(raises_missing(b, defaults), c->where, "%s() lacks its argument '%s'",
                            b->define->name, p->name);
            bind_parameter(b, p, defaults[i]);
        }
    }
}

/* For super(): the first argument is self. */
static object *first_argument(const node *define, const scope *locals) {
    object *first = define->items ? scope_find(locals, define->items->name) : NULL;
    if (!first || define->items->parameter != PARAMETER_REST)
        return first;
    return first->as.sequence.count ? first->as.sequence.items[0] : NULL;
}

object *call_function(call *c, const object *function, object *self, const arguments *given) {
    script *s = c->script;
    const node *define = function->as.function->define;
    frame *f = new_frame(s, function, self);
    binder b = new_binder(s, f, function->as.function);
    if (self && !bind_position(&b, self))
        script_fail(s, define->where, "the method '%s' needs self as its first parameter",
                    define->name);
    for (size_t i = 0; i < given->count; i++) {
        const argument *a = &given->items[i];
        if (a->keyword)
            bind_keyword(&b, given, a);
        else if (!bind_position(&b, a->object))
            script_fail(raises_too_many(&b, function->as.function->defaults,
                                        count_positional(given) + (self != NULL),
                                        count_keyword_only(&b, given)),
                        a->where, "%s() takes fewer arguments than the %zu given", define->name,
                        given->count);
    }
    bind_others(c, &b, function->as.function->defaults);
    if (!f->self)
        f->self = first_argument(define, &f->locals); /* Base.__init__(self) */
    return run_function(c, f, define);
}

/* --- functions written in C --- */

/* In CPython's words, of which there are two. */
static call *raises_other(call *c, const char *path, size_t length, const object *self) {
    const char *name = path + length + 1, *given = object_class_name(self);
    return strncmp(name, "__", 2) == 0
               ? call_raises(c, TYPE_ERROR,
                             "descriptor '%s' requires a '%.*s' object but received a '%s'", name,
                             (int)length, path, given)
               : call_raises(c, TYPE_ERROR,
                             "descriptor '%s' for '%.*s' objects doesn't apply to a '%s' object",
                             name, (int)length, path, given);
}

/* str.lower('A'): the object that stands in front, without which the others are left. */
static object *take_self(call *c, const native *row, arguments *given) {
    const size_t length = strcspn(row->path, ".");
    object *self = given->count && !given->items[0].keyword ? given->items[0].object : NULL;
    if (!self)
        call_fail(call_raises(c, TYPE_ERROR, "unbound method %s() needs an argument", row->path),
                  "%s() takes an object of the class in front", row->path);
    if (!underscored_is_of(self, row->path))
        call_fail(raises_other(c, row->path, length, self),
                  "%s() takes an object of the class in front", row->path);
    *given = (arguments){given->items + 1, given->count - 1};
    return self;
}

static const char *last_part(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* Base.__init__(self): the class that it was found in gives way to the object in front. */
static object *take_instance(call *c, const object *class, arguments *given) {
    const struct type *root = class->as.native->root;
    object *self = given->count && !given->items[0].keyword ? given->items[0].object : NULL;
    if (!self || !object_is(self, root))
        call_fail(c, "%s.%s() takes an object of the class in front", root->name,
                  last_part(c->native->path));
    *given = (arguments){given->items + 1, given->count - 1};
    return self;
}

/* `name` is what messages call it. */
static object *call_native(call *c, const char *name, const object *callee,
                           const arguments *given) {
    const native *row = callee->as.native;
    object *bound[MAX_ARGUMENTS];
    call inner = *c;
    inner.native = row;
    inner.self = callee->self;
    arguments rest = *given;
    if (!callee->self && strchr(row->path, '.') && native_has_plain_methods(row->path))
        inner.self = take_self(c, row, &rest);
    else if (callee->self && callee->self->kind == OBJECT_NATIVE && callee->self->as.native->root &&
             !row->is_class_method)
        inner.self = take_instance(&inner, callee->self, &rest);
    signature_bind(&inner, name, row, row->signature, &rest, bound);
    inner.arguments = bound;
    return row->call ? row->call(&inner) : object_none(c->script);
}

/* --- classes --- */

static void check_init(call *c, const object *result) {
    if (result->kind != OBJECT_NONE)
        script_raise(c->script, c->where, TYPE_ERROR, "__init__() should return None, not '%s'",
                     object_class_name(result));
}

object *class_new(call *c, user_class *class, const arguments *given) {
    if (class->checks_abstract)
        abstract_check(c, class);
    object *o = class->root ? class->root->make(c, class) : object_instance(c->script, class);
    if (derived_is(o))
        derived_fill(c, o, given);
    return o;
}

/* That of a tuple with names is no def. */
static object *own_new(const user_class *class) {
    object *new = class_member(class, "__new__");
    return new &&new->kind == OBJECT_FUNCTION &&new->as.function->made ? NULL : new;
}

/* What the __new__ of the class gives, which the class stands in front for. */
static object *make_object(call *c, user_class *class, const arguments *given) {
    object *new = own_new(class);
    if (!new)
        return class_new(c, class, given);
    argument *items = script_alloc(c->script, given->count + 1, sizeof *items);
    items[0] = (argument){.object = class->object, .where = c->where, .given = c->where};
    for (size_t i = 0; i < given->count; i++)
        items[i + 1] = given->items[i];
    return call_object(c, new->kind == OBJECT_STATIC_METHOD ? new->self : new,
                       &(arguments){items, given->count + 1});
}

static object *construct(call *c, user_class *class, const arguments *given) {
    const struct type *root = class->root;
    object *self = make_object(c, class, given), *init = class_member(class, "__init__");
    if (!class_derives(object_class(self), class))
        return self;
    if (root && root->given)
        root->given(c, self, given);
    if (init)
        check_init(c, call_object(c, bind_method(c->script, init, self), given));
    else if (root)
        call_native(c, class->name, class_inherited(c->script, class, "__init__", self), given);
    else if (given->count && !own_new(class))
        script_raise(c->script, c->where, TYPE_ERROR, "%s() takes no arguments", class->name);
    return self;
}

/* --- all --- */

object *call_object(call *c, object *callee, const arguments *given) {
    object *own = special_member(callee, "__call__");
    if (own)
        return call_object(c, bind_method(c->script, own, callee), given);
    switch (callee->kind) {
    case OBJECT_NATIVE:
        return call_native(c, last_part(callee->as.native->path), callee, given);
    case OBJECT_FUNCTION:
        return call_function(c, callee, callee->self, given);
    case OBJECT_CLASS:
        return construct(c, callee->as.class, given);
    case OBJECT_NAMESPACE:
        if (strcmp(callee->as.string, "typing.TypeVar") == 0)
            return callee;
        if (outside_is_typing(callee))
            call_fail(c, "a call of '%s' is outside the subset", callee->as.string);
        call_fail(call_raises(c, TYPE_ERROR, "'module' object is not callable"),
                  "%s is a module of Python, not a function", callee->as.string);
    default:
        if (callee->type && callee->type->call)
            return callee->type->call(c, callee, given);
        call_fail(
            call_raises(c, TYPE_ERROR, "'%s' object is not callable", object_class_name(callee)),
            "a value of type %s cannot be called", object_type(callee));
    }
}

bool object_is_callable(const object *o) {
    return o->kind == OBJECT_NATIVE || o->kind == OBJECT_FUNCTION || o->kind == OBJECT_CLASS ||
           (o->type && o->type->call) || special_member(o, "__call__");
}

object *python_callable(call *c) {
    return object_bool(c->script, object_is_callable(c->arguments[0]));
}

object *call_positional(call *c, object *callee, object **objects, size_t count) {
    argument *items = script_alloc(c->script, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (argument){.object = objects[i], .where = c->where, .given = c->where};
    return call_object(c, callee, &(arguments){items, count});
}

object *call_with(call *c, const object *function, object **objects, size_t count) {
    object *callee = script_alloc(c->script, 1, sizeof *callee);
    *callee = *function;
    return call_positional(c, callee, objects, count);
}

/* --- the arguments of a call --- */

enum {
    FEW_ARGUMENTS = 4 /* not more, for calls are what is nested most */
};

typedef struct {
    argument *items;
    size_t count, capacity;
} argument_list;

static void add_argument(script *s, argument_list *to, argument a) {
    if (to->count == to->capacity) {
        to->capacity *= 2;
        argument *more = script_alloc(s, to->capacity, sizeof *more);
        memcpy(more, to->items, to->count * sizeof *more);
        to->items = more;
    }
    to->items[to->count++] = a;
}

/* As Python calls what is called: a def or one of its own functions; NULL of others. */
static const char *called(script *s, const object *callee) {
    if (callee->kind == OBJECT_FUNCTION)
        return script_printf(s, "__main__.%s()", function_path(s, callee->as.function));
    return callee->kind == OBJECT_NATIVE && !strchr(callee->as.native->path, '.')
               ? script_printf(s, "%s()", callee->as.native->path)
               : NULL;
}

/* *item */
static void add_unpacked(script *s, const object *callee, argument_list *to, const node *item) {
    const mlp_span where = node_span(item->left);
    object *all = evaluate(s, item->left);
    const char *name = called(s, callee);
    if (name && (object_is_real(all) || all->kind == OBJECT_NONE))
        script_raise(s, where, TYPE_ERROR, "%s argument after * must be an iterable, not %s", name,
                     object_class_name(all));
    object *it = iterate(s, all, where);
    for (object *o; (o = iterate_next(s, it, where));)
        add_argument(s, to, (argument){.object = o, .where = item->where, .given = item->where});
}

/* **item */
static void add_named(script *s, argument_list *to, const node *item) {
    const object *dict = evaluate(s, item->left);
    if (dict->kind != OBJECT_DICT)
        script_fail(s, node_span(item), "'**' takes a dict, not a value of type %s",
                    object_type(dict));
    for (size_t i = 0; i < dict->as.sequence.count; i++) {
        if (!dict_key(dict, i))
            script_raise(s, node_span(item), TYPE_ERROR, "keywords must be strings");
        const argument a = {.keyword = dict_key(dict, i),
                            .object = dict->as.sequence.items[i],
                            .where = item->where,
                            .given = item->where};
        for (size_t k = 0; k < to->count; k++)
            if (to->items[k].keyword && strcmp(to->items[k].keyword, a.keyword) == 0)
                script_fail(s, item->where, "the argument '%s' is given twice", a.keyword);
        add_argument(s, to, a);
    }
}

/* Python evaluates all arguments, then looks whether they fit. */
object *evaluate_call(script *s, const node *n) {
    argument few[FEW_ARGUMENTS];
    argument_list given = {.items = few, .capacity = FEW_ARGUMENTS};
    call c = {.script = s, .where = node_span(n), .expression = n};
    script_spend(s, c.where);
    object *callee = evaluate(s, n->left);
    for (const node *item = n->items; item; item = item->next)
        if (item->kind == NODE_STAR)
            add_unpacked(s, callee, &given, item);
        else if (item->kind == NODE_DOUBLE_STAR)
            add_named(s, &given, item);
        else
            add_argument(s, &given, evaluate_argument(s, item));
    script_at(s, c.where);
    return call_object(&c, callee, &(arguments){given.items, given.count});
}
