/* torch.nn: the modules that are more than one operation and its options. */
#include "module.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include "python/format.h"

#include <string.h>

static mlp_variable *empty_parameter(call *c, size_t ndim, const size_t *shape) {
    mlp_variable *p = tensor_new(c, torch_of(c)->dtype, ndim, shape, true);
    p->is_parameter = true;
    return p;
}

enum {
    LINEAR,
    DROPOUT,
    PRELU,
    LAZY_LINEAR
};

/* --- Linear --- */

static size_t feature_count(call *c, const nn_module *m, const char *name) {
    const object *v = module_option(m, name);
    if (v->as.integer < 0)
        call_fail(c, "%s must not be negative", name);
    return tensor_size_of(c, v->as.integer);
}

/* Drawn without a seed, these numbers are others at every run of Python; that matters only where
 * they are used, not where the script replaces them. */
static void draw(call *c, const mlp_variable *parameter, double bound) {
    mlp_value *value = parameter->value;
    tensor_set_bound(value, fill_uniform(c, &value->tensor, -bound, bound));
    value->unseeded = !torch_of(c)->random.seeded;
    mlp_value_changed_again(value);
}

/* As reset_parameters() does it, which a class of the script may have its own of. */
static void draw_parameters(call *c, nn_module *m, const mlp_variable *weight, const object *bias,
                            size_t in_features) {
    object *own = class_member(m->class, "reset_parameters");
    if (own) {
        call_with(c, bind_method(c->script, own, module_object(c, m)), NULL, 0);
        return;
    }
    draw(c, weight, mlp_linear_weight_bound(in_features));
    if (is_tensor(bias))
        draw(c, variable_of(bias), mlp_linear_bias_bound(in_features));
}

static void linear_init(call *c, nn_module *m) {
    const size_t in_features = feature_count(c, m, "in_features");
    const size_t out_features = feature_count(c, m, "out_features");
    check_device(c, module_option(m, "device"));
    const mlp_dtype dtype = dtype_argument(c, module_option(m, "dtype")),
                    before = torch_of(c)->dtype;
    torch_of(c)->dtype = dtype;
    mlp_variable *weight = empty_parameter(c, 2, (size_t[]){out_features, in_features});
    scope_bind(c->script, &m->attributes, "weight", variable_object(c, weight));
    object *bias = object_none(c->script);
    if (module_option(m, "bias")->as.boolean) {
        bias = variable_object(c, empty_parameter(c, 1, &out_features));
    }
    scope_bind(c->script, &m->attributes, "bias", bias);
    draw_parameters(c, m, weight, bias, in_features);
    torch_of(c)->dtype = before;
}

/* Arguments: none. New numbers in place, as the first were drawn. */
static object *linear_reset(call *c) {
    const nn_module *m = module_of(c->self);
    const object *weight = module_option(m, "weight"), *bias = module_option(m, "bias");
    if (!is_tensor(weight) || tensor_value(c, weight)->tensor.ndim != 2)
        call_fail(c, "reset_parameters() needs a weight of two dimensions");
    const size_t in_features = tensor_value(c, weight)->tensor.shape[1];
    double bound = mlp_linear_weight_bound(in_features);
    tensor_reset(c, variable_of(weight), tensor_uniform(c, variable_of(weight), -bound, bound));
    bound = mlp_linear_bias_bound(in_features);
    if (is_tensor(bias))
        tensor_reset(c, variable_of(bias), tensor_uniform(c, variable_of(bias), -bound, bound));
    return object_none(c->script);
}

/* Legal, and what people do who write their numbers into a layer: PyTorch takes the weight as it
 * finds it. */
static void warn_of_other_shape(call *c, nn_module *m, const mlp_tensor *weight) {
    const int64_t in_features = module_option(m, "in_features")->as.integer;
    const int64_t out_features = module_option(m, "out_features")->as.integer;
    char shape[MLP_SHAPE_TEXT];
    if (m->warned || weight->ndim != 2 ||
        ((int64_t)weight->shape[1] == in_features && (int64_t)weight->shape[0] == out_features))
        return;
    m->warned = true;
    call_warn(c,
              "%s was made as Linear(%lld, %lld), but its weight was replaced by one "
              "of shape %s, which counts",
              module_label(c, m), (long long)in_features, (long long)out_features,
              mlp_shape_text(shape, weight));
}

