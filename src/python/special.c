#include "special.h"

#include "arithmetic.h"
#include "attempt.h"
#include "class.h"
#include "derived.h"
#include "exception.h"
#include "identity.h"
#include "order.h"
#include "run.h"
#include "type.h"

#include <string.h>

object *special_member(const object *o, const char *name) {
    const user_class *class = o->kind == OBJECT_CLASS ? o->as.class->metaclass : object_class(o);
    return class ? class_member(class, name) : NULL;
}

/* Another object that is the same. */
static object *handle(script *s, const object *o) {
    if (derived_is(o))
        return o->self->as.instance->whole; /* what changes in place is found there */
    object *copy = script_alloc(s, 1, sizeof *copy);
    *copy = *o;
    return copy;
}

object *special_call(call *c, const object *self, const char *name, object *const *given,
                     size_t count) {
    object *member = special_member(self, name);
    if (!member || member->kind == OBJECT_NONE)
        return NULL;
    argument items[3];
    for (size_t i = 0; i < count; i++)
        items[i] = (argument){.object = given[i], .where = c->where, .given = c->where};
    object *bound = bind_method(c->script, member, handle(c->script, self));
    script_at(c->script, c->where);
    return call_object(c, bound, &(arguments){items, count});
}

/* --- operators --- */

static const struct {
    const char *name, *reflected, *in_place;
} operators[] = {[OPERATOR_ADD] = {"__add__", "__radd__", "__iadd__"},
                 [OPERATOR_SUB] = {"__sub__", "__rsub__", "__isub__"},
                 [OPERATOR_MUL] = {"__mul__", "__rmul__", "__imul__"},
                 [OPERATOR_TRUEDIV] = {"__truediv__", "__rtruediv__", "__itruediv__"},
                 [OPERATOR_FLOORDIV] = {"__floordiv__", "__rfloordiv__", "__ifloordiv__"},
                 [OPERATOR_MOD] = {"__mod__", "__rmod__", "__imod__"},
                 [OPERATOR_POW] = {"__pow__", "__rpow__", "__ipow__"},
                 [OPERATOR_MATMUL] = {"__matmul__", "__rmatmul__", "__imatmul__"},
                 [OPERATOR_LSHIFT] = {"__lshift__", "__rlshift__", "__ilshift__"},
                 [OPERATOR_RSHIFT] = {"__rshift__", "__rrshift__", "__irshift__"},
                 [OPERATOR_AND] = {"__and__", "__rand__", "__iand__"},
                 [OPERATOR_XOR] = {"__xor__", "__rxor__", "__ixor__"},
                 [OPERATOR_OR] = {"__or__", "__ror__", "__ior__"},
                 [OPERATOR_EQ] = {"__eq__", "__eq__", NULL},
                 [OPERATOR_NE] = {"__ne__", "__ne__", NULL},
                 [OPERATOR_LT] = {"__lt__", "__gt__", NULL},
                 [OPERATOR_LE] = {"__le__", "__ge__", NULL},
                 [OPERATOR_GT] = {"__gt__", "__lt__", NULL},
                 [OPERATOR_GE] = {"__ge__", "__le__", NULL}};

bool special_operator(const char *name, operator* op, operator_form *form) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const char *const names[] = {operators[i].name, operators[i].reflected,
                                     operators[i].in_place};
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (!names[k] || strcmp(names[k], name) != 0)
                continue;
            *op = (operator)i;
            *form = (operator_form)k;
            return true;
        }
    }
    return false;
}

/* NULL where it says NotImplemented, too. Without a __ne__, != is what == is not. */
static object *answer(call *c, const char *name, object *self, object *other) {
    const bool inverts = strcmp(name, "__ne__") == 0 && !special_member(self, name);
    object *o = special_call(c, self, inverts ? "__eq__" : name, &other, 1);
    if (!o || o->kind == OBJECT_NOT_IMPLEMENTED)
        return NULL;
    return inverts ? object_bool(c->script, !python_truth(c->script, o, c->where)) : o;
}

/* Whether b, of a class that derives from that of a, has an answer of its own. */
static bool comes_first(const object *a, const object *b, const char *reflected) {
    const user_class *left = object_class(a), *right = object_class(b);
    return left && right && left != right && class_derives(right, left) &&
           class_member(right, reflected) != class_member(left, reflected);
}

object *special_binary(call *c, operator op, object *a, object *b) {
    const user_class *left = object_class(a), *right = object_class(b);
    if ((!left && !right) || op >= OPERATOR_IS)
        return NULL;
    const char *name = operators[op].name, *reflected = operators[op].reflected;
    const bool first = comes_first(a, b, reflected);
    object *result = first ? answer(c, reflected, b, a) : NULL;
    if (!result)
        result = answer(c, name, a, b);
    if (!result && !first && (op >= OPERATOR_EQ || left != right))
        result = answer(c, reflected, b, a);
    return result;
}

object *special_in_place(call *c, operator op, object *self, object *b) {
    return object_class(self) ? answer(c, operators[op].in_place, self, b) : NULL;
}

/* --- what others ask --- */

const char *special_text(call *c, const object *self, const char *name, const object *spec) {
    object *given = spec ? handle(c->script, spec) : NULL;
    const object *o = special_call(c, self, name, &given, spec ? 1 : 0);
    if (o && o->kind != OBJECT_STRING)
        script_raise(c->script, c->where, TYPE_ERROR, "%s returned non-string (type %s)", name,
                     object_class_name(o));
    return o ? o->as.string : NULL;
}

