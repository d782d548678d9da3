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
bound_function bound_sigmoid, bound_sigmoid_back, bound_tanh, bound_tanh_back;
bound_function bound_elu, bound_elu_back;
/* bound_softmax.c */
bound_function bound_softmax, bound_softmax_back, bound_log_softmax, bound_log_softmax_back;
/* bound_losses.c */
bound_function bound_nll_loss, bound_nll_loss_back;
bound_function bound_cross_entropy_smoothed, bound_cross_entropy_smoothed_back;
bound_function bound_cross_entropy_probabilities, bound_cross_entropy_probabilities_back;
/* bound_element_losses.c */
bound_function bound_mse_loss, bound_mse_loss_back, bound_huber_loss, bound_huber_loss_back;
bound_function bound_smooth_l1_loss, bound_smooth_l1_loss_back;
bound_function bound_binary_cross_entropy, bound_binary_cross_entropy_back;
bound_function bound_binary_cross_entropy_with_logits, bound_binary_cross_entropy_with_logits_back;
/* bound_optimizers.c */
bound_function bound_sgd, bound_adam;

#endif
