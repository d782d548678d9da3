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
 * PyTorch adds up in double what each channel has (Normalization.cpp, BatchNormKernel.cpp).
 */
#include "mlpstep/kernels/batch_norm.h"
#include "real.h"

static size_t start_of(const mlp_channels *c, size_t sample, size_t channel) {
    return (sample * c->channels + channel) * c->size;
}

/* Where a sample has one element of each channel, PyTorch adds up sample after sample, in `real`. */
static real mean_of(const real *x, const mlp_channels *c, size_t channel) {
    double sum = 0;
    real in_order = 0;
    for (size_t s = 0; s < c->samples; s++)
        for (size_t i = 0; i < c->size; i++) {
            sum += (double)x[start_of(c, s, channel) + i];
            in_order += x[start_of(c, s, channel) + i];
        }
    return (real)((c->size == 1 ? (double)in_order : sum) / (double)(c->samples * c->size));
}

/* The sum of the squares of what the elements of a channel differ from their mean. */
static real squares_of(const real *x, real mean, const mlp_channels *c, size_t channel) {
    double sum = 0;
    real in_order = 0;
    for (size_t s = 0; s < c->samples; s++)
        for (size_t i = 0; i < c->size; i++) {
            const real difference = x[start_of(c, s, channel) + i] - mean;
            sum += (double)(difference * difference);
            in_order = real_fma(difference, difference, in_order);
        }
    return c->size == 1 ? in_order : (real)sum;
}

void KERNEL(batch_norm_moments)(real *mean, real *squares, const real *x, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        mean[k] = mean_of(x, c, k);
        squares[k] = squares_of(x, mean[k], c, k);
    }
}

void KERNEL(batch_norm_rstd)(real *rstd, const real *squares, double eps, const mlp_channels *c) {
    const real count = (real)(c->samples * c->size);
    for (size_t k = 0; k < c->channels; k++)
        rstd[k] = (real)(1 / sqrt((double)(squares[k] / count) + eps));
}

void KERNEL(batch_norm_kept_rstd)(real *rstd, real *rstd_back, const real *variance, double eps,
                                  const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        rstd[k] = 1 / real_sqrt(variance[k] + (real)eps);
        rstd_back[k] = (real)(1 / sqrt((double)variance[k] + eps));
    }
}

void KERNEL(batch_norm_forward)(real *y, const real *x, const real *mean, const real *rstd,
                                const real *weight, const real *bias, const mlp_channels *c) {
    for (size_t s = 0; s < c->samples; s++)
        for (size_t k = 0; k < c->channels; k++) {
            const real factor = weight ? rstd[k] * weight[k] : rstd[k];
            const real shift = real_fma(-mean[k], factor, bias ? bias[k] : 0);
            const size_t start = start_of(c, s, k);
            for (size_t i = start; i < start + c->size; i++)
                y[i] = real_fma(x[i], factor, shift);
        }
}

/* --- backward --- */

typedef struct {
    double sum, products; /* of dL/dy, and of (x - mean) dL/dy */
} channel_sums;

enum {
    LANES = 32 / sizeof(real)
};

/* ... of the elements of one sample, in LANES sums that are folded in the end. */
static real fold(real *lane, size_t used) {
    if (used < LANES) {
        for (size_t k = 1; k < used; k++)
            lane[0] += lane[k];
        return lane[0];
    }
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t k = 0; k < half; k++)
            lane[k] += lane[k + half];
    return lane[0];
}

static channel_sums row_sums(const real *dy, const real *x, real mean, size_t size) {
    real sum[LANES] = {0}, products[LANES] = {0};
    const size_t used = size < LANES ? size : LANES;
    for (size_t i = 0; i < size; i++) {
        real *to = &products[i % LANES];
        sum[i % LANES] = i < LANES ? dy[i] : sum[i % LANES] + dy[i];
        *to = i < LANES ? (x[i] - mean) * dy[i] : real_fma(x[i] - mean, dy[i], *to);
    }
    return (channel_sums){(double)fold(sum, used), (double)fold(products, used)};
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

static channel_sums sums_of(const real *dy, const real *x, real mean, const mlp_channels *c,
                            size_t channel) {
    if (c->size == 1)
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
    const size_t count = c->samples * c->size;
    const channel_line line = {(real)(sums->sum / (double)count),
                               (real)sums->products * rstd * rstd / (real)count};
    return line;
}

void KERNEL(batch_norm_backward)(real *dx, const real *dy, const real *x, const real *weight,
                                 const real *mean, const real *rstd, const mlp_channels *c) {
    for (size_t k = 0; k < c->channels; k++) {
        const channel_sums sums = sums_of(dy, x, mean[k], c, k);
        const channel_line line = line_of(&sums, rstd[k], c);
        const real w = weight ? weight[k] : 1;
        for (size_t s = 0; s < c->samples; s++) {
            const size_t start = start_of(c, s, k);
            for (size_t i = start; i < start + c->size; i++)
                dx[i] = real_fma(-(x[i] - mean[k]), line.slope, dy[i] - line.shift) * rstd[k] * w;
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
        to[k] = share * mean[k] + (1 - share) * from[k];
}

void KERNEL(running_var)(real *to, const real *from, const real *squares, double momentum,
                         const mlp_channels *c) {
    const real others = (real)(c->samples * c->size - 1), share = (real)momentum;
    for (size_t k = 0; k < c->channels; k++)
        to[k] =
            (real)((double)share * (double)(squares[k] / others) + (double)((1 - share) * from[k]));
}
