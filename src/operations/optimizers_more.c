/* Updates of a parameter by less common rules. */
#include "optimizers.h"

#include "bounds.h"

#include "mlpstep/kernels/adadelta.h"
#include "mlpstep/kernels/adagrad.h"
#include "mlpstep/kernels/adamax.h"
#include "mlpstep/kernels/radam.h"
#include "mlpstep/kernels/rprop.h"

#include <math.h>

/* --- what these share --- */

/* Outputs are the parameter and so many states; `names` are theirs, in messages. */
static bool check_update(const mlp_call *call, mlp_shape *out, size_t states,
                         const char *const names[], mlp_diagnostic *error) {
    const mlp_options *o = &call->options;
    for (size_t i = 0; i <= states; i++)
        out[i] = shape_of(call->in[0]);
    for (size_t i = 0; i < states; i++)
        if (!check_update_state(call, call->in[2 + i], names[i], error))
            return false;
    return check_update_gradient(call, error) &&
           check_fits(o->weight_decay, "weight_decay", call->in[0], error);
}

static void start(const mlp_call *call, size_t states) {
    copy_values(call->out[0], call->in[0]);
    for (size_t i = 0; i < states; i++)
        start_state(call->out[1 + i], call->in[2 + i], 0);
}

static unsigned keeps_one(const mlp_options *options) {
    (void)options;
    return 1 << 0;
}

static unsigned keeps_two(const mlp_options *options) {
    (void)options;
    return 1 << 0 | 1 << 1;
}

/* --- adagrad: parameter, gradient, sum --- */

static bool check_adagrad_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                               mlp_diagnostic *error) {
    static const char *const names[] = {"its sum"};
    const mlp_options *o = &call->options;
    const double divisor = 1 + ((double)o->step - 1) * o->lr_decay;
    return (divisor != 0 || mlp_error(error, "lr_decay=%g divides by 0 at step %lld", o->lr_decay,
                                      (long long)o->step)) &&
           check_update(call, out, 1, names, error) &&
           check_fits(o->lr / divisor, "lr / (1 + (step - 1) * lr_decay)", call->in[0], error);
}

static void adagrad_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_adagrad_options options = {.lr = given->lr,
                                         .lr_decay = given->lr_decay,
                                         .eps = given->eps,
                                         .weight_decay = given->weight_decay,
                                         .step = given->step,
                                         .maximize = given->maximize};
    copy_values(call->out[0], call->in[0]);
    start_state(call->out[1], call->in[2], given->value);
    CALL_KERNEL(call, adagrad_step, call->out[0]->data, call->out[1]->data, call->in[1]->data,
                call->in[0]->numel, &options);
}

static bool check_adagrad(const mlp_options *options, mlp_diagnostic *error) {
    return check_not_negative("lr", "learning rate", options->lr, error) &&
           check_not_negative("lr_decay", "lr_decay value", options->lr_decay, error) &&
           check_not_negative("weight_decay", "weight_decay value", options->weight_decay, error) &&
           check_not_negative("initial_accumulator_value", "initial_accumulator_value value",
                              options->value, error) &&
           check_not_negative("eps", "epsilon value", options->eps, error);
}

static const mlp_optimizer adagrad = {
    .name = "Adagrad",
    .file = "adagrad",
    .options = "lr: number = 1e-2, lr_decay: number = 0, weight_decay: number = 0, "
               "initial_accumulator_value: number = 0, eps: number = 1e-10, *, "
               "maximize: bool = False",
    .settings = FOREACH,
    .later = {{NULL, FOREACH ", " DIFFERENTIABLE ", " FUSED, MLP_LISTS_CAPTURABLE}},
    .states = {".sum"},
    .kept = keeps_one,
    .counts_steps = true,
    .lists_step = true,
    .step_is_tensor = true,
    .begins_with = "initial_accumulator_value",
    .order = "lr lr_decay eps weight_decay initial_accumulator_value foreach maximize",
    .ordered_until = MLP_BEHAVIOURS,
    .check = check_adagrad};

