/* Classes of the script: their bodies, and what a member is of an object. */
#include "class.h"

#include "abstract.h"
#include "derived.h"

#include "evaluate.h"
#include "exception.h"
#include "iterate.h"
#include "library.h"
#include "native.h"
#include "order.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

/* --- definition --- */

static object *bound_function(script *s, const object *function, object *self) {
    object *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *function;
    bound->self = self;
    return bound;
}

/* Of two classes of a library, the one that derives from the other. */
static const native *nearer(script *s, const native *a, const native *b, const node *n) {
    const bool are_exceptions = exception_is_class(a) && exception_is_class(b);
    if (a == b ||
        (are_exceptions ? exception_class_derives(a, b) : b->instances && a->root == b->instances))
        return a;
    if (are_exceptions ? exception_class_derives(b, a) : a->instances && b->root == a->instances)
        return b;
    script_fail(
        s, n->where,
        "a class that derives from %s and from %s is outside the subset: derive from one of them alone",
        a->path, b->path);
}

/* What the class derives from outside the script. */
static void set_native(script *s, user_class *class, const native *row, const node *n) {
    if (row)
        class->native = class->native ? nearer(s, class->native, row, n) : row;
    class->root = class->native ? class->native->root : NULL;
}

/* The names of such a class come before those of the bases behind it, which are asked first here:
 * none may be the same. */
static void check_behind(script *s, const user_class *class, const user_class *base,
                         const node *n) {
    for (const user_class *in = base; in && class->native && !base->native;
         in = order_next(base, in))
        for (const binding *b = in->members.first; b; b = b->next)
            if (strcmp(b->name, "__doc__") != 0 && class_inherited(s, class, b->name, NULL))
                script_fail(s, n->where,
                            "'%s' of this base is hidden by that of %s: write it first", b->name,
                            class->native->path);
}

static user_class *take_base(script *s, user_class *class, const node *n, const object *base) {
    user_class *of = base->as.class;
    if (!of->is_written)
        check_behind(s, class, of, n);
    set_native(s, class, of->native, n);
    class->metaclass = of->metaclass ? of->metaclass : class->metaclass;
    class->is_written |= of->is_written;
    class->checks_abstract |= of->checks_abstract;
    return of;
}

static bool is_object(const object *base) {
    return base->kind == OBJECT_NATIVE && strcmp(base->as.native->path, "object") == 0;
}

/* Classes of the script, one of a library's that allows it, and object, which is the same as
 * nothing. Returns that of the script. */
static user_class *add_base(script *s, user_class *class, const node *n, object *base) {
    const bool is_native = base->kind == OBJECT_NATIVE;
    bool checks_abstract;
    if (is_object(base))
        return NULL;
    list_append(s, class->bases, base);
    if (abstract_is_base(base, &checks_abstract))
        class->checks_abstract |= checks_abstract;
    else if (base->kind == OBJECT_CLASS)
        return take_base(s, class, n, base);
    else if (is_native && base->as.native->root)
        set_native(s, class, base->as.native, n);
    else
        script_fail(
            s, n->where,
            "to derive from this is outside the subset: derive from %s, from a class of the "
            "script, or from nothing",
            s->library->base);
    return NULL;
}

/* "object, A, B": those that everything derives from cannot stand in front of. */
static const char *listed(script *s, const node *item, const char *first, object *second) {
    const char *text = first;
    for (object *base = second; item; base = (item = item->next) ? evaluate(s, item) : NULL)
        text = script_printf(s, "%s, %s", text,
                             attribute_of(s, base, "__name__", item->where)->as.string);
    return text;
}

static void set_bases(script *s, user_class *class, const node *n) {
    user_class **bases = script_alloc(s, n->count + 1, sizeof(user_class *));
    size_t count = 0;
    const char *last = NULL; /* object, and those behind it */
    class->bases = object_sequence(s, OBJECT_LIST, 0);
    for (const node *item = n->items; item; item = item->next) {
        object *given = evaluate(s, item);
        user_class *base = add_base(s, class, item, given);
        if (last)
            script_raise(s, n->where, TYPE_ERROR,
                         "Cannot create a consistent method resolution\norder (MRO) for bases %s",
                         listed(s, item, last, given));
        last = is_object(given) ? "object" : NULL;
        for (size_t i = 0; base && i < count; i++)
            if (bases[i] == base)
                script_raise(s, n->where, TYPE_ERROR, "duplicate base class %s", base->name);
        if (base)
            bases[count++] = base;
    }
    class->bases->kind = OBJECT_TUPLE;
    order_set(s, class, bases, count, n->where);
}

