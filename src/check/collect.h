/* The marks of items that were judged, in the order in which they are told. */
#ifndef MLPSTEP_CHECK_COLLECT_H
#define MLPSTEP_CHECK_COLLECT_H

#include "marking.h"

/* False without memory. */
bool collect_marks(marking *m, mlp_marks *marks);

#endif
