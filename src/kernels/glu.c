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

/* Whether element i of y goes through vectors: the halves of an x in order are runs themselves. */
static bool by_vector(size_t i, size_t half, size_t n, const mlp_loop *loop) {
    return loop->scattered ? is_in_vector(i, n, loop) : is_in_vector(i % half, half, loop);
}

void KERNEL(glu_forward)(real *y, const real *x, const mlp_dimension *dim, const mlp_loop *loop) {
    const size_t half = dim->size * dim->inner, n = dim->outer * half;
    for (size_t i = 0; i < n; i++) {
        const real *a = x + i / half * 2 * half + i % half;
        y[i] = a[0] * (1 / (1 + KERNEL(real_exp_of)(-a[half], by_vector(i, half, n, loop))));
    }
}

void KERNEL(glu_backward)(real *dx, const real *dy, const real *x, const mlp_dimension *dim,
                          const mlp_loop *loop) {
    const size_t half = dim->size * dim->inner, n = dim->outer * half;
    for (size_t i = 0; i < n; i++) {
        const size_t first = i / half * 2 * half + i % half, second = first + half;
        const real s = 1 / (1 + KERNEL(real_exp_of)(-x[second], by_vector(i, half, n, loop)));
        dx[first] = s * dy[i];
        dx[second] = (1 - s) * s * x[first] * dy[i];
    }
}
