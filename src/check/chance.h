/* How likely the numbers of a wrong answer are those of a slip by chance alone. */
#ifndef MLPSTEP_CHECK_CHANCE_H
#define MLPSTEP_CHECK_CHANCE_H

#include "slip.h"

/* The numbers of a wrong item: as they should be, and as a slip would have them. */
typedef struct numbers {
    double *right, *right_bound, *value, *bound;
    double reach; /* a number as far as this from what is computed does not follow from it */
} numbers;

/* How many slips would give the answer by chance, on average. */
typedef struct chances {
    double whole; /* all of it */
    double parts; /* the numbers that are wrong, whatever it makes of the others */
} chances;

/* Of a slip that was made, with what it gives as the value: 0 where it leaves a wrong number as it
 * should be. */
chances chances_of_slip(const marking *m, const slip_case *c, const numbers *n);

/* Of a slip of writing, made or not, which leaves most numbers as they should be: that these are
 * right tells as much. */
chances chances_of_writing(const marking *m, const slip_case *c, const numbers *n);

#endif
