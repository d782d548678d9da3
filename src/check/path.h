/* What an answer follows from: the steps between the nearest other answers and it. */
#ifndef MLPSTEP_CHECK_PATH_H
#define MLPSTEP_CHECK_PATH_H

#include "marking.h"

typedef struct path {
    const mlp_value *to;
    const mlp_step **steps; /* between those answers and the value, in order */
    double *costs;          /* of each: numbers that it computes, and reads */
    size_t step_count;
    item **roots; /* the answers; those that are given inputs, too */
    size_t root_count;
    double cost;    /* numbers that one run of the steps computes */
    bool by_routes; /* steps that have a route are done by it */
    bool by_habit;  /* updates are done as the author of the answers does them, see habit.h */
    item *skipped;  /* an answer that is not among the roots, though it could be; or NULL */
} path;

/* Fills the path to the value that goes as its last members say. False without memory. */
bool path_find(marking *m, const mlp_value *value, path *p);

/* Numbers that one run of the step computes, and reads: p->costs has them of the path's steps. */
double path_cost_of(const mlp_step *step);

/* The value that the step is done by on this path; NULL where it is done as the script does it. */
const mlp_value *path_route(const marking *m, const path *p, const mlp_step *step);
/* Whether it is an update that is done by its new states there. */
bool path_goes_by_state(const marking *m, const path *p, const mlp_step *step);
/* Whether a step on the path has a route. */
bool path_has_routes(const marking *m, const path *p);

#endif
