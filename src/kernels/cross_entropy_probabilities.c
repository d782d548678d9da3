/* Cross-entropy against class probabilities, with t = target, w = weight, s = label_smoothing
 *
 *   q[i, c, p] = t[i, c, p] * (1 - s) + s / classes,  t for s = 0
 *   l[i, p]    = -sum over c of log_probabilities[i, c, p] * q[i, c, p] * w[c]
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / (batch * positions)
 *
 *   dL/dlog_probabilities[i, c, p] = -dL/dl[i, p] * w[c] * q[i, c, p]
 *   dL/dt[i, c, p]                 = -dL/dl[i, p] * w[c] * log_probabilities[i, c, p] * (1 - s)
 *   dL/dl = dL/dloss, for MEAN dL/dloss / (batch * positions)
 *
 *   log_probabilities, target and their gradients, scratch  (batch, classes, positions)
 *   weight                                                  (classes), or NULL: all 1
 *   loss, dloss                                             (batch, positions) for NONE, else one
 */
#include "mlpstep/kernels/cross_entropy_probabilities.h"
#include "real.h"
#include "sum.h"

/* q for one t. */
static real smoothed(real t, const mlp_class_loss *of) {
    const double s = of->label_smoothing;
    return s > 0 ? t * (real)(1 - s) + (real)(s / (double)of->classes) : t;
}

void KERNEL(cross_entropy_probabilities_forward)(real *loss, real *scratch,
                                                 const real *log_probabilities, const real *target,
                                                 const real *weight, const mlp_class_loss *of) {
    const size_t in_sample = of->classes * of->positions, n = of->batch * in_sample;
    for (size_t k = 0; k < n; k++) {
        scratch[k] = log_probabilities[k] * smoothed(target[k], of);
        if (weight)
            scratch[k] *= weight[k / of->positions % of->classes];
    }
    if (of->reduction == MLP_REDUCTION_NONE) {
        for (size_t i = 0; i < of->batch; i++) {
            const real *sample = scratch + i * in_sample;
            KERNEL(column_sum)(loss + i * of->positions, sample, of->classes, of->positions);
        }
        for (size_t i = 0; i < of->batch * of->positions; i++)
            loss[i] = -loss[i];
        return;
    }
    /* Not the sum of l: PyTorch adds all products in one sum. */
    *loss = -KERNEL(sum)(scratch, n);
    if (of->reduction == MLP_REDUCTION_MEAN)
        *loss /= (real)(of->batch * of->positions);
}

void KERNEL(cross_entropy_probabilities_backward)(real *dlog_probabilities, real *dtarget,
                                                  const real *dloss, const real *log_probabilities,
                                                  const real *target, const real *weight,
                                                  const mlp_class_loss *of) {
    for (size_t k = 0; k < of->batch * of->classes * of->positions; k++) {
        const size_t i = k / of->positions / of->classes, p = k % of->positions;
        real dl = dloss[of->reduction == MLP_REDUCTION_NONE ? i * of->positions + p : 0];
        if (of->reduction == MLP_REDUCTION_MEAN)
            dl /= (real)(of->batch * of->positions);
        real dproduct = -dl;
        if (weight)
            dproduct *= weight[k / of->positions % of->classes];
        if (dlog_probabilities)
            dlog_probabilities[k] = dproduct * smoothed(target[k], of);
        if (dtarget) {
            dtarget[k] = dproduct * log_probabilities[k];
            if (of->label_smoothing > 0)
                dtarget[k] *= (real)(1 - of->label_smoothing);
        }
    }
}
