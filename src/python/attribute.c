/* What names and attributes stand for. */
#include "builtins.h"
#include "class.h"
#include "dict.h"
#include "evaluate.h"
#include "exception.h"
#include "iterate.h"
#include "large.h"
#include "library.h"
#include "order.h"
#include "outside.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "underscored.h"

#include <string.h>

/* --- names --- */

static script *raises_unbound(script *s, const char *name, bool is_local) {
    return is_local ? script_raises(s, UNBOUND_LOCAL_ERROR,
                                    "cannot access local variable '%s' where it is not associated "
                                    "with a value",
                                    name)
                    : script_raises(s, NAME_ERROR,
                                    "cannot access free variable '%s' where it is not associated "
                                    "with a value in enclosing scope",
                                    name);
}

/* Fails where the name is assigned in a function that has not come to it yet. */
static object *find_name(script *s, const char *name, mlp_span where) {
    if (s->frame)
        for (const scope *in = &s->frame->locals; in; in = in->parent) {
            object *v = scope_find(in, name);
            if (v)
                return v;
            if (in->is_module)
                return native_object(s, name, NULL);
            if (map_find(in->globals, name))
                break;
            if (map_find(in->assigned, name))
                script_fail(raises_unbound(s, name, in == &s->frame->locals), where,
                            "'%s' is used before it is assigned: what a function assigns "
                            "anywhere is its own everywhere",
                            name);
        }
    object *v = scope_find(s->globals, name);
    if (v)
        return v;
    object *o = native_object(s, name, NULL);
    if (!o && s->shows == MLP_SHOWS_LAST && strcmp(name, "display") == 0)
        o = native_object(s, "IPython.display.display", NULL);
    return o && o->kind != OBJECT_NAMESPACE ? o : NULL;
}

