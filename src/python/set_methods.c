/* set, frozenset and their methods. */
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "set.h"

#include <string.h>

static object *set(call *c) {
    return set_copy(c->script, OBJECT_SET, c->arguments[0], c->where);
}

static object *frozenset(call *c) {
    object *given = c->arguments[0];
    return given->kind == OBJECT_FROZEN_SET
               ? given
               : set_copy(c->script, OBJECT_FROZEN_SET, given, c->where);
}

static object *add(call *c) {
    set_add(c->script, c->self, c->arguments[0], c->where);
    return object_none(c->script);
}

static object *discard(call *c) {
    set_discard(c->script, c->self, c->arguments[0], c->where);
    return object_none(c->script);
}

static object *take(call *c) {
    if (!set_discard(c->script, c->self, c->arguments[0], c->where))
        refuse_key(c->script, c->arguments[0], c->where);
    return object_none(c->script);
}

static object *pop(call *c) {
    if (c->self->as.sequence.count == 0)
        script_raise(c->script, c->where, KEY_ERROR, "pop from an empty set");
    return set_pop(c->script, c->self);
}

static object *clear(call *c) {
    set_clear(c->self);
    return object_none(c->script);
}

static object *copy(call *c) {
    return set_copy(c->script, c->self->kind, c->self, c->where);
}

static object *as_set(call *c, object *o) {
    return object_is_set(o) ? o : set_copy(c->script, OBJECT_SET, o, c->where);
}

/* What the methods that take several others do with each. */
static operator operator_of(const call *c) {
    static const struct {
        const char *name;
        operator op;
    } table[] = {{"update", OPERATOR_OR},
                 {"union", OPERATOR_OR},
                 {"intersection", OPERATOR_AND},
                 {"intersection_update", OPERATOR_AND},
                 {"difference", OPERATOR_SUB},
                 {"difference_update", OPERATOR_SUB},
                 {"symmetric_difference", OPERATOR_XOR}};
    const char *name = strchr(c->native->path, '.') + 1;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return table[i].op;
    return OPERATOR_XOR;
}

/* The first decides of what kind and in what order the result is, the others change it. */
static object *combined(call *c) {
    const object *others = c->arguments[0];
    const operator op = operator_of(c);
    object *result = op == OPERATOR_OR || others->as.sequence.count == 0 ? copy(c) : c->self;
    for (size_t i = 0; i < others->as.sequence.count; i++) {
        object *other = others->as.sequence.items[i];
        if (op == OPERATOR_OR)
            set_update(c->script, result, other, c->where);
        else if (op == OPERATOR_AND)
            result = set_intersection(c->script, result, other, c->where);
        else if (i == 0)
            result = set_difference(c->script, result, other, c->where);
        else
            set_subtract(c->script, result, other, c->where);
    }
    return result;
}

static object *changed(call *c) {
    const object *others = c->arguments[0];
    for (size_t i = 0; i < others->as.sequence.count; i++)
        set_change(c->script, operator_of(c), c->self, others->as.sequence.items[i], c->where);
    return object_none(c->script);
}

static object *with_one(call *c) {
    object *result = set_copy(c->script, c->self->kind, c->arguments[0], c->where);
    set_change(c->script, OPERATOR_XOR, result, c->self, c->where);
    return result;
}

static object *change_with_one(call *c) {
    set_change(c->script, OPERATOR_XOR, c->self, as_set(c, c->arguments[0]), c->where);
    return object_none(c->script);
}

static object *issubset(call *c) {
    return object_bool(c->script, set_compares(c->script, OPERATOR_LE, c->self,
                                               as_set(c, c->arguments[0]), c->where));
}

static object *issuperset(call *c) {
    return object_bool(c->script, set_compares(c->script, OPERATOR_GE, c->self,
                                               as_set(c, c->arguments[0]), c->where));
}

static object *isdisjoint(call *c) {
    const object *common =
        set_combine(c->script, OPERATOR_AND, c->self, as_set(c, c->arguments[0]), c->where);
    return object_bool(c->script, common->as.sequence.count == 0);
}

/* Those that change a set are its own; the others it has of frozenset. */
const native native_sets[] = {
    {.path = "set",
     .class_name = "set",
     .is_type = true,
     .signature = "iterable = (), /",
     .call = set},
    {.path = "frozenset",
     .class_name = "frozenset",
     .is_type = true,
     .signature = "iterable = (), /",
     .call = frozenset},
    {.path = "set.add", .signature = "element, /", .call = add},
    {.path = "set.discard", .signature = "element, /", .call = discard},
    {.path = "set.remove", .signature = "element, /", .call = take},
    {.path = "set.pop", .signature = "", .call = pop},
    {.path = "set.clear", .signature = "", .call = clear},
    {.path = "set.update", .signature = "*others", .call = changed},
    {.path = "set.intersection_update", .signature = "*others", .call = changed},
    {.path = "set.difference_update", .signature = "*others", .call = changed},
    {.path = "set.symmetric_difference_update", .signature = "other, /", .call = change_with_one},
    {.path = "frozenset.copy", .signature = "", .call = copy},
    {.path = "frozenset.union", .signature = "*others", .call = combined},
    {.path = "frozenset.intersection", .signature = "*others", .call = combined},
    {.path = "frozenset.difference", .signature = "*others", .call = combined},
    {.path = "frozenset.symmetric_difference", .signature = "other, /", .call = with_one},
    {.path = "frozenset.issubset", .signature = "other, /", .call = issubset},
    {.path = "frozenset.issuperset", .signature = "other, /", .call = issuperset},
    {.path = "frozenset.isdisjoint", .signature = "other, /", .call = isdisjoint},
    {0}};
