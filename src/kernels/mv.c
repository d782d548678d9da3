/* Products with vectors, in float32
 *
 *   dot   y    = sum over i of a[i] b[i]
 *   mv    y[i] = sum over j of a[i,j] x[j]
 *
 *   dot   a, b (n), y one value
 *   mv    a (m, k), x (k), y (m)
 *
 * PyTorch leaves both to its BLAS. The orders are those of OpenBLAS on processors with AVX2 (its
 * Haswell kernels sdot, sgemv_t and sgemv_n); what the last few terms of a sum go through differs
 * from what the others do.
 */
#include "mlpstep/kernels/mv.h"
#include "real.h"

enum {
    LANES = 8,
    DOT_BLOCK = 4 * LANES,
    PART = 4096 /* terms of a row, or elements, that are worked on together */
};

/* Eight lanes added: the upper half to the lower, then neighbours. */
static real fold(const real lane[LANES]) {
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) +
           ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

/* The first n terms, n a multiple of 32: term i goes to lane i mod 32. */
static real dot_of_blocks(const real *a, const real *b, size_t n) {
    real lane[DOT_BLOCK] = {0}, folded[LANES] = {0};
    for (size_t i = 0; i < n; i++)
        lane[i % DOT_BLOCK] = real_fma(a[i], b[i], lane[i % DOT_BLOCK]);
    for (size_t j = 0; j < LANES / 2; j++) {
        real part[4];
        for (size_t k = 0; k < 4; k++)
            part[k] = lane[k * LANES + j] + lane[k * LANES + j + LANES / 2];
        folded[j] = (part[0] + part[1]) + (part[2] + part[3]);
    }
    return fold(folded);
}

/* The terms beyond the last block of 32 are rounded, then added in double. */
real KERNEL(dot)(const real *a, const real *b, size_t n) {
    const size_t blocks = n - n % DOT_BLOCK;
    double rest = 0;
    for (size_t i = blocks; i < n; i++)
        rest += (double)(a[i] * b[i]);
    return (real)(rest + (double)dot_of_blocks(a, b, blocks));
}

/* `count` terms, a multiple of 4. Where they do not fill the lanes, the first four go to the lower
 * half by themselves. */
static real in_lanes(const real *a, size_t step, const real *x, size_t count, size_t lanes,
                     bool fused) {
    const size_t shift = count % lanes ? lanes - 4 : 0;
    real lane[LANES] = {0};
    for (size_t j = 0; j < count; j++) {
        real *to = &lane[j < 4 ? j : (j + shift) % lanes];
        *to = fused ? real_fma(a[j * step], x[j], *to) : *to + a[j * step] * x[j];
    }
    return fold(lane);
}

/* One of m elements where rows lie side by side. Rows are taken four at a time, whose products are
 * fused; of the up to three rows beyond, two are taken together, in half the lanes. */
static real by_row(const real *a, size_t step, const real *x, size_t k, size_t i, size_t m) {
    const bool of_four = i < m - m % 4, of_two = !of_four && i < m - m % 2;
    const size_t lanes = of_two ? LANES / 2 : LANES, in_fours = k - k % 4;
    real sum = 0, rest = 0;
    for (size_t j = 0; j < in_fours; j += PART) {
        const size_t count = in_fours - j < PART ? in_fours - j : PART;
        sum += in_lanes(a + j * step, step, x + j, count, lanes, of_four);
    }
    for (size_t j = in_fours; j < k; j++)
        rest = j == in_fours ? a[j * step] * x[j] : rest + a[j * step] * x[j];
    return sum + rest;
}

/* `count` terms: a chain of fma, or two that take turns. */
static real chain(const real *a, size_t step, const real *x, size_t count, bool two) {
    real sum[2] = {0};
    for (size_t j = 0; j < count; j++)
        sum[two ? j % 2 : 0] = real_fma(a[j * step], x[j], sum[two ? j % 2 : 0]);
    return two ? sum[0] + sum[1] : sum[0];
}

/* One of m elements where columns lie side by side, i one of the first multiple of 4. */
static real by_column(const real *a, size_t step, const real *x, size_t k, size_t i, size_t m) {
    const size_t in_fours = m - m % 4, last_part = in_fours - in_fours % PART;
    const bool two = i >= last_part && i - last_part < in_fours % 16;
    real sum = 0;
    size_t j = 0;
    for (; j + 8 <= k; j += 8)
        sum += chain(a + j * step, step, x + j, 8, two);
    for (; j + 4 <= k; j += 4)
        sum += chain(a + j * step, step, x + j, 4, two);
    for (; j < k; j++)
        sum += a[j * step] * x[j];
    return sum;
}

/* The same for an element beyond. A matrix of fewer than four rows takes its terms in groups. */
static real by_last_column(const real *a, size_t step, const real *x, size_t k, size_t m) {
    const size_t group = m == 1 ? 4 : m < 4 ? 2 : 1, grouped = m < 4 ? k - k % 4 : 0;
    real sum = 0;
    size_t j = 0;
    while (j < k) {
        const size_t end = j < grouped ? j + group : j + 1;
        real part = a[j * step] * x[j];
        for (j++; j < end; j++)
            part += a[j * step] * x[j];
        sum += part;
    }
    return sum;
}

void KERNEL(mv)(real *y, const real *a, mlp_matrix a_matrix, const real *x, bool by_columns) {
    const size_t m = a_matrix.rows, k = a_matrix.columns, step = a_matrix.column_stride;
    for (size_t i = 0; i < m; i++) {
        const real *row = a + i * a_matrix.row_stride;
        if (!by_columns)
            y[i] = by_row(row, step, x, k, i, m);
        else if (i < m - m % 4)
            y[i] = by_column(row, step, x, k, i, m);
        else
            y[i] = by_last_column(row, step, x, k, m);
    }
}
