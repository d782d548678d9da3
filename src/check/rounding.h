/* How far rounding moves the result of a computation. */
#ifndef MLPSTEP_CHECK_ROUNDING_H
#define MLPSTEP_CHECK_ROUNDING_H

#include "mlpstep/replay.h"

/* The sum of |dv v| over the numbers v that sum(seed * root), of all roots, was computed from, each
 * with its gradient dv. Where every v is wrong by a part r of itself, the result is wrong by up to
 * r times this. The logarithm in log_softmax and in the binary cross-entropy of scores is rounded
 * like a number near 1 even where it cancels to almost 0, so it counts as one. */
double rounding_terms(mlp_replay *replay, const mlp_sweep *sweep);

#endif