/* Python's own functions that are left out, by name. */
static void refuse_builtin(script *s, const node *n) {
    static const struct {
        const char *name, *instead;
    } outside[] = {{"input", "write the value into the script"},
                   {"open", "write the numbers into the script"},
                   {"eval", "write the expression itself"},
                   {"exec", "write the statements themselves"},
                   {"compile", "write the statements themselves"},
                   {"__import__", "write import"},
                   {"breakpoint", "leave it out"},
                   {"help", "leave it out"},
                   {"memoryview", "write bytes, or a list of numbers"},
                   {"bytearray", "write bytes, or a list of numbers"},
                   {"dir", "write the names out"},
                   {"locals", "write a dict of the names that you mean"},
                   {"complex", "write the real and the imaginary part as two floats"},
                   {"ascii", "write repr()"}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (strcmp(n->name, outside[i].name) == 0)
            script_fail(s, n->where, "'%s' is outside the subset: %s", n->name, outside[i].instead);
}

/* Whether Python has the name, which is then not missing there. */
static bool is_builtin(const char *name) {
    static const char *const names[] = {"__build_class__",
                                        "__debug__",
                                        "__doc__",
                                        "__file__",
                                        "__import__",
                                        "__loader__",
                                        "__package__",
                                        "__spec__",
                                        "__builtins__",
                                        "aiter",
                                        "anext",
                                        "ascii",
                                        "breakpoint",
                                        "bytearray",
                                        "compile",
                                        "complex",
                                        "copyright",
                                        "credits",
                                        "help",
                                        "license",
                                        "locals",
                                        "memoryview",
                                        "BaseExceptionGroup",
                                        "BlockingIOError",
                                        "BrokenPipeError",
                                        "BytesWarning",
                                        "ChildProcessError",
                                        "ConnectionAbortedError",
                                        "ConnectionRefusedError",
                                        "ConnectionResetError",
                                        "EncodingWarning",
                                        "EnvironmentError",
                                        "ExceptionGroup",
                                        "IOError",
                                        "ImportWarning",
                                        "InterruptedError",
                                        "ProcessLookupError",
                                        "PythonFinalizationError",
                                        "StopAsyncIteration",
                                        "TabError",
                                        "UnicodeDecodeError",
                                        "UnicodeEncodeError",
                                        "UnicodeTranslateError",
                                        "UnicodeWarning"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

object *evaluate_name(script *s, const node *n) {
    static const native *const builtins[] = {native_builtins, native_sorting, native_elements,
                                             native_dict,     native_sets,    native_integers};
    object *v = find_name(s, n->name, n->where);
    if (v)
        return v;
    nearest near = {.name = n->name};
    for (const scope *in = s->frame ? &s->frame->locals : NULL; in; in = in->parent)
        for (const binding *b = in->first; b; b = b->next)
            nearest_consider(&near, b->name);
    for (const binding *b = s->globals->first; b; b = b->next)
        nearest_consider(&near, b->name);
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        for (const native *row = builtins[i]; row->path; row++)
            nearest_consider(&near, row->path);
    exceptions_consider(&near);
    refuse_builtin(s, n);
    if (s->shows == MLP_SHOWS_LAST &&
        (strcmp(n->name, "In") == 0 || strcmp(n->name, "_i") == 0 || strcmp(n->name, "_ih") == 0))
        script_fail(s, n->where, "'%s' is outside the subset: write the statements out", n->name);
    if (is_builtin(n->name))
        script_fail(s, n->where, "'%s' is outside the subset", n->name);
    if (s->starred)
        script_fail(s, n->where, "name '%s' is not defined, or not supported of %s%s", n->name,
                    s->starred, nearest_hint(&s->reader, &near));
    script_fail(script_raises(s, NAME_ERROR, "name '%s' is not defined", n->name), n->where,
                "name '%s' is not defined%s", n->name, nearest_hint(&s->reader, &near));
}

void name_object(script *s, const char *name, object *o, naming how, mlp_span where) {
    call c = {.script = s, .where = where};
    if (where.line && o->type && o->type->named)
        o->type->named(&c, o, name, how);
}

/* --- attributes --- */

/* A plain object's own attributes come before the members of its class, but for a property. */
object *instance_attribute(call *c, object *o, const char *name) {
    script *s = c->script;
    object *attributes = instance_attributes(object_instance_of(o));
    if (strcmp(name, "__dict__") == 0)
        return attributes;
    object *own = dict_find(attributes, name), *member = class_member(object_class(o), name);
    if (own && !(member && class_sets(member)))
        return own;
    if (member)
        return bind_method(s, member, o);
    object *inherited = o->type                       ? native_member(s, o->type->name, name, o)
                        : strncmp(name, "__", 2) == 0 ? native_member(s, "object", name, o)
                                                      : NULL;
    if (inherited)
        return inherited;
    return special_member(o, "__getattr__")
               ? special_call(c, o, "__getattr__", (object *[]){object_string(s, name)}, 1)
               : NULL;
}

/* Of a class of a library, class methods alone. */
static object *of_class(script *s, const user_class *class, const user_class *from,
                        const char *name) {
    object *member = class_attribute(s, class, from, name);
    if (member)
        return member;
    object *inherited = class_inherited(s, class, name, class->object);
    const bool is_known =
        inherited && (inherited->kind != OBJECT_NATIVE || inherited->as.native->is_class_method);
    return is_known ? inherited : class_lineage(s, class, name);
}

/* Base.__init__, of a class that others may derive from: it is bound to the class. */
static object *of_root(script *s, object *class, const char *name) {
    const native *row = class->as.native;
    object *found = native_member(s, strrchr(row->path, '.') + 1, name, class);
    return found ? found : native_member(s, row->root->name, name, class);
}

/* dict.fromkeys: of a class of Python or of a library, class methods alone, but of one that others
 * may derive from, of str and the containers all: str.lower. */
static object *of_native(script *s, object *class, const char *name) {
    if (exception_is_class(class->as.native)) /* Exception.__init__(self) */
        return native_member(s, exception_type.name, name, NULL);
    object *found = class->self ? NULL : native_member(s, class->as.native->path, name, class);
    if (found && found->kind == OBJECT_NATIVE && found->as.native->is_class_method)
        return found;
    if (!native_has_plain_methods(class->as.native->path))
        return class->as.native->root && !class->self ? of_root(s, class, name) : NULL;
    object *own = native_member(s, class->as.native->path, name, NULL);
    return own || strcmp(class->as.native->path, "set") != 0
               ? own
               : native_member(s, "frozenset", name, NULL);
}

static object *range_attribute(script *s, const object *o, const char *name) {
    return strcmp(name, "start") == 0  ? object_integer(s, o->as.range.start)
           : strcmp(name, "stop") == 0 ? object_integer(s, o->as.range.stop)
           : strcmp(name, "step") == 0 ? object_integer(s, o->as.range.step)
                                       : NULL;
}

/* What super() finds: the base's members, else those of what the classes derive from. */
static object *super_attribute(script *s, const object *super, const char *name) {
    const bool is_class = super->self->kind == OBJECT_CLASS;
    const user_class *class = is_class ? super->self->as.class : object_class(super->self);
    if (is_class)
        return of_class(s, class, order_next(class, super->as.class), name);
    object *member = class_member_behind(class, super->as.class, name);
    return member ? bind_method(s, member, super->self)
                  : class_inherited(s, class, name, super->self);
}

/* Evaluated now, and not where the def stands: that of names of the script gives the same. */
static object *annotations_of(script *s, const user_function *f) {
    static const parameter_kind order[] = {PARAMETER_ANY, PARAMETER_POSITIONAL_ONLY, PARAMETER_REST,
                                           PARAMETER_KEYWORD_ONLY, PARAMETER_KEYWORDS};
    object *dict = object_dict(s);
    frame *before = s->frame;
    if (f->scope || s->is_postponed)
        script_fail(s, s->reader.at,
                    "the annotations of this function are outside the subset: leave them out");
    s->frame = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (const node *p = f->define->items; p; p = p->next)
            if (p->right && p->parameter == order[i])
                dict_set(s, dict, p->name, evaluate(s, p->right), p->where);
    if (f->define->right)
        dict_set(s, dict, "return", evaluate(s, f->define->right), f->define->where);
    s->frame = before;
    return dict;
}

static object *function_attribute(script *s, const object *o, const char *name) {
    const user_function *f = o->as.function;
    if (strcmp(name, "__annotations__") == 0)
        return annotations_of(s, f);
    object *own = f->attributes ? scope_find(f->attributes, name) : NULL;
    if (own)
        return own;
    if (strcmp(name, "__self__") == 0)
        return o->self;
    if (strcmp(name, "__doc__") != 0)
        return NULL;
    const char *doc = f->define->kind == NODE_DEFINE ? docstring(f->define->body) : NULL;
    return doc ? object_string(s, doc) : object_none(s);
}

/* __name__ and __qualname__ of a function or class. */
static object *name_of(script *s, const object *o, bool is_path) {
    if (o->kind == OBJECT_CLASS)
        return object_string(s, is_path ? o->as.class->path : o->as.class->name);
    const scope *own = o->kind == OBJECT_FUNCTION ? o->as.function->attributes : NULL;
    object *given = own ? scope_find(own, is_path ? "__qualname__" : "__name__") : NULL;
    if (given)
        return given;
    if (o->kind == OBJECT_FUNCTION)
        return object_string(s, is_path ? function_path(s, o->as.function)
                                        : o->as.function->define->name);
    if (o->kind != OBJECT_NATIVE)
        return NULL;
    if (o->as.native->name)
        return object_string(s, o->as.native->name);
    const char *dot = strrchr(o->as.native->path, '.');
    return object_string(s, dot ? dot + 1 : o->as.native->path);
}

/* What every object has. */
static object *special_attribute(call *c, object *o, const char *name) {
    if (strcmp(name, "__class__") == 0)
        return python_type_of(c, o);
    if (strcmp(name, "__name__") == 0 || strcmp(name, "__qualname__") == 0)
        return name_of(c->script, o, name[2] == 'q');
    const bool is_ours = o->kind == OBJECT_CLASS || o->kind == OBJECT_FUNCTION || object_class(o);
    if (!is_ours || strcmp(name, "__module__") != 0)
        return NULL;
    const user_class *class = o->kind == OBJECT_CLASS ? o->as.class : object_class(o);
    return object_string(c->script, class ? class->module : "__main__");
}

/* A set has the methods of a frozenset, and more. */
static object *set_attribute_of(script *s, object *o, const char *name) {
    object *own = o->kind == OBJECT_SET ? native_member(s, "set", name, o) : NULL;
    return own ? own : native_member(s, "frozenset", name, o);
}

/* Likewise an OrderedDict those of a dict. */
static object *dict_attribute_of(script *s, object *o, const char *name) {
    object *own = o->is_ordered ? native_member(s, "OrderedDict", name, o) : NULL;
    return own ? own : native_member(s, "dict", name, o);
}

static object *typed_attribute(call *c, object *o, const char *name) {
    object *own = o->type->attribute ? o->type->attribute(c, o, name) : NULL;
    return own ? own : native_member(c->script, o->type->name, name, o);
}

static object *member_of(script *s, const object *space, const char *name) {
    object *member = native_member(s, space->as.string, name, NULL);
    if (!member && strcmp(space->as.string, "typing") == 0)
        return outside_typing(s, name);
    if (member || strcmp(space->as.string, "collections") == 0)
        return member; /* of collections, what is near is known */
    if (!space->is_outside && !outside_has(s, space->as.string))
        return NULL;
    return outside_object(s, script_printf(s, "%s.%s", space->as.string, name));
}

static object *slice_attribute(call *c, object *o, const char *name) {
    static const char *const names[] = {"start", "stop", "step"};
    object *const parts[] = {o->as.slice.start, o->as.slice.stop, o->as.slice.step};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return parts[i] ? parts[i] : object_none(c->script);
    return native_member(c->script, "slice", name, o);
}

static object *of_number(script *s, object *o, const char *name) {
    object *own = number_attribute(s, o, name);
    return own ? own : native_member(s, o->kind == OBJECT_FLOAT ? "float" : "int", name, o);
}

static object *find_own(call *c, object *o, const char *name) {
    object *special = special_attribute(c, o, name);
    if (special)
        return special;
    if (o->type)
        return typed_attribute(c, o, name);
    switch (o->kind) {
    case OBJECT_NAMESPACE:
        return member_of(c->script, o, name);
    case OBJECT_INSTANCE:
        return instance_attribute(c, o, name);
    case OBJECT_SUPER:
        return super_attribute(c->script, o, name);
    case OBJECT_CLASS:
        return of_class(c->script, o->as.class, o->as.class, name);
    case OBJECT_FUNCTION:
        return function_attribute(c->script, o, name);
    case OBJECT_NATIVE:
        return of_native(c->script, o, name);
    case OBJECT_PROPERTY:
        return native_member(c->script, "property", name, o);
    case OBJECT_SLICE:
        return slice_attribute(c, o, name);
    case OBJECT_RANGE:
        return range_attribute(c->script, o, name);
    case OBJECT_BOOL:
    case OBJECT_INTEGER:
    case OBJECT_LARGE:
    case OBJECT_FLOAT:
        return of_number(c->script, o, name);
    case OBJECT_STRING:
    case OBJECT_LIST:
    case OBJECT_TUPLE:
        return native_member(c->script, object_type(o), name, o);
    case OBJECT_DICT:
        return dict_attribute_of(c->script, o, name);
    case OBJECT_SET:
    case OBJECT_FROZEN_SET:
        return set_attribute_of(c->script, o, name);
    case OBJECT_ITERATOR:
        return iterate_resumable(o) ? native_member(c->script, "generator", name, o) : NULL;
    default:
        return NULL;
    }
}

/* Behind all that is its own come the methods that Python calls by itself. Of a class, they take
 * their object in front. */
static object *find_attribute(call *c, object *o, const char *name) {
    object *own = find_own(c, o, name);
    if (own || strncmp(name, "__", 2) != 0)
        return own;
    const bool is_class =
        o->kind == OBJECT_CLASS || (o->kind == OBJECT_NATIVE && o->as.native->is_type && !o->self);
    if (is_class && strcmp(name, "__call__") != 0)
        return native_member(c->script, "object", name, NULL);
    return underscored_member(c->script, o->kind == OBJECT_SUPER ? o->self : o, name);
}

/* Before the dot of the paths that its attributes have; NULL where they have none. */
static const char *prefix_of(const object *o) {
    if (o->type)
        return o->type->name;
    if (o->kind == OBJECT_SUPER)
        return o->as.class->root ? o->as.class->root->name : "object";
    return o->kind == OBJECT_NAMESPACE                                              ? o->as.string
           : o->kind == OBJECT_STRING || object_is_sequence(o) || object_is_real(o) ? object_type(o)
           : o->kind == OBJECT_DICT                                                 ? "dict"
           : o->kind == OBJECT_SET                                                  ? "set"
           : o->kind == OBJECT_FROZEN_SET                                           ? "frozenset"
           : iterate_resumable(o)                                                   ? "generator"
                                                                                    : NULL;
}

static void consider_attributes(script *s, nearest *near, const object *o) {
    const char *prefix = prefix_of(o);
    if (prefix)
        native_consider(s, near, prefix);
    if (o->type && o->type->suggest)
        o->type->suggest(o, near);
    if (o->kind == OBJECT_CLASS)
        class_consider(o->as.class, near);
    instance *i = object_instance_of(o);
    if (!i)
        return;
    const object *own = instance_attributes(i);
    for (size_t k = 0; k < own->as.sequence.count; k++)
        if (dict_key(own, k))
            nearest_consider(near, dict_key(own, k));
    class_consider(i->class, near);
}

static const char *describe(call *c, const object *o) {
    if (o->kind == OBJECT_NAMESPACE)
        return o->as.string;
    if (o->kind == OBJECT_NATIVE)
        return o->as.native->path;
    if (o->type && o->type->describe)
        return o->type->describe(c, o);
    return script_printf(c->script, "a value of type %s", object_type(o));
}

const char *path_hint(script *s, const char *path, const nearest *near) {
    const char *instead = s->library->instead(path);
    if (instead)
        return *instead ? script_printf(s, ": %s", instead) : "";
    return nearest_hint(&s->reader, near);
}

static const char *advice(script *s, const object *o, const char *name, const nearest *near) {
    const char *prefix = prefix_of(o);
    return prefix ? path_hint(s, script_printf(s, "%s.%s", prefix, name), near)
                  : nearest_hint(&s->reader, near);
}

/* Whether all that Python has there is here, too. */
static bool is_whole(const object *o) {
    const bool is_class = o->kind == OBJECT_CLASS;
    const user_class *class = is_class ? o->as.class : object_class(o);
    if (is_class || o->kind == OBJECT_INSTANCE)
        return class && !class->is_written && !(is_class && class->root);
    if (o->kind == OBJECT_NATIVE)
        return !o->as.native->class_name && !strchr(o->as.native->path, '.');
    if (o->kind == OBJECT_NAMESPACE)
        return strcmp(o->as.string, "math") == 0;
    return o->kind == OBJECT_NONE || o->kind == OBJECT_FUNCTION ||
           (o->kind == OBJECT_TUPLE && object_class(o)) ||
           (!o->type && (object_is_real(o) || object_is_sequence(o) || object_is_set(o) ||
                         o->kind == OBJECT_STRING || o->kind == OBJECT_DICT));
}

/* The name of its class as Python tells it. */
static const char *class_name_of(call *c, object *o) {
    const object *name = o->type ? name_of(c->script, python_type_of(c, o), false) : NULL;
    return name ? name->as.string : object_class_name(o);
}

static bool is_missing(call *c, object *o, const char *name) {
    static const char *const lacking[] = {"to_bytes", "from_bytes", "sumprod", "fma", "cbrt"};
    bool is_known = strncmp(name, "__", 2) != 0;
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) /* which Python may have */
        is_known &= strcmp(name, lacking[i]) != 0;
    return (is_whole(o) && is_known) || c->script->library->lacks(c, o, name);
}

static script *raises_attribute(call *c, object *o, const char *name) {
    script *s = c->script;
    if (!is_missing(c, o, name))
        return s;
    if (o->kind == OBJECT_NAMESPACE)
        return script_raises(s, ATTRIBUTE_ERROR, "module '%s' has no attribute '%s'", o->as.string,
                             name);
    if (o->kind == OBJECT_CLASS)
        return script_raises(s, ATTRIBUTE_ERROR, "type object '%s' has no attribute '%s'",
                             o->as.class->name, name);
    return script_raises(s, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                         class_name_of(c, o), name);
}

/* Fails where o has no such attribute. */
_Noreturn static void refuse_attribute(script *s, object *o, const char *name, mlp_span where) {
    call c = {.script = s, .where = where};
    if (o->kind == OBJECT_CLASS && class_inherited(s, o->as.class, name, NULL))
        script_fail(s, where, "methods of %s are called through super(), or of an object",
                    o->as.class->native ? o->as.class->native->path : "object");
    nearest near = {.name = name};
    consider_attributes(s, &near, o);
    script_fail(raises_attribute(&c, o, name), where, "%s has no '%s', or it is not supported%s",
                describe(&c, o), name, advice(s, o, name, &near));
}

object *attribute_of(script *s, object *o, const char *name, mlp_span where) {
    object *v = find_attribute(&(call){.script = s, .where = where}, o, name);
    if (!v)
        refuse_attribute(s, o, name, where);
    return v;
}

static object *ask_attribute(call *c, object *o, const char *name, object *unused) {
    (void)unused;
    return find_attribute(c, o, name);
}

/* NULL also where a method of the script's class says so. */
static object *find_or_null(call *c, object *o, const char *name) {
    return object_class(o) ? special_unless(c, ATTRIBUTE_ERROR, ask_attribute, o, name, NULL)
                           : find_attribute(c, o, name);
}

object *python_getattr(call *c) {
    const char *name = c->arguments[1]->as.string;
    object *v = c->arguments[2] ? find_or_null(c, c->arguments[0], name)
                                : find_attribute(c, c->arguments[0], name);
    if (!v && !c->arguments[2])
        refuse_attribute(c->script, c->arguments[0], name, c->where);
    return v ? v : c->arguments[2];
}

/* What a type of a library may have in Python, though not here, is refused. */
object *python_hasattr(call *c) {
    const object *o = c->arguments[0];
    const char *name = c->arguments[1]->as.string, *prefix = prefix_of(o);
    const bool found = find_or_null(c, c->arguments[0], name) != NULL;
    const char *path = prefix ? script_printf(c->script, "%s.%s", prefix, name) : NULL;
    const bool of_library = o->type || o->kind == OBJECT_NAMESPACE;
    const bool is_there = path && c->script->library->instead(path);
    if (!found && (is_there || of_library) && !special_is_known(name) &&
        !is_missing(c, c->arguments[0], name))
        call_fail(c, "hasattr() of '%s', which %s does not have here, is outside the subset", name,
                  describe(c, o));
    return object_bool(c->script, found);
}

object *evaluate_attribute(script *s, const node *n) {
    return attribute_of(s, evaluate_path(s, n->left), n->name, n->where);
}
