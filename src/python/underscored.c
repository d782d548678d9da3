#include "underscored.h"

#include "arithmetic.h"
#include "class.h"
#include "dict.h"
#include "evaluate.h"
#include "format.h"
#include "identity.h"
#include "iterate.h"
#include "large.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

/* --- which types have which --- */

enum {
    WHOLE = 1,
    FLOATS = 2,
    TEXT = 4,
    LISTS = 8,
    TUPLES = 16,
    DICTS = 32,
    SETS = 64,
    FROZEN = 128,
    RANGES = 256,
    ITERATORS = 512,
    FUNCTIONS = 1024,
    OTHERS = 2048, /* types of a library, whose operators are theirs */
    NUMBERS = WHOLE | FLOATS,
    JOINED = TEXT | LISTS | TUPLES,
    BOTH_SETS = SETS | FROZEN,
    SIZED = JOINED | DICTS | BOTH_SETS | RANGES,
    EVERY = NUMBERS | SIZED
};

static const struct {
    const char *name;
    unsigned is;
} types[] = {{"int", WHOLE},          {"bool", WHOLE},        {"float", FLOATS},
             {"str", TEXT},           {"list", LISTS},        {"tuple", TUPLES},
             {"dict", DICTS},         {"OrderedDict", DICTS}, {"set", SETS},
             {"frozenset", FROZEN},   {"range", RANGES},      {"generator", ITERATORS},
             {"iterator", ITERATORS}, {"function", FUNCTIONS}};

/* What calls Python's function of that path with the object in front. */
static const struct method {
    const char *name, *function;
    unsigned of;
    size_t least, most; /* arguments */
} methods[] = {{"__len__", "len", SIZED, 0, 0},
               {"__repr__", "repr", EVERY, 0, 0},
               {"__str__", "str", EVERY, 0, 0},
               {"__format__", "format", EVERY, 1, 1},
               {"__hash__", "hash", NUMBERS | TEXT | TUPLES | FROZEN | RANGES, 0, 0},
               {"__bool__", "bool", NUMBERS | RANGES, 0, 0},
               {"__int__", "int", NUMBERS, 0, 0},
               {"__index__", "operator.index", WHOLE, 0, 0},
               {"__float__", "float", NUMBERS, 0, 0},
               {"__abs__", "abs", NUMBERS, 0, 0},
               {"__neg__", "operator.neg", NUMBERS, 0, 0},
               {"__pos__", "operator.pos", NUMBERS, 0, 0},
               {"__invert__", "operator.invert", WHOLE, 0, 0},
               {"__round__", "round", NUMBERS, 0, 1},
               {"__trunc__", "math.trunc", NUMBERS, 0, 0},
               {"__floor__", "math.floor", NUMBERS, 0, 0},
               {"__ceil__", "math.ceil", NUMBERS, 0, 0},
               {"__divmod__", "divmod", NUMBERS, 1, 1},
               {"__contains__", "operator.contains", SIZED, 1, 1},
               {"__getitem__", "operator.getitem", JOINED | DICTS | RANGES, 1, 1},
               {"__setitem__", "operator.setitem", LISTS | DICTS, 2, 2},
               {"__delitem__", "operator.delitem", LISTS | DICTS, 1, 1},
               {"__iter__", "iter", SIZED | ITERATORS, 0, 0},
               {"__reversed__", "reversed", LISTS | RANGES | DICTS, 0, 0},
               {"__next__", "next", ITERATORS, 0, 0}};

/* The same of the operators. */
static unsigned types_with(operator op, operator_form form) {
    switch (op) {
    case OPERATOR_ADD:
        return form == OPERATOR_DIRECT ? NUMBERS | JOINED : NUMBERS;
    case OPERATOR_MUL:
        return NUMBERS | JOINED;
    case OPERATOR_SUB:
        return NUMBERS | BOTH_SETS;
    case OPERATOR_MOD:
        return NUMBERS | TEXT;
    case OPERATOR_TRUEDIV:
    case OPERATOR_FLOORDIV:
    case OPERATOR_POW:
        return NUMBERS;
    case OPERATOR_LSHIFT:
    case OPERATOR_RSHIFT:
        return WHOLE;
    case OPERATOR_OR:
        return WHOLE | BOTH_SETS | DICTS;
    case OPERATOR_AND:
    case OPERATOR_XOR:
        return WHOLE | BOTH_SETS;
    case OPERATOR_EQ:
    case OPERATOR_NE:
        return EVERY;
    case OPERATOR_MATMUL:
        return 0;
    default:
        return NUMBERS | JOINED | BOTH_SETS;
    }
}

