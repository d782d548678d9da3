/* torch.optim.lr_scheduler: learning rates that change from epoch to epoch. */
#include "scheduler.h"

#include "optimizer.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

static const struct type scheduler_type;

bool is_scheduler(const object *o) {
    return object_is(o, &scheduler_type);
}

scheduler *scheduler_of(const object *o) {
    return o->as.data;
}

/* --- what rates are computed from --- */

object *rate_own(const rating *r, const char *name) {
    object *o = dict_find(r->own, name);
    if (!o)
        call_fail(r->c, "the scheduler has no '%s' any more", name);
    return o;
}

object *rate_element(const rating *r, const char *list) {
    const object *o = rate_own(r, list);
    if (!object_is_sequence(o) || o->as.sequence.count <= r->index)
        call_fail(r->c, "'%s' of the scheduler has no element for each of the param_groups", list);
    return o->as.sequence.items[r->index];
}

object *rate_compute(const rating *r, object *a, operator op, object *b) {
    return python_binary(r->c->script, op, a, b, r->c->where);
}

bool rate_holds(const rating *r, object *a, operator op, object *b) {
    return python_truth(r->c->script, rate_compute(r, a, op, b), r->c->where);
}

object *rate_number(const rating *r, double x) {
    return object_float(r->c->script, x);
}

object *rate_integer(const rating *r, int64_t i) {
    return object_integer(r->c->script, i);
}

object *rate_cosine(const rating *r, object *part, object *of) {
    object *angle = rate_compute(r, rate_number(r, 3.14159265358979323846), OPERATOR_MUL, part);
    angle = rate_compute(r, angle, OPERATOR_TRUEDIV, of);
    return call_positional(r->c, native_member(r->c->script, "math", "cos", NULL), &angle, 1);
}

bool rate_is_first(const rating *r) {
    if (!release_has(r->c, MLP_SCHEDULES_KNOW_FIRST))
        return rate_holds(r, r->epoch, OPERATOR_EQ, rate_integer(r, 0));
    return python_truth(r->c->script, rate_own(r, "_is_initial"), r->c->where);
}

/* --- its attributes --- */

void scheduler_set(call *c, const scheduler *s, const char *name, object *o) {
    dict_set(c->script, s->own, name, o, c->where);
}

object *scheduler_get(call *c, const scheduler *s, const char *name) {
    object *o = dict_find(s->own, name);
    if (!o)
        call_fail(c, "the scheduler has no '%s'%s", name,
                  s->class ? ": call super().__init__(optimizer, last_epoch)" : " any more");
    return o;
}

static int64_t count_of(call *c, const scheduler *s, const char *name) {
    const object *o = scheduler_get(c, s, name);
    if (o->kind != OBJECT_INTEGER)
        call_fail(c, "'%s' of a scheduler is a whole number", name);
    return o->as.integer;
}

static object *optimizer_in(call *c, const scheduler *s) {
    object *of = scheduler_get(c, s, "optimizer");
    if (!is_optimizer(of))
        call_fail(call_raises(c, TYPE_ERROR, "%s is not an Optimizer", object_class_name(of)),
                  "a scheduler takes an optimizer, not a value of type %s", object_type(of));
    return of;
}

const object *scheduler_groups(call *c, const scheduler *s) {
    return optimizer_groups(c, optimizer_in(c, s));
}

const object *scheduler_list(call *c, const scheduler *s) {
    const object *list = scheduler_get(c, s, "_schedulers");
    bool are_schedulers = object_is_sequence(list) && list->as.sequence.count > 0;
    for (size_t i = 0; are_schedulers && i < list->as.sequence.count; i++)
        are_schedulers = is_scheduler(list->as.sequence.items[i]);
    if (!are_schedulers)
        call_fail(c, "'_schedulers' of a scheduler must be a list of schedulers");
    return list;
}

