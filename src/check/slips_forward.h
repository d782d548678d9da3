/* Slips of the forward pass, and of the backward pass where they are the same ones. */
#ifndef MLPSTEP_CHECK_SLIPS_FORWARD_H
#define MLPSTEP_CHECK_SLIPS_FORWARD_H

#include "slip.h"

enum {
    MOST_ACTIVATIONS = 4 /* that are tried in the place of one */
};

/* The bias that the step adds; NULL where it adds none. */
const mlp_value *slip_bias_of(const slip_case *c);

bool slip_transposed_weight(slip_case *c);
bool slip_no_bias(slip_case *c);
bool slip_no_activation(slip_case *c);
bool slip_slope_ignored(slip_case *c);
bool slip_slope_everywhere(slip_case *c);
bool slip_no_dropout_scale(slip_case *c);
bool slip_dropout_scale_by_p(slip_case *c);
bool slip_other_mask(slip_case *c);
bool slip_adopt_mask(slip_case *c);
bool slip_softmax_not_normalised(slip_case *c);
bool slip_log_base_2(slip_case *c);
bool slip_log_base_10(slip_case *c);
bool slip_sum_not_mean(slip_case *c);
bool slip_mean_not_sum(slip_case *c);
bool slip_dropout_scale_multiplied(slip_case *c);
bool slip_no_dropout(slip_case *c);
bool slip_other_activation(slip_case *c);
bool slip_derivative_of_input(slip_case *c);
bool slip_result_for_derivative(slip_case *c);

#endif
