#include "slips_forward.h"

#include "other_masks.h"
#include "tolerance.h"

#include <math.h>

/* The one input of a set; MLP_MAX_INPUTS where it has several. */
static size_t only_input(unsigned set) {
    size_t i = 0;
    while (i < MLP_MAX_INPUTS && set != 1U << i)
        i++;
    return i;
}

/* Of a product without a layer the weight is the matrix that was given, the right one of two. */
static const mlp_value *find_weight(const mlp_step *product) {
    const unsigned weights = product->operation->weights;
    const size_t only = only_input(weights);
    if (only < MLP_MAX_INPUTS)
        return product->in[only];
    for (size_t i = MLP_MAX_INPUTS; i-- > 0;)
        if ((weights >> i & 1) && product->in[i]->given && product->in[i]->tensor.ndim == 2)
            return product->in[i];
    return NULL;
}

enum {
    MOST_WEIGHTS = 4096 /* that are read the wrong way round */
};

/* Of a matrix that is not square, the numbers in the order in which they stand, as the columns. */
static void reread(mlp_tensor *w, double *numbers) {
    const size_t rows = w->shape[0], columns = w->shape[1];
    for (size_t i = 0; i < w->numel; i++)
        numbers[i] = mlp_tensor_get(w, i);
    for (size_t r = 0; r < rows; r++)
        for (size_t k = 0; k < columns; k++)
            mlp_tensor_set(w, r * columns + k, numbers[k * rows + r]);
}

/* y = x W + b */
bool slip_transposed_weight(slip_case *c) {
    const mlp_value *weight = find_weight(c->step->forward ? c->step->forward : c->step);
    mlp_tensor *w = weight ? slip_tensor(c, weight) : NULL;
    if (!w || w->ndim != 2 || w->numel > MOST_WEIGHTS || w->shape[0] == 1 || w->shape[1] == 1)
        return false;
    double numbers[MOST_WEIGHTS] = {0};
    reread(w, numbers);
    slip_do_again(c);
    for (size_t i = 0; i < w->numel; i++)
        mlp_tensor_set(w, i, numbers[i]);
    return true;
}

static void copy(mlp_tensor *to, const mlp_tensor *from) {
    for (size_t i = 0; i < to->numel; i++)
        mlp_tensor_set(to, i, mlp_tensor_get(from, i));
}

static bool may_be_bias(const mlp_value *value) {
    return value && value->given && value->requires_grad;
}

/* Which input the step adds as a bias; MLP_MAX_INPUTS where it adds none. */
static size_t bias_input(const slip_case *c) {
    mlp_value *const *in = c->step->in;
    const size_t only = only_input(c->step->operation->biases);
    if (only < MLP_MAX_INPUTS)
        return in[only] ? only : MLP_MAX_INPUTS;
    for (size_t i = 0; i < 2; i++)
        if (may_be_bias(in[i]) && in[1 - i] && !may_be_bias(in[1 - i]))
            return i;
    return MLP_MAX_INPUTS;
}

const mlp_value *slip_bias_of(const slip_case *c) {
    const size_t bias = bias_input(c);
    return bias < MLP_MAX_INPUTS ? c->step->in[bias] : NULL;
}

/* y = x W^T; of a sum, what the bias is added to */
bool slip_no_bias(slip_case *c) {
    const size_t bias = bias_input(c);
    if (bias == MLP_MAX_INPUTS)
        return false;
    if (c->step->operation->biases >> bias & 1) {
        c->call.in[bias] = NULL;
        slip_do_again(c);
    } else {
        copy(c->call.out[0], c->call.in[1 - bias]);
    }
    return true;
}

/* y = x */
bool slip_no_activation(slip_case *c) {
    copy(c->call.out[0], c->call.in[0]);
    return true;
}

/* y = 0 where x <= 0; backward dx = 0 there */
bool slip_slope_ignored(slip_case *c) {
    c->number = c->call.options.negative_slope;
    c->call.options.negative_slope = 0;
    slip_do_again(c);
    return true;
}

static void multiply(mlp_tensor *y, const mlp_tensor *x, double factor) {
    for (size_t i = 0; i < y->numel; i++)
        mlp_tensor_set(y, i, mlp_tensor_get(x, i) * factor);
}

/* y = negative_slope * x */
bool slip_slope_everywhere(slip_case *c) {
    c->number = c->call.options.negative_slope;
    if (c->step->forward)
        multiply(c->call.din[0], c->call.dout, c->number);
    else
        multiply(c->call.out[0], c->call.in[0], c->number);
    return true;
}

/* y = x * mask, which is dropout as if p were 0 */
bool slip_no_dropout_scale(slip_case *c) {
    c->number = 1 - c->call.options.p;
    c->call.options.p = 0;
    slip_do_again(c);
    return true;
}

/* y = x * mask / p */
bool slip_dropout_scale_by_p(slip_case *c) {
    c->number = c->call.options.p;
    c->call.options.p = 1 - c->number;
    slip_do_again(c);
    return true;
}

