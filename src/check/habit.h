/* A slip that somebody makes whenever he does the same thing counts once: at each parameter and each
 * step of an optimizer, in a loss and its gradient and each time it is computed, in dropout and its
 * gradient, at each gradient that is not set to zero. What it gives is computed so from then on. */
#ifndef MLPSTEP_CHECK_HABIT_H
#define MLPSTEP_CHECK_HABIT_H

#include "slip.h"

#include "path.h"

/* For mlp_slip's `adopt`: the slip is made from this step on wherever the same is done. */
bool slip_adopt_habit(slip_case *c);

/* Makes the slips that are habits in a step on the path that has just been done in the replay
 * m->own; results that are fixed stay, but for those of what the path skips. */
void habit_repeat(marking *m, const path *p, const mlp_step *step);
/* Does a step in both replays as the answers' author does it. */
void habit_run_in_both(marking *m, const mlp_step *step);

/* So all up to that one. */
void habit_run_up_to(marking *m, const mlp_step *last);

/* The answer that showed that a habit counts in the step, on the path; NULL where none does. */
const item *habit_shown_in(const marking *m, const mlp_step *step);
const item *habit_shown_on(const marking *m, const path *p);

/* The step in which the slip was made; of one of writing, that which gave the answer. */
const mlp_step *habit_step_of(const slip_case *c);
/* Whether it can become a habit: none counts in its step yet. */
bool habit_can_begin(const slip_case *c);
/* It is one from now on, the first of m->habits. False without memory. */
bool habit_begin(const slip_case *c);

#endif
