/* Negative log-likelihood, with y = target[i, p] and w = weight
 *
 *   l[i, p] = -log_probabilities[i, y, p] * w[y],  0 where y is ignore_index
 *   NONE:  loss = l
 *   SUM:   loss = sum of l
 *   MEAN:  loss = sum of l / sum of w[y] over what is not ignored
 *
 *   dL/dlog_probabilities[i, c, p] = w[y] * -dL/dl[i, p]  where c = y, not ignored;  0 elsewhere
 *   dL/dl = dL/dloss, for MEAN dL/dloss / sum of w[y]
 *
 *   log_probabilities, dlog_probabilities  (batch, classes, positions)
 *   target                                 (batch, positions)
 *   weight                                 (classes), or NULL: all 1
 *   loss, dloss                            (batch, positions) for NONE, else one value
 *   total_weight                           one value, the sum of w[y]
 *
 * One index k runs over the (i, p).
 */
#include "mlpstep/kernels/nll_loss.h"
#include "real.h"
#include "sum.h"

/* Where [i, y, p] stands. */
static size_t place_of_target(const int64_t *target, size_t k, const mlp_class_loss *of) {
    const size_t i = k / of->positions, p = k % of->positions;
    return (i * of->classes + (size_t)target[k]) * of->positions + p;
}

static real weight_of_target(const int64_t *target, size_t k, const real *weight) {
    return weight ? weight[target[k]] : 1;
}

void KERNEL(nll_loss_forward)(real *loss, real *total_weight, const real *log_probabilities,
                              const int64_t *target, const real *weight, const mlp_class_loss *of) {
    running_sum losses = {0}, weights = {0};
    size_t count = 0;
    for (size_t k = 0; k < of->batch * of->positions; k++) {
        real l = 0;
        if (target[k] != of->ignore_index) {
            const real w = weight_of_target(target, k, weight);
            l = -log_probabilities[place_of_target(target, k, of)] * w;
            KERNEL(running_add)(&losses, l, k);
            KERNEL(running_add)(&weights, w, k);
            count++;
        }
        if (of->reduction == MLP_REDUCTION_NONE)
            loss[k] = l;
    }
    *total_weight = 0;
    if (of->reduction == MLP_REDUCTION_NONE)
        return;
    *total_weight = weight ? KERNEL(running_total)(&weights) : (real)count;
    *loss = KERNEL(running_total)(&losses);
    if (of->reduction == MLP_REDUCTION_MEAN)
        *loss /= *total_weight;
}

void KERNEL(nll_loss_backward)(real *dlog_probabilities, const real *dloss, const int64_t *target,
                               const real *weight, const real *total_weight,
                               const mlp_class_loss *of) {
    for (size_t k = 0; k < of->batch * of->classes * of->positions; k++)
        dlog_probabilities[k] = 0;
    for (size_t k = 0; k < of->batch * of->positions; k++) {
        if (target[k] == of->ignore_index)
            continue;
        real dl = of->reduction == MLP_REDUCTION_NONE ? dloss[k] : *dloss;
        if (of->reduction == MLP_REDUCTION_MEAN)
            dl /= *total_weight;
        const real w = weight_of_target(target, k, weight);
        dlog_probabilities[place_of_target(target, k, of)] = w * -dl;
    }
}
