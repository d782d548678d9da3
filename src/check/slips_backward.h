/* Slips of the backward pass. */
#ifndef MLPSTEP_CHECK_SLIPS_BACKWARD_H
#define MLPSTEP_CHECK_SLIPS_BACKWARD_H

#include "slip.h"

bool slip_onehot_minus_p(slip_case *c);
bool slip_no_onehot(slip_case *c);
bool slip_activation_derivative_missing(slip_case *c);
bool slip_mask_missing_backward(slip_case *c);
bool slip_transposed_gradient(slip_case *c);
bool slip_updated_weights_in_backward(slip_case *c);
bool slip_batch_not_averaged(slip_case *c);
bool slip_gradient_averaged(slip_case *c);

#endif
