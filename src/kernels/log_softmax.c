/* LogSoftmax, for the classes c along one dimension
 *
 *   y[c]     = (x[c] - max) - log(sum over k of exp(x[k] - max))
 *
 *   dL/dx[c] = dL/dy[c] - exp(y[c]) sum over k of dL/dy[k]
 *
 *   x, y, dx, dy    (outer, size, inner), size the number of classes
 *
 * Taking max, the largest x, off every x changes nothing but keeps exp from overflowing.
 */
#include "mlpstep/kernels/log_softmax.h"
#include "column.h"

void KERNEL(log_softmax_forward)(real *y, const real *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < column_count(dim); i++) {
        const column c = column_at(dim, i);
        const real max = column_max(x, c);
        column_exp(y, x, max, c);
        const real log_sum = KERNEL(real_log)(column_total(y, c));
        for (size_t k = c.first; k < c.end; k += c.stride)
            y[k] = (x[k] - max) - log_sum;
    }
}

void KERNEL(log_softmax_backward)(real *dx, const real *dy, const real *y,
                                  const mlp_dimension *dim) {
    for (size_t i = 0; i < column_count(dim); i++) {
        const column c = column_at(dim, i);
        const real sum = column_total(dy, c);
        column_exp(dx, y, 0, c);
        for (size_t k = c.first; k < c.end; k += c.stride)
            dx[k] = real_fma(-dx[k], sum, dy[k]);
    }
}
