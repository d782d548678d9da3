/* Batch norm, for the `count` elements i of each channel: those of all samples
 *
 *   y[i]    = (x[i] - mean) rstd weight + bias,   rstd = 1 / sqrt(variance + eps)
 *
 * in training, where mean and variance are those of the channel in this batch
 *
 *   dx[i]   = (dL/dy[i] - mean of dL/dy - h[i] mean of dL/dy h) rstd weight
 *   h[i]    = (x[i] - mean) rstd
 *
 * elsewhere they are numbers that are kept
 *
 *   dx[i]   = dL/dy[i] rstd weight
 *
 *   dweight = sum of dL/dy[i] h[i]
 *   dbias   = sum of dL/dy[i]
 *
 *   x, y, dx, dy                  (samples, channels, size)
 *   weight, bias, mean, rstd      (channels); a weight or bias of NULL: 1 and 0
 *
 * PyTorch adds up in double what each channel has, but sample after sample in `real` where a sample
 * has one element of it (BatchNormKernel.cpp; of numbers that are scattered in memory,
 * Normalization.cpp, which no compiler may fuse operations of).
 */
#include "mlpstep/kernels/batch_norm.h"
#include "real.h"
#include "reduced.h"
#include "sum.h"

#include <string.h>

static size_t start_of(const mlp_channels *c, size_t sample, size_t channel) {
    return (sample * c->channels + channel) * c->size;
}

static size_t count_of(const mlp_channels *c) {
    return c->samples * c->size;
}

/* The sums over all but the channels. */
static mlp_reduced_dims dims_of(const mlp_channels *c) {
    mlp_reduced_dims dims = {.ndim = 3, .shape = {c->samples, c->channels, c->size}};
    if (c->memory) {
        dims.ndim = c->memory->ndim;
        memcpy(dims.shape, c->memory->shape, sizeof dims.shape);
    }
    dims.memory = c->memory;
    for (size_t d = 0; d < dims.ndim; d++)
        dims.reduced[d] = d != 1;
    return dims;
}

static bool adds_in_order(const mlp_channels *c) {
    return c->size == 1 && !c->scattered;
}

static real mean_in_order(const real *x, const mlp_channels *c, size_t channel) {
    real sum = 0;
    for (size_t i = channel; i < c->samples * c->channels; i += c->channels)
        sum += x[i];
    return (real)((double)sum / (double)count_of(c));
}

static real mean_of(const real *x, const mlp_channels *c, size_t channel) {
    const mlp_reduced_dims dims = dims_of(c);
    double sum = 0;
    if (c->scattered)
        return KERNEL(sum_at)(x, &dims, channel) / (real)count_of(c);
    if (adds_in_order(c))
        return mean_in_order(x, c, channel);
    for (size_t s = 0; s < c->samples; s++)
        for (size_t i = 0; i < c->size; i++)
            sum += (double)x[start_of(c, s, channel) + i];
    return (real)(sum / (double)count_of(c));
}

static real squares_in_order(const real *x, real mean, const mlp_channels *c, size_t channel) {
    real sum = 0;
    for (size_t i = channel; i < c->samples * c->channels; i += c->channels)
        sum = real_fma(x[i] - mean, x[i] - mean, sum);
    return sum;
}

/* Of a sample's elements in double the compiler squares two at once; what is left over is fused. */
static bool is_left_over(const mlp_channels *c, size_t i) {
    return sizeof(real) == sizeof(double) && c->size % 2 == 1 && i % c->size == c->size - 1;
}

static double scattered_squares(const real *x, real mean, const mlp_channels *c, size_t channel) {
    const mlp_reduced_dims dims = dims_of(c);
    const reduction r = reduction_of(&dims);
    double sum = 0;
    for (size_t i = 0; i < count_of(c); i++) {
        const double exact = (double)x[reduction_term(&r, channel, i)] - (double)mean;
        sum += exact * exact;
    }
    return sum;
}

