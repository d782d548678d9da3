#include "slips_softmax.h"

#include <math.h>

/* What stands in the place of exp(x). */
typedef double power(double x);

static double power_of_10(double x) {
    return pow(10, x);
}

static double identity(double x) {
    return x;
}

/* The line of numbers along the option dim that number i is one of. */
typedef struct {
    size_t first, stride, size;
} line;

static line line_of(const mlp_tensor *t, size_t dim, size_t i) {
    line l = {0, 1, t->ndim ? t->shape[dim] : 1};
    for (size_t d = dim + 1; d < t->ndim; d++)
        l.stride *= t->shape[d];
    l.first = i - i / l.stride % l.size * l.stride;
    return l;
}

/* y = f(x) / sum of f(x), or its logarithm */
static bool normalise(slip_case *c, power *f) {
    const mlp_tensor *x = c->call.in[0];
    for (size_t i = 0; i < x->numel; i++) {
        const line l = line_of(x, (size_t)c->call.options.dim, i);
        double sum = 0;
        for (size_t k = 0; k < l.size; k++)
            sum += f(mlp_tensor_get(x, l.first + k * l.stride));
        const double y = f(mlp_tensor_get(x, i)) / sum;
        mlp_tensor_set(c->call.out[0], i,
                       c->step->operation->traits & MLP_IS_LOGARITHM ? log(y) : y);
    }
    return true;
}

/* y = 2^x / sum of 2^x */
bool slip_exp_base_2(slip_case *c) {
    return normalise(c, exp2);
}

/* y = 10^x / sum of 10^x */
bool slip_exp_base_10(slip_case *c) {
    return normalise(c, power_of_10);
}

/* y = x / sum of x */
bool slip_no_exp(slip_case *c) {
    return normalise(c, identity);
}

/* y = 1 / (1 + exp(-x)) */
bool slip_sigmoid_for_softmax(slip_case *c) {
    for (size_t i = 0; i < c->call.in[0]->numel; i++) {
        const double y = 1 / (1 + exp(-mlp_tensor_get(c->call.in[0], i)));
        mlp_tensor_set(c->call.out[0], i,
                       c->step->operation->traits & MLP_IS_LOGARITHM ? log(y) : y);
    }
    return true;
}

/* --- backward: of log_softmax, whose dy is -dl at the target class, divided by n for a mean --- */

static double softmax_of(const slip_case *c, size_t i) {
    return exp(mlp_tensor_get(c->call.out[0], i));
}

/* dl, or dl / n, of the line that number i is one of. */
static double share_of(const slip_case *c, size_t i) {
    const line l = line_of(c->call.dout, (size_t)c->call.options.dim, i);
    double sum = 0;
    for (size_t k = 0; k < l.size; k++)
        sum -= mlp_tensor_get(c->call.dout, l.first + k * l.stride);
    return sum;
}

/* dx = p (1 - p) */
bool slip_sigmoid_derivative(slip_case *c) {
    for (size_t i = 0; i < c->call.din[0]->numel; i++) {
        const double p = softmax_of(c, i), share = c->variant ? 1 : share_of(c, i);
        mlp_tensor_set(c->call.din[0], i, p * (1 - p) * share);
    }
    return true;
}

/* dx = -dl / p at the target class, which is the gradient of p */
bool slip_softmax_not_differentiated(slip_case *c) {
    for (size_t i = 0; i < c->call.din[0]->numel; i++)
        mlp_tensor_set(c->call.din[0], i, mlp_tensor_get(c->call.dout, i) / softmax_of(c, i));
    return true;
}
