/* The bounds of what is computed element by element. */
#include "bounds.h"

#include "row.h"

#include <math.h>

/* --- every element by one formula --- */

/* Element i of the other operand, or the number in its place. */
static bounded other(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    if (call->in[1])
        return bounded_at(call->in[1], bounds->in[1], i);
    bounded number = bounded_number(rounding_to(call->in[0]->dtype), number_of(call));
    number.bound += call->options.number.off;
    return number;
}

/* Whether both operands are one tensor, so that their errors are the same. */
static bool is_same(const mlp_call *call) {
    return call->in[0] == call->in[1];
}

/* Arithmetic of integers is exact, wherever its operands are. */
static double of_integers(const mlp_call *call, const mlp_bounds *bounds, size_t i) {
    const bool open = bounds->in[0][i] > 0 || (call->in[1] && bounds->in[1][i] > 0) ||
                      call->options.number.off > 0;
    return open ? INFINITY : 0;
}

typedef bounded of_one(rounding r, bounded x);
typedef bounded of_two(rounding r, bounded a, bounded b);

static void each(const mlp_call *call, const mlp_bounds *bounds, of_one *f) {
    const mlp_tensor *x = call->in[0];
    const rounding r = rounding_to(x->dtype);
    for (size_t i = 0; i < x->numel; i++)
        bounds->out[0][i] = mlp_dtype_is_floating(x->dtype)
                                ? f(r, bounded_at(x, bounds->in[0], i)).bound
                                : of_integers(call, bounds, i);
}

static void each_pair(const mlp_call *call, const mlp_bounds *bounds, of_two *f) {
    const mlp_tensor *a = call->in[0];
    const rounding r = rounding_to(a->dtype);
    for (size_t i = 0; i < a->numel; i++)
        bounds->out[0][i] =
            mlp_dtype_is_floating(a->dtype)
                ? f(r, bounded_at(a, bounds->in[0], i), other(call, bounds, i)).bound
                : of_integers(call, bounds, i);
}

/* The gradient of in[k]: dy and the elements of in[0], and of in[1] or out[0]. */
typedef bounded of_three(rounding r, bounded dy, bounded a, bounded b);

static void each_back(const mlp_call *call, const mlp_bounds *bounds, size_t k, of_three *f) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; bounds->din[k] && i < call->dout->numel; i++)
        bounds->din[k][i] = f(r, bounded_at(call->dout, bounds->dout, i),
                              bounded_at(call->in[0], bounds->in[0], i), other(call, bounds, i))
                                .bound;
}

/* Likewise, of dy, in[0] and the result. */
static void each_back_of_result(const mlp_call *call, const mlp_bounds *bounds, of_three *f) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->dout->numel; i++)
        bounds->din[0][i] =
            f(r, bounded_at(call->dout, bounds->dout, i), bounded_at(call->in[0], bounds->in[0], i),
              bounded_at(call->out[0], bounds->of_out[0], i))
                .bound;
}

static bounded dy_itself(rounding r, bounded dy, bounded a, bounded b) {
    (void)r, (void)a, (void)b;
    return dy;
}

/* --- add, sub, neg --- */

void bound_add(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, bounded_add_alone);
}

/* Also of sub, rsub and neg, where the sign changes. */
void bound_add_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, 0, dy_itself);
    each_back(call, bounds, 1, dy_itself);
}

static bounded minus(rounding r, bounded a, bounded b) {
    return bounded_add_alone(r, a, bounded_negative(b));
}

void bound_sub(const mlp_call *call, const mlp_bounds *bounds) {
    if (!is_same(call)) /* x - x is 0 */
        each_pair(call, bounds, minus);
}

static bounded number_less(rounding r, bounded x, bounded number) {
    return minus(r, number, x);
}

void bound_rsub(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, number_less);
}

void bound_neg(const mlp_call *call, const mlp_bounds *bounds) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->out[0][i] = bounds->in[0][i];
}

/* a + alpha b, where the product may be rounded or not */
static void scaled(const mlp_call *call, const mlp_bounds *bounds, double sign) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded alpha = bounded_number(r, sign * call->options.alpha);
    for (size_t i = 0; i < call->in[0]->numel; i++)
        bounds->out[0][i] = bounded_add(r, bounded_at(call->in[0], bounds->in[0], i),
                                        bounded_mul(r, alpha, other(call, bounds, i)))
                                .bound;
}

