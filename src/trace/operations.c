/* The table of operations. Above each row stand the few lines that hand the kernels what they
 * ask for: pointers and sizes out of tensors, and the refusal of shapes that do not fit. */
#include "mlpstep/operation.h"

#include "mlpstep/kernels/cross_entropy_probabilities.h"
#include "mlpstep/kernels/cross_entropy_smoothed.h"
#include "mlpstep/kernels/dropout.h"
#include "mlpstep/kernels/leaky_relu.h"
#include "mlpstep/kernels/linear.h"
#include "mlpstep/kernels/log_softmax.h"
#include "mlpstep/kernels/mse_loss.h"
#include "mlpstep/kernels/nll_loss.h"
#include "mlpstep/kernels/relu.h"
#include "mlpstep/kernels/sgd.h"
#include "mlpstep/kernels/sigmoid.h"
#include "mlpstep/kernels/softmax.h"
#include "mlpstep/kernels/tanh.h"

#include <math.h>
#include <string.h>

/* Calls the float or the double kernel, by the dtype of the first input or, in backward, of
 * the gradient that came in. */
#define KERNEL(call, name, ...)                  \
    do {                                         \
        if ((call)->in[0]->dtype == MLP_FLOAT64) \
            mlp_##name##_f64(__VA_ARGS__);       \
        else                                     \
            mlp_##name##_f32(__VA_ARGS__);       \
    } while (0)

static void *data(const mlp_tensor *tensor) {
    return tensor ? tensor->data : NULL;
}

static mlp_shape shape_of(const mlp_tensor *tensor) {
    mlp_shape shape = {.dtype = tensor->dtype, .ndim = tensor->ndim};
    memcpy(shape.shape, tensor->shape, sizeof shape.shape);
    return shape;
}

static bool check_floating(const mlp_tensor *x, mlp_diagnostic *error) {
    return mlp_dtype_is_floating(x->dtype) ||
           mlp_error(error, "expected a floating-point tensor, but this one holds integers: write "
                            "its numbers with a decimal point");
}

static bool check_same_dtype(const mlp_tensor *a, const char *a_name, const mlp_tensor *b,
                             const char *b_name, mlp_diagnostic *error) {
    return !b || a->dtype == b->dtype ||
           mlp_error(error, "%s is %s, but %s is %s: give both the same dtype", a_name,
                     mlp_dtype_name(a->dtype), b_name, mlp_dtype_name(b->dtype));
}

static bool check_elementwise(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return check_floating(call->in[0], error);
}

/* --- reshape, identity, add --- */

static void copy(const mlp_tensor *to, const mlp_tensor *from) {
    memcpy(to->data, from->data, from->numel * mlp_dtype_size(from->dtype));
}

static void copy_forward(const mlp_call *call) {
    copy(call->out[0], call->in[0]);
}

static void copy_backward(const mlp_call *call) {
    copy(call->din[0], call->dout);
}

/* The options are the sizes; what asks for it has checked them. */
static bool check_reshape(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0].dtype = call->in[0]->dtype;
    while (out[0].ndim < MLP_MAX_OPTIONS && !isnan(call->option[out[0].ndim])) {
        out[0].shape[out[0].ndim] = (size_t)call->option[out[0].ndim];
        out[0].ndim++;
    }
    return true;
}

const mlp_operation mlp_reshape = {.name = "reshape",
                                   .outputs = 1,
                                   .check = check_reshape,
                                   .forward = copy_forward,
                                   .backward = copy_backward};

const mlp_operation mlp_identity = {.name = "identity",
                                    .formula = "y = x",
                                    .gradient = "dx = dy",
                                    .outputs = 1,
                                    .check = check_elementwise,
                                    .forward = copy_forward,
                                    .backward = copy_backward};

static void add_forward(const mlp_call *call) {
    const size_t n = call->out[0]->numel;
    if (call->in[0]->dtype == MLP_FLOAT64) {
        double *sum = call->out[0]->data;
        const double *a = call->in[0]->data, *b = call->in[1]->data;
        for (size_t i = 0; i < n; i++)
            sum[i] = a[i] + b[i];
    } else {
        float *sum = call->out[0]->data;
        const float *a = call->in[0]->data, *b = call->in[1]->data;
        for (size_t i = 0; i < n; i++)
            sum[i] = a[i] + b[i];
    }
}

const mlp_operation mlp_add = {.name = "add",
                               .outputs = 1,
                               .check = check_elementwise,
                               .forward = add_forward};

/* --- linear: x, weight, bias or NULL --- */

