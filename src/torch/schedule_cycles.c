/* The schedules of torch.optim.lr_scheduler that go up and down: by restarts, or in one cycle or
 * many. */
#include "optimizer.h"
#include "scheduler.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

static object *call_math(const rating *r, const char *name, object *x) {
    return call_positional(r->c, native_member(r->c->script, "math", name, NULL), &x, 1);
}

static const char *text_of(const object *own, const char *name) {
    const object *o = dict_find(own, name);
    return !o ? "" : o->kind == OBJECT_STRING ? o->as.string : object_type(o);
}

/* Takes an option out that PyTorch does not keep. */
static object *take(call *c, object *own, const char *name) {
    return dict_take(c->script, own, script_name(c->script, name), c->where);
}

/* --- CosineAnnealingWarmRestarts --- */

/* least + (base - least) (1 + cos(pi T_cur / T_i)) / 2 */
static object *restarted_rate(const rating *r) {
    object *least = rate_own(r, "eta_min");
    object *cosine = rate_cosine(r, rate_own(r, "T_cur"), rate_own(r, "T_i"));
    object *way = rate_compute(r, rate_element(r, "base_lrs"), OPERATOR_SUB, least);
    way = rate_compute(r, way, OPERATOR_MUL,
                       rate_compute(r, rate_integer(r, 1), OPERATOR_ADD, cosine));
    way = rate_compute(r, way, OPERATOR_TRUEDIV, rate_integer(r, 2));
    return rate_compute(r, least, OPERATOR_ADD, way);
}

static void set(const rating *r, const char *name, object *o) {
    dict_set(r->c->script, r->own, name, o, r->c->where);
}

/* The next epoch: at the end of a period the next one begins, T_mult times as long. */
static object *next_epoch(const rating *r) {
    object *at = rate_compute(r, rate_own(r, "T_cur"), OPERATOR_ADD, rate_integer(r, 1));
    object *period = rate_own(r, "T_i");
    const bool is_over = rate_holds(r, at, OPERATOR_GE, period);
    set(r, "T_cur", is_over ? rate_compute(r, at, OPERATOR_SUB, period) : at);
    if (is_over)
        set(r, "T_i", rate_compute(r, period, OPERATOR_MUL, rate_own(r, "T_mult")));
    return rate_compute(r, rate_own(r, "last_epoch"), OPERATOR_ADD, rate_integer(r, 1));
}

/* int(log(epoch / T_0 (T_mult - 1) + 1, T_mult)): how many periods lie before the epoch. */
static object *periods_before(const rating *r, object *epoch) {
    script *s = r->c->script;
    object *one = rate_integer(r, 1), *mult = rate_own(r, "T_mult");
    object *x = rate_compute(r, epoch, OPERATOR_TRUEDIV, rate_own(r, "T_0"));
    x = rate_compute(r, x, OPERATOR_MUL, rate_compute(r, mult, OPERATOR_SUB, one));
    x = rate_compute(r, x, OPERATOR_ADD, one);
    object *log =
        call_positional(r->c, native_member(s, "math", "log", NULL), (object *[]){x, mult}, 2);
    return call_positional(r->c, native_object(s, "int", NULL), &log, 1);
}

static void go_to_epoch(const rating *r, object *epoch) {
    object *first = rate_own(r, "T_0"), *mult = rate_own(r, "T_mult"), *one = rate_integer(r, 1);
    if (rate_holds(r, epoch, OPERATOR_LT, rate_integer(r, 0)))
        call_fail(call_raises(r->c, VALUE_ERROR, "Expected non-negative epoch, but got %g",
                              object_as_number(epoch)),
                  "the epoch %g is negative", object_as_number(epoch));
    if (rate_holds(r, epoch, OPERATOR_LT, first)) {
        set(r, "T_i", first);
        set(r, "T_cur", epoch);
    } else if (rate_holds(r, mult, OPERATOR_EQ, one)) {
        set(r, "T_cur", rate_compute(r, epoch, OPERATOR_MOD, first));
    } else {
        object *power = rate_compute(r, mult, OPERATOR_POW, periods_before(r, epoch));
        object *before = rate_compute(r, power, OPERATOR_SUB, one);
        before = rate_compute(r, first, OPERATOR_MUL, before);
        before =
            rate_compute(r, before, OPERATOR_TRUEDIV, rate_compute(r, mult, OPERATOR_SUB, one));
        set(r, "T_cur", rate_compute(r, epoch, OPERATOR_SUB, before));
        set(r, "T_i", rate_compute(r, first, OPERATOR_MUL, power));
    }
}

