/* Slips in a softmax, and in the gradient of a loss over it. */
#ifndef MLPSTEP_CHECK_SLIPS_SOFTMAX_H
#define MLPSTEP_CHECK_SLIPS_SOFTMAX_H

#include "slip.h"

bool slip_exp_base_2(slip_case *c);
bool slip_exp_base_10(slip_case *c);
bool slip_no_exp(slip_case *c);
bool slip_sigmoid_for_softmax(slip_case *c);
bool slip_sigmoid_derivative(slip_case *c);
bool slip_softmax_not_differentiated(slip_case *c);

#endif
