/* GLU: half of a dimension, times the sigmoid of the other. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/glu.h"

/* The dimension, by its half. */
static mlp_dimension halves_of(const mlp_call *call) {
    mlp_dimension dim = split_at(call->in[0], (size_t)call->options.dim);
    dim.size /= 2;
    return dim;
}

static bool check_glu(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    if (x->ndim == 0)
        return mlp_error(
            mlp_raises(
                error,
                "RuntimeError: glu does not support scalars because halving size must be even"),
            "glu needs a dimension to halve");
    if (!check_elementwise(call, out, error) || !resolve_dim(&call->options.dim, x, error))
        return false;
    const size_t dim = (size_t)call->options.dim, size = x->shape[dim];
    if (size % 2 != 0)
        return mlp_error(mlp_raises(error,
                                    "RuntimeError: Halving dimension must be even, but dimension "
                                    "%zu is size %zu",
                                    dim, size),
                         "glu halves dimension %zu, but its size, %zu, is odd", dim, size);
    out[0].shape[dim] = size / 2;
    return true;
}

static void glu_forward(const mlp_call *call) {
    const mlp_dimension dim = halves_of(call);
    CALL_KERNEL(call, glu_forward, call->out[0]->data, call->in[0]->data, &dim, &call->loop);
}

static void glu_backward(const mlp_call *call) {
    const mlp_dimension dim = halves_of(call);
    CALL_KERNEL(call, glu_backward, call->din[0]->data, call->dout->data, call->in[0]->data, &dim,
                &call->loop);
}

const mlp_operation mlp_glu = {.name = "glu",
                               .module = "GLU",
                               .module_file = "activation",
                               .shown = {"dim"},
                               .options = "dim: int = -1",
                               .symbols = "x",
                               .formula = "a = {the first half of x}; b = {the second half of x}; "
                                          "s = 1 / (1 + exp(-b)); y = a s",
                               .gradient = "a = {the first half of x}; b = {the second half of x}; "
                                           "s = 1 / (1 + exp(-b)); da = dy s; db = dy a s (1 - s); "
                                           "dx = {da, and db behind it}",
                               .outputs = 1,
                               .traits = MLP_IS_BY_LOOP | MLP_FILLS_ZEROS,
                               .loops = 1 << 0,
                               .check = check_glu,
                               .forward = glu_forward,
                               .backward = glu_backward,
                               .compose = compose_glu,
                               .bound = bound_glu,
                               .bound_backward = bound_glu_back,
                               .reads = {1 << 0},
                               .gradients = 1 << 0,
                               .grad_fn = "GluBackward0"};
