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
 *
 *   log_probabilities, dlog_probabilities  (batch, classes, positions)
 *   target, m                              (batch, positions)
 *   weight                                 (classes), or NULL: all 1
 *   loss, dloss                            (batch, positions) for NONE, else one value
 *   total_weight                           two values, the sum of w[y] that nll and smooth have
 *   scratch                                m, and behind it products (classes, positions)
 *
 * One index k runs over the (i, p).
 */
#include "mlpstep/kernels/cross_entropy_smoothed.h"
#include "mlpstep/kernels/nll_loss.h"
#include "real.h"
#include "sum.h"

#include <stdbool.h>

/* m; product is overwritten. */
static void smooth_elements(real *m, real *product, const real *log_probabilities,
                            const int64_t *target, const real *weight, const mlp_class_loss *of) {
    const size_t in_sample = of->classes * of->positions;
    for (size_t i = 0; i < of->batch; i++) {
        const real *x = log_probabilities + i * in_sample;
        for (size_t j = 0; j < in_sample; j++)
            product[j] = weight ? x[j] * weight[j / of->positions] : x[j];
        KERNEL(column_sum)(m + i * of->positions, product, of->classes, of->positions);
    }
    for (size_t k = 0; k < of->batch * of->positions; k++)
        m[k] = target[k] == of->ignore_index ? 0 : -m[k];
}

/* The sum of m / the sum of w[y], which is left in *total_weight. m is overwritten. */
static real smooth_mean(real *total_weight, real *m, const int64_t *target, const real *weight,
                        const mlp_class_loss *of) {
    const size_t n = of->batch * of->positions;
    /* Without weights PyTorch 1.13 takes the mean of those not ignored alone; else it adds the zeros
     * of the ignored ones, too, which changes the order. */
    const bool adds_all = weight || of->smooths_anew;
    size_t kept = 0, count = 0;
    for (size_t k = 0; k < n; k++) {
        kept += target[k] != of->ignore_index;
        if (adds_all || target[k] != of->ignore_index)
            m[count++] = m[k];
    }
    const real sum = KERNEL(sum)(m, count);
    if (!weight) {
        *total_weight = (real)kept;
        return sum / *total_weight;
    }
    count = 0;
    for (size_t k = 0; k < n; k++)
        if (target[k] != of->ignore_index)
            m[count++] = weight[target[k]];
    *total_weight = KERNEL(sum)(m, count);
    return sum / *total_weight;
}

void KERNEL(cross_entropy_smoothed_forward)(real *loss, real total_weight[2], real *scratch,
                                            const real *log_probabilities, const int64_t *target,
                                            const real *weight, const mlp_class_loss *of) {
    const real nll_share = (real)(1 - of->label_smoothing);
    const real smooth_share = (real)(of->label_smoothing / (double)of->classes);
    const size_t n = of->batch * of->positions;
    real *m = scratch;
    KERNEL(nll_loss_forward)(loss, &total_weight[0], log_probabilities, target, weight, of);
    smooth_elements(m, scratch + n, log_probabilities, target, weight, of);
    total_weight[1] = 0;
    if (of->reduction == MLP_REDUCTION_NONE) {
        for (size_t k = 0; k < n; k++)
            loss[k] = nll_share * loss[k] + m[k] * smooth_share;
        return;
    }
    const real smooth = of->reduction == MLP_REDUCTION_SUM
                            ? KERNEL(sum)(m, n)
                            : smooth_mean(&total_weight[1], m, target, weight, of);
    *loss = nll_share * *loss + smooth * smooth_share;
}

/* PyTorch rounds the share to `real` first, as forward does, where dl is one of many; but in 1.13 a
 * dl that is a tensor without dimensions is multiplied by it in double. */
static real share_of(real dl, double share, const mlp_class_loss *of) {
    return of->reduction == MLP_REDUCTION_NONE || of->smooths_anew ? dl * (real)share
                                                                   : (real)((double)dl * share);
}

void KERNEL(cross_entropy_smoothed_backward)(real *dlog_probabilities, const real *dloss,
                                             const int64_t *target, const real *weight,
                                             const real total_weight[2], const mlp_class_loss *of) {
    const double smooth_share = of->label_smoothing / (double)of->classes;
    for (size_t k = 0; k < of->batch * of->positions; k++) {
        const bool ignored = target[k] == of->ignore_index;
        const real dl = of->reduction == MLP_REDUCTION_NONE ? dloss[k] : *dloss;
        real dnll = share_of(dl, 1 - of->label_smoothing, of);
        real dsmooth = share_of(dl, smooth_share, of);
        if (of->reduction == MLP_REDUCTION_MEAN) {
            dnll /= total_weight[0];
            dsmooth /= total_weight[1];
        }
        if (ignored)
            dnll = dsmooth = 0;
        const size_t i = k / of->positions, p = k % of->positions;
        for (size_t c = 0; c < of->classes; c++) {
            const real w = weight ? weight[c] : 1;
            const real nll = !ignored && target[k] == (int64_t)c ? w * -dnll : 0;
            dlog_probabilities[(i * of->classes + c) * of->positions + p] = nll + -dsmooth * w;
        }
    }
}