object *scheduler_rates(call *c, const object *groups, const char *name) {
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

object *scheduler_for_groups(call *c, object *given, const object *groups, const char *name) {
    const size_t count = groups->as.sequence.count;
    if (object_is_sequence(given) && given->as.sequence.count != count)
        call_fail(call_raises(c, VALUE_ERROR, "expected %zu values for %s, got %zu", count, name,
                              given->as.sequence.count),
                  "%s needs one number for each of the %zu param_groups, but has %zu", name, count,
                  given->as.sequence.count);
    object *list = object_sequence(c->script, OBJECT_LIST, count);
    for (size_t i = 0; i < count; i++) {
        list->as.sequence.items[i] =
            object_is_sequence(given) ? given->as.sequence.items[i] : given;
        if (!object_is_number(list->as.sequence.items[i]))
            call_fail(c, "%s is a number, not a value of type %s", name,
                      object_type(list->as.sequence.items[i]));
    }
    return list;
}

/* --- a step --- */

/* What get_lr() of a class of the script gives, or what it calls the closed form. */
static object *own_rates(call *c, const scheduler *s, bool closed) {
    object *member = closed ? class_member(s->class, "_get_closed_form_lr") : NULL;
    if (!member)
        member = class_member(s->class, "get_lr");
    return member ? call_object(c, bind_method(c->script, member, s->object), &(arguments){0})
                  : NULL;
}

/* All rates at the present epoch, before any is set. */
static object *next_rates(call *c, scheduler *s, bool closed) {
    const object *groups = scheduler_groups(c, s);
    object *rates = scheduler_rates(c, groups, "lr");
    rating r = {.c = c, .own = s->own, .epoch = scheduler_get(c, s, "last_epoch")};
    if (!s->schedule || !s->schedule->next)
        call_fail(call_raises(c, NOT_IMPLEMENTED_ERROR, "%s", ""), "%s has no get_lr()",
                  s->class      ? s->class->name
                  : s->schedule ? s->schedule->name
                                : "the schedule");
    script_work(c->script, c->where, groups->as.sequence.count);
    for (; r.index < groups->as.sequence.count; r.index++) {
        r.group = groups->as.sequence.items[r.index];
        r.rate = rates->as.sequence.items[r.index];
        next_rate *next = closed && s->schedule->closed ? s->schedule->closed : s->schedule->next;
        rates->as.sequence.items[r.index] = next(&r);
    }
    return rates;
}

bool scheduler_tells(call *c, const scheduler *s) {
    const object *verbose = dict_find(s->own, "verbose");
    return verbose && !release_has(c, MLP_SCHEDULES_SILENTLY) &&
           python_truth(c->script, verbose, c->where);
}

static void tell(call *c, size_t group, object *rate, const object *epoch) {
    const char *text = "Adjusting";
    if (epoch->kind == OBJECT_FLOAT)
        text = script_printf(c->script, "Epoch %.2f: adjusting", object_as_number(epoch));
    else if (epoch->kind != OBJECT_NONE)
        text =
            script_printf(c->script, "Epoch %05lld: adjusting", (long long)object_as_number(epoch));
    object *format =
        object_string(c->script, script_printf(c->script, "%s learning rate of group %zu to %%.4e.",
                                               text, group));
    object *line = python_binary(c->script, OPERATOR_MOD, format, rate, c->where);
    call_positional(c, native_object(c->script, "print", NULL), &line, 1);
}

void scheduler_set_rates(call *c, scheduler *s, bool closed, const object *given) {
    const object *groups = scheduler_groups(c, s);
    const bool tells = scheduler_tells(c, s);
    scheduler_set(c, s, "_get_lr_called_within_step", object_bool(c->script, true));
    object *own = s->class ? own_rates(c, s, closed) : NULL;
    const object *rates = own ? own : next_rates(c, s, closed);
    if (!object_is_sequence(rates))
        call_fail(c, "get_lr() returns a list, not a value of type %s", object_type(rates));
    for (size_t i = 0; i < groups->as.sequence.count && i < rates->as.sequence.count; i++) {
        dict_set(c->script, groups->as.sequence.items[i], "lr", rates->as.sequence.items[i],
                 c->where);
        if (tells)
            tell(c, i, rates->as.sequence.items[i], given);
    }
    scheduler_set(c, s, "_get_lr_called_within_step", object_bool(c->script, false));
    scheduler_set(c, s, "_last_lr", scheduler_rates(c, groups, "lr"));
}

void scheduler_go(call *c, scheduler *s, object *epoch) {
    const bool given = epoch->kind != OBJECT_NONE;
    if (given && !object_is_number(epoch))
        call_fail(c, "an epoch is a number, not a value of type %s", object_type(epoch));
    object *next = given ? epoch
                         : python_binary(c->script, OPERATOR_ADD, scheduler_get(c, s, "last_epoch"),
                                         object_integer(c->script, 1), c->where);
    scheduler_set(c, s, "last_epoch", next);
    scheduler_set_rates(c, s, given, epoch);
}

void scheduler_step(call *c, scheduler *s, object *epoch) {
    if (s->schedule && s->schedule->step) {
        s->schedule->step(c, s, epoch);
        return;
    }
    const int64_t count = count_of(c, s, "_step_count");
    if (count == 1 && !optimizer_has_stepped(optimizer_in(c, s))) {
        call_warn(c,
                  "scheduler.step() stands before the first optimizer.step(): the first learning "
                  "rate of the schedule is skipped");
        call_warn_otherwise(c);
    }
    scheduler_set(c, s, "_step_count", object_integer(c->script, count + 1));
    scheduler_go(c, s, epoch);
}

static void set_first(call *c, scheduler *s, bool is_first) {
    if (release_has(c, MLP_SCHEDULES_KNOW_FIRST))
        scheduler_set(c, s, "_is_initial", object_bool(c->script, is_first));
}

void scheduler_begin(call *c, scheduler *s) {
    object *step = s->class ? class_member(s->class, "step") : NULL;
    optimizer_watch_steps(optimizer_in(c, s));
    scheduler_set(c, s, "_step_count", object_integer(c->script, 0));
    set_first(c, s, true);
    if (step)
        call_object(c, bind_method(c->script, step, s->object), &(arguments){0});
    else
        scheduler_step(c, s, object_none(c->script));
    set_first(c, s, false);
}

/* --- making one --- */

/* What LRScheduler.__init__ does. */
static void set_up(call *c, scheduler *s, object *last_epoch, const object *verbose) {
    const object *groups = scheduler_groups(c, s);
    if (verbose->as.boolean && release_has(c, MLP_SCHEDULES_QUIETLY))
        call_fail(c, "a scheduler takes no verbose since 2.7: print(scheduler.get_last_lr())");
    for (size_t i = 0; i < groups->as.sequence.count && last_epoch->as.integer == -1; i++) {
        object *group = groups->as.sequence.items[i];
        if (!dict_find(group, "initial_lr"))
            dict_set(c->script, group, "initial_lr",
                     scheduler_rates(c, groups, "lr")->as.sequence.items[i], c->where);
    }
    scheduler_set(c, s, "base_lrs", scheduler_rates(c, groups, "initial_lr"));
    scheduler_set(c, s, "last_epoch", last_epoch);
    if (!release_has(c, MLP_SCHEDULES_QUIETLY))
        scheduler_set(c, s, "verbose", object_bool(c->script, verbose->as.boolean));
    scheduler_begin(c, s);
}

/* Arguments: optimizer, the options of the schedule, last_epoch, verbose. */
static void initialize(call *c, scheduler *s) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, c->native->signature, names);
    if (s->schedule->set_up) {
        s->schedule->set_up(c, s);
        return;
    }
    scheduler_set(c, s, "optimizer", c->arguments[0]);
    const object *groups = scheduler_groups(c, s);
    if (s->schedule->begins && c->arguments[count - 2]->as.integer != -1)
        call_fail(c, "last_epoch of %s is not supported: leave it out", s->schedule->name);
    for (size_t i = 1; i + 2 < count; i++)
        scheduler_set(c, s, names[i], c->arguments[i]);
    if (s->schedule->check)
        s->schedule->check(c, s->own, groups);
    set_up(c, s, c->arguments[count - 2], c->arguments[count - 1]);
}

