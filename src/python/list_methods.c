/* The methods of list and tuple. */
#include "arithmetic.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

static object *list_append_method(call *c) {
    list_append(c->script, c->self, c->arguments[0]);
    return object_none(c->script);
}

static object *list_extend(call *c) {
    python_in_place(c->script, OPERATOR_ADD, c->self, c->arguments[0], c->where);
    return object_none(c->script);
}

static object *list_pop(call *c) {
    object *list = c->self;
    if (list->as.sequence.count == 0)
        call_fail(c, "IndexError: pop from an empty list");
    return list->as.sequence.items[--list->as.sequence.count];
}

const native native_list_methods[] = {
    {.path = "list.append", .signature = "object, /", .call = list_append_method},
    {.path = "list.extend", .signature = "iterable, /", .call = list_extend},
    {.path = "list.pop", .signature = "", .call = list_pop},
    {0}};
