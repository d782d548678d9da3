/* torch.optim: one class for every operation that has an optimizer in its row. */
#include "optim.h"

#include "options.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/format.h"
#include "python/iterate.h"

#include <string.h>

typedef struct optimizer {
    const mlp_operation *operation;
    mlp_variable **parameters;
    mlp_value *(*state)[MLP_MAX_STATES]; /* of each, NULL before the first step that keeps it */
    int64_t *steps;                      /* that each has made */
    size_t count;
    mlp_options options;
    object *groups; /* param_groups: the options as the script sees and changes them */
    const mlp_origin *origin;
    bool stepped; /* since optimizer_watch_steps() */
} optimizer;

static const struct type optimizer_type;

static optimizer *optimizer_of(const object *o) {
    return o->as.data;
}

bool is_optimizer(const object *o) {
    return object_is(o, &optimizer_type);
}

bool optimizer_has_stepped(const object *o) {
    return optimizer_of(o)->stepped;
}

void optimizer_watch_steps(object *o) {
    optimizer_of(o)->stepped = false;
}

static void take_parameters(call *c, optimizer *o, const object *parameters) {
    o->count = parameters->as.sequence.count;
    o->parameters = script_alloc(c->script, o->count, sizeof *o->parameters);
    o->state = script_alloc(c->script, o->count, sizeof *o->state);
    o->steps = script_alloc(c->script, o->count, sizeof *o->steps);
    if (o->count == 0)
        call_fail(call_raises(c, VALUE_ERROR, "optimizer got an empty parameter list"),
                  "the optimizer got no parameters");
    torch_of(c)->walk++;
    for (size_t i = 0; i < o->count; i++) {
        const object *p = parameters->as.sequence.items[i];
        if (!is_tensor(p))
            call_fail(c,
                      "an optimizer takes tensors, not a value of type %s: parameter groups are "
                      "not supported",
                      object_type(p));
        if (!tensor_value(c, p)->leaf)
            call_fail(c, "can't optimize a tensor that was computed: only leaves");
        if (variable_of(p)->walk == torch_of(c)->walk)
            call_fail(c, "the optimizer got the same tensor twice");
        variable_of(p)->walk = torch_of(c)->walk;
        o->parameters[i] = variable_of(p);
    }
}

/* What the release has of a row. */
static const char *options_of(const call *c, const mlp_optimizer *row) {
    const char *options = row->options;
    for (size_t i = 0; i < MLP_MAX_LATER; i++)
        if (row->later[i].options && release_has(c, row->later[i].since))
            options = row->later[i].options;
    return options;
}

static const char *settings_of(const call *c, const mlp_optimizer *row) {
    const char *settings = row->settings;
    for (size_t i = 0; i < MLP_MAX_LATER; i++)
        if (row->later[i].settings && release_has(c, row->later[i].since))
            settings = row->later[i].settings;
    return settings;
}

/* --- param_groups --- */

static const object *group_of(call *c, const optimizer *o) {
    if (o->groups->as.sequence.count != 1 || o->groups->as.sequence.items[0]->kind != OBJECT_DICT)
        call_fail(c, "param_groups must keep its one dict");
    return o->groups->as.sequence.items[0];
}

object *optimizer_groups(call *c, const object *o) {
    group_of(c, optimizer_of(o));
    return optimizer_of(o)->groups;
}

static void add_to_group(call *c, object *group, const char *signature, object *const *values) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, signature, names);
    for (size_t i = 0; i < count; i++)
        dict_set(c->script, group, names[i], values[i], c->where);
}

/* What param_groups holds: one dict, which the script may change. */
static object *new_groups(call *c, const mlp_optimizer *row, const object *parameters,
                          object *const *options) {
    object *groups = object_sequence(c->script, OBJECT_LIST, 0), *group = object_dict(c->script);
    object *list = object_sequence(c->script, OBJECT_LIST, parameters->as.sequence.count);
    object *settings[MAX_ARGUMENTS];
    for (size_t i = 0; i < list->as.sequence.count; i++)
        list->as.sequence.items[i] = parameters->as.sequence.items[i];
    dict_set(c->script, group, "params", list, c->where);
    add_to_group(c, group, options_of(c, row), options);
    signature_bind(c, row->name, settings_of(c, row), &(arguments){0}, settings);
    add_to_group(c, group, settings_of(c, row), settings);
    list_append(c->script, groups, group);
    return groups;
}

