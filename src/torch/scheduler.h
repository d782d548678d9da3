/* What the files of torch.optim.lr_scheduler share. Rates are computed one from the other, in
 * Python's arithmetic, as PyTorch does. */
#ifndef MLPSTEP_TORCH_SCHEDULER_H
#define MLPSTEP_TORCH_SCHEDULER_H

#include "optim.h"

#include "python/native.h"

/* What the rate of one group is computed from. */
typedef struct rating {
    call *c;
    object *own;   /* the scheduler's attributes, a dict */
    object *epoch; /* as Python has it */
    object *rate;  /* what it is now */
    object *group; /* the dict of it */
    size_t index;  /* of the group */
} rating;

typedef object *next_rate(const rating *r);

typedef struct scheduler scheduler;

/* A class of torch.optim.lr_scheduler. */
typedef struct schedule {
    const char *name;
    const char *options; /* its signature between optimizer and last_epoch */
    next_rate *next;     /* get_lr() */
    next_rate *closed;   /* what step(epoch) asks; NULL: next */
    /* Checks the options, which are attributes by now, and makes those attributes of them that
     * there are besides; NULL: nothing. */
    void (*check)(call *c, object *own, const object *groups);
    /* In place of the common one: how it comes to its next epoch, which is None where it was not
     * given. */
    void (*step)(call *c, scheduler *s, object *epoch);
    /* In place of the common one, of a scheduler made of others: the whole signature, and what
     * __init__ does with it. */
    const char *signature;
    void (*set_up)(call *c, scheduler *s);
    bool begins;       /* it takes no last_epoch here */
    const char *order; /* of the first of its attributes; NULL: as they were set */
    /* What state_dict() has in place of some attributes, in a dict of them all; and what
     * load_state_dict() makes of that, which stands among the attributes then. NULL: nothing. */
    object *(*keep)(call *c, object *state);
    void (*load)(call *c, object *own);
} schedule;

struct scheduler {
    const schedule *schedule; /* NULL of a class that derives from LRScheduler itself */
    user_class *class;        /* of the script, or NULL */
    object *own;              /* its attributes, a dict */
    object *object;           /* itself */
};

/* Each ended by a row without a name. */
extern const schedule schedules[], cyclic_schedules[], joined_schedules[];

object *rate_own(const rating *r, const char *name);
/* The element of a list that is the group's. */
object *rate_element(const rating *r, const char *list);
object *rate_compute(const rating *r, object *a, operator op, object *b);
bool rate_holds(const rating *r, object *a, operator op, object *b);
object *rate_number(const rating *r, double x);
object *rate_integer(const rating *r, int64_t i);
/* cos(pi part / of) */
object *rate_cosine(const rating *r, object *part, object *of);
/* Whether it is the rate that the schedule begins with. */
bool rate_is_first(const rating *r);

bool is_scheduler(const object *o);
scheduler *scheduler_of(const object *o);
void scheduler_set(call *c, const scheduler *s, const char *name, object *o);
object *scheduler_get(call *c, const scheduler *s, const char *name);
const object *scheduler_groups(call *c, const scheduler *s);
/* _schedulers, of one that is made of others. */
const object *scheduler_list(call *c, const scheduler *s);
/* Whether it prints each rate. */
bool scheduler_tells(call *c, const scheduler *s);
/* What each group has under the name, in a list. */
object *scheduler_rates(call *c, const object *groups, const char *name);
/* Comes to that epoch, or the next one where it is None, and sets all rates. */
void scheduler_go(call *c, scheduler *s, object *epoch);
/* Sets all rates to those of the present epoch: by the closed form, or the next ones. What the
 * epoch was given as is for the text that verbose=True prints. */
void scheduler_set_rates(call *c, scheduler *s, bool closed, const object *given);
/* What its step() is called for, and the first one, which begins to count. */
void scheduler_step(call *c, scheduler *s, object *epoch);
void scheduler_begin(call *c, scheduler *s);
/* A number for each group, of one number or a list of them. */
object *scheduler_for_groups(call *c, object *given, const object *groups, const char *name);

#endif
