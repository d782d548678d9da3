#include "builtins.h"

#include "arithmetic.h"
#include "attempt.h"
#include "class.h"
#include "derived.h"
#include "dict.h"
#include "evaluate.h"
#include "exception.h"
#include "format.h"
#include "iterate.h"
#include "large.h"
#include "note.h"
#include "pretty.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "system.h"
#include "type.h"
#include "written.h"

#include <math.h>
#include <string.h>

typedef const char *text_form(call *c, const object *v); /* format_str or the like */

/* --- print --- */

static const char *text_option(call *c, const object *v, const char *name, const char *otherwise) {
    if (v->kind == OBJECT_NONE)
        return otherwise;
    if (v->kind != OBJECT_STRING)
        call_fail(call_raises(c, TYPE_ERROR, "%s must be None or a string, not %s", name,
                              object_class_name(v)),
                  "%s of print() is a str, not a value of type %s", name, object_type(v));
    return v->as.string;
}

void python_show(call *c, const object *o) {
    if (o->type && o->type->shown)
        o->type->shown(c, o);
    if (!object_is_sequence(o) && o->kind != OBJECT_DICT && !object_is_set(o))
        return;
    descent here;
    if (!descent_begin(c->script, &here, o))
        return;
    script_enter(c->script, c->where, "lists");
    script_spend_on(c->script, c->where, o->as.sequence.count);
    for (size_t i = 0; i < o->as.sequence.count; i++)
        python_show(c, o->as.sequence.items[i]);
    script_leave(c->script);
    descent_end(c->script);
}

/* The text of an object; NULL where it has none, and why. */
static const char *text_or_none(call *c, const object *v, text_form *form, const char **why) {
    script *s = c->script;
    attempt a;
    const char *volatile text = NULL;
    attempt_begin(s, &a, false);
    if (setjmp(s->reader.failed) == 0)
        text = form(c, v);
    attempt_end(s, &a);
    if (text)
        return text;
    if (s->reader.exhausted || s->raised)
        attempt_fail_on(s);
    *why = script_printf(s, "%s", s->reader.error->message);
    attempt_restore(s, &a);
    return NULL;
}

/* The same for those who note what is printed. That there is none is no reason to refuse a script:
 * nobody knows what it prints then. */
static const char *text_to_note(call *c, const object *v) {
    const char *why, *text = text_or_none(c, v, format_str, &why);
    if (!text)
        note_nothing(c->script);
    return text;
}

/* What print() writes, to be noted alone. */
static void note_values(call *c, const object *values, const char *separator, const char *end) {
    for (size_t i = 0; i < values->as.sequence.count; i++) {
        const object *v = values->as.sequence.items[i];
        const char *text = note_is_asked(c->script) ? text_to_note(c, v) : NULL;
        if (!text) {
            python_show(c, v); /* which forming its text does otherwise */
            continue;
        }
        note_printed(c->script, i ? separator : "");
        note_printed(c->script, text);
    }
    note_printed(c->script, end);
}

/* To what print() was given as a file: an object of the script's has a write() of its own. */
static void put_text(call *c, object *file, const char *text) {
    if (!*text)
        return;
    if (system_is_output(file)) {
        system_write(c, text);
    } else if (system_is_errors(file)) {
        system_write_error(c, text);
    } else {
        object *write = attribute_of(c->script, file, "write", c->where);
        call_positional(c, write, (object *[]){object_string(c->script, text)}, 1);
    }
}

static void put_value(call *c, object *file, object *v) {
    if (system_is_errors(file) && !c->script->errors)
        python_show(c, v);
    else
        put_text(c, file, format_str(c, v));
}

