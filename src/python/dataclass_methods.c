/* What @dataclass writes for a class, and the functions of dataclasses that take its objects. */
#include "dataclass.h"

#include "arithmetic.h"
#include "dict.h"
#include "format.h"
#include "iterate.h"
#include "made.h"
#include "native.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

static object *value_of(const object *self, const char *name) {
    return dict_find(&self->as.instance->attributes, name);
}

/* What self.name is, which may be the class's. */
static object *read(call *c, object *self, const record_field *f) {
    object *own = value_of(self, f->name);
    object *o = own ? own : class_member(object_class(self), f->name);
    if (!o)
        script_raise(c->script, c->where, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                     object_class_name(self), f->name);
    return o;
}

/* --- __init__ --- */

/* NULL where the field stays what the class has. */
static object *initial(call *c, const record *r, const record_field *f, const scope *given) {
    object *v = f->init ? scope_find(given, f->name) : NULL;
    return f->factory && (!v || v == r->unset) ? call_positional(c, f->factory, NULL, 0) : v;
}

static object *init(call *c, const user_function *method, const scope *given) {
    const record *r = method->class->record;
    object *self = scope_find(given, "self");
    for (size_t i = 0; i < r->count; i++) {
        object *v = initial(c, r, &r->fields[i], given);
        if (v)
            dict_set(c->script, &self->as.instance->attributes, r->fields[i].name, v, c->where);
    }
    special_call(c, self, "__post_init__", NULL, 0);
    return object_none(c->script);
}

/* Those by name alone stand behind the others. */
static size_t add_parameters(call *c, const record *r, bool keyword_only, made_parameter *to) {
    size_t count = 0;
    bool has_default = false;
    for (size_t i = 0; i < r->count; i++) {
        const record_field *f = &r->fields[i];
        if (!f->init || f->keyword_only != keyword_only)
            continue;
        object *standard = f->factory ? r->unset : f->standard;
        if (has_default && !standard && !keyword_only)
            script_raise(c->script, c->where, TYPE_ERROR,
                         "non-default argument '%s' follows default argument", f->name);
        has_default |= standard != NULL;
        to[count++] =
            (made_parameter){.name = f->name,
                             .kind = keyword_only ? PARAMETER_KEYWORD_ONLY : PARAMETER_ANY,
                             .fallback = standard};
    }
    return count;
}

/* --- texts and comparisons --- */

static object *repr(call *c, const user_function *method, const scope *given) {
    const record *r = method->class->record;
    object *self = scope_find(given, "self");
    const char *text = script_printf(c->script, "%s(", object_class(self)->path);
    const char *separator = "";
    for (size_t i = 0; i < r->count; i++) {
        const record_field *f = &r->fields[i];
        if (!f->repr)
            continue;
        text = script_printf(c->script, "%s%s%s=%s", text, separator, f->name,
                             format_repr(c, read(c, self, f)));
        separator = ", ";
    }
    return object_string(c->script, script_printf(c->script, "%s)", text));
}

/* The values that are compared, as a tuple. */
static object *compared(call *c, const record *r, object *self, bool for_hash) {
    object *all = object_sequence(c->script, OBJECT_LIST, 0);
    for (size_t i = 0; i < r->count; i++)
        if (for_hash ? r->fields[i].hash : r->fields[i].compare)
            list_append(c->script, all, read(c, self, &r->fields[i]));
    all->kind = OBJECT_TUPLE;
    return all;
}

static object *compare(call *c, const user_function *method, const scope *given) {
    static const struct {
        const char *name;
        operator op;
    } methods[] = {{"__eq__", OPERATOR_EQ},
                   {"__lt__", OPERATOR_LT},
                   {"__le__", OPERATOR_LE},
                   {"__gt__", OPERATOR_GT},
                   {"__ge__", OPERATOR_GE}};
    object *self = scope_find(given, "self"), *other = scope_find(given, "other");
    const record *r = method->class->record;
    size_t i = 0;
    if (object_class(self) != object_class(other))
        return native_object(c->script, "NotImplemented", NULL);
    while (strcmp(methods[i].name, method->define->name) != 0)
        i++;
    return python_binary(c->script, methods[i].op, compared(c, r, self, false),
                         compared(c, r, other, false), c->where);
}

static object *hash(call *c, const user_function *method, const scope *given) {
    object *self = scope_find(given, "self");
    object *tuple = compared(c, method->class->record, self, true);
    return object_integer(c->script, (int64_t)object_hash(c->script, tuple, c->where));
}

/* What the body must not have, with what to do about it. */
static void refuse_own(call *c, const user_class *class, const char *name, const char *advice) {
    if (scope_find(&class->members, name))
        script_raise(c->script, c->where, TYPE_ERROR, "Cannot overwrite attribute %s in class %s%s",
                     name, class->name, advice);
}

/* What the body has already stays. */
static void add(call *c, user_class *class, const char *name, made_parameter *parameters,
                size_t count, made_call *does) {
    if (!scope_find(&class->members, name))
        scope_bind(c->script, &class->members, name,
                   made_method(c->script, class, name, parameters, count, does));
}

