/* Activations of one element that are one formula each: kernels/activation.c and kernels/gelu.c. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/activation.h"
#include "mlpstep/kernels/gelu.h"

static void forward(const mlp_call *call, mlp_activation of) {
    CALL_KERNEL(call, activation_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel,
                &of, &call->loop);
}

static void backward(const mlp_call *call, mlp_activation of) {
    CALL_KERNEL(call, activation_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->in[0]->numel, &of, &call->loop);
}

/* Kinks at two limits, or at one. */
static void take_limits(const mlp_call *call, double low, double high, mlp_take_side *take,
                        void *context) {
    const double *x = call->in[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        take(context, sign_of(x[i] - low));
        take(context, sign_of(x[i] - high));
    }
}

static void silu_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_SILU, 0, 0});
}

static void silu_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_SILU, 0, 0});
}

const mlp_operation mlp_silu = {.name = "silu",
                                .elementwise = true,
                                .module = "SiLU",
                                .module_file = "activation",
                                .shown = {"?inplace"},
                                .options = "inplace: bool = False",
                                .formula = "y = x / (1 + exp(-x))",
                                .gradient = "s = 1 / (1 + exp(-x)); dx = dy s (1 + x (1 - s))",
                                .outputs = 1,
                                .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                .check = check_elementwise,
                                .forward = silu_forward,
                                .backward = silu_backward,
                                .compose = compose_silu,
                                .bound = bound_silu,
                                .bound_backward = bound_silu_back,
                                .reads = {1 << 0},
                                .gradients = 1 << 0,
                                .grad_fn = "SiluBackward0"};

static void mish_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_MISH, 0, 0});
}

static void mish_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_MISH, 0, 0});
}

const mlp_operation mlp_mish = {.name = "mish",
                                .elementwise = true,
                                .module = "Mish",
                                .module_file = "activation",
                                .shown = {"?inplace"},
                                .options = "inplace: bool = False",
                                .formula = "y = x tanh(log(1 + exp(x)))",
                                .gradient = "s = 1 / (1 + exp(-x)); t = tanh(log(1 + exp(x))); "
                                            "dx = dy (t + x s (1 - t^2))",
                                .outputs = 1,
                                .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                .check = check_elementwise,
                                .forward = mish_forward,
                                .backward = mish_backward,
                                .compose = compose_mish,
                                .bound = bound_mish,
                                .bound_backward = bound_mish_back,
                                .reads = {1 << 0},
                                .gradients = 1 << 0,
                                .grad_fn = "MishBackward0"};

static bool check_softplus(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_elementwise(call, out, error) &&
           check_fits(call->options.beta, "beta", call->in[0], error) &&
           check_fits(call->options.threshold, "threshold", call->in[0], error);
}

static void softplus_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, call->options.threshold / call->options.beta,
                call->options.threshold / call->options.beta, take, context);
}

static void softplus_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_SOFTPLUS, call->options.beta, call->options.threshold});
}

static void softplus_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_SOFTPLUS, call->options.beta, call->options.threshold});
}

const mlp_operation mlp_softplus = {
    .name = "softplus",
    .elementwise = true,
    .module = "Softplus",
    .module_file = "activation",
    .shown = {"beta", "threshold"},
    .options = "beta: number = 1, threshold: number = 20",
    .later_options = "beta: number = 1.0, threshold: number = 20.0",
    .formula = "y = x where beta x > threshold, log(1 + exp(beta x)) / beta elsewhere",
    .gradient = "dx = dy where beta x > threshold, dy / (1 + exp(-beta x)) elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .kinks = softplus_kinks,
    .check = check_softplus,
    .forward = softplus_forward,
    .backward = softplus_backward,
    .compose = compose_softplus,
    .bound = bound_softplus,
    .bound_backward = bound_softplus_back,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "SoftplusBackward0"};

static void logsigmoid_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_LOGSIGMOID, 0, 0});
}

