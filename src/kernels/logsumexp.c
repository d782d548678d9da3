/* The logarithm of a sum of exponentials
 *
 *   y  = log(sum of exp(x - max)) + max     max = the largest x, 0 where that is infinite
 *   dx = dy exp(x - y)
 *
 *   x, dx, e = exp(x - max)    the sizes dims->shape
 *   y, dy, max                 those that are not reduced
 */
#include "mlpstep/kernels/logsumexp.h"
#include "elementary.h"
#include "real.h"
#include "sum.h"
#include "summed.h"

void KERNEL(logsumexp_forward)(real *y, real *e, real *max, const real *x,
                               const mlp_reduced_dims *dims, bool nearest) {
    const size_t n = element_count(dims), places = sum_count(dims);
    for (size_t i = 0; i < places; i++)
        max[i] = -(real)INFINITY;
    for (size_t i = 0; i < n; i++) {
        real *largest = &max[place_of_sum(i, dims)];
        if (x[i] > *largest || isnan(x[i]))
            *largest = x[i];
    }
    for (size_t i = 0; i < places; i++)
        max[i] = isinf(max[i]) ? 0 : max[i];
    for (size_t i = 0; i < n; i++)
        e[i] = KERNEL(real_exp_whole)(x[i] - max[place_of_sum(i, dims)], nearest);
    KERNEL(sum_dims)(y, e, dims);
    for (size_t i = 0; i < places; i++)
        y[i] = KERNEL(real_log_whole)(y[i], nearest) + max[i];
}

void KERNEL(logsumexp_backward)(real *dx, const real *dy, const real *x, const real *y,
                                const mlp_reduced_dims *dims, bool nearest) {
    const size_t n = element_count(dims);
    for (size_t i = 0; i < n; i++) {
        const size_t place = place_of_sum(i, dims);
        dx[i] = dy[place] * KERNEL(real_exp_whole)(x[i] - y[place], nearest);
    }
}
