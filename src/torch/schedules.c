/* The schedules of torch.optim.lr_scheduler that multiply rates, or follow a curve once. */
#include "scheduler.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

static object *times(const rating *r, object *factor) {
    return rate_compute(r, r->rate, OPERATOR_MUL, factor);
}

static object *base_times(const rating *r, object *factor) {
    return rate_compute(r, rate_element(r, "base_lrs"), OPERATOR_MUL, factor);
}

/* base gamma^power */
static object *base_decayed(const rating *r, object *power) {
    return base_times(r, rate_compute(r, rate_own(r, "gamma"), OPERATOR_POW, power));
}

static bool is_epoch(const rating *r, int64_t epoch) {
    return rate_holds(r, r->epoch, OPERATOR_EQ, rate_integer(r, epoch));
}

/* --- StepLR, MultiStepLR, ExponentialLR --- */

static object *step_rate(const rating *r) {
    if (is_epoch(r, 0) ||
        python_truth(r->c->script,
                     rate_compute(r, r->epoch, OPERATOR_MOD, rate_own(r, "step_size")),
                     r->c->where))
        return r->rate;
    return times(r, rate_own(r, "gamma"));
}

static object *step_closed(const rating *r) {
    return base_decayed(r, rate_compute(r, r->epoch, OPERATOR_FLOORDIV, rate_own(r, "step_size")));
}

/* A Counter. */
static const object *milestones_of(const rating *r) {
    const object *milestones = rate_own(r, "milestones");
    if (milestones->kind != OBJECT_DICT)
        call_fail(r->c, "milestones are a Counter, not a value of type %s",
                  object_type(milestones));
    return milestones;
}

/* Milestones that are named twice count twice. */
static object *multi_step_rate(const rating *r) {
    object *count = dict_get(r->c->script, milestones_of(r), r->epoch, r->c->where);
    if (!count)
        return r->rate;
    return times(r, rate_compute(r, rate_own(r, "gamma"), OPERATOR_POW, count));
}

static object *multi_step_closed(const rating *r) {
    const object *milestones = milestones_of(r);
    object *count = rate_integer(r, 0);
    for (size_t i = 0; i < milestones->as.sequence.count; i++)
        if (rate_holds(r, milestones->as.sequence.keys[i], OPERATOR_LE, r->epoch))
            count = rate_compute(r, count, OPERATOR_ADD, milestones->as.sequence.items[i]);
    return base_decayed(r, count);
}

static void check_milestones(call *c, object *own, const object *groups) {
    (void)groups;
    object *given = dict_find(own, "milestones");
    object *counter = native_object(c->script, "collections.Counter", NULL);
    dict_set(c->script, own, "milestones", call_positional(c, counter, &given, 1), c->where);
}

static object *exponential_rate(const rating *r) {
    return rate_is_first(r) ? r->rate : times(r, rate_own(r, "gamma"));
}

static object *exponential_closed(const rating *r) {
    return base_decayed(r, r->epoch);
}

/* --- LambdaLR, MultiplicativeLR --- */

static object *called(const rating *r) {
    object *epoch = r->epoch;
    return call_positional(r->c, rate_element(r, "lr_lambdas"), &epoch, 1);
}

static object *lambda_rate(const rating *r) {
    return base_times(r, called(r));
}

static object *multiplicative_rate(const rating *r) {
    return rate_is_first(r) ? r->rate : times(r, called(r));
}

/* One function for all groups, or a list of them. */
static void check_lambdas(call *c, object *own, const object *groups) {
    object *given = dict_find(own, "lr_lambda");
    const size_t count = groups->as.sequence.count;
    object *list = object_sequence(c->script, OBJECT_LIST, count);
    const bool several = object_is_sequence(given);
    if (several && given->as.sequence.count != count)
        call_fail(call_raises(c, VALUE_ERROR, "Expected %zu lr_lambdas, but got %zu", count,
                              given->as.sequence.count),
                  "lr_lambda needs one function for each of the %zu param_groups, but has %zu",
                  count, given->as.sequence.count);
    for (size_t i = 0; i < count; i++)
        list->as.sequence.items[i] = several ? given->as.sequence.items[i] : given;
    dict_take(c->script, own, script_name(c->script, "lr_lambda"), c->where);
    dict_set(c->script, own, "lr_lambdas", list, c->where);
}

/* --- ConstantLR, LinearLR, PolynomialLR --- */