static void restart_step(call *c, scheduler *s, object *epoch) {
    const rating r = {.c = c, .own = s->own};
    if (epoch->kind == OBJECT_NONE &&
        rate_holds(&r, rate_own(&r, "last_epoch"), OPERATOR_LT, rate_integer(&r, 0)))
        epoch = rate_integer(&r, 0);
    if (epoch->kind != OBJECT_NONE && !object_is_number(epoch))
        call_fail(c, "an epoch is a number, not a value of type %s", object_type(epoch));
    if (epoch->kind == OBJECT_NONE)
        epoch = next_epoch(&r);
    else
        go_to_epoch(&r, epoch);
    set(&r, "last_epoch", call_math(&r, "floor", epoch));
    scheduler_set_rates(c, s, false, epoch);
}

static void check_restarts(call *c, object *own, const object *groups) {
    (void)groups;
    static const struct {
        const char *name, *says;
    } counts[] = {{"T_0", "Expected positive integer T_0, but got "},
                  {"T_mult", "Expected integer T_mult >= 1, but got "}};
    for (size_t i = 0; i < 2; i++) {
        const object *o = dict_find(own, counts[i].name);
        if (o->as.integer < 1)
            call_fail(
                call_raises(c, VALUE_ERROR, "%s%lld", counts[i].says, (long long)o->as.integer),
                "%s=%lld must be positive", counts[i].name, (long long)o->as.integer);
    }
    dict_set(c->script, own, "T_i", dict_find(own, "T_0"), c->where);
    dict_set(c->script, own, "T_cur", object_integer(c->script, -1), c->where);
}

/* --- momentum, which goes down where the rate goes up --- */

static bool cycles_momentum(call *c, const object *own) {
    return python_truth(c->script, dict_find(own, "cycle_momentum"), c->where);
}

static object *defaults_of(call *c, const object *own) {
    object *of = dict_find(own, "optimizer");
    return of->type->attribute(c, of, "defaults");
}

static bool uses_betas(const object *own) {
    const object *uses = dict_find(own, "use_beta1");
    return uses && uses->as.boolean;
}

/* What the optimizer has for it: momentum, or the first of its betas. */
static void set_momentum(call *c, object *group, bool is_beta, object *momentum) {
    const object *before = dict_find(group, "betas");
    if (!is_beta) {
        dict_set(c->script, group, "momentum", momentum, c->where);
        return;
    }
    if (!before || !object_is_sequence(before) || before->as.sequence.count != 2)
        call_fail(c, "'betas' of param_groups must be a pair of numbers");
    object *betas = object_sequence(c->script, OBJECT_TUPLE, 2);
    betas->as.sequence.items[0] = momentum;
    betas->as.sequence.items[1] = before->as.sequence.items[1];
    dict_set(c->script, group, "betas", betas, c->where);
}

static void check_momentum(call *c, const object *own, bool takes_betas) {
    const object *defaults = defaults_of(c, own);
    if (!dict_find(defaults, "momentum") && !(takes_betas && dict_find(defaults, "betas")))
        call_fail(call_raises(c, VALUE_ERROR,
                              "optimizer must support momentum with `cycle_momentum` option "
                              "enabled"),
                  "the optimizer has no momentum to be cycled: write cycle_momentum=False");
}