object *special_number(call *c, const object *self, const char *name) {
    object *o = special_call(c, self, name, NULL, 0);
    const object_kind wanted = strcmp(name, "__int__") == 0 ? OBJECT_INTEGER : OBJECT_FLOAT;
    if (o && o->kind != wanted)
        script_raise(c->script, c->where, TYPE_ERROR, "%s returned non-%s (type %s)",
                     wanted == OBJECT_INTEGER
                         ? "__int__"
                         : script_printf(c->script, "%s.__float__", object_class_name(self)),
                     wanted == OBJECT_INTEGER ? "int" : "float", object_class_name(o));
    return o;
}

bool special_length(call *c, const object *self, size_t *length) {
    const object *o = special_call(c, self, "__len__", NULL, 0);
    if (!o)
        return false;
    if (o->kind != OBJECT_INTEGER && o->kind != OBJECT_BOOL)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "'%s' object cannot be interpreted as an integer", object_class_name(o));
    if (number_integer(o) < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "__len__() should return >= 0");
    *length = (size_t)number_integer(o);
    return true;
}

bool special_truth(call *c, const object *self, bool *truth) {
    const object *o = special_call(c, self, "__bool__", NULL, 0);
    size_t length;
    if (o && o->kind != OBJECT_BOOL)
        script_raise(c->script, c->where, TYPE_ERROR, "__bool__ should return bool, returned %s",
                     object_class_name(o));
    if (o)
        *truth = o->as.boolean;
    else if (special_length(c, self, &length))
        *truth = length > 0;
    else
        return false;
    return true;
}

/* A class that says what is equal, and not what its hash is, has none. */
static bool is_unhashable(const user_class *class) {
    for (const user_class *in = class; in; in = order_next(class, in)) {
        if (scope_find(&in->members, "__hash__"))
            return false;
        if (scope_find(&in->members, "__eq__"))
            return true;
    }
    return false;
}

bool special_is_unhashable(const object *self) {
    const object *member = special_member(self, "__hash__");
    return is_unhashable(object_class(self)) || (member && member->kind == OBJECT_NONE);
}

bool special_hash(call *c, const object *self, uint64_t *hash) {
    if (!object_class(self))
        return false;
    if (special_is_unhashable(self))
        script_raise(c->script, c->where, TYPE_ERROR, "unhashable type: '%s'",
                     object_class_name(self));
    const object *o = special_call(c, self, "__hash__", NULL, 0);
    if (o && identity_bits(o, hash))
        return true;
    if (o && o->kind != OBJECT_INTEGER && o->kind != OBJECT_BOOL)
        script_raise(c->script, c->where, TYPE_ERROR, "__hash__ method should return an integer");
    if (o)
        *hash = (uint64_t)number_integer(o);
    return o != NULL;
}

object *special_index(call *c, object *o) {
    if (o->type && o->type->index)
        return o->type->index(c, o, true);
    object *own = special_call(c, o, "__index__", NULL, 0);
    if (own && own->kind != OBJECT_INTEGER && own->kind != OBJECT_BOOL)
        script_raise(c->script, c->where, TYPE_ERROR, "__index__ returned non-int (type %s)",
                     object_class_name(own));
    return own ? own : o;
}

/* --- elements --- */

bool special_has_elements(const object *o) {
    return special_member(o, "__iter__") || special_member(o, "__getitem__");
}

object *special_unless(call *c, raises end, special_ask *ask, object *self, const char *name,
                       object *given) {
    script *s = c->script;
    attempt a;
    object *volatile result = NULL;
    attempt_begin(s, &a, true);
    if (setjmp(s->reader.failed) == 0) {
        result = ask(c, self, name, given);
        attempt_end(s, &a);
        return result;
    }
    attempt_end(s, &a);
    if (!s->raised)
        attempt_fail_on(s);
    attempt_restore(s, &a);
    object *raised = s->raised;
    s->raised = NULL;
    if (exception_of(raised)->class != end)
        exception_raise(s, raised);
    return NULL;
}

static object *ask_method(call *c, object *self, const char *name, object *given) {
    return special_call(c, self, name, &given, given ? 1 : 0);
}

object *special_next(call *c, object *self) {
    return special_unless(c, STOP_ITERATION, ask_method, self, "__next__", NULL);
}

object *special_element(call *c, object *self, size_t at) {
    return special_unless(c, INDEX_ERROR, ask_method, self, "__getitem__",
                          object_integer(c->script, (int64_t)at));
}

bool special_is_known(const char *name) {
    static const char *const known[] = {
        "__init__",     "__call__",          "__repr__",     "__str__",       "__format__",
        "__len__",      "__bool__",          "__getitem__",  "__iter__",      "__setitem__",
        "__delitem__",  "__contains__",      "__next__",     "__hash__",      "__int__",
        "__float__",    "__neg__",           "__pos__",      "__abs__",       "__invert__",
        "__enter__",    "__exit__",          "__getattr__",  "__post_init__", "__copy__",
        "__deepcopy__", "__init_subclass__", "__setattr__",  "__delattr__",   "__new__",
        "__get__",      "__set__",           "__set_name__", "__missing__",   "__index__",
        "__round__",    "__trunc__",         "__floor__",    "__ceil__",      "__reversed__",
        "__divmod__",   "__rdivmod__"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    operator op;
    operator_form form;
    return special_operator(name, &op, &form);
}
