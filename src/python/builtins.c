#include "builtins.h"

#include "arithmetic.h"
#include "format.h"
#include "iterate.h"
#include "torch/module.h"
#include "torch/tensor.h"

#include <errno.h>
#include <string.h>

/* --- print --- */

static void write_text(script *s, const char *text) {
    errno = 0;
    if (fputs(text, s->out) == EOF)
        script_fail(s, s->here, "cannot write the output: %s", strerror(errno));
}

static const char *text_option(script *s, const value *v, const char *name, const char *otherwise) {
    if (v->kind == VALUE_NONE)
        return otherwise;
    if (v->kind != VALUE_STRING)
        script_fail(s, s->here, "%s of print() is a str, not a value of type %s", name,
                    value_type(v));
    return v->as.string;
}

/* A report shows every tensor there is, so there print has nothing to add. */
static value *python_print(script *s, const value *callee, value **arguments) {
    (void)callee;
    const value *values = arguments[0];
    const mlp_span where = s->here;
    const char *separator = text_option(s, arguments[1], "sep", " ");
    const char *end = text_option(s, arguments[2], "end", "\n");
    if (arguments[3]->kind != VALUE_NONE)
        script_fail(s, s->here, "file= is outside the subset: print() writes to standard output");
    if (!s->out)
        tensor_echo(s, values); /* which forming their text does otherwise */
    for (size_t i = 0; s->out && i < values->as.sequence.count; i++) {
        const char *text = format_str(s, values->as.sequence.items[i]);
        s->here = where;
        if (i)
            write_text(s, separator);
        write_text(s, text);
    }
    if (s->out)
        write_text(s, end);
    return value_none(s);
}

/* --- iteration --- */

static value *python_len(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_integer(s, (int64_t)value_length(s, arguments[0], s->here));
}

static value *python_range(script *s, const value *callee, value **arguments) {
    (void)callee;
    const size_t count = arguments[0]->as.sequence.count;
    value **given = arguments[0]->as.sequence.items;
    int64_t bounds[3] = {0, 0, 1};
    if (count < 1 || count > 3)
        script_fail(s, s->here, "range() takes a stop, or start, stop and step");
    for (size_t i = 0; i < count; i++) {
        if (given[i]->kind != VALUE_INTEGER && given[i]->kind != VALUE_BOOL)
            script_fail(s, s->here, "range() takes whole numbers, not a value of type %s",
                        value_type(given[i]));
        bounds[count == 1 ? 1 : i] = number_integer(given[i]);
    }
    if (bounds[2] == 0)
        script_fail(s, s->here, "ValueError: the step of a range must not be 0");
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_RANGE;
    v->as.range.start = bounds[0];
    v->as.range.stop = bounds[1];
    v->as.range.step = bounds[2];
    return v;
}

static value *python_zip(script *s, const value *callee, value **arguments) {
    (void)callee;
    return iterate_zip(s, arguments[0]->as.sequence.items, arguments[0]->as.sequence.count,
                       s->here);
}

static value *python_enumerate(script *s, const value *callee, value **arguments) {
    (void)callee;
    return iterate_enumerate(s, arguments[0], arguments[1]->as.integer, s->here);
}

static value *python_reversed(script *s, const value *callee, value **arguments) {
    (void)callee;
    return iterate_reversed(s, arguments[0], s->here);
}

static value *python_list(script *s, const value *callee, value **arguments) {
    (void)callee;
    return iterate_all(s, arguments[0], VALUE_LIST, s->here);
}

static value *python_tuple(script *s, const value *callee, value **arguments) {
    (void)callee;
    if (arguments[0]->kind == VALUE_TUPLE)
        return arguments[0];
    return iterate_all(s, arguments[0], VALUE_TUPLE, s->here);
}

/* --- over several values --- */

static value *extreme(script *s, const value *callee, const value *given, operator op) {
    const mlp_span where = s->here;
    const char *name = callee->as.native->path;
    value **items = given->as.sequence.items;
    if (given->as.sequence.count == 0)
        script_fail(s, where, "%s() takes numbers, or a list of them", name);
    const value *all =
        given->as.sequence.count > 1 ? given : iterate_all(s, items[0], VALUE_LIST, where);
    if (all->as.sequence.count == 0)
        script_fail(s, where, "ValueError: %s() of nothing", name);
    value *best = all->as.sequence.items[0];
    for (size_t i = 1; i < all->as.sequence.count; i++) {
        value *item = all->as.sequence.items[i];
        if (python_truth(s, python_binary(s, op, item, best, where), where))
            best = item;
    }
    return best;
}

