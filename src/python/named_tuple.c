/* Tuples whose elements have names: collections.namedtuple and typing.NamedTuple. The class holds
 * the names, and what binds the arguments to them as its __new__. */
#include "arithmetic.h"
#include "class.h"
#include "dict.h"
#include "format.h"
#include "iterate.h"
#include "made.h"
#include "run.h"
#include "type.h"

#include <string.h>

static const struct type named_tuple_type;

static user_class *class_of(const object *self) {
    return self->of->as.class;
}

static const object *fields_of(const user_class *class) {
    while (!class->fields)
        class = class->base;
    return class->fields;
}

static size_t count_of(const user_class *class) {
    return fields_of(class)->as.sequence.count;
}

static const char *field(const user_class *class, size_t i) {
    return fields_of(class)->as.sequence.items[i]->as.string;
}

/* The number of fields where none has the name. */
static size_t find_field(const user_class *class, const char *name) {
    const size_t count = count_of(class);
    size_t i = 0;
    while (i < count && strcmp(field(class, i), name) != 0)
        i++;
    return i;
}

/* --- objects --- */

static object *make(call *c, user_class *class) {
    object *o = object_sequence(c->script, OBJECT_TUPLE, count_of(class));
    o->type = &named_tuple_type;
    o->of = class->object;
    return o;
}

/* __new__, whose self is the tuple to be. */
static object *fill(call *c, const user_function *self, const scope *given) {
    const object *tuple = scope_find(given, "self");
    for (size_t i = 0; i < tuple->as.sequence.count; i++)
        tuple->as.sequence.items[i] = scope_find(given, field(self->class, i));
    return object_none(c->script);
}

static void give(call *c, object *self, const arguments *given) {
    object *new = class_member(class_of(self), "__new__");
    call_object(c, bind_method(c->script, new, self), given);
}

static object *attribute(call *c, object *self, const char *name) {
    user_class *class = class_of(self);
    const size_t i = find_field(class, name);
    object *member = class_member(class, name);
    if (i < self->as.sequence.count)
        return self->as.sequence.items[i];
    return member ? bind_method(c->script, member, self)
                  : native_member(c->script, "NamedTuple", name, self);
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    (void)o;
    if (find_field(class_of(self), name) < self->as.sequence.count)
        script_raise(c->script, c->where, ATTRIBUTE_ERROR, "can't set attribute");
    call_fail(c, "attributes of a tuple with names cannot be assigned to");
}

static void suggest(const object *self, nearest *near) {
    for (size_t i = 0; i < self->as.sequence.count; i++)
        nearest_consider(near, field(class_of(self), i));
    class_consider(class_of(self), near);
}

static void write(call *c, const object *self, buffer *out) {
    buffer_printf(out, "%s(", class_of(self)->name);
    for (size_t i = 0; i < self->as.sequence.count; i++) {
        buffer_printf(out, "%s%s=", i ? ", " : "", field(class_of(self), i));
        write_repr(c, self->as.sequence.items[i]);
    }
    buffer_text(out, ")");
}

/* --- classes --- */

/* Python's own checks; defaults may be NULL. */
static void check_field(call *c, const object *before, const char *name) {
    if (*name == '_')
        script_raise(c->script, c->where, VALUE_ERROR,
                     "Field names cannot start with an underscore: '%s'", name);
    for (size_t i = 0; i < before->as.sequence.count; i++)
        if (strcmp(before->as.sequence.items[i]->as.string, name) == 0)
            script_raise(c->script, c->where, VALUE_ERROR, "Encountered duplicate field name: '%s'",
                         name);
}

static void add_field(call *c, object *fields, const char *name) {
    check_field(c, fields, name);
    list_append(c->script, fields, script_name(c->script, name));
}

/* Gives the class its fields; defaults: those that have one, with it. */
static void set_fields(call *c, user_class *class, object *fields, object *defaults) {
    script *s = c->script;
    const size_t count = fields->as.sequence.count;
    made_parameter *parameters = script_alloc(s, count, sizeof *parameters);
    for (size_t i = 0; i < count; i++)
        parameters[i] = (made_parameter){
            .name = fields->as.sequence.items[i]->as.string,
            .fallback = dict_find(defaults, fields->as.sequence.items[i]->as.string)};
    fields->kind = OBJECT_TUPLE;
    class->fields = fields;
    scope_bind(s, &class->members, "_fields", fields);
    scope_bind(s, &class->members, "_field_defaults", defaults);
    scope_bind(s, &class->members, "__new__",
               made_method(s, class, "__new__", parameters, count, fill));
}

typedef struct {
    object *fields, *defaults;
} fields_with_defaults;

static void add_annotated(call *c, user_class *class, const char *name, const node *annotation,
                          void *context) {
    fields_with_defaults *all = context;
    object *standard = scope_find(&class->members, name);
    (void)annotation;
    add_field(c, all->fields, name);
    if (standard)
        dict_set(c->script, all->defaults, name, standard, c->where);
    else if (all->defaults->as.sequence.count)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "Non-default namedtuple field %s cannot follow default field %s", name,
                     dict_key(all->defaults, 0));
}

/* class Point(NamedTuple): its annotated names. */
static void defined(call *c, user_class *class) {
    fields_with_defaults all = {object_sequence(c->script, OBJECT_LIST, 0), object_dict(c->script)};
    class_annotated(c, class, add_annotated, &all);
    set_fields(c, class, all.fields, all.defaults);
}