/* The sum of the squares of what the elements of a channel differ from their mean. */
static double squares_of(const real *x, real mean, const mlp_channels *c, size_t channel) {
    double sum = 0;
    if (c->scattered)
        return scattered_squares(x, mean, c, channel);
    if (adds_in_order(c))
        return (double)squares_in_order(x, mean, c, channel);
    for (size_t s = 0; s < c->samples; s++)
        for (size_t i = start_of(c, s, channel); i < start_of(c, s, channel) + c->size; i++) {
            const real off = x[i] - mean;
            sum =
                is_left_over(c, i) ? fma((double)off, (double)off, sum) : sum + (double)(off * off);
        }
    return (double)(real)sum;
}

void KERNEL(batch_norm_moments)(real *mean, double *squares, const real *x, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        mean[k] = mean_of(x, c, k);
        squares[k] = squares_of(x, mean[k], c, k);
    }
}

/* The squares divided by a count. */
static double variance_of(double squares, size_t count, const mlp_channels *c) {
    return c->scattered ? squares / (double)count : (double)((real)squares / (real)count);
}

void KERNEL(batch_norm_rstd)(real *rstd, const double *squares, double eps, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++)
        rstd[k] = (real)(1 / sqrt(variance_of(squares[k], count_of(c), c) + eps));
}

void KERNEL(batch_norm_kept_rstd)(real *rstd, real *rstd_back, const real *variance, double eps,
                                  const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        rstd[k] = 1 / real_sqrt(variance[k] + (real)eps);
        rstd_back[k] = (real)(1 / sqrt((double)variance[k] + eps));
    }
}

static void forward_scattered(real *y, const real *x, real mean, real rstd, real weight, real bias,
                              size_t size) {
    for (size_t i = 0; i < size; i++)
        y[i] = (x[i] - mean) * rstd * weight + bias;
}

void KERNEL(batch_norm_forward)(real *y, const real *x, const real *mean, const real *rstd,
                                const real *weight, const real *bias, const mlp_channels *c) {
    for (size_t s = 0; s < c->samples; s++)
        for (size_t k = 0; k < c->channels; k++) {
            const real factor = weight ? rstd[k] * weight[k] : rstd[k];
            const real shift = real_fma(-mean[k], factor, bias ? bias[k] : 0);
            const size_t start = start_of(c, s, k);
            if (c->scattered) {
                forward_scattered(y + start, x + start, mean[k], rstd[k], weight ? weight[k] : 1,
                                  bias ? bias[k] : 0, c->size);
                continue;
            }
            for (size_t i = start; i < start + c->size; i++)
                y[i] = real_fma(x[i], factor, shift);
        }
}

/* --- backward --- */

typedef struct {
    double sum, products; /* of dL/dy, and of (x - mean) dL/dy */
} channel_sums;

/* ... of the elements of one sample, in SUM_LANES sums that are folded in the end. */
static channel_sums row_sums(const real *dy, const real *x, real mean, size_t size) {
    real sum[SUM_LANES] = {0}, products[SUM_LANES] = {0};
    const size_t used = size < SUM_LANES ? size : SUM_LANES;
    for (size_t i = 0; i < size; i++) {
        real *to = &products[i % SUM_LANES];
        sum[i % SUM_LANES] = i < SUM_LANES ? dy[i] : sum[i % SUM_LANES] + dy[i];
        *to = i < SUM_LANES ? (x[i] - mean) * dy[i] : real_fma(x[i] - mean, dy[i], *to);
    }
    return (channel_sums){(double)KERNEL(fold_lanes)(sum, used, SUM_LANES),
                          (double)KERNEL(fold_lanes)(products, used, SUM_LANES)};
}

/* The same sample after sample, in `real`. */
static channel_sums sums_in_order(const real *dy, const real *x, real mean, const mlp_channels *c,
                                  size_t channel) {
    real sum = 0, products = 0;
    for (size_t i = channel; i < c->samples * c->channels; i += c->channels) {
        sum += dy[i];
        products = real_fma(x[i] - mean, dy[i], products);
    }
    return (channel_sums){(double)sum, (double)products};
}

