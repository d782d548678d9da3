/* Slips of the update: of an optimizer's, or of one that is written out, as in W -= lr * W.grad. */
#ifndef MLPSTEP_CHECK_SLIPS_UPDATE_H
#define MLPSTEP_CHECK_SLIPS_UPDATE_H

#include "slip.h"

bool slip_ascent(slip_case *c);
bool slip_no_learning_rate(slip_case *c);
bool slip_not_updated(slip_case *c);
bool slip_step_alone(slip_case *c);
bool slip_learning_rate_off(slip_case *c);
bool slip_no_weight_decay(slip_case *c);
bool slip_weight_decay_doubled(slip_case *c);
bool slip_weight_decay_subtracted(slip_case *c);
bool slip_no_momentum(slip_case *c);
bool slip_momentum_averaged(slip_case *c);
bool slip_no_nesterov(slip_case *c);
bool slip_no_bias_correction(slip_case *c);
bool slip_betas_exchanged(slip_case *c);
bool slip_no_square_root(slip_case *c);

#endif
