/* What logarithms of both types share. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_LOGARITHM_H
#define MLPSTEP_KERNELS_LOGARITHM_H

#include "pair.h"

/* log(m) is 2 (r + r^3/3 + r^5/5 + ...) with this r. */
static inline pair log_argument(real m) {
    return pair_divide(sum_of(-1, m), sum_of(1, m));
}

/* The logarithm, to any base, of what is not positive and finite. */
static inline real log_at_the_ends(real x) {
    return x == 0 ? -(real)INFINITY : x > 0 ? x : (real)NAN;
}

static inline bool is_at_the_ends(real x) {
    return !(x > 0 && x < (real)INFINITY);
}

#endif
