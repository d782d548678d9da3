/* ELU
 *
 *   y     = x                     where x > 0
 *           alpha (exp(x) - 1)    elsewhere
 *
 *   dL/dx = dL/dy                     where x > 0
 *           dL/dy alpha exp(x)        elsewhere; in place, where x is gone:
 *           dL/dy (y + alpha)
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/elu.h"
#include "elementary.h"
#include "real.h"

/* PyTorch's vectors ask for x > 0, its tail for x <= 0: a nan is on the one side there, and on the
 * other here. */
static bool is_linear(real x, bool in_vector) {
    return in_vector ? x > 0 : !(x <= 0);
}

static real elu(real x, real alpha, bool in_vector) {
    return is_linear(x, in_vector) ? x : (KERNEL(real_exp_of)(x, in_vector) - 1) * alpha;
}

void KERNEL(elu_forward)(real *y, const real *x, size_t n, double alpha) {
    for (size_t i = 0; i < n; i++)
        y[i] = elu(x[i], (real)alpha, is_in_vector(i, n));
}

static real gradient(real dy, real x, real alpha, bool in_vector) {
    return is_linear(x, in_vector) ? dy : dy * alpha * KERNEL(real_exp_of)(x, in_vector);
}

static real gradient_by_result(real dy, real y, real alpha, bool in_vector) {
    return is_linear(y, in_vector) ? dy : dy * (y + alpha);
}

void KERNEL(elu_backward)(real *dx, const real *dy, const real *x, size_t n, double alpha,
                          bool inplace) {
    const real a = (real)alpha;
    for (size_t i = 0; i < n; i++) {
        const bool in_vector = is_in_vector(i, n);
        dx[i] = inplace ? gradient_by_result(dy[i], elu(x[i], a, in_vector), a, in_vector)
                        : gradient(dy[i], x[i], a, in_vector);
    }
}
