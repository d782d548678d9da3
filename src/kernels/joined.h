/* How a loss element by element joins the losses l of its elements. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_JOINED_H
#define MLPSTEP_KERNELS_JOINED_H

#include "mlpstep/kernels/element_loss.h"
#include "sum.h"

/* Where l stands: for NONE, they are the loss. */
static inline real *losses_of(real *loss, real *scratch, const mlp_element_loss *of) {
    return of->reduction == MLP_REDUCTION_NONE ? loss : scratch;
}

static inline void join_losses(real *loss, const real *l, const mlp_element_loss *of) {
    if (of->reduction == MLP_REDUCTION_NONE)
        return;
    *loss = KERNEL(sum_in_memory)(l, of->n, of->loop.scattered ? &of->loop.order : NULL);
    if (of->reduction == MLP_REDUCTION_MEAN)
        *loss /= (real)of->n;
}

/* What arrives at l[i] from dloss, but for the mean's 1 / n: each kernel has it elsewhere. */
static inline real dloss_at(const real *dloss, size_t i, const mlp_element_loss *of) {
    return dloss[of->reduction == MLP_REDUCTION_NONE ? i : 0];
}

#endif
