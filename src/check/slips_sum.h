/* Slips in the sums of a product: a term left out, or with the wrong sign. */
#ifndef MLPSTEP_CHECK_SLIPS_SUM_H
#define MLPSTEP_CHECK_SLIPS_SUM_H

#include "slip.h"

enum {
    MOST_TERMS = 8,    /* of a sum, of which one is left out ... */
    MOST_NUMBERS = 512 /* ... in so many sums at once */
};

bool slip_term_forgotten(slip_case *c);
bool slip_bias_subtracted(slip_case *c);

#endif