static object *python_print(call *c) {
    const object *values = c->arguments[0];
    const char *separator = text_option(c, c->arguments[1], "sep", " ");
    const char *end = text_option(c, c->arguments[2], "end", "\n");
    object *file = c->arguments[3];
    if (file->kind == OBJECT_NONE)
        file = native_object(c->script, "sys.stdout", NULL);
    if (!c->script->out && system_is_output(file)) {
        note_values(c, values, separator, end);
        return object_none(c->script);
    }
    for (size_t i = 0; i < values->as.sequence.count; i++) {
        put_text(c, file, i ? separator : "");
        put_value(c, file, values->as.sequence.items[i]);
    }
    put_text(c, file, end);
    return object_none(c->script);
}

/* What is shown goes by the name _ from then on; in a notebook also by __ and ___ when others have
 * come, and by _3 and Out[3] of cell 3. */
static void keep_shown(call *c, object *o) {
    static const char *const names[] = {"___", "__", "_"};
    script *s = c->script;
    const bool is_notebook = s->shows == MLP_SHOWS_LAST;
    for (size_t i = 0; i + 1 < sizeof names / sizeof *names && is_notebook; i++) {
        object *next = native_object(s, names[i + 1], NULL);
        native_set(s, names[i], next ? next : object_string(s, ""));
    }
    native_set(s, "_", o);
    if (!is_notebook || !s->prompt)
        return;
    object *all = native_object(s, "Out", NULL);
    if (!all)
        native_set(s, "Out", all = object_dict(s));
    native_set(s, script_printf(s, "_%zu", s->prompt), o);
    dict_put(s, all, object_integer(s, (int64_t)s->prompt), o, c->where);
}

/* What ends a cell is often shown by the way, as what a call returns that sets something: that it has
 * no text that is the same in every run is no reason to stop. */
static void show(call *c, const object *o, text_form *form) {
    const char *why = NULL;
    if (!c->script->out && !note_is_asked(c->script)) {
        python_show(c, o);
        return;
    }
    const char *text = text_or_none(c, o, form, &why);
    if (!text) {
        python_show(c, o);
        call_warn(c, "what is shown here is left out: %s", why);
        return;
    }
    const char *line = script_printf(c->script, "%s\n", text);
    if (c->script->out)
        system_write(c, line);
    else
        note_printed(c->script, line);
}

void python_display(call *c, object *o) {
    if (o->kind == OBJECT_NONE)
        return;
    show(c, o, c->script->shows == MLP_SHOWS_LAST ? format_pretty : format_repr);
    keep_shown(c, o);
}

/* IPython's display(), which also shows None. In a script it is a print(). */
static object *display(call *c) {
    object *all = c->arguments[0];
    if (c->script->shows != MLP_SHOWS_LAST)
        return call_positional(c, native_object(c->script, "print", NULL), all->as.sequence.items,
                               all->as.sequence.count);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        show(c, all->as.sequence.items[i], format_pretty);
    return object_none(c->script);
}

/* --- iteration --- */

static object *python_len(call *c) {
    return object_integer(c->script, (int64_t)object_length(c->script, c->arguments[0], c->where));
}

static object *python_range(call *c) {
    const size_t count = c->arguments[0]->as.sequence.count;
    object **given = c->arguments[0]->as.sequence.items;
    int64_t bounds[3] = {0, 0, 1};
    if (count < 1 || count > 3)
        call_fail(call_raises(c, TYPE_ERROR, "range expected at %s, got %zu",
                              count ? "most 3 arguments" : "least 1 argument", count),
                  "range() takes a stop, or start, stop and step");
    for (size_t i = 0; i < count; i++) {
        const object *bound = special_index(c, given[i]);
        if (bound->kind == OBJECT_LARGE)
            call_fail(c, "range() takes whole numbers of 64 bits here: count in a while loop");
        if (bound->kind != OBJECT_INTEGER && bound->kind != OBJECT_BOOL)
            call_fail(call_raises(c, TYPE_ERROR, "'%s' object cannot be interpreted as an integer",
                                  object_class_name(bound)),
                      "range() takes whole numbers, not a value of type %s", object_type(bound));
        bounds[count == 1 ? 1 : i] = number_integer(bound);
    }
    if (bounds[2] == 0)
        call_fail(call_raises(c, VALUE_ERROR, "range() arg 3 must not be zero"),
                  "ValueError: the step of a range must not be 0");
    object *v = script_alloc(c->script, 1, sizeof *v);
    v->kind = OBJECT_RANGE;
    v->as.range.start = bounds[0];
    v->as.range.stop = bounds[1];
    v->as.range.step = bounds[2];
    return v;
}

