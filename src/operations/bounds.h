/* How the bounds of operations follow from those of their inputs, for their rows: see
 * mlpstep/bound.h for the rules, and bounded.h for the arithmetic that each formula is written in.
 * A function without `back` is for forward. */
#ifndef MLPSTEP_OPERATIONS_BOUNDS_H
#define MLPSTEP_OPERATIONS_BOUNDS_H

#include "bounded.h"

typedef void bound_function(const mlp_call *call, const mlp_bounds *bounds);

/* bound_layers.c */
bound_function bound_linear, bound_linear_back, bound_dropout, bound_dropout_back;
/* bound_activations.c */
bound_function bound_relu, bound_relu_back, bound_leaky_relu, bound_leaky_relu_back;
bound_function bound_softmax, bound_softmax_back, bound_log_softmax, bound_log_softmax_back;
/* bound_losses.c */
bound_function bound_nll_loss, bound_nll_loss_back;
/* bound_optimizers.c */
bound_function bound_sgd;

#endif
