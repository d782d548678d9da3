#include "composition.h"
#include "bounded.h"

#include <string.h>

/* --- steps --- */

mlp_value *applied_with(mlp_composition *c, const mlp_operation *operation,
                        const mlp_options *options, mlp_value *a, mlp_value *b) {
    mlp_value *const in[MLP_MAX_INPUTS] = {a, b};
    return c->failed ? NULL : c->compute(c, operation, options, in);
}

mlp_value *applied(mlp_composition *c, const mlp_operation *operation, mlp_value *a, mlp_value *b) {
    return applied_with(c, operation, &(mlp_options){0}, a, b);
}

static bool has_shape(const mlp_tensor *t, const mlp_shape *shape) {
    bool same = t->ndim == shape->ndim;
    for (size_t d = 0; d < t->ndim && same; d++)
        same = t->shape[d] == shape->shape[d];
    return same;
}

static mlp_value *expanded(mlp_composition *c, mlp_value *a, const mlp_shape *shape) {
    mlp_options options = {.sizes.count = shape->ndim};
    if (has_shape(c->tensor(a), shape))
        return a;
    memcpy(options.sizes.size, shape->shape, sizeof shape->shape);
    return applied_with(c, &mlp_expand, &options, a, NULL);
}

static mlp_value *broadcast(mlp_composition *c, const mlp_operation *operation, mlp_value *a,
                            mlp_value *b) {
    mlp_shape shape = {0};
    if (c->failed)
        return NULL;
    if (!mlp_broadcast(&shape, c->tensor(a), c->tensor(b), c->error)) {
        c->failed = true;
        return NULL;
    }
    a = expanded(c, a, &shape);
    b = c->failed ? NULL : expanded(c, b, &shape);
    return applied(c, operation, a, b);
}

mlp_value *operand(const mlp_composition *c, size_t i) {
    return c->in[i] ? c->unexpanded(c->in[i]) : NULL;
}

mlp_value *plus(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return broadcast(c, &mlp_add, a, b);
}

mlp_value *minus(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return broadcast(c, &mlp_sub, a, b);
}

mlp_value *times(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return broadcast(c, &mlp_mul, a, b);
}

mlp_value *over(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return broadcast(c, &mlp_div, a, b);
}

mlp_value *raised(mlp_composition *c, mlp_value *a, mlp_value *b) {
    return broadcast(c, &mlp_pow_tensor, a, b);
}

mlp_value *negated(mlp_composition *c, mlp_value *a) {
    return applied(c, &mlp_neg, a, NULL);
}

static mlp_value *with_number(mlp_composition *c, const mlp_operation *operation, mlp_value *a,
                              double number) {
    return applied_with(c, operation, &(mlp_options){.number = mlp_real(number)}, a, NULL);
}

mlp_value *plus_number(mlp_composition *c, mlp_value *a, double number) {
    return called(c, with_number(c, &mlp_add, a, number), "AddBackward1");
}

mlp_value *times_number(mlp_composition *c, mlp_value *a, double number) {
    return with_number(c, &mlp_mul_scalar, a, number);
}

mlp_value *over_number(mlp_composition *c, mlp_value *a, double number) {
    return with_number(c, &mlp_div_scalar, a, number);
}

mlp_value *to_power(mlp_composition *c, mlp_value *a, double exponent) {
    return with_number(c, &mlp_pow, a, exponent);
}

mlp_value *below(mlp_composition *c, mlp_value *a, double number) {
    mlp_value *mask = with_number(c, &mlp_lt, a, number);
    if (c->failed)
        return NULL;
    return applied_with(c, &mlp_to, &(mlp_options){.dtype = c->tensor(a)->dtype}, mask, NULL);
}

mlp_value *expanded_as(mlp_composition *c, mlp_value *a, const mlp_tensor *like) {
    mlp_options options = {.sizes.count = like->ndim};
    memcpy(options.sizes.size, like->shape, sizeof like->shape);
    return applied_with(c, &mlp_expand, &options, a, NULL);
}

