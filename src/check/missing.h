/* The values that a sheet says nothing of. */
#ifndef MLPSTEP_CHECK_MISSING_H
#define MLPSTEP_CHECK_MISSING_H

#include "marking.h"

/* Blank items, in the order of the report, for the entries that a worksheet would ask for and the
 * sheet does not have. False without memory. */
bool missing_items(marking *m, item **items, size_t *count);

#endif
