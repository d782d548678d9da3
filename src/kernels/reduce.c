/* Sums, means and extremes
 *
 *   sum    y = sum of x over the reduced dimensions       dx = dy of its sum
 *   mean   y = sum of x / count                           dx = dy / count
 *   max    y = the largest x, first at `index`            dx = dy at index, 0 elsewhere
 *   max    of all, without a dimension                    dx = dy / (how many equal y) where
 *                                                              x = y, 0 elsewhere
 */
#include "mlpstep/kernels/reduce.h"
#include "real.h"
#include "sum.h"
#include "summed.h"

void KERNEL(sum_forward)(real *y, const real *x, size_t ndim, const size_t *shape,
                         const bool *reduced) {
    KERNEL(sum_dims)(y, x, ndim, shape, reduced);
}

void KERNEL(mean_forward)(real *y, const real *x, size_t ndim, const size_t *shape,
                          const bool *reduced) {
    size_t count = 1, means = 1;
    for (size_t d = 0; d < ndim; d++)
        *(reduced[d] ? &count : &means) *= shape[d];
    KERNEL(sum_dims)(y, x, ndim, shape, reduced);
    for (size_t i = 0; i < means; i++)
        y[i] /= (real)count;
}

void KERNEL(sum_backward)(real *dx, const real *dy, size_t ndim, const size_t *shape,
                          const bool *reduced, size_t count) {
    const size_t n = element_count(ndim, shape);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[place_of_sum(i, ndim, shape, reduced)] / (real)count;
}

void KERNEL(extreme_forward)(real *y, int64_t *index, const real *x, size_t outer, size_t size,
                             size_t inner, double sign) {
    for (size_t i = 0; i < outer * inner; i++) {
        const real *column = x + i / inner * size * inner + i % inner;
        size_t best = 0;
        for (size_t c = 1; c < size && !isnan(column[best * inner]); c++)
            if (isnan(column[c * inner]) ||
                (real)sign * column[c * inner] > (real)sign * column[best * inner])
                best = c;
        if (y)
            y[i] = column[best * inner];
        if (index)
            index[i] = (int64_t)best;
    }
}

void KERNEL(extreme_backward)(real *dx, const real *dy, const int64_t *index, size_t outer,
                              size_t size, size_t inner) {
    for (size_t i = 0; i < outer * size * inner; i++)
        dx[i] = 0;
    for (size_t i = 0; i < outer * inner; i++)
        dx[(i / inner * size + (size_t)index[i]) * inner + i % inner] = dy[i];
}

void KERNEL(extreme_of_all_backward)(real *dx, const real *dy, const real *x, const real *y,
                                     size_t n) {
    size_t equal = 0;
    for (size_t i = 0; i < n; i++)
        equal += x[i] == *y || (isnan(x[i]) && isnan(*y));
    for (size_t i = 0; i < n; i++)
        dx[i] = x[i] == *y || (isnan(x[i]) && isnan(*y)) ? *dy / (real)equal : 0;
}