static object *python_zip(call *c) {
    const object *all = c->arguments[0];
    return (python_truth(c->script, c->arguments[1], c->where) ? iterate_zip_strict : iterate_zip)(
        c->script, all->as.sequence.items, all->as.sequence.count, c->where);
}

static object *python_enumerate(call *c) {
    return iterate_enumerate(c->script, c->arguments[0], c->arguments[1]->as.integer, c->where);
}

static object *python_reversed(call *c) {
    return iterate_reversed(c->script, c->arguments[0], c->where);
}

static object *python_list(call *c) {
    return iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
}

static object *python_tuple(call *c) {
    if (c->arguments[0]->kind == OBJECT_TUPLE && !c->arguments[0]->type)
        return c->arguments[0];
    return iterate_all(c->script, c->arguments[0], OBJECT_TUPLE, c->where);
}

/* --- sum --- */

/* What a + b lost to rounding: Neumaier's improvement of Kahan's sum, as Python 3.12 has it. */
static double rounding_of(double a, double b, double sum) {
    return fabs(a) >= fabs(b) ? (a - sum) + b : (b - sum) + a;
}

static object *restore(call *c, object *total, double lost) {
    return lost != 0 && isfinite(lost) ? python_binary(c->script, OPERATOR_ADD, total,
                                                       object_float(c->script, lost), c->where)
                                       : total;
}

static object *python_sum(call *c) {
    object *it = iterate(c->script, c->arguments[0], c->where), *total = c->arguments[1];
    if (total->kind == OBJECT_STRING)
        call_fail(call_raises(c, TYPE_ERROR, "sum() can't sum strings [use ''.join(seq) instead]"),
                  "sum() does not add strings: write ''.join(...)");
    double lost = 0;
    bool compensates = c->script->is_python_3_12;
    for (object *item; (item = iterate_next(c->script, it, c->where));) {
        if (compensates && !object_is_number(item)) {
            total = restore(c, total, lost);
            lost = 0;
            compensates = false;
        }
        object *sum = python_binary(c->script, OPERATOR_ADD, total, item, c->where);
        if (compensates && total->kind == OBJECT_FLOAT && item->kind == OBJECT_FLOAT)
            lost += rounding_of(total->as.number, item->as.number, sum->as.number);
        total = sum;
    }
    return restore(c, total, lost);
}

/* --- types --- */

static bool is_type(const object *v) {
    return v->kind == OBJECT_CLASS || (v->kind == OBJECT_NATIVE && v->as.native->is_type);
}

/* The class, as the module types has it, of what Python has no name for; "" of others. */
static const char *kind_without_name(const object *v) {
    switch (v->kind) {
    case OBJECT_NONE:
        return "types.NoneType";
    case OBJECT_ELLIPSIS:
        return "types.EllipsisType";
    case OBJECT_FUNCTION:
        return v->self ? "types.MethodType" : "types.FunctionType";
    case OBJECT_NATIVE:
        return v->as.native->class_name || v->self || strchr(v->as.native->path, '.')
                   ? ""
                   : "types.BuiltinFunctionType";
    case OBJECT_ITERATOR:
        return iterate_resumable(v) ? "types.GeneratorType" : "";
    default:
        return "";
    }
}

object *python_type_of(call *c, const object *v) {
    user_class *class = object_class(v);
    if (class)
        return class->object;
    if (v->type && v->type->class)
        return v->type->class(c, v);
    if (v->is_ordered)
        return native_object(c->script, "collections.OrderedDict", NULL);
    if (object_is_real(v) || v->kind == OBJECT_STRING || object_is_sequence(v) ||
        v->kind == OBJECT_RANGE || v->kind == OBJECT_DICT || v->kind == OBJECT_SLICE ||
        object_is_set(v))
        return native_object(c->script, object_type(v), NULL);
    return is_type(v) ? native_object(c->script, "type", NULL)
                      : native_object(c->script, kind_without_name(v), NULL);
}

