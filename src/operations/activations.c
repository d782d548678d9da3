/* Activations: of each element, and softmax over the elements along a dimension. */
#include "bounds.h"
#include "composed.h"
#include "mkl_functions.h"
#include "row.h"

#include "mlpstep/kernels/elu.h"
#include "mlpstep/kernels/integer.h"
#include "mlpstep/kernels/leaky_relu.h"
#include "mlpstep/kernels/prelu.h"
#include "mlpstep/kernels/log_softmax.h"
#include "mlpstep/kernels/relu.h"
#include "mlpstep/kernels/sigmoid.h"
#include "mlpstep/kernels/softmax.h"
#include "mlpstep/kernels/tanh.h"

#include <math.h>

/* --- activations --- */

/* Where only the result is left, its sign must tell that of x, which it does not if the negative
 * side was multiplied by a negative number. */
static bool check_sign_is_kept(const mlp_call *call, const char *option, double factor,
                               mlp_diagnostic *error) {
    return !call->options.inplace || factor >= 0 ||
           mlp_error(error,
                     "in place, there is no gradient with a negative %s (%g): leave out inplace",
                     option, factor);
}

static void leaky_relu_forward(const mlp_call *call) {
    CALL_KERNEL(call, leaky_relu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel,
                call->options.negative_slope);
}

static void leaky_relu_backward(const mlp_call *call) {
    CALL_KERNEL(call, leaky_relu_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->in[0]->numel, call->options.negative_slope);
}

static bool leaky_relu_check_backward(const mlp_call *call, mlp_diagnostic *error) {
    return check_sign_is_kept(call, "negative_slope", call->options.negative_slope, error);
}

static const char *leaky_relu_grad_fn(const mlp_call *call) {
    return call->options.inplace ? "LeakyReluBackward1" : "LeakyReluBackward0";
}

static bool check_leaky_relu(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    return check_elementwise(call, out, error) &&
           check_fits(call->options.negative_slope, "negative_slope", call->in[0], error);
}

const mlp_operation mlp_leaky_relu = {
    .name = "leaky_relu",
    .module = "LeakyReLU",
    .module_file = "activation",
    .shown = {"negative_slope", "?inplace"},
    .options = "negative_slope: float = 0.01, inplace: bool = False",
    .in_place = MLP_FUNCTIONAL_IN_PLACE,
    .formula = "y = x where x > 0, negative_slope x elsewhere",
    .gradient = "dx = dy where x > 0, negative_slope dy elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_LEAKY,
    .elementwise = true,
    .kinks = kinks_at_zero,
    .check = check_leaky_relu,
    .forward = leaky_relu_forward,
    .backward = leaky_relu_backward,
    .compose = compose_leaky_relu,
    .bound = bound_leaky_relu,
    .bound_backward = bound_leaky_relu_back,
    .check_backward = leaky_relu_check_backward,
    .reads = {1 << 0},
    .keeps_result = true,
    .gradients = 1 << 0,
    .grad_fn_of = leaky_relu_grad_fn};

/* --- prelu: x, a slope for each of its elements --- */

static void prelu_forward(const mlp_call *call) {
    CALL_KERNEL(call, prelu_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                call->in[0]->numel);
}

static void prelu_backward(const mlp_call *call) {
    CALL_KERNEL(call, prelu_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, call->in[0]->numel);
}

const mlp_operation mlp_prelu = {
    .name = "prelu",
    .symbols = "x weight",
    .formula = "y = x where x > 0, weight x elsewhere",
    .gradient = "dx = dy where x > 0, weight dy elsewhere; dweight = 0 where x > 0, "
                "x dy elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION,
    .elementwise = true,
    .kinks = kinks_at_zero,
    .check = check_floating_binary,
    .forward = prelu_forward,
    .backward = prelu_backward,
    .compose = compose_prelu,
    .bound = bound_prelu,
    .bound_backward = bound_prelu_back,
    .reads = {1 << 0 | 1 << 1, 1 << 0 | 1 << 1},
    .gradients = 1 << 0 | 1 << 1,
    .grad_fn = "PreluBackward0",
    .later_grad_fn = "PreluKernelBackward0"};

