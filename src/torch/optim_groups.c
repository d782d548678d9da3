/* The parameter groups of an optimizer: dicts that the script gives, sees and changes. */
#include "optimizer.h"

#include "options.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/format.h"
#include "python/iterate.h"

#include <string.h>

object *optimizer_own(call *c, const optimizer *o, const char *name) {
    object *own = dict_find(o->own, name);
    if (!own)
        call_fail(c, "the optimizer has no '%s'%s", name,
                  o->class ? ": call super().__init__(params, defaults)" : " any more");
    return own;
}

const char *optimizer_options(const call *c, const mlp_optimizer *row) {
    const char *options = row->options;
    for (size_t i = 0; i < MLP_MAX_LATER; i++)
        if (row->later[i].options && release_has(c, row->later[i].since))
            options = row->later[i].options;
    return options;
}

const char *optimizer_settings(const call *c, const mlp_optimizer *row) {
    const char *settings = row->settings;
    for (size_t i = 0; i < MLP_MAX_LATER; i++)
        if (row->later[i].settings && release_has(c, row->later[i].since))
            settings = row->later[i].settings;
    return settings;
}

/* --- making them --- */

static void add_all(call *c, object *to, const char *signature, object *const *values) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, signature, names);
    for (size_t i = 0; i < count; i++)
        if (!dict_find(to, names[i]) && values[i]->kind != OBJECT_NOT_IMPLEMENTED)
            dict_set(c->script, to, names[i], values[i], c->where);
}

object *optimizer_in_order(call *c, object *all, const char *order) {
    object *ordered = object_dict(c->script);
    while (*order) {
        const size_t length = strcspn(order, " ");
        const char *name = script_copy(c->script, order, length);
        object *item = dict_find(all, name);
        if (item)
            dict_set(c->script, ordered, name, item, c->where);
        order += length + strspn(order + length, " ");
    }
    for (size_t i = 0; i < all->as.sequence.count; i++)
        if (!dict_find(ordered, dict_key(all, i)))
            dict_set(c->script, ordered, dict_key(all, i), all->as.sequence.items[i], c->where);
    return ordered;
}

object *optimizer_defaults(call *c, const mlp_optimizer *row, object *const *options) {
    object *all = object_dict(c->script);
    const char *names[MAX_ARGUMENTS];
    add_all(c, all, optimizer_options(c, row), options);
    options += signature_names(c->script, optimizer_options(c, row), names);
    add_all(c, all, optimizer_settings(c, row), options);
    const bool in_order_of_signature =
        !row->order || (row->ordered_until != MLP_BEHAVIOURS && release_has(c, row->ordered_until));
    return in_order_of_signature ? all : optimizer_in_order(c, all, row->order);
}

/* What torch.typename() says of it. */
static const char *type_name(call *c, const object *o) {
    return is_tensor(o) ? tensor_type_name(tensor_value(c, o)->tensor.dtype) : object_class_name(o);
}

/* The same tensor must not be in it twice, nor in another group. */
static void check_params(call *c, const optimizer *o, const object *list) {
    const size_t walk = ++torch_of(c)->walk;
    script_work(c->script, c->where, list->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        const object *p = list->as.sequence.items[i];
        if (!is_tensor(p))
            call_fail(call_raises(c, TYPE_ERROR,
                                  "optimizer can only optimize Tensors, but one of the params is "
                                  "%s",
                                  type_name(c, p)),
                      "an optimizer takes tensors, not a value of type %s", object_type(p));
        if (!tensor_value(c, p)->leaf)
            call_fail(call_raises(c, VALUE_ERROR, "can't optimize a non-leaf Tensor"),
                      "can't optimize a tensor that was computed: only leaves");
        if (variable_of(p)->walk == walk)
            call_fail(c, "the optimizer got the same tensor twice");
        variable_of(p)->walk = walk;
    }
    const size_t groups = optimizer_own(c, o, "param_groups")->as.sequence.count;
    for (size_t i = 0; i < groups; i++) {
        const object *other = optimizer_params(c, o, i);
        script_work(c->script, c->where, other->as.sequence.count);
        for (size_t k = 0; k < other->as.sequence.count; k++)
            if (variable_of(other->as.sequence.items[k])->walk == walk)
                call_fail(call_raises(c, VALUE_ERROR,
                                      "some parameters appear in more than one parameter group"),
                          "the optimizer got the same tensor twice: it is in another group, too");
    }
}