/* Begins with the highest, and keeps the ends in the groups. */
static void keep_momenta(call *c, object *own, const object *groups, const object *base,
                         const object *most) {
    script *s = c->script;
    check_momentum(c, own, true);
    const bool betas = dict_find(defaults_of(c, own), "betas") != NULL;
    dict_set(s, own, "use_beta1", object_bool(s, betas), c->where);
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        object *group = groups->as.sequence.items[i];
        set_momentum(c, group, betas, most->as.sequence.items[i]);
        dict_set(s, group, "max_momentum", most->as.sequence.items[i], c->where);
        dict_set(s, group, "base_momentum", base->as.sequence.items[i], c->where);
    }
}

#define CYCLIC_ORDER                                                                               \
    "max_lrs total_size step_ratio mode gamma _scale_fn_custom _scale_fn_ref scale_fn scale_mode " \
    "cycle_momentum use_beta1"

/* --- OneCycleLR --- */

static object *phase(call *c, double end, const char *const names[4]) {
    static const char *const keys[] = {"start_lr", "end_lr", "start_momentum", "end_momentum"};
    object *o = object_dict(c->script);
    dict_set(c->script, o, "end_step", object_float(c->script, end), c->where);
    for (size_t i = 0; i < 4; i++)
        dict_set(c->script, o, keys[i], object_string(c->script, names[i]), c->where);
    return o;
}

/* Up, and down to the least rate; or down to the first one, and then to the least. */
static object *phases(call *c, const object *own, int64_t total, bool three) {
    static const char *const up[] = {"initial_lr", "max_lr", "max_momentum", "base_momentum"},
                             *const down[] = {"max_lr", "min_lr", "base_momentum", "max_momentum"},
                             *const back[] = {"max_lr", "initial_lr", "base_momentum",
                                              "max_momentum"},
                             *const away[] = {"initial_lr", "min_lr", "max_momentum",
                                              "max_momentum"};
    const double start = object_as_number(dict_find(own, "pct_start"));
    object *list = object_sequence(c->script, OBJECT_LIST, 0);
    list_append(c->script, list, phase(c, start * (double)total - 1, up));
    if (three)
        list_append(c->script, list, phase(c, 2 * start * (double)total - 2, back));
    object *last = phase(c, 0, three ? away : down);
    dict_set(c->script, last, "end_step", object_integer(c->script, total - 1), c->where);
    list_append(c->script, list, last);
    return list;
}

static int64_t positive(call *c, const object *own, const char *name) {
    const object *o = dict_find(own, name);
    if (o->kind != OBJECT_INTEGER || o->as.integer <= 0)
        call_fail(call_raises(c, VALUE_ERROR, "Expected positive integer %s, but got %s", name,
                              o->kind == OBJECT_INTEGER
                                  ? script_printf(c->script, "%lld", (long long)o->as.integer)
                                  : "another value"),
                  "%s must be a positive whole number", name);
    return o->as.integer;
}

static int64_t total_steps(call *c, const object *own) {
    if (dict_find(own, "total_steps")->kind != OBJECT_NONE)
        return positive(c, own, "total_steps");
    if (dict_find(own, "epochs")->kind == OBJECT_NONE ||
        dict_find(own, "steps_per_epoch")->kind == OBJECT_NONE)
        call_fail(call_raises(c, VALUE_ERROR,
                              "You must define either total_steps OR (epochs AND "
                              "steps_per_epoch)"),
                  "OneCycleLR needs total_steps, or epochs and steps_per_epoch");
    const int64_t epochs = positive(c, own, "epochs"), each = positive(c, own, "steps_per_epoch");
    if (epochs > INT64_MAX / each)
        call_fail(c, "epochs * steps_per_epoch is too large");
    return epochs * each;
}

