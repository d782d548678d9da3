/* Squared error, t = target
 *
 *   l[i] = (x[i] - t[i])^2
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = 2 * (x[i] - t[i]) * dL/dl[i],  dL/dt[i] = 2 * (t[i] - x[i]) * dL/dl[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 *
 *   x, target, dx, dtarget, l, scratch    n elements
 *   loss, dloss                           n elements for NONE, else one
 */
#include "mlpstep/kernels/mse_loss.h"
#include "joined.h"
#include "real.h"

void KERNEL(mse_loss_forward)(real *loss, real *scratch, const real *x, const real *target,
                              const mlp_element_loss *of) {
    real *l = losses_of(loss, scratch, of);
    for (size_t i = 0; i < of->n; i++)
        l[i] = (x[i] - target[i]) * (x[i] - target[i]);
    join_losses(loss, l, of);
}

/* d is the gradient of the first of two operands whose difference is squared. */
static void gradient(real *d, const real *dloss, const real *first, const real *second,
                     const mlp_element_loss *of) {
    /* PyTorch rounds 2 / n once and multiplies by it, before dloss. */
    const real factor = (real)(of->reduction == MLP_REDUCTION_MEAN ? 2.0 / (double)of->n : 2.0);
    for (size_t i = 0; i < of->n; i++)
        d[i] = factor * (first[i] - second[i]) * dloss_at(dloss, i, of);
}

void KERNEL(mse_loss_backward)(real *dx, real *dtarget, const real *dloss, const real *x,
                               const real *target, const mlp_element_loss *of) {
    if (dx)
        gradient(dx, dloss, x, target, of);
    /* Not -dx: where x = target both are +0. */
    if (dtarget)
        gradient(dtarget, dloss, target, x, of);
}