/* The same of scattered numbers: the sum is that of torch.sum. */
static channel_sums scattered_sums(const real *dy, const real *x, real mean, const mlp_channels *c,
                                   size_t channel) {
    const mlp_reduced_dims dims = dims_of(c);
    double products = 0;
    for (size_t s = 0; s < c->samples; s++)
        for (size_t i = start_of(c, s, channel); i < start_of(c, s, channel) + c->size; i++)
            products += (double)((x[i] - mean) * dy[i]);
    return (channel_sums){(double)KERNEL(sum_at)(dy, &dims, channel), products};
}

static channel_sums sums_of(const real *dy, const real *x, real mean, const mlp_channels *c,
                            size_t channel) {
    if (c->scattered)
        return scattered_sums(dy, x, mean, c, channel);
    if (adds_in_order(c))
        return sums_in_order(dy, x, mean, c, channel);
    double sum = 0, products = 0;
    for (size_t s = 0; s < c->samples; s++) {
        const size_t start = start_of(c, s, channel);
        const channel_sums row = row_sums(dy + start, x + start, mean, c->size);
        sum += row.sum;
        products += row.products;
    }
    return (channel_sums){sum, products};
}

/* dx[i] = ((dL/dy[i] - shift) - (x[i] - mean) slope) rstd weight */
typedef struct {
    real shift, slope;
} channel_line;

static channel_line line_of(const channel_sums *sums, real rstd, const mlp_channels *c) {
    const double count = (double)count_of(c);
    const channel_line line = {(real)(sums->sum / count),
                               (real)sums->products * rstd * rstd / (real)count};
    return line;
}

/* In double, not where the vectors of a sample end. */
static bool fuses_line(const mlp_channels *c, size_t channel) {
    const bool in_vector = channel < c->channels - c->channels % SUM_LANES;
    return !c->scattered && (in_vector || c->size > 1 || sizeof(real) == sizeof(float));
}

void KERNEL(batch_norm_backward)(real *dx, const real *dy, const real *x, const real *weight,
                                 const real *mean, const real *rstd, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        const channel_sums sums = sums_of(dy, x, mean[k], c, k);
        const channel_line line = line_of(&sums, rstd[k], c);
        const real w = weight ? weight[k] : 1;
        for (size_t s = 0; s < c->samples; s++) {
            const size_t start = start_of(c, s, k);
            for (size_t i = start; i < start + c->size; i++) {
                const real above = dy[i] - line.shift, at = x[i] - mean[k];
                dx[i] =
                    fuses_line(c, k) ? real_fma(-at, line.slope, above) : above - at * line.slope;
                dx[i] = dx[i] * rstd[k] * w;
            }
        }
    }
}

void KERNEL(batch_norm_backward_kept)(real *dx, const real *dy, const real *weight,
                                      const real *rstd, const mlp_channels *c) {
    for (size_t s = 0; s < c->samples; s++)
        for (size_t k = 0; k < c->channels; k++) {
            const size_t start = start_of(c, s, k);
            for (size_t i = start; i < start + c->size; i++)
                dx[i] = dy[i] * rstd[k] * (weight ? weight[k] : 1);
        }
}

void KERNEL(batch_norm_backward_scale)(real *dweight, real *dbias, const real *dy, const real *x,
                                       const real *mean, const real *rstd, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        const channel_sums sums = sums_of(dy, x, mean[k], c, k);
        if (dweight)
            dweight[k] = (real)(sums.products * (double)rstd[k]);
        if (dbias)
            dbias[k] = (real)sums.sum;
    }
}

/* --- what is kept of the batches --- */

void KERNEL(running_mean)(real *to, const real *from, const real *mean, double momentum,
                          const mlp_channels *c) {
    const real share = (real)momentum;
    for (size_t k = 0; k < c->channels; k++)
        to[k] = c->scattered ? (real)(momentum * (double)mean[k] + (1 - momentum) * (double)from[k])
                             : share * mean[k] + (1 - share) * from[k];
}

void KERNEL(running_var)(real *to, const real *from, const double *squares, double momentum,
                         const mlp_channels *c) {
    const real share = (real)momentum;
    for (size_t k = 0; k < c->channels; k++) {
        const double variance = variance_of(squares[k], count_of(c) - 1, c);
        to[k] = (real)(c->scattered ? momentum * variance + (1 - momentum) * (double)from[k]
                                    : (double)share * variance + (double)((1 - share) * from[k]));
    }
}
