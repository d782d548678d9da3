/* What the bounds of updates share. */
#ifndef MLPSTEP_OPERATIONS_BOUND_UPDATES_H
#define MLPSTEP_OPERATIONS_BOUND_UPDATES_H

#include "bounded.h"

/* (1 - share) old + share new, by two products, or by lerp: old + share (new - old), from the nearer
 * end. The roundings of lerp are those of exact old and new. */
bounded bounded_average(rounding r, bounded keep, bounded share, bounded old, bounded new);
bounded bounded_larger(bounded a, bounded b);
/* 1 - beta^t, computed in double. */
bounded bounded_correction(double beta, int64_t t);
/* a / b, where b is a sum of what is not negative and eps. */
bounded bounded_divided(rounding r, bounded a, bounded b, bounded eps);
/* How far dp moves the first update, lr dp / (|dp| + eps): hardly, where its sign is known. */
double first_moved(const mlp_options *o, bounded dp);
/* The same of dp / (c |dp| + eps). */
double first_moved_by(double c, double eps, bounded dp);

#endif
