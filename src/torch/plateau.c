/* torch.optim.lr_scheduler.ReduceLROnPlateau: the rate falls where a number gets no better. */
#include "scheduler.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

#include <math.h>
#include <string.h>

static const struct type plateau_type;

/* Its attributes. */
static object *own_of(const object *o) {
    return o->as.data;
}

static object *get(call *c, const char *name) {
    object *o = dict_find(own_of(c->self), name);
    if (!o)
        call_fail(c, "the scheduler has no '%s' any more", name);
    return o;
}

static void set(call *c, const char *name, object *o) {
    dict_set(c->script, own_of(c->self), name, o, c->where);
}

static object *compute(call *c, object *a, operator op, object *b) {
    return python_binary(c->script, op, a, b, c->where);
}

static bool holds(call *c, object *a, operator op, object *b) {
    return python_truth(c->script, compute(c, a, op, b), c->where);
}

static object *integer(call *c, int64_t i) {
    return object_integer(c->script, i);
}

static const object *groups_of(call *c) {
    const object *of = get(c, "optimizer");
    if (!is_optimizer(of))
        call_fail(call_raises(c, TYPE_ERROR, "%s is not an Optimizer", object_class_name(of)),
                  "a scheduler takes an optimizer, not a value of type %s", object_type(of));
    return optimizer_groups(c, of);
}

/* --- making one --- */

static const char *one_of(call *c, const char *what, const object *given, const char *a,
                          const char *b) {
    if (given->kind != OBJECT_STRING)
        call_fail(c, "the %s is '%s' or '%s'", what, a, b);
    if (strcmp(given->as.string, a) != 0 && strcmp(given->as.string, b) != 0)
        call_fail(call_raises(c, VALUE_ERROR, "%s %s is unknown!", what, given->as.string),
                  "%s '%s' is not known: it is '%s' or '%s'", what, given->as.string, a, b);
    return given->as.string;
}

/* What _init_is_better() does. */
static void set_mode(call *c, object *mode, object *threshold, object *threshold_mode) {
    const bool least = strcmp(one_of(c, "mode", mode, "min", "max"), "min") == 0;
    one_of(c, "threshold mode", threshold_mode, "rel", "abs");
    set(c, "mode_worse", object_float(c->script, least ? INFINITY : -INFINITY));
    set(c, "mode", mode);
    set(c, "threshold", threshold);
    set(c, "threshold_mode", threshold_mode);
}

static void set_least(call *c, object *given, size_t groups) {
    const bool several = object_is_sequence(given);
    object *list = object_sequence(c->script, OBJECT_LIST, groups);
    if (several && given->as.sequence.count != groups)
        call_fail(call_raises(c, VALUE_ERROR, "expected %zu min_lrs, got %zu", groups,
                              given->as.sequence.count),
                  "min_lr needs one number for each of the %zu param_groups, but has %zu", groups,
                  given->as.sequence.count);
    for (size_t i = 0; i < groups; i++) {
        list->as.sequence.items[i] = several ? given->as.sequence.items[i] : given;
        if (!object_is_number(list->as.sequence.items[i]))
            call_fail(c, "min_lr is a number, not a value of type %s",
                      object_type(list->as.sequence.items[i]));
    }
    set(c, "min_lrs", list);
}

static object *rates(call *c) {
    return scheduler_rates(c, groups_of(c), "lr");
}

/* Arguments: optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps,
 * verbose. */
