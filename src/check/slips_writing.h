/* Slips of writing a number down. */
#ifndef MLPSTEP_CHECK_SLIPS_WRITING_H
#define MLPSTEP_CHECK_SLIPS_WRITING_H

#include "slip.h"

bool slip_sign_flipped(slip_case *c);
bool slip_digits_swapped(slip_case *c);

#endif
