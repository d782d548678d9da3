/* A slip that somebody makes whenever an optimizer steps counts once: what it gives is computed so
 * from then on. */
#ifndef MLPSTEP_CHECK_HABIT_H
#define MLPSTEP_CHECK_HABIT_H

#include "slip.h"

#include "path.h"

/* For mlp_slip's `adopt`: the slip is made in all steps of the optimizer from this one on. */
bool slip_adopt_habit(slip_case *c);

/* Does a step in the replay m->own as the answers' author does it; results that are fixed stay,
 * but for those of an item that is skipped, which may be NULL. */
void habit_run(marking *m, const mlp_step *step, const item *skipped);
/* The same in both replays. */
void habit_run_in_both(marking *m, const mlp_step *step);

/* The answer that showed that a habit counts in the step, on the path; NULL where none does. */
const item *habit_shown_in(const marking *m, const mlp_step *step);
const item *habit_shown_on(const marking *m, const path *p);

#endif
