/* torch.nn: the modules that are more than one operation and its options. */
#include "module.h"
#include "tensor.h"

#include <string.h>

static mlp_variable *new_parameter(script *s, size_t ndim, const size_t *shape) {
    mlp_variable *p = tensor_new(s, s->dtype, ndim, shape, true);
    p->is_parameter = true;
    return p;
}

/* The tensor of an attribute that may be None. */
static mlp_value *tensor_option(script *s, const nn_module *m, const char *name) {
    const object *v = module_option(m, name);
    return v->kind == OBJECT_TENSOR ? tensor_value(s, v) : NULL;
}

/* --- Linear --- */

static size_t feature_count(script *s, const object *v, const char *name) {
    if (v->as.integer < 0)
        script_fail(s, s->here, "%s must not be negative", name);
    return (size_t)v->as.integer;
}

static object *linear_init(script *s, const object *callee, object **arguments) {
    nn_module *m = callee->self->as.module;
    const size_t in_features = feature_count(s, arguments[0], "in_features");
    const size_t out_features = feature_count(s, arguments[1], "out_features");
    check_device(s, arguments[3]);
    const mlp_dtype dtype = dtype_argument(s, arguments[4]), before = s->dtype;
    s->dtype = dtype;
    mlp_variable *weight = new_parameter(s, 2, (size_t[]){out_features, in_features});
    const double weight_bound = mlp_linear_weight_bound(in_features);
    fill_uniform(s, &weight->value->tensor, -weight_bound, weight_bound);
    scope_bind(s, &m->attributes, "weight", tensor_object(s, weight));
    object *bias = object_none(s);
    if (arguments[2]->as.boolean) {
        bias = tensor_object(s, new_parameter(s, 1, &out_features));
        const double bound = mlp_linear_bias_bound(in_features);
        fill_uniform(s, &bias->as.tensor->value->tensor, -bound, bound);
    }
    scope_bind(s, &m->attributes, "bias", bias);
    if (!s->seeded) {
        m->unseeded[0] = weight->value;
        m->unseeded[1] = bias->kind == OBJECT_TENSOR ? bias->as.tensor->value : NULL;
    }
    s->dtype = before;
    return callee->self;
}

/* Drawn without a seed, these numbers are others at every run of Python; that matters only where
 * they are used, not where the script replaces them. */
static void warn_of_unseeded(script *s, const nn_module *m, mlp_value *const in[MLP_MAX_INPUTS]) {
    if (in[1] == m->unseeded[0] || (in[2] && in[2] == m->unseeded[1]))
        script_warn_unseeded(s);
}

/* Legal, and how the founding script does it: PyTorch takes the weight as it finds it. */
static void warn_of_other_shape(script *s, nn_module *m, const mlp_tensor *weight) {
    const int64_t in_features = module_option(m, "in_features")->as.integer;
    const int64_t out_features = module_option(m, "out_features")->as.integer;
    char shape[MLP_SHAPE_TEXT];
    if (m->warned || weight->ndim != 2 ||
        ((int64_t)weight->shape[1] == in_features && (int64_t)weight->shape[0] == out_features))
        return;
    m->warned = true;
    script_warn(s, s->here,
                "%s was made as Linear(%lld, %lld), but its weight was replaced by one "
                "of shape %s, which counts",
                module_label(s, m), (long long)in_features, (long long)out_features,
                mlp_shape_text(shape, weight));
}

/* Says it in the words of the script, where the table of operations only knows shapes. */
static void check_features(script *s, const nn_module *m, const mlp_value *x,
                           const mlp_tensor *weight) {
    const mlp_tensor *t = &x->tensor;
    char shape[MLP_SHAPE_TEXT], weight_shape[MLP_SHAPE_TEXT];
    if (weight->ndim != 2 || (t->ndim && t->shape[t->ndim - 1] == weight->shape[1]))
        return;
    const char *name = module_label(s, m);
    const char *input = x->name ? x->name : "its input";
    if (t->ndim == 1)
        script_fail(s, s->here, "%s takes %zu features, but %s has %zu", name, weight->shape[1],
                    input, t->shape[0]);
    script_fail(s, s->here, "%s takes %zu features (its weight has shape %s), but %s has shape %s",
                name, weight->shape[1], mlp_shape_text(weight_shape, weight), input,
                mlp_shape_text(shape, t));
}