static object *construct(call *c) {
    object **given = c->arguments;
    const bool is_scheduler = release_has(c, MLP_PLATEAU_IS_SCHEDULER);
    if (!(object_as_number(given[2]) < 1))
        call_fail(call_raises(c, VALUE_ERROR, "Factor should be < 1.0."),
                  "factor=%g must be less than 1", object_as_number(given[2]));
    if (given[9]->as.boolean && release_has(c, MLP_SCHEDULES_QUIETLY))
        call_fail(c, "a scheduler takes no verbose since 2.7: print(scheduler.get_last_lr())");
    call inner = *c;
    c = &inner;
    c->self = object_extension(c->script, &plateau_type, object_dict(c->script));
    set(c, "factor", given[2]);
    set(c, "optimizer", given[0]);
    set_least(c, given[7], groups_of(c)->as.sequence.count);
    set(c, "patience", given[3]);
    set(c, "verbose", given[9]);
    set(c, "cooldown", given[6]);
    set(c, "cooldown_counter", integer(c, 0));
    set(c, "mode", given[1]);
    set(c, "threshold", given[4]);
    set(c, "threshold_mode", given[5]);
    set(c, "best", object_none(c->script));
    set(c, "num_bad_epochs", integer(c, 0));
    set(c, "mode_worse", object_none(c->script));
    set(c, "eps", given[8]);
    set(c, "last_epoch", integer(c, 0));
    if (is_scheduler)
        set(c, "_last_lr", rates(c));
    set_mode(c, given[1], given[4], given[5]);
    set(c, "best", get(c, "mode_worse"));
    return c->self;
}

/* --- a step --- */

static bool is(call *c, const char *name, const char *text) {
    const object *o = get(c, name);
    return o->kind == OBJECT_STRING && strcmp(o->as.string, text) == 0;
}

/* Better than the best by more than the threshold. */
static bool is_better(call *c, object *now, object *best) {
    object *threshold = get(c, "threshold"), *one = object_float(c->script, 1);
    const bool least = is(c, "mode", "min");
    object *limit;
    if (!is(c, "threshold_mode", "rel"))
        limit = compute(c, best, least ? OPERATOR_SUB : OPERATOR_ADD, threshold);
    else if (least)
        limit = compute(c, best, OPERATOR_MUL, compute(c, one, OPERATOR_SUB, threshold));
    else
        limit = compute(c, best, OPERATOR_MUL, compute(c, threshold, OPERATOR_ADD, one));
    return holds(c, now, least ? OPERATOR_LT : OPERATOR_GT, limit);
}

static void tell(call *c, size_t group, object *rate) {
    object *format = object_string(
        c->script,
        script_printf(c->script, "Epoch %%05d: reducing learning rate of group %zu to %%.4e.",
                      group));
    object *values = object_sequence(c->script, OBJECT_TUPLE, 2);
    values->as.sequence.items[0] = get(c, "last_epoch");
    values->as.sequence.items[1] = rate;
    object *line = compute(c, format, OPERATOR_MOD, values);
    call_positional(c, native_object(c->script, "print", NULL), &line, 1);
}

static void reduce(call *c) {
    const object *groups = groups_of(c), *least = get(c, "min_lrs");
    const bool tells = !release_has(c, MLP_SCHEDULES_SILENTLY) &&
                       python_truth(c->script, get(c, "verbose"), c->where);
    object *convert = native_object(c->script, "float", NULL);
    if (!object_is_sequence(least) || least->as.sequence.count < groups->as.sequence.count)
        call_fail(c, "'min_lrs' of the scheduler has no element for each of the param_groups");
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        object *old = rates(c)->as.sequence.items[i];
        old = call_positional(c, convert, &old, 1);
        object *new = compute(c, old, OPERATOR_MUL, get(c, "factor"));
        if (holds(c, least->as.sequence.items[i], OPERATOR_GT, new))
            new = least->as.sequence.items[i];
        if (!holds(c, compute(c, old, OPERATOR_SUB, new), OPERATOR_GT, get(c, "eps")))
            continue;
        dict_set(c->script, groups->as.sequence.items[i], "lr", new, c->where);
        if (tells)
            tell(c, i, new);
    }
}

static void count(call *c, const char *name, int64_t by) {
    set(c, name, compute(c, get(c, name), OPERATOR_ADD, integer(c, by)));
}

