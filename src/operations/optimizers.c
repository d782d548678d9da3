/* Updates of a parameter. */
#include "optimizers.h"

#include "bounds.h"

#include "mlpstep/kernels/adam.h"
#include "mlpstep/kernels/rmsprop.h"
#include "mlpstep/kernels/sgd.h"

#include <math.h>

/* --- what updates share --- */

bool check_update_gradient(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0], *gradient = call->in[1];
    char shape[MLP_SHAPE_TEXT], gradient_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(p, gradient))
        return mlp_error(error,
                         "a parameter of shape %s has a gradient of shape %s: it was "
                         "replaced between backward() and step()",
                         mlp_shape_text(shape, p), mlp_shape_text(gradient_shape, gradient));
    return check_same_dtype(p, "a parameter", gradient, "its gradient", error);
}

bool check_update_state(const mlp_call *call, const mlp_tensor *state, const char *name,
                        mlp_diagnostic *error) {
    const mlp_tensor *p = call->in[0];
    char shape[MLP_SHAPE_TEXT], state_shape[MLP_SHAPE_TEXT];
    if (state && !mlp_tensor_same_shape(p, state))
        return mlp_error(error,
                         "a parameter has shape %s, but %s has shape %s, from before it was "
                         "replaced: write a new optimizer",
                         mlp_shape_text(shape, p), name, mlp_shape_text(state_shape, state));
    return check_same_dtype(p, "a parameter", state, name, error);
}

double *learning_rate(mlp_options *options) {
    return &options->lr;
}

bool check_not_negative(const char *option, const char *called, double number,
                        mlp_diagnostic *error) {
    return number >= 0 ||
           mlp_error(mlp_raises(error, "ValueError: Invalid %s: {%s}", called, option),
                     "%s=%g must not be negative", option, number);
}

bool refuse_beta(const mlp_options *options, size_t i, mlp_diagnostic *error) {
    return mlp_error(error, "betas[%zu]=%g must be at least 0, and less than 1", i,
                     options->betas[i]);
}

/* --- sgd: parameter, gradient, momentum buffer or NULL --- */

/* Those that multiply a tensor on its way into another. */
static bool check_sgd_numbers(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_options *o = &call->options;
    const mlp_tensor *p = call->in[0];
    return check_fits(o->lr, "lr", p, error) &&
           check_fits(o->weight_decay, "weight_decay", p, error) &&
           (o->momentum == 0 || check_fits(1 - o->dampening, "1 - dampening", p, error)) &&
           (!o->nesterov || check_fits(o->momentum, "momentum", p, error));
}

static bool check_sgd_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = out[1] = shape_of(call->in[0]);
    return check_update_gradient(call, error) &&
           check_update_state(call, call->in[2], "its momentum buffer", error) &&
           check_sgd_numbers(call, error);
}

static void sgd_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_sgd_options options = {.lr = given->lr,
                                     .momentum = given->momentum,
                                     .dampening = given->dampening,
                                     .weight_decay = given->weight_decay,
                                     .nesterov = given->nesterov,
                                     .maximize = given->maximize};
    CALL_KERNEL(call, sgd_step, call->out[0]->data, data_of(call->out[1]), call->in[0]->data,
                call->in[1]->data, data_of(call->in[2]), call->in[0]->numel, &options);
}

/* p - lr d, where d is the new momentum buffer, or, with nesterov, the gradient with its decay and
 * momentum times that. */
static void sgd_by_buffer(const mlp_call *call) {
    const mlp_options *o = &call->options;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const double p = mlp_tensor_get(call->in[0], i), g = mlp_tensor_get(call->in[1], i);
        const double buffer = mlp_tensor_get(call->out[1], i);
        const double decayed = (o->maximize ? -g : g) + o->weight_decay * p;
        const double d = o->nesterov ? decayed + o->momentum * buffer : buffer;
        mlp_tensor_set(call->out[0], i, p - o->lr * d);
    }
}

static const mlp_route by_buffer = {.by_state = sgd_by_buffer};

static unsigned sgd_kept(const mlp_options *options) {
    return options->momentum != 0 ? 1 << 0 : 0;
}

