/* Layer norm and batch norm, and the statistics that batch norm keeps. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/batch_norm.h"
#include "mlpstep/kernels/layer_norm.h"

/* Each of the two is one number for each of `count`, or missing. */
static bool check_scales(const mlp_call *call, size_t count, mlp_diagnostic *error) {
    static const char *const names[] = {"the weight", "the bias", "running_mean", "running_var"};
    char shape[MLP_SHAPE_TEXT];
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++) {
        const mlp_tensor *t = call->in[i];
        if (t && t->numel != count)
            return mlp_error(error, "%s has shape %s, but %zu numbers are normalised with it",
                             names[i - 1], mlp_shape_text(shape, t), count);
        if (!check_same_dtype(call->in[0], "the input", t, names[i - 1], error))
            return false;
    }
    return true;
}

/* --- layer_norm: x, weight or NULL, bias or NULL; sizes, eps --- */

static bool check_layer_norm(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    const mlp_sizes *sizes = &call->options.sizes;
    char shape[MLP_SHAPE_TEXT];
    bool fits = sizes->count > 0 && sizes->count <= x->ndim;
    for (size_t i = 0; fits && i < sizes->count; i++)
        fits = x->shape[x->ndim - sizes->count + i] == sizes->size[i];
    if (!fits || row_size(call) == 0)
        return mlp_error(error,
                         "layer_norm needs an input whose last sizes are normalized_shape, and "
                         "are not 0, not one of shape %s",
                         mlp_shape_text(shape, x));
    out[0] = shape_of(x);
    out[1] = out[2] = (mlp_shape){x->dtype, 1, {x->numel / row_size(call)}};
    return check_floating(x, error) && check_scales(call, row_size(call), error);
}

static mlp_norm_rows rows_of(const mlp_call *call) {
    const size_t n = row_size(call);
    return (mlp_norm_rows){call->in[0]->numel / n, n, call->options.eps};
}

static void layer_norm_forward(const mlp_call *call) {
    const mlp_norm_rows rows = rows_of(call);
    CALL_KERNEL(call, layer_norm_forward, call->out[0]->data, call->out[1]->data,
                call->out[2]->data, call->in[0]->data, data_of(call->in[1]), data_of(call->in[2]),
                &rows);
}

static void layer_norm_backward(const mlp_call *call) {
    const mlp_norm_rows rows = rows_of(call);
    void *x = call->in[0]->data, *dy = call->dout->data;
    void *mean = call->out[1]->data, *rstd = call->out[2]->data;
    if (call->din[0])
        CALL_KERNEL(call, layer_norm_backward, call->din[0]->data, dy, x, data_of(call->in[1]),
                    mean, rstd, &rows);
    CALL_KERNEL(call, layer_norm_backward_scale, data_of(call->din[1]), data_of(call->din[2]), dy,
                x, mean, rstd, &rows);
}

const mlp_operation mlp_layer_norm = {
    .name = "layer_norm",
    .symbols = "x weight bias",
    .formula = "m = mean(x); s = sqrt(mean((x - m)^2) + eps); "
               "y = [weight? weight ](x - m) / s[bias?  + bias]",
    .gradient = "m = mean(x); s = sqrt(mean((x - m)^2) + eps); h = (x - m) / s; "
                "g = dy[weight?  weight]; dx = (g - mean(g) - h mean(g h)) / s[weight? ; "
                "dweight = sum(dy h)][bias? ; dbias = sum(dy)]",
    .outputs = 3,
    .check = check_layer_norm,
    .forward = layer_norm_forward,
    .backward = layer_norm_backward,
    .compose = compose_layer_norm,
    .bound = bound_layer_norm,
    .bound_backward = bound_layer_norm_back,
    .reads = {1 << 0 | 1 << 1, 1 << 0, 0},
    .gradients = 1 << 0 | 1 << 1 | 1 << 2,
    .grad_fn = "NativeLayerNormBackward0"};

/* --- batch_norm: x, weight or NULL, bias or NULL, and, outside of training, the mean and the
 * variance that are kept; eps, scattered --- */

static mlp_channels channels_of(const mlp_call *call, const mlp_tensor *x) {
    mlp_channels c = {.samples = x->shape[0],
                      .channels = x->shape[1],
                      .size = 1,
                      .scattered = call->options.scattered || call->loop.scattered,
                      .memory = memory_of(call)};
    for (size_t d = 2; d < x->ndim; d++)
        c.size *= x->shape[d];
    return c;
}

static bool is_training(const mlp_call *call) {
    return !call->in[3];
}

static bool check_channels(const mlp_tensor *x, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim < 2 || x->numel == 0)
        return mlp_error(error,
                         "batch_norm needs an input of two dimensions or more, [samples, "
                         "channels], that is not empty, not one of shape %s",
                         mlp_shape_text(shape, x));
    return check_floating(x, error);
}

static bool check_batch_norm(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    if (!check_channels(x, error) || !check_scales(call, x->shape[1], error))
        return false;
    out[0] = shape_of(x);
    out[1] = out[2] = (mlp_shape){x->dtype, 1, {x->shape[1]}};
    out[3] = (mlp_shape){is_training(call) ? MLP_FLOAT64 : x->dtype, 1, {x->shape[1]}};
    return true;
}

/* out[1] and out[2] are mean and 1 / std for backward; out[3] is the sum of squares, or that 1 / std
 * which forward takes. */
