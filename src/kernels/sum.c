/* PyTorch's sums (aten/src/ATen/native/cpu/SumKernel.cpp and vec/functional_base.h). They were
 * written for AVX2 registers of 32 bytes, 8 floats or 4 doubles, which is where LANES comes from,
 * and the order they add in shows in the last bits. */
#include "sum.h"

enum {
    LANES = 32 / sizeof(real),
    INTERLEAVED = 4,
    LEVELS = 4
};

/* Adds up `used` lanes: all of them by folding the upper half onto the lower, fewer in order. */
static real fold(real *lane, size_t used) {
    if (used < LANES) {
        for (size_t i = 1; i < used; i++)
            lane[0] += lane[i];
        return lane[0];
    }
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            lane[i] += lane[i + half];
    return lane[0];
}

real KERNEL(lane_sum)(const real *x, size_t n, size_t stride) {
    real lane[LANES] = {0};
    const size_t used = n < LANES ? n : LANES;
    for (size_t i = 0; i < used; i++)
        lane[i] = x[i * stride];
    for (size_t i = LANES; i < n; i++)
        lane[i % LANES] += x[i * stride];
    return fold(lane, used);
}

real KERNEL(lane_dot)(const real *a, const real *b, size_t n) {
    real lane[LANES] = {0};
    const size_t used = n < LANES ? n : LANES;
    for (size_t i = 0; i < used; i++)
        lane[i] = a[i] * b[i];
    for (size_t i = LANES; i < n; i++)
        lane[i % LANES] = real_fma(a[i], b[i], lane[i % LANES]);
    return fold(lane, used);
}

static unsigned ceil_log2(size_t n) {
    unsigned power = 0;
    while (power < 8 * sizeof n - 1 && (size_t)1 << power < n)
        power++;
    return power;
}

/* n values, `stride` apart, added one after another; every 2^power additions the running sum is
 * emptied into the level above, so that a long sum does not drown its late terms. */
static real cascade(const real *x, size_t n, size_t stride) {
    const unsigned log2_per_level = ceil_log2(n) / LEVELS;
    const unsigned power = log2_per_level > 4 ? log2_per_level : 4;
    const size_t step = (size_t)1 << power;

    real level[LEVELS] = {0};
    size_t i = 0;
    while (n - i >= step) {
        for (const size_t end = i + step; i < end; i++)
            level[0] += x[i * stride];
        for (unsigned j = 1; j < LEVELS; j++) {
            level[j] += level[j - 1];
            level[j - 1] = 0;
            if (i & ((step - 1) << (j * power)))
                break;
        }
    }
    for (; i < n; i++)
        level[0] += x[i * stride];
    for (unsigned j = 1; j < LEVELS; j++)
        level[0] += level[j];
    return level[0];
}

/* Value i goes to accumulator i mod 4, what is left over after the last full four to the first. */
static real interleaved_sum(const real *x, size_t n, size_t stride) {
    const size_t fours = n / INTERLEAVED;
    real part[INTERLEAVED];
    for (size_t k = 0; k < INTERLEAVED; k++)
        part[k] = cascade(x + k * stride, fours, INTERLEAVED * stride);
    for (size_t i = fours * INTERLEAVED; i < n; i++)
        part[0] += x[i * stride];
    return ((part[0] + part[1]) + part[2]) + part[3];
}

real KERNEL(sum)(const real *x, size_t n) {
    if (n < LANES)
        return interleaved_sum(x, n, 1);
    const size_t vectors = n / LANES;
    real total = 0;
    for (size_t i = vectors * LANES; i < n; i++)
        total += x[i];
    for (size_t lane = 0; lane < LANES; lane++)
        total += interleaved_sum(x + lane, vectors, LANES);
    return total;
}

void KERNEL(column_sum)(real *out, const real *x, size_t rows, size_t columns) {
    if (columns == 1) {
        out[0] = KERNEL(sum)(x, rows);
        return;
    }
    /* Blocks of this many columns are added in order, the columns beyond them four rows a time. */
    const size_t block = columns < LANES ? INTERLEAVED : LANES * INTERLEAVED;
    const size_t in_order = columns - columns % block;
    for (size_t j = 0; j < in_order; j++)
        out[j] = cascade(x + j, rows, columns);
    for (size_t j = in_order; j < columns; j++)
        out[j] = interleaved_sum(x + j, rows, columns);
}
