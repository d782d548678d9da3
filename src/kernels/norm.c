/* Norms, sums over the reduced dimensions
 *
 *   p = 1   y = sum of |x|             dL/dx = dL/dy sign(x)
 *   p = 2   y = sqrt(sum of x^2)       dL/dx = dL/dy (x / y), 0 where y = 0
 *   other   y = (sum of |x|^p)^(1/p), the largest or the smallest |x|, how many are not 0
 *
 *   x, dx    of the sizes dims->shape
 *   y, dy    of those that are not reduced
 */
#include "mlpstep/kernels/norm.h"
#include "elementary.h"
#include "real.h"
#include "reduced.h"
#include "summed.h"

enum {
    LANES = 8,
    HALF = LANES / 2
};

/* The numbers of one result. */
typedef struct {
    const real *x;
    const reduction *r;
    size_t place;
} row;

static real at(const row *of, size_t i) {
    return of->x[reduction_term(of->r, of->place, i)];
}

/* sum + x^2, fused or not. */
static real add_square(real sum, real x, bool rounds_squares) {
    return rounds_squares ? sum + x * x : real_fma(x, x, sum);
}

/* The sum of the squares of n values that lie side by side: in float32, PyTorch's lanes take the full
 * eights, and of what is left, the first four squares are rounded if there are four. In float64 they
 * are added in order. */
static real sum_of_squares(const row *x, size_t n, bool rounds_squares) {
    if (sizeof(real) == sizeof(double)) {
        real in_order = 0;
        for (size_t i = 0; i < n; i++)
            in_order = add_square(in_order, at(x, i), rounds_squares);
        return in_order;
    }
    const size_t full = n - n % LANES, rounded = n % LANES >= HALF ? full + HALF : full;
    real lane[LANES] = {0};
    for (size_t i = 0; i < full; i++)
        lane[i % LANES] = add_square(lane[i % LANES], at(x, i), rounds_squares);
    real sum = lane[0];
    for (size_t i = 1; i < LANES; i++)
        sum += lane[i];
    for (size_t i = full; i < rounded; i++)
        sum += at(x, i) * at(x, i);
    for (size_t i = rounded; i < n; i++)
        sum = real_fma(at(x, i), at(x, i), sum);
    return sum;
}

void KERNEL(norm_forward)(real *y, const real *x, const mlp_reduced_dims *dims, int p,
                          bool rounds_squares) {
    const size_t places = sum_count(dims), count = count_in_each(dims);
    if (p == 2 && count == 1 && rounds_squares)
        p = 1; /* a single number needs no root */
    const reduction r = reduction_of(dims);
    const bool by_rows = p == 2 && reduction_is_by_rows(&r);
    for (size_t i = 0; i < places; i++) {
        const row of = {x, &r, i};
        y[i] = by_rows ? sum_of_squares(&of, count, rounds_squares) : 0;
        for (size_t k = 0; k < count && !by_rows; k++) {
            const real term = at(&of, k);
            y[i] =
                p == 2 ? add_square(y[i], term, rounds_squares) : y[i] + (term < 0 ? -term : term);
        }
        y[i] = p == 2 ? real_sqrt(y[i]) : y[i];
    }
}

void KERNEL(norm_backward)(real *dx, const real *dy, const real *x, const real *y,
                           const mlp_reduced_dims *dims, int p) {
    const size_t n = element_count(dims);
    for (size_t i = 0; i < n; i++) {
        const size_t place = place_of_sum(i, dims);
        if (p == 2)
            dx[i] = dy[place] * (y[place] == 0 ? 0 : x[i] / y[place]);
        else
            dx[i] = dy[place] * (real)((x[i] > 0) - (x[i] < 0));
    }
}

/* The larger (sign 1) or smaller (-1) of two, or nan. */
static real farther(real a, real b, real sign) {
    return isnan(a) || isnan(b) ? (real)NAN : sign * a < sign * b ? b : a;
}

static real with_term(real sum, real x, real p) {
    const real size = x < 0 ? -x : x;
    if (p == 0)
        return sum + (x != 0);
    if (isinf(p))
        return farther(sum, size, p > 0 ? 1 : -1);
    return sum + KERNEL(real_pow_scalar)(size, p);
}

void KERNEL(norm_of_order_forward)(real *y, const real *x, const mlp_reduced_dims *dims, double p,
                                   bool of_later) {
    const size_t count = count_in_each(dims), places = sum_count(dims);
    const real order = (real)(of_later ? p : (double)(float)p);
    const bool is_size = of_later && count == 1 && p != 0;
    const reduction r = reduction_of(dims);
    for (size_t i = 0; i < places; i++) {
        const row of = {x, &r, i};
        y[i] = p == -(double)INFINITY ? (real)INFINITY : 0;
        for (size_t k = 0; k < count; k++) {
            const real term = at(&of, k);
            y[i] = is_size ? (term < 0 ? -term : term) : with_term(y[i], term, order);
        }
    }
    for (size_t i = 0; i < places && p != 0 && !isinf(p) && !is_size; i++)
        y[i] = KERNEL(real_pow_scalar)(y[i], 1 / order);
}
