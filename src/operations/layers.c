/* Layers: linear and dropout. */
#include "bounded.h"
#include "bounds.h"
#include "composed.h"
#include "mkl_products.h"
#include "row.h"

#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/dropout.h"
#include "mlpstep/kernels/linear.h"
#include "mlpstep/kernels/reduce.h"

/* --- linear: x, weight, bias or NULL --- */

static mlp_linear_sizes linear_sizes(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *weight = call->in[1];
    mlp_linear_sizes sizes = {
        .batch = 1, .in_features = weight->shape[1], .out_features = weight->shape[0]};
    for (size_t i = 0; i + 1 < x->ndim; i++)
        sizes.batch *= x->shape[i];
    sizes.x_by_columns = call->options.transposed;
    sizes.weight_by_columns = call->options.transposed_b;
    return sizes;
}

static bool check_linear(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0], *weight = call->in[1], *bias = call->in[2];
    char x_shape[MLP_SHAPE_TEXT], shape[MLP_SHAPE_TEXT];
    if (weight->ndim != 2)
        return mlp_error(error,
                         "the weight has shape %s: it needs two dimensions, [out_features, "
                         "in_features]",
                         mlp_shape_text(shape, weight));
    const size_t inner = x->ndim ? x->shape[x->ndim - 1] : 0;
    if (inner && inner != weight->shape[1])
        mlp_raises(error,
                   "RuntimeError: mat1 and mat2 shapes cannot be multiplied (%zux%zu and %zux%zu)",
                   x->numel / inner, inner, weight->shape[1], weight->shape[0]);
    if (x->ndim == 0 || inner != weight->shape[1])
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
    if (x->dtype != weight->dtype && !mlp_release_has(&call->release, MLP_KEEPS_NO_SIZES))
        mlp_raises(error,
                   bias && x->ndim == 2 ? "RuntimeError: mat1 and mat2 must have the same dtype"
                                        : "RuntimeError: expected scalar type %s but found %s",
                   mlp_dtype_word(x->dtype), mlp_dtype_word(weight->dtype));
    else if (x->dtype != weight->dtype && bias)
        mlp_raises(error, "RuntimeError: mat1 and mat2 must have the same dtype, but got %s and %s",
                   mlp_dtype_word(x->dtype), mlp_dtype_word(weight->dtype));
    return check_floating(x, error) &&
           check_same_dtype(x, "the input", weight, "the weight", error) &&
           check_same_dtype(x, "the input", bias, "the bias", error);
}

/* Where a bias is added within the product, that is one of matrices, whatever the dimensions. */
static bool linear_is_view(const mlp_call *call) {
    const size_t ndim = call->in[0]->ndim;
    return call->in[2] && ndim != 2 &&
           (ndim == 3 || mlp_release_has(&call->release, MLP_ADDS_BIAS_WITHIN));
}

static void linear_forward(const mlp_call *call) {
    const mlp_linear_sizes sizes = linear_sizes(call);
    const bool adds_within = call->in[0]->ndim == 2 || linear_is_view(call);
    const size_t row = sizes.out_features * mlp_dtype_size(call->out[0]->dtype);
    if (is_by_mkl(call)) {
        linear_by_mkl(call, sizes.batch);
        return;
    }
    CALL_KERNEL(call, linear_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                adds_within ? data_of(call->in[2]) : NULL, &sizes);
    for (size_t b = 0; b < sizes.batch && call->in[2] && !adds_within; b++) {
        void *y = (char *)call->out[0]->data + b * row;
        CALL_KERNEL(call, add_forward, y, y, call->in[2]->data, 0, 1, sizes.out_features);
    }
}

/* A gradient of a single product: a sum would have begun at +0. */
static void keep_signs_of_zeros(mlp_tensor *dweight, const mlp_tensor *dy, const mlp_tensor *x) {
    for (size_t i = 0; i < dweight->numel; i++)
        if (mlp_tensor_get(dweight, i) == 0)
            mlp_tensor_set(dweight, i,
                           mlp_tensor_get(dy, i / x->numel) * mlp_tensor_get(x, i % x->numel));
}