static user_class *new_class(script *s, const node *n) {
    user_class *class = script_alloc(s, 1, sizeof *class);
    const frame *around = s->frame;
    class->name = class->path = n->name;
    class->is_written = s->module != NULL;
    class->module = class->is_written ? s->module : "__main__";
    class->body = n->body;
    if (around && around->body)
        class->path = script_printf(s, "%s.%s", around->body->path, n->name);
    else if (around && around->function)
        class->path =
            script_printf(s, "%s.<locals>.%s", function_path(s, around->function), n->name);
    set_bases(s, class, n);
    class->object = script_alloc(s, 1, sizeof *class->object);
    class->object->kind = OBJECT_CLASS;
    class->object->as.class = class;
    return class;
}

/* A method that Python calls by itself, but this program does not. */
static void check_member(script *s, const binding *b, bool is_module) {
    const object *o = b->object;
    const size_t n = strlen(b->name);
    if (!o || n < 5 || strncmp(b->name, "__", 2) != 0 || strcmp(b->name + n - 2, "__") != 0)
        return;
    if (o->kind == OBJECT_STATIC_METHOD || o->kind == OBJECT_CLASS_METHOD)
        o = o->self;
    if (o->kind != OBJECT_FUNCTION)
        return;
    const bool is_not_of_modules =
        strcmp(b->name, "__getattr__") == 0 || strcmp(b->name, "__new__") == 0;
    if (special_is_known(b->name) && !(is_module && is_not_of_modules))
        return;
    script_fail(s, o->as.function->define->where,
                "'%s' is outside the subset: it is a method that Python calls by itself, and "
                "this program does not: give it another name, and call it",
                b->name);
}

/* What a base does with the classes that derive from it, and with their keywords. */
static void init_subclass(script *s, user_class *class, const node *n) {
    argument items[MAX_ARGUMENTS];
    arguments given = {items, 0};
    call c = {.script = s, .where = n->where};
    object *member = class_member_behind(class, class, "__init_subclass__");
    for (const node *k = n->right; k; k = k->next) {
        if (!member)
            script_raise(s, k->where, TYPE_ERROR,
                         "%s.__init_subclass__() takes no keyword arguments", class->name);
        if (given.count == MAX_ARGUMENTS)
            script_fail(s, k->where, "a class has more than %d keywords", MAX_ARGUMENTS);
        items[given.count++] = (argument){.keyword = k->name,
                                          .object = evaluate(s, k->left),
                                          .where = k->where,
                                          .given = k->where};
    }
    if (member && member->kind == OBJECT_CLASS_METHOD)
        member = member->self;
    if (member)
        call_object(&c, bound_function(s, member, class->object), &given);
}

static void set_name(call *c, const user_class *class, const binding *b) {
    object *o = b->object;
    if (o->type && o->type->set_name)
        o->type->set_name(c, o, b->name);
    if (special_member(o, "__set_name__"))
        special_call(c, o, "__set_name__",
                     (object *[]){class->object, object_string(c->script, b->name)}, 2);
}

void run_class(script *s, const node *n) {
    user_class *class = new_class(s, n);
    frame *f = script_alloc(s, 1, sizeof *f);
    f->locals = (scope){.assigned = &n->assigned,
                        .globals = &n->globals,
                        .nonlocals = &n->nonlocals,
                        .parent = scope_around_function(s)};
    f->function = s->frame ? s->frame->function : NULL;
    f->body = class;
    f->caller = s->frame;
    s->frame = f;
    const char *doc = docstring(n->body);
    scope_bind(s, &f->locals, "__doc__", doc ? object_string(s, doc) : object_none(s));
    execute(s, n->body);
    s->frame = f->caller;
    class->members = f->locals;
    class->members.parent = NULL;
    call c = {.script = s, .where = n->where};
    for (const binding *b = class->members.first; b; b = b->next) {
        check_member(s, b, class->root && !derived_is_type(class->root));
        if (b->object)
            set_name(&c, class, b);
    }
    if (!class->base && class->root && class->root->defined)
        class->root->defined(&c, class);
    init_subclass(s, class, n);
    bind_name(s, n->name, decorated(s, n->left, class->object), n->where);
}

const char *docstring(const node *body) {
    if (!body || body->kind != NODE_EXPRESSION || body->left->kind != NODE_CONSTANT ||
        body->left->literal.kind != LITERAL_STRING)
        return NULL;
    return body->left->literal.text;
}

