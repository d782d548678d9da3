/* The bounds of layer norm and batch norm. */
#include "bounds.h"
#include "row.h"

#include <math.h>

/* The elements of a row, or of a channel: `size` that lie side by side, `count` times. */
typedef struct {
    size_t first, size, stride, count;
} group;

static size_t place(const group *g, size_t i) {
    return g->first + i / g->size * g->stride + i % g->size;
}

static size_t count_of(const group *g) {
    return g->size * g->count;
}

typedef struct {
    bounded mean, squares; /* the sum of the squares of what the elements differ from the mean */
} moments;

static bounded sum_over(rounding r, const mlp_tensor *t, const double *bound, const group *g,
                        bounded *room) {
    for (size_t i = 0; i < count_of(g); i++)
        room[i] = bounded_at(t, bound, place(g, i));
    return bounded_sum(r, room, count_of(g), false);
}

/* In one pass, as some builds have it, each step has a mean of its own, which may be off by as much
 * as that of all may. */
static moments moments_of(rounding r, const mlp_tensor *x, const double *bound, const group *g,
                          bounded *room) {
    const double n = (double)count_of(g);
    double largest = 0, spread = 0;
    moments m = {.mean = bounded_over(r, sum_over(r, x, bound, g, room), exactly(n))};
    for (size_t i = 0; i < count_of(g); i++) {
        const bounded x_i = bounded_at(x, bound, place(g, i));
        const bounded difference = bounded_sub(r, x_i, m.mean);
        room[i] = bounded_mul(r, difference, difference);
        largest = fmax(largest, bounded_size(x_i));
        spread = fmax(spread, bounded_size(difference));
    }
    m.squares = bounded_sum(r, room, count_of(g), true);
    m.squares.bound +=
        8 * n * (n + 4) * r.unit * (largest + spread) * (spread + (n + 4) * r.unit * largest);
    return m;
}

static bounded reciprocal_root(rounding r, bounded variance, double eps) {
    const bounded sum = bounded_add(r, variance, bounded_number(r, eps));
    return bounded_div(r, exactly(1), bounded_sqrt(r, sum));
}

static bounded scale_of(const mlp_call *call, const mlp_bounds *bounds, size_t input, size_t i,
                        double otherwise) {
    return call->in[input] ? bounded_at(call->in[input], bounds->in[input], i) : exactly(otherwise);
}

/* (x - mean) rstd weight + bias: some builds have the products of x and of the mean apart. */
static double normalised(rounding r, bounded x, bounded mean, bounded rstd, bounded weight,
                         bounded bias) {
    const bounded apart = bounded_sub(r, bounded_mul(r, x, rstd), bounded_mul(r, mean, rstd));
    const bounded by_weight = bounded_mul(r, apart, weight);
    const bounded more = bounded_mul(r, bounded_mul(r, mean, rstd), weight);
    const double orders = 4 * r.unit * (bounded_size(more) + bounded_size(bias));
    return bounded_add(r, by_weight, bias).bound + orders;
}

/* dx = rstd g - (products of g and x - mean) rstd^3 / n (x - mean) - (sum of g) rstd / n, each term
 * in whatever order. */
typedef struct {
    bounded mean, rstd;
    bounded slope, rest; /* of x, and what is added for all */
} gradient_line;

static gradient_line line_of(rounding r, bounded mean, bounded rstd, bounded dot, bounded sum,
                             double n) {
    gradient_line line = {.mean = mean, .rstd = rstd};
    const bounded centred = bounded_sub(r, bounded_mul(r, sum, mean), dot);
    const bounded cube = bounded_mul(r, bounded_mul(r, rstd, rstd), rstd);
    line.slope = bounded_over(r, bounded_mul(r, centred, cube), exactly(n));
    const bounded of_sum = bounded_over(r, bounded_mul(r, sum, rstd), exactly(n));
    line.rest = bounded_negative(bounded_add(r, bounded_mul(r, line.slope, mean), of_sum));
    return line;
}

static double on_line(rounding r, const gradient_line *line, bounded g, bounded x) {
    const bounded by_x = bounded_mul(r, line->slope, x), by_g = bounded_mul(r, line->rstd, g);
    const double orders =
        4 * r.unit * (bounded_size(by_x) + bounded_size(by_g) + bounded_size(line->rest));
    return bounded_add(r, bounded_add(r, by_g, by_x), line->rest).bound + orders;
}