static unsigned types_in_place(operator op) {
    return op == OPERATOR_ADD || op == OPERATOR_MUL                         ? LISTS
           : op == OPERATOR_OR                                              ? SETS | DICTS
           : op == OPERATOR_AND || op == OPERATOR_XOR || op == OPERATOR_SUB ? SETS
                                                                            : 0;
}

static bool is_with(unsigned of, operator op, operator_form form) {
    return (of & (OTHERS |
                  (form == OPERATOR_IN_PLACE ? types_in_place(op) : types_with(op, form)))) != 0;
}

static unsigned type_of(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strlen(types[i].name) == length && strncmp(types[i].name, name, length) == 0)
            return types[i].is;
    return 0;
}

/* Python's own type that o is of, or derives from; NULL: of none of those above. */
static const char *own_type(const object *o) {
    static const char *const names[OBJECT_KINDS] = {
        [OBJECT_BOOL] = "bool",        [OBJECT_INTEGER] = "int",
        [OBJECT_LARGE] = "int",        [OBJECT_FLOAT] = "float",
        [OBJECT_STRING] = "str",       [OBJECT_LIST] = "list",
        [OBJECT_TUPLE] = "tuple",      [OBJECT_DICT] = "dict",
        [OBJECT_SET] = "set",          [OBJECT_FROZEN_SET] = "frozenset",
        [OBJECT_RANGE] = "range",      [OBJECT_NATIVE] = "function",
        [OBJECT_CLASS] = "function",   [OBJECT_FUNCTION] = "function",
        [OBJECT_ITERATOR] = "iterator"};
    return names[o->kind];
}

bool underscored_is_of(const object *o, const char *path) {
    const size_t length = strcspn(path, ".");
    const char *own = own_type(o);
    if (length == strlen("object") && strncmp(path, "object", length) == 0)
        return true;
    if ((o->kind == OBJECT_BOOL && strncmp(path, "int", length) == 0) ||
        (o->kind == OBJECT_SET && strncmp(path, "frozenset", length) == 0))
        return true;
    return own && strlen(own) == length && strncmp(path, own, length) == 0;
}

/* --- what they do --- */

/* The object without what its class in the script says. */
static object *bare(call *c, object *self) {
    script *s = c->script;
    if (!object_class(self) || self->kind == OBJECT_INSTANCE)
        return self;
    object *plain = script_alloc(s, 1, sizeof *plain);
    *plain = *self;
    plain->type = NULL;
    if (self->kind != OBJECT_EXTENSION)
        return plain;
    struct type *type = script_alloc(s, 1, sizeof *type);
    *type = *self->type;
    type->user_class = NULL;
    plain->type = type;
    return plain;
}

/* What a list or a dict holds may have moved. */
static void keep(object *self, const object *plain) {
    if (self->kind == OBJECT_LIST || self->kind == OBJECT_DICT)
        self->as = plain->as;
}

static void check_count(call *c, size_t count, size_t least, size_t most) {
    if (count < least || count > most)
        call_fail(call_raises(c, TYPE_ERROR, "expected %zu argument%s, got %zu", least,
                              least == 1 ? "" : "s", count),
                  "%s() takes %zu arguments beside its object, not %zu", c->native->path, least,
                  count);
}

static object *method(call *c) {
    const struct method *m = c->native->data;
    const object *given = c->arguments[0];
    object *all[4] = {bare(c, c->self)};
    const size_t count = given->as.sequence.count;
    check_count(c, count, m->least, m->most);
    for (size_t i = 0; i < count; i++)
        all[i + 1] = given->as.sequence.items[i];
    object *result =
        call_positional(c, native_object(c->script, m->function, NULL), all, count + 1);
    keep(c->self, all[0]);
    return result;
}

