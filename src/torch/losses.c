/* The losses: modules of torch.nn, and functions of torch.nn.functional by the same rows. */
#include "module.h"
#include "operators.h"
#include "tensor.h"

#include "mlpstep/kernels/reduction.h"

#include <string.h>

/* The tensor of an attribute that may be None. */
static mlp_value *tensor_option(script *s, const nn_module *m, const char *name) {
    const object *v = module_option(m, name);
    return v->kind == OBJECT_TENSOR ? tensor_value(s, v) : NULL;
}

static double reduction_option(script *s, const nn_module *m) {
    static const char *const names[] = {
        [MLP_REDUCTION_NONE] = "none", [MLP_REDUCTION_MEAN] = "mean", [MLP_REDUCTION_SUM] = "sum"};
    const char *reduction = module_option(m, "reduction")->as.string;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(reduction, names[i]) == 0)
            return (double)i;
    script_fail(s, s->here, "reduction='%s' is not known: it is 'none', 'mean' or 'sum'",
                reduction);
}

static double smoothing_option(script *s, const nn_module *m) {
    const object *v = module_option(m, "label_smoothing");
    const double smoothing = v ? object_as_number(v) : 0;
    if (!(smoothing >= 0 && smoothing <= 1))
        script_fail(s, s->here, "label_smoothing=%g must lie between 0 and 1", smoothing);
    return smoothing;
}

static object *loss_init(script *s, const object *callee, object **arguments) {
    (void)arguments;
    const nn_module *m = callee->self->as.module;
    reduction_option(s, m);
    smoothing_option(s, m);
    if (module_option(m, "size_average")->kind != OBJECT_NONE ||
        module_option(m, "reduce")->kind != OBJECT_NONE)
        script_fail(s, s->here,
                    "size_average and reduce are deprecated in PyTorch: write "
                    "reduction='mean', 'sum' or 'none'");
    return callee->self;
}

static void show(script *s, mlp_value *v) {
    if (v && !mlp_trace_show(s->trace, MLP_FORWARD, v))
        script_out_of_memory(s);
}

/* Whether the operation computed it, in whatever shape. */
static bool comes_from(const mlp_value *v, const char *operation) {
    while (v->producer && v->producer->operation->check == mlp_reshape.check)
        v = v->producer->in[0];
    return v->producer && strcmp(v->producer->operation->name, operation) == 0;
}