const mlp_operation mlp_adagrad = {
    .name = "adagrad",
    .symbols = "p dp s",
    .formula = DECAYED
    "s = [!first? s + ][first? [initial_accumulator_value? initial_accumulator_value + ]]" GRADIENT
    "^2; "
    "p = p - [lr_decay? (lr / (1 + (step - 1) lr_decay))][!lr_decay? lr] " GRADIENT
    " / (sqrt(s) + eps)",
    .outputs = 2,
    .optimizer = &adagrad,
    .traits = MLP_IS_UPDATE,
    .learning_rate = learning_rate,
    .check = check_adagrad_step,
    .forward = adagrad_forward,
    .bound = bound_adagrad};

/* --- adamax: parameter, gradient, exp_avg, exp_inf --- */

static bool check_adamax_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                              mlp_diagnostic *error) {
    static const char *const names[] = {"its exp_avg", "its exp_inf"};
    const mlp_options *o = &call->options;
    return check_powers(o, error) && check_update(call, out, 2, names, error) &&
           check_fits(o->lr / (1 - pow(o->betas[0], (double)o->step)),
                      "lr / (1 - betas[0] ** step)", call->in[0], error);
}

static void adamax_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_adamax_options options = {.lr = given->lr,
                                        .betas = {given->betas[0], given->betas[1]},
                                        .eps = given->eps,
                                        .weight_decay = given->weight_decay,
                                        .step = given->step,
                                        .maximize = given->maximize,
                                        .by_lerp =
                                            mlp_release_has(&call->release, MLP_AVERAGES_BY_LERP)};
    start(call, 2);
    CALL_KERNEL(call, adamax_step, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                call->in[1]->data, call->in[0]->numel, &options);
}

static const mlp_optimizer adamax = {
    .name = "Adamax",
    .alike_in_foreach = true,
    .file = "adamax",
    .options = "lr: number = 2e-3, betas = (0.9, 0.999), eps: number = 1e-8, "
               "weight_decay: number = 0, *, maximize: bool = False",
    .settings = FOREACH,
    .later = {{NULL, FOREACH ", " DIFFERENTIABLE ", " CAPTURABLE, MLP_LISTS_CAPTURABLE}},
    .states = {".exp_avg", ".exp_inf"},
    .kept = keeps_two,
    .counts_steps = true,
    .lists_step = true,
    .step_is_tensor = true,
    .order = "lr betas eps weight_decay foreach maximize",
    .ordered_until = MLP_BEHAVIOURS,
    .check = check_adam};

const mlp_operation mlp_adamax = {.name = "adamax",
                                  .symbols = "p dp m u",
                                  .formula = DECAYED
                                  "m = [!first? betas0 m + ](1 - betas0) " GRADIENT "; "
                                  "u = [first? |" GRADIENT
                                  "| + eps][!first? max(betas1 u, |" GRADIENT "| + eps)]; "
                                  "p = p - lr m / (1 - betas0^step) / u",
                                  .outputs = 3,
                                  .optimizer = &adamax,
                                  .traits = MLP_IS_UPDATE,
                                  .learning_rate = learning_rate,
                                  .check = check_adamax_step,
                                  .forward = adamax_forward,
                                  .bound = bound_adamax};

/* --- adadelta: parameter, gradient, square_avg, acc_delta --- */

static bool check_adadelta_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                mlp_diagnostic *error) {
    static const char *const names[] = {"its square_avg", "its acc_delta"};
    return check_update(call, out, 2, names, error) &&
           check_fits(call->options.lr, "lr", call->in[0], error);
}

static void adadelta_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_adadelta_options options = {.lr = given->lr,
                                          .rho = given->alpha,
                                          .eps = given->eps,
                                          .weight_decay = given->weight_decay,
                                          .maximize = given->maximize};
    start(call, 2);
    CALL_KERNEL(call, adadelta_step, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                call->in[1]->data, call->in[0]->numel, &options);
}