void bound_add_scaled(const mlp_call *call, const mlp_bounds *bounds) {
    scaled(call, bounds, 1);
}

void bound_sub_scaled(const mlp_call *call, const mlp_bounds *bounds) {
    scaled(call, bounds, -1);
}

void bound_add_scaled_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded alpha = bounded_number(r, call->options.alpha);
    each_back(call, bounds, 0, dy_itself);
    for (size_t i = 0; bounds->din[1] && i < call->dout->numel; i++)
        bounds->din[1][i] = bounded_mul(r, bounded_at(call->dout, bounds->dout, i), alpha).bound;
}

/* --- mul, div, reciprocal --- */

static bounded times_a(rounding r, bounded dy, bounded a, bounded b) {
    (void)b;
    return bounded_mul_alone(r, dy, a);
}

static bounded times_b(rounding r, bounded dy, bounded a, bounded b) {
    (void)a;
    return bounded_mul_alone(r, dy, b);
}

void bound_mul(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, bounded_mul_alone);
}

void bound_mul_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, 0, times_b);
    each_back(call, bounds, 1, times_a);
}

/* By a number, some builds multiply by 1 / number. */
void bound_div(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, call->in[1] ? bounded_div_alone : bounded_over);
}

static bounded by_b(rounding r, bounded dy, bounded a, bounded b) {
    (void)a;
    return bounded_div_alone(r, dy, b);
}

static bounded by_number(rounding r, bounded dy, bounded a, bounded b) {
    (void)a;
    return bounded_over(r, dy, b);
}

/* dy (a / b / b) */
static bounded denominator(rounding r, bounded dy, bounded a, bounded b) {
    return bounded_mul(r, dy, bounded_div(r, bounded_div(r, a, b), b));
}

void bound_div_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, 0, call->in[1] ? by_b : by_number);
    each_back(call, bounds, 1, denominator);
}

static bounded reciprocal(rounding r, bounded x) {
    return bounded_div_alone(r, exactly(1), x);
}

void bound_reciprocal(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, reciprocal);
}

/* dy (y y) */
static bounded reciprocal_back(rounding r, bounded dy, bounded x, bounded y) {
    (void)x;
    return bounded_mul(r, dy, bounded_mul(r, y, y));
}

void bound_reciprocal_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back_of_result(call, bounds, reciprocal_back);
}

/* --- a log(b) --- */

static bounded times_log(rounding r, bounded a, bounded b) {
    if (a.value == 0 && a.bound == 0)
        return a;
    return bounded_mul(r, a, bounded_log(r, b));
}

void bound_xlogy(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, times_log);
}

static bounded log_back(rounding r, bounded dy, bounded a, bounded b) {
    const bool is_masked = a.value == 0 && a.bound == 0 && b.value <= 0 && b.bound == 0;
    return is_masked ? exactly(0) : times_log(r, dy, b);
}

/* dy a / b */
static bounded of_the_number(rounding r, bounded dy, bounded a, bounded b) {
    return bounded_div(r, bounded_mul(r, dy, a), b);
}

void bound_xlogy_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back(call, bounds, 0, log_back);
    each_back(call, bounds, 1, of_the_number);
}

/* --- powers --- */

static bool is_exactly(bounded x, double value) {
    return x.value == value && x.bound == 0;
}

/* Of one exponent for all, which every build looks at: a square is a product. For other exponents
 * it may take products, or a function. */
static bounded power_by_number(rounding r, bounded a, bounded number) {
    return is_exactly(number, 1)   ? a
           : is_exactly(number, 2) ? bounded_mul_alone(r, a, a)
                                   : bounded_power(r, a, number);
}

void bound_pow(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, call->in[1] ? bounded_power : power_by_number);
}

/* dy (b a^(b - 1)) */
static bounded base_back_of(of_two *raise, rounding r, bounded dy, bounded a, bounded b) {
    if (is_exactly(b, 0))
        return exactly(0);
    const bounded below = raise(r, a, minus(r, b, exactly(1)));
    return bounded_mul(r, dy, bounded_mul(r, b, below));
}

static bounded base_back(rounding r, bounded dy, bounded a, bounded b) {
    return base_back_of(bounded_power, r, dy, a, b);
}

static bounded base_back_by_number(rounding r, bounded dy, bounded a, bounded number) {
    return base_back_of(power_by_number, r, dy, a, number);
}