static object *python_type(call *c) {
    object *type = python_type_of(c, c->arguments[0]);
    if (!type)
        call_fail(c, "type() of a value of type %s is outside the subset",
                  object_type(c->arguments[0]));
    return type;
}

/* int | str: a tuple of them, for isinstance(). */
static void refuse_union(call *c, const object *self, buffer *out) {
    (void)self;
    (void)out;
    call_fail(c, "the text of several types with | between is outside the subset: leave it out");
}

static const struct type union_type = {.name = "UnionType", .write = refuse_union};

static bool is_part(const object *o) {
    return o->kind == OBJECT_NONE || object_is(o, &union_type) || is_type(o);
}

static void add_part(call *c, object *to, object *o) {
    if (o->kind == OBJECT_NONE)
        list_append(c->script, to, python_type_of(c, o));
    else if (o->kind != OBJECT_TUPLE)
        list_append(c->script, to, o);
    for (size_t i = 0; o->kind == OBJECT_TUPLE && i < o->as.sequence.count; i++)
        list_append(c->script, to, o->as.sequence.items[i]);
}

object *python_union(call *c, object *a, object *b) {
    if (!is_part(a) || !is_part(b) || (a->kind == OBJECT_NONE && b->kind == OBJECT_NONE))
        return NULL;
    object *both = object_sequence(c->script, OBJECT_LIST, 0);
    add_part(c, both, a);
    add_part(c, both, b);
    both->kind = OBJECT_TUPLE;
    both->type = &union_type;
    return both;
}

/* The same of an object and of a class, as super() has it of self and of cls. */
static bool is_of(const object *v, const user_class *class) {
    return v && class_derives(v->kind == OBJECT_CLASS ? v->as.class : object_class(v), class);
}

static bool is_object_of(const object *v, const user_class *class) {
    return v && class_derives(object_class(v), class);
}

/* What it gives is written in Python. */
static object *python_globals(call *c) {
    if (c->script->starred)
        call_fail(c,
                  "globals() behind import * is outside the subset: import the names one by one");
    written_load(c->script, "globals");
    return call_with(c, native_object(c->script, "globals.names", NULL), NULL, 0);
}

/* isinstance(v, type) of one type. */
static bool python_is_instance(call *c, const object *v, const object *type) {
    if (!is_type(type))
        call_fail(call_raises(c, TYPE_ERROR,
                              "isinstance() arg 2 must be a type, a tuple of types, or a union"),
                  "isinstance() takes a type or a tuple of types, not a value of "
                  "type %s",
                  object_type(type));
    if (type->kind == OBJECT_CLASS)
        return is_object_of(v, type->as.class);
    const native *row = type->as.native;
    if (exception_is_class(row))
        return object_is(v, &exception_type) && exception_is_of(c, v, type);
    const user_class *class = object_class(v);
    if (strcmp(row->path, "object") == 0 || (class && class->native == row))
        return true;
    if (row->instances)
        return object_is(v, row->instances);
    if (strcmp(row->path, "type") == 0)
        return is_type(v);
    if (strcmp(row->path, "int") == 0)
        return object_is_whole(v);
    if (strcmp(row->path, "tuple") == 0)
        return v->kind == OBJECT_TUPLE;
    if (strcmp(row->path, "dict") == 0)
        return v->kind == OBJECT_DICT ||
               python_type_of(c, v) == native_object(c->script, "collections.OrderedDict", NULL);
    if (strcmp(row->path, "str") == 0)
        return v->kind == OBJECT_STRING;
    const object *own = python_type_of(c, v);
    return own && own->kind == OBJECT_NATIVE && strcmp(own->as.native->path, row->path) == 0;
}

