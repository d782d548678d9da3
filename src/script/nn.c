/* torch.nn: the modules that are more than one operation and its options. */
#include "evaluate.h"
#include "module.h"
#include "tensor.h"

#include "mlpstep/kernels/reduction.h"

#include <math.h>
#include <string.h>

static mlp_variable *new_parameter(script *s, size_t ndim, const size_t *shape) {
    mlp_variable *p = tensor_new(s, s->dtype, ndim, shape, true);
    p->is_parameter = true;
    return p;
}

/* The tensor of an attribute that may be None. */
static mlp_value *tensor_option(script *s, const module *m, const char *name) {
    const value *v = module_option(m, name);
    return v->kind == VALUE_TENSOR ? tensor_value(s, v) : NULL;
}

/* --- Linear --- */

static size_t feature_count(script *s, const value *v, const char *name) {
    if (v->as.integer < 0)
        script_fail(s, s->here, "%s must not be negative", name);
    return (size_t)v->as.integer;
}

static value *linear_init(script *s, const value *callee, value **arguments) {
    module *m = callee->self->as.module;
    const size_t in_features = feature_count(s, arguments[0], "in_features");
    const size_t out_features = feature_count(s, arguments[1], "out_features");
    check_device(s, arguments[3]);
    const mlp_dtype dtype = dtype_argument(s, arguments[4]), before = s->dtype;
    s->dtype = dtype;
    mlp_variable *weight = new_parameter(s, 2, (size_t[]){out_features, in_features});
    const double weight_bound = mlp_linear_weight_bound(in_features);
    tensor_uniform(s, &weight->value->tensor, -weight_bound, weight_bound);
    scope_bind(s, &m->attributes, "weight", value_tensor(s, weight));
    value *bias = value_none(s);
    if (arguments[2]->as.boolean) {
        bias = value_tensor(s, new_parameter(s, 1, &out_features));
        const double bound = mlp_linear_bias_bound(in_features);
        tensor_uniform(s, &bias->as.tensor->value->tensor, -bound, bound);
    }
    scope_bind(s, &m->attributes, "bias", bias);
    if (!s->seeded) {
        m->unseeded[0] = weight->value;
        m->unseeded[1] = bias->kind == VALUE_TENSOR ? bias->as.tensor->value : NULL;
    }
    s->dtype = before;
    return callee->self;
}

/* Drawn without a seed, these numbers are others at every run of Python; that matters only where
 * they are used, not where the script replaces them. */
static void warn_of_unseeded(script *s, const module *m, mlp_value *const in[MLP_MAX_INPUTS]) {
    if (in[1] == m->unseeded[0] || (in[2] && in[2] == m->unseeded[1]))
        script_warn_unseeded(s);
}

