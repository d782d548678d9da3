/* Updates of a parameter. */
#include "row.h"

#include "mlpstep/kernels/sgd.h"

/* --- what every update asks of its inputs --- */

static bool check_gradient(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0], *gradient = call->in[1];
    char shape[MLP_SHAPE_TEXT], gradient_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(p, gradient))
        return mlp_error(error,
                         "a parameter of shape %s has a gradient of shape %s: it was "
                         "replaced between backward() and step()",
                         mlp_shape_text(shape, p), mlp_shape_text(gradient_shape, gradient));
    return check_same_dtype(p, "a parameter", gradient, "its gradient", error);
}

/* A state, which may be NULL, is as its parameter was at the step before. */
static bool check_state(const mlp_call *call, const mlp_tensor *state, const char *name,
                        mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0];
    char shape[MLP_SHAPE_TEXT], state_shape[MLP_SHAPE_TEXT];
    if (state && !mlp_tensor_same_shape(p, state))
        return mlp_error(error,
                         "a parameter has shape %s, but %s has shape %s, from before it was "
                         "replaced: write a new optimizer",
                         mlp_shape_text(shape, p), name, mlp_shape_text(state_shape, state));
    return check_same_dtype(p, "a parameter", state, name, error);
}

/* --- sgd: parameter, gradient, momentum buffer or NULL --- */

static bool check_sgd_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = out[1] = shape_of(call->in[0]);
    return check_gradient(call, error) &&
           check_state(call, call->in[2], "its momentum buffer", error);
}

static void sgd_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_sgd_options options = {.lr = given->lr,
                                     .momentum = given->momentum,
                                     .dampening = given->dampening,
                                     .weight_decay = given->weight_decay,
                                     .nesterov = given->nesterov,
                                     .maximize = given->maximize};
    CALL_KERNEL(call, sgd_step, call->out[0]->data,
                options.momentum != 0 ? call->out[1]->data : NULL, call->in[0]->data,
                call->in[1]->data, data_of(call->in[2]), call->in[0]->numel, &options);
}

static double *sgd_learning_rate(mlp_options *options) {
    return &options->lr;
}

static unsigned sgd_kept(const mlp_options *options) {
    return options->momentum != 0 ? 1 << 0 : 0;
}

static bool check_sgd(const mlp_options *options, mlp_diagnostic *error) {
    if (!(options->lr >= 0))
        return mlp_error(error, "lr=%g must not be negative", options->lr);
    if (!(options->momentum >= 0))
        return mlp_error(error, "momentum=%g must not be negative", options->momentum);
    if (!(options->weight_decay >= 0))
        return mlp_error(error, "weight_decay=%g must not be negative", options->weight_decay);
    if (options->nesterov && (options->momentum <= 0 || options->dampening != 0))
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
