/* The inverses of the circle's functions, and those of the hyperbola; logit
 *
 *   logit = log(z / (1 - z)), z = x, with eps min(max(x, eps), 1 - eps)
 *
 *   logit    dx = dy / (x (1 - x))    where 0 <= x <= 1, nan elsewhere
 *                                     with eps where eps <= x <= 1 - eps, 0 elsewhere
 *   the rows of the others compose the gradient
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/angle.h"
#include "elementary.h"

static real value(real x, enum mlp_angle of, bool in_vector) {
    switch (of) {
    case MLP_ASIN:
        return KERNEL(real_asin)(x);
    case MLP_ACOS:
        return KERNEL(real_acos)(x);
    case MLP_ATAN:
        return KERNEL(real_atan)(x);
    case MLP_SINH:
        return KERNEL(real_sinh_of)(x, in_vector);
    case MLP_COSH:
        return KERNEL(real_cosh_of)(x, in_vector);
    case MLP_ASINH:
        return KERNEL(real_asinh)(x);
    case MLP_ACOSH:
        return KERNEL(real_acosh)(x);
    default:
        return KERNEL(real_atanh)(x);
    }
}

void KERNEL(angle_forward)(real *y, const real *x, enum mlp_angle of, size_t n,
                           const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++)
        y[i] = value(x[i], of, is_in_vector(i, n, loop));
}

static real within(real x, real least) {
    const real most = 1 - least;
    return x < least ? least : x > most ? most : x;
}

void KERNEL(logit_forward)(real *y, const real *x, bool has_eps, double eps, size_t n,
                           const mlp_loop *loop, bool nearest) {
    for (size_t i = 0; i < n; i++) {
        const real z = has_eps ? within(x[i], (real)eps) : x[i];
        const real odds = z / (1 - z);
        y[i] = nearest || is_in_vector(i, n, loop) ? KERNEL(real_log_whole)(odds, nearest)
                                                   : KERNEL(real_log_scalar)(odds);
    }
}

void KERNEL(logit_backward)(real *dx, const real *dy, const real *x, bool has_eps, double eps,
                            size_t n, const mlp_loop *loop) {
    const real least = has_eps ? (real)eps : 0, most = 1 - least;
    for (size_t i = 0; i < n; i++) {
        const bool in_vector =
            is_in_vector(i, n, loop); /* else -0 is 0, and nan is between the limits */
        const bool inside =
            in_vector ? x[i] >= least && x[i] <= most : !(x[i] < least || x[i] > most);
        const real z = !in_vector && x[i] == 0 ? 0 : x[i];
        dx[i] = inside ? dy[i] / (z * (1 - z)) : has_eps ? 0 : (real)NAN;
    }
}
