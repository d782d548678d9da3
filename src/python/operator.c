/* The module operator: the operators as functions, and what picks items and attributes. */
#include "arithmetic.h"
#include "collections.h"
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

/* --- operators --- */

/* The data of its row is the operator. */
static object *binary(call *c) {
    const operator* op = c->native->data;
    return python_binary(c->script, *op, c->arguments[0], c->arguments[1], c->where);
}

static object *in_place(call *c) {
    const operator* op = c->native->data;
    return python_in_place(c->script, *op, c->arguments[0], c->arguments[1], c->where);
}

static object *negative(call *c) {
    return python_negative(c->script, c->arguments[0], c->where);
}

static object *positive(call *c) {
    return python_positive(c->script, c->arguments[0], c->where);
}

static object *absolute(call *c) {
    return python_absolute(c->script, c->arguments[0], c->where);
}

static object *inverted(call *c) {
    return python_inverted(c->script, c->arguments[0], c->where);
}

static object *not_true(call *c) {
    return object_bool(c->script, !python_truth(c->script, c->arguments[0], c->where));
}

static object *whole(call *c) {
    return c->arguments[0]; /* of the type of its signature */
}

static object *truth(call *c) {
    return object_bool(c->script, python_truth(c->script, c->arguments[0], c->where));
}

/* The container stands first. */
static object *contains(call *c) {
    return python_binary(c->script, OPERATOR_IN, c->arguments[1], c->arguments[0], c->where);
}

static object *concat(call *c) {
    const object *o = c->arguments[0];
    if (!object_is_sequence(o) && o->kind != OBJECT_STRING && !object_is(o, &deque_type) &&
        !object_class(o))
        script_raise(c->script, c->where, TYPE_ERROR, "'%s' object can't be concatenated",
                     object_class_name(o));
    return python_binary(c->script, OPERATOR_ADD, c->arguments[0], c->arguments[1], c->where);
}

static object *getitem(call *c) {
    return subscript_of(c->script, c->arguments[0], c->arguments[1], c->where);
}

static object *setitem(call *c) {
    subscript_assign(c->script, c->arguments[0], c->arguments[1], c->arguments[2], c->where);
    return object_none(c->script);
}

static object *delitem(call *c) {
    subscript_delete(c->script, c->arguments[0], c->arguments[1], c->where);
    return object_none(c->script);
}

/* --- itemgetter and attrgetter, whose data are a tuple of what to look up --- */

static object *only_argument(call *c, const char *name, const arguments *given) {
    if (given->count != 1 || given->items[0].keyword)
        script_raise(c->script, c->where, TYPE_ERROR, "%s expected 1 argument, got %zu", name,
                     given->count);
    return given->items[0].object;
}

/* One thing, or a tuple of several. */
static object *each(call *c, const object *self, object *of,
                    object *(*look_up)(call *c, object *of, object *what)) {
    const object *whats = self->as.data;
    const size_t count = whats->as.sequence.count;
    if (count == 1)
        return look_up(c, of, whats->as.sequence.items[0]);
    object *all = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++)
        all->as.sequence.items[i] = look_up(c, of, whats->as.sequence.items[i]);
    return all;
}

static object *item(call *c, object *of, object *what) {
    return subscript_of(c->script, of, what, c->where);
}

static object *get_item(call *c, object *self, const arguments *given) {
    return each(c, self, only_argument(c, "itemgetter", given), item);
}

/* "a.b" is looked up one by one. */
static object *attribute(call *c, object *of, object *what) {
    const char *path = what->as.string;
    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1)
        of = attribute_of(c->script, of, script_copy(c->script, path, (size_t)(dot - path)),
                          c->where);
    return attribute_of(c->script, of, path, c->where);
}

static object *get_attribute(call *c, object *self, const arguments *given) {
    return each(c, self, only_argument(c, "attrgetter", given), attribute);
}

static const struct type itemgetter_type = {.name = "itemgetter", .call = get_item},
                         attrgetter_type = {.name = "attrgetter", .call = get_attribute};