/* What get_lr() reads is kept in the groups. */
static void set_ends(call *c, object *own, const object *groups) {
    script *s = c->script;
    const rating r = {.c = c, .own = own};
    const object *most = scheduler_for_groups(c, take(c, own, "max_lr"), groups, "max_lr");
    object *div = take(c, own, "div_factor"), *final = take(c, own, "final_div_factor");
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        object *group = groups->as.sequence.items[i], *rate = most->as.sequence.items[i];
        object *initial = rate_compute(&r, rate, OPERATOR_TRUEDIV, div);
        dict_set(s, group, "initial_lr", initial, c->where);
        dict_set(s, group, "max_lr", rate, c->where);
        dict_set(s, group, "min_lr", rate_compute(&r, initial, OPERATOR_TRUEDIV, final), c->where);
    }
}

static void set_momenta(call *c, object *own, const object *groups) {
    const object *most =
        scheduler_for_groups(c, take(c, own, "max_momentum"), groups, "max_momentum");
    const object *base =
        scheduler_for_groups(c, take(c, own, "base_momentum"), groups, "base_momentum");
    if (cycles_momentum(c, own))
        keep_momenta(c, own, groups, base, most);
}

static void check_one_cycle(call *c, object *own, const object *groups) {
    const int64_t total = total_steps(c, own);
    const double start = object_as_number(dict_find(own, "pct_start"));
    const char *strategy = text_of(own, "anneal_strategy");
    if (!(start >= 0 && start <= 1))
        call_fail(call_raises(c, VALUE_ERROR,
                              "Expected float between 0 and 1 pct_start, but got %g", start),
                  "pct_start=%g must be between 0 and 1", start);
    if (strcmp(strategy, "cos") != 0 && strcmp(strategy, "linear") != 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              "anneal_strategy must by one of 'cos' or 'linear', instead got %s",
                              strategy),
                  "anneal_strategy='%s' is not known: it is 'cos' or 'linear'", strategy);
    const bool three = python_truth(c->script, take(c, own, "three_phase"), c->where);
    dict_set(c->script, own, "total_steps", object_integer(c->script, total), c->where);
    dict_set(c->script, own, "_schedule_phases", phases(c, own, total, three), c->where);
    take(c, own, "epochs");
    take(c, own, "steps_per_epoch");
    take(c, own, "pct_start");
    set_ends(c, own, groups);
    set_momenta(c, own, groups);
}

/* What the group has under the name that the phase has for it. */
static object *end_of(const rating *r, const object *phase, const char *key) {
    const object *name = dict_find(phase, key);
    object *end = name && name->kind == OBJECT_STRING ? dict_find(r->group, name->as.string) : NULL;
    if (!end)
        call_fail(r->c, "a group of param_groups has no '%s' any more",
                  name && name->kind == OBJECT_STRING ? name->as.string : key);
    return end;
}

/* From one to the other, as `way` goes from 0 to 1. */
static object *anneal(const rating *r, const object *phase, const char *from, const char *to,
                      object *way) {
    object *start = end_of(r, phase, from), *end = end_of(r, phase, to);
    if (strcmp(text_of(r->own, "anneal_strategy"), "linear") == 0) {
        object *share = rate_compute(r, end, OPERATOR_SUB, start);
        share = rate_compute(r, share, OPERATOR_MUL, way);
        return rate_compute(r, share, OPERATOR_ADD, start);
    }
    object *cosine = rate_cosine(r, way, rate_integer(r, 1));
    cosine = rate_compute(r, cosine, OPERATOR_ADD, rate_integer(r, 1));
    object *half = rate_compute(r, start, OPERATOR_SUB, end);
    half = rate_compute(r, half, OPERATOR_TRUEDIV, rate_number(r, 2));
    return rate_compute(r, end, OPERATOR_ADD, rate_compute(r, half, OPERATOR_MUL, cosine));
}

static const object *phases_of(const rating *r) {
    const object *list = rate_own(r, "_schedule_phases");
    bool are_phases = object_is_sequence(list) && list->as.sequence.count > 0;
    for (size_t i = 0; are_phases && i < list->as.sequence.count; i++)
        are_phases = list->as.sequence.items[i]->kind == OBJECT_DICT &&
                     dict_find(list->as.sequence.items[i], "end_step");
    if (!are_phases)
        call_fail(r->c, "'_schedule_phases' of the scheduler must be a list of dicts");
    return list;
}