static size_t linear_batch(const mlp_call *call) {
    size_t batch = 1;
    for (size_t i = 0; i + 1 < call->in[0]->ndim; i++)
        batch *= call->in[0]->shape[i];
    return batch;
}

static bool check_linear(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *weight = call->in[1], *bias = call->in[2];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (weight->ndim != 2)
        return mlp_error(error,
                         "the weight has shape %s: it needs two dimensions, [out_features, "
                         "in_features]",
                         mlp_shape_text(shape, weight));
    if (x->ndim == 0 || x->shape[x->ndim - 1] != weight->shape[1])
        return mlp_error(error,
                         "the weight of shape %s takes %zu features, but the input has "
                         "shape %s",
                         mlp_shape_text(shape, weight), weight->shape[1],
                         mlp_shape_text(x_shape, x));
    if (bias && (bias->ndim != 1 || bias->shape[0] != weight->shape[0]))
        return mlp_error(error,
                         "the weight of shape %s makes %zu features, but the bias has "
                         "shape %s",
                         mlp_shape_text(shape, weight), weight->shape[0],
                         mlp_shape_text(x_shape, bias));
    out[0] = shape_of(x);
    out[0].shape[x->ndim - 1] = weight->shape[0];
    return check_floating(x, error) &&
           check_same_dtype(x, "the input", weight, "the weight", error) &&
           check_same_dtype(x, "the input", bias, "the bias", error);
}

static void linear_forward(const mlp_call *call) {
    const mlp_tensor *weight = call->in[1];
    KERNEL(call, linear_forward, call->out[0]->data, call->in[0]->data, weight->data,
           data(call->in[2]), linear_batch(call), weight->shape[1], weight->shape[0]);
}

/* Without a batch there is nothing to sum: PyTorch passes dy on as the bias's gradient, and so
 * keeps a zero's sign, which a sum would lose. */
static void linear_backward(const mlp_call *call) {
    const mlp_tensor *weight = call->in[1];
    const bool has_batch = call->in[0]->ndim > 1;
    if (!has_batch && call->din[2])
        copy(call->din[2], call->dout);
    KERNEL(call, linear_backward, data(call->din[0]), data(call->din[1]),
           has_batch ? data(call->din[2]) : NULL, call->dout->data, call->in[0]->data, weight->data,
           linear_batch(call), weight->shape[1], weight->shape[0]);
}

const mlp_operation mlp_linear = {.name = "linear",
                                  .formula = "y = x W^T + b",
                                  .gradient =
                                      "dW = dy^T x, db = sum of dy over the batch, dx = dy W",
                                  .outputs = 1,
                                  .check = check_linear,
                                  .forward = linear_forward,
                                  .backward = linear_backward,
                                  .reads = {1 << 1, 1 << 0, 0}};

/* --- activations --- */

static void leaky_relu_forward(const mlp_call *call) {
    KERNEL(call, leaky_relu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel,
           call->option[0]);
}

static void leaky_relu_backward(const mlp_call *call) {
    KERNEL(call, leaky_relu_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
           call->in[0]->numel, call->option[0]);
}

static const mlp_operation leaky_relu = {
    .name = "leaky_relu",
    .module = "LeakyReLU",
    .options = "negative_slope: float = 0.01, inplace: bool = False",
    .formula = "y = x where x > 0, negative_slope * x elsewhere",
    .gradient = "dx = dy where x > 0, negative_slope * dy elsewhere",
    .outputs = 1,
    .check = check_elementwise,
    .forward = leaky_relu_forward,
    .backward = leaky_relu_backward,
    .reads = {1 << 0}};

static void relu_forward(const mlp_call *call) {
    KERNEL(call, relu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel);
}

static void relu_backward(const mlp_call *call) {
    KERNEL(call, relu_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
           call->in[0]->numel);
}

static const mlp_operation relu = {.name = "relu",
                                   .module = "ReLU",
                                   .options = "inplace: bool = False",
                                   .formula = "y = max(0, x)",
                                   .gradient = "dx = dy where y > 0, 0 elsewhere",
                                   .outputs = 1,
                                   .check = check_elementwise,
                                   .forward = relu_forward,
                                   .backward = relu_backward,
                                   .reads_output = true};

static void sigmoid_forward(const mlp_call *call) {
    KERNEL(call, sigmoid_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel);
}

static void sigmoid_backward(const mlp_call *call) {
    KERNEL(call, sigmoid_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
           call->in[0]->numel);
}

static const mlp_operation sigmoid = {.name = "sigmoid",
                                      .module = "Sigmoid",
                                      .options = "",
                                      .formula = "y = 1 / (1 + exp(-x))",
                                      .gradient = "dx = dy * y * (1 - y)",
                                      .outputs = 1,
                                      .check = check_elementwise,
                                      .forward = sigmoid_forward,
                                      .backward = sigmoid_backward,
                                      .reads_output = true};

