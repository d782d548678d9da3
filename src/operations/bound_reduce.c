/* The bounds of sums, means and extremes over dimensions. */
#include "bounds.h"

#include "kernels/summed.h"
#include "row.h"

#include <math.h>

/* The elements of a tensor, those of each sum side by side. */
static bounded *grouped(const mlp_tensor *x, const double *bound, const mlp_reduced_dims *dims,
                        const mlp_bounds *bounds) {
    const size_t count = count_in_each(dims), places = sum_count(dims);
    bounded *terms = bounded_room(bounds);
    double *taken = bounds->scratch + 2 * x->numel;
    for (size_t i = 0; i < places; i++)
        taken[i] = 0;
    for (size_t i = 0; i < x->numel; i++) {
        const size_t place = place_of_sum(i, dims);
        terms[place * count + (size_t)taken[place]++] = bounded_at(x, bound, i);
    }
    return terms;
}

/* One number of n terms, which may be put in another order. */
typedef bounded of_terms(rounding r, bounded *terms, size_t n, const mlp_options *options);

static void each_sum(const mlp_call *call, const mlp_bounds *bounds, double *out, of_terms *f) {
    const mlp_reduced_dims dims = reduced_dims(call);
    const size_t count = count_in_each(&dims), places = sum_count(&dims);
    bounded *terms = grouped(call->in[0], bounds->in[0], &dims, bounds);
    for (size_t i = 0; i < places; i++)
        out[i] = f(rounding_to(call->in[0]->dtype), terms + i * count, count, &call->options).bound;
}

/* The gradient of x: dy and y of its sum, and the element itself. */
typedef bounded of_element(rounding r, const mlp_call *call, bounded dy, bounded x, bounded y);

static void each_back(const mlp_call *call, const mlp_bounds *bounds, of_element *f) {
    const mlp_reduced_dims dims = reduced_dims(call);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const size_t place = place_of_sum(i, &dims);
        bounds->din[0][i] =
            f(rounding_to(call->in[0]->dtype), call, bounded_at(call->dout, bounds->dout, place),
              bounded_at(call->in[0], bounds->in[0], i),
              bounded_at(call->out[0], bounds->of_out[0], place))
                .bound;
    }
}

/* --- sum, mean --- */

static bounded sum(rounding r, bounded *terms, size_t n, const mlp_options *options) {
    (void)options;
    return bounded_sum(r, terms, n, false);
}

/* It is exact, wherever its terms are. */
static bounded sum_of_integers(rounding r, bounded *terms, size_t n, const mlp_options *options) {
    (void)r, (void)options;
    bounded y = {0, 0};
    for (size_t i = 0; i < n; i++)
        y.bound += terms[i].bound;
    return y;
}

void bound_sum(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0],
             mlp_dtype_is_floating(call->in[0]->dtype) ? sum : sum_of_integers);
}

static bounded mean(rounding r, bounded *terms, size_t n, const mlp_options *options) {
    (void)options;
    return bounded_over(r, bounded_sum(r, terms, n, false), exactly((double)n));
}

void bound_mean(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], mean);
}

/* Corrected term by term in double, and rounded. */
static bounded mean_beside(rounding r, bounded *terms, size_t n, const mlp_options *options) {
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, bounded_size(terms[i]));
    bounded y = mean(r, terms, n, options);
    y.bound += 4 * (double)n * rounding_to(MLP_FLOAT64).unit * largest;
    return y;
}

void bound_mean_beside(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], mean_beside);
}

static bounded sum_back(rounding r, const mlp_call *call, bounded dy, bounded x, bounded y) {
    (void)r, (void)call, (void)x, (void)y;
    return dy;
}

void bound_sum_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, sum_back);
}

static bounded mean_back(rounding r, const mlp_call *call, bounded dy, bounded x, bounded y) {
    (void)x, (void)y;
    return bounded_over(r, dy, exactly((double)reduced_count(call)));
}

void bound_mean_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, mean_back);
}

/* The sum over what was repeated. */
void bound_expand_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_reduced_dims dims = repeated_dims(call);
    const size_t count = count_in_each(&dims);
    bounded *terms = grouped(call->dout, bounds->dout, &dims, bounds);
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->din[0][i] =
            bounded_sum(rounding_to(call->dout->dtype), terms + i * count, count, false).bound;
}

