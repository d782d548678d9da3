/* Negative log-likelihood, with y = target[i, p] and w = weight
 *
 *   l[i, p] = -w[y] * log_probabilities[i, y, p],  0 where y is ignore_index
 *   NONE:  loss = l
 *   SUM:   loss = sum of l
 *   MEAN:  loss = sum of l / sum of w[y] over what is not ignored
 *
 *   dL/dlog_probabilities[i, c, p] = -w[y] * dL/dl[i, p]  where c = y, not ignored;  0 elsewhere
 *   dL/dl = dL/dloss, for MEAN dL/dloss / sum of w[y]
 */
#include "mlpstep/kernels/nll_loss.h"
#include "real.h"
#include "sum.h"

#include <stdbool.h>

void KERNEL(nll_loss_forward)(real *loss, real *total_weight, const real *log_probabilities,
                              const int64_t *target, const real *weight, size_t batch,
                              size_t classes, size_t positions, int64_t ignore_index,
                              mlp_reduction reduction) {
    running_sum losses = {0}, weights = {0};
    size_t count = 0;
    for (size_t i = 0; i < batch * positions; i++) {
        const bool ignored = target[i] == ignore_index;
        real l = 0;
        if (!ignored) {
            const size_t y = (size_t)target[i], sample = i / positions, p = i % positions;
            const real w = weight ? weight[y] : 1;
            l = -log_probabilities[(sample * classes + y) * positions + p] * w;
            KERNEL(running_add)(&losses, l, i);
            KERNEL(running_add)(&weights, w, i);
            count++;
        }
        if (reduction == MLP_REDUCTION_NONE)
            loss[i] = l;
    }
    if (reduction == MLP_REDUCTION_NONE) {
        *total_weight = 0;
        return;
    }
    *total_weight = weight ? KERNEL(running_total)(&weights) : (real)count;
    *loss = KERNEL(running_total)(&losses);
    if (reduction == MLP_REDUCTION_MEAN)
        *loss /= *total_weight;
}

void KERNEL(nll_loss_backward)(real *dlog_probabilities, const real *dloss, const int64_t *target,
                               const real *weight, const real *total_weight, size_t batch,
                               size_t classes, size_t positions, int64_t ignore_index,
                               mlp_reduction reduction) {
    for (size_t i = 0; i < batch * classes * positions; i++)
        dlog_probabilities[i] = 0;
    for (size_t i = 0; i < batch * positions; i++) {
        if (target[i] == ignore_index)
            continue;
        const size_t y = (size_t)target[i], sample = i / positions, p = i % positions;
        real dl = reduction == MLP_REDUCTION_NONE ? dloss[i] : *dloss;
        if (reduction == MLP_REDUCTION_MEAN)
            dl /= *total_weight;
        dlog_probabilities[(sample * classes + y) * positions + p] = (weight ? weight[y] : 1) * -dl;
    }
}
