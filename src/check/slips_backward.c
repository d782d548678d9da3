#include "slips_backward.h"

#include "slips_forward.h"

/* Whether the gradient of log-probabilities comes from a loss over classes. */
static bool is_cross_entropy(const slip_case *c) {
    const mlp_step *loss = c->step->in[0]->producer;
    return loss && loss->forward && (loss->operation->traits & MLP_IS_LOSS_OVER_CLASSES);
}

/* The gradient of a mean without the 1 / n. Of cross-entropy it is often written in one step,
 * softmax minus one-hot target: then it is missing behind log_softmax. */
bool slip_batch_not_averaged(slip_case *c) {
    const mlp_step *loss = c->step->in[0]->producer;
    if (!(c->step->operation->traits & MLP_IS_LOG_PROBABILITIES))
        return slip_sum_not_mean(c);
    if (!is_cross_entropy(c) || loss->options->reduction != MLP_REDUCTION_MEAN)
        return false;
    const mlp_call call = mlp_replay_call(c->m->own, loss->forward);
    c->number = loss->operation->terms(&call);
    for (size_t i = 0; i < c->call.din[0]->numel; i++)
        mlp_tensor_set(c->call.din[0], i, mlp_tensor_get(c->call.din[0], i) * c->number);
    return true;
}

/* dx = target - softmax */
bool slip_onehot_minus_p(slip_case *c) {
    mlp_tensor *dx = c->call.din[0];
    for (size_t i = 0; i < dx->numel; i++)
        mlp_tensor_set(dx, i, -mlp_tensor_get(dx, i));
    return is_cross_entropy(c);
}

/* dx = softmax: what is right, d(log_softmax) - softmax * sum of d(log_softmax), less its first
 * term */
bool slip_no_onehot(slip_case *c) {
    mlp_tensor *dx = c->call.din[0];
    for (size_t i = 0; i < dx->numel; i++)
        mlp_tensor_set(dx, i, mlp_tensor_get(dx, i) - mlp_tensor_get(c->call.dout, i));
    return is_cross_entropy(c);
}

/* dx = dy */
bool slip_activation_derivative_missing(slip_case *c) {
    for (size_t i = 0; i < c->call.dout->numel; i++)
        mlp_tensor_set(c->call.din[0], i, mlp_tensor_get(c->call.dout, i));
    return true;
}

/* dx = dy / (1 - p) */
bool slip_mask_missing_backward(slip_case *c) {
    for (size_t i = 0; i < c->call.dout->numel; i++)
        mlp_tensor_set(c->call.din[0], i,
                       mlp_tensor_get(c->call.dout, i) / (1 - c->call.options.p));
    return true;
}

/* (dW)^T */
bool slip_transposed_gradient(slip_case *c) {
    bool any = false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if ((c->step->operation->weights >> i & 1) && c->call.din[i])
            any |= slip_transpose(c->call.din[i]);
    return any;
}

/* The value that took the place of a parameter when it was updated: computed again, where that is
 * one step, from the gradient as it is now. */
static const mlp_tensor *updated(slip_case *c, const mlp_value *parameter) {
    const mlp_step *update = parameter ? parameter->memory.replaced_by : NULL;
    if (!update || !update->out[0] || update->phase != MLP_UPDATE)
        return NULL;
    if (update->operation->optimizer && !marking_try_step(c->m, update))
        return NULL;
    return slip_tensor(c, update->out[0]);
}

/* dx = dy W', with W' the weight after the update */
bool slip_updated_weights_in_backward(slip_case *c) {
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        const mlp_tensor *after = updated(c, c->step->forward->in[i]);
        if (after && c->call.din[1 - i]) {
            c->call.in[i] = after;
            any = true;
        }
    }
    slip_do_again(c);
    return any;
}

static void divide(mlp_tensor *t, double by) {
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(t, i) / by);
}

/* dW = dy^T x / n, db = sum of dy / n */
bool slip_gradient_averaged(slip_case *c) {
    const mlp_tensor *dy = c->call.dout;
    const unsigned parameters = c->step->operation->weights | c->step->operation->biases;
    const size_t batch = dy->ndim < 2 ? 1 : dy->numel / dy->shape[dy->ndim - 1];
    c->number = (double)batch;
    for (size_t k = 0; k < MLP_MAX_INPUTS && batch > 1; k++)
        if ((parameters >> k & 1) && c->call.din[k])
            divide(c->call.din[k], c->number);
    return batch > 1;
}
