/* What is near enough: the rules that mlpstep/check.h states. */
#include "marking.h"

#include <float.h>
#include <math.h>

double rounding_of(const marking *m, const mlp_written *number) {
    if (m->tolerance->replaces)
        return m->tolerance->atol + m->tolerance->rtol * fabs(number->value);
    return number->exact ? 0 : 0.5 * pow(10, -number->decimals);
}

double dtype_rounding(const item *it, double number) {
    const bool is_single = it->mark.value->tensor.dtype == MLP_FLOAT32;
    return (is_single ? (double)FLT_EPSILON : DBL_EPSILON) * fabs(number);
}

bool number_is_near(const marking *m, const item *it, size_t i, double value, double more) {
    const double number = it->numbers[i];
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

bool number_is_right(const marking *m, const item *it, size_t i) {
    const double recorded = mlp_tensor_get(&it->mark.value->tensor, i), exact = it->exact[i];
    return number_is_near(m, it, i, recorded, dtype_rounding(it, recorded)) ||
           number_is_near(m, it, i, exact, dtype_rounding(it, exact));
}

bool item_can_be_fixed(const item *it) {
    if (mlp_dtype_is_floating(it->mark.value->tensor.dtype))
        return true;
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (!(fabs(it->numbers[i]) <= 0x1p53) || it->numbers[i] != floor(it->numbers[i]))
            return false;
    return true;
}
