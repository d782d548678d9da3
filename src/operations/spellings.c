/* The operations that scripts reach by the names in their rows, with no other code. */
#include "mlpstep/operation.h"

const mlp_operation *const mlp_optimizers[] = {
    &mlp_sgd, &mlp_adam, &mlp_adamw, &mlp_rmsprop, NULL,
};

const mlp_operation *const mlp_spelled[] = {
    /* activations.c */
    &mlp_relu,
    &mlp_leaky_relu,
    &mlp_sigmoid,
    &mlp_tanh,
    &mlp_elu,
    &mlp_silu,
    &mlp_mish,
    &mlp_softplus,
    &mlp_logsigmoid,
    &mlp_softsign,
    &mlp_tanhshrink,
    &mlp_gelu,
    &mlp_hardtanh,
    &mlp_relu6,
    &mlp_hardsigmoid,
    &mlp_hardswish,
    &mlp_softshrink,
    &mlp_threshold,
    &mlp_softmax,
    &mlp_log_softmax,
    /* losses.c */
    &mlp_mse_loss,
    &mlp_huber_loss,
    &mlp_smooth_l1_loss,
    /* element by element */
    &mlp_neg,
    &mlp_reciprocal,
    &mlp_exp,
    &mlp_log,
    &mlp_sqrt,
    &mlp_abs,
    &mlp_sin,
    &mlp_cos,
    &mlp_log1p,
    &mlp_log10,
    &mlp_log2,
    &mlp_expm1,
    &mlp_erf,
    &mlp_rsqrt,
    &mlp_sign,
    &mlp_floor,
    &mlp_ceil,
    &mlp_isnan,
    &mlp_isinf,
    &mlp_isfinite,
    &mlp_clamp,
    &mlp_clamp_min,
    &mlp_clamp_max,
    /* over dimensions */
    &mlp_argmax,
    &mlp_argmin,
    NULL,
};