/* --- var, std --- */

/* S = sum of (x - mean)^2. Builds go through x twice, or once in double, with a running mean for
 * each x or for parts of x (WelfordOps of ReduceOpsKernel.cpp; T. F. Chan, G. H. Golub, R. J.
 * LeVeque, "Algorithms for computing the sample variance", The American Statistician 37 (1983)
 * 242-247). With P, the larger of the sums of all positive and of all negative x:
 *
 *   the mean            is off by M = u P (1 + 2 / n) at most, which adds n M^2 to S
 *   the sum             of n terms, each of three roundings, is off by (n + 3) u S at most, with
 *                       n M^2 in S
 *   the running mean    m + (x - m) / k is off by v |m| and 2 v |x - m| / k each time, v being the
 *                       unit roundoff of double, and keeps (k - 1) / k of its error: by
 *                       E = v (P + 2 sqrt(2 S / n)) at most
 *   a square            (x - m_before) (x - m_after) is off by E times both factors and by E^2, and
 *                       the squares of all x - m_before add up to 2 S, the factors to sqrt(2 n S)
 *
 * Where x moves by e, x - mean = d moves by no more than f = e + mean of e, and d^2 by
 * f (2 |d| + 3 f). */
typedef struct {
    double sum, largest_sum, moves;
} first_pass;

static first_pass first_pass_of(const bounded *x, size_t n) {
    double positive = 0, negative = 0;
    first_pass of = {0};
    for (size_t i = 0; i < n; i++) {
        of.sum += x[i].value;
        positive += fmax(x[i].value, 0);
        negative += fmax(-x[i].value, 0);
        of.moves += x[i].bound;
    }
    of.largest_sum = fmax(positive, negative) + 2 * of.moves;
    return of;
}

static bounded squares(rounding r, const bounded *x, size_t n) {
    const double count = (double)n, in_double = rounding_to(MLP_FLOAT64).unit;
    const first_pass of = first_pass_of(x, n);
    double s = 0, differs = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = x[i].value - of.sum / count, f = x[i].bound + of.moves / count;
        s += d * d;
        differs += f * (2 * fabs(d) + 3 * f);
    }
    if (n == 1)
        return exactly(0);
    const double of_mean = r.unit * of.largest_sum * (1 + 2 / count);
    const double shifted = count * of_mean * of_mean, most = s + 2 * differs + shifted;
    const double running = in_double * (of.largest_sum + 2 * sqrt(2 * most / count));
    const double roundings = (count + 3) * r.unit / (1 - (count + 3) * r.unit) * most;
    return (bounded){s, differs + roundings + shifted + 2 * running * sqrt(2 * count * most) +
                            count * running * running};
}

static bounded variance(rounding r, bounded *x, size_t n, const mlp_options *options) {
    const double divisor = fmax(0, (double)n - (double)options->correction);
    return bounded_over(r, squares(r, x, n), exactly(divisor));
}

static bounded deviation(rounding r, bounded *x, size_t n, const mlp_options *options) {
    return bounded_sqrt(r, variance(r, x, n, options));
}

void bound_var(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], variance);
    each_sum(call, bounds, bounds->out[1], mean);
}

void bound_std(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], deviation);
    each_sum(call, bounds, bounds->out[1], mean);
}

/* 2 / (n - correction) dvar (x - mean) */
static double spread(const mlp_call *call, const mlp_bounds *bounds, size_t i, size_t place,
                     bounded dvar) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const double divisor = (double)reduced_count(call) - (double)call->options.correction;
    const bounded x = bounded_at(call->in[0], bounds->in[0], i);
    const bounded of_mean = bounded_at(call->out[1], bounds->of_out[1], place);
    const bounded scaled = bounded_mul(r, bounded_number(r, 2 / divisor), dvar);
    return bounded_mul(r, scaled, bounded_sub(r, x, of_mean)).bound;
}

void bound_var_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_reduced_dims dims = reduced_dims(call);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const size_t place = place_of_sum(i, &dims);
        const bounded dy = bounded_at(call->dout, bounds->dout, place);
        bounds->din[0][i] = spread(call, bounds, i, place, dy);
    }
}

