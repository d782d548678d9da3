/* What the files of the marking share. mark.c walks through the steps once, own values in hand;
 * resolve.c says what each answer is an answer to, tolerance.c what is near enough, follow.c what
 * an answer follows from, explain.c which slip would give it. */
#ifndef MLPSTEP_CHECK_MARKING_H
#define MLPSTEP_CHECK_MARKING_H

#include "mlpstep/check.h"
#include "mlpstep/replay.h"

/* An answer and what it is held against. */
typedef struct item item;
struct item {
    mlp_mark mark;
    size_t order;     /* of its line */
    double *exact;    /* the true numbers in float64 */
    double *numbers;  /* the written ones, 0 for a ? */
    double *rounding; /* each is within this of what its author had */
    bool *given;
    bool is_whole; /* no ? in it */
    bool fixed;    /* what follows is computed from its numbers */
    item *same;    /* another answer for the value */
};

typedef struct marking {
    mlp_arena *arena;
    const mlp_trace *trace;
    const mlp_tolerance *tolerance;
    mlp_diagnostic *error;
    item *items; /* in the order of the text */
    size_t count;
    item **answered;      /* by the number of a value: its first item, or NULL */
    mlp_replay *own;      /* the trace in float64, as it follows from the answers */
    mlp_replay *in_dtype; /* the same in the dtypes of the script */
    bool *tainted;        /* by the number of a value: own differs from the truth */
    size_t *visited;      /* by the number of a value: the last walk that came by */
    size_t walk;          /* their number */
    double *scratch;      /* room for the numbers of the largest item */
    double work_left;     /* numbers that may still be computed to tell carried from wrong */
} marking;

bool marking_out_of_memory(marking *m);

/* From now on, in both replays, the value has these numbers; NULL ends it. */
void marking_fix(marking *m, const mlp_value *value, const double *numbers, const bool *given);

/* --- resolve.c --- */

/* Fills the items: value, name, order, numbers. */
bool resolve_answers(marking *m, const mlp_answers *answers);

/* --- tolerance.c --- */

/* How far from what its author had the number may be. */
double rounding_of(const marking *m, const mlp_written *number);
/* Whether number i is, as far as it is written, within `more` of the value. */
bool number_is_near(const marking *m, const item *it, size_t i, double value, double more);
/* Whether number i is right, in the dtype of the script or in exact arithmetic. */
bool number_is_right(const marking *m, const item *it, size_t i);
/* What one rounding to the dtype of the script may do to such a number of the item. */
double dtype_rounding(const item *it, double number);
/* Whether the value's tensor can hold the numbers: an integer tensor holds no fractions. */
bool item_can_be_fixed(const item *it);

/* --- follow.c --- */

/* How a value follows from the answers next to it. */
typedef struct path {
    const mlp_step **steps; /* between those answers and the value, in order */
    size_t step_count;
    item **roots; /* the answers; those that are given inputs, too */
    size_t root_count;
    double cost; /* numbers that one run of the steps computes */
} path;

bool path_find(marking *m, const mlp_value *value, path *p);

/* A step done another way: overwrites its results in the replay, and returns false where it cannot
 * be done so. */
typedef bool variant(marking *m, const mlp_step *step, void *context);

/* One way to come from the answers to a value: the steps, one of them done another way if
 * `instead` is not NULL. */
typedef struct way {
    const path *path;
    const mlp_step *step;
    variant *instead;
    void *context;
} way;

/* What the way gives for the item's value, with its tolerance: `value` and `bound` have room for
 * its numbers. With `as_written`, from exactly the numbers that are written; else from each answer
 * as its author had it. False where the step cannot be done so. */
bool way_compute(marking *m, const item *it, const way *w, bool as_written, double *value,
                 double *bound);
/* Whether the given numbers are what was computed. */
bool item_is_near(const marking *m, const item *it, const double *value, const double *bound);
/* Whether the item follows from the earlier answers; names them in its mark. */
bool item_is_carried(marking *m, item *it, const path *p, bool *carried);

/* --- explain.c --- */

/* Looks for slips that give the wrong item. */
bool item_explain(marking *m, item *it, const path *p);

#endif
