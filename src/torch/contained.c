#include "contained.h"
#include "tensor.h"

#include "python/builtins.h"
#include "python/format.h"
#include "python/iterate.h"
#include "python/special.h"

#include <string.h>

static bool is_of(const nn_module *m, const char *name) {
    return m->type && strcmp(m->type->name, name) == 0;
}

bool contained_by_key(const nn_module *m) {
    return is_of(m, "ModuleDict") || is_of(m, "ParameterDict");
}

bool contained_parameters(const nn_module *m) {
    return is_of(m, "ParameterList") || is_of(m, "ParameterDict");
}

bool contained_in_sequence(const nn_module *m) {
    return is_of(m, "Sequential");
}

bool module_is_container(const nn_module *m) {
    return contained_in_sequence(m) || is_of(m, "ModuleList") || contained_by_key(m) ||
           contained_parameters(m);
}

bool module_holds(const nn_module *m, const object *o) {
    return contained_parameters(m) ? is_parameter(o) : is_module(o);
}

size_t container_length(const nn_module *m) {
    return m->children;
}

/* A loop asks for one after the other. */
static binding *child(nn_module *m, size_t index) {
    binding *b = m->attributes.first;
    size_t left = index;
    if (m->found && m->found_at <= index) {
        b = m->found;
        left = index - m->found_at;
    }
    while (!module_holds(m, b->object) || left-- > 0)
        b = b->next;
    m->found = b;
    m->found_at = index;
    return b;
}

/* What a loop goes through. */
object *container_element(call *c, nn_module *m, size_t index) {
    const binding *b = child(m, index);
    return contained_by_key(m) ? object_string(c->script, b->name) : b->object;
}

object *contained_find(const nn_module *m, const char *key) {
    object *o = scope_find(&m->attributes, key);
    return o && module_holds(m, o) ? o : NULL;
}

static object *listed(call *c, nn_module *m, bool keys) {
    object *list = object_sequence(c->script, OBJECT_LIST, m->children);
    for (size_t i = 0; i < m->children; i++) {
        const binding *b = child(m, i);
        list->as.sequence.items[i] = keys ? object_string(c->script, b->name) : b->object;
    }
    return list;
}

object *contained_keys(call *c, nn_module *m) {
    return listed(c, m, true);
}

object *contained_parts(call *c, nn_module *m) {
    return listed(c, m, false);
}

/* --- changes --- */

/* A tensor becomes a parameter. */
static object *as_part(call *c, const nn_module *m, object *part) {
    if (contained_parameters(m)) {
        if (!is_tensor(part))
            call_fail(c, "a %s holds parameters, not a value of type %s", m->type->name,
                      object_type(part));
        return is_parameter(part) ? part : new_parameter(c, part, true);
    }
    if (!is_module(part))
        call_fail(
            call_raises(c, TYPE_ERROR, "%s is not a Module subclass", object_class_name(part)),
            "a %s holds modules, not a value of type %s", m->type->name, object_type(part));
    return part;
}

void contained_put(call *c, nn_module *m, const char *key, object *part) {
    module_set_attribute(c, m, key, as_part(c, m, part));
}

void contained_append(call *c, nn_module *m, object *part) {
    contained_put(c, m, script_printf(c->script, "%zu", m->children), part);
}

void contained_extend(call *c, nn_module *m, object *parts) {
    const object *all = iterate_all(c->script, parts, OBJECT_LIST, c->where);
    for (size_t i = 0; i < all->as.sequence.count; i++)
        contained_append(c, m, all->as.sequence.items[i]);
}

void contained_replace(call *c, nn_module *m, const object *keys, const object *parts) {
    scope others = {0};
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (!module_holds(m, b->object))
            scope_bind(c->script, &others, b->name, b->object);
        else if (is_module(b->object) && module_of(b->object)->parent == m)
            module_of(b->object)->parent =
                NULL; /* it may go elsewhere, or have another name here */
    }
    m->attributes = others;
    m->children = 0;
    m->found = NULL;
    for (size_t i = 0; i < parts->as.sequence.count; i++) {
        object *part = parts->as.sequence.items[i];
        if (keys)
            contained_put(c, m, keys->as.sequence.items[i]->as.string, part);
        else
            contained_append(c, m, part);
    }
}