static object *list_of(call *c, object *params) {
    if (params->kind == OBJECT_SET || params->kind == OBJECT_FROZEN_SET)
        call_fail(call_raises(c, TYPE_ERROR,
                              "optimizer parameters need to be organized in ordered collections, "
                              "but the ordering of tensors in sets will change between runs. "
                              "Please use a list instead."),
                  "the parameters of an optimizer have an order: give it a list, not a set");
    if (!is_tensor(params))
        return iterate_all(c->script, params, OBJECT_LIST, c->where);
    object *list = object_sequence(c->script, OBJECT_LIST, 1);
    list->as.sequence.items[0] = params;
    return list;
}

/* --- what has to be given --- */

static void write_required(call *c, const object *self, buffer *out) {
    (void)c;
    (void)self;
    buffer_text(out, "<required parameter>");
}

static const struct type required_type = {.name = "_RequiredParameter", .write = write_required};

object *optimizer_required(call *c) {
    return object_extension(c->script, &required_type, NULL);
}

static void check_given(call *c, const object *name, const object *value) {
    if (object_is(value, &required_type))
        call_fail(call_raises(c, VALUE_ERROR,
                              "parameter group didn't specify a value of required optimization "
                              "parameter %s",
                              format_str(c, name)),
                  "the optimizer lacks its argument '%s'", format_str(c, name));
}

/* The group is the script's own dict, which is filled up. */
void optimizer_add_group(call *c, optimizer *o, object *group) {
    script *s = c->script;
    if (group->kind != OBJECT_DICT)
        call_fail(call_raises(c, ASSERTION_ERROR, "param group must be a dict"),
                  "a parameter group is a dict, not a value of type %s", object_type(group));
    object *params = dict_find(group, "params"), *defaults = optimizer_own(c, o, "defaults");
    if (!params)
        call_fail(call_raises(c, KEY_ERROR, "params"), "a parameter group needs its 'params'");
    params = list_of(c, params);
    dict_set(s, group, "params", params, c->where);
    for (size_t i = 0; i < defaults->as.sequence.count; i++) {
        object *key = defaults->as.sequence.keys[i], *value = defaults->as.sequence.items[i];
        if (dict_position(s, group, key, c->where) != group->as.sequence.count)
            continue;
        check_given(c, key, value);
        dict_put(s, group, key, value, c->where);
    }
    if (o->operation && !dict_find(group, "lr"))
        call_fail(call_raises(c, VALUE_ERROR,
                              "parameter group didn't specify a value of required optimization "
                              "parameter lr"),
                  "%s() lacks its argument 'lr'", o->operation->optimizer->name);
    check_params(c, o, params);
    list_append(s, optimizer_own(c, o, "param_groups"), group);
}