static mlp_value *log_softmax(script *s, nn_module *m, mlp_value *x) {
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

/* Options are doubles, which count exactly up to 2^53. */
static double ignore_index_option(script *s, const nn_module *m) {
    const int64_t ignore_index = module_option(m, "ignore_index")->as.integer;
    if (ignore_index < -((int64_t)1 << 53) || ignore_index > (int64_t)1 << 53)
        script_fail(s, s->here,
                    "ignore_index=%lld is not supported: it must lie between -2^53 and 2^53",
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
static mlp_variable *apply_class_loss(script *s, nn_module *m, const mlp_operation *operation,
                                      mlp_value *x, mlp_value *target) {
    mlp_value *in[MLP_MAX_INPUTS] = {x, target, tensor_option(s, m, "weight")};
    const double option[MLP_MAX_OPTIONS] = {ignore_index_option(s, m), reduction_option(s, m),
                                            smoothing_option(s, m)};
    return apply_inputs(s, m, operation, in, option);
}

static mlp_variable *nll_apply(script *s, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(s, inputs[0]), *target = tensor_value(s, inputs[1]);
    check_target_shape(s, x, target);
    check_class_weight(s, x, tensor_option(s, m, "weight"));
    return apply_class_loss(s, m, &mlp_nll_loss, x, target);
}

static mlp_variable *cross_entropy_apply(script *s, nn_module *m, object **inputs) {
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

static mlp_variable *mse_apply(script *s, nn_module *m, object **inputs) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, inputs[0]), tensor_value(s, inputs[1])};
    return apply_inputs(s, m, &mlp_mse_loss, in, (double[MLP_MAX_OPTIONS]){reduction_option(s, m)});
}

/* A weight of the elements of x, broadcast to its shape; NULL without one. */
static mlp_value *element_weight(script *s, const nn_module *m, const char *name,
                                 const mlp_value *x) {
    mlp_value *weight = tensor_option(s, m, name);
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    mlp_shape both = {0};
    if (!weight)
        return NULL;
    if (weight->requires_grad)
        script_fail(s, s->here,
                    "%s with requires_grad=True is not supported: a loss is not differentiated by "
                    "it",
                    name);
    bool fits =
        mlp_broadcast(&both, &x->tensor, &weight->tensor, s->error) && both.ndim == x->tensor.ndim;
    for (size_t d = 0; d < both.ndim && fits; d++)
        fits = both.shape[d] == x->tensor.shape[d];
    if (!fits)
        script_fail(s, s->here, "%s of shape %s does not fit an input of shape %s", name,
                    mlp_shape_text(shape, &weight->tensor), mlp_shape_text(x_shape, &x->tensor));
    return tensor_expanded(s, weight, &both);
}

static mlp_variable *apply_binary_loss(script *s, nn_module *m, const mlp_operation *operation,
                                       object **inputs, bool has_pos_weight) {
    mlp_value *x = tensor_value(s, inputs[0]), *target = tensor_value(s, inputs[1]);
    if (target->requires_grad)
        script_fail(s, s->here,
                    "a target with requires_grad=True is not supported: write target.detach()");
    mlp_value *in[MLP_MAX_INPUTS] = {x, target, element_weight(s, m, "weight", x),
                                     has_pos_weight ? element_weight(s, m, "pos_weight", x) : NULL};
    return apply_inputs(s, m, operation, in, (double[MLP_MAX_OPTIONS]){reduction_option(s, m)});
}

static mlp_variable *bce_apply(script *s, nn_module *m, object **inputs) {
    return apply_binary_loss(s, m, &mlp_binary_cross_entropy, inputs, false);
}

static mlp_variable *with_logits_apply(script *s, nn_module *m, object **inputs) {
    const object *x = inputs[0];
    if (comes_from(tensor_value(s, x), "sigmoid"))
        script_warn(s, s->here,
                    "BCEWithLogitsLoss applies sigmoid itself, but its input is the result of a "
                    "sigmoid already: give it the scores before it, or take BCELoss");
    return apply_binary_loss(s, m, &mlp_binary_cross_entropy_with_logits, inputs, true);
}

#define BINARY                                                                               \
    "weight: Optional[Tensor] = None, size_average = None, reduce = None, reduction: str = " \
    "'mean'"
#define NLL                                                                            \
    "weight: Optional[Tensor] = None, size_average = None, ignore_index: int = -100, " \
    "reduce = None, reduction: str = 'mean'"

const native native_losses[] = {
    {.path = "torch.nn.CrossEntropyLoss",
     .function = "cross_entropy",
     .signature = NLL ", label_smoothing: float = 0.0",
     .call = loss_init,
     .apply = cross_entropy_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.NLLLoss",
     .function = "nll_loss",
     .signature = NLL,
     .call = loss_init,
     .apply = nll_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.MSELoss",
     .function = "mse_loss",
     .signature = "size_average = None, reduce = None, reduction: str = 'mean'",
     .call = loss_init,
     .apply = mse_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.BCELoss",
     .function = "binary_cross_entropy",
     .signature = BINARY,
     .call = loss_init,
     .apply = bce_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {.path = "torch.nn.BCEWithLogitsLoss",
     .function = "binary_cross_entropy_with_logits",
     .signature = BINARY ", pos_weight: Optional[Tensor] = None",
     .call = loss_init,
     .apply = with_logits_apply,
     .inputs = "input: Tensor, target: Tensor"},
    {0}};
