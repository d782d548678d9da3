/* torch.optim. */

#include "python/format.h"
#include "python/iterate.h"
#include "module.h"
#include "tensor.h"

#include <string.h>

typedef struct optimizer {
    mlp_variable **parameters;
    mlp_value *(*state)[MLP_MAX_STATES]; /* of each, NULL before the first step */
    size_t count;
    mlp_options options;
    object *groups; /* param_groups: the options as the script sees and changes them */
    const mlp_origin *origin;
} optimizer;

enum {
    OPTIONS = 6,
    FIRST_FLAG = 4
};

static const char *const names[OPTIONS] = {"lr",           "momentum", "dampening",
                                           "weight_decay", "nesterov", "maximize"};

static void take_parameters(call *c, optimizer *o, const object *parameters) {
    o->count = parameters->as.sequence.count;
    o->parameters = script_alloc(c->script, o->count, sizeof *o->parameters);
    o->state = script_alloc(c->script, o->count, sizeof *o->state);
    if (o->count == 0)
        call_fail(c, "the optimizer got no parameters");
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

/* The options that are not at their defaults. */
static const char *describe(call *c, const mlp_options *options) {
    const char *text = script_printf(c->script, "SGD(lr=%g", options->lr);
    for (size_t i = 1; i < OPTIONS; i++) {
        mlp_number number = {0};
        if (!mlp_options_get(options, names[i], &number) || number.real == 0)
            continue;
        text = i < FIRST_FLAG ? script_printf(c->script, "%s, %s=%g", text, names[i], number.real)
                              : script_printf(c->script, "%s, %s=True", text, names[i]);
    }
    return script_printf(c->script, "%s)", text);
}

static const object *group_of(call *c, const optimizer *o) {
    if (o->groups->as.sequence.count != 1 || o->groups->as.sequence.items[0]->kind != OBJECT_DICT)
        call_fail(c, "param_groups must keep its one dict");
    return o->groups->as.sequence.items[0];
}

/* The options as they are written out, by name. */
static const char *optimizer_text(call *c, const optimizer *o) {
    const object *group = group_of(c, o);
    const char *text = "SGD (\nParameter Group 0\n", *last = "";
    for (;;) {
        size_t next = group->as.sequence.count;
        for (size_t i = 0; i < group->as.sequence.count; i++) {
            const char *key = group->as.sequence.keys[i];
            if (strcmp(key, "params") != 0 && strcmp(key, last) > 0 &&
                (next == group->as.sequence.count ||
                 strcmp(key, group->as.sequence.keys[next]) < 0))
                next = i;
        }
        if (next == group->as.sequence.count)
            return script_printf(c->script, "%s)", text);
        last = group->as.sequence.keys[next];
        text = script_printf(c->script, "%s    %s: %s\n", text, last,
                             format_str(c, group->as.sequence.items[next]));
    }
}

/* What param_groups holds: one dict, which the script may change. */
static object *new_groups(call *c, const object *parameters, object *const *options) {
    object *groups = object_sequence(c->script, OBJECT_LIST, 0), *group = object_dict(c->script);
    object *list = object_sequence(c->script, OBJECT_LIST, parameters->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        list->as.sequence.items[i] = parameters->as.sequence.items[i];
    dict_set(c->script, group, "params", list, c->where);
    for (size_t i = 0; i < OPTIONS; i++)
        dict_set(c->script, group, names[i], options[i], c->where);
    dict_set(c->script, group, "foreach", object_none(c->script), c->where);
    dict_set(c->script, group, "differentiable", object_bool(c->script, false), c->where);
    list_append(c->script, groups, group);
    return groups;
}

/* The options as param_groups has them now. Each setting has a description of its own, for the
 * steps that it applies to. */
static void read_options(call *c, optimizer *o) {
    bool same = o->origin != NULL;
    for (size_t i = 0; i < OPTIONS; i++) {
        const object *v = dict_find(group_of(c, o), names[i]);
        if (!v || !object_is_number(v))
            call_fail(c, "'%s' of param_groups must be a number, not a value of type %s", names[i],
                      v ? object_type(v) : "None");
        const mlp_number number = tensor_number(v);
        mlp_number before = {0}, after = {0};
        mlp_options_get(&o->options, names[i], &before);
        mlp_options_set(&o->options, names[i], &number);
        mlp_options_get(&o->options, names[i], &after);
        same = same && before.real == after.real;
    }
    if (same)
        return;
    mlp_origin *origin = script_alloc(c->script, 1, sizeof *origin);
    *origin = (mlp_origin){.name = "SGD", .description = describe(c, &o->options)};
    o->origin = origin;
}

static void check_params(call *c, const optimizer *o) {
    const object *list = dict_find(group_of(c, o), "params");
    bool same = list && list->kind == OBJECT_LIST && list->as.sequence.count == o->count;
    for (size_t i = 0; i < o->count && same; i++)
        same = is_tensor(list->as.sequence.items[i]) &&
               variable_of(list->as.sequence.items[i]) == o->parameters[i];
    if (!same)
        call_fail(c, "'params' of param_groups cannot be changed: write a new "
                     "torch.optim.SGD");
}

/* --- what the language asks --- */

static const struct type optimizer_type;

static optimizer *optimizer_of(const object *o) {
    return o->as.data;
}

static object *attribute(call *c, object *self, const char *name) {
    (void)c;
    return strcmp(name, "param_groups") == 0 ? optimizer_of(self)->groups : NULL;
}

static void write(call *c, const object *self, buffer *out) {
    buffer_text(out, optimizer_text(c, optimizer_of(self)));
}

static object *class(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "torch.optim.SGD", NULL);
}

static const struct type optimizer_type = {.name = "Optimizer",
                                           .class = class,
                                           .attribute = attribute,
                                           .write = write};

static object *optim_SGD(call *c) {
    optimizer *o = script_alloc(c->script, 1, sizeof *o);
    take_parameters(c, o, c->arguments[0]);
    o->groups = new_groups(c, c->arguments[0], c->arguments + 1);
    read_options(c, o);
    if (!mlp_sgd.optimizer->check(&o->options, script_error(c->script)))
        call_give_up(c);
    return object_extension(c->script, &optimizer_type, o);
}

/* Parameters that received no gradient stay as they are. */
static object *optimizer_step(call *c) {
    optimizer *o = optimizer_of(c->self);
    read_options(c, o);
    check_params(c, o);
    const mlp_request request = {.operation = &mlp_sgd, .origin = o->origin, .options = o->options};
    for (size_t i = 0; i < o->count; i++)
        if (o->parameters[i]->grad && !mlp_trace_update(trace_of(c), &request, o->parameters[i],
                                                        o->state[i], script_error(c->script)))
            call_give_up(c);
    return object_none(c->script);
}

static object *optimizer_zero_grad(call *c) {
    const optimizer *o = optimizer_of(c->self);
    for (size_t i = 0; i < o->count; i++)
        zero_gradient(c, o->parameters[i], c->arguments[0]->as.boolean);
    return object_none(c->script);
}

const native native_optimizer[] = {
    {.path = "torch.optim.SGD",
     .signature = "params: list, lr: float, momentum: float = 0, dampening: float = 0, "
                  "weight_decay: float = 0, nesterov: bool = False, *, maximize: bool = False",
     .call = optim_SGD,
     .class_name = "torch.optim.sgd.SGD",
     .is_type = true},
    {.path = "Optimizer.step", .signature = "", .call = optimizer_step},
    {.path = "Optimizer.zero_grad",
     .signature = "set_to_none: bool = False",
     .call = optimizer_zero_grad},
    {0}};