static object *one_cycle_rate(const rating *r) {
    const object *list = phases_of(r);
    object *start = rate_integer(r, 0), *end = NULL;
    const object *now = NULL;
    if (rate_holds(r, r->epoch, OPERATOR_GT, rate_own(r, "total_steps"))) {
        const int64_t epoch = r->epoch->as.integer, total = rate_own(r, "total_steps")->as.integer;
        call_fail(call_raises(r->c, VALUE_ERROR,
                              "Tried to step %lld times. The specified number of total steps is "
                              "%lld",
                              (long long)epoch + !release_has(r->c, MLP_PLATEAU_IS_SCHEDULER),
                              (long long)total),
                  "the schedule has %lld steps in all", (long long)total);
    }
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        now = list->as.sequence.items[i];
        end = dict_find(now, "end_step");
        if (rate_holds(r, r->epoch, OPERATOR_LE, end) || i + 1 == list->as.sequence.count)
            break;
        start = end;
    }
    object *way = rate_compute(r, r->epoch, OPERATOR_SUB, start);
    way = rate_compute(r, way, OPERATOR_TRUEDIV, rate_compute(r, end, OPERATOR_SUB, start));
    object *rate = anneal(r, now, "start_lr", "end_lr", way);
    if (cycles_momentum(r->c, r->own))
        set_momentum(r->c, r->group, uses_betas(r->own),
                     anneal(r, now, "start_momentum", "end_momentum", way));
    return rate;
}

/* --- what is kept of functions --- */

_Noreturn static void write_function(call *c, const object *self, buffer *out) {
    (void)self, (void)out;
    call_fail(c,
              "what Python prints for a method of a scheduler differs from run to run: print the "
              "other parts of its state one by one");
}

/* One of the scheduler's own, which PyTorch keeps as it is: here its name. */
static const struct type function_type = {.name = "method", .write = write_function};

static object *own_function(call *c, object *name) {
    return object_extension(c->script, &function_type, name);
}

/* The dict, in which `to` with that value stands at the place of `from`. */
static object *renamed(call *c, const object *state, const char *from, const char *to, object *v) {
    object *all = object_dict(c->script);
    for (size_t i = 0; i < state->as.sequence.count; i++) {
        const char *key = dict_key(state, i);
        const bool is_it = key && strcmp(key, from) == 0;
        if (is_it)
            dict_set(c->script, all, to, v, c->where);
        else
            dict_put(c->script, all, state->as.sequence.keys[i], state->as.sequence.items[i],
                     c->where);
    }
    return all;
}

static object *keep_one_cycle(call *c, object *state) {
    object *strategy = dict_find(state, "anneal_strategy");
    if (release_has(c, MLP_PLATEAU_IS_SCHEDULER))
        return renamed(c, state, "anneal_strategy", "_anneal_func_type", strategy);
    return renamed(c, state, "anneal_strategy", "anneal_func", own_function(c, strategy));
}

static object *taken(call *c, object *own, const char *name) {
    return dict_take(c->script, own, script_name(c->script, name), c->where);
}

static void load_one_cycle(call *c, object *own) {
    object *function = taken(c, own, "anneal_func"), *strategy = taken(c, own, "_anneal_func_type");
    if (function && object_is(function, &function_type))
        strategy = function->as.data;
    if (strategy && strategy->kind == OBJECT_STRING)
        dict_set(c->script, own, "anneal_strategy", strategy, c->where);
    else if (function || strategy)
        call_fail(c, "what the state of OneCycleLR says of how it anneals must be that of another");
}

static object *keep_cycles(call *c, object *state) {
    object *function = dict_find(state, "scale_fn"), *none = object_none(c->script);
    if (function->kind != OBJECT_NONE && function->kind != OBJECT_FUNCTION)
        call_fail(c, "state_dict() of a scheduler keeps no functions but those of a def or lambda");
    if (release_has(c, MLP_PLATEAU_IS_SCHEDULER)) {
        taken(c, state, "scale_fn");
        dict_set(c->script, state, "_scale_fn_custom", none, c->where);
        return state;
    }
    object *own = function->kind == OBJECT_NONE ? own_function(c, none) : none;
    state = renamed(c, state, "scale_fn", "_scale_fn_custom", function);
    dict_set(c->script, state, "_scale_fn_ref", own, c->where);
    return optimizer_in_order(c, state, CYCLIC_ORDER);
}

