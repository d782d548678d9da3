#include "dataclass.h"

#include "class.h"
#include "made.h"
#include "native.h"
#include "order.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

const record *record_of(const user_class *class) {
    const user_class *in = class;
    while (in && !in->record)
        in = order_next(class, in);
    return in ? in->record : NULL;
}

void record_check_change(call *c, const object *self, const char *name, const char *change) {
    const user_class *class = object_class(self);
    const record *r = record_of(class);
    bool has_name = class->record != NULL;
    if (!r || !r->frozen)
        return;
    for (size_t i = 0; i < r->count && !has_name; i++)
        has_name = strcmp(r->fields[i].name, name) == 0;
    if (has_name)
        script_raise(c->script, c->where, FROZEN_INSTANCE_ERROR, "cannot %s field '%s'", change,
                     name);
}

/* --- field(...) --- */

const record_field *record_field_of(const object *o) {
    return o->as.data;
}

object *record_field_object(call *c, const record_field *field) {
    record_field *held = script_alloc(c->script, 1, sizeof *held);
    *held = *field;
    return object_extension(c->script, &record_field_type, held);
}

static object *field_attribute(call *c, object *self, const char *name) {
    const record_field *f = record_field_of(self);
    if (strcmp(name, "name") == 0)
        return object_string(c->script, f->name);
    if (strcmp(name, "default") == 0)
        return f->standard;
    return strcmp(name, "default_factory") == 0 ? f->factory : NULL;
}

const struct type record_field_type = {.name = "Field", .attribute = field_attribute};

static object *make_field(call *c) {
    object *const *given = c->arguments;
    const bool hash = given[3]->kind == OBJECT_NONE ? given[4]->as.boolean : given[3]->as.boolean;
    return record_field_object(c, &(record_field){.init = given[0]->as.boolean,
                                                  .repr = given[1]->as.boolean,
                                                  .keyword_only = given[2]->as.boolean,
                                                  .hash = hash,
                                                  .compare = given[4]->as.boolean,
                                                  .standard = given[6],
                                                  .factory = given[7]});
}

/* --- the fields of a class --- */

typedef struct {
    record *record;
    size_t capacity;
    bool keyword_only; /* from here on */
} collected;

/* A field of a base keeps its place. */
static void add_field(call *c, collected *all, const record_field *field) {
    record *r = all->record;
    size_t i = 0;
    while (i < r->count && strcmp(r->fields[i].name, field->name) != 0)
        i++;
    if (i == all->capacity) {
        all->capacity = 2 * i + 8;
        record_field *more = script_alloc(c->script, all->capacity, sizeof *more);
        if (i)
            memcpy(more, r->fields, i * sizeof *more);
        r->fields = more;
    }
    r->fields[i] = *field;
    r->count += i == r->count;
}

/* Whether an annotation is typing.ClassVar[...] or the like, or that in quotes. */
static bool is_annotated_as(const node *n, const char *name) {
    if (n->kind == NODE_SUBSCRIPT)
        return is_annotated_as(n->left, name);
    if (n->kind == NODE_CONSTANT && n->literal.kind == LITERAL_STRING)
        return strstr(n->literal.text, name) != NULL;
    return (n->kind == NODE_NAME || n->kind == NODE_ATTRIBUTE) && strcmp(n->name, name) == 0;
}

static void check_default(call *c, const record_field *field) {
    const object *o = field->standard;
    if (o && (o->kind == OBJECT_LIST || o->kind == OBJECT_DICT || o->kind == OBJECT_SET ||
              special_is_unhashable(o)))
        script_raise(c->script, c->where, VALUE_ERROR,
                     "mutable default <class '%s%s'> for field %s is not allowed: use "
                     "default_factory",
                     object_class(o) ? "__main__." : "", object_class_name(o), field->name);
}

static void collect(call *c, user_class *class, const char *name, const node *annotation,
                    void *context) {
    collected *all = context;
    object *given = scope_find(&class->members, name);
    record_field field = {
        .standard = given, .init = true, .repr = true, .compare = true, .hash = true};
    if (is_annotated_as(annotation, "ClassVar"))
        return;
    if (is_annotated_as(annotation, "InitVar"))
        call_fail(c, "InitVar is outside the subset: write the class with its __init__");
    if (is_annotated_as(annotation, "KW_ONLY")) {
        all->keyword_only = true;
        return;
    }
    if (given && object_is(given, &record_field_type)) {
        field = *record_field_of(given);
        scope_bind(c->script, &class->members, name, field.standard);
    }
    field.name = name;
    field.keyword_only |= all->keyword_only;
    check_default(c, &field);
    add_field(c, all, &field);
}

