/* nn.Module's methods. */
#include "module.h"
#include "tensor.h"
#include "torch.h"

#include "python/dict.h"
#include "python/format.h"
#include "python/iterate.h"

#include <string.h>

/* A second one forgets the parts. */
static object *module_init(call *c) {
    nn_module *m = module_of(c->self);
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_module(b->object) || is_parameter(b->object))
            call_fail(c,
                      "super().__init__() forgets '%s', which is there already: call it once, "
                      "before the parts are assigned",
                      b->name);
    m->initialised = true;
    return object_none(c->script);
}

static object *train(call *c, object *self, bool mode);

static void set_training(call *c, nn_module *m, bool mode) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    m->training = mode;
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_module(b->object))
            train(c, b->object, mode);
    script_leave(c->script);
}

/* Calls the script's own train() where there is one. */
static object *train(call *c, object *self, bool mode) {
    object *own = class_member(module_of(self)->class, "train");
    if (own)
        return call_with(c, bind_method(c->script, own, self),
                         (object *[]){object_bool(c->script, mode)}, 1);
    set_training(c, module_of(self), mode);
    return self;
}

static object *module_train(call *c) {
    set_training(c, module_of(c->self), c->arguments[0]->as.boolean);
    return c->self;
}

static object *module_eval(call *c) {
    return train(c, c->self, false);
}

/* state_dict() has the numbers, without their gradients. */
static void collect_named(call *c, const char *name, object *tensor, void *context) {
    object *dict = context, *numbers = variable_object(c, tensor_detached(c, variable_of(tensor)));
    dict_set(c->script, dict, name, numbers, c->where);
}

/* parameters() has a shared one only once. */
static void collect_distinct(call *c, const char *name, object *tensor, void *context) {
    object *list = context;
    if (variable_of(tensor)->walk == torch_of(c)->walk)
        return;
    variable_of(tensor)->walk = torch_of(c)->walk;
    (void)name;
    list_append(c->script, list, tensor);
}

/* With them under keep_vars=True. */
static void collect_kept(call *c, const char *name, object *tensor, void *context) {
    dict_set(c->script, context, name, tensor, c->where);
}

/* Arguments: destination, prefix, keep_vars. */
static object *module_state_dict(call *c) {
    object *dict = c->arguments[0];
    if (dict->kind == OBJECT_NONE) {
        dict = object_dict(c->script);
        dict->is_ordered = true;
    } else if (dict->kind != OBJECT_DICT) {
        call_fail(c, "the destination of a state_dict is a dict, not a value of type %s",
                  object_type(dict));
    }
    module_each_state(c, module_of(c->self), c->arguments[1]->as.string,
                      c->arguments[2]->as.boolean ? collect_kept : collect_named, dict);
    return dict;
}

static object *module_get_name(call *c) {
    const nn_module *m = module_of(c->self);
    return object_string(c->script, m->class ? m->class->name : m->type->name);
}

static object *distinct(call *c, bool buffers) {
    object *list = object_sequence(c->script, OBJECT_LIST, 0);
    torch_of(c)->walk++;
    module_each_own(c, module_of(c->self), "", buffers, call_argument(c, "recurse")->as.boolean,
                    collect_distinct, list);
    return iterate(c->script, list, c->where);
}

static object *module_parameters(call *c) {
    return distinct(c, false);
}

static object *module_buffers(call *c) {
    return distinct(c, true);
}

static void collect_pair(call *c, const char *name, object *tensor, void *context) {
    if (variable_of(tensor)->walk == torch_of(c)->walk)
        return;
    variable_of(tensor)->walk = torch_of(c)->walk;
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = object_string(c->script, name);
    pair->as.sequence.items[1] = tensor;
    list_append(c->script, context, pair);
}

