/* Comparisons: a, b or NULL; then options.number stands for each element of b. */
#include "bounds.h"
#include "row.h"

#include "mlpstep/kernels/compare.h"

static bool check_compare(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!check_binary(call, out, error))
        return false;
    out[0].dtype = MLP_BOOL;
    return true;
}

static void compare(const mlp_call *call, enum mlp_comparison how) {
    const mlp_tensor *a = call->in[0];
    if (mlp_dtype_is_integer(a->dtype))
        mlp_compare_i64(call->out[0]->data, a->data, data_of(call->in[1]),
                        call->options.number.integer, how, a->numel);
    else
        CALL_KERNEL(call, compare, call->out[0]->data, a->data, data_of(call->in[1]),
                    number_of(call), how, a->numel);
}

static void eq_forward(const mlp_call *call) {
    compare(call, MLP_EQ);
}

static void ne_forward(const mlp_call *call) {
    compare(call, MLP_NE);
}

static void lt_forward(const mlp_call *call) {
    compare(call, MLP_LT);
}

static void le_forward(const mlp_call *call) {
    compare(call, MLP_LE);
}

static void gt_forward(const mlp_call *call) {
    compare(call, MLP_GT);
}

static void ge_forward(const mlp_call *call) {
    compare(call, MLP_GE);
}

const mlp_operation mlp_eq = {.name = "eq",
                              .elementwise = true,
                              .formula = "y = 1 where a = " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = eq_forward,
                              .bound = bound_compare};
const mlp_operation mlp_ne = {.name = "ne",
                              .elementwise = true,
                              .formula = "y = 1 where a != " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = ne_forward,
                              .bound = bound_compare};
const mlp_operation mlp_lt = {.name = "lt",
                              .elementwise = true,
                              .formula = "y = 1 where a < " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = lt_forward,
                              .bound = bound_compare};
const mlp_operation mlp_le = {.name = "le",
                              .elementwise = true,
                              .formula = "y = 1 where a <= " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = le_forward,
                              .bound = bound_compare};
const mlp_operation mlp_gt = {.name = "gt",
                              .elementwise = true,
                              .formula = "y = 1 where a > " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = gt_forward,
                              .bound = bound_compare};
const mlp_operation mlp_ge = {.name = "ge",
                              .elementwise = true,
                              .formula = "y = 1 where a >= " B_OR_NUMBER ", 0 elsewhere",
                              .outputs = 1,
                              .check = check_compare,
                              .forward = ge_forward,
                              .bound = bound_compare};
