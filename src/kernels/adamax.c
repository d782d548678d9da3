/* Adamax, at the step t = 1, 2, ...
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   m = beta1 m + (1 - beta1) g                       exp_avg
 *   u = max(beta2 u, |g| + eps)                       exp_inf
 *   param = param - lr / (1 - beta1^t) m / u
 *
 *   all arrays    n elements; m and u zeros at first
 *
 * By lerp, m moves from the nearer of both, as in Adam. In g and m "+ a x" is one fused multiply-add,
 * before which beta1 m is rounded. Nothing of the last line is fused; the rate there is computed in
 * double, and rounded once.
 */
#include "mlpstep/kernels/adamax.h"
#include "average.h"

void KERNEL(adamax_step)(real *param, real *exp_avg, real *exp_inf, const real *grad, size_t n,
                         const mlp_adamax_options *options) {
    const double beta1 = options->betas[0];
    const real keep = (real)beta1, add = (real)(1 - beta1), fade = (real)options->betas[1];
    const real rate = (real)(-options->lr / (1 - pow(beta1, (double)options->step)));
    const real eps = (real)options->eps, decay = (real)options->weight_decay;
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        const real m = exp_avg[i] = average(exp_avg[i], g, keep, add, options->by_lerp);
        const real u = exp_inf[i] = larger(fade * exp_inf[i], (real)fabs(g) + eps);
        param[i] += rate * m / u;
    }
}