/* h = (x - mean) rstd */
static bounded standard(rounding r, bounded x, bounded mean, bounded rstd) {
    return bounded_sub(r, bounded_mul(r, x, rstd), bounded_mul(r, mean, rstd));
}

/* --- layer_norm --- */

void bound_layer_norm(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t n = row_size(call);
    for (size_t row = 0; row < call->out[1]->numel; row++) {
        const group g = {row * n, n, n, 1};
        const moments m = moments_of(r, call->in[0], bounds->in[0], &g, bounded_room(bounds));
        const bounded variance = bounded_over(r, m.squares, exactly((double)n));
        bounded rstd = reciprocal_root(r, variance, call->options.eps);
        bounds->out[1][row] = m.mean.bound;
        bounds->out[2][row] = rstd.bound;
        for (size_t i = 0; i < n; i++)
            bounds->out[0][row * n + i] =
                normalised(r, bounded_at(call->in[0], bounds->in[0], row * n + i), m.mean, rstd,
                           scale_of(call, bounds, 1, i, 1), scale_of(call, bounds, 2, i, 0));
    }
}

static bounded layer_mean(const mlp_call *call, const mlp_bounds *bounds, size_t row) {
    return bounded_at(call->out[1], bounds->of_out[1], row);
}

static bounded layer_rstd(const mlp_call *call, const mlp_bounds *bounds, size_t row) {
    return bounded_at(call->out[2], bounds->of_out[2], row);
}

static void layer_row_back(const mlp_call *call, const mlp_bounds *bounds, size_t row, size_t n) {
    const rounding r = rounding_to(call->in[0]->dtype);
    bounded *room = bounded_room(bounds);
    for (size_t i = 0; i < n; i++)
        room[i] = bounded_mul(r, bounded_at(call->dout, bounds->dout, row * n + i),
                              scale_of(call, bounds, 1, i, 1));
    const bounded sum = bounded_sum(r, room, n, true);
    for (size_t i = 0; i < n; i++)
        room[i] = bounded_mul(r,
                              bounded_mul(r, bounded_at(call->dout, bounds->dout, row * n + i),
                                          bounded_at(call->in[0], bounds->in[0], row * n + i)),
                              scale_of(call, bounds, 1, i, 1));
    const bounded dot = bounded_sum(r, room, n, true);
    const gradient_line line = line_of(r, layer_mean(call, bounds, row),
                                       layer_rstd(call, bounds, row), dot, sum, (double)n);
    for (size_t i = 0; i < n; i++) {
        const bounded g = bounded_mul(r, bounded_at(call->dout, bounds->dout, row * n + i),
                                      scale_of(call, bounds, 1, i, 1));
        bounds->din[0][row * n + i] =
            on_line(r, &line, g, bounded_at(call->in[0], bounds->in[0], row * n + i));
    }
}

void bound_layer_norm_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const size_t n = row_size(call), rows = call->out[1]->numel;
    bounded *room = bounded_room(bounds);
    for (size_t row = 0; bounds->din[0] && row < rows; row++)
        layer_row_back(call, bounds, row, n);
    for (size_t i = 0; bounds->din[1] && i < n; i++) {
        for (size_t row = 0; row < rows; row++)
            room[row] =
                bounded_mul(r, bounded_at(call->dout, bounds->dout, row * n + i),
                            standard(r, bounded_at(call->in[0], bounds->in[0], row * n + i),
                                     layer_mean(call, bounds, row), layer_rstd(call, bounds, row)));
        bounds->din[1][i] = bounded_sum(r, room, rows, true).bound;
    }
    for (size_t i = 0; bounds->din[2] && i < n; i++)
        bounds->din[2][i] =
            sum_over(r, call->dout, bounds->dout, &(group){i, 1, n, rows}, room).bound;
}

/* --- batch_norm --- */

static group channel_of(const mlp_tensor *x, size_t channel) {
    const size_t channels = x->shape[1], size = x->numel / (x->shape[0] * channels);
    return (group){channel * size, size, channels * size, x->shape[0]};
}

