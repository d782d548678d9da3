/* Losses, of a prediction and a target. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/binary_cross_entropy.h"
#include "mlpstep/kernels/binary_cross_entropy_with_logits.h"
#include "mlpstep/kernels/cross_entropy_probabilities.h"
#include "mlpstep/kernels/cross_entropy_smoothed.h"
#include "mlpstep/kernels/huber_loss.h"
#include "mlpstep/kernels/mse_loss.h"
#include "mlpstep/kernels/nll_loss.h"
#include "mlpstep/kernels/smooth_l1_loss.h"

#include <math.h>

/* In formulas: what the option reduction makes of the losses, and the gradient of one of them; the
 * weight of the right class, a factor; targets with label smoothing, and what they are called. */
#define REDUCED(losses) "[mean? mean(][sum? sum(]" losses "[mean|sum? )]"
#define DL "dl[mean?  / n]"
#define TARGET_WEIGHT "[weight? weight[target] ]"
#define SMOOTH "[label_smoothing? q = (1 - label_smoothing) target + label_smoothing / classes; ]"
#define SMOOTHED "[label_smoothing? q][!label_smoothing? target]"

/* --- losses by class index: log-probabilities, target, class weight or NULL --- */

/* A single sample has a single loss, which PyTorch computes as a sum of one. */
static mlp_reduction reduction_of(const mlp_call *call) {
    const mlp_reduction reduction = call->options.reduction;
    const bool single = call->in[0]->ndim < 2;
    return single && reduction == MLP_REDUCTION_NONE ? MLP_REDUCTION_SUM : reduction;
}

/* The input is [classes], or [batch, classes, positions...]. */
static mlp_dimension loss_layout(const mlp_call *call) {
    return split_at(call->in[0], call->in[0]->ndim < 2 ? 0 : 1);
}

static mlp_class_loss class_loss_of(const mlp_call *call) {
    const mlp_dimension l = loss_layout(call);
    return (mlp_class_loss){.batch = l.outer,
                            .classes = l.size,
                            .positions = l.inner,
                            .label_smoothing = call->options.label_smoothing,
                            .ignore_index = call->options.ignore_index,
                            .smooths_anew = mlp_release_has(&call->release, MLP_SMOOTHS_ANEW),
                            .reduction = reduction_of(call)};
}

static bool check_targets(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *target = call->in[1];
    const size_t classes = loss_layout(call).size;
    for (size_t i = 0; i < target->numel; i++) {
        const int64_t class = mlp_tensor_get_int(target, i);
        if (class == call->options.ignore_index)
            continue;
        if (classes == 0)
            return mlp_error(error, "target class %lld is out of range: the input has no classes",
                             (long long)class);
        if (class < 0 || (uint64_t) class >= classes)
            return mlp_error(
                mlp_raises(error, "IndexError: Target %lld is out of bounds.", (long long)class),
                "target class %lld is out of range: %zu classes are numbered "
                "0 to %zu",
                (long long)class, classes, classes - 1);
    }
    return true;
}

/* One loss, or, unreduced, one for each target; and the weight they are averaged by. That the
 * shapes of target and weight fit the input is checked where they are asked for. */
static bool check_class_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    out[0].dtype = out[1].dtype = x->dtype;
    if (reduction_of(call) == MLP_REDUCTION_NONE) {
        out[0] = shape_of(call->in[1]);
        out[0].dtype = x->dtype;
    }
    return check_floating(x, error) && check_targets(call, error);
}

static void nll_loss_forward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, nll_loss_forward, call->out[0]->data, call->out[1]->data, call->in[0]->data,
                call->in[1]->data, data_of(call->in[2]), &of);
}

static void nll_loss_backward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, nll_loss_backward, call->din[0]->data, call->dout->data, call->in[1]->data,
                data_of(call->in[2]), call->out[1]->data, &of);
}

static bool nll_loss_is_view(const mlp_call *call) {
    return call->in[0]->ndim == 3 && reduction_of(call) == MLP_REDUCTION_NONE;
}

static const char *nll_loss_grad_fn(const mlp_call *call) {
    const size_t ndim = call->in[0]->ndim;
    if (nll_loss_is_view(call))
        return "ViewBackward0";
    return ndim > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";
}

static double total_weight(const mlp_call *call) {
    return mlp_tensor_get(call->out[1], 0);
}

