/* torch.optim. */
#include "optim.h"

#include "python/format.h"
#include "python/iterate.h"
#include "module.h"
#include "tensor.h"

#include <string.h>

struct optimizer {
    mlp_variable **parameters;
    mlp_value *(*state)[MLP_MAX_STATES]; /* of each, NULL before the first step */
    size_t count;
    double option[MLP_MAX_OPTIONS];
    object *groups; /* param_groups: the options as the script sees and changes them */
    const mlp_origin *origin;
};

static const char *const names[] = {[MLP_SGD_LR] = "lr",
                                    [MLP_SGD_MOMENTUM] = "momentum",
                                    [MLP_SGD_DAMPENING] = "dampening",
                                    [MLP_SGD_WEIGHT_DECAY] = "weight_decay",
                                    [MLP_SGD_NESTEROV] = "nesterov",
                                    [MLP_SGD_MAXIMIZE] = "maximize"};

static void take_parameters(script *s, optimizer *o, const object *parameters) {
    o->count = parameters->as.sequence.count;
    o->parameters = script_alloc(s, o->count, sizeof *o->parameters);
    o->state = script_alloc(s, o->count, sizeof *o->state);
    if (o->count == 0)
        script_fail(s, s->here, "the optimizer got no parameters");
    s->walk++;
    for (size_t i = 0; i < o->count; i++) {
        const object *p = parameters->as.sequence.items[i];
        if (p->kind != OBJECT_TENSOR)
            script_fail(s, s->here,
                        "an optimizer takes tensors, not a value of type %s: parameter groups are "
                        "not supported",
                        object_type(p));
        if (!tensor_value(s, p)->leaf)
            script_fail(s, s->here, "can't optimize a tensor that was computed: only leaves");
        if (p->as.tensor->walk == s->walk)
            script_fail(s, s->here, "the optimizer got the same tensor twice");
        p->as.tensor->walk = s->walk;
        o->parameters[i] = p->as.tensor;
    }
}

/* The options that are not at their defaults. */
static const char *describe(script *s, const double *option) {
    const char *text = script_printf(s, "SGD(lr=%g", option[MLP_SGD_LR]);
    for (size_t i = MLP_SGD_MOMENTUM; i <= MLP_SGD_MAXIMIZE; i++) {
        if (option[i] == 0)
            continue;
        text = i < MLP_SGD_NESTEROV ? script_printf(s, "%s, %s=%g", text, names[i], option[i])
                                    : script_printf(s, "%s, %s=True", text, names[i]);
    }
    return script_printf(s, "%s)", text);
}

static const object *group_of(script *s, const optimizer *o) {
    if (o->groups->as.sequence.count != 1 || o->groups->as.sequence.items[0]->kind != OBJECT_DICT)
        script_fail(s, s->here, "param_groups must keep its one dict");
    return o->groups->as.sequence.items[0];
}

/* The options as they are written out, by name. */
const char *optimizer_repr(script *s, const optimizer *o) {
    const object *group = group_of(s, o);
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
            return script_printf(s, "%s)", text);
        last = group->as.sequence.keys[next];
        text = script_printf(s, "%s    %s: %s\n", text, last,
                             format_str(s, group->as.sequence.items[next]));
    }
}

/* What param_groups holds: one dict, which the script may change. */
static object *new_groups(script *s, const object *parameters, object *const *options) {
    object *groups = object_sequence(s, OBJECT_LIST, 0),
           *group = object_sequence(s, OBJECT_DICT, 0);
    object *list = object_sequence(s, OBJECT_LIST, parameters->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        list->as.sequence.items[i] = parameters->as.sequence.items[i];
    group->as.sequence.plain = true;
    dict_set(s, group, "params", list);
    for (size_t i = 0; i <= MLP_SGD_MAXIMIZE; i++)
        dict_set(s, group, names[i], options[i]);
    dict_set(s, group, "foreach", object_none(s));
    dict_set(s, group, "differentiable", object_bool(s, false));
    list_append(s, groups, group);
    return groups;
}

/* The options as param_groups has them now. Each setting has a description of its own, for the
 * steps that it applies to. */
static void read_options(script *s, optimizer *o) {
    double option[MLP_MAX_OPTIONS] = {0};
    bool same = o->origin != NULL;
    for (size_t i = 0; i <= MLP_SGD_MAXIMIZE; i++) {
        const object *v = dict_find(group_of(s, o), names[i]);
        if (!v || !object_is_number(v))
            script_fail(s, s->here, "'%s' of param_groups must be a number, not a value of type %s",
                        names[i], v ? object_type(v) : "None");
        option[i] = object_as_number(v);
        same = same && option[i] == o->option[i];
    }
    if (same)
        return;
    memcpy(o->option, option, sizeof option);
    mlp_origin *origin = script_alloc(s, 1, sizeof *origin);
    *origin = (mlp_origin){.name = "SGD", .description = describe(s, option)};
    o->origin = origin;
}

static void check_params(script *s, const optimizer *o) {
    const object *list = dict_find(group_of(s, o), "params");
    bool same = list && list->kind == OBJECT_LIST && list->as.sequence.count == o->count;
    for (size_t i = 0; i < o->count && same; i++)
        same = list->as.sequence.items[i]->kind == OBJECT_TENSOR &&
               list->as.sequence.items[i]->as.tensor == o->parameters[i];
    if (!same)
        script_fail(s, s->here,
                    "'params' of param_groups cannot be changed: write a new "
                    "torch.optim.SGD");
}

object *optimizer_attribute(script *s, object *self, const char *name) {
    if (strcmp(name, "param_groups") == 0)
        return self->as.optimizer->groups;
    return native_value(s, script_printf(s, "Optimizer.%s", name), self);
}

static object *optim_SGD(script *s, const object *callee, object **arguments) {
    (void)callee;
    optimizer *o = script_alloc(s, 1, sizeof *o);
    take_parameters(s, o, arguments[0]);
    o->groups = new_groups(s, arguments[0], arguments + 1);
    read_options(s, o);
    if (!mlp_sgd.optimizer->check(o->option, s->error))
        script_give_up(s, s->here);
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_OPTIMIZER;
    v->as.optimizer = o;
    return v;
}

/* Parameters that received no gradient stay as they are. */
static object *optimizer_step(script *s, const object *callee, object **arguments) {
    (void)arguments;
    optimizer *o = callee->self->as.optimizer;
    read_options(s, o);
    check_params(s, o);
    for (size_t i = 0; i < o->count; i++)
        if (o->parameters[i]->grad &&
            !mlp_trace_update(s->trace, &mlp_sgd, o->origin, o->parameters[i], o->state[i],
                              o->option, s->error))
            script_give_up(s, s->here);
    return object_none(s);
}

static object *optimizer_zero_grad(script *s, const object *callee, object **arguments) {
    const optimizer *o = callee->self->as.optimizer;
    for (size_t i = 0; i < o->count; i++)
        zero_gradient(s, o->parameters[i], arguments[0]->as.boolean);
    return object_none(s);
}

const native native_optim[] = {
    {.path = "torch.optim.SGD",
     .signature = "params: list, lr: float, momentum: float = 0, dampening: float = 0, "
                  "weight_decay: float = 0, nesterov: bool = False, *, maximize: bool = False",
     .call = optim_SGD},
    {.path = "Optimizer.step", .signature = "", .call = optimizer_step},
    {.path = "Optimizer.zero_grad",
     .signature = "set_to_none: bool = False",
     .call = optimizer_zero_grad},
    {0}};
