#include "slips.h"

const slip slips[] = {
    /* A slip of writing comes first: it asks for less than a misunderstanding does. */
    {.slug = "digits-swapped",
     .sentence = "two neighbouring digits of a number changed places",
     .where = IN_WRITING,
     .apply = slip_digits_swapped},
    {.slug = "transposed-weight",
     .sentence = "the weight stands the wrong way round: forward is x W^T, and backward dy W",
     .where = IN_FORWARD | IN_BACKWARD,
     .of = MLP_IS_PRODUCT,
     .apply = slip_transposed_weight},
    {.slug = "no-bias",
     .sentence = "the bias was not added",
     .where = IN_FORWARD,
     .of = MLP_IS_BIASED,
     .apply = slip_no_bias},
    {.slug = "slope-ignored",
     .sentence = "the negative side became 0, not negative_slope ({}) times the value",
     .where = IN_FORWARD | IN_BACKWARD,
     .of = MLP_IS_LEAKY,
     .apply = slip_slope_ignored},
    {.slug = "slope-everywhere",
     .sentence = "the positive side was multiplied by negative_slope ({}) too",
     .where = IN_FORWARD | IN_BACKWARD,
     .of = MLP_IS_LEAKY,
     .apply = slip_slope_everywhere},
    {.slug = "no-activation",
     .sentence = "the activation was not applied",
     .where = IN_FORWARD,
     .of = MLP_IS_ACTIVATION,
     .apply = slip_no_activation},
    {.slug = "no-dropout-scale",
     .sentence = "the kept values were not divided by 1 - p ({})",
     .where = IN_FORWARD,
     .of = MLP_IS_DROPOUT,
     .apply = slip_no_dropout_scale},
    {.slug = "dropout-scale-by-p",
     .sentence = "the kept values were divided by p ({}) instead of 1 - p",
     .where = IN_FORWARD | IN_BACKWARD,
     .of = MLP_IS_DROPOUT,
     .apply = slip_dropout_scale_by_p},
    {.slug = "other-mask",
     .sentence =
         "another mask was applied: builds of PyTorch draw it in two ways, which --rng chooses",
     .where = IN_FORWARD,
     .of = MLP_IS_DROPOUT,
     .apply = slip_other_mask,
     .adopt = slip_adopt_mask},
    {.slug = "softmax-not-normalised",
     .sentence = "exp(x) was not divided by the sum of all exp(x)",
     .where = IN_FORWARD,
     .of = MLP_IS_NORMALISED,
     .apply = slip_softmax_not_normalised},
    {.slug = "log-base-2",
     .sentence = "the logarithm is to base 2, but the loss takes the natural one",
     .where = IN_FORWARD,
     .of = MLP_IS_LOGARITHM,
     .apply = slip_log_base_2},
    {.slug = "log-base-10",
     .sentence = "the logarithm is to base 10, but the loss takes the natural one",
     .where = IN_FORWARD,
     .of = MLP_IS_LOGARITHM,
     .apply = slip_log_base_10},
    {.slug = "sum-not-mean",
     .sentence = "the sum was not divided by the number of its terms ({})",
     .where = IN_FORWARD,
     .of = MLP_IS_REDUCTION,
     .apply = slip_sum_not_mean},
    {.slug = "mean-not-sum",
     .sentence = "the sum was divided by the number of its terms ({})",
     .where = IN_FORWARD | IN_BACKWARD,
     .of = MLP_IS_REDUCTION,
     .apply = slip_mean_not_sum},
    {.slug = "batch-not-averaged",
     .sentence =
         "the loss is a mean, so its gradient is divided by the number of its terms ({}) as well",
     .where = IN_BACKWARD,
     .of = MLP_IS_REDUCTION | MLP_IS_LOG_PROBABILITIES,
     .apply = slip_batch_not_averaged},
    {.slug = "onehot-minus-p",
     .sentence = "the gradient is softmax minus one-hot target, not the other way round",
     .where = IN_BACKWARD,
     .of = MLP_IS_LOG_PROBABILITIES,
     .apply = slip_onehot_minus_p},
    {.slug = "no-onehot",
     .sentence = "the one-hot target was not subtracted from the softmax",
     .where = IN_BACKWARD,
     .of = MLP_IS_LOG_PROBABILITIES,
     .apply = slip_no_onehot},
    {.slug = "activation-derivative-missing",
     .sentence = "the gradient was passed on without the derivative of the activation",
     .where = IN_BACKWARD,
     .of = MLP_IS_ACTIVATION,
     .apply = slip_activation_derivative_missing},
    {.slug = "mask-missing-backward",
     .sentence = "the gradient of what dropout dropped is 0: apply the mask again",
     .where = IN_BACKWARD,
     .of = MLP_IS_DROPOUT,
     .apply = slip_mask_missing_backward},
    {.slug = "scale-missing-backward",
     .sentence = "backward divides by 1 - p ({}) as forward does",
     .where = IN_BACKWARD,
     .of = MLP_IS_DROPOUT,
     .apply = slip_no_dropout_scale},
    {.slug = "transposed-gradient",
     .sentence = "the gradient of the weight is transposed: it is dy^T x",
     .where = IN_BACKWARD,
     .of = MLP_IS_PRODUCT,
     .apply = slip_transposed_gradient},
    {.slug = "updated-weights-in-backward",
     .sentence = "the updated weight was used: all gradients are taken before the update",
     .where = IN_BACKWARD,
     .of = MLP_IS_PRODUCT,
     .apply = slip_updated_weights_in_backward},
    {.slug = "mean-not-sum",
     .sentence = "the gradient was divided by the batch ({}), whose rows are added up",
     .where = IN_BACKWARD,
     .of = MLP_IS_LAYER,
     .apply = slip_gradient_averaged},
    {.slug = "ascent",
     .sentence = "the gradient was added: descent subtracts it",
     .where = IN_UPDATE,
     .of = MLP_IS_UPDATE,
     .apply = slip_ascent},
    {.slug = "no-learning-rate",
     .sentence = "the gradient was not multiplied by the learning rate ({})",
     .where = IN_UPDATE,
     .of = MLP_IS_UPDATE,
     .apply = slip_no_learning_rate},
    {.slug = "not-updated",
     .sentence = "this is the parameter before the update",
     .where = IN_UPDATE,
     .of = MLP_IS_UPDATE,
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
