/* The catalogue of slips. To add one, write its function and its row in the table of slips.c. */
#ifndef MLPSTEP_CHECK_SLIPS_H
#define MLPSTEP_CHECK_SLIPS_H

#include "slip.h"

/* The likeliest first; ended by a row without slug. */
extern const slip slips[];

#endif