mlp_value *reshaped(mlp_composition *c, const mlp_operation *operation, mlp_value *a, size_t ndim,
                    const size_t *shape) {
    mlp_options options = {.sizes.count = ndim};
    memcpy(options.sizes.size, shape, ndim * sizeof *shape);
    return applied_with(c, operation, &options, a, NULL);
}

mlp_value *sum_of_all(mlp_composition *c, mlp_value *a) {
    return applied(c, &mlp_sum, a, NULL);
}

mlp_value *sum_along(mlp_composition *c, mlp_value *a, size_t dim) {
    mlp_options options = {.has_dims = true, .keepdim = true};
    options.dims[dim] = true;
    return applied_with(c, &mlp_sum, &options, a, NULL);
}

mlp_value *called(mlp_composition *c, mlp_value *value, const char *grad_fn) {
    if (!c->failed)
        c->name(value, grad_fn);
    return value;
}

void fail_composition(mlp_composition *c, const char *why) {
    if (!c->failed)
        mlp_error(c->error, "%s", why);
    c->failed = true;
}

bool has_number(const mlp_composition *c, const mlp_value *value, double number) {
    const mlp_tensor *t = c->tensor(value);
    for (size_t i = 0; i < t->numel; i++)
        if (mlp_tensor_get(t, i) == number)
            return true;
    return false;
}

/* --- rows that are the gradient of another --- */

mlp_value *gradient_step(mlp_composition *c, const mlp_operation *operation, mlp_value *dy,
                         mlp_value *const *inputs, size_t count) {
    mlp_value *in[MLP_MAX_INPUTS] = {dy};
    for (size_t i = 0; i < count; i++)
        in[i + 1] = inputs[i];
    return c->failed ? NULL : c->compute(c, operation, &c->call->options, in);
}

mlp_value *gradient_again(mlp_composition *c, mlp_value *dy) {
    return gradient_step(c, c->call->operation, dy, c->in + 1, MLP_MAX_INPUTS - 1);
}

bool check_gradient(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *x = call->in[1];
    (void)error;
    out[0] = (mlp_shape){.dtype = x->dtype, .ndim = x->ndim};
    memcpy(out[0].shape, x->shape, sizeof out[0].shape);
    return true;
}

/* The call of that row's backward. */
static mlp_call backward_call(const mlp_call *call) {
    mlp_call inner = {.operation = call->operation->gradient_of,
                      .options = call->options,
                      .release = call->release,
                      .loop = call->loop,
                      .dout = call->in[0],
                      .din = {call->out[0]}};
    for (size_t i = 0; i + 1 < MLP_MAX_INPUTS; i++)
        inner.in[i] = call->in[i + 1];
    inner.out[0] = call->operation->reads_result ? (mlp_tensor *)call->in[1] : NULL;
    inner.out[1] = (mlp_tensor *)call->in[MLP_MAX_INPUTS - 1];
    return inner;
}

void gradient_forward(const mlp_call *call) {
    const mlp_call inner = backward_call(call);
    inner.operation->backward(&inner);
}

void bound_gradient(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_call of = backward_call(call);
    mlp_bounds inner = {.dout = bounds->in[0], .din = {bounds->out[0]}, .scratch = bounds->scratch};
    for (size_t i = 0; i + 1 < MLP_MAX_INPUTS; i++)
        inner.in[i] = bounds->in[i + 1];
    inner.of_out[0] = bounds->in[1];
    inner.of_out[1] = bounds->in[MLP_MAX_INPUTS - 1];
    if (of.operation->bound_backward)
        of.operation->bound_backward(&of, &inner);
    else
        bound_moved_back(of.operation, of.operation->gradients, &of, &inner);
}

void compose_symmetric(mlp_composition *c) {
    c->din[0] = gradient_again(c, c->dout);
}

void compose_transposed(mlp_composition *c) {
    mlp_value *in[MLP_MAX_INPUTS] = {c->dout};
    const bool has_output = c->call->operation->gradient_of->outputs > 1;
    for (size_t i = 1; i + (has_output ? 2 : 1) < MLP_MAX_INPUTS; i++)
        in[i] = c->in[i + 1];
    if (!c->failed)
        c->din[0] = c->compute(c, c->call->operation->gradient_of, &c->call->options, in);
}
