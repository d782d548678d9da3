/* A path gone: what the steps give for an answer, and what rounding can do to it. */
#ifndef MLPSTEP_CHECK_WAY_H
#define MLPSTEP_CHECK_WAY_H

#include "go.h"

/* What the way gives for the item's value, with its tolerance: `value` and `bound` have room for
 * its numbers. With `as_written`, from exactly the numbers that are written; else from each answer
 * as its author had it. False where the step cannot be done so. */
bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound);

/* The value alone that a step done another way, or a slip of writing, gives for what is computed;
 * false where it cannot be done so. Only what follows from that step is computed again, as long as the path is not
 * left. */
bool way_find_value(marking *m, const item *it, const way *w, double *value);
void way_leave(marking *m, const item *it, const path *p);

#endif