/* Whether it holds of one of the types, which may be tuples of tuples. */
static object *any_type(call *c, bool (*holds)(call *c, const object *v, const object *type),
                        object *types) {
    if (types->kind != OBJECT_TUPLE)
        return object_bool(c->script, holds(c, c->arguments[0], types));
    script_enter(c->script, c->where, "tuples");
    object *result = object_bool(c->script, false);
    for (size_t i = 0; i < types->as.sequence.count && !result->as.boolean; i++)
        result = any_type(c, holds, types->as.sequence.items[i]);
    script_leave(c->script);
    return result;
}

static object *python_isinstance(call *c) {
    return any_type(c, python_is_instance, c->arguments[1]);
}

/* issubclass() of two classes that are not the script's. What a class of a library derives from is
 * known only where scripts can derive from it, too. */
static bool is_native_subclass(call *c, const native *class, const native *row) {
    if (class == row || (row->instances && class->root == row->instances))
        return true;
    if (exception_is_class(class) && exception_is_class(row))
        return exception_class_derives(class, row);
    if (!class->root && strchr(class->path, '.'))
        call_fail(c,
                  "what %s derives from is outside the subset: ask isinstance() of one of its "
                  "objects",
                  class->path);
    return strcmp(class->path, "bool") == 0 && strcmp(row->path, "int") == 0;
}

/* issubclass(class, type) of one type. */
static bool python_is_subclass(call *c, const object *class, const object *type) {
    if (!is_type(class) || !is_type(type))
        call_fail(call_raises(c, TYPE_ERROR,
                              is_type(class) ? "issubclass() arg 2 must be a class, a tuple of "
                                               "classes, or a union"
                                             : "issubclass() arg 1 must be a class"),
                  "TypeError: issubclass() takes a class, and a class or a tuple of classes");
    if (class->kind == OBJECT_CLASS && type->kind == OBJECT_CLASS)
        return class_derives(class->as.class, type->as.class);
    if (type->kind == OBJECT_CLASS)
        return false;
    const native *row = type->as.native;
    const native *own = class->kind == OBJECT_CLASS ? class->as.class->native : class->as.native;
    return strcmp(row->path, "object") == 0 || (own && is_native_subclass(c, own, row));
}

static object *python_issubclass(call *c) {
    return any_type(c, python_is_subclass, c->arguments[1]);
}

static call *raises_no_super(call *c) {
    const frame *f = c->script->frame;
    if (f && f->class)
        return c;
    return call_raises(c, RUNTIME_ERROR, "%s",
                       f && f->self ? "super(): __class__ cell not found"
                                    : "super(): no arguments");
}

/* super() in a method, or super(Class, self). */
static object *python_super(call *c) {
    const size_t count = c->arguments[0]->as.sequence.count;
    object **given = c->arguments[0]->as.sequence.items;
    object *v = script_alloc(c->script, 1, sizeof *v);
    v->kind = OBJECT_SUPER;
    if (count == 0) {
        if (!c->script->frame || !c->script->frame->class ||
            !is_of(c->script->frame->self, c->script->frame->class))
            call_fail(raises_no_super(c), "super() only works inside a method");
        v->as.class = c->script->frame->class;
        v->self = c->script->frame->self;
        return v;
    }
    if (count != 2 || given[0]->kind != OBJECT_CLASS || !is_of(given[1], given[0]->as.class))
        call_fail(c, "super() takes nothing, or the class and self");
    v->as.class = given[0]->as.class;
    v->self = given[1];
    return v;
}

static object *python_vars(call *c) {
    return attribute_of(c->script, c->arguments[0], "__dict__", c->where);
}

/* --- text --- */

static object *python_str(call *c) {
    return object_string(c->script, format_str(c, c->arguments[0]));
}

static object *python_repr(call *c) {
    return object_string(c->script, format_repr(c, c->arguments[0]));
}

static object *python_format(call *c) {
    return object_string(c->script, format_spec(c, c->arguments[0], c->arguments[1]->as.string));
}

