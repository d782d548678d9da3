/* Adadelta
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   v = rho v + (1 - rho) g g                         square_avg
 *   d = sqrt(a + eps) / sqrt(v + eps) g
 *   a = rho a + (1 - rho) d d                         acc_delta
 *   param = param - lr d
 *
 *   all arrays    n elements; v and a zeros at first
 *
 * In g, v, a and the last line "+ a x" is one fused multiply-add, of (1 - rho) g and g in v, and so in
 * a; rho v and rho a are rounded before. Nothing else is fused.
 */
#include "mlpstep/kernels/adadelta.h"
#include "real.h"

void KERNEL(adadelta_step)(real *param, real *square_avg, real *acc_delta, const real *grad,
                           size_t n, const mlp_adadelta_options *options) {
    const real keep = (real)options->rho, add = (real)(1 - options->rho);
    const real eps = (real)options->eps, decay = (real)options->weight_decay;
    const real step = (real)-options->lr;
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        const real v = square_avg[i] = real_fma(add * g, g, keep * square_avg[i]);
        const real d = real_sqrt(acc_delta[i] + eps) / real_sqrt(v + eps) * g;
        acc_delta[i] = real_fma(add * d, d, keep * acc_delta[i]);
        param[i] = real_fma(step, d, param[i]);
    }
}
