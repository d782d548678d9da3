/* Functions of two elements
 *
 *   remainder       y = a - b floor(a / b)       fmod           y = a - b trunc(a / b)
 *   floor_divide    y = floor(a / b)             trunc_divide   y = trunc(a / b)
 *   logaddexp       y = max(a, b) + log(1 + exp(-|a - b|))
 *   heaviside       y = 0 where a < 0, b where a = 0, else 1
 *   atan2, hypot, copysign, fmax, fmin           the C library's functions of these names
 *
 *   all arrays    n elements
 *
 * Their rows compose the gradients.
 */
#include "mlpstep/kernels/functions_of_two.h"
#include "elementary.h"

static real remainder_of(real a, real b) {
    const real rest = (real)fmod(a, b);
    return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
}

/* The quotient less what is beyond a whole number; the rest is taken off before, as in Python. */
static real floor_of_quotient(real a, real b) {
    if (b == 0)
        return a / b;
    const real rest = (real)fmod(a, b);
    real quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0))
        quotient -= 1;
    if (quotient == 0)
        return (real)copysign(0, a / b);
    const real whole = (real)floor(quotient);
    return quotient - whole > (real)0.5 ? whole + 1 : whole;
}

static real log_of_sum(real a, real b, bool in_vector) {
    if (a == b && isinf(a))
        return a;
    const real larger = isnan(a) || a > b ? a : b, apart = -(real)fabs(a - b);
    const real sum = 1 + KERNEL(real_exp_of)(apart, in_vector);
    return larger + (in_vector ? KERNEL(real_log)(sum) : KERNEL(real_log_scalar)(sum));
}

static real value(real a, real b, enum mlp_function_of_two of, bool in_vector) {
    switch (of) {
    case MLP_ATAN2:
        return in_vector ? KERNEL(real_atan2)(a, b) : KERNEL(real_atan2_scalar)(a, b);
    case MLP_HYPOT:
        return (real)hypot(a, b);
    case MLP_REMAINDER:
        return remainder_of(a, b);
    case MLP_FMOD:
        return (real)fmod(a, b);
    case MLP_FLOOR_DIVIDE:
        return floor_of_quotient(a, b);
    case MLP_TRUNC_DIVIDE:
        return (real)trunc(a / b);
    case MLP_LOGADDEXP:
        return log_of_sum(a, b, in_vector);
    case MLP_COPYSIGN:
        return (real)copysign(a, b);
    case MLP_FMAX:
        return isnan(a) || b > a ? b : a;
    case MLP_FMIN:
        return isnan(a) || b < a ? b : a;
    default:
        return a == 0 ? b : (real)(a > 0);
    }
}

void KERNEL(function_of_two)(real *y, const real *a, const real *b, double number,
                             enum mlp_function_of_two of, size_t n, const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = value(a[i], b ? b[i] : (real)number, of, is_in_vector(i, n, loop));
}
