/* torch.optim.lr_scheduler: learning rates that change from epoch to epoch. They are computed one
 * from the other, in Python's arithmetic, as PyTorch does. */
#include "optim.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"
#include "python/native.h"

#include <string.h>

/* What the rate of one group is computed from. */
typedef struct rating {
    call *c;
    const object *own; /* the scheduler's attributes */
    object *epoch;     /* as Python has it */
    int64_t number;    /* the same */
    object *rate;      /* what it is now */
    size_t group;
} rating;

typedef object *next_rate(const rating *r);

typedef struct {
    const char *name, *options;
    next_rate *next;
    void (*check)(call *c, object *own, size_t groups); /* NULL: nothing */
} kind;

typedef struct {
    const kind *kind;
    object *own;
} scheduler;

static const struct type scheduler_type;

static object *own(const rating *r, const char *name) {
    object *o = dict_find(r->own, name);
    if (!o)
        call_fail(r->c, "the scheduler has no '%s' any more", name);
    return o;
}

static object *compute(const rating *r, object *a, operator op, object *b) {
    return python_binary(r->c->script, op, a, b, r->c->where);
}

static object *number(const rating *r, double x) {
    return object_float(r->c->script, x);
}

static object *element(const rating *r, const char *list) {
    const object *o = own(r, list);
    if (o->kind != OBJECT_LIST || o->as.sequence.count <= r->group)
        call_fail(r->c, "'%s' of the scheduler has no element for each of the param_groups", list);
    return o->as.sequence.items[r->group];
}

static bool equal(const rating *r, object *a, object *b) {
    return python_equal(r->c->script, a, b, r->c->where);
}

/* --- the kinds --- */

static object *step_rate(const rating *r) {
    if (r->number == 0 ||
        python_truth(r->c->script, compute(r, r->epoch, OPERATOR_MOD, own(r, "step_size")),
                     r->c->where))
        return r->rate;
    return compute(r, r->rate, OPERATOR_MUL, own(r, "gamma"));
}

/* Milestones that are named twice count twice. */
static object *multi_step_rate(const rating *r) {
    const object *milestones = own(r, "milestones");
    if (milestones->kind != OBJECT_DICT)
        call_fail(r->c, "milestones are a Counter, not a value of type %s",
                  object_type(milestones));
    object *count = dict_get(r->c->script, milestones, r->epoch, r->c->where);
    if (!count)
        return r->rate;
    object *power = compute(r, own(r, "gamma"), OPERATOR_POW, count);
    return compute(r, r->rate, OPERATOR_MUL, power);
}

static object *exponential_rate(const rating *r) {
    return r->number == 0 ? r->rate : compute(r, r->rate, OPERATOR_MUL, own(r, "gamma"));
}

static object *called(const rating *r) {
    object *epoch = r->epoch;
    return call_positional(r->c, element(r, "lr_lambdas"), &epoch, 1);
}

static object *lambda_rate(const rating *r) {
    return compute(r, element(r, "base_lrs"), OPERATOR_MUL, called(r));
}

static object *multiplicative_rate(const rating *r) {
    return r->number > 0 ? compute(r, r->rate, OPERATOR_MUL, called(r)) : r->rate;
}

static object *constant_rate(const rating *r) {
    object *factor = own(r, "factor");
    if (r->number == 0)
        return compute(r, r->rate, OPERATOR_MUL, factor);
    if (!equal(r, r->epoch, own(r, "total_iters")))
        return r->rate;
    return compute(r, r->rate, OPERATOR_MUL, compute(r, number(r, 1), OPERATOR_TRUEDIV, factor));
}

/* rate * (1 + (end - start) / (total * start + (epoch - 1) * (end - start))) */
static object *linear_rate(const rating *r) {
    object *start = own(r, "start_factor"), *total = own(r, "total_iters");
    if (r->number == 0)
        return compute(r, r->rate, OPERATOR_MUL, start);
    if (python_truth(r->c->script, compute(r, r->epoch, OPERATOR_GT, total), r->c->where))
        return r->rate;
    object *way = compute(r, own(r, "end_factor"), OPERATOR_SUB, start);
    object *gone = compute(r, object_integer(r->c->script, r->number - 1), OPERATOR_MUL, way);
    object *whole = compute(r, compute(r, total, OPERATOR_MUL, start), OPERATOR_ADD, gone);
    object *share = compute(r, way, OPERATOR_TRUEDIV, whole);
    return compute(r, r->rate, OPERATOR_MUL, compute(r, number(r, 1), OPERATOR_ADD, share));
}

