/* The bounds of products over a dimension, and of sums and products that keep each number on the
 * way. */
#include "bounds.h"

#include "row.h"

#include <math.h>

static mlp_dimension along(const mlp_call *call) {
    return split_at(call->in[0], (size_t)call->options.dim);
}

static size_t columns_of(const mlp_dimension *dim) {
    return dim->outer * dim->inner;
}

/* --- cumsum, cumprod: in this order everywhere, in the type or in double --- */

typedef bounded joined(rounding r, bounded so_far, bounded next);

static void each_on_the_way(const mlp_call *call, const mlp_bounds *bounds, joined *join,
                            double start) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < columns_of(&l); i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        bounded so_far = exactly(start);
        for (size_t k = 0; k < l.size; k++) {
            so_far = join(r, so_far, bounded_element(&x, k));
            bounds->out[0][x.first + k * x.stride] = so_far.bound;
        }
    }
}

static bounded add_whole(rounding r, bounded so_far, bounded next) {
    (void)r;
    return (bounded){so_far.value + next.value, so_far.bound + next.bound};
}

static bounded multiply_whole(rounding r, bounded so_far, bounded next) {
    (void)r;
    const bool exact = so_far.bound == 0 && next.bound == 0;
    return (bounded){so_far.value * next.value, exact ? 0 : INFINITY};
}

void bound_cumsum(const mlp_call *call, const mlp_bounds *bounds) {
    const bool floating = mlp_dtype_is_floating(call->in[0]->dtype);
    each_on_the_way(call, bounds, floating ? bounded_add_alone : add_whole, 0);
}

void bound_cumprod(const mlp_call *call, const mlp_bounds *bounds) {
    const bool floating = mlp_dtype_is_floating(call->in[0]->dtype);
    each_on_the_way(call, bounds, floating ? bounded_mul_alone : multiply_whole, 1);
}

void bound_cumsum_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < columns_of(&l); i++) {
        const bounded_row dy = bounded_column(call->dout, bounds->dout, &l, i);
        bounded sum = exactly(0);
        for (size_t k = l.size; k-- > 0;) {
            sum = bounded_add_alone(r, sum, bounded_element(&dy, k));
            bounds->din[0][dy.first + k * dy.stride] = sum.bound;
        }
    }
}

/* Also of a nan, which is no bound. */
static double larger(double a, double b) {
    return a <= b ? b : a;
}

static bool may_be_zero(bounded x) {
    return fabs(x.value) <= 2 * x.bound;
}

static bool has_zeros(const bounded_row *x, size_t size) {
    bool any = false;
    for (size_t k = 0; k < size; k++)
        any |= may_be_zero(bounded_element(x, k));
    return any;
}

/* The sum of dy_i y_i, i >= k, divided by x_k. */
static void divided(rounding r, const bounded_row *x, const bounded_row *y, const bounded_row *dy,
                    size_t size, double *dx) {
    bounded sum = exactly(0);
    for (size_t k = size; k-- > 0;) {
        const bounded w = bounded_mul(r, bounded_element(y, k), bounded_element(dy, k));
        sum = bounded_add(r, sum, w);
        dx[x->first + k * x->stride] = bounded_div(r, sum, bounded_element(x, k)).bound;
    }
}

/* The product of the x before x_k, times the sum, in any order, of dy_i times those behind it. */
static double without(rounding r, const bounded_row *x, const bounded_row *dy, size_t size,
                      size_t k, bounded *room) {
    bounded before = exactly(1), behind = exactly(1);
    for (size_t i = 0; i < k; i++)
        before = bounded_mul(r, before, bounded_element(x, i));
    for (size_t i = k; i < size; i++) {
        if (i > k)
            behind = bounded_mul(r, behind, bounded_element(x, i));
        room[i - k] = bounded_mul(r, behind, bounded_element(dy, i));
    }
    return bounded_mul(r, before, bounded_sum(r, room, size - k, false)).bound;
}

void bound_cumprod_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = along(call);
    for (size_t i = 0; i < columns_of(&l); i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        const bounded_row y = bounded_column(call->out[0], bounds->of_out[0], &l, i);
        const bounded_row dy = bounded_column(call->dout, bounds->dout, &l, i);
        divided(r, &x, &y, &dy, l.size, bounds->din[0]);
        for (size_t k = 0; k < l.size && has_zeros(&x, l.size); k++) {
            double *dx = &bounds->din[0][x.first + k * x.stride];
            const double other = without(r, &x, &dy, l.size, k, bounded_room(bounds));
            const bool only = may_be_zero(bounded_element(&x, k)) || !isfinite(*dx);
            *dx = only ? other : larger(*dx, other);
        }
    }
}

/* --- prod: in any order --- */

/* Of whole numbers the product is exact, if it has no more digits than the type; of others it is
 * rounded each time. Where some order may overflow, or lose digits, there is no bound. */
static bounded product(rounding r, const bounded_row *x, size_t n, size_t without) {
    bounded y = exactly(1);
    double large = 1, small = 1;
    bool exact = true;
    for (size_t k = 0; k < n; k++) {
        const bounded factor = bounded_element(x, k);
        const double size = bounded_size(factor);
        if (k == without)
            continue;
        exact = exact && factor.bound == 0 && rint(factor.value) == factor.value;
        y = bounded_mul(r, y, factor);
        large *= fmax(size, 1);
        small *= size > 0 ? fmin(fabs(factor.value), 1) : 1;
    }
    if (exact && large * r.unit <= 1)
        y.bound = 0;
    else if (large > r.largest || small < r.smallest / r.unit)
        y.bound = INFINITY;
    return y;
}

void bound_prod(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = extreme_layout(call);
    for (size_t i = 0; i < columns_of(&l); i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        bounds->out[0][i] =
            l.size == 1 ? bounded_element(&x, 0).bound : product(r, &x, l.size, l.size).bound;
    }
}

/* dy (y / x), or dy times the product of the others. */
void bound_prod_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_dimension l = extreme_layout(call);
    for (size_t i = 0; i < columns_of(&l); i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        const bounded y = bounded_at(call->out[0], bounds->of_out[0], i);
        const bounded dy = bounded_at(call->dout, bounds->dout, i);
        for (size_t k = 0; k < l.size; k++) {
            const bounded element = bounded_element(&x, k);
            const bounded one = bounded_mul(r, dy, bounded_div(r, y, element));
            const bool by_others =
                call->in[0]->ndim == 0 || (element.value == 0 && element.bound == 0);
            const bounded other = bounded_mul(r, dy, product(r, &x, l.size, k));
            const double most = by_others ? other.bound : larger(one.bound, other.bound);
            bounds->din[0][x.first + k * x.stride] = l.size == 1 && by_others ? dy.bound : most;
        }
    }
}