/* x, as one matrix, times the transposed weight. */
static call *raises_shapes(call *c, const mlp_tensor *x, const mlp_tensor *weight) {
    const size_t inner = x->ndim ? x->shape[x->ndim - 1] : 0;
    return inner ? call_raises(c, RUNTIME_ERROR,
                               "mat1 and mat2 shapes cannot be multiplied (%zux%zu and %zux%zu)",
                               x->numel / inner, inner, weight->shape[1], weight->shape[0])
                 : c;
}

/* Says it in the words of the script, where the operation's row only knows shapes. */
static void check_features(call *c, const nn_module *m, const mlp_value *x,
                           const mlp_tensor *weight) {
    const mlp_tensor *t = &x->tensor;
    char shape[MLP_SHAPE_TEXT], weight_shape[MLP_SHAPE_TEXT];
    if (weight->ndim != 2 || (t->ndim && t->shape[t->ndim - 1] == weight->shape[1]))
        return;
    const char *name = module_label(c, m);
    const char *input = x->label.name ? x->label.name : "its input";
    if (t->ndim == 1)
        call_fail(raises_shapes(c, t, weight), "%s takes %zu features, but %s has %zu", name,
                  weight->shape[1], input, t->shape[0]);
    call_fail(raises_shapes(c, t, weight),
              "%s takes %zu features (its weight has shape %s), but %s has shape %s", name,
              weight->shape[1], mlp_shape_text(weight_shape, weight), input,
              mlp_shape_text(shape, t));
}

static mlp_variable *linear_apply(call *c, nn_module *m, object **inputs) {
    const mlp_request request = {.operation = &mlp_linear,
                                 .origin = &m->origin,
                                 .in = {tensor_value(c, inputs[0]), module_tensor(c, m, "weight"),
                                        module_tensor(c, m, "bias")}};
    mlp_value *const *in = request.in;
    if (!in[1])
        call_fail(c, "the weight of %s is None", m->origin.description);
    warn_of_other_shape(c, m, &in[1]->tensor);
    check_features(c, m, in[0], &in[1]->tensor);
    return tensor_computed(c, &request);
}

/* --- LazyLinear --- */

/* It has no parameters before it has seen an input, whose features it takes as its own; from then on
 * it is a Linear. */
static void lazy_init(call *c, nn_module *m) {
    feature_count(c, m, "out_features");
    if (m->class)
        call_fail(c,
                  "classes that derive from LazyLinear are outside the subset: derive from Linear");
    scope_bind(c->script, &m->options, "in_features", object_integer(c->script, 0));
    m->is_lazy = true;
}

/* There is nothing to draw yet. */
static object *lazy_reset(call *c) {
    return object_none(c->script);
}

static mlp_variable *lazy_apply(call *c, nn_module *m, object **inputs) {
    const mlp_tensor *x = &tensor_value(c, inputs[0])->tensor;
    if (x->ndim == 0)
        call_fail(c, "%s takes an input of one dimension or more", module_label(c, m));
    const int64_t features = (int64_t)x->shape[x->ndim - 1];
    scope_bind(c->script, &m->options, "in_features", object_integer(c->script, features));
    m->type = &nn_layers[LINEAR];
    m->forward = NULL;
    m->is_lazy = false;
    linear_init(c, m);
    return linear_apply(c, m, inputs);
}

/* --- PReLU --- */

static void prelu_init(call *c, nn_module *m) {
    const size_t count = feature_count(c, m, "num_parameters");
    const mlp_number slope = option_number(module_option(m, "init"));
    check_device(c, module_option(m, "device"));
    const mlp_dtype dtype = dtype_argument(c, module_option(m, "dtype")),
                    before = torch_of(c)->dtype;
    torch_of(c)->dtype = dtype;
    mlp_variable *weight = empty_parameter(c, 1, &count);
    torch_of(c)->dtype = before;
    tensor_fill(&weight->value->tensor, slope);
    mlp_value_changed_again(weight->value);
    tensor_set_bound(weight->value, tensor_bound_of(c, &weight->value->tensor, slope));
    scope_bind(c->script, &m->attributes, "weight", variable_object(c, weight));
}