const mlp_operation mlp_nll_loss = {
    .name = "nll_loss",
    .symbols = "x target weight",
    .formula = "l = [mean? [weight? -sum(weight[target] x[target]) / sum(weight[target])]"
               "[!weight? -mean(x[target])]]"
               "[sum? -sum(" TARGET_WEIGHT "x[target])][!mean|sum? -" TARGET_WEIGHT "x[target]]",
    .gradient = "dx = -" TARGET_WEIGHT "onehot(target) "
                "dl[mean?  / [weight? sum(weight[target])][!weight? n]]",
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_LOSS_OVER_CLASSES,
    .terms = total_weight,
    .has_reduction = true,
    .check = check_class_loss,
    .forward = nll_loss_forward,
    .backward = nll_loss_backward,
    .compose = compose_nll_loss,
    .bound = bound_nll_loss,
    .bound_backward = bound_nll_loss_back,
    .reads = {1 << 0 | 1 << 1 | 1 << 2},
    .gradients = 1 << 0,
    .grad_fn_of = nll_loss_grad_fn,
    .is_hidden_view = nll_loss_is_view};

static bool check_smoothed(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_dimension l = loss_layout(call);
    out[1].ndim = out[2].ndim = 1;
    out[1].shape[0] = 2;                                    /* total_weight */
    out[2].shape[0] = l.outer * l.inner + l.size * l.inner; /* scratch */
    out[2].dtype = call->in[0]->dtype;
    return check_class_loss(call, out, error);
}

static void smoothed_forward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, cross_entropy_smoothed_forward, call->out[0]->data, call->out[1]->data,
                call->out[2]->data, call->in[0]->data, call->in[1]->data, data_of(call->in[2]),
                &of);
}

static void smoothed_backward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, cross_entropy_smoothed_backward, call->din[0]->data, call->dout->data,
                call->in[1]->data, data_of(call->in[2]), call->out[1]->data, &of);
}

/* One of the classes each. */
static double terms_of_classes(const mlp_call *call) {
    return (double)call->in[0]->numel / (double)loss_layout(call).size;
}

const mlp_operation mlp_cross_entropy_smoothed = {
    .name = "cross_entropy",
    .symbols = "x target weight",
    .formula = "e = -(1 - label_smoothing) " TARGET_WEIGHT "x[target]"
               " - label_smoothing mean([weight? weight ]x); "
               "l = [mean? [weight? sum(e) / sum(weight[target])][!weight? mean(e)]]"
               "[sum? sum(e)][!mean|sum? e]",
    .gradient = "dx = -((1 - label_smoothing) " TARGET_WEIGHT "onehot(target)"
                " + label_smoothing[weight?  weight] / classes) "
                "dl[mean?  / [weight? sum(weight[target])][!weight? n]]",
    .outputs = 3,
    .traits = MLP_IS_REDUCTION | MLP_IS_LOSS_OVER_CLASSES,
    .terms = terms_of_classes,
    .has_reduction = true,
    .check = check_smoothed,
    .forward = smoothed_forward,
    .backward = smoothed_backward,
    .compose = compose_cross_entropy_smoothed,
    .bound = bound_cross_entropy_smoothed,
    .bound_backward = bound_cross_entropy_smoothed_back,
    .reads = {1 << 1 | 1 << 2},
    .gradients = 1 << 0,
    .grad_fn = "AddBackward0"};

/* --- cross-entropy by class probabilities: log-probabilities, target, class weight or NULL --- */

/* The target has the input's shape; unreduced there is one loss for each place with classes. */
static bool check_probabilities(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    out[0].dtype = x->dtype;
    out[1] = shape_of(x); /* scratch */
    for (size_t i = 0; reduction_of(call) == MLP_REDUCTION_NONE && i < x->ndim; i++)
        if (i != (x->ndim < 2 ? 0 : 1))
            out[0].shape[out[0].ndim++] = x->shape[i];
    return check_floating(x, error) &&
           check_same_dtype(x, "the input", call->in[1], "the target", error);
}

static void probabilities_forward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, cross_entropy_probabilities_forward, call->out[0]->data, call->out[1]->data,
                call->in[0]->data, call->in[1]->data, data_of(call->in[2]), &of);
}

static void probabilities_backward(const mlp_call *call) {
    const mlp_class_loss of = class_loss_of(call);
    CALL_KERNEL(call, cross_entropy_probabilities_backward, data_of(call->din[0]),
                data_of(call->din[1]), call->dout->data, call->in[0]->data, call->in[1]->data,
                data_of(call->in[2]), &of);
}

static const char *probabilities_grad_fn(const mlp_call *call) {
    const bool divided = reduction_of(call) == MLP_REDUCTION_MEAN && call->in[0]->numel > 0;
    return divided ? "DivBackward1" : "NegBackward0";
}

