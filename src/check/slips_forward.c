/* Slips of the forward pass, and of the backward pass where they are the same ones. */
#include "slips.h"

#include "mlpstep/kernels/reduction.h"

#include <math.h>

/* y = x W + b. Of a product without a layer the weight is the matrix that was given. */
bool slip_transposed_weight(slip_case *c) {
    const mlp_step *of = c->step->forward ? c->step->forward : c->step;
    const bool is_linear = of->operation == &mlp_linear;
    const mlp_value *weight =
        is_linear || (of->in[1]->given && of->in[1]->tensor.ndim == 2) ? of->in[1] : of->in[0];
    if (!is_linear && !weight->given)
        return false;
    mlp_tensor *w = slip_tensor(c, weight);
    if (!slip_transpose(w))
        return false;
    slip_do_again(c);
    return slip_transpose(w); /* back */
}

static void copy(mlp_tensor *to, const mlp_tensor *from) {
    for (size_t i = 0; i < to->numel; i++)
        mlp_tensor_set(to, i, mlp_tensor_get(from, i));
}

static bool is_bias(const mlp_value *value) {
    return value && value->given && value->requires_grad;
}

/* y = x W^T */
bool slip_no_bias(slip_case *c) {
    if (c->step->operation == &mlp_linear) {
        const bool has_bias = c->call.in[2] != NULL;
        c->call.in[2] = NULL;
        slip_do_again(c);
        return has_bias;
    }
    for (size_t i = 0; i < 2; i++)
        if (is_bias(c->step->in[i]) && c->call.in[1 - i] && !is_bias(c->step->in[1 - i])) {
            copy(c->call.out[0], c->call.in[1 - i]);
            return true;
        }
    return false;
}

/* y = x */
bool slip_no_activation(slip_case *c) {
    copy(c->call.out[0], c->call.in[0]);
    return true;
}

/* y = 0 where x <= 0; backward dx = 0 there */
bool slip_slope_ignored(slip_case *c) {
    c->number = c->call.option[0];
    c->call.option[0] = 0;
    slip_do_again(c);
    return true;
}

static void multiply(mlp_tensor *y, const mlp_tensor *x, double factor) {
    for (size_t i = 0; i < y->numel; i++)
        mlp_tensor_set(y, i, mlp_tensor_get(x, i) * factor);
}

/* y = negative_slope * x */
bool slip_slope_everywhere(slip_case *c) {
    c->number = c->call.option[0];
    if (c->step->forward)
        multiply(c->call.din[0], c->call.dout, c->number);
    else
        multiply(c->call.out[0], c->call.in[0], c->number);
    return true;
}

/* y = x * mask, which is dropout as if p were 0 */
bool slip_no_dropout_scale(slip_case *c) {
    c->number = 1 - c->call.option[0];
    c->call.option[0] = 0;
    slip_do_again(c);
    return true;
}

/* y = x * mask / p */
bool slip_dropout_scale_by_p(slip_case *c) {
    c->number = c->call.option[0];
    c->call.option[0] = 1 - c->number;
    slip_do_again(c);
    return true;
}

/* Whether element i was kept, by the answer. */
static bool was_kept(const slip_case *c, size_t i) {
    const double kept = mlp_tensor_get(c->call.in[0], i) / (1 - c->call.option[0]);
    return c->it->given[i] && number_is_near(c->m, c->it, i, kept, c->bound[i]);
}

/* y = x * mask' / (1 - p), with the mask that the answer shows */
bool slip_other_mask(slip_case *c) {
    const mlp_tensor *x = c->call.in[0];
    if (c->it->mark.value != c->step->out[0] || c->call.option[0] >= 1)
        return false;
    for (size_t i = 0; i < x->numel; i++)
        mlp_tensor_set(c->call.out[0], i,
                       was_kept(c, i) ? mlp_tensor_get(x, i) / (1 - c->call.option[0]) : 0);
    return true;
}

/* Backward applies the mask as well. */
bool slip_adopt_mask(slip_case *c) {
    const mlp_value *mask = c->step->in[1];
    double *kept = mlp_arena_alloc(c->m->arena, mask->tensor.numel, sizeof *kept);
    if (!kept)
        return marking_out_of_memory(c->m);
    c->call = mlp_replay_call(c->m->own, c->step);
    for (size_t i = 0; i < mask->tensor.numel; i++)
        kept[i] = was_kept(c, i);
    if (!c->m->answered[mask->number]) {
        marking_fix(c->m, mask, kept, NULL);
        c->m->tainted[mask->number] = true;
    }
    return true;
}

/* y = exp(x), and log_softmax = x */
bool slip_softmax_not_normalised(slip_case *c) {
    const mlp_tensor *x = c->call.in[0];
    if (c->step->operation == &mlp_log_softmax)
        copy(c->call.out[0], x);
    for (size_t i = 0; c->step->operation == &mlp_softmax && i < x->numel; i++)
        mlp_tensor_set(c->call.out[0], i, exp(mlp_tensor_get(x, i)));
    return true;
}

/* log_b(y) = log(y) / log(b) */
bool slip_log_base_2(slip_case *c) {
    multiply(c->call.out[0], c->call.out[0], 1 / log(2));
    return true;
}

bool slip_log_base_10(slip_case *c) {
    multiply(c->call.out[0], c->call.out[0], 1 / log(10));
    return true;
}

/* --- reductions --- */

static bool reduce_as(slip_case *c, double from, double to) {
    double *reduction = &c->call.option[slip_reduction_option(c->step->operation)];
    c->number = slip_count_terms(c->step->operation, &c->call);
    if (*reduction != from)
        return false;
    *reduction = to;
    slip_do_again(c);
    return true;
}

static bool swap_operations(slip_case *c, const mlp_operation *with) {
    c->number = slip_count_terms(c->step->operation, &c->call);
    if (c->step->forward)
        with->backward(&c->call);
    else
        with->forward(&c->call);
    return true;
}

/* l = sum, where it should be sum / n; backward likewise */
bool slip_sum_not_mean(slip_case *c) {
    if (c->step->operation == &mlp_sum)
        return false;
    return c->step->operation == &mlp_mean ? swap_operations(c, &mlp_sum)
                                           : reduce_as(c, MLP_REDUCTION_MEAN, MLP_REDUCTION_SUM);
}

bool slip_mean_not_sum(slip_case *c) {
    if (c->step->operation == &mlp_mean)
        return false;
    return c->step->operation == &mlp_sum ? swap_operations(c, &mlp_mean)
                                          : reduce_as(c, MLP_REDUCTION_SUM, MLP_REDUCTION_MEAN);
}
