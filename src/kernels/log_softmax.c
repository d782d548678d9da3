/* LogSoftmax, for the classes c of one sample
 *
 *   y[c]     = (x[c] - max) - log(sum over k of exp(x[k] - max))
 *
 *   dL/dx[c] = dL/dy[c] - exp(y[c]) sum over k of dL/dy[k]
 *
 * Taking max, the largest x, off every x changes nothing but keeps exp from overflowing.
 *
 * Along the last dimension and along any other PyTorch adds in different orders.
 */
#include "mlpstep/kernels/log_softmax.h"
#include "column.h"
#include "sum.h"

static real sum_of(const real *x, size_t classes, size_t inner, bool last_dim) {
    return last_dim ? KERNEL(lane_sum)(x, classes, 1) : column_sum_in_order(x, classes, inner);
}

static void forward(real *y, const real *x, size_t classes, size_t inner, bool last_dim, size_t j) {
    const real max = column_max(x, classes, inner);
    for (size_t c = 0; c < classes; c++)
        y[c * inner] = column_exp(x[c * inner] - max, j, inner, last_dim);
    const real log_sum = KERNEL(real_log)(sum_of(y, classes, inner, last_dim));
    for (size_t c = 0; c < classes; c++)
        y[c * inner] = (x[c * inner] - max) - log_sum;
}

static void backward(real *dx, const real *dy, const real *y, size_t classes, size_t inner,
                     bool last_dim, size_t j) {
    const real sum = sum_of(dy, classes, inner, last_dim);
    for (size_t c = 0; c < classes; c++)
        dx[c * inner] = real_fma(-column_exp(y[c * inner], j, inner, last_dim), sum, dy[c * inner]);
}

void KERNEL(log_softmax_forward)(real *y, const real *x, size_t outer, size_t classes, size_t inner,
                                 bool last_dim) {
    if (classes == 0)
        return;
    for (size_t o = 0; o < outer; o++)
        for (size_t j = 0; j < inner; j++) {
            const size_t first = o * classes * inner + j;
            forward(y + first, x + first, classes, inner, last_dim, j);
        }
}

void KERNEL(log_softmax_backward)(real *dx, const real *dy, const real *y, size_t outer,
                                  size_t classes, size_t inner, bool last_dim) {
    for (size_t o = 0; o < outer; o++)
        for (size_t j = 0; j < inner; j++) {
            const size_t first = o * classes * inner + j;
            backward(dx + first, dy + first, y + first, classes, inner, last_dim, j);
        }
}