/* 1 + sign cos(pi n / T_max) */
static object *one_and_cosine(const rating *r, int64_t n, operator sign) {
    object *angle = compute(r, number(r, 3.14159265358979323846), OPERATOR_MUL,
                            object_integer(r->c->script, n));
    angle = compute(r, angle, OPERATOR_TRUEDIV, own(r, "T_max"));
    object *cosine =
        call_positional(r->c, native_member(r->c->script, "math", "cos", NULL), &angle, 1);
    return compute(r, object_integer(r->c->script, 1), sign, cosine);
}

/* (1 + cos(pi n / T)) / (1 + cos(pi (n - 1) / T)) * (rate - least) + least, but where that would
 * divide by 0: rate + (base - least) * (1 - cos(pi / T)) / 2 */
static object *cosine_rate(const rating *r) {
    object *least = own(r, "eta_min"), *period = own(r, "T_max");
    script *s = r->c->script;
    if (r->number == 0)
        return r->rate;
    object *since = compute(r, object_integer(s, r->number - 1), OPERATOR_SUB, period);
    object *twice = compute(r, object_integer(s, 2), OPERATOR_MUL, period);
    if (!python_truth(s, compute(r, since, OPERATOR_MOD, twice), r->c->where)) {
        object *way = compute(r, element(r, "base_lrs"), OPERATOR_SUB, least);
        way = compute(r, way, OPERATOR_MUL, one_and_cosine(r, 1, OPERATOR_SUB));
        return compute(r, r->rate, OPERATOR_ADD,
                       compute(r, way, OPERATOR_TRUEDIV, object_integer(s, 2)));
    }
    object *ratio = compute(r, one_and_cosine(r, r->number, OPERATOR_ADD), OPERATOR_TRUEDIV,
                            one_and_cosine(r, r->number - 1, OPERATOR_ADD));
    ratio = compute(r, ratio, OPERATOR_MUL, compute(r, r->rate, OPERATOR_SUB, least));
    return compute(r, ratio, OPERATOR_ADD, least);
}

/* --- what they refuse --- */

static void check_milestones(call *c, object *of, size_t groups) {
    (void)groups;
    object *given = dict_find(of, "milestones");
    object *counter = native_object(c->script, "collections.Counter", NULL);
    dict_set(c->script, of, "milestones", call_positional(c, counter, &given, 1), c->where);
}

/* One function for all groups, or a list of them. */
static void check_lambdas(call *c, object *of, size_t groups) {
    object *given = dict_find(of, "lr_lambdas");
    object *list = object_sequence(c->script, OBJECT_LIST, groups);
    const bool several = object_is_sequence(given);
    if (several && given->as.sequence.count != groups)
        call_fail(call_raises(c, VALUE_ERROR, "Expected %zu lr_lambdas, but got %zu", groups,
                              given->as.sequence.count),
                  "lr_lambda needs one function for each of the %zu param_groups, but has %zu",
                  groups, given->as.sequence.count);
    for (size_t i = 0; i < groups; i++)
        list->as.sequence.items[i] = several ? given->as.sequence.items[i] : given;
    dict_set(c->script, of, "lr_lambdas", list, c->where);
}

static void check_factor(call *c, const object *of, const char *name, const char *what) {
    const double factor = object_as_number(dict_find(of, name));
    if (factor > 1 || factor < 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              "%s multiplicative factor expected to be between 0 and 1.", what),
                  "%s=%g must be between 0 and 1", name, factor);
}

static void check_constant(call *c, object *of, size_t groups) {
    (void)groups;
    check_factor(c, of, "factor", "Constant");
}

static void check_linear(call *c, object *of, size_t groups) {
    (void)groups;
    check_factor(c, of, "start_factor", "Starting");
    check_factor(c, of, "end_factor", "Ending");
}

/* --- a step --- */

static scheduler *scheduler_of(const object *o) {
    return o->as.data;
}

static const object *groups_of(call *c, const scheduler *s) {
    return optimizer_groups(c, dict_find(s->own, "optimizer"));
}

