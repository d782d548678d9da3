/* PyTorch's sums (aten/src/ATen/native/cpu/SumKernel.cpp and vec/functional_base.h). They were
 * written for AVX2 registers of 32 bytes, 8 floats or 4 doubles, which is where LANES comes from,
 * and the order they add in shows in the last bits. */
#include "sum.h"
#include "summed.h"

enum {
    LANES = SUM_LANES,
    INTERLEAVED = 4,
    LEVELS = 4
};

real KERNEL(fold_lanes)(real *lane, size_t used) {
    if (used < LANES || sizeof(real) == sizeof(double)) {
        for (size_t i = 1; i < used; i++)
            lane[0] += lane[i];
        return lane[0];
    }
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            lane[i] += lane[i + half];
    return lane[0];
}

real KERNEL(lane_sum)(const real *x, size_t n) {
    real lane[LANES] = {0};
    const size_t used = n < LANES ? n : LANES;
    for (size_t i = 0; i < used; i++)
        lane[i] = x[i];
    for (size_t i = LANES; i < n; i++)
        lane[i % LANES] += x[i];
    return KERNEL(fold_lanes)(lane, used);
}

real KERNEL(lane_dot)(const real *a, const real *b, size_t n) {
    real lane[LANES] = {0};
    const size_t used = n < LANES ? n : LANES;
    for (size_t i = 0; i < used; i++)
        lane[i] = a[i] * b[i];
    for (size_t i = LANES; i < n; i++)
        lane[i % LANES] = real_fma(a[i], b[i], lane[i % LANES]);
    return KERNEL(fold_lanes)(lane, used);
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

real KERNEL(one_column_sum)(const real *x, size_t rows, size_t columns, size_t j) {
    if (columns == 1)
        return KERNEL(sum)(x, rows);
    /* Blocks of this many columns are added in order, the columns beyond them four rows a time. */
    const size_t block = columns < LANES ? INTERLEAVED : LANES * INTERLEAVED;
    return j < columns - columns % block ? cascade(x + j, rows, columns)
                                         : interleaved_sum(x + j, rows, columns);
}

void KERNEL(column_sum)(real *out, const real *x, size_t rows, size_t columns) {
    for (size_t j = 0; j < columns; j++)
        out[j] = KERNEL(one_column_sum)(x, rows, columns, j);
}

real KERNEL(expanded_sum)(real number, size_t rows, size_t columns, size_t j) {
    return j < columns - columns % INTERLEAVED ? cascade(&number, rows, 0)
                                               : interleaved_sum(&number, rows, 0);
}

/* --- over some dimensions --- */

/* A loop: how often it turns, and how far a turn goes in x and in out, where 0 adds to the same. */
typedef struct {
    size_t size, in, out;
} loop;

/* The loops of a sum, the innermost first, as PyTorch's TensorIterator begins with them. */
static void make_loops(loop *loops, const mlp_reduced_dims *dims) {
    size_t in = 1, out = 1;
    for (size_t k = 0; k < dims->ndim; k++) {
        const size_t d = dims->ndim - 1 - k;
        loops[k] = (loop){dims->shape[d], in, dims->reduced[d] ? 0 : out};
        in *= dims->shape[d];
        out *= dims->reduced[d] ? 1 : dims->shape[d];
    }
}

/* Whether TensorIterator wants b further inside than a (1), outside (-1), or has no preference:
 * loops that add to the same place come first, then those with shorter steps. */
static int order(loop a, loop b) {
    if ((a.out == 0) != (b.out == 0))
        return b.out == 0 ? 1 : -1;
    if (a.out != b.out)
        return a.out > b.out ? 1 : -1;
    if (a.out != 0 && a.size > b.size)
        return 1;
    if (a.in != b.in)
        return a.in > b.in ? 1 : -1;
    return a.size > b.size;
}

static void sort_loops(loop *loops, size_t count) {
    for (size_t i = 1; i < count; i++) {
        size_t moving = i;
        for (size_t k = i; k-- > 0;) {
            const int wanted = order(loops[k], loops[moving]);
            if (wanted < 0)
                break;
            if (wanted == 0)
                continue;
            const loop swapped = loops[k];
            loops[k] = loops[moving];
            loops[moving] = swapped;
            moving = k;
        }
    }
}

/* Joins neighbours that step through memory as one; returns how many loops are left. */
static size_t join_loops(loop *loops, size_t count) {
    size_t last = 0;
    for (size_t k = 1; k < count; k++) {
        loop *a = &loops[last];
        const loop b = loops[k];
        const bool joined =
            a->size == 1 || b.size == 1 || (a->size * a->in == b.in && a->size * a->out == b.out);
        if (joined)
            *a = a->size == 1 ? b : (loop){a->size * b.size, a->in, a->out};
        else
            loops[++last] = b;
    }
    return count ? last + 1 : 0;
}

/* Adds to out what the two innermost loops cover; `sum` goes over the values of one sum. */
static void sum_block(real *out, const real *x, loop sum, loop other) {
    if (sum.out != 0) { /* every sum has one term */
        other = sum;
        sum = (loop){1, 0, 0};
    }
    if (sum.in == 1 && sum.size >= LANES) {
        for (size_t j = 0; j < other.size; j++)
            out[j * other.out] += KERNEL(sum)(x + j * other.in, sum.size);
        return;
    }
    /* Sums that lie side by side are taken in blocks, and the terms of each in order. */
    const bool by_vectors = other.in == 1 && other.size >= LANES;
    const size_t block = by_vectors ? LANES * INTERLEAVED : INTERLEAVED;
    const bool has_blocks = by_vectors || sum.in >= other.in;
    const size_t in_order = has_blocks ? other.size - other.size % block : 0;
    for (size_t j = 0; j < in_order; j++)
        out[j * other.out] += cascade(x + j * other.in, sum.size, sum.in);
    for (size_t j = in_order; j < other.size; j++)
        out[j * other.out] += interleaved_sum(x + j * other.in, sum.size, sum.in);
}

static void sum_loops(real *out, const real *x, const loop *loops, size_t count) {
    if (count == 2) {
        sum_block(out, x, loops[0], loops[1]);
        return;
    }
    const loop outer = loops[count - 1];
    for (size_t i = 0; i < outer.size; i++)
        sum_loops(out + i * outer.out, x + i * outer.in, loops, count - 1);
}

void KERNEL(sum_dims)(real *out, const real *x, const mlp_reduced_dims *dims) {
    loop loops[MLP_REDUCED_DIMS + 2];
    const size_t sums = sum_count(dims);
    for (size_t i = 0; i < sums; i++)
        out[i] = 0;
    make_loops(loops, dims);
    sort_loops(loops, dims->ndim);
    size_t count = join_loops(loops, dims->ndim);
    while (count < 2)
        loops[count++] = (loop){1, 0, 0};
    sum_loops(out, x, loops, count);
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