static bool check_relu(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    if (call->in[0]->dtype == MLP_BOOL)
        mlp_raises(error, "RuntimeError: Boolean inputs not supported for relu");
    return check_numbers(call->in[0], error);
}

static void relu_forward(const mlp_call *call) {
    if (mlp_dtype_is_integer(call->in[0]->dtype)) {
        mlp_integer_clamp(call->out[0]->data, call->in[0]->data, 0, INT64_MAX, call->in[0]->numel);
        return;
    }
    CALL_KERNEL(call, relu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel);
}

static void relu_backward(const mlp_call *call) {
    CALL_KERNEL(call, relu_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                call->in[0]->numel);
}

const mlp_operation mlp_relu = {.name = "relu",
                                .elementwise = true,
                                .module = "ReLU",
                                .module_file = "activation",
                                .shown = {"?inplace"},
                                .options = "inplace: bool = False",
                                .in_place = MLP_IN_PLACE | MLP_FUNCTIONAL_IN_PLACE,
                                .formula = "y = max(0, x)",
                                .gradient = "dx = dy where y > 0, 0 elsewhere",
                                .outputs = 1,
                                .traits = MLP_WRITES_ALL | MLP_IS_ACTIVATION,
                                .kinks = kinks_at_zero,
                                .check = check_relu,
                                .forward = relu_forward,
                                .backward = relu_backward,
                                .compose = compose_relu,
                                .bound = bound_relu,
                                .bound_backward = bound_relu_back,
                                .reads_output = true,
                                .gradients = 1 << 0,
                                .grad_fn = "ReluBackward0",
                                .method_options = ""};

static void sigmoid_forward(const mlp_call *call) {
    CALL_KERNEL(call, sigmoid_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel,
                &call->loop);
}

static void sigmoid_backward(const mlp_call *call) {
    CALL_KERNEL(call, sigmoid_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                call->in[0]->numel);
}

const mlp_operation mlp_sigmoid = {.name = "sigmoid",
                                   .elementwise = true,
                                   .promotes = true,
                                   .module = "Sigmoid",
                                   .module_file = "activation",
                                   .options = "",
                                   .in_place = MLP_IN_PLACE,
                                   .formula = "y = 1 / (1 + exp(-x))",
                                   .gradient = "dx = dy y (1 - y)",
                                   .outputs = 1,
                                   .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                   .check = check_elementwise,
                                   .forward = sigmoid_forward,
                                   .backward = sigmoid_backward,
                                   .compose = compose_sigmoid,
                                   .bound = bound_sigmoid,
                                   .bound_backward = bound_sigmoid_back,
                                   .reads_output = true,
                                   .gradients = 1 << 0,
                                   .grad_fn = "SigmoidBackward0",
                                   .method_options = ""};

static void tanh_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_TANH))
        CALL_KERNEL(call, tanh_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel);
}

static void tanh_backward(const mlp_call *call) {
    CALL_KERNEL(call, tanh_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                call->in[0]->numel);
}

const mlp_operation mlp_tanh = {.name = "tanh",
                                .elementwise = true,
                                .promotes = true,
                                .module = "Tanh",
                                .module_file = "activation",
                                .options = "",
                                .in_place = MLP_IN_PLACE,
                                .formula = "y = tanh(x)",
                                .gradient = "dx = dy (1 - y^2)",
                                .outputs = 1,
                                .traits = MLP_IS_ACTIVATION,
                                .check = check_elementwise,
                                .forward = tanh_forward,
                                .backward = tanh_backward,
                                .compose = compose_tanh,
                                .bound = bound_tanh,
                                .bound_backward = bound_tanh_back,
                                .reads_output = true,
                                .gradients = 1 << 0,
                                .grad_fn = "TanhBackward0",
                                .method_options = ""};