static void logsigmoid_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_LOGSIGMOID, 0, 0});
}

const mlp_operation mlp_logsigmoid = {.name = "logsigmoid",
                                      .elementwise = true,
                                      .module = "LogSigmoid",
                                      .module_file = "activation",
                                      .options = "",
                                      .formula = "y = -log(1 + exp(-x))",
                                      .gradient = "dx = dy / (1 + exp(x))",
                                      .outputs = 1,
                                      .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                      .check = check_elementwise,
                                      .forward = logsigmoid_forward,
                                      .backward = logsigmoid_backward,
                                      .compose = compose_logsigmoid,
                                      .bound = bound_logsigmoid,
                                      .bound_backward = bound_logsigmoid_back,
                                      .reads = {1 << 0},
                                      .gradients = 1 << 0,
                                      .grad_fn = "LogSigmoidBackward0"};

static bool check_hardtanh(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (call->options.min > call->options.max)
        return mlp_error(error, "min_val=%g is above max_val=%g", call->options.min,
                         call->options.max);
    return check_elementwise(call, out, error) &&
           check_fits(call->options.min, "min_val", call->in[0], error) &&
           check_fits(call->options.max, "max_val", call->in[0], error);
}

static void hardtanh_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, call->options.min, call->options.max, take, context);
}

static void hardtanh_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_HARDTANH, call->options.min, call->options.max});
}

static void hardtanh_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_HARDTANH, call->options.min, call->options.max});
}

const mlp_operation mlp_hardtanh = {
    .name = "hardtanh",
    .elementwise = true,
    .module = "Hardtanh",
    .module_file = "activation",
    .shown = {"min_val", "max_val", "?inplace"},
    .options = "min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False",
    .former_options = {{"min_value", "min_val"}, {"max_value", "max_val"}},
    .in_place = MLP_FUNCTIONAL_IN_PLACE,
    .formula = "y = min(max(x, min_val), max_val)",
    .gradient = "dx = dy where min_val < x < max_val, 0 elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .kinks = hardtanh_kinks,
    .check = check_hardtanh,
    .forward = hardtanh_forward,
    .backward = hardtanh_backward,
    .compose = compose_hardtanh,
    .bound = bound_hardtanh,
    .bound_backward = bound_hardtanh_back,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "HardtanhBackward0"};

static void relu6_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, 0, 6, take, context);
}

static void relu6_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_HARDTANH, 0, 6});
}

static void relu6_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_HARDTANH, 0, 6});
}

const mlp_operation mlp_relu6 = {.name = "relu6",
                                 .elementwise = true,
                                 .module = "ReLU6",
                                 .module_file = "activation",
                                 .shown = {"?inplace"},
                                 .options = "inplace: bool = False",
                                 .formula = "y = min(max(0, x), 6)",
                                 .gradient = "dx = dy where 0 < x < 6, 0 elsewhere",
                                 .outputs = 1,
                                 .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                 .kinks = relu6_kinks,
                                 .check = check_elementwise,
                                 .forward = relu6_forward,
                                 .backward = relu6_backward,
                                 .compose = compose_relu6,
                                 .bound = bound_relu6,
                                 .bound_backward = bound_relu6_back,
                                 .reads = {1 << 0},
                                 .gradients = 1 << 0,
                                 .grad_fn = "HardtanhBackward0"};

static void hardsigmoid_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, -3, 3, take, context);
}

static void hardsigmoid_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_HARDSIGMOID, 0, 0});
}

static void hardsigmoid_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_HARDSIGMOID, 0, 0});
}

