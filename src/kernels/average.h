/* What optimizers keep of their gradients. */
#ifndef MLPSTEP_KERNELS_AVERAGE_H
#define MLPSTEP_KERNELS_AVERAGE_H

#include "real.h"

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