static object *named_pairs(call *c, bool buffers) {
    object *pairs = object_sequence(c->script, OBJECT_LIST, 0);
    const char *prefix = call_argument(c, "prefix")->as.string;
    torch_of(c)->walk++;
    module_each_own(c, module_of(c->self), *prefix ? script_printf(c->script, "%s.", prefix) : "",
                    buffers, call_argument(c, "recurse")->as.boolean, collect_pair, pairs);
    return iterate(c->script, pairs, c->where);
}

static object *module_named_parameters(call *c) {
    return named_pairs(c, false);
}

static object *module_named_buffers(call *c) {
    return named_pairs(c, true);
}

/* --- modules in a module --- */

/* Whether the present walk came by the module before. */
static bool is_known(const call *c, const object *module) {
    return module_of(module)->walk == torch_of(c)->walk;
}

static void take_module(call *c, object *module, object *list, object *names, const char *name) {
    module_of(module)->walk = torch_of(c)->walk;
    list_append(c->script, list, module);
    list_append(c->script, names, object_string(c->script, name));
}

/* The children, each once; with those of the children, and the module itself first, where
 * `deep`. */
static void collect_modules(call *c, object *self, bool deep, object *list, object *names,
                            const char *prefix) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    if (deep && !is_known(c, self))
        take_module(c, self, list, names, prefix);
    for (const binding *b = module_of(self)->attributes.first; b; b = b->next) {
        const char *name = script_printf(c->script, "%s%s%s", prefix, *prefix ? "." : "", b->name);
        if (!is_module(b->object) || is_known(c, b->object))
            continue;
        if (deep)
            collect_modules(c, b->object, deep, list, names, name);
        else
            take_module(c, b->object, list, names, name);
    }
    script_leave(c->script);
}

static object *modules_of(call *c, bool deep, bool named, const char *prefix) {
    object *list = object_sequence(c->script, OBJECT_LIST, 0),
           *names = object_sequence(c->script, OBJECT_LIST, 0);
    torch_of(c)->walk++;
    collect_modules(c, c->self, deep, list, names, prefix);
    return named ? iterate_zip(c->script, (object *[]){names, list}, 2, c->where)
                 : iterate(c->script, list, c->where);
}

static object *module_children(call *c) {
    return modules_of(c, false, false, "");
}

static object *module_named_children(call *c) {
    return modules_of(c, false, true, "");
}

static object *module_modules(call *c) {
    return modules_of(c, true, false, "");
}

/* Arguments: memo, prefix, remove_duplicate. */
static object *module_named_modules(call *c) {
    if (c->arguments[0]->kind != OBJECT_NONE || !c->arguments[2]->as.boolean)
        call_fail(c, "memo and remove_duplicate of named_modules() are outside the subset: leave "
                     "them out");
    return modules_of(c, true, true, c->arguments[1]->as.string);
}

/* The function is called with every module, those inside before the one around them. */
static void apply_to(call *c, const object *function, object *self) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    object *children = object_sequence(c->script, OBJECT_LIST, 0);
    torch_of(c)->walk++;
    collect_modules(c, self, false, children, object_sequence(c->script, OBJECT_LIST, 0), "");
    for (size_t i = 0; i < children->as.sequence.count; i++)
        apply_to(c, function, children->as.sequence.items[i]);
    call_with(c, function, &self, 1);
    script_leave(c->script);
}

static object *module_apply_method(call *c) {
    if (c->arguments[0]->kind != OBJECT_FUNCTION)
        call_fail(c, "apply() takes a function of the script, not a value of type %s",
                  object_type(c->arguments[0]));
    apply_to(c, c->arguments[0], c->self);
    return c->self;
}

/* --- gradients --- */

static void forget_gradient(call *c, const char *name, object *tensor, void *context) {
    (void)name;
    zero_gradient(c, variable_of(tensor), *(const bool *)context);
}

static object *module_zero_grad(call *c) {
    bool set_to_none = sets_to_none(c);
    module_each_parameter(c, module_of(c->self), "", forget_gradient, &set_to_none);
    return object_none(c->script);
}