/* Python's types say NotImplemented of others than their own, but that sequences raise. */
static bool answers(operator op, const object *self, const object *other) {
    switch (self->kind) {
    case OBJECT_BOOL:
    case OBJECT_INTEGER:
    case OBJECT_LARGE:
        return object_is_whole(other);
    case OBJECT_FLOAT:
        return object_is_real(other);
    case OBJECT_STRING:
    case OBJECT_LIST:
    case OBJECT_TUPLE:
        return op < OPERATOR_EQ || other->kind == self->kind;
    case OBJECT_SET:
    case OBJECT_FROZEN_SET:
        return other->kind == OBJECT_SET || other->kind == OBJECT_FROZEN_SET;
    case OBJECT_DICT:
    case OBJECT_RANGE:
        return other->kind == self->kind;
    default:
        return true;
    }
}

struct of_operator {
    operator op;
    operator_form form;
};

static object *not_implemented(call *c) {
    return native_object(c->script, "NotImplemented", NULL);
}

static object *by_operator(call *c) {
    const struct of_operator *of = c->native->data;
    object *self = bare(c, c->self), *other = c->arguments[0];
    if (!answers(of->op, self, other))
        return not_implemented(c);
    if (of->form == OPERATOR_REFLECTED)
        return python_binary(c->script, of->op, other, self, c->where);
    if (of->form == OPERATOR_DIRECT)
        return python_binary(c->script, of->op, self, other, c->where);
    object *result = python_in_place(c->script, of->op, self, other, c->where);
    keep(c->self, self);
    return result == self ? c->self : result;
}

static object *called(call *c) {
    const object *given = c->arguments[0];
    return call_positional(c, bare(c, c->self), given->as.sequence.items, given->as.sequence.count);
}

/* --- of every object --- */

static object *equal(call *c) {
    const object *a = c->self, *b = c->arguments[0];
    return a->kind == b->kind && object_identity(a) == object_identity(b)
               ? object_bool(c->script, true)
               : not_implemented(c);
}

/* What == is not. */
static object *unequal(call *c) {
    object *o = special_call(c, c->self, "__eq__", c->arguments, 1);
    if (!o)
        o = equal(c);
    return o->kind == OBJECT_NOT_IMPLEMENTED
               ? o
               : object_bool(c->script, !python_truth(c->script, o, c->where));
}

static object *hash(call *c) {
    return identity_number(c, object_identity(c->self));
}

static object *repr(call *c) {
    return object_string(c->script, format_bare(c, bare(c, c->self)));
}

static object *str(call *c) {
    const object *self = c->self;
    const bool has_text = self->type && (self->type->str || self->type->text);
    return object_string(c->script,
                         has_text ? format_str(c, bare(c, c->self)) : format_repr(c, c->self));
}

static object *format(call *c) {
    const char *spec = c->arguments[0]->as.string;
    if (*spec)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "unsupported format string passed to %s.__format__",
                     object_class_name(c->self));
    return object_string(c->script, format_str(c, c->self));
}

static object *set_attribute(call *c) {
    attribute_set_plain(c, c->self, c->arguments[0]->as.string, c->arguments[1]);
    return object_none(c->script);
}

static object *delete_attribute(call *c) {
    attribute_delete_plain(c, c->self, c->arguments[0]->as.string);
    return object_none(c->script);
}

static object *get_attribute(call *c) {
    return attribute_of(c->script, c->self, c->arguments[0]->as.string, c->where);
}

/* cls stands among the arguments. */
static object *new_object(call *c) {
    const object *all = c->arguments[0];
    const size_t count = all->as.sequence.count;
    if (count == 0 || all->as.sequence.items[0]->kind != OBJECT_CLASS)
        call_fail(c, "%s() takes a class of the script in front", c->native->path);
    argument *items = script_alloc(c->script, count, sizeof *items);
    for (size_t i = 1; i < count; i++)
        items[i - 1] =
            (argument){.object = all->as.sequence.items[i], .where = c->where, .given = c->where};
    return class_new(c, all->as.sequence.items[0]->as.class, &(arguments){items, count - 1});
}