/* One slope for all, or one for each index along dimension 1. */
static void check_slopes(call *c, const mlp_tensor *x, const mlp_tensor *weight) {
    const size_t channels = x->ndim > 1 ? x->shape[1] : 1;
    if (weight->ndim > 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "prelu: Expected `weight` to be a scalar or 1D tensor, but got "
                              "ndim = %zu",
                              weight->ndim),
                  "the weight of prelu has one dimension at most");
    if (weight->numel == 1)
        return;
    if (x->ndim == 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "Not allow zero-dim input tensor."),
                  "prelu of a number without dimensions takes a weight of one element");
    if (weight->numel != channels)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Mismatch of parameter numbers and input channel size. Found "
                              "parameter numbers = %zu and channel size = %zu.",
                              weight->numel, channels),
                  "prelu takes a weight of one element, or of one for each of the %zu channels, "
                  "which are dimension 1, but this one has %zu",
                  channels, weight->numel);
}

/* The slope of each element of x, by steps that have no entry. */
static mlp_value *slopes_of(call *c, const mlp_value *x, mlp_value *weight) {
    mlp_shape shape = {.dtype = x->tensor.dtype, .ndim = x->tensor.ndim};
    size_t ones[MLP_MAX_DIMS];
    for (size_t d = 0; d < shape.ndim; d++) {
        shape.shape[d] = x->tensor.shape[d];
        ones[d] = d == 1 ? weight->tensor.numel : 1;
    }
    mlp_value *aligned =
        tensor_step(c, &(mlp_request){.operation = &mlp_reshape,
                                      .in = {weight},
                                      .options.sizes = tensor_sizes(shape.ndim, ones),
                                      .hidden = true});
    mlp_value_name(aligned, weight->label.name, weight->label.rank);
    return tensor_expanded(c, aligned, &shape);
}

static mlp_variable *prelu(call *c, const mlp_origin *origin, mlp_value *x, mlp_value *weight) {
    check_slopes(c, &x->tensor, &weight->tensor);
    return tensor_computed(c, &(mlp_request){.operation = &mlp_prelu,
                                             .origin = origin,
                                             .in = {x, slopes_of(c, x, weight)}});
}

static mlp_variable *prelu_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *weight = module_tensor(c, m, "weight");
    if (!weight)
        call_fail(c, "the weight of %s is None", m->origin.description);
    return prelu(c, &m->origin, tensor_value(c, inputs[0]), weight);
}

/* --- Dropout --- */

static double probability(call *c, const nn_module *m) {
    const double p = option_exact(c, module_option(m, "p"));
    if (!(p >= 0 && p <= 1))
        call_fail(call_raises(c, VALUE_ERROR,
                              "dropout probability has to be between 0 and 1, but got %s",
                              format_repr(c, object_float(c->script, p))),
                  "p=%g is not a probability: it must lie between 0 and 1", p);
    return p;
}

static void dropout_init(call *c, nn_module *m) {
    probability(c, m);
}

/* The mask is drawn here and given to the operation, so that the step can be computed again
 * under the same mask. PyTorch draws nothing where p is 1. */
static mlp_value *new_mask(call *c, nn_module *m, const mlp_tensor *x, double p) {
    mlp_variable *mask = tensor_new(c, MLP_INT64, x->ndim, x->shape, false);
    if (p < 1) {
        warn_unseeded(c);
        mask->value->other_mask = draw_mask(c, mask->value->tensor.data, x, 1 - p);
    }
    mask->value->label.internal_of = &m->origin;
    mask->value->label.suffix = ".mask";
    return mask->value;
}

/* Where nothing is dropped, PyTorch returns the very tensor that came in. Unless that is a leaf whose
 * gradient is wanted, the step is recorded all the same, for the sake of reports. */
static mlp_variable *dropout_apply(call *c, nn_module *m, object **inputs) {
    mlp_variable *x = variable_of(inputs[0]);
    const double p = probability(c, m);
    const bool drops = m->training && p > 0 && x->value->tensor.numel > 0;
    mlp_request request = {
        .operation = drops ? &mlp_dropout : &mlp_identity, .origin = &m->origin, .options.p = p};
    request.in[0] = tensor_value(c, inputs[0]);
    const bool keeps_history = request.in[0]->leaf || trace_of(c)->no_grad;
    if (!drops && keeps_history && request.in[0]->requires_grad)
        return x;
    if (!drops)
        return tensor_same(c, x, tensor_computed(c, &request));
    request.in[1] = new_mask(c, m, &request.in[0]->tensor, request.options.p);
    mlp_variable *result = tensor_computed(c, &request);
    if (!module_option(m, "inplace")->as.boolean)
        return result;
    tensor_assign(c, x, result->value);
    return x;
}