static void tanh_forward(const mlp_call *call) {
    KERNEL(call, tanh_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel);
}

static void tanh_backward(const mlp_call *call) {
    KERNEL(call, tanh_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
           call->in[0]->numel);
}

static const mlp_operation tanh_operation = {.name = "tanh",
                                             .module = "Tanh",
                                             .options = "",
                                             .formula = "y = tanh(x)",
                                             .gradient = "dx = dy * (1 - y^2)",
                                             .outputs = 1,
                                             .check = check_elementwise,
                                             .forward = tanh_forward,
                                             .backward = tanh_backward,
                                             .reads_output = true};

/* --- dropout: x, mask --- */

static void dropout_forward(const mlp_call *call) {
    KERNEL(call, dropout_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
           call->in[0]->numel, call->option[0]);
}

static void dropout_backward(const mlp_call *call) {
    KERNEL(call, dropout_backward, call->din[0]->data, call->dout->data, call->in[1]->data,
           call->in[0]->numel, call->option[0]);
}

const mlp_operation mlp_dropout = {.name = "dropout",
                                   .formula = "y = x * mask / (1 - p)",
                                   .gradient = "dx = dy * mask / (1 - p)",
                                   .outputs = 1,
                                   .check = check_elementwise,
                                   .forward = dropout_forward,
                                   .backward = dropout_backward};

/* --- softmax, log_softmax --- */

/* What torch.nn.functional falls back to where dim is None. */
static double implicit_dim(size_t ndim) {
    return ndim == 0 || ndim == 1 || ndim == 3 ? 0 : 1;
}

/* A negative dim counts from the last one. */
static bool resolve_dim(mlp_call *call, mlp_diagnostic *error) {
    double *dim = &call->option[0];
    char shape[MLP_SHAPE_TEXT];
    const double ndim = call->in[0]->ndim ? (double)call->in[0]->ndim : 1;
    if (isnan(*dim)) {
        *dim = implicit_dim(call->in[0]->ndim);
        call->warning = "softmax without dim chooses one by an old rule that PyTorch deprecates: "
                        "write dim=";
    }
    if (*dim < -ndim || *dim >= ndim)
        return mlp_error(error,
                         "dim=%.0f is not a dimension of an input of shape %s: it must lie "
                         "between %.0f and %.0f",
                         *dim, mlp_shape_text(shape, call->in[0]), -ndim, ndim - 1);
    if (*dim < 0)
        *dim += ndim;
    return true;
}

static bool check_softmax(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_elementwise(call, out, error) && resolve_dim(call, error);
}

/* The tensor seen as [outer, classes, inner] with the classes in dimension dim. */
typedef struct {
    size_t outer, classes, inner;
    bool last_dim;
} class_layout;

static class_layout classes_at(const mlp_tensor *x, size_t dim) {
    class_layout l = {1, 1, 1, dim + 1 >= x->ndim};
    for (size_t i = 0; i < x->ndim; i++)
        *(i < dim ? &l.outer : i == dim ? &l.classes : &l.inner) *= x->shape[i];
    return l;
}

static void softmax_forward(const mlp_call *call) {
    const class_layout l = classes_at(call->in[0], (size_t)call->option[0]);
    KERNEL(call, softmax_forward, call->out[0]->data, call->in[0]->data, l.outer, l.classes,
           l.inner, l.last_dim);
}

static void softmax_backward(const mlp_call *call) {
    const class_layout l = classes_at(call->in[0], (size_t)call->option[0]);
    KERNEL(call, softmax_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
           l.outer, l.classes, l.inner, l.last_dim);
}

static const mlp_operation softmax = {.name = "softmax",
                                      .module = "Softmax",
                                      .options = "dim: Optional[int] = None",
                                      .formula = "y = exp(x) / sum of exp(x)",
                                      .gradient = "dx = y * (dy - sum of dy * y)",
                                      .outputs = 1,
                                      .check = check_softmax,
                                      .forward = softmax_forward,
                                      .backward = softmax_backward,
                                      .reads_output = true};

static void log_softmax_forward(const mlp_call *call) {
    const class_layout l = classes_at(call->in[0], (size_t)call->option[0]);
    KERNEL(call, log_softmax_forward, call->out[0]->data, call->in[0]->data, l.outer, l.classes,
           l.inner, l.last_dim);
}

static void log_softmax_backward(const mlp_call *call) {
    const class_layout l = classes_at(call->in[0], (size_t)call->option[0]);
    KERNEL(call, log_softmax_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
           l.outer, l.classes, l.inner, l.last_dim);
}