static void load_cycles(call *c, object *own) {
    const object *reference = taken(c, own, "_scale_fn_ref");
    object *function = taken(c, own, "_scale_fn_custom");
    if (reference && reference->kind != OBJECT_NONE)
        call_fail(c, "the state of CyclicLR has a weak reference to whose it was, before 2.2: set "
                     "last_epoch alone");
    if (function && function->kind == OBJECT_FUNCTION)
        dict_set(c->script, own, "scale_fn", function, c->where);
}

/* --- CyclicLR --- */

static void check_cycles(call *c, object *own, const object *groups) {
    script *s = c->script;
    const rating r = {.c = c, .own = own};
    const char *mode = text_of(own, "mode");
    object *up = take(c, own, "step_size_up"), *down = take(c, own, "step_size_down");
    object *base = scheduler_for_groups(c, take(c, own, "base_lr"), groups, "base_lr");
    object *most = scheduler_for_groups(c, take(c, own, "max_lr"), groups, "max_lr");
    object *scale = dict_find(own, "scale_fn");
    if (scale->kind == OBJECT_NONE && strcmp(mode, "triangular") != 0 &&
        strcmp(mode, "triangular2") != 0 && strcmp(mode, "exp_range") != 0)
        call_fail(call_raises(c, VALUE_ERROR, "mode is invalid and scale_fn is None"),
                  "mode='%s' is not known: it is 'triangular', 'triangular2' or 'exp_range'", mode);
    if (scale->kind == OBJECT_NONE)
        dict_set(s, own, "scale_mode",
                 object_string(s, strcmp(mode, "exp_range") == 0 ? "iterations" : "cycle"),
                 c->where);
    up = rate_number(&r, object_as_number(up));
    down = down->kind == OBJECT_NONE ? up : rate_number(&r, object_as_number(down));
    object *total = rate_compute(&r, up, OPERATOR_ADD, down);
    dict_set(s, own, "max_lrs", most, c->where);
    dict_set(s, own, "total_size", total, c->where);
    dict_set(s, own, "step_ratio", rate_compute(&r, up, OPERATOR_TRUEDIV, total), c->where);
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        if (dict_find(groups->as.sequence.items[i], "initial_lr"))
            call_fail(c, "CyclicLR of an optimizer that has another schedule is not supported: "
                         "make a new optimizer");
        dict_set(s, groups->as.sequence.items[i], "lr", base->as.sequence.items[i], c->where);
    }
    object *low = scheduler_for_groups(c, take(c, own, "base_momentum"), groups, "base_momentum");
    object *high = scheduler_for_groups(c, take(c, own, "max_momentum"), groups, "max_momentum");
    if (!cycles_momentum(c, own))
        return;
    dict_set(s, own, "base_momentums", low, c->where);
    dict_set(s, own, "max_momentums", high, c->where);
    if (release_has(c, MLP_CYCLES_BETAS)) {
        keep_momenta(c, own, groups, low, high);
        return;
    }
    check_momentum(c, own, false);
    for (size_t i = 0; i < groups->as.sequence.count; i++)
        set_momentum(c, groups->as.sequence.items[i], false, low->as.sequence.items[i]);
}

