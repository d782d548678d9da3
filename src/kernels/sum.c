/* PyTorch's sums (aten/src/ATen/native/cpu/SumKernel.cpp and vec/functional_base.h). They were
 * written for AVX2 registers of 32 bytes, 8 floats or 4 doubles, which is where LANES comes from,
 * and the order they add in shows in the last bits. */
#include "sum.h"
#include "reduced.h"
#include "summed.h"
#include "vector/elements.h"

enum {
    LANES = SUM_LANES,
    INTERLEAVED = 4,
    LEVELS = CASCADE_LEVELS
};

real KERNEL(fold_lanes)(real *lane, size_t used, size_t lanes) {
    if (used < lanes || sizeof(real) == sizeof(double)) {
        for (size_t i = 1; i < used; i++)
            lane[0] += lane[i];
        return lane[0];
    }
    for (size_t half = lanes / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            lane[i] += lane[i + half];
    return lane[0];
}

real KERNEL(lane_sum)(const real *x, size_t n, bool wide) {
    real lane[WIDE_LANES] = {0};
    const size_t lanes = wide ? WIDE_LANES : SUM_LANES, used = n < lanes ? n : lanes;
    for (size_t i = 0; i < used; i++)
        lane[i] = x[i];
    for (size_t i = lanes; i < n; i++)
        lane[i % lanes] += x[i];
    return KERNEL(fold_lanes)(lane, used, lanes);
}

real KERNEL(lane_dot)(const real *a, const real *b, size_t n, bool wide, bool fused) {
    real lane[WIDE_LANES] = {0};
    const size_t lanes = wide ? WIDE_LANES : SUM_LANES, used = n < lanes ? n : lanes;
    for (size_t i = 0; i < used; i++)
        lane[i] = a[i] * b[i];
    for (size_t i = lanes; i < n; i++) {
        real *to = &lane[i % lanes];
        *to = fused ? real_fma(a[i], b[i], *to) : *to + a[i] * b[i];
    }
    return KERNEL(fold_lanes)(lane, used, lanes);
}

/* Numbers from a place on, of a memory. */
typedef struct {
    const real *x;
    const mlp_places *memory;
    size_t first;
} numbers;

static real number(const numbers *of, size_t i) {
    return of->x[mlp_place_here(of->memory, of->first + i)];
}

static numbers further(const numbers *of, size_t by) {
    return (numbers){of->x, of->memory, of->first + by};
}

/* n values, `stride` apart, added one after another; every 2^power additions the running sum is
 * emptied into the level above. */
static real cascade(const numbers *x, size_t n, size_t stride) {
    const unsigned power = cascade_power(n);
    const size_t step = (size_t)1 << power;

    real level[LEVELS] = {0};
    size_t i = 0;
    while (n - i >= step) {
        for (const size_t end = i + step; i < end; i++)
            level[0] += number(x, i * stride);
        for (unsigned j = 1; j < LEVELS; j++) {
            level[j] += level[j - 1];
            level[j - 1] = 0;
            if (i & ((step - 1) << (j * power)))
                break;
        }
    }
    for (; i < n; i++)
        level[0] += number(x, i * stride);
    for (unsigned j = 1; j < LEVELS; j++)
        level[0] += level[j];
    return level[0];
}

/* Value i goes to accumulator i mod 4, what is left over after the last full four to the first. */
static real interleaved_sum(const numbers *x, size_t n, size_t stride) {
    const size_t fours = n / INTERLEAVED;
    real part[INTERLEAVED];
    for (size_t k = 0; k < INTERLEAVED; k++) {
        const numbers from = further(x, k * stride);
        part[k] = cascade(&from, fours, INTERLEAVED * stride);
    }
    for (size_t i = fours * INTERLEAVED; i < n; i++)
        part[0] += number(x, i * stride);
    return ((part[0] + part[1]) + part[2]) + part[3];
}

static real run_sum(const numbers *x, size_t n) {
    if (n < LANES)
        return interleaved_sum(x, n, 1);
    const size_t vectors = n / LANES;
    real total = 0;
    for (size_t i = vectors * LANES; i < n; i++)
        total += number(x, i);
    for (size_t lane = 0; lane < LANES; lane++) {
        const numbers from = further(x, lane);
        total += interleaved_sum(&from, vectors, LANES);
    }
    return total;
}

static const mlp_places AS_READ = {0};

real KERNEL(sum)(const real *x, size_t n) {
    return run_sum(&(numbers){x, &AS_READ, 0}, n);
}

real KERNEL(sum_in_memory)(const real *x, size_t n, const mlp_strided *layout) {
    const mlp_places memory = mlp_places_of(layout);
    return run_sum(&(numbers){x, &memory, 0}, n);
}

static real one_column_sum(const real *x, size_t rows, size_t columns, size_t j) {
    if (columns == 1)
        return KERNEL(sum)(x, rows);
    /* Blocks of this many columns are added in order, the columns beyond them four rows a time. */
    const size_t block = columns < LANES ? INTERLEAVED : LANES * INTERLEAVED;
    const numbers column = {x, &AS_READ, j};
    return j < columns - columns % block ? cascade(&column, rows, columns)
                                         : interleaved_sum(&column, rows, columns);
}

void KERNEL(column_sum)(real *out, const real *x, size_t rows, size_t columns) {
    const size_t done = cascade_columns_in_vectors(out, x, rows, columns);
    for (size_t j = done; j < columns; j++)
        out[j] = one_column_sum(x, rows, columns, j);
}

/* --- over some dimensions --- */

/* Adds to out what the two innermost loops cover; `sum` goes over the values of one sum. */
static void sum_block(real *out, const numbers *x, reduction_loop sum, reduction_loop other) {
    /* Sums that lie side by side are taken in blocks, and the terms of each in order. */
    const bool by_rows = sum.in == 1 && sum.size >= LANES;
    const bool by_vectors = other.in == 1 && other.size >= LANES;
    const size_t block = by_vectors ? LANES * INTERLEAVED : INTERLEAVED;
    const bool has_blocks = by_vectors || sum.in >= other.in;
    const size_t in_order = has_blocks ? other.size - other.size % block : 0;
    for (size_t j = other.begin; j < other.end; j++) {
        const numbers from = further(x, j * other.in);
        out[(j - other.begin) * other.out] += by_rows ? run_sum(&from, sum.size)
                                              : j < in_order
                                                  ? cascade(&from, sum.size, sum.in)
                                                  : interleaved_sum(&from, sum.size, sum.in);
    }
}

static void sum_loops(real *out, const numbers *x, const reduction_loop *loops, size_t count) {
    if (count == 2 && loops[0].out == 0) {
        sum_block(out, x, loops[0], loops[1]);
        return;
    }
    if (count == 0) { /* every sum has one term */
        *out += number(x, 0);
        return;
    }
    const reduction_loop outer = loops[count - 1];
    for (size_t i = outer.begin; i < outer.end; i++) {
        const numbers from = further(x, i * outer.in);
        sum_loops(out + (i - outer.begin) * outer.out, &from, loops, count - 1);
    }
}

void KERNEL(sum_dims)(real *out, const real *x, const mlp_reduced_dims *dims) {
    const reduction r = reduction_of(dims);
    const size_t sums = sum_count(dims);
    for (size_t i = 0; i < sums; i++)
        out[i] = 0;
    sum_loops(out, &(numbers){x, &r.memory, 0}, r.loop, r.count);
}

real KERNEL(sum_at)(const real *x, const mlp_reduced_dims *dims, size_t place) {
    reduction r = reduction_of(dims);
    real sum = 0;
    reduction_select(&r, place);
    sum_loops(&sum, &(numbers){x, &r.memory, 0}, r.loop, r.count);
    return sum;
}

/* --- one value at a time (LossNLL.cpp) --- */

/* Whatever the i of the value that was added last has trailing zeros in base 16, that many levels
 * are emptied into the one above. So value 0 goes to the top at once, and runs of 16, 256, ... are
 * summed by themselves. A value that is left out does not empty levels either. */
void KERNEL(running_add)(running_sum *sum, real value, size_t i) {
    real *level = sum->level;
    level[0] += value;
    for (unsigned j = 0; j + 1 < RUNNING_LEVELS && (i >> 4 * j) % 16 == 0; j++) {
        level[j + 1] += level[j];
        level[j] = 0;
    }
}

real KERNEL(running_total)(const running_sum *sum) {
    real total = 0;
    for (unsigned j = 0; j < RUNNING_LEVELS; j++)
        total += sum->level[j];
    return total;
}