/* Without a batch there is nothing to sum: PyTorch 1.13 passes dy on as the bias's gradient, and so
 * keeps a zero's sign, which a sum loses. */
static void bias_backward(const mlp_call *call) {
    const mlp_tensor *dy = call->dout;
    const size_t out = call->in[1]->shape[0];
    const mlp_reduced_dims dims = {.ndim = 2,
                                   .shape = {dy->numel / (out ? out : 1), out},
                                   .reduced = {true, false},
                                   .memory = dy->ndim == 2 ? memory_of(call) : NULL};
    if (dy->ndim > 1 || mlp_release_has(&call->release, MLP_ADDS_BIAS_WITHIN))
        CALL_KERNEL(call, sum_forward, call->din[2]->data, dy->data, &dims);
    else
        copy_values(call->din[2], dy);
}

static void linear_backward(const mlp_call *call) {
    const mlp_linear_sizes sizes = linear_sizes(call);
    if (call->din[2])
        bias_backward(call);
    if (is_by_mkl(call))
        linear_back_by_mkl(call, sizes.batch);
    else
        CALL_KERNEL(call, linear_backward, data_of(call->din[0]), data_of(call->din[1]), NULL,
                    call->dout->data, call->in[0]->data, call->in[1]->data, &sizes);
    if (call->din[1] && sizes.batch == 1 && mlp_release_has(&call->release, MLP_KEEPS_ZEROS))
        keep_signs_of_zeros(call->din[1], call->dout, call->in[0]);
}

static const char *linear_grad_fn(const mlp_call *call) {
    const bool has_bias = call->in[2] != NULL;
    if (linear_is_view(call))
        return "ViewBackward0";
    switch (call->in[0]->ndim) {
    case 1:
        return has_bias ? "AddBackward0" : product_of_vector_grad_fn(call);
    case 2:
        return has_bias ? "AddmmBackward0" : "MmBackward0";
    default:
        return has_bias ? "AddBackward0" : "UnsafeViewBackward0";
    }
}

const mlp_operation mlp_linear = {.name = "linear",
                                  .symbols = "x W b",
                                  .formula = "y = x @ W^T[b?  + b]",
                                  .gradient = "dW = dy^T @ x; [b? db = sum(dy); ]dx = dy @ W",
                                  .outputs = 1,
                                  .work = product_work,
                                  .traits = MLP_WRITES_ALL | MLP_IS_PRODUCT | MLP_IS_LAYER |
                                            MLP_IS_BIASED | MLP_IS_BY_MEMORY,
                                  .weights = 1 << 1,
                                  .biases = 1 << 2,
                                  .check = check_linear,
                                  .forward = linear_forward,
                                  .backward = linear_backward,
                                  .compose = compose_linear,
                                  .bound = bound_linear,
                                  .bound_backward = bound_linear_back,
                                  .reads = {1 << 1, 1 << 0, 0},
                                  .gradients = 1 << 0 | 1 << 1 | 1 << 2,
                                  .grad_fn_of = linear_grad_fn,
                                  .is_hidden_view = linear_is_view};

/* --- dropout: x, mask --- */

static void dropout_forward(const mlp_call *call) {
    CALL_KERNEL(call, dropout_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                call->in[0]->numel, call->options.p);
}

static void dropout_backward(const mlp_call *call) {
    CALL_KERNEL(call, dropout_backward, call->din[0]->data, call->dout->data, call->in[1]->data,
                call->in[0]->numel, call->options.p);
}

const mlp_operation mlp_dropout = {.name = "dropout",
                                   .symbols = "x mask",
                                   .formula = "y = [p=1? 0][!p=1? x mask / (1 - p)]",
                                   .gradient = "dx = [p=1? 0][!p=1? dy mask / (1 - p)]",
                                   .elementwise = true,
                                   .outputs = 1,
                                   .traits = MLP_IS_DROPOUT,
                                   .check = check_elementwise,
                                   .forward = dropout_forward,
                                   .backward = dropout_backward,
                                   .compose = compose_dropout,
                                   .bound = bound_dropout,
                                   .bound_backward = bound_dropout_back,
                                   .reads = {1 << 1},
                                   .gradients = 1 << 0,
                                   .grad_fn = "MulBackward0"};