/* Whether element i was kept, by the answer. */
static bool was_kept(const slip_case *c, size_t i) {
    const double kept = mlp_tensor_get(c->call.in[0], i) / (1 - c->call.options.p);
    return c->it->given[i] && number_is_near(c->m, c->it, i, kept, c->bound[i]);
}

/* y = x * mask' / (1 - p), with the mask that the answer shows */
bool slip_other_mask(slip_case *c) {
    const mlp_tensor *x = c->call.in[0];
    if (c->it->mark.value != c->step->out[0] || c->call.options.p >= 1)
        return false;
    for (size_t i = 0; i < x->numel; i++)
        mlp_tensor_set(c->call.out[0], i,
                       was_kept(c, i) ? mlp_tensor_get(x, i) / (1 - c->call.options.p) : 0);
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
    return c->m->answered[mask->number] || shown_mask_adopt(c->m, mask, kept);
}

bool slip_softmax_not_normalised(slip_case *c) {
    c->step->operation->unnormalised(&c->call);
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

static bool reduce_as(slip_case *c, mlp_reduction from, mlp_reduction to) {
    const mlp_operation *operation = c->step->operation;
    if (!operation->has_reduction)
        return false;
    c->number = operation->terms(&c->call);
    if (c->call.options.reduction != from)
        return false;
    c->call.options.reduction = to;
    slip_do_again(c);
    return true;
}

static bool swap_operations(slip_case *c, const mlp_operation *with) {
    c->number = c->step->operation->terms(&c->call);
    if (c->step->forward)
        with->backward(&c->call);
    else
        with->forward(&c->call);
    return true;
}

/* l = sum, where it should be sum / n; backward likewise */
bool slip_sum_not_mean(slip_case *c) {
    const mlp_operation *as_sum = c->step->operation->as_sum;
    return as_sum ? swap_operations(c, as_sum)
                  : reduce_as(c, MLP_REDUCTION_MEAN, MLP_REDUCTION_SUM);
}

bool slip_mean_not_sum(slip_case *c) {
    const mlp_operation *as_mean = c->step->operation->as_mean;
    return as_mean ? swap_operations(c, as_mean)
                   : reduce_as(c, MLP_REDUCTION_SUM, MLP_REDUCTION_MEAN);
}

/* y = x * mask * (1 - p): 1 - p' is 1 / (1 - p) */
bool slip_dropout_scale_multiplied(slip_case *c) {
    c->number = 1 - c->call.options.p;
    if (c->number == 0)
        return false;
    c->call.options.p = 1 - 1 / c->number;
    slip_do_again(c);
    return true;
}

/* y = x; backward dx = dy */
bool slip_no_dropout(slip_case *c) {
    if (c->step->forward)
        copy(c->call.din[0], c->call.dout);
    else
        copy(c->call.out[0], c->call.in[0]);
    return true;
}

/* --- other activations --- */

static const mlp_operation *const activations[MOST_ACTIVATIONS] = {&mlp_relu, &mlp_leaky_relu,
                                                                   &mlp_sigmoid, &mlp_tanh};

/* y = g(x) for f(x), with the slope that LeakyReLU has by default; backward dx = dy g'(x), or, of
 * those that are written by y, with that of f */
bool slip_other_activation(slip_case *c) {
    const mlp_operation *other = activations[c->variant];
    if (other == c->step->operation || c->step->operation->traits & MLP_IS_NORMALISED ||
        (other == &mlp_leaky_relu && c->step->operation->traits & MLP_IS_LEAKY))
        return false;
    c->word = other->name;
    c->call.options.negative_slope = 0.01;
    if (c->step->forward)
        other->backward(&c->call);
    else
        other->forward(&c->call);
    return true;
}

/* Of one that is written by x: dx = dy g'(x) by g(x), where the other is a sigmoid or tanh */
bool slip_derivative_of_input(slip_case *c) {
    const mlp_tensor *x = c->call.in[0], *dy = c->call.dout;
    if (!x || c->step->forward->operation == &mlp_sigmoid ||
        c->step->forward->operation == &mlp_tanh || c->step->operation->traits & MLP_IS_NORMALISED)
        return false;
    c->word = c->variant ? mlp_tanh.name : mlp_sigmoid.name;
    for (size_t i = 0; i < dy->numel; i++) {
        const double a = mlp_tensor_get(x, i), s = 1 / (1 + exp(-a)), t = tanh(a);
        const double slope = c->variant ? 1 - t * t : s * (1 - s);
        mlp_tensor_set(c->call.din[0], i, mlp_tensor_get(dy, i) * slope);
    }
    return true;
}

/* dx = dy y */
bool slip_result_for_derivative(slip_case *c) {
    const mlp_step *of = c->step->forward;
    if (of->operation != &mlp_sigmoid && of->operation != &mlp_tanh)
        return false;
    const mlp_tensor *y = slip_tensor(c, of->out[0]);
    for (size_t i = 0; i < y->numel; i++)
        mlp_tensor_set(c->call.din[0], i, mlp_tensor_get(c->call.dout, i) * mlp_tensor_get(y, i));
    return true;
}
