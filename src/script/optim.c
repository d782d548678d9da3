/* torch.optim. */
#include "optim.h"

#include "format.h"
#include "module.h"
#include "tensor.h"

struct optimizer {
    mlp_variable **parameters;
    mlp_value **state; /* momentum buffers, NULL before the first step */
    size_t count;
    double option[MLP_MAX_OPTIONS];
    value *given[MLP_MAX_OPTIONS]; /* the same as the script wrote them */
    mlp_origin origin;
};

static void check_sgd(script *s, const double *option) {
    if (!(option[MLP_SGD_LR] >= 0))
        script_fail(s, s->here, "lr=%g must not be negative", option[MLP_SGD_LR]);
    if (!(option[MLP_SGD_MOMENTUM] >= 0))
        script_fail(s, s->here, "momentum=%g must not be negative", option[MLP_SGD_MOMENTUM]);
    if (!(option[MLP_SGD_WEIGHT_DECAY] >= 0))
        script_fail(s, s->here, "weight_decay=%g must not be negative",
                    option[MLP_SGD_WEIGHT_DECAY]);
    if (option[MLP_SGD_NESTEROV] != 0 &&
        (option[MLP_SGD_MOMENTUM] <= 0 || option[MLP_SGD_DAMPENING] != 0))
        script_fail(s, s->here, "nesterov=True needs a momentum above 0 and no dampening");
}

static void take_parameters(script *s, optimizer *o, const value *parameters) {
    o->count = parameters->as.sequence.count;
    o->parameters = script_alloc(s, o->count, sizeof *o->parameters);
    o->state = script_alloc(s, o->count, sizeof *o->state);
    if (o->count == 0)
        script_fail(s, s->here, "the optimizer got no parameters");
    s->walk++;
    for (size_t i = 0; i < o->count; i++) {
        const value *p = parameters->as.sequence.items[i];
        if (p->kind != VALUE_TENSOR)
            script_fail(s, s->here,
                        "an optimizer takes tensors, not a value of type %s: parameter groups are "
                        "not supported",
                        value_type(p));
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
    static const char *const names[] = {[MLP_SGD_MOMENTUM] = "momentum",
                                        [MLP_SGD_DAMPENING] = "dampening",
                                        [MLP_SGD_WEIGHT_DECAY] = "weight_decay",
                                        [MLP_SGD_NESTEROV] = "nesterov",
                                        [MLP_SGD_MAXIMIZE] = "maximize"};
    const char *text = script_printf(s, "SGD(lr=%g", option[MLP_SGD_LR]);
    for (size_t i = MLP_SGD_MOMENTUM; i <= MLP_SGD_MAXIMIZE; i++) {
        if (option[i] == 0)
            continue;
        text = i < MLP_SGD_NESTEROV ? script_printf(s, "%s, %s=%g", text, names[i], option[i])
                                    : script_printf(s, "%s, %s=True", text, names[i]);
    }
    return script_printf(s, "%s)", text);
}

const char *optimizer_repr(script *s, const optimizer *o) {
    return script_printf(
        s,
        "SGD (\nParameter Group 0\n"
        "    dampening: %s\n    differentiable: False\n    foreach: None\n"
        "    lr: %s\n    maximize: %s\n    momentum: %s\n    nesterov: %s\n"
        "    weight_decay: %s\n)",
        format_str(s, o->given[MLP_SGD_DAMPENING]), format_str(s, o->given[MLP_SGD_LR]),
        format_str(s, o->given[MLP_SGD_MAXIMIZE]), format_str(s, o->given[MLP_SGD_MOMENTUM]),
        format_str(s, o->given[MLP_SGD_NESTEROV]), format_str(s, o->given[MLP_SGD_WEIGHT_DECAY]));
}

static value *optim_SGD(script *s, const value *callee, value **arguments) {
    (void)callee;
    optimizer *o = script_alloc(s, 1, sizeof *o);
    o->origin.name = "SGD";
    take_parameters(s, o, arguments[0]);
    for (size_t i = 0; i <= MLP_SGD_MAXIMIZE; i++) {
        o->given[i] = arguments[i + 1];
        o->option[i] = value_as_number(o->given[i]);
    }
    check_sgd(s, o->option);
    o->origin.description = describe(s, o->option);
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_OPTIMIZER;
    v->as.optimizer = o;
    return v;
}

/* Parameters that received no gradient stay as they are. */
static value *optimizer_step(script *s, const value *callee, value **arguments) {
    (void)arguments;
    optimizer *o = callee->self->as.optimizer;
    const bool has_state = o->option[MLP_SGD_MOMENTUM] != 0;
    for (size_t i = 0; i < o->count; i++)
        if (o->parameters[i]->grad &&
            !mlp_trace_update(s->trace, &mlp_sgd, &o->origin, o->parameters[i],
                              has_state ? &o->state[i] : NULL, ".momentum_buffer", o->option,
                              s->error))
            script_give_up(s, s->here);
    return value_none(s);
}

static value *optimizer_zero_grad(script *s, const value *callee, value **arguments) {
    const optimizer *o = callee->self->as.optimizer;
    for (size_t i = 0; i < o->count; i++)
        zero_gradient(s, o->parameters[i], arguments[0]->as.boolean);
    return value_none(s);
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
