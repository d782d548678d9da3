/* Which elements of a leaf gradcheck takes, where all of them would take too long. */
#ifndef MLPSTEP_CHECK_SAMPLE_H
#define MLPSTEP_CHECK_SAMPLE_H

#include "mlpstep/gradcheck.h"

typedef struct sample sample;
struct sample {
    mlp_gradcheck_result *result;
    double cost; /* of checking all elements, over all backwards */
    size_t *at;  /* the `count` that are checked, ascending; NULL: all */
    size_t count;
    size_t passed; /* elements that sample_takes was asked about */
    size_t taken;  /* and those that it took */
    sample *next;
};

/* What it costs to check so many elements of each, or all where there are no more. */
double sample_cost(const sample *first, size_t most);

/* How many of each may be checked for that cost. */
size_t sample_affordable(const sample *first, double cost);

/* Chooses so many elements, or all, spread over the backwards, rows and columns: always the same
 * ones. False without memory. */
bool sample_choose(sample *s, mlp_arena *arena, size_t most);

/* Whether the next element, in the order of the backwards and then of storage, is checked. */
bool sample_takes(sample *s);

#endif