/* Only SGD asks whether a number is below 0, which nan is not. */
static bool check_sgd_number(const char *option, const char *called, double number,
                             mlp_diagnostic *error) {
    return isnan(number) || check_not_negative(option, called, number, error);
}

static bool check_sgd(const mlp_options *options, mlp_diagnostic *error) {
    if (!check_sgd_number("lr", "learning rate", options->lr, error) ||
        !check_sgd_number("momentum", "momentum value", options->momentum, error) ||
        !check_sgd_number("weight_decay", "weight_decay value", options->weight_decay, error))
        return false;
    if (options->nesterov && (options->momentum <= 0 || options->dampening != 0))
        return mlp_error(
            mlp_raises(error,
                       "ValueError: Nesterov momentum requires a momentum and zero dampening"),
            "nesterov=True needs a momentum above 0 and no dampening");
    return true;
}

#define SGD_BEHIND_LR                                                           \
    ", momentum: number = 0, dampening: number = 0, weight_decay: number = 0, " \
    "nesterov: bool = False, *, maximize: bool = False"

static const mlp_optimizer sgd = {
    .name = "SGD",
    .alike_in_foreach = true,
    .file = "sgd",
    .options = "lr: number" SGD_BEHIND_LR,
    .settings = FOREACH ", " DIFFERENTIABLE,
    .later = {{"lr: number = 1e-3" SGD_BEHIND_LR, NULL, MLP_SGD_HAS_DEFAULT_RATE},
              {NULL, FOREACH ", " DIFFERENTIABLE ", " FUSED, MLP_LISTS_FUSED}},
    .states = {".momentum_buffer"},
    .kept = sgd_kept,
    .check = check_sgd};

const mlp_operation mlp_sgd = {
    .name = "sgd",
    .symbols = "p dp m",
    .formula =
        DECAYED "[momentum? m = [first? " GRADIENT
                "][!first? momentum m + [dampening? (1 - dampening) ]" GRADIENT "]; ]"
                "p = p - lr [momentum? [nesterov? (" GRADIENT " + momentum m)][!nesterov? m]]"
                "[!momentum? " GRADIENT "]",
    .outputs = 2,
    .optimizer = &sgd,
    .route = &by_buffer,
    .traits = MLP_WRITES_ALL | MLP_IS_UPDATE,
    .learning_rate = learning_rate,
    .check = check_sgd_step,
    .forward = sgd_forward,
    .bound = bound_sgd};

/* In formulas: the largest v, and the root of it or of v. */
#define LARGEST "[amsgrad? w = [first? v][!first? max(w, v)]; ]"
#define ROOT "(sqrt([amsgrad? w][!amsgrad? v] / (1 - betas1^step)) + eps)"

/* --- adam: parameter, gradient, exp_avg, exp_avg_sq, max_exp_avg_sq, each state or NULL --- */

bool check_powers(const mlp_options *options, mlp_diagnostic *error) {
    for (size_t i = 0; i < 2; i++) {
        const double power = pow(options->betas[i], (double)options->step);
        const bool overflows = isinf(power) && isfinite(options->betas[i]);
        if (overflows || (i == 0 ? power == 1 : power > 1))
            return refuse_beta(options, i, error);
    }
    return true;
}

/* PyTorch makes all states at the first step. */
static bool check_amsgrad(const mlp_call *call, mlp_diagnostic *error) {
    return !call->options.amsgrad || !call->in[2] || call->in[4] ||
           mlp_error(error, "amsgrad=True came after the first step, which made no max_exp_avg_sq: "
                            "write it where the optimizer is made");
}

static bool check_adam_numbers(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_options *o = &call->options;
    const double step_size = o->lr / (1 - pow(o->betas[0], (double)o->step));
    return check_fits(o->weight_decay, "weight_decay", call->in[0], error) &&
           check_fits(step_size, "lr / (1 - betas[0] ** step)", call->in[0], error) &&
           check_fits(1 - o->betas[0], "1 - betas[0]", call->in[0], error) &&
           check_fits(1 - o->betas[1], "1 - betas[1]", call->in[0], error);
}

