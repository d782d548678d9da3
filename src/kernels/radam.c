/* RAdam, at the step t = 1, 2, ...
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   m = beta1 m + (1 - beta1) g                       exp_avg
 *   v = beta2 v + (1 - beta2) g g                     exp_avg_sq
 *   k = 2 / (1 - beta2) - 1
 *   l = k - 2 t beta2^t / (1 - beta2^t)
 *   d = lr m / (1 - beta1^t)
 *   d = d sqrt(1 - beta2^t) / (sqrt(v) + eps)
 *         sqrt((l - 4) (l - 2) k / ((k - 4) (k - 2) l))       where l is above 5
 *   param = param - d
 *
 *   all arrays    n elements; m and v zeros at first
 *
 * By lerp, m moves from the nearer of both, as in Adam. In g, m and v "+ a x" is one fused
 * multiply-add, before which beta1 m and beta2 v are rounded. Nothing else is fused; 1 / (sqrt(v) +
 * eps) is rounded before it is multiplied. Factors that no element has part in are computed in
 * double, and rounded once.
 */
#include "mlpstep/kernels/radam.h"
#include "average.h"

void KERNEL(radam_step)(real *param, real *exp_avg, real *exp_avg_sq, const real *grad, size_t n,
                        const mlp_radam_options *options) {
    const double beta1 = options->betas[0], beta2 = options->betas[1];
    const double t = (double)options->step, left = 1 - pow(beta2, t);
    const double most = 2 / (1 - beta2) - 1, length = most - 2 * t * pow(beta2, t) / left;
    const double ratio = (length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length);
    const bool is_long = length > 5;
    const real keep1 = (real)beta1, add1 = (real)(1 - beta1);
    const real keep2 = (real)beta2, add2 = (real)(1 - beta2);
    const real bias = (real)(1 - pow(beta1, t)), root = (real)sqrt(left);
    const real rectified = is_long ? (real)sqrt(ratio) : 0, lr = (real)options->lr;
    const real eps = (real)options->eps, decay = (real)options->weight_decay;
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        const real m = exp_avg[i] = average(exp_avg[i], g, keep1, add1, options->by_lerp);
        const real v = exp_avg_sq[i] = real_fma(add2 * g, g, keep2 * exp_avg_sq[i]);
        real d = m / bias * lr;
        if (is_long)
            d = d * (1 / (real_sqrt(v) + eps) * root) * rectified;
        param[i] -= d;
    }
}
