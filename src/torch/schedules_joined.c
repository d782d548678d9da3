/* Schedules made of others: one after the other, and all at once. */
#include "scheduler.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

/* Of the argument, a list of schedulers of one optimizer. */
static object *taken(call *c, object *given, const object *optimizer, const char *name) {
    object *list = iterate_all(c->script, given, OBJECT_LIST, c->where);
    if (list->as.sequence.count == 0)
        call_fail(c, "%s needs a schedule at least", name);
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        const object *each = list->as.sequence.items[i];
        if (!is_scheduler(each))
            call_fail(c, "%s takes a list of schedules, not of values of type %s", name,
                      object_type(each));
        const object *of = scheduler_get(c, scheduler_of(each), "optimizer");
        if (!optimizer)
            optimizer = of;
        if (of->as.data != optimizer->as.data)
            call_fail(c, "the schedules of %s must be of one optimizer", name);
    }
    return list;
}

static scheduler *element(const object *schedulers, size_t i) {
    return scheduler_of(schedulers->as.sequence.items[i]);
}

/* --- SequentialLR --- */

/* What making them did to the epoch is undone. */
static void undo(call *c, const scheduler *s) {
    const object *inner = dict_find(s->own, "_schedulers");
    object *epoch = dict_find(s->own, "last_epoch");
    if (inner && release_has(c, MLP_SCHEDULES_KNOW_FIRST)) {
        script_enter(c->script, c->where, "schedules");
        for (size_t i = 0; i < inner->as.sequence.count; i++)
            undo(c, element(inner, i));
        script_leave(c->script);
    } else if (epoch) {
        scheduler_set(
            c, s, "last_epoch",
            python_binary(c->script, OPERATOR_SUB, epoch, object_integer(c->script, 1), c->where));
    }
}

/* Arguments: optimizer, schedulers, milestones, last_epoch, verbose. */
static void set_up_sequential(call *c, scheduler *s) {
    scheduler_set(c, s, "optimizer", c->arguments[0]);
    const object *groups = scheduler_groups(c, s), *milestones = c->arguments[2];
    object *list = taken(c, c->arguments[1], c->arguments[0], "SequentialLR");
    if (milestones->as.sequence.count + 1 != list->as.sequence.count)
        call_fail(call_raises(c, VALUE_ERROR,
                              "Sequential Schedulers expects number of schedulers provided to be "
                              "one more than the number of milestone points, but got number of "
                              "schedulers %zu and the number of milestones to be equal to %zu",
                              list->as.sequence.count, milestones->as.sequence.count),
                  "SequentialLR of %zu schedules has %zu milestones, not %zu",
                  list->as.sequence.count, list->as.sequence.count - 1,
                  milestones->as.sequence.count);
    scheduler_set(c, s, "_milestones", c->arguments[2]);
    scheduler_set(c, s, "last_epoch", object_integer(c->script, c->arguments[3]->as.integer + 1));
    for (size_t i = 0; i < groups->as.sequence.count; i++)
        dict_set(c->script, groups->as.sequence.items[i], "lr",
                 scheduler_rates(c, groups, "initial_lr")->as.sequence.items[i], c->where);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        undo(c, element(list, i));
    scheduler_set(c, s, "_schedulers", list);
    scheduler_begin(c, element(list, 0));
    scheduler_set(c, s, "_last_lr", scheduler_get(c, element(list, 0), "_last_lr"));
}

/* At its milestone a schedule begins, at its epoch 0. */
static void sequential_step(call *c, scheduler *s, object *given) {
    const object *list = scheduler_list(c, s), *milestones = scheduler_get(c, s, "_milestones");
    object *one = object_integer(c->script, 1), *zero = object_integer(c->script, 0);
    object *epoch =
        python_binary(c->script, OPERATOR_ADD, scheduler_get(c, s, "last_epoch"), one, c->where);
    size_t i = 0;
    if (given->kind != OBJECT_NONE)
        call_fail(c, "step() of SequentialLR takes no epoch");
    if (!object_is_sequence(milestones))
        call_fail(c, "'_milestones' of a scheduler must be a list of numbers");
    scheduler_set(c, s, "last_epoch", epoch);
    while (i < milestones->as.sequence.count &&
           python_truth(c->script,
                        python_binary(c->script, OPERATOR_LE, milestones->as.sequence.items[i],
                                      epoch, c->where),
                        c->where))
        i++;
    scheduler *now = element(list, i < list->as.sequence.count ? i : list->as.sequence.count - 1);
    const bool begins =
        i > 0 && python_equal(c->script, milestones->as.sequence.items[i - 1], epoch, c->where);
    if (begins && release_has(c, MLP_SCHEDULES_KNOW_FIRST))
        scheduler_go(c, now, zero);
    else
        scheduler_step(c, now, begins ? zero : object_none(c->script));
    scheduler_set(c, s, "_last_lr", scheduler_get(c, now, "_last_lr"));
}

/* --- ChainedScheduler --- */

static void set_last(call *c, const scheduler *s) {
    scheduler_set(c, s, "_last_lr", scheduler_rates(c, scheduler_groups(c, s), "lr"));
}

/* Arguments: schedulers. */
static void set_up_chained(call *c, scheduler *s) {
    object *list = taken(c, c->arguments[0], NULL, "ChainedScheduler");
    scheduler_set(c, s, "_schedulers", list);
    scheduler_set(c, s, "optimizer", scheduler_get(c, element(list, 0), "optimizer"));
    set_last(c, s);
}

static void chained_step(call *c, scheduler *s, object *given) {
    const object *list = scheduler_list(c, s);
    if (given->kind != OBJECT_NONE)
        call_fail(c, "step() of ChainedScheduler takes no epoch");
    script_work(c->script, c->where, list->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        scheduler_step(c, element(list, i), given);
    set_last(c, s);
}

const schedule joined_schedules[] = {
    {.name = "SequentialLR",
     .signature = "optimizer, schedulers: sequence, milestones: sequence, last_epoch: int = -1, "
                  "verbose: bool = False",
     .set_up = set_up_sequential,
     .step = sequential_step},
    {.name = "ChainedScheduler",
     .signature = "schedulers: sequence",
     .set_up = set_up_chained,
     .step = chained_step},
    {0}};
