/* Where a function has no derivative: the kinks of ReLU, abs, max and their kin. */
#ifndef MLPSTEP_CHECK_KINKS_H
#define MLPSTEP_CHECK_KINKS_H

#include "mlpstep/replay.h"

/* A number for the sides of all their kinks that the steps stand on, in the replay's tensors: left,
 * right or exactly on it. Between two points with the same number, the steps compute one smooth
 * function. (Different sides have the same number with a chance of 2^-64.) */
uint64_t kinks_sides(mlp_replay *replay, const mlp_step *const *steps, size_t count);

#endif
