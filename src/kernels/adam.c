/* Adam, at the step t = 1, 2, ...
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0, or, decoupled,
 *   param = (1 - lr weight_decay) param               as AdamW has it
 *   m = beta1 m + (1 - beta1) g                       exp_avg
 *   v = beta2 v + (1 - beta2) g g                     exp_avg_sq
 *   w = max(w, v)                                     max_exp_avg_sq with amsgrad; else w = v
 *   param = param - lr / (1 - beta1^t) m / (sqrt(w) / sqrt(1 - beta2^t) + eps)
 *
 *   all arrays    n elements; m, v and w zeros at first
 *
 * By lerp, m moves from the nearer of both: m + (1 - beta1) (g - m), or g - beta1 (g - m) where beta1
 * <= 1/2, fused.
 *
 * In g, m and v each "+ a x" is one fused multiply-add, of (1 - beta2) g and g in v; beta m is
 * rounded before. Nothing of the last line is fused. Factors that no element has part in are
 * computed in double, and rounded once.
 */
#include "mlpstep/kernels/adam.h"
#include "average.h"
#include "vector/elements.h"

static adam_factors factors_of(const mlp_adam_options *options) {
    const double beta1 = options->betas[0], beta2 = options->betas[1];
    const double t = (double)options->step;
    return (adam_factors){.options = options,
                          .keep1 = (real)beta1,
                          .add1 = (real)(1 - beta1),
                          .keep2 = (real)beta2,
                          .add2 = (real)(1 - beta2),
                          .step = (real)(-options->lr / (1 - pow(beta1, t))),
                          .root = (real)sqrt(1 - pow(beta2, t)),
                          .eps = (real)options->eps,
                          .decay = (real)options->weight_decay,
                          .shrink = (real)(1 - options->lr * options->weight_decay)};
}

void KERNEL(adam_step)(real *param, real *exp_avg, real *exp_avg_sq, real *max_exp_avg_sq,
                       const real *grad, size_t n, const mlp_adam_options *options) {
    const adam_factors f = factors_of(options);
    const size_t done =
        adam_step_in_vectors(param, exp_avg, exp_avg_sq, max_exp_avg_sq, grad, n, &f);
    for (size_t i = done; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->decoupled)
            param[i] *= f.shrink;
        else if (options->weight_decay != 0)
            g = real_fma(f.decay, param[i], g);
        const real m = exp_avg[i] = average(exp_avg[i], g, f.keep1, f.add1, options->by_lerp);
        const real v = exp_avg_sq[i] = real_fma(f.add2 * g, g, f.keep2 * exp_avg_sq[i]);
        const real w = options->amsgrad ? larger(max_exp_avg_sq[i], v) : v;
        if (options->amsgrad)
            max_exp_avg_sq[i] = w;
        param[i] += f.step * m / (real_sqrt(w) / f.root + f.eps);
    }
}
