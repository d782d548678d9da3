/* The losses that are more than one operation, its inputs and its options: modules of torch.nn, and
 * functions of torch.nn.functional by the same rows. */
#include "loss_steps.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

static double smoothing_option(call *c, const nn_module *m) {
    const object *v = module_option(m, "label_smoothing");
    const double smoothing = v ? option_exact(c, v) : 0;
    if (!(smoothing >= 0 && smoothing <= 1))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "label_smoothing must be between 0.0 and 1.0. Got: %g", smoothing),
                  "label_smoothing=%g must lie between 0 and 1", smoothing);
    return smoothing;
}

static void loss_init(call *c, nn_module *m) {
    loss_reduction(c, m);
    smoothing_option(c, m);
}

/* What stands inside the loss, along the classes. */
static mlp_value *along_classes(call *c, nn_module *m, const mlp_operation *operation, mlp_value *x,
                                const char *suffix, bool without_history) {
    mlp_value *out = tensor_step(c, &(mlp_request){.operation = operation,
                                                   .origin = &m->origin,
                                                   .in = {x},
                                                   .options.dim = x->tensor.ndim < 2 ? 0 : 1,
                                                   .options.has_dim = true,
                                                   .without_history = without_history});
    out->label.internal_of = &m->origin;
    out->label.suffix = suffix;
    return out;
}

/* The softmax is what people go by on paper. */
static mlp_value *log_softmax(call *c, nn_module *m, mlp_value *x) {
    if (x->computed_by == mlp_log_softmax.begins_with)
        call_warn(c, "CrossEntropyLoss applies log_softmax itself, but its input is the "
                     "result of a softmax already: give it the scores before it");
    along_classes(c, m, &mlp_softmax, x, ".softmax", true)->label.unless_computed = true;
    mlp_value *out = along_classes(c, m, &mlp_log_softmax, x, ".log_softmax", false);
    out->label.unasked = true;
    return out;
}

static call *raises_batch(call *c, const mlp_tensor *x, const mlp_tensor *target) {
    return x->ndim > 1 && target->ndim > 0 && x->shape[0] != target->shape[0]
               ? call_raises(c, VALUE_ERROR,
                             "Expected input batch_size (%zu) to match target batch_size (%zu).",
                             x->shape[0], target->shape[0])
               : c;
}

/* Of what fits by its shape the type is wrong. */
static call *raises_target(call *c, const mlp_tensor *a, const mlp_tensor *b) {
    if (a->ndim == 2 && b->ndim > 1 && a->shape[0] == b->shape[0])
        return call_raises(c, RUNTIME_ERROR,
                           "0D or 1D target tensor expected, multi-target not supported");
    if (b->dtype != MLP_INT64 && b->dtype != MLP_UINT8 && a->ndim == 2 && b->ndim == 1 &&
        a->shape[0] == b->shape[0])
        return call_raises(c, RUNTIME_ERROR, "expected scalar type Long but found %s",
                           mlp_dtype_word(b->dtype));
    if (a->ndim == 1 && b->ndim == 1)
        return call_raises(c, RUNTIME_ERROR, "size mismatch (got input: [%zu], target: [%zu])",
                           a->shape[0], b->shape[0]);
    return raises_batch(c, a, b);
}

/* The target has the input's shape without its classes: [batch, positions...]. */
static void check_target_shape(call *c, const mlp_value *x, const mlp_value *target) {
    const mlp_tensor *a = &x->tensor, *b = &target->tensor;
    mlp_tensor wanted = {.ndim = a->ndim ? a->ndim - 1 : 0};
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT], wanted_shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < wanted.ndim; i++)
        wanted.shape[i] = a->shape[i ? i + 1 : 0];
    if (a->ndim == 0)
        call_fail(c, "a loss over classes needs an input of shape [classes] or [batch, "
                     "classes], but this one is a scalar");
    if (b->dtype != MLP_INT64 || !mlp_tensor_same_shape(b, &wanted))
        call_fail(raises_target(c, a, b),
                  "an input of shape %s needs class indices (int64) of shape %s, but "
                  "the target is %s of shape %s",
                  mlp_shape_text(x_shape, a), mlp_shape_text(wanted_shape, &wanted),
                  mlp_dtype_name(b->dtype), mlp_shape_text(shape, b));
}