static void require_one(call *c, const char *name, object *tensor, void *context) {
    (void)name;
    tensor_require_grad(c, variable_of(tensor), *(const bool *)context);
}

static object *module_requires_grad_(call *c) {
    bool requires_grad = c->arguments[0]->as.boolean;
    module_each_parameter(c, module_of(c->self), "", require_one, &requires_grad);
    return c->self;
}

/* --- dtypes --- */

static bool is_floating(call *c, const object *v) {
    return is_tensor(v) && mlp_dtype_is_floating(tensor_value(c, v)->tensor.dtype);
}

/* The parameter stays the same object, and so does its gradient. */
static void convert_parameter(call *c, const object *parameter, mlp_dtype dtype) {
    mlp_variable *variable = variable_of(parameter);
    tensor_convert(c, variable, dtype);
    if (variable->grad)
        tensor_convert(c, variable->grad, dtype);
}

/* A tensor among the options, such as the class weights of a loss, is a buffer, and replaced. A
 * tensor that the script made an attribute is neither that nor a parameter. */
static void convert(call *c, nn_module *m, mlp_dtype dtype) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    for (binding *b = m->attributes.first; b; b = b->next) {
        if (is_module(b->object))
            convert(c, module_of(b->object), dtype);
        else if (is_parameter(b->object) && is_floating(c, b->object))
            convert_parameter(c, b->object, dtype);
    }
    for (binding *b = m->buffers.first; b; b = b->next)
        if (b->object && is_floating(c, b->object))
            b->object = tensor_cast(c, b->object, dtype);
    for (binding *b = m->options.first; b; b = b->next)
        if (is_floating(c, b->object))
            b->object = tensor_cast(c, b->object, dtype);
    script_leave(c->script);
}

/* to(device), to(dtype), to(device, dtype) or to(tensor). */
static object *module_to(call *c) {
    const object *first = c->arguments[0], *second = c->arguments[1];
    const bool has_dtype = is_dtype(first);
    if ((has_dtype || is_tensor(first)) && second->kind != OBJECT_NONE)
        call_fail(c, "to() takes a Tensor alone, a dtype alone, or the device first and then the "
                     "dtype");
    const object *wanted = has_dtype ? first : second;
    if (!has_dtype && !is_tensor(first))
        check_device(c, first);
    if (!is_tensor(first) && wanted->kind == OBJECT_NONE)
        return c->self;
    const mlp_dtype dtype =
        is_tensor(first) ? tensor_value(c, first)->tensor.dtype : dtype_argument(c, wanted);
    if (!mlp_dtype_is_floating(dtype))
        call_fail(c, "a module can only have floating-point numbers, not %s",
                  mlp_dtype_name(dtype));
    convert(c, module_of(c->self), dtype);
    return c->self;
}

static object *module_float(call *c) {
    convert(c, module_of(c->self), MLP_FLOAT32);
    return c->self;
}

static object *module_double(call *c) {
    convert(c, module_of(c->self), MLP_FLOAT64);
    return c->self;
}

/* type(dst_type), a dtype or the name of a type of tensors. */
static object *convert_to_type(call *c) {
    const object *type = c->arguments[0];
    for (mlp_dtype dtype = MLP_FLOAT32; dtype <= MLP_FLOAT64 && !is_dtype(type); dtype++)
        if (type->kind == OBJECT_STRING && strcmp(type->as.string, tensor_type_name(dtype)) == 0) {
            convert(c, module_of(c->self), dtype);
            return c->self;
        }
    if (!is_dtype(type) || !mlp_dtype_is_floating(dtype_argument(c, type)))
        call_fail(c, "a module is of torch.float32 or torch.float64");
    convert(c, module_of(c->self), dtype_argument(c, type));
    return c->self;
}

static object *module_itself(call *c) {
    return c->self;
}

/* --- load_state_dict --- */

