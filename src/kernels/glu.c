/* GLU, the gated linear unit, over one dimension of 2 size: a, its first half, and b, its second
 *
 *   y = a s        s = 1 / (1 + exp(-b))
 *
 *   da = s dy      db = (1 - s) s a dy
 *
 *   x, dx    (outer, 2 size, inner)
 *   y, dy    (outer, size, inner)
 */
#include "mlpstep/kernels/glu.h"
#include "elementary.h"

void KERNEL(glu_forward)(real *y, const real *x, const mlp_dimension *dim) {
    const size_t n = dim->size * dim->inner;
    for (size_t i = 0; i < dim->outer * n; i++) {
        const real *a = x + i / n * 2 * n;
        const size_t k = i % n;
        y[i] = a[k] * (1 / (1 + KERNEL(real_exp_of)(-a[n + k], is_in_vector(k, n))));
    }
}

void KERNEL(glu_backward)(real *dx, const real *dy, const real *x, const mlp_dimension *dim) {
    const size_t n = dim->size * dim->inner;
    for (size_t i = 0; i < dim->outer * n; i++) {
        const size_t first = i / n * 2 * n + i % n, second = first + n;
        const real s = 1 / (1 + KERNEL(real_exp_of)(-x[second], is_in_vector(i % n, n)));
        dx[first] = s * dy[i];
        dx[second] = (1 - s) * s * x[first] * dy[i];
    }
}