void optimizer_set_up(call *c, optimizer *o, object *params, object *defaults) {
    script *s = c->script;
    if (defaults->kind != OBJECT_DICT)
        call_fail(c, "the defaults of an optimizer are a dict, not a value of type %s",
                  object_type(defaults));
    dict_set(s, o->own, "defaults", defaults, c->where);
    if (is_tensor(params))
        call_fail(call_raises(c, TYPE_ERROR,
                              "params argument given to the optimizer should be an iterable of "
                              "Tensors or dicts, but got %s",
                              type_name(c, params)),
                  "an optimizer takes a list of tensors: write [tensor]");
    dict_set(s, o->own, "state", optimizer_new_state(c), c->where);
    dict_set(s, o->own, "param_groups", object_sequence(s, OBJECT_LIST, 0), c->where);
    object *list = iterate_all(s, params, OBJECT_LIST, c->where);
    if (list->as.sequence.count == 0)
        call_fail(call_raises(c, VALUE_ERROR, "optimizer got an empty parameter list"),
                  "the optimizer got no parameters");
    if (list->as.sequence.items[0]->kind == OBJECT_DICT) {
        for (size_t i = 0; i < list->as.sequence.count; i++)
            optimizer_add_group(c, o, list->as.sequence.items[i]);
        return;
    }
    object *group = object_dict(s);
    dict_set(s, group, "params", list, c->where);
    optimizer_add_group(c, o, group);
}

/* --- reading them --- */

object *optimizer_groups(call *c, const object *o) {
    object *groups = optimizer_own(c, optimizer_of(o), "param_groups");
    if (groups->kind != OBJECT_LIST)
        call_fail(c, "param_groups must be a list, not a value of type %s", object_type(groups));
    for (size_t i = 0; i < groups->as.sequence.count; i++)
        optimizer_group(c, optimizer_of(o), i);
    return groups;
}

const object *optimizer_group(call *c, const optimizer *o, size_t i) {
    const object *groups = optimizer_own(c, o, "param_groups");
    if (groups->kind != OBJECT_LIST || groups->as.sequence.count <= i ||
        groups->as.sequence.items[i]->kind != OBJECT_DICT)
        call_fail(c, "param_groups must be a list of dicts");
    return groups->as.sequence.items[i];
}

const object *optimizer_params(call *c, const optimizer *o, size_t i) {
    const object *list = dict_find(optimizer_group(c, o, i), "params");
    bool are_tensors = list && object_is_sequence(list);
    for (size_t k = 0; are_tensors && k < list->as.sequence.count; k++)
        are_tensors = is_tensor(list->as.sequence.items[k]);
    if (!are_tensors)
        call_fail(c, "'params' of param_groups must be a list of tensors");
    return list;
}

static const char *value_text(call *c, const object *o) {
    if (o->kind == OBJECT_BOOL)
        return o->as.boolean ? "True" : "False";
    if (object_is_number(o))
        return script_printf(c->script, "%g", object_as_number(o));
    return format_repr(c, o);
}

/* SGD(lr=0.1, momentum=0.9): the first option, and those that are not at their defaults. */
static const char *describe(call *c, const mlp_optimizer *row, const object *group) {
    const char *names[MAX_ARGUMENTS], *options = optimizer_options(c, row);
    const char *text = script_printf(c->script, "%s(", row->name);
    const size_t count = signature_names(c->script, options, names);
    for (size_t i = 0; i < count; i++) {
        const char *value = value_text(c, dict_find(group, names[i]));
        const object *standard = signature_default(c->script, options, i);
        if (i && standard && strcmp(value_text(c, standard), value) == 0)
            continue;
        text = script_printf(c->script, "%s%s%s=%s", text, i ? ", " : "", names[i], value);
    }
    return script_printf(c->script, "%s)", text);
}

/* Returns whether the number is what it was. */
static bool read_option(call *c, const mlp_optimizer *row, mlp_options *options, const char *name,
                        const object *from, const char *of) {
    mlp_number before[MLP_MAX_NUMBERS] = {0}, after[MLP_MAX_NUMBERS] = {0};
    const bool is_pair = mlp_options_get(options, name, before) == 2;
    object *value = dict_find(from, name);
    if (!value || !option_set(c, options, name, value))
        call_fail(c, "'%s'%s must be %s, not a value of type %s", name, of,
                  is_pair ? "a pair of numbers" : "a number", value ? object_type(value) : "None");
    signature_check(c, row->name, optimizer_options(c, row), name, value);
    const size_t count = mlp_options_get(options, name, after);
    bool same = true;
    for (size_t i = 0; i < count; i++)
        same = same && before[i].real == after[i].real;
    return same;
}

