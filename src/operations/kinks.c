/* Kinks that several operations have: where a function has no derivative. */
#include "row.h"

static void take_signs(const mlp_tensor *of, mlp_take_side *take, void *context) {
    const double *numbers = of->data;
    for (size_t i = 0; i < of->numel; i++)
        take(context, sign_of(numbers[i]));
}

int sign_of(double x) {
    return (x > 0) - (x < 0);
}

void kinks_at_zero(const mlp_call *call, mlp_take_side *take, void *context) {
    take_signs(call->in[0], take, context);
}

void kinks_of_zero_result(const mlp_call *call, mlp_take_side *take, void *context) {
    take_signs(call->out[0], take, context);
}
