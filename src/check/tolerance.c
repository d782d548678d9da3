#include "tolerance.h"

#include "mlpstep/bound.h"

#include "base/like.h"

#include <float.h>
#include <math.h>
#include <string.h>

mlp_tolerance tolerance_for(const marking *m, const char *name, const char *answered) {
    mlp_tolerance t = m->options->tolerance;
    for (size_t i = 0; i < m->options->named_count; i++) {
        const mlp_name_tolerance *named = &m->options->named[i];
        const char *end = named->like + named->length;
        if (!is_like(name, named->like, end) && !(answered && is_like(answered, named->like, end)))
            continue;
        t.replaces = true;
        *(named->is_relative ? &t.rtol : &t.atol) = named->tolerance;
    }
    return t;
}

static bool is_of_script(const marking *m, const mlp_name_tolerance *t) {
    const char *end = t->like + t->length;
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        if (is_like(e->value->label.display, t->like, end))
            return true;
        const mlp_alias *alias = e->value->variable ? e->value->variable->aliases : NULL;
        for (; alias; alias = alias->next)
            if (is_like(alias->name, t->like, end))
                return true;
    }
    return false;
}

/* `a`: of a list of answers, or NULL. */
static bool is_answered(const mlp_answer *a, const mlp_name_tolerance *t) {
    while (a && !(a->name && is_like(a->name, t->like, t->like + t->length)))
        a = a->next;
    return a != NULL;
}

/* Also of a tensor that is answered in single elements. */
static bool is_of_item(const marking *m, const mlp_name_tolerance *t) {
    for (size_t i = 0; i < m->count; i++) {
        const char *name = m->items[i].mark.answer->name;
        if (name && is_like(name, t->like, t->like + t->length))
            return true;
    }
    return false;
}

bool tolerances_have_names(const marking *m) {
    const mlp_check_options *options = m->options;
    for (size_t i = 0; i < options->named_count; i++) {
        const mlp_name_tolerance *t = &options->named[i];
        if (!is_of_script(m, t) && !is_of_item(m, t) && !is_answered(m->answers->first, t) &&
            !is_answered(options->names ? options->names->first : NULL, t))
            return mlp_error(
                m->error,
                "the tolerance --%s=%.*s=%g is for no name of the script, nor of this: "
                "mlpstep worksheet lists the names",
                t->is_relative ? "rtol" : "atol", (int)(t->length < 200 ? t->length : 200), t->like,
                t->tolerance);
    }
    return true;
}

/* Of an infinity there is nothing to round. */
static double rounding_to_unit(double epsilon, double number) {
    return isfinite(number) ? epsilon * fabs(number) : 0;
}

double rounding_of(const marking *m, const item *it, const mlp_written *number) {
    if (it->tolerance.replaces)
        return it->tolerance.atol + it->tolerance.rtol * fabs(number->value);
    if (number->exact)
        return 0;
    /* The decimals of a port are of a number of its dtype, which has a last bit of its own. */
    const bool is_single = m->options->port && it->mark.value->tensor.dtype == MLP_FLOAT32;
    return 0.5 * pow(10, -number->decimals) +
           (is_single ? rounding_to_unit(FLT_EPSILON / 2, number->value) : 0);
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
    if (it->tolerance.replaces || m->options->port)
        return 0;
    const double rounding = rounding_to_unit(FLT_EPSILON, number);
    return it->mark.value->tensor.dtype == MLP_FLOAT32 ? rounding
                                                       : fmin(rounding, 0.01 * it->rounding[i]);
}

double builds_differ_by(const item *it, size_t i) {
    if (it->tolerance.replaces)
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
static bool is_within(const item *it, size_t i, double value, double rounding, double more) {
    const double number = it->numbers[i];
    if (isinf(more) && isinf(builds_differ_by(it, i)))
        return true;
    if (!mlp_dtype_is_floating(it->mark.value->tensor.dtype))
        return number == value;
    const mlp_tolerance *t = &it->tolerance;
    const double allowed = t->replaces ? t->atol + t->rtol * fabs(value) : rounding;
    return float_is_near(number, value, allowed + more);
}

double rounding_in(const marking *m, const item *it, size_t i) {
    const bool has_decimals = it->rounding[i] < 0.5;
    return m->may_cut && has_decimals ? 2 * it->rounding[i] : it->rounding[i];
}

bool number_is_near(const marking *m, const item *it, size_t i, double value, double more) {
    return is_within(it, i, value, rounding_in(m, it, i), more);
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

/* Whether the number, as the float32 that it is in the script, is the value. */
static bool rounds_to(const item *it, size_t i, double value) {
    static const double overflows = 0x1.ffffffp+127; /* to inf, which is no rounding */
    const double number = it->numbers[i];
    return it->mark.value->tensor.dtype == MLP_FLOAT32 && !it->tolerance.replaces &&
           fabs(number) < overflows && (double)(float)number == value;
}

/* exact: NULL where that number is not known, and not asked for. */
static mlp_verdict verdict_with(const marking *m, const item *it, size_t i, const double *exact) {
    const double recorded = mlp_tensor_get(&it->mark.value->tensor, i);
    const double off = builds_differ_by(it, i);
    const double half = it->rounding[i];
    const bool on_paper = exact && !m->options->port;
    const bool is_true = rounds_to(it, i, recorded) ||
                         is_within(it, i, recorded, half, last_bit(m, it, i, recorded)) ||
                         (on_paper && is_within(it, i, *exact, half, last_bit(m, it, i, *exact)));
    const bool may_be = is_within(it, i, recorded, half, off);
    if (m->options->port && isfinite(off))
        return is_true || may_be ? MLP_RIGHT : MLP_WRONG;
    return verdict_by_bound(is_true, may_be, recorded, off);
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
