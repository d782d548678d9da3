/* What an answer follows from: the steps between the nearest other answers and it. */
#ifndef MLPSTEP_CHECK_PATH_H
#define MLPSTEP_CHECK_PATH_H

#include "marking.h"

typedef struct path {
    const mlp_step **steps; /* between those answers and the value, in order */
    size_t step_count;
    item **roots; /* the answers; those that are given inputs, too */
    size_t root_count;
    double cost; /* numbers that one run of the steps computes */
} path;

/* False without memory. */
bool path_find(marking *m, const mlp_value *value, path *p);

#endif
