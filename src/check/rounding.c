#include "rounding.h"

#include <math.h>

/* A gradient that is nan or infinite tells nothing. */
static double product(double gradient, double number) {
    return isfinite(gradient) && isfinite(number) ? fabs(gradient * number) : 0;
}

static double sum_of_products(const mlp_tensor *gradient, const mlp_tensor *value) {
    double sum = 0;
    for (size_t i = 0; i < value->numel; i++)
        sum += product(mlp_tensor_get(gradient, i), mlp_tensor_get(value, i));
    return sum;
}

/* What the logarithm of a sum is made of: numbers near 1, and as large as the scores. */
static double inside_logarithm(const mlp_call *call) {
    double largest = 0, sum = 0;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        largest = fmax(largest, product(1, mlp_tensor_get(call->in[0], i)));
    for (size_t i = 0; i < call->dout->numel; i++)
        sum += product(mlp_tensor_get(call->dout, i), 1 + largest);
    return sum;
}

static double terms_of(mlp_replay *replay, const mlp_step *backward) {
    const mlp_call call = mlp_replay_call(replay, backward);
    double sum = sum_of_products(call.dout, call.out[0]);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (call.din[i])
            sum += sum_of_products(call.din[i], call.in[i]);
    const bool is_log_of_sum = backward->operation->traits & MLP_IS_LOG_OF_SUM;
    return is_log_of_sum ? sum + inside_logarithm(&call) : sum;
}

/* Of a gradient that was composed: of a value, which it is a part of. */
static double terms_of_gradient(mlp_replay *replay, const mlp_value *gradient) {
    const mlp_value *of = gradient->label.part_of;
    if (!of)
        return 0;
    const mlp_tensor *dy = mlp_replay_tensor(replay, gradient);
    const double sum = 2 * sum_of_products(dy, mlp_replay_tensor(replay, of));
    if (!of->producer || of->producer->forward ||
        !(of->producer->operation->traits & MLP_IS_LOG_OF_SUM))
        return sum;
    mlp_call call = mlp_replay_call(replay, of->producer);
    call.dout = dy;
    return sum + inside_logarithm(&call);
}

/* Whether the step begins the sweep. */
static bool reads_seed(const mlp_step *step, const mlp_sweep *sweep) {
    for (const mlp_root *r = sweep->roots; r; r = r->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
            if (step->phase == MLP_BACKWARD && step->in[i] == r->seed)
                return true;
    return false;
}

static const mlp_step *first_step_of(const mlp_sweep *sweep) {
    const mlp_value *computed = NULL;
    for (const mlp_root *r = sweep->roots; r; r = r->next)
        if (!r->value->leaf)
            computed = r->value;
    const mlp_step *step = computed ? computed->producer : NULL;
    while (step && !reads_seed(step, sweep))
        step = step->next;
    return step;
}

double rounding_terms(mlp_replay *replay, const mlp_sweep *sweep) {
    const mlp_sweep *next = sweep->next;
    const mlp_step *step = first_step_of(sweep);
    double sum = 0;
    for (; step && step->phase == MLP_BACKWARD && !(next && reads_seed(step, next));
         step = step->next)
        sum += step->forward ? terms_of(replay, step) : terms_of_gradient(replay, step->out[0]);
    return sum;
}
