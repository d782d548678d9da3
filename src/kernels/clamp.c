/* Limits
 *
 *   clamp      y = min where x < min, max where x > max, x elsewhere
 *              dx = dy where min <= x <= max, 0 elsewhere
 *
 *   maximum    y = the larger of a and b
 *              da = dy where a > b, dy / 2 where a = b, 0 where a < b; db likewise
 *
 *   all arrays    n elements
 */
#include "mlpstep/kernels/clamp.h"
#include "real.h"

/* Of two limits, one of which is nan, PyTorch makes nan of everything. */
static bool nan_limit(const mlp_clamp_limits *limits) {
    return limits->has_min && limits->has_max && (isnan(limits->min) || isnan(limits->max));
}

void KERNEL(clamp_forward)(real *y, const real *x, const mlp_clamp_limits *limits, size_t n) {
    const real min = (real)limits->min, max = (real)limits->max;
    for (size_t i = 0; i < n; i++) {
        const real raised = limits->has_min && x[i] < min ? min : x[i];
        y[i] = limits->has_max && raised > max ? max : raised;
        if (nan_limit(limits))
            y[i] = (real)NAN;
    }
}

void KERNEL(clamp_backward)(real *dx, const real *dy, const real *x, const mlp_clamp_limits *limits,
                            size_t n) {
    const real min = (real)limits->min, max = (real)limits->max;
    for (size_t i = 0; i < n; i++) {
        const bool above = !limits->has_min || x[i] >= min, below = !limits->has_max || x[i] <= max;
        dx[i] = above && below ? dy[i] : 0;
    }
}

/* Of zeros of both signs, PyTorch's vectors give b and the elements left at the end give a. */
void KERNEL(maximum_forward)(real *y, const real *a, const real *b, double sign, size_t n,
                             const mlp_loop *loop) {
    for (size_t i = 0; i < n; i++) {
        const bool a_wins = is_in_vector(i, n, loop) ? (real)sign * a[i] > (real)sign * b[i]
                                                     : !((real)sign * a[i] < (real)sign * b[i]);
        y[i] = isnan(a[i]) || (a_wins && !isnan(b[i])) ? a[i] : b[i];
    }
}

static real share(real dy, real mine, real other, real sign) {
    if (mine == other)
        return dy / 2;
    return sign * mine < sign * other ? 0 : dy;
}

void KERNEL(maximum_backward)(real *da, real *db, const real *dy, const real *a, const real *b,
                              double sign, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const real of_a = share(dy[i], a[i], b[i], (real)sign);
        const real of_b = share(dy[i], b[i], a[i], (real)sign);
        if (da)
            da[i] = of_a;
        if (db)
            db[i] = of_b;
    }
}