/* dy (y log a), 0 where a = 0 and b is not negative */
static bounded exponent_back(rounding r, bounded dy, bounded a, bounded b, bounded y) {
    if (is_exactly(a, 0) && b.value >= 2 * b.bound)
        return exactly(0);
    return bounded_mul(r, dy, bounded_mul(r, y, bounded_log(r, a)));
}

void bound_pow_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    each_back(call, bounds, 0, call->in[1] ? base_back : base_back_by_number);
    for (size_t i = 0; bounds->din[1] && i < call->dout->numel; i++)
        bounds->din[1][i] = exponent_back(r, bounded_at(call->dout, bounds->dout, i),
                                          bounded_at(call->in[0], bounds->in[0], i),
                                          bounded_at(call->in[1], bounds->in[1], i),
                                          bounded_at(call->out[0], bounds->of_out[0], i))
                                .bound;
}

static bounded power_of_number(rounding r, bounded x, bounded number) {
    return bounded_power(r, number, x);
}

void bound_rpow(const mlp_call *call, const mlp_bounds *bounds) {
    each_pair(call, bounds, power_of_number);
}

void bound_rpow_back(const mlp_call *call, const mlp_bounds *bounds) {
    const rounding r = rounding_to(call->in[0]->dtype);
    for (size_t i = 0; i < call->dout->numel; i++)
        bounds->din[0][i] =
            exponent_back(r, bounded_at(call->dout, bounds->dout, i), other(call, bounds, i),
                          bounded_at(call->in[0], bounds->in[0], i),
                          bounded_at(call->out[0], bounds->of_out[0], i))
                .bound;
}

/* --- exp, log, sqrt, abs --- */

void bound_exp(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, bounded_exp);
}

/* dy y */
void bound_exp_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back_of_result(call, bounds, times_b);
}

void bound_log(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, bounded_log);
}

static bounded by_a(rounding r, bounded dy, bounded a, bounded b) {
    (void)b;
    return bounded_div_alone(r, dy, a);
}

void bound_log_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back_of_result(call, bounds, by_a);
}

/* Of what another build may have below 0, the root is nan there. */
static bounded root(rounding r, bounded x) {
    if (x.bound > 0 && x.value < 2 * x.bound)
        return (bounded){sqrt(x.value), INFINITY};
    return bounded_sqrt(r, x);
}

void bound_sqrt(const mlp_call *call, const mlp_bounds *bounds) {
    each(call, bounds, root);
}

/* dy / (2 y) */
static bounded root_back(rounding r, bounded dy, bounded x, bounded y) {
    (void)x;
    return bounded_div(r, dy, bounded_mul(r, exactly(2), y));
}

void bound_sqrt_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back_of_result(call, bounds, root_back);
}

/* |x| is as far off as x. */
void bound_abs(const mlp_call *call, const mlp_bounds *bounds) {
    bound_neg(call, bounds);
}

static bounded abs_back(rounding r, bounded dy, bounded x, bounded y) {
    (void)r, (void)y;
    const int side = bounded_compare(x, 0);
    return side == 0 ? exactly(0) : (bounded){dy.value, side == 2 ? INFINITY : dy.bound};
}

void bound_abs_back(const mlp_call *call, const mlp_bounds *bounds) {
    each_back_of_result(call, bounds, abs_back);
}

/* --- limits --- */

/* A number, as every build compares x with it. */
static double rounded(const mlp_call *call, double number) {
    return call->in[0]->dtype == MLP_FLOAT32 ? (double)(float)number : number;
}

/* The larger of a and b, whichever it is. */
static double larger_bound(bounded a, bounded b) {
    const int side = bounded_compare((bounded){a.value - b.value, a.bound + b.bound}, 0);
    return side == 1 ? a.bound : side == -1 ? b.bound : fmax(a.bound, b.bound);
}

void bound_clamp(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_options *o = &call->options;
    const rounding r = rounding_to(call->in[0]->dtype);
    const bounded min = bounded_number(r, o->min), max = bounded_number(r, o->max);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        bounded x = bounded_at(call->in[0], bounds->in[0], i);
        if (o->has_min)
            x = (bounded){fmax(x.value, min.value), larger_bound(x, min)};
        if (o->has_max)
            x = (bounded){fmin(x.value, max.value),
                          larger_bound(bounded_negative(x), bounded_negative(max))};
        bounds->out[0][i] = x.bound;
    }
}