/* Arguments: metrics, epoch. */
static object *step(call *c) {
    object *now = call_positional(c, native_object(c->script, "float", NULL), c->arguments, 1);
    if (c->arguments[1]->kind != OBJECT_NONE)
        set(c, "last_epoch", c->arguments[1]);
    else
        count(c, "last_epoch", 1);
    if (is_better(c, now, get(c, "best"))) {
        set(c, "best", now);
        set(c, "num_bad_epochs", integer(c, 0));
    } else {
        count(c, "num_bad_epochs", 1);
    }
    if (holds(c, get(c, "cooldown_counter"), OPERATOR_GT, integer(c, 0))) {
        count(c, "cooldown_counter", -1);
        set(c, "num_bad_epochs", integer(c, 0));
    }
    if (holds(c, get(c, "num_bad_epochs"), OPERATOR_GT, get(c, "patience"))) {
        reduce(c);
        set(c, "cooldown_counter", get(c, "cooldown"));
        set(c, "num_bad_epochs", integer(c, 0));
    }
    set(c, "_last_lr", rates(c));
    return object_none(c->script);
}

/* --- what the language asks --- */

static object *attribute(call *c, object *self, const char *name) {
    object *own = dict_find(own_of(self), name);
    const object *counter = dict_find(own_of(self), "cooldown_counter");
    if (!own && counter && strcmp(name, "in_cooldown") == 0)
        return compute(c, dict_find(own_of(self), "cooldown_counter"), OPERATOR_GT, integer(c, 0));
    return own;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    dict_set(c->script, own_of(self), name, o, c->where);
}

static object *class(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "torch.optim.lr_scheduler", "ReduceLROnPlateau", NULL);
}

static const struct type plateau_type = {.name = "ReduceLROnPlateau",
                                         .class = class,
                                         .attribute = attribute,
                                         .set_attribute = set_attribute};

/* --- methods --- */

static object *get_last_lr(call *c) {
    if (!release_has(c, MLP_PLATEAU_IS_SCHEDULER))
        call_fail(call_raises(c, ATTRIBUTE_ERROR,
                              "'ReduceLROnPlateau' object has no attribute 'get_last_lr'"),
                  "ReduceLROnPlateau has no get_last_lr() before 2.2: write "
                  "optimizer.param_groups[0]['lr']");
    return get(c, "_last_lr");
}

static object *state_dict(call *c) {
    object *state = dict_copy(c->script, own_of(c->self), c->where);
    dict_take(c->script, state, script_name(c->script, "optimizer"), c->where);
    if (release_has(c, MLP_SCHEDULES_SILENTLY))
        call_fail(c, "state_dict() of ReduceLROnPlateau is supported of releases before 2.2");
    return state;
}

static object *load_state_dict(call *c) {
    if (c->arguments[0]->kind != OBJECT_DICT)
        call_fail(c, "load_state_dict() takes a dict, not a value of type %s",
                  object_type(c->arguments[0]));
    dict_update(c->script, own_of(c->self), c->arguments[0], c->where);
    set_mode(c, get(c, "mode"), get(c, "threshold"), get(c, "threshold_mode"));
    return object_none(c->script);
}

const native native_plateau[] = {
    {.path = "torch.optim.lr_scheduler.ReduceLROnPlateau",
     .signature = "optimizer, mode: str = 'min', factor: float = 0.1, patience: int = 10, "
                  "threshold: float = 1e-4, threshold_mode: str = 'rel', cooldown: int = 0, "
                  "min_lr = 0, eps: float = 1e-8, verbose: bool = False",
     .call = construct,
     .class_name = "torch.optim.lr_scheduler.ReduceLROnPlateau",
     .is_type = true},
    {.path = "ReduceLROnPlateau.step", .signature = "metrics, epoch = None", .call = step},
    {.path = "ReduceLROnPlateau.get_last_lr", .signature = "", .call = get_last_lr},
    {.path = "ReduceLROnPlateau.state_dict", .signature = "", .call = state_dict},
    {.path = "ReduceLROnPlateau.load_state_dict",
     .signature = "state_dict",
     .call = load_state_dict},
    {0}};
