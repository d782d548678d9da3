/* What a marking works on: the answers, and two replays in which their numbers count. */
#ifndef MLPSTEP_CHECK_MARKING_H
#define MLPSTEP_CHECK_MARKING_H

#include "mlpstep/check.h"
#include "mlpstep/replay.h"

#include "journal.h"

#include "base/out_of_memory.h"

/* An answer and what it is held against. */
typedef struct item item;
struct item {
    mlp_mark mark;
    double *exact;    /* the true numbers in float64 */
    double *numbers;  /* the written ones, 0 for a ? */
    double *rounding; /* each is within this of what its author had */
    bool *given;
    const double *follows; /* of a carried one: what follows from earlier answers */
    size_t off;            /* given numbers that are wrong, or carried */
    bool is_whole;         /* no ? in it */
    bool left_out;         /* it cannot be marked */
    bool of_other_step;    /* than --step chose, as it says itself: it is left out */
    bool joined;           /* ... since it is a part of another one */
    bool unmarked;         /* it is no answer: the script gives it */
    bool judged;           /* it has its verdict */
    bool mistaken;         /* it is wrong, and was not cut off, or follows from such an answer */
    bool fixed;            /* what follows is computed from its numbers */
    item *same;            /* another answer for the value */
    const struct element_answer *parts; /* of an answer in single elements: see elements.h */
    mlp_tolerance tolerance;            /* that holds for its name */
};

/* Values that have one name, but for a number. */
typedef struct common_name {
    uint64_t step; /* of the training, of the first ... */
    bool in_steps; /* ... and there are others in another one */
    bool numbered; /* one that has a number is answered */
} common_name;

/* Where a value stands in the report. */
typedef struct place {
    size_t order; /* of its line */
    mlp_phase phase;
    uint64_t step;           /* from 1 on */
    const size_t *namesakes; /* computed values of its name; NULL: it has no entry */
    const char *common;      /* its name without a number, as y of y@2; NULL likewise */
    common_name *of_common;  /* the computed values of that; NULL likewise */
} place;

/* What should stand at one place of an answer's tensor, and how exactly; what its steps give now. */
typedef struct element {
    double right, bound, now;
} element;

typedef struct habit habit;           /* see habit.h */
typedef struct shown_mask shown_mask; /* see other_masks.h */

typedef struct marking {
    mlp_arena *arena;
    const mlp_trace *trace;
    const mlp_check_options *options;
    mlp_answers *answers;
    mlp_diagnostic *error;
    item *items; /* in the order of the text */
    size_t count;
    bool is_printed;       /* its numbers are as a program prints them ... */
    bool by_program;       /* ... and so is the text, for certain */
    bool is_dump;          /* ... or perhaps: lines NAME = tensor(...), in which what is given may
                              differ */
    size_t cut, rounded;   /* answers so far that only cutting off explains, and only rounding */
    bool may_cut;          /* half a unit counts as a whole one: numbers may have been cut off */
    const item *cut_shown; /* the first answer that was cut off */
    bool refused;          /* it is a sheet of another exercise */
    size_t given;          /* values that the script gives, and that are as it gives them */
    place *place;          /* by the number of a value */
    size_t steps;          /* of the script: forward, backward, update */
    const mlp_value **by;  /* by the number of a result: see route_of */
    double *kept;          /* room for the numbers of the largest input of a route */
    item **answered;       /* by the number of a value: its first item, or NULL */
    mlp_replay *own;       /* the trace in float64, as it follows from the answers */
    mlp_replay *in_dtype;  /* the same in the dtypes of the script */
    journal *journal, *dtype_journal; /* what a try has changed in own, and in in_dtype */
    const mlp_step *turn;             /* the step whose results are judged; NULL: none is yet */
    bool starved;                     /* the memory has run out */
    bool *moved;       /* by the number of a value: a replay may have other numbers than the
                              first run gave */
    bool *tainted;     /* by the number of a value: own differs from the truth */
    size_t *visited;   /* by the number of a value: the last walk that came by */
    size_t walk;       /* their number */
    size_t largest;    /* the numbers of the largest item */
    double *scratch;   /* room for them */
    element *elements; /* room for its elements; NULL: not needed yet */
    const item *follows_other_masks; /* the answer that showed that the masks of other builds were
                                        taken, which count from then on; NULL: none did */
    shown_mask *shown_masks;
    habit *habits;
    const struct path *entered; /* whose steps have been done in its own way; NULL: none ... */
    size_t entered_at;          /* ... since this mark of the journal */
    size_t entered_first;       /* its first step that is done in another way than elsewhere */
    double work_left;   /* numbers that may still be computed to tell carried from wrong ... */
    double search_left; /* ... and to find slips: while one is looked for they change places */
    double least_left;  /* what is to be left of it when slips have been looked for in an answer */
} marking;

/* Returns false, which callers hand on; here, where an analyser of their files sees it too. */
static inline bool marking_out_of_memory(marking *m) {
    out_of_memory(m->error, m->arena, "the answers need");
    return false;
}

/* Whether the answer is of what the script gives, which is not marked. */
static inline bool item_is_of_given(const item *it) {
    return it->mark.value->given;
}

/* The item whose numbers stand for the value; NULL where it is not answered. */
item *marking_item(const marking *m, const mlp_value *value);

/* Whether the step's turn has come: else it may have been computed from other numbers. */
bool marking_has_done(const marking *m, const mlp_step *step);

/* From now on, in both replays, the value has these numbers; NULL ends it. */
void marking_fix(marking *m, const mlp_value *value, const double *numbers, const bool *given);

/* What a try is about to change in both replays, and what it has: see journal.h. */
bool marking_keep(marking *m, const mlp_value *value);
void marking_settle(marking *m, const mlp_value *value);
/* Does the step in `own` for a try. False without memory. */
bool marking_try_step(marking *m, const mlp_step *step);
/* The replays change places, so that what is done in `own` is done in the dtypes of the script. */
void marking_exchange(marking *m);

/* What is fixed of a step's results is put back, whichever way the step was done; but for the item
 * that is skipped, which may be NULL. */
void marking_keep_fixed(marking *m, const mlp_step *step, const item *skipped);

/* What is in m->error is wrong with the answer, which is not marked then. False without memory, or
 * where too much is wrong. */
bool marking_leave_out(marking *m, item *it, mlp_span where);

#endif