const mlp_operation mlp_cross_entropy_probabilities = {
    .name = "cross_entropy",
    .symbols = "x target weight",
    .formula = SMOOTH "e = -sum([weight? weight ]" SMOOTHED " x); l = " REDUCED("e"),
    .gradient =
        SMOOTH "dx = -[weight? weight ]" SMOOTHED " " DL
               "; dtarget = -[label_smoothing? (1 - label_smoothing) ][weight? weight ]x " DL,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_LOSS_OVER_CLASSES,
    .terms = terms_of_classes,
    .has_reduction = true,
    .check = check_probabilities,
    .forward = probabilities_forward,
    .backward = probabilities_backward,
    .compose = compose_cross_entropy_probabilities,
    .bound = bound_cross_entropy_probabilities,
    .bound_backward = bound_cross_entropy_probabilities_back,
    .reads = {1 << 1 | 1 << 2, 1 << 0 | 1 << 2},
    .gradients = 1 << 0 | 1 << 1,
    .grad_fn_of = probabilities_grad_fn};

/* --- mse_loss, huber_loss, smooth_l1_loss: x, target --- */

/* Of the losses below, too. */
static mlp_element_loss element_loss_of(const mlp_call *call) {
    return (mlp_element_loss){
        .n = call->in[0]->numel, .reduction = call->options.reduction, .loop = call->loop};
}

static bool check_pair(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *target = call->in[1];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (!check_floating(x, error) || !check_floating(target, error))
        return false;
    if (!mlp_tensor_same_shape(x, target))
        return mlp_error(error,
                         "the input has shape %s, but the target has shape %s: give the "
                         "target the input's shape",
                         mlp_shape_text(x_shape, x), mlp_shape_text(shape, target));
    out[1] = shape_of(x); /* scratch */
    if (call->options.reduction == MLP_REDUCTION_NONE)
        out[0] = shape_of(x);
    out[0].dtype = x->dtype;
    return check_same_dtype(x, "the input", target, "the target", error);
}

static void mse_loss_forward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, mse_loss_forward, call->out[0]->data, call->out[1]->data, call->in[0]->data,
                call->in[1]->data, &of);
}

static void mse_loss_backward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, mse_loss_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, &of);
}

static double every_element(const mlp_call *call) {
    return (double)call->in[0]->numel;
}

const mlp_operation mlp_mse_loss = {
    .name = "mse_loss",
    .module = "MSELoss",
    .module_file = "loss",
    .inputs = "input: Tensor, target: Tensor",
    .options = "size_average = None, reduce = None, reduction: str = 'mean'",
    .symbols = "x target",
    .formula = "l = " REDUCED("(x - target)^2"),
    .gradient = "dx = 2 (x - target) " DL "; dtarget = -dx",
    .broadcasts = true,
    .elementwise = true,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_FILLS_ZEROS | MLP_IS_BY_LOOP,
    .terms = every_element,
    .has_reduction = true,
    .check = check_pair,
    .forward = mse_loss_forward,
    .backward = mse_loss_backward,
    .compose = compose_mse_loss,
    .bound = bound_mse_loss,
    .bound_backward = bound_mse_loss_back,
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1},
    .gradients = 1 << 0 | 1 << 1,
    .grad_fn = "MseLossBackward0"};

static bool check_huber_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    if (!(call->options.delta > 0))
        return mlp_error(
            mlp_raises(error,
                       "RuntimeError: huber_loss does not support non-positive values for delta."),
            "delta=%g must be above 0", call->options.delta);
    return check_pair(call, out, error);
}

static void huber_loss_forward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, huber_loss_forward, call->out[0]->data, call->out[1]->data, call->in[0]->data,
                call->in[1]->data, &of, call->options.delta);
}

static void huber_loss_backward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, huber_loss_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, &of, call->options.delta);
}

const mlp_operation mlp_huber_loss = {
    .name = "huber_loss",
    .module = "HuberLoss",
    .module_file = "loss",
    .inputs = "input: Tensor, target: Tensor",
    .options = "reduction: str = 'mean', delta: float = 1.0",
    .symbols = "x target",
    .formula = "e = x - target; "
               "l = " REDUCED("e^2 / 2 where |e| < delta, delta (|e| - delta / 2) elsewhere"),
    .gradient = "e = x - target; "
                "dx = e " DL " where |e| < delta, delta sign(e) " DL " elsewhere; dtarget = -dx",
    .broadcasts = true,
    .elementwise = true,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_BY_LOOP | MLP_FILLS_ZEROS,
    .terms = every_element,
    .has_reduction = true,
    .check = check_huber_loss,
    .forward = huber_loss_forward,
    .backward = huber_loss_backward,
    .compose = compose_huber_loss,
    .bound = bound_huber_loss,
    .bound_backward = bound_huber_loss_back,
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1},
    .gradients = 1 << 0 | 1 << 1,
    .grad_fn = "HuberLossBackward0"};