/* --- numbers; int, float and round are in conversion.c --- */

static object *python_bool(call *c) {
    return object_bool(c->script, python_truth(c->script, c->arguments[0], c->where));
}

static object *python_abs(call *c) {
    return python_absolute(c->script, c->arguments[0], c->where);
}

const native native_builtins[] = {
    {.path = "print",
     .signature = "*values, sep = None, end = None, file = None, flush = False",
     .call = python_print},
    {.path = "IPython.display.display", .signature = "*objs", .call = display},
    {.path = "super", .class_name = "super", .signature = "*arguments", .call = python_super},
    {.path = "len", .signature = "object, /", .call = python_len},
    {.path = "range",
     .class_name = "range",
     .is_type = true,
     .signature = "*bounds",
     .call = python_range},
    {.path = "zip",
     .class_name = "zip",
     .signature = "*iterables, strict = False",
     .call = python_zip},
    {.path = "enumerate",
     .class_name = "enumerate",
     .signature = "iterable, start: index = 0",
     .call = python_enumerate},
    {.path = "reversed",
     .class_name = "reversed",
     .signature = "sequence, /",
     .call = python_reversed},
    {.path = "list",
     .class_name = "list",
     .is_type = true,
     .root = &derived_list,
     .signature = "iterable = (), /",
     .call = python_list},
    {.path = "tuple",
     .class_name = "tuple",
     .is_type = true,
     .signature = "iterable = (), /",
     .call = python_tuple},
    {.path = "sum", .signature = "iterable, /, start = 0", .call = python_sum},
    {.path = "type",
     .class_name = "type",
     .is_type = true,
     .signature = "object, /",
     .call = python_type},
    {.path = "isinstance", .signature = "object, classinfo, /", .call = python_isinstance},
    {.path = "issubclass", .signature = "cls, classinfo, /", .call = python_issubclass},
    {.path = "getattr",
     .signature = "object, name: str, / | object, name: str, default, /",
     .call = python_getattr},
    {.path = "setattr", .signature = "object, name: str, value, /", .call = python_setattr},
    {.path = "delattr", .signature = "object, name: str, /", .call = python_delattr},
    {.path = "hasattr", .signature = "object, name: str, /", .call = python_hasattr},
    {.path = "vars", .signature = "object, /", .call = python_vars},
    {.path = "callable", .signature = "object, /", .call = python_callable},
    {.path = "globals", .signature = "", .call = python_globals},
    {.path = "staticmethod",
     .class_name = "staticmethod",
     .signature = "function, /",
     .call = python_staticmethod},
    {.path = "classmethod",
     .class_name = "classmethod",
     .signature = "function, /",
     .call = python_classmethod},
    {.path = "property",
     .class_name = "property",
     .signature = "fget = None, fset = None, fdel = None, doc = None",
     .call = python_property},
    {.path = "property.setter", .signature = "fset, /", .call = property_setter},
    {.path = "property.getter", .signature = "fget, /", .call = property_getter},
    {.path = "str",
     .class_name = "str",
     .is_type = true,
     .root = &derived_str,
     .signature = "object = ''",
     .call = python_str},
    {.path = "repr", .signature = "object, /", .call = python_repr},
    {.path = "format", .signature = "value, format_spec: str = '', /", .call = python_format},
    {.path = "bool",
     .class_name = "bool",
     .is_type = true,
     .signature = "x = False, /",
     .call = python_bool},
    {.path = "int",
     .class_name = "int",
     .is_type = true,
     .root = &derived_int,
     .signature = "x = 0, / | x, /, base: index",
     .call = python_int},
    {.path = "float",
     .class_name = "float",
     .is_type = true,
     .root = &derived_float,
     .signature = "x = 0.0, /",
     .call = python_to_float},
    {.path = "abs", .signature = "x, /", .call = python_abs},
    {.path = "round", .signature = "number, ndigits: Optional[index] = None", .call = python_round},
    {0}};
