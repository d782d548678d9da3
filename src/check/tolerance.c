#include "tolerance.h"

#include "mlpstep/bound.h"

#include <float.h>
#include <math.h>

double rounding_of(const marking *m, const mlp_written *number) {
    if (m->tolerance->replaces)
        return m->tolerance->atol + m->tolerance->rtol * fabs(number->value);
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

/* One rounding to float32. In float64 it only lets a number that stands halfway between two
 * decimals be rounded either way, so it is no more than a hundredth of what the decimals allow. */
static double last_bit(const item *it, size_t i, double number) {
    const double rounding = rounding_to_unit(FLT_EPSILON, number);
    return it->mark.value->tensor.dtype == MLP_FLOAT32 ? rounding
                                                       : fmin(rounding, 0.01 * it->rounding[i]);
}

double builds_differ_by(const marking *m, const item *it, size_t i) {
    if (it->mark.answer->open)
        return INFINITY;
    return m->tolerance->replaces ? 0 : 2 * mlp_value_bound(it->mark.value, i);
}

bool number_is_near(const marking *m, const item *it, size_t i, double value, double more) {
    const double number = it->numbers[i];
    if (isinf(more) && isinf(builds_differ_by(m, it, i)))
        return true;
    if (!mlp_dtype_is_floating(it->mark.value->tensor.dtype) || !isfinite(value) ||
        !isfinite(number))
        return number == value || (isnan(number) && isnan(value));
    const double allowed = m->tolerance->replaces
                               ? m->tolerance->atol + m->tolerance->rtol * fabs(value)
                               : it->rounding[i];
    /* Half a unit, the number and the difference have a last bit of their own. */
    const double bits = 4 * DBL_EPSILON * fmax(fabs(value), fabs(number));
    return fabs(number - value) <= allowed + more + bits;
}

/* A number that is known no better than this decides nothing. */
static const double widest_bound = 1e-3; /* of the value */

mlp_verdict number_verdict(const marking *m, const item *it, size_t i) {
    const double recorded = mlp_tensor_get(&it->mark.value->tensor, i), exact = it->exact[i];
    if (number_is_near(m, it, i, recorded, last_bit(it, i, recorded)) ||
        number_is_near(m, it, i, exact, last_bit(it, i, exact)))
        return MLP_RIGHT;
    const double more = builds_differ_by(m, it, i);
    if (!number_is_near(m, it, i, recorded, more))
        return MLP_WRONG;
    return isfinite(more) && more / 2 <= widest_bound * fabs(recorded) ? MLP_RIGHT : MLP_UNDECIDED;
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
