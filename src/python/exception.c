/* Python's exceptions: their classes, and what they are made of. */
#include "exception.h"

#include "class.h"
#include "format.h"
#include "format_write.h"
#include "iterate.h"
#include "library.h"
#include "native.h"
#include "run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    raises base;
    const char *module; /* that it is imported from, but see place_of; NULL: none */
} classes[RAISES_COUNT] = {
    [BASE_EXCEPTION] = {"BaseException", BASE_EXCEPTION, NULL},
    [EXCEPTION] = {"Exception", BASE_EXCEPTION, NULL},
    [ARITHMETIC_ERROR] = {"ArithmeticError", EXCEPTION, NULL},
    [ASSERTION_ERROR] = {"AssertionError", EXCEPTION, NULL},
    [ATTRIBUTE_ERROR] = {"AttributeError", EXCEPTION, NULL},
    [BUFFER_ERROR] = {"BufferError", EXCEPTION, NULL},
    [CONNECTION_ERROR] = {"ConnectionError", OS_ERROR, NULL},
    [DEPRECATION_WARNING] = {"DeprecationWarning", WARNING, NULL},
    [EOF_ERROR] = {"EOFError", EXCEPTION, NULL},
    [FILE_EXISTS_ERROR] = {"FileExistsError", OS_ERROR, NULL},
    [FILE_NOT_FOUND_ERROR] = {"FileNotFoundError", OS_ERROR, NULL},
    [FLOATING_POINT_ERROR] = {"FloatingPointError", ARITHMETIC_ERROR, NULL},
    [FROZEN_INSTANCE_ERROR] = {"FrozenInstanceError", ATTRIBUTE_ERROR, "dataclasses"},
    [FUTURE_WARNING] = {"FutureWarning", WARNING, NULL},
    [GENERATOR_EXIT] = {"GeneratorExit", BASE_EXCEPTION, NULL},
    [GRADCHECK_ERROR] = {"GradcheckError", RUNTIME_ERROR, "the library"},
    [IMPORT_ERROR] = {"ImportError", EXCEPTION, NULL},
    [INDENTATION_ERROR] = {"IndentationError", SYNTAX_ERROR, NULL},
    [INDEX_ERROR] = {"IndexError", LOOKUP_ERROR, NULL},
    [IS_A_DIRECTORY_ERROR] = {"IsADirectoryError", OS_ERROR, NULL},
    [KEY_ERROR] = {"KeyError", LOOKUP_ERROR, NULL},
    [KEYBOARD_INTERRUPT] = {"KeyboardInterrupt", BASE_EXCEPTION, NULL},
    [LIN_ALG_ERROR] = {"_LinAlgError", RUNTIME_ERROR, "the library"},
    [LOOKUP_ERROR] = {"LookupError", EXCEPTION, NULL},
    [MEMORY_ERROR] = {"MemoryError", EXCEPTION, NULL},
    [MODULE_NOT_FOUND_ERROR] = {"ModuleNotFoundError", IMPORT_ERROR, NULL},
    [NAME_ERROR] = {"NameError", EXCEPTION, NULL},
    [NOT_A_DIRECTORY_ERROR] = {"NotADirectoryError", OS_ERROR, NULL},
    [NOT_IMPLEMENTED_ERROR] = {"NotImplementedError", RUNTIME_ERROR, NULL},
    [OS_ERROR] = {"OSError", EXCEPTION, NULL},
    [OVERFLOW_ERROR] = {"OverflowError", ARITHMETIC_ERROR, NULL},
    [PENDING_DEPRECATION_WARNING] = {"PendingDeprecationWarning", WARNING, NULL},
    [PERMISSION_ERROR] = {"PermissionError", OS_ERROR, NULL},
    [RECURSION_ERROR] = {"RecursionError", RUNTIME_ERROR, NULL},
    [REFERENCE_ERROR] = {"ReferenceError", EXCEPTION, NULL},
    [RESOURCE_WARNING] = {"ResourceWarning", WARNING, NULL},
    [RUNTIME_ERROR] = {"RuntimeError", EXCEPTION, NULL},
    [RUNTIME_WARNING] = {"RuntimeWarning", WARNING, NULL},
    [STOP_ITERATION] = {"StopIteration", EXCEPTION, NULL},
    [SYNTAX_ERROR] = {"SyntaxError", EXCEPTION, NULL},
    [SYNTAX_WARNING] = {"SyntaxWarning", WARNING, NULL},
    [SYSTEM_ERROR] = {"SystemError", EXCEPTION, NULL},
    [SYSTEM_EXIT] = {"SystemExit", BASE_EXCEPTION, NULL},
    [TIMEOUT_ERROR] = {"TimeoutError", OS_ERROR, NULL},
    [TYPE_ERROR] = {"TypeError", EXCEPTION, NULL},
    [UNBOUND_LOCAL_ERROR] = {"UnboundLocalError", NAME_ERROR, NULL},
    [UNICODE_ERROR] = {"UnicodeError", VALUE_ERROR, NULL},
    [USER_WARNING] = {"UserWarning", WARNING, NULL},
    [VALUE_ERROR] = {"ValueError", EXCEPTION, NULL},
    [WARNING] = {"Warning", EXCEPTION, NULL},
    [ZERO_DIVISION_ERROR] = {"ZeroDivisionError", ARITHMETIC_ERROR, NULL}};