/* Legal, and how the founding script does it: PyTorch takes the weight as it finds it. */
static void warn_of_other_shape(script *s, module *m, const mlp_tensor *weight) {
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
static void check_features(script *s, const module *m, const mlp_value *x,
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

static mlp_variable *linear_apply(script *s, module *m, value **inputs) {
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

static double probability(script *s, const module *m) {
    const double p = value_as_number(module_option(m, "p"));
    if (!(p >= 0 && p <= 1))
        script_fail(s, s->here, "p=%g is not a probability: it must lie between 0 and 1", p);
    return p;
}

static value *dropout_init(script *s, const value *callee, value **arguments) {
    (void)arguments;
    probability(s, callee->self->as.module);
    return callee->self;
}

/* The mask is drawn here and given to the operation, so that the step can be computed again
 * under the same mask. PyTorch draws nothing where p is 0 or 1. */
static mlp_value *draw_mask(script *s, module *m, const mlp_tensor *x, double p) {
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

static mlp_variable *dropout_apply(script *s, module *m, value **inputs) {
    mlp_variable *x = inputs[0]->as.tensor;
    double option[MLP_MAX_OPTIONS] = {probability(s, m)};
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, inputs[0])};
    if (!m->training)
        return apply_inputs(s, m, &mlp_identity, in, option);
    in[1] = draw_mask(s, m, &in[0]->tensor, option[0]);
    mlp_variable *result = apply_inputs(s, m, &mlp_dropout, in, option);
    if (module_option(m, "inplace")->as.boolean)
        put_in_place(s, x, result);
    return result;
}

/* --- losses --- */

static double reduction_option(script *s, const module *m) {
    static const char *const names[] = {
        [MLP_REDUCTION_NONE] = "none", [MLP_REDUCTION_MEAN] = "mean", [MLP_REDUCTION_SUM] = "sum"};
    const char *reduction = module_option(m, "reduction")->as.string;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(reduction, names[i]) == 0)
            return (double)i;
    script_fail(s, s->here, "reduction='%s' is not known: it is 'none', 'mean' or 'sum'",
                reduction);
}

static double smoothing_option(script *s, const module *m) {
    const value *v = module_option(m, "label_smoothing");
    const double smoothing = v ? value_as_number(v) : 0;
    if (!(smoothing >= 0 && smoothing <= 1))
        script_fail(s, s->here, "label_smoothing=%g must lie between 0 and 1", smoothing);
    return smoothing;
}

static value *loss_init(script *s, const value *callee, value **arguments) {
    (void)arguments;
    const module *m = callee->self->as.module;
    reduction_option(s, m);
    smoothing_option(s, m);
    if (module_option(m, "size_average")->kind != VALUE_NONE ||
        module_option(m, "reduce")->kind != VALUE_NONE)
        script_fail(s, s->here,
                    "size_average and reduce are deprecated in PyTorch: write "
                    "reduction='mean', 'sum' or 'none'");
    return callee->self;
}

static void show(script *s, mlp_value *v) {
    if (v && !mlp_trace_show(s->trace, MLP_FORWARD, v))
        script_out_of_memory(s);
}

static bool comes_from(const mlp_value *v, const char *operation) {
    while (v->producer && v->producer->operation == &mlp_reshape)
        v = v->producer->in[0];
    return v->producer && strcmp(v->producer->operation->name, operation) == 0;
}

static mlp_value *log_softmax(script *s, module *m, mlp_value *x) {
    mlp_value *in[MLP_MAX_INPUTS] = {x};
    const double dim = x->tensor.ndim < 2 ? 0 : 1;
    if (comes_from(x, "softmax"))
        script_warn(s, s->here,
                    "CrossEntropyLoss applies log_softmax itself, but its input is the "
                    "result of a softmax already: give it the scores before it");
    mlp_variable *out =
        apply_named(s, m, &mlp_log_softmax, in, (double[MLP_MAX_OPTIONS]){dim}, ".log_softmax");
    return out->value;
}

static void check_targets(script *s, const module *m, const mlp_value *x, const mlp_value *target) {
    const mlp_tensor *t = &target->tensor;
    const size_t classes = x->tensor.shape[x->tensor.ndim < 2 ? 0 : 1];
    const int64_t ignore_index = module_option(m, "ignore_index")->as.integer;
    for (size_t i = 0; i < t->numel; i++) {
        const int64_t class = mlp_tensor_get_int(t, i);
        if (class != ignore_index && classes == 0)
            script_fail(s, s->here, "target class %lld is out of range: the input has no classes",
                        (long long)class);
        if (class != ignore_index && (class < 0 || (size_t) class >= classes))
            script_fail(s, s->here,
                        "target class %lld is out of range: %zu classes are numbered "
                        "0 to %zu",
                        (long long)class, classes, classes - 1);
    }
}

/* Options are doubles, which count exactly up to 2^53. */
static double ignore_index_option(script *s, const module *m) {
    const int64_t ignore_index = module_option(m, "ignore_index")->as.integer;
    if (ignore_index < -((int64_t)1 << 53) || ignore_index > (int64_t)1 << 53)
        script_fail(s, s->here, "ignore_index=%lld is not supported: write -100",
                    (long long)ignore_index);
    return (double)ignore_index;
}

/* The target has the input's shape without its classes: [batch, positions...]. */
static void check_target_shape(script *s, const mlp_value *x, const mlp_value *target) {
    const mlp_tensor *a = &x->tensor, *b = &target->tensor;
    mlp_tensor wanted = {.ndim = a->ndim ? a->ndim - 1 : 0};
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT], wanted_shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < wanted.ndim; i++)
        wanted.shape[i] = a->shape[i ? i + 1 : 0];
    if (a->ndim == 0)
        script_fail(s, s->here,
                    "a loss over classes needs an input of shape [classes] or [batch, "
                    "classes], but this one is a scalar");
    if (b->dtype != MLP_INT64 || !mlp_tensor_same_shape(b, &wanted))
        script_fail(s, s->here,
                    "an input of shape %s needs class indices (int64) of shape %s, but "
                    "the target is %s of shape %s",
                    mlp_shape_text(x_shape, a), mlp_shape_text(wanted_shape, &wanted),
                    mlp_dtype_name(b->dtype), mlp_shape_text(shape, b));
}