static object *rates_of(call *c, const object *groups, const char *name) {
    object *rates = object_sequence(c->script, OBJECT_LIST, groups->as.sequence.count);
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        object *rate = dict_find(groups->as.sequence.items[i], name);
        if (!rate)
            call_fail(call_raises(c, KEY_ERROR,
                                  "param '%s' is not specified in param_groups[%zu] when resuming "
                                  "an optimizer",
                                  name, i),
                      "'%s' is missing in param_groups[%zu]", name, i);
        rates->as.sequence.items[i] = rate;
    }
    return rates;
}

static int64_t count_of(call *c, const scheduler *s, const char *name) {
    const object *o = dict_find(s->own, name);
    if (!o || o->kind != OBJECT_INTEGER)
        call_fail(c, "'%s' of a scheduler is a whole number", name);
    return o->as.integer;
}

static void set(call *c, const scheduler *s, const char *name, object *o) {
    dict_set(c->script, s->own, name, o, c->where);
}

/* All rates are computed before the first one is set. */
static void take_step(call *c, const scheduler *s) {
    const object *groups = groups_of(c, s);
    const size_t count = groups->as.sequence.count;
    const int64_t epoch = count_of(c, s, "last_epoch") + 1;
    rating r = {.c = c, .own = s->own, .number = epoch, .epoch = object_integer(c->script, epoch)};
    set(c, s, "_step_count", object_integer(c->script, count_of(c, s, "_step_count") + 1));
    set(c, s, "last_epoch", r.epoch);
    object *rates = rates_of(c, groups, "lr");
    script_work(c->script, c->where, count);
    for (r.group = 0; r.group < count; r.group++) {
        r.rate = rates->as.sequence.items[r.group];
        rates->as.sequence.items[r.group] = s->kind->next(&r);
    }
    for (size_t i = 0; i < count; i++)
        dict_set(c->script, groups->as.sequence.items[i], "lr", rates->as.sequence.items[i],
                 c->where);
    set(c, s, "_get_lr_called_within_step", object_bool(c->script, false));
    set(c, s, "_last_lr", rates_of(c, groups, "lr"));
}

static object *scheduler_step(call *c) {
    const scheduler *s = scheduler_of(c->self);
    if (count_of(c, s, "_step_count") == 1 &&
        !optimizer_has_stepped(dict_find(s->own, "optimizer")))
        call_warn(c,
                  "scheduler.step() stands before the first optimizer.step(): the first learning "
                  "rate of the schedule is skipped");
    take_step(c, s);
    return object_none(c->script);
}

/* --- making one --- */

/* Arguments: optimizer, the options of the kind, last_epoch, verbose. */
static object *construct(call *c) {
    scheduler *s = script_alloc(c->script, 1, sizeof *s);
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, c->native->signature, names);
    object *optimizer = c->arguments[0], *last = c->arguments[count - 2];
    *s = (scheduler){.kind = c->native->data, .own = object_dict(c->script)};
    if (!is_optimizer(optimizer))
        call_fail(
            call_raises(c, TYPE_ERROR, "%s is not an Optimizer", object_class_name(optimizer)),
            "a scheduler takes an optimizer, not a value of type %s", object_type(optimizer));
    if (c->arguments[count - 1]->as.boolean)
        call_fail(c, "verbose=True is not supported: print(scheduler.get_last_lr())");
    for (size_t i = 1; i + 2 < count; i++)
        set(c, s, strcmp(names[i], "lr_lambda") == 0 ? "lr_lambdas" : names[i], c->arguments[i]);
    const object *groups = optimizer_groups(c, optimizer);
    if (s->kind->check)
        s->kind->check(c, s->own, groups->as.sequence.count);
    set(c, s, "optimizer", optimizer);
    for (size_t i = 0; i < groups->as.sequence.count && last->as.integer == -1; i++) {
        object *group = groups->as.sequence.items[i];
        if (!dict_find(group, "initial_lr"))
            dict_set(c->script, group, "initial_lr",
                     rates_of(c, groups, "lr")->as.sequence.items[i], c->where);
    }
    set(c, s, "base_lrs", rates_of(c, groups, "initial_lr"));
    set(c, s, "last_epoch", last);
    if (!release_has(c, MLP_SCHEDULES_QUIETLY))
        set(c, s, "verbose", object_bool(c->script, false));
    optimizer_watch_steps(optimizer);
    set(c, s, "_step_count", object_integer(c->script, 0));
    take_step(c, s);
    return object_extension(c->script, &scheduler_type, s);
}

