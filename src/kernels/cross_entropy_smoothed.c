/* Cross-entropy with label smoothing, with y = target[i, p], w = weight, s = label_smoothing
 *
 *   loss = (1 - s) * nll + s / classes * smooth
 *
 *   nll is the NLL loss (nll_loss.c). smooth is the same with every class for the right one:
 *   m[i, p] = -sum over c of w[c] * log_probabilities[i, c, p],  0 where y is ignore_index
 *   NONE:  smooth = m
 *   SUM:   smooth = sum of m
 *   MEAN:  smooth = sum of m / sum of w[y] over what is not ignored
 *
 *   dL/dlog_probabilities[i, c, p] = [c = y] * -w[y] * (1 - s) * dL/dl[i, p]
 *                                    - w[c] * s / classes * dL/dl[i, p];  0 where y is ignored
 *   dL/dl = dL/dloss, for MEAN dL/dloss / sum of w[y]
 */
#include "mlpstep/kernels/cross_entropy_smoothed.h"
#include "mlpstep/kernels/nll_loss.h"
#include "real.h"
#include "sum.h"

#include <stdbool.h>

/* m (batch, positions); product (classes, positions) is overwritten. */
static void smooth_elements(real *m, real *product, const real *log_probabilities,
                            const int64_t *target, const real *weight, size_t batch, size_t classes,
                            size_t positions, int64_t ignore_index) {
    for (size_t i = 0; i < batch; i++) {
        const real *x = log_probabilities + i * classes * positions;
        for (size_t k = 0; k < classes * positions; k++)
            product[k] = weight ? x[k] * weight[k / positions] : x[k];
        KERNEL(column_sum)(m + i * positions, product, classes, positions);
    }
    for (size_t i = 0; i < batch * positions; i++)
        m[i] = target[i] == ignore_index ? 0 : -m[i];
}

/* The sum of m / the sum of w[y], which is left in *total_weight. n elements; m is overwritten. */
static real smooth_mean(real *total_weight, real *m, const int64_t *target, const real *weight,
                        size_t n, int64_t ignore_index) {
    /* Without weights PyTorch takes the mean of those not ignored alone; with weights it adds the
     * zeros of the ignored ones, too, which changes the order. */
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (weight || target[i] != ignore_index)
            m[count++] = m[i];
    const real sum = KERNEL(sum)(m, count);
    if (!weight) {
        *total_weight = (real)count;
        return sum / *total_weight;
    }
    count = 0;
    for (size_t i = 0; i < n; i++)
        if (target[i] != ignore_index)
            m[count++] = weight[target[i]];
    *total_weight = KERNEL(sum)(m, count);
    return sum / *total_weight;
}

void KERNEL(cross_entropy_smoothed_forward)(real *loss, real total_weight[2], real *scratch,
                                            const real *log_probabilities, const int64_t *target,
                                            const real *weight, size_t batch, size_t classes,
                                            size_t positions, double label_smoothing,
                                            int64_t ignore_index, mlp_reduction reduction) {
    const real nll_share = (real)(1 - label_smoothing);
    const real smooth_share = (real)(label_smoothing / (double)classes);
    const size_t n = batch * positions;
    real *smooth = scratch;
    KERNEL(nll_loss_forward)
    (loss, &total_weight[0], log_probabilities, target, weight, batch, classes, positions,
     ignore_index, reduction);
    smooth_elements(smooth, scratch + n, log_probabilities, target, weight, batch, classes,
                    positions, ignore_index);
    total_weight[1] = 0;
    if (reduction == MLP_REDUCTION_NONE) {
        for (size_t i = 0; i < n; i++)
            loss[i] = nll_share * loss[i] + smooth[i] * smooth_share;
        return;
    }
    const real joined =
        reduction == MLP_REDUCTION_SUM
            ? KERNEL(sum)(smooth, n)
            : smooth_mean(&total_weight[1], smooth, target, weight, n, ignore_index);
    *loss = nll_share * *loss + joined * smooth_share;
}

/* PyTorch rounds the share to `real` first, as forward does, where dl is one of many; but a dl that
 * is a tensor without dimensions is multiplied by it in double. */
static real share_of(real dl, double share, mlp_reduction reduction) {
    return reduction == MLP_REDUCTION_NONE ? dl * (real)share : (real)((double)dl * share);
}

void KERNEL(cross_entropy_smoothed_backward)(real *dlog_probabilities, const real *dloss,
                                             const int64_t *target, const real *weight,
                                             const real total_weight[2], size_t batch,
                                             size_t classes, size_t positions,
                                             double label_smoothing, int64_t ignore_index,
                                             mlp_reduction reduction) {
    const double smooth_share = label_smoothing / (double)classes;
    for (size_t i = 0; i < batch * positions; i++) {
        const bool ignored = target[i] == ignore_index;
        const real dl = reduction == MLP_REDUCTION_NONE ? dloss[i] : *dloss;
        real dnll = share_of(dl, 1 - label_smoothing, reduction);
        real dsmooth = share_of(dl, smooth_share, reduction);
        if (reduction == MLP_REDUCTION_MEAN) {
            dnll /= total_weight[0];
            dsmooth /= total_weight[1];
        }
        if (ignored)
            dnll = dsmooth = 0;
        for (size_t c = 0; c < classes; c++) {
            const real w = weight ? weight[c] : 1;
            const real nll = !ignored && target[i] == (int64_t)c ? w * -dnll : 0;
            dlog_probabilities[(i / positions * classes + c) * positions + i % positions] =
                nll + -dsmooth * w;
        }
    }
}