/* --- elu, selu, celu --- */

static mlp_elu_shape plain_shape(double alpha, double scale) {
    return (mlp_elu_shape){.alpha = alpha, .scale = scale, .input_scale = 1, .input_scale_back = 1};
}

/* As the release has it. */
static mlp_elu_shape of_release(const mlp_call *call, mlp_elu_shape of) {
    of.is_linear_at_zero = mlp_release_has(&call->release, MLP_ELU_IS_LINEAR_AT_ZERO);
    of.by_expm1 = mlp_release_has(&call->release, MLP_ELU_BY_EXPM1);
    return of;
}

static void forward_by(const mlp_call *call, mlp_elu_shape of) {
    of = of_release(call, of);
    CALL_KERNEL(call, elu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel, &of,
                &call->loop);
}

static void backward_by(const mlp_call *call, mlp_elu_shape of) {
    of = of_release(call, of);
    of.inplace = call->options.inplace;
    CALL_KERNEL(call, elu_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->in[0]->numel, &of, &call->loop);
}

static void elu_forward(const mlp_call *call) {
    forward_by(call, plain_shape(call->options.alpha, 1));
}

static void elu_backward(const mlp_call *call) {
    backward_by(call, plain_shape(call->options.alpha, 1));
}

static bool elu_check_backward(const mlp_call *call, mlp_diagnostic *error) {
    return check_sign_is_kept(call, "alpha", call->options.alpha, error);
}

static const char *elu_grad_fn(const mlp_call *call) {
    return call->options.inplace ? "EluBackward1" : "EluBackward0";
}

/* With alpha 1 both sides have the slope 1 at 0: there is a derivative, although the second one
 * jumps. */
static void elu_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    if (call->options.alpha != 1)
        kinks_at_zero(call, take, context);
}

static bool check_elu(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_elementwise(call, out, error) &&
           check_fits(call->options.alpha, "alpha", call->in[0], error);
}

const mlp_operation mlp_elu = {.name = "elu",
                               .elementwise = true,
                               .module = "ELU",
                               .module_file = "activation",
                               .shown = {"alpha", "?inplace"},
                               .options = "alpha: float = 1.0, inplace: bool = False",
                               .in_place = MLP_FUNCTIONAL_IN_PLACE,
                               .formula = "y = x where x > 0, alpha (exp(x) - 1) elsewhere",
                               .gradient = "dx = dy where x > 0, dy alpha exp(x) elsewhere",
                               .outputs = 1,
                               .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                               .kinks = elu_kinks,
                               .check = check_elu,
                               .forward = elu_forward,
                               .backward = elu_backward,
                               .compose = compose_elu,
                               .bound = bound_elu,
                               .bound_backward = bound_elu_back,
                               .check_backward = elu_check_backward,
                               .reads = {1 << 0},
                               .keeps_result = true,
                               .gradients = 1 << 0,
                               .grad_fn_of = elu_grad_fn};

static void selu_forward(const mlp_call *call) {
    forward_by(call, plain_shape(MLP_SELU_ALPHA, MLP_SELU_SCALE));
}

static void selu_backward(const mlp_call *call) {
    backward_by(call, plain_shape(MLP_SELU_ALPHA, MLP_SELU_SCALE));
}

static const char *selu_grad_fn(const mlp_call *call) {
    return call->options.inplace ? "EluBackward1" : "EluBackward0";
}

