/* nn.Module's methods. */
#include "python/evaluate.h"
#include "python/iterate.h"
#include "module.h"
#include "python/native.h"
#include "tensor.h"

#include <string.h>

static object *module_init(script *s, const object *callee, object **arguments) {
    (void)arguments;
    callee->self->as.module->initialised = true;
    return object_none(s);
}

static void set_training(script *s, nn_module *m, bool training) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    m->training = training;
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (b->object->kind == OBJECT_MODULE)
            set_training(s, b->object->as.module, training);
    script_leave(s);
}

static object *module_train(script *s, const object *callee, object **arguments) {
    set_training(s, callee->self->as.module, arguments[0]->as.boolean);
    return callee->self;
}

static object *module_eval(script *s, const object *callee, object **arguments) {
    (void)arguments;
    set_training(s, callee->self->as.module, false);
    return callee->self;
}

static void count_one(script *s, const char *name, object *tensor, void *context) {
    (void)s;
    (void)name;
    (void)tensor;
    ++*(size_t *)context;
}

/* state_dict() has the numbers, without their gradients. */
static void collect_named(script *s, const char *name, object *tensor, void *context) {
    object *dict = context, *numbers = tensor_object(s, tensor_detached(s, tensor->as.tensor));
    dict->as.sequence.keys[dict->as.sequence.count] = name;
    dict->as.sequence.items[dict->as.sequence.count++] = numbers;
}

/* parameters() has a shared one only once. */
static void collect_distinct(script *s, const char *name, object *tensor, void *context) {
    object *list = context;
    if (tensor->as.tensor->walk == s->walk)
        return;
    tensor->as.tensor->walk = s->walk;
    (void)name;
    list->as.sequence.items[list->as.sequence.count++] = tensor;
}

static object *collect(script *s, nn_module *m, object_kind kind) {
    size_t count = 0;
    module_each_parameter(s, m, "", count_one, &count);
    object *v = object_sequence(s, kind, count);
    v->as.sequence.keys = script_alloc(s, count, sizeof(char *));
    v->as.sequence.count = 0;
    s->walk++;
    module_each_parameter(s, m, "", kind == OBJECT_DICT ? collect_named : collect_distinct, v);
    return v;
}

static object *module_state_dict(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return collect(s, callee->self->as.module, OBJECT_DICT);
}

static object *module_parameters(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return iterate(s, collect(s, callee->self->as.module, OBJECT_LIST), s->here);
}

