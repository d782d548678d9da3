/* Assignment, of every kind. */
#include "arithmetic.h"
#include "builtins.h"
#include "class.h"
#include "dataclass.h"
#include "dict.h"
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "order.h"
#include "run.h"
#include "set.h"
#include "special.h"

#include <string.h>

/* Where a def around this one has the name. */
static scope *scope_around(script *s, scope *in, const char *name, mlp_span where) {
    for (in = in->parent; in; in = in->parent)
        if (map_find(in->assigned, name))
            return in;
    script_fail(s, where, "SyntaxError: no binding for nonlocal '%s' found", name);
}

static scope *scope_of_in(script *s, scope *in, const char *name, mlp_span where) {
    if (!in || map_find(in->globals, name))
        return s->globals;
    return map_find(in->nonlocals, name) ? scope_around(s, in, name, where) : in;
}

static scope *scope_of(script *s, const char *name, mlp_span where) {
    return scope_of_in(s, s->frame ? &s->frame->locals : NULL, name, where);
}

void bind_name(script *s, const char *name, object *v, mlp_span where) {
    scope_bind(s, scope_of(s, name, where), name, v);
}

/* How an object is named that is assigned here. */
static naming naming_here(const script *s) {
    return script_is_at_top(s) ? NAMED_AT_TOP : NAMED_IN_FUNCTION;
}

static void assign_name(script *s, const node *target, object *v, naming how) {
    bind_name(s, target->name, v, target->where);
    name_object(s, target->name, v, how, target->where);
}

object *evaluate_named(script *s, const node *n) {
    object *v = evaluate(s, n->right);
    const node *target = n->left;
    scope *in = s->frame ? &s->frame->locals : NULL;
    while (in && in->is_comprehension)
        in = in->parent;
    scope_bind(s, scope_of_in(s, in, target->name, target->where), target->name, v);
    name_object(s, target->name, v, naming_here(s), target->where);
    return v;
}

/* How many targets come before a *name; their number where there is none. */
static size_t before_star(const node *target) {
    size_t i = 0;
    for (const node *item = target->items; item && item->kind != NODE_STAR; item = item->next)
        i++;
    return i;
}

static void check_count(script *s, const node *target, size_t count, bool has_star) {
    const size_t least = target->count - has_star;
    if (has_star && count < least)
        script_fail(script_raises(s, VALUE_ERROR,
                                  "not enough values to unpack (expected at least %zu, got %zu)",
                                  least, count),
                    target->where, "%zu values cannot be unpacked into at least %zu names", count,
                    least);
    if (!has_star && count != least)
        script_fail(
            count < least
                ? script_raises(s, VALUE_ERROR,
                                "not enough values to unpack (expected %zu, got %zu)", least, count)
                : script_raises(s, VALUE_ERROR, "too many values to unpack (expected %zu)", least),
            target->where, "%zu values cannot be unpacked into %zu names", count, least);
}

static object *list_of(script *s, object *const *items, size_t count) {
    object *list = object_sequence(s, OBJECT_LIST, count);
    if (count)
        memcpy(list->as.sequence.items, items, count * sizeof *items);
    return list;
}

static void assign_items(script *s, const node *target, object *v, naming how) {
    if (!object_has_elements(v) && v->kind != OBJECT_ITERATOR && v->kind != OBJECT_DICT &&
        !object_is_set(v) && !special_has_elements(v))
        script_fail(script_raises(s, TYPE_ERROR, "cannot unpack non-iterable %s object",
                                  object_class_name(v)),
                    target->where, "a value of type %s cannot be unpacked into %zu names",
                    object_type(v), target->count);
    const object *all =
        object_is_sequence(v) ? v : iterate_all(s, v, OBJECT_TUPLE, node_span(target));
    const size_t star = before_star(target);
    check_count(s, target, all->as.sequence.count, star < target->count);
    size_t i = 0;
    for (const node *item = target->items; item; item = item->next) {
        if (item->kind != NODE_STAR) {
            assign_target(s, item, all->as.sequence.items[i++], how);
            continue;
        }
        const size_t count = all->as.sequence.count - (target->count - 1);
        assign_target(s, item->left, list_of(s, all->as.sequence.items + i, count), how);
        i += count;
    }
}

static void set_in_namespace(script *s, const object *space, const char *name, object *v,
                             mlp_span where) {
    const char *path = script_printf(s, "%s.%s", space->as.string, name);
    if (!native_is_setting(s, path))
        script_fail(s, where,
                    "'%s' cannot be assigned to: its functions and classes are used as they are",
                    path);
    const object *before = map_find(&s->settings, path);
    if (v->kind != before->kind && before->kind != OBJECT_EXTENSION)
        script_fail(s, where, "'%s' takes a value of type %s, not one of type %s", path,
                    object_type(before), object_type(v));
    native_set(s, path, v);
}

