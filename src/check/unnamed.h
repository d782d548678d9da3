/* Tensors without names, in the order of the report. */
#ifndef MLPSTEP_CHECK_UNNAMED_H
#define MLPSTEP_CHECK_UNNAMED_H

#include "marking.h"

/* Gives the items that have no value yet, and are not left out, values of the report of their shapes,
 * in its order: as many as can be, and of all ways to do that the one in which most of them have their
 * numbers. Those that are none stay without. False without memory. */
bool unnamed_find(marking *m);

#endif