static void collect_pair(script *s, const char *name, object *tensor, void *context) {
    if (tensor->as.tensor->walk == s->walk)
        return;
    tensor->as.tensor->walk = s->walk;
    object *pair = object_sequence(s, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = object_string(s, name);
    pair->as.sequence.items[1] = tensor;
    list_append(s, context, pair);
}

static object *module_named_parameters(script *s, const object *callee, object **arguments) {
    (void)arguments;
    object *pairs = object_sequence(s, OBJECT_LIST, 0);
    s->walk++;
    module_each_parameter(s, callee->self->as.module, "", collect_pair, pairs);
    return iterate(s, pairs, s->here);
}

/* --- modules in a module --- */

static bool has_module(const object *list, const nn_module *m) {
    for (size_t i = 0; i < list->as.sequence.count; i++)
        if (list->as.sequence.items[i]->as.module == m)
            return true;
    return false;
}

/* The children, each once; with those of the children, and the module itself first, where
 * `deep`. */
static void collect_modules(script *s, object *self, bool deep, object *list, object *names,
                            const char *prefix) {
    script_enter(s, s->here, "modules");
    script_spend_on(s, s->here, 1 + list->as.sequence.count);
    if (deep && !has_module(list, self->as.module)) {
        list_append(s, list, self);
        list_append(s, names, object_string(s, prefix));
    }
    for (const binding *b = self->as.module->attributes.first; b; b = b->next) {
        const char *name = script_printf(s, "%s%s%s", prefix, *prefix ? "." : "", b->name);
        if (b->object->kind != OBJECT_MODULE || has_module(list, b->object->as.module))
            continue;
        if (deep) {
            collect_modules(s, b->object, deep, list, names, name);
        } else {
            list_append(s, list, b->object);
            list_append(s, names, object_string(s, name));
        }
    }
    script_leave(s);
}

static object *modules_of(script *s, const object *callee, bool deep, bool named) {
    object *list = object_sequence(s, OBJECT_LIST, 0), *names = object_sequence(s, OBJECT_LIST, 0);
    const mlp_span where = s->here;
    collect_modules(s, callee->self, deep, list, names, "");
    return named ? iterate_zip(s, (object *[]){names, list}, 2, where) : iterate(s, list, where);
}

static object *module_children(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return modules_of(s, callee, false, false);
}

static object *module_named_children(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return modules_of(s, callee, false, true);
}

static object *module_modules(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return modules_of(s, callee, true, false);
}

static object *module_named_modules(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return modules_of(s, callee, true, true);
}

/* The function is called with every module, those inside before the one around them. */
static void apply_to(script *s, const object *function, object *self, mlp_span where) {
    script_enter(s, where, "modules");
    script_spend(s, where);
    object *children = object_sequence(s, OBJECT_LIST, 0);
    collect_modules(s, self, false, children, object_sequence(s, OBJECT_LIST, 0), "");
    for (size_t i = 0; i < children->as.sequence.count; i++)
        apply_to(s, function, children->as.sequence.items[i], where);
    call_function(s, function, function->self, &self, 1, where);
    script_leave(s);
}

static object *module_apply_method(script *s, const object *callee, object **arguments) {
    if (arguments[0]->kind != OBJECT_FUNCTION)
        script_fail(s, s->here, "apply() takes a function of the script, not a value of type %s",
                    object_type(arguments[0]));
    apply_to(s, arguments[0], callee->self, s->here);
    return callee->self;
}

/* --- gradients --- */

static void forget_gradient(script *s, const char *name, object *tensor, void *context) {
    (void)name;
    zero_gradient(s, tensor->as.tensor, *(const bool *)context);
}

static object *module_zero_grad(script *s, const object *callee, object **arguments) {
    bool set_to_none = arguments[0]->as.boolean;
    module_each_parameter(s, callee->self->as.module, "", forget_gradient, &set_to_none);
    return object_none(s);
}

static void require_one(script *s, const char *name, object *tensor, void *context) {
    (void)name;
    tensor_require_grad(s, tensor->as.tensor, *(const bool *)context);
}

static object *module_requires_grad_(script *s, const object *callee, object **arguments) {
    bool requires_grad = arguments[0]->as.boolean;
    module_each_parameter(s, callee->self->as.module, "", require_one, &requires_grad);
    return callee->self;
}

/* --- dtypes --- */

static bool is_floating(script *s, const object *v) {
    return v->kind == OBJECT_TENSOR && mlp_dtype_is_floating(tensor_value(s, v)->tensor.dtype);
}

/* The parameter stays the same object, and so does its gradient. That its numbers were drawn
 * without a seed is still true in another dtype. */
static void convert_parameter(script *s, nn_module *m, const object *parameter, mlp_dtype dtype) {
    mlp_variable *variable = parameter->as.tensor;
    const mlp_value *old = tensor_value(s, parameter);
    tensor_convert(s, variable, dtype);
    for (size_t i = 0; i < 2; i++)
        if (m->unseeded[i] == old)
            m->unseeded[i] = variable->value;
    if (variable->grad)
        tensor_convert(s, variable->grad, dtype);
}

/* A tensor among the options, such as the class weights of a loss, is a buffer, and replaced. A
 * tensor that the script made an attribute is neither that nor a parameter. */
static void convert(script *s, nn_module *m, mlp_dtype dtype) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    for (binding *b = m->attributes.first; b; b = b->next) {
        if (b->object->kind == OBJECT_MODULE)
            convert(s, b->object->as.module, dtype);
        else if (is_parameter(b->object) && is_floating(s, b->object))
            convert_parameter(s, m, b->object, dtype);
    }
    for (binding *b = m->options.first; b; b = b->next)
        if (is_floating(s, b->object))
            b->object = tensor_cast(s, b->object, dtype);
    script_leave(s);
}

/* to(device), to(dtype), to(device, dtype) or to(tensor). */
static object *module_to(script *s, const object *callee, object **arguments) {
    const object *first = arguments[0], *second = arguments[1];
    const bool is_dtype = first->kind == OBJECT_DTYPE;
    if (is_dtype && second->kind != OBJECT_NONE)
        script_fail(s, s->here, "to() takes the device first and then the dtype");
    const object *wanted = is_dtype ? first : second;
    if (!is_dtype && first->kind != OBJECT_TENSOR)
        check_device(s, first);
    if (first->kind != OBJECT_TENSOR && wanted->kind == OBJECT_NONE)
        return callee->self;
    const mlp_dtype dtype = first->kind == OBJECT_TENSOR ? tensor_value(s, first)->tensor.dtype
                                                         : dtype_argument(s, wanted);
    if (!mlp_dtype_is_floating(dtype))
        script_fail(s, s->here, "a module can only have floating-point numbers, not %s",
                    mlp_dtype_name(dtype));
    convert(s, callee->self->as.module, dtype);
    return callee->self;
}

static object *module_float(script *s, const object *callee, object **arguments) {
    (void)arguments;
    convert(s, callee->self->as.module, MLP_FLOAT32);
    return callee->self;
}

static object *module_double(script *s, const object *callee, object **arguments) {
    (void)arguments;
    convert(s, callee->self->as.module, MLP_FLOAT64);
    return callee->self;
}

static object *module_itself(script *s, const object *callee, object **arguments) {
    (void)s;
    (void)arguments;
    return callee->self;
}

/* --- load_state_dict --- */

