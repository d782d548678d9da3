/* Built-ins that go through elements: map, filter, any, all, iter and next. */
#include "arithmetic.h"
#include "iterate.h"
#include "native.h"
#include "resumable.h"
#include "run.h"

static object *python_map(call *c) {
    const object *sources = c->arguments[1];
    if (sources->as.sequence.count == 0)
        call_fail(call_raises(c, TYPE_ERROR, "map() must have at least two arguments."),
                  "map() takes a function and what to apply it to");
    return iterate_map(c->script, c->arguments[0], sources->as.sequence.items,
                       sources->as.sequence.count, c->where);
}

static object *python_filter(call *c) {
    return iterate_filter(c->script, c->arguments[0], c->arguments[1], c->where);
}

/* Whether an element has the truth, up to the first that does. */
static bool has_one(call *c, bool truth) {
    object *it = iterate(c->script, c->arguments[0], c->where);
    for (object *item; (item = iterate_next(c->script, it, c->where));)
        if (python_truth(c->script, item, c->where) == truth)
            return true;
    return false;
}

static object *python_any(call *c) {
    return object_bool(c->script, has_one(c, true));
}

static object *python_all(call *c) {
    return object_bool(c->script, !has_one(c, false));
}

static object *python_iter(call *c) {
    return iterate(c->script, c->arguments[0], c->where);
}

static object *python_next(call *c) {
    if (!c->arguments[0])
        call_fail(call_raises(c, TYPE_ERROR, "next expected at least 1 argument, got 0"),
                  "next() takes an iterator");
    object *own = iterate_next_of(c->script, c->arguments[0]);
    object *it = own ? own : c->arguments[0];
    if (it->kind != OBJECT_ITERATOR || iterate_view(it))
        call_fail(
            call_raises(c, TYPE_ERROR, "'%s' object is not an iterator", object_class_name(it)),
            "next() takes an iterator, not a value of type %s: write next(iter(...))",
            object_type(it));
    object *item = iterate_next(c->script, it, c->where);
    if (!item && !c->arguments[1])
        resumable_refuse_next(c, iterate_resumable(it));
    return item ? item : c->arguments[1];
}

const native native_elements[] = {
    {.path = "map",
     .class_name = "map",
     .signature = "function, /, *iterables",
     .call = python_map},
    {.path = "filter",
     .class_name = "filter",
     .signature = "function, iterable, /",
     .call = python_filter},
    {.path = "any", .signature = "iterable, /", .call = python_any},
    {.path = "all", .signature = "iterable, /", .call = python_all},
    {.path = "iter", .signature = "iterable, /", .call = python_iter},
    {.path = "next", .signature = "iterator, / | iterator, default, /", .call = python_next},
    {0}};