static bool check_smooth_l1_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                 mlp_diagnostic *error) {
    if (!(call->options.beta >= 0))
        return mlp_error(
            mlp_raises(error,
                       "RuntimeError: smooth_l1_loss does not support negative values for beta."),
            "beta=%g must not be negative", call->options.beta);
    return check_pair(call, out, error);
}

static void smooth_l1_loss_forward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, smooth_l1_loss_forward, call->out[0]->data, call->out[1]->data,
                call->in[0]->data, call->in[1]->data, &of, call->options.beta);
}

static void smooth_l1_loss_backward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, smooth_l1_loss_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, &of, call->options.beta);
}

/* With beta = 0 it is |x - target|. At |x - target| = beta, and at delta in huber_loss, there is no
 * kink: both sides have the same derivative, which central differences find. */
static void smooth_l1_loss_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *x = call->in[0]->data, *target = call->in[1]->data;
    for (size_t i = 0; i < call->in[0]->numel && call->options.beta == 0; i++)
        take(context, sign_of(x[i] - target[i]));
}

const mlp_operation mlp_smooth_l1_loss = {
    .name = "smooth_l1_loss",
    .module = "SmoothL1Loss",
    .module_file = "loss",
    .inputs = "input: Tensor, target: Tensor",
    .options = "size_average = None, reduce = None, reduction: str = 'mean', beta: float = 1.0",
    .symbols = "x target",
    .formula = "e = x - target; "
               "l = " REDUCED("[beta? e^2 / (2 beta) where |e| < beta, |e| - beta / 2 elsewhere]"
                              "[!beta? |e|]"),
    .gradient = "e = x - target; "
                "dx = [beta? (e / beta) " DL " where |e| < beta, sign(e) " DL " elsewhere]"
                "[!beta? " DL " where e > 0, -" DL " elsewhere]; dtarget = -dx",
    .broadcasts = true,
    .elementwise = true,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_BY_LOOP | MLP_FILLS_ZEROS,
    .terms = every_element,
    .has_reduction = true,
    .kinks = smooth_l1_loss_kinks,
    .check = check_smooth_l1_loss,
    .forward = smooth_l1_loss_forward,
    .backward = smooth_l1_loss_backward,
    .compose = compose_smooth_l1_loss,
    .bound = bound_smooth_l1_loss,
    .bound_backward = bound_smooth_l1_loss_back,
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1},
    .gradients = 1 << 0 | 1 << 1,
    .grad_fn = "SmoothL1LossBackward0"};

/* --- binary_cross_entropy, binary_cross_entropy_with_logits: x, target, weight or NULL, and of
 * the latter pos_weight or NULL --- */

/* With logits, PyTorch computes with two types of floats. */
static void raises_target_dtype(const mlp_call *call, mlp_diagnostic *error) {
    const char *x = mlp_dtype_word(call->in[0]->dtype),
               *target = mlp_dtype_word(call->in[1]->dtype);
    if (call->operation == &mlp_binary_cross_entropy)
        mlp_raises(error, "RuntimeError: Found dtype %s but expected %s", target, x);
    else if (mlp_dtype_is_floating(call->in[0]->dtype) && mlp_dtype_is_integer(call->in[1]->dtype))
        mlp_raises(error,
                   "RuntimeError: result type %s can't be cast to the desired output type %s", x,
                   target);
}

static bool check_binary_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    static const char *const names[] = {"the input", "the target", "weight", "pos_weight"};
    const mlp_tensor *x = call->in[0];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        if (!call->in[i])
            continue;
        if (!mlp_tensor_same_shape(x, call->in[i]))
            return mlp_error(
                error, "the input has shape %s, but %s has shape %s: give both the same shape",
                mlp_shape_text(x_shape, x), names[i], mlp_shape_text(shape, call->in[i]));
        if (x->dtype != call->in[i]->dtype && i == 1)
            raises_target_dtype(call, error);
        if (!check_same_dtype(x, names[0], call->in[i], names[i], error))
            return false;
    }
    out[1] = shape_of(x); /* scratch */
    if (call->options.reduction == MLP_REDUCTION_NONE)
        out[0] = shape_of(x);
    out[0].dtype = x->dtype;
    return check_floating(x, error);
}