static scheduler *new_scheduler(call *c, const schedule *row, user_class *class) {
    scheduler *s = script_alloc(c->script, 1, sizeof *s);
    *s = (scheduler){.schedule = row, .class = class, .own = object_dict(c->script)};
    s->object = object_extension(c->script, &scheduler_type, s);
    return s;
}

static object *construct(call *c) {
    scheduler *s = new_scheduler(c, c->native->data, NULL);
    initialize(c, s);
    return s->object;
}

/* StepLR.__init__, of a class that derives from it. */
static object *construct_derived(call *c) {
    scheduler *s = scheduler_of(c->self);
    if (s->schedule != c->native->data)
        call_fail(c, "%s() takes an object of a class that derives from it", c->native->path);
    initialize(c, s);
    return object_none(c->script);
}

/* --- what the language asks --- */

static user_class *class_of(const object *self) {
    return scheduler_of(self)->class;
}

static object *make(call *c, user_class *class) {
    return new_scheduler(c, class->native->data, class)->object;
}

static object *attribute(call *c, object *self, const char *name) {
    const scheduler *s = scheduler_of(self);
    object *own = dict_find(s->own, name), *member = class_member(s->class, name);
    if (member && (!own || member->kind == OBJECT_PROPERTY))
        return bind_method(c->script, member, self);
    return own;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    scheduler_set(c, scheduler_of(self), name, o);
}

