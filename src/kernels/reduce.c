/* Sums, means and extremes
 *
 *   sum    y = sum of x over the reduced dimensions       dx = dy of its sum
 *   mean   y = sum of x / count                           dx = dy / count
 *   var    y = sum of (x - mean)^2 / (count - c)          dx = 2 / (count - c) dy (x - mean)
 *   std    y = sqrt(var)                                  dx = that of var, for dy / (2 y)
 *   max    y = the largest x, first at `index`            dx = dy at index, 0 elsewhere
 *   max    of all, without a dimension                    dx = dy / (how many equal y) where
 *                                                              x = y, 0 elsewhere
 *
 *   sum, mean, var, std    x, dx of the sizes dims->shape, y, dy, mean of those that are not reduced
 *   max                    x, dx (outer, size, inner), y, dy, index (outer, inner)
 *   max of all             x, dx n elements, y, dy one
 */
#include "mlpstep/kernels/reduce.h"
#include "real.h"
#include "reduced.h"
#include "sum.h"
#include "summed.h"

void KERNEL(sum_forward)(real *y, const real *x, const mlp_reduced_dims *dims) {
    KERNEL(sum_dims)(y, x, dims);
}

void KERNEL(mean_forward)(real *y, const real *x, const mlp_reduced_dims *dims) {
    const size_t count = count_in_each(dims), means = sum_count(dims);
    KERNEL(sum_dims)(y, x, dims);
    for (size_t i = 0; i < means; i++)
        y[i] /= (real)count;
}

void KERNEL(sum_backward)(real *dx, const real *dy, const mlp_reduced_dims *dims, size_t count) {
    const size_t n = element_count(dims);
    for (size_t i = 0; i < n; i++)
        dx[i] = dy[place_of_sum(i, dims)] / (real)count;
}

void KERNEL(running_mean_of)(real *y, const real *x, const mlp_reduced_dims *dims) {
    const size_t count = count_in_each(dims), means = sum_count(dims);
    const reduction r = reduction_of(dims);
    for (size_t place = 0; place < means; place++) {
        double mean = count ? 0 : (double)NAN;
        for (size_t i = 0; i < count; i++)
            mean += ((double)x[reduction_term(&r, place, i)] - mean) / (double)(i + 1);
        y[place] = (real)mean;
    }
}

/* The variance at `place` of float64 numbers, element by element (Welford's way), as PyTorch computes
 * it where there are several. */
static double running_variance(const real *x, size_t place, const mlp_reduced_dims *dims,
                               int64_t correction) {
    const size_t count = count_in_each(dims);
    const reduction r = reduction_of(dims);
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        const double value = (double)x[reduction_term(&r, place, i)], distance = value - mean;
        mean += distance / (double)(i + 1);
        squares = fused_double(distance, value - mean, squares);
    }
    return squares / fmax(0, (double)count - (double)correction);
}

/* The variance at `place`, in double. The mean is that of the real type: what it lacks is taken
 * off again, but not where all elements have one variance, which PyTorch computes so, too. */
static double variance(const real *x, real mean, size_t place, const mlp_reduced_dims *dims,
                       int64_t correction) {
    if (sizeof(real) == sizeof(double) && sum_count(dims) > 1)
        return running_variance(x, place, dims, correction);
    const size_t count = count_in_each(dims);
    const reduction r = reduction_of(dims);
    double squares = 0, distances = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t at = reduction_term(&r, place, i);
        const double distance = (double)x[at] - (double)mean;
        squares += distance * distance;
        distances += distance;
    }
    if (sum_count(dims) > 1)
        squares -= distances * distances / (double)count;
    return squares / fmax(0, (double)count - (double)correction);
}

void KERNEL(var_forward)(real *y, const real *x, const real *mean, const mlp_reduced_dims *dims,
                         int64_t correction) {
    const size_t places = sum_count(dims);
    for (size_t i = 0; i < places; i++)
        y[i] = (real)variance(x, mean[i], i, dims, correction);
}

void KERNEL(std_forward)(real *y, const real *x, const real *mean, const mlp_reduced_dims *dims,
                         int64_t correction) {
    const size_t places = sum_count(dims);
    for (size_t i = 0; i < places; i++)
        y[i] = (real)sqrt(variance(x, mean[i], i, dims, correction));
}

void KERNEL(var_backward)(real *dx, const real *dy, const real *x, const real *mean,
                          const mlp_reduced_dims *dims, int64_t correction) {
    const size_t n = element_count(dims), count = count_in_each(dims);
    const real factor = (real)(2 / ((double)count - (double)correction));
    for (size_t i = 0; i < n; i++) {
        const size_t place = place_of_sum(i, dims);
        /* Without dimensions, infinity is not multiplied by x - mean = 0. */
        dx[i] = factor * dy[place] * (dims->ndim || isfinite(factor) ? x[i] - mean[place] : 1);
    }
}

void KERNEL(std_backward)(real *dx, const real *dy, const real *x, const real *mean, const real *y,
                          const mlp_reduced_dims *dims, int64_t correction) {
    const size_t n = element_count(dims), count = count_in_each(dims);
    const real factor = (real)(2 / ((double)count - (double)correction));
    for (size_t i = 0; i < n; i++) {
        const size_t place = place_of_sum(i, dims);
        const real of_var = y[place] == 0 ? 0 : dy[place] / (y[place] * 2);
        dx[i] = factor * of_var * (x[i] - mean[place]);
    }
}

void KERNEL(extreme_forward)(real *y, int64_t *index, const real *x, const mlp_dimension *dim,
                             double sign) {
    const size_t size = dim->size, inner = dim->inner;
    for (size_t i = 0; i < dim->outer * inner; i++) {
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

void KERNEL(extreme_backward)(real *dx, const real *dy, const int64_t *index,
                              const mlp_dimension *dim) {
    const size_t size = dim->size, inner = dim->inner;
    for (size_t i = 0; i < dim->outer * size * inner; i++)
        dx[i] = 0;
    for (size_t i = 0; i < dim->outer * inner; i++)
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
