/* nn.ModuleDict, ParameterList and ParameterDict. */
#include "contained.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

/* A dict of the keys and parts, as they are now. */
static object *dict_of(call *c, nn_module *m) {
    object *dict = object_dict(c->script);
    const object *keys = contained_keys(c, m), *parts = contained_parts(c, m);
    for (size_t i = 0; i < keys->as.sequence.count; i++)
        dict_put(c->script, dict, keys->as.sequence.items[i], parts->as.sequence.items[i],
                 c->where);
    dict->is_ordered = !contained_parameters(m); /* nn.Module keeps its modules in such a one */
    return dict;
}

/* Key and part of each pair. */
static void put_pairs(call *c, nn_module *m, object *pairs) {
    const object *all = iterate_all(c->script, pairs, OBJECT_LIST, c->where);
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const object *pair =
            iterate_all(c->script, all->as.sequence.items[i], OBJECT_LIST, c->where);
        if (pair->as.sequence.count != 2)
            call_fail(call_raises(c, VALUE_ERROR,
                                  "%s update sequence element #%zu has length %zu; 2 is required",
                                  m->type->name, i, pair->as.sequence.count),
                      "a %s is made of pairs of a key and a part", m->type->name);
        container_assign(c, m, pair->as.sequence.items[0], pair->as.sequence.items[1]);
    }
}

/* PyTorch sorts the keys of a plain dict of parameters. */
static void update(call *c, nn_module *m, object *from) {
    if (is_module(from) && contained_by_key(module_of(from)))
        from = dict_of(c, module_of(from));
    if (from->kind != OBJECT_DICT) {
        put_pairs(c, m, from);
        return;
    }
    object *keys = iterate_all(c->script, from, OBJECT_LIST, c->where);
    if (contained_parameters(m) && !from->is_ordered)
        list_sort(c, keys, object_none(c->script), false);
    for (size_t i = 0; i < keys->as.sequence.count; i++) {
        object *key = keys->as.sequence.items[i];
        container_assign(c, m, key, dict_get(c->script, from, key, c->where));
    }
}

static void keyed_init(call *c, nn_module *m) {
    object *given = module_option(m, "args");
    if (given->as.sequence.count > 1)
        call_fail(c, "%s() takes one dict, or one list of pairs", m->type->name);
    if (given->as.sequence.count == 1 && given->as.sequence.items[0]->kind != OBJECT_NONE)
        update(c, m, given->as.sequence.items[0]);
}

static void list_init(call *c, nn_module *m) {
    const object *given = module_option(m, "args");
    if (given->as.sequence.count > 1)
        call_fail(c, "%s() takes one list of parameters", m->type->name);
    if (given->as.sequence.count == 1 && given->as.sequence.items[0]->kind != OBJECT_NONE)
        contained_extend(c, m, given->as.sequence.items[0]);
}

static mlp_variable *no_forward(call *c, nn_module *m, object **inputs) {
    (void)inputs;
    call_fail(contained_parameters(m)
                  ? call_raises(c, RUNTIME_ERROR, "%s should not be called.", m->type->name)
                  : c,
              "a %s has no forward: take what is in it one by one", m->type->name);
}

/* --- methods --- */

static object *keys(call *c) {
    return iterate_keys(c->script, dict_of(c, module_of(c->self)));
}

static object *values(call *c) {
    return iterate_values(c->script, dict_of(c, module_of(c->self)));
}

static object *items(call *c) {
    return iterate_items(c->script, dict_of(c, module_of(c->self)));
}