static object *constant_rate(const rating *r) {
    object *factor = rate_own(r, "factor");
    if (is_epoch(r, 0))
        return times(r, factor);
    if (!rate_holds(r, r->epoch, OPERATOR_EQ, rate_own(r, "total_iters")))
        return r->rate;
    return times(r, rate_compute(r, rate_number(r, 1), OPERATOR_TRUEDIV, factor));
}

/* base (factor + over (1 - factor)) */
static object *constant_closed(const rating *r) {
    object *factor = rate_own(r, "factor");
    object *over = rate_compute(r, r->epoch, OPERATOR_GE, rate_own(r, "total_iters"));
    object *rest = rate_compute(r, rate_integer(r, 1), OPERATOR_SUB, factor);
    rest = rate_compute(r, over, OPERATOR_MUL, rest);
    return base_times(r, rate_compute(r, factor, OPERATOR_ADD, rest));
}

static bool is_over(const rating *r) {
    return rate_holds(r, r->epoch, OPERATOR_GT, rate_own(r, "total_iters"));
}

/* rate (1 + (end - start) / (total start + (epoch - 1) (end - start))) */
static object *linear_rate(const rating *r) {
    object *start = rate_own(r, "start_factor"), *total = rate_own(r, "total_iters");
    if (is_epoch(r, 0))
        return times(r, start);
    if (rate_is_first(r) || is_over(r))
        return r->rate;
    object *way = rate_compute(r, rate_own(r, "end_factor"), OPERATOR_SUB, start);
    object *gone = rate_compute(r, r->epoch, OPERATOR_SUB, rate_integer(r, 1));
    gone = rate_compute(r, gone, OPERATOR_MUL, way);
    object *whole =
        rate_compute(r, rate_compute(r, total, OPERATOR_MUL, start), OPERATOR_ADD, gone);
    object *share = rate_compute(r, way, OPERATOR_TRUEDIV, whole);
    return times(r, rate_compute(r, rate_number(r, 1), OPERATOR_ADD, share));
}

/* min(total, epoch) */
static object *epochs_so_far(const rating *r) {
    object *total = rate_own(r, "total_iters");
    return rate_holds(r, r->epoch, OPERATOR_LT, total) ? r->epoch : total;
}

/* base (start + (end - start) min(total, epoch) / total) */
static object *linear_closed(const rating *r) {
    object *start = rate_own(r, "start_factor"), *total = rate_own(r, "total_iters");
    object *way = rate_compute(r, rate_own(r, "end_factor"), OPERATOR_SUB, start);
    way = rate_compute(r, way, OPERATOR_MUL, epochs_so_far(r));
    way = rate_compute(r, way, OPERATOR_TRUEDIV, total);
    return base_times(r, rate_compute(r, start, OPERATOR_ADD, way));
}

/* 1 - epoch / total */
static object *left(const rating *r, object *epoch) {
    object *share = rate_compute(r, epoch, OPERATOR_TRUEDIV, rate_own(r, "total_iters"));
    return rate_compute(r, rate_number(r, 1), OPERATOR_SUB, share);
}

static object *polynomial_rate(const rating *r) {
    if (rate_is_first(r) || is_over(r))
        return r->rate;
    object *before = rate_compute(r, r->epoch, OPERATOR_SUB, rate_integer(r, 1));
    object *ratio = rate_compute(r, left(r, r->epoch), OPERATOR_TRUEDIV, left(r, before));
    return times(r, rate_compute(r, ratio, OPERATOR_POW, rate_own(r, "power")));
}

static object *polynomial_closed(const rating *r) {
    return base_times(
        r, rate_compute(r, left(r, epochs_so_far(r)), OPERATOR_POW, rate_own(r, "power")));
}

static void check_factor(call *c, const object *own, const char *name, const char *what) {
    const double factor = object_as_number(dict_find(own, name));
    if (factor > 1 || factor < 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              "%s multiplicative factor expected to be between 0 and 1.", what),
                  "%s=%g must be between 0 and 1", name, factor);
}

static void check_constant(call *c, object *own, const object *groups) {
    (void)groups;
    check_factor(c, own, "factor", "Constant");
}

static void check_linear(call *c, object *own, const object *groups) {
    (void)groups;
    check_factor(c, own, "start_factor", "Starting");
    check_factor(c, own, "end_factor", "Ending");
}

