/* Softmax, for the classes c of one sample
 *
 *   y[c]     = exp(x[c] - max) / sum over k of exp(x[k] - max)
 *
 *   dL/dx[c] = (dL/dy[c] - sum over k of dL/dy[k] y[k]) y[c]
 *
 * Taking max, the largest x, off every x changes nothing but keeps exp from overflowing.
 *
 * Along the last dimension and along any other PyTorch has two different loops, which differ in
 * rounding: they add in another order, and divide in another way.
 */
#include "mlpstep/kernels/softmax.h"
#include "column.h"
#include "sum.h"

static void forward(real *y, const real *x, size_t classes, size_t inner, bool last_dim, size_t j) {
    const real max = column_max(x, classes, inner);
    for (size_t c = 0; c < classes; c++)
        y[c * inner] = column_exp(x[c * inner] - max, j, inner, last_dim);
    if (last_dim) {
        const real reciprocal = 1 / KERNEL(lane_sum)(y, classes, 1);
        for (size_t c = 0; c < classes; c++)
            y[c] *= reciprocal;
    } else {
        const real sum = column_sum_in_order(y, classes, inner);
        for (size_t c = 0; c < classes; c++)
            y[c * inner] /= sum;
    }
}

static void backward(real *dx, const real *dy, const real *y, size_t classes, size_t inner,
                     bool last_dim) {
    real sum = 0;
    if (last_dim)
        sum = KERNEL(lane_dot)(dy, y, classes);
    else
        for (size_t c = 0; c < classes; c++)
            sum = real_fma(dy[c * inner], y[c * inner], sum);
    for (size_t c = 0; c < classes; c++)
        dx[c * inner] = (dy[c * inner] - sum) * y[c * inner];
}

void KERNEL(softmax_forward)(real *y, const real *x, size_t outer, size_t classes, size_t inner,
                             bool last_dim) {
    if (classes == 0)
        return;
    for (size_t o = 0; o < outer; o++)
        for (size_t j = 0; j < inner; j++) {
            const size_t first = o * classes * inner + j;
            forward(y + first, x + first, classes, inner, last_dim, j);
        }
}

void KERNEL(softmax_backward)(real *dx, const real *dy, const real *y, size_t outer, size_t classes,
                              size_t inner, bool last_dim) {
    for (size_t o = 0; o < outer; o++)
        for (size_t j = 0; j < inner; j++) {
            const size_t first = o * classes * inner + j;
            backward(dx + first, dy + first, y + first, classes, inner, last_dim);
        }
}