nn_module *contained_new(call *c, const nn_module *like) {
    call plain = *c;
    plain.native = NULL;
    if (like->class)
        call_fail(c,
                  "parts of a %s of the script's own class are outside the subset: write nn.%s of "
                  "its elements",
                  like->type->name, like->type->name);
    return module_for_call(&plain, like->type, like->type->name);
}

/* --- container[index] --- */

/* The present key of a part. PyTorch looks for a parameter among the attributes. */
static const char *key_of(call *c, const nn_module *m, object *index, bool as_attribute) {
    const char *key = index->kind == OBJECT_STRING ? index->as.string : NULL;
    if (key && contained_find(m, key))
        return key;
    if (key && as_attribute)
        call_raises(c, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'", m->type->name, key);
    else
        script_raises_object(c->script, KEY_ERROR, index);
    call_fail(c, "there is no such key in the %s: %s", m->type->name, format_repr(c, index));
}

/* Modules are added as by add_module(), which refuses the names that there are. */
static void put(call *c, nn_module *m, object *key, object *part) {
    object *given[] = {key, part};
    call inner = *c;
    if (key->kind != OBJECT_STRING)
        call_fail(call_raises(c, TYPE_ERROR,
                              contained_parameters(m)
                                  ? "Index given to ParameterDict cannot be used as a key as it is "
                                    "not a string (type is '%s'). Open an issue on github if you "
                                    "need non-string keys."
                                  : "module name should be a string. Got %s",
                              object_class_name(key)),
                  "the keys of a %s are strings, not of type %s", m->type->name, object_type(key));
    if (contained_parameters(m)) {
        contained_put(c, m, key->as.string, part);
        return;
    }
    inner.self = module_object(c, m);
    inner.arguments = given;
    native_find(c->script, "Module.add_module")->call(&inner);
}

static size_t place_of(call *c, const nn_module *m, object *given) {
    const object *index = special_index(c, given);
    if (index->kind != OBJECT_INTEGER && index->kind != OBJECT_BOOL)
        call_fail(call_raises(c, TYPE_ERROR, "'%s' object cannot be interpreted as an integer",
                              object_class_name(index)),
                  "an index of a %s is a whole number, not of type %s", m->type->name,
                  object_type(index));
    const int64_t i = index->kind == OBJECT_BOOL ? index->as.boolean : index->as.integer;
    const int64_t count = (int64_t)m->children, at = i < 0 ? i + count : i;
    if (at < 0 || at >= count)
        call_fail(call_raises(c, INDEX_ERROR, "index %lld is out of range", (long long)i),
                  "index %lld is out of range: there are %zu elements", (long long)i, m->children);
    return (size_t)at;
}

/* The places of a slice, as Python finds them among all. */
static const object *places_of(call *c, const nn_module *m, object *slice) {
    object *all = object_sequence(c->script, OBJECT_LIST, m->children);
    for (size_t i = 0; i < m->children; i++)
        all->as.sequence.items[i] = object_integer(c->script, (int64_t)i);
    return subscript_of(c->script, all, slice, c->where);
}

/* The parts of a Sequential keep their names, those of the others are numbered anew. */
static object *slice_of(call *c, nn_module *m, object *index) {
    nn_module *part = contained_new(c, m);
    const object *places = places_of(c, m, index);
    for (size_t i = 0; i < places->as.sequence.count; i++) {
        const binding *b = child(m, (size_t)places->as.sequence.items[i]->as.integer);
        if (contained_in_sequence(m))
            contained_put(c, part, b->name, b->object);
        else
            contained_append(c, part, b->object);
    }
    return module_object(c, part);
}

object *container_subscript(call *c, nn_module *m, object *index) {
    if (contained_by_key(m))
        return contained_find(m, key_of(c, m, index, contained_parameters(m)));
    return index->kind == OBJECT_SLICE ? slice_of(c, m, index)
                                       : child(m, place_of(c, m, index))->object;
}

void container_assign(call *c, nn_module *m, object *index, object *part) {
    if (contained_by_key(m))
        put(c, m, index, part);
    else
        contained_put(c, m, child(m, place_of(c, m, index))->name, part);
}

static void keep_all_but(call *c, nn_module *m, const bool *leaves) {
    const object *keys = contained_keys(c, m), *parts = contained_parts(c, m);
    object *kept_keys = object_sequence(c->script, OBJECT_LIST, 0),
           *kept = object_sequence(c->script, OBJECT_LIST, 0);
    for (size_t i = 0; i < parts->as.sequence.count; i++) {
        if (leaves[i])
            continue;
        list_append(c->script, kept_keys, keys->as.sequence.items[i]);
        list_append(c->script, kept, parts->as.sequence.items[i]);
    }
    contained_replace(c, m, contained_by_key(m) ? kept_keys : NULL, kept);
}

void container_remove(call *c, nn_module *m, object *index) {
    bool *leaves = script_alloc(c->script, m->children + 1, sizeof *leaves);
    if (contained_by_key(m)) {
        const char *key = key_of(c, m, index, false);
        for (size_t i = 0; i < m->children; i++)
            leaves[i] = strcmp(child(m, i)->name, key) == 0;
    } else if (index->kind == OBJECT_SLICE) {
        const object *places = places_of(c, m, index);
        for (size_t i = 0; i < places->as.sequence.count; i++)
            leaves[places->as.sequence.items[i]->as.integer] = true;
    } else {
        leaves[place_of(c, m, index)] = true;
    }
    keep_all_but(c, m, leaves);
}

/* --- operators --- */

static _Noreturn void refuse_sum(call *c, const object *other) {
    call_fail(call_raises(c, VALUE_ERROR,
                          "add operator supports only objects of Sequential class, but %s is "
                          "given.",
                          format_str(c, python_type_of(c, other))),
              "a Sequential can only be added to another one");
}

static bool is_sequential(const object *o) {
    return is_module(o) && contained_in_sequence(module_of(o));
}

static void check_factor(call *c, const nn_module *m, int64_t factor) {
    if (factor <= 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              "Non-positive multiplication factor %lld for <class "
                              "'torch.nn.modules.container.%s'>",
                              (long long)factor, m->type->name),
                  "a Sequential can only be multiplied by a positive number");
}