static bool check_adadelta(const mlp_options *options, mlp_diagnostic *error) {
    if (!check_not_negative("lr", "learning rate", options->lr, error))
        return false;
    if (!(options->alpha >= 0 && options->alpha <= 1))
        return mlp_error(mlp_raises(error, "ValueError: Invalid rho value: {rho}"),
                         "rho=%g must be between 0 and 1", options->alpha);
    return check_not_negative("eps", "epsilon value", options->eps, error) &&
           check_not_negative("weight_decay", "weight_decay value", options->weight_decay, error);
}

static const mlp_optimizer adadelta = {
    .name = "Adadelta",
    .alike_in_foreach = true,
    .file = "adadelta",
    .options = "lr: number = 1.0, rho: number = 0.9, eps: number = 1e-6, weight_decay: number = 0, "
               "*, maximize: bool = False",
    .settings = FOREACH,
    .later = {{NULL, CAPTURABLE ", " FOREACH ", " DIFFERENTIABLE, MLP_LISTS_CAPTURABLE}},
    .states = {".square_avg", ".acc_delta"},
    .kept = keeps_two,
    .lists_step = true,
    .check = check_adadelta};

const mlp_operation mlp_adadelta = {.name = "adadelta",
                                    .symbols = "p dp v a",
                                    .formula = DECAYED
                                    "v = [!first? rho v + ](1 - rho) " GRADIENT "^2; "
                                    "u = " GRADIENT " sqrt([!first? a + ]eps) / sqrt(v + eps); "
                                    "a = [!first? rho a + ](1 - rho) u^2; p = p - lr u",
                                    .outputs = 3,
                                    .optimizer = &adadelta,
                                    .traits = MLP_IS_UPDATE,
                                    .learning_rate = learning_rate,
                                    .check = check_adadelta_step,
                                    .forward = adadelta_forward,
                                    .bound = bound_adadelta};

/* --- radam: parameter, gradient, exp_avg, exp_avg_sq --- */

static bool check_radam_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    static const char *const names[] = {"its exp_avg", "its exp_avg_sq"};
    const mlp_options *o = &call->options;
    return check_powers(o, error) &&
           ((o->betas[1] != 1 && pow(o->betas[1], (double)o->step) != 1) ||
            refuse_beta(o, 1, error)) &&
           check_update(call, out, 2, names, error) && check_fits(o->lr, "lr", call->in[0], error);
}

static void radam_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_radam_options options = {.lr = given->lr,
                                       .betas = {given->betas[0], given->betas[1]},
                                       .eps = given->eps,
                                       .weight_decay = given->weight_decay,
                                       .step = given->step,
                                       .maximize = given->maximize,
                                       .by_lerp =
                                           mlp_release_has(&call->release, MLP_AVERAGES_BY_LERP)};
    start(call, 2);
    CALL_KERNEL(call, radam_step, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                call->in[1]->data, call->in[0]->numel, &options);
}

#define RADAM \
    "lr: number = 1e-3, betas = (0.9, 0.999), eps: number = 1e-8, weight_decay: number = 0"

static const mlp_optimizer radam = {
    .name = "RAdam",
    .file = "radam",
    .options = RADAM,
    .settings = FOREACH,
    .later = {{RADAM ", *, maximize: bool = False",
               FOREACH ", " CAPTURABLE ", decoupled_weight_decay: bool = False, " DIFFERENTIABLE,
               MLP_LISTS_CAPTURABLE}},
    .states = {".exp_avg", ".exp_avg_sq"},
    .kept = keeps_two,
    .counts_steps = true,
    .lists_step = true,
    .step_is_tensor = true,
    .check = check_adam};

