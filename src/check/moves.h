/* What the rounding of the answers that a way begins with does to what it gives: their numbers are
 * moved, and the way is gone again. */
#ifndef MLPSTEP_CHECK_MOVES_H
#define MLPSTEP_CHECK_MOVES_H

#include "go.h"

/* Whether any of the answers was rounded. */
bool moves_any(const path *p);

/* Adds the sum over their numbers of how far each moves the value. */
bool moves_add_bound(marking *m, const item *it, const way *w, const double *value, double *bound);

/* Moves all numbers at once, some upwards and some downwards, a few times: how far each element went
 * at most, which is less than that sum, comes to `farthest`. False where the item is farther off
 * than the sum can be. */
bool moves_probe(marking *m, const item *it, const way *w, const double *value, double *farthest);

#endif
