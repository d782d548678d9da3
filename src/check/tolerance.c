#include "tolerance.h"

#include "mlpstep/bound.h"

#include <float.h>
#include <math.h>

double rounding_of(const marking *m, const mlp_written *number) {
    if (m->options->tolerance.replaces)
        return m->options->tolerance.atol + m->options->tolerance.rtol * fabs(number->value);
    return number->exact ? 0 : 0.5 * pow(10, -number->decimals);
}

/* Of an infinity there is nothing to round. */
static double rounding_to_unit(double epsilon, double number) {
    return isfinite(number) ? epsilon * fabs(number) : 0;
}

double dtype_rounding(const item *it, double number) {
    const bool is_single = it->mark.value->tensor.dtype == MLP_FLOAT32;
    return rounding_to_unit(is_single ? (double)FLT_EPSILON : DBL_EPSILON, number);
}

double dtype_reach(const item *it, size_t i, double number) {
    return 100 * (dtype_rounding(it, number) + 2 * mlp_value_bound(it->mark.value, i));
}

/* One rounding to float32. In float64 it only lets a number that stands halfway between two
 * decimals be rounded either way, so it is no more than a hundredth of what the decimals allow. */
static double last_bit(const marking *m, const item *it, size_t i, double number) {
    if (m->options->tolerance.replaces)
        return 0;
    const double rounding = rounding_to_unit(FLT_EPSILON, number);
    return it->mark.value->tensor.dtype == MLP_FLOAT32 ? rounding
                                                       : fmin(rounding, 0.01 * it->rounding[i]);
}

double builds_differ_by(const marking *m, const item *it, size_t i) {
    if (m->options->tolerance.replaces)
        return 0;
    return it->mark.answer->open ? INFINITY : 2 * mlp_value_bound(it->mark.value, i);
}

bool float_is_near(double number, double value, double allowed) {
    if (!isfinite(value) || !isfinite(number))
        return number == value || (isnan(number) && isnan(value));
    /* Half a unit, the number and the difference have a last bit of their own, and so have the
     * functions of another C library. */
    const double bits = 4 * DBL_EPSILON * fmax(fabs(value), fabs(number));
    return fabs(number - value) <= allowed + bits;
}

/* Whether it is within `rounding`, of what is written, and `more` of the value. */
static bool is_within(const marking *m, const item *it, size_t i, double value, double rounding,
                      double more) {
    const double number = it->numbers[i];
    if (isinf(more) && isinf(builds_differ_by(m, it, i)))
        return true;
    if (!mlp_dtype_is_floating(it->mark.value->tensor.dtype))
        return number == value;
    const mlp_tolerance *t = &m->options->tolerance;
    const double allowed = t->replaces ? t->atol + t->rtol * fabs(value) : rounding;
    return float_is_near(number, value, allowed + more);
}

double rounding_in(const marking *m, const item *it, size_t i) {
    const bool has_decimals = it->rounding[i] < 0.5;
    return m->may_cut && has_decimals ? 2 * it->rounding[i] : it->rounding[i];
}

bool number_is_near(const marking *m, const item *it, size_t i, double value, double more) {
    return is_within(m, it, i, value, rounding_in(m, it, i), more);
}

/* A number that is known no better than this decides nothing. */
static const double widest_bound = 1e-3; /* of the value */

mlp_verdict verdict_by_bound(bool is_true, bool may_be, double truth, double off) {
    if (is_true)
        return MLP_RIGHT;
    if (!may_be)
        return MLP_WRONG;
    return isfinite(off) && off / 2 <= widest_bound * fabs(truth) ? MLP_RIGHT : MLP_UNDECIDED;
}

/* exact: NULL where that number is not known, and not asked for. */
static mlp_verdict verdict_with(const marking *m, const item *it, size_t i, const double *exact) {
    const double recorded = mlp_tensor_get(&it->mark.value->tensor, i);
    const double off = builds_differ_by(m, it, i);
    const double half = it->rounding[i];
    const bool is_true = is_within(m, it, i, recorded, half, last_bit(m, it, i, recorded)) ||
                         (exact && is_within(m, it, i, *exact, half, last_bit(m, it, i, *exact)));
    return verdict_by_bound(is_true, is_within(m, it, i, recorded, half, off), recorded, off);
}

bool number_is_as_recorded(const marking *m, const item *it, size_t i) {
    return verdict_with(m, it, i, NULL) == MLP_RIGHT;
}

mlp_verdict number_verdict(const marking *m, const item *it, size_t i) {
    return verdict_with(m, it, i, &it->exact[i]);
}

bool item_is_near(const marking *m, const item *it, const double *value, const double *bound) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && !number_is_near(m, it, i, value[i], bound[i]))
            return false;
    return true;
}

bool item_can_be_fixed(const item *it) {
    if (mlp_dtype_is_floating(it->mark.value->tensor.dtype))
        return true;
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (!(fabs(it->numbers[i]) <= 0x1p53) || it->numbers[i] != floor(it->numbers[i]))
            return false;
    return true;
}