const mlp_operation mlp_radam = {
    .name = "radam",
    .symbols = "p dp m v",
    .formula = DECAYED "m = [!first? betas0 m + ](1 - betas0) " GRADIENT "; "
                       "v = [!first? betas1 v + ](1 - betas1) " GRADIENT "^2; "
                       "u = m / (1 - betas0^step); "
                       "h = 2 / (1 - betas1) - 1; k = h - 2 step betas1^step / (1 - betas1^step); "
                       "p = p - lr u sqrt((k - 4) (k - 2) h / ((h - 4) (h - 2) k)) "
                       "sqrt(1 - betas1^step) / (sqrt(v) + eps) where k > 5, p - lr u elsewhere",
    .outputs = 3,
    .optimizer = &radam,
    .traits = MLP_IS_UPDATE,
    .learning_rate = learning_rate,
    .check = check_radam_step,
    .forward = radam_forward,
    .bound = bound_radam};

/* --- rprop: parameter, gradient, prev, step_size --- */

static bool check_rprop_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    static const char *const names[] = {"its prev", "its step_size"};
    const mlp_options *o = &call->options;
    return check_update(call, out, 2, names, error) &&
           check_fits(o->etas[0], "etas[0]", call->in[0], error) &&
           check_fits(o->etas[1], "etas[1]", call->in[0], error) &&
           check_fits(o->step_sizes[0], "step_sizes[0]", call->in[0], error) &&
           check_fits(o->step_sizes[1], "step_sizes[1]", call->in[0], error) &&
           check_fits(o->lr, "lr", call->in[0], error);
}

static void rprop_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_rprop_options options = {.etas = {given->etas[0], given->etas[1]},
                                       .step_sizes = {given->step_sizes[0], given->step_sizes[1]},
                                       .maximize = given->maximize};
    start(call, 1);
    start_state(call->out[2], call->in[3], given->lr);
    CALL_KERNEL(call, rprop_step, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                call->in[1]->data, call->in[0]->numel, &options);
}

static bool check_rprop(const mlp_options *options, mlp_diagnostic *error) {
    if (!check_not_negative("lr", "learning rate", options->lr, error))
        return false;
    return (options->etas[0] > 0 && options->etas[0] < 1 && options->etas[1] > 1) ||
           mlp_error(mlp_raises(error, "ValueError: Invalid eta values: {etas[0]}, {etas[1]}"),
                     "etas=(%g, %g) must be between 0 and 1, and above 1", options->etas[0],
                     options->etas[1]);
}

static const mlp_optimizer rprop = {
    .name = "Rprop",
    .alike_in_foreach = true,
    .file = "rprop",
    .options = "lr: number = 1e-2, etas = (0.5, 1.2), step_sizes = (1e-6, 50), *, "
               "maximize: bool = False",
    .settings = FOREACH,
    .later = {{NULL, FOREACH ", " DIFFERENTIABLE ", " CAPTURABLE, MLP_LISTS_CAPTURABLE}},
    .states = {".prev", ".step_size"},
    .kept = keeps_two,
    .lists_step = true,
    .order = "lr etas step_sizes foreach maximize",
    .ordered_until = MLP_BEHAVIOURS,
    .check = check_rprop};

const mlp_operation mlp_rprop = {.name = "rprop",
                                 .symbols = "p dp q s",
                                 .formula =
                                     "[maximize? g = -dp; ][!first? c = " ASCENDED " q; "
                                     "s = s etas1 where c > 0, s etas0 where c < 0, s elsewhere; ]"
                                     "[first? s = lr; ]s = min(max(s, step_sizes0), step_sizes1); "
                                     "q = [first? " ASCENDED "][!first? 0 where c < 0, " ASCENDED
                                     " elsewhere]; p = p - s sign(q)",
                                 .outputs = 3,
                                 .optimizer = &rprop,
                                 .traits = MLP_IS_UPDATE,
                                 .check = check_rprop_step,
                                 .forward = rprop_forward,
                                 .bound = bound_rprop};
