/* ELU, and SELU and CELU, which are ELU with a scale of the result or of the input
 *
 *   y     = scale x                              where x > 0, or x >= 0
 *           scale alpha (exp(u) - 1)             elsewhere, u = input_scale x
 *
 *   dL/dx = dL/dy scale                          where x > 0
 *           dL/dy input_scale scale alpha exp(u) elsewhere; in place, where x is gone:
 *           dL/dy input_scale (y + scale alpha)
 *
 * exp(u) - 1 of one function, expm1, where `by_expm1`.
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/elu.h"
#include "elementary.h"
#include "real.h"

typedef struct {
    real below, above, input, input_back;
} factors;

static factors factors_of(const mlp_elu_shape *of) {
    return (factors){(real)of->alpha * (real)of->scale, (real)of->scale, (real)of->input_scale,
                     (real)of->input_scale_back};
}

/* PyTorch's vectors ask for x > 0, its tail for x <= 0: a nan is on the one side there, and on the
 * other here. */
static bool is_linear(real x, bool in_vector) {
    return in_vector ? x > 0 : !(x <= 0);
}

/* Of the result, which some releases count 0 to. */
static bool is_above(real x, const mlp_elu_shape *of, bool in_vector) {
    if (!of->is_linear_at_zero)
        return is_linear(x, in_vector);
    return in_vector ? x >= 0 : !(x < 0);
}

static real exp_less_one(real u, const mlp_elu_shape *of, bool in_vector) {
    if (!of->by_expm1)
        return KERNEL(real_exp_of)(u, in_vector) - 1;
    return in_vector ? KERNEL(real_expm1)(u) : KERNEL(real_expm1_scalar)(u);
}

static real elu(real x, const factors *by, const mlp_elu_shape *of, bool in_vector) {
    if (is_above(x, of, in_vector))
        return x * by->above;
    return exp_less_one(x * by->input, of, in_vector) * by->below;
}

void KERNEL(elu_forward)(real *y, const real *x, size_t n, const mlp_elu_shape *of,
                         const mlp_loop *loop) {
    const factors by = factors_of(of);
    for (size_t i = 0; i < n; i++)
        y[i] = elu(x[i], &by, of, is_in_vector(i, n, loop));
}

static real gradient(real dy, real x, const factors *by, bool in_vector) {
    if (is_linear(x, in_vector))
        return dy * by->above;
    const real power = KERNEL(real_exp_of)(x * by->input_back, in_vector);
    return dy * by->input_back * by->below * power;
}

static real gradient_by_result(real dy, real y, const factors *by, bool in_vector) {
    return is_linear(y, in_vector) ? dy * by->above : dy * by->input_back * (y + by->below);
}

void KERNEL(elu_backward)(real *dx, const real *dy, const real *x, size_t n,
                          const mlp_elu_shape *of, const mlp_loop *loop) {
    const factors by = factors_of(of);
    for (size_t i = 0; i < n; i++) {
        const bool in_vector = is_in_vector(i, n, loop);
        dx[i] = of->inplace
                    ? gradient_by_result(dy[i], elu(x[i], &by, of, in_vector), &by, in_vector)
                    : gradient(dy[i], x[i], &by, in_vector);
    }
}
