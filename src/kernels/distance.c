/* Distances of points
 *
 *   y[i, j] = sqrt(sum of (a[i] - b[j])^2), or the sum of |a[i] - b[j]|
 *
 *   da[i] = sum over j of dy[i, j] (a[i] - b[j]) / y[i, j], 0 where y is; db[j] the other way,
 *   or of dy[i, j] sign(a[i] - b[j])
 *
 *   a (n, k), b (m, k), y and dy (n, m)
 */
#include "mlpstep/kernels/distance.h"
#include "real.h"

enum {
    GROUP = 4
};

/* In order. A compiler has made groups of them, whose squares are rounded; those behind the last
 * full group are not. */
static real sum_of_terms(const real *a, const real *b, size_t k, bool squared) {
    real sum = 0;
    for (size_t i = 0; i < k; i++) {
        const real apart = a[i] - b[i];
        if (!squared)
            sum += (real)fabs(apart);
        else
            sum = i < k - k % GROUP ? sum + apart * apart : real_fma(apart, apart, sum);
    }
    return sum;
}

void KERNEL(distance_forward)(real *y, const real *a, const real *b, const mlp_points *points) {
    for (size_t i = 0; i < points->n; i++)
        for (size_t j = 0; j < points->m; j++) {
            const real sum =
                sum_of_terms(a + i * points->k, b + j * points->k, points->k, points->squared);
            y[i * points->m + j] = points->squared ? real_sqrt(sum) : sum;
        }
}

static real slope(real apart, real distance, real dy, bool squared) {
    if (!squared)
        return dy * (real)((apart > 0) - (apart < 0));
    return distance == 0 ? 0 : dy * apart / distance;
}

void KERNEL(distance_backward)(real *dx, const real *dy, const real *y, const real *a,
                               const real *b, const mlp_points *points, bool of_b) {
    const size_t k = points->k, n = of_b ? points->m : points->n;
    for (size_t i = 0; i < n * k; i++)
        dx[i] = 0;
    for (size_t i = 0; i < points->n; i++)
        for (size_t j = 0; j < points->m; j++)
            for (size_t t = 0; t < k; t++) {
                const size_t at = i * points->m + j;
                const real apart = of_b ? b[j * k + t] - a[i * k + t] : a[i * k + t] - b[j * k + t];
                dx[(of_b ? j : i) * k + t] += slope(apart, y[at], dy[at], points->squared);
            }
}