const mlp_operation mlp_selu = {
    .name = "selu",
    .elementwise = true,
    .module = "SELU",
    .module_file = "activation",
    .shown = {"?inplace"},
    .options = "inplace: bool = False",
    .in_place = MLP_FUNCTIONAL_IN_PLACE,
    .formula = "scale = 1.0507009873554805; limit = 1.7580993408473766; "
               "y = scale x where x > 0, limit (exp(x) - 1) elsewhere",
    .gradient = "scale = 1.0507009873554805; limit = 1.7580993408473766; "
                "dx = dy scale where x > 0, dy limit exp(x) elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .kinks = kinks_at_zero,
    .check = check_elementwise,
    .forward = selu_forward,
    .backward = selu_backward,
    .compose = compose_selu,
    .bound = bound_selu,
    .bound_backward = bound_selu_back,
    .reads = {1 << 0},
    .keeps_result = true,
    .gradients = 1 << 0,
    .grad_fn_of = selu_grad_fn};

/* PyTorch takes alpha for a float32 on the way back. */
static mlp_elu_shape celu_shape(double alpha) {
    mlp_elu_shape of = plain_shape(alpha, 1);
    of.input_scale = 1 / alpha;
    of.input_scale_back = 1 / (double)(float)alpha;
    return of;
}

static void celu_forward(const mlp_call *call) {
    forward_by(call, celu_shape(call->options.alpha));
}

static void celu_backward(const mlp_call *call) {
    backward_by(call, celu_shape(call->options.alpha));
}

static bool check_celu(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (call->options.alpha == 0)
        return mlp_error(
            mlp_raises(error, "RuntimeError: ZeroDivisionError: alpha cannot be 0 for CELU"),
            "alpha of celu is not 0: the input is divided by it");
    return check_elu(call, out, error);
}

static const char *celu_grad_fn(const mlp_call *call) {
    return call->options.inplace ? "CeluBackward1" : "CeluBackward0";
}

/* Both sides have the slope 1 at 0. */
const mlp_operation mlp_celu = {.name = "celu",
                                .rounds_factors = true,
                                .elementwise = true,
                                .module = "CELU",
                                .module_file = "activation",
                                .shown = {"alpha", "?inplace"},
                                .options = "alpha: float = 1.0, inplace: bool = False",
                                .in_place = MLP_FUNCTIONAL_IN_PLACE,
                                .formula =
                                    "y = x where x > 0, alpha (exp(x / alpha) - 1) elsewhere",
                                .gradient = "dx = dy where x > 0, dy exp(x / alpha) elsewhere",
                                .outputs = 1,
                                .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                .check = check_celu,
                                .forward = celu_forward,
                                .backward = celu_backward,
                                .compose = compose_celu,
                                .bound = bound_celu,
                                .bound_backward = bound_celu_back,
                                .check_backward = elu_check_backward,
                                .reads = {1 << 0},
                                .keeps_result = true,
                                .gradients = 1 << 0,
                                .grad_fn_of = celu_grad_fn};

/* --- softmax, log_softmax --- */

/* What torch.nn.functional falls back to where dim is None. */
static int64_t implicit_dim(size_t ndim) {
    return ndim == 0 || ndim == 1 || ndim == 3 ? 0 : 1;
}

static void choose_dim(mlp_call *call, const char *warning) {
    if (call->options.has_dim)
        return;
    call->options.dim = implicit_dim(call->in[0]->ndim);
    call->options.has_dim = true;
    call->warning = warning;
}

/* Of integers; along the last dimension another function of PyTorch complains. */
static mlp_diagnostic *raises_softmax(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    const bool is_last = (size_t)call->options.dim + 1 >= x->ndim;
    return mlp_dtype_is_floating(x->dtype)
               ? error
               : mlp_raises(error, "RuntimeError: \"%s_kernel_impl\" not implemented for '%s'",
                            !is_last                              ? "softmax"
                            : call->operation == &mlp_log_softmax ? "log_softmax_lastdim"
                                                                  : "softmax_lastdim",
                            mlp_dtype_word(x->dtype));
}

static bool check_softmax(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    choose_dim(call, "softmax without dim chooses one by an old rule that PyTorch deprecates: "
                     "write dim=");
    return resolve_dim(&call->options.dim, call->in[0], error) &&
           check_elementwise(call, out, raises_softmax(call, error));
}

