/* A path gone: what the steps give for an answer, and what rounding can do to it. */
#ifndef MLPSTEP_CHECK_WAY_H
#define MLPSTEP_CHECK_WAY_H

#include "manner.h"
#include "path.h"

/* A step done another way: overwrites its results in the replay, and returns false where it cannot
 * be done so. */
typedef bool variant(marking *m, const mlp_step *step, void *context);

/* One way to come from the answers to a value: the steps, one of them done another way if
 * `instead` is not NULL. */
typedef struct way {
    const path *path;
    const mlp_step *step;
    variant *instead;
    bool in_all; /* so are all steps of the same optimizer */
    void *context;
    const manner *as; /* what is left open on the way is rounded so; NULL: it is not */
} way;

/* What the way gives for the item's value, with its tolerance: `value` and `bound` have room for
 * its numbers. With `as_written`, from exactly the numbers that are written; else from each answer
 * as its author had it. False where the step cannot be done so. */
bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound);

#endif