static void check_class_weight(script *s, const mlp_value *x, const mlp_value *weight) {
    char shape[MLP_SHAPE_TEXT];
    const size_t classes = x->tensor.shape[x->tensor.ndim < 2 ? 0 : 1];
    if (!weight)
        return;
    if (weight->requires_grad)
        script_fail(s, s->here,
                    "class weights with requires_grad=True are not supported: a loss is "
                    "not differentiated by them");
    if (weight->tensor.ndim != 1 || weight->tensor.shape[0] != classes)
        script_fail(s, s->here,
                    "weight needs one number for each of the %zu classes, but has "
                    "shape %s",
                    classes, mlp_shape_text(shape, &weight->tensor));
    if (weight->tensor.dtype != x->tensor.dtype)
        script_fail(s, s->here, "weight is %s, but the input is %s: give both the same dtype",
                    mlp_dtype_name(weight->tensor.dtype), mlp_dtype_name(x->tensor.dtype));
}

/* The loss from log-probabilities. */
static mlp_variable *apply_class_loss(script *s, module *m, const mlp_operation *operation,
                                      mlp_value *x, mlp_value *target) {
    mlp_value *in[MLP_MAX_INPUTS] = {x, target, tensor_option(s, m, "weight")};
    const double option[MLP_MAX_OPTIONS] = {ignore_index_option(s, m), reduction_option(s, m),
                                            smoothing_option(s, m)};
    return apply_inputs(s, m, operation, in, option);
}

static mlp_variable *nll_apply(script *s, module *m, value **inputs) {
    mlp_value *x = tensor_value(s, inputs[0]), *target = tensor_value(s, inputs[1]);
    check_target_shape(s, x, target);
    check_class_weight(s, x, tensor_option(s, m, "weight"));
    check_targets(s, m, x, target);
    return apply_class_loss(s, m, &mlp_nll_loss, x, target);
}

static mlp_variable *cross_entropy_apply(script *s, module *m, value **inputs) {
    mlp_value *x = tensor_value(s, inputs[0]), *target = tensor_value(s, inputs[1]);
    mlp_value *weight = tensor_option(s, m, "weight");
    const bool probabilities = mlp_dtype_is_floating(target->tensor.dtype) &&
                               mlp_tensor_same_shape(&x->tensor, &target->tensor) &&
                               x->tensor.ndim > 0;
    if (!probabilities)
        check_target_shape(s, x, target);
    check_class_weight(s, x, weight);
    if (probabilities && module_option(m, "ignore_index")->as.integer >= 0)
        script_fail(s, s->here, "ignore_index needs class indices as targets, not probabilities");
    if (!probabilities)
        check_targets(s, m, x, target);
    show(s, x);
    show(s, target);
    show(s, weight);
    x = log_softmax(s, m, x);
    const bool smoothed = smoothing_option(s, m) > 0;
    return apply_class_loss(s, m,
                            probabilities ? &mlp_cross_entropy_probabilities
                            : smoothed    ? &mlp_cross_entropy_smoothed
                                          : &mlp_nll_loss,
                            x, target);
}

