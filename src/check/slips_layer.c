#include "slips_layer.h"

/* The value from which this one was computed, so many steps before, if it has its shape. */
static const mlp_value *earlier(const mlp_value *value, size_t steps) {
    const mlp_tensor *shape = &value->tensor;
    for (; steps && value; steps--)
        value = value->producer && !value->producer->forward ? value->producer->in[0] : NULL;
    return value && mlp_tensor_same_shape(&value->tensor, shape) ? value : NULL;
}

static bool computes_weight(const slip_case *c) {
    const unsigned weights = c->step->operation->weights;
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        if ((weights >> i & 1) && c->call.din[i])
            return true;
    return false;
}

/* dW = dy^T x', with x' an earlier value than x */
bool slip_wrong_input(slip_case *c) {
    const mlp_value *x = computes_weight(c) ? c->step->forward->in[0] : NULL;
    const mlp_value *other = x ? earlier(x, c->variant + 1) : NULL;
    if (!other)
        return false;
    c->call.in[0] = slip_tensor(c, other);
    c->word = other->label.display;
    slip_do_again(c);
    return c->word != NULL;
}

static void scale_rows(mlp_tensor *dy, size_t kept, double *numbers, bool back) {
    const size_t columns = dy->shape[dy->ndim - 1];
    for (size_t i = 0; i < dy->numel; i++)
        if (back)
            mlp_tensor_set(dy, i, numbers[i]);
        else {
            numbers[i] = mlp_tensor_get(dy, i);
            if (i / columns != kept)
                mlp_tensor_set(dy, i, 0);
        }
}

/* dW = dy[i]^T x[i], db = dy[i], of one row of the batch */
bool slip_one_sample(slip_case *c) {
    mlp_tensor *dy = slip_tensor(c, c->step->in[0]);
    const size_t rows = dy->ndim == 2 ? dy->shape[0] : 0;
    const unsigned parameters = c->step->operation->weights | c->step->operation->biases;
    bool any = false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        c->call.din[i] = parameters >> i & 1 ? c->call.din[i] : NULL;
        any |= c->call.din[i] != NULL;
    }
    double numbers[MOST_GRADIENTS] = {0};
    if (!any || rows < 2 || c->variant >= rows || dy->numel > MOST_GRADIENTS)
        return false;
    c->number = (double)c->variant;
    scale_rows(dy, c->variant, numbers, false);
    slip_do_again(c);
    scale_rows(dy, c->variant, numbers, true);
    return true;
}

/* The bias of the `which`th other layer whose bias has this one's shape. */
static const mlp_value *other_bias(const slip_case *c, size_t bias, size_t which) {
    const mlp_value *own = c->step->in[bias];
    for (const mlp_step *step = c->m->trace->first_step; step && step->phase == MLP_FORWARD;
         step = step->next) {
        const mlp_value *other = step->operation == c->step->operation ? step->in[bias] : NULL;
        if (other && other != own && mlp_tensor_same_shape(&other->tensor, &own->tensor) &&
            which-- == 0)
            return other;
    }
    return NULL;
}

void slip_exchange(mlp_tensor *t, size_t i, size_t j) {
    const double kept = mlp_tensor_get(t, i);
    mlp_tensor_set(t, i, mlp_tensor_get(t, j));
    mlp_tensor_set(t, j, kept);
}

bool slip_find_pair(size_t n, size_t which, size_t *i, size_t *j) {
    for (*i = 0; *i < n; ++*i)
        for (*j = *i + 1; *j < n; ++*j)
            if (which-- == 0)
                return true;
    return false;
}

/* y = x W^T + b', with two elements of b exchanged, or with the bias of another layer */
bool slip_biases_exchanged(slip_case *c) {
    enum {
        OTHERS = 4
    };
    size_t bias = 0, i, j;
    while (bias < MLP_MAX_INPUTS && c->step->operation->biases != 1U << bias)
        bias++;
    if (bias == MLP_MAX_INPUTS || !c->step->in[bias])
        return false;
    if (c->variant < OTHERS) {
        const mlp_value *other = other_bias(c, bias, c->variant);
        if (other)
            c->call.in[bias] = slip_tensor(c, other);
        slip_do_again(c);
        return other != NULL;
    }
    mlp_tensor *b = slip_tensor(c, c->step->in[bias]);
    if (!slip_find_pair(b->numel, c->variant - OTHERS, &i, &j))
        return false;
    slip_exchange(b, i, j);
    slip_do_again(c);
    slip_exchange(b, i, j);
    return true;
}

/* dx = one of the gradients that meet at x */
bool slip_path_forgotten(slip_case *c) {
    const mlp_value *kept = c->step->in[c->variant];
    if (!c->step->in[0] || !c->step->in[1] || c->step->operation != &mlp_add ||
        !mlp_tensor_same_shape(&kept->tensor, &c->step->out[0]->tensor))
        return false;
    const mlp_tensor *from = slip_tensor(c, kept);
    for (size_t i = 0; i < from->numel; i++)
        mlp_tensor_set(c->call.out[0], i, mlp_tensor_get(from, i));
    return true;
}
