/* Cross-entropy against class probabilities, with t = target, w = weight, s = label_smoothing
 *
 *   q[i, c, p] = t[i, c, p] * (1 - s) + s / classes,  t for s = 0
 *   l[i, p]    = -sum over c of log_probabilities[i, c, p] * q[i, c, p] * w[c]
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / (batch * positions)
 *
 *   dL/dlog_probabilities[i, c, p] = -dL/dl[i, p] * w[c] * q[i, c, p]
 *   dL/dt[i, c, p]                 = -dL/dl[i, p] * w[c] * log_probabilities[i, c, p] * (1 - s)
 *   dL/dl = dL/dloss, for MEAN dL/dloss / (batch * positions)
 */
#include "mlpstep/kernels/cross_entropy_probabilities.h"
#include "real.h"
#include "sum.h"

/* q for one t. */
static real smoothed(real t, size_t classes, double label_smoothing) {
    if (label_smoothing > 0)
        return t * (real)(1 - label_smoothing) + (real)(label_smoothing / (double)classes);
    return t;
}

void KERNEL(cross_entropy_probabilities_forward)(real *loss, real *scratch,
                                                 const real *log_probabilities, const real *target,
                                                 const real *weight, size_t batch, size_t classes,
                                                 size_t positions, double label_smoothing,
                                                 mlp_reduction reduction) {
    const size_t n = batch * classes * positions;
    for (size_t k = 0; k < n; k++) {
        scratch[k] = log_probabilities[k] * smoothed(target[k], classes, label_smoothing);
        if (weight)
            scratch[k] *= weight[k / positions % classes];
    }
    if (reduction == MLP_REDUCTION_NONE) {
        for (size_t i = 0; i < batch; i++) {
            const real *sample = scratch + i * classes * positions;
            KERNEL(column_sum)(loss + i * positions, sample, classes, positions);
        }
        for (size_t i = 0; i < batch * positions; i++)
            loss[i] = -loss[i];
        return;
    }
    /* Not the sum of l: PyTorch adds all products in one sum. */
    *loss = -KERNEL(sum)(scratch, n);
    if (reduction == MLP_REDUCTION_MEAN)
        *loss /= (real)(batch * positions);
}

void KERNEL(cross_entropy_probabilities_backward)(real *dlog_probabilities, real *dtarget,
                                                  const real *dloss, const real *log_probabilities,
                                                  const real *target, const real *weight,
                                                  size_t batch, size_t classes, size_t positions,
                                                  double label_smoothing, mlp_reduction reduction) {
    for (size_t k = 0; k < batch * classes * positions; k++) {
        const size_t sample = k / positions / classes, p = k % positions;
        real dl = dloss[reduction == MLP_REDUCTION_NONE ? sample * positions + p : 0];
        if (reduction == MLP_REDUCTION_MEAN)
            dl /= (real)(batch * positions);
        real dproduct = -dl;
        if (weight)
            dproduct *= weight[k / positions % classes];
        if (dlog_probabilities)
            dlog_probabilities[k] = dproduct * smoothed(target[k], classes, label_smoothing);
        if (dtarget) {
            dtarget[k] = dproduct * log_probabilities[k];
            if (label_smoothing > 0)
                dtarget[k] *= (real)(1 - label_smoothing);
        }
    }
}