void record_add_methods(call *c, user_class *class, const record_options *options) {
    static const char *const orders[] = {"__lt__", "__le__", "__gt__", "__ge__"};
    const record *r = class->record;
    made_parameter other = {.name = "other"};
    if (options->order && !options->eq)
        script_raise(c->script, c->where, VALUE_ERROR, "eq must be true if order is true");
    made_parameter *parameters = script_alloc(c->script, r->count, sizeof *parameters);
    size_t count = add_parameters(c, r, false, parameters);
    count += add_parameters(c, r, true, parameters + count);
    const bool says_equal = scope_find(&class->members, "__eq__") != NULL;
    if (options->init)
        add(c, class, "__init__", parameters, count, init);
    if (options->repr)
        add(c, class, "__repr__", NULL, 0, repr);
    if (options->eq)
        add(c, class, "__eq__", &other, 1, compare);
    for (size_t i = 0; options->order && i < sizeof orders / sizeof *orders; i++) {
        refuse_own(c, class, orders[i], ". Consider using functools.total_ordering");
        add(c, class, orders[i], &other, 1, compare);
    }
    if (options->unsafe_hash)
        refuse_own(c, class, "__hash__", "");
    if (options->unsafe_hash || (options->eq && options->frozen && !says_equal))
        add(c, class, "__hash__", NULL, 0, hash);
}

/* --- functions --- */

/* The record of an object, or of a class. */
static const record *record_in(const object *o) {
    return record_of(o->kind == OBJECT_CLASS ? o->as.class : object_class(o));
}

static const record *check_object(call *c, const object *o, const char *message) {
    const record *r = o->kind == OBJECT_INSTANCE ? record_in(o) : NULL;
    if (!r)
        script_raise(c->script, c->where, TYPE_ERROR, "%s", message);
    return r;
}

static object *inner(call *c, object *o, bool as_dict);

static object *inner_of_record(call *c, const record *r, object *o, bool as_dict) {
    object *all = object_sequence(c->script, as_dict ? OBJECT_DICT : OBJECT_LIST, 0);
    for (size_t i = 0; i < r->count; i++) {
        object *v = inner(c, read(c, o, &r->fields[i]), as_dict);
        if (as_dict)
            dict_set(c->script, all, r->fields[i].name, v, c->where);
        else
            list_append(c->script, all, v);
    }
    all->kind = as_dict ? OBJECT_DICT : OBJECT_TUPLE;
    return all;
}

static object *inner_of_sequence(call *c, const object *o, bool as_dict) {
    object *all = script_alloc(c->script, 1, sizeof *all);
    *all = *o;
    all->as.sequence.items =
        object_sequence(c->script, OBJECT_LIST, o->as.sequence.count)->as.sequence.items;
    all->as.sequence.capacity = 0;
    for (size_t i = 0; i < o->as.sequence.count; i++)
        all->as.sequence.items[i] = inner(c, o->as.sequence.items[i], as_dict);
    return all;
}

/* Objects of such classes in lists, tuples and dicts, too; the rest is copied. */
static object *inner(call *c, object *o, bool as_dict) {
    const record *r = o->kind == OBJECT_INSTANCE ? record_in(o) : NULL;
    object *result;
    script_enter(c->script, c->where, "values");
    if (r) {
        result = inner_of_record(c, r, o, as_dict);
    } else if (object_is_sequence(o)) {
        result = inner_of_sequence(c, o, as_dict);
    } else if (o->kind == OBJECT_DICT) {
        result = dict_copy(c->script, o, c->where);
        for (size_t i = 0; i < result->as.sequence.count; i++)
            result->as.sequence.items[i] = inner(c, result->as.sequence.items[i], as_dict);
    } else {
        result = call_positional(c, native_object(c->script, "copy.deepcopy", NULL), &o, 1);
    }
    script_leave(c->script);
    return result;
}

static object *as_dict(call *c) {
    const record *r =
        check_object(c, c->arguments[0], "asdict() should be called on dataclass instances");
    return inner_of_record(c, r, c->arguments[0], true);
}

static object *as_tuple(call *c) {
    const record *r =
        check_object(c, c->arguments[0], "astuple() should be called on dataclass instances");
    return inner_of_record(c, r, c->arguments[0], false);
}

/* Another object with these fields set otherwise. */
static object *replace(call *c) {
    object *self = c->arguments[0], *changes = c->arguments[1];
    const record *r = check_object(c, self, "replace() should be called on dataclass instances");
    for (size_t i = 0; i < r->count; i++) {
        const record_field *f = &r->fields[i];
        object *given = dict_find(changes, f->name);
        if (!f->init && given)
            script_raise(c->script, c->where, VALUE_ERROR,
                         "field %s is declared with init=False, it cannot be specified with "
                         "replace()",
                         f->name);
        if (f->init && !given)
            dict_set(c->script, changes, f->name, read(c, self, f), c->where);
    }
    const size_t count = changes->as.sequence.count;
    argument *items = script_alloc(c->script, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (argument){.keyword = dict_key(changes, i),
                              .object = changes->as.sequence.items[i],
                              .where = c->where,
                              .given = c->where};
    return call_object(c, object_class(self)->object, &(arguments){items, count});
}

static object *fields(call *c) {
    const record *r = record_in(c->arguments[0]);
    if (!r)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "must be called with a dataclass type or instance");
    object *all = object_sequence(c->script, OBJECT_TUPLE, r->count);
    for (size_t i = 0; i < r->count; i++)
        all->as.sequence.items[i] = record_field_object(c, &r->fields[i]);
    return all;
}

static object *is_dataclass(call *c) {
    return object_bool(c->script, record_in(c->arguments[0]) != NULL);
}

const native native_dataclass_functions[] = {
    {.path = "dataclasses.asdict", .signature = "obj", .call = as_dict},
    {.path = "dataclasses.astuple", .signature = "obj", .call = as_tuple},
    {.path = "dataclasses.replace", .signature = "obj, /, **changes", .call = replace},
    {.path = "dataclasses.fields", .signature = "class_or_instance", .call = fields},
    {.path = "dataclasses.is_dataclass", .signature = "obj", .call = is_dataclass},
    {0}};
