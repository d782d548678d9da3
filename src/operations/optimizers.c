/* Updates of a parameter. */
#include "row.h"

#include "mlpstep/kernels/sgd.h"

/* --- sgd: parameter, gradient, momentum buffer or NULL --- */

static bool check_sgd_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0], *gradient = call->in[1];
    char shape[MLP_SHAPE_TEXT], gradient_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(p, gradient))
        return mlp_error(error,
                         "a parameter of shape %s has a gradient of shape %s: it was "
                         "replaced between backward() and step()",
                         mlp_shape_text(shape, p), mlp_shape_text(gradient_shape, gradient));
    out[0] = out[1] = shape_of(p);
    return check_same_dtype(p, "a parameter", gradient, "its gradient", error) &&
           check_same_dtype(p, "a parameter", call->in[2], "its momentum buffer", error);
}

static void sgd_forward(const mlp_call *call) {
    const double *option = call->option;
    const mlp_sgd_options options = {.lr = option[MLP_SGD_LR],
                                     .momentum = option[MLP_SGD_MOMENTUM],
                                     .dampening = option[MLP_SGD_DAMPENING],
                                     .weight_decay = option[MLP_SGD_WEIGHT_DECAY],
                                     .nesterov = option[MLP_SGD_NESTEROV] != 0,
                                     .maximize = option[MLP_SGD_MAXIMIZE] != 0};
    CALL_KERNEL(call, sgd_step, call->out[0]->data,
                options.momentum != 0 ? call->out[1]->data : NULL, call->in[0]->data,
                call->in[1]->data, data_of(call->in[2]), call->in[0]->numel, &options);
}

static double *sgd_learning_rate(mlp_call *call) {
    return &call->option[MLP_SGD_LR];
}

static unsigned sgd_kept(const double option[MLP_MAX_OPTIONS]) {
    return option[MLP_SGD_MOMENTUM] != 0 ? 1 << 0 : 0;
}

static bool check_sgd(const double option[MLP_MAX_OPTIONS], mlp_diagnostic *error) {
    if (!(option[MLP_SGD_LR] >= 0))
        return mlp_error(error, "lr=%g must not be negative", option[MLP_SGD_LR]);
    if (!(option[MLP_SGD_MOMENTUM] >= 0))
        return mlp_error(error, "momentum=%g must not be negative", option[MLP_SGD_MOMENTUM]);
    if (!(option[MLP_SGD_WEIGHT_DECAY] >= 0))
        return mlp_error(error, "weight_decay=%g must not be negative",
                         option[MLP_SGD_WEIGHT_DECAY]);
    if (option[MLP_SGD_NESTEROV] != 0 &&
        (option[MLP_SGD_MOMENTUM] <= 0 || option[MLP_SGD_DAMPENING] != 0))
        return mlp_error(error, "nesterov=True needs a momentum above 0 and no dampening");
    return true;
}

static const mlp_optimizer sgd = {
    .name = "SGD",
    .file = "sgd",
    .options = "lr: float, momentum: float = 0, dampening: float = 0, weight_decay: float = 0, "
               "nesterov: bool = False, *, maximize: bool = False",
    .settings = "foreach: Optional[bool] = None, differentiable: bool = False",
    .states = {".momentum_buffer"},
    .kept = sgd_kept,
    .check = check_sgd};

const mlp_operation mlp_sgd = {.name = "sgd",
                               .formula = "p = p - lr dp, after weight decay and momentum",
                               .outputs = 2,
                               .optimizer = &sgd,
                               .traits = MLP_IS_UPDATE,
                               .learning_rate = sgd_learning_rate,
                               .check = check_sgd_step,
                               .forward = sgd_forward};
