/* Slips of the name that an answer is given. */
#ifndef MLPSTEP_CHECK_SLIPS_NAMING_H
#define MLPSTEP_CHECK_SLIPS_NAMING_H

#include "slip.h"

bool slip_other_step(slip_case *c);

#endif