static void set_of_function(script *s, const object *o, const char *name, object *v) {
    user_function *f = o->as.function;
    if (!f->attributes)
        f->attributes = script_alloc(s, 1, sizeof *f->attributes);
    scope_bind(s, f->attributes, name, v);
}

/* Whether all classes of the object name their attributes in __slots__, and this is none of them. */
static bool has_no_slot(call *c, const object *o, const char *name) {
    object *text = object_string(c->script, name);
    const user_class *class = object_class(o);
    for (const user_class *in = class; in; in = order_next(class, in)) {
        object *slots = scope_find(&in->members, "__slots__");
        if (!slots || python_compare(c->script, OPERATOR_IN, text, slots, c->where)->as.boolean)
            return false;
    }
    return true;
}

static void set_of_instance(call *c, object *o, const char *name, object *v) {
    if (has_no_slot(c, o, name))
        script_raise(c->script, c->where, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                     object_class_name(o), name);
    dict_set(c->script, instance_attributes(object_instance_of(o)), name, v, c->where);
}

static bool has_method(call *c, const object *o, const char *name) {
    return native_member(c->script, o->kind == OBJECT_BOOL ? "int" : object_type(o), name, NULL);
}

/* One of Python's own types has no others than its methods, which cannot be set. */
static call *attribute_raises_missing(call *c, const object *o, const char *name) {
    const bool is_plain =
        !o->type && (object_is_number(o) || object_is_sequence(o) || o->kind == OBJECT_STRING ||
                     o->kind == OBJECT_DICT || o->kind == OBJECT_NONE || object_is_set(o));
    return is_plain ? call_raises(c, ATTRIBUTE_ERROR,
                                  has_method(c, o, name) ? "'%s' object attribute '%s' is read-only"
                                                         : "'%s' object has no attribute '%s'",
                                  object_class_name(o), name)
                    : c;
}

void attribute_set_plain(call *c, object *o, const char *name, object *v) {
    if (set_property(c, o, name, v))
        return;
    if (object_instance_of(o))
        set_of_instance(c, o, name, v);
    else if (o->type && o->type->set_attribute)
        o->type->set_attribute(c, o, name, v);
    else
        call_fail(attribute_raises_missing(c, o, name),
                  "attributes of a value of type %s cannot be assigned to", object_type(o));
}

static void set_of_object(call *c, object *o, const char *name, object *v) {
    if (special_member(o, "__setattr__")) {
        special_call(c, o, "__setattr__", (object *[]){object_string(c->script, name), v}, 2);
        return;
    }
    if (o->kind == OBJECT_INSTANCE)
        record_check_change(c, o, name, "assign to");
    attribute_set_plain(c, o, name, v);
}

static void set_attribute(script *s, object *o, const char *name, object *v, mlp_span where) {
    call c = {.script = s, .where = where};
    if (object_instance_of(o) && strcmp(name, "__dict__") == 0 && v->kind == OBJECT_DICT) {
        object_instance_of(o)->shared = v;
        return;
    }
    if (strcmp(name, "__class__") == 0 || strcmp(name, "__dict__") == 0)
        script_fail(s, where, "'%s' cannot be assigned to: make another object", name);
    if (o->kind == OBJECT_NAMESPACE)
        set_in_namespace(s, o, name, v, where);
    else if (o->kind == OBJECT_CLASS)
        class_set(&c, o->as.class, name, v);
    else if (o->kind == OBJECT_FUNCTION && !o->self)
        set_of_function(s, o, name, v);
    else
        set_of_object(&c, o, name, v);
}

object *python_setattr(call *c) {
    set_attribute(c->script, c->arguments[0], c->arguments[1]->as.string, c->arguments[2],
                  c->where);
    return object_none(c->script);
}

void assign_target(script *s, const node *target, object *v, naming how) {
    switch (target->kind) {
    case NODE_NAME:
        assign_name(s, target, v, how);
        break;
    case NODE_ATTRIBUTE:
        set_attribute(s, evaluate(s, target->left), target->name, v, target->where);
        break;
    case NODE_SUBSCRIPT: {
        object *o = evaluate(s, target->left);
        subscript_assign(s, o, evaluate(s, target->right), v, node_span(target));
        break;
    }
    default:
        assign_items(s, target, v, how);
    }
}

void run_assign(script *s, const node *n) {
    object *v = evaluate(s, n->left);
    for (const node *target = n->items; target; target = target->next)
        assign_target(s, target, v, naming_here(s));
}

/* Puts b behind a, in a's own buffer if there is room, or in one for more to come. */
static object *append_text(script *s, object *a, const object *b, char *own) {
    const size_t length = a->as.bytes + b->as.bytes;
    if (!own || a->as.room <= length) {
        const size_t room = 2 * length + 32;
        own = script_alloc(s, room, 1);
        memcpy(own, a->as.string, a->as.bytes);
        a = object_string(s, own);
        a->as.room = room;
    }
    memcpy(own + a->as.bytes, b->as.string, b->as.bytes + 1);
    a->as.bytes = length;
    a->as.characters += b->as.characters;
    a->as.buffer = own;
    return a;
}