/* That of var, for dy / (2 y); 0 where y is. */
void bound_std_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const mlp_reduced_dims dims = reduced_dims(call);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const size_t place = place_of_sum(i, &dims);
        const bounded dy = bounded_at(call->dout, bounds->dout, place);
        const bounded y = bounded_at(call->out[0], bounds->of_out[0], place);
        const bounded dvar = bounded_div(r, dy, bounded_mul(r, exactly(2), y));
        const bool is_zero = y.value == 0 && y.bound == 0;
        bounds->din[0][i] = is_zero ? 0 : spread(call, bounds, i, place, dvar);
    }
}

/* --- logsumexp --- */

/* Whatever is subtracted first, and added again at the end. */
static bounded logsumexp(rounding r, bounded *x, size_t n, const mlp_options *options) {
    (void)options;
    double max = -INFINITY;
    for (size_t i = 0; i < n; i++)
        max = fmax(max, x[i].value);
    for (size_t i = 0; i < n; i++)
        x[i] = bounded_exp(r, bounded_sub(r, x[i], as_if_exact(max)));
    return bounded_add(r, bounded_log(r, bounded_sum(r, x, n, false)), as_if_exact(max));
}

void bound_logsumexp(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], logsumexp);
    for (size_t i = 0; i < call->out[1]->numel; i++)
        bounds->out[1][i] = INFINITY; /* of no use to anybody else */
    for (size_t i = 0; i < call->out[2]->numel; i++)
        bounds->out[2][i] = INFINITY;
}

static bounded logsumexp_back(rounding r, const mlp_call *call, bounded dy, bounded x, bounded y) {
    (void)call;
    return bounded_mul(r, dy, bounded_exp(r, bounded_sub(r, x, y)));
}

void bound_logsumexp_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, logsumexp_back);
}

/* --- norm --- */

static bounded norm(rounding r, bounded *x, size_t n, const mlp_options *options) {
    const bool squared = (int)options->p == 2;
    for (size_t i = 0; i < n; i++)
        x[i] = squared ? bounded_mul(r, x[i], x[i]) : (bounded){fabs(x[i].value), x[i].bound};
    const bounded total = bounded_sum(r, x, n, false);
    return squared ? bounded_sqrt(r, total) : total;
}

void bound_norm(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], norm);
}

/* Of a size, which may be 0 where a power of any other number has no bound: x^p log x is at least
 * -1 / (e p) there. */
static bounded power_of_size(rounding r, bounded x, bounded p) {
    const double most = bounded_size(x);
    if (!(p.value > 2 * p.bound) || x.value > 2 * x.bound || x.bound == 0)
        return bounded_power(r, x, p);
    const double moved = fmax(1 / p.value, pow(most, p.value) * fabs(log(most)));
    return bounded_function(
        r, (bounded){pow(x.value, p.value), pow(most, p.value) + 2 * p.bound * moved});
}

/* The order is rounded to float32, or is not. */
static bounded norm_of_order(rounding r, bounded *x, size_t n, const mlp_options *options) {
    const double order = options->p;
    const bounded p = {order, isfinite(order) ? fabs(order - (double)(float)order) : 0};
    bounded y = exactly(0);
    for (size_t i = 0; i < n; i++) {
        x[i].value = fabs(x[i].value);
        if (order < 0 && bounded_size(x[i]) == 0)
            return exactly(0); /* 1 / inf */
        if (isinf(order))
            y = (bounded){0, fmax(y.bound, x[i].bound)};
        else if (order == 0)
            x[i] = (bounded){x[i].value != 0, bounded_compare(x[i], 0) == 2};
        else
            x[i] = power_of_size(r, x[i], p);
    }
    if (isinf(order))
        return y;
    y = bounded_sum(r, x, n, false);
    return order == 0 ? y : power_of_size(r, y, bounded_div(r, exactly(1), p));
}

void bound_norm_of_order(const mlp_call *call, const mlp_bounds *bounds) {
    each_sum(call, bounds, bounds->out[0], norm_of_order);
}

/* dy (x / y) or x (dy / y), 0 where y is; dy sign(x) */
static bounded norm_back(rounding r, const mlp_call *call, bounded dy, bounded x, bounded y) {
    const int side = bounded_compare(x, 0);
    if ((int)call->options.p != 2)
        return side == 0 ? exactly(0) : (bounded){dy.value, side == 2 ? INFINITY : dy.bound};
    if (y.value == 0 && y.bound == 0)
        return y;
    const bounded one = bounded_mul(r, dy, bounded_div(r, x, y));
    const bounded other = bounded_mul(r, x, bounded_div(r, dy, y));
    return one.bound > other.bound ? one : other;
}