/* --- members --- */

/* classmethod(f) of the class. */
static object *bound_to_class(script *s, object *wrapped, const user_class *class) {
    return wrapped->kind == OBJECT_FUNCTION ? bound_function(s, wrapped, class->object) : wrapped;
}

/* What a member gives that has a __get__; self is NULL where it is looked up in the class. */
static object *described(call *c, object *member, object *self, const user_class *class) {
    if (!special_member(member, "__get__"))
        return member;
    return special_call(c, member, "__get__",
                        (object *[]){self ? self : object_none(c->script), class->object}, 2);
}

/* list.append and the like, which a class has under a name of its own. */
static bool is_method(const object *o) {
    const native *row = o->as.native;
    return !o->self && !row->is_class_method && strchr(row->path, '.') &&
           native_has_plain_methods(row->path);
}

object *bind_method(script *s, object *member, object *self) {
    call c = {.script = s, .where = s->reader.at};
    switch (member->kind) {
    case OBJECT_FUNCTION:
        return member->self ? member : bound_function(s, member, self);
    case OBJECT_STATIC_METHOD:
        return member->self;
    case OBJECT_CLASS_METHOD:
        return bound_to_class(s, member->self, object_class(self));
    case OBJECT_PROPERTY:
        return call_positional(&c, member->as.property.get, &self, 1);
    case OBJECT_NATIVE:
        return is_method(member) ? native_bound(s, member->as.native, self) : member;
    default:
        return member->type && member->type->bound
                   ? member->type->bound(&c, member, self)
                   : described(&c, member, self, object_class(self));
    }
}

object *class_attribute(script *s, const user_class *class, const user_class *from,
                        const char *name) {
    object *member = from ? scope_find(&from->members, name) : NULL;
    if (!member && from)
        member = class_member_behind(class, from, name);
    if (!member)
        return NULL;
    if (member->kind == OBJECT_CLASS_METHOD)
        return bound_to_class(s, member->self, class);
    if (member->kind == OBJECT_STATIC_METHOD)
        return member->self;
    return described(&(call){.script = s, .where = s->reader.at}, member, NULL, class);
}

void class_set(call *c, user_class *class, const char *name, object *v) {
    check_member(c->script, &(binding){.name = name, .object = v},
                 class->root && !derived_is_type(class->root));
    scope_bind(c->script, &class->members, name, v);
}

bool class_derives(const user_class *class, const user_class *from) {
    const user_class *in = class;
    while (in && in != from)
        in = order_next(class, in);
    return in != NULL;
}

bool class_sets(const object *member) {
    return member->kind == OBJECT_PROPERTY || special_member(member, "__set__");
}

bool set_property(call *c, object *self, const char *name, object *v) {
    object *member = class_member(object_class(self), name);
    if (!member || !class_sets(member))
        return false;
    if (special_call(c, member, "__set__", (object *[]){self, v}, 2))
        return true;
    if (!member->as.property.set)
        script_raise(c->script, c->where, ATTRIBUTE_ERROR,
                     "property '%s' of '%s' object has no setter", name, object_class(self)->name);
    call_positional(c, member->as.property.set, (object *[]){self, v}, 2);
    return true;
}

/* --- decorators --- */

static object *wrapper(call *c, object_kind kind) {
    object *o = script_alloc(c->script, 1, sizeof *o);
    o->kind = kind;
    o->self = c->arguments[0];
    return o;
}

object *python_staticmethod(call *c) {
    return wrapper(c, OBJECT_STATIC_METHOD);
}

object *python_classmethod(call *c) {
    return wrapper(c, OBJECT_CLASS_METHOD);
}

object *python_property(call *c) {
    object *o = script_alloc(c->script, 1, sizeof *o);
    o->kind = OBJECT_PROPERTY;
    o->as.property.get = c->arguments[0];
    if (c->arguments[0]->kind == OBJECT_NONE)
        call_fail(c, "property() without a getter is outside the subset");
    if (c->arguments[1]->kind != OBJECT_NONE)
        o->as.property.set = c->arguments[1];
    return o;
}

/* @name.setter */
object *property_setter(call *c) {
    object *o = script_alloc(c->script, 1, sizeof *o);
    *o = *c->self;
    o->as.property.set = c->arguments[0];
    return o;
}

object *property_getter(call *c) {
    object *o = script_alloc(c->script, 1, sizeof *o);
    *o = *c->self;
    o->as.property.get = c->arguments[0];
    return o;
}