/* The fields of the bases, those of the last in the order of the class first. */
static void add_inherited(call *c, const user_class *class, collected *all) {
    size_t count = 0, at = 0;
    for (const user_class *in = class; (in = order_next(class, in));)
        count++;
    const record **records = script_alloc(c->script, count, sizeof *records);
    bool has_any = false, has_frozen = false;
    for (const user_class *in = class; (in = order_next(class, in)); at++) {
        records[at] = record_of(in);
        has_any |= in->record != NULL;
        has_frozen |= in->record && in->record->frozen;
    }
    if (has_any && has_frozen != all->record->frozen)
        script_raise(c->script, c->where, TYPE_ERROR, "cannot inherit %s dataclass from a %s one",
                     has_frozen ? "non-frozen" : "frozen", has_frozen ? "frozen" : "non-frozen");
    while (at-- > 0)
        for (size_t i = 0; records[at] && i < records[at]->count; i++)
            add_field(c, all, &records[at]->fields[i]);
}

static void set_record(call *c, user_class *class, const record_options *options) {
    collected all = {.keyword_only = options->keyword_only};
    all.record = script_alloc(c->script, 1, sizeof *all.record);
    all.record->frozen = options->frozen;
    all.record->unset = script_alloc(c->script, 1, sizeof(object));
    add_inherited(c, class, &all);
    class_annotated(c, class, collect, &all);
    class->record = all.record;
}

/* --- the decorator --- */

static object *decorate(call *c, object *class, object *const *given) {
    const record_options options = {.init = given[0]->as.boolean,
                                    .repr = given[1]->as.boolean,
                                    .eq = given[2]->as.boolean,
                                    .order = given[3]->as.boolean,
                                    .unsafe_hash = given[4]->as.boolean,
                                    .frozen = given[5]->as.boolean,
                                    .keyword_only = given[6]->as.boolean};
    if (class->kind != OBJECT_CLASS || class->as.class->root)
        call_fail(c, "@dataclass stands above a class that derives from no class of Python or of a "
                     "library: write it with its __init__");
    set_record(c, class->as.class, &options);
    record_add_methods(c, class->as.class, &options);
    return class;
}

/* What @dataclass(...) gives, its self being the options. */
static object *decorate_later(call *c) {
    return decorate(c, c->arguments[0], c->self->as.sequence.items);
}

/* @dataclass, or @dataclass(...) */
static object *dataclass(call *c) {
    static const native later = {
        .path = "dataclass", .signature = "cls, /", .call = decorate_later};
    enum {
        OPTIONS = 7
    };
    if (c->arguments[0]->kind != OBJECT_NONE)
        return decorate(c, c->arguments[0], c->arguments + 1);
    object *options = object_sequence(c->script, OBJECT_TUPLE, OPTIONS);
    memcpy(options->as.sequence.items, c->arguments + 1, OPTIONS * sizeof(object *));
    return native_bound(c->script, &later, options);
}

const native native_dataclass[] = {
    {.path = "dataclasses.dataclass",
     .signature =
         "cls = None, /, *, init: bool = True, repr: bool = True, eq: bool = True, order: bool = "
         "False, unsafe_hash: bool = False, frozen: bool = False, kw_only: bool = False, "
         "match_args: bool = True",
     .call = dataclass},
    {.path = "dataclasses.field",
     .signature = "*, init: bool = True, repr: bool = True, kw_only: bool = False, hash: "
                  "Optional[bool] = None, compare: bool = True, metadata = None "
                  "| *, default, init: bool = True, repr: bool = True, kw_only: bool = False, "
                  "hash: Optional[bool] = None, compare: bool = True, metadata = None "
                  "| *, default_factory, init: bool = True, repr: bool = True, kw_only: bool = "
                  "False, hash: Optional[bool] = None, compare: bool = True, metadata = None",
     .call = make_field},
    {0}};