const mlp_operation mlp_log_softmax = {.name = "log_softmax",
                                       .module = "LogSoftmax",
                                       .options = "dim: Optional[int] = None",
                                       .formula = "log_softmax = x - log(sum of exp(x))",
                                       .gradient = "dx = d(log_softmax) - softmax * sum of "
                                                   "d(log_softmax)",
                                       .outputs = 1,
                                       .check = check_softmax,
                                       .forward = log_softmax_forward,
                                       .backward = log_softmax_backward,
                                       .reads_output = true};

const mlp_operation *const mlp_modules[] = {&relu,    &leaky_relu,      &sigmoid, &tanh_operation,
                                            &softmax, &mlp_log_softmax, NULL};

/* --- losses by class index: log-probabilities, target, class weight or NULL --- */

/* Options of nll_loss; the losses of cross_entropy begin with them too. */
enum {
    IGNORE_INDEX,
    REDUCTION,
    LABEL_SMOOTHING
};

/* A single sample has a single loss, which PyTorch computes as a sum of one. */
static enum mlp_reduction reduction_of(const mlp_call *call) {
    const enum mlp_reduction reduction = (enum mlp_reduction)call->option[REDUCTION];
    const bool single = call->in[0]->ndim < 2;
    return single && reduction == MLP_REDUCTION_NONE ? MLP_REDUCTION_SUM : reduction;
}

/* The input is [classes], or [batch, classes, positions...]. */
static class_layout loss_layout(const mlp_call *call) {
    return classes_at(call->in[0], call->in[0]->ndim < 2 ? 0 : 1);
}

/* One loss, or, unreduced, one for each target; and the weight they are averaged by. That
 * target and weight fit the input is checked where they are asked for. */
static bool check_class_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    out[0].dtype = out[1].dtype = x->dtype;
    if (reduction_of(call) == MLP_REDUCTION_NONE) {
        out[0] = shape_of(call->in[1]);
        out[0].dtype = x->dtype;
    }
    return check_floating(x, error);
}

static void nll_loss_forward(const mlp_call *call) {
    const class_layout l = loss_layout(call);
    KERNEL(call, nll_loss_forward, call->out[0]->data, call->out[1]->data, call->in[0]->data,
           call->in[1]->data, data(call->in[2]), l.outer, l.classes, l.inner,
           (int64_t)call->option[IGNORE_INDEX], reduction_of(call));
}

static void nll_loss_backward(const mlp_call *call) {
    const class_layout l = loss_layout(call);
    KERNEL(call, nll_loss_backward, call->din[0]->data, call->dout->data, call->in[1]->data,
           data(call->in[2]), call->out[1]->data, l.outer, l.classes, l.inner,
           (int64_t)call->option[IGNORE_INDEX], reduction_of(call));
}

const mlp_operation mlp_nll_loss = {
    .name = "nll_loss",
    .formula = "l = -x[target], reduced over the batch",
    .gradient = "dx = -dl at the target class (divided by the batch for a mean), 0 elsewhere",
    .outputs = 2,
    .check = check_class_loss,
    .forward = nll_loss_forward,
    .backward = nll_loss_backward};

static bool check_smoothed(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const class_layout l = loss_layout(call);
    out[1].ndim = out[2].ndim = 1;
    out[1].shape[0] = 2;                                       /* total_weight */
    out[2].shape[0] = l.outer * l.inner + l.classes * l.inner; /* scratch */
    out[2].dtype = call->in[0]->dtype;
    return check_class_loss(call, out, error);
}

static void smoothed_forward(const mlp_call *call) {
    const class_layout l = loss_layout(call);
    KERNEL(call, cross_entropy_smoothed_forward, call->out[0]->data, call->out[1]->data,
           call->out[2]->data, call->in[0]->data, call->in[1]->data, data(call->in[2]), l.outer,
           l.classes, l.inner, call->option[LABEL_SMOOTHING], (int64_t)call->option[IGNORE_INDEX],
           reduction_of(call));
}

static void smoothed_backward(const mlp_call *call) {
    const class_layout l = loss_layout(call);
    KERNEL(call, cross_entropy_smoothed_backward, call->din[0]->data, call->dout->data,
           call->in[1]->data, data(call->in[2]), call->out[1]->data, l.outer, l.classes, l.inner,
           call->option[LABEL_SMOOTHING], (int64_t)call->option[IGNORE_INDEX], reduction_of(call));
}