static value *python_min(script *s, const value *callee, value **arguments) {
    return extreme(s, callee, arguments[0], OPERATOR_LT);
}

static value *python_max(script *s, const value *callee, value **arguments) {
    return extreme(s, callee, arguments[0], OPERATOR_GT);
}

static value *python_sum(script *s, const value *callee, value **arguments) {
    (void)callee;
    const mlp_span where = s->here;
    value *it = iterate(s, arguments[0], where), *total = arguments[1];
    if (total->kind == VALUE_STRING)
        script_fail(s, where, "sum() does not add strings: write ''.join(...)");
    for (value *item; (item = iterate_next(s, it, where));)
        total = python_binary(s, OPERATOR_ADD, total, item, where);
    return total;
}

/* Merges two sorted neighbours; equal elements keep their order. */
static void merge(script *s, value **items, value **room, size_t middle, size_t count, bool reverse,
                  mlp_span where) {
    size_t left = 0, right = middle;
    memcpy(room, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        bool take_right = left == middle;
        if (left < middle && right < count) {
            value *a = room[reverse ? left : right], *b = room[reverse ? right : left];
            take_right = python_truth(s, python_binary(s, OPERATOR_LT, a, b, where), where);
        }
        items[i] = take_right ? room[right++] : room[left++];
    }
}

static void sort(script *s, value **items, value **room, size_t count, bool reverse,
                 mlp_span where) {
    if (count < 2)
        return;
    script_spend_on(s, where, count);
    sort(s, items, room, count / 2, reverse, where);
    sort(s, items + count / 2, room, count - count / 2, reverse, where);
    merge(s, items, room, count / 2, count, reverse, where);
}

static value *python_sorted(script *s, const value *callee, value **arguments) {
    (void)callee;
    const mlp_span where = s->here;
    value *all = iterate_all(s, arguments[0], VALUE_LIST, where);
    const size_t count = all->as.sequence.count;
    sort(s, all->as.sequence.items, script_alloc(s, count, sizeof(value *)), count,
         arguments[1]->as.boolean, where);
    return all;
}

/* --- types --- */

static value *class_value(script *s, user_class *class) {
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_CLASS;
    v->as.class = class;
    return v;
}

value *python_type_of(script *s, const value *v) {
    if (v->kind == VALUE_MODULE)
        return v->as.module->class ? class_value(s, v->as.module->class)
                                   : native_value(s, v->as.module->type->path, NULL);
    if (v->kind == VALUE_INSTANCE)
        return class_value(s, v->as.instance->class);
    if (v->kind == VALUE_TENSOR)
        return native_value(s, value_is_parameter(v) ? "torch.nn.Parameter" : "torch.Tensor", NULL);
    if (v->kind == VALUE_DICT && !v->as.sequence.plain)
        return native_value(s, "collections.OrderedDict", NULL);
    if (value_is_number(v) || v->kind == VALUE_STRING || v->kind == VALUE_LIST ||
        v->kind == VALUE_TUPLE || v->kind == VALUE_RANGE)
        return native_value(s, value_type(v), NULL);
    return NULL;
}

static value *python_type(script *s, const value *callee, value **arguments) {
    (void)callee;
    value *type = python_type_of(s, arguments[0]);
    if (!type)
        script_fail(s, s->here, "type() of a value of type %s is outside the subset",
                    value_type(arguments[0]));
    return type;
}

static bool is_type(const value *v) {
    static const char *const names[] = {"bool",           "int",
                                        "float",          "str",
                                        "list",           "tuple",
                                        "range",          "collections.OrderedDict",
                                        "torch.Tensor",   "torch.nn.Parameter",
                                        "torch.nn.Module"};
    if (v->kind == VALUE_CLASS)
        return true;
    if (v->kind != VALUE_NATIVE)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(v->as.native->path, names[i]) == 0)
            return true;
    return v->as.native->apply != NULL;
}

static bool is_object_of(const value *v, const user_class *class) {
    const user_class *c = v && v->kind == VALUE_MODULE     ? v->as.module->class
                          : v && v->kind == VALUE_INSTANCE ? v->as.instance->class
                                                           : NULL;
    while (c && c != class)
        c = c->base;
    return c != NULL;
}