/* What is being loaded: the given numbers, and which of them did not fit. */
typedef struct {
    const object *given;
    object *missing, *unexpected; /* lists of keys */
    object *known;                /* a dict with those of the module */
    const char *misfits;          /* of shapes: what PyTorch says of all ... */
    const char *misfit;           /* ... and this program of the first, or NULL */
} loading;

static const char *size_text(call *c, const mlp_tensor *t) {
    return format_repr(c, size_object(c, t->ndim, t->shape));
}

static void note_misfit(call *c, loading *l, const char *name, const mlp_tensor *to,
                        const mlp_tensor *from) {
    char shape[MLP_SHAPE_TEXT], given[MLP_SHAPE_TEXT];
    l->misfits = script_printf(c->script,
                               "%s\n\tsize mismatch for %s: copying a param with shape %s from "
                               "checkpoint, the shape in current model is %s.",
                               l->misfits, name, size_text(c, from), size_text(c, to));
    if (!l->misfit)
        l->misfit =
            script_printf(c->script, "size mismatch for %s: it has shape %s, but the one given %s",
                          name, mlp_shape_text(shape, to), mlp_shape_text(given, from));
}

static void load_one(call *c, const char *name, object *tensor, void *context) {
    loading *l = context;
    const object *given = dict_find(l->given, name);
    dict_set(c->script, l->known, name, object_none(c->script), c->where);
    if (!given) {
        list_append(c->script, l->missing, object_string(c->script, name));
        return;
    }
    if (!is_tensor(given))
        call_fail(c, "'%s' must be a Tensor, not a value of type %s", name, object_type(given));
    const mlp_tensor *to = &tensor_value(c, tensor)->tensor;
    mlp_value *from = tensor_value(c, given);
    if (mlp_tensor_same_shape(to, &from->tensor))
        tensor_replace(c, variable_of(tensor), tensor_copied(c, from, to->dtype));
    else if (to->ndim == 0 && from->tensor.ndim == 1)
        call_fail(c, "the number '%s' is not loaded from a list: write [0] behind it", name);
    else
        note_misfit(c, l, name, to, &from->tensor);
}

/* Those that a module and the modules in it do not have, each below that which it names. */
static void collect_unexpected(call *c, const loading *l, const nn_module *m, const char *prefix) {
    const size_t length = strlen(prefix);
    script_work(c->script, c->where, l->given->as.sequence.count);
    for (size_t i = 0; i < l->given->as.sequence.count; i++) {
        const char *key = dict_key(l->given, i);
        if (!key)
            call_fail(c, "the keys of a state_dict are strings, not values of type %s",
                      object_type(l->given->as.sequence.keys[i]));
        if (strncmp(key, prefix, length) != 0)
            continue;
        const char *name = script_copy(c->script, key + length, strcspn(key + length, "."));
        const object *part = scope_find(&m->attributes, name);
        if (!(part && is_module(part)) &&
            !dict_find(l->known, script_printf(c->script, "%s%s", prefix, name)))
            list_append(c->script, l->unexpected, l->given->as.sequence.keys[i]);
    }
    script_enter(c->script, c->where, "modules");
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (b->object && is_module(b->object))
            collect_unexpected(c, l, module_of(b->object),
                               script_printf(c->script, "%s%s.", prefix, b->name));
    script_leave(c->script);
}

/* "\n\tMissing key(s) in state_dict: "a", "b". "; nothing where the list is empty. */
static const char *keys_text(call *c, const char *what, const object *keys) {
    const char *text = "";
    for (size_t i = 0; i < keys->as.sequence.count; i++)
        text = script_printf(c->script, "%s%s\"%s\"", text, i ? ", " : "",
                             keys->as.sequence.items[i]->as.string);
    return *text ? script_printf(c->script, "\n\t%s key(s) in state_dict: %s. ", what, text) : "";
}

