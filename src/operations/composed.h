/* Gradients as compositions of operations, for their rows: each function writes one row's, and
 * composition.h has what they are written in.
 *
 * The steps are in the order of PyTorch's, in which their own gradients are added up later: of two
 * operands the right one comes first, as a compiler of C++ evaluates it there, and of several
 * gradients the one whose argument comes first in the alphabet. So no two of the calls that make
 * steps may be arguments of one. */
#ifndef MLPSTEP_OPERATIONS_COMPOSED_H
#define MLPSTEP_OPERATIONS_COMPOSED_H

#include "mlpstep/operation.h"

typedef void compose_function(mlp_composition *c);

/* compose_pointwise.c */
compose_function compose_add, compose_sub, compose_add_scaled, compose_sub_scaled, compose_rsub;
compose_function compose_mul, compose_div, compose_neg, compose_to;
compose_function compose_mul_scalar, compose_div_scalar;
compose_function compose_xlogy, compose_pow, compose_pow_tensor, compose_rpow;
compose_function compose_clamp, compose_clamp_min, compose_clamp_max, compose_maximum,
    compose_minimum;
/* compose_functions.c */
compose_function compose_reciprocal, compose_exp, compose_log, compose_sqrt, compose_abs;
compose_function compose_sin, compose_cos, compose_log1p, compose_log10, compose_log2;
compose_function compose_erfinv;
compose_function compose_expm1, compose_erf, compose_rsqrt, compose_zeros;
compose_function compose_tan, compose_asin, compose_acos, compose_atan, compose_exp2;
compose_function compose_nan_to_num, compose_deg2rad, compose_rad2deg, compose_logit;
compose_function compose_sinh, compose_cosh, compose_asinh, compose_acosh, compose_atanh;
/* compose_linear_algebra.c */
compose_function compose_trace;
compose_function compose_solve, compose_det, compose_logabsdet, compose_pinv;
/* compose_functions_of_two.c */
compose_function compose_atan2, compose_hypot, compose_remainder, compose_fmod, compose_logaddexp;
compose_function compose_divided_whole, compose_copysign, compose_fmax, compose_fmin;
compose_function compose_addcmul, compose_addcdiv, compose_lerp, compose_clamp_between;
/* compose_moved.c */
compose_function compose_same, compose_repeat, compose_repeat_shape, compose_reshape,
    compose_unsqueeze, compose_unsqueeze_part, compose_squeeze;
compose_function compose_expand, compose_permute, compose_transpose, compose_t;
compose_function compose_select, compose_unbind, compose_slice, compose_index, compose_gather;
compose_function compose_index_put, compose_embedding;
compose_function compose_index_select, compose_masked_select, compose_where, compose_masked_fill;
compose_function compose_cat, compose_stack;
/* compose_arranged.c */
compose_function compose_flip, compose_roll, compose_diagonal, compose_diag, compose_tril;
compose_function compose_triu, compose_split, compose_scatter, compose_scatter_add,
    compose_index_add;
/* compose_reduce.c */
compose_function compose_prod;
compose_function compose_sum, compose_mean, compose_var, compose_std, compose_norm, compose_dist;
compose_function compose_extremes, compose_extreme, compose_extreme_dim, compose_so_far,
    compose_logsumexp, compose_cumsum, compose_cumprod;
/* compose_products.c */
compose_function compose_matmul, compose_mm_within, compose_linear;
/* compose_norms.c */
compose_function compose_layer_norm, compose_batch_norm;
/* compose_activations.c */
compose_function compose_relu, compose_leaky_relu, compose_elu, compose_sigmoid, compose_tanh;
compose_function compose_selu, compose_celu, compose_prelu;
compose_function compose_gelu, compose_silu, compose_softplus, compose_hardtanh, compose_relu6;
compose_function compose_hardshrink;
compose_function compose_softmax, compose_log_softmax, compose_dropout;
/* compose_element_activations.c */
compose_function compose_hardswish, compose_glu;
compose_function compose_softshrink, compose_threshold, compose_mish, compose_logsigmoid;
/* compose_losses.c */
compose_function compose_nll_loss, compose_cross_entropy_smoothed;
compose_function compose_cross_entropy_probabilities;
compose_function compose_mse_loss, compose_huber_loss, compose_smooth_l1_loss;
compose_function compose_binary_cross_entropy, compose_binary_cross_entropy_with_logits;

#endif
