/* Huber loss, t = target, d[i] = x[i] - t[i]
 *
 *   l[i] = d[i]^2 / 2                     where |d[i]| < delta
 *          delta * (|d[i]| - delta / 2)   elsewhere
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = d[i] * dL/dl[i]                  where |d[i]| < delta
 *              delta * sign(d[i]) * dL/dl[i]    elsewhere
 *   dL/dt[i] = -dL/dx[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 *
 *   x, target, dx, dtarget, l, scratch    n elements
 *   loss, dloss                           n elements for NONE, else one
 */
#include "mlpstep/kernels/huber_loss.h"
#include "joined.h"
#include "real.h"

void KERNEL(huber_loss_forward)(real *loss, real *scratch, const real *x, const real *target,
                                const mlp_element_loss *of, double delta) {
    real *l = losses_of(loss, scratch, of);
    const real end = (real)delta, half = (real)0.5;
    for (size_t i = 0; i < of->n; i++) {
        const real size = (real)fabs(x[i] - target[i]);
        l[i] = size < end ? half * size * size : end * (size - half * end);
    }
    join_losses(loss, l, of);
}

static real gradient_in_vector(real d, real dl, real factor, double delta) {
    const real end = (real)delta;
    if (fabs(d) >= end)
        return factor * (d > 0 ? end : -end) * dl;
    return factor * d * dl;
}

/* PyTorch leaves delta a double here, whatever the type. */
static real gradient_in_tail(real d, real dl, real factor, double delta) {
    if (d <= -delta)
        return (real)(-factor * dl * delta);
    if (d >= delta)
        return (real)(factor * dl * delta);
    return factor * d * dl;
}

/* d is the gradient of the first of two operands that are subtracted. */
static void gradient(real *d, const real *dloss, const real *first, const real *second,
                     const mlp_element_loss *of, double delta) {
    /* PyTorch rounds 1 / n once and multiplies by it, before dloss. */
    const real factor = (real)(of->reduction == MLP_REDUCTION_MEAN ? 1.0 / (double)of->n : 1.0);
    for (size_t i = 0; i < of->n; i++) {
        const real dl = dloss_at(dloss, i, of);
        d[i] = is_in_vector(i, of->n, &of->loop)
                   ? gradient_in_vector(first[i] - second[i], dl, factor, delta)
                   : gradient_in_tail(first[i] - second[i], dl, factor, delta);
    }
}

void KERNEL(huber_loss_backward)(real *dx, real *dtarget, const real *dloss, const real *x,
                                 const real *target, const mlp_element_loss *of, double delta) {
    if (dx)
        gradient(dx, dloss, x, target, of, delta);
    /* Not -dx: where x = target both are +0. */
    if (dtarget)
        gradient(dtarget, dloss, target, x, of, delta);
}
