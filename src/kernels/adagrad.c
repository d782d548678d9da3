/* Adagrad, at the step t = 1, 2, ...
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   s = s + g g                                       sum
 *   param = param - lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps)
 *
 *   all arrays    n elements
 *
 * In g and s "+ a x" is one fused multiply-add. Nothing of the last line is fused; the rate there is
 * computed in double, and rounded once.
 */
#include "mlpstep/kernels/adagrad.h"
#include "real.h"

void KERNEL(adagrad_step)(real *param, real *sum, const real *grad, size_t n,
                          const mlp_adagrad_options *options) {
    const double t = (double)options->step;
    const real rate = (real)(-options->lr / (1 + (t - 1) * options->lr_decay));
    const real eps = (real)options->eps, decay = (real)options->weight_decay;
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        sum[i] = real_fma(g, g, sum[i]);
        param[i] += rate * g / (real_sqrt(sum[i]) + eps);
    }
}
