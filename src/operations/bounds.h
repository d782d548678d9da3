/* How the bounds of operations follow from those of their inputs, for their rows: see
 * mlpstep/bound.h for the rules, and bounded.h for the arithmetic that each formula is written in.
 * A function without `back` is for forward. */
#ifndef MLPSTEP_OPERATIONS_BOUNDS_H
#define MLPSTEP_OPERATIONS_BOUNDS_H

#include "bounded.h"

typedef void bound_function(const mlp_call *call, const mlp_bounds *bounds);

/* bound_moved.c */
bound_function bound_embedding, bound_embedding_back;
bound_function bound_overwrite, bound_overwrite_back;
bound_function bound_index_put, bound_index_put_back, bound_masked_fill;
bound_function bound_scatter_add, bound_scatter_add_back, bound_index_add, bound_index_add_back;
/* bound_layers.c */
bound_function bound_linear, bound_linear_back, bound_dropout, bound_dropout_back;
/* bound_activations.c */
bound_function bound_relu, bound_relu_back, bound_leaky_relu, bound_leaky_relu_back;
bound_function bound_sigmoid, bound_sigmoid_back, bound_tanh, bound_tanh_back;
bound_function bound_prelu, bound_prelu_back;
bound_function bound_elu, bound_elu_back, bound_selu, bound_selu_back, bound_celu, bound_celu_back;
/* bound_element_activations.c */
bound_function bound_silu, bound_silu_back;
bound_function bound_mish, bound_mish_back;
bound_function bound_softplus, bound_softplus_back;
bound_function bound_logsigmoid, bound_logsigmoid_back;
bound_function bound_gelu, bound_gelu_back;
bound_function bound_hardtanh, bound_hardtanh_back;
bound_function bound_relu6, bound_relu6_back;
bound_function bound_hardsigmoid, bound_hardsigmoid_back;
bound_function bound_hardswish, bound_hardswish_back;
bound_function bound_softshrink, bound_softshrink_back;
bound_function bound_hardshrink, bound_hardshrink_back;
bound_function bound_threshold, bound_threshold_back;
/* bound_glu.c */
bound_function bound_glu, bound_glu_back;
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
/* bound_pointwise.c; of add also for sub, rsub and neg */
bound_function bound_add, bound_add_back, bound_sub, bound_rsub, bound_neg;
bound_function bound_add_scaled, bound_sub_scaled, bound_add_scaled_back;
bound_function bound_mul, bound_mul_back, bound_div, bound_div_back;
bound_function bound_pow, bound_pow_back, bound_rpow, bound_rpow_back;
bound_function bound_reciprocal, bound_reciprocal_back, bound_exp, bound_exp_back;
bound_function bound_log, bound_log_back, bound_sqrt, bound_sqrt_back;
bound_function bound_abs, bound_abs_back, bound_clamp, bound_clamp_back;
bound_function bound_xlogy, bound_xlogy_back;
bound_function bound_maximum, bound_maximum_back, bound_minimum, bound_minimum_back;
bound_function bound_compare, bound_to, bound_to_back;
/* bound_functions.c; of sign and its like there is no slope */
bound_function bound_sin, bound_sin_back, bound_cos, bound_cos_back;
bound_function bound_log1p, bound_log1p_back, bound_log10, bound_log10_back;
bound_function bound_log2, bound_log2_back, bound_expm1, bound_expm1_back;
bound_function bound_erfinv, bound_erfinv_back;
bound_function bound_erf, bound_erf_back, bound_rsqrt, bound_rsqrt_back;
bound_function bound_sign, bound_floor, bound_ceil, bound_round, bound_no_slope;
bound_function bound_round_decimals, bound_trunc, bound_frac, bound_nan_to_num;
bound_function bound_deg2rad, bound_deg2rad_back, bound_rad2deg, bound_rad2deg_back;
/* bound_angles.c */
bound_function bound_tan, bound_asin, bound_acos, bound_atan, bound_sinh, bound_cosh;
bound_function bound_asinh, bound_acosh, bound_atanh, bound_exp2, bound_logit, bound_logit_back;
/* bound_functions_of_two.c; of remainder also for fmod */
bound_function bound_atan2, bound_hypot, bound_remainder, bound_divided_whole, bound_logaddexp;
bound_function bound_copysign, bound_fmax, bound_fmin, bound_heaviside;
bound_function bound_addcmul, bound_addcdiv, bound_lerp, bound_clamp_between;
/* bound_logic.c; of isfinite also for isnan and isinf */
bound_function bound_bits, bound_isfinite, bound_isclose;
/* bound_products.c */
bound_function bound_matmul, bound_matmul_back, bound_mm_within_back;
/* bound_reduce.c */
bound_function bound_sum, bound_sum_back, bound_mean, bound_mean_back, bound_expand_back;
bound_function bound_mean_beside;
bound_function bound_var, bound_var_back, bound_std, bound_std_back;
bound_function bound_norm, bound_norm_back, bound_norm_of_order;
bound_function bound_logsumexp, bound_logsumexp_back;
bound_function bound_max, bound_max_back, bound_min, bound_min_back;
bound_function bound_max_dim, bound_max_dim_back, bound_min_dim, bound_min_dim_back;
bound_function bound_argmax, bound_argmin;
/* bound_extremes.c */
bound_function bound_extremes, bound_cdist, bound_cdist_back;
/* bound_linear_algebra.c */
bound_function bound_solve, bound_det, bound_cholesky, bound_trace, bound_trace_back;
/* bound_spectral.c */
bound_function bound_eigh, bound_svdvals, bound_pinv, bound_logabsdet, bound_sign_of_det;
bound_function bound_unknown, bound_unknown_back;
/* bound_cumulate.c */
bound_function bound_cumsum, bound_cumsum_back, bound_cumprod, bound_cumprod_back;
bound_function bound_prod, bound_prod_back;
/* bound_order.c */
bound_function bound_ordered, bound_ordered_back, bound_argsort;
bound_function bound_median, bound_median_back, bound_mode, bound_mode_back;
bound_function bound_so_far, bound_so_far_back;
/* bound_norms.c */
bound_function bound_layer_norm, bound_layer_norm_back, bound_batch_norm, bound_batch_norm_back;
bound_function bound_running_mean, bound_running_var;
/* bound_optimizers.c */
bound_function bound_sgd, bound_adam, bound_adamw, bound_rmsprop;
bound_function bound_adagrad, bound_adamax, bound_adadelta, bound_radam, bound_rprop;

#endif