static const native of_object[] = {
    {.path = "object.__eq__", .signature = "value, /", .call = equal},
    {.path = "object.__ne__", .signature = "value, /", .call = unequal},
    {.path = "object.__lt__", .signature = "value, /", .call = not_implemented},
    {.path = "object.__le__", .signature = "value, /", .call = not_implemented},
    {.path = "object.__gt__", .signature = "value, /", .call = not_implemented},
    {.path = "object.__ge__", .signature = "value, /", .call = not_implemented},
    {.path = "object.__hash__", .signature = "", .call = hash},
    {.path = "object.__repr__", .signature = "", .call = repr},
    {.path = "object.__str__", .signature = "", .call = str},
    {.path = "object.__format__", .signature = "format_spec: str, /", .call = format},
    {.path = "object.__setattr__", .signature = "name: str, value, /", .call = set_attribute},
    {.path = "object.__delattr__", .signature = "name: str, /", .call = delete_attribute},
    {.path = "object.__getattribute__", .signature = "name: str, /", .call = get_attribute},
    {.path = "object.__new__",
     .signature = "*arguments, **keywords",
     .call = new_object,
     .is_class_method = true},
    {0}};

/* --- finding --- */

/* The row of a type that has these; NULL where there is none. */
static native *make_row(script *s, const char *path, const char *name, unsigned of) {
    struct of_operator by;
    native *row = script_alloc(s, 1, sizeof *row);
    *row = (native){.path = path, .signature = "*arguments"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, name) == 0 && (methods[i].of & of)) {
            row->call = method;
            row->data = &methods[i];
            return row;
        }
    if (special_operator(name, &by.op, &by.form) && is_with(of, by.op, by.form)) {
        struct of_operator *kept = script_alloc(s, 1, sizeof *kept);
        *kept = by;
        row->signature = by.op == OPERATOR_POW ? "value, mod = None, /" : "value, /";
        row->call = by_operator;
        row->data = kept;
        return row;
    }
    row->signature = "*arguments";
    row->call = called;
    return strcmp(name, "__call__") == 0 && (of & FUNCTIONS) ? row : NULL;
}

object *underscored_make(script *s, const char *path) {
    const char *name = strstr(path, ".__");
    if (!name || strchr(path, '.') != name)
        return NULL;
    for (const native *row = of_object; row->path; row++)
        if (strcmp(row->path, path) == 0) {
            native_add(s, row);
            return native_object(s, path, NULL);
        }
    const unsigned of = type_of(path, (size_t)(name - path));
    const native *row = of ? make_row(s, script_printf(s, "%s", path), name + 1, of) : NULL;
    if (row)
        native_add(s, row);
    return row ? native_object(s, row->path, NULL) : NULL;
}

/* Which of those above the type of a library has as slots. */
static unsigned types_like(const object *o) {
    const struct type *t = o->type;
    const bool has_length = object_has_elements(o) || (t->number && t->length);
    return (t->binary ? NUMBERS | OTHERS : 0) | (has_length ? LISTS : 0);
}

/* Of an object of a library's type: what it has slots for. */
static object *typed_member(script *s, object *o, const char *name) {
    const bool is_callable = o->type->call && strcmp(name, "__call__") == 0;
    const unsigned of = is_callable ? FUNCTIONS : types_like(o);
    const native *row = make_row(s, script_printf(s, "%s.%s", o->type->name, name), name, of);
    return row ? native_bound(s, row, o) : NULL;
}

object *underscored_member(script *s, object *o, const char *name) {
    if (strncmp(name, "__", 2) != 0)
        return NULL;
    const char *own = own_type(o);
    object *member = own                           ? native_member(s, own, name, o)
                     : o->kind == OBJECT_EXTENSION ? typed_member(s, o, name)
                                                   : NULL;
    return member ? member : native_member(s, "object", name, o);
}