const mlp_operation mlp_cross_entropy_smoothed = {
    .name = "cross_entropy",
    .formula = "l = -(1 - s) x[target] - s mean of x, s = label_smoothing, reduced over the "
               "batch",
    .gradient = "dx = -dl (1 - s at the target class, plus s / classes everywhere; divided by "
                "the batch for a mean)",
    .outputs = 3,
    .check = check_smoothed,
    .forward = smoothed_forward,
    .backward = smoothed_backward};

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
    const class_layout l = loss_layout(call);
    KERNEL(call, cross_entropy_probabilities_forward, call->out[0]->data, call->out[1]->data,
           call->in[0]->data, call->in[1]->data, data(call->in[2]), l.outer, l.classes, l.inner,
           call->option[LABEL_SMOOTHING], reduction_of(call));
}

static void probabilities_backward(const mlp_call *call) {
    const class_layout l = loss_layout(call);
    KERNEL(call, cross_entropy_probabilities_backward, data(call->din[0]), data(call->din[1]),
           call->dout->data, call->in[0]->data, call->in[1]->data, data(call->in[2]), l.outer,
           l.classes, l.inner, call->option[LABEL_SMOOTHING], reduction_of(call));
}

const mlp_operation mlp_cross_entropy_probabilities = {
    .name = "cross_entropy",
    .formula = "l = -sum of target * x over the classes, reduced over the batch",
    .gradient = "dx = -dl target (divided by the batch for a mean)",
    .outputs = 2,
    .check = check_probabilities,
    .forward = probabilities_forward,
    .backward = probabilities_backward,
    .reads = {1 << 1, 1 << 0}};

/* --- mse_loss: x, target --- */

static enum mlp_reduction mse_reduction(const mlp_call *call) {
    return (enum mlp_reduction)call->option[0];
}

static bool check_mse_loss(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *target = call->in[1];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (!check_floating(x, error) || !check_floating(target, error))
        return false;
    if (!mlp_tensor_same_shape(x, target))
        return mlp_error(error,
                         "the input has shape %s, but the target has shape %s: give the "
                         "target the input's shape (broadcasting is not supported)",
                         mlp_shape_text(x_shape, x), mlp_shape_text(shape, target));
    out[1] = shape_of(x); /* scratch */
    if (mse_reduction(call) == MLP_REDUCTION_NONE)
        out[0] = shape_of(x);
    out[0].dtype = x->dtype;
    return check_same_dtype(x, "the input", target, "the target", error);
}

static void mse_loss_forward(const mlp_call *call) {
    KERNEL(call, mse_loss_forward, call->out[0]->data, call->out[1]->data, call->in[0]->data,
           call->in[1]->data, call->in[0]->numel, mse_reduction(call));
}

static void mse_loss_backward(const mlp_call *call) {
    KERNEL(call, mse_loss_backward, data(call->din[0]), data(call->din[1]), call->dout->data,
           call->in[0]->data, call->in[1]->data, call->in[0]->numel, mse_reduction(call));
}

const mlp_operation mlp_mse_loss = {
    .name = "mse_loss",
    .formula = "l = (x - target)^2, reduced over all elements",
    .gradient = "dx = 2 (x - target) dl (divided by n for a mean), dtarget = -dx",
    .outputs = 2,
    .check = check_mse_loss,
    .forward = mse_loss_forward,
    .backward = mse_loss_backward,
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1}};

/* --- sgd: parameter, gradient, momentum buffer or NULL --- */

static bool check_sgd(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0], *gradient = call->in[1];
    char shape[MLP_SHAPE_TEXT], gradient_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(p, gradient))
        return mlp_error(error,
                         "a parameter of shape %s has a gradient of shape %s: it was "
                         "replaced between backward() and step()",
                         mlp_shape_text(shape, p), mlp_shape_text(gradient_shape, gradient));
    out[0] = out[1] = shape_of(p);
    return true;
}

static void sgd_forward(const mlp_call *call) {
    const double *option = call->option;
    KERNEL(call, sgd_step, call->out[0]->data,
           option[MLP_SGD_MOMENTUM] != 0 ? call->out[1]->data : NULL, call->in[0]->data,
           call->in[1]->data, data(call->in[2]), call->in[0]->numel, option[MLP_SGD_LR],
           option[MLP_SGD_MOMENTUM], option[MLP_SGD_DAMPENING], option[MLP_SGD_WEIGHT_DECAY],
           option[MLP_SGD_NESTEROV] != 0, option[MLP_SGD_MAXIMIZE] != 0);
}

const mlp_operation mlp_sgd = {.name = "sgd",
                               .formula = "p = p - lr dp, after weight decay and momentum",
                               .outputs = 2,
                               .check = check_sgd,
                               .forward = sgd_forward};