const nn_class nn_layers[] = {
    [LINEAR] = {.name = "Linear",
                .file = "linear",
                .options = "in_features: int, out_features: int, bias: bool = True, device = None, "
                           "dtype = None",
                .init = linear_init,
                .apply = linear_apply,
                .inputs = "input: Tensor",
                .shown = {"in_features", "out_features", "bias"}},
    [DROPOUT] = {.name = "Dropout",
                 .file = "dropout",
                 .options = "p: float = 0.5, inplace: bool = False",
                 .init = dropout_init,
                 .apply = dropout_apply,
                 .inputs = "input: Tensor",
                 .shown = {"p", "inplace"}},
    [PRELU] = {.name = "PReLU",
               .file = "activation",
               .options = "num_parameters: int = 1, init: float = 0.25, device = None, dtype = "
                          "None",
               .init = prelu_init,
               .apply = prelu_apply,
               .inputs = "input: Tensor",
               .shown = {"num_parameters"}},
    [LAZY_LINEAR] = {.name = "LazyLinear",
                     .file = "linear",
                     .options = "out_features: int, bias: bool = True, device = None, dtype = None",
                     .init = lazy_init,
                     .apply = lazy_apply,
                     .inputs = "input: Tensor",
                     .shown = {"in_features", "out_features", "bias"}},
    {0}};

/* --- Module itself --- */

static object *refuse_module(call *c) {
    call_fail(c, "nn.Module itself computes nothing: derive a class from it");
}

/* --- as functions --- */

static object *functional_linear(call *c) {
    mlp_request request = {.operation = &mlp_linear,
                           .origin = &module_for_call(c, NULL, "linear")->origin};
    for (size_t i = 0; i < 3; i++)
        request.in[i] = is_tensor(c->arguments[i]) ? tensor_value(c, c->arguments[i]) : NULL;
    return variable_object(c, tensor_computed(c, &request));
}

static object *functional_prelu(call *c) {
    object *const x = c->self ? c->self : c->arguments[0];
    return variable_object(c,
                           prelu(c, &module_for_call(c, NULL, "prelu")->origin, tensor_value(c, x),
                                 tensor_value(c, c->arguments[c->self ? 0 : 1])));
}

/* torch.dropout calls it train, and has no inplace. */
static object *functional_dropout(call *c) {
    const object *training = call_argument(c, "training"), *train = call_argument(c, "train");
    nn_module *m = module_for_call(c, &nn_layers[DROPOUT], "dropout");
    m->training = (training ? training : train)->as.boolean;
    return variable_object(c, dropout_apply(c, m, c->arguments));
}

const native native_nn[] = {
    {.path = "torch.nn.Module",
     .signature = "",
     .call = refuse_module,
     .class_name = "torch.nn.modules.module.Module",
     .is_type = true,
     .instances = &module_type,
     .root = &module_type},
    {.path = "Linear.reset_parameters", .signature = "", .call = linear_reset},
    {.path = "LazyLinear.reset_parameters", .signature = "", .call = lazy_reset},
    {.path = "torch.nn.functional.linear",
     .signature = "input: Tensor, weight: Tensor, bias: Optional[Tensor] = None",
     .call = functional_linear},
    {.path = "torch.nn.functional.prelu",
     .signature = "input: Tensor, weight: Tensor",
     .call = functional_prelu},
    {.path = "torch.prelu", .signature = "input: Tensor, weight: Tensor", .call = functional_prelu},
    {.path = "Tensor.prelu", .signature = "weight: Tensor", .call = functional_prelu},
    {.path = "torch.nn.functional.dropout",
     .signature = "input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False",
     .call = functional_dropout},
    {.path = "torch.dropout",
     .signature = "input: Tensor, p: float, train: bool",
     .call = functional_dropout},
    {0}};
