/* Updates of a parameter. */
#include "table.h"

#include "mlpstep/kernels/sgd.h"

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

const mlp_operation mlp_sgd = {.name = "sgd",
                               .formula = "p = p - lr dp, after weight decay and momentum",
                               .outputs = 2,
                               .check = check_sgd,
                               .forward = sgd_forward};