/* How high the cycle is, or the iteration. */
static object *scaled(const rating *r, object *cycle) {
    const bool by_cycle = strcmp(text_of(r->own, "scale_mode"), "cycle") == 0;
    object *x = by_cycle ? cycle : r->epoch, *function = rate_own(r, "scale_fn");
    if (function->kind != OBJECT_NONE)
        return call_positional(r->c, function, &x, 1);
    const char *mode = text_of(r->own, "mode");
    if (strcmp(mode, "exp_range") == 0)
        return rate_compute(r, rate_own(r, "gamma"), OPERATOR_POW, x);
    if (strcmp(mode, "triangular2") != 0)
        return rate_number(r, 1);
    x = rate_compute(r, x, OPERATOR_SUB, rate_integer(r, 1));
    x = rate_compute(r, rate_number(r, 2), OPERATOR_POW, x);
    return rate_compute(r, rate_integer(r, 1), OPERATOR_TRUEDIV, x);
}

/* Where in the cycle: 0 at its foot, 1 at its top. */
static object *height(const rating *r, object **cycle) {
    object *one = rate_integer(r, 1), *ratio = rate_own(r, "step_ratio");
    object *at = rate_compute(r, r->epoch, OPERATOR_TRUEDIV, rate_own(r, "total_size"));
    *cycle = call_math(r, "floor", rate_compute(r, one, OPERATOR_ADD, at));
    object *x = rate_compute(r, rate_number(r, 1), OPERATOR_ADD, at);
    x = rate_compute(r, x, OPERATOR_SUB, *cycle);
    if (rate_holds(r, x, OPERATOR_LE, ratio))
        return rate_compute(r, x, OPERATOR_TRUEDIV, ratio);
    return rate_compute(r, rate_compute(r, x, OPERATOR_SUB, one), OPERATOR_TRUEDIV,
                        rate_compute(r, ratio, OPERATOR_SUB, one));
}

/* (high - low) height scale */
static object *way_up(const rating *r, object *low, object *high, object *share, object *cycle) {
    object *way = rate_compute(r, rate_compute(r, high, OPERATOR_SUB, low), OPERATOR_MUL, share);
    return rate_compute(r, way, OPERATOR_MUL, scaled(r, cycle));
}

static object *cyclic_rate(const rating *r) {
    object *cycle = NULL, *share = height(r, &cycle), *base = rate_element(r, "base_lrs");
    object *way = way_up(r, base, rate_element(r, "max_lrs"), share, cycle);
    if (cycles_momentum(r->c, r->own)) {
        object *high = rate_element(r, "max_momentums");
        object *down = way_up(r, rate_element(r, "base_momentums"), high, share, cycle);
        set_momentum(r->c, r->group, uses_betas(r->own), rate_compute(r, high, OPERATOR_SUB, down));
    }
    return rate_compute(r, base, OPERATOR_ADD, way);
}

const schedule cyclic_schedules[] = {
    {.name = "CosineAnnealingWarmRestarts",
     .options = "T_0: int, T_mult: int = 1, eta_min: float = 0",
     .next = restarted_rate,
     .check = check_restarts,
     .step = restart_step,
     .begins = true,
     .order = "T_0 T_i T_mult eta_min T_cur"},
    {.name = "OneCycleLR",
     .options =
         "max_lr, total_steps = None, epochs = None, steps_per_epoch = None, "
         "pct_start: float = 0.3, anneal_strategy: str = 'cos', cycle_momentum: bool = True, "
         "base_momentum = 0.85, max_momentum = 0.95, div_factor: float = 25.0, "
         "final_div_factor: float = 1e4, three_phase: bool = False",
     .next = one_cycle_rate,
     .check = check_one_cycle,
     .begins = true,
     .order = "total_steps _schedule_phases anneal_strategy",
     .keep = keep_one_cycle,
     .load = load_one_cycle},
    {.name = "CyclicLR",
     .options = "base_lr, max_lr, step_size_up: int = 2000, step_size_down: Optional[int] = None, "
                "mode: str = 'triangular', gamma: float = 1.0, scale_fn = None, "
                "scale_mode: str = 'cycle', cycle_momentum: bool = True, base_momentum = 0.8, "
                "max_momentum = 0.9",
     .next = cyclic_rate,
     .check = check_cycles,
     .begins = true,
     .order = CYCLIC_ORDER,
     .keep = keep_cycles,
     .load = load_cycles},
    {0}};
