/* Squared error, t = target
 *
 *   l[i] = (x[i] - t[i])^2
 *   NONE:  loss = l       SUM:  loss = sum of l       MEAN:  loss = sum of l / n
 *
 *   dL/dx[i] = 2 * (x[i] - t[i]) * dL/dl[i],  dL/dt[i] = 2 * (t[i] - x[i]) * dL/dl[i]
 *   dL/dl    = dL/dloss, for MEAN dL/dloss / n
 */
#include "mlpstep/kernels/mse_loss.h"
#include "real.h"
#include "sum.h"

void KERNEL(mse_loss_forward)(real *loss, real *scratch, const real *x, const real *target,
                              size_t n, mlp_reduction reduction) {
    real *l = reduction == MLP_REDUCTION_NONE ? loss : scratch;
    for (size_t i = 0; i < n; i++)
        l[i] = (x[i] - target[i]) * (x[i] - target[i]);
    if (reduction == MLP_REDUCTION_NONE)
        return;
    *loss = KERNEL(sum)(l, n);
    if (reduction == MLP_REDUCTION_MEAN)
        *loss /= (real)n;
}

/* d is the gradient of the first of two operands whose difference is squared. */
static void gradient(real *d, const real *dloss, const real *first, const real *second, size_t n,
                     mlp_reduction reduction) {
    /* PyTorch rounds 2 / n once and multiplies by it, before dloss. */
    const real factor = (real)(reduction == MLP_REDUCTION_MEAN ? 2.0 / (double)n : 2.0);
    for (size_t i = 0; i < n; i++)
        d[i] = factor * (first[i] - second[i]) * dloss[reduction == MLP_REDUCTION_NONE ? i : 0];
}

void KERNEL(mse_loss_backward)(real *dx, real *dtarget, const real *dloss, const real *x,
                               const real *target, size_t n, mlp_reduction reduction) {
    if (dx)
        gradient(dx, dloss, x, target, n, reduction);
    /* Not -dx: where x = target both are +0. */
    if (dtarget)
        gradient(dtarget, dloss, target, x, n, reduction);
}