static void check_class_weight(call *c, const mlp_value *x, const mlp_value *weight) {
    char shape[MLP_SHAPE_TEXT];
    const size_t classes = x->tensor.shape[x->tensor.ndim < 2 ? 0 : 1];
    if (!weight)
        return;
    if (weight->requires_grad)
        call_fail(c, "class weights with requires_grad=True are not supported: a loss is "
                     "not differentiated by them");
    if (weight->tensor.ndim != 1 || weight->tensor.shape[0] != classes)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "weight tensor should be defined either for all %zu classes or no classes but got weight tensor of shape: %s",
                classes, mlp_shape_text(shape, &weight->tensor)),
            "weight needs one number for each of the %zu classes, but has "
            "shape %s",
            classes, mlp_shape_text(shape, &weight->tensor));
    if (weight->tensor.dtype != x->tensor.dtype)
        call_fail(call_raises(c, RUNTIME_ERROR, "expected scalar type %s but found %s",
                              mlp_dtype_word(x->tensor.dtype),
                              mlp_dtype_word(weight->tensor.dtype)),
                  "weight is %s, but the input is %s: give both the same dtype",
                  mlp_dtype_name(weight->tensor.dtype), mlp_dtype_name(x->tensor.dtype));
}

/* The loss from log-probabilities. */
static mlp_variable *apply_class_loss(call *c, nn_module *m, const mlp_operation *operation,
                                      mlp_value *x, mlp_value *target) {
    const mlp_request request = {
        .operation = operation,
        .origin = &m->origin,
        .in = {x, target, module_tensor(c, m, "weight")},
        .options = {.ignore_index = module_option(m, "ignore_index")->as.integer,
                    .reduction = loss_reduction(c, m),
                    .label_smoothing = smoothing_option(c, m)}};
    return tensor_computed(c, &request);
}

static mlp_variable *nll_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    check_target_shape(c, x, target);
    check_class_weight(c, x, module_tensor(c, m, "weight"));
    return apply_class_loss(c, m, &mlp_nll_loss, x, target);
}

static mlp_variable *cross_entropy_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    mlp_value *weight = module_tensor(c, m, "weight");
    const bool probabilities = mlp_dtype_is_floating(target->tensor.dtype) &&
                               mlp_tensor_same_shape(&x->tensor, &target->tensor) &&
                               x->tensor.ndim > 0;
    if (!probabilities && mlp_tensor_same_shape(&x->tensor, &target->tensor) && x->tensor.ndim > 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Expected floating point type for target with class probabilities, "
                              "got %s",
                              mlp_dtype_word(target->tensor.dtype)),
                  "a target of the input's shape has a probability for each class, and is not %s: "
                  "write .float() behind it, or give one class for each row",
                  mlp_dtype_name(target->tensor.dtype));
    if (!probabilities)
        check_target_shape(c, x, target);
    check_class_weight(c, x, weight);
    if (probabilities && module_option(m, "ignore_index")->as.integer >= 0)
        call_fail(c, "ignore_index needs class indices as targets, not probabilities");
    loss_show(c, x);
    loss_show(c, target);
    loss_show(c, weight);
    x = log_softmax(c, m, x);
    const bool smoothed = smoothing_option(c, m) > 0;
    return apply_class_loss(c, m,
                            probabilities ? &mlp_cross_entropy_probabilities
                            : smoothed    ? &mlp_cross_entropy_smoothed
                                          : &mlp_nll_loss,
                            x, target);
}

/* A weight of the elements of x, broadcast to its shape; NULL without one. */
static mlp_value *element_weight(call *c, const nn_module *m, const char *name,
                                 const mlp_value *x) {
    mlp_value *weight = module_tensor(c, m, name);
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    mlp_shape both = {0};
    if (!weight)
        return NULL;
    if (weight->requires_grad)
        call_fail(c,
                  "%s with requires_grad=True is not supported: a loss is not differentiated by "
                  "it",
                  name);
    bool fits = mlp_broadcast(&both, &x->tensor, &weight->tensor, script_error(c->script)) &&
                both.ndim == x->tensor.ndim;
    for (size_t d = 0; d < both.ndim && fits; d++)
        fits = both.shape[d] == x->tensor.shape[d];
    if (!fits)
        call_fail(c, "%s of shape %s does not fit an input of shape %s", name,
                  mlp_shape_text(shape, &weight->tensor), mlp_shape_text(x_shape, &x->tensor));
    return tensor_expanded(c, weight, &both);
}

