/* What optimizers keep of their gradients. */
#ifndef MLPSTEP_KERNELS_AVERAGE_H
#define MLPSTEP_KERNELS_AVERAGE_H

#include "mlpstep/kernels/adam.h"
#include "real.h"

/* The factors of Adam that no element has part in; keep1 + add1 = 1, keep2 + add2 = 1. */
typedef struct {
    const mlp_adam_options *options;
    real keep1, add1, keep2, add2, step, root, eps, decay, shrink;
} adam_factors;

/* The larger; nan where one is. */
static inline real larger(real a, real b) {
    return isnan(a) || a > b ? a : b;
}

/* The average of m and g, by lerp or not; keep + add = 1. */
static inline real average(real m, real g, real keep, real add, bool by_lerp) {
    if (!by_lerp)
        return real_fma(add, g, keep * m);
    return add < (real)0.5 ? real_fma(add, g - m, m) : real_fma(add - 1, g - m, g);
}

#endif