static void check_params(call *c, const optimizer *o) {
    const object *list = dict_find(group_of(c, o), "params");
    bool same = list && list->kind == OBJECT_LIST && list->as.sequence.count == o->count;
    for (size_t i = 0; i < o->count && same; i++)
        same = is_tensor(list->as.sequence.items[i]) &&
               variable_of(list->as.sequence.items[i]) == o->parameters[i];
    if (!same)
        call_fail(c,
                  "'params' of param_groups cannot be changed: write a new "
                  "torch.optim.%s",
                  o->operation->optimizer->name);
}

/* --- options --- */

static const char *value_text(call *c, const object *o) {
    if (o->kind == OBJECT_BOOL)
        return o->as.boolean ? "True" : "False";
    if (object_is_number(o))
        return script_printf(c->script, "%g", object_as_number(o));
    return format_repr(c, o);
}

/* SGD(lr=0.1, momentum=0.9): the first option, and those that are not at their defaults. */
static const char *describe(call *c, const optimizer *o) {
    const mlp_optimizer *row = o->operation->optimizer;
    const char *names[MAX_ARGUMENTS];
    const char *text = script_printf(c->script, "%s(", row->name);
    const size_t count = signature_names(c->script, options_of(c, row), names);
    for (size_t i = 0; i < count; i++) {
        const char *value = value_text(c, dict_find(group_of(c, o), names[i]));
        const object *standard = signature_default(c->script, options_of(c, row), i);
        if (i && standard && strcmp(value_text(c, standard), value) == 0)
            continue;
        text = script_printf(c->script, "%s%s%s=%s", text, i ? ", " : "", names[i], value);
    }
    return script_printf(c->script, "%s)", text);
}

/* Returns whether it is what it was. */
static bool read_option(call *c, optimizer *o, const char *name) {
    mlp_number before[MLP_MAX_NUMBERS] = {0}, after[MLP_MAX_NUMBERS] = {0};
    const bool is_pair = mlp_options_get(&o->options, name, before) == 2;
    object *value = dict_find(group_of(c, o), name);
    if (!value || !option_set(c, &o->options, name, value))
        call_fail(c, "'%s'%s must be %s, not a value of type %s", name,
                  o->origin ? " of param_groups" : "", is_pair ? "a pair of numbers" : "a number",
                  value ? object_type(value) : "None");
    signature_check(c, o->operation->optimizer->name, options_of(c, o->operation->optimizer), name,
                    value);
    const size_t count = mlp_options_get(&o->options, name, after);
    bool same = true;
    for (size_t i = 0; i < count; i++)
        same = same && before[i].real == after[i].real;
    return same;
}

/* PyTorch computes in another order, or refuses, where one of these is set. */
static void check_settings(call *c, const optimizer *opt) {
    const mlp_optimizer *row = opt->operation->optimizer;
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, settings_of(c, row), names);
    for (size_t i = 0; i < count; i++) {
        const object *o = dict_find(group_of(c, opt), names[i]);
        if (o && o->kind != OBJECT_NONE && (o->kind != OBJECT_BOOL || o->as.boolean))
            call_fail(c, "'%s' of param_groups is not supported: leave it as it was", names[i]);
    }
}

/* The options as param_groups has them now. Each setting has a description of its own, for the
 * steps that it applies to. */
static void read_options(call *c, optimizer *o) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, options_of(c, o->operation->optimizer), names);
    bool same = o->origin != NULL;
    for (size_t i = 0; i < count; i++)
        same = read_option(c, o, names[i]) && same;
    if (same)
        return;
    mlp_origin *origin = script_alloc(c->script, 1, sizeof *origin);
    *origin = (mlp_origin){.name = o->operation->optimizer->name, .description = describe(c, o)};
    o->origin = origin;
}

/* --- what the language asks --- */

static object *attribute(call *c, object *self, const char *name) {
    (void)c;
    return strcmp(name, "param_groups") == 0 ? optimizer_of(self)->groups : NULL;
}

/* The position of the key that comes next in the alphabet; the count where none does. */
static size_t next_key(const object *group, const char *last) {
    size_t next = group->as.sequence.count;
    for (size_t i = 0; i < group->as.sequence.count; i++) {
        const char *key = dict_key(group, i);
        if (key && strcmp(key, "params") != 0 && strcmp(key, last) > 0 &&
            (next == group->as.sequence.count || strcmp(key, dict_key(group, next)) < 0))
            next = i;
    }
    return next;
}

