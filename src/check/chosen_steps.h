/* Of which steps of a training answers are, and which of them the trace holds. */
#ifndef MLPSTEP_CHECK_CHOSEN_STEPS_H
#define MLPSTEP_CHECK_CHOSEN_STEPS_H

#include "marking.h"

/* The number of the next training step that the trace holds, and tells of; 0 behind the last. */
uint64_t next_step(const mlp_entry **entry);

bool holds_step(const marking *m, uint64_t step);

/* Whether a port may well print of that step, and --step leaves it out. */
bool is_of_other_step(const marking *m, uint64_t step);

/* Whether the answers are of the steps that the trace holds; of a port, what is of others is left out.
 * In a trace of all steps a line # --step=N tells in which of them the sections below it are. False, with
 * the diagnostic, where they are of others, and without memory. */
bool check_steps(marking *m);

/* Whether no answer says that it is of a step behind the last; false, with the diagnostic. */
bool check_last_step(marking *m, uint64_t last);

#endif
