#include "slips.h"

static const mlp_operation *const products[] = {&mlp_linear, &mlp_matmul, NULL};
static const mlp_operation *const leaky_relus[] = {&mlp_leaky_relu, NULL};
static const mlp_operation *const dropouts[] = {&mlp_dropout, NULL};
static const mlp_operation *const activations[] = {&mlp_relu, &mlp_leaky_relu, &mlp_sigmoid,
                                                   &mlp_tanh, &mlp_softmax,    NULL};
static const mlp_operation *const softmaxes[] = {&mlp_softmax, &mlp_log_softmax, NULL};
static const mlp_operation *const log_softmaxes[] = {&mlp_log_softmax, NULL};
static const mlp_operation *const logarithms[] = {&mlp_log_softmax, &mlp_log,
                                                  &mlp_binary_cross_entropy,
                                                  &mlp_binary_cross_entropy_with_logits, NULL};
static const mlp_operation *const biased[] = {&mlp_linear, &mlp_add, NULL};
static const mlp_operation *const linears[] = {&mlp_linear, NULL};
static const mlp_operation *const reductions[] = {&mlp_mse_loss,
                                                  &mlp_nll_loss,
                                                  &mlp_cross_entropy_smoothed,
                                                  &mlp_cross_entropy_probabilities,
                                                  &mlp_binary_cross_entropy,
                                                  &mlp_binary_cross_entropy_with_logits,
                                                  &mlp_mean,
                                                  &mlp_sum,
                                                  NULL};
static const mlp_operation *const updates[] = {&mlp_sgd, &mlp_sub, &mlp_add_scaled, NULL};

const slip slips[] = {
    /* Slips of writing come first: they ask for less than a misunderstanding does. */
    {"digits-swapped", "two neighbouring digits of a number changed places", IN_WRITING, NULL,
     slip_digits_swapped},
    {"transposed-weight",
     "the weight stands the wrong way round: forward is x W^T, and backward dy W",
     IN_FORWARD | IN_BACKWARD, products, slip_transposed_weight},
    {"no-bias", "the bias was not added", IN_FORWARD, biased, slip_no_bias},
    {"slope-ignored", "the negative side became 0, not negative_slope ({}) times the value",
     IN_FORWARD | IN_BACKWARD, leaky_relus, slip_slope_ignored},
    {"slope-everywhere", "the positive side was multiplied by negative_slope ({}) too",
     IN_FORWARD | IN_BACKWARD, leaky_relus, slip_slope_everywhere},
    {"no-activation", "the activation was not applied", IN_FORWARD, activations,
     slip_no_activation},
    {"no-dropout-scale", "the kept values were not divided by 1 - p ({})", IN_FORWARD, dropouts,
     slip_no_dropout_scale},
    {"dropout-scale-by-p", "the kept values were divided by p ({}) instead of 1 - p",
     IN_FORWARD | IN_BACKWARD, dropouts, slip_dropout_scale_by_p},
    {"softmax-not-normalised", "exp(x) was not divided by the sum of all exp(x)", IN_FORWARD,
     softmaxes, slip_softmax_not_normalised},
    {"log-base-2", "the logarithm is to base 2, but the loss takes the natural one", IN_FORWARD,
     logarithms, slip_log_base_2},
    {"log-base-10", "the logarithm is to base 10, but the loss takes the natural one", IN_FORWARD,
     logarithms, slip_log_base_10},
    {"sum-not-mean", "the sum was not divided by the number of its terms ({})", IN_FORWARD,
     reductions, slip_sum_not_mean},
    {"mean-not-sum", "the sum was divided by the number of its terms ({})",
     IN_FORWARD | IN_BACKWARD, reductions, slip_mean_not_sum},
    {"batch-not-averaged",
     "the loss is a mean, so its gradient is divided by the number of its terms ({}) as well",
     IN_BACKWARD, reductions, slip_sum_not_mean},
    {"onehot-minus-p", "the gradient is softmax minus one-hot target, not the other way round",
     IN_BACKWARD, log_softmaxes, slip_onehot_minus_p},
    {"no-onehot", "the one-hot target was not subtracted from the softmax", IN_BACKWARD,
     log_softmaxes, slip_no_onehot},
    {"activation-derivative-missing",
     "the gradient was passed on without the derivative of the activation", IN_BACKWARD,
     activations, slip_activation_derivative_missing},
    {"mask-missing-backward", "the gradient of what dropout dropped is 0: apply the mask again",
     IN_BACKWARD, dropouts, slip_mask_missing_backward},
    {"scale-missing-backward", "backward divides by 1 - p ({}) as forward does", IN_BACKWARD,
     dropouts, slip_no_dropout_scale},
    {"transposed-gradient", "the gradient of the weight is transposed: it is dy^T x", IN_BACKWARD,
     products, slip_transposed_gradient},
    {"updated-weights-in-backward",
     "the updated weight was used: all gradients are taken before the update", IN_BACKWARD,
     products, slip_updated_weights_in_backward},
    {"mean-not-sum", "the gradient was divided by the batch ({}), whose rows are added up",
     IN_BACKWARD, linears, slip_gradient_averaged},
    {"ascent", "the gradient was added: descent subtracts it", IN_UPDATE, updates, slip_ascent},
    {"no-learning-rate", "the gradient was not multiplied by the learning rate ({})", IN_UPDATE,
     updates, slip_no_learning_rate},
    {"not-updated", "this is the parameter before the update", IN_UPDATE, updates,
     slip_not_updated},
    {"sign-flipped", "the sign is the wrong one", IN_WRITING, NULL, slip_sign_flipped},
    {0}};

/* --- what they share --- */

void slip_do_again(slip_case *c) {
    if (c->step->forward)
        c->step->operation->backward(&c->call);
    else
        c->step->operation->forward(&c->call);
}

mlp_tensor *slip_tensor(const slip_case *c, const mlp_value *value) {
    return mlp_replay_tensor(c->m->own, value);
}

size_t slip_reduction_option(const mlp_operation *operation) {
    const bool has_classes = operation == &mlp_nll_loss ||
                             operation == &mlp_cross_entropy_smoothed ||
                             operation == &mlp_cross_entropy_probabilities;
    return has_classes ? 1 : 0;
}

bool slip_transpose(mlp_tensor *t) {
    if (t->ndim != 2 || t->shape[0] != t->shape[1])
        return false;
    const size_t n = t->shape[0];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            const double upper = mlp_tensor_get(t, j * n + i);
            mlp_tensor_set(t, j * n + i, mlp_tensor_get(t, i * n + j));
            mlp_tensor_set(t, i * n + j, upper);
        }
    return true;
}
