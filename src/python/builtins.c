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

static const char *text_option(script *s, const object *v, const char *name,
                               const char *otherwise) {
    if (v->kind == OBJECT_NONE)
        return otherwise;
    if (v->kind != OBJECT_STRING)
        script_fail(s, s->here, "%s of print() is a str, not a value of type %s", name,
                    object_type(v));
    return v->as.string;
}

/* A report shows every tensor there is, so there print has nothing to add. */
static object *python_print(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *values = arguments[0];
    const mlp_span where = s->here;
    const char *separator = text_option(s, arguments[1], "sep", " ");
    const char *end = text_option(s, arguments[2], "end", "\n");
    if (arguments[3]->kind != OBJECT_NONE)
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
    return object_none(s);
}

/* --- iteration --- */

static object *python_len(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_integer(s, (int64_t)object_length(s, arguments[0], s->here));
}

static object *python_range(script *s, const object *callee, object **arguments) {
    (void)callee;
    const size_t count = arguments[0]->as.sequence.count;
    object **given = arguments[0]->as.sequence.items;
    int64_t bounds[3] = {0, 0, 1};
    if (count < 1 || count > 3)
        script_fail(s, s->here, "range() takes a stop, or start, stop and step");
    for (size_t i = 0; i < count; i++) {
        if (given[i]->kind != OBJECT_INTEGER && given[i]->kind != OBJECT_BOOL)
            script_fail(s, s->here, "range() takes whole numbers, not a value of type %s",
                        object_type(given[i]));
        bounds[count == 1 ? 1 : i] = number_integer(given[i]);
    }
    if (bounds[2] == 0)
        script_fail(s, s->here, "ValueError: the step of a range must not be 0");
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_RANGE;
    v->as.range.start = bounds[0];
    v->as.range.stop = bounds[1];
    v->as.range.step = bounds[2];
    return v;
}

static object *python_zip(script *s, const object *callee, object **arguments) {
    (void)callee;
    return iterate_zip(s, arguments[0]->as.sequence.items, arguments[0]->as.sequence.count,
                       s->here);
}

static object *python_enumerate(script *s, const object *callee, object **arguments) {
    (void)callee;
    return iterate_enumerate(s, arguments[0], arguments[1]->as.integer, s->here);
}

static object *python_reversed(script *s, const object *callee, object **arguments) {
    (void)callee;
    return iterate_reversed(s, arguments[0], s->here);
}

static object *python_list(script *s, const object *callee, object **arguments) {
    (void)callee;
    return iterate_all(s, arguments[0], OBJECT_LIST, s->here);
}

static object *python_tuple(script *s, const object *callee, object **arguments) {
    (void)callee;
    if (arguments[0]->kind == OBJECT_TUPLE)
        return arguments[0];
    return iterate_all(s, arguments[0], OBJECT_TUPLE, s->here);
}

/* --- over several values --- */

static object *extreme(script *s, const object *callee, const object *given, operator op) {
    const mlp_span where = s->here;
    const char *name = callee->as.native->path;
    object **items = given->as.sequence.items;
    if (given->as.sequence.count == 0)
        script_fail(s, where, "%s() takes numbers, or a list of them", name);
    const object *all =
        given->as.sequence.count > 1 ? given : iterate_all(s, items[0], OBJECT_LIST, where);
    if (all->as.sequence.count == 0)
        script_fail(s, where, "ValueError: %s() of nothing", name);
    object *best = all->as.sequence.items[0];
    for (size_t i = 1; i < all->as.sequence.count; i++) {
        object *item = all->as.sequence.items[i];
        if (python_truth(s, python_binary(s, op, item, best, where), where))
            best = item;
    }
    return best;
}

static object *python_min(script *s, const object *callee, object **arguments) {
    return extreme(s, callee, arguments[0], OPERATOR_LT);
}

static object *python_max(script *s, const object *callee, object **arguments) {
    return extreme(s, callee, arguments[0], OPERATOR_GT);
}

static object *python_sum(script *s, const object *callee, object **arguments) {
    (void)callee;
    const mlp_span where = s->here;
    object *it = iterate(s, arguments[0], where), *total = arguments[1];
    if (total->kind == OBJECT_STRING)
        script_fail(s, where, "sum() does not add strings: write ''.join(...)");
    for (object *item; (item = iterate_next(s, it, where));)
        total = python_binary(s, OPERATOR_ADD, total, item, where);
    return total;
}

/* Merges two sorted neighbours; equal elements keep their order. */
static void merge(script *s, object **items, object **room, size_t middle, size_t count,
                  bool reverse, mlp_span where) {
    size_t left = 0, right = middle;
    memcpy(room, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        bool take_right = left == middle;
        if (left < middle && right < count) {
            object *a = room[reverse ? left : right], *b = room[reverse ? right : left];
            take_right = python_truth(s, python_binary(s, OPERATOR_LT, a, b, where), where);
        }
        items[i] = take_right ? room[right++] : room[left++];
    }
}

static void sort(script *s, object **items, object **room, size_t count, bool reverse,
                 mlp_span where) {
    if (count < 2)
        return;
    script_spend_on(s, where, count);
    sort(s, items, room, count / 2, reverse, where);
    sort(s, items + count / 2, room, count - count / 2, reverse, where);
    merge(s, items, room, count / 2, count, reverse, where);
}

