/* The other ways by which people derive what an operation gives (mlp_route): from the answer for
 * the result of another operation of the same input. */
#ifndef MLPSTEP_CHECK_ROUTE_H
#define MLPSTEP_CHECK_ROUTE_H

#include "marking.h"

/* Finds, for each step whose operation has a route, the answered value that it goes by. False
 * without memory. */
bool routes_find(marking *m);

/* The value that a step can be done by, forward or backward; NULL where there is none. */
const mlp_value *route_of(const marking *m, const mlp_step *step);
/* What the result of such a step is computed from then; as mlp_value_sources. */
size_t route_sources(const marking *m, const mlp_value *value,
                     const mlp_value *sources[MLP_MAX_SOURCES]);

/* Does the step in the replay by its route. */
void route_run(const marking *m, mlp_replay *replay, const mlp_step *step);

#endif
