/* Another shape for the same values. */
#include "table.h"

#include <math.h>

/* --- reshape, identity, add --- */

static void copy_forward(const mlp_call *call) {
    copy_values(call->out[0], call->in[0]);
}

static void copy_backward(const mlp_call *call) {
    copy_values(call->din[0], call->dout);
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
