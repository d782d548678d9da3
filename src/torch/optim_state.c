/* What an optimizer keeps from step to step: state, state_dict() and load_state_dict(). */
#include "optimizer.h"

#include "tensor.h"

#include "python/dict.h"
#include "python/iterate.h"
#include "python/native.h"

#include <string.h>

/* defaultdict(dict) */
object *optimizer_new_state(call *c) {
    object *of = native_object(c->script, "dict", NULL);
    return call_positional(c, native_object(c->script, "collections.defaultdict", NULL), &of, 1);
}

/* --- state_dict --- */

/* The parameters of all groups, each with its number. */
static object *numbered(call *c, const object *self) {
    object *numbers = object_dict(c->script);
    int64_t next = 0;
    for (size_t i = 0; i < optimizer_groups(c, self)->as.sequence.count; i++) {
        const object *params = optimizer_params(c, optimizer_of(self), i);
        for (size_t k = 0; k < params->as.sequence.count; k++, next++)
            dict_put(c->script, numbers, params->as.sequence.items[k],
                     object_integer(c->script, next), c->where);
    }
    return numbers;
}

static object *packed_group(call *c, const object *group, const object *numbers) {
    object *packed = dict_copy(c->script, group, c->where);
    const object *params = dict_take(c->script, packed, script_name(c->script, "params"), c->where);
    object *list = object_sequence(c->script, OBJECT_LIST, params->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        list->as.sequence.items[i] =
            dict_get(c->script, numbers, params->as.sequence.items[i], c->where);
    dict_set(c->script, packed, "params", list, c->where);
    return packed;
}

static object *state_dict(call *c) {
    script *s = c->script;
    const object *groups = optimizer_groups(c, c->self), *numbers = numbered(c, c->self);
    const object *state = optimizer_own(c, optimizer_of(c->self), "state");
    object *packed = object_dict(s), *list = object_sequence(s, OBJECT_LIST, 0);
    object *both = object_dict(s);
    if (state->kind != OBJECT_DICT)
        call_fail(c, "'state' of an optimizer must be a dict of dicts");
    for (size_t i = 0; i < groups->as.sequence.count; i++)
        list_append(s, list, packed_group(c, groups->as.sequence.items[i], numbers));
    for (size_t i = 0; i < state->as.sequence.count; i++) {
        object *key = state->as.sequence.keys[i];
        object *number = is_tensor(key) ? dict_get(s, numbers, key, c->where) : key;
        if (!number)
            call_fail(c,
                      "the optimizer's state is of a tensor that is in none of its param_groups");
        dict_put(s, packed, number, state->as.sequence.items[i], c->where);
    }
    dict_set(s, both, "state", packed, c->where);
    dict_set(s, both, "param_groups", list, c->where);
    return both;
}

/* --- load_state_dict --- */

/* A copy, whose tensors are in the dtype of the parameter, but step. It shares nothing, but tensors
 * that need no other dtype, of a parameter, under MLP_SHARES_STATE. */
static object *copied(call *c, object *o, const object *parameter, const char *name) {
    script *s = c->script;
    if (is_tensor(o)) {
        mlp_value *v = tensor_value(c, o);
        const bool is_step = strcmp(name, "step") == 0 || !parameter;
        const mlp_dtype dtype =
            is_step ? v->tensor.dtype : tensor_value(c, parameter)->tensor.dtype;
        if (parameter && dtype == v->tensor.dtype && release_has(c, MLP_SHARES_STATE))
            return o;
        return value_object(c, tensor_copied(c, v, dtype));
    }
    if (o->kind != OBJECT_DICT && !object_is_sequence(o))
        return o;
    script_enter(s, c->where, "dicts");
    object *copy = o->kind == OBJECT_DICT ? dict_copy(s, o, c->where)
                                          : object_sequence(s, o->kind, o->as.sequence.count);
    for (size_t i = 0; i < copy->as.sequence.count; i++) {
        const char *key = o->kind == OBJECT_DICT ? dict_key(copy, i) : NULL;
        copy->as.sequence.items[i] = copied(c, o->as.sequence.items[i], parameter, key ? key : "");
    }
    script_leave(s);
    return copy;
}

static object *part_of(call *c, const object *saved, const char *name, object_kind kind) {
    object *part = dict_find(saved, name);
    if (!part)
        call_fail(call_raises(c, KEY_ERROR, "%s", name), "the state has no '%s'", name);
    if (part->kind != kind)
        call_fail(c, "'%s' of the state cannot be a value of type %s", name, object_type(part));
    return part;
}

/* The saved groups with the parameters that the optimizer's have; `tensors` gets these by their
 * saved numbers. */
static object *loaded_groups(call *c, const object *own, const object *saved, object *tensors) {
    script *s = c->script;
    object *groups = object_sequence(s, OBJECT_LIST, 0);
    for (size_t i = 0; i < own->as.sequence.count; i++) {
        object *group = saved->as.sequence.items[i];
        const object *params = optimizer_params(c, optimizer_of(c->self), i);
        if (group->kind != OBJECT_DICT)
            call_fail(c, "a saved parameter group is a dict, not a value of type %s",
                      object_type(group));
        const object *numbers = part_of(c, group, "params", OBJECT_LIST);
        if (numbers->as.sequence.count != params->as.sequence.count)
            call_fail(call_raises(c, VALUE_ERROR,
                                  "loaded state dict contains a parameter group that doesn't match "
                                  "the size of optimizer's group"),
                      "group %zu of the state has %zu parameters, the optimizer's %zu", i,
                      numbers->as.sequence.count, params->as.sequence.count);
        for (size_t k = 0; k < params->as.sequence.count; k++)
            dict_put(s, tensors, numbers->as.sequence.items[k], params->as.sequence.items[k],
                     c->where);
        group = copied(c, group, NULL, "");
        dict_set(s, group, "params", dict_find(own->as.sequence.items[i], "params"), c->where);
        list_append(s, groups, group);
    }
    return groups;
}

/* Arguments: state_dict. */
static object *load_state_dict(call *c) {
    script *s = c->script;
    const object *saved = c->arguments[0], *own = optimizer_groups(c, c->self);
    object *tensors = object_dict(s), *loaded = optimizer_new_state(c);
    if (saved->kind != OBJECT_DICT)
        call_fail(c, "load_state_dict() takes a dict, not a value of type %s", object_type(saved));
    const object *groups = part_of(c, saved, "param_groups", OBJECT_LIST);
    if (groups->as.sequence.count != own->as.sequence.count)
        call_fail(call_raises(c, VALUE_ERROR,
                              "loaded state dict has a different number of parameter groups"),
                  "the state has %zu parameter groups, the optimizer %zu",
                  groups->as.sequence.count, own->as.sequence.count);
    object *new_groups = loaded_groups(c, own, groups, tensors);
    const object *state = part_of(c, saved, "state", OBJECT_DICT);
    for (size_t i = 0; i < state->as.sequence.count; i++) {
        object *key = state->as.sequence.keys[i];
        object *p = dict_get(s, tensors, key, c->where);
        dict_put(s, loaded, p ? p : key, copied(c, state->as.sequence.items[i], p, ""), c->where);
    }
    object *defaults = optimizer_own(c, optimizer_of(c->self), "defaults");
    if (!dict_find(defaults, "differentiable"))
        dict_set(s, defaults, "differentiable", object_bool(s, false), c->where);
    dict_set(s, optimizer_of(c->self)->own, "state", loaded, c->where);
    dict_set(s, optimizer_of(c->self)->own, "param_groups", new_groups, c->where);
    return object_none(s);
}

const native native_optimizer_state[] = {
    {.path = "Optimizer.state_dict", .signature = "", .call = state_dict},
    {.path = "Optimizer.load_state_dict", .signature = "state_dict", .call = load_state_dict},
    {0}};
