/* nn.Module's methods. */
#include "iterate.h"
#include "module.h"
#include "native.h"
#include "tensor.h"

static value *module_init(script *s, const value *callee, value **arguments) {
    (void)arguments;
    callee->self->as.module->initialised = true;
    return value_none(s);
}

static void set_training(script *s, module *m, bool training) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    m->training = training;
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (b->value->kind == VALUE_MODULE)
            set_training(s, b->value->as.module, training);
    script_leave(s);
}

static value *module_train(script *s, const value *callee, value **arguments) {
    set_training(s, callee->self->as.module, arguments[0]->as.boolean);
    return callee->self;
}

static value *module_eval(script *s, const value *callee, value **arguments) {
    (void)arguments;
    set_training(s, callee->self->as.module, false);
    return callee->self;
}

static void count_one(script *s, const char *name, value *tensor, void *context) {
    (void)s;
    (void)name;
    (void)tensor;
    ++*(size_t *)context;
}

/* state_dict() has the numbers, without their gradients. */
static void collect_named(script *s, const char *name, value *tensor, void *context) {
    value *dict = context, *numbers = value_tensor(s, tensor_detached(s, tensor->as.tensor));
    dict->as.sequence.keys[dict->as.sequence.count] = name;
    dict->as.sequence.items[dict->as.sequence.count++] = numbers;
}

/* parameters() has a shared one only once. */
static void collect_distinct(script *s, const char *name, value *tensor, void *context) {
    value *list = context;
    if (tensor->as.tensor->walk == s->walk)
        return;
    tensor->as.tensor->walk = s->walk;
    (void)name;
    list->as.sequence.items[list->as.sequence.count++] = tensor;
}

static value *collect(script *s, module *m, value_kind kind) {
    size_t count = 0;
    module_each_parameter(s, m, "", count_one, &count);
    value *v = value_sequence(s, kind, count);
    v->as.sequence.keys = script_alloc(s, count, sizeof(char *));
    v->as.sequence.count = 0;
    s->walk++;
    module_each_parameter(s, m, "", kind == VALUE_DICT ? collect_named : collect_distinct, v);
    return v;
}

static value *module_state_dict(script *s, const value *callee, value **arguments) {
    (void)arguments;
    return collect(s, callee->self->as.module, VALUE_DICT);
}

static value *module_parameters(script *s, const value *callee, value **arguments) {
    (void)arguments;
    return iterate(s, collect(s, callee->self->as.module, VALUE_LIST), s->here);
}

static void forget_gradient(script *s, const char *name, value *tensor, void *context) {
    (void)name;
    zero_gradient(s, tensor->as.tensor, *(const bool *)context);
}

static value *module_zero_grad(script *s, const value *callee, value **arguments) {
    bool set_to_none = arguments[0]->as.boolean;
    module_each_parameter(s, callee->self->as.module, "", forget_gradient, &set_to_none);
    return value_none(s);
}

const native native_module[] = {
    {.path = "Module.__init__", .signature = "", .call = module_init},
    {.path = "Module.train", .signature = "mode: bool = True", .call = module_train},
    {.path = "Module.eval", .signature = "", .call = module_eval},
    {.path = "Module.state_dict", .signature = "", .call = module_state_dict},
    {.path = "Module.parameters", .signature = "", .call = module_parameters},
    {.path = "Module.zero_grad",
     .signature = "set_to_none: bool = False",
     .call = module_zero_grad},
    {0}};