static void suggest(const object *self, nearest *near) {
    class_consider(scheduler_of(self)->class, near);
}

static object *class(call *c, const object *self) {
    const scheduler *s = scheduler_of(self);
    if (s->class)
        return s->class->object;
    return native_member(c->script, "torch.optim.lr_scheduler", s->schedule->name, NULL);
}

static const struct type scheduler_type = {.name = "LRScheduler",
                                           .user_class = class_of,
                                           .make = make,
                                           .class = class,
                                           .attribute = attribute,
                                           .set_attribute = set_attribute,
                                           .suggest = suggest};

/* --- methods --- */

/* Arguments: optimizer, last_epoch, verbose. */
static object *scheduler_init(call *c) {
    scheduler *s = scheduler_of(c->self);
    scheduler_set(c, s, "optimizer", c->arguments[0]);
    set_up(c, s, c->arguments[1], c->arguments[2]);
    return object_none(c->script);
}

/* Arguments: epoch. */
static object *step(call *c) {
    scheduler_step(c, scheduler_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

static object *get_lr(call *c) {
    return next_rates(c, scheduler_of(c->self), false);
}

static object *get_last_lr(call *c) {
    return scheduler_get(c, scheduler_of(c->self), "_last_lr");
}

/* Functions, which nobody can keep, as None. */
static object *kept_lambdas(call *c, const object *lambdas) {
    if (!object_is_sequence(lambdas))
        call_fail(c, "'lr_lambdas' of a scheduler must be a list of functions");
    object *nothing = object_sequence(c->script, OBJECT_LIST, lambdas->as.sequence.count);
    for (size_t i = 0; i < nothing->as.sequence.count; i++) {
        if (lambdas->as.sequence.items[i]->kind != OBJECT_FUNCTION)
            call_fail(c, "state_dict() of a scheduler keeps no functions but those of a def or "
                         "lambda");
        nothing->as.sequence.items[i] = object_none(c->script);
    }
    return nothing;
}

static object *kept_schedulers(call *c, const object *schedulers);

/* All that it has but the optimizer. */
static object *kept(call *c, const scheduler *s) {
    object *state = dict_copy(c->script, s->own, c->where);
    const schedule *row = s->schedule;
    dict_take(c->script, state, script_name(c->script, "optimizer"), c->where);
    const object *lambdas =
        dict_take(c->script, state, script_name(c->script, "lr_lambdas"), c->where);
    const object *schedulers = dict_find(s->own, "_schedulers") ? scheduler_list(c, s) : NULL;
    dict_take(c->script, state, script_name(c->script, "_schedulers"), c->where);
    if (lambdas)
        dict_set(c->script, state, "lr_lambdas", kept_lambdas(c, lambdas), c->where);
    if (schedulers)
        dict_set(c->script, state, "_schedulers", kept_schedulers(c, schedulers), c->where);
    if (row && row->order)
        state = optimizer_in_order(c, state, row->order);
    return row && row->keep ? row->keep(c, state) : state;
}

static object *kept_schedulers(call *c, const object *schedulers) {
    object *states = object_sequence(c->script, OBJECT_LIST, schedulers->as.sequence.count);
    script_enter(c->script, c->where, "schedulers");
    for (size_t i = 0; i < states->as.sequence.count; i++)
        states->as.sequence.items[i] = kept(c, scheduler_of(schedulers->as.sequence.items[i]));
    script_leave(c->script);
    return states;
}

static object *state_dict(call *c) {
    return kept(c, scheduler_of(c->self));
}

/* Functions and schedulers stay, and these load what was theirs. */
static void load(call *c, scheduler *s, const object *state) {
    if (state->kind != OBJECT_DICT)
        call_fail(c, "load_state_dict() takes a dict, not a value of type %s", object_type(state));
    object *lambdas = dict_find(s->own, "lr_lambdas"), *own = dict_find(s->own, "_schedulers");
    if (own)
        scheduler_list(c, s);
    const object *states = dict_find(state, "_schedulers");
    dict_update(c->script, s->own, dict_copy(c->script, state, c->where), c->where);
    if (lambdas)
        scheduler_set(c, s, "lr_lambdas", lambdas);
    if (s->schedule && s->schedule->load)
        s->schedule->load(c, s->own);
    if (!own)
        return;
    scheduler_set(c, s, "_schedulers", own);
    if (!states || states->kind != OBJECT_LIST ||
        states->as.sequence.count > own->as.sequence.count)
        call_fail(c, "the state has no list '_schedulers' for those that there are");
    script_enter(c->script, c->where, "schedulers");
    for (size_t i = 0; i < states->as.sequence.count; i++)
        load(c, scheduler_of(own->as.sequence.items[i]), states->as.sequence.items[i]);
    script_leave(c->script);
}

static object *load_state_dict(call *c) {
    load(c, scheduler_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

/* --- the classes --- */

static object *refuse_scheduler(call *c) {
    call_fail(c, "what the schedules have in common: make one of them, such as "
                 "torch.optim.lr_scheduler.StepLR, or derive a class from it");
}

static const char *signature_of(call *c, const schedule *of) {
    return of->signature
               ? of->signature
               : script_printf(c->script,
                               "optimizer, %s, last_epoch: int = -1, verbose: bool = False",
                               of->options);
}

static const native *make_class(call *c, const char *path, const void *of) {
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path,
                    .signature = signature_of(c, of),
                    .call = construct,
                    .class_name = path,
                    .is_type = true,
                    .root = &scheduler_type,
                    .data = of};
    return row;
}

static const native *make_init(call *c, const char *path, const void *of) {
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){
        .path = path, .signature = signature_of(c, of), .call = construct_derived, .data = of};
    return row;
}

static void add_class(call *c, const schedule *of) {
    native_defer(c->script, "torch.optim.lr_scheduler", of->name, make_class, of);
    native_defer(c->script, of->name, "__init__", make_init, of);
}

/* That all schedulers derive from; or that only the script's own do. */
static void add_base(call *c, const char *path, bool of_all) {
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path,
                    .signature = "*args, **kwargs",
                    .call = refuse_scheduler,
                    .class_name = path,
                    .is_type = true,
                    .instances = of_all ? &scheduler_type : NULL,
                    .root = &scheduler_type};
    native_add(c->script, row);
}

void add_schedulers(call *c) {
    static const schedule *const all[] = {schedules, cyclic_schedules, joined_schedules};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (const schedule *each = all[i]; each->name; each++)
            add_class(c, each);
    const bool has_later_name = release_has(c, MLP_NAMES_SCHEDULERS);
    add_base(c, "torch.optim.lr_scheduler._LRScheduler", !has_later_name);
    if (has_later_name)
        add_base(c, "torch.optim.lr_scheduler.LRScheduler", true);
}

const native native_schedulers[] = {
    {.path = "LRScheduler.__init__",
     .signature = "optimizer, last_epoch: int = -1, verbose: bool = False",
     .call = scheduler_init},
    {.path = "LRScheduler.step", .signature = "epoch = None", .call = step},
    {.path = "LRScheduler.get_lr", .signature = "", .call = get_lr},
    {.path = "LRScheduler.get_last_lr", .signature = "", .call = get_last_lr},
    {.path = "LRScheduler.state_dict", .signature = "", .call = state_dict},
    {.path = "LRScheduler.load_state_dict", .signature = "state_dict", .call = load_state_dict},
    {0}};
