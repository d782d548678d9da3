/* Layer norm, for the n elements i of each row
 *
 *   y[i]       = (x[i] - mean) / std weight[i] + bias[i]
 *   mean       = the mean of the row,  std = sqrt(its variance + eps), the variance divided by n
 *
 *   g[i]       = dL/dy[i] weight[i],   h[i] = (x[i] - mean) / std
 *   dx[i]      = (g[i] - mean of g - h[i] mean of g h) / std
 *   dweight[i] = sum over the rows of dL/dy[i] h[i]
 *   dbias[i]   = sum over the rows of dL/dy[i]
 *
 *   x, y, dx, dy     (rows, n)
 *   weight, bias     (n); NULL: 1 and 0
 *   mean, rstd       (rows); rstd = 1 / std
 *
 * Mean and variance are found as PyTorch does (moments_utils.h), in one pass: a vector of LANES
 * holds the moments of every LANES-th element, of CHUNK of them at a time, and pairs of chunks are
 * joined, then pairs of pairs.
 */
#include "mlpstep/kernels/layer_norm.h"
#include "real.h"
#include "sum.h"

#include <string.h>

enum {
    LANES = 32 / sizeof(real),
    CHUNK = 16,
    DEPTH = 64
};

/* Of `count` elements: their mean, and the sum of the squares of what they differ from it. */
typedef struct {
    size_t count;
    real mean[LANES], squares[LANES];
} moments;

static void join_lane(size_t added, real mean, real squares, const moments *to, size_t k,
                      real *new_mean, real *new_squares) {
    const size_t n = to->count + added;
    const real share = n ? (real)added / (real)n : 0;
    const real delta = mean - to->mean[k];
    *new_mean = to->mean[k] + share * delta;
    *new_squares = to->squares[k] + (squares + delta * delta * share * (real)to->count);
}

static void join(moments *to, const moments *from) {
    for (size_t k = 0; k < LANES; k++)
        join_lane(from->count, from->mean[k], from->squares[k], to, k, &to->mean[k],
                  &to->squares[k]);
    to->count += from->count;
}

static moments of_chunk(const real *x, size_t vectors) {
    moments m = {.count = vectors};
    for (size_t j = 0; j < vectors; j++)
        for (size_t k = 0; k < LANES; k++) {
            const real value = x[j * LANES + k];
            const real delta = value - m.mean[k];
            m.mean[k] += delta * (1 / (real)(j + 1));
            m.squares[k] += delta * (value - m.mean[k]);
        }
    return m;
}

/* Of the elements of each lane. */
static moments of_lanes(const real *x, size_t vectors) {
    moments level[DEPTH] = {0};
    const size_t chunks = (vectors + CHUNK - 1) / CHUNK;
    size_t depth = 1;
    while (depth < DEPTH && (size_t)1 << depth < chunks)
        depth++;
    for (size_t i = 0; i < chunks; i++) {
        const size_t left = vectors - i * CHUNK;
        const moments m = of_chunk(x + i * CHUNK * LANES, left < CHUNK ? left : CHUNK);
        join(&level[0], &m);
        for (size_t j = 1; j < depth && (i + 1) % ((size_t)1 << j) == 0; j++) {
            join(&level[j], &level[j - 1]);
            level[j - 1] = (moments){0};
        }
    }
    for (size_t j = 1; j < depth; j++)
        join(&level[0], &level[j]);
    return level[0];
}

static void moments_of(const real *x, size_t n, real *mean, real *variance) {
    const size_t vectors = n / LANES;
    const moments lanes = of_lanes(x, vectors);
    moments all = {0};
    for (size_t i = vectors * LANES; i < n; i++) {
        const real delta = x[i] - all.mean[0];
        all.count++;
        all.mean[0] += delta / (real)all.count;
        all.squares[0] += delta * (x[i] - all.mean[0]);
    }
    for (size_t k = 0; k < LANES; k++) {
        join_lane(vectors, lanes.mean[k], lanes.squares[k], &all, 0, &all.mean[0], &all.squares[0]);
        all.count += vectors;
    }
    *mean = all.mean[0];
    *variance = all.squares[0] / (real)n;
}

void KERNEL(layer_norm_forward)(real *y, real *mean, real *rstd, const real *x, const real *weight,
                                const real *bias, const mlp_norm_rows *of) {
    for (size_t r = 0; r < of->rows; r++, x += of->n, y += of->n) {
        moments_of(x, of->n, &mean[r], &rstd[r]);
        rstd[r] = 1 / real_sqrt((rstd[r] > 0 ? rstd[r] : 0) + (real)of->eps);
        const real shift = -rstd[r] * mean[r];
        for (size_t i = 0; i < of->n; i++)
            y[i] = real_fma(real_fma(x[i], rstd[r], shift), weight ? weight[i] : 1,
                            bias ? bias[i] : 0);
    }
}

/* The sum of a[i] b[i] c[i], in the order of lane_dot. */
static real dot_of_three(const real *a, const real *b, const real *c, size_t n) {
    real lane[LANES] = {0};
    const size_t used = n < LANES ? n : LANES;
    for (size_t i = 0; i < n; i++)
        lane[i % LANES] =
            i < LANES ? a[i] * b[i] * c[i] : real_fma(a[i] * b[i], c[i], lane[i % LANES]);
    return KERNEL(lane_sum)(lane, used, false);
}

static void input_gradient(real *dx, const real *dy, const real *x, const real *weight, real mean,
                           real rstd, size_t n) {
    const real share = 1 / (real)n;
    const real products =
        weight ? dot_of_three(dy, x, weight, n) : KERNEL(lane_dot)(dy, x, n, false, true);
    const real sum =
        weight ? KERNEL(lane_dot)(dy, weight, n, false, true) : KERNEL(lane_sum)(dy, n, false);
    const real b = real_fma(sum, mean, -products) * rstd * rstd * rstd * share;
    const real c = real_fma(-b, mean, -(sum * rstd * share));
    for (size_t i = 0; i < n; i++) {
        const real g = rstd * dy[i] * (weight ? weight[i] : 1);
        dx[i] = real_fma(b, x[i], g) + c;
    }
}

void KERNEL(layer_norm_backward)(real *dx, const real *dy, const real *x, const real *weight,
                                 const real *mean, const real *rstd, const mlp_norm_rows *of) {
    for (size_t r = 0; r < of->rows; r++) {
        const size_t first = r * of->n;
        input_gradient(dx + first, dy + first, x + first, weight, mean[r], rstd[r], of->n);
    }
}

void KERNEL(layer_norm_backward_scale)(real *dweight, real *dbias, const real *dy, const real *x,
                                       const real *mean, const real *rstd,
                                       const mlp_norm_rows *of) {
    if (dweight)
        memset(dweight, 0, of->n * sizeof *dweight);
    if (dbias)
        memset(dbias, 0, of->n * sizeof *dbias);
    for (size_t r = 0; r < of->rows; r++, x += of->n, dy += of->n) {
        const real shift = -rstd[r] * mean[r];
        for (size_t i = 0; dweight && i < of->n; i++)
            dweight[i] = real_fma(dy[i], real_fma(rstd[r], x[i], shift), dweight[i]);
        for (size_t i = 0; dbias && i < of->n; i++)
            dbias[i] += dy[i];
    }
}
