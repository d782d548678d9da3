/* What Python itself offers. */
#include "module.h"
#include "native.h"
#include "tensor.h"

/* super() in a method, or super(Class, self). */
static value *python_super(script *s, const value *callee, value **arguments) {
    (void)callee;
    const size_t count = arguments[0]->as.sequence.count;
    value **given = arguments[0]->as.sequence.items;
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = VALUE_SUPER;
    if (count == 0) {
        if (!s->frame || !s->frame->class || !s->frame->self)
            script_fail(s, s->here, "super() only works inside a method");
        v->as.class = s->frame->class;
        v->self = s->frame->self;
        return v;
    }
    if (count != 2 || given[0]->kind != VALUE_CLASS || given[1]->kind != VALUE_MODULE)
        script_fail(s, s->here, "super() takes nothing, or the class and self");
    v->as.class = given[0]->as.class;
    v->self = given[1];
    return v;
}

static value *module_init(script *s, const value *callee, value **arguments) {
    (void)arguments;
    callee->self->as.module->initialised = true;
    return value_none(s);
}

/* A report shows every tensor there is, so print has nothing to add to it. */
const native native_python[] = {
    {.path = "print", .signature = "*values, sep = None, end = None, file = None, flush = False"},
    {.path = "super", .signature = "*arguments", .call = python_super},
    {0}};

/* --- nn.Module's methods --- */

static void set_training(module *m, bool training) {
    m->training = training;
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (module_is_child(m, b))
            set_training(b->value->as.module, training);
}

static value *module_train(script *s, const value *callee, value **arguments) {
    (void)s;
    set_training(callee->self->as.module, arguments[0]->as.boolean);
    return callee->self;
}

static value *module_eval(script *s, const value *callee, value **arguments) {
    (void)s;
    (void)arguments;
    set_training(callee->self->as.module, false);
    return callee->self;
}

typedef struct {
    value *dict;
    size_t count;
} collection;

static void count_one(script *s, const char *name, value *tensor, void *context) {
    (void)s;
    (void)name;
    (void)tensor;
    ((collection *)context)->count++;
}

static void collect_one(script *s, const char *name, value *tensor, void *context) {
    (void)s;
    collection *c = context;
    c->dict->as.sequence.keys[c->count] = name;
    c->dict->as.sequence.items[c->count++] = tensor;
}

static value *collect(script *s, module *m, value_kind kind) {
    collection c = {0};
    module_each_parameter(s, m, "", count_one, &c);
    c.dict = value_sequence(s, kind, c.count);
    c.dict->as.sequence.keys = script_alloc(s, c.count, sizeof(char *));
    c.count = 0;
    module_each_parameter(s, m, "", collect_one, &c);
    return c.dict;
}

static value *module_state_dict(script *s, const value *callee, value **arguments) {
    (void)arguments;
    return collect(s, callee->self->as.module, VALUE_DICT);
}

static value *module_parameters(script *s, const value *callee, value **arguments) {
    (void)arguments;
    return collect(s, callee->self->as.module, VALUE_LIST);
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