const mlp_operation mlp_hardsigmoid = {.name = "hardsigmoid",
                                       .rounds_factors = true,
                                       .elementwise = true,
                                       .module = "Hardsigmoid",
                                       .module_file = "activation",
                                       .options = "inplace: bool = False",
                                       .formula = "y = min(max(0, x + 3), 6) / 6",
                                       .gradient = "dx = dy / 6 where -3 < x < 3, 0 elsewhere",
                                       .outputs = 1,
                                       .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                       .kinks = hardsigmoid_kinks,
                                       .check = check_elementwise,
                                       .forward = hardsigmoid_forward,
                                       .backward = hardsigmoid_backward,
                                       .bound = bound_hardsigmoid,
                                       .bound_backward = bound_hardsigmoid_back,
                                       .reads = {1 << 0},
                                       .gradients = 1 << 0,
                                       .grad_fn = "HardsigmoidBackward0"};

static void hardswish_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, -3, 3, take, context);
}

static void hardswish_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_HARDSWISH, 0, 0});
}

static void hardswish_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_HARDSWISH, 0, 0});
}

const mlp_operation mlp_hardswish = {
    .name = "hardswish",
    .elementwise = true,
    .module = "Hardswish",
    .module_file = "activation",
    .options = "inplace: bool = False",
    .formula = "y = x min(max(0, x + 3), 6) / 6",
    .gradient = "dx = 0 where x < -3, dy (x / 3 + 1 / 2) where x <= 3, dy elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .kinks = hardswish_kinks,
    .check = check_elementwise,
    .forward = hardswish_forward,
    .backward = hardswish_backward,
    .compose = compose_hardswish,
    .bound = bound_hardswish,
    .bound_backward = bound_hardswish_back,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "HardswishBackward0"};

static bool check_softshrink(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    if (!(call->options.lambd >= 0))
        return mlp_error(error, "lambd=%g must not be negative", call->options.lambd);
    return check_elementwise(call, out, error) &&
           check_fits(call->options.lambd, "lambd", call->in[0], error);
}

static void softshrink_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, -call->options.lambd, call->options.lambd, take, context);
}

static void softshrink_forward(const mlp_call *call) {
    const bool by_zero = mlp_release_has(&call->release, MLP_SHRINKS_BY_ZERO);
    forward(call, (mlp_activation){MLP_SOFTSHRINK, call->options.lambd, by_zero});
}

static void softshrink_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_SOFTSHRINK, call->options.lambd, 0});
}

const mlp_operation mlp_softshrink = {
    .name = "softshrink",
    .elementwise = true,
    .module = "Softshrink",
    .module_file = "activation",
    .shown = {"=lambd"},
    .options = "lambd: float = 0.5",
    .formula = "y = x - lambd where x > lambd, x + lambd where x < -lambd, 0 elsewhere",
    .gradient = "dx = dy where |x| > lambd, 0 elsewhere",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .kinks = softshrink_kinks,
    .check = check_softshrink,
    .forward = softshrink_forward,
    .backward = softshrink_backward,
    .compose = compose_softshrink,
    .bound = bound_softshrink,
    .bound_backward = bound_softshrink_back,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "SoftshrinkBackward0"};

static void hardshrink_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_HARDSHRINK, call->options.lambd, 0});
}

static void hardshrink_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_HARDSHRINK, call->options.lambd, 0});
}

static bool check_hardshrink(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    return check_elementwise(call, out, error) &&
           check_fits(call->options.lambd, "lambd", call->in[0], error);
}

const mlp_operation mlp_hardshrink = {.name = "hardshrink",
                                      .elementwise = true,
                                      .module = "Hardshrink",
                                      .module_file = "activation",
                                      .shown = {"=lambd"},
                                      .options = "lambd: float = 0.5",
                                      .method_options = "lambd: float = 0.5",
                                      .formula = "y = x where |x| > lambd, 0 elsewhere",
                                      .gradient = "dx = dy where |x| > lambd, 0 elsewhere",
                                      .outputs = 1,
                                      .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                      .kinks = softshrink_kinks,
                                      .check = check_hardshrink,
                                      .forward = hardshrink_forward,
                                      .backward = hardshrink_backward,
                                      .compose = compose_hardshrink,
                                      .bound = bound_hardshrink,
                                      .bound_backward = bound_hardshrink_back,
                                      .reads = {1 << 0},
                                      .gradients = 1 << 0,
                                      .grad_fn = "HardshrinkBackward0"};

