/* The other ways by which people derive what an operation gives (mlp_route): from the answer for
 * the result of another operation of the same input. */
#ifndef MLPSTEP_CHECK_ROUTE_H
#define MLPSTEP_CHECK_ROUTE_H

#include "marking.h"

/* Finds, for each step whose operation has a route, the answered value that it goes by. False
 * without memory. */
bool routes_find(marking *m);

/* The value that a step can be done by, forward or backward, of the states of an update the first;
 * NULL where there is none. */
const mlp_value *route_of(const marking *m, const mlp_step *step);
/* The i-th result of an update where it is a state that it keeps, from 1 on; else NULL. */
const mlp_value *route_state(const mlp_step *step, size_t i);
/* Whether the step is an update, and the value a state that it keeps. */
bool route_goes_by(const mlp_step *step, const mlp_value *state);
/* What the result of such a step is computed from then; as mlp_value_sources. */
size_t route_sources(const marking *m, const mlp_value *value,
                     const mlp_value *sources[MLP_MAX_SOURCES]);

/* Does the step in the replay by its route. */
void route_run(const marking *m, mlp_replay *replay, const mlp_step *step);

#endif