static void check_same_shape(call *c, const mlp_tensor *x, const mlp_tensor *target,
                             bool with_logits) {
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    mlp_shape_text(x_shape, x);
    mlp_shape_text(shape, target);
    if (!mlp_tensor_same_shape(x, target))
        call_fail(with_logits
                      ? call_raises(c, VALUE_ERROR,
                                    "Target size (torch.Size(%s)) must be the same as input size "
                                    "(torch.Size(%s))",
                                    shape, x_shape)
                      : call_raises(c, VALUE_ERROR,
                                    "Using a target size (torch.Size(%s)) that is different to the "
                                    "input size (torch.Size(%s)) is deprecated. Please ensure they "
                                    "have the same size.",
                                    shape, x_shape),
                  "the input has shape %s, but the target has shape %s: give both the same shape",
                  x_shape, shape);
}

static mlp_variable *apply_binary_loss(call *c, nn_module *m, const mlp_operation *operation,
                                       object **inputs, bool has_pos_weight) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    if (target->requires_grad)
        call_fail(c,
                  "a target with requires_grad=True is not supported: write target.detach() where "
                  "it needs no gradient");
    check_same_shape(c, &x->tensor, &target->tensor, has_pos_weight);
    const mlp_request request = {
        .operation = operation,
        .origin = &m->origin,
        .in = {x, target, element_weight(c, m, "weight", x),
               has_pos_weight ? element_weight(c, m, "pos_weight", x) : NULL},
        .options.reduction = loss_reduction(c, m)};
    return tensor_computed(c, &request);
}

static mlp_variable *bce_apply(call *c, nn_module *m, object **inputs) {
    return apply_binary_loss(c, m, &mlp_binary_cross_entropy, inputs, false);
}

static mlp_variable *with_logits_apply(call *c, nn_module *m, object **inputs) {
    const object *x = inputs[0];
    if (tensor_value(c, x)->computed_by == mlp_binary_cross_entropy_with_logits.begins_with)
        call_warn(c, "BCEWithLogitsLoss applies sigmoid itself, but its input is the result of a "
                     "sigmoid already: give it the scores before it, or take BCELoss");
    return apply_binary_loss(c, m, &mlp_binary_cross_entropy_with_logits, inputs, true);
}

/* Of two types of one shape, that of their difference. */
static mlp_dtype wider(mlp_dtype a, mlp_dtype b) {
    if (a == MLP_FLOAT64 || b == MLP_FLOAT64)
        return MLP_FLOAT64;
    return a == MLP_FLOAT32 || b == MLP_FLOAT32 ? MLP_FLOAT32 : a;
}

/* |x - target| by the steps that PyTorch takes. */
static mlp_variable *l1_apply(call *c, nn_module *m, object **inputs) {
    mlp_request pair = {.in = {tensor_value(c, inputs[0]), tensor_value(c, inputs[1])}};
    const mlp_dtype dtype = wider(pair.in[0]->tensor.dtype, pair.in[1]->tensor.dtype);
    tensor_check_difference(c, inputs[0], inputs[1]);
    loss_show(c, pair.in[0]);
    loss_show(c, pair.in[1]);
    loss_broadcast(c, &pair);
    mlp_value *x = tensor_in_dtype(c, pair.in[0], dtype);
    mlp_value *target = tensor_in_dtype(c, pair.in[1], dtype);
    return loss_ended(c, m, loss_reduction(c, m), &mlp_abs, ".abs",
                      loss_step(c, m, &mlp_sub, ".sub", x, target), NULL);
}

/* --- kl_div --- */

static bool is_batchmean(const nn_module *m) {
    return strcmp(module_option(m, "reduction")->as.string, "batchmean") == 0;
}

static void kl_div_init(call *c, nn_module *m) {
    if (!is_batchmean(m))
        loss_reduction(c, m);
}

