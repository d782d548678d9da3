/* Products with vectors, in float64
 *
 *   dot   y    = sum over i of a[i] b[i]
 *   mv    y[i] = sum over j of a[i,j] x[j]
 *
 *   dot   a, b (n), y one value
 *   mv    a (m, k), x (k), y (m)
 *
 * PyTorch leaves both to its BLAS. The orders are those of OpenBLAS on processors with AVX2 (its
 * Haswell kernels ddot, dgemv_t and dgemv_n), with other lanes and groups than in float32.
 */
#include "mlpstep/kernels/mv.h"
#include "real.h"

enum {
    LANES = 4,
    DOT_BLOCK = 4 * LANES,
    PART = 2048 /* terms of a row that are worked on together */
};

/* Four lanes added: the upper half to the lower, then neighbours. */
static real fold(const real lane[LANES]) {
    return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

/* Term i of the full blocks of 16 goes to lane i mod 16; those beyond are added in order. */
real KERNEL(dot)(const real *a, const real *b, size_t n) {
    const size_t blocks = n - n % DOT_BLOCK;
    real lane[DOT_BLOCK] = {0}, folded[LANES] = {0};
    for (size_t i = 0; i < blocks; i++)
        lane[i % DOT_BLOCK] = real_fma(a[i], b[i], lane[i % DOT_BLOCK]);
    for (size_t j = 0; j < LANES / 2; j++) {
        real part[4];
        for (size_t k = 0; k < 4; k++)
            part[k] = lane[k * LANES + j] + lane[k * LANES + j + LANES / 2];
        folded[j] = (part[0] + part[1]) + (part[2] + part[3]);
    }
    real sum = fold(folded);
    for (size_t i = blocks; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static real in_lanes(const real *a, size_t step, const real *x, size_t count, size_t lanes,
                     bool fused) {
    real lane[LANES] = {0};
    for (size_t j = 0; j < count; j++) {
        real *to = &lane[j % lanes];
        *to = fused ? real_fma(a[j * step], x[j], *to) : *to + a[j * step] * x[j];
    }
    return fold(lane);
}

/* What the last one to three terms add to a sum. */
static real with_rest(real sum, const real *a, size_t step, const real *x, size_t count) {
    if (count == 0)
        return sum;
    if (count == 1)
        return real_fma(a[0], x[0], sum);
    const real two = real_fma(a[0], x[0], a[step] * x[1]);
    return sum + (count == 2 ? two : real_fma(a[2 * step], x[2], two));
}

/* One of m elements where rows lie side by side. Rows are taken four at a time, whose products are
 * fused; of the up to three rows beyond, two are taken together, in half the lanes. */
static real by_row(const real *a, size_t step, const real *x, size_t k, size_t i, size_t m) {
    const bool of_four = i < m - m % 4, of_two = !of_four && i < m - m % 2;
    const size_t lanes = of_two ? LANES / 2 : LANES, in_fours = k - k % 4;
    real sum = 0;
    for (size_t j = 0; j < in_fours; j += PART) {
        const size_t count = in_fours - j < PART ? in_fours - j : PART;
        sum += in_lanes(a + j * step, step, x + j, count, lanes, of_four);
    }
    return with_rest(sum, a + in_fours * step, step, x + in_fours, k % 4);
}

/* One of m elements where columns lie side by side, i one of the first multiple of 4: four terms at a
 * time, then two, then one. */
static real by_column(const real *a, size_t step, const real *x, size_t k) {
    real sum = 0;
    size_t j = 0;
    for (; j + 4 <= k; j += 4) {
        const real *four = a + j * step;
        const real even = real_fma(four[2 * step], x[j + 2], four[0] * x[j]);
        const real odd = real_fma(four[3 * step], x[j + 3], four[step] * x[j + 1]);
        sum += even + odd;
    }
    for (; j + 2 <= k; j += 2)
        sum += a[j * step] * x[j] + a[(j + 1) * step] * x[j + 1];
    return j < k ? sum + a[j * step] * x[j] : sum;
}

/* The same for an element beyond. A matrix of fewer than four rows takes its terms two by two. */
static real by_last_column(const real *a, size_t step, const real *x, size_t k, size_t m) {
    real sum = 0;
    size_t j = 0;
    for (; m < 4 && j + 2 <= k - k % 4; j += 2)
        sum += a[j * step] * x[j] + a[(j + 1) * step] * x[j + 1];
    for (; j < k; j++)
        sum += a[j * step] * x[j];
    return sum;
}

/* One row lies by rows, however its columns lie. */
void KERNEL(mv)(real *y, const real *a, mlp_matrix a_matrix, const real *x, bool by_columns) {
    const size_t m = a_matrix.rows, k = a_matrix.columns, step = a_matrix.column_stride;
    for (size_t i = 0; i < m; i++) {
        const real *row = a + i * a_matrix.row_stride;
        if (!by_columns || m == 1)
            y[i] = by_row(row, step, x, k, i, m);
        else if (i < m - m % 4)
            y[i] = by_column(row, step, x, k);
        else
            y[i] = by_last_column(row, step, x, k, m);
    }
}
