#include "abstract.h"

#include "native.h"
#include "order.h"
#include "run.h"

#include <string.h>

bool abstract_is_base(const object *base, bool *checks) {
    static const char *const others[] = {"typing.Generic", "typing.Protocol"};
    *checks = base->kind == OBJECT_NATIVE && strcmp(base->as.native->path, "abc.ABC") == 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (base->kind == OBJECT_NAMESPACE && strcmp(base->as.string, others[i]) == 0)
            return true;
    return *checks;
}

static object *unwrapped(object *o) {
    while (o && (o->kind == OBJECT_STATIC_METHOD || o->kind == OBJECT_CLASS_METHOD))
        o = o->self;
    return o;
}

static bool is_abstract(object *member) {
    const object *o = unwrapped(member);
    if (o && o->kind == OBJECT_PROPERTY)
        o = o->as.property.get;
    return o && o->kind == OBJECT_FUNCTION && o->as.function->is_abstract;
}

/* The first name behind `last` in the order of the alphabet; NULL where there is none. */
static const char *next_abstract(const user_class *class, const char *last) {
    const char *next = NULL;
    for (const user_class *in = class; in; in = order_next(class, in))
        for (const binding *b = in->members.first; b; b = b->next)
            if (is_abstract(class_member(class, b->name)) && strcmp(b->name, last) > 0 &&
                (!next || strcmp(b->name, next) < 0))
                next = b->name;
    return next;
}

void abstract_check(call *c, const user_class *class) {
    const char *names = "", *separator = c->script->is_python_3_12 ? "', '" : ", ";
    size_t count = 0;
    for (const char *name = ""; (name = next_abstract(class, name)); count++)
        names = script_printf(c->script, "%s%s%s", names, count ? separator : "", name);
    if (count == 0)
        return;
    script_raise(c->script, c->where, TYPE_ERROR,
                 c->script->is_python_3_12
                     ? "Can't instantiate abstract class %s without an implementation for abstract "
                       "method%s '%s'"
                     : "Can't instantiate abstract class %s with abstract method%s %s",
                 class->name, count > 1 ? "s" : "", names);
}

static object *abstractmethod(call *c) {
    const object *o = unwrapped(c->arguments[0]);
    if (o->kind != OBJECT_FUNCTION)
        call_fail(c, "abstractmethod stands right above the def, below the other decorators");
    o->as.function->is_abstract = true;
    return c->arguments[0];
}

static object *abc(call *c) {
    call_fail(c, "ABC is for classes to derive from");
}

const native native_abstract[] = {
    {.path = "abc.ABC", .class_name = "abc.ABC", .is_type = true, .signature = "", .call = abc},
    {.path = "abc.abstractmethod", .signature = "funcobj", .call = abstractmethod},
    {0}};
