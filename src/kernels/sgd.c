/* SGD
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   b = momentum b + (1 - dampening) g                where momentum is not 0; b = g at first
 *   g = b                                             g + momentum b with nesterov
 *   param = param - lr g
 *
 *   all arrays    n elements; momentum_buffer NULL at first
 *
 * Each "+ a x" is one fused multiply-add; momentum b is rounded before.
 */
#include "mlpstep/kernels/sgd.h"
#include "vector/elements.h"

void KERNEL(sgd_step)(real *new_param, real *new_momentum_buffer, const real *param,
                      const real *grad, const real *momentum_buffer, size_t n,
                      const mlp_sgd_options *options) {
    const real step = (real)-options->lr, decay = (real)options->weight_decay;
    const real keep = (real)options->momentum, add = (real)(1 - options->dampening);
    const size_t done = sgd_step_in_vectors(new_param, new_momentum_buffer, param, grad,
                                            momentum_buffer, n, options);
    for (size_t i = done; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        if (options->momentum != 0) {
            const real b = momentum_buffer ? real_fma(add, g, keep * momentum_buffer[i]) : g;
            if (new_momentum_buffer)
                new_momentum_buffer[i] = b;
            g = options->nesterov ? real_fma(keep, b, g) : b;
        }
        new_param[i] = real_fma(step, g, param[i]);
    }
}
