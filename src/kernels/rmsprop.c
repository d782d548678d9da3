/* RMSprop
 *
 *   g = grad                                          -grad with maximize
 *   g = g + weight_decay param                        where weight_decay is not 0
 *   v = alpha v + (1 - alpha) g g                     square_avg
 *   a = alpha a + (1 - alpha) g                       grad_avg, where centered
 *   d = sqrt(v) + eps                                 sqrt(v - a a) + eps where centered
 *   b = momentum b + g / d                            momentum_buffer, where momentum is above 0
 *   param = param - lr b                              else param - lr g / d
 *
 *   all arrays    n elements; v, a and b zeros at first
 *
 * By lerp, a moves from the nearer of both: a + (1 - alpha) (g - a), or g - alpha (g - a) where alpha
 * <= 1/2, fused.
 *
 * In g, v, a, v - a a and param - lr b each "+ a x" is one fused multiply-add, of (1 - alpha) g and g
 * in v; alpha v, alpha a and momentum b are rounded before. Nothing else is fused.
 */
#include "mlpstep/kernels/rmsprop.h"
#include "average.h"

void KERNEL(rmsprop_step)(real *param, real *square_avg, real *momentum_buffer, real *grad_avg,
                          const real *grad, size_t n, const mlp_rmsprop_options *options) {
    const real step = (real)-options->lr, decay = (real)options->weight_decay;
    const real keep = (real)options->alpha, add = (real)(1 - options->alpha);
    const real momentum = (real)options->momentum, eps = (real)options->eps;
    for (size_t i = 0; i < n; i++) {
        real g = options->maximize ? -grad[i] : grad[i];
        if (options->weight_decay != 0)
            g = real_fma(decay, param[i], g);
        real v = square_avg[i] = real_fma(add * g, g, keep * square_avg[i]);
        if (options->centered) {
            const real a = grad_avg[i] = average(grad_avg[i], g, keep, add, options->by_lerp);
            v = real_fma(-a, a, v);
        }
        const real d = real_sqrt(v) + eps;
        if (options->momentum > 0) {
            momentum_buffer[i] = momentum * momentum_buffer[i] + g / d;
            param[i] = real_fma(step, momentum_buffer[i], param[i]);
        } else {
            param[i] += step * g / d;
        }
    }
}