static bool check_threshold(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    return check_elementwise(call, out, error) &&
           check_fits(call->options.threshold, "threshold", call->in[0], error) &&
           check_fits(call->options.value, "value", call->in[0], error);
}

static const char *threshold_grad_fn(const mlp_call *call) {
    return call->options.inplace ? "ThresholdBackward1" : "ThresholdBackward0";
}

static void threshold_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    take_limits(call, call->options.threshold, call->options.threshold, take, context);
}

static void threshold_forward(const mlp_call *call) {
    forward(call, (mlp_activation){MLP_THRESHOLD, call->options.threshold, call->options.value});
}

static void threshold_backward(const mlp_call *call) {
    backward(call, (mlp_activation){MLP_THRESHOLD, call->options.threshold, call->options.value});
}

const mlp_operation mlp_threshold = {.name = "threshold",
                                     .elementwise = true,
                                     .module = "Threshold",
                                     .module_file = "activation",
                                     .shown = {"threshold", "value", "?inplace"},
                                     .options =
                                         "threshold: float, value: float, inplace: bool = False",
                                     .in_place = MLP_FUNCTIONAL_IN_PLACE,
                                     .formula = "y = x where x > threshold, value elsewhere",
                                     .gradient = "dx = dy where x > threshold, 0 elsewhere",
                                     .outputs = 1,
                                     .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
                                     .kinks = threshold_kinks,
                                     .check = check_threshold,
                                     .forward = threshold_forward,
                                     .backward = threshold_backward,
                                     .compose = compose_threshold,
                                     .bound = bound_threshold,
                                     .bound_backward = bound_threshold_back,
                                     .reads = {1 << 0},
                                     .gradients = 1 << 0,
                                     .grad_fn_of = threshold_grad_fn};

/* --- gelu --- */

static mlp_gelu_form form_of(const mlp_call *call) {
    if (call->options.approximate_by_tanh)
        return MLP_GELU_TANH;
    return mlp_release_has(&call->release, MLP_GELU_IN_PIECES) ? MLP_GELU_PIECES : MLP_GELU_ERF;
}

static void gelu_forward(const mlp_call *call) {
    CALL_KERNEL(call, gelu_forward, call->out[0]->data, call->in[0]->data, call->in[0]->numel,
                form_of(call), &call->loop);
}

static void gelu_backward(const mlp_call *call) {
    CALL_KERNEL(call, gelu_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->in[0]->numel, form_of(call), &call->loop);
}

const mlp_operation mlp_gelu = {
    .name = "gelu",
    .elementwise = true,
    .module = "GELU",
    .module_file = "activation",
    .shown = {"approximate"},
    .options = "approximate: str = 'none'",
    .formula = "[approximate_by_tanh? t = tanh(sqrt(2 / pi) (x + 0.044715 x^3)); y = x (1 + t) / 2]"
               "[!approximate_by_tanh? y = x (1 + erf(x / sqrt(2))) / 2]",
    .gradient = "[approximate_by_tanh? t = tanh(sqrt(2 / pi) (x + 0.044715 x^3)); "
                "dx = dy ((1 + t) / 2 + x (1 - t^2) sqrt(2 / pi) (1 + 0.134145 x^2) / 2)]"
                "[!approximate_by_tanh? dx = dy "
                "((1 + erf(x / sqrt(2))) / 2 + x exp(-x^2 / 2) / sqrt(2 pi))]",
    .outputs = 1,
    .traits = MLP_IS_ACTIVATION | MLP_IS_BY_LOOP,
    .check = check_elementwise,
    .forward = gelu_forward,
    .backward = gelu_backward,
    .compose = compose_gelu,
    .bound = bound_gelu,
    .bound_backward = bound_gelu_back,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "GeluBackward0"};
