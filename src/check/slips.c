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
static const mlp_operation *const averaged[] = {&mlp_log_softmax,
                                                &mlp_mse_loss,
                                                &mlp_nll_loss,
                                                &mlp_cross_entropy_smoothed,
                                                &mlp_cross_entropy_probabilities,
                                                &mlp_binary_cross_entropy,
                                                &mlp_binary_cross_entropy_with_logits,
                                                &mlp_mean,
                                                NULL};
static const mlp_operation *const updates[] = {&mlp_sgd, &mlp_sub, &mlp_add_scaled, NULL};

const slip slips[] = {
    /* A slip of writing comes first: it asks for less than a misunderstanding does. */
    {.slug = "digits-swapped",
     .sentence = "two neighbouring digits of a number changed places",
     .where = IN_WRITING,
     .apply = slip_digits_swapped},
    {.slug = "transposed-weight",
     .sentence = "the weight stands the wrong way round: forward is x W^T, and backward dy W",
     .where = IN_FORWARD | IN_BACKWARD,
     .operations = products,
     .apply = slip_transposed_weight},
    {.slug = "no-bias",
     .sentence = "the bias was not added",
     .where = IN_FORWARD,
     .operations = biased,
     .apply = slip_no_bias},
    {.slug = "slope-ignored",
     .sentence = "the negative side became 0, not negative_slope ({}) times the value",
     .where = IN_FORWARD | IN_BACKWARD,
     .operations = leaky_relus,
     .apply = slip_slope_ignored},
    {.slug = "slope-everywhere",
     .sentence = "the positive side was multiplied by negative_slope ({}) too",
     .where = IN_FORWARD | IN_BACKWARD,
     .operations = leaky_relus,
     .apply = slip_slope_everywhere},
    {.slug = "no-activation",
     .sentence = "the activation was not applied",
     .where = IN_FORWARD,
     .operations = activations,
     .apply = slip_no_activation},
    {.slug = "no-dropout-scale",
     .sentence = "the kept values were not divided by 1 - p ({})",
     .where = IN_FORWARD,
     .operations = dropouts,
     .apply = slip_no_dropout_scale},
    {.slug = "dropout-scale-by-p",
     .sentence = "the kept values were divided by p ({}) instead of 1 - p",
     .where = IN_FORWARD | IN_BACKWARD,
     .operations = dropouts,
     .apply = slip_dropout_scale_by_p},
    {.slug = "other-mask",
     .sentence =
         "another mask was applied: builds of PyTorch draw it in two ways, which --rng chooses",
     .where = IN_FORWARD,
     .operations = dropouts,
     .apply = slip_other_mask,
     .adopt = slip_adopt_mask},
    {.slug = "softmax-not-normalised",
     .sentence = "exp(x) was not divided by the sum of all exp(x)",
     .where = IN_FORWARD,
     .operations = softmaxes,
     .apply = slip_softmax_not_normalised},
    {.slug = "log-base-2",
     .sentence = "the logarithm is to base 2, but the loss takes the natural one",
     .where = IN_FORWARD,
     .operations = logarithms,
     .apply = slip_log_base_2},
    {.slug = "log-base-10",
     .sentence = "the logarithm is to base 10, but the loss takes the natural one",
     .where = IN_FORWARD,
     .operations = logarithms,
     .apply = slip_log_base_10},
    {.slug = "sum-not-mean",
     .sentence = "the sum was not divided by the number of its terms ({})",
     .where = IN_FORWARD,
     .operations = reductions,
     .apply = slip_sum_not_mean},
    {.slug = "mean-not-sum",
     .sentence = "the sum was divided by the number of its terms ({})",
     .where = IN_FORWARD | IN_BACKWARD,
     .operations = reductions,
     .apply = slip_mean_not_sum},
    {.slug = "batch-not-averaged",
     .sentence =
         "the loss is a mean, so its gradient is divided by the number of its terms ({}) as well",
     .where = IN_BACKWARD,
     .operations = averaged,
     .apply = slip_batch_not_averaged},
    {.slug = "onehot-minus-p",
     .sentence = "the gradient is softmax minus one-hot target, not the other way round",
     .where = IN_BACKWARD,
     .operations = log_softmaxes,
     .apply = slip_onehot_minus_p},
    {.slug = "no-onehot",
     .sentence = "the one-hot target was not subtracted from the softmax",
     .where = IN_BACKWARD,
     .operations = log_softmaxes,
     .apply = slip_no_onehot},
    {.slug = "activation-derivative-missing",
     .sentence = "the gradient was passed on without the derivative of the activation",
     .where = IN_BACKWARD,
     .operations = activations,
     .apply = slip_activation_derivative_missing},
    {.slug = "mask-missing-backward",
     .sentence = "the gradient of what dropout dropped is 0: apply the mask again",
     .where = IN_BACKWARD,
     .operations = dropouts,
     .apply = slip_mask_missing_backward},
    {.slug = "scale-missing-backward",
     .sentence = "backward divides by 1 - p ({}) as forward does",
     .where = IN_BACKWARD,
     .operations = dropouts,
     .apply = slip_no_dropout_scale},
    {.slug = "transposed-gradient",
     .sentence = "the gradient of the weight is transposed: it is dy^T x",
     .where = IN_BACKWARD,
     .operations = products,
     .apply = slip_transposed_gradient},
    {.slug = "updated-weights-in-backward",
     .sentence = "the updated weight was used: all gradients are taken before the update",
     .where = IN_BACKWARD,
     .operations = products,
     .apply = slip_updated_weights_in_backward},
    {.slug = "mean-not-sum",
     .sentence = "the gradient was divided by the batch ({}), whose rows are added up",
     .where = IN_BACKWARD,
     .operations = linears,
     .apply = slip_gradient_averaged},
    {.slug = "ascent",
     .sentence = "the gradient was added: descent subtracts it",
     .where = IN_UPDATE,
     .operations = updates,
     .apply = slip_ascent},
    {.slug = "no-learning-rate",
     .sentence = "the gradient was not multiplied by the learning rate ({})",
     .where = IN_UPDATE,
     .operations = updates,
     .apply = slip_no_learning_rate},
    {.slug = "not-updated",
     .sentence = "this is the parameter before the update",
     .where = IN_UPDATE,
     .operations = updates,
     .apply = slip_not_updated},
    {.slug = "sign-flipped",
     .sentence = "the sign is the wrong one",
     .where = IN_WRITING,
     .apply = slip_sign_flipped},
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

double slip_count_terms(const mlp_operation *operation, const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *y = call->out[0];
    double terms = (double)x->numel;
    if (operation == &mlp_nll_loss)
        return mlp_tensor_get(call->out[1], 0); /* their total weight */
    if (operation == &mlp_mean || operation == &mlp_sum)
        terms /= (double)(y->numel ? y->numel : 1);
    else if (slip_reduction_option(operation) == 1)
        terms /= (double)x->shape[x->ndim < 2 ? 0 : 1]; /* one of the classes each */
    return terms;
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
