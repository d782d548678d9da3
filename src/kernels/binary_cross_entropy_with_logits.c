/* Binary cross-entropy of scores, t = target, w = weight and p = pos_weight, 1 without them
 *
 *   l[i] = w[i] ((1 - t[i]) x[i] + ((p[i] - 1) t[i] + 1) log(1 + exp(-x[i])))
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = dL/dl[i] ((p[i] t[i] + 1 - t[i]) sigmoid(x[i]) - p[i] t[i]) w[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 *
 *   x, target, weight, pos_weight, dx, l, scratch    n elements
 *   loss, dloss                                      n elements for NONE, else one
 */
#include "mlpstep/kernels/binary_cross_entropy_with_logits.h"
#include "elementary.h"
#include "joined.h"
#include "mlpstep/kernels/sigmoid.h"

/* With by_log1p: log(1 + exp(-x)) is -s, s = log(sigmoid(x)). */
static real later_loss_of(real x, real t, const real *p) {
    const real size = x < 0 ? -x : x, least = x < 0 ? x : 0;
    const real s = least - KERNEL(real_log1p)(KERNEL(real_exp)(-size));
    return (1 - t) * x - (p ? ((*p - 1) * t + 1) * s : s);
}

/* Without p, PyTorch adds the two terms of log(1 + exp(-x)) one after the other. */
static real loss_of(real x, real t, const real *p) {
    const real m = -x < 0 ? 0 : -x; /* with exp(m) taken out, exp cannot overflow */
    const real rest = KERNEL(real_log)(KERNEL(real_exp)(-m) + KERNEL(real_exp)(-x - m));
    if (p)
        return (1 - t) * x + ((*p - 1) * t + 1) * (rest + m);
    return (1 - t) * x + m + rest;
}

void KERNEL(binary_cross_entropy_with_logits_forward)(real *loss, real *scratch, const real *x,
                                                      const real *target, const real *weight,
                                                      const real *pos_weight,
                                                      const mlp_element_loss *of) {
    real *l = losses_of(loss, scratch, of);
    for (size_t i = 0; i < of->n; i++) {
        const real *p = pos_weight ? pos_weight + i : NULL;
        l[i] = of->by_log1p ? later_loss_of(x[i], target[i], p) : loss_of(x[i], target[i], p);
        if (weight)
            l[i] *= weight[i];
    }
    join_losses(loss, l, of);
}

void KERNEL(binary_cross_entropy_with_logits_backward)(real *dx, const real *dloss, const real *x,
                                                       const real *target, const real *weight,
                                                       const real *pos_weight,
                                                       const mlp_element_loss *of) {
    KERNEL(sigmoid_forward)(dx, x, of->n, &of->loop);
    for (size_t i = 0; i < of->n; i++) {
        const real t = target[i], pt = pos_weight ? pos_weight[i] * t : t;
        dx[i] = pos_weight ? (pt + 1 - t) * dx[i] - pt : dx[i] - t;
        dx[i] *= dloss_at(dloss, i, of);
        if (weight)
            dx[i] *= weight[i];
        if (of->reduction == MLP_REDUCTION_MEAN)
            dx[i] /= (real)of->n;
    }
}
