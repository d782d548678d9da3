#include "slips_loss.h"

#include "slips_layer.h"

#include <math.h>
#include <stdint.h>

/* Does the step again with another number as element i of an input of integers. */
static void do_with(slip_case *c, size_t input, size_t i, double number) {
    mlp_tensor *t = slip_input(c, input);
    const double own = mlp_tensor_get(t, i);
    mlp_tensor_set(t, i, number);
    slip_do_again(c);
    mlp_tensor_set(t, i, own);
}

static bool has_classes(const slip_case *c) {
    const mlp_tensor *target = c->call.in[1];
    return target && !mlp_dtype_is_floating(target->dtype) && target->numel &&
           c->call.in[0]->numel > target->numel;
}

/* The target of one of the samples is another class. */
bool slip_wrong_class(slip_case *c) {
    const mlp_tensor *target = c->call.in[1];
    if (!has_classes(c))
        return false;
    const size_t classes = c->call.in[0]->shape[c->call.in[0]->ndim - 1];
    const size_t sample = c->variant / classes, class = c->variant % classes;
    if (sample >= target->numel || mlp_tensor_get(target, sample) == (double)class)
        return false;
    c->number = (double)class;
    do_with(c, 1, sample, c->number);
    return true;
}

/* Every target is the class before, or behind. */
bool slip_classes_off_by_one(slip_case *c) {
    const mlp_tensor *target = c->call.in[1];
    const double by = c->variant ? 1 : -1;
    if (!has_classes(c) || target->numel < 2)
        return false;
    const size_t classes = c->call.in[0]->shape[c->call.in[0]->ndim - 1];
    for (size_t i = 0; i < target->numel; i++) {
        const double class = mlp_tensor_get(target, i) + by;
        if (class < 0 || class >= (double)classes)
            return false;
    }
    return slip_do_changed(c, slip_input(c, 1), 1, by);
}

/* The targets of two samples changed places. */
bool slip_targets_exchanged(slip_case *c) {
    size_t i, j;
    if (!has_classes(c) || !slip_find_pair(c->call.in[1]->numel, c->variant, &i, &j))
        return false;
    mlp_tensor *t = slip_input(c, 1);
    slip_exchange(t, i, j);
    slip_do_again(c);
    slip_exchange(t, i, j);
    return true;
}

/* 1 - t for the target t, which is 0 or 1, or between */
bool slip_target_complemented(slip_case *c) {
    const mlp_step *of = c->step->forward ? c->step->forward : c->step;
    if (of->operation != &mlp_binary_cross_entropy &&
        of->operation != &mlp_binary_cross_entropy_with_logits)
        return false;
    return slip_do_changed(c, slip_input(c, 1), -1, 1);
}

static mlp_tensor *result_of(slip_case *c) {
    return c->step->forward ? c->call.din[0] : c->call.out[0];
}

/* l / 2; backward likewise */
bool slip_loss_halved(slip_case *c) {
    mlp_tensor *t = result_of(c);
    for (size_t i = 0; t && i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) / 2);
    return t && (c->step->forward || t->ndim == 0);
}

/* What a loss of classes is divided by. */
static double divisor(const slip_case *c) {
    return c->call.options.reduction == MLP_REDUCTION_MEAN ? (double)c->call.in[1]->numel : 1;
}

/* l = -(sum of x over all classes) */
bool slip_loss_of_all_classes(slip_case *c) {
    double sum = 0;
    if (!has_classes(c) || c->call.out[0]->ndim != 0 || c->call.in[2])
        return false;
    for (size_t i = 0; i < c->call.in[0]->numel; i++)
        sum -= mlp_tensor_get(c->call.in[0], i);
    mlp_tensor_set(c->call.out[0], 0, sum / divisor(c));
    return true;
}

/* l = the sum, or the mean, of what is made of the targets' p */
static bool sum_over_targets(slip_case *c, double constant, double factor) {
    double sum = 0;
    if (!has_classes(c) || c->call.out[0]->ndim != 0 || c->call.in[0]->ndim > 2 || c->call.in[2])
        return false;
    const size_t classes = c->call.in[0]->shape[c->call.in[0]->ndim - 1];
    for (size_t i = 0; i < c->call.in[1]->numel; i++) {
        const double class = mlp_tensor_get(c->call.in[1], i);
        if (class < 0 || class >= (double)classes)
            return false;
        sum += constant + factor * exp(mlp_tensor_get(c->call.in[0], i * classes + (size_t) class));
    }
    mlp_tensor_set(c->call.out[0], 0, sum / divisor(c));
    return true;
}

/* l = 1 - p[target] */
bool slip_one_minus_p(slip_case *c) {
    return sum_over_targets(c, 1, -1);
}

/* l = p[target] */
bool slip_no_logarithm(slip_case *c) {
    return sum_over_targets(c, 0, 1);
}

/* label_smoothing = 0 */
bool slip_no_label_smoothing(slip_case *c) {
    c->number = c->call.options.label_smoothing;
    c->call.options.label_smoothing = 0;
    if (c->number > 0)
        slip_do_again(c);
    return c->number > 0;
}

/* The first input of indices: not the target of a loss. */
static size_t index_input(const slip_case *c) {
    size_t i = 1;
    while (i < MLP_MAX_INPUTS && !(c->call.in[i] && c->call.in[i]->dtype == MLP_INT64))
        i++;
    return c->step->operation->traits & MLP_IS_LOSS_OVER_CLASSES ? MLP_MAX_INPUTS : i;
}

/* x[index], of one index that is a number */
static bool select_beside(slip_case *c, int64_t by) {
    const mlp_tensor *x = c->call.in[0];
    const mlp_options *o = &c->call.options;
    const int64_t ndim = (int64_t)x->ndim, dim = o->dim < 0 ? o->dim + ndim : o->dim;
    if (dim < 0 || dim >= ndim)
        return false;
    const int64_t size = (int64_t)x->shape[dim], index = o->index < 0 ? o->index + size : o->index;
    if (index + by < 0 || index + by >= size)
        return false;
    c->call.options.index = index + by;
    slip_do_again(c);
    return true;
}

/* Every index is one too many, or one too few. */
bool slip_index_off_by_one(slip_case *c) {
    const size_t input = index_input(c);
    const double by = c->variant ? -1 : 1;
    if (c->step->operation == &mlp_select)
        return select_beside(c, c->variant ? -1 : 1);
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_diagnostic ignored = {0};
    if (input >= MLP_MAX_INPUTS)
        return false;
    mlp_tensor *t = slip_tensor(c, c->step->in[input]);
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) + by);
    mlp_call tried = c->call;
    const bool exists = c->step->operation->check(&tried, shape, &ignored);
    if (exists)
        slip_do_again(c);
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) - by);
    return exists;
}