/* All that param_groups has, by name. */
static void write(call *c, const object *self, buffer *out) {
    const object *group = group_of(c, optimizer_of(self));
    const char *last = "";
    buffer_printf(out, "%s (\nParameter Group 0\n", optimizer_of(self)->operation->optimizer->name);
    for (size_t i; (i = next_key(group, last)) < group->as.sequence.count;) {
        last = dict_key(group, i);
        buffer_printf(out, "    %s: ", last);
        write_str(c, group->as.sequence.items[i]);
        buffer_text(out, "\n");
    }
    buffer_text(out, ")");
}

static object *class(call *c, const object *self) {
    return native_member(c->script, "torch.optim", optimizer_of(self)->operation->optimizer->name,
                         NULL);
}

static const struct type optimizer_type = {.name = "Optimizer",
                                           .class = class,
                                           .attribute = attribute,
                                           .write = write};

/* --- the class and its methods --- */

/* Arguments: params, and the options. */
static object *construct(call *c) {
    optimizer *o = script_alloc(c->script, 1, sizeof *o);
    o->operation = c->native->data;
    take_parameters(c, o, c->arguments[0]);
    o->groups = new_groups(c, o->operation->optimizer, c->arguments[0], c->arguments + 1);
    read_options(c, o);
    if (!o->operation->optimizer->check(&o->options, script_error(c->script)))
        call_give_up(c);
    return object_extension(c->script, &optimizer_type, o);
}

void add_optimizer(call *c, const mlp_operation *operation) {
    const mlp_optimizer *of = operation->optimizer;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = script_printf(c->script, "torch.optim.%s", of->name),
                    .signature = script_printf(c->script, "params: list, %s", options_of(c, of)),
                    .call = construct,
                    .class_name = script_printf(c->script, "torch.optim.%s.%s", of->file, of->name),
                    .is_type = true,
                    .data = operation};
    native_add(c->script, row);
}

/* What the closure, which computes the loss once more, returns. */
static object *call_closure(call *c, const object *closure) {
    const bool before = trace_of(c)->no_grad;
    if (closure->kind == OBJECT_NONE)
        return object_none(c->script);
    if (closure->kind != OBJECT_FUNCTION)
        call_fail(c, "step() takes a def of the script as its closure, not a value of type %s",
                  object_type(closure));
    trace_of(c)->no_grad = false;
    object *loss = call_with(c, closure, NULL, 0);
    trace_of(c)->no_grad = before;
    return loss;
}

static void update(call *c, const mlp_request *request, mlp_variable *parameter,
                   mlp_value *state[MLP_MAX_STATES]) {
    mlp_value *updated =
        mlp_trace_update(trace_of(c), request, parameter, state, script_error(c->script));
    if (!updated)
        call_give_up(c);
    if (mlp_variable_original(parameter)->view_of)
        tensor_replace(c, parameter, updated);
    warn_if_unseeded(c, updated);
}

/* Parameters that received no gradient stay as they are. Arguments: closure. */
static object *optimizer_step(call *c) {
    optimizer *o = optimizer_of(c->self);
    object *loss = call_closure(c, c->arguments[0]);
    o->stepped = true;
    read_options(c, o);
    check_settings(c, o);
    check_params(c, o);
    script_work(c->script, c->where, o->count);
    mlp_request request = {.operation = o->operation, .origin = o->origin, .options = o->options};
    for (size_t i = 0; i < o->count; i++) {
        if (!o->parameters[i]->grad)
            continue;
        o->steps[i]++;
        if (o->operation->optimizer->counts_steps)
            request.options.step = o->steps[i];
        update(c, &request, o->parameters[i], o->state[i]);
    }
    return loss;
}

static object *optimizer_zero_grad(call *c) {
    const optimizer *o = optimizer_of(c->self);
    script_work(c->script, c->where, o->count);
    for (size_t i = 0; i < o->count; i++)
        zero_gradient(c, o->parameters[i], sets_to_none(c));
    return object_none(c->script);
}

static object *refuse_optimizer(call *c) {
    call_fail(c,
              "torch.optim.Optimizer is what the optimizers have in common: make one of them, such "
              "as torch.optim.SGD");
}

const native native_optimizer[] = {{.path = "torch.optim.Optimizer",
                                    .signature = "*args, **kwargs",
                                    .call = refuse_optimizer,
                                    .class_name = "torch.optim.optimizer.Optimizer",
                                    .is_type = true,
                                    .instances = &optimizer_type},
                                   {.path = "Optimizer.step",
                                    .signature = "closure = None",
                                    .call = optimizer_step,
                                    .name = "_use_grad"}, /* what wraps it */
                                   {.path = "Optimizer.zero_grad",
                                    .signature = "| set_to_none: bool",
                                    .call = optimizer_zero_grad},
                                   {0}};