static bool check_adam_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    for (size_t i = 0; i < 4; i++)
        out[i] = shape_of(call->in[0]);
    return check_powers(&call->options, error) && check_amsgrad(call, error) &&
           check_update_gradient(call, error) && check_adam_numbers(call, error) &&
           check_update_state(call, call->in[2], "its exp_avg", error) &&
           check_update_state(call, call->in[3], "its exp_avg_sq", error) &&
           check_update_state(call, call->in[4], "its max_exp_avg_sq", error);
}

void start_state(mlp_tensor *new, const mlp_tensor *old, double first) {
    if (old)
        copy_values(new, old);
    else
        for (size_t i = 0; i < new->numel; i++)
            mlp_tensor_set(new, i, first);
}

static void adam_step(const mlp_call *call, bool decoupled) {
    const mlp_options *given = &call->options;
    const mlp_adam_options options = {.lr = given->lr,
                                      .betas = {given->betas[0], given->betas[1]},
                                      .eps = given->eps,
                                      .weight_decay = given->weight_decay,
                                      .step = given->step,
                                      .amsgrad = given->amsgrad,
                                      .maximize = given->maximize,
                                      .decoupled = decoupled,
                                      .by_lerp =
                                          mlp_release_has(&call->release, MLP_AVERAGES_BY_LERP)};
    copy_values(call->out[0], call->in[0]);
    for (size_t i = 1; i <= (given->amsgrad ? 3 : 2); i++)
        start_state(call->out[i], call->in[1 + i], 0);
    CALL_KERNEL(call, adam_step, call->out[0]->data, call->out[1]->data, call->out[2]->data,
                data_of(call->out[3]), call->in[1]->data, call->in[0]->numel, &options);
}

static void adam_forward(const mlp_call *call) {
    adam_step(call, false);
}

static void adamw_forward(const mlp_call *call) {
    adam_step(call, true);
}

/* p - lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps), where m and v are the new averages,
 * or the largest v. */
static void step_by_averages(const mlp_call *call, bool decoupled) {
    const mlp_options *o = &call->options;
    const double step = o->lr / (1 - pow(o->betas[0], (double)o->step));
    const double root = sqrt(1 - pow(o->betas[1], (double)o->step));
    const double keep = decoupled ? 1 - o->lr * o->weight_decay : 1;
    const mlp_tensor *squares = call->out[o->amsgrad ? 3 : 2];
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const double p = mlp_tensor_get(call->in[0], i), m = mlp_tensor_get(call->out[1], i);
        const double v = mlp_tensor_get(squares, i);
        mlp_tensor_set(call->out[0], i, keep * p - step * m / (sqrt(v) / root + o->eps));
    }
}

static void adam_by_averages(const mlp_call *call) {
    step_by_averages(call, false);
}

static void adamw_by_averages(const mlp_call *call) {
    step_by_averages(call, true);
}

static const mlp_route adam_by_states = {.by_state = adam_by_averages};
static const mlp_route adamw_by_states = {.by_state = adamw_by_averages};

static unsigned adam_kept(const mlp_options *options) {
    return 1 << 0 | 1 << 1 | (options->amsgrad ? 1 << 2 : 0);
}

bool check_adam(const mlp_options *options, mlp_diagnostic *error) {
    if (!check_not_negative("lr", "learning rate", options->lr, error) ||
        !check_not_negative("eps", "epsilon value", options->eps, error))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (!(options->betas[i] >= 0 && options->betas[i] < 1))
            return refuse_beta(
                options, i,
                mlp_raises(error, "ValueError: Invalid beta parameter at index %zu: {betas[%zu]}",
                           i, i));
    return check_not_negative("weight_decay", "weight_decay value", options->weight_decay, error);
}

#define ADAM_SETTINGS FOREACH ", " CAPTURABLE ", " DIFFERENTIABLE