static bool check_log_softmax(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    choose_dim(call, "log_softmax without dim chooses one by an old rule that PyTorch deprecates: "
                     "write dim=");
    return resolve_dim(&call->options.dim, call->in[0], error) &&
           check_elementwise(call, out, raises_softmax(call, error));
}

static mlp_dimension along(const mlp_call *call) {
    mlp_dimension l = split_at(call->in[0], (size_t)call->options.dim);
    l.wide = mlp_release_is_wide(&call->release);
    l.rounds_products = mlp_release_has(&call->release, MLP_ROUNDS_SOFTMAX);
    return l;
}

static void softmax_forward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, softmax_forward, call->out[0]->data, call->in[0]->data, &l);
}

static void softmax_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, softmax_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                &l);
}

/* y = exp(x) */
static void softmax_unnormalised(const mlp_call *call) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        mlp_tensor_set(call->out[0], i, exp(mlp_tensor_get(call->in[0], i)));
}

const mlp_operation mlp_softmax = {.name = "softmax",
                                   .module = "Softmax",
                                   .module_file = "activation",
                                   .shown = {"dim"},
                                   .options = "dim: Optional[int] = None",
                                   .formula = "y = exp(x) / sum(exp(x))",
                                   .gradient = "dx = y (dy - sum(dy y))",
                                   .outputs = 1,
                                   .traits = MLP_WRITES_ALL | MLP_IS_ACTIVATION | MLP_IS_NORMALISED,
                                   .unnormalised = softmax_unnormalised,
                                   .check = check_softmax,
                                   .forward = softmax_forward,
                                   .backward = softmax_backward,
                                   .compose = compose_softmax,
                                   .bound = bound_softmax,
                                   .bound_backward = bound_softmax_back,
                                   .reads_output = true,
                                   .gradients = 1 << 0,
                                   .grad_fn = "SoftmaxBackward0",
                                   .casts = true,
                                   .method_options = "dim/axis: int"};

static void log_softmax_forward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, log_softmax_forward, call->out[0]->data, call->in[0]->data, &l);
}

static void log_softmax_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, log_softmax_backward, call->din[0]->data, call->dout->data,
                call->out[0]->data, &l);
}

static double log_of(double softmax, double terms) {
    (void)terms;
    return log(softmax);
}

static const mlp_route by_softmax = {.by = &mlp_softmax, .along_dim = true, .from = log_of};

/* log_softmax = x */
static void log_softmax_unnormalised(const mlp_call *call) {
    copy_values(call->out[0], call->in[0]);
}

const mlp_operation mlp_log_softmax = {.name = "log_softmax",
                                       .module = "LogSoftmax",
                                       .module_file = "activation",
                                       .shown = {"dim"},
                                       .options = "dim: Optional[int] = None",
                                       .formula = "y = x - log(sum(exp(x)))",
                                       .gradient = "dx = dy - exp(y) sum(dy)",
                                       .outputs = 1,
                                       .traits = MLP_WRITES_ALL | MLP_IS_NORMALISED |
                                                 MLP_IS_LOGARITHM | MLP_IS_LOG_OF_SUM |
                                                 MLP_IS_LOG_PROBABILITIES,
                                       .unnormalised = log_softmax_unnormalised,
                                       .begins_with = &mlp_softmax,
                                       .route = &by_softmax,
                                       .check = check_log_softmax,
                                       .forward = log_softmax_forward,
                                       .backward = log_softmax_backward,
                                       .compose = compose_log_softmax,
                                       .bound = bound_log_softmax,
                                       .bound_backward = bound_log_softmax_back,
                                       .reads_output = true,
                                       .gradients = 1 << 0,
                                       .grad_fn = "LogSoftmaxBackward0",
                                       .casts = true,
                                       .method_options = "dim/axis: int"};