/* --- CosineAnnealingLR --- */

/* 1 + sign cos(pi epoch / T_max) */
static object *one_and_cosine(const rating *r, object *epoch, operator sign) {
    return rate_compute(r, rate_integer(r, 1), sign, rate_cosine(r, epoch, rate_own(r, "T_max")));
}

/* least + (base - least) (1 + cos(pi epoch / T)) / 2 */
static object *cosine_closed(const rating *r) {
    object *least = rate_own(r, "eta_min");
    object *way = rate_compute(r, rate_element(r, "base_lrs"), OPERATOR_SUB, least);
    way = rate_compute(r, way, OPERATOR_MUL, one_and_cosine(r, r->epoch, OPERATOR_ADD));
    way = rate_compute(r, way, OPERATOR_TRUEDIV, rate_integer(r, 2));
    return rate_compute(r, least, OPERATOR_ADD, way);
}

/* (1 + cos(pi n / T)) / (1 + cos(pi (n - 1) / T)) (rate - least) + least, but where that would
 * divide by 0: rate + (base - least) (1 - cos(pi / T)) / 2 */
static object *cosine_rate(const rating *r) {
    object *least = rate_own(r, "eta_min"), *period = rate_own(r, "T_max");
    if (rate_is_first(r))
        return r->rate;
    if (rate_holds(r, rate_own(r, "_step_count"), OPERATOR_EQ, rate_integer(r, 1)) &&
        rate_holds(r, r->epoch, OPERATOR_GT, rate_integer(r, 0)))
        return cosine_closed(r);
    object *before = rate_compute(r, r->epoch, OPERATOR_SUB, rate_integer(r, 1));
    object *since = rate_compute(r, before, OPERATOR_SUB, period);
    object *twice = rate_compute(r, rate_integer(r, 2), OPERATOR_MUL, period);
    if (rate_holds(r, rate_compute(r, since, OPERATOR_MOD, twice), OPERATOR_EQ,
                   rate_integer(r, 0))) {
        object *way = rate_compute(r, rate_element(r, "base_lrs"), OPERATOR_SUB, least);
        way =
            rate_compute(r, way, OPERATOR_MUL, one_and_cosine(r, rate_integer(r, 1), OPERATOR_SUB));
        return rate_compute(r, r->rate, OPERATOR_ADD,
                            rate_compute(r, way, OPERATOR_TRUEDIV, rate_integer(r, 2)));
    }
    object *ratio = rate_compute(r, one_and_cosine(r, r->epoch, OPERATOR_ADD), OPERATOR_TRUEDIV,
                                 one_and_cosine(r, before, OPERATOR_ADD));
    ratio = rate_compute(r, ratio, OPERATOR_MUL, rate_compute(r, r->rate, OPERATOR_SUB, least));
    return rate_compute(r, ratio, OPERATOR_ADD, least);
}

const schedule schedules[] = {
    {.name = "StepLR",
     .options = "step_size: int, gamma: float = 0.1",
     .next = step_rate,
     .closed = step_closed},
    {.name = "MultiStepLR",
     .options = "milestones, gamma: float = 0.1",
     .next = multi_step_rate,
     .closed = multi_step_closed,
     .check = check_milestones},
    {.name = "ExponentialLR",
     .options = "gamma: float",
     .next = exponential_rate,
     .closed = exponential_closed},
    {.name = "LambdaLR", .options = "lr_lambda", .next = lambda_rate, .check = check_lambdas},
    {.name = "MultiplicativeLR",
     .options = "lr_lambda",
     .next = multiplicative_rate,
     .check = check_lambdas},
    {.name = "ConstantLR",
     .options = "factor: float = 0.3333333333333333, total_iters: int = 5",
     .next = constant_rate,
     .closed = constant_closed,
     .check = check_constant},
    {.name = "LinearLR",
     .options =
         "start_factor: float = 0.3333333333333333, end_factor: float = 1.0, total_iters: int = 5",
     .next = linear_rate,
     .closed = linear_closed,
     .check = check_linear},
    {.name = "PolynomialLR",
     .options = "total_iters: int = 5, power: float = 1.0",
     .next = polynomial_rate,
     .closed = polynomial_closed},
    {.name = "CosineAnnealingLR",
     .options = "T_max: int, eta_min: float = 0",
     .next = cosine_rate,
     .closed = cosine_closed},
    {0}};