void bound_norm_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, norm_back);
}

/* --- max, min --- */

/* Those that may be the largest (sign 1) or smallest (-1) of a column. */
typedef struct {
    double least; /* which the largest is, at least */
    size_t count;
    bool exact; /* then they are equal */
    double bound;
} candidates;

static bounded signed_element(const bounded_row *x, size_t k, double sign) {
    const bounded element = bounded_element(x, k);
    return (bounded){sign * element.value, element.bound};
}

static bool may_be(const candidates *of, bounded x) {
    return x.value + 2 * x.bound >= of->least;
}

static candidates candidates_of(const bounded_row *x, size_t size, double sign) {
    candidates of = {.least = -INFINITY, .exact = true};
    for (size_t k = 0; k < size; k++) {
        const bounded element = signed_element(x, k, sign);
        of.least = fmax(of.least, element.value - 2 * element.bound);
    }
    for (size_t k = 0; k < size; k++) {
        const bounded element = signed_element(x, k, sign);
        if (!may_be(&of, element))
            continue;
        of.count++;
        of.exact = of.exact && element.bound == 0;
        of.bound = fmax(of.bound, element.bound);
    }
    return of;
}

static bool is_open(const candidates *of) {
    return of->count > 1 && !of->exact;
}

/* Of all columns, the largest and where they stand; either may be NULL. */
static void extremes(const mlp_call *call, const mlp_bounds *bounds, double *values, double *index,
                     double sign) {
    const mlp_dimension l = extreme_layout(call);
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        const candidates of = candidates_of(&x, l.size, sign);
        if (values)
            values[i] = of.bound;
        if (index)
            index[i] = is_open(&of) ? INFINITY : 0;
    }
}

/* The gradient of a column whose largest is shared, or is the one at `at`. */
static void extreme_back(const mlp_bounds *bounds, const bounded_row *x, size_t size, double sign,
                         double share) {
    const candidates of = candidates_of(x, size, sign);
    for (size_t k = 0; k < size; k++)
        if (may_be(&of, signed_element(x, k, sign)))
            bounds->din[0][x->first + k * x->stride] = is_open(&of) ? INFINITY : share;
}

/* dy is shared between those that equal y. */
static void share_back(const mlp_call *call, const mlp_bounds *bounds, double sign) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded_row x = {call->in[0], bounds->in[0], 0, 1};
    const candidates of = candidates_of(&x, call->in[0]->numel, sign);
    const bounded dy = bounded_at(call->dout, bounds->dout, 0);
    const bounded share = bounded_div(r, dy, exactly((double)of.count));
    extreme_back(bounds, &x, call->in[0]->numel, sign, share.bound);
}

/* The first of them has dy. */
static void columns_back(const mlp_call *call, const mlp_bounds *bounds, double sign) {
    const mlp_dimension l = extreme_layout(call);
    for (size_t i = 0; i < l.outer * l.inner; i++) {
        const bounded_row x = bounded_column(call->in[0], bounds->in[0], &l, i);
        extreme_back(bounds, &x, l.size, sign, bounds->dout[i]);
    }
}

void bound_max(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, bounds->out[0], NULL, 1);
}

void bound_min(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, bounds->out[0], NULL, -1);
}

void bound_max_back(const mlp_call *call, const mlp_bounds *bounds) {
    share_back(call, bounds, 1);
}

void bound_min_back(const mlp_call *call, const mlp_bounds *bounds) {
    share_back(call, bounds, -1);
}

void bound_max_dim(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, bounds->out[0], bounds->out[1], 1);
}

void bound_min_dim(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, bounds->out[0], bounds->out[1], -1);
}

void bound_max_dim_back(const mlp_call *call, const mlp_bounds *bounds) {
    columns_back(call, bounds, 1);
}

void bound_min_dim_back(const mlp_call *call, const mlp_bounds *bounds) {
    columns_back(call, bounds, -1);
}

void bound_argmax(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, NULL, bounds->out[0], 1);
}

void bound_argmin(const mlp_call *call, const mlp_bounds *bounds) {
    extremes(call, bounds, NULL, bounds->out[0], -1);
}
