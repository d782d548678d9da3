/* What the rows of optimizers share. */
#ifndef MLPSTEP_OPERATIONS_OPTIMIZERS_H
#define MLPSTEP_OPERATIONS_OPTIMIZERS_H

#include "row.h"

/* In formulas: g, which is the gradient with its decay and in the direction of the option maximize,
 * where that is not dp itself; either of them; and the same where the parameter decays by itself. */
#define DECAYED "[weight_decay|maximize? g = [maximize? -]dp[weight_decay?  + weight_decay p]; ]"
#define GRADIENT "[weight_decay|maximize? g][!weight_decay|maximize? dp]"
#define ASCENDED "[maximize? g][!maximize? dp]"

/* Whether in[1] is a gradient of the parameter in[0]. */
bool check_update_gradient(const mlp_call *call, mlp_diagnostic *error);
/* Whether a state, which may be NULL, is as its parameter was at the step before. */
bool check_update_state(const mlp_call *call, const mlp_tensor *state, const char *name,
                        mlp_diagnostic *error);
double *learning_rate(mlp_options *options);
/* What the kernel goes on from, in place: the state before, or that number. */
void start_state(mlp_tensor *new, const mlp_tensor *old, double first);

/* For the `check` of a mlp_optimizer; `called` is what PyTorch's words call the option. */
bool check_not_negative(const char *option, const char *called, double number,
                        mlp_diagnostic *error);
/* Says that betas[i] is below 0, or not below 1; returns false, as mlp_error does. */
bool refuse_beta(const mlp_options *options, size_t i, mlp_diagnostic *error);
/* param_groups takes any betas, but not all make a step: Python raises where it divides by
 * 1 - betas[0] ** step or takes the root of 1 - betas[1] ** step, and where a power overflows. */
bool check_powers(const mlp_options *options, mlp_diagnostic *error);
/* Whether PyTorch makes an Adam or the like with such lr, eps, betas and weight_decay. */
bool check_adam(const mlp_options *options, mlp_diagnostic *error);

/* Settings that several have. */
#define FOREACH "foreach: Optional[bool] = None"
#define DIFFERENTIABLE "differentiable: bool = False"
#define CAPTURABLE "capturable: bool = False"
#define FUSED "fused: Optional[bool] = None"

#endif
