/* Softmax, for the classes c along one dimension
 *
 *   y[c]     = exp(x[c] - max) / sum over k of exp(x[k] - max)
 *
 *   dL/dx[c] = (dL/dy[c] - sum over k of dL/dy[k] y[k]) y[c]
 *
 *   x, y, dx, dy    (outer, size, inner), size the number of classes
 *
 * Taking max, the largest x, off every x changes nothing but keeps exp from overflowing.
 */
#include "mlpstep/kernels/softmax.h"
#include "column.h"

void KERNEL(softmax_forward)(real *y, const real *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < column_count(dim); i++) {
        const column c = column_at(dim, i);
        const real max = column_max(x, c);
        column_exp(y, x, max, c);
        const real sum = column_total(y, c);
        column_divide(y, sum, c);
    }
}

void KERNEL(softmax_backward)(real *dx, const real *dy, const real *y, const mlp_dimension *dim) {
    for (size_t i = 0; i < column_count(dim); i++) {
        const column c = column_at(dim, i);
        const real sum = column_dot(dy, y, c, dim->rounds_products);
        for (size_t k = c.first; k < c.end; k += c.stride)
            dx[k] = (dy[k] - sum) * y[k];
    }
}
