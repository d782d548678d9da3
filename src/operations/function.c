/* What a function of the script computed, as one step: torch.autograd.Function. */
#include "bounds.h"
#include "row.h"

#include <string.h>

enum {
    RESULT = MLP_MAX_INPUTS - 1
};

static bool check_function(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[RESULT]);
    return check_floating(call->in[RESULT], error);
}

static void function_forward(const mlp_call *call) {
    copy_values(call->out[0], call->in[RESULT]);
}

static void bound_function_result(const mlp_call *call, const mlp_bounds *bounds) {
    memcpy(bounds->out[0], bounds->in[RESULT], call->out[0]->numel * sizeof *bounds->out[0]);
}

const mlp_operation mlp_function = {.name = "function",
                                    .outputs = 1,
                                    .check = check_function,
                                    .forward = function_forward,
                                    .bound = bound_function_result,
                                    .gradients = (1 << RESULT) - 1};