static const struct type named_tuple_type = {.name = "tuple",
                                             .user_class = class_of,
                                             .make = make,
                                             .given = give,
                                             .defined = defined,
                                             .attribute = attribute,
                                             .set_attribute = set_attribute,
                                             .suggest = suggest,
                                             .write = write};

static object *new_class(call *c, const char *name, object *fields, object *defaults) {
    user_class *class = script_alloc(c->script, 1, sizeof *class);
    class->name = class->path = name;
    class->module = "__main__";
    class->native = native_find(c->script, "typing.NamedTuple");
    class->root = &named_tuple_type;
    class->object = script_alloc(c->script, 1, sizeof *class->object);
    class->object->kind = OBJECT_CLASS;
    class->object->as.class = class;
    set_fields(c, class, fields, defaults);
    return class->object;
}

/* "x y" or "x, y", or a list of names. */
static object *names_in(call *c, object *given) {
    object *names = object_sequence(c->script, OBJECT_LIST, 0);
    if (given->kind != OBJECT_STRING) {
        object *it = iterate(c->script, given, c->where);
        for (const object *name; (name = iterate_next(c->script, it, c->where));)
            add_field(c, names, format_str(c, name));
        return names;
    }
    static const char separators[] = ", \t\n";
    for (const char *at = given->as.string + strspn(given->as.string, separators); *at;) {
        const size_t length = strcspn(at, separators);
        add_field(c, names, script_copy(c->script, at, length));
        at += length + strspn(at + length, separators);
    }
    return names;
}

/* The defaults are those of the last names. */
static object *namedtuple(call *c) {
    object *names = names_in(c, c->arguments[1]), *defaults = object_dict(c->script);
    const object *given = c->arguments[3]->kind == OBJECT_NONE
                              ? defaults
                              : iterate_all(c->script, c->arguments[3], OBJECT_LIST, c->where);
    if (python_truth(c->script, c->arguments[2], c->where))
        call_fail(c, "rename=True of namedtuple() is outside the subset: write names that are "
                     "right");
    const size_t count = names->as.sequence.count, n = given->as.sequence.count;
    if (n > count)
        script_raise(c->script, c->where, TYPE_ERROR, "Got more default values than field names");
    for (size_t i = 0; i < n; i++)
        dict_set(c->script, defaults, names->as.sequence.items[count - n + i]->as.string,
                 given->as.sequence.items[i], c->where);
    return new_class(c, c->arguments[0]->as.string, names, defaults);
}

/* NamedTuple('Point', [('x', int), ('y', int)]) */
static object *typed(call *c) {
    object *names = object_sequence(c->script, OBJECT_LIST, 0);
    object *it = iterate(c->script, c->arguments[1], c->where);
    for (const object *pair; (pair = iterate_next(c->script, it, c->where));) {
        if (!object_is_sequence(pair) || pair->as.sequence.count != 2 ||
            pair->as.sequence.items[0]->kind != OBJECT_STRING)
            call_fail(c, "NamedTuple() takes pairs of a name and a type");
        add_field(c, names, pair->as.sequence.items[0]->as.string);
    }
    return new_class(c, c->arguments[0]->as.string, names, object_dict(c->script));
}

/* --- methods --- */

static object *as_dict(call *c) {
    object *dict = object_dict(c->script);
    for (size_t i = 0; i < c->self->as.sequence.count; i++)
        dict_set(c->script, dict, field(class_of(c->self), i), c->self->as.sequence.items[i],
                 c->where);
    return dict;
}

static object *replace(call *c) {
    user_class *class = class_of(c->self);
    object *new = make(c, class);
    memcpy(new->as.sequence.items, c->self->as.sequence.items,
           new->as.sequence.count * sizeof(object *));
    const object *changes = c->arguments[0];
    for (size_t i = 0; i < changes->as.sequence.count; i++) {
        const size_t at = find_field(class, dict_key(changes, i));
        if (at == new->as.sequence.count)
            script_raise(c->script, c->where, VALUE_ERROR, "Got unexpected field names: ['%s']",
                         dict_key(changes, i));
        new->as.sequence.items[at] = changes->as.sequence.items[i];
    }
    return new;
}

/* Point._make([1, 2]) */
static object *make_of(call *c) {
    const object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    object *new = make(c, c->self->as.class);
    const size_t count = new->as.sequence.count;
    if (all->as.sequence.count != count)
        script_raise(c->script, c->where, TYPE_ERROR, "Expected %zu arguments, got %zu", count,
                     all->as.sequence.count);
    if (count)
        memcpy(new->as.sequence.items, all->as.sequence.items, count * sizeof(object *));
    return new;
}

const native native_named_tuple[] = {
    {.path = "collections.namedtuple",
     .signature = "typename: str, field_names, *, rename = False, defaults = None, module = None",
     .call = namedtuple},
    {.path = "typing.NamedTuple",
     .signature = "typename: str, fields, /",
     .call = typed,
     .root = &named_tuple_type},
    {.path = "NamedTuple.__init__", .signature = "*arguments, **named"},
    {.path = "NamedTuple._asdict", .signature = "", .call = as_dict},
    {.path = "NamedTuple._replace", .signature = "/, **changes", .call = replace},
    {.path = "NamedTuple._make",
     .signature = "iterable, /",
     .call = make_of,
     .is_class_method = true},
    {0}};