/* --- what the language asks --- */

static object *attribute(call *c, object *self, const char *name) {
    (void)c;
    return dict_find(scheduler_of(self)->own, name);
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    set(c, scheduler_of(self), name, o);
}

static object *class(call *c, const object *self) {
    return native_member(c->script, "torch.optim.lr_scheduler", scheduler_of(self)->kind->name,
                         NULL);
}

static const struct type scheduler_type = {.name = "LRScheduler",
                                           .class = class,
                                           .attribute = attribute,
                                           .set_attribute = set_attribute};

/* --- methods --- */

static object *get_last_lr(call *c) {
    return dict_find(scheduler_of(c->self)->own, "_last_lr");
}

/* All that it has but the optimizer, and functions, which nobody can keep. */
static object *state_dict(call *c) {
    const scheduler *s = scheduler_of(c->self);
    object *state = dict_copy(c->script, s->own, c->where);
    object *lambdas = dict_find(s->own, "lr_lambdas");
    dict_take(c->script, state, script_name(c->script, "optimizer"), c->where);
    if (!lambdas)
        return state;
    dict_take(c->script, state, script_name(c->script, "lr_lambdas"), c->where);
    object *nothing = object_sequence(c->script, OBJECT_LIST, lambdas->as.sequence.count);
    for (size_t i = 0; i < nothing->as.sequence.count; i++) {
        if (lambdas->as.sequence.items[i]->kind != OBJECT_FUNCTION)
            call_fail(c, "state_dict() of a scheduler keeps no functions but those of a def or "
                         "lambda");
        nothing->as.sequence.items[i] = object_none(c->script);
    }
    dict_set(c->script, state, "lr_lambdas", nothing, c->where);
    return state;
}

static object *load_state_dict(call *c) {
    const scheduler *s = scheduler_of(c->self);
    object *state = c->arguments[0], *lambdas = dict_find(s->own, "lr_lambdas");
    if (state->kind != OBJECT_DICT)
        call_fail(c, "load_state_dict() takes a dict, not a value of type %s", object_type(state));
    dict_update(c->script, s->own, state, c->where);
    if (lambdas)
        set(c, s, "lr_lambdas", lambdas);
    return object_none(c->script);
}

static const kind kinds[] = {
    {"StepLR", "step_size: int, gamma: float = 0.1", step_rate, NULL},
    {"MultiStepLR", "milestones, gamma: float = 0.1", multi_step_rate, check_milestones},
    {"ExponentialLR", "gamma: float", exponential_rate, NULL},
    {"LambdaLR", "lr_lambda", lambda_rate, check_lambdas},
    {"MultiplicativeLR", "lr_lambda", multiplicative_rate, check_lambdas},
    {"ConstantLR", "factor: float = 0.3333333333333333, total_iters: int = 5", constant_rate,
     check_constant},
    {"LinearLR",
     "start_factor: float = 0.3333333333333333, end_factor: float = 1.0, total_iters: int = 5",
     linear_rate, check_linear},
    {"CosineAnnealingLR", "T_max: int, eta_min: float = 0", cosine_rate, NULL}};

void add_schedulers(call *c) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        native *row = script_alloc(c->script, 1, sizeof *row);
        const char *path = script_printf(c->script, "torch.optim.lr_scheduler.%s", kinds[i].name);
        *row = (native){.path = path,
                        .signature = script_printf(c->script,
                                                   "optimizer, %s, last_epoch: int = -1, "
                                                   "verbose: bool = False",
                                                   kinds[i].options),
                        .call = construct,
                        .class_name = path,
                        .is_type = true,
                        .data = &kinds[i]};
        native_add(c->script, row);
    }
}

const native native_schedulers[] = {
    {.path = "LRScheduler.step", .signature = "", .call = scheduler_step},
    {.path = "LRScheduler.get_last_lr", .signature = "", .call = get_last_lr},
    {.path = "LRScheduler.state_dict", .signature = "", .call = state_dict},
    {.path = "LRScheduler.load_state_dict", .signature = "state_dict", .call = load_state_dict},
    {0}};
