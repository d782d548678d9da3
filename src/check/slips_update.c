#include "slips_update.h"

#include <math.h>

/* A difference under # step is an update where a parameter is made less. */
static bool is_written_out(const slip_case *c) {
    return c->step->operation->as_ascent && c->call.in[1] && !c->step->in[0]->of_gradient;
}

/* p + lr dp */
bool slip_ascent(slip_case *c) {
    const mlp_operation *operation = c->step->operation;
    if (operation->learning_rate) {
        double *lr = operation->learning_rate(&c->call.options);
        *lr = -*lr;
        slip_do_again(c);
        return true;
    }
    if (!is_written_out(c))
        return false;
    operation->as_ascent->forward(&c->call);
    return true;
}

/* What is subtracted, before it was multiplied by the learning rate. */
static const mlp_tensor *unscaled(slip_case *c) {
    const mlp_step *product = c->step->in[1]->producer;
    if (!product || product->forward || product->in[1] ||
        !(product->operation->traits & MLP_IS_MULTIPLE))
        return NULL;
    c->number = product->options->number.real;
    return slip_tensor(c, product->in[0]);
}

/* p - dp */
bool slip_no_learning_rate(slip_case *c) {
    if (c->step->operation->learning_rate) {
        double *lr = c->step->operation->learning_rate(&c->call.options);
        c->number = fabs(*lr);
        *lr = copysign(1, *lr);
        slip_do_again(c);
        return true;
    }
    const mlp_tensor *gradient = is_written_out(c) ? unscaled(c) : NULL;
    if (!gradient)
        return false;
    c->call.in[1] = gradient;
    slip_do_again(c);
    return true;
}

/* p */
bool slip_not_updated(slip_case *c) {
    if (c->step->operation->as_ascent && !is_written_out(c))
        return false;
    for (size_t i = 0; i < c->call.out[0]->numel; i++)
        mlp_tensor_set(c->call.out[0], i, mlp_tensor_get(c->call.in[0], i));
    return true;
}
