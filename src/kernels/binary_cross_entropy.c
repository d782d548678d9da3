/* Binary cross-entropy of probabilities, t = target, w = weight, 1 without one
 *
 *   l[i] = w[i] ((t[i] - 1) max(log(1 - x[i]), -100) - t[i] max(log(x[i]), -100))
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = dL/dl[i] (x[i] - t[i]) / max((1 - x[i]) x[i], 1e-12) w[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 *
 *   x, target, weight, dx, l, scratch    n elements
 *   loss, dloss                          n elements for NONE, else one
 */
#include "mlpstep/kernels/binary_cross_entropy.h"
#include "elementary.h"
#include "joined.h"

static real clamped(real log) {
    return log < -100 ? -100 : log;
}

/* log1p(-x) in place of log(1 - x) with by_log1p. */
static real loss_of(real x, real t, bool by_log1p) {
    const real log_rest = by_log1p ? KERNEL(real_log1p_scalar)(-x) : KERNEL(real_log_scalar)(1 - x);
    return (t - 1) * clamped(log_rest) - t * clamped(KERNEL(real_log_scalar)(x));
}

void KERNEL(binary_cross_entropy_forward)(real *loss, real *scratch, const real *x,
                                          const real *target, const real *weight,
                                          const mlp_element_loss *of) {
    real *l = losses_of(loss, scratch, of);
    for (size_t i = 0; i < of->n; i++) {
        l[i] = loss_of(x[i], target[i], of->by_log1p);
        if (weight)
            l[i] *= weight[i];
    }
    join_losses(loss, l, of);
}

void KERNEL(binary_cross_entropy_backward)(real *dx, const real *dloss, const real *x,
                                           const real *target, const real *weight,
                                           const mlp_element_loss *of) {
    const real least = 1e-12F; /* a float in PyTorch, also for float64 */
    for (size_t i = 0; i < of->n; i++) {
        const real slope = (1 - x[i]) * x[i];
        const real dl = dloss_at(dloss, i, of);
        dx[i] = dl * (x[i] - target[i]) / (slope < least ? least : slope);
        if (weight)
            dx[i] *= weight[i];
        if (of->reduction == MLP_REDUCTION_MEAN)
            dx[i] /= (real)of->n;
    }
}