/* What is being loaded: the given numbers, and which keys did not match. */
typedef struct {
    const object *given;
    object *missing, *unexpected, *known; /* lists of keys */
} loading;

static void load_one(script *s, const char *name, object *tensor, void *context) {
    const loading *l = context;
    const object *given = dict_find(l->given, name);
    char shape[MLP_SHAPE_TEXT], given_shape[MLP_SHAPE_TEXT];
    list_append(s, l->known, object_string(s, name));
    if (!given) {
        list_append(s, l->missing, object_string(s, name));
        return;
    }
    if (given->kind != OBJECT_TENSOR)
        script_fail(s, s->here, "'%s' must be a Tensor, not a value of type %s", name,
                    object_type(given));
    const mlp_tensor *to = &tensor_value(s, tensor)->tensor;
    mlp_value *from = tensor_value(s, given);
    if (!mlp_tensor_same_shape(to, &from->tensor))
        script_fail(s, s->here, "size mismatch for %s: it has shape %s, but the one given %s", name,
                    mlp_shape_text(shape, to), mlp_shape_text(given_shape, &from->tensor));
    const bool no_grad = s->trace->no_grad;
    s->trace->no_grad = true;
    tensor_assign(s, tensor->as.tensor, tensor_copied(s, from, to->dtype));
    s->trace->no_grad = no_grad;
}

static void collect_unexpected(script *s, const loading *l) {
    for (size_t i = 0; i < l->given->as.sequence.count; i++) {
        const char *key = l->given->as.sequence.keys[i];
        bool known = false;
        script_spend_on(s, s->here, 1 + l->known->as.sequence.count / 16);
        for (size_t k = 0; k < l->known->as.sequence.count && !known; k++)
            known = strcmp(l->known->as.sequence.items[k]->as.string, key) == 0;
        if (!known)
            list_append(s, l->unexpected, object_string(s, key));
    }
}

static void check_keys(script *s, const loading *l) {
    if (l->missing->as.sequence.count)
        script_fail(s, s->here, "missing key in state_dict: '%s'",
                    l->missing->as.sequence.items[0]->as.string);
    if (l->unexpected->as.sequence.count)
        script_fail(s, s->here, "unexpected key in state_dict: '%s'",
                    l->unexpected->as.sequence.items[0]->as.string);
}

/* Arguments: state_dict, strict. */
static object *module_load_state_dict(script *s, const object *callee, object **arguments) {
    static const char *names[] = {"missing_keys", "unexpected_keys"};
    loading l = {.given = arguments[0],
                 .missing = object_sequence(s, OBJECT_LIST, 0),
                 .unexpected = object_sequence(s, OBJECT_LIST, 0),
                 .known = object_sequence(s, OBJECT_LIST, 0)};
    if (l.given->kind != OBJECT_DICT)
        script_fail(s, s->here, "load_state_dict() takes a dict, not a value of type %s",
                    object_type(l.given));
    module_each_parameter(s, callee->self->as.module, "", load_one, &l);
    collect_unexpected(s, &l);
    if (arguments[1]->as.boolean)
        check_keys(s, &l);
    object *keys = object_sequence(s, OBJECT_TUPLE, 2);
    keys->as.sequence.items[0] = l.missing;
    keys->as.sequence.items[1] = l.unexpected;
    keys->as.sequence.keys = names;
    keys->as.sequence.type = "_IncompatibleKeys";
    return keys;
}

const native native_module[] = {
    {.path = "Module.__init__", .signature = "", .call = module_init},
    {.path = "Module.train", .signature = "mode: bool = True", .call = module_train},
    {.path = "Module.eval", .signature = "", .call = module_eval},
    {.path = "Module.state_dict", .signature = "", .call = module_state_dict},
    {.path = "Module.parameters", .signature = "", .call = module_parameters},
    {.path = "Module.named_parameters", .signature = "", .call = module_named_parameters},
    {.path = "Module.children", .signature = "", .call = module_children},
    {.path = "Module.named_children", .signature = "", .call = module_named_children},
    {.path = "Module.modules", .signature = "", .call = module_modules},
    {.path = "Module.named_modules", .signature = "", .call = module_named_modules},
    {.path = "Module.apply", .signature = "fn", .call = module_apply_method},
    {.path = "Module.zero_grad",
     .signature = "set_to_none: bool = False",
     .call = module_zero_grad},
    {.path = "Module.requires_grad_",
     .signature = "requires_grad: bool = True",
     .call = module_requires_grad_},
    {.path = "Module.to",
     .signature = "device = None, dtype = None, non_blocking: bool = False",
     .call = module_to},
    {.path = "Module.float", .signature = "", .call = module_float},
    {.path = "Module.double", .signature = "", .call = module_double},
    {.path = "Module.load_state_dict",
     .signature = "state_dict, strict: bool = True",
     .call = module_load_state_dict},
    {.path = "Module.cpu", .signature = "", .call = module_itself},
    {0}};