static object *keyed_update(call *c) {
    update(c, module_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

static object *clear(call *c) {
    const object *none = object_sequence(c->script, OBJECT_LIST, 0);
    contained_replace(c, module_of(c->self), none, none);
    return object_none(c->script);
}

static object *pop(call *c) {
    object *part = container_subscript(c, module_of(c->self), c->arguments[0]);
    container_remove(c, module_of(c->self), c->arguments[0]);
    return part;
}

static object *popitem(call *c) {
    nn_module *m = module_of(c->self);
    if (!container_length(m))
        call_fail(call_raises(c, KEY_ERROR, "popitem(): dictionary is empty"),
                  "popitem() of a %s without elements", m->type->name);
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = container_element(c, m, container_length(m) - 1);
    pair->as.sequence.items[1] = container_subscript(c, m, pair->as.sequence.items[0]);
    container_remove(c, m, pair->as.sequence.items[0]);
    return pair;
}

static object *find(const call *c) {
    const object *key = c->arguments[0];
    return key->kind == OBJECT_STRING ? contained_find(module_of(c->self), key->as.string) : NULL;
}

/* Arguments: key, default, as of setdefault. */
static object *get(call *c) {
    object *part = find(c);
    return part ? part : c->arguments[1];
}

static object *setdefault(call *c) {
    object *part = find(c);
    if (part)
        return part;
    container_assign(c, module_of(c->self), c->arguments[0], c->arguments[1]);
    return find(c);
}

static object *copy(call *c) {
    nn_module *same = contained_new(c, module_of(c->self));
    object *all = dict_of(c, module_of(c->self));
    all->is_ordered = true;
    update(c, same, all);
    return module_object(c, same);
}

static object *append(call *c) {
    contained_append(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

static object *extend(call *c) {
    contained_extend(c, module_of(c->self), c->arguments[0]);
    return c->self;
}

/* --- texts --- */

/* 2x3 */
static const char *sizes_text(call *c, const mlp_tensor *t) {
    const char *text = "";
    for (size_t d = 0; d < t->ndim; d++)
        text = script_printf(c->script, "%s%s%zu", text, d ? "x" : "", t->shape[d]);
    return text;
}

const char *contained_text(call *c, nn_module *m) {
    const char *text = "";
    if (!contained_parameters(m))
        return text;
    const object *keys = contained_keys(c, m), *parts = contained_parts(c, m);
    for (size_t i = 0; i < keys->as.sequence.count; i++) {
        const mlp_tensor *t = &tensor_value(c, parts->as.sequence.items[i])->tensor;
        const char *type = contained_by_key(m)
                               ? tensor_type_name(t->dtype)
                               : script_printf(c->script, "torch.%s", mlp_dtype_name(t->dtype));
        text = script_printf(c->script, "%s%s  (%s): Parameter containing: [%s of size %s]", text,
                             i ? "\n" : "", keys->as.sequence.items[i]->as.string, type,
                             sizes_text(c, t));
    }
    return text;
}

const nn_class nn_keyed[] = {{.name = "ModuleDict",
                              .file = "container",
                              .options = "*args",
                              .init = keyed_init,
                              .apply = no_forward,
                              .inputs = "*args"},
                             {.name = "ParameterList",
                              .file = "container",
                              .options = "*args",
                              .init = list_init,
                              .apply = no_forward,
                              .inputs = "*args"},
                             {.name = "ParameterDict",
                              .file = "container",
                              .options = "*args",
                              .init = keyed_init,
                              .apply = no_forward,
                              .inputs = "*args"},
                             {0}};

const native native_keyed[] = {
    {.path = "ModuleDict.keys", .signature = "", .call = keys},
    {.path = "ModuleDict.values", .signature = "", .call = values},
    {.path = "ModuleDict.items", .signature = "", .call = items},
    {.path = "ModuleDict.update", .signature = "modules", .call = keyed_update},
    {.path = "ModuleDict.clear", .signature = "", .call = clear},
    {.path = "ModuleDict.pop", .signature = "key", .call = pop},
    {.path = "ParameterList.append", .signature = "value", .call = append},
    {.path = "ParameterList.extend", .signature = "values", .call = extend},
    {.path = "ParameterDict.keys", .signature = "", .call = keys},
    {.path = "ParameterDict.values", .signature = "", .call = values},
    {.path = "ParameterDict.items", .signature = "", .call = items},
    {.path = "ParameterDict.update", .signature = "parameters", .call = keyed_update},
    {.path = "ParameterDict.clear", .signature = "", .call = clear},
    {.path = "ParameterDict.pop", .signature = "key", .call = pop},
    {.path = "ParameterDict.popitem", .signature = "", .call = popitem},
    {.path = "ParameterDict.get", .signature = "key, default = None", .call = get},
    {.path = "ParameterDict.setdefault", .signature = "key, default = None", .call = setdefault},
    {.path = "ParameterDict.copy", .signature = "", .call = copy},
    {0}};