static const mlp_optimizer adam = {
    .name = "Adam",
    .alike_in_foreach = true,
    .file = "adam",
    .options = "lr: number = 1e-3, betas = (0.9, 0.999), eps: number = 1e-8, "
               "weight_decay: number = 0, amsgrad: bool = False, *, maximize: bool = False",
    .settings = ADAM_SETTINGS ", fused = False",
    .later = {{NULL, ADAM_SETTINGS ", " FUSED, MLP_LISTS_FUSED},
              {NULL, ADAM_SETTINGS ", " FUSED ", decoupled_weight_decay: bool = False",
               MLP_ADAM_LISTS_DECOUPLED}},
    .states = {".exp_avg", ".exp_avg_sq", ".max_exp_avg_sq"},
    .kept = adam_kept,
    .counts_steps = true,
    .lists_step = true,
    .check = check_adam};

const mlp_operation mlp_adam = {.name = "adam",
                                .symbols = "p dp m v w",
                                .formula = DECAYED
                                "m = [!first? betas0 m + ](1 - betas0) " GRADIENT "; "
                                "v = [!first? betas1 v + ](1 - betas1) " GRADIENT "^2; " LARGEST
                                "p = p - lr m / (1 - betas0^step) / " ROOT,
                                .outputs = 4,
                                .optimizer = &adam,
                                .route = &adam_by_states,
                                .traits = MLP_WRITES_ALL | MLP_IS_UPDATE,
                                .learning_rate = learning_rate,
                                .check = check_adam_step,
                                .forward = adam_forward,
                                .bound = bound_adam};

/* --- adamw: as adam, but that the parameter decays by itself --- */

#define ADAMW_SETTINGS FOREACH ", " CAPTURABLE

static const mlp_optimizer adamw = {
    .name = "AdamW",
    .alike_in_foreach = true,
    .file = "adamw",
    .options = "lr: number = 1e-3, betas = (0.9, 0.999), eps: number = 1e-8, "
               "weight_decay: number = 1e-2, amsgrad: bool = False, *, maximize: bool = False",
    .settings = ADAMW_SETTINGS,
    .later = {{NULL, ADAMW_SETTINGS ", " DIFFERENTIABLE ", " FUSED, MLP_LISTS_FUSED},
              {NULL, ADAM_SETTINGS ", " FUSED ", decoupled_weight_decay: bool = True",
               MLP_ADAMW_IS_ADAM}},
    .states = {".exp_avg", ".exp_avg_sq", ".max_exp_avg_sq"},
    .kept = adam_kept,
    .counts_steps = true,
    .lists_step = true,
    .order = "lr betas eps weight_decay amsgrad foreach maximize capturable differentiable fused",
    .ordered_until = MLP_ADAMW_IS_ADAM,
    .check = check_adam};

const mlp_operation mlp_adamw = {
    .name = "adamw",
    .symbols = "p dp m v w",
    .formula = "[maximize? g = -dp; ]"
               "m = [!first? betas0 m + ](1 - betas0) " ASCENDED "; "
               "v = [!first? betas1 v + ](1 - betas1) " ASCENDED "^2; " LARGEST
               "p = [weight_decay? (1 - lr weight_decay) ]p - lr m / (1 - betas0^step) / " ROOT,
    .outputs = 4,
    .optimizer = &adamw,
    .route = &adamw_by_states,
    .traits = MLP_WRITES_ALL | MLP_IS_UPDATE,
    .learning_rate = learning_rate,
    .check = check_adam_step,
    .forward = adamw_forward,
    .bound = bound_adamw};

/* --- rmsprop: parameter, gradient, square_avg, momentum_buffer, grad_avg, each state or NULL --- */

/* PyTorch makes all states at the first step. */
static bool check_late_state(const mlp_call *call, bool wanted, size_t i, const char *option,
                             const char *state, mlp_diagnostic *error) {
    return !wanted || !call->in[2] || call->in[i] ||
           mlp_error(error,
                     "%s came after the first step, which made no %s: write it where the optimizer "
                     "is made",
                     option, state);
}

static bool check_rmsprop_numbers(const mlp_call *call, mlp_diagnostic *error) {
    const mlp_options *o = &call->options;
    return check_fits(o->weight_decay, "weight_decay", call->in[0], error) &&
           check_fits(o->lr, "lr", call->in[0], error) &&
           check_fits(1 - o->alpha, "1 - alpha", call->in[0], error);
}