/* PyTorch computes in another order, or refuses, where one of these is set, but for foreach of most
 * optimizers. */
static void check_settings(call *c, const mlp_optimizer *row, const object *group) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, optimizer_settings(c, row), names);
    for (size_t i = 0; i < count; i++) {
        const object *o = dict_find(group, names[i]), *own = NULL;
        if (strcmp(names[i], "decoupled_weight_decay") == 0)
            own = signature_default(c->script, optimizer_settings(c, row), i);
        if (own && o && o->kind == OBJECT_BOOL && o->as.boolean == own->as.boolean)
            continue;
        if (row->alike_in_foreach && strcmp(names[i], "foreach") == 0)
            continue;
        if (o && o->kind != OBJECT_NONE && (o->kind != OBJECT_BOOL || o->as.boolean))
            call_fail(c, "%s=%s of %s is not supported: leave it out", names[i], format_repr(c, o),
                      row->name);
    }
}

static reading *reading_of(call *c, optimizer *o, size_t i) {
    if (i >= o->count) {
        reading *more = script_alloc(c->script, i + 1, sizeof *more);
        if (o->count)
            memcpy(more, o->readings, o->count * sizeof *more);
        o->readings = more;
        o->count = i + 1;
    }
    return &o->readings[i];
}

/* Each setting has a description of its own, for the steps that it applies to. */
const reading *optimizer_read(call *c, optimizer *o, size_t i) {
    const mlp_optimizer *row = o->operation->optimizer;
    const object *group = optimizer_group(c, o, i);
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, optimizer_options(c, row), names);
    reading *r = reading_of(c, o, i);
    bool same = r->origin != NULL;
    for (size_t k = 0; k < count; k++) {
        const object *from = dict_find(group, names[k]);
        if (from && from == r->from[k] && object_is_number(from))
            continue;      /* no number changes */
        r->from[k] = NULL; /* in case it cannot be read */
        same = read_option(c, row, &r->options, names[k], group, " of param_groups") && same;
        r->from[k] = from;
    }
    check_settings(c, row, group);
    if (same)
        return r;
    mlp_origin *origin = script_alloc(c->script, 1, sizeof *origin);
    *origin = (mlp_origin){.name = row->name, .description = describe(c, row, group)};
    r->origin = origin;
    return r;
}

/* --- what PyTorch refuses --- */

/* The row's words; what stands in braces, {lr} or {betas[0]}, is as the script gave it. */
static const char *filled_in(call *c, const object *defaults, const char *words) {
    const char *text = "";
    for (const char *open = strchr(words, '{'); open; open = strchr(words, '{')) {
        const size_t length = strcspn(open + 1, "[}");
        const char *behind = open + 1 + length;
        const object *given = dict_find(defaults, script_copy(c->script, open + 1, length));
        if (*behind == '[')
            given = given->as.sequence.items[behind[1] - '0'];
        text = script_printf(c->script, "%s%.*s%s", text, (int)(open - words), words,
                             format_repr(c, given));
        words = strchr(behind, '}') + 1;
    }
    return script_printf(c->script, "%s%s", text, words);
}

void optimizer_check(call *c, const optimizer *o) {
    const mlp_optimizer *row = o->operation->optimizer;
    const object *defaults = dict_find(o->own, "defaults");
    mlp_options options = {0};
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, optimizer_options(c, row), names);
    for (size_t i = 0; i < count; i++)
        if (dict_find(defaults, names[i])) /* lr may be left to the groups */
            read_option(c, row, &options, names[i], defaults, "");
    mlp_diagnostic *why = script_error(c->script);
    if (row->check(&options, why))
        return;
    mlp_raises(why, "%s", filled_in(c, defaults, why->raises));
    call_give_up(c);
}
