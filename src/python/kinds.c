/* Classes that stand for what others are made of: object, slice, and those that only type() tells. */
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "type.h"

/* object() is equal to itself alone: what a script marks the absence of a value with. */
static object *own_class(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "object", NULL);
}

static const struct type object_type_alone = {.name = "object", .class = own_class};

static object *python_object(call *c) {
    return object_extension(c->script, &object_type_alone,
                            script_alloc(c->script, 1, sizeof(size_t)));
}

static object *python_slice(call *c) {
    object *const *given = c->arguments[0]->as.sequence.items;
    const size_t count = c->arguments[0]->as.sequence.count;
    if (count < 1 || count > 3)
        script_raise(c->script, c->where, TYPE_ERROR,
                     count ? "slice expected at most 3 arguments, got %zu"
                           : "slice expected at least 1 argument, got %zu",
                     count);
    object *o = script_alloc(c->script, 1, sizeof *o);
    o->kind = OBJECT_SLICE;
    o->as.slice.start = count > 1 ? given[0] : NULL;
    o->as.slice.stop = given[count > 1];
    o->as.slice.step = count > 2 ? given[2] : NULL;
    return o;
}

/* Where it goes in what has so many elements. */
static object *indices(call *c) {
    object *all = object_sequence(c->script, OBJECT_TUPLE, 3);
    int64_t limit[3];
    if (c->arguments[0]->as.integer < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "length should not be negative");
    slice_limits(c->script, c->self, (size_t)c->arguments[0]->as.integer, limit, c->where);
    for (size_t i = 0; i < 3; i++)
        all->as.sequence.items[i] = object_integer(c->script, limit[i]);
    return all;
}

static object *refuse(call *c) {
    call_fail(c, "an object of %s is not made by calling it", c->native->class_name);
}

const native native_kinds[] = {
    {.path = "object",
     .class_name = "object",
     .is_type = true,
     .signature = "",
     .call = python_object},
    {.path = "slice",
     .class_name = "slice",
     .is_type = true,
     .signature = "*bounds",
     .call = python_slice},
    {.path = "slice.indices", .signature = "len: index, /", .call = indices},
    {.path = "types.NoneType",
     .class_name = "NoneType",
     .is_type = true,
     .signature = "",
     .call = refuse},
    {.path = "types.EllipsisType",
     .class_name = "ellipsis",
     .name = "ellipsis",
     .is_type = true,
     .signature = "",
     .call = refuse},
    {.path = "types.FunctionType",
     .class_name = "function",
     .name = "function",
     .is_type = true,
     .signature = "*arguments",
     .call = refuse},
    {.path = "types.MethodType",
     .class_name = "method",
     .name = "method",
     .is_type = true,
     .signature = "*arguments",
     .call = refuse},
    {.path = "types.BuiltinFunctionType",
     .class_name = "builtin_function_or_method",
     .name = "builtin_function_or_method",
     .is_type = true,
     .signature = "*arguments",
     .call = refuse},
    {.path = "types.GeneratorType",
     .class_name = "generator",
     .name = "generator",
     .is_type = true,
     .signature = "*arguments",
     .call = refuse},
    {0}};