static object *make(call *c, const struct type *type) {
    object *given = c->arguments[0];
    if (given->as.sequence.count == 0)
        script_raise(c->script, c->where, TYPE_ERROR, "%s expected at least 1 argument, got 0",
                     type->name);
    return object_extension(c->script, type, given);
}

static object *itemgetter(call *c) {
    return make(c, &itemgetter_type);
}

static object *attrgetter(call *c) {
    const object *given = c->arguments[0];
    for (size_t i = 0; i < given->as.sequence.count; i++)
        if (given->as.sequence.items[i]->kind != OBJECT_STRING)
            script_raise(c->script, c->where, TYPE_ERROR, "attribute name must be a string");
    return make(c, &attrgetter_type);
}

/* --- the rows --- */

static const char two[] = "a, b, /", one[] = "a, /";

static const native rows[] = {
    {.path = "operator.neg", .signature = one, .call = negative},
    {.path = "operator.pos", .signature = one, .call = positive},
    {.path = "operator.abs", .signature = one, .call = absolute},
    {.path = "operator.invert", .signature = one, .call = inverted},
    {.path = "operator.inv", .signature = one, .call = inverted},
    {.path = "operator.not_", .signature = one, .call = not_true},
    {.path = "operator.index", .signature = "a: index, /", .call = whole},
    {.path = "operator.truth", .signature = one, .call = truth},
    {.path = "operator.concat", .signature = two, .call = concat},
    {.path = "operator.contains", .signature = two, .call = contains},
    {.path = "operator.getitem", .signature = two, .call = getitem},
    {.path = "operator.setitem", .signature = "a, b, c, /", .call = setitem},
    {.path = "operator.delitem", .signature = two, .call = delitem},
    {.path = "operator.itemgetter", .signature = "*items", .call = itemgetter},
    {.path = "operator.attrgetter", .signature = "*attrs", .call = attrgetter},
    {0}};

typedef struct {
    const char *name, *in_place; /* NULL: there is none */
    operator op;
} operation;

static const operation all[] = {{"add", "iadd", OPERATOR_ADD},
                                {"sub", "isub", OPERATOR_SUB},
                                {"mul", "imul", OPERATOR_MUL},
                                {"truediv", "itruediv", OPERATOR_TRUEDIV},
                                {"floordiv", "ifloordiv", OPERATOR_FLOORDIV},
                                {"mod", "imod", OPERATOR_MOD},
                                {"pow", "ipow", OPERATOR_POW},
                                {"matmul", "imatmul", OPERATOR_MATMUL},
                                {"lshift", "ilshift", OPERATOR_LSHIFT},
                                {"rshift", "irshift", OPERATOR_RSHIFT},
                                {"and_", "iand", OPERATOR_AND},
                                {"xor", "ixor", OPERATOR_XOR},
                                {"or_", "ior", OPERATOR_OR},
                                {"eq", NULL, OPERATOR_EQ},
                                {"ne", NULL, OPERATOR_NE},
                                {"lt", NULL, OPERATOR_LT},
                                {"le", NULL, OPERATOR_LE},
                                {"gt", NULL, OPERATOR_GT},
                                {"ge", NULL, OPERATOR_GE},
                                {"is_", NULL, OPERATOR_IS},
                                {"is_not", NULL, OPERATOR_IS_NOT}};

static const native *make_row(call *c, const char *path, const void *of) {
    const operation *o = of;
    const bool is_in_place = o->in_place && strcmp(strrchr(path, '.') + 1, o->in_place) == 0;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){
        .path = path, .signature = two, .call = is_in_place ? in_place : binary, .data = &o->op};
    return row;
}

void native_add_operators(script *s) {
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        native_defer(s, "operator", all[i].name, make_row, &all[i]);
        if (all[i].in_place)
            native_defer(s, "operator", all[i].in_place, make_row, &all[i]);
    }
    native_add_table(s, rows);
}