static mlp_variable *linear_apply(script *s, nn_module *m, object **inputs) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, inputs[0]), tensor_option(s, m, "weight"),
                                     tensor_option(s, m, "bias")};
    if (!in[1])
        script_fail(s, s->here, "the weight of %s is None", m->origin.description);
    warn_of_unseeded(s, m, in);
    warn_of_other_shape(s, m, &in[1]->tensor);
    check_features(s, m, in[0], &in[1]->tensor);
    return apply_inputs(s, m, &mlp_linear, in, (double[MLP_MAX_OPTIONS]){0});
}

/* --- Dropout --- */

static double probability(script *s, const nn_module *m) {
    const double p = object_as_number(module_option(m, "p"));
    if (!(p >= 0 && p <= 1))
        script_fail(s, s->here, "p=%g is not a probability: it must lie between 0 and 1", p);
    return p;
}

static object *dropout_init(script *s, const object *callee, object **arguments) {
    (void)arguments;
    probability(s, callee->self->as.module);
    return callee->self;
}

/* The mask is drawn here and given to the operation, so that the step can be computed again
 * under the same mask. PyTorch draws nothing where p is 0 or 1. */
static mlp_value *draw_mask(script *s, nn_module *m, const mlp_tensor *x, double p) {
    mlp_variable *mask = tensor_new(s, MLP_INT64, x->ndim, x->shape, false);
    if (p > 0 && p < 1) {
        script_warn_unseeded(s);
        mlp_bernoulli(&s->generator, s->rng, mask->value->tensor.data, x->numel, 1 - p);
    }
    for (size_t i = 0; p == 0 && i < x->numel; i++)
        mlp_tensor_set(&mask->value->tensor, i, 1);
    mask->value->internal_of = &m->origin;
    mask->value->suffix = ".mask";
    return mask->value;
}

static mlp_variable *dropout_apply(script *s, nn_module *m, object **inputs) {
    mlp_variable *x = inputs[0]->as.tensor;
    double option[MLP_MAX_OPTIONS] = {probability(s, m)};
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, inputs[0])};
    if (!m->training)
        return tensor_same(s, x, apply_inputs(s, m, &mlp_identity, in, option));
    in[1] = draw_mask(s, m, &in[0]->tensor, option[0]);
    mlp_variable *result = apply_inputs(s, m, &mlp_dropout, in, option);
    if (module_option(m, "inplace")->as.boolean)
        put_in_place(s, x, result);
    return result;
}

static object *refuse_module(script *s, const object *callee, object **arguments) {
    (void)callee;
    (void)arguments;
    script_fail(s, s->here, "nn.Module itself computes nothing: derive a class from it");
}

/* --- as functions --- */

static object *functional_linear(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_value *in[MLP_MAX_INPUTS] = {
        tensor_value(s, arguments[0]), tensor_value(s, arguments[1]),
        arguments[2]->kind == OBJECT_TENSOR ? tensor_value(s, arguments[2]) : NULL};
    nn_module *m = module_for_call(s, NULL, "linear", NULL);
    return tensor_object(s, apply_inputs(s, m, &mlp_linear, in, (double[MLP_MAX_OPTIONS]){0}));
}

static object *functional_dropout(script *s, const object *callee, object **arguments) {
    const native *dropout = native_find(s, "torch.nn.Dropout");
    const bool has_inplace = strcmp(callee->as.native->path, "torch.dropout") != 0;
    object *options[] = {arguments[1], has_inplace ? arguments[3] : object_bool(s, false)};
    nn_module *m = module_for_call(s, dropout, "dropout", options);
    m->training = arguments[2]->as.boolean;
    return tensor_object(s, dropout_apply(s, m, arguments));
}

const native native_nn[] = {
    {.path = "torch.nn.Module", .signature = "", .call = refuse_module},
    {.path = "torch.nn.Linear",
     .signature = "in_features: int, out_features: int, bias: bool = True, device = None, "
                  "dtype = None",
     .call = linear_init,
     .apply = linear_apply,
     .inputs = "input: Tensor"},
    {.path = "torch.nn.Dropout",
     .signature = "p: float = 0.5, inplace: bool = False",
     .call = dropout_init,
     .apply = dropout_apply,
     .inputs = "input: Tensor"},
    {.path = "torch.nn.functional.linear",
     .signature = "input: Tensor, weight: Tensor, bias: Optional[Tensor] = None",
     .call = functional_linear},
    {.path = "torch.nn.functional.dropout",
     .signature = "input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False",
     .call = functional_dropout},
    {.path = "torch.dropout",
     .signature = "input: Tensor, p: float, train: bool",
     .call = functional_dropout},
    {0}};