/* Where a script has the class: those of the library are where it says. */
static const char *place_of(script *s, raises class) {
    const char *module = classes[class].module, *name = classes[class].name;
    if (class == GRADCHECK_ERROR || class == LIN_ALG_ERROR)
        module = s->library->errors[class == LIN_ALG_ERROR];
    return module ? script_printf(s, "%s.%s", module, name) : name;
}

exception *exception_of(const object *o) {
    return o->as.data;
}

/* --- classes --- */

/* Its place in the table; RAISES_COUNT of what is no exception. */
static raises find_class(const char *name) {
    raises class = 0;
    while (class < RAISES_COUNT && strcmp(classes[class].name, name) != 0)
        class ++;
    return class;
}

raises exception_named(const char *name) {
    const raises class = find_class(name);
    return class < RAISES_COUNT ? class : EXCEPTION;
}

bool exception_is_class(const native *row) {
    return row->root == &exception_type;
}

static bool derives(raises class, raises from) {
    while (class != from && class != classes[class].base)
        class = classes[class].base;
    return class == from;
}

bool exception_class_derives(const native *row, const native *from) {
    return derives(find_class(row->path), find_class(from->path));
}

bool exception_is_of(call *c, const object *o, const object *class) {
    const exception *e = exception_of(o);
    if (class->kind == OBJECT_NATIVE && exception_is_class(class->as.native))
        return derives(e->class, find_class(class->as.native->path));
    if (class->kind == OBJECT_CLASS && class->as.class->root == &exception_type)
        return class_derives(e->user, class->as.class);
    call_fail(call_raises(c, TYPE_ERROR,
                          "catching classes that do not inherit from BaseException is not allowed"),
              "'except' takes a class of exceptions or a tuple of them, not a value of type %s",
              object_type(class));
}

/* --- objects --- */

static object *make(script *s, raises class, user_class *user, object *given) {
    exception *e = script_alloc(s, 1, sizeof *e);
    e->class = class;
    e->user = user;
    e->arguments = given;
    return object_extension(s, &exception_type, e);
}

object *exception_new(script *s, raises class, object *given) {
    return make(s, class, NULL, given);
}

/* None is its own context, nor that of one in its context. */
void exception_note_context(script *s, object *o) {
    object *handled = s->handled;
    if (!handled || exception_of(handled) == exception_of(o))
        return;
    for (object *each = handled; each; each = exception_of(each)->context) {
        object *next = exception_of(each)->context;
        if (next && exception_of(next) == exception_of(o))
            exception_of(each)->context = NULL;
    }
    exception_of(o)->context = handled;
}

