/* Slips of writing a number down. */
#ifndef MLPSTEP_CHECK_SLIPS_WRITING_H
#define MLPSTEP_CHECK_SLIPS_WRITING_H

#include "slip.h"

bool slip_sign_flipped(slip_case *c);
bool slip_digits_swapped(slip_case *c);
bool slip_decimal_point_shifted(slip_case *c);
bool slip_other_element(slip_case *c);
bool slip_gradients_not_zeroed(slip_case *c);

#endif
