/* Rprop
 *
 *   g = grad                                          -grad with maximize
 *   c = g prev
 *   s = s eta_plus where c > 0, s eta_minus where c < 0, else s       step_size
 *   s = s within the least and the largest
 *   g = 0                                             where c < 0
 *   param = param - sign(g) s
 *   prev = g
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/rprop.h"
#include "real.h"

static real sign(real x) {
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}

/* nan stays. */
static real within(real x, real least, real most) {
    return x < least ? least : x > most ? most : x;
}

void KERNEL(rprop_step)(real *param, real *prev, real *step_size, const real *grad, size_t n,
                        const mlp_rprop_options *options) {
    const real minus = (real)options->etas[0], plus = (real)options->etas[1];
    const real least = (real)options->step_sizes[0], most = (real)options->step_sizes[1];
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        const real turn = sign(g * prev[i]);
        step_size[i] = within(step_size[i] * (turn > 0 ? plus : turn < 0 ? minus : 1), least, most);
        if (turn < 0)
            g = 0;
        param[i] -= sign(g) * step_size[i];
        prev[i] = g;
    }
}