static object *make_native(call *c) {
    if (find_class(c->native->path) == OS_ERROR && c->arguments[0]->as.sequence.count > 1)
        call_fail(c, "OSError() of a number and a text is outside the subset: which class that "
                     "makes depends on the number");
    return exception_new(c->script, find_class(c->native->path), c->arguments[0]);
}

static object *make_of_user(call *c, user_class *class) {
    return make(c->script, find_class(class->native->path), class,
                object_sequence(c->script, OBJECT_TUPLE, 0));
}

object *exception_from(call *c, object *o) {
    if (object_is(o, &exception_type))
        return o;
    const bool is_class = (o->kind == OBJECT_NATIVE && exception_is_class(o->as.native)) ||
                          (o->kind == OBJECT_CLASS && o->as.class->root == &exception_type);
    return is_class ? call_positional(c, o, NULL, 0) : NULL;
}

/* Whatever __init__ does with them, an exception holds the positional arguments it is made of. */
static void set_given(call *c, object *self, const arguments *given) {
    object *all = object_sequence(c->script, OBJECT_TUPLE, 0);
    all->kind = OBJECT_LIST;
    for (size_t i = 0; i < given->count; i++)
        if (!given->items[i].keyword)
            list_append(c->script, all, given->items[i].object);
    all->kind = OBJECT_TUPLE;
    exception_of(self)->arguments = all;
}

static object *init(call *c) {
    object *given = c->arguments[0], *self = c->self;
    if (!self) { /* BaseException.__init__(self, ...) */
        const size_t count = given->as.sequence.count;
        self = count ? given->as.sequence.items[0] : NULL;
        if (!self || !object_is(self, &exception_type))
            call_fail(c, "the first argument of __init__() is the exception, self");
        object *rest = object_sequence(c->script, OBJECT_TUPLE, count - 1);
        memcpy(rest->as.sequence.items, given->as.sequence.items + 1,
               (count - 1) * sizeof(object *));
        given = rest;
    }
    exception_of(self)->arguments = given;
    return object_none(c->script);
}

static object *with_traceback(call *c) {
    return c->self;
}

static user_class *class_of(const object *self) {
    return exception_of(self)->user;
}

static object *own_class(call *c, const object *self) {
    return native_object(c->script, place_of(c->script, exception_of(self)->class), NULL);
}

/* --- attributes --- */

static object *attribute(call *c, object *self, const char *name) {
    exception *e = exception_of(self);
    if (strcmp(name, "args") == 0)
        return e->arguments;
    if ((e->class == STOP_ITERATION && strcmp(name, "value") == 0) ||
        (e->class == SYSTEM_EXIT && strcmp(name, "code") == 0))
        return e->arguments->as.sequence.count ? e->arguments->as.sequence.items[0]
                                               : object_none(c->script);
    if (strcmp(name, "__context__") == 0)
        return e->context ? e->context : object_none(c->script);
    if (strcmp(name, "__suppress_context__") == 0)
        return object_bool(c->script, e->cause != NULL);
    if (strcmp(name, "__cause__") == 0)
        return e->cause ? e->cause : object_none(c->script);
    object *own = scope_find(&e->attributes, name);
    object *member = e->user ? class_member(e->user, name) : NULL;
    if (own && !(member && member->kind == OBJECT_PROPERTY))
        return own;
    return member ? bind_method(c->script, member, self) : NULL;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    if (strcmp(name, "args") == 0)
        exception_of(self)->arguments = iterate_all(c->script, o, OBJECT_TUPLE, c->where);
    else
        scope_bind(c->script, &exception_of(self)->attributes, name, o);
}

static void suggest(const object *self, nearest *near) {
    nearest_consider(near, "args");
    scope_consider(&exception_of(self)->attributes, near);
    class_consider(exception_of(self)->user, near);
}