static bool check_rmsprop_step(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                               mlp_diagnostic *error) {
    const mlp_options *o = &call->options;
    for (size_t i = 0; i < 4; i++)
        out[i] = shape_of(call->in[0]);
    return check_late_state(call, o->momentum > 0, 3, "momentum", "momentum_buffer", error) &&
           check_late_state(call, o->centered, 4, "centered=True", "grad_avg", error) &&
           check_update_gradient(call, error) && check_rmsprop_numbers(call, error) &&
           check_update_state(call, call->in[2], "its square_avg", error) &&
           check_update_state(call, call->in[3], "its momentum buffer", error) &&
           check_update_state(call, call->in[4], "its grad_avg", error);
}

static void rmsprop_forward(const mlp_call *call) {
    const mlp_options *given = &call->options;
    const mlp_rmsprop_options options = {.lr = given->lr,
                                         .alpha = given->alpha,
                                         .eps = given->eps,
                                         .weight_decay = given->weight_decay,
                                         .momentum = given->momentum,
                                         .centered = given->centered,
                                         .maximize = given->maximize,
                                         .by_lerp =
                                             mlp_release_has(&call->release, MLP_CENTERS_BY_LERP)};
    copy_values(call->out[0], call->in[0]);
    start_state(call->out[1], call->in[2], 0);
    if (given->momentum > 0)
        start_state(call->out[2], call->in[3], 0);
    if (given->centered)
        start_state(call->out[3], call->in[4], 0);
    CALL_KERNEL(call, rmsprop_step, call->out[0]->data, call->out[1]->data, data_of(call->out[2]),
                data_of(call->out[3]), call->in[1]->data, call->in[0]->numel, &options);
}

static unsigned rmsprop_kept(const mlp_options *options) {
    return 1 << 0 | (options->momentum > 0 ? 1 << 1 : 0) | (options->centered ? 1 << 2 : 0);
}

static bool check_rmsprop(const mlp_options *options, mlp_diagnostic *error) {
    return check_not_negative("lr", "learning rate", options->lr, error) &&
           check_not_negative("eps", "epsilon value", options->eps, error) &&
           check_not_negative("momentum", "momentum value", options->momentum, error) &&
           check_not_negative("weight_decay", "weight_decay value", options->weight_decay, error) &&
           check_not_negative("alpha", "alpha value", options->alpha, error);
}

static const mlp_optimizer rmsprop = {
    .name = "RMSprop",
    .alike_in_foreach = true,
    .file = "rmsprop",
    .options = "lr: number = 1e-2, alpha: number = 0.99, eps: number = 1e-8, "
               "weight_decay: number = 0, momentum: number = 0, centered: bool = False, *, "
               "maximize: bool = False",
    .settings = FOREACH ", " DIFFERENTIABLE,
    .later = {{NULL, CAPTURABLE ", " FOREACH ", " DIFFERENTIABLE, MLP_LISTS_CAPTURABLE}},
    .states = {".square_avg", ".momentum_buffer", ".grad_avg"},
    .kept = rmsprop_kept,
    .lists_step = true,
    .order =
        "lr momentum alpha eps centered weight_decay capturable foreach maximize differentiable",
    .ordered_until = MLP_BEHAVIOURS,
    .check = check_rmsprop};

const mlp_operation mlp_rmsprop = {.name = "rmsprop",
                                   .symbols = "p dp v m a",
                                   .formula = DECAYED
                                   "v = [!first? alpha v + ](1 - alpha) " GRADIENT "^2; "
                                   "[centered? a = [!first? alpha a + ](1 - alpha) " GRADIENT "; ]"
                                   "u = " GRADIENT " / (sqrt(v[centered?  - a^2]) + eps); "
                                   "[momentum? m = [!first? momentum m + ]u; ]"
                                   "p = p - lr [momentum? m][!momentum? u]",
                                   .outputs = 4,
                                   .optimizer = &rmsprop,
                                   .traits = MLP_WRITES_ALL | MLP_IS_UPDATE,
                                   .learning_rate = learning_rate,
                                   .check = check_rmsprop_step,
                                   .forward = rmsprop_forward,
                                   .bound = bound_rmsprop};