/* The losses of elements as an operation of two values. */
typedef struct {
    const mlp_operation *operation;
    const char *suffix;
    mlp_value *a, *b;
} element_losses;

/* PyTorch computes the right operand first. */
static element_losses divergence(call *c, const nn_module *m, mlp_value *x, mlp_value *target) {
    element_losses l = {.operation = &mlp_sub, .suffix = ".sub"};
    if (module_option(m, "log_target")->as.boolean) {
        l = (element_losses){.operation = &mlp_mul, .suffix = ".mul"};
        l.b = loss_step(c, m, &mlp_sub, ".sub", target, x);
        l.a = loss_step(c, m, &mlp_exp, ".exp", target, NULL);
    } else {
        l.b = loss_step(c, m, &mlp_mul, ".mul", target, x);
        l.a = loss_step(c, m, &mlp_xlogy, ".xlogy", target, target);
    }
    return l;
}

static mlp_variable *kl_div_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]), *target = tensor_value(c, inputs[1]);
    const bool is_mean_of_batch = is_batchmean(m) && x->tensor.ndim > 0;
    if (!mlp_dtype_is_floating(x->tensor.dtype) || !mlp_dtype_is_floating(target->tensor.dtype))
        call_fail(c, "kl_div takes no integers: write .float() behind them");
    const mlp_reduction reduction = is_batchmean(m) ? MLP_REDUCTION_SUM : loss_reduction(c, m);
    if (reduction == MLP_REDUCTION_MEAN)
        call_warn_as_python(
            c, "reduction: 'mean' divides the total loss by both the batch size and the "
               "support size.'batchmean' divides only by the batch size, and aligns with the "
               "KL div math definition.'mean' will be changed to behave the same as "
               "'batchmean' in the next major release.");
    loss_show(c, x);
    loss_show(c, target);
    const element_losses l = divergence(c, m, x, target);
    if (!is_mean_of_batch)
        return loss_ended(c, m, reduction, l.operation, l.suffix, l.a, l.b);
    mlp_value *sum =
        loss_step(c, m, &mlp_sum, ".sum", loss_step(c, m, l.operation, l.suffix, l.a, l.b), NULL);
    mlp_request mean = loss_request(c, m, &mlp_div, sum, NULL);
    mean.options.number = mlp_integer((int64_t)x->tensor.shape[0]);
    return tensor_computed(c, &mean);
}

#define BINARY                                                                               \
    "weight: Optional[Tensor] = None, size_average = None, reduce = None, reduction: str = " \
    "'mean'"
#define NLL                                                                            \
    "weight: Optional[Tensor] = None, size_average = None, ignore_index: int = -100, " \
    "reduce = None, reduction: str = 'mean'"

const nn_class nn_losses[] = {{.name = "L1Loss",
                               .file = "loss",
                               .function = "l1_loss",
                               .options = "size_average = None, reduce = None, reduction: str = "
                                          "'mean'",
                               .init = loss_init,
                               .apply = l1_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {.name = "KLDivLoss",
                               .file = "loss",
                               .function = "kl_div",
                               .options = "size_average = None, reduce = None, reduction: str = "
                                          "'mean', log_target: bool = False",
                               .init = kl_div_init,
                               .apply = kl_div_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {.name = "CrossEntropyLoss",
                               .file = "loss",
                               .function = "cross_entropy",
                               .options = NLL ", label_smoothing: float = 0.0",
                               .init = loss_init,
                               .apply = cross_entropy_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {.name = "NLLLoss",
                               .file = "loss",
                               .function = "nll_loss",
                               .options = NLL,
                               .init = loss_init,
                               .apply = nll_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {.name = "BCELoss",
                               .file = "loss",
                               .function = "binary_cross_entropy",
                               .options = BINARY,
                               .init = loss_init,
                               .apply = bce_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {.name = "BCEWithLogitsLoss",
                               .file = "loss",
                               .function = "binary_cross_entropy_with_logits",
                               .options = BINARY ", pos_weight: Optional[Tensor] = None",
                               .init = loss_init,
                               .apply = with_logits_apply,
                               .inputs = "input: Tensor, target: Tensor"},
                              {0}};
