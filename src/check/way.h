/* A path gone: what the steps give for an answer, and what rounding can do to it. */
#ifndef MLPSTEP_CHECK_WAY_H
#define MLPSTEP_CHECK_WAY_H

#include "go.h"

/* Until the path is left, its ways go out from its steps done as it does them, which is done once.
 * False without memory: it is to be left nevertheless. */
bool way_enter(marking *m, const path *p);
void way_leave(marking *m);

/* What the way gives for the item's value, with its tolerance: `value` and `bound` have room for
 * its numbers. With `as_written`, from exactly the numbers that are written; else from each answer
 * as its author had it. False where the step cannot be done so. Where a path is entered, it is the
 * way's. */
bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound);

/* The value alone that a way of the path that is entered gives; false where it cannot be done so. */
bool way_find_value(marking *m, const item *it, const way *w, double *value);

#endif
