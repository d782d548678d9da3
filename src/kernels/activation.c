/* Activations of one element, s = 1 / (1 + exp(-x))
 *
 *   silu         y = x s                                dx = dy s (1 + x (1 - s))
 *   mish         y = x t, t = tanh(log(1 + exp(x)))     dx = dy (t + x s (1 - t^2))
 *   softplus     y = log(1 + exp(beta x)) / beta        dx = dy z / (z + 1), z = exp(beta x)
 *                    x where beta x > threshold              dy there
 *   logsigmoid   y = min(x, 0) - log(1 + exp(-|x|))     dx = dy (1 - s)
 *   hardtanh     y = x, from min to max                 dx = dy between them, 0 elsewhere
 *   hardsigmoid  y = (x + 3) / 6, from 0 to 1           dx = dy / 6 between -3 and 3, 0 elsewhere
 *   hardswish    y = x times that                       dx = dy (x / 3 + 1/2) from -3 to 3, 0 below,
 *                                                            dy above
 *   softshrink   y = x - lambda above lambda,           dx = dy there, 0 elsewhere
 *                    x + lambda below -lambda,
 *                    0 elsewhere, or x 0
 *   hardshrink   y = 0 from -lambda to lambda,          dx = 0 there, dy elsewhere
 *                    x elsewhere
 *   threshold    y = value where x <= threshold,        dx = 0 there, dy elsewhere
 *                    x elsewhere
 *
 * Where x is nan, some of PyTorch's vectors stand on another side of a kink than its scalar loops.
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/activation.h"
#include "elementary.h"

static real log1p_of(real x, bool in_vector) {
    return in_vector ? KERNEL(real_log1p)(x) : KERNEL(real_log1p_scalar)(x);
}

static real tanh_of(real x, bool in_vector) {
    return in_vector ? KERNEL(real_tanh)(x) : KERNEL(real_tanh_scalar)(x);
}

static real sigmoid(real x, bool in_vector) {
    return 1 / (1 + KERNEL(real_exp_of)(-x, in_vector));
}

static real tanh_softplus(real x, bool in_vector) {
    return tanh_of(log1p_of(KERNEL(real_exp_of)(x, in_vector), in_vector), in_vector);
}

static real softplus(real x, real beta, real threshold, bool in_vector) {
    if (x * beta > threshold)
        return x;
    return log1p_of(KERNEL(real_exp_of)(x * beta, in_vector), in_vector) / beta;
}

/* Of a nan, too. */
static real at_least(real x, real least) {
    return x < least ? least : x;
}

static real at_most(real x, real most) {
    return x > most ? most : x;
}

static real six_sigmoid(real x) {
    return at_most(at_least(x + 3, 0), 6);
}

static real softshrink(real x, real lambda, bool by_zero) {
    return x > lambda ? x - lambda : x < -lambda ? x + lambda : by_zero ? x * 0 : 0;
}

static real value(real x, const mlp_activation *of, bool in_vector) {
    const real first = (real)of->first, second = (real)of->second;
    switch (of->kind) {
    case MLP_SILU:
        return x / (1 + KERNEL(real_exp_of)(-x, in_vector));
    case MLP_MISH:
        return x * tanh_softplus(x, in_vector);
    case MLP_SOFTPLUS:
        return softplus(x, first, second, in_vector);
    case MLP_LOGSIGMOID:
        return at_most(x, 0) - KERNEL(real_log1p)(KERNEL(real_exp)(-(real)fabs(x)));
    case MLP_HARDTANH:
        return at_most(at_least(x, first), second);
    case MLP_HARDSIGMOID:
        return six_sigmoid(x) / 6;
    case MLP_HARDSWISH:
        return x * six_sigmoid(x) / 6;
    case MLP_SOFTSHRINK:
        return softshrink(x, first, second != 0);
    case MLP_HARDSHRINK:
        return x >= -first && x <= first ? 0 : x;
    default:
        return x <= first ? second : x;
    }
}

static real softplus_gradient(real dy, real x, real beta, real threshold, bool in_vector) {
    const real z = KERNEL(real_exp_of)(x * beta, in_vector);
    return x * beta > threshold ? dy : dy * z / (z + 1);
}

static real mish_gradient(real dy, real x, bool in_vector) {
    const real s = sigmoid(x, in_vector), t = tanh_softplus(x, in_vector);
    return dy * real_fma(x * s, real_fma(-t, t, 1), t);
}

static real logsigmoid_gradient(real dy, real x) {
    const real z = KERNEL(real_exp)(-(real)fabs(x)), sign = x < 0 ? 1 : -1;
    return (real)((x < 0 ? 1 : 0) - sign * (z / (1 + z))) * dy;
}

static real hardswish_gradient(real dy, real x, bool in_vector) {
    if (x < -3)
        return 0;
    return (in_vector ? !(x >= 3) : x <= 3) ? dy * (x / 3 + (real)0.5) : dy;
}

static real gradient(real dy, real x, const mlp_activation *of, bool in_vector) {
    const real first = (real)of->first, second = (real)of->second;
    const bool is_open = isnan(x) && !in_vector;
    switch (of->kind) {
    case MLP_SILU: {
        const real s = sigmoid(x, in_vector);
        return dy * s * real_fma(x, 1 - s, 1);
    }
    case MLP_MISH:
        return mish_gradient(dy, x, in_vector);
    case MLP_SOFTPLUS:
        return softplus_gradient(dy, x, first, second, in_vector);
    case MLP_LOGSIGMOID:
        return logsigmoid_gradient(dy, x);
    case MLP_HARDTANH:
        return (x > first && x < second) || is_open ? dy : 0;
    case MLP_HARDSIGMOID:
        return x > -3 && x < 3 ? dy * (real)(1.0F / 6.0F) : 0;
    case MLP_HARDSWISH:
        return hardswish_gradient(dy, x, in_vector);
    case MLP_SOFTSHRINK:
    case MLP_HARDSHRINK:
        return x < -first || x > first || is_open ? dy : 0;
    default:
        return x <= first ? 0 : dy;
    }
}

void KERNEL(activation_forward)(real *y, const real *x, size_t n, const mlp_activation *of,
                                const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = value(x[i], of, is_in_vector(i, n, loop));
}

void KERNEL(activation_backward)(real *dx, const real *dy, const real *x, size_t n,
                                 const mlp_activation *of, const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        dx[i] = gradient(dy[i], x[i], of, is_in_vector(i, n, loop));
}