static mlp_variable *mse_apply(script *s, module *m, value **inputs) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, inputs[0]), tensor_value(s, inputs[1])};
    return apply_inputs(s, m, &mlp_mse_loss, in, (double[MLP_MAX_OPTIONS]){reduction_option(s, m)});
}

/* --- Sequential, Parameter --- */

static value *sequential_init(script *s, const value *callee, value **arguments) {
    module *m = callee->self->as.module;
    const value *children = arguments[0];
    for (size_t i = 0; i < children->as.sequence.count; i++) {
        value *child = children->as.sequence.items[i];
        if (child->kind != VALUE_MODULE)
            script_fail(s, s->here, "Sequential() takes modules, not a value of type %s",
                        value_type(child));
        module_set_attribute(s, m, script_printf(s, "%zu", i), child, s->here);
    }
    return callee->self;
}

/* A result inside has no name in the script; it takes that of the call it stands for. */
static void name_result(script *s, const module *child, const mlp_value *input, value *result) {
    const char *path = module_path(s, child);
    if (result->kind == VALUE_TENSOR)
        mlp_value_name(result->as.tensor->value,
                       script_printf(s, "%s(%s)", path, input->name ? input->name : "input"),
                       MLP_NAMED_BY_CALL);
}

static mlp_variable *sequential_apply(script *s, module *m, value **inputs) {
    value *v = inputs[0];
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (b->value->kind != VALUE_MODULE)
            continue;
        const mlp_value *input = v->as.tensor->value;
        v = module_apply(s, b->value->as.module, (value *[MAX_ARGUMENTS]){v}, 1);
        if (v->kind != VALUE_TENSOR)
            script_fail(s, s->here,
                        "module %s of the Sequential returned a value of type %s, not a Tensor",
                        b->name, value_type(v));
        name_result(s, b->value->as.module, input, v);
    }
    return v->as.tensor;
}

static value *nn_Parameter(script *s, const value *callee, value **arguments) {
    (void)callee;
    mlp_variable *p = tensor_detached(s, arguments[0]->as.tensor);
    p->detached_of = NULL; /* a change of it shows in the tensor, but is not one of the tensor's */
    p->is_parameter = true;
    tensor_require_grad(s, p, arguments[1]->as.boolean);
    return value_tensor(s, p);
}

static value *refuse_module(script *s, const value *callee, value **arguments) {
    (void)callee;
    (void)arguments;
    script_fail(s, s->here, "nn.Module itself computes nothing: derive a class from it");
}

#define LOSS "size_average = None, ignore_index: int = -100, reduce = None, reduction: str = 'mean'"

const native native_nn[] = {
    {.path = "torch.nn.Module", .signature = "", .call = refuse_module},
    {.path = "torch.nn.Parameter",
     .signature = "data: Tensor, requires_grad: bool = True",
     .call = nn_Parameter},
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
    {.path = "torch.nn.CrossEntropyLoss",
     .signature = "weight: Optional[Tensor] = None, " LOSS ", label_smoothing: float = 0.0",
     .call = loss_init,
     .apply = cross_entropy_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.NLLLoss",
     .signature = "weight: Optional[Tensor] = None, " LOSS,
     .call = loss_init,
     .apply = nll_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.MSELoss",
     .signature = "size_average = None, reduce = None, reduction: str = 'mean'",
     .call = loss_init,
     .apply = mse_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.Sequential",
     .signature = "*args",
     .call = sequential_init,
     .apply = sequential_apply,
     .inputs = "input: Tensor"},
    {0}};
