/* Functions of one element
 *
 *   sin                  dx = dy cos(x)
 *   cos                  dx = dy (-sin(x))
 *   log1p = log(1 + x)   dx = dy / (x + 1)
 *   log10                dx = dy / (x ln 10)
 *   log2                 dx = dy / (x ln 2)
 *   expm1 = exp(x) - 1   dx = dy (y + 1)
 *   erf                  dx = (2 / sqrt(pi) exp(-x^2)) dy
 *   rsqrt = 1 / sqrt(x)  dx = ((-1/2) dy) y^3
 *   erfinv               dx = (sqrt(pi) / 2 exp(y^2)) dy
 *   sign, floor, ceil, round    dx = 0
 *   tan, exp2, trunc, frac      their rows compose the gradient
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/functions.h"
#include "elementary.h"

static real rounded(real x) {
#ifdef MLP_FLOAT64
    return rint(x);
#else
    return rintf(x);
#endif
}

static real sign(real x) {
    return (real)((x > 0) - (x < 0));
}

/* `far`: see elementary.h. */
static real value(real x, enum mlp_function of, bool far) {
    switch (of) {
    case MLP_SIN:
        return KERNEL(real_sin)(x, far);
    case MLP_COS:
        return KERNEL(real_cos)(x, far);
    case MLP_TAN:
        return KERNEL(real_tan)(x, far);
    case MLP_LOG1P:
        return KERNEL(real_log1p)(x);
    case MLP_LOG10:
        return KERNEL(real_log10)(x);
    case MLP_LOG2:
        return KERNEL(real_log2)(x);
    case MLP_EXPM1:
        return KERNEL(real_expm1)(x);
    case MLP_EXP2:
        return KERNEL(real_exp2)(x);
    case MLP_ERF:
        return KERNEL(real_erf)(x);
    case MLP_RSQRT:
        return 1 / real_sqrt(x);
    case MLP_ERFINV:
        return KERNEL(real_erfinv)(x);
    case MLP_SIGN:
        return sign(x);
    case MLP_FLOOR:
        return (real)floor(x);
    case MLP_CEIL:
        return (real)ceil(x);
    case MLP_TRUNC:
        return (real)trunc(x);
    case MLP_FRAC:
        return x - (real)trunc(x);
    default:
        return rounded(x);
    }
}

static real gradient(real dy, real x, real y, enum mlp_function of, bool far) {
    switch (of) {
    case MLP_SIN:
        return dy * KERNEL(real_cos)(x, far);
    case MLP_COS:
        return dy * -KERNEL(real_sin)(x, far);
    case MLP_LOG1P:
        return dy / (x + 1);
    case MLP_LOG10:
        return dy / (x * (real)2.3025850929940456);
    case MLP_LOG2:
        return dy / (x * (real)0.6931471805599453);
    case MLP_EXPM1:
        return dy * (y + 1);
    case MLP_ERF:
        return (real)1.12837916709551257390 * KERNEL(real_exp)(-(x * x)) * dy;
    case MLP_RSQRT:
        return (real)-0.5 * dy * (y * y * y);
    case MLP_ERFINV:
        return (real)0.8862269254527579 * KERNEL(real_exp)(y * y) * dy;
    default:
        return 0;
    }
}

enum {
    VECTOR = 32 / sizeof(real)
};

/* Of the vector that begins at x, of which n elements are left. */
static bool is_far(const real *x, size_t n) {
    bool far = false;
    for (size_t i = 0; i < n && i < VECTOR; i++)
        far = far || !(fabs(x[i]) < SINE_FAR);
    return far;
}

void KERNEL(function_forward)(real *y, const real *x, enum mlp_function of, size_t n) {
    bool far = false;
    for (size_t i = 0; i < n; i++) {
        far = i % VECTOR == 0 ? is_far(x + i, n - i) : far;
        y[i] = value(x[i], of, far);
    }
}

void KERNEL(function_backward)(real *dx, const real *dy, const real *x, const real *y,
                               enum mlp_function of, size_t n) {
    bool far = false;
    for (size_t i = 0; i < n; i++) {
        far = i % VECTOR == 0 ? is_far(x + i, n - i) : far;
        dx[i] = gradient(dy[i], x[i], y[i], of, far);
    }
}

void KERNEL(round_decimals)(real *y, const real *x, double decimals, size_t n) {
    const real power = (real)pow(10, fabs(decimals));
    for (size_t i = 0; i < n; i++)
        y[i] = decimals < 0 ? rounded(x[i] / power) * power : rounded(x[i] * power) / power;
}