static bool check_probabilities_between(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                        mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    if (!check_binary_loss(call, out, error))
        return false;
    for (size_t i = 0; i < x->numel; i++)
        if (!(mlp_tensor_get(x, i) >= 0 && mlp_tensor_get(x, i) <= 1))
            return mlp_error(
                mlp_raises(error, "RuntimeError: all elements of input should be between 0 and 1"),
                "all elements of the input must lie between 0 and 1, but one is %g: "
                "apply sigmoid, or take BCEWithLogitsLoss for scores",
                mlp_tensor_get(x, i));
    return true;
}

static void binary_cross_entropy_forward(const mlp_call *call) {
    mlp_element_loss of = element_loss_of(call);
    of.by_log1p = mlp_release_has(&call->release, MLP_LOSES_BY_LOG1P);
    CALL_KERNEL(call, binary_cross_entropy_forward, call->out[0]->data, call->out[1]->data,
                call->in[0]->data, call->in[1]->data, data_of(call->in[2]), &of);
}

static void binary_cross_entropy_backward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, binary_cross_entropy_backward, call->din[0]->data, call->dout->data,
                call->in[0]->data, call->in[1]->data, data_of(call->in[2]), &of);
}

const mlp_operation mlp_binary_cross_entropy = {
    .name = "binary_cross_entropy",
    .symbols = "x target weight",
    .formula = "l = " REDUCED("-[weight? weight ](target log(x) + (1 - target) log(1 - x))"),
    .gradient = "dx = [weight? weight ]dl (x - target) / (x (1 - x)[mean?  n])",
    .elementwise = true,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_LOGARITHM | MLP_IS_BY_LOOP,
    .terms = every_element,
    .has_reduction = true,
    .check = check_probabilities_between,
    .forward = binary_cross_entropy_forward,
    .backward = binary_cross_entropy_backward,
    .compose = compose_binary_cross_entropy,
    .bound = bound_binary_cross_entropy,
    .bound_backward = bound_binary_cross_entropy_back,
    .reads = {1 << 0 | 1 << 1 | 1 << 2},
    .gradients = 1 << 0,
    .grad_fn = "BinaryCrossEntropyBackward0"};

static void with_logits_forward(const mlp_call *call) {
    mlp_element_loss of = element_loss_of(call);
    of.by_log1p = mlp_release_has(&call->release, MLP_SCORES_BY_LOG1P);
    CALL_KERNEL(call, binary_cross_entropy_with_logits_forward, call->out[0]->data,
                call->out[1]->data, call->in[0]->data, call->in[1]->data, data_of(call->in[2]),
                data_of(call->in[3]), &of);
}

static void with_logits_backward(const mlp_call *call) {
    const mlp_element_loss of = element_loss_of(call);
    CALL_KERNEL(call, binary_cross_entropy_with_logits_backward, call->din[0]->data,
                call->dout->data, call->in[0]->data, call->in[1]->data, data_of(call->in[2]),
                data_of(call->in[3]), &of);
}

/* The score whose sigmoid it is. */
static double logit_of(double sigmoid, double terms) {
    (void)terms;
    return log(sigmoid / (1 - sigmoid));
}

static const mlp_route by_sigmoid = {.by = &mlp_sigmoid, .of_input = true, .from = logit_of};

const mlp_operation mlp_binary_cross_entropy_with_logits = {
    .name = "binary_cross_entropy_with_logits",
    .symbols = "x target weight pos_weight",
    .formula = "s = 1 / (1 + exp(-x)); "
               "l = " REDUCED("-[weight? weight ]"
                              "([pos_weight? pos_weight ]target log(s) + (1 - target) log(1 - s))"),
    .gradient =
        "dx = [weight? weight ]"
        "[pos_weight? ((pos_weight target + 1 - target) / (1 + exp(-x)) - pos_weight target)]"
        "[!pos_weight? (1 / (1 + exp(-x)) - target)] " DL,
    .elementwise = true,
    .outputs = 2,
    .traits = MLP_IS_REDUCTION | MLP_IS_LOGARITHM | MLP_IS_LOG_OF_SUM | MLP_IS_BY_LOOP,
    .loops = 1 << 0,
    .terms = every_element,
    .has_reduction = true,
    .begins_with = &mlp_sigmoid,
    .route = &by_sigmoid,
    .check = check_binary_loss,
    .forward = with_logits_forward,
    .backward = with_logits_backward,
    .compose = compose_binary_cross_entropy_with_logits,
    .bound = bound_binary_cross_entropy_with_logits,
    .bound_backward = bound_binary_cross_entropy_with_logits_back,
    .reads = {1 << 0 | 1 << 1 | 1 << 2 | 1 << 3},
    .gradients = 1 << 0,
    .grad_fn = "BinaryCrossEntropyWithLogitsBackward0"};