static void batch_norm_forward(const mlp_call *call) {
    const mlp_channels c = channels_of(call, call->in[0]);
    mlp_tensor *const *out = call->out;
    const mlp_tensor *const *in = call->in;
    if (is_training(call)) {
        CALL_KERNEL(call, batch_norm_moments, out[1]->data, out[3]->data, in[0]->data, &c);
        CALL_KERNEL(call, batch_norm_rstd, out[2]->data, out[3]->data, call->options.eps, &c);
    } else {
        copy_values(out[1], in[3]);
        CALL_KERNEL(call, batch_norm_kept_rstd, out[3]->data, out[2]->data, in[4]->data,
                    call->options.eps, &c);
    }
    CALL_KERNEL(call, batch_norm_forward, out[0]->data, in[0]->data, out[1]->data,
                out[is_training(call) ? 2 : 3]->data, data_of(in[1]), data_of(in[2]), &c);
}

static void batch_norm_backward(const mlp_call *call) {
    const mlp_channels c = channels_of(call, call->in[0]);
    void *x = call->in[0]->data, *dy = call->dout->data, *weight = data_of(call->in[1]);
    void *mean = call->out[1]->data, *rstd = call->out[2]->data, *dx = data_of(call->din[0]);
    if (dx && is_training(call))
        CALL_KERNEL(call, batch_norm_backward, dx, dy, x, weight, mean, rstd, &c);
    else if (dx)
        CALL_KERNEL(call, batch_norm_backward_kept, dx, dy, weight, rstd, &c);
    CALL_KERNEL(call, batch_norm_backward_scale, data_of(call->din[1]), data_of(call->din[2]), dy,
                x, mean, rstd, &c);
}

const mlp_operation mlp_batch_norm = {
    .name = "batch_norm",
    .symbols = "x weight bias running_mean running_var",
    .formula = "m = [running_mean? running_mean][!running_mean? mean(x)]; "
               "s = sqrt([running_var? running_var][!running_var? mean((x - m)^2)] + eps); "
               "y = [weight? weight ](x - m) / s[bias?  + bias]",
    .gradient = "m = [running_mean? running_mean][!running_mean? mean(x)]; "
                "s = sqrt([running_var? running_var][!running_var? mean((x - m)^2)] + eps); "
                "h = (x - m) / s; g = dy[weight?  weight]; "
                "dx = [running_mean? g][!running_mean? (g - mean(g) - h mean(g h))] / s"
                "[weight? ; dweight = sum(dy h)][bias? ; dbias = sum(dy)]",
    .outputs = 4,
    .check = check_batch_norm,
    .forward = batch_norm_forward,
    .backward = batch_norm_backward,
    .compose = compose_batch_norm,
    .bound = bound_batch_norm,
    .bound_backward = bound_batch_norm_back,
    .reads = {1 << 0 | 1 << 1 | 1 << 3 | 1 << 4, 1 << 0 | 1 << 3 | 1 << 4, 0},
    .gradients = 1 << 0 | 1 << 1 | 1 << 2,
    .traits = MLP_IS_BY_MEMORY,
    .grad_fn = "NativeBatchNormBackward0"};

/* --- running_mean, running_var: what is kept, x; momentum, scattered --- */

static bool check_running(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *kept = call->in[0], *x = call->in[1];
    char shape[MLP_SHAPE_TEXT];
    if (!check_channels(x, error))
        return false;
    if (kept->numel != x->shape[1])
        return mlp_error(error, "there are %zu channels, but what is kept of them has shape %s",
                         x->shape[1], mlp_shape_text(shape, kept));
    out[0] = shape_of(kept);
    out[1] = out[0];
    out[2] = (mlp_shape){MLP_FLOAT64, 1, {x->shape[1]}};
    return check_same_dtype(x, "the input", kept, "what is kept", error);
}

static void running_mean_forward(const mlp_call *call) {
    const mlp_channels c = channels_of(call, call->in[1]);
    CALL_KERNEL(call, batch_norm_moments, call->out[1]->data, call->out[2]->data, call->in[1]->data,
                &c);
    CALL_KERNEL(call, running_mean, call->out[0]->data, call->in[0]->data, call->out[1]->data,
                call->options.momentum, &c);
}

static void running_var_forward(const mlp_call *call) {
    const mlp_channels c = channels_of(call, call->in[1]);
    CALL_KERNEL(call, batch_norm_moments, call->out[1]->data, call->out[2]->data, call->in[1]->data,
                &c);
    CALL_KERNEL(call, running_var, call->out[0]->data, call->in[0]->data, call->out[2]->data,
                call->options.momentum, &c);
}

const mlp_operation mlp_running_mean = {
    .name = "running_mean",
    .symbols = "running_mean x",
    .formula = "running_mean = (1 - momentum) running_mean + momentum mean(x)",
    .outputs = 3,
    .check = check_running,
    .traits = MLP_IS_BY_MEMORY,
    .loops = 1 << 1,
    .forward = running_mean_forward,
    .bound = bound_running_mean};

const mlp_operation mlp_running_var = {.name = "running_var",
                                       .symbols = "running_var x",
                                       .formula =
                                           "v = sum((x - mean(x))^2) / (n - 1); "
                                           "running_var = (1 - momentum) running_var + momentum v",
                                       .outputs = 3,
                                       .check = check_running,
                                       .traits = MLP_IS_BY_MEMORY,
                                       .loops = 1 << 1,
                                       .forward = running_var_forward,
                                       .bound = bound_running_var};