static object *python_sorted(script *s, const object *callee, object **arguments) {
    (void)callee;
    const mlp_span where = s->here;
    object *all = iterate_all(s, arguments[0], OBJECT_LIST, where);
    const size_t count = all->as.sequence.count;
    sort(s, all->as.sequence.items, script_alloc(s, count, sizeof(object *)), count,
         arguments[1]->as.boolean, where);
    return all;
}

/* --- types --- */

static object *class_value(script *s, user_class *class) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_CLASS;
    v->as.class = class;
    return v;
}

object *python_type_of(script *s, const object *v) {
    if (v->kind == OBJECT_MODULE)
        return v->as.module->class ? class_value(s, v->as.module->class)
                                   : native_value(s, v->as.module->type->path, NULL);
    if (v->kind == OBJECT_INSTANCE)
        return class_value(s, v->as.instance->class);
    if (v->kind == OBJECT_TENSOR)
        return native_value(s, is_parameter(v) ? "torch.nn.Parameter" : "torch.Tensor", NULL);
    if (v->kind == OBJECT_DICT && !v->as.sequence.plain)
        return native_value(s, "collections.OrderedDict", NULL);
    if (object_is_number(v) || v->kind == OBJECT_STRING || v->kind == OBJECT_LIST ||
        v->kind == OBJECT_TUPLE || v->kind == OBJECT_RANGE)
        return native_value(s, object_type(v), NULL);
    return NULL;
}

static object *python_type(script *s, const object *callee, object **arguments) {
    (void)callee;
    object *type = python_type_of(s, arguments[0]);
    if (!type)
        script_fail(s, s->here, "type() of a value of type %s is outside the subset",
                    object_type(arguments[0]));
    return type;
}

static bool is_type(const object *v) {
    static const char *const names[] = {"bool",           "int",
                                        "float",          "str",
                                        "list",           "tuple",
                                        "range",          "collections.OrderedDict",
                                        "torch.Tensor",   "torch.nn.Parameter",
                                        "torch.nn.Module"};
    if (v->kind == OBJECT_CLASS)
        return true;
    if (v->kind != OBJECT_NATIVE)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(v->as.native->path, names[i]) == 0)
            return true;
    return v->as.native->apply != NULL;
}

static bool is_object_of(const object *v, const user_class *class) {
    const user_class *c = v && v->kind == OBJECT_MODULE     ? v->as.module->class
                          : v && v->kind == OBJECT_INSTANCE ? v->as.instance->class
                                                            : NULL;
    while (c && c != class)
        c = c->base;
    return c != NULL;
}

bool python_is_instance(script *s, const object *v, const object *type) {
    if (!is_type(type))
        script_fail(s, s->here,
                    "isinstance() takes a type or a tuple of types, not a value of "
                    "type %s",
                    object_type(type));
    if (type->kind == OBJECT_CLASS)
        return is_object_of(v, type->as.class);
    const char *path = type->as.native->path;
    if (strcmp(path, "torch.nn.Module") == 0)
        return v->kind == OBJECT_MODULE;
    if (strcmp(path, "torch.Tensor") == 0)
        return v->kind == OBJECT_TENSOR;
    if (strcmp(path, "int") == 0)
        return v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL || v->kind == OBJECT_UNSIGNED;
    if (strcmp(path, "tuple") == 0)
        return v->kind == OBJECT_TUPLE || v->kind == OBJECT_SIZE;
    const object *own = python_type_of(s, v);
    return own && own->kind == OBJECT_NATIVE && strcmp(own->as.native->path, path) == 0;
}

static object *python_isinstance(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *types = arguments[1];
    if (types->kind != OBJECT_TUPLE)
        return object_bool(s, python_is_instance(s, arguments[0], types));
    for (size_t i = 0; i < types->as.sequence.count; i++)
        if (python_is_instance(s, arguments[0], types->as.sequence.items[i]))
            return object_bool(s, true);
    return object_bool(s, false);
}

/* super() in a method, or super(Class, self). */
static object *python_super(script *s, const object *callee, object **arguments) {
    (void)callee;
    const size_t count = arguments[0]->as.sequence.count;
    object **given = arguments[0]->as.sequence.items;
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_SUPER;
    if (count == 0) {
        if (!s->frame || !s->frame->class || !is_object_of(s->frame->self, s->frame->class))
            script_fail(s, s->here, "super() only works inside a method");
        v->as.class = s->frame->class;
        v->self = s->frame->self;
        return v;
    }
    if (count != 2 || given[0]->kind != OBJECT_CLASS || !is_object_of(given[1], given[0]->as.class))
        script_fail(s, s->here, "super() takes nothing, or the class and self");
    v->as.class = given[0]->as.class;
    v->self = given[1];
    return v;
}

/* --- text --- */

static object *python_str(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_string(s, format_str(s, arguments[0]));
}

static object *python_repr(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_string(s, format_repr(s, arguments[0]));
}

static object *python_format(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_string(s, format_spec(s, arguments[0], arguments[1]->as.string, s->here));
}

/* --- numbers; int, float and round are in conversion.c --- */

static object *python_bool(script *s, const object *callee, object **arguments) {
    (void)callee;
    return object_bool(s, python_truth(s, arguments[0], s->here));
}

static object *python_abs(script *s, const object *callee, object **arguments) {
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
