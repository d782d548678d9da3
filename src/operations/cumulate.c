/* Products over a dimension, and sums and products that keep each number on the way. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/cumulate.h"

#include <string.h>

/* --- cumsum, cumprod: x; dim --- */

static bool check_cumulative(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return check_numbers(call->in[0], error) && resolve_dim(&call->options.dim, call->in[0], error);
}

static mlp_dimension along(const mlp_call *call) {
    return split_at(call->in[0], (size_t)call->options.dim);
}

static void cumsum_forward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    if (mlp_dtype_is_integer(x->dtype))
        mlp_integer_cumsum(y->data, x->data, &l);
    else
        CALL_KERNEL(call, cumsum_forward, y->data, x->data, &l);
}

static void cumsum_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, cumsum_backward, call->din[0]->data, call->dout->data, &l);
}

static void cumprod_forward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    if (mlp_dtype_is_integer(x->dtype))
        mlp_integer_cumprod(y->data, x->data, &l);
    else
        CALL_KERNEL(call, cumprod_forward, y->data, x->data, &l);
}

static void cumprod_backward(const mlp_call *call) {
    const mlp_dimension l = along(call);
    CALL_KERNEL(call, cumprod_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->out[0]->data, &l);
}

const mlp_operation mlp_cumsum = {.name = "cumsum",
                                  .formula = "y = {the sum of x up to each place}",
                                  .gradient = "dx = {the sum of dy from each place on}",
                                  .outputs = 1,
                                  .check = check_cumulative,
                                  .forward = cumsum_forward,
                                  .backward = cumsum_backward,
                                  .compose = compose_cumsum,
                                  .bound = bound_cumsum,
                                  .bound_backward = bound_cumsum_back,
                                  .gradients = 1 << 0,
                                  .grad_fn = "CumsumBackward0"};

const mlp_operation mlp_cumprod = {.name = "cumprod",
                                   .formula = "y = {the product of x up to each place}",
                                   .gradient = "dx = {the sum of dy y from each place on} / x",
                                   .outputs = 1,
                                   .check = check_cumulative,
                                   .forward = cumprod_forward,
                                   .backward = cumprod_backward,
                                   .compose = compose_cumprod,
                                   .bound = bound_cumprod,
                                   .bound_backward = bound_cumprod_back,
                                   .reads = {1 << 0},
                                   .reads_output = true,
                                   .gradients = 1 << 0,
                                   .grad_fn = "CumprodBackward0"};

/* --- prod: x; dim or none, keepdim --- */

static bool check_prod(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[0];
    mlp_options *options = &call->options;
    if (!check_numbers(x, error) || (options->has_dim && !resolve_dim(&options->dim, x, error)))
        return false;
    out[0].dtype = x->dtype;
    for (size_t i = 0; i < x->ndim && options->has_dim; i++)
        if ((int64_t)i != options->dim || options->keepdim)
            out[0].shape[out[0].ndim++] = (int64_t)i == options->dim ? 1 : x->shape[i];
    return true;
}

static void prod_forward(const mlp_call *call) {
    const mlp_dimension l = extreme_layout(call);
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    if (mlp_dtype_is_integer(x->dtype))
        mlp_integer_prod(y->data, x->data, &l);
    else
        CALL_KERNEL(call, prod_forward, y->data, x->data, &l);
}

/* Of all elements, several of which are 0: PyTorch looks no further. */
static bool is_zero_everywhere(const mlp_call *call) {
    size_t zeros = 0;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        zeros += mlp_tensor_get(call->in[0], i) == 0;
    return !call->options.has_dim && zeros > 1;
}

static void prod_backward(const mlp_call *call) {
    const mlp_dimension l = extreme_layout(call);
    mlp_tensor *dx = call->din[0];
    if (call->in[0]->ndim == 0)
        copy_values(dx, call->dout);
    else if (is_zero_everywhere(call))
        memset(dx->data, 0, dx->numel * mlp_dtype_size(dx->dtype));
    else
        CALL_KERNEL(call, prod_backward, dx->data, call->dout->data, call->in[0]->data,
                    call->out[0]->data, &l);
}

static const char *prod_grad_fn(const mlp_call *call) {
    return call->options.has_dim ? "ProdBackward1" : "ProdBackward0";
}

const mlp_operation mlp_prod = {.name = "prod",
                                .formula = "y = prod(x)",
                                .gradient = "dx = dy y / x",
                                .outputs = 1,
                                .check = check_prod,
                                .forward = prod_forward,
                                .backward = prod_backward,
                                .compose = compose_prod,
                                .bound = bound_prod,
                                .bound_backward = bound_prod_back,
                                .reads = {1 << 0},
                                .reads_output = true,
                                .gradients = 1 << 0,
                                .grad_fn_of = prod_grad_fn};
