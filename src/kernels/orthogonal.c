/* A = Q R    column k is reflected to a multiple of (0, .., 1, .., 0) by H_k = 1 - tau u u^T
 * A = U diag(s) V^T    columns of A V are turned in pairs until all are at right angles */
#include "mlpstep/kernels/orthogonal.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* --- A = Q R --- */

/* Column k from row k on: u, whose first element is 1, stands below what is left of the column.
 * Returns tau. */
static double reflect_column(double *a, size_t m, size_t n, size_t k) {
    const double alpha = a[k * n + k];
    double rest = 0;
    for (size_t i = k + 1; i < m; i++)
        rest = hypot(rest, a[i * n + k]);
    if (rest == 0)
        return 0;
    const double beta = -copysign(hypot(alpha, rest), alpha);
    for (size_t i = k + 1; i < m; i++)
        a[i * n + k] /= alpha - beta;
    a[k * n + k] = beta;
    return (beta - alpha) / beta;
}

/* H_k: u stands in column k of a (m, n), but for its first element, which is 1. */
typedef struct {
    const double *a;
    size_t m, n, k;
    double tau;
} reflection;

/* x, of `columns` columns, from `first` on, becomes H_k x. */
static void apply(double *x, size_t columns, size_t first, const reflection *h) {
    for (size_t j = first; j < columns; j++) {
        double dot = x[h->k * columns + j];
        for (size_t i = h->k + 1; i < h->m; i++)
            dot += h->a[i * h->n + h->k] * x[i * columns + j];
        x[h->k * columns + j] -= h->tau * dot;
        for (size_t i = h->k + 1; i < h->m; i++)
            x[i * columns + j] -= h->tau * dot * h->a[i * h->n + h->k];
    }
}

/* tau of a reflection whose u stands in the column: 2 / |u|^2, or 0 where there was nothing below. */
static double tau_of(const double *a, size_t m, size_t n, size_t k) {
    double squares = 0;
    for (size_t i = k + 1; i < m; i++)
        squares += a[i * n + k] * a[i * n + k];
    return squares == 0 ? 0 : 2 / (1 + squares);
}

void mlp_qr(double *q, double *r, double *a, size_t m, size_t n) {
    const size_t k = m < n ? m : n;
    for (size_t i = 0; i < k; i++) {
        const reflection h = {a, m, n, i, reflect_column(a, m, n, i)};
        apply(a, n, i + 1, &h);
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < n; j++)
            r[i * n + j] = j >= i ? a[i * n + j] : 0;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < k; j++)
            q[i * k + j] = i == j;
    for (size_t i = k; i-- > 0;) {
        const reflection h = {a, m, n, i, tau_of(a, m, n, i)};
        apply(q, k, 0, &h);
    }
}

/* --- A = U diag(s) V^T --- */

enum {
    SWEEPS = 60
};

static double dot_of(const double *a, size_t rows, size_t n, size_t p, size_t q) {
    double dot = 0;
    for (size_t i = 0; i < rows; i++)
        dot += a[i * n + p] * a[i * n + q];
    return dot;
}

static void turn(double *a, size_t rows, size_t n, size_t p, size_t q, double c, double s) {
    for (size_t i = 0; i < rows; i++) {
        const double left = a[i * n + p], right = a[i * n + q];
        a[i * n + p] = c * left - s * right;
        a[i * n + q] = s * left + c * right;
    }
}

/* Whether the columns had to be turned. */
static bool make_orthogonal(double *u, double *v, size_t m, size_t n, size_t p, size_t q) {
    const double alpha = dot_of(u, m, n, p, p), beta = dot_of(u, m, n, q, q);
    const double gamma = dot_of(u, m, n, p, q);
    if (gamma == 0 || fabs(gamma) <= DBL_EPSILON * sqrt(alpha * beta))
        return false;
    const double zeta = (beta - alpha) / (2 * gamma);
    const double t = copysign(1, zeta) / (fabs(zeta) + hypot(1, zeta));
    const double c = 1 / hypot(1, t), s = c * t;
    turn(u, m, n, p, q, c, s);
    turn(v, n, n, p, q, c, s);
    return true;
}

static void swap_columns(double *a, size_t rows, size_t n, size_t p, size_t q) {
    for (size_t i = 0; i < rows && p != q; i++) {
        const double held = a[i * n + p];
        a[i * n + p] = a[i * n + q];
        a[i * n + q] = held;
    }
}

void mlp_svd(double *u, double *s, double *v, size_t m, size_t n) {
    bool turned = true;
    for (size_t i = 0; i < n * n; i++)
        v[i] = i % (n + 1) == 0;
    for (size_t sweep = 0; sweep < SWEEPS && turned; sweep++) {
        turned = false;
        for (size_t p = 0; p + 1 < n; p++)
            for (size_t q = p + 1; q < n; q++)
                turned = make_orthogonal(u, v, m, n, p, q) || turned;
    }
    for (size_t k = 0; k < n; k++)
        s[k] = sqrt(dot_of(u, m, n, k, k));
    for (size_t k = 0; k < n; k++) {
        size_t largest = k;
        for (size_t i = k + 1; i < n; i++)
            largest = s[i] > s[largest] ? i : largest;
        swap_columns(s, 1, n, k, largest);
        swap_columns(u, m, n, k, largest);
        swap_columns(v, n, n, k, largest);
        for (size_t i = 0; i < m; i++)
            u[i * n + k] = s[k] > 0 ? u[i * n + k] / s[k] : 0;
    }
}