/* s += text. A string that was made here, and that nobody has asked for since, is the variable's
 * alone: it grows, so that a loop of such additions takes time in proportion to the text. */
static object *add_in_place(script *s, const node *n, object *old) {
    char *own = old->kind == OBJECT_STRING ? old->as.buffer : NULL;
    if (own)
        old->as.buffer = NULL; /* it must not grow while the text behind it is computed */
    object *more = evaluate(s, n->right);
    if (n->op != OPERATOR_ADD || old->kind != OBJECT_STRING || more->kind != OBJECT_STRING)
        return python_in_place(s, n->op, old, more, node_span(n));
    script_at(s, node_span(n));
    return append_text(s, old, more, old->as.room ? own : NULL);
}

/* The target is evaluated once: x.a += 1 looks x up a single time. */
void run_augment(script *s, const node *n) {
    const node *target = n->left;
    const mlp_span where = node_span(n);
    if (target->kind == NODE_NAME) {
        object *old = evaluate_name(s, target);
        object *fresh = add_in_place(s, n, old);
        /* What changed in place has its name already, by which it is known elsewhere too. */
        assign_name(s, target, fresh, fresh == old ? NAMED_IN_PASSING : naming_here(s));
        return;
    }
    object *o = evaluate(s, target->left);
    if (target->kind == NODE_ATTRIBUTE) {
        object *old = attribute_of(s, o, target->name, target->where);
        object *fresh = python_in_place(s, n->op, old, evaluate(s, n->right), where);
        set_attribute(s, o, target->name, fresh, target->where);
        return;
    }
    object *index = evaluate(s, target->right);
    if (o->type && o->type->augment) {
        call c = {.script = s, .where = node_span(target)};
        o->type->augment(&c, n->op, o, index, evaluate(s, n->right));
        return;
    }
    object *old = subscript_of(s, o, index, node_span(target));
    object *fresh = python_in_place(s, n->op, old, evaluate(s, n->right), where);
    subscript_assign(s, o, index, fresh, node_span(target));
}

/* Python evaluates the annotation of a variable of a function never, and no variable's here is of
 * any consequence: what an annotation names must be there all the same. */
void run_annotated(script *s, const node *n) {
    object *v = n->test ? evaluate(s, n->test) : NULL;
    if (v)
        assign_target(s, n->left, v, naming_here(s));
    if (!s->frame || s->frame->body)
        check_annotation(s, n->right);
}

static void delete_name(script *s, const node *target) {
    evaluate_name(s, target); /* it must be there */
    scope *in = scope_of(s, target->name, target->where);
    if (!scope_find(in, target->name))
        script_fail(s, target->where, "'%s' is Python's own: it cannot be deleted", target->name);
    scope_bind(s, in, target->name, NULL);
}

void attribute_delete_plain(call *c, object *o, const char *name) {
    script *s = c->script;
    instance *i = object_instance_of(o);
    if (o->type && o->type->remove_attribute) {
        if (!o->type->remove_attribute(c, o, name))
            script_raise(s, c->where, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                         object_class_name(o), name);
        return;
    }
    if (!i)
        call_fail(attribute_raises_missing(c, o, name),
                  "'del' of an attribute of a value of type %s is outside the subset: "
                  "set it to None",
                  object_type(o));
    const object *member = class_member(i->class, name);
    if (member && member->kind == OBJECT_PROPERTY)
        script_raise(s, c->where, ATTRIBUTE_ERROR, "property '%s' of '%s' object has no deleter",
                     name, i->class->name);
    if (!dict_take(s, instance_attributes(i), object_string(s, name), c->where))
        script_raise(s, c->where, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                     i->class->name, name);
}

static void delete_attribute(script *s, object *o, const char *name, mlp_span where) {
    call c = {.script = s, .where = where};
    if (special_member(o, "__delattr__")) {
        special_call(&c, o, "__delattr__", (object *[]){object_string(s, name)}, 1);
        return;
    }
    if (o->kind == OBJECT_INSTANCE)
        record_check_change(&c, o, name, "delete");
    attribute_delete_plain(&c, o, name);
}

object *python_delattr(call *c) {
    delete_attribute(c->script, c->arguments[0], c->arguments[1]->as.string, c->where);
    return object_none(c->script);
}

static void delete_target(script *s, const node *target) {
    switch (target->kind) {
    case NODE_NAME:
        delete_name(s, target);
        break;
    case NODE_TUPLE:
    case NODE_LIST:
        for (const node *item = target->items; item; item = item->next)
            delete_target(s, item);
        break;
    case NODE_SUBSCRIPT: {
        object *o = evaluate(s, target->left);
        subscript_delete(s, o, evaluate(s, target->right), node_span(target));
        break;
    }
    default:
        delete_attribute(s, evaluate(s, target->left), target->name, node_span(target));
    }
}

void run_delete(script *s, const node *n) {
    delete_target(s, n->left);
}