/* --- text --- */

/* What the script's own class says of itself; NULL where it has no such method. */
static const char *own_text(call *c, const object *self, const char *method) {
    const exception *e = exception_of(self);
    object *member = e->user ? class_member(e->user, method) : NULL;
    if (!member)
        return NULL;
    object *of = script_alloc(c->script, 1, sizeof *of);
    *of = *self;
    const object *text = call_positional(c, bind_method(c->script, member, of), NULL, 0);
    if (text->kind != OBJECT_STRING)
        call_fail(call_raises(c, TYPE_ERROR, "%s returned non-string (type %s)", method,
                              object_type(text)),
                  "%s() returns a str, not a value of type %s", method, object_type(text));
    return text->as.string;
}

const char *exception_class_name(const exception *e) {
    return e->user ? e->user->name : classes[e->class].name;
}

static void write(call *c, const object *self, buffer *out) {
    const char *own = own_text(c, self, "__repr__");
    if (own) {
        buffer_text(out, own);
        return;
    }
    const object *given = exception_of(self)->arguments;
    buffer_printf(out, "%s(", exception_class_name(exception_of(self)));
    for (size_t i = 0; i < given->as.sequence.count; i++) {
        buffer_text(out, i ? ", " : "");
        write_repr(c, given->as.sequence.items[i]);
    }
    buffer_text(out, ")");
}

/* A KeyError shows the key as a list would: the empty string is seen to be one. */
static const char *plain_text(call *c, const object *self) {
    const exception *e = exception_of(self);
    object *const *items = e->arguments->as.sequence.items;
    const size_t count = e->arguments->as.sequence.count;
    if (count == 0)
        return "";
    if (count == 1)
        return derives(e->class, KEY_ERROR) ? format_repr(c, items[0]) : format_str(c, items[0]);
    return format_repr(c, e->arguments);
}

static const char *text_of(call *c, const object *self) {
    const char *own = own_text(c, self, "__str__");
    return own ? own : plain_text(c, self);
}

/* super().__str__() */
static object *base_text(call *c) {
    return object_string(c->script, plain_text(c, c->self));
}

const char *exception_text(call *c, const object *o) {
    const char *text = text_of(c, o), *name = exception_class_name(exception_of(o));
    return *text ? script_printf(c->script, "%s: %s", name, text) : name;
}

const struct type exception_type = {.name = "BaseException",
                                    .user_class = class_of,
                                    .make = make_of_user,
                                    .given = set_given,
                                    .class = own_class,
                                    .attribute = attribute,
                                    .set_attribute = set_attribute,
                                    .suggest = suggest,
                                    .write = write,
                                    .str = text_of};

/* --- */

static const native *make_class(call *c, const char *path, const void *name) {
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = name,
                    .signature = "*arguments",
                    .call = make_native,
                    .class_name = path,
                    .is_type = true,
                    .root = &exception_type};
    return row;
}

void native_add_exceptions(script *s) {
    static const native methods[] = {
        {.path = "BaseException.__init__", .signature = "*arguments", .call = init},
        {.path = "BaseException.__str__", .signature = "", .call = base_text},
        {.path = "BaseException.with_traceback", .signature = "tb, /", .call = with_traceback},
        {0}};
    for (raises i = 0; i < RAISES_COUNT; i++)
        native_defer(s, place_of(s, i), NULL, make_class, classes[i].name);
    native_add_table(s, methods);
}

void exceptions_consider(nearest *near) {
    for (size_t i = 0; i < RAISES_COUNT; i++)
        if (!classes[i].module)
            nearest_consider(near, classes[i].name);
}

void script_raise(script *s, mlp_span where, raises class, const char *format, ...) {
    va_list list;
    char message[sizeof(mlp_diagnostic){0}.message];
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    script_fail(script_raises(s, class, "%s", message), where, "%s: %s", classes[class].name,
                message);
}