bool python_is_instance(script *s, const value *v, const value *type) {
    if (!is_type(type))
        script_fail(s, s->here,
                    "isinstance() takes a type or a tuple of types, not a value of "
                    "type %s",
                    value_type(type));
    if (type->kind == VALUE_CLASS)
        return is_object_of(v, type->as.class);
    const char *path = type->as.native->path;
    if (strcmp(path, "torch.nn.Module") == 0)
        return v->kind == VALUE_MODULE;
    if (strcmp(path, "torch.Tensor") == 0)
        return v->kind == VALUE_TENSOR;
    if (strcmp(path, "int") == 0)
        return v->kind == VALUE_INTEGER || v->kind == VALUE_BOOL || v->kind == VALUE_UNSIGNED;
    if (strcmp(path, "tuple") == 0)
        return v->kind == VALUE_TUPLE || v->kind == VALUE_SIZE;
    const value *own = python_type_of(s, v);
    return own && own->kind == VALUE_NATIVE && strcmp(own->as.native->path, path) == 0;
}

static value *python_isinstance(script *s, const value *callee, value **arguments) {
    (void)callee;
    const value *types = arguments[1];
    if (types->kind != VALUE_TUPLE)
        return value_bool(s, python_is_instance(s, arguments[0], types));
    for (size_t i = 0; i < types->as.sequence.count; i++)
        if (python_is_instance(s, arguments[0], types->as.sequence.items[i]))
            return value_bool(s, true);
    return value_bool(s, false);
}

/* super() in a method, or super(Class, self). */
static value *python_super(script *s, const value *callee, value **arguments) {
    (void)callee;
    const size_t count = arguments[0]->as.sequence.count;
    value **given = arguments[0]->as.sequence.items;
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_SUPER;
    if (count == 0) {
        if (!s->frame || !s->frame->class || !is_object_of(s->frame->self, s->frame->class))
            script_fail(s, s->here, "super() only works inside a method");
        v->as.class = s->frame->class;
        v->self = s->frame->self;
        return v;
    }
    if (count != 2 || given[0]->kind != VALUE_CLASS || !is_object_of(given[1], given[0]->as.class))
        script_fail(s, s->here, "super() takes nothing, or the class and self");
    v->as.class = given[0]->as.class;
    v->self = given[1];
    return v;
}

/* --- text --- */

static value *python_str(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_string(s, format_str(s, arguments[0]));
}

static value *python_repr(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_string(s, format_repr(s, arguments[0]));
}

static value *python_format(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_string(s, format_spec(s, arguments[0], arguments[1]->as.string, s->here));
}

/* --- numbers; int, float and round are in conversion.c --- */

static value *python_bool(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_bool(s, python_truth(s, arguments[0], s->here));
}

static value *python_abs(script *s, const value *callee, value **arguments) {
    (void)callee;
    return python_absolute(s, arguments[0], s->here);
}

const native native_python[] = {
    {.path = "print",
     .signature = "*values, sep = None, end = None, file = None, flush = False",
     .call = python_print},
    {.path = "super", .signature = "*arguments", .call = python_super},
    {.path = "len", .signature = "object", .call = python_len},
    {.path = "range", .signature = "*bounds", .call = python_range},
    {.path = "zip", .signature = "*iterables", .call = python_zip},
    {.path = "enumerate", .signature = "iterable, start: int = 0", .call = python_enumerate},
    {.path = "reversed", .signature = "sequence", .call = python_reversed},
    {.path = "sorted", .signature = "iterable, *, reverse: bool = False", .call = python_sorted},
    {.path = "list", .signature = "iterable = ()", .call = python_list},
    {.path = "tuple", .signature = "iterable = ()", .call = python_tuple},
    {.path = "min", .signature = "*values", .call = python_min},
    {.path = "max", .signature = "*values", .call = python_max},
    {.path = "sum", .signature = "iterable, start = 0", .call = python_sum},
    {.path = "type", .signature = "object", .call = python_type},
    {.path = "isinstance", .signature = "object, classinfo", .call = python_isinstance},
    {.path = "str", .signature = "object = ''", .call = python_str},
    {.path = "repr", .signature = "object", .call = python_repr},
    {.path = "format", .signature = "value, format_spec: str = ''", .call = python_format},
    {.path = "bool", .signature = "x = False", .call = python_bool},
    {.path = "int", .signature = "x = 0", .call = python_int},
    {.path = "float", .signature = "x = 0.0", .call = python_to_float},
    {.path = "abs", .signature = "x", .call = python_abs},
    {.path = "round", .signature = "number, ndigits: Optional[int] = None", .call = python_round},
    {0}};