static void batch_channel(const mlp_call *call, const mlp_bounds *bounds, size_t k) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const group g = channel_of(call->in[0], k);
    moments m = {.mean = exactly(0)};
    bounded variance;
    if (call->in[3]) {
        m.mean = bounded_at(call->in[3], bounds->in[3], k);
        variance = bounded_at(call->in[4], bounds->in[4], k);
    } else {
        m = moments_of(r, call->in[0], bounds->in[0], &g, bounded_room(bounds));
        variance = bounded_over(r, m.squares, exactly((double)count_of(&g)));
    }
    const bounded rstd = reciprocal_root(r, variance, call->options.eps);
    bounds->out[1][k] = m.mean.bound;
    bounds->out[2][k] = rstd.bound;
    bounds->out[3][k] = call->in[3] ? rstd.bound : m.squares.bound;
    for (size_t i = 0; i < count_of(&g); i++)
        bounds->out[0][place(&g, i)] =
            normalised(r, bounded_at(call->in[0], bounds->in[0], place(&g, i)), m.mean, rstd,
                       scale_of(call, bounds, 1, k, 1), scale_of(call, bounds, 2, k, 0));
}

void bound_batch_norm(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t k = 0; k < call->in[0]->shape[1]; k++)
        batch_channel(call, bounds, k);
}

static void batch_channel_back(const mlp_call *call, const mlp_bounds *bounds, size_t k) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const group g = channel_of(call->in[0], k);
    const bounded mean = bounded_at(call->out[1], bounds->of_out[1], k);
    const bounded rstd = bounded_at(call->out[2], bounds->of_out[2], k);
    bounded *room = bounded_room(bounds);
    const bounded sum = sum_over(r, call->dout, bounds->dout, &g, room);
    for (size_t i = 0; i < count_of(&g); i++)
        room[i] = bounded_mul(
            r, bounded_sub(r, bounded_at(call->in[0], bounds->in[0], place(&g, i)), mean),
            bounded_at(call->dout, bounds->dout, place(&g, i)));
    const bounded dot = bounded_sum(r, room, count_of(&g), true);
    if (bounds->din[1])
        bounds->din[1][k] = bounded_mul(r, dot, rstd).bound;
    if (bounds->din[2])
        bounds->din[2][k] = sum.bound;
    const bounded weight = scale_of(call, bounds, 1, k, 1);
    const gradient_line line = line_of(r, exactly(0), rstd, dot, sum, (double)count_of(&g));
    for (size_t i = 0; bounds->din[0] && i < count_of(&g); i++) {
        const bounded dy = bounded_at(call->dout, bounds->dout, place(&g, i));
        const bounded x = bounded_at(call->in[0], bounds->in[0], place(&g, i));
        const double of_batch = on_line(r, &line, dy, bounded_sub(r, x, mean));
        const double value =
            call->in[3] ? 0
                        : fabs(line.slope.value * (x.value - mean.value)) + fabs(line.rest.value);
        const bounded scaled = bounded_mul(r, dy, rstd);
        const bounded dx = call->in[3] ? scaled : (bounded){fabs(scaled.value) + value, of_batch};
        bounds->din[0][place(&g, i)] = bounded_mul(r, dx, weight).bound;
    }
}

void bound_batch_norm_back(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t k = 0; k < call->in[0]->shape[1]; k++)
        batch_channel_back(call, bounds, k);
}

/* --- what is kept --- */

static void bound_running(const mlp_call *call, const mlp_bounds *bounds, bool of_variance) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded share = bounded_number(r, call->options.momentum);
    const bounded rest = bounded_beside_one(r, call->options.momentum);
    for (size_t k = 0; k < call->in[0]->numel; k++) {
        const group g = channel_of(call->in[1], k);
        const moments m = moments_of(r, call->in[1], bounds->in[1], &g, bounded_room(bounds));
        const bounded others = exactly((double)count_of(&g) - 1);
        const bounded now = of_variance ? bounded_over(r, m.squares, others) : m.mean;
        const bounded kept = bounded_at(call->in[0], bounds->in[0], k);
        bounds->out[0][k] =
            bounded_add(r, bounded_mul(r, share, now), bounded_mul(r, rest, kept)).bound;
        bounds->out[1][k] = m.mean.bound;
        bounds->out[2][k] = m.squares.bound;
    }
}

void bound_running_mean(const mlp_call *call, const mlp_bounds *bounds) {
    bound_running(call, bounds, false);
}

void bound_running_var(const mlp_call *call, const mlp_bounds *bounds) {
    bound_running(call, bounds, true);
}