void bound_clamp_back(const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_options *o = &call->options;
    const double min = rounded(call, o->min), max = rounded(call, o->max);
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded x = bounded_at(call->in[0], bounds->in[0], i);
        const int above = o->has_min ? bounded_compare(x, min) : 1;
        const int below = o->has_max ? bounded_compare(x, max) : -1;
        const bool is_outside = above == -1 || below == 1;
        bounds->din[0][i] = is_outside ? 0 : above == 2 || below == 2 ? INFINITY : bounds->dout[i];
    }
}

/* sign 1 for the larger of two, -1 for the smaller */
static void extreme(const mlp_call *call, const mlp_bounds *bounds, double sign) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        bounded a = bounded_at(call->in[0], bounds->in[0], i), b = other(call, bounds, i);
        a.value *= sign;
        b.value *= sign;
        bounds->out[0][i] = larger_bound(a, b);
    }
}

/* dy for the one that is chosen, half of it for each of two that are equal */
static void extreme_back(const mlp_call *call, const mlp_bounds *bounds, double sign) {
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const bounded a = bounded_at(call->in[0], bounds->in[0], i), b = other(call, bounds, i);
        const bounded difference = {sign * (a.value - b.value), a.bound + b.bound};
        const int side = is_same(call) ? 0 : bounded_compare(difference, 0);
        const double open = side == 2 ? INFINITY : bounds->dout[i];
        if (bounds->din[0])
            bounds->din[0][i] = side == -1 ? 0 : open;
        if (bounds->din[1])
            bounds->din[1][i] = side == 1 ? 0 : open;
    }
}

void bound_maximum(const mlp_call *call, const mlp_bounds *bounds) {
    extreme(call, bounds, 1);
}

void bound_maximum_back(const mlp_call *call, const mlp_bounds *bounds) {
    extreme_back(call, bounds, 1);
}

void bound_minimum(const mlp_call *call, const mlp_bounds *bounds) {
    extreme(call, bounds, -1);
}

void bound_minimum_back(const mlp_call *call, const mlp_bounds *bounds) {
    extreme_back(call, bounds, -1);
}

/* --- comparisons --- */

void bound_compare(const mlp_call *call, const mlp_bounds *bounds) {
    const bool is_floating = mlp_dtype_is_floating(call->in[0]->dtype);
    for (size_t i = 0; i < call->in[0]->numel && !is_same(call); i++) {
        const bounded a = bounded_at(call->in[0], bounds->in[0], i);
        const bounded b = call->in[1]
                              ? other(call, bounds, i)
                              : (bounded){rounded(call, number_of(call)), call->options.number.off};
        const bounded difference = {a.value - b.value, a.bound + b.bound};
        bounds->out[0][i] = !is_floating                          ? of_integers(call, bounds, i)
                            : bounded_compare(difference, 0) == 2 ? INFINITY
                                                                  : 0;
    }
}

/* --- to: x as another dtype --- */

static double as_integer(bounded x) {
    return trunc(x.value - 2 * x.bound) == trunc(x.value + 2 * x.bound) ? 0 : INFINITY;
}

static double as_bool(bounded x) {
    return bounded_compare(x, 0) == 2 ? INFINITY : 0;
}

/* A number of another type, rounded where this one has fewer digits. */
static double as_floating(mlp_dtype dtype, mlp_dtype from, bounded x) {
    const rounding r = rounding_to(dtype);
    const bool is_wider = dtype == MLP_FLOAT64 && (from == MLP_FLOAT32 || fabs(x.value) <= 0x1p53);
    if (dtype == from || is_wider)
        return x.bound;
    return x.bound > 0 || fabs(x.value) > 0x1p53 ? bounded_round(r, x).bound
                                                 : bounded_number(r, x.value).bound;
}

static void cast(double *out, mlp_dtype dtype, const mlp_tensor *x, const double *bound) {
    for (size_t i = 0; i < x->numel; i++) {
        const bounded number = bounded_at(x, bound, i);
        out[i] = mlp_dtype_is_integer(dtype) ? as_integer(number)
                 : dtype == MLP_BOOL         ? as_bool(number)
                                             : as_floating(dtype, x->dtype, number);
    }
}

void bound_to(const mlp_call *call, const mlp_bounds *bounds) {
    cast(bounds->out[0], call->options.dtype, call->in[0], bounds->in[0]);
}

void bound_to_back(const mlp_call *call, const mlp_bounds *bounds) {
    cast(bounds->din[0], call->in[0]->dtype, call->dout, bounds->dout);
}