/* Fails with all that did not fit; of keys only where these must. */
static void check_loaded(call *c, const loading *l, bool strict) {
    const nn_module *m = module_of(c->self);
    const bool missing = strict && l->missing->as.sequence.count,
               unexpected = strict && l->unexpected->as.sequence.count;
    if (!missing && !unexpected && !l->misfit)
        return;
    call_raises(c, RUNTIME_ERROR, "Error(s) in loading state_dict for %s:%s%s%s",
                m->class ? m->class->name : m->type->name,
                missing ? keys_text(c, "Missing", l->missing) : "",
                unexpected ? keys_text(c, "Unexpected", l->unexpected) : "", l->misfits);
    if (missing)
        call_fail(c, "missing key in state_dict: '%s'",
                  l->missing->as.sequence.items[0]->as.string);
    if (unexpected)
        call_fail(c, "unexpected key in state_dict: '%s'",
                  l->unexpected->as.sequence.items[0]->as.string);
    call_fail(c, "%s", l->misfit);
}

/* Arguments: state_dict, strict. */
static object *module_load_state_dict(call *c) {
    loading l = {.given = c->arguments[0],
                 .missing = object_sequence(c->script, OBJECT_LIST, 0),
                 .unexpected = object_sequence(c->script, OBJECT_LIST, 0),
                 .known = object_dict(c->script),
                 .misfits = ""};
    if (l.given->kind != OBJECT_DICT)
        call_fail(call_raises(c, TYPE_ERROR,
                              "Expected state_dict to be dict-like, got <class '%s'>.",
                              object_class_name(l.given)),
                  "load_state_dict() takes a dict, not a value of type %s", object_type(l.given));
    module_each_state(c, module_of(c->self), "", load_one, &l);
    collect_unexpected(c, &l, module_of(c->self), "");
    check_loaded(c, &l, c->arguments[1]->as.boolean);
    return incompatible_keys(c, l.missing, l.unexpected);
}

const native native_module[] = {
    {.path = "Module.__init__", .signature = "", .call = module_init},
    {.path = "Module.extra_repr", .signature = "", .call = module_extra_repr},
    {.path = "Module.train", .signature = "mode: bool = True", .call = module_train},
    {.path = "Module.eval", .signature = "", .call = module_eval},
    {.path = "Module.state_dict",
     .signature = "*, destination = None, prefix: str = '', keep_vars: bool = False",
     .call = module_state_dict},
    {.path = "Module._get_name", .signature = "", .call = module_get_name},
    {.path = "Module.parameters", .signature = "recurse: bool = True", .call = module_parameters},
    {.path = "Module.buffers", .signature = "recurse: bool = True", .call = module_buffers},
    {.path = "Module.named_parameters",
     .signature = "prefix: str = '', recurse: bool = True",
     .call = module_named_parameters},
    {.path = "Module.named_buffers",
     .signature = "prefix: str = '', recurse: bool = True",
     .call = module_named_buffers},
    {.path = "Module.children", .signature = "", .call = module_children},
    {.path = "Module.named_children", .signature = "", .call = module_named_children},
    {.path = "Module.modules", .signature = "", .call = module_modules},
    {.path = "Module.named_modules",
     .signature = "memo = None, prefix: str = '', remove_duplicate: bool = True",
     .call = module_named_modules},
    {.path = "Module.apply", .signature = "fn", .call = module_apply_method},
    {.path = "Module.zero_grad", .signature = "| set_to_none: bool", .call = module_zero_grad},
    {.path = "Module.requires_grad_",
     .signature = "requires_grad: bool = True",
     .call = module_requires_grad_},
    {.path = "Module.to",
     .signature = "device = None, dtype = None, non_blocking: bool = False",
     .call = module_to},
    {.path = "Module.float", .signature = "", .call = module_float},
    {.path = "Module.type", .signature = "dst_type", .call = convert_to_type},
    {.path = "Module.double", .signature = "", .call = module_double},
    {.path = "Module.load_state_dict",
     .signature = "state_dict, strict: bool = True",
     .call = module_load_state_dict},
    {.path = "Module.cpu", .signature = "", .call = module_itself},
    {0}};
