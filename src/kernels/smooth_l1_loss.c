/* Smooth L1 loss, t = target, d[i] = x[i] - t[i]
 *
 *   l[i] = d[i]^2 / (2 beta)    where |d[i]| < beta
 *          |d[i]| - beta / 2    elsewhere
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = d[i] / beta * dL/dl[i]    where |d[i]| < beta
 *              sign(d[i]) * dL/dl[i]     elsewhere
 *   dL/dt[i] = -dL/dx[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 *
 * beta = 0 makes l[i] = |d[i]|, which has no derivative at 0: PyTorch takes sign(0) = -1 there, for
 * dL/dx and for dL/dt.
 *
 *   x, target, dx, dtarget, l, scratch    n elements
 *   loss, dloss                           n elements for NONE, else one
 */
#include "mlpstep/kernels/smooth_l1_loss.h"
#include "joined.h"
#include "real.h"

void KERNEL(smooth_l1_loss_forward)(real *loss, real *scratch, const real *x, const real *target,
                                    const mlp_element_loss *of, double beta) {
    real *l = losses_of(loss, scratch, of);
    const real end = (real)beta, half = (real)0.5;
    for (size_t i = 0; i < of->n; i++) {
        const real size = (real)fabs(x[i] - target[i]);
        l[i] = size < end ? half * size * size / end : size - half * end;
    }
    join_losses(loss, l, of);
}

static real gradient_in_vector(real d, real dl, real factor, double beta) {
    const real end = (real)beta;
    if (fabs(d) >= end)
        return factor * (real)(d > 0 ? 1 : -1) * dl;
    return factor * (d / end) * dl;
}

/* PyTorch leaves beta a double here, whatever the type, and divides last. */
static real gradient_in_tail(real d, real dl, real factor, double beta) {
    if (d <= -beta)
        return -factor * dl;
    if (d >= beta)
        return factor * dl;
    return (real)(factor * d * dl / beta);
}

/* d is the gradient of the first of two operands that are subtracted. */
static void gradient(real *d, const real *dloss, const real *first, const real *second,
                     const mlp_element_loss *of, double beta) {
    /* PyTorch rounds 1 / n once and multiplies by it, before dloss. */
    const real factor = (real)(of->reduction == MLP_REDUCTION_MEAN ? 1.0 / (double)of->n : 1.0);
    for (size_t i = 0; i < of->n; i++) {
        const real dl = dloss_at(dloss, i, of);
        d[i] = is_in_vector(i, of->n, &of->loop)
                   ? gradient_in_vector(first[i] - second[i], dl, factor, beta)
                   : gradient_in_tail(first[i] - second[i], dl, factor, beta);
    }
}

void KERNEL(smooth_l1_loss_backward)(real *dx, real *dtarget, const real *dloss, const real *x,
                                     const real *target, const mlp_element_loss *of, double beta) {
    if (dx)
        gradient(dx, dloss, x, target, of, beta);
    /* Not -dx: where x = target both are +0, or with beta = 0 both are -dloss. */
    if (dtarget)
        gradient(dtarget, dloss, target, x, of, beta);
}
