/* P A = L U, and what is found with it: A X = B by L Y = P B and U X = Y; det A, the product of U's
 * diagonal with the sign of P. And A = L L^T. */
#include "mlpstep/kernels/lu.h"

#include <math.h>

static void swap_rows(double *a, size_t i, size_t k, size_t columns) {
    for (size_t j = 0; j < columns && i != k; j++) {
        const double held = a[i * columns + j];
        a[i * columns + j] = a[k * columns + j];
        a[k * columns + j] = held;
    }
}

size_t mlp_lu_factor(double *lu, int64_t *pivot, size_t n) {
    size_t zero = 0;
    for (size_t k = 0; k < n; k++) {
        size_t largest = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(lu[i * n + k]) > fabs(lu[largest * n + k]))
                largest = i;
        pivot[k] = (int64_t)largest;
        swap_rows(lu, k, largest, n);
        if (lu[k * n + k] == 0) {
            zero = zero ? zero : k + 1;
            continue;
        }
        for (size_t i = k + 1; i < n; i++) {
            lu[i * n + k] /= lu[k * n + k];
            for (size_t j = k + 1; j < n; j++)
                lu[i * n + j] -= lu[i * n + k] * lu[k * n + j];
        }
    }
    return zero;
}

/* Element i, j of what stands in lu, or of its transpose. */
static double element(const double *lu, size_t n, size_t i, size_t j, bool transposed) {
    return transposed ? lu[j * n + i] : lu[i * n + j];
}

/* L y = b, or U^T y = b: from the first row on. */
static void solve_down(double *x, const double *lu, size_t n, size_t columns, bool transposed) {
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < columns; c++) {
            double sum = x[i * columns + c];
            for (size_t j = 0; j < i; j++)
                sum -= element(lu, n, i, j, transposed) * x[j * columns + c];
            x[i * columns + c] = transposed ? sum / lu[i * n + i] : sum;
        }
}

/* U x = y, or L^T x = y: from the last row on. */
static void solve_up(double *x, const double *lu, size_t n, size_t columns, bool transposed) {
    for (size_t i = n; i-- > 0;)
        for (size_t c = 0; c < columns; c++) {
            double sum = x[i * columns + c];
            for (size_t j = i + 1; j < n; j++)
                sum -= element(lu, n, i, j, transposed) * x[j * columns + c];
            x[i * columns + c] = transposed ? sum : sum / lu[i * n + i];
        }
}

void mlp_lu_solve(double *x, const double *lu, const int64_t *pivot, size_t n, size_t columns,
                  bool transposed) {
    for (size_t i = 0; i < n && !transposed; i++)
        swap_rows(x, i, (size_t)pivot[i], columns);
    solve_down(x, lu, n, columns, transposed);
    solve_up(x, lu, n, columns, transposed);
    for (size_t i = n; i-- > 0 && transposed;)
        swap_rows(x, i, (size_t)pivot[i], columns);
}

double mlp_lu_det(const double *lu, const int64_t *pivot, size_t n) {
    double det = 1;
    for (size_t i = 0; i < n; i++)
        det *= (size_t)pivot[i] == i ? lu[i * n + i] : -lu[i * n + i];
    return det;
}

size_t mlp_cholesky(double *l, size_t n) {
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < j; k++)
            l[j * n + j] -= l[j * n + k] * l[j * n + k];
        if (!(l[j * n + j] > 0))
            return j + 1;
        l[j * n + j] = sqrt(l[j * n + j]);
        for (size_t i = j + 1; i < n; i++) {
            for (size_t k = 0; k < j; k++)
                l[i * n + j] -= l[i * n + k] * l[j * n + k];
            l[i * n + j] /= l[j * n + j];
        }
        for (size_t i = 0; i < j; i++)
            l[i * n + j] = 0;
    }
    return 0;
}