/* The parts of m, as often as it says, into another one, or into itself. */
static object *repeated(call *c, nn_module *to, nn_module *m, int64_t times) {
    const object *parts = contained_parts(c, m);
    for (int64_t i = 0; i < times; i++) {
        script_work(c->script, c->where, parts->as.sequence.count);
        for (size_t k = 0; k < parts->as.sequence.count; k++)
            contained_append(c, to, parts->as.sequence.items[k]);
    }
    return module_object(c, to);
}

static object *sum_of(call *c, nn_module *m, object *b) {
    if (contained_in_sequence(m) && !is_sequential(b))
        refuse_sum(c, b);
    nn_module *sum = contained_new(c, m);
    contained_extend(c, sum, contained_parts(c, m));
    contained_extend(c, sum, b);
    return module_object(c, sum);
}

static bool can_be_added(const nn_module *m) {
    return module_is_container(m) && !contained_by_key(m) && !contained_parameters(m);
}

object *container_binary(call *c, operator op, object *a, object *b) {
    const object *factor = is_sequential(a) ? b : a;
    object *of = is_sequential(a) ? a : b;
    if (op == OPERATOR_MUL && is_sequential(of) && factor->kind == OBJECT_INTEGER) {
        check_factor(c, module_of(of), factor->as.integer);
        return repeated(c, contained_new(c, module_of(of)), module_of(of), factor->as.integer);
    }
    if (op == OPERATOR_ADD && is_module(a) && can_be_added(module_of(a)))
        return sum_of(c, module_of(a), b);
    return NULL;
}

object *container_in_place(call *c, operator op, object *self, object *b) {
    nn_module *m = module_of(self);
    if (op == OPERATOR_MUL && is_sequential(self) && b->kind == OBJECT_INTEGER) {
        check_factor(c, m, b->as.integer);
        return repeated(c, m, m, b->as.integer - 1);
    }
    if (op != OPERATOR_ADD || contained_by_key(m) || !module_is_container(m))
        return NULL;
    if (contained_in_sequence(m) && !is_sequential(b))
        refuse_sum(c, b);
    contained_extend(c, m, b);
    return self;
}
